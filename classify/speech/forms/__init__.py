"""Speech that the form of the text tells, not a cue: quotations that run on, turns, colon headlines."""
