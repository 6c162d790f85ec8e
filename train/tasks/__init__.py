"""One class for each way of learning labels, beside their table: its rows, its fitting, its answers for unseen rows.

How such a model is kept in a file and read articles with is told in `classify.tasks`.
"""
