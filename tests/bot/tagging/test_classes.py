"""What a question asks for, by its wording alone."""

from __future__ import annotations

import math

import pytest

from bot.tagging import classes
from bot.tagging.classes import Classifier
from bot.tagging.tags import CLASSES
from bot.tagging.windows import Pieces
from ingest import embedding
from ingest.embedding import LocalEmbedding

CASES = (
    (None, "How many more beds does the north wing have than the south wing?", "difference"),
    (None, "What does that come to for each pupil?", "per_unit"),
    (None, "By what percentage did the herd grow between 2019 and 2024?", "growth"),
    (None, "What portion of the marathon's runners were women?", "share"),
    (None, "Apart from wheat, how many tonnes were harvested?", "residual"),
    (None, "Which of the four ferries carried most cars?", "extremum"),
    (None, "Who runs the observatory now?", "text"),
    (None, "Why was the bridge closed?", "text"),
    (None, "What rate between krone and euro do the two amounts imply?", "exchange_rate"),
    ("How much did the harbour earn?", "and for every ship?", "per_unit"),
    ("What was turnout?", "by how many points is that up?", "point_change"),
)


@pytest.fixture(scope="module")
def base() -> LocalEmbedding:
    found = embedding.load()
    assert isinstance(found, LocalEmbedding)
    return found


def chances(base: LocalEmbedding, asked: str, before: str | None = None) -> dict[str, float]:
    ids = classes.ids(Pieces(base.folder), asked, before)
    return Classifier().chances(base.middle([ids])[0])


@pytest.mark.parametrize(("before", "asked", "kind"), CASES)
def test_the_class_of_a_question(
    base: LocalEmbedding, before: str | None, asked: str, kind: str
) -> None:
    told = chances(base, asked, before)
    assert max(told, key=lambda name: told[name]) == kind


def test_chances_are_of_every_class_and_sum_to_one(base: LocalEmbedding) -> None:
    for asked in ("", "?", "xyzzy " * 80):
        told = chances(base, asked)
        assert tuple(told) == CLASSES
        assert math.isclose(sum(told.values()), 1, abs_tol=1e-6)


def test_opinions_are_pooled_evenly() -> None:
    one, other = {"sum": 0.9, "share": 0.1}, {"sum": 0.1, "share": 0.9}
    told = classes.pooled(one, other)
    assert math.isclose(told["sum"], 0.5, abs_tol=1e-3)
    assert classes.pooled(one, one)["sum"] == pytest.approx(0.9, abs=1e-3)
    assert classes.pooled({"sum": 1.0, "share": 0.0}, other)["share"] < 0.1
