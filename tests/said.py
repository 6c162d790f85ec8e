"""Reading off what attributions say, in words: used by the tests of forms of speech."""

import numpy as np

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.language.article_tokens import tokens_of, view
from sayso.data.articles.sentences import find_sentences


def seen(text):
    """Cut an article into sentences and tokens."""
    return view(text, find_sentences(text))


def find(viewed, phrase, start=0):
    """Give the tokens of the first place of a phrase."""
    words = tokens_of(phrase)
    at = next(i for i in range(start, len(viewed.words)) if viewed.words[i : i + len(words)] == words)
    return at, at + len(words)


def candidate(viewed, source, cue, *content, score=0.9):
    """Make an attribution as the model gives it, from words of the text in the form in which tokens have them."""
    at = find(viewed, cue)
    tokens = np.concatenate([np.arange(*find(viewed, words)) for words in content])
    return Candidate(at[0], at, find(viewed, source) if source else None, tokens, 0.9, score)


def words_of(viewed, stretch):
    """Give the words of a stretch of tokens, None for none."""
    return viewed.span(*stretch).of(viewed.text) if stretch else None


def said(viewed, c):
    """Give an attribution's words: who is named here or elsewhere, and all that is said, without marks at its ends."""
    tokens = c.content.tolist()
    return words_of(viewed, c.source or c.speaker), viewed.span(tokens[0], tokens[-1] + 1).of(viewed.text).strip("“”\"'‘’")
