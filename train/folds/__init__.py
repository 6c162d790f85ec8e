"""Cross-validation by article.

Parting, fitting on folds, keeping finished folds, several processes or a Dask cluster.
"""
