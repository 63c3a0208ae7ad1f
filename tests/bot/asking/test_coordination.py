"""What one question word asks of several is taken apart; what is asked of all together is not."""

from __future__ import annotations

import pytest

from bot.asking import coordination


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # Times.
        ("What was the load factor in Q3 2025 and in Q3 2024?",
         ["What was the load factor in Q3 2025?", "What was the load factor in Q3 2024?"]),
        ("sales in Q2 and Q3 2024", ["sales in Q2 2024", "sales in Q3 2024"]),
        ("admissions 2025, 2024 and 2019?",
         ["admissions 2025?", "admissions 2024?", "admissions 2019?"]),
        ("Lumi units 2025 vs 2024?", ["Lumi units 2025?", "Lumi units 2024?"]),
        ("What did it earn in the first half and the second half of 2024?",
         ["What did it earn in the first half of 2024?",
          "What did it earn in the second half of 2024?"]),
        ("what area did they cover in 2000 and now?",
         ["what area did they cover in 2000?", "what area did they cover now?"]),
        ("What did it cost in December and twelve months before?",
         ["What did it cost in December?", "What did it cost twelve months before (December)?"]),
        # Things that do something.
        ("How many screens do Kino, Helio and Cinema Nova have?",
         ["How many screens do Kino have?", "How many screens do Helio have?",
          "How many screens do Cinema Nova have?"]),
        ("how long do germans and indians keep their phones?",
         ["how long do germans keep their phones?", "how long do indians keep their phones?"]),
        ("How many pilots and cabin crew does Tavira have?",
         ["How many pilots does Tavira have?", "How many cabin crew does Tavira have?"]),
        ("How many barges and ships called?",
         ["How many barges called?", "How many ships called?"]),
        ("How much did the trust take in and spend in the first half?",
         ["How much did the trust take in in the first half?",
          "How much did the trust spend in the first half?"]),
        # What something was.
        ("What were exports and imports in 2024?",
         ["What were exports in 2024?", "What were imports in 2024?"]),
        ("What were Tavira's sales and staff costs?",
         ["What were Tavira's sales?", "What were Tavira's staff costs?"]),
        ("What were the number of guests and the price of a ticket in 2024?",
         ["What were the number of guests in 2024?", "What were the price of a ticket in 2024?"]),
        ("Who are Anna Berg and Tom Hale?", ["Who are Anna Berg?", "Who are Tom Hale?"]),
        # What it was of.
        ("What are dues on ships and on cargo?",
         ["What are dues on ships?", "What are dues on cargo?"]),
        ("What is the market share of Polish films and of American films?",
         ["What is the market share of Polish films?",
          "What is the market share of American films?"]),
        ("Average price of a Halo and a Lumi?",
         ["Average price of a Halo?", "Average price of a Lumi?"]),
        ("unemployment in Norway and Sweden 2024",
         ["unemployment in Norway 2024", "unemployment in Sweden 2024"]),
        ("price of power in the morning and at the peak?",
         ["price of power in the morning?", "price of power at the peak?"]),
        # In few words.
        ("Passengers, turnover and profit of Gannet last year?",
         ["Passengers of Gannet last year?", "turnover of Gannet last year?",
          "profit of Gannet last year?"]),
        ("For silk, tell me the 2024 volume and the percentage rise.",
         ["silk: 2024 volume.", "silk: the percentage rise."]),
        ("the three growth rates - trade, exports, imports.",
         ["growth rate of trade.", "growth rate of exports.", "growth rate of imports."]),
        ("Haverton - takings and loss before tax, 2022/23?",
         ["Haverton - takings, 2022/23?", "Haverton - loss before tax, 2022/23?"]),
        ("Tavira: cash, debt and dividend", ["Tavira: cash", "Tavira: debt", "Tavira: dividend"]),
        ("load factor and average fare Tavira?", ["load factor Tavira?", "average fare Tavira?"]),
        ("Veldhaven revenue, costs, profit",
         ["Veldhaven revenue", "Veldhaven costs", "Veldhaven profit"]),
        ("wheat and rye growth 2024", ["wheat growth 2024", "rye growth 2024"]),
        ("exports 2024 + growth", ["exports 2024", "How fast did exports 2024 grow"]),
    ],
)  # fmt: skip
def test_what_is_asked_of_several(text: str, parts: list[str]) -> None:
    found = coordination.split(text)
    assert found is not None
    assert list(found.parts) == parts


@pytest.mark.parametrize(
    "text",
    [
        "trade between China and Germany",
        "What is the gap between wages and rents?",
        "How much did the mill and the mine make together?",
        "Was Galaxy bigger than Winter and Wedding?",
        "Did sales grow in 2023 and 2024?",
        "Which is larger, wheat or rye?",
        "Which of 2023 and 2024 had more rain?",
        "Compare wheat and rye",
        "rye from 2019 to 2024",
        "average rain in 2023 and 2024",
        "How many times larger is wheat than rye and oats?",
        "What did China's total imports and exports reach in 2024?",
        "Why did wages and rents rise?",
        "List the causes and effects",
        "By how many streets do the Courier and the Herald differ?",
        "peak of the river, courier figure and herald figure",
        "services trade, usd?",
        "In the north, wheat and rye",
        "How much did Harrow & Pine raise its dividend?",
        "tarrant & pell's half-year profit",
        "sanqiao R&D expense in the quarter",
        "homes finished outside Dublin, Cork and Galway?",
        "Total tonnage of steel and cement made in April 2025",
        "freight rate 2026 vs 2025, how much lower in percent",
        "Pay rise for hotel and restaurant staff in Nordhelm?",
        "wind at the moment of the stop, weather service, gannet",
        "Where do the Greens do best: cities, small towns or villages?",
        "What separates the inflation of rich and poor households?",
        "yuan figure, dollar figure?",
        "How did wages and rents develop?",
    ],
)
def test_what_is_one_question(text: str) -> None:
    assert coordination.split(text) is None


@pytest.mark.parametrize(
    ("joined", "text", "is_one"),
    [
        ("research and development", "Research and development cost 4m. Development too.", True),
        ("Trinidad and Tobago", "Gas of Trinidad & Tobago fell.", True),
        ("pilots and cabin crew", "There are 12 pilots and cabin crew of 30.", True),
        ("pilots and cabin crew", "There are 12 pilots and 30 cabin crew.", False),
        ("wages and rents", "Wages and rents rose. Wages rose more; rents less.", False),
        ("oil and gas", "It has mines.", False),
    ],
)
def test_what_articles_know_only_as_one(joined: str, text: str, is_one: bool) -> None:
    assert coordination.is_one(joined, [text]) is is_one
