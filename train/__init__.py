"""Models made and judged.

Tasks, fitting, evaluation; what a fitted model does with an article belongs in `classify`.
"""
