"""What an article's text is made of, for finding its sentences: lines, boundaries, notes, furniture.

Patterns, word lists and rules. `sentences` and `furniture`, a folder above, put them to use.
"""
