"""Articles in, labelled sentences out."""
