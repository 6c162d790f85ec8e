"""Finding the cue, source and content of every attribution; whose attribution decides a sentence belongs in `kinds`."""
