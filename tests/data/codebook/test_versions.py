import re

import pytest
from builders import labelled_article
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sayso.data.codebook.changes import changes, counts_by_label, labels_not_in
from sayso.data.codebook.reading import default_codebook, default_text, parse_codebook
from sayso.data.codebook.versions import Versions, codebook_around, read_with_news
from sayso.data.codebook.writing import as_toml, digest
from sayso.errors import SaysoError


def toml(*labels, name="topic", more=""):
    """Give a codebook with kinds and a column of one's own; a label is a name, or its name and text."""
    tables = [f'[[column.labels]]\nname = "{x}"' if isinstance(x, str) else _label(*x) for x in labels]
    return f'builtin = ["kind"]\n[[column]]\nname = "{name}"\n{more}\n' + "\n".join(tables)


def _label(name, text):
    return f'[[column.labels]]\nname = "{name}"\ntext = "{text}"'


def edit(folder, text):
    (folder / "codebook.toml").write_text(text, encoding="utf-8")
    return Versions(folder).take_up()


def changed(old, new):
    return changes(parse_codebook(old, "old"), parse_codebook(new, "new"))


def test_a_new_project_gets_the_codebook_that_comes_along_as_its_first_version(tmp_path):
    taken = Versions(tmp_path).take_up()
    assert (tmp_path / "codebook.toml").read_text("utf-8") == default_text()
    assert taken.codebook.version == 1
    assert taken.changes == (f"Codebook: version 1 ({digest(default_codebook())[:12]}): the first version.",)
    assert Versions(tmp_path).current() == taken.codebook


def test_what_was_edited_becomes_the_next_version_and_the_one_before_stays(tmp_path):
    edit(tmp_path, toml("war", "economy"))
    first = (tmp_path / "codebook" / "1.toml").read_bytes()
    taken = edit(tmp_path, toml("war", "economy", "sport"))
    assert (taken.codebook.version, taken.codebook.own_columns()) == (2, {"topic": ("war", "economy", "sport")})
    assert re.fullmatch(r"Codebook: version 2 \([0-9a-f]{12}\): topic: added sport\.", *taken.changes)
    assert (tmp_path / "codebook" / "1.toml").read_bytes() == first
    assert Versions(tmp_path).version(1).own_columns() == {"topic": ("war", "economy")}
    assert (tmp_path / "codebook" / "2.toml").read_text("utf-8").splitlines()[:2] == [
        "# Version 2 of the codebook, in force from here on.",
        "# topic: added sport",
    ]


def test_another_layout_is_no_new_version(tmp_path):
    edit(tmp_path, toml("war", "economy"))
    other = '# ours\nbuiltin=["kind"]\n[[column]]\nlabels = ["war",\n"economy"]\nname = "topic"\n'
    taken = edit(tmp_path, other)
    assert (taken.codebook.version, taken.changes) == (1, ())
    assert Versions(tmp_path).numbers() == [1]
    assert (tmp_path / "codebook.toml").read_text("utf-8") == other


def test_labels_keep_their_keys_from_version_to_version(tmp_path):
    assert edit(tmp_path, toml("war", "other")).codebook.keys()["t"] == ("topic", "other")
    taken = edit(tmp_path, toml("strike", "other", "war"))
    assert [label.key for label in taken.codebook.column("topic").labels] == ["r", "t", "w"]
    assert re.fullmatch(r"Codebook: version 2 \(.*\): topic: added strike; topic: another order\.", *taken.changes)
    assert [x.key for x in read_with_news(tmp_path)[0].column("topic").labels] == ["r", "t", "w"]


def test_a_broken_edit_leaves_the_version_in_force(tmp_path):
    edit(tmp_path, toml("war", "economy"))
    with pytest.raises(
        SaysoError, match=r"codebook\.toml: column 1 \(topic\): label 2 \(war\): 'war' is " r"already defined above"
    ):
        edit(tmp_path, toml("war", "war"))
    assert Versions(tmp_path).current().own_columns() == {"topic": ("war", "economy")}
    assert Versions(tmp_path).numbers() == [1]


def test_a_codebook_that_is_given_takes_the_place_of_the_projects_and_nothing_is_lost(tmp_path):
    project, given = tmp_path / "project", tmp_path / "given.toml"
    project.mkdir()
    edit(project, toml("war"))
    (project / "codebook.toml").write_text(toml("war", "economy"), encoding="utf-8")  # edited, not taken up yet
    given.write_text("# given\n" + toml("sport"), encoding="utf-8")
    taken = Versions(project).take_up(given)
    assert [re.sub(r" \(.*?\)", "", line) for line in taken.changes] == [
        "Codebook: version 2: topic: added economy.",
        "Codebook: version 3: topic: removed war, economy; topic: added sport.",
    ]
    assert (project / "codebook.toml").read_text("utf-8") == given.read_text("utf-8")
    assert Versions(project).version(2).own_columns() == {"topic": ("war", "economy")}
    assert Versions(project).take_up(given).changes == ()


