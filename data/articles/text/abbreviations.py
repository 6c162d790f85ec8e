"""The abbreviations of English news, by what their period says about the end of a sentence.

All are in lower case. Words that are also abbreviations (*ill*, *mass*, *miss*) are the latter only with a capital.
"""

TITLES = frozenset(
    "a/prof abp adm adv ald amb assoc asst atty bp brig bro capt card cdr cdre cllr cmdr cmdt col comdr comm commr "
    "con const coun cpl cpt del dep det dets dir dist dr drs ens fr gen gens gov govs hon hons insp lieut lt lts "
    "maj messrs mgr mlle mme mr mrs ms msgr mt mx ofc ofcr pfc pres prof profs pte ptl pvt rep reps rev revs rt sen "
    "sens sgt sgts smt spc sub supt treas ven".split()
)
"""Titles and ranks: a name follows."""

WORDS_LIKE_TITLES = frozenset("bro card con del gov hon rep reps rev sub tech".split())
"""Titles that are words of their own where they have no capital: *the sales rep. Roe said*."""

_OFTEN_IN_CAPITALS = frozenset("capt dr gen gov lt mr mrs ms prof rep rev sen sgt".split())

RUN_ON = frozenset("approx c.f ca cf e.g i.e incl ph v viz vs".split())
"""What follows belongs to them, whatever it is."""

BEFORE_NUMBERS = frozenset(
    "app apt art arts bk ch chs cl fig figs no nos p para paras pp pt reg regs rm rte sec secs sect ser vol vols".split()
)
"""A number may follow: *No. 5*. Before anything else they end a sentence as words do: *He said no.*"""

MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())
DAYS = frozenset("mon tue tues wed weds thu thur thurs fri sat sun".split())
STATES = frozenset(
    "ala alta ariz ark cal calif colo conn d.c del fla ga ill ind kan ky la mass md mich minn miss mo "
    "mont n.b n.c n.d n.h n.j n.m n.s n.y neb nev okla ont ore pa penn que r.i s.c s.d sask tenn tex va vt "
    "w.va wash wis wyo".split()
)
COMPANIES = frozenset("bros co corp cos inc llc ltd plc".split())
HOURS = frozenset("a.m p.m".split())

_BEHIND_NAMES = frozenset("esq jr sr m.d ph.d m.a b.a ave blvd hwy rd".split())
_SMALL = frozenset("a.m al approx esq est ext max min mph p.m tel".split())
"""Abbreviations that are written without a capital."""

ENDING = COMPANIES | _BEHIND_NAMES
"""What may follow them in the same sentence is a name, not a plural: *Kerrow Inc. Chairman Roe*, but *Shares fell*."""

_OTHERS = frozenset(
    "acad al assn bldg dem dept e.u est ext ft govt hts inst intl max mfg min mph natl pkwy sq st sts tel twp u.k u.n u.s "
    "univ".split()
)
_ALL = MONTHS | STATES | ENDING | HOURS | _OTHERS

SHORT_FORMS = _ALL | TITLES | RUN_ON | BEFORE_NUMBERS | DAYS
"""Whatever a period may shorten."""


def is_abbreviation(word: str) -> bool:
    """Tell whether a word before a period is an abbreviation that may or may not end a sentence.

    >>> [is_abbreviation(word) for word in ("Ill", "ill", "p.m", "Inc", "river")]
    [True, False, True, True, False]
    """
    lower = word.lower()
    return lower in _ALL and (word[0].isupper() or lower in _SMALL or "." in word)


def is_title(word: str) -> bool:
    """Tell whether a word before a period is a title or rank.

    >>> [is_title(word) for word in ("Coun", "sgt", "Rep", "rep")]
    [True, True, True, False]
    """
    lower = word.lower()
    if word.isupper():  # RT, a retweet, is not the title Rt.
        return lower in _OFTEN_IN_CAPITALS
    return lower in TITLES and (word[0].isupper() or lower not in WORDS_LIKE_TITLES)


def is_degree(word: str) -> bool:
    """Tell whether a word is the first part of an academic degree, such as *Ph.D*."""
    return word in {"Ph", "Ed", "Psy", "Pharm", "Litt", "Th", "Eng", "Sc", "Mus", "LL"}
