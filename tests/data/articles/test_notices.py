from sayso.data.articles.notices import Notices


def test_like_cases_are_told_once_with_their_number():
    lines = []
    notices = Notices(lines.append)
    for where in ("a.csv:3", "a.csv:9"):
        notices.count("HTML tags removed from the text", where)
    notices.count("dates not understood", "a.csv:4")
    notices.say("a.csv: read as cp1252.")
    notices.tell_counts()
    notices.tell_counts()
    assert lines == [
        "a.csv: read as cp1252.",
        "HTML tags removed from the text: 2 times, first at a.csv:3.",
        "dates not understood: once, at a.csv:4.",
    ]
