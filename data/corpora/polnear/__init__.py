"""PolNeAR: reading it, and the kinds and source types that we give its sentences.

Other corpora have a module each in `corpora`.
"""
