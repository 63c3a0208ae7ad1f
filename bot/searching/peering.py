"""Peering: the articles of those that a question asks about as a set, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.asking import peering
from bot.evidence import peers
from bot.questions import Query

if TYPE_CHECKING:
    from ingest.index import Index

# In a folder of so many articles each is looked at; in a larger one those that a search for the
# question finds, so many passages of them.
FEW, N_PASSAGES = 40, 40
# So many more than are told, and so many where it is not told how many there are, are taken.
N_MORE, MOST = 2, 12
# How surely one is of the kind that is asked about.
OF_KIND = 0.4


def ids(query: Query, index: Index) -> list[str]:
    """The articles about the peers that a question names or calls by their kind; none where it
    asks nothing of a set."""
    asked = peering.read(query.asked) or peering.read(query.text)
    if asked is None:
        return []
    articles = {id: index.article(id) for id in _near(query, index)}
    known = peers.find([*articles.values()])
    named = peers.named(query.text, known)
    if len(named) > 1:
        return [id for peer in named for id in peer.articles]
    if not asked.kind:
        return []
    figures = [figure for id in articles for figure in index.figures(id)]
    kinds = peers.kinds(asked.kind, known, articles, figures)
    ordered = sorted(known, key=lambda peer: -kinds.get(peer.name, 0.0))
    kept = ordered[: asked.n + N_MORE] if asked.n else _alike(ordered, kinds)
    return [id for peer in kept for id in peer.articles]


def _alike(ordered: list[peers.Peer], kinds: dict[str, float]) -> list[peers.Peer]:
    return [peer for peer in ordered if kinds.get(peer.name, 0.0) >= OF_KIND][:MOST]


def _near(query: Query, index: Index) -> list[str]:
    all_ids = index.article_ids()
    if len(all_ids) <= FEW:
        return all_ids
    found = index.rank(query.text, N_PASSAGES)
    return list(dict.fromkeys(ranked.passage.article_id for ranked in found))
