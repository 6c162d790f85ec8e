"""What to cite: the tool, public corpora and methods, as facts that BibTeX is written from.

What a run has used is decided where it runs, in `train`; each public corpus has its references in its own module.
"""
