"""Who says how much in annotated articles: names joined, profiles, counts of labels, and the tables of these.

What is written of each article belongs in `output`.
"""
