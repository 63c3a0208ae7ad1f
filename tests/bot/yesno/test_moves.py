"""Which way a sentence says that something went."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence.pages import Pages
from bot.yesno import moves
from ingest import Figure, articles, figures


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Did exports rise?", "up"),
        ("Was fuel cheaper than a year earlier?", "down"),
        ("Was there more rain than usual?", "up"),
        ("Did a deficit of more than a billion remain?", None),
        ("Did exports grow faster than imports?", None),
        ("Is the tower taller than the bridge?", None),
        ("Did the club own up to it?", None),
        ("Was the museum built in 1930?", None),
        ("Did gas fetch more than a year ago?", "up"),
        ("Did it fetch more than a third?", None),
        ("Are beds filled as often as the season before?", "up"),
        ("Is she as tall as her brother?", None),
        ("Did more guests stay over?", "up"),
        ("Is the dividend staying flat?", "level"),
        ("Do they remain the owners?", None),
        ("Is the pension rise bigger than last year's?", None),
        ("Is a cook paid less here than a Lund one was before?", None),
        ("Were wages higher than in the US?", None),
        ("Did the clubs lose more than the year before?", "up"),
        ("Did the clubs lose less than the year before?", "down"),
    ],
)
def test_the_move_that_a_question_supposes(question: str, way: str | None) -> None:
    found = moves.supposed(question)
    assert (found.way if found else None) == way


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Did sales rise?", "Sales climbed by 4% in May.", "yes"),
        ("Did sales rise?", "Sales were unchanged in May.", "no"),
        ("Did sales rise?", "Sales did not rise in May.", "no"),
        ("Did sales rise?", "Sales have not changed since 2022.", "no"),
        ("Did gold guidance rise?", "Copper guidance is cut, while gold guidance goes up.", "yes"),
        ("Did copper guidance rise?", "Copper guidance is trimmed, while gold goes up.", "no"),
        ("Did sales rise in Italy?", "France made €2 million (+4%), Italy €3 million (-6%).", "no"),
        ("Did sea trout increase?", "Sea trout: 6,720 fish, after 7,010 fish.", "no"),
        ("Did the price rise?", "The price went from $20 to $25.", "yes"),
        ("Did the price rise?", "The price was €742, against €768; sales inched up.", "no"),
        ("Did it get better?", "68.4% came in time (target 95%, previous quarter 71.9%).", "no"),
        ("Did freight grow?", "Freight, which makes up 28% of revenue, was flat.", "no"),
        ("Did sales rise?", "Sales were $3 million in May.", None),
        ("Did they put their fares up?", "Fares are frozen for the third year.", "no"),
        ("Is the dividend staying flat?", "The dividend is €0.34, after €0.30.", "no"),
        ("Is the dividend staying flat?", "The dividend is unchanged.", "yes"),
        ("Are beds full as often as before?", "It was 44 nights, after 47 nights.", "no"),
        ("Are beds full as often as before?", "Nights per bed were unchanged.", "yes"),
        ("Did it lose more than last year?", "It lost 7 tonnes, less than last year.", "no"),
        ("Did it lose less than last year?", "It lost 7 tonnes, less than last year.", "yes"),
    ],
)  # fmt: skip
def test_whether_a_sentence_tells_it(question: str, sentence: str, holds: str | None) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    told = [f for f in figures.find(article) if f.sentence.start == line.start]
    assert moves.told(question, line.text, told, line.start) == holds


@pytest.mark.parametrize(
    ("question", "sentence", "is_about"),
    [
        ("Did freight grow?", "Freight was flat.", True),
        ("Did freight grow at Norlink?", "Freight was flat.", False),
        ("Did freight grow?", "Passengers were fewer.", False),
        ("Did freight grow in 2024?", "Freight was flat in 2023.", False),
    ],
)
def test_what_a_line_is_about(question: str, sentence: str, is_about: bool) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    assert moves.is_about(questions.parse(question), line) is is_about


@pytest.mark.parametrize(("likely", "holds"), [("0.9", "yes"), ("4.3", "no"), ("", None)])
def test_of_several_changes_the_likely_one_counts(likely: str, holds: str | None) -> None:
    text = "Staff rose by 4.3% in foreign firms, and fell by 0.9% in those of the state."
    article = articles.parse(f"Notes\n\n{text}\n".encode(), "a.txt")
    start = article.text.index(text)
    found = figures.find(article)

    def chance(figure: Figure) -> float:
        return 0.3 if str(figure.value) == likely else 0.05

    assert moves._likeliest(found, chance) == {"yes": "down", "no": "up"}.get(holds or "")
    if holds:
        assert moves.told("Did mines cut staff?", text, found, start, chance) == holds


@pytest.mark.parametrize(
    ("question", "is_about"),
    [
        ("Did Hallmark Cars sell more cars in Norway?", False),
        ("Did Hallmark Cars sell more cars?", True),
        ("Did Hallmark Cars sell more cars worldwide?", True),
    ],
)
def test_what_is_told_of_the_whole_is_of_no_part(question: str, is_about: bool) -> None:
    text = """Hallmark Cars

The firm sold more cars worldwide.

The rain in June was heavy.

A plant in Norway was shut. It had stood there for ten years, and made cars.
"""
    article = articles.parse(text.encode(), "a.txt")
    line = next(x for x in Pages(None).page(article).lines if "worldwide" in x.text)
    assert moves.is_about(questions.parse(question), line, article) is is_about


@pytest.mark.parametrize(
    ("question", "is_about"),
    [
        ("Did the median price in Christchurch rise?", False),
        ("Did the median price in New Zealand rise?", True),
        ("Did the median price rise?", True),
    ],
)
def test_what_has_a_row_of_its_own(question: str, is_about: bool) -> None:
    text = """House prices in New Zealand

The median price was NZD 768,000 in March, lower than a year ago.

| City | March 2026 | March 2025 |
|---|---|---|
| Christchurch | 701,000 | 684,000 |
"""
    article = articles.parse(text.encode(), "a.md")
    line = next(x for x in Pages(None).page(article).lines if "NZD" in x.text)
    assert moves.has_own_row(questions.parse(question), line, article) is not is_about


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Orders stand at 41 GWh, worth 3.9 billion euros, after 55 GWh last summer.", "yes"),
        ("Customers used 17.5 gigabytes a month, against 13.2 gigabytes a year before.", "no"),
        ("Orders stand at 41 GWh, worth a lot, and sales at 55 GWh.", None),
    ],
)
def test_a_level_and_what_was_before_it(sentence: str, holds: str | None) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    told = moves.told("Did it shrink?", line.text, figures.find(article), line.start)
    assert told == holds


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Are there fewer staff than a year ago?",
         "In the third quarter of 2025 staff were 3,410, 110 fewer than in the previous quarter "
         "but 240 more than a year ago.", "no"),
        ("Did sales rise over the year?",
         "In the third quarter of 2025 sales fell by 2% quarter on quarter and rose by 5% year on "
         "year.", "yes"),
        ("Did output fall compared with the year before?",
         "In the third quarter of 2025 output rose 4% against the second quarter and fell 1% "
         "against the same quarter of 2024.", "yes"),
    ],
)  # fmt: skip
def test_of_changes_against_several_times_the_one_asked_about_counts(
    question: str, sentence: str, holds: str
) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    start = article.text.index(sentence)
    assert moves.told(question, sentence, figures.find(article), start) == holds
