"""Transcripts and interviews: every turn is one running quotation of who speaks, with or without quotation marks.

Turns are told by their labels (*Mladenov: …*, *Q: …*, *HOST: …*), of which it takes two that alternate, or by questions that
stand as paragraphs of their own, each with an answer in the first person below.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ...attribution.extractor import TOLD, Candidate
from ...attribution.source_ends import Stretch
from ...language.article_tokens import View
from ...language.source_types import judge
from ...language.source_words import look_up
from ...language.word_forms import NAME, lexicon
from .by_sentence import anchored
from .labels import Label, labels_of
from .stretches import nest, opens_paragraph, paragraph_end, paragraph_start
from .subjects import name_within, subject_of

TURN, QUESTION = "turn", "question"
"""The forms of a turn, and of one of somebody who asks for a newspaper."""

_SCORE = 0.95
_GAP = 12  # paragraphs between two labels of one conversation
_FIRST = frozenset("i we my our me us i'm i've i'd i'll we're we've we'll we'd myself ourselves".split())
_SELF = frozenset({"i", "my", "me"})
_SECOND = frozenset("you your you're you've you'd you'll yours yourself".split())
_PLAIN_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", ""})
_LONGEST_FORENAMES = 3  # tokens before a surname
_TALK = 0.34  # share of turns that ask, or speak of themselves or to somebody: with fewer it is no conversation
_MOSTLY, _SOME = 0.5, 0.3
_FEWEST_QUESTIONS = 3
_LONGEST_QUESTION = 80  # words
_LONGEST_ANSWER = 14  # paragraphs
_INTERVIEWING = frozenset("spoke talked speaks talks interviewed interview conversation chatted".split())
_QUESTIONS = frozenset({"q", "question"})
_TAKING = frozenset("answers answered answering answer takes took taking fielded fields responds responded".split())
_ASKED = frozenset({"questions", "queries"})
_NEAR = 8  # tokens
_HEARINGS = frozenset("hearing inquest inquiry deposition testimony cross-examination".split())
_AFTERWARDS = frozenset({"recording", "interview", "transcript", "broadcast", "programme", "edited"})
_STAGE = frozenset(
    "laughs laughing laughter laugh applause cheers crosstalk inaudible pause pauses smiles sighs music video".split()
)
_ASKS = lexicon.mark({"?"})
_STAGE_WITHIN = 5  # tokens
_ENDS = frozenset(". ? ! … ... — – - -- ” \" ) ] '' ’".split())


class Turn(NamedTuple):
    """What one speaker says in a go: sentences ``first`` to before ``last``, from token ``start`` on."""

    first: int
    last: int
    start: int
    label: Label | None
    asks: bool


def transcripts(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Make each turn of a conversation an attribution to who speaks."""
    labels = _by_initials(view, [label for label in labels_of(view) if _is_told(view, label)])
    turns: list[Turn] = []
    for group in _groups(view, labels):
        if _is_conversation(view, group):
            turns += _labelled_turns(view, group, candidates)
    turns = sorted([*_asked_turns(view, turns), *turns], key=lambda turn: turn.first)
    return _joined(candidates, list(_told(view, turns)), turns, view) if turns else candidates


def _by_initials(view: View, labels: Sequence[Label]) -> list[Label]:
    """Give a label of initials the key of the name that they stand for: *Daily Star: …*, then *DS: …*."""
    names: dict[str, str] = {}
    out = []
    for label in labels:
        words = view.words[label.first : label.last]
        if len(words) == 1 and words[0].lower() in names and words[0].isupper():
            label = label._replace(key=names[words[0].lower()])
        elif len(words) > 1:
            names.setdefault("".join(word[0] for word in words if word[0].isupper()).lower(), label.key)
        out.append(label)
    return out


def _is_told(view: View, label: Label) -> bool:
    """Tell speech, which ends as sentences do, from headlines and facts: *Holm: No new taxes*."""
    last = view.sentences[paragraph_end(view, label.sentence) - 1][1]
    return view.words[last - 1] in _ENDS or (label.sentence > 0 and view.words[label.first].isupper())


