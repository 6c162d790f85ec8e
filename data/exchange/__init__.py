"""One module for each format of another labelling tool, and their table.

Public corpora, which are read only, belong in `corpora`.
"""
