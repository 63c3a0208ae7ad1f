"""Candidates made of tagged figures, and the chance that each is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot import nodes, questions
from bot.derivation import linker_of
from bot.deriving import candidates, compounds, judging
from bot.deriving.candidates import Candidate
from bot.deriving.pools import Pool
from bot.deriving.ties import Ties
from bot.evidence import linking
from bot.evidence.linking import Card
from bot.tagging import CLASSES, Chance, Tags
from ingest import Article, Figure, Span, articles, figures
from tests.bot.samples import stated

TEXT = """Brell & Sons in 2024

Revenue reached £90 million in 2024, up from £75 million in 2023.
Bread brought in £30 million in 2024, cakes £24 million and coffee £12 million.
Costs rose by £6 million to £60 million.
About 40% of 2,500 employees work at night.
"""


@pytest.fixture(scope="module")
def article() -> Article:
    return articles.parse(TEXT.encode(), "brell.txt")


@pytest.fixture(scope="module")
def read(article: Article) -> dict[str, Figure]:
    return {article.text[f.start : f.end]: f for f in figures.find(article)}


def tags(
    kind: str, read: Mapping[str, Figure], first: Mapping[str, float], second: Mapping[str, float]
) -> Tags:
    chances = {
        (f.article_id, f.start): Chance(first.get(text, 0.02), second.get(text, 0.02))
        for text, f in read.items()
    }
    classes = {name: 0.9 if name == kind else 0.1 / (len(CLASSES) - 1) for name in CLASSES}
    return Tags(chances, {}, classes)


def cards_of(article: Article) -> list[Card]:
    return linking.cards(article, figures.find(article))


CASES = [
    ("quoted", ["£90 million"], [], "£90 million"),
    ("difference", ["£90 million"], ["£75 million"], "£90 million − £75 million = about £15"),
    ("growth", ["£90 million"], ["£75 million"], "20%"),
    ("share", ["£30 million"], ["£90 million"], "33.3%"),
    ("residual", ["£90 million"], ["£30 million", "£24 million"], "£36 million"),
    ("average", ["£30 million", "£24 million"], [], "£27.0 million"),
    ("before_change", ["£60 million"], ["£6 million"], "£54 million"),
    ("percent_of", ["2,500 employees"], ["40%"], "1,000"),
    ("extremum", ["£30 million", "£24 million", "£12 million"], [], "£30 million"),
]


@pytest.mark.parametrize(("kind", "first", "second", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_the_likeliest_candidate_plays_the_tagged_roles(
    article: Article,
    read: dict[str, Figure],
    kind: str,
    first: list[str],
    second: list[str],
    wanted: str,
) -> None:
    told = tags(kind, read, dict.fromkeys(first, 0.9), dict.fromkeys(second, 0.9))
    asks = {"growth": "By what percentage did it grow?", "share": "What share was it?"}
    asks |= {"average": "What was the average?", "extremum": "Which was the largest?"}
    query = questions.parse(asks.get(kind, "How much was it?"))
    found = candidates.propose(query, told, cards_of(article))
    made = nodes.attempted(found[0].node, {article.id: article})
    assert found[0].kind == kind
    assert made is not None
    if made.is_stated:
        shown = article.text[made.figures[made.result].start : made.figures[made.result].end]
    else:
        shown = made.calculations[made.result].formula
    assert wanted in shown


def test_a_quantity_said_twice_is_one_candidate() -> None:
    source = articles.parse(
        b"Sales came to $7 million.\n\nSales of $7 million were good.\n", "a.txt"
    )
    held = figures.find(source)
    told = {(f.article_id, f.start): Chance(0.9, 0.1) for f in held}
    pool = Pool.of(Tags(told), linking.cards(source, held))
    assert len(held) == 2 and len(pool.figures) == 1


def test_figures_left_out_lower_the_likelihood(article: Article, read: dict[str, Figure]) -> None:
    told = tags("quoted", read, {"£90 million": 0.9, "£75 million": 0.8}, {})
    pool = Pool.of(told, cards_of(article))
    both = pool.likelihood([read["£90 million"], read["£75 million"]])
    assert both > pool.likelihood([read["£90 million"]])


def test_a_figure_of_the_asked_period_and_unit_is_likelier(
    article: Article, read: dict[str, Figure]
) -> None:
    told = tags("quoted", read, {"£90 million": 0.6, "£75 million": 0.6, "40%": 0.6}, {})
    query = questions.parse("How much money was revenue in 2023?")
    linker = linker_of(list(read.values()), {article.id: article})
    ranked = judging.ranked(query, [], told, linker, {article.id: article})
    assert ranked[0].figure == read["£75 million"]
    assert all(0 <= node.score <= 1 for node in ranked)


def test_measures_are_those_that_have_weights(article: Article, read: dict[str, Figure]) -> None:
    told = tags("quoted", read, {"£90 million": 0.9}, {})
    query = questions.parse("What was revenue?")
    linker = linker_of(list(read.values()), {article.id: article})
    candidate = Candidate(nodes.leaf(read["£90 million"]), "quoted", -1.0)
    ground = judging.Ground(
        query, told, linker, -1.0, 0.0, judging.Nearness(linker), Ties(query.text, linker)
    )
    measured = judging.measures(candidate, None, ground)
    assert set(measured) == set(judging.FEATURES)


@pytest.mark.parametrize(
    ("kind", "question", "one", "other", "is_sensible"),
    [
        ("growth", "How much more?", ("86%", "%", {}), ("74%", "%", {}), False),
        ("point_change", "How much more?", ("86%", "%", {}), ("74%", "%", {}), True),
        (
            "growth", "By how much were exports up in 2024?",
            ("25 tonnes", "t", {"measure": "exports", "period": "2024"}),
            ("7 tonnes", "t", {"measure": "imports", "period": "2024", "sentence": Span(300, 400)}),
            False,
        ),
        (
            "growth", "By what percentage did exports exceed imports?",
            ("25 tonnes", "t", {"measure": "exports", "period": "2024"}),
            ("7 tonnes", "t", {"measure": "imports", "period": "2024"}), True,
        ),
        (
            "growth", "By how much did exports grow?",
            ("25 tonnes", "t", {"measure": "exports", "period": "2024"}),
            ("7 tonnes", "t", {"measure": "exports", "period": "2023"}), True,
        ),
        ("share", "What share?", ("86%", "%", {}), ("74%", "%", {}), False),
        (
            "difference", "How many more?",
            ("8460 pupils", "pupil", {}), ("57 schools", "school", {}), False,
        ),
        (
            "difference", "How many more?",
            ("8460 pupils", "pupil", {}), ("7000 teachers", "teacher", {}), True,
        ),
        (
            "before_growth", "How many crimes were there in 2024?",
            ("71840 crimes", "crime", {"period": "2024"}), ("4.6%", "%", {}), False,
        ),
        (
            "before_growth", "How many crimes were there before 2024?",
            ("71840 crimes", "crime", {"period": "2024"}), ("4.6%", "%", {}), True,
        ),
    ],
)  # fmt: skip
def test_what_nobody_would_ask_for(
    kind: str, question: str, one: Any, other: Any, is_sensible: bool
) -> None:
    pair = [stated(text, unit, **slots) for text, unit, slots in (one, other)]
    assert candidates.is_sensible(kind, questions.parse(question), pair) is is_sensible


@pytest.mark.parametrize(
    ("question", "is_change"),
    [
        ("By how many points did it rise?", True),
        ("By how many points is A ahead of B?", False),
        ("How far up was turnout?", True),
    ],
)
def test_what_asks_for_a_change(question: str, is_change: bool) -> None:
    assert candidates.is_of_change(question) is is_change


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("By how many percent did sales shrink?", "down"),
        ("How much did sales grow?", "up"),
        ("How did the growth decline?", None),
        ("By how many percent was it up on last year?", "up"),
        ("How many points did the party give up?", None),
        ("How much better is it?", None),
    ],
)
def test_the_way_that_is_asked_for(question: str, way: str | None) -> None:
    assert candidates.asked_way(question) == way


def test_a_fall_is_from_more_to_less() -> None:
    less, more = stated("391 cars", "car"), stated("538 cars", "car")
    query = questions.parse("By how many percent did sales shrink?")
    assert candidates.is_sensible("growth", query, (less, more))
    assert not candidates.is_sensible("growth", query, (more, less))


@pytest.mark.parametrize(
    ("question", "kind", "may"),
    [
        ("How many US dollars did trade reach?", "absolute_growth", False),
        ("By how much did trade rise?", "absolute_growth", True),
        ("What did the bridge cost?", "ratio", False),
        ("How many times the old toll is the new one?", "ratio", True),
        ("Mean price of the four?", "average", True),
        ("What did the bridge cost?", "difference", True),
    ],
)
def test_what_a_wording_may_ask_for(question: str, kind: str, may: bool) -> None:
    assert candidates.may_ask(questions.parse(question), kind) is may


@pytest.mark.parametrize(
    ("question", "slots", "are_apart"),
    [
        ("Which region had the most?", [("north", "2023"), ("south", "2023")], True),
        ("Which region had the most?", [("north", "2023"), ("north", "2024")], False),
        ("In which year was it most?", [("north", "2023"), ("north", "2024")], True),
        (
            "Which region had the most?",
            [("group", "2023"), ("group", "2024"), ("x", "2024")],
            False,
        ),
    ],
)
def test_what_is_picked_from_is_told_alike_of_several(
    question: str, slots: list[tuple[str, str]], are_apart: bool
) -> None:
    members = [
        stated(
            f"{n} t", "t", start=n, entity=owner, period=time, measure=f"m{n}", sentence=Span(n, n)
        )
        for n, (owner, time) in enumerate(slots, 1)
    ]
    assert candidates.are_told_apart(questions.parse(question), members) is are_apart


@pytest.mark.parametrize(
    ("question", "first", "is_converted"),
    [
        ("What was the deficit in euros?", {"13 billion yuan": 0.8, "€9 billion": 0.1}, True),
        ("What was the deficit in euros?", {"13 billion yuan": 0.3, "€9 billion": 0.6}, False),
        ("What was the deficit in yuan?", {"13 billion yuan": 0.8, "€9 billion": 0.1}, False),
    ],
)
def test_an_amount_is_converted_where_nothing_is_told_in_the_currency_asked_for(
    question: str, first: dict[str, float], is_converted: bool
) -> None:
    source = articles.parse(
        "The deficit was 13 billion yuan.\n\nA bond of 6 billion yuan (€2 billion) was placed."
        "\n\nRoads cost €9 billion.\n".encode(),
        "budget.txt",
    )
    read = {source.text[f.start : f.end]: f for f in figures.find(source)}
    told = tags("conversion", read, first, {"6 billion yuan": 0.7, "€2 billion": 0.7})
    pool = Pool.of(told, cards_of(source))
    leaves = [read[text] for text in ("13 billion yuan", "6 billion yuan", "€2 billion")]
    asked = questions.parse(question)
    assert compounds.is_to_be_converted(asked, pool, leaves) is is_converted


@pytest.mark.parametrize(
    ("question", "is_sensible"),
    [
        ("What was revenue in 2023, judging by the 2024 growth?", True),
        ("What was revenue in 2024, going by its growth?", False),
        ("What was revenue in 2022 and in 2024?", False),
    ],
)
def test_what_was_before_is_asked_for_with_the_year_of_its_growth(
    question: str, is_sensible: bool
) -> None:
    text = b"Revenue came to 90 million pounds in 2024, a rise of 20%."
    level, growth = figures.find(articles.parse(text, "a.txt"))
    asked = questions.parse(question)
    assert candidates.is_sensible("before_growth", asked, (level, growth)) is is_sensible


@pytest.mark.parametrize(
    ("question", "levels", "is_wanted"),
    [
        ("How much did revenue rise in 2024?", ("£90 million", "£75 million"), True),
        ("How much did revenue fall in 2024?", ("£90 million", "£75 million"), False),
        ("How far apart are the two revenues?", ("£90 million", "£75 million"), True),
        # Two things of one time are set side by side.
        ("How much lower fell coffee than bread?", ("£30 million", "£12 million"), True),
    ],
)
def test_what_lies_between_two_levels_has_come_about_as_asked(
    question: str, levels: tuple[str, str], is_wanted: bool, read: dict[str, Figure]
) -> None:
    query = questions.parse(question)
    node = nodes.node_of("difference", [read[text] for text in levels])
    assert candidates.is_wanted(query, node) is is_wanted
    assert candidates.is_sensible("difference", query, node.leaves) is is_wanted


def test_what_has_risen_is_asked_for_as_what_lies_between(read: dict[str, Figure]) -> None:
    told = tags("absolute_growth", read, {}, {})
    query = questions.parse("By how much did revenue rise?")
    assert candidates.class_chance(query, told, "difference", None) > 0.9
    assert candidates.class_chance(query, told, "growth", None) < 0.1


def test_each_role_is_filled_with_what_may_stand_in_it() -> None:
    text = b"""A brewery sold 412,000 hectolitres in 2024, of which 58,000 were exported.

