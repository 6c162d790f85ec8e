"""Annotating many files.

Where the output goes, progress, one article after the other. What one article gets belongs in `annotation`.
"""
