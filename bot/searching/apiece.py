"""Apiece: of several things that are taken together, what stands of each in its own articles.

The best passages for "do Kestrel and Orsova combined sell more than Holmglas?" may be of one of
the three alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.evidence import owners
from bot.questions import Query
from bot.retrieval import Evidence
from bot.searching import gathering
from bot.yesno import together

Find = Callable[[Query, Sequence[str] | None], Evidence]
# So many passages are kept of all.
MAX_HITS = 48


def added(query: Query, evidence: Evidence, find: Find) -> Evidence:
    """The evidence with what is told of each thing; as it is where nothing is taken together.

    find: what is found for a question, in some articles or in all
    """
    asked = together.read(query) if query.form == "yesno" else None
    if asked is None:
        return evidence
    found = list(_of_each(asked, query, find))
    return gathering.merged([evidence, *found], MAX_HITS)


def _of_each(asked: together.Asked, query: Query, find: Find) -> Iterator[Evidence]:
    plain = replace(query, subquestions=(), entities=(), measures=())
    one = replace(plain, text=asked.frame)
    for name in asked.names:
        near = find(replace(plain, text=name), None)
        others = [other for other in asked.names if other != name]
        own = owners.articles_of(name, others, near.articles)
        if own:
            yield find(one, sorted(own))
    if asked.n_others:
        yield find(one, None)