Its 24 vans, 6 halls, 9 depots, 12 tanks, 31 shops and 85 taps are new. Stout was 13% of it.
"""
    source = articles.parse(text, "brewery.txt")
    held = figures.find(source)
    written = {source.text[f.start : f.end]: f for f in held}
    likely = {text: 0.3 for text in written} | {"412,000 hectolitres": 0.9, "13%": 0.05}
    told = tags("percent_of", written, likely, likely)
    query = questions.parse("How many hectolitres of stout did it sell, at 13%?")
    found = candidates.propose(query, told, linking.cards(source, held))
    wanted = {written["412,000 hectolitres"], written["13%"]}
    assert any(c.kind == "percent_of" and set(c.node.leaves) == wanted for c in found)


RACE = b"""Of the 168 riders who set out, 151 are still in the race. At the start were 90 cars
and 12 lorries.

The stage cost 84 million euros in all, more than ever.

The region gave 40 million euros and the town 26 million, the sponsors the rest. A lottery gave
9 million euros.
"""


@pytest.mark.parametrize(
    ("question", "likely", "wanted"),
    [
        (
            "How many riders are out of the race?",
            {"151": 0.5, "90 cars": 0.6, "12 lorries": 0.6},
            ["168 riders", "151"],
        ),
        (
            "What did the sponsors give towards the stage?",
            {"40 million euros": 0.5, "84 million euros": 0.2, "90 cars": 0.4},
            ["84 million euros", "40 million euros", "26 million"],
        ),
        (
            "What was left for the sponsors, without the lottery?",
            {"40 million euros": 0.5, "9 million euros": 0.5, "84 million euros": 0.2},
            ["84 million euros", "40 million euros", "26 million", "9 million euros"],
        ),
    ],
)
def test_what_is_left_of_a_whole(
    question: str, likely: dict[str, float], wanted: list[str]
) -> None:
    source = articles.parse(RACE, "race.txt")
    held = figures.find(source)
    written = {source.text[f.start : f.end]: f for f in held}
    told = tags("residual", written, {text: 0.05 for text in written} | likely, likely)
    found = candidates.propose(questions.parse(question), told, linking.cards(source, held))
    leaves = [c.node.leaves for c in found if c.kind == "residual"]
    assert tuple(written[text] for text in wanted) in leaves
    assert all(not _is_more_than_all(members) for members in leaves)


def _is_more_than_all(members: Sequence[Figure]) -> bool:
    whole, *parts = (f.value or 0 for f in members)
    return len({f.unit for f in members}) == 1 and sum(parts) >= whole


def test_no_way_is_proposed_twice_and_none_crowds_out_the_others(
    article: Article, read: dict[str, Figure]
) -> None:
    told = tags("difference", read, {text: 0.5 for text in read}, {text: 0.5 for text in read})
    found = candidates.propose(questions.parse("What lies between them?"), told, cards_of(article))
    ways = [(c.kind, c.node.operation, c.node.leaves) for c in found]
    assert len(ways) == len(set(ways))
