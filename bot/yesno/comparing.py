"""Comparing: yes or no by figures, wherever they stand.

The asker's number, two measures, the way in which one moved, what two tell of one thing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from bot import derivation
from bot.derivation import Search
from bot.language import roles, terms
from bot.nodes import Derivation, Node, attempted, leaf, size_of
from bot.questions import Assumed, Query
from bot.tagging import Tags
from bot.yesno import changing, decisions, every, holding, limits, moves, recasting, sides
from bot.yesno.decisions import Decision
from bot.yesno.holding import Range
from bot.yesno.telling import Holds
from ingest import Article, Figure, units

# Two values are compared when each fits its phrase this well.
COMPARED = 0.4
# A way to the asked value is believed with this chance of being right.
LIKELY = 0.25
# By how much a total may miss what its parts come to, and not for want of one.
MISSED = Decimal("0.1")
# The wording asks with this chance whether figures agree.
AGREEING = 0.4
# So many rates are a whole's and its parts'.
FEWEST_RATES = 3
# Which of two operands is the first is not known when their chances are so near.
EVEN = 0.95


# -- a number of the asker's --------------------------------------------------------------------


def against_number(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did exports exceed 20 trillion yuan?", "Was travel more than a quarter of trade?"."""
    if not query.assumed:
        return None
    assumed = query.assumed[-1]
    asked = recasting.recast(query)
    moved = changing.read(query)
    if (asked and asked.upto) or (moved and moved.upto):
        return None
    if limits.is_called(query.text, assumed.text):
        return None
    for node in _candidates(query, search, assumed):
        made = attempted(node, articles)
        if made is None:
            continue
        low, high = _fall(query, made)
        value = holding.in_unit_of(assumed, made.unit, holding.middle((low, high)))
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
    query: Query,
    search: Search,
    articles: dict[str, Article],
    node: Node,
    decision: Decision,
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
    asked = [node for node in asked if node.operation != "consistency"]
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
        cue for side in ("more", "least", "less", "most") for cue in decisions.data()[side]
    )


# -- two measures -------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _comparisons() -> list[re.Pattern[str]]:
    lists = terms.table("questions")["lists"]
    return [re.compile(roles.expand(t, lists)) for t in decisions.data()["comparisons"]]


def two_measures(
    query: Query, search: Search, articles: dict[str, Article], least: float = COMPARED
) -> Decision | None:
    """ "Did exports grow faster than imports?", "Were there more men than women?"."""
    if sides.is_of_several(query.text):
        return None
    flat = re.sub(r"^\w+ (?:there )?", "", query.text.lower().rstrip("?! ."))
    flat = _TRADED.sub(r"exports \g<more> than imports", flat)
    for pattern in _comparisons():
        m = pattern.search(flat[: roles.MAX_CHARS])
        if not m:
            continue
        a, b = roles.phrase(m["A"]), roles.phrase(m["B"])
        if not terms.find(a) or not terms.find(b) or _NON.search(f"{a} {b}"):
            continue
        words = flat[m.start() : m.end()].replace(m["A"], " ").replace(m["B"], " ")
        return _compared(query, search, articles, (a, b), words, least)
    return None


# "aeronautical revenue" calls "non-aeronautical revenue" too.
_NON = re.compile(r"\bnon-?[a-z]")
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
        if _is_of_each_other(x, y) or _are_of_others(query, x, y):
            continue
        is_sure = min(x.score, y.score) >= decisions.SURELY_COMPARED
        is_sure = is_sure and not any(_is_called_cell(n, articles) for n in (x, y))
        if not is_sure and not all(_is_likely(n, search.tags) for n in (x, y)):
            continue
        one, other = (attempted(n, articles) for n in (x, y))
        if one is None or other is None or not _are_of_times(x, y, compared):
            continue
        if holds := decisions.held_above(decisions.signed(one), decisions.signed(other)):
            if terms.has(words, decisions.data()["lesser"]):
                holds = "no" if holds == "yes" else "yes"
            return Decision("yes" if holds == "yes" else "no", (one, other))
    return None


def _is_of_each_other(one: Node, other: Node) -> bool:
    """Whether one of two ways is made of what the other rests on."""
    mine, theirs = ({(f.article_id, f.start) for f in n.leaves} for n in (one, other))
    return bool(mine & theirs)


def _are_of_others(query: Query, one: Node, other: Node) -> bool:
    """Whether of two figures of different articles but one is of what the question names."""
    names = terms.stem_set(query.entities)
    named = [any(terms.stems_of(f.entity or "") & names for f in n.leaves) for n in (one, other)]
    ids = [{f.article_id for f in n.leaves} for n in (one, other)]
    return named[0] != named[1] and not ids[0] & ids[1]


def _is_called_cell(node: Node, articles: dict[str, Article]) -> bool:
    """Whether a value is a cell that is called by its row: which of its row is not said so."""
    told = node.figure.sentence if node.called and node.figure else None
    text = articles[node.figure.article_id].text if node.figure else ""
    return told is not None and "|" in text[told.start : told.end]


def _are_of_times(one: Node, other: Node, compared: sides.Sides | None) -> bool:
    """Whether each is of its side's time, where the question tells both."""
    if compared is None or not compared.one_at or not compared.other_at:
        return True
    at = ((one, compared.one_at), (other, compared.other_at))
    return all(sides.may_be_of(f, asked) for node, asked in at for f in node.leaves)


def _is_likely(node: Node, tags: Tags | None) -> bool:
    """Whether each figure of a way is likely asked about."""
    return tags is None or all(tags.of(f).any >= sides.SELDOM for f in node.leaves)


# -- direction ----------------------------------------------------------------------------------


