"""
docs/article.schema.json describes what `Annotation.to_dict` gives: an article with sentences of annotation.schema.json.

``python -m pytest tests/docs --write-docs`` writes it anew.
"""

import copy
import json
from pathlib import Path

import jsonschema
import pytest

import sayso

DOCS = Path(__file__).parents[2] / "docs"
SENTENCE = json.loads((DOCS / "annotation.schema.json").read_text("utf-8"))
TEXT = "The pier is shut, the harbour board said. “For good,” said Ida Berg. It was a reckless, shameful plan."


def article_schema():
    """Put the schema of a sentence into one of an article: one file that refers to no other."""
    sentence = {key: value for key, value in SENTENCE.items() if key not in ("$schema", "$defs")}
    known = {"type": ["string", "null"]}
    return {
        "$schema": SENTENCE["$schema"],
        "title": "An article as sayso annotates it",
        "description": "What `Annotation.to_dict()` gives in Python. The sentences are those of annotation.schema.json.",
        "type": "object",
        "additionalProperties": False,
        "required": ["article", "title", "outlet", "date", "url", "language", "sentences"],
        "properties": {
            "article": {"description": "The article's id.", "type": "string"},
            **{name: known for name in ("title", "outlet", "date", "url", "language")},
            "sentences": {"type": "array", "items": {"$ref": "#/$defs/sentence"}},
        },
        "$defs": {"sentence": sentence, **SENTENCE["$defs"]},
    }


def test_the_schema_of_an_article_holds_that_of_a_sentence(request):
    file = DOCS / "article.schema.json"
    if request.config.getoption("--write-docs"):
        file.write_text(json.dumps(article_schema(), indent=2) + "\n", "utf-8")
    schema = json.loads(file.read_text("utf-8"))
    assert schema == article_schema()
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "article", [sayso.Article("pier", TEXT), sayso.Article("a", TEXT, "Pier", "Orla Post", "2024-03-04")]
)
def test_what_to_dict_gives_is_valid(article):
    found = sayso.annotate(article, targets=["Ida Berg"], why=2).to_dict()
    assert len(found["sentences"]) == 3
    jsonschema.validate(found, article_schema())
    jsonschema.validate(sayso.annotate("").to_dict(), article_schema())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda found: found.pop("language"), "'language' is a required property"),
        (lambda found: found.update(outlet=3), "3 is not of type 'string', 'null'"),
        (lambda found: found.update(body="x"), "Additional properties are not allowed"),
        (lambda found: found["sentences"][0].update(kind="rumour"), "'rumour' is not one of"),
    ],
)
def test_anything_else_is_not_valid(change, message):
    found = copy.deepcopy(sayso.annotate(TEXT).to_dict())
    change(found)
    with pytest.raises(jsonschema.ValidationError, match=message):
        jsonschema.validate(found, article_schema())
