"""One module for each public corpus (PolNeAR has a folder), their table, what their readers share, and our own corpus.

Formats that are written too belong in `exchange`.
"""
