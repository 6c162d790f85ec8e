"""How well intervals of shares and effects by machine labels hold, and what others' code gives for the same labels.

    python benchmarks/machine_labels.py shares [--trials 2000]
    python benchmarks/machine_labels.py effects [--trials 1000]
    python benchmarks/machine_labels.py ppi [--trials 500]


Articles, their sentences' labels, and a machine's errors in them are drawn anew in each trial, with another rate of the
label and other errors in each article; so is a simple random sample that people label. Printed is how many of the 95 %
intervals hold what articles are drawn from. ``ppi`` compares shares of independent sentences with those of ``ppi_py``
(ppi-python 0.2.3, which has to be installed).
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from sayso.data.arrays import Floats64, Ints
from sayso.data.estimates.regression import Side, fit_corrected, fit_naive
from sayso.data.estimates.shares import Labels, corrected_shares
from sayso.errors import SaysoError

_ARTICLES, _SIZE = 300, 10
_SAMPLES = (50, 100, 200, 500)
_MACHINES = {"accurate": (0.95, 0.98), "middling": (0.8, 0.9), "poor": (0.4, 0.9)}
"""How often a machine finds the label, and how often it finds that it is missing."""
_LABELS = {"2 %": 0.02, "5 %": 0.05, "20 %": 0.2, "50 %": 0.5}
_ALIKE = (0.0, 0.15)
"""The share of the variance of labels, and of errors, that lies between articles."""


class Drawn(NamedTuple):
    """Labels by machine and truth of all sentences, and their articles."""

    machine: Ints
    truth: Ints
    articles: Ints


def rates(rng: np.random.Generator, mean: float, alike: float) -> Floats64:
    """Draw a rate for each article."""
    if not alike:
        return np.full(_ARTICLES, mean)
    spread = (1 - alike) / alike
    return rng.beta(mean * spread, (1 - mean) * spread, _ARTICLES)


def draw(rng: np.random.Generator, share: float, machine: tuple[float, float], alike: float) -> Drawn:
    """Draw articles with labels, and what a machine makes of them."""
    articles = np.repeat(np.arange(_ARTICLES), _SIZE)
    found, passed = machine
    truth = rng.random(len(articles)) < rates(rng, share, alike)[articles]
    says = np.where(truth, rates(rng, found, alike)[articles], rates(rng, 1 - passed, alike)[articles])
    return Drawn((rng.random(len(articles)) < says).astype(np.int64), truth.astype(np.int64), articles)


def sampled(rng: np.random.Generator, n: int, n_sample: int) -> Ints:
    """Draw a simple random sample."""
    return np.asarray(rng.choice(n, n_sample, replace=False), dtype=np.int64)


def shares(trials: int) -> None:
    """Print how often the intervals of shares hold, and how wide they are."""
    print("machine, alike, sample: held %, (mean width in points) of a label of", *_LABELS)
    for machine, rights in _MACHINES.items():
        for alike in _ALIKE:
            for n_sample in _SAMPLES:
                cells = [_share_cell(share, rights, alike, n_sample, trials) for share in _LABELS.values()]
                print(f"{machine}, {alike}, {n_sample}:", *cells, flush=True)


def _share_cell(share: float, machine: tuple[float, float], alike: float, n_sample: int, trials: int) -> str:
    rng = np.random.default_rng(1)
    held, naive, width = 0, 0, 0.0
    for _ in range(trials):
        drawn = draw(rng, share, machine, alike)
        sample = sampled(rng, len(drawn.truth), n_sample)
        people = np.full(len(drawn.truth), -1)
        people[sample] = drawn.truth[sample]
        found = corrected_shares(Labels(("no", "yes"), drawn.machine, people, None, drawn.articles)).shares[1]
        low, high = found.low or 0.0, found.high or 0.0
        held += low <= share <= high
        width += high - low
        naive += abs(found.counted - share) < 1.96 * (found.counted * (1 - found.counted) / len(people)) ** 0.5
    return f"{100 * held / trials:.1f} ({100 * width / trials:.1f}; machine alone {100 * naive / trials:.0f})"


def effects(trials: int) -> None:
    """Print how often the intervals of effects hold."""
    for logistic in (False, True):
        true = _true_effects(logistic)
        print("logistic" if logistic else "linear", "regression, true effects", true.round(3))
        for machine, rights in _MACHINES.items():
            for n_sample in _SAMPLES:
                print(f"  {machine}, {n_sample}:", _effect_cell(true, rights, n_sample, trials, logistic), flush=True)


def draw_outcomes(
    rng: np.random.Generator, n_articles: int, machine: tuple[float, float], logistic: bool
) -> tuple[Floats64, Drawn]:
    """Draw articles of three outlets (50, 35, 15 %) with a figure of their own, and labels that hang on both.

    The machine finds the label less often in the second outlet, and imagines it more often in the third.
    """
    from scipy.special import expit, ndtr

    articles = np.repeat(np.arange(n_articles), _SIZE)
    outlet, figure = rng.choice(3, n_articles, p=[0.5, 0.35, 0.15])[articles], rng.normal(size=n_articles)[articles]
    X = np.stack([np.ones(len(articles)), outlet == 1, outlet == 2, figure], axis=1).astype(np.float64)
    chance = expit(X @ [-1.0, 0.8, -0.5, 0.4]) if logistic else np.clip(X @ [0.3, 0.2, -0.1, 0.05], 0.02, 0.98)
    level = rng.normal(size=n_articles)[articles] * 0.1**0.5 + rng.normal(size=len(articles)) * 0.9**0.5
    truth = ndtr(level) < chance
    found, imagined = machine[0] - 0.1 * (outlet == 1), 1 - machine[1] + 0.1 * (outlet == 2)
    says = rng.random(len(articles)) < np.where(truth, found, imagined)
    return X, Drawn(says.astype(np.int64), truth.astype(np.int64), articles)


def _true_effects(logistic: bool) -> Floats64:
    X, drawn = draw_outcomes(np.random.default_rng(99), 100_000, (0.9, 0.9), logistic)
    return fit_naive(Side(X, drawn.truth.astype(np.float64)), drawn.articles, logistic).beta


def _effect_cell(true: Floats64, machine: tuple[float, float], n_sample: int, trials: int, logistic: bool) -> str:
    rng = np.random.default_rng(1)
    held, naive, unsolved = np.zeros(len(true)), np.zeros(len(true)), 0
    for _ in range(trials):
        X, drawn = draw_outcomes(rng, _ARTICLES, machine, logistic)
        sides = [Side(X, labels.astype(np.float64)) for labels in (drawn.machine, drawn.truth)]
        weights = np.zeros(len(X))
        weights[sampled(rng, len(X), n_sample)] = len(X) / n_sample
        try:
            found = fit_corrected(*sides, weights, drawn.articles, logistic)
        except SaysoError:
            unsolved += 1
            continue
        held += (found.low <= true) & (true <= found.high)
        alone = fit_naive(sides[0], drawn.articles, logistic)
        naive += (alone.low <= true) & (true <= alone.high)
    n = max(trials - unsolved, 1)
    return f"held % {(100 * held / n).round(1)}, machine alone {(100 * naive / n).round(0)}, unsolved {unsolved}"


def ppi(trials: int) -> None:
    """Compare shares of independent sentences with those of ppi_py."""
    try:
        import ppi_py
    except ImportError:
        sys.exit("ppi_py is missing: pip install ppi-python==0.2.3")
    print("sample, share, machine: largest difference with one trust; root mean squared errors, ours and theirs, in points;")
    print("intervals that hold, ours and theirs, in %")
    for n_sample in _SAMPLES:
        for name, share in _LABELS.items():
            for machine, rights in _MACHINES.items():
                found = np.array([*_beside(ppi_py, share, rights, n_sample, trials)])
                apart, held = found[:, 0].max(), 100 * found[:, 3:].mean(axis=0)
                error = 100 * (found[:, 1:3] ** 2).mean(axis=0) ** 0.5
                print(f"{n_sample}, {name}, {machine}: {apart:.0e}; {error.round(2)}; {held.round(1)}", flush=True)


def _beside(ppi_py: Any, share: float, machine: tuple[float, float], n_sample: int, trials: int) -> Iterator[list[float]]:
    """Yield how far the two are apart with one trust, the error of each with its own, and whether its interval holds."""
    rng = np.random.default_rng(1)
    for _ in range(trials):
        drawn = draw(rng, share, machine, 0.0)
        sample = sampled(rng, len(drawn.truth), n_sample)
        people = np.full(len(drawn.truth), -1)
        people[sample] = drawn.truth[sample]
        rest = np.flatnonzero(people < 0)
        ours = corrected_shares(Labels(("no", "yes"), drawn.machine, people, None, np.arange(len(people)))).shares[1]
        given = [x.astype(np.float64) for x in (drawn.truth[sample], drawn.machine[sample], drawn.machine[rest])]
        trust = ours.trust * len(rest) / len(people)  # theirs is of the sentences outside of the sample
        same, theirs = (_number(ppi_py.ppi_mean_pointestimate(*given, lam=of)) for of in (trust, None))
        low, high = map(_number, ppi_py.ppi_mean_ci(*given, alpha=0.05))
        corrected, ends = ours.corrected or 0.0, (ours.low or 0.0, ours.high or 0.0)
        held = [ends[0] <= share <= ends[1], low <= share <= high]
        yield [abs(same - corrected), corrected - share, theirs - share, *map(float, held)]


def _number(value: Any) -> float:
    return float(np.ravel(value)[0])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    for name, trials in (("shares", 2000), ("effects", 1000), ("ppi", 500)):
        parts.add_parser(name).add_argument("--trials", type=int, default=trials)
    given = parser.parse_args(arguments)
    {"shares": shares, "effects": effects, "ppi": ppi}[given.part](given.trials)


if __name__ == "__main__":
    main()
