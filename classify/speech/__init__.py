"""What the form of a text says of who speaks, where the attribution model misses it: turns of transcripts, relays, deeds."""
