import io
import json
import sys

import pytest
from builders import json_rows, run_sayso
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.files import read_articles
from sayso.data.articles.readers import json_document, json_lines, json_values
from sayso.data.articles.tables import Columns
from sayso.errors import SaysoError

RAIN, SNOW = "Rain fell on Orla. “We stay,” said Ada Brenn.", "Snow fell on Tolland. The guild met."
HTML = "<p>Rain fell on Orla.</p><p>“We stay,” said Ada Brenn.</p>"
FROM_HTML = "Rain fell on Orla.\n\n“We stay,” said Ada Brenn."
TAGS = "tags (markup) removed from the text"


def read(path, **columns):
    errors, notices = [], []
    articles = list(read_articles([str(path)], columns=Columns(**columns), on_error=errors.append, notice=notices.append))
    shorter = [line.replace(f"{path}", "FILE") for line in map(str, [*errors, *notices])]
    return articles, shorter[: len(errors)], shorter[len(errors) :]


def write(path, value):
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def known(article):
    return (article.title, article.outlet, article.date, article.url)


SHAPES = {
    "newsapi": (
        {
            "status": "ok",
            "totalResults": 1,
            "articles": [
                {
                    "source": {"id": None, "name": "Orla Post"},
                    "title": "Rain &amp; snow",
                    "description": "A teaser.",
                    "url": "http://orla.example/1",
                    "publishedAt": "2024-03-04T10:00:00Z",
                    "content": f"{RAIN}… [+2345 chars]",
                }
            ],
        },
        [("Rain & snow", "Orla Post", "2024-03-04", "http://orla.example/1")],
        [f"{RAIN[:-1]}…"],
    ),
    "guardian": (
        {
            "response": {
                "status": "ok",
                "results": [
                    {
                        "id": "orla/rain",
                        "sectionName": "Orla",
                        "webTitle": "Rain",
                        "webPublicationDate": "2024-03-04T10:00:00Z",
                        "webUrl": "http://orla.example/1",
                        "fields": {"body": HTML, "bodyText": RAIN, "publication": "Orla Post"},
                    }
                ],
            }
        },
        [("Rain", "Orla Post", "2024-03-04", "http://orla.example/1")],
        [FROM_HTML],
    ),
    "guardian, one": (
        {"response": {"status": "ok", "content": {"id": "o", "webTitle": "Rain", "fields": {"bodyText": RAIN}}}},
        [("Rain", None, None, None)],
        [RAIN],
    ),
    "elasticsearch": (
        {"hits": {"total": 1, "hits": [{"_index": "n", "_id": "7", "_source": {"title": "Rain", "text": RAIN}}]}},
        [("Rain", None, None, None)],
        [RAIN],
    ),
    "fundus": (
        [
            {
                "title": "Rain",
                "body": {"summary": ["Short."], "sections": [{"headline": ["Head"], "paragraphs": [RAIN, SNOW]}]},
                "authors": ["Ada", "Bo"],
                "publishing_date": "2024-03-04 10:00:00+00:00",
                "publisher": "Orla Post",
            }
        ],
        [("Rain", "Orla Post", "2024-03-04", None)],
        [f"Short.\n\nHead\n\n{RAIN}\n\n{SNOW}"],
    ),
    "news-please": (
        {
            "maintext": RAIN,
            "title": "Rain",
            "date_publish": "2024-03-04 10:00:00",
            "source_domain": "orla.example",
            "url": "u",
        },
        [("Rain", "orla.example", "2024-03-04", "u")],
        [RAIN],
    ),
    "trafilatura": (
        {
            "title": "Rain",
            "hostname": "orla.example",
            "date": "2024-03-04",
            "raw_text": f"{RAIN} ",
            "text": RAIN,
            "source": "https://orla.example/1",
            "source-hostname": "Orla Post",
        },
        [("Rain", "Orla Post", "2024-03-04", None)],
        [RAIN],
    ),
    "mongo": (
        [{"_id": {"$oid": "65e"}, "text": RAIN, "date": {"$date": {"$numberLong": "1709550000000"}}}],
        [(None, None, "2024-03-04", None)],
        [RAIN],
    ),
    "ninjs 1": (
        {
            "uri": "urn:orla:1",
            "headline": "Rain",
            "versioncreated": "2024-03-04T10:00:00Z",
            "body_text": RAIN,
            "body_xhtml": HTML,
        },
        [("Rain", None, "2024-03-04", None)],
        [FROM_HTML],
    ),
    "ninjs 3": (
        {
            "uri": "urn:orla:1",
            "headlines": [{"role": "main", "value": "Rain"}],
            "versionCreated": "2024-03-04T10:00:00Z",
            "bodies": [
                {"role": "teaser", "contentType": "text/plain", "value": "Short."},
                {"role": "main", "contentType": "application/xhtml+xml", "value": HTML},
            ],
        },
        [("Rain", None, "2024-03-04", None)],
        [FROM_HTML],
    ),
    "wordpress": (
        [
            {
                "id": 1,
                "date": "2024-03-04T10:00:00",
                "link": "l",
                "title": {"rendered": "Rain &#8211; snow"},
                "content": {"rendered": HTML, "protected": False},
                "excerpt": {"rendered": "<p>Short.</p>"},
            }
        ],
        [("Rain – snow", None, "2024-03-04", "l")],
        [FROM_HTML],
    ),
    "event registry": (
        {
            "articles": {
                "results": [{"uri": "7", "date": "2024-03-04", "title": "Rain", "body": RAIN, "source": {"title": "O"}}]
            }
        },
        [("Rain", "O", "2024-03-04", None)],
        [RAIN],
    ),
    "json feed": (
        {"version": "1.1", "title": "Orla", "items": [{"id": "1", "title": "Rain", "content_html": HTML, "url": "u"}]},
        [("Rain", None, None, "u")],
        [FROM_HTML],
    ),
    "json-ld": (
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "Rain",
            "datePublished": "2024-03-04",
            "publisher": {"@type": "Organization", "name": "Orla Post"},
            "articleBody": RAIN,
        },
        [("Rain", "Orla Post", "2024-03-04", None)],
        [RAIN],
    ),
    "graphql": (
        {"data": {"posts": {"edges": [{"node": {"id": "n", "title": "Rain", "content": HTML}}]}}},
        [("Rain", None, None, None)],
        [FROM_HTML],
    ),
    "json api": (
        {"data": [{"type": "articles", "id": "9", "attributes": {"title": "Rain", "body": RAIN}}]},
        [("Rain", None, None, None)],
        [RAIN],
    ),
    "editor": (
        [
            {
                "title": "Rain",
                "body": {"blocks": [{"type": "p", "data": {"text": RAIN}}, {"type": "image", "data": {"caption": "C"}}]},
            }
        ],
        [("Rain", None, None, None)],
        [RAIN],
    ),
    "paragraphs": ({"title": "Rain", "paragraphs": [RAIN, SNOW]}, [("Rain", None, None, None)], [f"{RAIN}\n\n{SNOW}"]),
    "pandas, columns": (
        {"text": {"0": RAIN, "1": SNOW}, "title": {"0": "Rain", "1": "Snow"}},
        [("Rain", None, None, None), ("Snow", None, None, None)],
        [RAIN, SNOW],
    ),
    "pandas, index": (
        {"0": {"text": RAIN, "title": "Rain"}, "1": {"text": SNOW, "title": "Snow"}},
        [("Rain", None, None, None), ("Snow", None, None, None)],
        [RAIN, SNOW],
    ),
    "pandas, split": (
        {"columns": ["title", "text"], "index": ["a", "b"], "data": [["Rain", RAIN], ["Snow", SNOW]]},
        [("Rain", None, None, None), ("Snow", None, None, None)],
        [RAIN, SNOW],
    ),
    "pandas, table": (
        {"schema": {"fields": [{"name": "index"}]}, "data": [{"index": 0, "text": RAIN}, {"index": 1, "text": SNOW}]},
        [(None, None, None, None)] * 2,
        [RAIN, SNOW],
    ),
    "lists by column": (
        {"text": [RAIN, SNOW], "title": ["Rain", "Snow"]},
        [("Rain", None, None, None), ("Snow", None, None, None)],
        [RAIN, SNOW],
    ),
    "by id": ({"a": {"text": RAIN}, "b": {"text": SNOW}}, [(None, None, None, None)] * 2, [RAIN, SNOW]),
    "by section": (
        {"world": [{"text": RAIN}], "sport": [{"text": SNOW}, {"text": "Hail."}]},
        [(None, None, None, None)] * 3,
        [RAIN, SNOW, "Hail."],
    ),
    "pages": (
        [{"articles": [{"text": RAIN}]}, {"articles": [{"text": SNOW}]}],
        [(None, None, None, None)] * 2,
        [RAIN, SNOW],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_articles_are_found_wherever_they_are_nested(tmp_path, name):
    value, parts, texts = SHAPES[name]
    articles, errors, _ = read(write(tmp_path / "a.json", value))
    assert [known(article) for article in articles] == parts
    assert [article.text for article in articles] == texts
    assert errors == []


@pytest.mark.parametrize("name", SHAPES)
def test_a_json_line_holds_what_a_document_does(tmp_path, name):
    value, parts, texts = SHAPES[name]
    lines = [value] if isinstance(value, dict) else value
    articles, errors, _ = read(write(tmp_path / "a.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    assert [known(article) for article in articles] == parts
    assert [article.text for article in articles] == texts
    assert errors == []


@pytest.mark.parametrize("name", SHAPES)
def test_json_is_known_on_standard_input(monkeypatch, name):
    value, _, texts = SHAPES[name]
    for text in (json.dumps(value), json.dumps(value, indent=2)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert [article.text for article in read("-")[0]] == texts


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"text": RAIN}, ["FILE"]),
        ([{"text": RAIN}, {"id": 7, "text": SNOW}], ["FILE:1", "7"]),
        ({"articles": [{"text": RAIN}, {"_id": {"$oid": "b"}, "text": SNOW}]}, ["FILE:1", "b"]),
        ({"a": {"text": RAIN}, "b": {"text": SNOW}}, ["FILE:a", "FILE:b"]),
        ({"world": [{"text": RAIN}], "sport": [{"text": SNOW}]}, ["FILE:world:1", "FILE:sport:1"]),
        ([{"articles": [{"text": RAIN}]}, {"articles": [{"text": SNOW}]}], ["FILE:1:1", "FILE:2:1"]),
        ({"columns": ["text"], "index": ["x", "y"], "data": [[RAIN], [SNOW]]}, ["FILE:x", "FILE:y"]),
        ({"hits": {"hits": [{"_id": "e", "_source": {"text": RAIN}}]}}, ["e"]),
    ],
)
def test_articles_are_named_by_their_ids_or_where_they_stand(tmp_path, value, ids):
    path = write(tmp_path / "a.json", value)
    assert [article.id.replace(str(path), "FILE") for article in read(path)[0]] == ids


