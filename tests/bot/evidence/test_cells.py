"""How a figure of a table is told: by the names of its row and column, as a sentence or beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.evidence import cells
from bot.proving.binding import Asked, Ledger, bind, render
from ingest import articles, figures

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "cells.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_cell(case: dict[str, Any]) -> None:
    lines = [f"| {' | '.join(row)} |" for row in case["table"]]
    lines.insert(1, "|" + "---|" * len(case["table"][0]))
    text = "\n\n".join(["# Report", case.get("text", ""), "\n".join(lines)])
    article = articles.parse(f"{text}\n".encode(), "a.md")
    figure = next(f for f in figures.find(article) if article.text[f.start : f.end] == case["cell"])
    told = cells.told(article, figure, "{f1}")
    ledger = Ledger({"f1": figure}, {"f1": case["cell"]}, {})
    assert (told and render(told, ledger).text) == case["says"]


@pytest.mark.parametrize(
    ("text", "is_sound"),
    [
        ("It cost {f1} million dollars.", True),
        ("It cost {f1}.", True),
        ("It cost {f1} billion dollars.", False),
        ("It cost {f1} thousand dollars.", False),
        ("It cost 1{f1} million dollars.", False),
    ],
)
def test_a_scale_beside_a_cell_is_that_of_its_column(text: str, is_sound: bool) -> None:
    table = "| Bridge | Cost, USD million |\n|---|---|\n| Skyhold | 640 |\n"
    article = articles.parse(f"# Bridges\n\n{table}".encode(), "a.md")
    figure = next(f for f in figures.find(article) if f.value == 640_000_000)
    ledger = Ledger({"f1": figure}, {"f1": "640"}, {})
    bound = bind(render(text, ledger), [], ledger, Asked(frozenset(), frozenset()))
    assert (not bound.problems) is is_sound
