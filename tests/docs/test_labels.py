import re
from pathlib import Path

from sayso.classify.annotation.annotator import load_annotator
from sayso.data.records import Article
from sayso.data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES, TONES, go_together

PAGE = (Path(__file__).parents[2] / "docs" / "labels.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| (.+) \| (\w+) \| (\w+) \|$", PAGE, re.MULTILINE)


def examples_below(heading):
    """Give the examples in the table below a label's sentence."""
    section = re.split(r"^\*\*|^#", PAGE.split(f"\n**`{heading}`**")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| (.+) \| (\w+) \| (\w+) \|$", section, re.MULTILINE)


def test_each_kind_and_source_type_has_three_examples_of_its_own():
    for kind in KINDS:
        assert [given for _, given, _ in examples_below(kind)] == [kind] * 3
    for source_type in SOURCE_TYPES:
        assert [given for _, _, given in examples_below(source_type)] == [source_type] * 3
    assert len(set(EXAMPLES)) == 3 * (len(KINDS) + len(SOURCE_TYPES))
    assert all(go_together(kind, source_type) for _, kind, source_type in EXAMPLES)


def test_the_other_labels_are_in_the_tables():
    for heading, labels in (("Tone", TONES), ("Stance", STANCES), ("Bias", BIASES)):
        section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
        assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == set(labels)


def test_the_models_are_right_about_as_many_examples_as_the_page_says():
    annotator = load_annotator(bias=False)
    given = annotator.annotate_all(Article(str(n), text) for n, (text, _, _) in enumerate(EXAMPLES))
    found = [sentences[0] for sentences in given]
    pairs = list(zip(found, EXAMPLES, strict=True))
    kinds = sum(one.kind == kind for one, (_, kind, _) in pairs)
    types = sum(one.source_type == source_type for one, (_, _, source_type) in pairs)
    wrong = [(one.kind, one.source_type, *example) for one, example in pairs if (one.kind, one.source_type) != example[1:]]
    assert f"**{kinds} of 39 kinds and {types} of 39 source types**" in PAGE, wrong
