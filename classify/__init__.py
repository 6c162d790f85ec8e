"""Models applied.

Articles in, annotations out; imports `data`, never `train`, so that nobody who annotates loads what fits.
"""
