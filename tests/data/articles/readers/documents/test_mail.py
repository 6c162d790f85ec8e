import sys

import pytest
from document_files import read_bytes

from sayso.data.articles.readers.documents.mail.message import knows
from sayso.data.articles.readers.documents.mail.own_text import own_text

HEADER = """From: Orla Post <news@example.org>
To: reader@example.org
Subject: {subject}
Date: Tue, 02 May 2023 08:00:00 +0000
MIME-Version: 1.0
"""


def mail(body, subject="Night trains return", content="text/plain; charset=utf-8", encoding="8bit"):
    return f"{HEADER.format(subject=subject)}Content-Type: {content}\nContent-Transfer-Encoding: {encoding}\n\n{body}"


def read(folder, raw, name="a.eml"):
    return read_bytes(folder, name, raw.encode() if isinstance(raw, str) else raw)


def text_of(folder, raw):
    (article,), errors, _ = read(folder, raw)
    assert errors == []
    return article.text


def part(content, body, *headers):
    return "\n".join((f"Content-Type: {content}", *headers, "", body, ""))


def parts(kind, *inner, boundary="AA"):
    return (
        f"Content-Type: multipart/{kind}; boundary={boundary}\n\n--{boundary}\n"
        + f"--{boundary}\n".join(inner)
        + f"--{boundary}--\n"
    )


def test_subject_sender_and_day_are_what_is_known_of_the_article(tmp_path):
    (article,), errors, notices = read(tmp_path, mail("The trains run.\n", "Re: =?utf-8?q?Caf=C3=A9?= closes"))
    assert (article.title, article.outlet, article.date) == ("Café closes", "Orla Post", "2023-05-02")
    assert (article.text, errors, notices) == ("The trains run.", [], [])


@pytest.mark.parametrize(
    ("body", "content", "encoding", "text"),
    [
        ("VGhlIGNhZsOpIGNsb3Nlcy4K", "text/plain; charset=utf-8", "base64", "The café closes."),
        ("The caf=E9 clo=\nses.", "text/plain; charset=iso-8859-1", "quoted-printable", "The café closes."),
        ("The caf=E9 closes.", "text/plain; charset=x-unknown", "quoted-printable", "The café closes."),
        ("The trains \nrun \nagain.\n\nSlowly.", "text/plain; format=flowed", "7bit", "The trains run again.\n\nSlowly."),
        ("The tra \nins run.", "text/plain; format=flowed; delsp=yes", "7bit", "The trains run."),
        ("The trains\nrun.", "text/plain", "7bit", "The trains run."),
        (
            "<p>The <b>tr</b>ains <s>never </s>run.</p><p>Roe said: <q>No.</q>",
            "text/html",
            "7bit",
            "The trains run.\n\nRoe said: “No.”",
        ),
        ("", "text/plain; charset=us-ascii", "7bit", None),
    ],
)
def test_the_body_is_decoded(tmp_path, body, content, encoding, text):
    articles, errors, _ = read(tmp_path, mail(body, content=content, encoding=encoding))
    assert [article.text for article in articles] == ([text] if text else [])
    assert errors == ([] if text else ["FILE: no text; leave it out."])


EARLIER, SIGNATURE = ["Quoted earlier mails"], ["Mail signatures"]
ON_MONDAY = "On Monday, 1 May 2023,\nAda Moor <a@example.org> wrote:"
SENT = "From: Ada\nSent: Monday\nTo: Ben\nSubject: x\n\nDo they run?"
PGP = (
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{}\n-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----"
)


