"""What the models of kind and source type look at in a sentence; and the rule, which needs no model.

Features of stance and of loaded words belong in `stance_bias`.
"""