def _groups(view: View, labels: Sequence[Label]) -> Iterator[list[Label]]:
    """Part labels that stand far from each other."""
    group: list[Label] = []
    for label in labels:
        if group and view.paragraph[label.sentence] - view.paragraph[group[-1].sentence] > _GAP:
            yield group
            group = []
        group.append(label)
    if group:
        yield group


def _is_conversation(view: View, group: Sequence[Label]) -> bool:
    """Tell turns from a list of facts, dishes or scores."""
    keys = Counter(label.key for label in group)
    if len(group) < 2:
        return False
    ends = [*(label.sentence for label in group[1:]), paragraph_end(view, group[-1].sentence)]
    if {"q", "a"} <= keys.keys() or {"question", "answer"} <= keys.keys():
        apart = len(group) > 2 or all(opens_paragraph(view, label.sentence) for label in group)
        return apart and not _is_for_readers(view, group, ends)
    talking = sum(_talks(view, label, end) for label, end in zip(group, ends, strict=True))
    talks = talking >= max(_TALK * len(group), 1)
    if len(keys) == len(group):
        return len(group) == 2 and talks and _asks(view, group[0]) and (group[0].asks or not _asks(view, group[1]))
    return talks


def _is_for_readers(view: View, group: Sequence[Label], ends: Sequence[int]) -> bool:
    """Tell a newspaper's questions and answers for its readers: *Q: How do I vote? A: By post.*."""
    if _answered_by_somebody(view, group[0].sentence):
        return False
    words = [
        (label.answers, set(view.lower[label.colon : view.sentences[end - 1][1]]))
        for label, end in zip(group, ends, strict=True)
    ]
    if any(answers and said & _FIRST for answers, said in words):
        return False
    asked = [said for answers, said in words if not answers]
    if any(said & _SELF for said in asked):
        return True
    begun = group[0].sentence
    return begun > 0 and not any(said & _SECOND for said in asked) and _introduced(view, begun) is None


def _answered_by_somebody(view: View, begun: int) -> bool:
    """Tell whether somebody is said to answer questions: *Dr. Ana Roe answered readers’ questions*."""
    before = view.lower[: view.sentences[begun][0]]
    takes = any(word in _TAKING and not _ASKED.isdisjoint(before[t : t + _NEAR]) for t, word in enumerate(before))
    return takes and _introduced(view, begun) is not None


def _sentence_words(view: View, n: int) -> list[str]:
    return view.lower[slice(*view.sentences[n])]


def _talks(view: View, label: Label, end: int) -> bool:
    words = view.lower[label.colon : view.sentences[end - 1][1]]
    return "?" in words or not _FIRST.isdisjoint(words) or not _SECOND.isdisjoint(words)


def _asks(view: View, label: Label) -> bool:
    """Tell whether the paragraph of a label asks."""
    return "?" in _sentence_words(view, paragraph_end(view, label.sentence) - 1) or "?" in _sentence_words(
        view, label.sentence
    )


def _labelled_turns(view: View, group: Sequence[Label], candidates: Sequence[Candidate]) -> Iterator[Turn]:
    asking = _asking(view, group)
    keys = {label.key for label in group}
    for i, label in enumerate(group):
        following = group[i + 1] if i + 1 < len(group) else None
        asks = label.asks or label.key in asking
        stop = following.sentence if following else len(view.sentences)
        end = label.sentence + 1
        while end < stop and not (
            opens_paragraph(view, end) and _leaves(view, end, keys, candidates, last=following is None)
        ):
            end += 1
        cut, other = _other_between(view, label, following, end, asks=asks)
        yield Turn(label.sentence, cut, label.colon + 1, label, asks)
        if cut < end:
            yield Turn(cut, end, view.sentences[cut][0], None, other)


def _other_between(view: View, label: Label, following: Label | None, end: int, *, asks: bool) -> tuple[int, bool]:
    """Give where somebody without a label speaks before the next label, and whether he asks: question or answer."""
    n = paragraph_end(view, label.sentence)
    if asks and n < end and _is_question(view, label.sentence):
        return n, False
    return (_question_between(view, label, following, end) if following else end), True


def _asking(view: View, group: Sequence[Label]) -> set[str]:
    """Find who does little but ask, while somebody else does not."""
    turns = Counter(label.key for label in group)
    asked = Counter(label.key for label in group if _asks(view, label))
    asking = {key for key, count in turns.items() if asked[key] > _MOSTLY * count}
    return asking if asking < turns.keys() else set()


