"""One module for each archive whose exports hold many articles in a file, and what these have in common.

`exports.py` has their table. Web pages that are no export belong in `readers.web`.
"""