@pytest.mark.parametrize("given", ["none.toml", "broken.toml"])
def test_a_codebook_that_cannot_be_read_changes_nothing(tmp_path, given):
    edit(tmp_path, toml("war"))
    (tmp_path / "codebook.toml").write_text(toml("war", "economy"), encoding="utf-8")
    (tmp_path / "broken.toml").write_text("[[", encoding="utf-8")
    with pytest.raises(SaysoError, match=rf"{given}: (No such file|line 1: )"):
        Versions(tmp_path).take_up(tmp_path / given)
    assert Versions(tmp_path).numbers() == [1]
    assert (tmp_path / "codebook.toml").read_text("utf-8") == toml("war", "economy")


def test_a_version_says_the_same_when_the_texts_that_come_along_have_changed(tmp_path, monkeypatch):
    text = 'builtin = ["bias"]\n'
    before = edit(tmp_path, text).codebook
    later = parse_codebook(default_text().replace("The outlet itself uses words that judge", "Words that judge"), "later")
    monkeypatch.setattr("sayso.data.codebook.reading._built_in", lambda: {c.name: c for c in later.columns})
    assert Versions(tmp_path).version(1) == before
    taken = Versions(tmp_path).take_up()
    assert re.fullmatch(r"Codebook: version 2 \(.*\): bias: text changed biased\.", *taken.changes)


def test_codebook_toml_that_was_deleted_comes_back_as_the_newest_version(tmp_path):
    edit(tmp_path, toml("war"))
    (tmp_path / "codebook.toml").unlink()
    assert Versions(tmp_path).take_up().changes == ()
    assert parse_codebook((tmp_path / "codebook.toml").read_text("utf-8"), "x").own_columns() == {"topic": ("war",)}


def test_versions_are_counted_as_numbers_and_other_files_are_no_versions(tmp_path):
    for n in range(11):
        edit(tmp_path, toml(*(f"label {i}" for i in range(n + 1))))
    (tmp_path / "codebook" / "notes.toml").write_text("", encoding="utf-8")
    (tmp_path / "codebook" / "012.toml").write_text("", encoding="utf-8")
    assert Versions(tmp_path).numbers() == list(range(1, 12))
    assert Versions(tmp_path).current().version == 11
    with pytest.raises(
        SaysoError, match=r"12\.toml: no version 12 of the codebook; the versions are 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"
    ):
        Versions(tmp_path).version(12)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (toml("war", "economy"), toml("war"), ["topic: removed economy"]),
        (toml("war", "economy"), toml("conflict", "economy"), ["topic: renamed war to conflict"]),
        (toml("war", "economy"), toml("economy", "conflict"), ["topic: removed war", "topic: added conflict"]),
        (
            toml(("war", "Shells"), ("economy", "Prices")),
            toml(("money", "Prices"), ("conflict", "Shells")),
            ["topic: renamed war to conflict, economy to money", "topic: another order"],
        ),
        (toml(("war", "Shells")), toml(("war", "Shells, truces")), ["topic: text changed war"]),
        (toml("war"), toml("war", more='question = "Which?"'), ["topic: changed question"]),
        (toml("war"), toml("war", more="asked = false"), ["topic: no longer asked"]),
        (toml("war"), toml("war", name="subject"), ["column topic was removed", "column subject is new: war"]),
        (toml("war"), toml("war").replace('["kind"]', "[]"), ["column kind was removed"]),
        ('name = "a"', 'name = "b"', ["name: 'b', previously 'a'"]),
        (toml("war"), '[[column]]\nname = "topic"\nlabels = ["war"]\n[[column]]\nname = "kind"\n', None),
        (
            toml("war", "economy"),
            toml("war", "economy").replace('"war"', '"war"\nkey = "v"'),
            ["topic: key changed war (w to v)"],
        ),
    ],
)
def test_what_changed_is_told(old, new, lines):
    new = new if lines else 'builtin = ["kind"]\n' + new
    assert changed(old, new) == (lines or ["the order of columns changed"])
    assert changed(new, new) == []


LABELS = st.lists(
    st.builds(lambda name, text, key: {"name": name, "text": text} | ({"key": key} if key else {}),
              st.sampled_from(["war", "wind", "sport"]), st.sampled_from(["", "Shells"]), st.sampled_from(["", "v"])),
    min_size=1, max_size=3, unique_by=lambda label: label["name"],
).filter(lambda labels: sum("key" in label for label in labels) < 2)  # fmt: skip
COLUMNS = st.lists(
    st.tuples(st.sampled_from(["topic", "frame"]), LABELS), min_size=1, max_size=2, unique_by=lambda column: column[0]
)


def written(columns):
    tables = [f'[[column]]\nname = "{name}"\nlabels = {_inline(labels)}' for name, labels in columns]
    return parse_codebook('builtin = ["kind"]\n' + "\n".join(tables), "x")


def _inline(labels):
    return "[" + ", ".join("{" + ", ".join(f'{k} = "{v}"' for k, v in x.items()) + "}" for x in labels) + "]"


