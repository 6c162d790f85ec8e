"""A project's files: the log of changes, the shards of a dataset, the lock, and what sources are copied from."""
