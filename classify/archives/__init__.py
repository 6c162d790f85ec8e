"""Annotating archives: a file out for each file in, runs that are killed and go on, and figures over what came out."""