def _is_question(view: View, n: int) -> bool:
    """Tell a paragraph that asks, in nobody's quotation marks."""
    end = paragraph_end(view, n)
    first, last = view.sentences[n][0], view.sentences[end - 1][1]
    if view.words[last - 1] not in {"?", ")"} or "?" not in view.words[last - 3 : last]:
        return False
    return view.n_quoted[last] == view.n_quoted[first] and view.n_words[last] - view.n_words[first] <= _LONGEST_QUESTION


def _question_between(view: View, label: Label, following: Label, end: int) -> int:
    """Give the paragraph in which somebody without a label asks, between two turns of the same speaker."""
    if label.key != following.key:
        return end
    n = paragraph_start(view, end - 1)
    return n if n > label.sentence and _is_question(view, n) else end


def _leaves(view: View, n: int, keys: set[str], candidates: Sequence[Candidate], *, last: bool) -> bool:
    """Tell whether a paragraph goes on with the article instead of the turn: it speaks about the speakers."""
    end = paragraph_end(view, n)
    first, stop = view.sentences[n][0], view.sentences[end - 1][1]
    here = anchored(candidates, first, stop)
    about = (c for c in here if c.source and c.score >= TOLD and not view.inside[c.anchor])
    if any(view.lower[c.source[1] - 1] in keys for c in about if c.source):
        return True
    if not last:
        return False
    words = set(view.lower[first:stop])
    others = any(c.source and _FIRST.isdisjoint(view.lower[slice(*c.source)]) for c in about)
    return others or not _AFTERWARDS.isdisjoint(words) or not words & (_FIRST | _SECOND)


def _asked_turns(view: View, turns: Sequence[Turn]) -> Iterator[Turn]:
    """Find questions that stand as paragraphs of their own, and the answers below them."""
    stop = min((turn.first for turn in turns), default=len(view.sentences))
    asking = dict.fromkeys(view.paragraph[view.home[at]] for at in view.places_of(_ASKS))
    starts = [bisect_left(view.paragraph, number) for number in asking]
    questions = [(n, end) for n in starts if n and (end := paragraph_end(view, n)) < stop and _is_question(view, n)]
    if not questions:
        return
    ends = [*(p[0] for p in questions[1:]), stop]
    pairs = [(q, a) for q, a in zip(questions, ends, strict=True) if a > q[1]]
    if not (_follow_on(view, pairs, turns) if turns else _is_interview(view, pairs)):
        return
    for i, (question, end) in enumerate(pairs):
        yield Turn(*question, view.sentences[question[0]][0], None, asks=True)
        end = _answer_end(view, question[1], end, last=i + 1 == len(pairs) and not turns)
        yield Turn(question[1], end, view.sentences[question[1]][0], None, asks=False)


def _follow_on(view: View, pairs: Sequence[tuple[Stretch, int]], turns: Sequence[Turn]) -> bool:
    """Tell whether questions without labels lead up to turns that have some."""
    if not pairs or view.paragraph[turns[0].first] - view.paragraph[pairs[-1][0][0]] > _LONGEST_ANSWER:
        return False
    asked = [_tokens(view, *question) for question, _ in pairs]
    answers = [_tokens(view, question[1], end) for question, end in pairs]
    own = sum(not (_FIRST.isdisjoint(a) and _SECOND.isdisjoint(q)) for q, a in zip(asked, answers, strict=True))
    rhetorical = sum(not _FIRST.isdisjoint(words) for words in asked)
    return own >= _MOSTLY * len(pairs) >= rhetorical


def _answer_end(view: View, n: int, stop: int, *, last: bool) -> int:
    """Give the end of an answer: the next question, or of the last one where nobody speaks of himself any more."""
    end = paragraph_end(view, n)
    while last and end < stop:
        after = paragraph_end(view, end)
        if _FIRST.isdisjoint(view.lower[view.sentences[end][0] : view.sentences[after - 1][1]]):
            return end
        end = after
    return stop


