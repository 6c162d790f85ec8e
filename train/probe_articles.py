"""Articles written for the probe: torn, glued and odd ones, with what the corpus hardly has."""

ODD = (
    "Marland shuts its ports\nMarch 3, 2024\n12 comments\nHALDEN, March 3 (Norpress) - The harbour office "
    'said on Sunday that no ship would leave.Nobody knew why.The minister, Ana Corvin, denied it. "We '
    'never asked for this," she added.Her deputy told Norpress: “Go home.”\nShare this article',
    "!!!\n\n???",
    "`` I will not go , '' said Mr. Orrel . `` Not now . '' Dr. Ines Vael , of the U.S. branch , "
    "disagreed , claiming 3.5 % more . Lt. Col. B. Tarn didn’t comment .",
    "“It began in May,” Tove Lind, 43, a nurse at St. Mark’s hospital in Orsa, said. “Nobody told us.\n\n"
    "“Nobody came. The doctors’ union says so, too.”\n\n‘We are not afraid’, said the Marlanders' leader, "
    "who asked not to be named.",
    "Minister: no new taxes\n\nAccording to a study by the University of Orsa, published on Monday, 41% of "
    "residents believe the shameful, reckless plan will fail; the party, however, claims – falsely – "
    "that it has “never” been tested. Critics, opponents and even supporters slammed it. Rights group "
    "Clear Water, citing sources, accused Marland of lying",
    "Q: What did you see?\nA: Smoke.\n\nREPORTER: And then?\n\nMAYOR ELSA BRUN: I can’t say. He quoted police "
    "chief Jon Ask as saying that it wasn't them, reported the Daily Post, and a spokesman for the "
    "ministry of defence confirmed that.",
)
"""Texts of articles; invented, like their people and places."""
