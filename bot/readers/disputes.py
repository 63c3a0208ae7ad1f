"""Disputes: what several tell of one thing, where a question asks for each, and how far apart two
tellings are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.asking.disputed import Disputed, Gap
from bot.derivation import Search
from bot.evidence import mouths
from bot.evidence.mouths import Telling
from bot.nodes import Derivation
from bot.questions import Query
from ingest import Figure

# The chance at which a figure is surely asked for, whatever it is called.
LIKELY = 0.25
# So many of the likeliest figures are looked at.
MOST = 6


def apart(asked: Gap, query: Query, ways: Sequence[Derivation], search: Search) -> list[Figure]:
    """The two figures that a question sets apart: what somebody told first, and what he told last
    or what came of it; [] where they are not surely known.

    query: the plain question; ways: what may answer it with a figure, the likeliest first
    """
    articles, cards = search.articles, search.linker.cards
    for figure in _meant(query, ways, search):
        group = mouths.of(figure, query, cards, articles, lambda _: False)
        own = [t for t in group if mouths.is_by(t, asked.who, articles)]
        own = mouths.in_order(own, articles)
        if not own:
            continue
        last = mouths.outcome(group, query, cards, articles) if asked.is_of_outcome else own[-1:]
        if last and own[0].figure.value != last[0].figure.value:
            return [own[0].figure, last[0].figure]
    return []


def _meant(query: Query, ways: Sequence[Derivation], search: Search) -> list[Figure]:
    """The figures that may be asked for, those first whose articles speak of it most."""
    articles, cards = search.articles, search.linker.cards
    figures = [way.figures[way.result] for way in ways if way.is_stated]
    meant = [figure for figure in figures if mouths.is_of_then(figure, query)]
    own = [f for f in meant if mouths.speaks_of(f, query, cards, articles)]
    return [*dict.fromkeys((*own[:MOST], *meant[:MOST]))]


def told(
    asked: Disputed, query: Query, ways: Sequence[Derivation], search: Search
) -> list[Telling]:
    """What each of several tells of what is asked; [] where there are no two.

    query: the plain question; ways: what may answer it with a figure, the likeliest first
    """
    tags, articles = search.tags, search.articles
    if tags is None or articles is None:
        return []

    def likely(figure: Figure) -> bool:
        return tags is not None and tags.of(figure).any >= LIKELY

    cards = search.linker.cards
    meant = _meant(query, ways, search)
    groups = [mouths.of(figure, query, cards, articles, likely) for figure in meant]

    def worth(group: list[Telling]) -> tuple[int, int]:
        n_named = mouths.n_of(group, asked.mouths, articles)
        return n_named, len(group) if asked.mouths else 0

    found = max((group for group in groups if len(group) > 1), key=worth, default=None)
    if found is None:
        return []
    came = mouths.outcome(found, query, cards, articles) if asked.with_outcome else []
    found = mouths.of_mouths(found, asked.mouths, articles) if asked.mouths else found
    found = mouths.newest(found, articles) if asked.is_latest else found
    found = mouths.each_value([*found, *came], articles)
    return found if len(found) > 1 else []
