"""Whom and what an article names, and how it describes them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .source_words import Found, first_names, is_name, look_up, public_figures
from .sources import ACADEMIC, BODIES, OWNERS, PLACES, TITLES, Judged, cut_of, head_noun, judge

_JOINING = frozenset("de del della di da dos van von der den bin ibn al el la le du des y & of for".split())
_APPOSED = frozenset("a an the who whose which one its his her their another".split())
_STOPS = frozenset(', . ) ; : — – “ ” " said says told'.split())
_NO_NAMES = frozenset(
    "the a an and but in on at for if it he she they we i you his her its our their this that these those when while after "
    "before as by to of from with according not no so yet then there here what who why how where monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november december "
    "one two three four five six seven eight nine ten some many most few all both more since although though because asked "
    "under over about last only even still now once every each another others several both among during despite unlike "
    "until within without through yes well just like is are was were do does did can could will would should moreover "
    "however meanwhile indeed perhaps maybe earlier later today yesterday imagine instead besides further furthermore "
    "thus hence also speaking asked says former new".split()
)
_NO_DESCRIPTION = frozenset(
    "and but that said says told by to with from in on at for when while after before as if than or not is was were are be "
    "has had have will would which whom it he she they we i you says asks added told called named according between "
    "against into about like under over met".split()
)
_EARLIER = frozenset({"former", "chief", "senior", "deputy", "acting", "now", "then"})
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III"})
_LINKS = frozenset({"of", "for", "in", "and", "at"})
_DETERMINERS = frozenset({"the", "a", "an", *OWNERS})
_MALE = frozenset(
    "mr mr. sir lord herr brother father son husband king prince widower grandfather uncle nephew actor boy monk "
    "imam bishop priest gentleman".split()
)
_FEMALE = frozenset(
    "mrs mrs. ms ms. miss mme lady dame madam frau mother sister daughter wife queen princess widow grandmother aunt "
    "niece headmistress actress waitress nun duchess baroness girl".split()
)


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that the article names or describes.

    Parameters
    ----------
    name : str
        The longest form printed, without description.
    sort : str
        ``person``, ``body``, ``many``, or ``name`` for a person or body.
    source_type : str or None
    sure : bool
        The type was told by a word of one meaning.
    words : tuple of str
        Everything that describes it.
    nouns : set of str
        Lower-case nouns it may be called by (*ministry*, *pollster*).
    gender : str
        ``m``, ``f`` or empty.
    types : tuple of str
        The only types it can be of, where it is known in public life.
    seen, spoke : int
        Token where it was last met, and last was a source; -1 for not yet.
    """

    name: str
    sort: str
    source_type: str | None = None
    sure: bool = False
    words: tuple[str, ...] = ()
    nouns: set[str] = field(default_factory=set)
    gender: str = ""
    types: tuple[str, ...] = ()
    seen: int = -1
    spoke: int = -1

    def learn(self, words: Sequence[str], source_type: str | None, sure: bool) -> None:
        """Add a description and, where it tells more than was known, the type."""
        if source_type and (not self.types or source_type in self.types):
            if self.source_type is None or (sure and not self.sure):
                self.source_type, self.sure = source_type, sure
        if words and len(self.words) < 40:
            self.words = (*self.words, *words)
        if words and words[0].lower() not in {"who", "which", "whose"}:
            self.nouns.update([w.lower() for w in words[: cut_of(words)]])
        self.gender = self.gender or gender_of(words)


