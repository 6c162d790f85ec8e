"""What annotations are written as: one module for each format, and their list.

HTML pages are made in `pages`, tables over many articles in `speakers`, and where output goes is decided in `files`.
"""
