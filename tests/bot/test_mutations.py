"""The mutation suite: false drafts are caught for the right reason, true ones left alone."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import pytest

from .mutants import Mutant, is_caught, mutants, typed
from .true_drafts import TrueDraft, by_hand, from_articles, world

N_MADE = 100
MAX_MISSED = 0.005  # misses that are left come from figures read wrongly upstream
EVERY = 40  # of the mutants, for the default run
NUMERIC = frozenset(
    [
        "digit changed",
        "digits swapped",
        "scale",
        "currency",
        "unit",
        "percent for points",
        "sign",
        "year",
        "quarter for year",
        "comparator dropped",
        "comparator added",
        "rounding",
        "number from nowhere",
        "number word",
        "quote altered",
        "citation out of range",
    ]
)


def true_drafts() -> tuple[TrueDraft, ...]:
    return by_hand() + from_articles(N_MADE)


def harmed(drafts: Sequence[TrueDraft]) -> list[TrueDraft]:
    """True drafts that the proof objects to, as slots or written out."""
    return [
        one
        for one in drafts
        if world().check(one.draft, one.query).objections
        or world().check(typed(one, world()).draft, one.query).objections
    ]


def all_mutants() -> list[Mutant]:
    unharmed = set(map(id, true_drafts())) - set(map(id, harmed(true_drafts())))
    return [m for one in true_drafts() if id(one) in unharmed for m in mutants(one, world())]


def missed(tried: Sequence[Mutant]) -> list[Mutant]:
    return [mutant for mutant in tried if not is_caught(mutant, world())]


def report(tried: Sequence[Mutant], lost: Sequence[Mutant]) -> str:
    """A line for each kind: mutants, caught, share."""
    totals, gone = Counter(m.kind for m in tried), Counter(m.kind for m in lost)
    lines = [
        f"{kind:24}{n:6}{n - gone[kind]:6}{100 * (n - gone[kind]) / n:8.2f}%"
        for kind, n in totals.items()
    ]
    return "\n".join(lines)


def test_a_third_of_the_true_drafts_are_by_hand() -> None:
    assert len(by_hand()) * 3 >= len(true_drafts())


def test_a_sample_of_the_mutants_is_caught() -> None:
    tried = [m for n, m in enumerate(all_mutants()) if n % EVERY == 0]
    lost = [m for m in missed(tried) if m.kind in NUMERIC]
    assert len(lost) <= len(tried) * MAX_MISSED, [(m.kind, m.text) for m in lost]


@pytest.mark.soak
def test_every_mutant_is_caught() -> None:
    tried = all_mutants()
    lost = missed(tried)
    sys.stderr.write(report(tried, lost) + "\n")
    assert len(tried) >= 5_000
    numeric = [(m.kind, m.text) for m in lost if m.kind in NUMERIC]
    assert len(numeric) <= len(tried) * MAX_MISSED, numeric
    assert len(harmed(true_drafts())) <= len(true_drafts()) * 0.015


if __name__ == "__main__":
    tried = all_mutants()
    lost = missed(tried)
    sys.stdout.write(report(tried, lost) + f"\n{len(tried)} mutants, {len(lost)} missed\n")
    for one in harmed(true_drafts()):
        sys.stdout.write(f"harmed: {one.id}\n")
    for mutant in lost:
        sys.stdout.write(f"{mutant.kind} | {mutant.origin} | {mutant.text}\n")
