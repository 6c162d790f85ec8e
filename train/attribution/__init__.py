"""Fitting the attribution model: gold tokens, word clusters, weights, the choice of spans."""
