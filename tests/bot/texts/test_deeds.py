"""What a question takes for decided or done, where the articles tell the contrary."""

from __future__ import annotations

import pytest

from bot import proof, questions
from bot.drafts import Draft, DraftSentence, Source
from bot.evidence.pages import Pages
from bot.texts import deeds, premises
from ingest import articles, figures

TEXTS = {
    "bridge": """Vote on the Ostmark bridge

Tavia's senate approved the Ostmark bridge on Monday by 61 votes to 40.
The Green Party had called on the senate to reject the bridge.
The court turned down the complaint that fishermen had brought about noise near the bridge.
""",
    "mill": """Corvane Paper's year

Corvane shut one of the three machines at its Harl mill in spring.
The mill at Brennick was closed in June. The depot at Sorn stays open, chief Ada Moll said.
Finance chief Tom Reed resigned in May, and sales chief Una Kerr was dismissed in July.
""",
    "interview": """Talk with Ada Moll, head of Corvane Paper

We asked her about the Ostmark bridge.
I am not against the bridge. It would shorten our way to the harbour.
We do not support the toll.
""",
    "choir": """The Lunden choir

The members voted on a second concert in June and turned it down by 34 to 21.
""",
}


def contrary(text: str, question: str) -> str | None:
    article = articles.parse(TEXTS[text].encode(), "a.txt")
    known = {article.id: article}
    taken = deeds.read(question)
    lines = [f.line for f in Pages(None).rank(question, known)]
    line = deeds.contrary(taken, lines, known) if taken else None
    return line.text if line else None


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("Why did parliament reject the dam?", "Parliament did not reject the dam"),
        ("Why was the plant closed in 2024?", "The plant was not closed"),
        ("why is the ward being closed", "The ward is not closed"),
        (
            "How large was the majority with which members agreed to a third pitch?",
            "It is not so that members agreed to a third pitch",
        ),
    ],
)
def test_a_deed_is_denied(question: str, denied: str) -> None:
    taken = deeds.read(question)
    assert taken is not None
    assert taken.denied == denied


@pytest.mark.parametrize(
    "question",
    [
        "Why did exports fall?",
        "Would the senate reject the bridge?",
        "Why did the senate not reject the bridge?",
        "Why does she think that the senate rejected the bridge?",
        "What did the senate reject?",
    ],
)
def test_no_deed_is_taken_for_done(question: str) -> None:
    assert deeds.read(question) is None


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        ("bridge", "Why did the senate reject the Ostmark bridge?", "approved"),
        ("bridge", "When was the Ostmark bridge voted down by the senate?", "approved"),
        ("mill", "Why was the Harl mill closed?", "one of the three machines"),
        ("mill", "Why was the depot at Sorn shut down?", "stays open"),
        ("mill", "When was Tom Reed sacked?", "resigned"),
        ("interview", "Why is Ada Moll opposed to the bridge?", "not against"),
        ("interview", "Why does Ada Moll support the toll?", "do not support"),
        (
            "choir",
            "How large was the majority with which the Lunden members agreed to the second"
            " concert?",
            "turned it down",
        ),
    ],
)
def test_the_contrary_is_told(text: str, question: str, told: str) -> None:
    assert told in (contrary(text, question) or "")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("bridge", "Why did the senate approve the Ostmark bridge?"),
        ("bridge", "Why did the court reject the complaint about the bridge?"),
        ("bridge", "Why did the mayor reject the tunnel?"),
        ("mill", "Why was the mill at Brennick closed?"),
        ("mill", "When was Una Kerr dismissed?"),
        ("mill", "When did Tom Reed resign?"),
        ("interview", "Why does Ada Moll oppose the toll?"),
        ("choir", "How large was the majority with which members rejected the second concert?"),
    ],
)
def test_nothing_true_is_denied(text: str, question: str) -> None:
    assert contrary(text, question) is None


@pytest.mark.parametrize(
    ("sentence", "is_kept"),
    [
        ("Tavia's senate approved the Ostmark bridge on Monday by 61 votes to 40.", True),
        ("The Green Party had called on the senate to reject the bridge.", False),
    ],
)
def test_the_denial_is_proven_by_what_is_cited(sentence: str, is_kept: bool) -> None:
    article = articles.parse(TEXTS["bridge"].encode(), "a.txt")
    start = article.text.index(sentence)
    opening = "The senate did not reject the Ostmark bridge: "
    draft = Draft(
        "answered",
        (DraftSentence(f"{opening}{sentence} [1]", "quoted"),),
        (Source(article.id, start, start + len(sentence)),),
    )
    query = questions.parse("Why did the senate reject the Ostmark bridge?")
    answer = proof.check(
        draft, query, {article.id: article}, lambda _: figures.find(article)
    ).answer
    assert answer.text.startswith(opening) == is_kept


def test_the_contrary_of_a_deed_leaves_nothing_to_be_asked() -> None:
    article = articles.parse(TEXTS["bridge"].encode(), "a.txt")
    known, question = {article.id: article}, "Why did the senate reject the Ostmark bridge?"
    found = premises.contrary(
        questions.parse(question), [], Pages(None).rank(question, known), known
    )
    assert found is not None
    assert found.is_moot
