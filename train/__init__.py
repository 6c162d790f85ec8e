"""Labelled sentences in, models out."""
