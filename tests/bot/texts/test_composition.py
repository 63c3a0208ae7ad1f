"""A draft gathered from figures, steps and sources: each thing once, each by one name."""

from __future__ import annotations

from bot.nodes import derivation_of, leaf, realise, step
from bot.texts.composition import Composer
from tests.bot.test_nodes import figures_of

TOLD = [
    ["20 boats", "boat", {"exact": True}],
    ["80 boats", "boat", {"exact": True}],
    ["30 boats", "boat", {"exact": True}],
]


def test_a_source_is_numbered_once() -> None:
    composer = Composer()
    assert [composer.cite("a", 0, 9), composer.cite("b", 0, 9), composer.cite("a", 0, 9)] == [
        "[1]",
        "[2]",
        "[1]",
    ]
    assert len(composer.draft("answered").sources) == 2


def test_a_figure_has_one_name() -> None:
    (one, other, _), _ = figures_of(TOLD)
    composer = Composer()
    assert [composer.name(one), composer.name(other), composer.name(one)] == ["f1", "f2", "f1"]


def test_steps_of_two_derivations_are_numbered_on() -> None:
    found, known = figures_of(TOLD)
    composer = Composer()
    first = composer.take(derivation_of("share", found[:2], known))
    second = composer.take(derivation_of("difference", [found[1], found[2]], known))
    assert (first, second) == ("c1", "c2")
    assert [s.operands for s in composer.draft("answered").steps] == [("f1", "f2"), ("f2", "f3")]


def test_the_same_step_is_taken_once() -> None:
    found, known = figures_of(TOLD)
    composer = Composer()
    made = derivation_of("share", found[:2], known)
    assert composer.take(made) == composer.take(made) == "c1"
    assert len(composer.draft("answered").steps) == 1


def test_a_nested_step_names_the_one_below_it() -> None:
    (part, whole, _), known = figures_of(TOLD)
    rest = step("residual", [leaf(whole), leaf(part)])
    composer = Composer()
    composer.name(whole)
    ids = composer.ids(realise(step("share", [rest, leaf(whole)]), known))
    steps = composer.draft("answered").steps
    assert ids["c2"] == "c2" and steps[1].operands == ("c1", "f1")


def test_marks_of_a_derivation_are_those_of_its_sentences() -> None:
    found, known = figures_of(TOLD)
    composer = Composer()
    assert composer.marks(derivation_of("share", found[:2], known)) == "[1]"


def test_what_is_said_stands_in_the_draft_in_order() -> None:
    composer = Composer()
    composer.say("First. [1]", "quoted")
    composer.say("Then {c1}. [1]", "computed")
    draft = composer.draft("partial", note="rough", nearest=("f1",))
    assert [s.kind for s in draft.sentences] == ["quoted", "computed"]
    assert (draft.status, draft.note, draft.nearest) == ("partial", "rough", ("f1",))


def test_a_sentence_is_said_once() -> None:
    composer = Composer()
    composer.say("Yes: Bread costs €2 and cake €3. [1]", "quoted")
    composer.say("Bread costs €2 and cake €3. [1]", "quoted")
    composer.say("Cake is good. [1]", "quoted")
    assert len(composer.draft("answered").sentences) == 2
