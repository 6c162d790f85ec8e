"""Labelled sentences as the rows of a table, and back.

What only one labelling tool or one corpus writes belongs in `exchange` or `corpora`.
"""