@pytest.mark.parametrize(
    ("value", "errors"),
    [
        ({"articles": []}, ["FILE: no articles in this JSON: 'articles' is empty; give objects, each with a text."]),
        ([], ["FILE: no articles in this JSON; give an object or a list of objects, each with a text."]),
        ([RAIN, SNOW], ['FILE: this is a list of str; give a list of objects: [{"text": …}, …].']),
        (
            {"response": {"docs": [{"abstract": "A.", "lead_paragraph": "B.", "headline": {"main": "Rain"}}]}},
            [
                "FILE:response.docs: no text column (text, body, content, …); it has 'abstract', 'lead_paragraph', "
                "'headline', 'headline.main'. There is only a teaser; to read the teasers instead of "
                "articles, give --text-column lead_paragraph."
            ],
        ),
        (
            {"articles": [{"url": "u", "seen": "20240304T100000Z"}]},
            [
                "FILE:articles: no text column (text, body, content, …); it has 'url', 'seen'. "
                "Give its name with --text-column."
            ],
        ),
        ({"title": "Rain", "image": {"text": "The pier"}}, ["FILE: no text column"]),
        ([{"text": None}, {"text": "nan"}], ["FILE:1: no text; leave it out.", "FILE:2: no text; leave it out."]),
    ],
)
def test_what_holds_no_articles_is_refused_in_a_line(tmp_path, value, errors):
    articles, found, _ = read(write(tmp_path / "a.json", value))
    assert articles == []
    assert [one[: len(two)] for one, two in zip(found, errors, strict=True)] == errors