def _is_interview(view: View, pairs: Sequence[tuple[Stretch, int]]) -> bool:
    """Tell an interview from an explainer, whose answers are nobody's, and from a writer's own questions."""
    if len(pairs) < _FEWEST_QUESTIONS:
        return False
    asked = [_tokens(view, *question) for question, _ in pairs]
    answers = [_tokens(view, question[1], end) for question, end in pairs]
    own = sum(not _FIRST.isdisjoint(words) for words in answers)
    addressed = sum(not _SECOND.isdisjoint(words) for words in asked)
    rhetorical = sum(not _FIRST.isdisjoint(words) for words in asked)
    quoting = sum("“" in words or '"' in words for words in answers)
    length = [view.paragraph[end - 1] - view.paragraph[question[0]] for question, end in pairs[:-1]]
    return (
        own > _MOSTLY * len(pairs)
        and addressed >= (1 if _says_so(view, pairs[0][0][0]) else max(2, _MOSTLY * len(pairs)))
        and rhetorical <= _SOME * len(pairs)
        and quoting <= _MOSTLY * len(pairs)
        and max(length) <= _LONGEST_ANSWER
    )


def _says_so(view: View, stop: int) -> bool:
    """Tell whether the introduction speaks of an interview."""
    return not _INTERVIEWING.isdisjoint(view.lower[: view.sentences[stop][0]])


def _tokens(view: View, first: int, last: int) -> list[str]:
    return view.lower[view.sentences[first][0] : view.sentences[last - 1][1]]


def _told(view: View, turns: Sequence[Turn]) -> Iterator[Candidate]:
    """Make the turns attributions."""
    longest: dict[str, Stretch] = {}
    answering: Counter[str] = Counter()
    for label in [turn.label for turn in turns if turn.label]:
        named = (label.first, label.last)
        if label.key not in longest or _size(named) > _size(longest[label.key]):
            longest[label.key] = named
        if not (label.asks or label.answers):
            answering[label.key] += 1
    for turn in turns:
        if turn.label and turn.asks:
            del answering[turn.label.key]
    answers = longest[answering.most_common(1)[0][0]] if answering else _introduced(view, turns[0].first)
    at_hearing = _is_hearing(view, turns)
    for turn in turns:
        content = _content(view, turn)
        if not len(content):
            continue
        form = QUESTION if turn.asks and not at_hearing and _of_a_newspaper(view, turn.label, longest) else TURN
        source, speaker = None, None if turn.asks else answers
        if turn.label and not turn.label.answers and turn.label.key not in _QUESTIONS:
            source, full = (turn.label.first, turn.label.last), longest[turn.label.key]
            speaker = full if _size(full) > _size(source) else _in_small_letters(view, source)
        anchor = turn.label.colon if turn.label else turn.start
        one = Candidate(anchor, None, source, content, 1.0, _SCORE, form=form, speaker=speaker)
        yield from _cut_at_labels(view, one, longest)


def _is_hearing(view: View, turns: Sequence[Turn]) -> bool:
    """Tell by the introduction that those who ask and answer do so before a committee or a court."""
    named = all(turn.label and not (turn.label.asks or turn.label.answers) for turn in turns)
    return named and not _HEARINGS.isdisjoint(view.lower[: view.sentences[turns[0].first][0]])


def _in_small_letters(view: View, source: Stretch) -> Stretch | None:
    """Find the name of a label in capitals elsewhere, as names are printed: *MR. HOLM* is *Mr. Holm* in the text."""
    words = view.words[slice(*source)]
    plain = all(word.lower().rstrip(".") in _PLAIN_TITLES for word in words[:-1])
    if not (plain and len(words[-1]) > 2 and words[-1].isupper()):
        return None
    at = _place_of(view, words[-1].capitalize(), view.lower[source[1] - 1])
    if at is None:
        return (source[0] + 2, source[1]) if len(words) > 2 and words[1] == "." else None
    start = at
    while (
        start > 0
        and at - start < _LONGEST_FORENAMES
        and view.facts[start - 1] & NAME
        and not view.words[start - 1].isupper()
    ):
        start -= 1
    return start, at + 1


