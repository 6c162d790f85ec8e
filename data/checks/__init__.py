"""What is wrong or odd in labelled sentences, and weak labels by rules.

What several annotators disagree on belongs in `agreement`.
"""
