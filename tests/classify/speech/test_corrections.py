import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from said import seen

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.speech.corrections import corrected

WORDS = (
    "The mayor Post quoted as saying by citing reported that who was not to be named said , told Radio Sol denied a charge "
    "which laid the blame on made clear called bill rejected in vote than had expected and Lowe , Pryce issued warning of "
    "flood came “ no ” is message study links took Facebook deny were condemned judges per view according told : Says"
).split()


@st.composite
def articles(draw):
    """Draw sentences of words of speech in any order, and attributions anywhere in them."""
    sentences = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), min_size=1, max_size=3))
    viewed = seen("\n\n".join(" ".join(words) + "." for words in sentences))
    n = len(viewed.words)
    assume(n)  # lines that look like page furniture are no sentences
    found = []
    for anchor in sorted(draw(st.sets(st.integers(0, n - 1), max_size=3))):
        source = draw(st.integers(0, n - 1))
        content = np.array(sorted(draw(st.sets(st.integers(0, n - 1), min_size=1, max_size=6))), dtype=np.int64)
        found.append(Candidate(anchor, (anchor, anchor + 1), (source, source + 1), content))
    return viewed, found


@given(articles())
@settings(max_examples=200, deadline=None)
def test_what_is_put_right_stands_in_the_article_and_in_order(article):
    viewed, found = article
    made = corrected(viewed, found)
    assert [c.anchor for c in made] == sorted(c.anchor for c in made)
    for c in made:
        assert len(c.content)
        assert 0 <= c.content[0] <= c.content[-1] < len(viewed.words)
        assert (np.diff(c.content) > 0).all()
        for span in filter(None, (c.cue, c.source, c.via, c.speaker)):
            assert 0 <= span[0] < span[1] <= len(viewed.words)
