"""One article annotated: read, score, explain, record. Writing it out belongs in `output`, many files in `files`."""
