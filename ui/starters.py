"""Suggested questions, made from the figures of the corpus and each tried before it is shown."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.chain import Bot
    from bot.identities import Identity
    from ingest import Article, Figure

MAX_SHOWN = 4
MAX_SECONDS = 2.0  # a question that is typed meanwhile waits for no longer
MAX_WORDS = 4


def suggest(bot: Bot) -> list[str]:
    """A few questions that the bot answers, of different kinds and from different articles."""
    from bot import identities

    laws = identities.read(bot.index.corpus)
    ids = bot.index.article_ids()
    known = [Known.of(bot.index.article(id), bot.index.figures(id), laws) for id in ids]
    chosen: dict[str, str] = {}
    deadline = None
    for question in dict.fromkeys(_in_turn(known)):
        if len(chosen) == MAX_SHOWN or (deadline and time.monotonic() > deadline):
            break
        answer = bot.ask(question)
        deadline = deadline or time.monotonic() + MAX_SECONDS  # the first warms everything up
        if answer.status == "answered" and answer.numbers:
            chosen.setdefault(answer.text, question)
    return list(chosen.values())


@dataclass(frozen=True, slots=True)
class Known:
    """What an article says of its main subject that a short question can name."""

    figures: Sequence[Figure]
    identities: Sequence[Identity]

    @classmethod
    def of(cls, article: Article, figures: Sequence[Figure], laws: Sequence[Identity]) -> Known:
        plain = [figure for figure in figures if _is_plain(figure, article)]
        entities = {str(figure.entity) for figure in plain}
        subject = max(entities, key=lambda entity: _prominence(entity, article.text), default="")
        return cls([figure for figure in plain if figure.entity == subject], laws)

    @property
    def levels(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.kind == "level"]


def _is_plain(figure: Figure, article: Article) -> bool:
    if not (figure.measure and figure.entity and figure.period) or figure.claim is not None:
        return False
    if figure.period.count("-") > 1 or "/" in figure.period:
        return False
    words, entity = figure.measure.split(), figure.entity.casefold()
    is_short = len(words) <= MAX_WORDS and all(w.replace("-", "").isalpha() for w in words)
    is_its_own = not any(word.startswith(entity) for word in words)
    return is_short and is_its_own and _is_name(figure.entity, article.text)


def _is_name(entity: str, text: str) -> bool:
    """Whether a text writes the words with capitals as a rule: "China", not "It"."""
    as_written, lowered = (
        len(re.findall(rf"\b{re.escape(words)}\b", text)) for words in (entity, entity.casefold())
    )
    return as_written > lowered


def _prominence(entity: str, text: str) -> tuple[int, int]:
    """How often an article says "China’s", which it never says of "Chinese", and the name."""
    return text.count(f"{entity}’s") + text.count(f"{entity}'s"), text.count(entity)


def _in_turn(known: Sequence[Known]) -> Iterator[str]:
    """One candidate of each kind and article, then the next."""
    kinds: Sequence[Callable[[Known], Iterator[str]]] = (implied, changed, shares, stated)
    queues = [kind(one) for kind in kinds for one in known]
    while queues:
        for queue in list(queues):
            question = next(queue, None)
            if question is None:
                queues.remove(queue)
            else:
                yield question


def implied(known: Known) -> Iterator[str]:
    """What an identity gives that the article does not state: "What were imports in 2024?"."""
    told = {(f.entity, f.period, f.measure): f for f in known.levels}
    for law in known.identities:
        names = [law.whole, *(part.names for part in law.parts)]
        for figure in known.levels:
            here = [(figure.entity, figure.period, name) for group in names for name in group]
            lacking = [g for g in names if not any((*here[0][:2], name) in told for name in g)]
            if len(lacking) == 1 and len(lacking) < len(names) - 1:
                yield _asked(lacking[0][0], figure)


def shares(known: Known) -> Iterator[str]:
    """A part of its whole, as an identity has it."""
    for a, b in combinations(known.levels, 2):
        part, whole = sorted((a, b), key=lambda figure: figure.value or 0)
        is_like = (a.unit, a.period, a.entity) == (b.unit, b.period, b.entity)
        law = (i for i in known.identities if i.is_sum_with(str(part.measure), str(whole.measure)))
        if is_like and any(law):
            yield (
                f"What share of {_possessive(whole)} {whole.measure} did {part.measure} "
                f"make up {_when(part)}?"
            )


def stated(known: Known) -> Iterator[str]:
    """Look-ups: "What were China’s exports in 2024?"."""
    for figure in known.levels:
        yield _asked(str(figure.measure), figure)


def changed(known: Known) -> Iterator[str]:
    """Growth: "By how much did China’s exports grow in 2024?"."""
    for figure in known.figures:
        if figure.kind == "change" and figure.unit == "%":
            verb = "fall" if figure.direction == "down" else "grow"
            yield f"By how much did {_possessive(figure)} {figure.measure} {verb} {_when(figure)}?"


def _asked(measure: str, figure: Figure) -> str:
    verb = "were" if measure.endswith("s") and not measure.endswith("ss") else "was"
    return f"What {verb} {_possessive(figure)} {measure} {_when(figure)}?"


def _possessive(figure: Figure) -> str:
    return f"{figure.entity}’" if str(figure.entity).endswith("s") else f"{figure.entity}’s"


def _when(figure: Figure) -> str:
    from ingest import periods

    return f"in {periods.describe(str(figure.period))}"
