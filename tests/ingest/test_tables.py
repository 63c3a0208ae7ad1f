"""Tables: golden cells of tables of many kinds, each an article of its own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest import articles, figures

_CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "tables.yaml").read_text(encoding="utf-8")
)


def _cells(case: dict[str, Any], folder: Path) -> list[list[str]]:
    """The figures in the tables of a case, as the golden cells are written."""
    path = folder / case["file"]
    path.write_text(case["text"], encoding="utf-8")
    article = articles.read(path, folder)
    tables = [b for b in article.blocks if b.kind == "table"]
    inside = [
        f for f in figures.find(article) if any(b.start <= f.start < b.end for b in tables)
    ]  # fmt: skip
    return [
        [
            article.text[f.start : f.end], f"{(f.value or Decimal(0)).normalize():f}", f.unit,
            f.measure or "-", f.entity or "-", f.period or "-",
        ]
        for f in inside
    ]  # fmt: skip


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_cells_are_read_by_row_column_and_caption(case: dict[str, Any], tmp_path: Path) -> None:
    assert _cells(case, tmp_path) == case["cells"]


def test_a_change_is_told_against_the_column_before(tmp_path: Path) -> None:
    table = "| Group | 2023 | 2024 | y/y, % |\n|---|---|---|---|\n| Tea | 40 | 50 | 25 |\n"
    text = f"# Trade of Veldt\n\n{table}"
    (tmp_path / "trade.md").write_text(text, encoding="utf-8")
    found = figures.find(articles.read(tmp_path / "trade.md", tmp_path))
    assert [(f.period, f.base_period, f.basis) for f in found][2:] == [
        ("2024", "2023", "year on year")
    ]
