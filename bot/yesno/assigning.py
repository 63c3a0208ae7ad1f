"""Assigning: which of two likely figures is whose, by what their sentences mean.

"Was the basket dearer than the broker had supposed?" over "I put the average online basket at £96"
and "a basket of £99 on average": no word of either side stands beside its figure, but each sentence
is nearer in meaning to one of the sides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from bot.derivation import Search
from bot.language import portions, terms
from bot.nodes import attempted, leaf
from bot.questions import Query
from bot.yesno import decisions, holding, limits, nearing, ranges, sides
from bot.yesno.decisions import Decision
from bot.yesno.telling import Holds
from ingest import Article, Figure

# A figure is asked about with this chance; the two that decide are with this.
ASKED, BOTH = 0.1, 0.1
# By so much the sentences are nearer to their own sides than to each other's.
NEARER = 0.15
# The likeliest pair is so many times likelier than any that says otherwise.
CLEARER = 1.5

Of = Callable[[Figure], float]


def decide(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """The decision by the figures of the two sides; None where they are not told apart."""
    compared, phrases = sides.read(query.text), sides.phrases(query.text)
    if compared is None or phrases is None or search.tags is None or _is_of_more(query.text):
        return None
    one, other = (_meant(search, phrase) for phrase in _whole(query, phrases))
    known, chance = [card.figure for card in search.linker.cards], decisions.chance(search.tags)
    figures = [figure for figure in known if decisions.may_be_priced(query, figure)]
    told = [
        (both, decision)
        for both, mine, theirs in pairs(compared, figures, chance, one, other)
        if (decision := _held(query, compared, (mine, theirs), articles))
    ]
    if not told:
        return None
    best, first = told[0]
    others = max((both for both, said in told if said.holds != first.holds), default=0.0)
    return first if best >= max(BOTH, CLEARER * others) else None


def _is_of_more(question: str) -> bool:
    """Whether a question asks for a portion, a range or what is nearer: of no two figures."""
    is_of_third = nearing.is_asked(question) or ranges.is_asked(question)
    return is_of_third or portions.one_in(question) is not None


def _whole(query: Query, phrases: tuple[str, str]) -> tuple[str, str]:
    """Both phrases, the first with the measure of the second where it is but a name: "the trust",
    "the surplus it had hoped for"."""
    one, other = phrases
    names = {stem for name in query.entities for stem in terms.stems(name)}
    is_name = bool(one) and all(term.stem in names for term in terms.find(one))
    return (f"{one} {limits.unnamed(other)}", other) if is_name else phrases


def _meant(search: Search, phrase: str) -> Of:
    known = search.linker.meant(phrase) if phrase else {}
    return lambda figure: known.get((figure.article_id, figure.start), 0.0)


def _held(
    query: Query,
    compared: sides.Sides,
    pair: tuple[Figure, Figure],
    articles: dict[str, Article],
) -> Decision | None:
    """Whether the one side's figure is more than the other's, as is supposed."""
    made = [attempted(leaf(figure), articles) for figure in pair]
    if made[0] is None or made[1] is None:
        return None
    measured = decisions.signed if compared.is_change else holding.bounds
    holds: Holds | None = decisions.held_above(measured(made[0]), measured(made[1]))
    if holds is None:
        return None
    decision = Decision(holds, (made[0], made[1]))
    is_turned = compared.is_worth and limits.is_better_low(f"{query.text} {pair[0].measure or ''}")
    return decision if compared.is_more != is_turned else decisions.turned(decision)


def pairs(
    compared: sides.Sides, figures: Sequence[Figure], chance: Of, one: Of, other: Of
) -> list[tuple[float, Figure, Figure]]:
    """Each two likely figures of two sentences, the one side's first, with their chance.

    one, other: how near in meaning a figure's sentence is to either side
    """
    likely = [f for f in figures if chance(f) >= ASKED and sides.is_compared(f, compared, chance)]
    found = []
    for x, y in combinations(likely, 2):
        nearer = one(x) + other(y) - one(y) - other(x)
        mine, theirs = (x, y) if nearer > 0 else (y, x)
        both = chance(x) * chance(y)
        if abs(nearer) >= NEARER and _may_be_held(mine, theirs, compared):
            found.append((both, mine, theirs))
    return sorted(found, key=lambda way: -way[0])


def _may_be_held(one: Figure, other: Figure, compared: sides.Sides) -> bool:
    """Whether two figures of two sentences are of one kind, unit and size."""
    is_one = one.sentence == other.sentence and one.article_id == other.article_id
    if is_one or one.value == other.value or not sides.may_be_held(one, other, compared):
        return False
    return None in (one.value, other.value) or not sides.is_of_other_size(one, other)
