"""Wanted: what kind of figure a question asks for, and figures that are told of another kind.

"What did the crossings cost?": 1,015 crossings are no cost. "How full were the planes?": 651,000
is no share. What a quarter is asked about is not told by another one, "exports" not by what
imports and exports come to, "between 1975 and 1985" not by the ten years after.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.evidence import linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.questions import Query
from ingest import Figure, periods, units

# Where several things are asked for at once, or in words that point back, no kind is plain.
_SEVERAL = re.compile(r"\?.*\?|\band\b|,|^(?:what|how) about\b")
_SHARES = frozenset(["percent", "ratio"])
_NO_AMOUNT = _SHARES | {"count", "duration", "length", "mass", "area"}


def is_wanted(query: Query, figure: Figure) -> bool:
    """Whether a figure that is told may be of the kind and the time that a question asks for."""
    return not any(rule(query, figure) for rule in _RULES)


# -- kinds of units -----------------------------------------------------------------------------

_MANY = re.compile(
    r"\b(?:how many|number of) (?:(?:more|fewer|new|full|extra|additional|hundred|thousand|million"
    r"|billion) )*([a-z]+)"
)
_UNCOUNTED = frozenset(["percent", "length", "mass", "area", "temperature"])
_NOT_COUNTED = frozenset("of times percent per percentage points point quarters".split())
_PERCENT = re.compile(
    r"\bin (?:percent|per cent|%)|\b(?:what|which) (?:percentage|percent|share|proportion)\b"
    r"|\bhow full\b"
)
_RATE = re.compile(
    r"\b(?:unemployment|employment|pass|clear-up|clearance|interest|inflation|growth|occupancy"
    r"|vacancy|dropout|success|approval|response|participation|cure|punctuality|on-time"
    r"|survival|turnout|conversion|recycling) rate\b"
)
_LENGTH = re.compile(
    r"\bhow (?:tall|deep|wide|thick)\b|\b(?:what (?:is|was|are|were)|whats|what's) (?:the )?"
    r"(?:[\w'-]+ ){0,3}(?:radius|diameter|height|length|width|depth|elevation|altitude)\b"
)
_MONEY = re.compile(
    r"^what (?:did|does|do|will|would) (?!.*\bshare\b)[^?]*\b(?:cost|pay|spend|earn)\b"
    r"|\bhow much (?:money|prize money|cash)\b"
    r"|^how much (?:did|does|do|will|would) [^?]*\b(?:cost|be saved|pay|spend|earn|owe)\b"
    r"|\b(?:what|whats|what's) (?:is |was |are |were )?(?:the )?(?:[\w'’-]+ ){0,2}"
    r"(?:price|cost|salary|pay|fee|fare|rent) (?:of|for|in)\b"
    r"|^(?:what|how much) (?:is|was|are|were) [^?]*\b(?:valued at|worth)\b"
)
_NO_MONEY = re.compile(r"\b(?:per ?cent|percentage|share|rate|margin|points?)\b|%")


_SHARE = re.compile(r"\b(?:what|which) (?:share|proportion|fraction|slice)\b")


def _is_change_of_share(query: Query, figure: Figure) -> bool:
    """ "What share is that?": what something grew by is none."""
    return figure.kind == "change" and bool(_SHARE.search(query.text.lower()))


def _is_of_other_unit(query: Query, figure: Figure) -> bool:
    said, kind = query.text.lower(), linking.unit_class(figure.unit)
    if _SEVERAL.search(said.rstrip("?! .")):
        return False
    if counted := _MANY.search(said):
        return _is_no_count(counted[1], figure, said)
    if "/" in figure.unit:
        return False
    if _PERCENT.search(said) or _RATE.search(said):
        return kind not in _SHARES and figure.unit != "pp"
    if _LENGTH.search(said):
        return kind != "length" and kind in _NO_AMOUNT
    is_money = _MONEY.search(said) and not _NO_MONEY.search(said)
    return bool(is_money) and kind in _NO_AMOUNT and not _is_named(figure, said)


def _is_no_count(noun: str, figure: Figure, said: str) -> bool:
    """Whether a figure is no number of what is counted: of tonnes no dollars, of people no
    percent."""
    kind, unit = linking.unit_class(figure.unit), units.parse(noun)
    if noun in _NOT_COUNTED:
        return False
    if unit is not None and not units.is_count(unit):
        return linking.unit_class(unit) != kind and "/" not in figure.unit
    return kind in _UNCOUNTED and not _PERCENT.search(said)


def _is_named(figure: Figure, said: str) -> bool:
    """Whether a question wants the unit of a figure: a money that is not known as one."""
    wanted = re.findall(r"\b(?:in|many) (?:million |billion )?([a-z]+)", said)
    return terms.stem(figure.unit) in map(terms.stem, wanted)


# -- times --------------------------------------------------------------------------------------

_PART = re.compile(r"-(?:Q\d|H\d|\d\d)$")
_SPAN = re.compile(
    r"\b(?:between|from) (?:[a-z]+ ){0,2}((?:19|20)\d\d) (?:and|to|until|till)"
    r" (?:[a-z]+ ){0,2}((?:19|20)\d\d)\b"
)


def _is_of_other_part(query: Query, figure: Figure) -> bool:
    """Whether a figure is of another quarter, half or month than the one that is asked about."""
    told = figure.period
    asked = [p for p in (*query.periods, *query.loose_periods) if _PART.search(p)]
    if told is None or not asked or len(asked) < len(query.periods + query.loose_periods):
        return False
    return bool(_PART.search(told)) and not any(_may_be(p, told) for p in asked)


def _may_be(asked: str, told: str) -> bool:
    """Whether one period may be the other or a part of it; "*-06" is of any year."""
    if not asked.startswith("*-"):
        return linking.period_pair(asked, told) > linking.OTHER_TIME
    return (
        periods.is_part(asked[1:], told)
        or linking.period_pair(told[:4] + asked[1:], told) > linking.OTHER_TIME
    )


def _is_of_other_span(query: Query, figure: Figure) -> bool:
    """Whether a figure is of a span of years that is another one than is asked about."""
    span = _SPAN.search(query.text.lower())
    told = re.findall(r"\d{4}", figure.period or "")
    if span is None or "/" not in (figure.period or "") or len(told) != 2:
        return False
    return (told[0], told[1]) != (span[1], span[2])


# -- sides and scopes ---------------------------------------------------------------------------

_ASIDE = re.compile(
    r"\b(?:as (?:distinct|opposed) (?:from|to)|leaving|apart from|excluding|without|not counting"
    r"|rather than|aside from|ignoring|setting aside|not)\b.*$"
)
_OF_BOTH = frozenset(["trade", "balanc", "surplus", "deficit"])
_WORLD = re.compile(r"\b(?:globally|worldwide|(?:around|across|all over) the world)\b")


_BALANCE = re.compile(r"\b(?:deficit|surplus|balance)\b")


def names_balance(text: str) -> bool:
    """Whether a text speaks of what is left of one side beside the other."""
    return bool(_BALANCE.search(text.lower()))


def is_of_both_sides(query: Query, figure: Figure) -> bool:
    """Whether a figure is of imports and exports together, where one of them is asked about."""
    asked = frozenset(terms.stems(linking.spoken(_ASIDE.sub("", query.text.lower()))))
    if asked & _OF_BOTH or figure.kind == "change":
        return False
    own = frozenset(terms.stems(linking.spoken((figure.measure or "").lower())))
    return any(
        one in asked and other not in asked and one not in own and "trade" in own
        for one, other in (("import", "export"), ("export", "import"))
    )


_RULES: tuple[Callable[[Query, Figure], bool], ...] = (
    _is_of_other_unit, _is_change_of_share, _is_of_other_part, _is_of_other_span,
    is_of_both_sides,
)  # fmt: skip


def is_of_world(query: Query, card: Card) -> bool:
    """Whether a figure is told of the whole world, where a place is asked about that its sentence
    does not name."""
    said = query.text
    if not _WORLD.search(card.sentence.lower()) or _WORLD.search(said.lower()):
        return False
    held = terms.stems_of(card.sentence)
    return any(
        re.search(rf"\b(?:in|inside|within|across) (?:the )?{re.escape(name)}\b", said)
        and not any(linking.likes(stem, held) for stem in terms.stems(name))
        for name in query.entities
    )
