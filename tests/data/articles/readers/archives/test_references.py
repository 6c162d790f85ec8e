"""Lists of references hold no articles."""

import pytest

from sayso.data.articles.files import read_articles

RECORDS = {
    "RIS": "TY  - NEWS\nTI  - Ferry sails again\nER  -\n",
    "BibTeX": "% exported\n\n@article{ferry,\n  title = {Ferry sails again}\n}\n",
    "EndNote": "%0 Newspaper Article\n%T Ferry sails again\n",
    "Web of Science": "FN Clarivate\nVR 1.0\nPT J\nTI Ferry sails again\nER\n",
    "PubMed": "PMID- 1000\nTI  - Ferry sails again\n",
}


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("suffix", [".txt", ".ris"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_each_kind_is_refused_in_a_line(tmp_path, kind, suffix, mark):
    path = tmp_path / f"references{suffix}"
    path.write_text(mark + RECORDS[kind], encoding="utf-8", newline="\r\n")
    errors = []
    assert list(read_articles([str(path)], on_error=errors.append)) == []
    assert [str(error) for error in errors] == [
        f"{path}: references only ({kind}), without article texts; export the full texts (as text, RTF or HTML)."
    ]
