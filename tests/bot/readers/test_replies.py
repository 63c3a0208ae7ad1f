"""What of a reply is taken into the draft."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafts import Draft
from bot.questions import Query
from bot.readers.partial_json import Item, Scanner
from bot.readers.replies import Drafting, select
from tests.bot.readers import exchanges
from tests.bot.readers.exchanges import calculation

QUESTION = "What would exports be after another 7.1%?"
PLACE = exchanges.places()[0]
ID = PLACE.id
TWO = [PLACE.id, PLACE.id_of(PLACE.others[0])]


def drafting(*items: tuple[str, Any], standing: Draft | None = None) -> Drafting:
    told = Drafting(Query(QUESTION, QUESTION), PLACE.sheet, standing or Draft("answered", ()))
    for key, value in items:
        told.add(Item(key, value))
    return told


def said(text: Any, *sources: Any) -> tuple[str, Any]:
    return "sentences", {"text": text, "sources": list(sources)}


def test_a_slot_brings_its_source_along() -> None:
    draft = drafting(said(f"It was {{{ID}}}.")).draft()
    assert draft.sentences[0].text == f"It was {{{ID}}}. [1]"
    assert draft.sources[0] == PLACE.sheet.sources[PLACE.number]
    assert draft.figures == {ID: PLACE.figure}


def test_a_calculation_brings_the_sources_of_its_leaves() -> None:
    step = calculation("sum", *TWO)
    draft = drafting(("calculations", step), said("Together {c1}.")).draft()
    assert draft.sentences[0].kind == "computed"
    assert set(draft.figures) == set(TWO) and draft.steps[0].operands == tuple(TWO)


def test_marks_in_the_text_count_as_sources() -> None:
    draft = drafting(said("So it is [1, 2] and [3].")).draft()
    assert draft.sentences[0].text == "So it is and. [1][2][3]"


@pytest.mark.parametrize(
    ("item", "objection"),
    [
        (said("It was {f9999}.", 1), "There is no {f9999}"),
        (said("It was {c1}.", 1), "There is no {c1}"),
        (said("It was {x}.", 1), "A slot is written"),
        (said("It rose.", 9999), "There is no sentence [9999]"),
        (said("It rose.", "one"), "'one' is not the number of a sentence"),
        (said("It rose."), "cites no sentence"),
        (said("", 1), "1 to 600 characters"),
        (said("x" * 700, 1), "1 to 600 characters"),
        (said(7, 1), "is not a sentence"),
        (said("See https://a.example.", 1), "without links"),
        (said("See [here](//a.example)", 1), "without links"),
        (said("See <b>this</b>", 1), "without links"),
        (said("Write to ann@a.example", 1), "without links"),
        (said("javascript:alert(1)", 1), "without links"),
        (said("See a.example/path", 1), "without links"),
        (said("&lt;script", 1), "without links"),
        (("calculations", "sum"), "is not a calculation"),
        (("calculations", calculation("guess", ID)), "there is no operation 'guess'"),
        (("calculations", calculation("sum", ID, "f9999")), "no figure or calculation 'f9999'"),
        (
            ("calculations", calculation("projection", ID, parameters=["17.1%"])),
            "the question names no number '17.1%'",
        ),
    ],
)
def test_what_cannot_be_used_is_objected_to(item: tuple[str, Any], objection: str) -> None:
    told = drafting(item)
    assert not told.draft().sentences
    assert objection in told.objections[0]


@pytest.mark.parametrize("parameter", ["7.1%", "7.1", "min"])
def test_a_number_of_the_question_may_be_assumed(parameter: str) -> None:
    step = calculation("projection", ID, parameters=[parameter])
    assert not drafting(("calculations", step)).objections


def test_claims_about_a_result_use_words_that_were_read() -> None:
    known = PLACE.sentence.split()[0]
    steps = [
        calculation("sum", *TWO) | {"measure": known, "entity": "Zubrowka", "period": "2024"},
        calculation("sum", *TWO) | {"id": "c2", "measure": "//a.example", "period": "x 1 y"},
    ]
    told = drafting(*(("calculations", step) for step in steps), said("{c1} and {c2}."))
    first, second = told.draft().steps
    assert (first.measure, first.entity, first.period) == (known, None, "2024")
    assert (second.measure, second.period) == (None, None)


def test_standing_sentences_stay_and_their_ids_are_not_given_again() -> None:
    step = calculation("sum", *TWO)
    first = drafting(("calculations", step), said("Together {c1}.")).draft()
    other = calculation("difference", *TWO)
    second = drafting(("calculations", other), said("Apart {c1}."), standing=first).draft()
    assert second.sentences[0] == first.sentences[0]
    assert [step.operation for step in second.steps] == ["sum", "difference"]
    assert "{c2}" in second.sentences[1].text


def test_a_sentence_is_not_said_twice() -> None:
    assert len(drafting(said("It rose.", 1), said("It rose.", 1)).draft().sentences) == 1


def test_a_calculation_told_again_is_the_same_one() -> None:
    step = calculation("sum", *TWO)
    first = drafting(("calculations", step), said("Together {c1}.")).draft()
    again = ("calculations", step | {"id": "c7"})
    second = drafting(again, said("Together {c7}."), standing=first).draft()
    assert (second.sentences, second.steps) == (first.sentences, first.steps)


def test_selection_numbers_sources_by_first_use() -> None:
    draft = drafting(said("One.", 1), said("Two.", 2), said("Three.", 3, 1)).draft()
    chosen = select(draft, [0, 2])
    assert [sentence.text for sentence in chosen.sentences] == ["One. [1]", "Three. [2][1]"]
    assert chosen.sources == (draft.sources[0], draft.sources[2])


def test_silence_is_objected_to_and_abstaining_is_not() -> None:
    assert drafting(("status", "answered")).silence()
    assert not drafting(("status", "abstained"), ("nearest", ID)).silence()
    assert drafting(("status", "abstained"), ("nearest", ID)).draft().nearest == (ID,)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
FIELDS = st.sampled_from(["calculations", "sentences", "status", "nearest", "missing", "plan"])
INNER = st.sampled_from(["id", "text", "sources", "operation", "operands", "parameters", "measure"])


@given(st.lists(st.tuples(FIELDS, JSON | st.dictionaries(INNER, JSON)), max_size=6))
def test_no_reply_raises(items: list[tuple[str, Any]]) -> None:
    draft = drafting(*items).draft()
    assert all(sentence.text.endswith("]") for sentence in draft.sentences)
    assert all(id in draft.figures for step in draft.steps for id in step.operands if id[0] == "f")


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    for item in Scanner().feed(json.dumps({"sentences": [{"text": text, "sources": [1]}]})):
        drafting((item.key, item.value)).draft()
