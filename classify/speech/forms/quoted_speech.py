"""Quotations that no cue holds whole: they keep their speaker to the end, or get the one that a reader gives them.

A quotation runs on over sentences, over paragraphs that reopen its mark, and over the words of its attribution
(*“…,” she said. “…”*). Where nothing goes before it that it could go on with, the speaker is whoever acts between the
marks or right before them, or else whom the paragraph before is about; or it is told without one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ...attribution.extractor import TOLD, Candidate
from ...attribution.source_ends import Stretch
from ...language.article_tokens import View
from ...language.source_types import judge
from .colon_headlines import HEADLINE
from .credits import credited
from .stretches import (
    Quotation,
    closes_paragraph,
    is_speech,
    n_words,
    nest,
    opens_paragraph,
    owners,
    paragraph_start,
    quotations_of,
)
from .subjects import acting_after, name_within, named_before, subject_of

UNCUED = "quotation"
"""The form of a quotation that no cue introduces."""

_SCORE = 0.6
_LIKELY = 0.7  # an attribution of the sentence before that goes on; one less likely may be a deed that no label confirms
_SURE = 0.98  # an attribution that its sentence’s labels cannot take away
_DASHES = frozenset({"—", "–", "-", "--", "―"})
_ASKS = frozenset({"asked", "asks"})
_CLOSING = frozenset(". ! ? ,".split())
_BEHIND = frozenset("and but then before as while when with he she".split())
_SHORT_TURN = 12  # words, in the mean
_POSSIBLE = 0.15
_LONGEST_LABEL = 6  # tokens
_EXCHANGE = 6  # quotations before and behind among which speakers who take turns are looked for
_LONGEST_SENDER = 10  # tokens
_MESSAGES = frozenset(
    "response reply answer letter message tweet statement warning question note email e-mail post remark comment line "
    "words advice verdict rebuke retort call quote quotation text".split()
)
_LEADING = frozenset({":", ",", "—", "–"})
_ENDS = frozenset(". ! ? … ... :".split())


def quoted_speech(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Give every quotation of a clause or more to an attribution."""
    quotations = quotations_of(view)
    if not quotations:
        return candidates
    reader = _Reader.of(view, candidates, quotations)
    for i in range(len(quotations)):
        reader.read(i)
    return reader.result()


