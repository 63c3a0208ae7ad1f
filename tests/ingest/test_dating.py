"""The period of each figure, golden cases: tests/data/periods.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest import figures
from tests.ingest.score_figures import article_of

_CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "periods.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_golden_period(case: dict[str, Any]) -> None:
    article, offset = article_of(case)
    told = {
        article.text[f.start : f.end]: f.period
        for f in figures.find(article)
        if f.start >= offset
    }  # fmt: skip
    assert {text: told.get(text, "not found") for text in case["periods"]} == case["periods"]


def test_ids_are_unique() -> None:
    assert len({case["id"] for case in _CASES}) == len(_CASES)
