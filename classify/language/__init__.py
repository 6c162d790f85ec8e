"""What is known of words, names and sources without any weights.

From a word to whom a source stands for:

- `word_forms`, `cues`: what a word form is by itself; the cues of a sentence.
- `article_tokens`: an article in tokens and sentences.
- `source_words`, `source_types`: the word lists of sources; the type of a phrase.
- `noun_phrases`, `appositions`: a source phrase taken apart; the descriptions beside a name.
- `entities`, `mentions`: whom an article names, where, and as what.
- `coreference`: whom a pronoun, a surname or a short form stands for.
- `kind_rule`: the rule, which puts all of that together.
"""