@dataclass(slots=True)
class _Reader:
    """A reader of the quotations, in order.

    Parameters
    ----------
    view : View
    found : list of Candidate
        Those of the article, and those made here behind them.
    quotations : sequence of Quotation
    owner : list of int, length n_tokens
        Number of the attribution that says each token; -1 for nobody's.
    speaks : dict of int to int
        Which attribution each quotation read so far belongs to.
    dropped : set of int
        Those that have become reports within others.
    cued : dict of int to list of int
        Which attributions with a source and a cue have their anchor in each sentence.
    """

    view: View
    found: list[Candidate]
    quotations: Sequence[Quotation]
    owner: list[int]
    speaks: dict[int, int] = field(default_factory=dict)
    grown: dict[int, list[int]] = field(default_factory=dict)
    inner: dict[int, list[int]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    credits: Mapping[int, Stretch] = field(default_factory=dict)
    cued: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View, candidates: Sequence[Candidate], quotations: Sequence[Quotation]) -> "_Reader":
        reader = cls(view, list(candidates), quotations, owners(view, candidates), credits=credited(view, quotations))
        for i, c in enumerate(candidates):
            if c.source and c.cue:
                reader.cued.setdefault(view.home[c.anchor], []).append(i)
        return reader

    def read(self, i: int) -> None:
        """Find whom a quotation belongs to."""
        quotation = self.quotations[i]
        outer = self._outer(quotation)
        if outer is not None and self.view.words[quotation.first - 1] == ":" and self._sender(quotation):
            self._take_back(outer, quotation.first, quotation.last)
            outer = self._make(i)
        if outer is not None and i and self.speaks.get(i - 1) == outer and self._is_answer(i, outer):
            self._take_back(outer, quotation.first, quotation.last)
            outer = None
        if outer is None and is_speech(self.view, quotation):
            outer = self._goes_on_with(i)
            if outer is None:
                outer = self._introduced(i)
            if outer is None:
                outer = self._ended_later(i)
            if outer is None:
                outer = self._make(i)
        if outer is not None:
            self.speaks[i] = outer
            self._cut_tail(quotation, outer)
            self._give(quotation, outer)
            self._make_sure(quotation, outer)

    def _outer(self, quotation: Quotation) -> int | None:
        """Give the attribution that says most of a quotation from outside."""
        first, last = quotation.first, quotation.last
        held = self.owner[first:last]
        if held.count(held[0]) == len(held):  # as most are: nobody says them, or one does
            return held[0] if held[0] >= 0 and not first <= self.found[held[0]].anchor < last else None
        outside = [i for i in dict.fromkeys(held) if i >= 0 and not first <= self.found[i].anchor < last]
        if len(outside) > 1:
            return max(outside, key=held.count)
        return outside[0] if outside else None

    def _is_answer(self, i: int, outer: int) -> bool:
        """Tell whether a quotation that the model lets go on into a new paragraph is somebody's who speaks in turn."""
        if self.found[outer].form:
            return False
        before, paragraph = self.quotations[i - 1], self.view.paragraph
        apart = paragraph[self.quotations[i].sentence] != paragraph[before.end_sentence]
        return apart and self.quotations[i].begins and before.closed and self._changes(i)

    def _take_back(self, outer: int, first: int, last: int) -> None:
        """Take tokens from what an attribution says."""
        c, owner = self.found[outer], self.owner
        for t in range(first, last):
            if owner[t] == outer:
                owner[t] = -1
        left = c.content[(c.content < first) | (c.content >= last)]
        if len(left):
            self.found[outer] = replace(c, content=left)
        else:
            self.dropped.add(outer)

    def _cut_tail(self, quotation: Quotation, outer: int) -> None:
        """Take from an attribution the deed behind what is said: *He said, “Not us!” and left.*."""
        view, end = self.view, quotation.last
        last = view.sentences[quotation.end_sentence][1]
        if not quotation.closed or view.words[end - 2] not in _CLOSING or end >= last or view.lower[end] not in _BEHIND:
            return
        stop = next((t for t in range(end, last) if view.inside[t]), last)
        cue = self.found[outer].cue
        if cue and not end <= cue[0] < stop and view.lower[end + 1 : end + 2] != ["that"]:
            self._take_back(outer, end, stop)

    def _give(self, quotation: Quotation, outer: int) -> None:
        """Let an attribution say the whole quotation; what is reported within becomes its own."""
        first, last, owner = quotation.first, quotation.last, self.owner
        if owner[first:last].count(outer) == last - first:
            return
        for i in sorted(set(owner[first:last]) - {outer, -1}):
            if first <= self.found[i].anchor < last and self._is_within(i, first, last):
                self.inner.setdefault(outer, []).append(i)
                self.dropped.add(i)
                owner[first:last] = [-1 if held == i else held for held in owner[first:last]]
        free = [t for t in range(first, last) if owner[t] == -1]
        if free:
            self.grown.setdefault(outer, []).extend(free)
            for t in free:
                owner[t] = outer

    def _make_sure(self, quotation: Quotation, outer: int) -> None:
        """Tell an attribution whose cue is a deed in another sentence as surely as its quotation is one."""
        c = self.found[outer]
        first, last = self.view.sentences[quotation.sentence]
        if first <= c.anchor < last:
            return
        quoted = not len(c.content) or self.view.inside[c.content[0]] > 0
        if not (c.source or c.speaker) and quotation.sentence:
            c = self.found[outer] = replace(c, speaker=subject_of(self.view, *self.view.sentences[quotation.sentence - 1]))
        if quoted and c.score < _SURE:
            self.found[outer] = replace(c, score=_SURE)

    def _is_within(self, i: int, first: int, last: int) -> bool:
        content = self.found[i].content
        return bool(content[0] >= first and content[-1] < last)

    def _goes_on_with(self, i: int) -> int | None:
        """Give the attribution of the quotation before, where this one goes on with it."""
        if not i or i - 1 not in self.speaks or i in self.credits or self._is_heading(i - 1):
            return None
        before, quotation, paragraph = self.quotations[i - 1], self.quotations[i], self.view.paragraph
        here, there = paragraph[quotation.sentence], paragraph[before.end_sentence]
        owner = self.speaks[i - 1]
        if here == there:
            return owner if self._same_paragraph(before, quotation, owner) else None
        if here != there + 1 or not quotation.begins:
            return None
        if before.ends and not before.closed:
            return owner
        if not (self.found[owner].source or self.found[owner].speaker):
            return None
        return owner if self._ended_by_attribution(before, owner) and not self._changes(i) else None

    def _same_paragraph(self, before: Quotation, quotation: Quotation, owner: int) -> bool:
        """Tell whether nobody else acts between two quotations of a paragraph, and no dash parts speakers."""
        sentences = self.view.sentences
        if quotation.first - before.last == 1 and self.view.words[before.last] in _DASHES:
            return False
        for n in range(before.end_sentence + 1, quotation.sentence):
            if subject_of(self.view, *sentences[n]):
                return self._is_named_by(owner, n)
        begun = sentences[quotation.sentence][0]
        if quotation.sentence > before.end_sentence and begun < quotation.first:
            return self._is_named_by(owner, quotation.sentence) or subject_of(self.view, begun, quotation.first) is None
        return True

    def _is_named_by(self, owner: int, n: int) -> bool:
        """Tell whether the one who acts in a sentence may be who speaks: the same words, or *he* and *she*."""
        acts = subject_of(self.view, *self.view.sentences[n])
        source = self.found[owner].source or self.found[owner].speaker
        if not acts or not source:
            return False
        lower = self.view.lower
        return lower[acts[1] - 1] == lower[source[1] - 1]

    def _ended_by_attribution(self, before: Quotation, owner: int) -> bool:
        """Tell whether nothing but its attribution follows a quotation in its paragraph."""
        view, end = self.view, before.end_sentence
        return before.ends or (end + 1 == len(view.sentences) or opens_paragraph(view, end + 1))

    def _changes(self, i: int) -> bool:
        """Tell whether a new paragraph may be another speaker's: behind a question, or where several speak in turn."""
        before = self.quotations[i - 1]
        asked = before.closed and "?" in self.view.words[before.last - 2 : before.last]
        return asked or len({key for _, key in self._turns(i)}) > 1

    def _is_short(self, run: Sequence[int]) -> bool:
        """Tell the short turns of a conversation from statements in the news."""
        quoted = [n_words(self.view, self.quotations[k].first, self.quotations[k].last) for k in run]
        return sum(quoted) <= _SHORT_TURN * len(quoted)

    def _turns(self, i: int) -> list[tuple[int, str]]:
        """Give who speaks in the paragraphs around, one behind the other, where these are turns: quotation, key."""
        turns, run = [], [i]
        for step in (-1, 1):
            k = i
            while 0 <= k + step < len(self.quotations) and abs(k + step - i) <= _EXCHANGE and self._adjoin(k, k + step):
                k += step
                if self._is_heading(k) or not (self.quotations[k].begins or self._opens_behind_deed(k)):
                    continue
                run.append(k)
                key = self._key(self._speaker(k))
                if key:
                    turns.append((k, key))
        return turns if self._is_short(run) else []

    def _is_heading(self, k: int) -> bool:
        """Tell whether a quotation stands in a headline, with which nothing goes on."""
        outer = self.speaks.get(k, -1)
        return outer >= 0 and self.found[outer].form == HEADLINE

    def _opens_behind_deed(self, k: int) -> bool:
        """Tell a turn that a deed opens: *Brenn shook his head. “It is brown.”*."""
        n = self.quotations[k].sentence
        return n > 0 and opens_paragraph(self.view, n - 1) and not opens_paragraph(self.view, n) and self._is_plain(n - 1)

    def _speaker(self, k: int) -> Stretch | None:
        outer = self.speaks.get(k)
        if outer is None:
            outer = self._outer(self.quotations[k])
        return self.found[outer].source or self.found[outer].speaker if outer is not None else None

    def _key(self, tokens: Stretch | None) -> str:
        return self.view.lower[tokens[1] - 1] if tokens else ""

    def _adjoin(self, one: int, other: int) -> bool:
        """Tell whether two quotations stand in one paragraph, or in two one behind the other."""
        first, second = sorted((self.quotations[one], self.quotations[other]))
        return self.view.paragraph[second.sentence] - self.view.paragraph[first.sentence] <= 1

    def _in_turn(self, i: int) -> Stretch | None:
        """Find the other one of two who speak in turn: who spoke before the last speaker."""
        before = [(k, key) for k, key in self._turns(i) if k < i]
        last = self._key(self._speaker(i - 1)) if i and self._adjoin(i - 1, i) else ""
        other = next((k for k, key in before if key != last), None) if last else None
        if other is None and last:
            other = next((k for k, key in self._turns(i) if k > i and key != last and (k - i) % 2 == 0), None)
        return self._speaker(other) if other is not None else self._asked(i)

    def _asked(self, i: int) -> Stretch | None:
        """Find who answers the question before: whom the sentence before that names beside who asks."""
        view, asking = self.view, self.quotations[i - 1]
        scene = asking.sentence - 1
        if not (i and self._adjoin(i - 1, i) and asking.begins and "?" in view.words[asking.last - 2 : asking.last]):
            return None
        if scene < 0 or view.paragraph[asking.sentence] - view.paragraph[scene] > 1 or not self._is_plain(scene):
            return None
        acts = subject_of(view, *view.sentences[scene])
        return name_within(view, acts[1], view.sentences[scene][1]) if acts else None

    def _ended_later(self, i: int) -> int | None:
        """Give the attribution of the next paragraph's quotation, where that goes on with one that no mark has closed."""
        if i + 1 == len(self.quotations):
            return None
        quotation, following = self.quotations[i], self.quotations[i + 1]
        apart = self.view.paragraph[following.sentence] - self.view.paragraph[quotation.end_sentence]
        return (
            self._outer(following) if quotation.ends and not quotation.closed and following.begins and apart == 1 else None
        )

    def _introduced(self, i: int) -> int | None:
        """Give the attribution that the sentence before a quotation makes: *The mayor denied it. “I was not there.”*."""
        view, n = self.view, self.quotations[i].sentence - 1
        if i in self.credits or n < 0 or view.sentences[n + 1][0] != self.quotations[i].first or not self._is_plain(n):
            return None
        last = view.sentences[n][1]
        least = _POSSIBLE if view.words[last - 1] == ":" else _LIKELY
        if view.words[last - 1] not in _ENDS or (least == _LIKELY and self._acts_other(n)):
            return None
        there = [k for k in self.cued.get(n, ()) if self.found[k].score >= least]
        if not there or any(view.lower[self.found[k].anchor] in _ASKS for k in there if view.words[last - 1] != ":"):
            return None
        best = max(there, key=lambda k: (self.found[k].score >= TOLD, self.found[k].anchor))
        if self.found[best].score < TOLD:
            self.found[best] = replace(self.found[best], content=np.array([], dtype=np.int64), score=_SCORE)
        return best

    def _acts_other(self, n: int) -> bool:
        """Tell whether somebody else than who is said to speak acts in a sentence."""
        acts, told = subject_of(self.view, *self.view.sentences[n]), self._told(n)
        return bool(acts and told and not any(source[0] < acts[1] and acts[0] < source[1] for source in told))

    def _make(self, i: int) -> int:
        """Make an attribution without a cue."""
        quotation = self.quotations[i]
        source, speaker = self._who(i)
        content = np.arange(quotation.first, quotation.last)
        self.found.append(Candidate(quotation.first, None, source, content, 1.0, _SCORE, form=UNCUED, speaker=speaker))
        made = len(self.found) - 1
        self.grown[made] = []
        return made

    def _who(self, i: int) -> tuple[Stretch | None, Stretch | None]:
        """Find who speaks: the words in the sentence that name them, or those in another one."""
        view, quotation = self.view, self.quotations[i]
        if i in self.credits:
            return self.credits[i], None
        begun = view.sentences[quotation.sentence][0]
        if begun < quotation.first and not view.inside[begun]:
            mark = view.words[quotation.first - 1]
            named = self._sender(quotation) or (named_before(view, begun, quotation.first - 1) if mark == ":" else None)
            leads = mark in _LEADING and quotation.sentence > 0
            return named or (subject_of(view, begun, quotation.first) if leads else None), None
        beside = self._before(quotation) or self._behind(quotation) or self._answering(i)
        if beside or not quotation.begins:
            return None, beside
        return None, self._in_turn(i) or self._paragraph_before(i)

    def _sender(self, quotation: Quotation) -> Stretch | None:
        """Find whose words a noun before a colon brings: *… a quick reply from* **the Velmian president** *: “No.”*."""
        view, colon = self.view, quotation.first - 1
        begun = view.sentences[quotation.sentence][0]
        if colon <= begun or view.words[colon] != ":":
            return None
        near = range(colon - 2, max(begun, colon - _LONGEST_SENDER), -1)
        link = next((t for t in near if view.lower[t] in {"from", "by"}), None)
        if link is None or _MESSAGES.isdisjoint(view.lower[max(begun, link - 2) : link]):
            return None
        return (link + 1, colon) if judge(view.words[link + 1 : colon]) is not None else None

    def _before(self, quotation: Quotation) -> Stretch | None:
        """Find who acts in the sentence before a quotation, in its paragraph."""
        view, n = self.view, quotation.sentence
        return None if opens_paragraph(view, n) or not self._is_plain(n - 1) else self._acting(n - 1)

    def _answering(self, i: int) -> Stretch | None:
        """Find who answers a question that the writer puts: who spoke last. *Would he stay? “It is not for me to say.”*."""
        view, n = self.view, self.quotations[i].sentence
        if opens_paragraph(view, n) or not self._is_plain(n - 1) or view.words[view.sentences[n][0] - 1] != "?":
            return None
        return self._speaker(i - 1) if i else None

    def _behind(self, quotation: Quotation) -> Stretch | None:
        """Find who acts in the sentence behind a quotation that opens its paragraph: *“No.” She shook her head*."""
        view, n = self.view, quotation.end_sentence
        if not quotation.begins or closes_paragraph(view, n) or view.sentences[n][1] != quotation.last:
            return None
        return acting_after(view, *view.sentences[n + 1]) if self._is_plain(n + 1) else None

    def _is_plain(self, n: int) -> bool:
        """Tell a sentence that quotes nothing."""
        first, last = self.view.sentences[n]
        return self.view.n_quoted[last] == self.view.n_quoted[first]

    def _paragraph_before(self, i: int) -> Stretch | None:
        """Find whom the paragraph before a quotation is about."""
        view, n = self.view, self.quotations[i].sentence - 1
        if n < 0 or not self._is_plain(n):
            return None
        first, last = view.sentences[n]
        if not _ASKS.isdisjoint(view.lower[first:last]):  # who was asked answers: whoever spoke before
            return self._speaker(i - 1) if i else None
        if view.words[last - 1] not in _ENDS:  # a headline or a caption
            return None
        if (
            view.words[last - 1] == ":"
            and last - first - 1 <= _LONGEST_LABEL
            and all(w[0].isupper() for w in view.words[first : last - 1])
        ):
            return first, last - 1
        start = paragraph_start(view, n)
        return self._acting(n) or (self._acting(start) if start != n else None)

    def _acting(self, n: int) -> Stretch | None:
        """Find who acts in a sentence, or else who is said to speak there."""
        told = self._told(n)
        return subject_of(self.view, *self.view.sentences[n]) or (told[-1] if told else None)

    def _told(self, n: int) -> list[Stretch]:
        """Give who is said to speak in a sentence."""
        there = [self.found[k] for k in self.cued.get(n, ())]
        return [c.source for c in there if c.source and c.score >= TOLD]

    def result(self) -> list[Candidate]:
        """Give the attributions with what they have gained, in the order of their anchors."""
        out = []
        for i, c in enumerate(self.found):
            if i in self.dropped:
                continue
            if self.grown.get(i):
                c = replace(c, content=np.array(sorted({*c.content.tolist(), *self.grown[i]}), dtype=np.int64))
            elif c.score < TOLD:
                free = [t for t in c.content.tolist() if self.owner[t] < 0]
                if len(free) < len(c.content):
                    if 2 * len(free) <= len(c.content):
                        continue
                    c = replace(c, content=np.array(free, dtype=np.int64))
            out.append(nest(c, [self.found[k] for k in self.inner[i]]) if i in self.inner else c)
        return sorted(out, key=lambda c: c.anchor)
