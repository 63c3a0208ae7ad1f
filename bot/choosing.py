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

from bot import expecting, mentions, terms
from bot.pages import Found, Line, Pages
from bot.questions import Query
from bot.tagging import Tags
from ingest import Article

# How many sentences are looked at: the nearest ones, and those that the tagger would cite.
NEAREST, LIKELY = 40, 0.3
# A further sentence is told when it is worth this share of the best one, more of it in another
# article, and its chance is this share of the best one's; beside a phrase that has answered, only
# one of the same article.
NEARLY, NEARLY_ELSEWHERE, NEARLY_ANSWERED = 0.65, 0.8, 0.8
AS_LIKELY = 0.2
MAX_TOLD, MAX_ITEMS = 3, 8
# A phrase is cut from a sentence when its chance and its lead over the next are so high.
SURE_CHANCE, SURE_LEAD = 0.9, 1.0
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
        if not self.query.years or "when" in expecting.kinds(self.query.text):
            return True
        named = told_years(line.text)
        return not named or bool(named & self.query.years)


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


def is_sure(choices: Sequence[Choice]) -> bool:
    """Whether the best sentence is good enough, and far enough before the next, to speak alone."""
    lead = choices[0].worth - choices[1].worth if len(choices) > 1 else SURE_LEAD
    return choices[0].chance >= SURE_CHANCE and lead >= SURE_LEAD


def told(choices: Sequence[Choice], is_answered: bool = False) -> list[Choice]:
    """The best, and what is nearly as good; less of it where a phrase of the best has answered."""
    best, *others = choices[:MAX_TOLD]
    return [best, *(c for c in others if _is_told_too(c, best, is_answered))]


def _is_told_too(choice: Choice, best: Choice, is_answered: bool) -> bool:
    if choice.chance < best.chance * AS_LIKELY:
        return False
    return choice.worth >= best.worth * _least(choice, best, is_answered)


def _least(choice: Choice, best: Choice, is_answered: bool) -> float:
    is_at_home = choice.found.line.article_id == best.found.line.article_id
    if is_answered:
        return NEARLY_ANSWERED if is_at_home else 1.0
    return NEARLY if is_at_home else NEARLY_ELSEWHERE


_LEANS = re.compile(
    r"[*“\"]*(?:He|She|It|They|This|That|These|Those|Its|His|Her|Their|Both|Neither)\b"
)


# "It has been restated for this": what "this" is stands in the sentence before.
_FOR_THIS = re.compile(
    r"\b(?:for|because of|due to|owing to|as a result of|by|after|despite|since|given) "
    r"(?:this|that|these changes|this change|that change)(?=[,;.:]|$)"
    r"|\b(?:for this reason|for that reason|therefore|as a result|consequently|accordingly)\b",
    re.IGNORECASE,
)


def before(choice: Choice, pages: Pages, articles: Mapping[str, Article]) -> Line | None:
    """The sentence before one that leans on it: "She" and "it" are named there."""
    line = choice.found.line
    if not _LEANS.match(line.text) and not _FOR_THIS.search(line.text):
        return None
    article = articles[line.article_id]
    lines = [one for one in pages.page(article).lines if one.start < line.start]
    if (
        not lines
        or lines[-1].kind != line.kind
        or "\n\n" in article.text[lines[-1].end : line.start]
    ):
        return None
    return lines[-1]


def named_above(
    choice: Choice, question: str, pages: Pages, articles: Mapping[str, Article]
) -> Line | None:
    """The heading that names what a sentence without a name is about: "3. Ningbei Lake, China"."""
    line, asked = choice.found.line, terms.stems_of(question)
    named = [m.value for m in mentions.names(line.text) if m.start or " " in m.value]
    if any(not set(terms.stems(name)) <= asked for name in named):
        return None
    lines = pages.page(articles[line.article_id]).lines
    above = [one for one in lines if one.kind == "heading" and one.start < line.start]
    if len(above) < 2 or set(above[-1].stems) <= asked:
        return None
    return above[-1] if _NAMING.search(above[-1].text) else None


# A heading that is a name, with its number before it.
_NAMING = re.compile(
    r"^\W*(?:\d+[.)]? )?[A-Z][\w’'-]*(?:[ ,]+(?:[A-Z][\w’'-]*|of|the|and|de|la))*\W*$"
)


_MOST = re.compile(
    r"\b(?:(?:most|least)(?! of\b)|more than any|(?:biggest|largest|top|main|leading|number one)\b"
    r"|[a-z]{3,}iest|(?:high|low|great|strong|weak|fast|slow|old|young|long|short|small)est"
    r"|the best|the worst|ahead of|came first|in first place|led the)\b",
    re.IGNORECASE,
)


def tells_most(line: Line) -> bool:
    """Whether a line says of one by name that it is most so: "more than any other country"."""
    return bool(_MOST.search(line.text) and re.search(r"[A-Z]\w", line.text))


def items(line: Line, pages: Pages, articles: Mapping[str, Article]) -> list[Line]:
    """The items of the list that a line opens: "It intends to:"."""
    found: list[Line] = []
    if line.text.rstrip().endswith(":"):
        after = pages.after(line, articles)
        while after and after.kind == "list" and len(found) < MAX_ITEMS:
            found.append(after)
            after = pages.after(after, articles)
    return found


def in_order(lines: Sequence[Line], pages: Pages, articles: Mapping[str, Article]) -> list[Line]:
    """The first line with those that stand right before and after it, then the others in order."""
    run = [lines[0]]
    for line in sorted(lines[1:], key=lambda one: one.start):
        if pages.after(run[-1], articles) is line:
            run.append(line)
    for line in sorted(lines[1:], key=lambda one: -one.start):
        if pages.after(line, articles) is run[0]:
            run.insert(0, line)
    rest = [line for line in lines if line not in run]
    ids = [line.article_id for line in lines]
    return run + sorted(rest, key=lambda one: (ids.index(one.article_id), one.start))


_TELEPHONE = re.compile(r"\+\d{1,3} ?[\d(][\d() -]{6,20}\d")


# What the interviewer says.
_INTERVIEWER = re.compile(r"\W*(?:Q|Question)\W*:")


def may_answer(line: Line) -> bool:
    """A heading, a question, a line with a telephone number and a word or two answer nothing."""
    text = line.text.rstrip()
    if line.kind == "heading" or text.endswith("?") or _TELEPHONE.search(text):
        return False
    if _INTERVIEWER.match(text):
        return False
    return len(terms.words(text)) > 2


_COMPARED = re.compile(
    r"\b(?:than|from|after|since|whereas|until|against|before|unlike|compared (?:with|to)|versus|vs"
    r"|while) (?:[\w$€£%.,’'-]+ ){0,4}$"
)


_SPAN = re.compile(
    r"\bfrom ((?:1[5-9]|20)\d\d) (?:until|till|through) ((?:1[5-9]|20)\d\d)\b", re.IGNORECASE
)


def told_years(text: str) -> frozenset[str]:
    """The years that a sentence is of, those that it only compares with left out; both ends of a
    span, and of "2001/02"."""
    named = {m[0] for m in _YEAR.finditer(text) if not _COMPARED.search(text[: m.start()])}
    ends = {year for m in _SPAN.finditer(text) for year in m.groups()}
    return frozenset(named | ends) | mentions.fiscal_years_in(text)
