"""How much of a story, and how much of what stands around it, is read out of pages in seventeen layouts.

Usage: python benchmarks/page_layouts.py [--show]: 51 pages of invented news, by our reader and by trafilatura alone.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import trafilatura

from sayso.data.articles.notices import Notices
from sayso.data.articles.readers.web.page import page_articles

STORIES = (
    (
        "Ferry to Holm sails again in May",
        "The ferry to Holm will sail again in May, after two winters in the dock, the harbour office said on Tuesday.",
        "“We have waited for the gearbox since October,” said Ada Lund, who runs the office with two clerks and a dog.",
        "The crossing takes forty minutes and costs nine crowns, one more than before.",
        "Not everybody is glad.",
        "Bo Marsh, who sells tea on the pier of Holm, said the quiet years had been his best, and that he might "
        "now move inland.",
        "The county paid for the repair with money that had been set aside for a bridge. Engineers doubt that it "
        "will ever be built.",
        "A second ferry was sold in 2019.",
    ),
    (
        "Bakers of Tolland put out their ovens",
        "Half of the bakers in Tolland let their ovens go cold on Monday in protest against the price of gas.",
        "The guild says that a loaf would have to cost six crowns, twice what it does today, for a small shop to "
        "live on it.",
        "Asked whether the town would help, Mayor Irma Keel said: “We are looking into it, and that is all that I can say.”",
        "Economists at the Orla Institute called the protest well timed, since the county votes on its budget on Friday.",
        "“I will bake again on Saturday,” said Pim Roe, a baker in Mill Lane. “People have to eat.”",
        "No shop has closed for good so far.",
    ),
    (
        "Old lighthouse moves ten metres",
        "Workers began to move the lighthouse of Cape Wend on Sunday, ten metres away from a cliff that crumbles "
        "in every storm.",
        "It weighs four hundred tonnes and stands on rails that were greased with soap, as the foreman told visitors.",
        "The keeper’s family has lived there since 1911.",
        "According to the heritage office the move takes nine days if the wind stays below thirty knots.",
        "A surveyor, who asked not to be named, said the new place would be safe for a hundred years at most.",
        "Schools in the district stay closed on Wednesday so that children can watch.",
        "The light is to be lit again on the first of June.",
    ),
)
NAV = "".join(f'<li><a href="/{n.lower()}">{n}</a></li>' for n in ("Home", "World", "Sport", "Weather", "Opinion"))
LINKS = "".join(
    f'<li><a href="/{n}">{t}</a></li>' for n, t in enumerate(("Mayor opens pool", "Frost kills the plums", "Bus 4 is late"))
)
FURNITURE = (
    "Sign up to our morning email",
    "Mayor opens pool",
    "Frost kills the plums",
    "Share this",
    "All rights reserved",
    "Advertisement",
    "A boat at a pier. Photo: Kit Vane",
    "We use cookies",
    "By Lotte Frey",
    "Kit Vane writes about the coast",
    "Most read",
    "Log in",
    "I never liked it, wrote a reader",
    "two years after it was promised to us all",
    "Support our work",
    "Skip to content",
)
COMMENT = "<p>I never liked it, wrote a reader.</p>"
CAPTION = "A boat at a pier. Photo: Kit Vane"
MAIL = "<p>Sign up to our morning email and never miss what matters in the county.</p>"
Story = tuple[str, ...]


def paragraphs(story: Story, between: str = "", at: int = 3) -> str:
    """Give the paragraphs of a story, with something between two of them."""
    every = [f"<p>{words}</p>" for words in story[1:]]
    return "".join([*every[:at], between, *every[at:]])


def page(title: str, body: str, head: str = "", attributes: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Orla Post</title>{head}</head>'
        f"<body {attributes}>{body}</body></html>"
    )


def broadsheet(story: Story) -> str:
    aside = f'<aside class="related"><h3>Most read</h3><ul>{LINKS}</ul></aside>'
    figure = f'<figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure>'
    return page(
        story[0],
        f'<a class="skip-link" href="#m">Skip to content</a><header><nav><ul>{NAV}</ul></nav></header><main '
        f'id="m"><article><h1>{story[0]}</h1>'
        f'<p class="byline">By Lotte Frey</p>{figure}{paragraphs(story, aside)}</article></main><footer><p>All '
        f"rights reserved</p></footer>",
    )


def blog(story: Story) -> str:
    comments = f'<div id="comments"><h3>Comments</h3><ol><li><article class="comment">{COMMENT}</article></li></ol></div>'
    bio = '<div class="author-bio"><p>Kit Vane writes about the coast and keeps bees.</p></div>'
    return page(
        story[0],
        f'<div class="site"><div class="menu"><ul>{NAV}</ul></div><div class="post hentry"><h2 '
        f'class="entry-title">{story[0]}</h2>'
        f'<div class="entry-content">{paragraphs(story)}<div class="sharedaddy share">Share this: '
        f"<a>Mail</a></div></div>{bio}</div>{comments}</div>",
    )


def breaks(story: Story) -> str:
    return page(
        story[0], f'<div id="nav">{NAV}</div><h1>{story[0]}</h1><div class="text">' + "<br><br>".join(story[1:]) + "</div>"
    )


def table_layout(story: Story) -> str:
    body = "".join(f"<p><font face=Arial>{words}</font></p>" for words in story[1:])
    return page(
        story[0],
        f'<table><tr><td colspan=2><a href="/">Log '
        f"in</a></td></tr><tr><td><ul>{NAV}</ul></td><td><h1>{story[0]}</h1>{body}</td></tr>"
        "<tr><td colspan=2>All rights reserved</td></tr></table>",
    )


def amp(story: Story) -> str:
    advert = '<amp-ad type="x"><div>Advertisement</div></amp-ad>'
    return page(
        story[0], f"<amp-sidebar><ul>{NAV}</ul></amp-sidebar><main><h1>{story[0]}</h1>{paragraphs(story, advert)}</main>"
    )


def divs(story: Story) -> str:
    blocks = "".join(
        f'<div class="Block-sc-1x" data-component="text-block"><p class="Paragraph-a1">{w}</p></div>' for w in story[1:]
    )
    mail = f'<div data-component="newsletter" class="newsletter-signup">{MAIL}</div>'
    return page(
        story[0],
        f'<div id="root"><div class="c-nav"><ul>{NAV}</ul></div><main><h1>{story[0]}</h1>{mail}{blocks}</main></div>',
    )


def teasers(story: Story) -> str:
    cards = "".join(
        f'<article class="card"><h3><a href="/{n}">{t}</a></h3></article>'
        for n, t in enumerate(("Mayor opens pool", "Bus late"))
    )
    return page(
        story[0],
        f'<article><h1>{story[0]}</h1>{paragraphs(story)}</article><section class="more"><h2>Most '
        f"read</h2>{cards}</section>",
    )


def print_version(story: Story) -> str:
    return page(
        story[0],
        f'<p>The Orla Post</p><hr><h1>{story[0]}</h1>{paragraphs(story)}<hr><p class="copyright">All rights reserved</p>',
    )


def wayback(story: Story) -> str:
    bar = (
        '<div id="wm-ipp-base"><div id="wm-ipp"><p>Log in to the archive. 12 captures, 3 Mar 2019 to 8 May '
        "2021.</p></div></div>"
    )
    return page(story[0], f"{bar}<div class='content'><h1>{story[0]}</h1>{paragraphs(story)}</div>")


def consent(story: Story) -> str:
    banner = (
        '<div id="cookie-banner" class="cookie-banner"><p>We use cookies and the like to see what you read. '
        "Choose below.</p></div>"
    )
    return page(
        story[0],
        f"{banner}<article><h1>{story[0]}</h1>{paragraphs(story)}</article>",
        attributes='class="has-cookie-notice"',
    )


def pull_quotes(story: Story) -> str:
    pull = '<blockquote class="pullquote"><p>two years after it was promised to us all</p></blockquote>'
    return page(story[0], f"<article><header><h1>{story[0]}</h1></header>{paragraphs(story, pull)}</article>")


def spans(story: Story) -> str:
    body = "".join(
        f'<p><a href="/t">{words.split()[0]}</a> <span><em>{" ".join(words.split()[1:])}</em></span></p>'
        for words in story[1:]
    )
    return page(
        story[0],
        f'<article><h1>{story[0]}</h1>{body}<div class="donate-box"><p>Support our work with a crown.</p></div></article>',
    )


def bare(story: Story) -> str:
    return f"<title>{story[0]}</title><h1>{story[0]}</h1>{paragraphs(story)}"


def marked_up(story: Story) -> str:
    hidden = '<span style="display:none">Log in to read on</span>'
    body = paragraphs(story).replace("“", "<q>").replace("”", "</q>")
    for day in ("on Tuesday", "on Monday", "on Sunday", "since 1911"):
        body = body.replace(day, f"<s>All rights reserved</s> <time>{day}</time>{hidden}")
    return page(story[0], f"<article><h1>{story[0]}</h1>{body}</article>")


def listed(story: Story) -> str:
    items = "".join(f"<li>{words}</li>" for words in story[2:])
    return page(story[0], f"<main><h1>{story[0]}</h1><p>{story[1]}</p><ul>{items}</ul></main>")


def questions(story: Story) -> str:
    body = "".join(f"<h3>{words}</h3>" if len(words) < 70 else f"<p>{words}</p>" for words in story[1:-1])
    return page(story[0], f"<article><h1>{story[0]}</h1>{body}<p>{story[-1]}</p></article>")


def short(story: Story) -> str:
    return page(story[0], f"<div><h1>{story[0]}</h1><p>{story[1]}</p></div>")


LAYOUTS: tuple[Callable[[Story], str], ...] = (
    broadsheet, blog, breaks, table_layout, amp, divs, teasers, print_version, wayback, consent, pull_quotes, spans, bare,
    marked_up, listed, questions, short,
)  # fmt: skip


@dataclass
class Tally:
    """Paragraphs of stories, and pieces of furniture, that a reader kept."""

    whole: int = 0
    lost: int = 0
    furniture: int = 0

    def add(self, lines: list[str], story: Story) -> list[str]:
        """Count one page; return what is wrong with it."""
        wrong = [f"lost: {words}" for words in story if words not in lines]
        left = [f"left: {words}" for words in FURNITURE if any(words in line for line in lines)]
        self.whole, self.lost = self.whole + len(story) - len(wrong), self.lost + len(wrong)
        self.furniture += len(left)
        return wrong + left


def by_us(source: str) -> list[str]:
    """Read a page as `sayso` does."""
    results: list[Any] = list(page_articles(source.encode(), "page", Notices()))
    return [line for result in results for line in getattr(result, "text", "").split("\n")]


def by_trafilatura(source: str) -> list[str]:
    """Read a page as trafilatura alone does, with the headline that it finds."""
    found: Any = trafilatura.bare_extraction(source, include_comments=False, include_tables=False, with_metadata=True)
    return [found.title or "", *found.text.split("\n")] if found else []


def main(show: bool) -> None:
    """Print a line for each reader."""
    for name, read in (("sayso", by_us), ("trafilatura alone", by_trafilatura)):
        tally = Tally()
        for layout in LAYOUTS:
            for story in STORIES:
                wrong = tally.add(read(layout(story)), story[:2] if layout is short else story)
                if show and wrong:
                    print(f"  {name}, {layout.__name__}: " + "; ".join(wrong))
        n_all = tally.whole + tally.lost
        print(f"{name}: {tally.whole} of {n_all} headlines and paragraphs whole, {tally.furniture} pieces of furniture left")


if __name__ == "__main__":
    main("--show" in sys.argv[1:])