def test_a_teaser_is_read_on_request(tmp_path):
    value = {"response": {"docs": [{"lead_paragraph": RAIN, "headline": {"main": "Rain"}}]}}
    articles, errors, _ = read(write(tmp_path / "a.json", value), text="lead_paragraph")
    assert [(a.title, a.text) for a in articles] == [("Rain", RAIN)]
    assert errors == []


def test_nested_columns_are_named_with_dots(tmp_path):
    value = [{"fields": {"body": SNOW, "lead": RAIN}, "meta": {"head": "Rain"}}]
    path = write(tmp_path / "a.json", value)
    articles, _, _ = read(path, text="fields.lead", title="meta.head")
    assert [(a.title, a.text) for a in articles] == [("Rain", RAIN)]
    result = run_sayso("annotate", path, "--no-bias", "-f", "jsonl", "--text-column", "fields.lead")
    assert [row["text"] for row in json_rows(result.stdout)] == ["Rain fell on Orla.", "“We stay,” said Ada Brenn."]


def test_of_several_lists_the_one_with_most_articles_is_taken_and_the_others_told(tmp_path):
    value = {"top": [{"text": RAIN}], "feed": {"items": [{"text": SNOW}, {"text": "Hail."}]}, "tags": [{"name": "x"}]}
    articles, errors, notices = read(write(tmp_path / "a.json", value))
    assert [article.text for article in articles] == [SNOW, "Hail."]
    assert errors == []
    assert notices == ["FILE: the articles are read from 'feed.items' (2); 'top' (1) is left out."]


