"""One module for each sort of model, beside their protocol: how a model file keeps it, and how it reads an article.

How it is fitted is told in `train.tasks`; what it computes from, in the folder of its features.
"""
