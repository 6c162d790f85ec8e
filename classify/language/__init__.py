"""What is known of words, names and sources without any weights.

Tokens, cues, noun phrases, mentions, coreference, source types, the rule.
"""