def test_entries_of_another_kind_are_counted(tmp_path):
    value = {"@graph": [{"@type": "WebSite", "name": "Orla"}, {"@type": "NewsArticle", "articleBody": RAIN}]}
    articles, errors, notices = read(write(tmp_path / "a.json", value))
    assert [article.text for article in articles] == [RAIN]
    assert errors == []
    assert notices == ["entries without a text column left out: once, at FILE:1."]


def test_comments_and_related_articles_are_not_the_article(tmp_path):
    other = {"title": "Snow", "text": SNOW, "date": "2024-03-04"}
    articles, errors, _ = read(write(tmp_path / "a.json", {"text": RAIN, "comments": [other], "related": [other] * 3}))
    assert [article.text for article in articles] == [RAIN]
    assert "no text column" in read(write(tmp_path / "b.json", {"title": "Rain", "comments": [other]}))[1][0]
    assert errors == []


def test_which_of_two_texts_was_taken_is_told_where_they_differ(tmp_path):
    long = " ".join([RAIN] * 4)
    rows = [
        {"text": long, "content": f"{SNOW} {long}"},
        {"text": long, "content": long.upper()},
        {"text": long, "content": RAIN},
        {"text": long, "description": f"{SNOW} {long}"},
    ]
    _, _, notices = read(write(tmp_path / "a.json", rows))
    assert notices == [
        "text read from column 'text', although 'content' holds another text; choose with --text-column: once, at FILE:1."
    ]


def test_a_list_of_comments_beside_articles_is_told(tmp_path):
    document = {"articles": [{"text": RAIN}], "comments": [{"text": "Nice."}], "media": [{"type": "photo"}]}
    articles, _, notices = read(write(tmp_path / "a.json", document))
    assert len(articles) == 1
    assert notices == ["list 'comments' left out, as it holds no articles: once, at FILE."]


