"""Each check gives a value and its reason, or says that it does not apply."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.answers import AnswerSentence, Number
from bot.evaluation import checks
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import EXPORTS, TRADE, context, imports


def test_right_value_with_all_cited() -> None:
    whole = context(imports(), examples.residual())
    assert checks.right(whole).value == 1
    assert checks.cited(whole).value == 1
    assert checks.right_and_cited(whole).value == 1
    assert checks.citation_precision(whole).value == 1


def test_wrong_value_tells_expected_and_got() -> None:
    outcome = checks.right(context(imports(value="19000000000000"), examples.residual()))
    assert outcome.value == 0
    assert outcome.reason == "expected 19,000,000,000,000 CNY, got 18,400,000,000,000 CNY"


def test_right_value_in_the_wrong_unit_is_wrong() -> None:
    assert checks.right(context(imports(unit="USD"), examples.residual())).value == 0


def test_same_quantity_in_another_unit_is_right() -> None:
    answer = replace(examples.quoting(), figures={"f2": examples.figure("5", "25.45", unit="km")})
    case = examples.case(value="5000", unit="m")
    assert checks.right(context(case, answer)).value == 1


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("medal", 1.0),
        ("gold medal", 1.0),
        ("silver medal", 1.0),
        ("coin", 0.0),
        ("1", 1.0),
        ("%", 0.0),
    ],
)
def test_counts_are_compared_by_what_they_count(unit: str, value: float) -> None:
    shown = examples.figure("5", "25.45", unit="medal")
    answer = replace(examples.quoting(), figures={"f2": shown})
    assert checks.right(context(examples.case(value="5", unit=unit), answer)).value == value


@pytest.mark.parametrize(
    ("unit", "value"), [("USD/copy", 1.0), ("USD/EUR", 0.0), ("CNY/copy", 0.0)]
)
def test_price_of_a_piece_is_money(unit: str, value: float) -> None:
    shown = examples.figure("44", "25.45", unit=unit)
    answer = replace(examples.quoting(), figures={"f2": shown})
    assert checks.right(context(examples.case(value="44", unit="USD"), answer)).value == value


@pytest.mark.parametrize(("operation", "is_right"), [("growth", 1.0), ("residual", 0.0)])
def test_a_change_below_zero_is_told_as_a_fall_of_so_much(operation: str, is_right: float) -> None:
    answer = examples.residual()
    done = replace(answer.calculations[0], operation=operation, value=Decimal(-7))
    answer = replace(answer, calculations=(done,))
    case = examples.case(value="7", unit=done.unit)
    assert checks.right(context(case, answer)).value == is_right


def test_value_must_open_the_answer() -> None:
    text = "Not so. Imports came to about 18.40 trillion yuan."
    number = Number("18.40 trillion yuan", 30, 49, "c1")
    sentences = (
        AnswerSentence(0, 7, "computed", (), ()),
        AnswerSentence(8, 50, "computed", (), ("c1",)),
    )
    answer = examples.residual(text, sentences=sentences, numbers=(number,))
    assert checks.right(context(imports(), answer)).reason.endswith("got no figure")


def test_words_alternatives_and_borders() -> None:
    answer = replace(examples.quoting(), text="The “Customs”, on 25 January, said middle–class.")
    case = examples.case(kind="text", words=[["bureau", "customs"], ["middle-class"]])
    assert checks.right(context(case, answer)).value == 1
    case = examples.case(kind="text", words=[["5"], ["customs"]])
    assert checks.right(context(case, answer)).reason == "does not say '5'"


def test_yes_must_open_the_answer() -> None:
    answer = replace(examples.quoting(), text="Yes. It rose.")
    assert checks.right(context(examples.case(kind="yesno", answer="yes"), answer)).value == 1
    refused = checks.right(context(examples.case(kind="yesno", answer="no"), answer))
    assert refused.reason == "does not open with No"


def test_abstention_is_judged_apart() -> None:
    asked = context(examples.case(kind="unanswerable"), examples.abstention())
    assert checks.right(asked).value is None
    assert checks.declined(asked).value == 1
    assert checks.rightly_abstained(asked).value == 1
    assert checks.attempted(asked).value is None
    missed = context(imports(), examples.abstention())
    assert checks.right(missed).value == 0
    assert checks.rightly_abstained(missed).value == 0
    assert checks.attempted(missed).value == 0
    answered = context(examples.case(kind="unanswerable"), examples.residual())
    assert checks.declined(answered).reason.startswith("answered: Imports came to")
    assert checks.rightly_abstained(answered).value is None


def test_half_of_the_gold_cited_is_half() -> None:
    answer = examples.residual(citations=(examples.citation(1, TRADE),))
    outcome = checks.cited(context(imports(), answer))
    assert outcome.value == 0.5
    assert "Exports reached" in outcome.reason


def test_citation_that_nobody_asked_for_costs_precision() -> None:
    case = imports(cite=[{"article": "a.txt", "text": "Exports reached 25.45 trillion yuan"}])
    assert checks.citation_precision(context(case, examples.residual())).value == 0.5


def test_altered_quote_is_not_exact() -> None:
    answer = examples.residual(citations=(examples.citation(1, EXPORTS, "Exports reached 26"),))
    outcome = checks.quotes_exact(context(imports(), answer))
    assert (outcome.value, outcome.reason) == (0, "not in a.txt: Exports reached 26")


def test_number_without_proof_is_told() -> None:
    assert checks.numbers_proven(context(imports(), examples.residual())).value == 1
    bare = examples.residual(numbers=(Number("18.40", 22, 27, "c9"),))
    assert checks.numbers_proven(context(imports(), bare)).reason == "no proof of 18"


def test_retrieval_is_judged_before_the_reader() -> None:
    both = context(imports(), examples.abstention())
    assert checks.recall_at(1)(both).value == 0.5
    assert checks.recall_at(5)(both).value == 1
    assert checks.reciprocal_rank(both).value == 1
    second = context(imports(), examples.residual(), examples.evidence(TRADE))
    assert checks.recall_at(5)(second).value == 0.5
    assert checks.gold_ranks(second) == [None, 1]
    none = context(imports(), examples.residual(), examples.evidence())
    assert checks.reciprocal_rank(none).value == 0


def test_every_check_has_a_value_or_says_that_it_does_not_apply() -> None:
    asked = context(examples.case(kind="unanswerable"), examples.abstention())
    values = {name: check(asked).value for name, check in checks.CHECKS.items()}
    assert {name for name, value in values.items() if value is None} == {
        "right", "right and cited", "cited", "citation precision", "attempted",
        "recall at 5", "recall at 10", "reciprocal rank",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "right"), [("18400000000000", 1.0), ("43850000000000", 0.0), ("25450000000000", 0.0)]
)
def test_what_a_result_comes_from_is_no_answer(value: str, right: float) -> None:
    text = "The difference is 18.40 trillion yuan, 43.85 trillion yuan against 25.45 trillion yuan."
    told = (("18.40 trillion yuan", "c1"), ("43.85 trillion yuan", "f1"))
    told = (*told, ("25.45 trillion yuan", "f2"))
    numbers = tuple(Number(t, text.index(t), text.index(t) + len(t), proof) for t, proof in told)
    done = tuple(replace(c, operation="difference") for c in examples.residual().calculations)
    answer = examples.residual(text, numbers=numbers, calculations=done)
    assert checks.right(context(imports(value=value), answer)).value == right
