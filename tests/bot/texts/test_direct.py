"""The phrase that answers by itself."""

from __future__ import annotations

import pytest

from bot.texts import direct


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("When did the depot reopen?", "The depot reopened on 2 December.", "On 2 December."),
        (
            "When will it be ready?",
            "LYON, 3 May 2025 - It is to be ready in the second half of 2027, said Moor.",
            "In the second half of 2027.",
        ),
        ("When was it done?", "By 21:15 all of it was done.", "By 21:15."),
        ("Where is the academy?", "It is opening an academy in Yakima, said Moor.", "In Yakima."),
        (
            "Where do the chairs come from?",
            "Of the chairs 61% come from Vietnam and China.",
            "From Vietnam and China.",
        ),
        (
            "Why was the figure wrong?",
            "The figure was wrong because a lease was left out.",
            "Because a lease was left out.",
        ),
        (
            "Why did recovery fall?",
            "It fell, owing to clay in the pit, which is being drained.",
            "Owing to clay in the pit.",
        ),
        ("Who said so?", "So said Keiko Van Berg in a note.", "Keiko Van Berg."),
        (
            "Who published the figures?",
            "It was reported by the General Administration of Customs.",
            "The General Administration of Customs.",
        ),
        (
            "What does CPTPP stand for?",
            "It joined the Comprehensive and Progressive Agreement for Trans-Pacific "
            "Partnership (CPTPP) in May.",
            "Comprehensive and Progressive Agreement for Trans-Pacific Partnership.",
        ),
        (
            "What is ACC?",
            "The proposed Alpine Circular Collider (ACC) would be 88 kilometres round.",
            "Alpine Circular Collider.",
        ),
    ],
)
def test_phrases(question: str, text: str, told: str) -> None:
    assert direct.phrase(question, text) == told


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did it open?", "It opened on 2 May and closed on 3 June."),
        ("When did the 2024 fair open?", "The fair of 2024 opened late."),
        ("Where does the money come from?", "Income comes from NHS contracts and research."),
        ("Where is it?", "It has mills in Oulu, and its seat is in Lyon."),
        ("Who won?", "Ada Moor beat Keiko Berg in the final."),
        ("Who owns it?", "Someone owns it."),
        ("Who investigates?", "The first death at Yandal Creek is being investigated."),
        ("Until when does it run?", "It has run since 2019."),
        ("Why did it close?", "It closed after the storm."),
        ("What does BKR stand for?", "The board (BKR) met."),
        ("What colour is it?", "It was painted green on 2 May because of the moss."),
        ("When?", "On 2 December."),
    ],
)
def test_no_phrase(question: str, text: str) -> None:
    assert direct.phrase(question, text) is None


def test_only_what_initials_stand_for_is_cut_where_it_is_not_sure() -> None:
    assert direct.phrase("When did it open?", "It opened on 2 May.", is_sure=False) is None
    text = "The Board of Karst Rivers (BKR) met at noon in the old town hall."
    assert direct.phrase("What is BKR?", text, is_sure=False) == "Board of Karst Rivers."


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        (
            "Who released the figures?",
            "Trade grew by 5%, as reported by the General Administration of Customs on 13 January "
            "2025, and went on growing.",
            "The General Administration of Customs.",
        ),
        (
            "Which services grew?",
            "Services, including telecoms, computing, and law, have grown a lot in recent years.",
            "Telecoms, computing, and law.",
        ),
        ("Which services grew?", "Growth in Norlund, Orle, and Tarn went on all year.", None),
    ],
)
def test_what_is_cut_of_a_sentence_that_is_not_sure(
    question: str, text: str, told: str | None
) -> None:
    assert direct.phrase(question, text, is_sure=False) == told
