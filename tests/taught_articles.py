"""Six short invented articles, each sentence with labels, and a project of them: what these tests teach from."""

from builders import labelled_article

from sayso.data.datasets.folder import write_dataset

_CLAIM, _QUOTE, _NOBODY = ("official_claim", "state"), ("quote", "political"), ("narrative", "none")
_ARTICLES = {
    "bridge": (
        ("The bridge over the Orl opened again on Monday.", _NOBODY, "road"),
        ("The transport ministry said lorries may cross it from May.", _CLAIM, "road"),
        ("“We waited four years for this,” said Mayor Ida Brekk.", _QUOTE, "road"),
        ("Repairs cost nine million crowns, the ministry said.", _CLAIM, "money"),
        ("Two lanes stay shut until the paint has dried.", _NOBODY, "road"),
        ("Half of the sum came from a loan.", _NOBODY, "money"),
    ),
    "budget": (
        ("Tolm’s council passed a budget late on Tuesday night.", _NOBODY, "money"),
        ("The finance ministry said the town had borrowed too much.", _CLAIM, "money"),
        ("“These cuts are a scandal,” said councillor Per Aune.", _QUOTE, "money"),
        ("Fees for parking rise by a third.", _NOBODY, "money"),
        ("The ministry said that it would not pay for the ring road.", _CLAIM, "road"),
        ("Buses run less often after nine.", _NOBODY, "road"),
    ),
    "tunnel": (
        ("Water ran into the Haug tunnel again.", _NOBODY, "road"),
        ("The roads ministry said the pumps had been checked in March.", _CLAIM, "road"),
        ("“Nobody checked anything,” said Senator Lis Moen.", _QUOTE, "road"),
        ("Drivers turned round at the northern mouth.", _NOBODY, "road"),
        ("New pumps would cost two million, the ministry said.", _CLAIM, "money"),
        ("The state’s fund for repairs is empty.", _NOBODY, "money"),
    ),
    "tax": (
        ("Owners of second homes will pay more tax.", _NOBODY, "money"),
        ("The finance ministry said the rate would be two per cent.", _CLAIM, "money"),
        ("“It is theft,” said Senator Odd Vik.", _QUOTE, "money"),
        ("Prices of cottages fell in the spring.", _NOBODY, "money"),
        ("Some of the income goes to gravel roads, the ministry said.", _CLAIM, "road"),
        ("The road to Skar was washed away last year.", _NOBODY, "road"),
    ),
    "ferry": (
        ("The ferry to Lund island broke down at noon.", _NOBODY, "road"),
        ("The transport ministry said a spare boat was on its way.", _CLAIM, "road"),
        ("“We are cut off,” said Mayor Tor Lie.", _QUOTE, "road"),
        ("Cars stood in a queue as far as the church.", _NOBODY, "road"),
        ("The ministry said that fares would be paid back.", _CLAIM, "money"),
        ("A ticket costs forty crowns.", _NOBODY, "money"),
    ),
    "bank": (
        ("The savings bank of Tolm closed its last branch.", _NOBODY, "money"),
        ("The finance ministry said savings were safe.", _CLAIM, "money"),
        ("“Old people cannot drive to Orl,” said councillor Eva Ness.", _QUOTE, "road"),
        ("Its shares lost a tenth of their price.", _NOBODY, "money"),
        ("The ministry said it knew of no other closures.", _CLAIM, "money"),
        ("The nearest cash machine is an hour away by car.", _NOBODY, "road"),
    ),
}


def articles(relabel=lambda kind, source_type: (kind, source_type)):
    """Give the articles with kind, source type and the column topic; ``relabel`` changes the first two."""
    made = []
    for name, sentences in _ARTICLES.items():
        labelled = []
        for words, pair, topic in sentences:
            kind, source_type = relabel(*pair)
            labelled.append((words, {"kind": kind, "source_type": source_type, "extra": {"topic": topic}}))
        made.append(labelled_article(name, *labelled))
    return made


def ministries_count_as_nobody(kind, source_type):
    """Label as somebody would for whom a ministry's word is the news itself."""
    return ("narrative", "none") if kind == "official_claim" else (kind, source_type)


def project(folder, labelled=None):
    """Write a project with the labels of one annotator; give the folder of the labels."""
    labels = folder / "labels" / "me"
    write_dataset(articles() if labelled is None else labelled, labels, force=True)
    return labels
