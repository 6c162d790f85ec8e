import pytest

from sayso.data.project.names import check_annotator
from sayso.errors import SaysoError


@pytest.mark.parametrize("name", ["me", "anna", "Anna-2", "Łukasz", "a_b", "7", "x" * 40, "console", "com", "lpt10"])
def test_names_that_every_system_can_have_as_folders(name):
    assert check_annotator(name) == name


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../anna", "a/b", "a\\b", "anna.", "anna.b", " anna", "anna ", "a b", "-anna", "_anna", "a\0b", "a\nb",
     "a:b", "~anna", "x" * 41, "\ud83d", "a*", ".anna"],
)  # fmt: skip
def test_names_that_are_no_safe_folders_are_refused(name):
    with pytest.raises(SaysoError, match=r"use up to 40 letters, digits, - and _, starting with a letter or digit\.$"):
        check_annotator(name)


@pytest.mark.parametrize("name", ["CON", "con", "Nul", "aux", "COM1", "lpt9", "com¹"])
def test_devices_of_windows_are_refused(name):
    with pytest.raises(SaysoError, match=r"Windows does not allow a folder of this name; choose another\.$"):
        check_annotator(name)


@pytest.mark.parametrize("name", ["decided", "Decided"])
def test_what_is_decided_is_nobodys(name):
    with pytest.raises(SaysoError, match=r"this name is reserved for decisions between annotators; choose another\.$"):
        check_annotator(name)


def test_names_that_differ_in_capitals_only_are_refused():
    assert check_annotator("anna", ["anna", "ben"]) == "anna"
    with pytest.raises(
        SaysoError, match=r"^annotator 'Anna': too similar to the existing 'anna', " r"because some systems ignore"
    ):
        check_annotator("Anna", ["anna", "ben"])


def test_a_name_is_composed_however_it_was_typed():
    assert check_annotator("Zoe\u0308") == "Zo\u00eb"
