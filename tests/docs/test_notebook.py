"""
The notebook of examples/ runs, and shows what it shows today.

``python -m pytest tests/docs --write-docs`` writes its outputs anew.
"""

import shutil
from pathlib import Path

import nbclient
import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "sayso.ipynb"
pytestmark = [
    pytest.mark.loopback,  # the kernel is another process
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),  # of the kernel's libraries
]


@pytest.fixture(scope="module")
def committed():
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def executed(committed, tmp_path_factory):
    """Run a copy beside the example article, in a new process."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copy(NOTEBOOK.parent / "scraped.txt", folder)
    notebook = nbformat.from_dict(committed.copy())
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(folder)}}
    )
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):  # nothing is left in the home of whoever runs the tests
            patch.setenv(name, str(folder / name.lower()))
        client.execute()
    return notebook


def shown(cell):
    """Give what a cell shows as text: what it prints, and what it ends with."""
    texts = [output.get("text") or output["data"]["text/plain"] for output in cell.outputs]
    return [" ".join(text.split()) for text in texts]


def test_every_cell_shows_what_it_shows_today(committed, executed, request):
    if request.config.getoption("--write-docs"):
        executed.metadata.language_info = {"name": "python"}  # no version of whoever ran it
        nbformat.write(executed, NOTEBOOK)
        return
    for old, new in zip(committed.cells, executed.cells, strict=True):
        if old.cell_type == "code":
            assert old.execution_count == new.execution_count
            assert shown(old) == shown(new), old.source


def test_an_annotation_is_shown_as_a_table(executed):
    (output,) = next(cell for cell in executed.cells if cell.source.endswith("\nannotation")).outputs
    assert output["data"]["text/html"].startswith('<div class="sayso-annotation">')
    assert output["data"]["text/plain"].startswith("<Annotation of 'scraped.txt': ")