def test_a_short_text_is_told_where_another_column_has_as_much(tmp_path):
    rows = [
        {"text": "Short teaser here.", "body": "The whole story. He left town."},
        {"text": "The whole story. He left town.", "body": "Note 7."},
    ]
    _, _, notices = read(write(tmp_path / "a.json", rows))
    assert notices == [
        "text read from column 'text', although 'body' holds another text; choose with --text-column: once, at FILE:1."
    ]


def test_bulk_files_of_elasticsearch_have_their_actions_passed_over(tmp_path):
    lines = [{"index": {"_id": "1"}}, {"text": RAIN}, {"create": {}}, {"text": SNOW}]
    articles, errors, _ = read(write(tmp_path / "a.ndjson", "".join(json.dumps(line) + "\n" for line in lines)))
    assert ([article.text for article in articles], errors) == ([RAIN, SNOW], [])


def test_outlets_that_are_addresses_are_sites(tmp_path):
    rows = [{"text": RAIN, "source": "https://www.orla.example/rain"}, {"text": SNOW, "source": "Orla Post"}]
    assert [a.outlet for a in read(write(tmp_path / "a.json", rows))[0]] == ["orla.example", "Orla Post"]


def test_a_list_that_breaks_gives_what_came_before(tmp_path):
    text = json.dumps([{"text": RAIN}, {"text": SNOW}])
    articles, errors, _ = read(write(tmp_path / "a.json", text[:-10]))
    assert [article.text for article in articles] == [RAIN]
    assert [error[: error.index(" (")] for error in errors] == ["FILE: broken JSON"]
    articles, errors, _ = read(write(tmp_path / "a.json", text.replace(", ", "; ")))
    assert [article.text for article in articles] == [RAIN]
    assert errors == ["FILE: broken JSON (',' is missing at character 68); fix it."]


def test_several_objects_one_behind_the_other_are_all_read(tmp_path):
    text = json.dumps({"text": RAIN}, indent=1) + "\n" + json.dumps({"text": SNOW}, indent=1)
    articles, errors, _ = read(write(tmp_path / "a.json", text))
    assert ([article.text for article in articles], errors) == ([RAIN, SNOW], [])


def test_line_ends_within_strings_are_read(tmp_path):
    assert read(write(tmp_path / "a.json", '{"text": "Rain.\n\nSnow."}'))[0][0].text == "Rain.\n\nSnow."


def test_a_long_list_is_read_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(json_document, "MAX_BYTES", 1000)
    monkeypatch.setattr(json_document, "_PIECE", 7)
    path = write(tmp_path / "a.json", [{"text": f"{RAIN} {number}"} for number in range(50)])
    articles, errors, _ = read(path)
    assert [article.text[-2:].strip() for article in articles] == [str(number) for number in range(50)]
    assert errors == []
    path.write_bytes(path.read_bytes()[:1500] + b"\xff" + path.read_bytes()[1500:])
    articles, errors, _ = read(path)
    assert 10 < len(articles) < 50
    assert [error[:36] for error in errors] == ["FILE: not UTF-8 at byte 1,500; JSON h"[:36]]


def test_an_object_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(json_values, "MAX_VALUE", 100)
    values = json_values.json_values(iter(['[{"a": 1}, {"b": "' + "x" * 50, "x" * 60, '"}]']), "a.json")
    assert next(values).value == {"a": 1}
    with pytest.raises(SaysoError, match=r"a\.json: a JSON object of more than 0 MB; give a list of objects or JSON lines"):
        next(values)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(json_like, max_size=4), st.integers(1, 9), st.sampled_from([None, 1]))
def test_a_list_is_the_same_however_it_is_cut(values, size, indent):
    text = json.dumps(values, indent=indent)
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    assert [one.value for one in json_values.json_values(pieces, "")] == values


