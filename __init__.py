"""Tell, sentence by sentence, on whose say-so a reader takes what a news article says."""
