"""HTML pages of annotated articles.

The page of a source audit belongs in `audit`, that of an evaluation in `train.report`.
"""
