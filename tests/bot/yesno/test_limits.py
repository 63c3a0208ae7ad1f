"""What was aimed at, planned or allowed, and whether it was kept."""

from __future__ import annotations

import pytest

from bot.evidence.pages import Pages
from bot.yesno import limits
from ingest import articles, figures


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did the club stay within its budget?", ("below", True)),
        ("Did the firm miss the price it wanted?", ("above", False)),
        ("Did the firm miss the sales it wanted?", ("below", False)),
        ("Are trains as punctual as the contract demands?", ("above", True)),
        ("Did the prediction come true?", ("above", True)),
        ("Did the census overrun its budget?", ("above", False)),
        ("Did it hit its target?", ("above", True)),
        ("Will the fleet meet the emission limit?", ("below", True)),
        ("Did the leak rate meet the target?", ("below", True)),
        ("Did the games cost more than planned?", ("above", False)),
        ("Did the ride take longer than advertised?", ("above", False)),
        ("Is it under the limit?", ("below", False)),
        ("Did exports exceed 20 billion?", None),
        ("Did the plan work?", None),
        ("Did it stick to its guidance?", ("below", True)),
        ("Have enough nurses been trained?", ("above", True)),
        ("Has the force as many officers as it wants?", ("above", True)),
        ("Did stocks meet their target?", ("below", True)),
        ("Would the club break the limit?", ("above", False)),
        ("Did prices outrun what the panel had guessed?", ("above", False)),
        ("Did the surplus come up to the budget?", ("above", True)),
        ("Did it cut more jobs than it had aimed for?", ("above", False)),
        ("Did it open fewer shops than planned?", ("below", False)),
        ("Did the mine stay within its licence?", ("below", True)),
        ("Did it build more homes than offices?", None),
    ],
)
def test_the_side_of_the_limit(question: str, told: tuple[str, bool] | None) -> None:
    found = limits.supposed(question)
    assert (found and (found.side, found.is_even)) == told


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Did it hit its target?", "The response rate was 93.7%, below the goal of 95%.", "no"),
        ("Did prices miss their target?", "Prices were the one target that was beaten.", "no"),
        ("Did prices meet their target?", "Prices were the one target that was missed.", "no"),
        ("Did the margin meet its target?", "Prices were the one target that was beaten.", None),
        (
            "Has it as much in reserve as its rules ask for?",
            "Reserves are £9 million, or three months of costs; its policy demands six.",
            "no",
        ),
        ("Did the drill go as deep as planned?",
         "The drill was supposed to go down 2 metres and reached 1.4 metres.", "no"),
        ("Did it get all it had asked for?",
         "The council granted it $46 million; it had asked for $60 million.", "no"),
        ("Has it as many nurses as it should?",
         "It has 1,870 nurses, against an establishment of 2,000 nurses.", "no"),
        ("Is it meeting its goal?", "Of all calls 88% were answered in time (goal: 90%).", "no"),
        ("Is it meeting its goal?", "Of all calls 91% were answered in time (goal: 90%).", "yes"),
        ("Is it inside its covenant?", "Debt was 4 times profit; the covenant is 5 times.", "yes"),
        ("Did it overrun its budget?", "It cost $41 million, $3 million less than planned.", "no"),
        ("Did it stay within its limit?", "It lost $2 million, capped at $1 million.", "no"),
        ("Did it hit its target?", "It sold 40 boats in May.", None),
        ("Did it open as many shops as intended?",
         "It opened nine shops, though it had planned to open twelve shops.", "no"),
        ("Did the surplus come up to the budget?",
         "The surplus was €7.1 million; the budget had foreseen €8 million.", "no"),
        ("Did the mine stay within its licence?",
         "It drew 610 litres from wells, while the licence allows 700 litres.", "yes"),
        ("Did it cut more jobs than it had aimed for?",
         "It cut 420 jobs, against a target of 350 jobs.", "yes"),
        ("Did it beat its own forecast?",
         "It had forecast a profit of €1.5 million and made €1.7 million.", "yes"),
        ("Did it sell 40 boats?", "It sold 40 boats, above the target.", None),
        ("Is inflation inside its range?",
         "Prices were 4.4% higher; the bank is to keep inflation between 2.5% and 7.5%.", "yes"),
        ("Is output within its guidance?",
         "Output was 302 tonnes, the guidance being 305 to 315 tonnes.", "no"),
        ("Is it above its range?", "It weighs 9 kg; the range is 10 to 12 kg.", "no"),
        ("Do deer eat as little as they should?",
         "Deer had eaten 29% of the trees, though the aim is no more than 15%.", "no"),
        ("Is it up to the standard?", "It reached 73%; the national standard is 78%.", None),
        ("Does it meet the standard?", "It reached 73%; the national standard is 78%.", "no"),
        ("Did stocks meet the target?", "Stocks were 118 days, still above the target.", "no"),
        ("Did it reach its goal?", "It is still well short of the goal.", "no"),
        ("Would it break the limit?", "Kolby, at 71%, is still above the limit.", "yes"),
        ("Did growth meet its target?",
         "Growth was 4.4%, well below the 5.5-6.5% that the ministry had wanted.", "no"),
        ("Does it meet the standard?", "It reached 73% to 78% in May.", None),
    ],
)  # fmt: skip
def test_whether_a_sentence_tells_it(question: str, sentence: str, holds: str | None) -> None:
    article = articles.parse(f"Notes\n\n{sentence}\n".encode(), "a.txt")
    line = Pages(None).page(article).lines[-1]
    told = [f for f in figures.find(article) if f.sentence.start == line.start]
    assert limits.told(question, line.text, told, line.start, lambda f: 0.0) == holds


@pytest.mark.parametrize(
    ("question", "number", "is_called"),
    [
        ("Did it meet its 85% emergency target?", "85%", True),
        ("Is it under the limit of 3%?", "3%", True),
        ("Did 85% of them meet the target?", "85%", False),
        ("Did it sell 40 boats?", "40 boats", False),
    ],
)
def test_a_number_that_is_called_a_limit(question: str, number: str, is_called: bool) -> None:
    assert limits.is_called(question, number) is is_called


def test_of_what_less_is_better() -> None:
    assert limits.is_better_low("Is its combined ratio better?")
    assert not limits.is_better_low("Is its profit better?")


@pytest.mark.parametrize(
    ("phrase", "rest"),
    [
        ("its own profit forecast", "its own profit"),
        ("the surplus it had hoped for", "the surplus it had for"),
        ("the price of bread", "the price of bread"),
    ],
)
def test_a_phrase_without_what_was_aimed_at(phrase: str, rest: str) -> None:
    assert limits.unnamed(phrase) == rest
