"""Which of several is the most: columns of tables, headings, lists, sentences that say it."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence import linking
from bot.evidence.linking import Linker
from bot.evidence.pages import Found, Line
from bot.language import superlatives, terms, vocabulary
from bot.proving import fitting
from bot.rankings import contests, leaders, standings
from bot.texts.composition import Composer
from ingest import Article, articles, figures

AIRPORT = """# Traffic at Holm airport

The busiest day was 22 December, when 9,340 people passed through.

## Traffic by month, 2024

| Month | Passengers | Change on year (%) | Cargo (tonnes) |
|---|---|---|---|
| January | 2,051 | 14.8 | 209 |
| February | 2,118 | 19.2 | 187 |
| March | 2,042 | -3.1 | 240 |
| **Total** | 6,211 | 11.5 | 636 |
"""
POWER = """# Power in Oster

**Electricity generation by source (GWh)**

| Source | 2023 | 2024 | Change (%) |
|---|---|---|---|
| Hydro | 7,655 | 8,930 | +16.7 |
| Solar | 1,587 | 2,214 | +39.5 |
| Natural gas | 8,942 | 7,105 | -20.5 |
| Total | 18,184 | 18,249 | +0.4 |
"""
FILMS = """# The summer in cinemas

## 1. Glass Harbour

Budget: $245 million. It ran for 11 weeks.

## 2. Orchard

Budget: $190 million. It ran for 9 weeks.

## 3. Quiet Hill

Budget: $30 million. It ran for 4 weeks.
"""
CARS = """# Maker sells fewer cars

The maker sold 2.1 million cars; hybrids made up 843,000 of the total.

| Region | Cars sold (thousands) | Previous year (thousands) |
|---|---|---|
| Japan | 512 | 498 |
| North America | 948 | 879 |
| China | 391 | 538 |
"""
VACCINE = """# Vaccine trial

Efficacy differed between the types of the virus: 84.9% against DEN-1, 91.0% against DEN-2 and
62.7% against DEN-4.
"""


def said(text: str, question: str) -> str | None:
    article: Article = articles.parse(text.encode(), "a.md")
    found = figures.find(article)
    linker = Linker([linking.Decks().of(article, found)])
    query, asked = questions.parse(question), superlatives.read(question)
    assert asked is not None
    standing = standings.find(asked, query, linker, {article.id: article}, None)
    composer = Composer()
    if standing is None or not standings.say(standing, query, {article.id: article}, composer):
        return None
    named = {f"{{{id}}}": article.text[f.start : f.end] for id, f in composer.figures.items()}
    told = composer.sentences[0].text.rpartition(".")[0]
    for slot, written in named.items():
        told = told.replace(slot, written)
    return told


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (AIRPORT, "Which month was the busiest?", "February was the busiest by passengers"),
        (AIRPORT, "What was the quietest month?", "March was the quietest by passengers"),
        (AIRPORT, "Which month had the least cargo?", "February had the lowest cargo"),
        (POWER, "Which source generated the most electricity in 2024?", "Hydro had the highest"),
        (POWER, "Which source generated the most electricity in 2023?", "Natural gas had the"),
        (POWER, "Which source grew fastest?", "Solar grew fastest"),
        (POWER, "Which source fell the most?", "Natural gas fell the most"),
        (POWER, "In which year did hydro generate the most?", "Hydro was highest in 2024"),
        (FILMS, "Which film had the biggest budget?", "Glass Harbour had the biggest budget"),
        (
            CARS,
            "Which region did it sell the most cars in?",
            "North America had the most cars sold",
        ),
    ],
)
def test_the_first_is_named(text: str, question: str, told: str) -> None:
    assert (said(text, question) or "").startswith(told)


def test_the_next_follows_with_the_scale_of_its_column() -> None:
    told = said(CARS, "Which region did it sell the most cars in?")
    assert told is not None and told.endswith("followed by Japan with 512 thousand")


def test_several_are_told_in_order() -> None:
    told = said(POWER, "Rank the sources by generation in 2024")
    assert told is not None
    assert [told.index(name) for name in ("Hydro", "Natural gas", "Solar")] == sorted(
        told.index(name) for name in ("Hydro", "Natural gas", "Solar")
    )


def test_the_second_is_told_after_the_first() -> None:
    told = said(POWER, "What was the second largest source in 2024?")
    assert told is not None and told.startswith("Natural gas ranked")
    assert told.endswith("after Hydro with 8,930 GWh")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (AIRPORT, "Which airline had the most delays?"),
        (POWER, "Which party won the most seats?"),
        (CARS, "Which plant has the most workers?"),
    ],
)
def test_no_set_of_another_thing_is_ranked(text: str, question: str) -> None:
    assert said(text, question) is None


def test_sums_and_strangers_are_no_members() -> None:
    article = articles.parse(AIRPORT.encode(), "a.md")
    linker = Linker([linking.Decks().of(article, figures.find(article))])
    sets = list(contests.tables(linker.cards, {article.id: article}))
    assert sets
    assert all("Total" not in {m.name for m in one.members} for one in sets if not one.is_row)


def test_what_is_the_sum_of_all_others_is_no_member() -> None:
    text = POWER.replace("Total", "Whole of Oster")
    article = articles.parse(text.encode(), "a.md")
    linker = Linker([linking.Decks().of(article, figures.find(article))])
    columns = [s for s in contests.tables(linker.cards, {article.id: article}) if not s.is_row]
    assert columns
    assert all("Whole of Oster" not in {m.name for m in one.members} for one in columns)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" against DENV-1, ", "DENV-1"),
        (", followed by Ventspils with ", "Ventspils"),
        ("The average room rate in Istanbul was ", "Istanbul"),
        (", wind ", "wind"),
        ("United States provided ", "United States"),
        ("among them ", ""),
        (" of 2023 ", ""),
    ],
)
def test_the_name_beside_a_figure(text: str, name: str) -> None:
    assert contests.name_in(text) == name


def test_a_sentence_that_sets_more_side_by_side_than_can_be_named_ranks_nothing() -> None:
    text = """# Farm exports

