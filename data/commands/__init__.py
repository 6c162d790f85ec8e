"""The commands of `sayso data` that need no model.

Those with an option that asks one live in `classify.commands` and `train.commands`.
"""
