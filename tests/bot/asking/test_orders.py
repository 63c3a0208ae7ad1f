"""Calculations that are ordered or named in words, and the questions that they ask."""

from __future__ import annotations

import pytest

from bot.asking import orders

CASES = {
    "share by weight": (
        "What weight do pensions carry in Ukraine's state spending?",
        "What percentage of Ukraine's state spending was pensions?",
    ),
    "share out of": (
        "Out of the homes sold in Ibiza, what proportion were flats?",
        "What percentage of the homes sold in Ibiza was flats?",
    ),
    "share of a hundred": (
        "For every 100 euros of sales, how many euros are wages?",
        "What percentage of sales was wages?",
    ),
    "share by a ratio": ("Wages/sales ratio in %?", "What percentage of sales was wages?"),
    "residual left aside": (
        "Leaving flights aside, how large was tourism spending?",
        "How much of tourism spending was not flights?",
    ),
    "residual excluded": (
        "Excluding flights, how much tourism spending is left?",
        "How much of tourism spending was not flights?",
    ),
    "base of a rise": (
        "What base did coffee shipments grow from in 2024?",
        "What was coffee shipments in the year before 2024?",
    ),
    "level before a rise": (
        "What did rents stand at before the 2024 increase?",
        "What was rents in the year before 2024?",
    ),
    "level of a year": ("Rents 2023, euros?", "What was rents in 2023, in euros?"),
    "base of a fiscal year": (
        "What value did turnover have in the year prior to FY2024?",
        "What was turnover in the year before FY2024?",
    ),
    "rise in money": (
        "How many extra euros did rents bring in 2024?",
        "By how many euros did rents rise in 2024?",
    ),
    "same growth": (
        "Extrapolate coffee shipments to 2026 at the 2024 growth rate.",
        "If coffee shipments grew by the same rate again in 2026, how much would that be?",
    ),
    "growth supposed": (
        "Suppose fares rise another 10%: what would they come to?",
        "What would fares come to if it grew by another 10%?",
    ),
    "multiple by a factor": (
        "By what factor does the Chinese steel output dwarf India's?",
        "How many times as large as India's was the Chinese steel output?",
    ),
    "difference to match": (
        "How much would rail freight have to grow in tonnes to match road freight?",
        "How much would rail freight have to grow in tonnes to match road freight?",
    ),
    "difference ahead": (
        "How far ahead of rail was road, in euros?",
        "How much larger was road than rail, in euros?",
    ),
    "gap that growth lags by": (
        "How far did the growth of wages lag behind that of prices?",
        "What is the difference between the growth rates of prices and wages,"
        " in percentage points?",
    ),
    "two taken together": (
        "Taken together, how large were rail and road?",
        "What do rail and road come to together?",
    ),
    "faster": ("Did prices outrun pay in Germany?", "Did prices grow faster than pay in Germany?"),
    "up or down": ("Were rents up or down in 2024?", "By how much did rents change in 2024?"),
    "fall of several": ("Rents fall in 2024?", "Did rents fall in 2024?"),
    "growth in money": (
        "In absolute terms, how much did rents grow?",
        "How much did rents rise in absolute terms?",
    ),
    "gone up": ("Has debt gone up?", "Did debt rise?"),
    "residual in an order": (
        "Strip travel and knowledge-intensive out of the services total. What residual is left?",
        "How much of total services was not travel and knowledge-intensive?",
    ),
    "residual in haste": (
        "services trade w/o travel n w/o freight, whats left (yuan)",
        "How much of services trade was not travel and freight, in yuan?",
    ),
    "residual of a firm": (
        "Ford's profit ex the truck division",
        "How much of Ford's profit was not the truck division?",
    ),
    "residual with its year": (
        "Leave Germany and China out of the 2024 import bill: what remains?",
        "How much of the import bill was not Germany and China in 2024?",
    ),
    "what is not told": (
        "nobody seems to have printed the import bill. back it out from the total - 2024, yuan",
        "How much was the import bill in 2024, in yuan?",
    ),
    "less": (
        "Veltra group revenue less service revenue",
        "Veltra group revenue minus service revenue?",
    ),
    "share of a weight": (
        "weight of the knowledge-intensive lot in total services trade, pct",
        "What percentage of total services trade was the knowledge-intensive?",
    ),
    "share by a stroke": (
        "exports / total trade in percent",
        "What percentage of total trade was exports?",
    ),
    "share set against a number": (
        "Take the wage bill and set it against the 43.85bn sales figure - how many per cent?",
        "What percentage of the sales was the wage bill?",
    ),
    "multiple": (
        "The Bayern wage bill is how many times that of Heidenheim?",
        "How many times as large as Heidenheim was the Bayern wage bill?",
    ),
    "multiple by another measure": (
        "The heart of a giraffe is how many times as heavy as a human's?",
        "How many times as heavy as a human's was the heart of a giraffe?",
    ),
    "sum": (
        "add freight on top of the passenger figure",
        "What do freight and the passenger come to together?",
    ),
    "contribution": (
        "Of the headline growth in trade, how many percentage points did exports contribute? On the"
        " 2023 base, please, not some share of this year's total.",
        "How many percentage points did exports contribute to the growth of trade?",
    ),
    "gap of growth": (
        "services growth vs goods growth, gap in pct points",
        "What is the difference between the growth rates of services and goods,"
        " in percentage points?",
    ),
    "before, in a year": (
        "From what level in 2023 did Chinese exports rise?",
        "What was Chinese exports in 2023?",
    ),
    "before, of a fall": (
        "undo the 11% slip: what was freight the year before?",
        "What was freight before the fall?",
    ),
    "before, of what it is now": (
        "if exports climbed to what they were in 2024, where had they stood one year earlier?",
        "What was exports in the year before 2024?",
    ),
    "projection": (
        "roll exports forward one more year at 7.1%",
        "What would exports come to if it grew by another 7.1%?",
    ),
    "rate": (
        "what rate of crowns to the pound does the owner's quip imply",
        "What exchange rate is implied by the owner's quip, in crowns to the pound?",
    ),
    "conversion": (
        "exports in dollars pls, using the exchange rate the trade article itself implies",
        "What was exports worth in dollars, at the exchange rate implied by the trade article?",
    ),
    "a topic before": (
        "Haverton transfers: receipts less spending",
        "receipts minus spending (Haverton transfers)?",
    ),
}
NONE = {
    "plain": "How many people live in Tarrant?",
    "a dash is no minus": "Norvale - typical (median) wait in weeks now?",
    "yes or no": "Do fathers work less often than mothers?",
    "how much less": "How much less water was used on Sorrano in 2025 than in 2024?",
    "growth in percent": "How much bigger was the crop than the one before, in percent?",
    "of what unit": "the dinosaur's weight in tons",
    "share of people somewhere": "share of people in poverty, %",
    "growth over a year": "sales growth over last year, %",
    "net as a word": "net gain from services in the first quarter?",
    "of that alone": "Strip travel out of it. What is left?",
    "a clause": "Heliograph is valued at how many times what it earns?",
    "of several": "combined growth rate of travel and freight taken together?",
    "unnamed": "convert the price into dollars at that article's rate",
}


@pytest.mark.parametrize("case", CASES)
def test_an_order_is_put_as_the_question_for_it(case: str) -> None:
    said, asked = CASES[case]
    assert orders.put(said) == asked
    assert orders.put(asked) == asked


@pytest.mark.parametrize("case", NONE)
def test_what_is_no_order_stays(case: str) -> None:
    assert orders.put(NONE[case]) == NONE[case]
