"""Which column of a user's table is what: part of a labelled sentence, a label of the user's own, or neither.

The names that are recognised stand in `data.tabular.column_names`.
"""
