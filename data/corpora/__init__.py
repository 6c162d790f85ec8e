"""One module for each public corpus, their table, and our own corpus.

Formats that are written too belong in `exchange`.
"""