@given(json_like)
def test_any_json_is_read_or_refused(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    articles, errors, _ = read(path)
    assert articles or errors


@pytest.mark.parametrize(
    "text", ["{Rain} fell.", "[Orla] Rain fell.", '{"Rain"} fell.', '["No," he said.]', "[1] Rain fell."]
)
def test_prose_in_brackets_is_no_json(tmp_path, text):
    assert read(write(tmp_path / "a.txt", text))[0][0].text == text


def test_json_that_is_called_text_is_read_as_json(tmp_path):
    assert read(write(tmp_path / "a.txt", {"articles": [{"text": RAIN}]}))[0][0].text == RAIN


def test_a_line_that_is_too_long_is_refused_and_the_next_read(tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "MAX_BYTES", 100)
    lines = [{"text": "Hail."}, {"text": "x" * 250}, {"text": RAIN}]
    path = write(tmp_path / "a.jsonl", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    articles, errors, _ = read(path)
    assert [article.text for article in articles] == ["Hail.", RAIN]
    assert errors == ["FILE:2: more than 0 MB, too large for one article; split it."]


def test_where_the_likeliest_column_is_empty_another_is_read(tmp_path):
    rows = [{"text": "", "content": RAIN}, {"text": None, "body": "nan", "content": SNOW}, {"text": "", "content": None}]
    articles, errors, notices = read(write(tmp_path / "a.json", rows))
    assert [article.text for article in articles] == [RAIN, SNOW]
    assert errors == ["FILE:3: no text; leave it out."]
    assert notices == [
        "text read from column 'content', because 'text' is empty: 2 times, first at FILE:1.",
    ]


def test_lists_in_a_list_are_read(tmp_path):
    articles, errors, _ = read(write(tmp_path / "a.json", [[{"text": RAIN}, {"text": SNOW}], [{"id": 7, "text": "Hail."}]]))
    assert [(article.id[-3:], article.text) for article in articles] == [("1:1", RAIN), ("1:2", SNOW), ("7", "Hail.")]
    assert errors == []


def test_what_label_studio_was_given_is_read_as_articles(tmp_path):
    value = [{"id": 1, "data": {"text": RAIN}, "annotations": []}]
    assert [(article.id, article.text) for article in read(write(tmp_path / "a.json", value))[0]] == [("1", RAIN)]


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (
            {
                "id": "g",
                "webTitle": "R",
                "webPublicationDate": "2024-03-04",
                "fields": {"headline": "Rain", "bodyText": RAIN},
            },
            ("g", "Rain", "2024-03-04"),
        ),
        (
            {"_id": "e", "_score": 1.5, "_source": {"title": "Rain", "text": RAIN, "date": "2024-03-04"}},
            ("e", "Rain", "2024-03-04"),
        ),
        ({"id": "j", "attributes": {"title": "Rain", "body": RAIN, "published": "2024-03-04"}}, ("j", "Rain", "2024-03-04")),
        (
            {"data": {"article": {"id": "d", "title": "Rain", "text": RAIN, "date": "2024-03-04"}}},
            ("d", "Rain", "2024-03-04"),
        ),
    ],
)
def test_an_article_with_its_text_in_an_object_keeps_what_stands_around(tmp_path, value, parts):
    for name in ("a.json", "a.jsonl"):
        (article,), errors, _ = read(write(tmp_path / name, value))
        assert (article.id, article.title, article.date, article.text) == (*parts, RAIN)
        assert errors == []


def test_a_list_of_rows_below_their_header_is_read(tmp_path):
    rows = [["title", "text"], ["Rain", RAIN], ["Snow", SNOW]]
    articles, errors, _ = read(write(tmp_path / "a.json", rows))
    assert [(article.id[-2:], article.title, article.text) for article in articles] == [
        (":1", "Rain", RAIN),
        (":2", "Snow", SNOW),
    ]
    assert errors == []
    assert "no text column" in read(write(tmp_path / "a.json", rows[:1]))[1][0]
    assert read(write(tmp_path / "a.json", [[RAIN, SNOW]]))[1] == [
        'FILE: this is a list of list; give a list of objects: [{"text": …}, …].'
    ]
