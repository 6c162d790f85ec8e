"""Estimators of scikit-learn's kind: what the commands fit, ask and save, and what a notebook does.

What a label column is called and which articles have it belongs in `train.tasks`; the fitting itself in `train.sentences`,
`train.wording` and `train.attribution`.
"""
