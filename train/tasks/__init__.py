"""One class for each way of learning labels: its rows, its fitting, what its model says of held-out sentences.

How such a model is kept in a file and read articles with is told in `classify.tasks`.
"""
