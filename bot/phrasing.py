"""Phrasing: the first sentence of an answer, as a person would say it.

Figures and results are slots; the words around them are the measure, entity and period that the
derivation carries, so that the proof can find each in what is cited.
"""

from __future__ import annotations

import re

from bot import linking
from bot.nodes import Derivation, Node
from bot.questions import Query
from ingest import Article, Figure, periods

_PLURAL = re.compile(r"(?:[^s]s|people|children|data|media|men|women)$")
_OWNER = re.compile(r"(?!It$|How$|The$|This$)[A-Z].*(?<!ese)(?<!ish)(?<!ian)")
_PROPER = re.compile(r"[A-Z].*[A-Z]|[A-Z]\w*[0-9]")


def subject(measure: str | None, entity: str | None) -> str | None:
    """ "China's exports", "exports", or None where the measure is untold.

    >>> subject("exports", "China")
    "China's exports"
    """
    if not measure:
        return None
    entity = entity if entity and _OWNER.fullmatch(entity) else None
    if not entity or entity.lower() in measure.lower():
        return measure
    return f"{entity}{'’' if entity.endswith('s') else '’s'} {measure}"


def is_plural(phrase: str) -> bool:
    head = re.split(r" (?:of|in|from|to|for|by|at|on|with|per|among|between) ", phrase)[0]
    return bool(_PLURAL.search(head.lower())) and not head.lower().endswith(("ss", "us", "is"))


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def in_period(period: str | None) -> str:
    """ " in 2024", " in the first quarter of 2024", or ""."""
    if not period:
        return ""
    described = periods.describe(period)
    return f" on {described}" if re.fullmatch(r"\d{4}-\d\d-\d\d", period) else f" in {described}"


def stated(figure: Figure, slot: str) -> str | None:
    """A whole sentence around a stated figure; None where its slots do not carry one."""
    about = subject(figure.measure, figure.entity)
    if not about:
        return None
    when = in_period(figure.period)
    if figure.kind == "change":
        return _changed(figure, about, slot, when)
    if figure.kind == "share":
        return None
    be = "were" if is_plural(about) else "was"
    text = f"{about} {be} {slot}{when}"
    if linking.unit_class(figure) == "money":
        text = f"{about} came to {slot}{when}"
    return f"{capitalised(text)}."


def _changed(figure: Figure, about: str, slot: str, when: str) -> str:
    verb = {"up": "rose by", "down": "fell by", None: "changed by"}[figure.direction]
    return f"{capitalised(about)} {verb} {slot}{when}."


def computed(query: Query, derivation: Derivation, slot: str) -> str:
    """The sentence that tells a computed result."""
    node = derivation.node
    assert node is not None
    parts = [_told(part) for part in node.parts]
    say = _SENTENCES.get(node.operation)
    if say and all(parts):
        return f"{capitalised(say(node, parts, slot))}."
    about = query.measures[0] if query.measures else "the result"
    return f"For {_lowered(about)}, that comes to {slot}."


def _lowered(text: str) -> str:
    return text if _PROPER.search(text) else text[:1].lower() + text[1:]


def _told(node: Node) -> str:
    """What a node is, in words: "China's exports"."""
    if node.figure:
        return subject(node.measure, node.figure.entity) or ""
    if node.operation in {"conversion"}:
        return _told(node.parts[0])
    if node.measure:
        entity = next((f.entity for f in node.leaves if f.entity), None)
        return subject(node.measure, entity) or ""
    return _told(node.parts[0]) if node.parts else ""


def _same_measure(node: Node, parts: list[str]) -> bool:
    return parts[0] == parts[1]


def _named(node: Node, parts: list[str], i: int) -> str:
    """A part by its measure, or by its period where both parts are one measure."""
    if _same_measure(node, parts) and node.parts[i].period:
        return f"{parts[i]}{in_period(node.parts[i].period)}"
    return parts[i]


def _when(node: Node) -> str:
    return in_period(node.period)


def _share(node: Node, parts: list[str], slot: str) -> str:
    verb = "were" if is_plural(parts[0]) else "was"
    return f"{parts[0]} {verb} {slot} of {parts[1]}{_when(node)}"


def _difference(node: Node, parts: list[str], slot: str) -> str:
    if node.identity and node.measure:
        return f"the {_told_whole(node)} came to {slot}{_when(node)}"
    a, b = _named(node, parts, 0), _named(node, parts, 1)
    return f"the difference between {a} and {b} is {slot}"


def _told_whole(node: Node) -> str:
    return node.measure or ""


def _residual(node: Node, parts: list[str], slot: str) -> str:
    about = _told(node) if node.measure else f"the rest of {parts[0]}"
    return f"{about} came to {slot}{_when(node)}"


def _sum(node: Node, parts: list[str], slot: str) -> str:
    return f"{' and '.join(dict.fromkeys(parts))} together came to {slot}{_when(node)}"


def _ratio(node: Node, parts: list[str], slot: str) -> str:
    verb = "were" if is_plural(parts[0]) else "was"
    a, b = _named(node, parts, 0), _named(node, parts, 1)
    return f"{a} {verb} {slot} as large as {b}"


def _growth(node: Node, parts: list[str], slot: str) -> str:
    return f"{parts[0]} changed by {slot}{_when(node)}"


def _before(node: Node, parts: list[str], slot: str) -> str:
    return f"{parts[0]} came to {slot}{_when(node)}"


def _projection(node: Node, parts: list[str], slot: str) -> str:
    return f"{parts[0]} would come to {slot}"


def _absolute(node: Node, parts: list[str], slot: str) -> str:
    return f"{parts[0]} grew by {slot}{_when(node)}"


def _average(node: Node, parts: list[str], slot: str) -> str:
    return f"the average of {' and '.join(dict.fromkeys(parts))} is {slot}"


def _rate(node: Node, parts: list[str], slot: str) -> str:
    return f"the exchange rate implied is {slot}"


def _per_unit(node: Node, parts: list[str], slot: str) -> str:
    return f"{parts[0]} came to {slot}"


def _contribution(node: Node, parts: list[str], slot: str) -> str:
    return f"{parts[0]} contributed {slot} of the growth of {parts[2]}{_when(node)}"


def _conversion(node: Node, parts: list[str], slot: str) -> str:
    return f"{parts[0]} came to {slot}{_when(node.parts[0])}"


_SENTENCES = {
    "share": _share,
    "difference": _difference,
    "point_change": _difference,
    "residual": _residual,
    "sum": _sum,
    "ratio": _ratio,
    "multiple": _ratio,
    "growth": _growth,
    "before_growth": _before,
    "projection": _projection,
    "absolute_growth": _absolute,
    "average": _average,
    "exchange_rate": _rate,
    "per_unit": _per_unit,
    "contribution": _contribution,
    "conversion": _conversion,
}


def quoted(article: Article, start: int, end: int) -> str:
    """A sentence of an article as an answer shows it: one line, list marks off."""
    text = " ".join(article.text[start:end].split())
    return re.sub(r"^(?:[-*•·]|\d{1,2}[.)])\s+", "", text).strip()
