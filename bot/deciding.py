"""Deciding: yes or no, from a figure, a comparison, a direction, or the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from bot import (
    changing,
    contraries,
    derivation,
    every,
    holding,
    limits,
    moves,
    pairs,
    recasting,
    roles,
    sides,
    telling,
    terms,
)
from bot.derivation import Search
from bot.holding import Range
from bot.nodes import Derivation, Node, attempted, leaf, node_of
from bot.pages import Found
from bot.questions import Assumed, Query
from bot.tagging import Tags
from bot.telling import Holds
from ingest import Article, Figure, units

# A sentence that holds less of the question's words than this decides nothing.
WORDS_FIT = 0.45
# Two values are compared when each fits its phrase this well.
COMPARED, SURELY_COMPARED = 0.4, 0.65
# A way to the asked value is believed with this chance of being right.
LIKELY = 0.25
# By how much a total may miss what its parts come to, and not for want of one.
MISSED = Decimal("0.3")
# The wording asks whether figures agree; a line is cited.
AGREEING, CITED = 0.4, 0.3
# So many of the nearest sentences are looked at for what is supposed.
N_NEAR, N_MOVES, N_COMPARED, N_PARTS, N_SURE, N_DENYING, N_CELLS = 5, 3, 4, 3, 2, 3, 3
# So many rates are a whole's and its parts'.
FEWEST_RATES = 3
# A hidden question is surely answered with this chance, beside ways of this share of it.
SURER, BESIDE_RECAST = 0.6, 0.5
# The answer to a question that is hidden in another is believed with this chance.
RECAST, N_RECAST, AS_LIKELY = 0.3, 2, 0.5
# What several unlikely ways say alike is believed.
N_VOICES, VOICE, LOUDER = 8, 0.1, 2.5
# Figures of a line are not what is asked about when others are so many times likelier.
BESIDE = 0.3
# Which of two operands is the first is not known when their chances are so near.
EVEN = 0.95
# A line is of the question with this share of its words; a figure is what is asked about.
ABOUT, ASKED, CONTRARY, APART, DENYING, SURELY = 0.15, 0.3, 0.2, 0.05, 0.65, 0.95


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and the derivations or the sentence that decide."""

    holds: Holds
    derivations: tuple[Derivation, ...] = ()
    found: Found | None = None


def _data() -> dict[str, Any]:
    return terms.table("deciding")


Again = Callable[[str], Search]


def decide(
    query: Query,
    search: Search,
    articles: dict[str, Article],
    found: Sequence[Found],
    again: Again | None = None,
) -> Decision | None:
    """The decision, or None where nothing at hand decides.

    again: how another question is looked for in the same evidence
    """
    query = replace(query, text=plainly(query.text))
    again = lru_cache(maxsize=None)(again) if again else None
    decision = _first_of(_ways(query, search, articles, found, again))
    if decision is None and query.said and query.said == query.text:
        # What is supposed may be plainer in the asker's own words than in the articles'.
        own = replace(query, text=query.asked)
        decision = _first_of(_ways(own, search, articles, found))
    return decision


def plainly(question: str) -> str:
    """A comparison in its plainest words.

    >>> plainly("Did imports grow more quickly than exports?")
    'Did imports grow faster than exports?'
    """
    for pattern, words in _plainer():
        question = pattern.sub(words, question)
    return question


@lru_cache(maxsize=1)
def _plainer() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(said, re.IGNORECASE), words) for said, words in _data()["plainly"]]


def _first_of(ways: Iterable[Callable[[], Decision | None]]) -> Decision | None:
    return next((decision for way in ways if (decision := way())), None)


def _ways(
    query: Query,
    search: Search,
    articles: dict[str, Article],
    found: Sequence[Found],
    again: Again | None = None,
) -> list[Callable[[], Decision | None]]:
    """The ways to a decision, the surest first."""
    is_of_amount = bool(query.assumed or telling.amounts(query.text))
    lines, is_against = _likely(query, found, search.tags), _is_against(query)
    near = lines[:N_SURE]
    ways: list[Callable[[], Decision | None]] = [
        partial(way, query, search, articles) for way in _AGAINST[not is_against :]
    ]
    if is_against:
        ways.append(partial(_by_recast, query, again, articles))
        ways.append(partial(_by_times, query, lines[:N_COMPARED], search, articles))
        ways.append(partial(_by_parts, query, lines[:N_PARTS], search, articles))
    ways += [partial(_by_limit, query, lines[:N_COMPARED], search, articles)]
    ways += [partial(_by_share, query, near, search, articles)]
    ways += [partial(_by_contrary, query, lines[:N_DENYING], search.tags, articles)]
    ways += [] if is_against else [partial(_by_recast, query, again, articles)]
    if not is_of_amount:
        ways.append(partial(_by_move, query, lines, search, articles))
        ways.append(partial(_by_cells, query, lines[:N_CELLS], search, articles))
    rules = [partial(way, query, search, articles) for way in _COMPARED]
    ways = [partial(_by_change, query, lines[:N_SURE], search, articles), *ways]
    ways = [partial(_by_rows, query, lines[:N_CELLS], search, articles), *ways]
    ways += [] if is_of_amount else [partial(rules[0], least=SURELY_COMPARED)]
    if not is_against:
        ways.append(partial(_by_sides, query, lines, search, articles))
    ways += [] if is_of_amount else rules
    ways = [
        partial(_growth_agreeing, query, search, articles),
        partial(_same, query, search, articles),
        partial(_agreeing_rates, query, search, articles),
        partial(_as_told_twice, query, search, articles),
        partial(_by_likelier_recast, query, search, again, articles),
        partial(_by_called_move, query, search, articles),
        *ways,
    ]
    ways += [partial(_by_denial, query, lines, search.tags), partial(_by_words, query, lines)]
    if not is_of_amount:
        ways.append(partial(_by_likeliest_move, query, near, search, articles))
    return ways


