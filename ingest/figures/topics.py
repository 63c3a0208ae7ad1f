"""Topics: what has been spoken of before a statement, and what stands above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.figures.figure import How


@dataclass(slots=True)
class Topic:
    """What has been spoken of so far: for "this segment", "the figure", and silence.

    passing: the entity was only a place or an owner on the way, not whom a sentence was about
    size: how many of the unit were told
    aside: the entity is none that the article is about, which tells of others or of nobody by name
    """

    measure: str | None = None
    entity: str | None = None
    unit: str | None = None
    how: How = "paragraph"
    start: int = 0
    end: int = 0
    money: str | None = None
    passing: bool = False
    size: Decimal | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity of the sentence before: what "the year before it was 377.5 billion" goes on."""

    unit: str
    value: Decimal
    measure: str | None


@dataclass(slots=True)
class Context:
    """What stands above a statement.

    titled: the words of the title; subject: whom or what the whole article is about
    anchor: the period spoken of last, or the article's day of publication
    currency: the one that the article counts in
    latest: the unit told last, durations apart; final: durations too
    said: the quantities of the sentence before; scaled: those told last in millions or the like
    opened: the first quantity of the article that tells what it measures
    led: what the line above a list spoke of: of that its items are
    scale: unit and factor of the bare numbers of a list, by the line above it
    is_led: whether that line ends with a colon: the list goes on with what it told
    spoken_period, coming_period: what the paragraph told of last, and what it told is to come
    opening_period: the first period that the article reports on; n_told: sentences with quantities
    owners: whose quantities were told so far; n_unowned: sentences whose quantities were nobody's
    is_passing: whether what was spoken of is only a part of what the article reports on
    """

    topic: Topic = field(default_factory=Topic)
    heading: Topic = field(default_factory=Topic)
    title_entity: str | None = None
    titled: frozenset[str] = frozenset()
    subject: str | None = None
    anchor: str | None = None
    published: str | None = None
    heading_period: str | None = None
    recall: Callable[[], Topic | None] | None = None
    spoken_period: str | None = None
    spoken_start: int = 0
    spoken_end: int = 0
    coming_period: str | None = None
    coming_start: int = 0
    coming_end: int = 0
    title_period: str | None = None
    opening_period: str | None = None
    opening_start: int = 0
    opening_end: int = 0
    n_told: int = 0
    n_unowned: int = 0
    owners: set[str] = field(default_factory=set)
    is_passing: bool = False
    heading_start: int = 0
    heading_end: int = 0
    currency: Callable[[], str | None] | None = None
    latest: str | None = None
    final: str | None = None
    scale: tuple[str | None, Decimal] | None = None
    in_list: bool = False
    is_led: bool = False
    said: tuple[Said, ...] = ()
    scaled: tuple[Said, ...] = ()
    opened: Said | None = None
    led: Topic | None = None


def settle(context: Context) -> Topic:
    """The topic, the sentence before read for it now if it was not."""
    if context.recall is not None:
        topic, old = context.recall(), context.topic
        context.recall = None
        if topic is not None:
            topic.measure, topic.entity = topic.measure or old.measure, topic.entity or old.entity
            topic.unit, topic.money = topic.unit or old.unit, old.money
            topic.passing = old.passing and topic.entity == old.entity
            topic.aside = old.aside and topic.entity == old.entity
            context.topic = topic
    return context.topic
