"""Fitting the models of kind, source type, stance and bias from rows of features."""