@settings(max_examples=60, deadline=None)
@given(old=COLUMNS, new=COLUMNS)
def test_something_is_told_if_and_only_if_two_codebooks_differ(old, new):
    for columns in (old, new):
        assume(sum("key" in label for _, labels in columns for label in labels) < 2)  # no key twice
    assert (changes(written(old), written(new)) == []) == (written(old) == written(new))


def test_labels_that_sentences_carry_and_the_codebook_lacks_are_told_with_their_number():
    codebook = parse_codebook(toml("war", "economy") + '\n[[column]]\nname = "remark"', "mine.toml")
    article = labelled_article(
        "a",
        ("Shells fell on Brenn.", {"kind": "narrative", "extra": {"topic": "war", "remark": "odd", "codebook": "1"}}),
        ("Bread was dear.", {"kind": "narrative", "bias": "neutral", "extra": {"topic": "Economy", "suggested_topic": "x"}}),
        ("So was milk.", {"extra": {"topic": "Economy", "frame": "loss"}, "stance": {"Brenn": "favor"}}),
    )
    counts = counts_by_label([article])
    assert counts == {
        "kind": {"narrative": 2},
        "bias": {"neutral": 1},
        "topic": {"war": 1, "Economy": 2},
        "remark": {"odd": 1},
        "frame": {"loss": 1},
        "stance": {"favor": 1},
    }
    assert labels_not_in(codebook, counts) == [
        "topic: 'Economy' is not a label of the codebook; 2 sentences with it.",
        "bias: not a column of the codebook; 1 sentence with a label in it.",
        "frame: not a column of the codebook; 1 sentence with a label in it.",
        "stance: not a column of the codebook; 1 sentence with a label in it.",
    ]


def test_what_became_of_a_label_that_is_gone_is_told(tmp_path):
    edit(tmp_path, toml("war", "economy"))
    edit(tmp_path, toml("war", "economy", "sport"))
    codebook = edit(tmp_path, toml("conflict", "economy", "sport")).codebook
    counts = {"topic": {"war": 2, "economy": 1, "weather": 1}}
    assert labels_not_in(codebook, counts, Versions(tmp_path).all()) == [
        "topic: 'war' is not a label of the codebook (version 2 had it; now named 'conflict'); 2 sentences with it.",
        "topic: 'weather' is not a label of the codebook; 1 sentence with it.",
    ]
    removed = edit(tmp_path, toml("economy")).codebook
    assert labels_not_in(removed, {"topic": {"sport": 1}}, Versions(tmp_path).all()) == [
        "topic: 'sport' is not a label of the codebook (version 3 had it); 1 sentence with it."
    ]


def test_a_dataset_in_a_project_has_the_projects_codebook(tmp_path):
    project, told = tmp_path / "project", []
    (project / "labels" / "anna").mkdir(parents=True)
    taken = edit(project, toml("war"))
    assert codebook_around([tmp_path / "elsewhere", project / "labels" / "anna"], tell=told.append) == taken.codebook
    assert told == [f"Codebook: {project / 'codebook.toml'}. Version 1, in force."]
    (tmp_path / "codebook.toml").write_text("of another tool", encoding="utf-8")
    assert codebook_around([tmp_path / "elsewhere", "-"]) is None
    other = tmp_path / "other.toml"
    other.write_text(toml("sport"), encoding="utf-8")
    assert codebook_around([project], other).own_columns() == {"topic": ("sport",)}
    assert codebook_around([], project) == taken.codebook


def test_an_edit_that_is_not_in_force_is_told(tmp_path):
    edit(tmp_path, toml("war"))
    (tmp_path / "codebook.toml").write_text(toml("war", "sport"), encoding="utf-8")
    codebook, news = read_with_news(tmp_path)
    assert (codebook.version, codebook.own_columns()) == (None, {"topic": ("war", "sport")})
    assert news == ["Changes since version 1, not yet in force: topic: added sport."]
    assert read_with_news(None) == (default_codebook(), [])


def test_a_folder_without_a_codebook_is_told(tmp_path):
    with pytest.raises(
        SaysoError, match=r"no codebook\.toml in this folder; sayso data codebook --new .*codebook\.toml writes"
    ):
        read_with_news(tmp_path)


def test_before_the_first_version_the_file_is_what_counts(tmp_path):
    assert Versions(tmp_path).current() == default_codebook()
    (tmp_path / "codebook.toml").write_text(toml("war"), encoding="utf-8")
    assert Versions(tmp_path).current().own_columns() == {"topic": ("war",)}
    assert as_toml(Versions(tmp_path).current()).startswith('builtin = ["kind"]\n')


def test_an_empty_file_is_no_next_version(tmp_path):
    edit(tmp_path, toml("war", "economy"))
    for text in ("", " \n\n"):
        with pytest.raises(
            SaysoError, match=r"codebook\.toml: the file is empty; fill it, or delete it to restore version 1\.$"
        ):
            edit(tmp_path, text)
    assert Versions(tmp_path).numbers() == [1]
    (tmp_path / "codebook.toml").unlink()
    assert Versions(tmp_path).take_up().codebook.own_columns() == {"topic": ("war", "economy")}
