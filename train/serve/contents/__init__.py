"""What the pages of `sayso serve` tell, as plain values for the templates: lists, figures, charts, files to download.

Addresses and answers belong to `serve.pages` and `serve.api`; what is computed from labels belongs to `serve.queue` and the like.
"""
