"""Subtitles are read as the words that were spoken."""

import pytest

from sayso.data.articles.files import read_articles

TOLD = "Numbers and times of subtitles left out: once, at "
SRT = """1
00:00:01,000 --> 00:00:02,500
<i>The ferry to Orla</i>

2
00:00:02,500 --> 00:00:04,000
{\\an8}sank at 5.
- Who said that?

3
00:00:05,000 --> 00:00:06,000
- The clerk did.
"""
VTT = """WEBVTT - Orla

STYLE
::cue { color: red }

NOTE checked

intro
00:01.000 --> 00:02.000 align:start
<v Ada Roe>It <00:01.500><c>rained</c> &amp; froze.</v>

00:02.000 --> 00:03.000
It rained & froze.
<v Ada Roe>All day.</v>

00:03.000 --> 00:04.000
<v Bo Poe>And all night.</v>
"""


def read(path):
    told = []
    (article,) = read_articles([str(path)], notice=told.append)
    return article.text, [line.replace(str(path), "FILE") for line in told]


@pytest.mark.parametrize("name", ["a.srt", "a.txt", "a"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_numbers_and_times_of_subtitles_are_no_words(tmp_path, name, encoding):
    (tmp_path / name).write_bytes(SRT.replace("\n", "\r\n").encode(encoding))
    text = "The ferry to Orla sank at 5.\n\nWho said that?\n\nThe clerk did."
    assert read(tmp_path / name) == (text, [f"{TOLD}FILE."])


def test_voices_are_named_and_lines_that_roll_stand_once(tmp_path):
    (tmp_path / "a.vtt").write_text(VTT.replace("It rained & froze.", "It rained &amp; froze."), encoding="utf-8")
    assert read(tmp_path / "a.vtt")[0] == "Ada Roe: It rained & froze. All day.\n\nBo Poe: And all night."
