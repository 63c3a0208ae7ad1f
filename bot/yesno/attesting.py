"""Attesting: yes or no by what one of the likeliest lines tells, in words or by its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.derivation import Search
from bot.evidence.pages import Found, Line
from bot.language import mentions, portions, terms
from bot.nodes import attempted, leaf, node_of
from bot.questions import Query
from bot.tagging import Tags
from bot.yesno import (
    changing,
    contraries,
    decisions,
    every,
    holding,
    limits,
    moves,
    nearing,
    pairs,
    ranges,
    recasting,
    sides,
    telling,
)
from bot.yesno.decisions import Decision
from bot.yesno.telling import Holds
from ingest import Article, Figure

# A sentence that holds less of the question's words than this decides nothing.
WORDS_FIT = 0.45
# A line is cited with this chance.
CITED = 0.3
# So many of the nearest sentences are looked at for what is supposed.
N_NEAR, N_MOVES = 5, 3
# Figures of a line are not what is asked about when others are so many times likelier.
BESIDE = 0.3
# A line tells the contrary with this share of the question's words; figures of two lines are held
# against each other, and a line denies, with this chance.
CONTRARY, APART, DENYING = 0.2, 0.05, 0.65


def likely(query: Query, found: Sequence[Found], tags: Tags | None) -> list[Found]:
    """The lines that are likely cited, the likeliest first."""
    may = [f for f in found if f.line.kind != "heading"]
    if not tags:
        return [f for f in may if f.coverage >= WORDS_FIT]
    chances = {id(f): tags.line(f.line.article_id, f.line.start) for f in may}
    return sorted((f for f in may if chances[id(f)] >= CITED), key=lambda f: -chances[id(f)])


def by_denial(query: Query, lines: Sequence[Found], tags: Tags | None) -> Decision | None:
    """The likeliest line, where it denies something of what the question speaks of; else one of
    the next that denies just that."""
    told = [f for f in lines[: decisions.N_DENYING] if not telling.is_question(f.line.text)]
    if query.assumed or not told:
        return None
    if telling.denied(query, told[0].line):
        return Decision("no", found=told[0])
    if moves.supposed(query.text) or sides.read(query.text):
        return None
    for near in told:
        if decisions.line_chance(tags, near) >= DENYING and telling.denies_that(query, near.line):
            return Decision("no", found=near)
    return None


def by_words(query: Query, lines: Sequence[Found]) -> Decision | None:
    """The first of the likeliest lines that tells it, or tells otherwise.

    What is compared, or said to have moved, is no matter of which words there are.
    """
    if moves.supposed(query.text) or sides.read(query.text):
        return None
    hidden = recasting.recast(query)
    is_of_part = hidden is not None and hidden.kind == "share" and hidden.held.text.lower() != "all"
    for near in lines[:N_NEAR]:
        if is_of_part and not portions.is_told(near.line.text):
            continue
        if holds := telling.told(query, near.line):
            return Decision(holds, found=near)
    return None


def by_move(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """The first of the likeliest lines that tells a move of what the question is about."""
    if not moves.supposed(query.text) or _ANY.search(query.text):
        return None
    for near in _of_span(query, lines[:N_MOVES]):
        line = near.line
        article = articles[line.article_id] if near is lines[0] else None
        if telling.is_question(line.text) or not moves.is_about(query, line, article):
            continue
        if made := by_cells(query, [near], search, articles):
            return made
        figures = decisions.figures_of([near], search).get((line.article_id, line.start), ())
        if _are_beside_it(figures, search) or _are_of_others(query, figures, search):
            continue
        holds = moves.told(
            query.text, line.text, figures, line.start, decisions.chance(search.tags)
        )
        if holds and not every.is_but_one(query.text, line.text, holds):
            return Decision(holds, found=near)
    return None


# "Was any data lost?": whether at all, not which way.
_ANY = re.compile(r"^\w+ any\b", re.IGNORECASE)


def _are_beside_it(figures: Sequence[Figure], search: Search) -> bool:
    """Whether figures of another line are much likelier asked about than those of a line."""
    chance = decisions.chance(search.tags)
    best = max((chance(card.figure) for card in search.linker.cards), default=0.0)
    mine = max(map(chance, figures), default=best)
    return best >= decisions.ASKED and mine < BESIDE * best


def _are_of_others(query: Query, figures: Sequence[Figure], search: Search) -> bool:
    """Whether a line tells what is asked about of another owner, and another line of the one that
    is named."""
    names, asked = terms.stem_set(query.entities), terms.stems_of(query.text)
    called = [f for f in figures if f.measure and terms.stems_of(f.measure) <= asked]
    owners = [terms.stems_of(f.entity or "") for f in called]
    if not names or not owners or any(not own or own & names for own in owners):
        return False
    measures = [terms.stems_of(f.measure or "") for f in called]
    own = [card for card in search.linker.cards if card.entity & names]
    return any(measure <= card.measure for card in own for measure in measures)


def by_likeliest_move(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """A move told by one of the surely likely lines, in whatever words it names what moves."""
    flat = query.text.lower()
    if limits.supposed(flat) or terms.has(flat, decisions.data()["of_worth"]) or _ANY.search(flat):
        return None
    for near in lines:
        line, is_sure = near.line, decisions.line_chance(search.tags, near) >= decisions.SURELY
        if not is_sure or not decisions.is_of_question(query, near, articles):
            continue
        if moves.has_own_row(query, line, articles[line.article_id]):
            continue
        figures = decisions.figures_of([near], search).get((line.article_id, line.start), ())
        if _are_beside_it(figures, search):
            continue
        holds = moves.told(query.text, line.text, figures, line.start)
        if holds and not every.is_but_one(query.text, line.text, holds):
            return Decision(holds, found=near)
    return None


def by_cells(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did wind output rise?": the cells of two periods in a row that is likely asked about."""
    asked = moves.supposed(query.text)
    if asked is None or terms.has(query.text.lower(), decisions.data()["of_worth"]):
        return None
    for near in lines:
        line = near.line
        if "|" not in line.text or not moves.is_of_article(query, articles[line.article_id]):
            continue
        cells = decisions.figures_of([near], search).get((line.article_id, line.start), ())
        text, chance = articles[line.article_id].text, decisions.chance(search.tags)
        found = pairs.of_times(query, cells, chance) or pairs.of_headers(cells, text, chance)
        one, other = (attempted(leaf(f), articles) for f in found) if found else (None, None)
        holds = (
            decisions.held_above(decisions.signed(one), decisions.signed(other))
            if one and other
            else None
        )
        if holds and one and other:
            made = Decision(holds, (one, other))
            return made if asked.way == "up" else decisions.turned(made)
    return None


