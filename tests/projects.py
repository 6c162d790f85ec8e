"""Projects of two invented articles, in which tests change labels."""

from builders import labelled_article

from sayso.data.project.project import Project
from sayso.data.records import Attribution, Span

BRIDGE = labelled_article(
    "bridge",
    "Mayor Ilva Tarn said the bridge over the Oster was safe.",
    ("A shameful lie, residents of Tolm replied.", {"bias": "biased", "loaded": ("shameful",)}),
    ("It fell on Monday.", {"kind": "narrative", "source_type": "none"}),
    title="The bridge of Tolm",
    outlet="Tolm Herald",
    date="2031-04-02",
    targets={"Tarn": ("the mayor",)},
)
FERRY = labelled_article(
    "ferry",
    ("“We row,” the ferryman said.", {"kind": "quote", "attributions": (Attribution(cue=Span(23, 27)),)}),
    "Nobody else did.",
)
COLUMNS = {"topic": ("water", "roads"), "remark": None}


def opened(folder, annotator="anna", tell=None, **about):
    """Open a project; what it tells is an error unless somebody listens."""
    return Project.open(folder, annotator, tell=tell or _unexpected, **{"columns": COLUMNS, "codebook": 1, **about})


def begun(folder, annotator="anna", articles=(BRIDGE, FERRY)):
    """Begin a project with two articles, and give it open."""
    project = opened(folder, annotator)
    project.add(articles)
    return project


def _unexpected(line):
    raise AssertionError(line)
