"""A small transformer that reads the words of an article, for whoever asks for it with ``--reader``."""