@pytest.mark.parametrize(
    ("body", "text", "left_out"),
    [
        ("The trains run.\n-- \nBen Hall\nOrla Post", "The trains run.", SIGNATURE),
        ("One.\n\n- Two.\n\n– Three.", "One.\n\n- Two.\n\n– Three.", []),
        (f"Yes.\n\n{ON_MONDAY}\n> Do they run?\n>> Who?\n", "Yes.", EARLIER),
        ("> Do they run?\n\nYes.\n\n> When?\n\nToday.", "Yes.\n\n\nToday.", EARLIER),
        ("> The trains\n> run.\n>\n> Slowly.", "The trains run.\n\nSlowly.", []),
        (f"Yes.\n\n-----Original Message-----\n{SENT}", "Yes.", EARLIER),
        (f"Yes.\n\n{'_' * 32}\n{SENT}", "Yes.", EARLIER),
        (f"Yes.\n\n{SENT}", "Yes.", EARLIER),
        ("From: here to Orla it is far.\n\nTrains run.", "From: here to Orla it is far.\n\nTrains run.", []),
        (f"The trains run.\n{'_' * 47}\nRail mailing list\nRail@example.org", "The trains run.", SIGNATURE),
        (PGP.format("They run."), "They run.", []),
    ],
)
def test_only_what_the_mail_says_itself_is_read(tmp_path, body, text, left_out):
    (article,), errors, notices = read(tmp_path, mail(body))
    assert (article.text, errors) == (text, [])
    assert [line for line in notices if "left out" in line] == [f"{what} left out: once, at FILE." for what in left_out]


WHO, WHEN, WHAT = "From: Ada Moor <a@example.org>\n", "Date: Mon, 1 May 2023\n", "Subject: Trains run\n"


@pytest.mark.parametrize(
    ("subject", "frame"),
    [
        ("Fwd: x", f"---------- Forwarded message ---------\n{WHO}{WHEN}{WHAT}To: Ben\n"),
        ("x", f"Begin forwarded message:\n\n{WHO}{WHAT}{WHEN}"),
        ("FW: x", f"-----Original Message-----\nFrom: Ada Moor\nSent: Mon, 1 May 2023\nTo: Ben\n{WHAT}"),
        ("Fw: x", f"{WHO}\n{WHEN}\nTo: Ben\n\n{WHAT}"),
        ("WG: x", f"From: Ada Moor [mailto:a@example.org]\nSent: Mon, 1 May 2023\nTo: Ben\n{WHAT}"),
    ],
)
def test_a_forwarded_mail_is_the_article(tmp_path, subject, frame):
    (article,), _, notices = read(tmp_path, mail(f"See below.\n\n{frame}\nThey run.\n\nSlowly.\n", subject))
    assert (article.title, article.outlet, article.date) == ("Trains run", "Ada Moor", "2023-05-01")
    assert article.text == "They run.\n\nSlowly."
    assert notices == ["Notes above forwarded mails left out: once, at FILE."]


def test_quoted_mails_and_signatures_in_html_are_cut_off(tmp_path):
    body = (
        '<p>Yes.</p><div class="gmail_signature">Ben</div><div class="x gmail_quote">On Monday Ada wrote:'
        "<blockquote>Do they run?</blockquote></div>"
        '<blockquote type="cite">When?</blockquote><blockquote>Roe: No.</blockquote>'
    )
    assert text_of(tmp_path, mail(body, content="text/html")) == "Yes.\n\nRoe: No."


def test_html_counts_before_plain_text_unless_it_is_empty(tmp_path):
    both = parts("alternative", part("text/plain", "Plain."), part("text/html", "<p>Page.</p>"))
    empty = parts("alternative", part("text/plain", "Plain."), part("text/html", "<img src='a.png'>"))
    assert text_of(tmp_path, HEADER + both) == "Page."
    assert text_of(tmp_path, HEADER + empty) == "Plain."


def test_struck_out_passages_of_a_mail_are_told(tmp_path):
    (article,), errors, told = read(tmp_path, mail("<p>Rain <s>never</s> fell.</p>", content="text/html"))
    assert (article.text.endswith("Rain fell."), errors) == (True, [])
    assert told == ["Struck-out passages left out: once, at FILE."]


def test_text_around_a_picture_is_read_to_its_end(tmp_path):
    body = parts("mixed", part("text/plain", "One."), part("image/png", "AAAA"), part("text/plain", "Two."))
    assert text_of(tmp_path, HEADER + body) == "One.\n\nTwo."


