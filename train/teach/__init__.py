"""Teaching: a better model from what a person corrected, in a process of its own.

Fitting and scoring are done by `train.tasks` and `train.evaluation`; the pages that start a run and show its result are in
`train.serve`.
"""