def balance(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
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


def by_called_move(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did imports fall?": the way in which the measure moved that the question calls by name."""
    data, flat = decisions.data(), query.text.lower()
    ways = [way for way in ("up", "down") if terms.has(flat, data[way])]
    if len(ways) != 1 or query.assumed or query.negated or sides.read(query.text):
        return None
    if not _MOVED.match(flat) or not query.measures or every.is_asked(flat):
        return None
    phrase = _without_move(query.measures[0])
    goal = derivation.goal_of(query, phrase, kinds=("change",), classes=(), unit=None)
    told = [n.figure for n in search.called(goal) if n.figure]
    made = attempted(leaf(told[0]), articles) if told else None
    if made is None or {f.direction for f in told} not in ({"up"}, {"down"}):
        return None
    return Decision("yes" if told[0].direction == ways[0] else "no", (made,), is_called=True)


_MOVED = re.compile(
    r"(?:did|have|has|had) [^?]{2,80}? (?:grow|grown|rise|risen|increased?|climb|climbed|expand"
    r"|expanded|fall|fallen|drop|dropped|declined?|decreased?|shrink|shrunk)\b"
    r"(?: (?:in|during|over|last|this|from|on|compared)\b[^?]*)?[? ]*$"
)


def _without_move(phrase: str) -> str:
    """ "China's imports" of "China's imports fall"."""
    kept = [w for w in phrase.split() if not derivation.is_growth(w)]
    return " ".join(word for word in kept if not moves.is_way(terms.stem(word)))


def direction(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did imports fall?": the direction of a change, or of two levels."""
    data, flat = decisions.data(), query.text.lower()
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


# -- what agrees --------------------------------------------------------------------------------


def agreeing(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Do the parts add up to the total?": whether a statement and a result can both be true."""
    if search.tags is None or search.tags.classes["consistency"] < AGREEING:
        return None
    if not terms.has(query.text.lower(), decisions.data()["agreeing"]):
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


def agreeing_rates(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Is growth of 5% consistent with exports up 7% and imports up 2%?": a whole grows by no more
    than its fastest part and by no less than its slowest."""
    asked = query.assumed
    joint = _WITH.search(query.text)
    if len(asked) < FEWEST_RATES or joint is None:
        return None
    rates = [replace(one, unit="%") for one in asked if one.unit in {"%", "1"}]
    made = [told for one in rates if (told := _of_number(one, search, articles))]
    at = [query.text.find(one.text) < joint.start() for one in asked]
    are_changes = all(told.figures[told.result].kind == "change" for told in made)
    if len(made) < len(asked) or not (derivation.is_growth(query.text.lower()) or are_changes):
        return None
    whole = [i for i, is_first in enumerate(at) if is_first == (sum(at) == 1)]
    if len(whole) != 1:
        return None
    first = made.pop(whole[0])
    made.sort(key=_rate)
    is_between = _rate(made[0]) <= _rate(first) <= _rate(made[-1])
    why = _BETWEEN if is_between and len(made) == N_BETWEEN else ""
    return Decision("yes" if is_between else "no", (first, *made), saying=why)


def _rate(told: Derivation) -> Decimal:
    """The growth that is told, a fall below zero."""
    return size_of(told.figures[told.result]) or Decimal(0)


# What is said of a whole and two parts.
N_BETWEEN = 2
_BETWEEN = "{0} is between {1} and {2}, as the growth of a whole is between that of its parts"

_WITH = re.compile(
    r"\b(?:consistent|compatible|in line|fit|fits|square|squares|tally|tallies|agree|agrees) with\b"
)


def growth_agreeing(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Is 5% for trade consistent with exports up 7% and imports up 2%?": by what the parts come
    to now and came to before."""
    if not terms.has(query.text.lower(), decisions.data()["agreeing"]):
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


def as_told_twice(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Do the ministry and the union agree on how many came?": the two likeliest figures, where
    they are of one measure, told in two places."""
    tags = search.tags
    if tags is None or tags.classes["consistency"] < AGREEING or query.assumed:
        return None
    if not _OF_ONE_MIND.search(query.text.lower()):
        return None
    chance = decisions.chance(tags)
    likely = sorted((c.figure for c in search.linker.cards), key=chance, reverse=True)[:2]
    if len(likely) < 2 or chance(likely[1]) < decisions.ASKED or not _are_of_one_measure(*likely):
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


def two_operands(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Did sales beat last year's?": the two likeliest operands, compared."""
    if search.tags is None:
        return None
    flat, data = query.text.lower(), decisions.data()
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
            return decisions.turned(decision) if is_lesser else decision
    return None


def _of_operands(node: Node, tags: Tags, articles: dict[str, Article]) -> Decision | None:
    """Whether the likelier first operand is the greater."""
    pair = sorted(node.parts, key=lambda part: -tags.of(part.leaves[0]).first)
    first, second = (tags.of(part.leaves[0]).first for part in pair)
    if second > EVEN * first:
        return None
    one, other = (attempted(part, articles) for part in pair)
    if (
        one
        and other
        and (holds := decisions.held_above(decisions.signed(one), decisions.signed(other)))
    ):
        return Decision(holds, (one, other))
    return None


_TO_COME = frozenset(["forecast", "target"])


_COMPARING = frozenset(["difference", "growth", "point_change", "ratio"])


def same(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "The paper says £4.6m and the firm £5 million: is that the same, just rounded?"."""
    if len(query.assumed) != 2 or not terms.has(query.text.lower(), decisions.data()["same"]):
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
    chance = decisions.chance(search.tags)
    same = [
        c.figure
        for c in search.linker.cards
        if c.figure.value == assumed.value and c.figure.unit == assumed.unit
    ]
    best = max(same, key=chance, default=None)
    return attempted(leaf(best), articles) if best else None
