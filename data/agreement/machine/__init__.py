"""A model as one more annotator: how its labels compare with people's, where it is biased, and what they may be used for.

Agreement among people belongs in `agreement`; correcting a machine's shares belongs in `estimates`.
"""
