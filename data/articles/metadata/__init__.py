"""What is known of an article besides its text: its day and its language.

Reads the words that files have for them. Where in a file these words stand belongs in the readers.
"""
