"""Proposed questions are a question set that loads, and that its own article answers."""

from decimal import Decimal
from pathlib import Path

from bot.evaluation import proposals, sets
from ingest import Article, Figure, Span

TEXT = (
    "Sales rose 10% year on year to 110 million euros in 2024. Sales were 90 million euros in "
    "2022. The European Space Agency (ESA) is a customer. Kappa Labs is a maker of lenses."
)


def figure(text: str, value: str, unit: str, period: str, kind: str = "level") -> Figure:
    start, number, half = TEXT.index(text), Decimal(value), Decimal(value) / 200
    end = TEXT.index(".", start) + 1
    return Figure(
        article_id="a.txt", start=start, end=start + len(text), value=number, low=number - half,
        high=number + half, unit=unit, kind=kind, comparator=None,  # type: ignore[arg-type]
        direction="up" if kind == "change" else None, precision=Decimal(1),
        sentence=Span(TEXT.rfind(". ", 0, start) + 2 if start > 60 else 0, end), quantity=start,
        measure="sales", entity="Kappa", period=period,
        basis="year on year" if kind == "change" else None,
    )  # fmt: skip


FIGURES = [
    figure("10%", "10", "%", "2024", "change"),
    figure("110 million euros", "110000000", "EUR", "2024"),
    figure("90 million euros", "90000000", "EUR", "2022"),
]
ARTICLE = Article("a.txt", "A", TEXT, (), None, None, None, None, "", "")
SENTENCES = [
    Span(m, n) for m, n in ((0, 57), (58, 94), (95, 141), (142, len(TEXT)))
]  # fmt: skip
READ = proposals.Read(ARTICLE, SENTENCES, FIGURES)


def test_proposals_of_every_sort() -> None:
    cases = {case.question: case for case in proposals.propose([READ])}
    quoted = cases["What were the sales of Kappa in 2024?"]
    assert (quoted.value, quoted.unit, quoted.kind) == (Decimal(110000000), "EUR", "quoted")
    change = cases["By how much did the sales of Kappa change from 2022 to 2024?"]
    assert (change.value, change.operation) == (Decimal(20000000), "difference")
    before = cases["What were the sales of Kappa in the year before 2024?"]
    assert (before.value, before.operation) == (Decimal(100000000), "before_growth")
    assert before.tolerance is not None
    assert cases["What does ESA stand for?"].kind == "text"
    assert cases["What is Kappa Labs?"].kind == "text"
    assert cases["What were the sales of Kappa in 2031?"].abstain


def test_proposals_load_and_stand_in_the_article() -> None:
    cases = proposals.propose([READ])
    assert sets.parse(sets.dump(cases), Path("draft.yaml")) == cases
    assert list(sets.unlocated(cases, {"a.txt": ARTICLE})) == []


def test_no_more_than_asked_for() -> None:
    assert len(proposals.propose([READ], 3)) == 3
    assert proposals.propose([], 3) == []
