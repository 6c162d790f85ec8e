"""Articles in, labelled sentences out; nothing here imports from `classify` or `train`."""
