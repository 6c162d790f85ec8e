"""Several annotators of the same sentences.

Coefficients, disputes, merging. One annotator's slips belong in `checks`.
"""
