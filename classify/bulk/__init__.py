"""Work in several processes at once, with the same results in the same order. What the work is stands elsewhere."""
