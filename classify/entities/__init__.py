"""Whom and what an article names, of what type they are, and whom its sources stand for.

- `noun_phrases`, `appositions`: a source phrase taken apart; the descriptions beside a name.
- `entities`, `mentions`: whom an article names, where, and as what.
- `coreference`: whom a pronoun, a surname or a short form stands for.
- `recency`: whom a reader has met, the last ones first.
"""
