"""Choosing: which sentences answer a question in words.

A sentence is worth what it shares with the question, what the tagger thinks of it, how well its
article fits, whether it follows one that fits, and whether it holds what the question wants
(`bot.expecting`). The weights were fitted on `tests/data/training`, each folder measured with those
of the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import expecting, terms
from bot.pages import Found, Line, Pages
from bot.questions import Query
from bot.tagging import Tags
from ingest import Article

# How many sentences are looked at: the nearest ones, and those that the tagger would cite.
NEAREST, LIKELY = 40, 0.3
# A further sentence is told when it is worth this share of the best one.
NEARLY = 0.65
MAX_TOLD = 3
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may answer, and what it is worth; `chance` is the tagger's."""

    found: Found
    worth: float
    chance: float


@dataclass(frozen=True)
class Chooser:
    """Weighs the sentences of a question's evidence, the nearest first.

    found: every line of the articles, the best first
    """

    query: Query
    articles: Mapping[str, Article]
    pages: Pages
    found: Sequence[Found]
    tags: Tags | None = None

    def choices(self) -> list[Choice]:
        """The sentences that may answer, the worthiest first."""
        ranked = [f for f in self.found if may_answer(f.line) and self._is_of_then(f.line)]
        near = ranked[:NEAREST] + [f for f in ranked[NEAREST:] if self._chance(f.line) > LIKELY]
        given = self._given(ranked)
        weighed = [
            Choice(f, given.worth(f, self._chance(f.line)), self._chance(f.line)) for f in near
        ]
        return sorted(weighed, key=lambda c: -c.worth)

    def _chance(self, line: Line) -> float:
        return self.tags.line(line.article_id, line.start) if self.tags else 0.0

    def _given(self, ranked: Sequence[Found]) -> _Given:
        best: dict[str, float] = {}
        for f in self.found:
            best.setdefault(f.line.article_id, f.score)
        top = max(best.values(), default=0.0)
        return _Given(
            wanted=expecting.kinds(self.query.text),
            asked=frozenset(terms.stems(self.query.text)),
            shares=self.pages.shares(self.query.text, self.articles),
            behind={id: score - top for id, score in best.items()},
            following=[self.pages.after(f.line, self.articles) for f in ranked[:3]],
        )

    def _is_of_then(self, line: Line) -> bool:
        """Whether no other year than those that are asked for is told in a line."""
        named = told_years(line.text)
        asks_when = "when" in expecting.kinds(self.query.text)
        return asks_when or not self.query.years or not named or bool(named & self.query.years)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the sentences of one question are weighed by.

    wanted: kinds of what is wanted; asked: the question's stems
    shares: of the question's words, how much each article holds
    behind: how far the best line of each article is behind the best of all
    following: the lines that follow the three nearest
    """

    wanted: frozenset[str]
    asked: frozenset[str]
    shares: Mapping[str, float]
    behind: Mapping[str, float]
    following: Sequence[Line | None]

    def worth(self, found: Found, chance: float) -> float:
        weights: dict[str, float] = terms.table("expecting")["worth"]
        line = found.line
        signs = {
            "cosine": found.cosine,
            "coverage": found.coverage,
            "chance": chance,
            "article": self.shares[line.article_id],
            "behind": self.behind[line.article_id],
            "row": " | " in line.text,
            "follows": any(line is f for f in self.following[:1]),
            "follows_near": any(line is f for f in self.following[1:]),
        }
        signs |= {kind: expecting.holds(kind, line.text, self.asked) for kind in self.wanted}
        return sum(weights[name] * value for name, value in signs.items())


def told(choices: Sequence[Choice]) -> list[Choice]:
    """The best, and what is nearly as good, each worth telling."""
    if not choices:
        return []
    least = NEARLY * choices[0].worth
    return [choices[0], *(c for c in choices[1:MAX_TOLD] if c.worth >= least)]


def may_answer(line: Line) -> bool:
    """A heading, a question and a word or two answer nothing."""
    text = line.text.rstrip()
    return line.kind != "heading" and not text.endswith("?") and len(terms.words(text)) > 2


_COMPARED = re.compile(
    r"\b(?:than|from|after|since|whereas|until|against|before|unlike|compared (?:with|to)|versus|vs"
    r"|while) (?:[\w$€£%.,’'-]+ ){0,4}$"
)


def told_years(text: str) -> frozenset[str]:
    """The years that a sentence is of, those that it only compares with left out."""
    return frozenset(m[0] for m in _YEAR.finditer(text) if not _COMPARED.search(text[: m.start()]))
