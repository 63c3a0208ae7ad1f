"""Calculations that are ordered or named in words, and the questions that they ask."""

from __future__ import annotations

import pytest

from bot.asking import orders

CASES = {
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
        "How many times as large as Heidenheim was The Bayern wage bill?",
    ),
    "multiple by another measure": (
        "The heart of a giraffe is how many times as heavy as a human's?",
        "How many times as heavy as a human's was The heart of a giraffe?",
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
        "How many percentage points lie between services growth and goods growth?",
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
