"""The page, tables and charts of an evaluation; the figures themselves are worked out in `measures`."""
