"""Who says how much in annotated articles.

Names joined, profiles, counts of labels. Tables of them belong in `output`.
"""
