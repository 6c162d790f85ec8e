"""Model files in and out, and the files that ship; what a model computes belongs with its task."""
