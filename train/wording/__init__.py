"""Fitting the text classifier of `classify.wording`: rows, recipe, targets' own models, score shifts."""
