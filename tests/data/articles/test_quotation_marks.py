import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.quotation_marks import marked, quotations


def quoted(text):
    return [span.of(text) for span in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody spoke.", []),
        ("", []),
        ("“Rain,” she said.", ["“Rain,”"]),
        ('"Rain," she said, "and hail."', ['"Rain,"', '"and hail."']),
        ("``Rain,'' she said.", ["``Rain,''"]),
        ("«Rain», she said.", ["«Rain»"]),
        ("„Rain,” she said.", ["„Rain,”"]),
        ("‘Rain,’ she said.", ["‘Rain,’"]),
        ("'Rain,' she said.", ["'Rain,'"]),
    ],
)
def test_every_style_of_marks_is_known(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the dockers' last day.",
        "The ’90s weren’t dry.",
        "The port's boats and the boats' ports.",
        "He is 6' 2",
    ],
)
def test_an_apostrophe_quotes_nothing(text):
    assert quoted(text) == []


def test_an_apostrophe_does_not_end_a_single_quotation():
    assert quoted("‘It’s the dockers’ day,’ she said.") == ["‘It’s the dockers’ day,’"]


@pytest.mark.parametrize(
    "text",
    [
        "“He told me ‘no’ twice,” she said.",
        "“He told me “no” twice,” she said.",
        "\"He told me 'no' twice,\" she said.",
    ],
)
def test_a_quotation_inside_another_is_part_of_it(text):
    assert quoted(text) == [text.removesuffix(" she said.")]


def test_a_quotation_that_reopens_each_paragraph_is_found_in_each():
    text = "“It rained.\n\n“It hailed.\n\n“It stopped,” she said.\n\nThe end."
    assert quoted(text) == ["“It rained.", "“It hailed.", "“It stopped,”"]


def test_single_marks_may_open_within_a_paragraph_and_reopen_the_next():
    text = "'It rained,' said Holt. 'It hailed.\n\n'It stopped.' The dogs' day was over."
    assert quoted(text) == ["'It rained,'", "'It hailed.", "'It stopped.'"]


def test_a_quotation_can_run_over_paragraphs_without_new_marks():
    text = "“It rained.\n\nIt hailed,” she said."
    assert quoted(text) == ["“It rained.\n\nIt hailed,”"]


def test_a_missing_closing_mark_ends_the_quotation_with_its_paragraph():
    text = "“It rained, she said.\n\nNobody “cared” then."
    assert quoted(text)[0] == "“It rained, she said."
    assert quoted(text)[-1] == "“cared”"


def test_a_missing_opening_mark_begins_the_quotation_with_its_paragraph():
    assert quoted("Nobody came.\n\nIt rained,” she said.") == ["It rained,”"]


def test_a_closing_mark_alone_after_a_word_is_passed_over():
    assert quoted("Nobody came.\n\nThe board was 6” wide.") == []


def test_marks_glued_to_words_are_told_by_their_shape():
    assert quoted("He left.“It rained,”she said.“It hailed.”") == ["“It rained,”", "“It hailed.”"]


def test_curly_marks_that_all_close_are_put_right():
    assert quoted("”It rained,” she said.") == ["”It rained,”"]


TEXTS = st.text(st.sampled_from("ab .,\n\t“”\"'‘’«»„`(—s"), max_size=80) | st.text(max_size=60)


