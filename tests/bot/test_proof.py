"""The proof lets true sentences through, and holds the laws that no mutant shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import proof
from bot.drafts import Draft, DraftSentence, Source
from bot.questions import Query
from ingest import Article, Block
from ingest.figures import find

from .true_drafts import TrueDraft, by_hand, world


def _verdict(id: str, *texts: str, kind: str = "quoted"):  # type: ignore[no-untyped-def]
    true = next(one for one in by_hand() if one.id == id)
    sentences = tuple(DraftSentence(text, kind) for text in texts)  # type: ignore[arg-type]
    return world().check(replace(true.draft, sentences=sentences), true.query)


def test_few_true_drafts_by_hand_are_harmed() -> None:
    harmed = [one.id for one in by_hand() if world().check(one.draft, one.query).objections]
    assert len(harmed) <= 3, harmed


def test_a_computed_answer_carries_its_proof() -> None:
    true = next(one for one in by_hand() if one.id == "imports-derived")
    answer = world().check(true.draft, true.query).answer
    assert answer.status == "answered"
    assert answer.text == (
        "Take exports from the total and about 18.40 trillion yuan is left for imports. [1][2]"
    )
    [number] = answer.numbers
    assert (number.text, number.proof) == ("18.40 trillion yuan", "c1")
    assert answer.sentences[0].kind == "computed"
    assert [c.number for c in answer.citations] == [1, 2]
    assert set(answer.figures) == {"f1", "f2"}


def test_what_fails_is_replaced_by_the_sentence_it_cites() -> None:
    verdict = _verdict("imports-rise", "Imports rose by 2.4%. [1]")
    assert [o.kind for o in verdict.objections] == ["number"]
    assert verdict.answer.text.startswith("Meanwhile, imports grew modestly by 2.3%")
    assert verdict.answer.status == "partial"


def test_nothing_left_is_an_abstention() -> None:
    verdict = _verdict("imports-rise", "Imports rose by 2.3%.")
    assert [o.kind for o in verdict.objections] == ["citation"]
    assert verdict.answer.status == "abstained"
    assert verdict.answer.text == ""


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [
        ("The articles do not say.", True),
        ("The articles do not say what imports were in 2021.", False),
        ("Imports collapsed because of a war.", False),
        ("Nothing is said about 37 ports.", False),
    ],
)
def test_a_notice_asserts_nothing(text: str, is_fine: bool) -> None:
    assert (not _verdict("imports-rise", text, kind="notice").objections) is is_fine


def test_a_number_of_the_question_stands_only_as_a_claim() -> None:
    true = next(one for one in by_hand() if one.id == "exports-typed")
    query = Query("Were exports 30 trillion yuan?", "Were exports 30 trillion yuan?")
    claim = "No: exports amounted to 25.45 trillion yuan, not the 30 trillion you asked about. [1]"
    value = "Exports amounted to 30 trillion yuan. [1]"
    for text, is_fine in ((claim, True), (value, False)):
        draft = replace(true.draft, sentences=(DraftSentence(text, "quoted"),))
        verdict = world().check(draft, query)
        assert (not verdict.objections) is is_fine, verdict.messages


def test_citations_are_numbered_by_first_use() -> None:
    true = next(one for one in by_hand() if one.id == "imports-derived")
    sentences = (
        DraftSentence("Exports rose {f3}. [2]", "quoted"),
        DraftSentence("Foreign trade grew {f4}. [1]", "quoted"),
    )
    sources = list(true.draft.sources)
    more = {"f3": world().figure("7.1%", sources), "f4": world().figure("5%", sources)}
    draft = replace(true.draft, sentences=sentences, figures={**true.draft.figures, **more})
    answer = world().check(draft, true.query).answer
    assert answer.text == "Exports rose 7.1%. [1] Foreign trade grew 5%. [2]"


def test_articles_cannot_smuggle_slots_or_markers() -> None:
    true = by_hand()[0]
    sentence = DraftSentence("Trade grew {f1}{c9}. [1][7]", "quoted")
    verdict = world().check(replace(true.draft, sentences=(sentence,)), true.query)
    assert {o.kind for o in verdict.objections} == {"figure"}


def test_sources_beyond_the_article_are_no_sources() -> None:
    true = by_hand()[0]
    bad = (Source("nowhere.txt", 0, 10),)
    verdict = world().check(replace(true.draft, sources=bad), true.query)
    assert [o.kind for o in verdict.objections] == ["citation"]


def test_an_empty_draft_is_an_abstention() -> None:
    assert world().check(Draft("answered", ()), Query("x", "x")).answer.status == "abstained"


@pytest.mark.parametrize("one", by_hand(), ids=lambda one: one.id)
def test_offsets_of_the_answer_are_its_own(one: TrueDraft) -> None:
    answer = world().check(one.draft, one.query).answer
    for number in answer.numbers:
        assert answer.text[number.start : number.end] == number.text
    assert [s.start for s in answer.sentences[:1]] == [0] * bool(answer.sentences)
    assert not answer.sentences or answer.sentences[-1].end == len(answer.text)
    for citation in answer.citations:
        text = world().articles[citation.article_id].text
        assert text[citation.start : citation.end] == citation.quote


def test_a_reply_may_open_a_quoted_sentence() -> None:
    quote = "Meanwhile, imports grew modestly by 2.3%, reflecting robust domestic demand"
    verdict = _verdict("imports-rise", f"Yes: {quote} for essential resources. [1]")
    assert not verdict.objections


# Numbers in each other's places


def _told(text: str, *figures: str) -> list[str]:
    """The objections to a sentence about a small article; {f1}, {f2} … are its figures, as told."""
    article = _article(
        "Exports reached 25.4 million tonnes in 2024 and imports came to 18.4 million tonnes. "
        "The port planned about 30 million tonnes and has ordered 12 more cranes for its quays."
    )
    known = tuple(find(article))
    named = {
        f"f{n}": next(f for f in known if article.text[f.start : f.end].startswith(start))
        for n, start in enumerate(figures, start=1)
    }
    spans = [f.sentence for f in named.values()] or [s.sentence for s in known[-1:]]
    sources = tuple(dict.fromkeys(Source(article.id, s.start, s.end) for s in spans))
    draft = Draft("answered", (DraftSentence(text, "quoted"),), sources, named)
    query = Query("What came and went?", "What came and went?")
    verdict = proof.check(draft, query, {article.id: article}, lambda id: known)
    return [objection.kind for objection in verdict.objections]


def _article(text: str) -> Article:
    blocks = (Block(0, len(text), "paragraph", 0),)
    return Article("port.txt", "The port", text, blocks, None, None, None, None, "", "")


@pytest.mark.parametrize(
    "text",
    [
        "Exports reached {f1}, imports {f2}. [1]",
        "Exports were {f1} against imports of {f2}. [1]",
        "The port saw {f2} of imports and {f1} of exports. [1]",
        "Exports and imports were {f1} and {f2} respectively. [1]",
        "Imports, at {f2}, were below exports, at {f1}. [1]",
        "In 2024 exports came to {f1}. [1]",
    ],
)
def test_numbers_in_their_own_places_stand(text: str) -> None:
    assert _told(text, "25.4", "18.4") == []


@pytest.mark.parametrize(
    "text",
    [
        "Exports reached {f2}, imports {f1}. [1]",
        "Exports were {f2} against imports of {f1}. [1]",
        "The port saw {f1} of imports and {f2} of exports. [1]",
        "Exports and imports were {f2} and {f1} respectively. [1]",
        "Imports, at {f1}, were below exports, at {f2}. [1]",
        "Exports reached {f1}, imports {f1}. [1]",
        "Exports reached 18.4 million tonnes, imports 25.4 million tonnes. [1]",
    ],
)
def test_numbers_in_each_others_places_do_not(text: str) -> None:
    assert _told(text, "25.4", "18.4")


def test_a_copy_with_a_word_turned_is_no_quote() -> None:
    copied = (
        "The port planned about 30 million tonnes and has ordered 12 less cranes for its quays. [1]"
    )
    assert "quote" in _told(copied)
