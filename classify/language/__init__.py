"""What is known of words and phrases without any weights.

From a word to the type of a source by its words alone:

- `word_forms`, `cues`: what a word form is by itself; the cues of a sentence.
- `article_tokens`: an article in tokens and sentences.
- `source_words`, `source_types`: the word lists of sources; the type of a phrase.
"""
