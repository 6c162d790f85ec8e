import numpy as np
import pytest

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.kinds.decisions import decided, told
from sayso.classify.kinds.reading import Reading
from sayso.classify.language.article_tokens import view
from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.data.articles.sentences import find_sentences


def reading(text, **fields):
    """Read a sentence of which the words behind the third are said."""
    viewed = view(text, find_sentences(text))
    return Reading.of(viewed, [Candidate(2, (2, 3), (0, 2), np.arange(3, len(viewed.words)), **fields)])


@pytest.mark.parametrize(("form", "n_told"), [("", 0), ("a form", 1)])
def test_what_a_form_made_is_told_by_its_own_score(form, n_told):
    # log odds: of 0.45 -0.2, a quarter of those of 0.01 -1.15, of the threshold 0.4 -0.41
    read = reading("The mayor said that the mill burned.", score=0.45, form=form)
    assert len(told(read, np.array([0.99]), 0.4)) == n_told


def test_hearsay_is_of_unnamed_people():
    read = reading("The mill reportedly burned.", form="hearsay")
    outputs = decided(read, np.zeros((1, len(OUTPUTS)), dtype=np.float32))[0]
    assert OUTPUTS[2 + outputs[2:].argmax()] == "unnamed"
    assert outputs[1] > 0


@pytest.mark.parametrize(
    ("form", "source_type"),
    [("broadcast", "media"), ("unauthorised", "organisation"), ("law", "state"), ("contract", "organisation")],
)
def test_a_form_tells_the_type_of_a_source_that_nobody_knows(form, source_type):
    read = reading("The quonk said that the mill burned.", form=form)
    assert read.resolved[2].source_type == source_type
