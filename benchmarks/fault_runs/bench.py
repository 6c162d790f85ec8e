"""Where works are disturbed: copies of a folder as it was before, what must be found after, and the list of faults."""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fault_runs.runs import Disturbance, Outcome, import_as, run
from fault_runs.works import Work, leftovers, state_of

_LINES = 40  # of messages: a command says what it left out, and so on


@dataclass(frozen=True, slots=True)
class Known:
    """A work that nobody disturbs: what is there before and after, how long it takes, and what it does to files."""

    work: Work
    template: Path
    old: dict[str, str]
    new: dict[str, str]
    outcome: Outcome


@dataclass(slots=True)
class Bench:
    """Disturbs works in a folder of its own.

    Parameters
    ----------
    folder : Path
    inputs : Path
        What the works read; see `write_inputs`.
    draw : random.Random
    """

    folder: Path
    inputs: Path
    draw: random.Random
    faults: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    known: dict[str, Known] = field(default_factory=dict)
    _number: int = 0

    def learn(self, work: Work) -> Known:
        """Run a work undisturbed; what it writes must be the same each time."""
        if work.name in self.known:
            return self.known[work.name]
        template = self.folder / f"before-{work.name}"
        shutil.copytree(self.inputs, template)
        if work.before and (first := run(work.before, template)).code:
            self.fault(work, "before", f"cannot be made: {first.code} {first.err[-600:]}")
        place = self.fresh(template)
        outcome = run(work.words, place)
        import_as(outcome)
        known = Known(work, template, state_of(template, work.targets), state_of(place, work.targets), outcome)
        if outcome.code != (1 if work.by_file else 0) or known.old == known.new:
            self.fault(
                work, "undisturbed", f"exit code {outcome.code}, new output: {known.old != known.new}: {outcome.err[-600:]}"
            )
        self.check_words(work, "undisturbed", outcome)
        shutil.rmtree(place)
        self.known[work.name] = known
        return known

    def fresh(self, template: Path) -> Path:
        """Copy a folder as it was before."""
        self._number += 1
        place = self.folder / f"run-{self._number}"
        shutil.copytree(template, place, copy_function=shutil.copy)
        return place

    def fault(self, work: Work | str, how: str, what: str) -> None:
        """Note a fault, and say it."""
        name = work if isinstance(work, str) else work.name
        line = f"{name}, {how}: {what}"
        self.faults.append(line)
        print(f"FAULT {line}", flush=True)

    def check_words(self, work: Work | str, how: str, outcome: Outcome) -> None:
        """Messages are single lines, without a traceback, and nothing is left running."""
        for sign in (
            "Traceback (most recent",
            "internal error",
            "it hangs",
            "processes are left",
            "Exception ignored",
            "core dumped",
        ):
            if sign in outcome.err:
                self.fault(work, how, f"{sign}: …{outcome.err[-800:]}")
                return
        if outcome.err.count("\n") > _LINES:
            self.fault(work, how, f"{outcome.err.count(chr(10))} lines of messages")
        if outcome.code == 1 and not outcome.err.strip():
            self.fault(work, how, "exit code 1 without a message")

    def check_code(self, work: Work | str, how: str, outcome: Outcome, *codes: int) -> None:
        """The exit code is one of those that it may be."""
        if outcome.code not in codes:
            self.fault(work, how, f"exit code {outcome.code}: {outcome.err[-400:]}")

    def check_state(self, known: Known, place: Path, how: str, *, clean: bool = False) -> str:
        """What is there is the old output or the new one, or files of the new one in a run over an archive.

        Parameters
        ----------
        clean : bool, default=False
            No temporary file may be there.

        Returns
        -------
        str
            ``old``, ``new``, ``part`` or ``broken``.
        """
        state = state_of(place, known.work.targets)
        if clean and (left := leftovers(place)):
            self.fault(known.work, how, f"left behind: {', '.join(left[:4])}")
        if state == known.new:
            return "new"
        if state == known.old:
            return "old"
        if known.work.by_file and all(known.new.get(name, digest) == digest for name, digest in state.items()):
            return "part"
        wrong = sorted(name for name in {*state, *known.old} if state.get(name) != known.old.get(name))
        self.fault(known.work, how, f"neither old nor new: {', '.join(wrong[:6])}")
        return "broken"

    def check_again(self, known: Known, place: Path, how: str, *, user: int | None = None) -> None:
        """A later run gives what an undisturbed one gives, and leaves nothing else."""
        outcome = run(known.work.again or known.work.words, place, Disturbance(user=user))
        self.check_words(known.work, f"{how}, run again", outcome)
        self.check_code(known.work, f"{how}, run again", outcome, known.outcome.code)
        if self.check_state(known, place, f"{how}, run again", clean=True) != "new":
            self.fault(known.work, f"{how}, run again", "not what an undisturbed run gives")

    def disturbed(self, known: Known, how: Disturbance, place: Path | None = None) -> tuple[Path, Outcome]:
        """Run a work in a fresh folder, and disturb it."""
        place = place or self.fresh(known.template)
        return place, run(known.work.words, place, how)
