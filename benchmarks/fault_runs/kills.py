"""Kill -9 at chosen and at random moments, and signals that ask a program to end."""

import shutil
import signal
from collections.abc import Sequence

from fault_runs.bench import Bench, Known
from fault_runs.runs import Disturbance, run
from fault_runs.works import Work

_AFTER_SIGNAL = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGHUP: 129}
_SAID = {signal.SIGTERM: "Terminated.", signal.SIGINT: "Interrupted.", signal.SIGHUP: "Terminated."}


def kill(bench: Bench, works: Sequence[Work], n: int) -> None:
    """Kill works: before each of their renames, then in turn before a random change of a file and at a random time.

    Where there are more than three quarters of ``n`` renames, so many of them are drawn.
    """
    moments = [(known, move) for known in map(bench.learn, works) for move in range(known.outcome.moves)]
    most = max(1, n * 3 // 4)
    killed = 0
    for known, move in bench.draw.sample(moments, min(len(moments), most)):
        killed += _killed(bench, known, Disturbance(at_move=move), f"killed before rename {move + 1}")
    turn = 0
    while killed < n:
        known = bench.learn(works[turn // 2 % len(works)])
        if turn % 2 and not work_in_others(known.work):
            event = bench.draw.randrange(max(1, known.outcome.events))
            killed += _killed(bench, known, Disturbance(at_event=event), f"killed before change {event + 1} of a file")
        else:
            after = known.outcome.seconds * bench.draw.random()
            killed += _killed(bench, known, Disturbance(after=after), f"killed after {after:.3f} s")
        turn += 1


def work_in_others(work: Work) -> bool:
    """Tell whether other processes do the writing."""
    return "--jobs" in work.words and work.by_file


def _killed(bench: Bench, known: Known, how: Disturbance, said: str) -> bool:
    """Kill a work and look; tell whether it was killed, not done before."""
    place, outcome = bench.disturbed(known, how)
    was_killed = outcome.code == -signal.SIGKILL
    bench.done["kills" if was_killed else "done before the kill"] += 1
    bench.check_words(known.work, said, outcome)
    if known.work.only_files:
        bench.check_state(known, place, f"{said}, before the next start")
    run(["annotate", *known.work.targets, "--model", "nowhere"], place)  # fails, but it was given the outputs
    state = bench.check_state(known, place, said)
    bench.done[f"{state} after a kill"] += was_killed
    bench.check_again(known, place, said)
    shutil.rmtree(place)
    return was_killed


def end_by_signals(bench: Bench, works: Sequence[Work], n: int) -> None:
    """Send SIGTERM, SIGINT or SIGHUP at a random time: all is cleaned up at once, and one line says why it ended."""
    numbers = list(_AFTER_SIGNAL)
    for turn in range(n):
        known, number = bench.learn(works[turn % len(works)]), numbers[turn % len(numbers)]
        after = known.outcome.seconds * bench.draw.random()
        said = f"{number.name} after {after:.3f} s"
        place, outcome = bench.disturbed(known, Disturbance(after=after, number=number))
        bench.done["signals"] += 1
        bench.check_words(known.work, said, outcome)
        bench.check_code(known.work, said, outcome, _AFTER_SIGNAL[number], -number, known.outcome.code)
        if outcome.code == _AFTER_SIGNAL[number] and _SAID[number] not in outcome.err:
            bench.fault(known.work, said, f"it does not say {_SAID[number]}: {outcome.err[-300:]}")
        bench.check_state(known, place, said, clean=not known.work.by_file)
        bench.check_again(known, place, said)
        shutil.rmtree(place)


def kill_projects(bench: Bench, n: int) -> None:
    """Kill a process that labels in a project: what it had acknowledged is there, and a change that it was at is whole."""
    from fault_runs.project import acknowledged, check, label
    from fault_runs.runs import Run

    for turn in range(n):
        place = bench.folder / f"project-{turn}"
        shutil.copytree(bench.inputs, place)
        event = bench.draw.randrange(20, 220)
        outcome = Run(["serve"], place, Disturbance(at_event=event), instead=label).wait()
        bench.done["kills" if outcome.code == -signal.SIGKILL else "done before the kill"] += 1
        said = f"killed before change {event + 1} of a file"
        bench.check_words("project", said, outcome)
        if wrong := check(place, acknowledged(outcome.out)):
            bench.fault("project", said, wrong)
        shutil.rmtree(place)
