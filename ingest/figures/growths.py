"""Growths: percentages that go on with a change told before them, or have its sign."""

from __future__ import annotations

from ingest.figures import lexicon
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement


def share(statement: Statement, tags: str, told: list[Slots]) -> None:
    """Make changes of the percentages that can be nothing else.

    "Prices rose 3.4% in August, after 3.9% in July", "Rents rose 2.6%, electricity 11.9%",
    "railways (minus 24.3%)", "sales of €84 million, a plus of 10.5%".
    """
    for index, q in enumerate(statement.quantities):
        if q.unit != "%" or told[index].kind not in ("share", "rate") or q.form != "plain":
            continue
        sign = _sign(statement, q)
        if sign and not _is_rate(told[index]):
            told[index].kind, told[index].direction = "change", "up" if sign > 0 else "down"
            continue
        first = _last_change(statement, told, index)
        if first is not None and _goes_on(statement, tags, told, first, index):
            is_down = q.value is not None and q.value < 0
            told[index].kind = "change"
            told[index].direction = "down" if is_down else told[first].direction


def _sign(st: Statement, q: Quantity) -> int:
    """1 after "plus" or "a plus of", -1 after "minus" or below zero, else 0."""
    at = q.lead - 1
    if st.low(at) == "of" and st.low(at - 1) in _SIGNS and st.low(at - 2) == "a":
        return _SIGNS[st.low(at - 1)]
    if q.value is not None and q.value < 0:
        return -1
    apart = st.raw(at - 1) in ("(", ",") or at == 0
    return _SIGNS.get(st.low(at), 0) if apart else 0


_SIGNS = {"plus": 1, "minus": -1}


def _is_rate(slots: Slots) -> bool:
    """Whether what is measured may be below zero by itself: a margin, an interest rate."""
    words = set((slots.measure or "").split())
    return not words.isdisjoint(lexicon.words("cues", "rates") | _BALANCES)


_BALANCES = frozenset("balance surplus deficit growth share margin margins result".split())


def _last_change(st: Statement, told: list[Slots], index: int) -> int | None:
    """The change in percent last told in the sentence, those in brackets apart."""
    inside = st.raw(st.quantities[index].lead - 1) == "("
    for k in range(index - 1, -1, -1):
        q = st.quantities[k]
        bracketed = st.raw(q.lead - 1) == "("
        if q.unit == "%" and bracketed == inside:
            return k if told[k].kind == "change" and told[k].direction is not None else None
    return None


def _goes_on(st: Statement, tags: str, told: list[Slots], first: int, index: int) -> bool:
    a, b = st.quantities[first], st.quantities[index]
    led, between = st.low(b.lead - 1), tags[a.after : b.lead]
    apart = not {";", "whom", "which"}.isdisjoint(st.between(a, b))
    if apart or st.low(b.after) == "of" or led in _LEVEL:
        return False
    one, other = told[first].measure, told[index].measure
    if one is not None and one == other:
        return not _is_rate(told[index]) or told[index].kind == "share"
    listed = set(between) <= set(",CNDPO-T") and tags[b.lead - 1 : b.lead] == "N"
    return listed and told[index].kind == "share" and not _is_rate(told[index])


_LEVEL = frozenset("to at of with were are ( reach reached hit totals stands stood".split())
