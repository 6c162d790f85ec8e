"""The local page on which people read, correct and teach; what it does beyond showing stands in the other houses."""