@given(TEXTS)
def test_quotations_are_ordered_disjoint_and_inside_the_text(text):
    at = 0
    for start, end in quotations(text):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„No“, she said. The mayor left.", ["„No“"]),
        ("„No”, she said.", ["„No”"]),
        ('„No", she said.', ['„No"']),
        ("»No,« she said. »Never.«", ["»No,«", "»Never.«"]),
        ("«No», she said.", ["«No»"]),
        ("« No », she said. « Never. »", ["« No »", "« Never. »"]),
        ("»No», she said. »Never.»", ["»No»", "»Never.»"]),
        ("›No‹, she said.", ["›No‹"]),
        ("‹No›, she said.", ["‹No›"]),
        ("‚No‘, she said.", ["‚No‘"]),
        ("‚No’, she said.", ["‚No’"]),
        ("”No”, she said.", ["”No”"]),
        ("“No“, she said. “Never.“", ["“No“", "“Never.“"]),
        ("”No,“ she said. Then he left.", ["”No,“"]),
        ("``No,'' she said.", ["``No,''"]),
        ("''No,'' she said.", ["''No,''"]),
        ("<<No>>, she said.", ["<<No>>"]),
        (",,No'', she said.", [",,No''"]),
        (",,No“, she said.", [",,No“"]),
        (',,No", she said.', [',,No"']),
        ("‟No,” she said.", ["‟No,”"]),
        ("″No,″ she said.", ["″No,″"]),
        ("＂No,＂ she said.", ["＂No,＂"]),
        ("„He said ‚no‘ twice“, she said.", ["„He said ‚no‘ twice“"]),
        ("„He said “no” twice”, she said.", ["„He said “no” twice”"]),
        ("„He said »no« twice“, she said.", ["„He said »no« twice“"]),
        ("«He said “no” twice», she said.", ["«He said “no” twice»"]),
        ("«He said ‹no› twice», she said.", ["«He said ‹no› twice»"]),
        ("»He said ›no‹ twice«, she said.", ["»He said ›no‹ twice«"]),
        ("„No, she said. The mayor left.", ["„No, she said. The mayor left."]),
        (
            "'The club's owners sold the players' houses in July. Nobody knew,' said Frey.",
            ["'The club's owners sold the players' houses in July. Nobody knew,'"],
        ),
        (
            "‘He wrote “late” and slept,’ recalled Frey. ‘Then he wrote “ill” on the door.’",
            ["‘He wrote “late” and slept,’", "‘Then he wrote “ill” on the door.’"],
        ),
        (
            "'The bakers' ovens went cold,' said Bo Lind. 'It's the millers' doing.'",
            ["'The bakers' ovens went cold,'", "'It's the millers' doing.'"],
        ),
        ("'He wrote \"late\" and slept,' said Frey.", ["'He wrote \"late\" and slept,'"]),
        ("The workers' union met the bosses' lawyers.", []),
        ("Give 'em the '90s and rock 'n' roll, 'tis fun.", []),
        ("The 'reform' was the mayors' idea.", ["'reform'"]),
        ("The 'experts' said no. 'We leave,' said Frey.", ["'experts'", "'We leave,'"]),
        ("He is 6'2\" tall and has a 5\" pipe and 3' rope.", []),
        ('She said "the 5" pipe broke" and left.', ['"the 5" pipe broke"']),
        ('He is 6\'2" tall, said "no" and left.', ['"no"']),
        ('“We leave," he said. "We stay,” she said.', ['“We leave,"', '"We stay,”']),
        ("—We leave tomorrow —said Frey—. The roads are shut.", ["—We leave tomorrow —", "—. The roads are shut."]),
        ("— We leave tomorrow — said Frey. — The roads are shut.", ["— We leave tomorrow —", "— The roads are shut."]),
        ("— We leave tomorrow, said Bo Lind.", ["— We leave tomorrow,"]),
        ("– We leave tomorrow, – said Frey. – The roads are shut.", ["– We leave tomorrow, –", "– The roads are shut."]),
        ("— No! she cried.", ["— No!"]),
        ("– The mayor – who slept – left.", []),
        ("– The mayor left.", []),
        ("— Bo Lind", []),
        ("– Bo Lind, mayor of Velm", []),
        ("The hall — a ruin — fell.", []),
        ("`We leave,' she said.", ["`We leave,'"]),
        ("’We leave,’ she said.", ["’We leave,’"]),
        ("´We leave,´ she said.", ["´We leave,´"]),
        (
            '" The roads are shut , " said Bo Lind . " The trains are late . "',
            ['" The roads are shut , "', '" The trains are late . "'],
        ),
        ("‘We left.’ ‘We stayed.’", ["‘We left.’", "‘We stayed.’"]),
        ("He said: 'No.' She left.", ["'No.'"]),
        ("The boys' club and the girls' club: 'Never again,' they said.", ["'Never again,'"]),
        ("'I'm goin' home,' he said.", ["'I'm goin' home,'"]),
        ("It cost 5 » 6 more.", []),
        ("Read more »", []),
        ("a << b and c >> d", []),
        ("He wrote: „Nein, danke“ — and left. „Ja“, she said.", ["„Nein, danke“", "„Ja“"]),
        ("The hall was quiet. „To je vše“, řekl Petr Lind. Votes go on.", ["„To je vše“"]),
        ("(„No“)", ["„No“"]),
        ("‘The dockers’ day,’ she said, ‘is the owners’ day.’", ["‘The dockers’ day,’", "‘is the owners’ day.’"]),
        ("'Why?' asked the workers' leader.", ["'Why?'"]),
        ("「No」 she said.", ["「No」"]),
    ],
)
def test_marks_of_other_styles_are_paired_and_apostrophes_are_none(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize("opener", ["‘", "'", "„", "«", "“", '"'])
def test_each_paragraph_of_a_quotation_may_open_it_again(opener):
    closer = {"‘": "’", "„": "“", "«": "»", "“": "”"}.get(opener, opener)
    text = f"{opener}It rained.\n\n{opener}It hailed,{closer} she said.\n\nThe end."
    assert quoted(text) == [f"{opener}It rained.", f"{opener}It hailed,{closer}"]


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("„No“, she said.", "“No”, she said."),
        ("<<No>>, she said.", "``No'', she said."),
        (",,No'', she said.", "``No'', she said."),
        ("‘No,’ she said.", "“No,” she said."),
        ("'It's over,' she said.", "“It's over,” she said."),
        ("«He said ‹no› twice», she said.", "“He said ‘no’ twice”, she said."),
        ("—We leave —said Frey—. Nobody stays.", "“We leave ”said Frey“. Nobody stays."),
        ("— We leave, said Frey.", "“ We leave” said Frey."),
        ("The workers' “day” is 5\" long.", "The workers' “day” is 5\" long."),
    ],
)
def test_marks_are_written_alike_each_in_its_place(text, alike):
    assert marked(text).text == alike


