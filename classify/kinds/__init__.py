"""What the models of kind and source type look at in a sentence.

Features of stance and of loaded words belong in `stance_bias`.
"""
