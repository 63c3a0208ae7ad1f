"""A figure set into the words that an article has for another one."""

from __future__ import annotations

from decimal import Decimal

from bot.readers.frames import Frames
from ingest import Article, Figure, Span

TEXT = (
    "Pre-tax profit was £39.4m and net profit rose 23% to £31.2m. "
    "Operating profit for the quarter came in at £58.3m. "
    "Sales of arms grew 19.5%."
)


def figure(surface: str) -> Figure:
    start = TEXT.index(surface)
    low = TEXT.rfind(". ", 0, start) + 2 if ". " in TEXT[:start] else 0
    high = f"{TEXT} ".index(". ", start + len(surface)) + 1
    return Figure(
        article_id="a",
        start=start,
        end=start + len(surface),
        value=Decimal(surface.strip("£m%")),
        low=None,
        high=None,
        unit="%" if surface[-1] == "%" else "GBP",
        kind="level",
        comparator=None,
        direction=None,
        precision=Decimal(1),
        sentence=Span(low, high),
        quantity=start,
    )


SURFACES = ("£39.4m", "23%", "£31.2m", "£58.3m", "19.5%")
FIGURES = {f"f{n}": figure(surface) for n, surface in enumerate(SURFACES, start=1)}
ARTICLE = Article("a", "A", TEXT, (), None, None, None, None, "", "")
FRAMES = Frames(FIGURES, {"a": ARTICLE})


def test_another_figure_in_the_words_of_the_first_is_misplaced() -> None:
    copied = "Pre-tax profit was {f4} and net profit rose {f2} to {f3}."
    assert FRAMES.misplaced(copied) == "The article has {f1} where you put {f4}"
    assert "{f5}" in str(FRAMES.misplaced("Sales of arms grew {f2}."))
    assert FRAMES.misplaced("Pre-tax profit was {c1} and net profit rose {f2} to {f3}.")


def test_a_typed_figure_stands_among_its_own_words_only() -> None:
    assert FRAMES.misplaced("Pre-tax profit was £39.4m and net profit rose 23% to £31.2m.") is None
    assert "{f1}" in str(FRAMES.misplaced("Pre-tax profit was £58.3m and net profit rose 23%."))
    assert FRAMES.misplaced("The result: £58.3m!") == "Write a slot such as {f4} instead of £58.3m"


def test_its_own_words_and_new_words_are_fine() -> None:
    assert FRAMES.misplaced("Pre-tax profit was {f1} and net profit rose {f2} to {f3}.") is None
    assert FRAMES.misplaced("Sales of arms grew {f5}.") is None
    assert FRAMES.misplaced("The operating profit was {f4}.") is None
    assert FRAMES.misplaced("Together that is {c1}.") is None
    assert FRAMES.misplaced("") is None
    assert Frames({}, {}).misplaced("It was £39.4m.") is None
