"""The text classifier, which looks at the wording first.

Its features, recipe and encoders, and the classifier at work.
"""
