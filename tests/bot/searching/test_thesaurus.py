"""The thesaurus: phrases found, and questions put in the words of their articles."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.retrieval import Evidence, ScoredSentence
from bot.searching import thesaurus
from ingest import Article, Span


def evidence(*sentences: str, title: str = "") -> Evidence:
    """An article of these sentences, the best first."""
    text = "\n".join(sentences)
    article = Article("a.txt", title, text, (), None, None, None, None, "", "")
    found = [Span(text.index(s), text.index(s) + len(s)) for s in sentences]
    scored = tuple(ScoredSentence("a.txt", span, 1.0) for span in found)
    return Evidence((), {"a.txt": article}, scored)


@pytest.mark.parametrize(
    ("question", "sentence", "wanted"),
    [
        (
            "how quickly did outbound shipments climb?",
            "Exports rose by 7.1%.",
            "how quickly did exports climb?",
        ),
        (
            "What did the bakery's top line come to?",
            "Revenue was £4m, with costs of £3m.",
            "What did the bakery's revenue come to?",
        ),
        (
            "What did the bakery's top line come to?",
            "Sales were £4m.",
            "What did the bakery's sales come to?",
        ),
        ("Did the jab work?", "The vaccine protected 62% of adults.", "Did the vaccine work?"),
        (
            "Which firm sold the most cars abroad?",
            "Ardent exported 40,000 cars.",
            "Which firm exported the most cars?",
        ),
        # What says what is wanted stands for nothing in an article.
        (
            "What is the source of the jobless figures?",
            "A supplier told the bureau.",
            "What is the source of the jobless figures?",
        ),
        # Said so in the articles: left alone.
        ("Did the jab work?", "The jab, a vaccine, protected 62%.", "Did the jab work?"),
        # Nothing of the group is told.
        ("Did the jab work?", "Coal output fell by a third.", "Did the jab work?"),
        # A name is none of its words.
        ("What did The Gate charge?", "Attendance was 4,000.", "What did The Gate charge?"),
    ],
)
def test_questions_are_put_in_the_words_of_the_articles(
    question: str, sentence: str, wanted: str
) -> None:
    assert thesaurus.Wording(evidence(sentence)).put(question) == wanted


def test_the_best_sentence_decides() -> None:
    told = evidence("Turnover was £4m.", "Revenue of the arm was £1m.")
    assert thesaurus.Wording(told).put("Their top line?") == "Their turnover?"


def test_a_question_stays_one() -> None:
    told = evidence("The attendance was 4,000.")
    put = thesaurus.Wording(told).put("How many people came to watch?")
    assert put == "what attendance?"


def test_what_stands_in_a_title_is_said() -> None:
    told = evidence("It cost £4m.", title="The jab that failed")
    assert thesaurus.Wording(told).put("What did the jab cost?") == "What did the jab cost?"


def test_groups_are_sound() -> None:
    groups = thesaurus.groups()
    assert len(groups) > 1_000
    assert max(Counter(groups).values()) == 1
    for group in groups:
        assert len(group) > 1
        assert all(thesaurus.stems_of(phrase.lstrip("*")) for phrase in group), group
        assert all(phrase.count("..") < 2 for phrase in group), group
        assert not all(phrase.startswith("*") for phrase in group), group


def test_long_questions_take_no_long_time() -> None:
    told = evidence("Exports rose by 7.1%.")
    question = "sold it all " * 2_000 + "abroad"
    assert "exported" in thesaurus.Wording(told).put(question)


def test_please_is_no_content() -> None:
    told = evidence("The content of the tank was 4 tonnes.")
    assert thesaurus.Wording(told).put("What was in it, please?") == "What was in it, please?"


def test_no_word_is_said_twice() -> None:
    told = evidence("The dividend was 4p.", "The payment was 4p.")
    put = thesaurus.Wording(told).put("How large was the dividend payout?")
    assert put == "How large was the dividend payout?"
