"""A labelling project on disk: each annotator's dataset in shards, a history of changes, and one writer at a time."""
