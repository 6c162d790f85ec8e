"""What is a headline, and that it is counted nowhere, whatever file an article comes in."""

import json

import pytest
from builders import annotated_sentence, csv_rows, found_attribution, run_sayso, span_of

from sayso.classify.speakers.headline import n_in_headline
from sayso.classify.speakers.prevalence import label_sums
from sayso.classify.speakers.profile import Count, profile_of
from sayso.classify.speakers.speeches import speeches_of
from sayso.data.articles.sentences import find_sentences
from sayso.data.records import Article

BODY = "The ferry to Tolle stayed in port on Monday. The harbour office said it would sail on Friday.\n"


def count(text, title=None):
    return n_in_headline(
        Article("a", text, title=title), [annotated_sentence(n, s) for n, s in enumerate(find_sentences(text))]
    )


@pytest.mark.parametrize(
    ("line", "title", "n"),
    [
        ("Ferry stays in port", None, 1),
        ("Who pays for the ferry?", None, 1),
        ("Ferry stays in port", "Ferry stays in port", 1),
        ("Ferry stays  in port", "“Ferry stays in port” | Orla Post", 1),
        ("The ferry stays. Nobody is hurt", "The ferry stays. Nobody is hurt", 2),
        ("The ferry stays in port.", "The ferry stays in port", 1),
        ("The ferry stays in port.", None, 0),  # a sentence
        ("“The ferry stays in port.”", None, 0),
        ("Ferry stays in port", "Harbour news", 0),  # a heading of the text's own
        ("Ferry " * 50, None, 0),
    ],
)
def test_a_headline_is_the_title_or_a_short_first_line_that_ends_as_no_sentence_does(line, title, n):
    assert count(f"{line}\n\n{BODY}", title) == n


def test_a_text_that_is_one_line_or_whose_first_line_runs_on_has_no_headline():
    assert count("Ferry stays in port") == 0
    assert count("Ferry stays in port\n") == 0
    assert count("Rain fell. The ferry to Tolle stayed\nin port on Monday. It sails on Friday.") == 0
    assert n_in_headline(Article("a", ""), []) == 0


TEXT = "Ferry stays, says Ada Brenn\n\nRain fell. “We wait,” Brenn said.\n"
HEADLINE = found_attribution(TEXT, "Ada Brenn", "says", "Ferry stays", speaker="Ada Brenn", source_type="state")
QUOTE = found_attribution(
    TEXT, "Brenn said"[:5], "said", "“We wait,”", speaker="Ada Brenn", quoted=True, source_type="state"
)
FOUND = [
    annotated_sentence(0, span_of(TEXT, "Ferry stays, says Ada Brenn"), "official_claim", attributions=(HEADLINE,)),
    annotated_sentence(1, span_of(TEXT, "Rain fell."), "narrative", "none"),
    annotated_sentence(2, span_of(TEXT, "“We wait,” Brenn said."), "quote", attributions=(QUOTE,)),
]


def test_neither_its_words_nor_who_is_heard_in_it_are_counted():
    article = Article("a", TEXT)
    profile = profile_of(article, FOUND)
    assert (profile.sentences, profile.words, profile.headlines) == (2, 6, 1)
    assert (profile.kinds["official_claim"], profile.kinds["quote"]) == (Count(), Count(1, 4))
    (brenn,) = profile.ranked()
    assert (brenn.quotes, brenn.paraphrases, brenn.quoted, brenn.paraphrased, brenn.sentences) == (1, 0, 2, 0, 1)
    assert label_sums(article, FOUND)[:4] == [1, 0, 0, 1]
    assert speeches_of(article, FOUND).speakers == ["Ada Brenn", None, "Ada Brenn"]  # the page still says who


def test_an_article_counts_the_same_as_text_as_json_and_as_a_web_page(tmp_path):
    headline, body = "Ferry to Tolle stays in port", BODY.strip()
    (tmp_path / "a.txt").write_text(f"{headline}\n\n{body}\n", encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"title": headline, "text": body}), encoding="utf-8")
    head = f"<html><head><title>{headline}</title></head>"
    page = f"{head}<body><article><h1>{headline}</h1><p>{body}</p></article></body></html>"
    (tmp_path / "c.html").write_text(page, encoding="utf-8")
    profiles, shares = tmp_path / "profile.csv", tmp_path / "shares.csv"
    paths = [tmp_path / name for name in ("a.txt", "b.json", "c.html")]
    told = ("--profile", profiles, "--shares", shares, "--keep-duplicates", "--by", "id")
    result = run_sayso("annotate", *paths, "--format", "jsonl", "--out", tmp_path / "out.jsonl", *told)
    assert result.exit_code == 0, result.stderr
    rows = csv_rows(profiles.read_text(encoding="utf-8"))
    assert [row["sentences"] for row in rows if row["of"] == "all" and row["article"]] == ["2", "2", "2"]
    assert [row["sentences"] for row in rows if row["of"] == "headline"] == ["2", "1", "0", "1"]
    counted = [row for row in csv_rows(shares.read_text(encoding="utf-8")) if row["label"] == "narrative"]
    assert {row["sentences"] for row in counted if row["by"]} == {counted[-1]["sentences"]}
