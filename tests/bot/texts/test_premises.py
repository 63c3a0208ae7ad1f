"""What a question takes for true, where the articles tell the contrary."""

from __future__ import annotations

import pytest

from bot import derivation, proof, questions
from bot.drafts import Draft, DraftSentence, Source
from bot.evidence.pages import Pages
from bot.texts import premises
from ingest import articles, figures

TEXTS = {
    "trade": """Arcania's trade in 2024

Exports grew by 7.1% in 2024, thanks to demand for ships. Imports fell 3% in 2024.
Trade in services surpassed $1 trillion for the first time.
Steel output rose in spring and fell in autumn.
""",
    "farm": """Dairy in Norlund

Milk output was 7% lower in August. Butter stocks were 410 tonnes, compared with 520 tonnes.
The drop in cheese prices went on. Farm incomes are expected to rise.
""",
    "health": """Clinics in Pellan

Visits to the clinics went up to 5,120 from 4,870. The number of nurses fell by 40 to 610.
Waiting times were cut. Waiting times for scans rose by 4%.
Loans to firms shrank by 1.6%. Arrears of more than 90 days came to 3% of loans to firms.
""",
}


def contrary(text: str, question: str) -> premises.Contrary | None:
    article = articles.parse(TEXTS[text].encode(), "a.txt")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)
    found = Pages(None).rank(question, known)
    return premises.contrary(questions.parse(question), linker.cards, found, known)


@pytest.mark.parametrize(
    ("text", "question", "opening", "told"),
    [
        ("trade", "Why did exports fall in 2024?", "Exports did not fall in 2024", "7.1%"),
        ("trade", "By how much did exports shrink?", "Exports did not shrink", "7.1%"),
        ("trade", "How come Arcania's exports fell?", "Arcania's exports did not fall", "7.1%"),
        ("trade", "What made exports drop?", "Exports did not drop", "7.1%"),
        ("trade", "What caused the fall in exports?", "There was no fall in exports", "7.1%"),
        ("trade", "Why have imports risen?", "Imports have not risen", "3%"),
        ("trade", "Why did exports grow by 12%?", "It was not 12%", "7.1%"),
        (
            "trade",
            "When did trade in services fall below $1 trillion?",
            "Trade in services did not fall below $1 trillion",
            None,
        ),
        ("farm", "By how much did butter stocks rise?", "Butter stocks did not rise", None),
        (
            "health",
            "Why did visits to the clinics fall?",
            "Visits to the clinics did not fall",
            None,
        ),
    ],
)
def test_the_contrary_is_told(text: str, question: str, opening: str, told: str | None) -> None:
    found = contrary(text, question)
    assert found is not None
    assert found.opening == opening
    article = articles.parse(TEXTS[text].encode(), "a.txt")
    figure = found.figure
    assert (article.text[figure.start : figure.end] if figure else None) == told


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("trade", "Why did exports grow in 2024?"),
        ("trade", "Why did exports grow by 7%?"),
        ("trade", "Why did imports fall?"),
        ("trade", "Why did exports fall in 2023?"),
        ("trade", "Why did car exports fall?"),
        ("trade", "Why did Belmark's exports fall?"),
        ("trade", "Why did steel output fall?"),
        ("trade", "How far short of the plan did exports fall?"),
        ("trade", "When did exports stop falling?"),
        ("trade", "Did exports fall?"),
        ("trade", "By how much would exports fall if demand went?"),
        ("farm", "Why did milk get dearer?"),
        ("farm", "Why did cheese prices drop?"),
        ("farm", "Why did farm incomes fall?"),
        ("farm", "How green are the farms' contracts?"),
        ("health", "Why did waiting times fall?"),
        ("health", "Why did the pace of growth in visits ease?"),
        ("health", "How many nurses were lost?"),
    ],
)
def test_nothing_is_corrected(text: str, question: str) -> None:
    assert contrary(text, question) is None


def test_a_question_is_turned() -> None:
    found = contrary("trade", "Why are exports falling?")
    assert found is not None
    assert found.turned("Why are exports falling?") == "Why are exports rising?"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Exports did not fall: they rose by {f1}. [1]", "answered"),
        ("Exports did not fall: they rose by {f2}. [2]", "abstained"),
        ("Exports did not shrink: they rose by {f1}. [1]", "abstained"),
    ],
)
def test_a_denial_is_proven(said: str, status: str) -> None:
    article = articles.parse(TEXTS["trade"].encode(), "a.txt")
    up, down = (f for f in figures.find(article) if f.unit == "%")
    draft = Draft(
        "answered",
        (DraftSentence(said, "quoted"),),
        tuple(Source(article.id, f.sentence.start, f.sentence.end) for f in (up, down)),
        {"f1": up, "f2": down},
    )
    query = questions.parse("Why did exports fall?")
    verdict = proof.check(draft, query, {article.id: article}, lambda _: figures.find(article))
    is_told = verdict.answer.text.startswith("Exports did not fall: they rose by 7.1%.")
    assert is_told == (status == "answered")
    assert bool(verdict.objections) != is_told