def test_attachments_are_told_and_messages_within_are_articles(tmp_path):
    inner = "From: Tolland Echo <echo@example.org>\nSubject: Ovens go cold\n\nA loaf costs more."
    attached = part("application/pdf", "AAAA", "Content-Disposition: attachment; filename=a.pdf")
    body = parts("mixed", part("text/plain", "One."), attached, attached, part("message/rfc822", inner))
    articles, errors, notices = read(tmp_path, HEADER.format(subject="Two stories") + body)
    assert [(a.title, a.outlet, a.text) for a in articles] == [
        ("Two stories", "Orla Post", "One."),
        ("Ovens go cold", "Tolland Echo", "A loaf costs more."),
    ]
    assert articles[1].id == f"{tmp_path}/a.eml/1"
    assert errors == []
    assert notices == ["Mail attachments left out (save them as files to have them read): 2 times, first at FILE."]


def test_a_digest_gives_its_messages(tmp_path):
    body = parts("digest", *(part("message/rfc822", f"Subject: {n}\n\nStory {n}.") for n in "AB"))
    articles, errors, _ = read(tmp_path, HEADER + body)
    assert ([article.text for article in articles], errors) == (["Story A.", "Story B."], [])


def test_an_encrypted_mail_is_one_line(tmp_path):
    body = parts("encrypted", part("application/pgp-encrypted", "Version: 1"))
    assert read(tmp_path, HEADER + body)[:2] == ([], ["FILE: this mail is encrypted; save it decrypted."])


SENTENCES = (
    "<p>The state railway runs night trains to the coast from June =E2=80=9Cat last=E2=80=9D, it said on Tuesday.</p>"
)
SAVED = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/trains
Subject: Trains return
Date: Mon, 6 Nov 2023 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="AA"

--AA
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<html><head><meta charset=3D"utf-8"><title>Trains return</title></head>
<body><article><h1>Trains return</h1>{SENTENCES}</article>
--AA
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
--AA--
"""


def test_a_page_saved_as_mht_is_read_as_a_page(tmp_path):
    (article,), errors, notices = read(tmp_path, SAVED, "a.mht")
    assert (article.title, article.url, errors) == ("Trains return", "https://example.org/trains", [])
    assert "from June “at last”, it said on Tuesday." in article.text
    assert "AAAA" not in article.text
    assert notices == ["Articles dated by the day their page was saved: once, at FILE."]


def test_a_mail_of_apple_is_read_to_its_length(tmp_path):
    raw = mail("The trains run.\n")
    assert text_of(tmp_path, f"{len(raw)}\n{raw}<?xml version='1.0'?><plist/>") == "The trains run."


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_a_mail_is_known_whatever_it_is_called(tmp_path, name):
    (article,), _, _ = read(tmp_path, mail("The trains run."), name)
    assert article.title == "Night trains return"


@pytest.mark.parametrize(
    ("start", "known"),
    [
        ("Received: by x\n\tfor y\nDate: today\n\nText", True),
        ("From: Ada <a@example.org>\nSubject: Trains\n\nText", True),
        ("Subject: Trains\nDate: 1 May\n\nText", False),
        ("From: Reuters\nDate: 1 May\n\nText", False),
        ("Minister: no more trains\n\nText", False),
        ("Date: 1 May\nThe trains run.\n", False),
        ("", False),
    ],
)
def test_what_begins_like_a_mail(start, known):
    assert knows(start.encode()) is known


def test_twice_as_many_quoted_lines_take_twice_the_calls():
    def calls(n):
        made = 0

        def count(frame, event, arg):
            nonlocal made
            made += event in {"call", "c_call"}

        sys.setprofile(count)
        try:
            own_text("The ferry was late.\n" + "> so\n" * n, is_forward=False)
        finally:
            sys.setprofile(None)
        return made

    assert calls(400) <= 2.2 * calls(200)
