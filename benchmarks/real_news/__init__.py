"""What `benchmarks/gold.py` is made of: labelled real news, our annotations of it, and what is told of the two."""
