"""Which way a currency went, by rates of exchange."""

from __future__ import annotations

import pytest

from bot.yesno import moves
from ingest import articles, figures


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Did the rupee lose against the dollar?",
         "The rupee stood at 297 to the dollar in March, against 301 a year ago.", "no"),
        ("Has the kwacha weakened over the year?",
         "The kwacha trades at 22.9 to the dollar, against 27.8 a year ago.", "no"),
        ("Did the crown gain on the euro?",
         "The crown averaged 8.20 to the euro, against 7.95 the year before.", "no"),
        ("Did the currency lose value?",
         "The crown averaged 8.20 to the euro, against 7.95 the year before.", "yes"),
        ("Did the euro gain on the crown?",
         "The crown averaged 8.20 to the euro, against 7.95 the year before.", "yes"),
        ("Has the rial gained on the dollar?",
         "One dollar stood at 9.05 rials at the end of June and at 9.95 a year before.", "yes"),
        ("Did the price of wheat fall?",
         "Wheat cost 212 euros a tonne in May, against 240 euros a tonne a year ago.", "yes"),
        ("Did the zloty fall?", "The zloty traded at 4.31 per euro on Friday.", None),
    ],
)  # fmt: skip
def test_a_currency_is_worth_less_the_more_of_it_another_costs(
    question: str, sentence: str, holds: str | None
) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    start = article.text.index(sentence)
    assert moves.told(question, sentence, figures.find(article), start) == holds
