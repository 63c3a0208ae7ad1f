"""Sense: what nobody who asks in these words can mean, though no law forbids it.

"How many times as much" is never less than once; euros per pound are no pounds per euro; a share is
of the whole that is named, not of what is told beside the part. Each rule knows a way to an answer
by its operation and the words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from bot.deriving import several, wanted
from bot.deriving.pools import are_together
from bot.evidence import families, linking
from bot.language import terms, tilings
from bot.nodes import Node, is_less, is_range
from bot.operations import factor
from bot.questions import Query
from ingest import Figure, units
from ingest.figures import names_measure


def is_meant(query: Query, node: Node) -> bool:
    """Whether a way may be what a question means, by its wording."""
    if node.operation and units.is_money(node.unit.partition("/")[0]) and _counts(query):
        return False
    if node.operation and all(wanted.is_of_both_sides(query, f) for f in node.leaves):
        return False
    if query.form != "yesno" and not several.is_of_all(query, node):
        return False
    return all(rule(query, node) for rule in _RULES.get(node.operation, ()))


# -- so many times ------------------------------------------------------------------------------

_TIMES = re.compile(
    r"\bhow many times\b|\btimes (?:as|more|over|larger|bigger|higher|greater)\b|"
    r"\bby (?:what|which) (?:factor|multiple)\b|\bhow many[- ]?fold\b"
)
_FEWER = re.compile(r"\btimes (?:less|fewer|smaller|lower|cheaper|slower|rarer)\b")


def _is_times(query: Query, node: Node) -> bool:
    """A multiple that is asked for in times is of the more by the less."""
    said = query.text.lower()
    if len(node.parts) != 2 or not _TIMES.search(said) or _FEWER.search(said):
        return True
    above, below = node.parts
    if above.figure and below.figure and is_less(above.figure, below.figure):
        return False
    return "/" in below.unit or _is_within(node, Decimal(0), Decimal(_MOST_TIMES))


# So many times as much is one thing as another at most, and one is of the other at least.
_MOST_TIMES, _LEAST_TIMES = 1000, Decimal("0.05")


def _is_no_fraction(query: Query, node: Node) -> bool:
    """A ratio is of two that are of one size, or of the larger by the less."""
    if any("/" in part.unit for part in node.parts):
        return True
    return _is_within(node, _LEAST_TIMES, Decimal("Infinity"))


# -- money for money ----------------------------------------------------------------------------

_CURRENCY = r"((?:[a-z]+ )?[a-z]{2,12})"
_FOR_ONE = r"(?:per|to (?:the|an?|one|each|every)|for (?:an?|one|each|every))"
_RATE = re.compile(
    rf"\b{_CURRENCY} {_FOR_ONE} {_CURRENCY}\b|\b{_CURRENCY} to {_CURRENCY} (?:exchange )?rate\b"
)


@lru_cache(maxsize=256)
def rate_asked(question: str) -> str | None:
    """The unit of the rate that a question asks for: "ringgit per US dollar" is MYR/USD."""
    for match in _RATE.finditer(question.lower().replace("-", " ")):
        above, below = (_currency(words) for words in match.groups() if words)
        if above and below and above != below:
            return f"{above}/{below}"
    return None


def _currency(words: str) -> str | None:
    """A currency by two words, or by the first or last of them."""
    tried = (words, *words.split()[::-1])
    found = (units.parse(word) for word in tried)
    return next((unit for unit in found if unit and units.is_money(unit)), None)


def _is_right_way_up(query: Query, node: Node) -> bool:
    asked = rate_asked(query.text)
    return asked is None or node.unit != "/".join(reversed(asked.split("/")))


def in_money_told(query: Query, figures: Iterable[Figure]) -> Query:
    """The question with its "kroner" or "dollars" as those of the country that is told of.

    Only where nothing is told in the currency that the word alone stands for, and one other is.
    """
    if not query.unit or not units.is_money(query.unit):
        return query
    told = {unit for figure in figures for unit in figure.unit.split("/")}
    if query.unit in told:
        return query
    found = told & moneys(query)
    return replace(query, unit=found.pop()) if len(found) == 1 else query


def moneys(query: Query) -> frozenset[str]:
    """The currencies that a bare word of the question may stand for: all dollars, of "dollars"."""
    words = re.findall(r"[a-z]{4,}", query.text.lower())
    pairs = zip(["", *words], words, strict=False)
    plain = [w for last, w in pairs if not units.parse(f"{last} {w}") and units.parse(w)]
    meant = [units.called(units.singular(w)) for w in plain if units.parse(w) == query.unit]
    return frozenset[str]().union(*meant)


def in_money_asked(query: Query, nodes: Sequence[Node]) -> list[Node]:
    """The ways without those that come to other money than is asked for, by an operation by which
    some come to that."""
    asked = query.unit
    if asked is None or not units.is_money(asked):
        return list(nodes)
    told = {id(n): n.unit.partition("/")[0] for n in nodes if n.operation}
    done = {n.operation for n in nodes if told.get(id(n)) == asked}
    meant = {asked} | moneys(query)
    return [
        n for n in nodes
        if n.operation not in done or told[id(n)] in meant or not units.is_money(told[id(n)])
    ]  # fmt: skip


# -- parts and wholes ---------------------------------------------------------------------------


def _is_of_whole(query: Query, node: Node) -> bool:
    """A share is not of another part, which is told beside it and of an owner not asked about."""
    if len(node.parts) != 2 or not all(part.figure for part in node.parts):
        return True
    part, whole = node.leaves
    if not are_together(part, whole) or not part.entity or not whole.entity:
        return True
    if part.entity == whole.entity or part.measure != whole.measure or part.kind != whole.kind:
        return True
    return families.is_whole_of(whole, part) or _names(query, whole.entity)


def _names(query: Query, name: str) -> bool:
    asked = set(terms.stems(linking.spoken(query.text)))
    return any(linking.likes(stem, asked) for stem in terms.stems(name))


# -- what is left of two ------------------------------------------------------------------------

_BALANCE = r"surplus|deficit|shortfall|balance|net (?:imports|exports|inflow|outflow|migration)"
_BALANCES = re.compile(
    rf"\b(?:{_BALANCE}|gap|exceed(?:s|ed|ing)?|outstrip\w*|outweigh\w*|more than|less than|"
    r"in the (?:red|black)|overspen[dt]\w*)\b"
)
_ASKS_BALANCE = re.compile(
    rf"\b(?:{_BALANCE}|(?:trade|budget|funding|financing) gap)\b(?! (?:of|was|is)\b.*%)"
)


def asks_balance(question: str) -> bool:
    """Whether a question asks by how much one of two sides is more than the other."""
    return bool(_ASKS_BALANCE.search(question.lower()))


def is_balance(figure: Figure, sentence: str) -> bool:
    """Whether a figure may be what is left of two sides: its sentence has a word for that."""
    return bool(_BALANCES.search(f"{figure.measure or ''} {sentence}".lower()))


# -- sizes --------------------------------------------------------------------------------------

# What has grown is no more than so many times as much, what is set against another no more than
# so many times it: but for two figures misread, so it is in 1,500 questions.
_GROWN, _SET_AGAINST = 10, 50


def _has_grown_so(query: Query, node: Node) -> bool:
    return _is_within(node, Decimal(1) / (2 * _GROWN), Decimal(_GROWN))


def _is_set_against(query: Query, node: Node) -> bool:
    return _is_within(node, Decimal(1) / _SET_AGAINST, Decimal(_SET_AGAINST))


def _is_within(node: Node, least: Decimal, most: Decimal) -> bool:
    """Whether the first of two figures is so many times the second."""
    if len(node.parts) != 2 or not all(part.figure for part in node.parts):
        return True
    one, other = node.leaves
    if not one.value or not other.value:
        return True
    return least <= abs(one.value * (factor(one.unit, other.unit) or 1) / other.value) <= most


def _is_by_several(query: Query, node: Node) -> bool:
    """Nothing is measured by a single one of anything."""
    return len(node.parts) != 2 or all(f.value != 1 or f.unit == "%" for f in node.leaves)


# -- what is asked for --------------------------------------------------------------------------

_SHARE = re.compile(
    r"\b(?:what|which) (?:share|proportion|percentage|percent|fraction|portion) of\b|"
    r"\bhow many (?:percent|per cent)\b|\bas an? (?:share|percentage|proportion) of\b|"
    r"\bin percent\b|^(?:part|share|portion|proportion|percentage) of\b|"
    r"\bby (?:what|which|how many) (?:%|per ?cent(?:age)?)(?! points?)(?!\w)|"
    r"\b(?:in|as an?|how many) (?:%|per ?cent|pct)(?!\w)|, (?:%|per ?cent|pct)\??$|"
    r"\b(?:what|which) (?:part|slice|chunk) of\b|"
    r"(?<!per )(?<!pay )(?<!pays )\bshare of (?!the (?:cost|costs|bill|money|profits?|proceeds)\b)"
)
_MIDDLE = re.compile(
    r"\bmid[- ]?points?\b|\bhalf-?way (?:point|mark)\b|"
    r"^(?:(?:what|whats|what's|what is) )?(?:the )?(?:middle|centre|center) of\b|"
    r"\b(?:middle|centre|center|mean|average) of (?:[a-z0-9'’-]+ ){0,5}range\b|"
    r"\brange\b[^?.]{0,60}\b(?:middle|centre|center)\b"
)
_CALLED_MIDDLE = re.compile(r"\b(?:mid[- ]?point|middle|mean|average|median)\b")
_AT_MIDDLE = re.compile(r"\bat (?:the|its) (?:mid-?point|middle)\b")
_MANY = re.compile(r"\b(?:how many|number of) ((?:[a-z'’-]+ ?){1,5})")
_AMOUNTS = frozenset(
    "million millions billion billions trillion trillions thousand thousands hundred bn mn m k "
    "crore lakh worth".split()
)
_OF_SEVERAL = re.compile(r"\?.*\?|,|\band (?:how|what|when|where|who|by|in|at)\b")


def asks_middle(question: str) -> bool:
    """Whether a question asks for what lies half way between two ends."""
    return bool(_MIDDLE.search(question.lower()))


def _is_stated_so(query: Query, node: Node) -> bool:
    """What is told is no middle of a range, and an amount no share, where these are asked for."""
    said, figure = query.text.lower(), node.figure
    if figure is None:
        return True
    if not _is_ratio_so(said, node.unit) or (figure.kind != "change" and _asks_growth(said, node)):
        return False
    if _is_many(figure) and _RATE_OF.search(said):
        return False
    if _is_below(said, figure):
        return False
    if _is_opposed(query, figure):
        return False
    if (figure.unit in _CLOCK or units.is_money(figure.unit)) and _counts(query):
        return False
    if asks_middle(said):
        is_told = _AT_MIDDLE.search(said) or _CALLED_MIDDLE.search(figure.measure or "")
        return bool(is_told) and not is_range(figure)
    if node.unit != "pp" and _POINTS.search(said) and _OF_TWO.search(said):
        return False
    if (node.unit in {"%", "pp"} and _ABSOLUTE.search(said)) or _is_of_both(said, figure):
        return False
    is_other = node.unit not in {"%", "pp", "1"} and "/" not in node.unit
    is_alone = query.unit in {None, "%"} and not _OF_SEVERAL.search(said)
    return not (is_other and is_alone and _SHARE.search(said))


def _is_wanted(query: Query, node: Node) -> bool:
    """What is told is of the kind, the time and the side that is asked for."""
    if node.figure is None or query.form == "yesno":
        return True
    is_growth = node.figure.kind == "change" and node.unit == "%"
    is_set_beside = is_growth and not _is_beside(query, node)
    return not is_set_beside and wanted.is_wanted(query, node.figure)


# A margin, a ratio: of one thing in another. The margin of error and that of a win are none.
_RATIO = re.compile(
    r"\b(?:margins?|ratio|profitability|load factor)\b(?! of error)(?! of victory)"
    r"(?!.*\b(?:earn|earned|worth)\b)"
)
_NO_RATIO = re.compile(
    r"\b(?:by (?:what|which) margin|winning margin|(?:error|safety) margin|why)\b"
)
_MOVED = re.compile(
    r"\bhow much (?:more |less )?(?:did|has|have|had|does|do)\b.{0,80}?\b(?:gr[eo]wn?|increased?|"
    r"rise|rose|risen|fall|fell|fallen|declined?|drop|dropped|shrink|shrank|shrunk|decreased?|"
    r"climb|climbed|widen|widened|narrow|narrowed|improved?|expand|expanded)\b"
    r"(?!.*\b(?:to|reach)\b)"
)


def _is_ratio_so(said: str, unit: str) -> bool:
    """Whether a unit may be that of a margin or a ratio, where one is asked for."""
    if not _RATIO.search(said) or _NO_RATIO.search(said) or _OF_SEVERAL.search(said):
        return True
    return unit in {"%", "pp", "1", "rank"} or "/" in unit


# A rate of so many of anything is none: births, crimes and beats are told by the thousand.
_RATE_OF = re.compile(r"\b(?:[a-z-]+ )rate\b(?! of (?:pay|exchange|interest))")
_MANY_OF = 1000


def _is_many(figure: Figure) -> bool:
    return units.is_count(figure.unit) and (figure.value or 0) >= _MANY_OF


_BY_WHICH = re.compile(
    r"^by how (?:many|much)\b|\bby (?:which|what (?:amount|number|margin))\b|"
    r"^(?:the )?(?:number|amount) (?:of [a-z]+ )?by which\b"
)
_APART = re.compile(
    r"\b(?:by|over|under|short|beyond|off|ahead|behind|more|less|fewer|than|surplus|deficit|above|below"
    r"|miss\w*|too|extra|gap|difference|change|rise|rises|fall|falls|increase|decrease|drop|lead|margin"
    r"|only|just|over\w+ed|under\w+ed|improv\w*|worse\w*|cut|add\w*)\b"
)


def asks_between(question: str) -> bool:
    """Whether a question asks by how much two amounts differ, or one has moved."""
    return bool(_BY_WHICH.search(question.lower()))


def may_lie_between(figure: Figure, clause: str) -> bool:
    """Whether a figure may be what lies between two: no level of which nothing says so.

    clause: the words around it, in lower case
    """
    is_told = figure.kind == "change" or figure.unit in {"%", "pp"}
    return is_told or bool(_APART.search(clause))


def _is_below(said: str, figure: Figure) -> bool:
    """Whether a figure is of what the question asks for the rate by: tonnes, of "per tonne"."""
    if "/" in figure.unit or figure.unit in {"%", "pp", "1"} or units.is_money(figure.unit):
        return False
    named = {units.parse(word) for word in re.findall(r"\bper ([a-z]+)\b", said)}
    return figure.unit in named and not units.is_count(figure.unit)


# "How much more did it sell in 2024 than in 2023?": between two times.
_THAN_THEN = re.compile(
    r"\bhow (?:much|many) (?:[a-z-]+ )?(?:more|less|fewer)\b.{3,80}?\bthan (?:in |during |for )?"
    r"(?:the )?(?:(?:19|20)\d\d\b|year (?:before|earlier)\b|(?:a|one) year (?:before|earlier)\b|"
    r"(?:previous|prior|preceding|last) year\b|last year\b)"
)
_YEAR_ON_YEAR = re.compile(r"\b(?:yoy|y/y|y-o-y|year[- ](?:on|over)[- ]year)\b")


def _asks_growth(said: str, node: Node) -> bool:
    """Whether by how much something has grown is asked for, which no amount that is told is."""
    is_asked = _MOVED.search(said) or _YEAR_ON_YEAR.search(said) or _THAN_THEN.search(said)
    return node.unit not in {"%", "pp"} and bool(is_asked)


_ABSOLUTE = re.compile(
    r"\bin absolute (?:terms|numbers|figures)\b|\bnot (?:in )?(?:%|percent|per cent|percentages?)"
)
_BOTH = re.compile(r"\b([a-z]+) and ([a-z]+)\b")


def _is_of_both(said: str, figure: Figure) -> bool:
    """Imports and exports together are none of them: the question names only one."""
    asked = set(terms.stems(said))
    for pair in _BOTH.findall((figure.measure or "").lower()):
        stems = [terms.stem(word) for word in pair]
        if all(map(names_measure, pair)) and len(asked.intersection(stems)) == 1:
            return True
    return False


# Points by which two things differ are told in points, not by the growth of one of them.
_POINTS = re.compile(r"\b(?:percentage|percent|pct|%)? ?(?:points?|pp|ppts?)\b")
_OF_TWO = re.compile(
    r"\b(?:faster|slower|quicker|higher|lower|more|less|better|worse|stronger|weaker)\b.* than\b"
    r"|\b(?:gap|difference|spread|distance) (?:in|between|of)\b.* (?:and|to|from)\b"
    r"|\b(?:outpac|outstrip|outperform|exceed|surpass|outgr|lag|trail|lead|beat|overt)[a-z]*\b"
)


def _is_of_values(query: Query, node: Node) -> bool:
    """The middle of a range is no average of several ranges."""
    return not (any(map(is_range, node.leaves)) and asks_middle(query.text))


def _counts(query: Query) -> bool:
    """Whether a question asks how many there are of what is no money."""
    told = _MANY.search(query.text.lower())
    if told is None or query.unit is not None:
        return False
    words = told[1].split()
    parsed = [units.parse(word) for word in words]
    return not _AMOUNTS & set(words) and not any(unit and units.is_money(unit) for unit in parsed)


# "How many countries", "the number of visitors": no hours, and no money.
_CLOCK = frozenset(["hour", "minute", "second"])
_TIMES_AS_MANY = re.compile(r"\btimes as many\b")


def _is_of_counts(query: Query, node: Node) -> bool:
    """So many times as many are no amounts of money, nor shares."""
    is_countless = any(units.is_money(f.unit) or f.unit == "%" for f in node.leaves)
    return not (is_countless and _TIMES_AS_MANY.search(query.text.lower()))


def _is_of_one_time(query: Query, node: Node) -> bool:
    """A share is not of the same thing at another time of the same length."""
    if len(node.parts) != 2 or not all(part.figure for part in node.parts):
        return True
    part, whole = node.leaves
    if (part.measure, part.entity) != (whole.measure, whole.entity) or len(query.periods) > 1:
        return True
    one, other = (tilings.months(f.period or "") for f in (part, whole))
    return not one or not other or one == other or one[2] - one[1] != other[2] - other[1]


def _is_of_amounts(query: Query, node: Node) -> bool:
    """One rate of growth is no share of another."""
    return not all(part.figure and part.unit == "%" for part in node.parts)


def _is_of_quantity(query: Query, node: Node) -> bool:
    """What is told by the hectare is not set against hectares: it is so already."""
    if len(node.parts) != 2:
        return True
    below = node.parts[0].unit.partition("/")[2]
    other = node.parts[1].unit
    is_count = units.is_count(below) and units.is_count(other) and units.are_alike(below, other)
    return not below or not (is_count or units.are_convertible(below, other))


# What is spent on one of anything is a twentieth of the money's unit at least, and nobody asks for
# less than a tenth of a thing for each of others, but by its name.
_LEAST_COST, _LEAST_NUMBER = Decimal("0.05"), Decimal("0.1")


def _is_worth_telling(query: Query, node: Node) -> bool:
    """A price of one thing is not spread over many: "$4,265", "476,000 tonnes"; nor are a few
    things that the question does not name."""
    if units.is_money(node.parts[0].unit):
        return _is_within(node, _LEAST_COST, Decimal("Infinity"))
    is_counted = units.is_count(node.parts[0].unit) and node.parts[0].figure is not None
    if not is_counted or _is_within(node, _LEAST_NUMBER, Decimal("Infinity")):
        return True
    return _is_called(node.parts[0], set(terms.stems(linking.spoken(query.text))))


def _is_called(part: Node, words: set[str]) -> bool:
    """Whether some words name what a part counts or measures."""
    own = terms.stems(f"{part.unit} {part.measure or ''}")
    return any(linking.likes(stem, words) for stem in own)


_A_PER_B = re.compile(
    r"^(?P<A>[^,;]*?) (?:per|(?:for|to) (?:each|every|one)) (?P<B>(?:[\w'’-]+ ?){1,3})"
)
# Before "per" stands what is counted, which is one of the last words.
_NEAR = 4


def _is_by_below(query: Query, node: Node) -> bool:
    """ "Cars built per worker" are no workers by the car."""
    found = _A_PER_B.search(query.text.lower())
    if found is None or not all(part.figure for part in node.parts):
        return True
    above, below = (set(terms.stems(found[side])[-_NEAR:]) for side in "AB")
    one, other = node.parts
    is_turned = _is_called(other, above) and not _is_called(other, below)
    return not is_turned or _is_called(one, above)


_OF_GROWTH = re.compile(
    r"\b(?:share|part|proportion|percentage|percent|fraction|how much) of "
    r"(?:the |its |their |all )?(?:[a-z-]+ ){0,2}(?:growth|rise|increase|gain|upturn)\b"
)


def _is_of_growth(query: Query, node: Node) -> bool:
    """Two levels are no shares of what has been added."""
    if not _OF_GROWTH.search(query.text.lower()):
        return True
    return any(part.operation for part in node.parts) or any(
        f.kind == "change" for f in node.leaves
    )


_MORE = re.compile(
    r"\b(?:higher|dearer|larger|bigger|greater|longer|costlier|pricier|heavier|faster|warmer|older|"
    r"richer|exceed(?:s|ed|ing)?)\b"
)
_LESS = re.compile(
    r"\b(?:lower|cheaper|smaller|fewer|shorter|lighter|slower|colder|younger|poorer)\b"
)


def _is_of_more(query: Query, node: Node) -> bool:
    """By how much something is higher is from less to more."""
    said = query.text.lower()
    is_more, is_fewer = bool(_MORE.search(said)), bool(_LESS.search(said))
    if is_more == is_fewer or len(node.parts) != 2 or not all(p.figure for p in node.parts):
        return True
    new, old = node.leaves
    if new.unit != old.unit or new.value is None or old.value is None:
        return True
    return (new.value >= old.value) == is_more


_AS_SHARE = re.compile(
    r"\bas an? (?:%|percent(?:age)?|per cent|share|proportion|fraction) of\b|"
    r"\b(?:what|which) (?:%|percent(?:age)?|per cent|share|proportion|fraction|portion|part) of\b"
)


def _is_no_share(query: Query, node: Node) -> bool:
    """Who asks for something as a share of another asks for no growth."""
    return not _AS_SHARE.search(query.text.lower())


def _is_of_one(query: Query, node: Node) -> bool:
    """What imports and exports together have grown by is what neither has."""
    said = query.text.lower()
    return not any(part.figure and _is_of_both(said, part.figure) for part in node.parts)


def _is_carried_on(query: Query, node: Node) -> bool:
    """What is asked of the time before a growth is not carried on with it."""
    return not any(f.base_period and f.base_period in query.periods for f in node.leaves)


_IN_UNIT = re.compile(r"(?:\bin|,) ([a-z]+)\??$|^([a-z]+) (?:cut|saved|gained|lost|added|won)\b")
_OF_RATE = re.compile(r"%|\b(?:grow\w*|grew|rates?|per ?cent|pct|percentages?|share|half|third)\b")


def _is_in_percent(query: Query, node: Node) -> bool:
    """What is asked for in minutes or cents is not told in percent."""
    said = query.text.lower().strip()
    if _OF_RATE.search(said):
        return True
    asked = {units.parse(word) for found in _IN_UNIT.finditer(said) for word in found.groups("")}
    return not (asked | {query.unit}) - {None, "%", "pp", "1"}


_ASKS_RATE = re.compile(
    r"^(?:what (?:was|is|were) )?(?:the )?(?:growth|increase|rise|decline)(?: rate)?"
    r" (?:of|in|for)\b"
    r"|^how (?:fast|quickly) (?:did|does|has|have)\b"
)


def _is_no_rate(query: Query, node: Node) -> bool:
    """How fast something grew in a year is no level of that year."""
    return not _ASKS_RATE.match(query.text.lower())


_SUPPOSED = re.compile(
    r"\b(?:if|suppos\w+|assum\w+|imagin\w+|same|again|repeat\w*|keeps?|kept|continu\w+|another"
    r"|would|were to|further|more|extrapolat\w+|carried|carry|pace|rate|trend|project\w*)\b"
)


def _is_supposed(query: Query, node: Node) -> bool:
    """A growth is carried on only where that is supposed: "expected to grow" asks what is told."""
    return bool(query.assumed or _SUPPOSED.search(query.text.lower()))


# "How much bigger was A than B?": nothing that has become of the one alone.
_BESIDE = re.compile(
    r"\b(?:bigger|larger|higher|greater|more|smaller|less|lower|fewer)\b[^.;]*?"
    r"(?<!other )(?<!rather )\bthan (?P<what>[^.;?(]*)"
)
_BY_TIME = re.compile(
    r"(?:(?:in|at|on|during|for|from|by|of|the|an?|it|that|this|they|was|were|is|had|did|its?|their"
    r"|those|one|full|same|whole|end|start|beginning|all|\w+['’]s) )*"
    r"(?:years?|months?|quarters?|weeks?|seasons?|decades?|days?|period|before|earlier|ago|now"
    r"|previous\w*|preceding|last|first|second|third|fourth|then|today|yet|ever|usual|normal|peak"
    r"|record|average|half|[qh]\d|\w*\d\w*|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|spring|summer|autumn|winter|it|that|they)\b"
)


def _is_beside(query: Query, node: Node) -> bool:
    """What one thing is beside another does not follow from the growth or change of one."""
    found = _BESIDE.search(query.text.lower())
    return not found or bool(_BY_TIME.match(found["what"]))


@lru_cache(maxsize=1)
def _opposed() -> list[tuple[frozenset[str], frozenset[str]]]:
    """Stems of measures of which one is never the other: what comes in and what goes out."""
    pairs = [[terms.stems_of(side) for side in pair] for pair in terms.table("linking")["opposed"]]
    return [(one, other) for a, b in pairs for one, other in ((a, b), (b, a))]


def _is_opposed(query: Query, figure: Figure) -> bool:
    """Whether a figure measures the opposite of what is asked for: revenue of costs."""
    asked, told = terms.stems_of(query.text), terms.stems_of(figure.measure or "")
    return any(
        asked & one and not asked & other and told & other and not told & one
        for one, other in _opposed()
    )


_IS_AVERAGE = re.compile(r"\b(?:average|mean|typical|median)\b")
_OVER_SEVERAL = re.compile(
    r"\b(?:averages?|mean) (?:of|over|across|between|for (?:the|both|all|two|three))\b"
    r"|\b(?:both|together|combined|overall|these|those|all|each|two|three|four|five|years|months"
    r"|quarters|weeks|seasons)\b"
)


def _is_of_several(query: Query, node: Node) -> bool:
    """What is told as an average is averaged again only where one over several is asked for."""
    told = any(_IS_AVERAGE.search((f.measure or "").lower()) for f in node.leaves)
    return not told or bool(_OVER_SEVERAL.search(query.text.lower()))


# What a margin is a share of.
_MARGIN = re.compile(
    r"\b(?:operating|net|gross|profit|ebitda?|pre-?tax|underlying|adjusted) margins?\b"
)
_INCOME = re.compile(r"\b(?:revenues?|sales|turnover|income|premiums?|takings)\b")


def _is_of_revenue(query: Query, node: Node) -> bool:
    """A margin is a share of revenue, where it is told what the whole is."""
    if len(node.parts) != 2 or not _MARGIN.search(query.text.lower()):
        return True
    whole = node.parts[1].figure
    return whole is None or not whole.measure or bool(_INCOME.search(whole.measure.lower()))


# Two accounts of one thing are no more than so many times each other.
_DIFFERS = re.compile(
    r"\b(?:disagree\w*|discrepanc\w*|differs?|differed|differing|mismatch\w*)\b"
    r"|\bdifferent (?:figures|numbers|counts)\b"
)
_ACCOUNTS = 2


def _is_of_one_thing(query: Query, node: Node) -> bool:
    """What two accounts differ by is between two that are near each other."""
    if not _DIFFERS.search(query.text.lower()):
        return True
    return _is_within(node, Decimal(1) / _ACCOUNTS, Decimal(_ACCOUNTS))


_LISTED = re.compile(r",? and |,? nor |,? or |, | plus | \+ ")


def _is_less_all(query: Query, node: Node) -> bool:
    """What several named parts leave is less each of them, or less what is told of all together."""
    named = [set(terms.stems(part)) for part in _LISTED.split(query.role("P") or "")]
    named = [stems for stems in named if stems]
    if len(named) < 2 or len(node.parts) != 2 or (part := node.parts[1].figure) is None:
        return True
    return set().union(*named) <= set(terms.stems(f"{part.measure or ''} {part.entity or ''}"))


def _is_of_either(query: Query, node: Node) -> bool:
    """What is set against another is not both times what only one of the two is called."""
    one, two = (set(terms.stems(query.role(role) or "")) for role in "AB")
    measures = [set(terms.stems(f.measure or "")) for f in node.leaves]
    sides = ((one - two, two - one), (two - one, one - two))
    return not any(
        own and other and all(own <= told and not other & told for told in measures)
        for own, other in sides
    )


def _is_of_parts(query: Query, node: Node) -> bool:
    """What is told of two together, "imports and exports", is not added to one of them."""
    told = [f.measure.lower() for f in node.leaves if f.measure]
    both = [set(terms.stems(measure)) for measure in told if " and " in measure]
    alone = [set(terms.stems(measure)) for measure in told if " and " not in measure]
    return not any(one and one < two for one in alone for two in both)


_RULES: Mapping[str, Sequence[Callable[[Query, Node], bool]]] = {
    "": (_is_stated_so, _is_wanted),
    "ratio": (_is_times, _is_of_counts, _is_by_several, _is_no_fraction),
    "multiple": (_is_times, _is_of_counts, _is_no_fraction),
    "exchange_rate": (_is_right_way_up,),
    "cross_rate": (_is_right_way_up,),
    "per_unit": (
        _is_right_way_up,
        _is_by_several,
        _is_of_quantity,
        _is_worth_telling,
        _is_by_below,
    ),
    "share": (
        _is_of_whole,
        _is_of_one_time,
        _is_by_several,
        _is_of_amounts,
        _is_of_growth,
        _is_of_revenue,
    ),
    "average": (_is_of_values, _is_of_several),
    "sum": (_is_of_parts,),
    "residual": (_is_less_all,),
    "growth": (_has_grown_so, _is_by_several, _is_no_share, _is_of_more, _is_in_percent),
    "point_change": (_is_of_more,),
    "absolute_growth": (_is_no_share, _is_of_one, _is_beside),
    "difference": (_is_set_against, _is_of_one_thing, _is_of_either),
    "before_growth": (_is_of_one, _is_no_rate, _is_beside),
    "projection": (_is_carried_on, _is_of_one, _is_supposed, _is_beside),
    "before_change": (_is_beside,),
}


# -- by what ------------------------------------------------------------------------------------

_BY = re.compile(
    r"\b(?:per|each|every|apiece|an?) +(?:single |one |of the |of its )?"
    r"([a-z][a-z-]+)(?: ([a-z][a-z-]+))?"
)


def of_what_is_named(query: Query, nodes: Sequence[Node]) -> list[Node]:
    """The ways without the quotients by something else, where some are by what the question names.

    "The price per aircraft" is by jets rather than by passengers, where jets are told.
    """
    said = [m.groups("") for m in _BY.finditer(query.text.lower())]
    stems = [s for words in said for s in terms.stems(_told_by(*words))]
    named = {units.parse(text) for one in said for text in (" ".join(one), one[0])} - {None}
    of_two = [n for n in nodes if n.operation == "per_unit" and len(n.parts) == 2]
    by = {id(n): n.parts[1].unit in named or _is_by(n, stems) for n in of_two}
    if not any(by.values()):
        return list(nodes)
    return [node for node in nodes if by.get(id(node), True)]


def _told_by(word: str, noun: str) -> str:
    """What is counted: of "per paid employee" the noun, of "per hectare sown" the first word."""
    return noun if word.endswith(("ed", "ing")) and noun else word


def _is_by(node: Node, stems: Sequence[str]) -> bool:
    below = node.parts[1]
    own = set(terms.stems(f"{below.unit} {below.measure or ''}"))
    return any(linking.likes(stem, own) for stem in stems)