@dataclass(slots=True)
class Introductions:
    """An article as the resolver knows it.

    Parameters
    ----------
    words : list of str
        Its tokens.
    names : dict of str to list of Entity
        By full name, surname, short form and acronym, lower case.
    mentions : list of (int, bool, Entity)
        Token, whether it opens a sentence, who; in reading order.
    """

    words: list[str] = field(default_factory=list)
    names: dict[str, list[Entity]] = field(default_factory=dict)
    mentions: list[tuple[int, bool, Entity]] = field(default_factory=list)

    def add(self, entity: Entity, *keys: str) -> None:
        """Make an entity known under further names."""
        for key in keys:
            known = self.names.setdefault(key.lower(), [])
            if entity not in known:
                known.append(entity)

    def find(self, words: Sequence[str]) -> Entity | None:
        """Find the bearer of a name: by all of it, or by a last name that nothing before it contradicts."""
        bare = [w for w in words if w.lower() not in TITLES]
        if not bare:
            return None
        known = self.names.get(" ".join(bare).lower())
        if known is None and len(bare) > 1:
            given = {w.lower() for w in bare[:-1]}
            known = [
                e
                for e in self.names.get(bare[-1].lower(), ())
                if given & set(e.name.lower().split()) or (e.sort != "body" and " " not in e.name)
            ]
        return max(known, key=lambda e: (e.sort == "person", e.seen)) if known else None

    def named(self, words: Sequence[str]) -> str | None:
        """Tell the type of a name or of *its*, *their*, *his*."""
        if words[0].lower() in OWNERS:
            owner = self.owner(words[0].lower())
            return owner.source_type if owner else None
        entity = self.find(words)
        return entity.source_type if entity else None

    def owner(self, pronoun: str) -> Entity | None:
        """Whom *its*, *their*, *his* or *her* points back to: the last one met of that sort."""
        sorts = {"its": {"body"}, "their": {"body", "many"}}.get(pronoun, {"person"})
        fitting = (e for _, _, e in reversed(self.mentions[-12:]) if e.sort in sorts)
        return next(fitting, None)


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words of a sentence, ``first`` to before ``last``; ``at`` counts tokens of the article."""

    sentence: Sequence[str]
    first: int
    last: int
    at: int
    found: tuple[Found, ...]

    @property
    def words(self) -> Sequence[str]:
        return self.sentence[self.first : self.last]


def introductions(sentences: Iterable[Sequence[str]]) -> Introductions:
    """Find whom an article names: *Foreign Minister Anna Berg*; *Euan Roe, a modeller*; *the Security Service (SBU)*.

    Parameters
    ----------
    sentences : iterable of sequence of str
        Tokens as printed.

    Returns
    -------
    Introductions
    """
    article = Introductions()
    later: list[_Run] = []
    for sentence in sentences:
        titled = _is_title(sentence)
        for run in _runs(sentence, len(article.words)):
            if titled or not _introduce(article, run):
                later.append(run)
        article.words.extend(sentence)
    for run in later:  # surnames and short forms, also those printed before the full name
        entity = article.find(run.words)
        if entity:
            article.mentions.append((run.at, run.first < 2, entity))
            if "political" in entity.types and "campaign" in run.sentence[run.last : run.last + 2]:
                entity.source_type, entity.sure = "political", True  # in office or running: the article tells
    article.mentions.sort(key=lambda m: m[0])
    return article


def _is_title(sentence: Sequence[str]) -> bool:
    """Tell a headline in which every longer word has a capital."""
    longer = [w for w in sentence if len(w) > 4]
    return len(longer) > 3 and sum(w[0].islower() for w in longer) <= len(longer) // 5


def _runs(sentence: Sequence[str], offset: int) -> Iterator[_Run]:
    end = 0
    for at, word in enumerate(sentence):
        if at < end or not (word[0].isupper() and _begins_name(word)):
            continue
        end = at + 1
        while end < len(sentence) and (_begins_name(sentence[end]) or _joins(sentence, end)):
            end += 1
        yield _Run(sentence, at, end, offset + at, look_up(sentence[at:end]))


def _begins_name(word: str) -> bool:
    return word[0].isupper() and len(word) > 1 and word.lower() not in _NO_NAMES


def _joins(sentence: Sequence[str], at: int) -> bool:
    """*de*, *van* or *of* between two capitalised words; *of* only behind a body: *Bank of Ghana*."""
    word = sentence[at]
    if at + 2 < len(sentence) and word.isalpha() and word.isupper() and sentence[at + 1] == ".":
        return len(word) == 1 and _begins_name(sentence[at + 2])  # Joseph R. Biden
    if at + 1 >= len(sentence) or not _begins_name(sentence[at + 1]):
        return False
    if word not in _JOINING:
        return word == "." and len(sentence[at - 1]) == 1
    if word not in {"of", "for"}:
        return True
    found = look_up(sentence[max(at - 2, 0) : at])
    return bool(found) and found[-1].sort in BODIES


def _introduce(article: Introductions, run: _Run) -> bool:
    """Take a run of capitalised words for a person or a body; False where only later reading can tell."""
    size = run.last - run.first
    ends = [f for f in run.found if f.last == size]
    titles = [f for f in run.found if f.sort == "role" and f.last < size]
    start = run.first + (titles[-1].last if titles else 0)
    name = run.sentence[start : run.last]
    while len(name) > 1 and name[0].lower() in TITLES:
        name = name[1:]
    while len(name) > 1 and name[-1].rstrip(".") in _SUFFIXES:
        name = name[:-1]
    if run.first == 0 and len(name) > 2 and name[0] not in first_names() and name[1] in first_names():
        name = name[1:]  # Maybe Anna Roe
    if ends and ends[-1].sort in {*PLACES, "role"} and not (titles and ends[-1].sort != "role"):
        return ends[-1].sort == "role" or _introduce_local(article, run)
    before, behind = _before(run, start), _behind(run)
    if len(name) == 1 and run.sentence[run.last : run.last + 1] not in ([","], ["("]):
        behind = ()
    if ends and ends[-1].sort == "body" and size == 1:
        return True  # the Government, the State: no name
    if ends and ends[-1].sort in BODIES and not titles:
        return _introduce_body(article, run, run.words, behind)
    if (len(name) == 1 and not (before or behind or titles)) or len(name) > 5:
        return False
    return _introduce_name(article, run, name, before, behind)


def _introduce_body(article: Introductions, run: _Run, name: Sequence[str], behind: Sequence[str]) -> bool:
    entity = _same_body(article, name)
    if entity is None:
        entity = Entity(" ".join(name), "body")
        article.add(entity, entity.name, *_short_names(name), *name[-1:])
        judged = judge(name, article.named)
        entity.learn(name, judged.source_type if judged else None, bool(judged and judged.sure))
    _describe(article, entity, behind)
    _bracket(article, run, entity)
    article.mentions.append((run.at, run.first < 2, entity))
    return True


def _introduce_local(article: Introductions, run: _Run) -> bool:
    """*Russian defence ministry*, *Mumbai police*: a body that a place and lower-case words name."""
    behind = run.sentence[run.last : run.last + 4]
    body = next(
        (f for f in look_up(behind) if f.sort == "body" or behind[f.last - 1] in {"police", "army", "prosecutors"}),
        None,
    )
    if body and all(w.isalpha() and w not in _NO_DESCRIPTION and w not in _JOINING for w in behind[: body.last]):
        return _introduce_body(article, run, run.sentence[run.first : run.last + body.last], ())
    return run.last - run.first == 1


def _same_body(article: Introductions, name: Sequence[str]) -> Entity | None:
    """Find the body of that name, or one whose longer name holds it: *Hungarian Interior Ministry*."""
    known = article.names.get(" ".join(name).lower())
    if known:
        return known[0]
    given = {w.lower() for w in name}
    longer = article.names.get(name[-1].lower(), ()) if len(name) > 1 else ()
    return next((e for e in longer if e.sort == "body" and given <= set(e.name.lower().split())), None)


def _short_names(name: Sequence[str]) -> list[str]:
    """First word, first two words and initials of a body’s name: *Enbridge*, *First Piedmont*, *FALO*."""
    capitals = [w for w in name if is_name(w)]
    if len(capitals) < 2:
        return []
    initials = "".join(w if w.isupper() and len(w) < 4 else w[0] for w in capitals)
    keys = [initials] if len(initials) > 2 else []
    first = look_up(name[:1])
    if not first:
        keys.append(name[0])
    if len(name) > 2:
        keys.append(" ".join(name[:2]))
    return keys


def _bracket(article: Introductions, run: _Run, entity: Entity) -> None:
    """*the Security Service (SBU)*."""
    words, at = run.sentence, run.last
    if at + 2 < len(words) and words[at] == "(" and words[at + 2] == ")" and words[at + 1][:2].isupper():
        article.add(entity, words[at + 1])


def _introduce_name(
    article: Introductions, run: _Run, name: Sequence[str], before: Sequence[str], behind: Sequence[str]
) -> bool:
    entity = article.find(name)
    if entity is None:
        sort = _sort(run, name, before, behind)
        if not sort:
            return False
        entity = Entity(" ".join(name), sort)
        article.add(entity, entity.name, name[-1], *(() if sort == "person" else _short_names(name)))
        if name[0].lower() not in article.names:  # a family name may come first
            article.add(entity, name[0])
        _start(article, entity, name)
    elif len(" ".join(name)) > len(entity.name):
        entity.name = " ".join(name)
        article.add(entity, entity.name)
    entity.gender = entity.gender or gender_of(run.words)
    _describe(article, entity, before)
    _describe(article, entity, behind)
    _bracket(article, run, entity)
    article.mentions.append((run.at, run.first < 2, entity))
    return True


def _start(article: Introductions, entity: Entity, name: Sequence[str]) -> None:
    """What the name itself tells."""
    figure = public_figures().get(" ".join(name).lower())
    if figure:
        entity.types = figure.source_types
    judged = judge(name)
    if judged:
        entity.learn((), judged.source_type, entity.sort == "body")
    if entity.sort == "body":
        entity.nouns.update(w.lower() for w in name)


def _sort(run: _Run, name: Sequence[str], before: Sequence[str], behind: Sequence[str]) -> str:
    """Tell a person from a body by title, description, endings and first name; empty where nothing tells."""
    if run.words[0].lower() in TITLES or any(f.sort == "person" for f in run.found):
        return "person"
    ending = judge(name)
    if ending and ending.sure and ending.source_type in {"media", "organisation"}:
        return "body"
    for phrase in (before, behind):
        noun = head_noun(phrase)
        if noun and noun.sort != "name":
            return "body" if noun.sort == "body" else "person"
    if behind and (behind[0] in {"who", "which"} or behind[0].isdigit()):
        return "body" if behind[0] == "which" else "person"
    if name[0] in first_names():
        return "person"
    if any(w.isupper() and len(w) > 2 for w in name) or run.sentence[run.first - 1 : run.first] in (
        ["the"],
        ["The"],
    ):
        return "body"
    return "name" if 1 < len(name) < 5 else ""


def _describe(article: Introductions, entity: Entity, phrase: Sequence[str]) -> None:
    if not phrase:
        return
    judged = judge(phrase, article.named)
    if judged and judged.source_type == "unnamed":
        judged = None
    if entity.sort == "person" and judged is None and phrase[0].lower() in {"a", "an"}:
        judged = Judged("individual", False)  # a trade that the lists do not hold
    if entity.sort != "body" and judged and judged.source_type == "organisation":
        if any(w.lower() in ACADEMIC for w in phrase[:3]):
            judged = Judged("expert", False)
    entity.learn(phrase, judged.source_type if judged else None, bool(judged and judged.sure))


def _before(run: _Run, name_start: int) -> Sequence[str]:
    """The description before a name: *German Foreign Minister*, *its president,*, *the polling firm*."""
    words, start = run.sentence, run.first
    if start > 2 and words[start - 1] == "," and name_start == start:
        return _before_comma(words, start - 1)
    while start > 0 and run.first - start < 6 and _describes(words[start - 1]):
        start -= 1
        if words[start].lower() in _DETERMINERS:
            break
    phrase = words[start:name_start]
    found = look_up(phrase)
    if not found or found[-1].last != len(phrase):
        return ()
    if words[start].lower() in _DETERMINERS or is_name(words[start]):
        return phrase
    return phrase[found[0].first :]


def _before_comma(words: Sequence[str], end: int) -> Sequence[str]:
    """*Its president, Ana Roe*; *the head of the Sudanese mission, Omar Ali*."""
    start = end
    while start > 0 and end - start < 9 and (words[start - 1] in _LINKS or _describes(words[start - 1])):
        start -= 1
        if words[start].lower() in OWNERS:
            break
    phrase = words[start:end]
    noun = head_noun(phrase)
    if noun is None or noun.sort != "role" or not (noun.last == len(phrase) or phrase[noun.last] in _LINKS):
        return ()
    owned = phrase[0].lower() in {"the", "a", *OWNERS} or any(w in {"’s", "'s"} for w in phrase)
    return phrase if owned else ()


def _describes(word: str) -> bool:
    lower = word.lower()
    if lower.endswith("ed") and lower not in {"retired", "united"}:
        return False
    return (word[0].isalpha() or lower in {"'s", "’s"}) and lower not in _NO_DESCRIPTION


def _behind(run: _Run) -> Sequence[str]:
    """The description behind a name: *, 43, a farmer,* or *of the farmers’ union* or *, who heads it*."""
    words, at = run.sentence, run.last
    if at + 1 >= len(words):
        return ()
    start = at
    if words[at] in {",", "(", "—", "–"}:
        start = at = at + 1
        if words[at].isdigit() and at + 2 < len(words) and words[at + 1] == ",":
            at += 2
        if not (words[at].lower() in _APPOSED or at > start or _opens_description(words[at : at + 3])):
            return ()
    elif words[at].lower() not in {"of", "from", "at", "with", "who", "which"}:
        return ()
    elif words[at].lower() in {"of", "from", "at", "with"}:
        at += 1
        start = at
        if not (is_name(words[at]) or words[at] == "the"):
            return ()
    end = at
    while end < len(words) and end - at < 16 and words[end] not in _STOPS:
        end += 1
    return words[start:end]


def _opens_description(words: Sequence[str]) -> bool:
    """*head of chartering*, *former prime minister*: a role without an article."""
    found = look_up(words)
    return bool(found) and found[0].first <= (words[0].lower() in _EARLIER) and found[0].sort in {"role", *BODIES}


def gender_of(words: Sequence[str]) -> str:
    """Tell the gender that a title or a noun gives away: *Ms*, *chairman*, *widow*; empty where none does."""
    for word in words:
        lower = word.lower()
        if lower in _FEMALE or lower.endswith("woman"):
            return "f"
        if lower in _MALE or (lower.endswith("man") and word.islower() and lower not in {"human", "german", "woman"}):
            return "m"
    return ""