def _is_against(query: Query) -> bool:
    """Whether a number of the question is what something is held against."""
    flat = query.text.lower()
    if not query.assumed or " than " not in flat:
        return bool(query.assumed)
    after = flat.rpartition(" than ")[2]
    return query.assumed[-1].text.lower() in after


# -- a number of the asker's ------------------------------------------------------------------


def _against_number(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did exports exceed 20 trillion yuan?", "Was travel more than a quarter of trade?"."""
    if not query.assumed:
        return None
    assumed = query.assumed[-1]
    if limits.is_called(query.text, assumed.text):
        return None
    for node in _candidates(query, search, assumed):
        made = attempted(node, articles)
        if made is None:
            continue
        low, high = _fall(query, made)
        value = holding.in_unit_of(assumed, made.unit)
        if value is None or (made.is_stated and holding.is_part(assumed) and made.unit == "1"):
            continue
        is_share = made.unit in {"1", "%"} and (not made.is_stated or holding.is_part(assumed))
        if is_share and not holding.is_worth_asking(value, low, high):
            continue
        holds = holding.compare(query.text.lower(), assumed, value, low, high)
        if holds:
            return _of_both(query, search, articles, node, Decision(holds, (made,)))
    return None


_BOTH = re.compile(r"\b(?:both|each of the|either of the|the two) [a-z]+")


def _of_both(
    query: Query, search: Search, articles: dict[str, Article], node: Node, decision: Decision
) -> Decision:
    """ "Do both articles imply a rate above 7?": the same of another article too, if it is told."""
    assumed, own = query.assumed[-1], {f.article_id for f in node.leaves}
    if not node.operation or not _BOTH.search(query.text.lower()):
        return decision
    for other in sorted(search.answers(), key=lambda n: -n.score):
        if other.operation != node.operation or own & {f.article_id for f in other.leaves}:
            continue
        made = attempted(other, articles)
        value = holding.in_unit_of(assumed, made.unit) if made else None
        if made is None or value is None or made.unit != decision.derivations[0].unit:
            continue
        holds = holding.compare(query.text.lower(), assumed, value, *holding.bounds(made))
        if holds:
            agreed = holds if holds == decision.holds else "no"
            return Decision(agreed, (*decision.derivations, made))
    return decision


def _fall(query: Query, made: Derivation) -> Range:
    """The interval of a result; of a fall that is asked about, how far something fell."""
    low, high = holding.bounds(made)
    asked = changing.read(query)
    is_fall = asked is not None and asked.way == "down" and made.unit in {"%", "pp"}
    if is_fall and low is not None and high is not None and high <= 0:
        return -high, -low
    return low, high


def _candidates(query: Query, search: Search, assumed: Assumed) -> list[Node]:
    if search.tags or (query.operation and query.roles):
        asked = [*_by_name(query, search, assumed), *search.answers()]
    else:
        # What is counted says what is asked about; the unit of a measure does not.
        kept = assumed.unit if units.is_count(assumed.unit) else " "
        about = replace(query, text=query.text.replace(assumed.text, kept))
        unit = None if assumed.unit == "1" else assumed.unit
        goal = derivation.goal_of(about, unit=unit, classes=(), counted=None)
        telling = tuple(s for s in goal.stems if s not in _comparing())
        asked = search.solve(replace(goal, stems=telling or goal.stems), 3)
    least = LIKELY if search.tags else derivation.STATED
    return [n for n in sorted(asked, key=lambda n: -n.score) if n.score > least][:4]


def _by_name(query: Query, search: Search, assumed: Assumed) -> list[Node]:
    """What a question holds against a number, where it is called by name and follows from others:
    imports from all trade and exports."""
    about = replace(query, text=query.text.replace(assumed.text, " "))
    goal = derivation.goal_of(about, unit=None, classes=(), kinds=("level",), counted=None)
    stems = tuple(s for s in goal.stems if s not in _comparing() and s not in _beating())
    found = search.by_identity(replace(goal, stems=stems), 2) if stems else ()
    return [n for n in found if n.unit == assumed.unit and n.score > derivation.SURE_OPERAND]


@lru_cache(maxsize=1)
def _beating() -> frozenset[str]:
    return terms.stem_set(terms.table("questions")["lists"]["beat"].split("|"))


@lru_cache(maxsize=1)
def _comparing() -> frozenset[str]:
    """Words that compare with a number and describe no figure."""
    return terms.stem_set(
        cue for side in ("more", "least", "less", "most") for cue in _data()[side]
    )


# -- two measures -----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _comparisons() -> list[re.Pattern[str]]:
    lists = terms.table("questions")["lists"]
    return [re.compile(roles.expand(t, lists)) for t in _data()["comparisons"]]


def _two_measures(
    query: Query, search: Search, articles: dict[str, Article], least: float = COMPARED
) -> Decision | None:
    """ "Did exports grow faster than imports?", "Were there more men than women?"."""
    flat = re.sub(r"^\w+ (?:there )?", "", query.text.lower().rstrip("?! ."))
    flat = _TRADED.sub(r"exports \g<more> than imports", flat)
    for pattern in _comparisons():
        m = pattern.search(flat[: roles.MAX_CHARS])
        if not m:
            continue
        a, b = roles.phrase(m["A"]), roles.phrase(m["B"])
        if not terms.find(a) or not terms.find(b):
            continue
        words = flat[m.start() : m.end()].replace(m["A"], " ").replace(m["B"], " ")
        return _compared(query, search, articles, (a, b), words, least)
    return None


# "Did it sell more abroad than it bought?", "Does it export more than it imports?"
_TRADED = re.compile(
    r"^.*?\b(?:(?:sell|sold|sells|export|exported|exports|ship|shipped|earn|earned)"
    r"(?= (?:more|less)\b[^?]*?\b(?:abroad|overseas|import|bought|buy|buys))) (?P<more>more|less)\b"
    r"[^?]*? than (?:it|they|he|she|the country) (?:had )?"
    r"(?:buy|buys|bought|import|imports|imported|purchased|spent on imports|paid for imports)\b"
)


def _compared(
    query: Query,
    search: Search,
    articles: dict[str, Article],
    phrases: tuple[str, str],
    words: str,
    least: float,
) -> Decision | None:
    compared = sides.read(query.text)
    is_growth = terms.has(words, ["faster", "quicker", "slower"]) or derivation.is_growth(words)
    is_growth = is_growth or bool(compared and compared.is_change)
    kinds = ("change",) if is_growth else ("level", "share")
    for x, y in derivation.two(search, *phrases, kinds=kinds):
        if min(x.score, y.score) < least:
            continue
        is_sure = min(x.score, y.score) >= SURELY_COMPARED
        if not is_sure and not all(_is_likely(n, search.tags) for n in (x, y)):
            continue
        one, other = (attempted(n, articles) for n in (x, y))
        if one is None or other is None or not _are_of_times(x, y, compared):
            continue
        if holds := _holds(_signed(one), _signed(other)):
            if terms.has(words, _data()["lesser"]):
                holds = "no" if holds == "yes" else "yes"
            return Decision("yes" if holds == "yes" else "no", (one, other))
    return None


def _are_of_times(one: Node, other: Node, compared: sides.Sides | None) -> bool:
    """Whether each is of its side's time, where the question tells both."""
    if compared is None or not compared.one_at or not compared.other_at:
        return True
    at = ((one, compared.one_at), (other, compared.other_at))
    return all(sides.may_be_of(f, asked) for node, asked in at for f in node.leaves)


def _is_likely(node: Node, tags: Tags | None) -> bool:
    """Whether each figure of a way is likely asked about."""
    return tags is None or all(tags.of(f).any >= sides.SELDOM for f in node.leaves)


def _signed(made: Derivation) -> tuple[Decimal | None, Decimal | None]:
    low, high = holding.bounds(made)
    figure = made.figures[made.result] if made.is_stated else None
    is_fall = figure and figure.kind == "change" and figure.direction == "down"
    if is_fall and low is not None and low > 0:
        return (None if high is None else -high, -low)
    return low, high


# -- direction --------------------------------------------------------------------------------


def _balance(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did the country run a trade surplus?": the sign of a difference that has a name."""
    flat = query.text.lower()
    if not terms.has(flat, ["surplus", "deficit"]):
        return None
    name = next((n for i in search.identities for n in i.whole if n in flat and " " in n), None)
    for node in search.solve(derivation.goal_of(query, name, classes=(), unit=None), 3):
        made = attempted(node, articles) if node.operation == "difference" else None
        low, high = holding.bounds(made) if made else (None, None)
        if made and low is not None and high is not None and (low > 0 or high < 0):
            return Decision("yes" if (low > 0) == terms.has(flat, ["surplus"]) else "no", (made,))
    return None


def _by_called_move(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did imports fall?": the way in which the measure moved that the question calls by name."""
    data, flat = _data(), query.text.lower()
    ways = [way for way in ("up", "down") if terms.has(flat, data[way])]
    if len(ways) != 1 or query.assumed or query.negated or sides.read(query.text):
        return None
    if not _MOVED.match(flat) or not query.measures:
        return None
    phrase = _without_move(query.measures[0])
    goal = derivation.goal_of(query, phrase, kinds=("change",), classes=(), unit=None)
    told = [n.figure for n in search.called(goal) if n.figure]
    made = attempted(leaf(told[0]), articles) if told else None
    if made is None or {f.direction for f in told} not in ({"up"}, {"down"}):
        return None
    return Decision("yes" if told[0].direction == ways[0] else "no", (made,))


_MOVED = re.compile(
    r"(?:did|have|has|had) [^?]{2,80}? (?:grow|grown|rise|risen|increased?|climb|climbed|expand"
    r"|expanded|fall|fallen|drop|dropped|declined?|decreased?|shrink|shrunk)\b"
    r"(?: (?:in|during|over|last|this|from|on|compared)\b[^?]*)?[? ]*$"
)


def _without_move(phrase: str) -> str:
    """ "China's imports" of "China's imports fall"."""
    kept = [w for w in phrase.split() if not derivation.is_growth(w)]
    return " ".join(word for word in kept if not moves.is_way(terms.stem(word)))


def _direction(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did imports fall?": the direction of a change, or of two levels."""
    data, flat = _data(), query.text.lower()
    if sides.read(query.text):
        return None
    wanted = (
        "up" if terms.has(flat, data["up"]) else "down" if terms.has(flat, data["down"]) else None
    )
    if not wanted or not derivation.is_growth(flat):
        return None
    goal = derivation.goal_of(query, kinds=("change",), classes=(), unit=None)
    for node in search.stated(goal):
        if node.score < derivation.STATED or not node.figure or not node.figure.direction:
            continue
        if node.figure.kind != "change":
            continue
        made = attempted(node, articles)
        if made:
            return Decision("yes" if node.figure.direction == wanted else "no", (made,))
    return None


# -- what the tagger points at ------------------------------------------------------------------


def _agreeing(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Do the parts add up to the total?": whether a statement and a result can both be true."""
    if search.tags is None or search.tags.classes["consistency"] < AGREEING:
        return None
    if not terms.has(query.text.lower(), _data()["agreeing"]):
        return None
    for node in [n for n in search.answers() if n.operation == "consistency"][:4]:
        made = attempted(node, articles)
        if made is None:
            continue
        if made.calculations[made.result].text == "consistent":
            return Decision("yes", (made,))
        if _is_near_miss(made):
            return Decision("no", (made,))
    return None


def _agreeing_rates(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Is growth of 5% consistent with exports up 7% and imports up 2%?": a whole grows by no more
    than its fastest part and by no less than its slowest."""
    asked = query.assumed
    if len(asked) < FEWEST_RATES or any(one.unit != "%" for one in asked):
        return None
    joint = _WITH.search(query.text)
    if joint is None or not derivation.is_growth(query.text.lower()):
        return None
    at = [query.text.find(one.text) < joint.start() for one in asked]
    whole = [one for one, is_first in zip(asked, at, strict=True) if is_first == (sum(at) == 1)]
    parts = [one.value for one in asked if one not in whole]
    made = [_of_number(one, search, articles) for one in asked]
    if len(whole) != 1 or not all(made):
        return None
    is_between = min(parts) <= whole[0].value <= max(parts)
    return Decision("yes" if is_between else "no", tuple(m for m in made if m))


_WITH = re.compile(
    r"\b(?:consistent|compatible|in line|fit|fits|square|squares|tally|tallies|agree|agrees) with\b"
)


def _growth_agreeing(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Is 5% for trade consistent with exports up 7% and imports up 2%?": by what the parts come
    to now and came to before."""
    if not terms.has(query.text.lower(), _data()["agreeing"]):
        return None
    for node in derivation.agreeing_growth(search):
        made = attempted(node, articles)
        if made is None:
            continue
        is_so = made.calculations[made.result].text == "consistent"
        return Decision("yes" if is_so else "no", (made,))
    return None


_OF_ONE_MIND = re.compile(
    r" and [^?]{2,60}? (?:agree|concur|(?:give|quote|report|state|tell|say) the same)\b"
)


def _as_told_twice(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Do the ministry and the union agree on how many came?": the two likeliest figures, where
    they are of one measure, told in two places."""
    tags = search.tags
    if tags is None or tags.classes["consistency"] < AGREEING or query.assumed:
        return None
    if not _OF_ONE_MIND.search(query.text.lower()):
        return None
    chance = _chance(tags)
    likely = sorted((c.figure for c in search.linker.cards), key=chance, reverse=True)[:2]
    if len(likely) < 2 or chance(likely[1]) < ASKED or not _are_of_one_measure(*likely):
        return None
    made = [attempted(leaf(figure), articles) for figure in likely]
    (low, high), (floor, ceiling) = ((f.low, f.high) for f in likely)
    if not all(made) or low is None or high is None or floor is None or ceiling is None:
        return None
    holds: Holds = "yes" if low <= ceiling and floor <= high else "no"
    return Decision(holds, tuple(m for m in made if m))


def _are_of_one_measure(one: Figure, other: Figure) -> bool:
    """Whether two figures may tell one quantity, each in its own place."""
    is_apart = (one.article_id, one.sentence) != (other.article_id, other.sentence)
    is_alike = one.unit == other.unit and one.kind == other.kind and one.kind != "change"
    is_then = None in (one.period, other.period) or one.period == other.period
    shared = terms.stems_of(one.measure or "") & terms.stems_of(other.measure or "")
    return is_apart and is_alike and is_then and bool(shared)


def _is_near_miss(made: Derivation) -> bool:
    """Whether what does not agree is so near that nothing is likely to be left out of it."""
    result = made.calculations[made.result]
    stated = made.figures.get(result.operands[0])
    if stated is None or stated.value is None or result.value is None:
        return False
    return abs(result.value) <= MISSED * abs(stated.value)


def _two_operands(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did sales beat last year's?": the two likeliest operands, compared."""
    if search.tags is None:
        return None
    flat, data = query.text.lower(), _data()
    is_lesser = terms.has(flat, data["lesser"]) or terms.has(flat, data["down"])
    is_greater = terms.has(flat, data["more"]) or terms.has(flat, data["up"])
    compared = sides.read(query.text)
    if is_lesser == is_greater or (compared and compared.is_change):
        return None
    is_of_plans = terms.has(flat, data["to_come"])
    for node in [n for n in search.answers() if n.operation in _COMPARING][:4]:
        claims = {f.claim in _TO_COME for f in node.leaves}
        if len(claims) > 1 and not is_of_plans:
            continue
        if node.score >= LIKELY and (decision := _of_operands(node, search.tags, articles)):
            return _turned(decision) if is_lesser else decision
    return None


def _of_operands(node: Node, tags: Tags, articles: dict[str, Article]) -> Decision | None:
    """Whether the likelier first operand is the greater."""
    pair = sorted(node.parts, key=lambda part: -tags.of(part.leaves[0]).first)
    first, second = (tags.of(part.leaves[0]).first for part in pair)
    if second > EVEN * first:
        return None
    one, other = (attempted(part, articles) for part in pair)
    if one and other and (holds := _holds(_signed(one), _signed(other))):
        return Decision(holds, (one, other))
    return None


def _turned(decision: Decision) -> Decision:
    return replace(decision, holds="no" if decision.holds == "yes" else "yes")


_TO_COME = frozenset(["forecast", "target"])
_COMPARING = frozenset(["difference", "growth", "point_change", "ratio"])


def _holds(one: Range, other: Range) -> Holds | None:
    """Whether one is surely more than the other, or surely less; 0.9 and 1.0 only touch."""
    if _is_above(one, other):
        return "yes"
    return "no" if _is_above(other, one) else None


def _is_above(one: Range, other: Range) -> bool:
    (low, high), (floor, ceiling) = one, other
    if low is None or ceiling is None:
        return False
    is_one_point = high == floor and low == ceiling
    return low >= ceiling and not is_one_point


def _same(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "The paper says £4.6m and the firm £5 million: is that the same, just rounded?"."""
    if len(query.assumed) != 2 or not terms.has(query.text.lower(), _data()["same"]):
        return None
    made = [_of_number(assumed, search, articles) for assumed in query.assumed]
    if made[0] is None or made[1] is None:
        return None
    (low, high), (floor, ceiling) = (holding.bounds(m) for m in made if m)
    if low is None or high is None or floor is None or ceiling is None:
        return None
    return Decision("yes" if low <= ceiling and floor <= high else "no", (made[0], made[1]))


def _of_number(assumed: Assumed, search: Search, articles: dict[str, Article]) -> Derivation | None:
    """The figure of the articles that tells a number of the asker's, the likeliest."""
    chance = _chance(search.tags)
    same = [
        c.figure
        for c in search.linker.cards
        if c.figure.value == assumed.value and c.figure.unit == assumed.unit
    ]
    best = max(same, key=chance, default=None)
    return attempted(leaf(best), articles) if best else None


Way = Callable[[Query, Search, dict[str, Article]], Decision | None]
# What an asker's number is held against, and what decides where the question has none.
_AGAINST: tuple[Way, ...] = (_against_number, _agreeing)
_COMPARED: tuple[Way, ...] = (_two_measures, _balance, _direction, _two_operands)


# -- words ------------------------------------------------------------------------------------


def _likely(query: Query, found: Sequence[Found], tags: Tags | None) -> list[Found]:
    """The lines that are likely cited, the likeliest first."""
    may = [f for f in found if f.line.kind != "heading"]
    if not tags:
        return [f for f in may if f.coverage >= WORDS_FIT]
    chances = {id(f): tags.line(f.line.article_id, f.line.start) for f in may}
    return sorted((f for f in may if chances[id(f)] >= CITED), key=lambda f: -chances[id(f)])


def _by_denial(query: Query, lines: Sequence[Found], tags: Tags | None) -> Decision | None:
    """The likeliest line, where it denies something of what the question speaks of; else one of
    the next that denies just that."""
    told = [f for f in lines[:N_DENYING] if not telling.is_question(f.line.text)]
    if query.assumed or not told:
        return None
    if telling.denied(query, told[0].line):
        return Decision("no", found=told[0])
    if moves.supposed(query.text) or sides.read(query.text):
        return None
    for near in told:
        if _line_chance(tags, near) >= DENYING and telling.denies_that(query, near.line):
            return Decision("no", found=near)
    return None


def _by_words(query: Query, lines: Sequence[Found]) -> Decision | None:
    """The first of the likeliest lines that tells it, or tells otherwise.

    What is compared, or said to have moved, is no matter of which words there are.
    """
    if moves.supposed(query.text) or sides.read(query.text):
        return None
    for near in lines[:N_NEAR]:
        if holds := telling.told(query, near.line):
            return Decision(holds, found=near)
    return None


def _by_move(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """The first of the likeliest lines that tells a move of what the question is about."""
    if not moves.supposed(query.text):
        return None
    for near in _of_span(query, lines[:N_MOVES]):
        line = near.line
        article = articles[line.article_id] if near is lines[0] else None
        if telling.is_question(line.text) or not moves.is_about(query, line, article):
            continue
        if made := _by_cells(query, [near], search, articles):
            return made
        figures = _figures_of([near], search).get((line.article_id, line.start), ())
        if _are_beside_it(figures, search):
            continue
        if holds := moves.told(query.text, line.text, figures, line.start, _chance(search.tags)):
            return Decision(holds, found=near)
    return None


def _are_beside_it(figures: Sequence[Figure], search: Search) -> bool:
    """Whether figures of another line are much likelier asked about than those of a line."""
    chance = _chance(search.tags)
    best = max((chance(card.figure) for card in search.linker.cards), default=0.0)
    mine = max(map(chance, figures), default=best)
    return best >= ASKED and mine < BESIDE * best


def _by_likeliest_move(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """A move told by one of the surely likely lines, in whatever words it names what moves."""
    flat = query.text.lower()
    if limits.supposed(flat) or terms.has(flat, _data()["of_worth"]):
        return None
    for near in lines:
        line, is_sure = near.line, _line_chance(search.tags, near) >= SURELY
        if not is_sure or not _is_of_question(query, near, articles):
            continue
        if moves.has_own_row(query, line, articles[line.article_id]):
            continue
        figures = _figures_of([near], search).get((line.article_id, line.start), ())
        if _are_beside_it(figures, search):
            continue
        if holds := moves.told(query.text, line.text, figures, line.start):
            return Decision(holds, found=near)
    return None


def _by_cells(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did wind output rise?": the cells of two periods in a row that is likely asked about."""
    asked = moves.supposed(query.text)
    if asked is None or terms.has(query.text.lower(), _data()["of_worth"]):
        return None
    for near in lines:
        line = near.line
        if "|" not in line.text or not moves.is_of_article(query, articles[line.article_id]):
            continue
        cells = _figures_of([near], search).get((line.article_id, line.start), ())
        text, chance = articles[line.article_id].text, _chance(search.tags)
        found = pairs.of_times(query, cells, chance) or pairs.of_headers(cells, text, chance)
        one, other = (attempted(leaf(f), articles) for f in found) if found else (None, None)
        holds = _holds(_signed(one), _signed(other)) if one and other else None
        if holds and one and other:
            made = Decision(holds, (one, other))
            return made if asked.way == "up" else _turned(made)
    return None


def _by_rows(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did every branch grow?": one row of a table that went the other way, or none that did."""
    asked = moves.supposed(query.text) if every.is_asked(query.text) else None
    if asked is None or asked.way == "level":
        return None
    chance = _chance(search.tags)
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
    one = _signed(ends[0]) if ends[0] else (None, None)
    other = _signed(ends[1]) if len(ends) > 1 and ends[1] else (Decimal(0), Decimal(0))
    holds = _holds(one, other)
    return "level" if holds is None else "up" if holds == "yes" else "down"


def _by_change(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did net debt go up by more than £20m?": two levels of the likeliest lines."""
    asked = changing.read(query)
    if asked is None:
        return None
    for near in lines:
        line = near.line
        if not _is_surely_of_question(query, near, search.tags, articles):
            continue
        figures = _figures_of([near], search).get((line.article_id, line.start), ())
        text = articles[line.article_id].text
        found = changing.pair(query, line, figures, text, _chance(search.tags))
        if found is None or not changing.may_be_held(asked, found[0].unit):
            continue
        if decision := _of_change(query, asked, found, articles):
            return decision
    return None


def _of_change(
    query: Query, asked: changing.Asked, found: tuple[Figure, Figure], articles: dict[str, Article]
) -> Decision | None:
    """What a later and an earlier level tell of a move that is held against a number."""
    new, old = (attempted(leaf(f), articles) for f in found)
    if new is None or old is None:
        return None
    went = _holds(holding.bounds(new), holding.bounds(old))
    if went is None or (went == "yes") != (asked.way == "up"):
        return None if went is None else Decision("no", (new, old))
    made = attempted(node_of(asked.operation, found), articles)
    value = holding.in_unit_of(asked.held, made.unit) if made else None
    if made is None or value is None:
        return None
    low, high = holding.bounds(made)
    if asked.operation != "ratio" and low is not None and high is not None and high <= 0:
        low, high = -high, -low
    is_half = asked.way == "down" and asked.operation == "ratio"
    flat = query.text.lower()
    if is_half:
        holds = holding.below(value, low, high)
    elif asked.operation == "ratio":
        is_rough = holding.ROUGHLY.search(flat[: flat.find(asked.held.text)])
        holds = holding.above(value, low, high)
        holds = holding.equal(value, low, high, holding.ROUGH) if is_rough else holds
    else:
        holds = holding.compare(flat, asked.held, value, low, high)
    return Decision(holds, (made,)) if holds else None


def _by_times(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Twice as much from tickets as from sponsors?": the figures of the two sides, divided."""
    compared, hidden = sides.of_times(query.text), recasting.recast(query)
    if compared is None or hidden is None or hidden.kind != "times":
        return None
    figures = _figures_of(lines, search)
    found = sides.pair(compared, [f.line for f in lines], figures, _chance(search.tags))
    made = attempted(node_of("ratio", (found.one, found.other)), articles) if found else None
    if made is None:
        return None
    flat, value = query.text.lower(), hidden.held.value
    holds = _held_against(flat, hidden.held, value, holding.bounds(made))
    return Decision(holds, (made,)) if holds else None


def _by_parts(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Is it under half of the price?", "at least twice the cost?": two likely figures divided."""
    assumed, tags = query.assumed[-1], search.tags
    if tags is None or assumed.unit not in {"1", "%"} or moves.supposed(query.text):
        return None
    told = [f for figures in _figures_of(lines, search).values() for f in figures]
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


def _by_recast(query: Query, again: Again | None, articles: dict[str, Article]) -> Decision | None:
    """ "Did rice make up over a fifth of exports?": what the share is, held against a fifth."""
    hidden = recasting.recast(query) if again and not query.negated else None
    if again is None or hidden is None:
        return None
    asked = again(hidden.text)
    nodes = sorted(asked.answers(), key=lambda n: -n.score)
    n_parts = recasting.n_together(query.text)
    for node in [n for n in nodes if n.score >= RECAST][:N_RECAST]:
        if n_parts and node.operation == "sum" and len(node.leaves) != n_parts:
            continue
        made = attempted(node, articles)
        value = holding.in_unit_of(hidden.held, made.unit) if made else None
        if made is None or value is None or not _is_of_kind(hidden, made, articles):
            continue
        holds = _held_against(query.text.lower(), hidden.held, value, holding.bounds(made))
        if holds and not _is_gainsaid(made, value, asked):
            return Decision(holds, (made,))
    return None if hidden.held.text.lower() == "all" else _by_voices(query, hidden, asked, articles)


def _by_likelier_recast(
    query: Query, search: Search, again: Again | None, articles: dict[str, Article]
) -> Decision | None:
    """What the hidden question is surely answered with, where nothing that stands there is as
    likely to be what is held against the number."""
    hidden = recasting.recast(query) if again and not query.negated else None
    if again is None or hidden is None or hidden.kind != "amount":
        return None
    best = max(again(hidden.text).answers(), key=lambda n: n.score, default=None)
    plain = max((n.score for n in search.answers()), default=0.0)
    if best is None or best.score < SURER or plain > BESIDE_RECAST * best.score:
        return None
    return _by_recast(query, again, articles)


def _by_voices(
    query: Query, hidden: recasting.Recast, asked: Search, articles: dict[str, Article]
) -> Decision | None:
    """What most of the ways to the hidden figure say, each as likely as it is."""
    told: list[tuple[Node, Holds, Derivation]] = []
    if recasting.n_together(query.text):
        return None
    for node in sorted(asked.answers(), key=lambda n: -n.score)[:N_VOICES]:
        made = attempted(node, articles)
        value = holding.in_unit_of(hidden.held, made.unit) if made else None
        if made is None or value is None or not _is_of_kind(hidden, made, articles):
            continue
        if holds := _held_against(query.text.lower(), hidden.held, value, holding.bounds(made)):
            told.append((node, holds, made))
    if not told:
        return None
    best, holds, made = told[0]
    mine, others = (sum(n.score for n, h, _ in told if (h == holds) is x) for x in (True, False))
    is_heard = best.score >= VOICE and mine >= RECAST and mine >= LOUDER * others
    return Decision(holds, (made,)) if is_heard else None


def _is_of_kind(hidden: recasting.Recast, made: Derivation, articles: dict[str, Article]) -> bool:
    """Whether a result is a share, a multiple or an amount, and no change of one."""
    if made.is_stated and made.figures[made.result].kind == "change":
        return False
    if hidden.held.text.lower() == "all" and not made.is_stated:
        return False
    if made.is_stated and not _is_of_part(hidden, made.figures[made.result], articles):
        return False
    units_of = {"share": {"%", "1"}, "times": {"1"}}
    return made.unit in units_of.get(hidden.kind, {made.unit})


def _is_of_part(hidden: recasting.Recast, told: Figure, articles: dict[str, Article]) -> bool:
    """Whether a stated share is one of what the question asks about: a word of it stands there."""
    article = articles[told.article_id]
    said = article.text[told.sentence.start : told.sentence.end]
    held = terms.stems_of(f"{said} {told.measure or ''} {told.entity or ''} {article.title}")
    part = [stem for stem in terms.stems(hidden.part) if stem not in recasting.verbs()]
    return not part or any(telling.stands(stem, held) for stem in part)


def _is_gainsaid(made: Derivation, value: Decimal, asked: Search) -> bool:
    """Whether a figure beside the stated one is about as likely and lies on the other side of
    what is asked about: "57% were against, 33% in favour"."""
    if not made.is_stated:
        return False
    mine, chance = made.figures[made.result], _chance(asked.tags)
    return any(
        other.sentence == mine.sentence
        and other.article_id == mine.article_id
        and other.unit == mine.unit
        and other.value is not None
        and mine.value is not None
        and (other.value - value) * (mine.value - value) < 0
        and chance(other) >= AS_LIKELY * chance(mine)
        for other in (card.figure for card in asked.linker.cards)
    )


def _held_against(flat: str, held: Assumed, value: Decimal, told: Range) -> Holds | None:
    low, high = told
    if held.text.lower() == "all":
        slack = value * holding.EXACT
        return "yes" if low and low >= value - slack else "no" if high and high < value else None
    if held.text.lower() == "most" or held.text.lower().endswith("majority"):
        return holding.above(value, low, high)
    if not holding.is_worth_asking(value, low, high):
        return None
    return holding.compare(flat, held, value, low, high)


def _of_span(query: Query, lines: Sequence[Found]) -> list[Found]:
    """The lines, first those that tell of a span of time where one is asked about."""
    is_since = " since " in query.text.lower()
    return sorted(lines, key=lambda f: is_since and " since " not in f.line.text)


def _by_contrary(
    query: Query, lines: Sequence[Found], tags: Tags | None, articles: dict[str, Article]
) -> Decision | None:
    """ "Was it in profit?": the likeliest line, where it tells what shuts that out."""
    for near in lines:
        is_near = near.coverage >= CONTRARY or _line_chance(tags, near) >= SURELY
        if not is_near or not _is_of_question(query, near, articles):
            continue
        is_first = near is lines[0]
        if not is_first and not moves.is_of_those(query, near.line):
            continue
        if holds := contraries.told(query.text, near.line.text, is_first):
            return Decision(holds, found=near)
    return None


def _by_limit(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Did it hit its target?": the likeliest lines, where one tells of what was aimed at."""
    if limits.supposed(query.text) is None:
        return None
    tags = search.tags
    for near in lines:
        line = near.line
        figures = _figures_of([near], search).get((line.article_id, line.start), ())
        if not _is_surely_of_question(query, near, tags, articles):
            continue
        if _are_beside_it(figures, search):
            continue
        if holds := limits.told(query.text, line.text, figures, line.start, _chance(tags)):
            return Decision(holds, found=near)
    return _by_limit_apart(query, lines, search, articles) if tags else None


def _by_limit_apart(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "The budget was €5m." and "It has cost €6m.": a limit, and what is held against it."""
    told = [
        (f, near)
        for near in lines
        if _is_surely_of_question(query, near, search.tags, articles)
        for f in _figures_of([near], search).get((near.line.article_id, near.line.start), ())
    ]
    chance, all_told = _chance(search.tags), [f for f, _ in told]
    limit = [
        f
        for f, near in told
        if limits.is_limit(f, all_told, near.line.text.lower(), near.line.start)
        and chance(f) >= ASKED
    ]
    if len(limit) != 1:
        return None
    others = [f for f in all_told if limits.may_be_held(f, limit[0]) and chance(f) >= APART]
    one = max(others, key=chance, default=None)
    holds = limits.held(query.text, one, limit[0]) if one else None
    made = [attempted(leaf(f), articles) for f in (one, limit[0]) if f]
    return Decision(holds, tuple(m for m in made if m)) if holds and all(made) else None


def _chance(tags: Tags | None) -> Callable[[Figure], float]:
    """How likely a figure is asked about."""
    return (lambda figure: tags.of(figure).any) if tags else (lambda figure: 1.0)


def _line_chance(tags: Tags | None, near: Found) -> float:
    """How likely a line is to be cited."""
    return tags.line(near.line.article_id, near.line.start) if tags else 0.0


def _is_of_question(query: Query, near: Found, articles: dict[str, Article]) -> bool:
    """Whether a line tells of what a question is about, and its article of what is named there."""
    line = near.line
    if telling.is_question(line.text) or near.coverage < ABOUT:
        return False
    return moves.is_of_article(query, articles[line.article_id])


def _is_surely_of_question(
    query: Query, near: Found, tags: Tags | None, articles: dict[str, Article]
) -> bool:
    """The same, of a line that shares few words with the question and is surely cited."""
    if _line_chance(tags, near) < SURELY or telling.is_question(near.line.text):
        return _is_of_question(query, near, articles)
    return moves.is_of_article(query, articles[near.line.article_id])


_MOST = re.compile(
    r"(?<!the )(?<!at )\bmost (?:of\b|(?:[a-z]+ )?(?:[a-z]{2,}s|people|men|women|children|staff)\b)"
)


def _by_share(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Do most families save?": a share told in the likeliest line, held against a half."""
    flat, data, tags = query.text.lower(), _data()["shares"], search.tags
    is_most = bool(_MOST.search(flat)) or terms.has(flat, data["most"])
    if tags is None or is_most == terms.has(flat, data["least"]) or query.negated:
        return None
    if sides.read(query.text):
        return None
    for near in lines[:1]:
        told = _figures_of([near], search).get((near.line.article_id, near.line.start), ())
        shares = [f for f in told if f.unit == "%" and f.kind in {"share", "rate", "level"}]
        best = max(shares, key=lambda f: tags.of(f).first, default=None)
        if (
            best is None
            or tags.of(best).first < ASKED
            or not _is_of_question(query, near, articles)
        ):
            continue
        if holds := holding.above(Decimal(50), best.low, best.high):
            return Decision(holds if is_most else _OTHER[holds], found=near)
    return None


_OTHER: dict[Holds, Holds] = {"yes": "no", "no": "yes"}


def _figures_of(
    lines: Sequence[Found], search: Search
) -> dict[tuple[str, int], tuple[Figure, ...]]:
    """The figures that stand in each of some lines, by article and start."""
    found: dict[tuple[str, int], tuple[Figure, ...]] = {}
    wanted = {(near.line.article_id, near.line.start) for near in lines}
    for card in search.linker.cards:
        key = (card.figure.article_id, card.figure.sentence.start)
        if key in wanted:
            found[key] = (*found.get(key, ()), card.figure)
    return found


def _by_sides(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """ "Is inflation under the target?": the figures of the two sides in the likeliest lines."""
    compared = sides.read(query.text)
    if compared is None:
        return None
    near = lines[:N_COMPARED]
    for found_near in near[:N_SURE]:
        is_told = sides.told(compared, found_near.line.text)
        if is_told is not None and _is_of_question(query, found_near, articles):
            return Decision("yes" if is_told else "no", found=found_near)
    figures, tags = _figures_of(near, search), search.tags
    found = sides.pair(compared, [f.line for f in near], figures, _chance(tags))
    turned = sides.turned(query.text) if found is None else None
    if turned:
        compared = turned
        found = sides.pair(compared, [f.line for f in near], figures, _chance(tags))
    if found is None:
        return None
    one, other = (attempted(leaf(f), articles) for f in (found.one, found.other))
    measured = _signed if compared.is_change else holding.bounds
    holds = _holds(measured(one), measured(other)) if one and other else None
    if holds is None and found.one.value == found.other.value and compared.is_even:
        return Decision("yes", (one,)) if one else None
    if holds is None or one is None or other is None:
        return None
    made = Decision(holds, (one, other))
    if found.one.sentence == found.other.sentence:
        line = next(f for f in near if f.line.start == found.one.sentence.start)
        made = Decision(holds, found=line)
    spoken = f"{query.text} {found.one.measure or ''}"
    is_turned = compared.is_worth and limits.is_better_low(spoken)
    return made if compared.is_more != is_turned else _turned(made)