@given(st.text(st.sampled_from("ab .,\n“”„\"‚‘'’«»‹›<>`(—–s5"), max_size=80) | TEXTS)
def test_writing_marks_alike_moves_nothing(text):
    alike, found = marked(text)
    assert len(alike) == len(text)
    assert [c for c in alike if c.isalnum()] == [c for c in text if c.isalnum()]
    assert [c.isspace() for c in alike] == [c.isspace() for c in text]
    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize(
    "unit", ["„", "“", "'", "' a", "s' a", "‘a ", "« ", "»a", "<<", ",,a", "\n— a ", "\n— a — said b ", '5"', "‚a"]
)
def test_a_long_run_of_marks_is_paired_in_time(unit):
    text = unit * (100_000 // len(unit))
    assert len(marked(text).text) == len(text)


@pytest.mark.parametrize("word", ["'Tis", "'Twas", "'60s"])
def test_a_word_that_begins_with_an_apostrophe_opens_no_quotation(word):
    text = f"{word} cold, the baker said. Roe's 'dream team' lost."
    assert [span.of(text) for span in quotations(text)] == ["'dream team'"]


def test_doubled_straight_marks_are_marks():
    text = '""We go,"" said Roe. It was ""over"".'
    assert [span.of(text) for span in quotations(text)] == ['""We go,""', '""over""']
