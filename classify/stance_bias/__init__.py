"""Stance towards targets and loaded words: their features, and their models at work."""
