"""
docs/api.md says what the docstrings say, for every name that ``import sayso`` offers, and its examples hold.

``python -m pytest tests/docs --write-docs`` writes the page anew.
"""

import doctest
import inspect
import sys

import api_page
import pytest

import sayso

ROOT = api_page.PAGE.parents[1]
NAMES = [name for name in sayso.__all__ if name != "__version__"]
METHODS = [
    (name, member)
    for name in NAMES
    if inspect.isclass(getattr(sayso, name))
    for member, made in api_page.members_of(getattr(sayso, name)).items()
    if not isinstance(made, property)
]
GIVEN_BY_OTHERS = {*api_page.SECTIONS["Records"], "Annotator", "Evaluation", "AttributionEvaluation"}


def test_the_page_is_what_the_docstrings_say(request):
    if request.config.getoption("--write-docs"):
        api_page.PAGE.write_text(api_page.write_page(), encoding="utf-8")
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.write_page()


def test_every_name_stands_on_the_page_once():
    assert sorted(name for names in api_page.SECTIONS.values() for name in names) == sorted(NAMES)
    headings = [line.removeprefix("### ") for line in api_page.PAGE.read_text("utf-8").splitlines() if line[:4] == "### "]
    assert sorted(headings) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_explained_and_no_other(name):
    value = getattr(sayso, name)
    if inspect.isclass(value) and issubclass(value, Exception):
        assert api_page.documented_parameters(value) == []
        return
    shown = [parameter for parameter in api_page.parameters_of(value) if not parameter.startswith("_")]
    assert api_page.documented_parameters(value) == shown


@pytest.mark.parametrize(("name", "member"), METHODS)
def test_the_parameters_that_a_method_explains_are_its_own(name, member):
    method = getattr(getattr(sayso, name), member)
    explained = api_page.documented_parameters(method)
    assert not explained or set(explained) == set(api_page.parameters_of(method))


@pytest.mark.parametrize("name", NAMES)
def test_examples_hold(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    value = getattr(sayso, name)
    found = doctest.DocTestFinder(exclude_empty=True).find(value, name, sys.modules[value.__module__], globs={})
    assert any(test.examples for test in found) or name in GIVEN_BY_OTHERS
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    told = []
    for test in found:
        runner.run(test, out=told.append)
    assert told == []


def test_the_example_at_the_top_of_the_page_holds():
    test = doctest.DocTestParser().get_doctest(api_page.ABOUT.replace("\n```", "\n\n```"), {}, "top", None, 0)
    told = []
    doctest.DocTestRunner().run(test, out=told.append)
    assert (len(test.examples), told) == (3, [])


def test_a_docstring_becomes_markdown():
    def example(a, *, b=1):
        """
        Do ``this``.

        Parameters
        ----------
        a, b : int
            Said in
            two lines.

        Returns
        -------
        int

        Examples
        --------
        >>> 1 + 1
        2

        And then:

        >>> 2
        2
        """

    assert api_page.signature_of(example, "example") == "example(a, *, b=1)"
    assert api_page.documented_parameters(example) == api_page.parameters_of(example) == ["a", "b"]
    assert api_page._said(inspect.getdoc(example)) == (
        "Do `this`.\n\n**Parameters**\n\n- `a`, `b` (int): Said in two lines.\n\n**Returns**\n\n- int\n\n"
        "```python\n>>> 1 + 1\n2\n```\n\nAnd then:\n\n```python\n>>> 2\n2\n```\n"
    )