The United States was the top destination with 10.9% of shipments by value, followed by the
United Arab Emirates (8.1%), Bangladesh (6.6%) and Vietnam (5.8%).
"""
    assert said(text, "Where is the largest share of shipments going?") is None


def test_under_headings_only_what_they_head_is_ranked() -> None:
    told = said(
        FILMS.replace("Budget:", "Gross: $900 million (Spain $80 million). Budget:"),
        "Which film had the smallest budget?",
    )
    assert told is not None and told.startswith("Quiet Hill had the smallest budget")


@pytest.mark.parametrize(
    ("question", "sentence", "is_told"),
    [
        ("What was the most popular route?", "Linz was the most popular route of all.", True),
        ("Who scored the most goals?", "The striker Ana Vrab was top scorer with 29 goals.", True),
        (
            "In which region are people paid worst?",
            "The lowest average pay was found in the Vary region.",
            True,
        ),
        ("Which month was the busiest?", "The busiest day was 22 December.", False),
        ("What was the most popular route?", "Graz was the second most popular route.", False),
        ("Which town grew most?", "It is one of the most thinly settled towns.", False),
        ("Which team has the most points?", "He coaches a top-flight team with 12 points.", False),
    ],
)
def test_sentences_that_say_which_is_the_most(question: str, sentence: str, is_told: bool) -> None:
    asked = superlatives.read(question)
    assert asked is not None
    stems = terms.stems_of(sentence)
    line = Line("a.md", 0, len(sentence), sentence, "sentence", stems, frozenset())
    found = [Found(line, 0.5, 0.5, 0.5)]
    told = leaders.told(asked, questions.parse(question), found, lambda _: True)
    assert (told is line) is is_told


@pytest.mark.parametrize(
    ("sentence", "name", "is_named"),
    [
        ("Hydro came first, followed by Natural gas.", "Natural gas", True),
        ("Vikra grew, the Norra Fjell district shrank.", "Norra Fjell district", True),
        ("It was followed by Orchard 2.", "Orchard 2", True),
        ("Vikra grew, another district shrank.", "Norra Fjell district", False),
    ],
)
def test_a_name_of_which_words_are_plain_is_said(sentence: str, name: str, is_named: bool) -> None:
    assert fitting.names(vocabulary.words(sentence), name) is is_named


def test_what_the_word_speaks_of_is_looked_for_in_the_head_before_what_stands_above() -> None:
    text = """# Airports and time

| Airport | Flights 2024 | On time, % |
|---|---|---|
| Hjelm | 7,900 | 85 |
| Amaro | 43,700 | 72 |
| Quenby | 13,100 | 80 |
"""
    assert (said(text, "Which airport was the least punctual?") or "").startswith("Amaro was")
