"""Web pages whose articles are told by classes of their elements: one module for each archive.

Pages that are read as lines belong in `export_pages.py`.
"""
