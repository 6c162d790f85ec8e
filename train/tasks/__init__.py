"""What can be learned of a dataset: its sentences and labels, and the estimator that learns them, beside the table of tasks.

How such a model is kept in a file and read articles with is told in `classify.tasks`.
"""
