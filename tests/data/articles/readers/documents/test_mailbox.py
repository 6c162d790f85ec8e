import gc
import mailbox
import tempfile
import tracemalloc
from pathlib import Path

from document_files import read_bytes, read_file
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.articles.files import read_articles
from sayso.data.articles.readers.documents.mail import mailbox as mailbox_reader

POSTMARK = "From news@example.org Tue May  2 08:00:00 2023\n"


def message(subject, text, day="Date: Mon, 1 May 2023 08:00:00 +0000\n"):
    return f"From: Orla Post <news@example.org>\nSubject: {subject}\n{day}Message-ID: <1@example.org>\n\n{text}\n\n"


def read(folder, text, name="a.mbox"):
    return read_bytes(folder, name, text.encode())


def test_a_message_is_an_article(tmp_path):
    articles, errors, notices = read(
        tmp_path, POSTMARK + message("One", "Rain fell.") + POSTMARK + message("Two", "Snow fell.", day="")
    )
    assert [(a.id, a.title, a.date, a.text) for a in articles] == [
        (f"{tmp_path}/a.mbox:1", "One", "2023-05-01", "Rain fell."),
        (f"{tmp_path}/a.mbox:2", "Two", "2023-05-02", "Snow fell."),
    ]
    assert (errors, notices) == ([], [])


def test_a_line_that_begins_with_from_begins_no_message(tmp_path):
    text = "It rained.\n\nFrom Paris she wrote.\n\n>From Orla, too.\n\nFrom Monday at 10:30 to Tuesday 2023 it rained."
    (article,), _, _ = read(tmp_path, POSTMARK + message("One", text))
    assert article.text == text.replace(">From", "From")


def test_postmarks_of_other_programs(tmp_path):
    marks = (
        "From - Tue May  2 08:00:00 2023\n",
        "From 1762@xxx Tue May 02 08:00:00 +0000 2023\n",
        "From roe at example.org  Tue May  2 08:00:00 2023\r\n",
    )
    articles, errors, _ = read(tmp_path, "".join(mark + message("One", "Rain fell.") for mark in marks))
    assert ([article.text for article in articles], errors) == (["Rain fell."] * 3, [])


def test_a_postmark_needs_an_empty_line_or_a_header(tmp_path):
    text = POSTMARK + message("One", "Rain fell.").rstrip("\n") + "\n"
    assert len(read(tmp_path, text * 2)[0]) == 2
    assert len(read(tmp_path, text + POSTMARK + "Snow fell.")[0]) == 1


def test_a_message_without_text_is_one_line_and_stops_none(tmp_path):
    articles, errors, _ = read(tmp_path, POSTMARK + message("One", "") + POSTMARK + message("Two", "Snow fell."))
    assert [article.text for article in articles] == ["Snow fell."]
    assert errors == ["FILE:1: no text; leave it out."]


def test_what_is_no_mailbox_is_one_line(tmp_path):
    assert read(tmp_path, "Rain fell.\n")[:2] == (
        [],
        [
            "FILE:1: not a mailbox: it does not begin with a line such as “From roe@example.org Tue May 2 "
            "08:00:00 2023”; leave it out."
        ],
    )
    assert read(tmp_path, "\n")[1] == ["FILE: no messages in this mailbox."]


def test_a_mailbox_is_known_whatever_it_is_called(tmp_path):
    assert len(read(tmp_path, (POSTMARK + message("One", "Rain fell.")) * 2, "Inbox")[0]) == 2


def test_a_single_mail_under_the_suffix_is_read(tmp_path):
    assert [article.title for article in read(tmp_path, message("One", "Rain fell."))[0]] == ["One"]


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(mailbox_reader, "MAX_BYTES", 400)
    text = POSTMARK + message("Rain", "x" * 3000) + POSTMARK + message("Snow", "Snow fell on Tolland.")
    articles, errors, _ = read(tmp_path, text)
    assert [article.title for article in articles] == ["Snow"]
    assert errors == ["FILE:1: more than 0 MB, too large for one mail; leave it out."]


def test_memory_does_not_grow_with_the_messages(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_text((POSTMARK + message("One", "Rain fell. " * 4000)) * 100)
    next(read_articles([str(path)]))  # what is loaded once, such as word lists, is no memory of a message
    thresholds = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as Python has them; commands look for garbage less often
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_articles([str(path)])) == 100
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*thresholds)
    assert peak < path.stat().st_size / 2


LINES = ("From Paris she wrote.", "From a@b.example Tue May  2 08:00:00 2023", ">From Orla.", "", "Rain fell.")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=5), min_size=1, max_size=4))
def test_what_the_standard_library_writes_gives_as_many_articles(bodies):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.mbox")
        box = mailbox.mbox(path)
        for body in bodies:
            box.add(f"From: Orla Post <news@example.org>\nSubject: One\n\nIt rained.\n\n{chr(10).join(body)}\n")
        box.close()
        articles, errors, _ = read_file(path)
    assert errors == []
    assert len(articles) == len(bodies)
    assert all(article.text.startswith("It rained.") for article in articles)
