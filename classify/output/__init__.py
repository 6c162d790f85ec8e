"""What annotations are written as: one module for each format, their list, and the tables written beside them.

HTML pages are made in `pages`, and where output goes is decided in `files`.
"""
