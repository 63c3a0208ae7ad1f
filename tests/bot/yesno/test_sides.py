"""What a question compares, and whose figures are whose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.evidence.pages import Pages
from bot.yesno import sides
from ingest import articles, figures


@pytest.mark.parametrize(
    ("question", "one", "other", "is_more"),
    [
        ("Is power cheaper in Vietnam than in Malaysia?", "vietnam", "malaysia", False),
        ("Was there more solar than coal?", "solar", "coal", True),
        ("Is inflation under the target?", "inflat", "target", False),
        ("Did sales beat the forecast?", "sell", "forecast", True),
        ("Has the sequel already outsold the first game?", "sequel", "game", True),
        ("Did prices outrun wages?", "price", "wage", True),
        ("Did Kelham reach the level that the WHO recommends?", "kelham", "recommend", True),
        ("Was trading thinner than the average?", "trade", "averag", False),
        ("Does Lund have more crime per head than the country?", "lund", "countri", True),
        ("Were there more cars than lorries?", "car", "lorri", True),
        ("Is sending cash more expensive than sending food?", "cash", "food", True),
        ("Did French firms outraise German ones?", "french", "german", True),
        ("Did Silent Harbour earn more than Last Train?", "harbour", "train", True),
    ],
)
def test_the_two_sides(question: str, one: str, other: str, is_more: bool) -> None:
    found = sides.read(question)
    assert found is not None
    assert one in found.one and other in found.other and found.is_more is is_more


@pytest.mark.parametrize(
    "question",
    [
        "Did exports rise?",
        "Is its debt multiple under three?",
        "Has the price more than doubled?",
        "Is the plant in Norway?",
        "Did gas fetch more than a year ago at the terminal?",
        "Was anyone hurt in the flood under Hallfell?",
        "Did the median price rise over the year to March?",
        "Has the outbreak cost nobody's life?",
        "Is the Farmers' Union more than four points ahead of the Greens?",
        "Will the overrun be more than €90 million?",
        "Did sales more than quadruple between 2023 and 2025?",
        "Did shops sell less by weight than in May although prices were higher than in June?",
        "Did every branch sell more than the one in Bergen?",
        "Did any mine beat its plan?",
        "Does the school beat the average in both of the subjects, or in any of them?",
    ],
)
def test_nothing_is_compared(question: str) -> None:
    assert sides.read(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "one", "other"),
    [
        ("Was there more coal than solar?", "Solar made up 37% of supply, wind 12%, coal 18%.",
         18, 37),
        ("Is work lonelier at home than in offices?", "At home it was 23%, in offices 13%.",
         23, 13),
        ("Did Germany raise more capital than Britain?",
         "Germany raised €1.28 million, Britain €1.21 million, France €0.87 million.",
         1280000, 1210000),
        ("Was it cheaper to send it from Oslo than from Bergen?", "From Bergen it was 4%, Oslo 7%.",
         7, 4),
        ("Did the police count more people than the union did?",
         "Police counted 1,600 demonstrators. The union counted 2,500 people.", 1600, 2500),
        ("Did health add more jobs than industry lost?",
         "Industry lost 143,000 posts, while health added 205,000.", 205000, 143000),
        ("Did Lund's cranes work faster than those of Ystad?",
         "In Lund cranes made 31 moves an hour, in Ystad 28 moves an hour.", 31, 28),
        ("Does Norway give more than Sweden?",
         "Norway gives $29 million, after $63 million last year; Sweden gives $30 million.",
         29000000, 30000000),
        ("Was inflation under the target?", "Inflation was 4.2% in May. The target is 4.5%.",
         Decimal("4.2"), Decimal("4.5")),
    ],
)  # fmt: skip
def test_the_figures_of_the_sides(question: str, sentence: str, one: int, other: int) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    lines = Pages(None).page(article).lines
    found = figures.find(article)
    held = {("a.txt", x.start): [f for f in found if f.sentence.start == x.start] for x in lines}
    held = {(lines[0].article_id, start): told for (_, start), told in held.items()}
    compared = sides.read(question)
    assert compared is not None
    pair = sides.pair(compared, lines, held, lambda f: 1.0)
    if pair is None and (turned := sides.turned(question)):
        pair = sides.pair(turned, lines, held, lambda f: 1.0)
    assert pair is not None
    assert (pair.one.value, pair.other.value) == (one, other)


@pytest.mark.parametrize(
    ("question", "sentence", "is_told"),
    [
        ("Are there more women than men?", "Women outnumber men by 31,400.", True),
        ("Are there more men than women?", "Women outnumber men by 31,400.", False),
        ("Did the second film open better than the third?",
         "The third film opened 43% below the second.", True),
        ("Do remittances beat tourism?", "Remittances bring in far more than tourism.", True),
        ("Is Oslo cheaper than Bergen?", "Rooms in Oslo are dearer than in Bergen.", False),
        ("Is Oslo cheaper than Bergen?", "Rooms in Oslo cost 900 kroner, in Bergen 800.", None),
        ("Is Oslo cheaper than Bergen?", "Oslo is dearer than Paris; Bergen is cheap.", None),
        ("Is Oslo bigger than Bergen?", "Oslo and Bergen are bigger than they were.", None),
    ],
)  # fmt: skip
def test_a_comparison_in_words(question: str, sentence: str, is_told: bool | None) -> None:
    found = sides.read(question)
    assert found is not None
    assert sides.told(found, sentence) is is_told


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did Pocket Owls earn more than Night Bus?", "Owls: $176 million (Norway $94 million)."),
        ("Did cork bring more than wine?", "Timber earned €12 million, paper €9 million."),
    ],
)
def test_figures_of_neither_side_are_no_pair(question: str, sentence: str) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    lines = Pages(None).page(article).lines
    found = figures.find(article)
    held = {
        (x.article_id, x.start): [f for f in found if f.sentence.start == x.start] for x in lines
    }
    compared = sides.read(question)
    assert compared is not None
    assert sides.pair(compared, lines, held, lambda f: 0.05) is None


def test_sides_that_are_changes() -> None:
    gain = sides.read("Was the hall's gain in visits larger than the museum's?")
    level = sides.read("Did the hall have more visits than the museum?")
    assert gain is not None and gain.is_change
    assert level is not None and not level.is_change


def test_each_side_at_its_time() -> None:
    found = sides.read("Did Velair carry more in Q1 2026 than Ljubljana in all of 2025?")
    assert found is not None
    assert (found.one_at, found.other_at) == (("2026-Q1",), ("2025",))


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Did it take twice as much from tickets as from sponsors?", "ticket", "sponsor"),
        ("Is Corvane three times as big as Arden?", "corvan", "arden"),
    ],
)
def test_the_sides_of_a_multiple(question: str, one: str, other: str) -> None:
    found = sides.of_times(question)
    assert found is not None
    assert one in found.one and other in found.other


def test_a_multiple_without_sides() -> None:
    assert sides.of_times("Has the price more than doubled?") is None


def test_counts_of_one_sentence_are_of_what_is_counted() -> None:
    sentence = "Hotels employ 11,400 people, of whom 6,500 are women."
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    lines = Pages(None).page(article).lines
    found = figures.find(article)
    held = {
        (x.article_id, x.start): [f for f in found if f.sentence.start == x.start] for x in lines
    }
    compared = sides.read("Do hotels employ more women than men?")
    assert compared is not None
    assert sides.pair(compared, lines, held, lambda f: 1.0) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Was the basket dearer than the broker had supposed?",
            ("", "the broker had supposed"),
        ),
        ("Did they spend more on fuel than on staff?", ("they spend on fuel", "on staff")),
        ("Did Kestrel beat its forecast?", ("kestrel", "its forecast")),
        ("Did Kestrel sell its ships?", None),
    ],
)
def test_what_is_said_of_either_side(question: str, told: tuple[str, str] | None) -> None:
    assert sides.phrases(question) == told


@pytest.mark.parametrize(
    ("question", "is_of_several"),
    [
        ("Did they sell less by weight although they earned more?", True),
        ("Did food get dearer than in May while prices rose more slowly?", True),
        ("Did every model beat its deliveries?", True),
        ("Did exports grow faster than imports?", False),
        ("Were there more men than women?", False),
    ],
)
def test_more_than_one_comparison(question: str, is_of_several: bool) -> None:
    assert sides.is_of_several(question) is is_of_several
