"""Hidden: yes or no by the answer to a question that is hidden in another.

"Did rice make up over a fifth of exports?" hides what share it made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.derivation import Search
from bot.evidence import owners
from bot.language import portions, terms
from bot.nodes import Derivation, Node, attempted, node_of
from bot.questions import Assumed, Query
from bot.yesno import alone, changing, decisions, holding, moves, recasting, telling
from bot.yesno.decisions import Again, Decision
from bot.yesno.telling import Holds
from ingest import Article, Figure

# A hidden question is surely answered with this chance.
SURER = 0.6
# The answer to a question that is hidden in another is believed with this chance.
RECAST, N_RECAST, AS_LIKELY = 0.3, 2, 0.5
# An amount is asked about with a number of its own size, at most so many times more or less.
SIZES = 30
# What several unlikely ways say alike is believed.
N_VOICES, VOICE, LOUDER = 8, 0.1, 2.5
# A part and a whole are asked about with this chance, those that say otherwise with so much less.
PORTION, CLEARER = 0.1, 2.0


def by_recast(query: Query, again: Again | None, articles: dict[str, Article]) -> Decision | None:
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
        holds, value = _held(query, hidden, made, articles) if made else (None, Decimal(0))
        if made and holds and not _is_gainsaid(made, value, asked):
            return Decision(holds, (made,))
        if made and not made.is_stated and holding.is_within(value, holding.bounds(made)):
            return Decision("no", (made,), is_open=True)
    return None if hidden.held.text.lower() == "all" else _by_voices(query, hidden, asked, articles)


def by_sure_recast(
    query: Query, again: Again | None, articles: dict[str, Article]
) -> Decision | None:
    """What the hidden question for an amount is surely answered with."""
    hidden = recasting.recast(query) if again and not query.negated else None
    if again is None or hidden is None or hidden.kind != "amount":
        return None
    best = max(again(hidden.text).answers(), key=lambda n: n.score, default=None)
    is_sure = best is not None and best.score >= SURER
    return by_recast(query, again, articles) if is_sure else None


def by_growth(query: Query, again: Again | None, articles: dict[str, Article]) -> Decision | None:
    """ "Did sales grow by more than a third from 2020 to 2024?": how far they did, by the levels
    that tell it, or as it is told."""
    asked = changing.read(query) if again and not query.negated else None
    text = changing.hidden(query, asked) if asked else None
    if again is None or asked is None or text is None:
        return None
    nodes = _grown(again(text).answers())
    for node in [n for n in nodes if n.score >= RECAST][:N_RECAST]:
        if decision := _of_growth(query, asked, node, articles):
            return decision
    name = query.entities[0] if len(query.entities) == 1 else None
    own = owners.articles_of(name, (), articles) if name else frozenset()
    if not name or not own:
        return None
    told = alone.best(_grown(again(owners.of_it(text, name), own).answers()), _are_of_same)
    decision = _of_growth(query, asked, told, articles) if told else None
    return replace(decision, is_called=True) if decision else None


def by_sure_move(
    query: Query, again: Again | None, articles: dict[str, Article]
) -> Decision | None:
    """ "Did rents rise in 2024?": how far they did, where that is surely told."""
    asked = moves.supposed(query.text)
    may_be = asked is not None and asked.way in {"up", "down"} and not asked.is_even
    if again is None or asked is None or not may_be or not _PLAIN.match(query.text):
        return None
    if query.assumed or query.negated or _IS_NOUN.search(query.text[: asked.start]):
        return None
    nodes = again(f"By how much {query.text[0].lower()}{query.text[1:]}").answers()
    best = max(nodes, key=lambda n: n.score, default=None)
    figure = best.figure if best is not None and best.score >= SURER else None
    if best is None or figure is None or figure.kind != "change":
        return None
    if figure.direction not in {"up", "down"}:
        return None
    made = attempted(best, articles)
    return Decision("yes" if figure.direction == asked.way else "no", (made,)) if made else None


# "the rise in", "put down to", "say that it fell": nothing that the subject itself did.
_IS_NOUN = re.compile(
    r"\b(?:(?:the|an?|this|its|their|his|her|any|such) (?:[a-z]+ )?$|(?:put|puts|say|says|said"
    r"|attribute|expect|expects|see|sees|think|believe|blame|explain|call|forecast|predict|want"
    r"|plan|promise|threaten|let|make|help|cause)\b)",
    re.IGNORECASE,
)
# A move alone, and nothing that it is set beside.
_PLAIN = re.compile(
    r"(?:do|does|did|is|are|was|were|has|have|had) (?!there\b)(?!.*\b(?:than|as|and|or|because"
    r"|after|despite|again|still|every|each|all|any|also|only|ever|because of|due to|thanks)\b)",
    re.IGNORECASE,
)


def _grown(nodes: Sequence[Node]) -> list[Node]:
    """The ways that tell how far something moved, the likeliest first."""
    told = [n for n in nodes if n.operation in _BETWEEN or (n.figure and n.figure.kind == "change")]
    return sorted(told, key=lambda n: -n.score)


def _are_of_same(one: Node, other: Node) -> bool:
    return set(one.leaves) <= set(other.leaves) or set(other.leaves) <= set(one.leaves)


def _of_growth(
    query: Query, asked: changing.Asked, node: Node, articles: dict[str, Article]
) -> Decision | None:
    """What a way to how far something moved says of the asker's number."""
    leaves = node.leaves
    if node.operation in _BETWEEN and len(leaves) == 2:
        is_held = changing.may_be_held(asked, leaves[0].unit)
        return changing.held(query, asked, (leaves[0], leaves[1]), articles) if is_held else None
    figure = node.figure
    if figure is None or figure.kind != "change" or figure.direction not in {"up", "down"}:
        return None
    made = attempted(node, articles)
    value = holding.in_unit_of(asked.held, made.unit) if made else None
    is_share = asked.operation == "growth"
    if made is None or value is None or (made.unit == "%") != is_share:
        return None
    if figure.direction != asked.way:
        return Decision("no", (made,))
    told = holding.bounds(made)
    if asked.upto:
        holds = holding.between(value, holding.in_unit_of(asked.upto, made.unit), told)
    else:
        holds = holding.compare(query.text.lower(), asked.held, value, *told)
    return Decision(holds, (made,)) if holds else None


