"""What the pages beside that of an article tell, as plain values for the templates: lists, the queue, disputes, teaching.

Addresses and answers belong to `serve.other_pages` and `serve.actions`; what is worked out of labels to `serve.work`.
"""
