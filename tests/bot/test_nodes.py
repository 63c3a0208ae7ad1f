"""Operations over figures that stand in their roles: one case each, and what the laws refuse."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.calculation import OPERATIONS
from bot.errors import CalculationRefused
from bot.nodes import Derivation, attempted, derivation_of, leaf, realise, step
from ingest import Article, Figure, Span, articles
from ingest.figures import Origin
from tests.bot.samples import stated

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "operations.yaml").read_text(encoding="utf-8")
)
# Those have a name of their own beside that of the table, or go in from the questions' side.
NAMED_ELSEWHERE = {"absolute_growth", "multiple", "contribution"}


def figures_of(told: Sequence[Sequence[Any]]) -> tuple[list[Figure], dict[str, Article]]:
    """The figures one after the other in an article of nothing else."""
    found: list[Figure] = []
    text = ""
    for written, unit, *slots in told:
        known: dict[str, Any] = dict(*slots)
        if known.pop("sure", False):
            known["origins"] = (Origin("period", "clause", 0, 1),)
        if place := known.pop("at", None):
            known["sentence"] = Span(*place)
        found.append(stated(written, unit, start=len(text), **known))
        text += f"{written}, "
    return found, {"a": articles.parse((text or "Nothing.").encode(), "a.txt")}


def derived(case: dict[str, Any]) -> Derivation:
    found, known = figures_of(case["figures"])
    return derivation_of(case["operation"], found, known, tuple(case.get("parameters", ())))


@pytest.mark.parametrize("case", [c for c in CASES if "gives" in c], ids=lambda c: c["id"])
def test_an_operation_over_its_roles(case: dict[str, Any]) -> None:
    done = derived(case)
    result = done.calculations[done.result]
    given = {"text": result.text, "unit": result.unit, "operands": [*result.operands]}
    assert {key: given[key] for key in case["gives"]} == case["gives"]


@pytest.mark.parametrize("case", [c for c in CASES if "refused" in c], ids=lambda c: c["id"])
def test_what_a_law_refuses(case: dict[str, Any]) -> None:
    with pytest.raises(CalculationRefused, match=case["refused"]):
        derived(case)


def test_every_operation_has_a_case() -> None:
    told = {case["operation"] for case in CASES if "gives" in case}
    assert set(OPERATIONS) - NAMED_ELSEWHERE <= told | {"absolute_growth"}


def test_a_node_of_a_figure_is_stated() -> None:
    (one,), known = figures_of([["12 boats", "boat"]])
    done = realise(leaf(one), known)
    assert done.is_stated and done.figures[done.result] == one


def test_what_is_refused_is_none_when_it_is_only_attempted() -> None:
    found, known = figures_of([["12 boats", "boat"], ["3 km", "km"]])
    assert attempted(step("sum", [leaf(f) for f in found]), known) is None


def test_a_change_is_of_the_later_period() -> None:
    (later, earlier), _ = figures_of(
        [
            ["83%", "%", {"kind": "share"}],
            ["46%", "%", {"kind": "share", "period": "2014"}],
        ]
    )
    assert step("point_change", [leaf(later), leaf(earlier)]).period is None
    assert step("difference", [leaf(earlier), leaf(earlier)]).period == "2014"


def test_a_bound_that_says_nothing_is_none() -> None:
    found, known = figures_of(
        [
            ["20 boats", "boat", {"comparator": "more than", "period": "2024"}],
            ["10 boats", "boat", {"comparator": "more than", "period": "2023"}],
        ]
    )
    done = realise(step("growth", [leaf(f) for f in found]), known)
    assert done.calculations[done.result].low is None


def test_a_figure_used_twice_has_one_id() -> None:
    (part, whole), known = figures_of([["12 boats", "boat"], ["30 boats", "boat"]])
    rest = step("residual", [leaf(whole), leaf(part)])
    done = realise(step("share", [rest, leaf(whole)]), known)
    assert len(done.figures) == 2 and len(done.steps) == 2