def _place_of(view: View, name: str, lower: str) -> int | None:
    """Give where a name stands first, in the case in which it is given."""
    known: dict[str, int | None] = view.memo.setdefault("names", {})
    if name not in known:
        known[name] = next((t for t in view.places_by_word().get(lower, ()) if view.words[t] == name), None)
    return known[name]


def _of_a_newspaper(view: View, label: Label | None, longest: Mapping[str, Stretch]) -> bool:
    """Tell an interviewer from those who ask at a hearing or in court: of these there are more, and they have titles."""
    if label is None or label.asks:
        return True
    titled = any(found.sort == "role" for found in look_up(view.words[slice(*longest[label.key])]))
    return len(longest) == 2 and not titled


def _cut_at_labels(view: View, one: Candidate, longest: Mapping[str, Stretch]) -> Iterator[Candidate]:
    """Cut a turn where another label in capitals stands within a sentence: *We did not – RUIZ: You did*."""
    tokens = one.content.tolist()
    inner = [i for i, t in enumerate(tokens) if i and view.words[t].isupper() and view.lower[t] in longest]
    cuts = [i for i in inner if i + 2 < len(tokens) and view.words[tokens[i] + 1] == ":"]
    for begin, end in pairwise([0, *cuts, len(tokens)]):
        if begin in cuts:
            t = tokens[begin]
            one = replace(one, anchor=t + 1, source=(t, t + 1), form=TURN, speaker=longest[view.lower[t]])
            begin += 2
        yield replace(one, content=one.content[begin:end])


def _size(tokens: Stretch) -> int:
    return tokens[1] - tokens[0]


def _introduced(view: View, stop: int) -> Stretch | None:
    """Find who is interviewed: whom the introduction is about, or to whom the newspaper spoke."""
    for n in range(stop):
        first, last = view.sentences[n]
        acts = subject_of(view, first, last)
        if acts and view.words[acts[0]][0].isupper() and view.lower[acts[0]] not in {"he", "she"}:
            judged = judge(view.words[slice(*acts)])
            if judged is None or judged.source_type != "media":
                return acts
        spoke = next((t for t in range(first, last) if view.lower[t] in _INTERVIEWING), None)
        if spoke is not None and (met := name_within(view, spoke + 1, last)):
            return met
    return None


def _content(view: View, turn: Turn) -> np.ndarray:
    """Give what is said in a turn, stage directions left out."""
    tokens: list[int] = []
    for n in range(turn.first, turn.last):
        first, last = view.sentences[n]
        if view.words[first] in {"(", "["} and view.words[last - 1] in {")", "]"}:
            continue
        tokens += range(max(first, turn.start), last)
    if tokens and view.inside[tokens[0]]:
        tokens = [t for t in tokens if view.inside[t]]
    stage = {t for at in tokens if view.words[at] in {"(", "["} for t in _stage_direction(view, at)}
    return np.array([t for t in tokens if t not in stage], dtype=np.int64)


def _stage_direction(view: View, at: int) -> range:
    for end in range(at + 1, min(at + _STAGE_WITHIN, len(view.words))):
        if view.words[end] in {")", "]"}:
            return range(at, end + 1) if not _STAGE.isdisjoint(view.lower[at:end]) else range(0)
    return range(0)


def _joined(candidates: Sequence[Candidate], told: list[Candidate], turns: Sequence[Turn], view: View) -> list[Candidate]:
    """Put turns beside other attributions: what stands in a turn is a report within it."""
    owner = np.full(len(view.words), -1, dtype=np.int64)
    for turn in turns:
        owner[view.sentences[turn.first][0] : view.sentences[turn.last - 1][1]] = len(told)
    for i, c in enumerate(told):
        owner[c.content] = i
    kept: list[Candidate] = []
    inner: dict[int, list[Candidate]] = {}
    for c in candidates:
        holder = int(owner[c.anchor])
        if 0 <= holder < len(told) and (owner[c.content] == holder).all():
            if c.score >= TOLD:
                inner.setdefault(holder, []).append(c)
        elif holder < 0:
            free = c.content[owner[c.content] < 0]
            if len(free):
                kept.append(c if len(free) == len(c.content) else replace(c, content=free))
    whole = [nest(c, inner.get(i, ())) for i, c in enumerate(told)]
    return sorted([*kept, *whole], key=lambda c: c.anchor)
