"""Writers make the part of an article in one process and add it in another; the same comes out as in one."""

import pickle

import pytest
from builders import annotated_sentence

from sayso.classify.output.formats import Writer, WriterOptions, all_formats
from sayso.data.records import Article, Span

ARTICLES = [
    (Article(name, text, outlet="Ems Post"), [annotated_sentence(0, Span(0, len(text)), "narrative", "none")])
    for name, text in [("fire", "Rain fell."), ("Fire", "It burned."), ("vote", "The council met.")]
]
WRITERS = [
    pytest.param(opens, WriterOptions(compare=compare), id=f"{form.name} {place}{' compare' * compare}")
    for form in all_formats()
    for place, opens in (("file", form.open), ("folder", form.folder and form.folder.open))
    for compare in (False, True)
    if opens and (form.compares or not compare) and (form.name, place, compare) != ("html", "file", False)
]


def written(writer, add):
    """Give all that a writer gives, from its beginning to its end."""
    begun = [writer.begin()] if hasattr(writer, "begin") else []
    return [*begun, *(add(writer, article, annotated) for article, annotated in ARTICLES), writer.end()]


@pytest.mark.parametrize(("opens", "options"), WRITERS)
def test_parts_can_be_made_elsewhere_and_in_any_order(opens, options):
    elsewhere = opens(options)
    parts = {article.id: pickle.dumps(elsewhere.part(article, annotated)) for article, annotated in reversed(ARTICLES)}
    whole = written(opens(options), lambda writer, article, annotated: writer.article(article, annotated))
    assert written(opens(options), lambda writer, article, _: writer.add(pickle.loads(parts[article.id]))) == whole
    assert any(whole)


def test_a_page_of_one_article_can_be_made_elsewhere():
    (article, annotated), options = ARTICLES[0], WriterOptions()
    opens = next(form.open for form in all_formats() if form.name == "html")
    part, here = pickle.dumps(opens(options).part(article, annotated)), opens(options)
    here.add(pickle.loads(part))
    assert "Rain fell." in here.end()


class Numbered(Writer):
    """Numbers the articles: what it gives depends on what came before."""

    def __init__(self):
        self.n = 0

    def article(self, article, annotated):
        """Give number and name."""
        self.n += 1
        return f"{self.n} {article.id}\n"


def test_a_writer_needs_article_alone():
    there, here = Numbered(), Numbered()
    parts = [pickle.dumps(there.part(article, annotated)) for article, annotated in ARTICLES]
    assert [here.add(pickle.loads(part)) for part in parts] == ["1 fire\n", "2 Fire\n", "3 vote\n"]
