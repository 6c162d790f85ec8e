"""Exports of other labelling tools with labels of their users' own: they are read, and never written.

Formats that are written too belong one folder up, in `exchange`.
"""
