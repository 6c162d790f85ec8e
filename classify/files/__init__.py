"""Many articles in, their annotations out.

Where the output goes, progress, one article after the other. What one article gets belongs in `annotation`, how it is
written in `output`.
"""
