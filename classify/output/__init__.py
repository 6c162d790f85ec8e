"""One module for each format that annotations are written in, and their table; HTML pages are made in `pages`."""
