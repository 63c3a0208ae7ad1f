"""Callings: which measure a phrase of a question calls by its name.

"Travel" need not hold every word of "travel services sector": it calls the one measure that has
all its words, where no other of the evidence does. A phrase that is a measure's whole name calls
that one and none that is narrower: "services trade" is no trade in knowledge-intensive services.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.evidence import linking
from bot.evidence.linking import Card, Link
from bot.language import terms

# A figure is called only where period, names and unit fit so well; what is missing of its score
# to 1 is then cut to this share.
FITS, RAISED = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """The stems of a measure, those left out that say nothing of it, and of its owner."""

    measure: frozenset[str]
    owner: frozenset[str]


def called(phrase: str, names: Iterable[Name]) -> frozenset[Name]:
    """The names that a phrase calls; none where it may mean several measures.

    Measures that differ only in their owner are one: the phrase may leave that to its question.
    """
    stems = frozenset(terms.stems(linking.spoken(phrase))) - _unspecific()
    held = [name for name in names if stems and stems <= (name.measure | name.owner)]
    told = frozenset(name.measure for name in held if name.measure & stems)
    found = frozenset(measure for measure in told if measure <= stems) or told
    return frozenset(n for n in held if n.measure in found) if len(found) == 1 else frozenset()


def called_whole(phrase: str, names: Iterable[Name]) -> frozenset[Name]:
    """The names that a phrase calls by every word of their measure, where there are several."""
    stems = frozenset(terms.stems(linking.spoken(phrase))) - _unspecific() - linking.unspecific()
    held = (n for n in names if n.measure <= stems <= (n.measure | n.owner))
    return frozenset(n for n in held if len(n.measure) >= FEWEST_WORDS)


# A measure of one word is the name of many things.
FEWEST_WORDS = 2


def raised(link: Link, names: Collection[Name]) -> float:
    """The score of a link, nearer to 1 where its figure is called by name."""
    return 1 - (1 - link.score) * RAISED if is_called(link, names) else link.score


def is_called(link: Link, names: Collection[Name]) -> bool:
    """Whether a figure fits in all but its measure, and that is called by name."""
    return link.period * link.name * link.kind >= FITS and name_of(link.card) in names


def name_of(card: Card) -> Name:
    """What a figure is called by."""
    return Name(card.measure - card.entity - _unspecific(), card.entity)


@lru_cache(maxsize=1)
def _unspecific() -> frozenset[str]:
    return linking.generic() - terms.stem_set(["global", "new", "current"])