def by_rows(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did every branch grow?": one row of a table that went the other way, or none that did."""
    asked = moves.supposed(query.text) if every.is_asked(query.text) else None
    if asked is None or asked.way == "level":
        return None
    chance = decisions.chance(search.tags)
    for near in lines:
        article = articles[near.line.article_id]
        if "|" not in near.line.text or not moves.is_of_article(query, article):
            continue
        cells = [c.figure for c in search.linker.cards if c.figure.article_id == article.id]
        told, is_whole = every.of_rows(query, near.line, cells, article.text, chance)
        against = [pair for pair in told if _way_of(pair, articles) not in {asked.way, None}]
        if against or (is_whole and len(told) >= every.FEWEST):
            made = [attempted(leaf(f), articles) for f in (against or told)[0]]
            holds: Holds = "no" if against else "yes"
            return Decision(holds, tuple(m for m in made if m)) if all(made) else None
    return None


def _way_of(pair: tuple[Figure, ...], articles: dict[str, Article]) -> moves.Way | None:
    """Which way a change went, or a value from another one to it."""
    ends = [attempted(leaf(f), articles) for f in pair]
    if not all(ends):
        return None
    one = decisions.signed(ends[0]) if ends[0] else (None, None)
    other = decisions.signed(ends[1]) if len(ends) > 1 and ends[1] else (Decimal(0), Decimal(0))
    holds = decisions.held_above(one, other)
    return "level" if holds is None else "up" if holds == "yes" else "down"


def by_change(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did net debt go up by more than £20m?": two levels of the likeliest lines."""
    asked = changing.read(query)
    if asked is None:
        return None
    for near in lines:
        line = near.line
        if not decisions.is_surely_of_question(query, near, search.tags, articles):
            continue
        figures = decisions.figures_of([near], search).get((line.article_id, line.start), ())
        text = articles[line.article_id].text
        found = changing.pair(query, line, figures, text, decisions.chance(search.tags))
        if found is None or not changing.may_be_held(asked, found[0].unit):
            continue
        if decision := changing.held(query, asked, found, articles):
            return decision
    return None


def by_times(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Twice as much from tickets as from sponsors?": the figures of the two sides, divided."""
    compared, hidden = sides.of_times(query.text), recasting.recast(query)
    if compared is None or hidden is None or hidden.kind != "times":
        return None
    figures = decisions.figures_of(lines, search)
    found = sides.pair(compared, [f.line for f in lines], figures, decisions.chance(search.tags))
    made = attempted(node_of("ratio", (found.one, found.other)), articles) if found else None
    flat, value = query.text.lower(), hidden.held.value
    if made is None or holding.is_far_short(value, holding.bounds(made)):
        return None
    holds = decisions.held_against(flat, hidden.held, value, holding.bounds(made))
    return Decision(holds, (made,)) if holds else None


def by_parts(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Is it under half of the price?", "at least twice the cost?": two likely figures divided."""
    assumed, tags = query.assumed[-1], search.tags
    if tags is None or assumed.unit not in {"1", "%"} or moves.supposed(query.text):
        return None
    told = [f for figures in decisions.figures_of(lines, search).values() for f in figures]
    found = pairs.of_parts(told, lambda f: tags.of(f).first, lambda f: tags.of(f).second)
    if found is None:
        return None
    is_share = assumed.unit == "%" or assumed.value < 1
    operation = "share" if is_share else "ratio"
    part, whole = sorted(found, key=lambda f: f.value or 0) if is_share else found
    made = attempted(node_of(operation, (part, whole)), articles)
    value = holding.in_unit_of(assumed, made.unit) if made else None
    if made is None or value is None or not holding.is_worth_asking(value, *holding.bounds(made)):
        return None
    holds = holding.compare(query.text.lower(), assumed, value, *holding.bounds(made))
    return Decision(holds, (made,)) if holds else None


def _of_span(query: Query, lines: Sequence[Found]) -> list[Found]:
    """The lines, first those that tell of a span of time where one is asked about."""
    is_since = " since " in query.text.lower()
    return sorted(lines, key=lambda f: is_since and " since " not in f.line.text)


def by_contrary(
    query: Query, lines: Sequence[Found], tags: Tags | None, articles: dict[str, Article]
) -> Decision | None:
    """ "Was it in profit?": the likeliest line, where it tells what shuts that out."""
    for near in lines:
        is_near = near.coverage >= CONTRARY or decisions.line_chance(tags, near) >= decisions.SURELY
        if not is_near or not decisions.is_of_question(query, near, articles):
            continue
        if _is_of_other_year(query, near, articles):
            continue
        is_first = near is lines[0]
        if not is_first and not moves.is_of_those(query, near.line):
            continue
        if holds := contraries.told(query.text, near.line.text, is_first):
            return Decision(holds, found=near)
    return None


def _is_of_other_year(query: Query, near: Found, articles: dict[str, Article]) -> bool:
    """Whether a year is asked for, and a line's article is headed by another and not by it."""
    article = articles[near.line.article_id]
    headed = set(_YEAR.findall(article.title))
    told = set(_YEAR.findall(near.line.text)) | headed
    return bool(query.years and headed and not query.years & told)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


_FIRST = re.compile(r"\bfirst (?:time|year|month|quarter|season)\b(?! of\b)", re.IGNORECASE)
_FIRST_TIME = re.compile(r"\bfor the first time\b|\bnever before\b|\bfirst time (?:that|in)\b")


def by_first_time(query: Query, lines: Sequence[Found]) -> Decision | None:
    """ "Was 2024 the first year above a trillion?": a line that tells that number for the first
    time, of that year, or of all that the question names where it asks of no year."""
    if not _FIRST.search(query.text) or not query.assumed or query.negated:
        return None
    named = terms.stems_of(_things(query)) if not query.years else frozenset[str]()
    if not query.years and not named:
        return None
    for near in lines[: decisions.N_COMPARED]:
        told = {number.value for number in mentions.numbers(near.line.text)}
        is_told = all(number.value in told for number in query.assumed)
        years = set(_YEAR.findall(near.line.text))
        if not is_told or not _FIRST_TIME.search(near.line.text.lower()):
            continue
        if named and all(telling.stands(stem, near.line.stems) for stem in named):
            return Decision("yes", found=near)
        if query.years and years:
            return Decision("yes" if query.years & years else "no", found=near)
    return None


def _things(query: Query) -> str:
    """What a question asks of, before the verb that sets it above something."""
    beat = terms.table("questions")["lists"]["beat"]
    m = re.match(
        rf"(?:did|does|do|has|have|had) (?P<what>.+?) (?:{beat}|pass|reach|hit|break)\w*\b",
        query.text,
        re.IGNORECASE,
    )
    return m["what"] if m else ""


def by_limit(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did it hit its target?": the likeliest lines, where one tells of what was aimed at."""
    if limits.supposed(query.text) is None or ranges.is_named(query, search):
        return None
    tags = search.tags
    for near in lines:
        line = near.line
        figures = decisions.figures_of([near], search).get((line.article_id, line.start), ())
        if not decisions.is_surely_of_question(query, near, tags, articles):
            continue
        if _are_beside_it(figures, search):
            continue
        if holds := limits.told(query.text, line.text, figures, line.start, decisions.chance(tags)):
            return Decision(holds, found=near)
    return _by_limit_apart(query, lines, search, articles) if tags else None


def _by_limit_apart(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "The budget was €5m." and "It has cost €6m.": a limit, and what is held against it."""
    told = [
        (f, near)
        for near in lines
        if decisions.is_surely_of_question(query, near, search.tags, articles)
        for f in decisions.figures_of([near], search).get(
            (near.line.article_id, near.line.start), ()
        )
    ]
    chance, all_told = decisions.chance(search.tags), [f for f, _ in told]
    limit = [
        f
        for f, near in told
        if limits.is_limit(f, all_told, near.line.text.lower(), near.line.start)
        and chance(f) >= decisions.ASKED
    ]
    if len(limit) != 1:
        return None
    others = [f for f in all_told if limits.may_be_held(f, limit[0]) and chance(f) >= APART]
    lines_of = {id(f): near.line for f, near in told}
    beside = terms.stem_set([query.text, _after(limit[0], lines_of[id(limit[0])])])

    def fit(figure: Figure) -> tuple[int, float]:
        own = terms.stem_set([_after(figure, lines_of[id(figure)])])
        return len(own & beside), chance(figure)

    one = max(others, key=fit, default=None)
    holds = limits.held(query.text, one, limit[0]) if one else None
    made = [attempted(leaf(f), articles) for f in (one, limit[0]) if f]
    return Decision(holds, tuple(m for m in made if m)) if holds and all(made) else None


def _after(figure: Figure, line: Line) -> str:
    """The words behind a figure, up to the next break or number: "after tax", "from wells"."""
    return _BREAK.split(line.text[figure.end - line.start :], maxsplit=1)[0]


_BREAK = re.compile(r"[,;:.()]|\d|\band\b|\bbut\b")

_MOST = re.compile(
    r"(?<!the )(?<!at )\bmost (?:of\b|(?:[a-z]+ )?(?:[a-z]{2,}s|people|men|women|children|staff)\b)"
)


def by_share(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Do most families save?": a share told in the likeliest line, held against a half."""
    flat, data, tags = query.text.lower(), decisions.data()["shares"], search.tags
    is_most = bool(_MOST.search(flat)) or terms.has(flat, data["most"])
    if tags is None or is_most == terms.has(flat, data["least"]) or query.negated:
        return None
    if sides.read(query.text):
        return None
    for near in lines[:1]:
        told = decisions.figures_of([near], search).get((near.line.article_id, near.line.start), ())
        shares = [f for f in told if f.unit == "%" and f.kind in {"share", "rate", "level"}]
        best = max(shares, key=lambda f: tags.of(f).first, default=None)
        if (
            best is None
            or tags.of(best).first < decisions.ASKED
            or not decisions.is_of_question(query, near, articles)
        ):
            continue
        if holds := holding.above(Decimal(50), best.low, best.high):
            return Decision(holds if is_most else _OTHER[holds], found=near)
    return None


_OTHER: dict[Holds, Holds] = {"yes": "no", "no": "yes"}


def _by_nearing(
    query: Query,
    compared: sides.Sides,
    near: Sequence[Found],
    search: Search,
    articles: dict[str, Article],
) -> Decision | None:
    """ "Was the bank's guess nearer to the result than the ministry's?": by three figures."""
    figures, chance = decisions.figures_of(near, search), decisions.chance(search.tags)
    found = sides.pair(compared, [f.line for f in near], figures, chance)
    if found is None:
        return None
    known = [card.figure for card in search.linker.cards]
    told = nearing.held(query, found.one, found.other, known, chance)
    made = [attempted(leaf(f), articles) for f in (found.one, found.other, told[1])] if told else []
    return Decision(told[0], tuple(m for m in made if m)) if told and all(made) else None


def by_compared(
    query: Query, lines: Sequence[Found], articles: dict[str, Article]
) -> Decision | None:
    """ "Were there more births than deaths?": a likely line that compares the two itself."""
    compared = sides.read(query.text)
    if compared is None or nearing.is_asked(query.text):
        return None
    for near in lines[: decisions.N_SURE]:
        is_told = sides.told(compared, near.line.text)
        if is_told is not None and decisions.is_of_question(query, near, articles):
            return Decision("yes" if is_told else "no", found=near)
    return None


def by_sides(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Is inflation under the target?": the figures of the two sides in the likeliest lines."""
    compared = sides.read(query.text)
    if compared is None or ranges.is_named(query, search):
        return None
    near = lines[: decisions.N_COMPARED]
    if nearing.is_asked(query.text):
        return _by_nearing(query, compared, near, search, articles)
    figures, tags = decisions.figures_of(near, search), search.tags
    found = sides.pair(compared, [f.line for f in near], figures, decisions.chance(tags))
    turned = sides.turned(query.text) if found is None else None
    if turned:
        compared = turned
        found = sides.pair(compared, [f.line for f in near], figures, decisions.chance(tags))
    if found is None:
        return None
    one, other = (attempted(leaf(f), articles) for f in (found.one, found.other))
    measured = decisions.signed if compared.is_change else holding.bounds
    holds = decisions.held_above(measured(one), measured(other)) if one and other else None
    if holds is None and found.one.value == found.other.value and compared.is_even:
        return Decision("yes", (one,)) if one else None
    if (
        holds is None
        or one is None
        or other is None
        or not decisions.may_be_priced(query, found.one)
    ):
        return None
    made = Decision(holds, (one, other))
    if found.one.sentence == found.other.sentence:
        line = next(f for f in near if f.line.start == found.one.sentence.start)
        made = Decision(holds, found=line)
    spoken = f"{query.text} {found.one.measure or ''}"
    is_turned = compared.is_worth and limits.is_better_low(spoken)
    return made if compared.is_more != is_turned else decisions.turned(made)