_BETWEEN = frozenset(["growth", "difference", "point_change"])


def _by_voices(
    query: Query, hidden: recasting.Recast, asked: Search, articles: dict[str, Article]
) -> Decision | None:
    """What most of the ways to the hidden figure say, each as likely as it is."""
    told: list[tuple[Node, Holds, Derivation]] = []
    if recasting.n_together(query.text):
        return None
    for node in sorted(asked.answers(), key=lambda n: -n.score)[:N_VOICES]:
        made = attempted(node, articles)
        holds, _ = _held(query, hidden, made, articles) if made else (None, None)
        if made and holds:
            told.append((node, holds, made))
    if not told:
        return None
    best, said, first = told[0]
    mine, others = (sum(n.score for n, h, _ in told if (h == said) is x) for x in (True, False))
    is_heard = best.score >= VOICE and mine >= RECAST and mine >= LOUDER * others
    return Decision(said, (first,)) if is_heard else None


def _held(
    query: Query, hidden: recasting.Recast, made: Derivation, articles: dict[str, Article]
) -> tuple[Holds | None, Decimal]:
    """What a result says of the asker's number, and that number in its unit.

    A share that is worked out may rest on wrong figures: so far from the number it says nothing.
    """
    told = holding.bounds(made)
    near = holding.middle(told)
    value = holding.in_unit_of(hidden.held, made.unit, near)
    if value is None or not _is_of_kind(hidden, made, articles):
        return None, Decimal(0)
    if hidden.kind == "amount" and near and not _is_of_size(value, near):
        return None, value
    if not made.is_stated and hidden.kind != "amount" and not holding.is_worth_asking(value, *told):
        return None, value
    if not made.is_stated and hidden.kind == "times" and holding.is_far_short(value, told):
        return None, value
    if hidden.upto:
        return holding.between(value, holding.in_unit_of(hidden.upto, made.unit, near), told), value
    return decisions.held_against(query.text.lower(), hidden.held, value, told), value


def _is_of_size(value: Decimal, near: Decimal) -> bool:
    """Whether somebody may ask of an amount whether it is more or less than a number: one many
    times as large or as small is hardly the one that is meant."""
    return abs(value) <= SIZES * abs(near) and abs(near) <= SIZES * abs(value)


def by_portion(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """ "Were over half the beds taken?": the likeliest figures that may be a part and its whole."""
    held = _portion(query)
    if held is None or search.tags is None or query.negated or recasting.n_together(query.text):
        return None
    told: list[tuple[float, Holds, Derivation]] = []
    figures = [card.figure for card in search.linker.cards]
    for chance, pair in portions.of_whole(figures, decisions.chance(search.tags)):
        made = attempted(node_of("share", pair), articles)
        value = holding.in_unit_of(held, made.unit) if made else None
        low, high = holding.bounds(made) if made else (None, None)
        if made is None or value is None or not holding.is_worth_asking(value, low, high):
            continue
        if holds := decisions.held_against(query.text.lower(), held, value, (low, high)):
            told.append((chance, holds, made))
    if not told:
        return None
    best, said, first = max(told, key=lambda way: way[0])
    others = sum(chance for chance, other, _ in told if other != said)
    is_clear = best >= PORTION and best >= CLEARER * others
    return Decision(said, (first,)) if is_clear else None


def _portion(query: Query) -> Assumed | None:
    """What part of a whole a question asks about."""
    if one := portions.one_in(query.text):
        return Assumed(*one, "1")
    hidden = recasting.recast(query)
    is_part = hidden is not None and hidden.kind == "share" and hidden.held.text.lower() != "all"
    return hidden.held if hidden and is_part else None


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
    mine, chance = made.figures[made.result], decisions.chance(asked.tags)
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
