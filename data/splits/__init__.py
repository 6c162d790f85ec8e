"""Splitting a dataset into parts, and the near-duplicates that must not be parted.

Folds of an evaluation belong in `train.folds`.
"""
