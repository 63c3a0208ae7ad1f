"""Deciding: yes or no, from a figure, a comparison, a direction, or the words of a sentence.

The ways stand in `bot.yesno.comparing`, `bot.yesno.attesting` and `bot.yesno.hidden`; here is their
order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from bot.derivation import Search
from bot.evidence.pages import Found
from bot.questions import Query
from bot.yesno import (
    assigning,
    attesting,
    beside,
    called,
    comparing,
    decisions,
    forecasts,
    hidden,
    ranges,
    regaining,
    spans,
    telling,
    together,
    votes,
)
from bot.yesno.decisions import Again, Decision
from ingest import Article

# So many of the likeliest lines may hold parts of a whole, and cells of a row.
N_PARTS, N_CELLS = 3, 3


def decide(
    query: Query,
    search: Search,
    articles: dict[str, Article],
    found: Sequence[Found],
    again: Again | None = None,
) -> Decision | None:
    """The decision, or None where nothing at hand decides.

    again: how another question is looked for in the same evidence
    """
    query = replace(query, text=plainly(query.text))
    again = lru_cache(maxsize=None)(again) if again else None
    decision = _first_of(_ways(query, search, articles, found, again))
    if decision is None and query.said and query.said == query.text:
        # What is supposed may be plainer in the asker's own words than in the articles'.
        own = replace(query, text=query.asked)
        decision = _first_of(_ways(own, search, articles, found))
    return decision


def plainly(question: str) -> str:
    """A comparison in its plainest words.

    >>> plainly("Did imports grow more quickly than exports?")
    'Did imports grow faster than exports?'
    """
    for pattern, words in _plainer():
        question = pattern.sub(words, question)
    return question


@lru_cache(maxsize=1)
def _plainer() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(said, re.IGNORECASE), words) for said, words in decisions.data()["plainly"]]


def _first_of(ways: Iterable[Callable[[], Decision | None]]) -> Decision | None:
    return next((decision for way in ways if (decision := way())), None)


def _ways(
    query: Query,
    search: Search,
    articles: dict[str, Article],
    found: Sequence[Found],
    again: Again | None = None,
) -> list[Callable[[], Decision | None]]:
    """The ways to a decision, the surest first."""
    is_of_amount = bool(query.assumed or telling.amounts(query.text))
    lines, is_against = attesting.likely(query, found, search.tags), _is_against(query)
    near = lines[: decisions.N_SURE]
    ways: list[Callable[[], Decision | None]] = [
        partial(way, query, search, articles) for way in _AGAINST[not is_against :]
    ]
    if is_against:
        ways.append(partial(hidden.by_recast, query, again, articles))
        ways.append(
            partial(attesting.by_times, query, lines[: decisions.N_COMPARED], search, articles)
        )
        ways.append(partial(attesting.by_parts, query, lines[:N_PARTS], search, articles))
    ways += [partial(attesting.by_limit, query, lines[: decisions.N_COMPARED], search, articles)]
    ways += [partial(attesting.by_share, query, near, search, articles)]
    ways += [
        partial(attesting.by_contrary, query, lines[: decisions.N_DENYING], search.tags, articles)
    ]
    ways += [] if is_against else [partial(hidden.by_recast, query, again, articles)]
    if not is_of_amount:
        ways.append(partial(attesting.by_move, query, lines, search, articles))
        ways.append(partial(attesting.by_cells, query, lines[:N_CELLS], search, articles))
    rules = [partial(way, query, search, articles) for way in _COMPARED]
    ways = [
        partial(attesting.by_change, query, lines[: decisions.N_SURE], search, articles),
        partial(hidden.by_growth, query, again, articles),
        *ways,
    ]
    ways = [partial(attesting.by_rows, query, lines[:N_CELLS], search, articles), *ways]
    ways += [] if is_against else [partial(attesting.by_compared, query, lines, articles)]
    ways += [] if is_of_amount else [partial(rules[0], least=decisions.SURELY_COMPARED)]
    if not is_against:
        ways.append(partial(attesting.by_sides, query, lines, search, articles))
    ways += [] if is_of_amount else [partial(called.moved, query, search, articles), *rules]
    ways += [partial(assigning.decide, query, search, articles)]
    ways = [
        partial(together.decide, query, again, articles),
        partial(comparing.growth_agreeing, query, search, articles),
        partial(comparing.same, query, search, articles),
        partial(comparing.agreeing_rates, query, search, articles),
        partial(comparing.as_told_twice, query, search, articles),
        partial(attesting.by_first_time, query, lines),
        partial(hidden.by_sure_recast, query, again, articles),
        partial(beside.decide, query, again, articles),
        partial(hidden.by_sure_move, query, again, articles),
        partial(comparing.by_called_move, query, search, articles),
        partial(ranges.decide, query, search, again, articles),
        partial(spans.decide, query, search, again, articles),
        partial(votes.decide, query, lines[: decisions.N_COMPARED], search, articles),
        partial(regaining.decide, query, near, search, articles),
        *ways,
    ]
    ways += [partial(hidden.by_portion, query, search, articles)]
    ways += [
        partial(attesting.by_denial, query, lines, search.tags),
        partial(attesting.by_words, query, lines),
    ]
    if not is_of_amount:
        ways += [partial(way, query, search, articles) for way in _CALLED]
        ways.append(partial(attesting.by_likeliest_move, query, near, search, articles))
        ways.append(partial(forecasts.decide, query, search, articles))
    return ways


def _is_against(query: Query) -> bool:
    """Whether a number of the question is what something is held against."""
    flat = query.text.lower()
    if not query.assumed or " than " not in flat:
        return bool(query.assumed)
    after = flat.rpartition(" than ")[2]
    return query.assumed[-1].text.lower() in after


Way = Callable[[Query, Search, dict[str, Article]], Decision | None]


# What an asker's number is held against, and what decides where the question has none.
_AGAINST: tuple[Way, ...] = (comparing.against_number, comparing.agreeing)


# By figures that are called by the names of the question, though none is likely.
_CALLED: tuple[Way, ...] = (called.compared, called.foremost)


_COMPARED: tuple[Way, ...] = (
    comparing.two_measures,
    comparing.balance,
    comparing.direction,
    comparing.two_operands,
)
