"""Choosing: which sentences answer a question in words.

A sentence is worth what it shares with the question, what the tagger thinks of it, how well its
article fits, whether it follows one that fits, and whether it holds what the question wants
(`bot.language.expecting`). The weights were fitted on `tests/data/training`, each folder measured
with those of the others.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evidence.pages import Found, Line, Pages
from bot.language import expecting, lists, mentions, terms
from bot.proving.binding import unmarked
from bot.questions import Query
from bot.tagging import Tags
from bot.texts import premises
from bot.yesno import telling
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
        found = sorted(weighed, key=lambda c: -c.worth)
        return self._by_somebody(found) if "who" in given.wanted else found

    def _by_somebody(self, choices: Sequence[Choice]) -> list[Choice]:
        """What tells of anybody; where the best does not, none but what names what is asked about
        itself, or leans on a sentence before."""
        asked = terms.stems_of(self.query.text)
        names = terms.stem_set(w.group() for w in _CAPITAL.finditer(self.query.text))
        kept = [c for c in choices if expecting.holds_agent(unmarked(c.found.line.text), asked)]
        if not choices or choices[0] in kept:
            return [*choices]
        return [c for c in kept if self._is_of(c.found.line, names)]

    def _is_of(self, line: Line, names: frozenset[str]) -> bool:
        """Whether a line names what is named in the question, or speaks of it as "it"."""
        if _PRONOUN.match(line.text):
            return names <= line.stems | line.around
        return names <= line.stems and bool(names)

    def _chance(self, line: Line) -> float:
        return self.tags.line(line.article_id, line.start) if self.tags else 0.0

    def _given(self, ranked: Sequence[Found]) -> _Given:
        best: dict[str, float] = {}
        for f in self.found:
            best.setdefault(f.line.article_id, f.score)
        top = max(best.values(), default=0.0)
        premise = premises.read(self.query)
        return _Given(
            question=self.query.text,
            wanted=expecting.kinds(self.query.text),
            asked=frozenset(terms.stems(self.query.text)),
            shares=self.pages.shares(self.query.text, self.articles),
            behind={id: score - top for id, score in best.items()},
            following=[self.pages.after(f.line, self.articles) for f in ranked[:3]],
            moved=premise.stems if premise else frozenset(),
            articles=self.articles,
            pages=self.pages,
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

    wanted: kinds of what the question wants; asked: its stems
    shares: of the question's words, how much each article holds
    behind: how far the best line of each article is behind the best of all
    following: the lines that follow the three nearest
    moved: stems of what the question says went up or down
    """

    question: str
    wanted: frozenset[str]
    asked: frozenset[str]
    shares: Mapping[str, float]
    behind: Mapping[str, float]
    following: Sequence[Line | None]
    moved: frozenset[str]
    articles: Mapping[str, Article]
    pages: Pages

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
            "asking": is_asking(line, self.articles[line.article_id]),
            "named": "list" in self.wanted and lists.names_it(self.question, line.text),
            "of_that": "why" in self.wanted and bool(self.moved) and self._is_of_moved(line),
        }
        signs |= {kind: expecting.holds(kind, line.text, self.asked) for kind in self.wanted}
        return sum(weights[name] * value for name, value in signs.items())

    def _is_of_moved(self, line: Line) -> bool:
        """Whether a line, or the one that it leans on, is of what the question says moved."""
        near = line.stems
        if _LEANS.match(line.text):
            near = near.union(*(one.stems for one in self._before(line)))
        return all(telling.stands(stem, near) for stem in self.moved)

    def _before(self, line: Line) -> list[Line]:
        """The lines before one in its paragraph, the last three."""
        article = self.articles[line.article_id]
        begins = article.text.rfind("\n", 0, line.start) + 1
        lines = self.pages.page(article).lines
        return [one for one in lines if begins <= one.start < line.start][-3:]


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


_PRONOUN = re.compile(r"(?:It|They|He|She)\b")
# A word in the question that is written like a name.
_CAPITAL = re.compile(r"(?<=[a-z:,] )[A-Z]\w*")
# "It has been restated for this": what "this" is stands in the sentence before.
_FOR_THIS = re.compile(
    r"\b(?:for|because of|due to|owing to|as a result of|by|after|despite|since|given) "
    r"(?:this|that|these changes|this change|that change)(?=[,;.:]|$)"
    r"|\b(?:for this reason|for that reason|therefore|as a result|consequently|accordingly)\b",
    re.IGNORECASE,
)


# Two lines say one thing with this share of the words of the shorter one, less where their figures
# are the same.
ONE_THING, OF_FIGURES = 0.8, 0.5
_DIGITS = re.compile(r"\d[\d.,]*\d|\d")


def apart(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that only say again what one before says."""
    kept: list[Line] = []
    for line in lines:
        if not any(_says_again(line, other) for other in kept):
            kept.append(line)
    return kept


def _says_again(line: Line, other: Line) -> bool:
    if not line.stems or not other.stems:
        return False
    words = (
        {s for s in line.stems if not s[0].isdigit()},
        {s for s in other.stems if not s[0].isdigit()},
    )
    shared = len(words[0] & words[1]) / max(1, min(map(len, words)))
    mine, theirs = set(_DIGITS.findall(line.text)), set(_DIGITS.findall(other.text))
    if mine and mine == theirs:
        return shared >= OF_FIGURES
    return shared >= ONE_THING and mine <= theirs


# A paragraph of advice is told to its end, so many lines of it.
MAX_ADVICE = 4


def follow_on(choice: Choice, pages: Pages, articles: Mapping[str, Article]) -> list[Line]:
    """The lines of advice after one in its paragraph."""
    return paragraph_after(choice.found.line, pages, articles)[: MAX_ADVICE - 1]


def paragraph_after(line: Line, pages: Pages, articles: Mapping[str, Article]) -> list[Line]:
    """The lines after one in its paragraph."""
    ends = articles[line.article_id].text.find("\n", line.start)
    after = [one for one in pages.page(articles[line.article_id]).lines if one.start > line.start]
    return [one for one in after if ends < 0 or one.start < ends]


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
    said = articles[line.article_id].text
    is_name = _NAMING.search(above[-1].text) and not _is_said(above[-1].text, said)
    return above[-1] if is_name else None


def _is_said(heading: str, text: str) -> bool:
    """Whether a word of a heading stands in the text without its capital: it is no name."""
    own = [w for w in re.findall(r"[A-Z][a-z]{3,}", heading)]
    return any(re.search(rf"\b{word.lower()}\b", text) for word in own)


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


_ANNOUNCED = re.compile(
    r"(?:^|(?P<known>\b(?:the|these|those|both|its|their|his|her|of) )?\b)"
    r"(?P<n>two|three|four|five|six) (?:[a-z-]+ )?(?P<what>[a-z]{3,}s)\b"
    r"(?P<more> (?:for|of|in|behind|why|that|are|were|have|had|to|from) [^,;:\d]{2,60})?[.:]?\W*$",
    re.IGNORECASE,
)
_NUMBERED = ("two", "three", "four", "five", "six")
_ORDINAL = re.compile(
    r"\W*(?:(?:the |at )?(?:first|second|third|fourth|fifth|sixth|last|one|another|other)(?:ly)?"
    r"|finally|next|then|(?:and|also)|\d[.)])\b",
    re.IGNORECASE,
)
# So many lines of a paragraph tell one of several things that a line before announces.
OF_ONE = 3


def announced(
    line: Line, question: str, pages: Pages, articles: Mapping[str, Article]
) -> list[Line]:
    """What follows a line that says how many there are of what is asked for: "There are three
    reasons. First, ..."; the sentences that count them, the beginnings of as many paragraphs, else
    the next sentence, where it joins several.
    """
    m = _ANNOUNCED.search(line.text)
    if m is None or (m["more"] and m["known"]) or not _are_asked(m["what"], question):
        return []
    n = _NUMBERED.index(m["n"].lower()) + 2
    article = articles[line.article_id]
    after = [one for one in pages.page(article).lines if one.start > line.start]
    groups = itertools.groupby(after, lambda one: article.text.count("\n", line.start, one.start))
    paragraphs = [(n_breaks, [*lines]) for n_breaks, lines in groups]
    if paragraphs and paragraphs[0][0] == 0:
        counted = [one for one in paragraphs[0][1] if _ORDINAL.match(one.text)]
        joined = [one for one in paragraphs[0][1][:1] if _JOINS.search(one.text)]
        return counted if len(counted) == n else [] if counted else joined
    kept = [lines for _, lines in paragraphs[:n] if lines[0].kind != "heading"]
    return [one for lines in kept for one in lines[:OF_ONE]] if len(kept) == n else []


_JOINS = re.compile(r"[,;] (?:and|while)\b|\band\b")
# What causes are called where they are counted.
_CAUSES = terms.stem_set(["reason cause factor source explanation ground"])


def _are_asked(things: str, question: str) -> bool:
    stem = terms.stem(things.lower())
    is_cause = stem in _CAUSES and "why" in expecting.kinds(question)
    return is_cause or stem in terms.stems_of(question)


def body_above(choice: Choice, pages: Pages, articles: Mapping[str, Article]) -> Line | None:
    """The last line before one of somebody "who heads the office" that names an office, where the
    line itself names none."""
    line = choice.found.line
    m = _OF_BODY.search(line.text)
    if m is None:
        return None
    named = re.compile(
        rf"\b[A-Z][\w’'-]* (?:(?:of|for|the|and) )*(?:[A-Z][\w’'-]* )*?{m['body'].capitalize()}\b"
    )
    lines = pages.page(articles[line.article_id]).lines
    above = [one for one in lines if one.start < line.start and one.kind != "heading"]
    return next((one for one in reversed(above) if named.search(one.text)), None)


_OF_BODY = re.compile(
    r"\b(?:heads?|leads?|runs?|chairs?|directs?|led|headed|chaired|founded|owns|manages"
    r"|(?:head|chair|director|president|secretary) of|works (?:for|at)"
    r"|spokes(?:man|woman|person) (?:for|of)) the (?P<body>[a-z]+)\b(?! of\b)"
)


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
_ASKING = re.compile(
    r"\W*(?:Q|Question|Editor|Interviewer|Host|Moderator|Presenter)\W*:", re.IGNORECASE
)
# What is said to be polite, and what belongs to a web page.
_POLITE = re.compile(
    r"(?:[A-Z][\w ]{1,20}: )?\W*(?:thank you|thanks|welcome|good (?:morning|evening|afternoon)"
    r"|hello"
    r"|it(?: has been|['’]s been|['’]s| is| was) a pleasure|my pleasure|great to have|glad to"
    r"|that['’]?s an? \w+ (?:point|question)|engaging insights|certainly!?$)\b",
    re.IGNORECASE,
)
_OF_PAGE = re.compile(
    r"\b(?:log ?in|sign (?:in|up)|subscribe|click here|read more|read also|follow us|share this"
    r"|all rights reserved|cookies?|comment after|leave a comment|advertisement)\b",
    re.IGNORECASE,
)
SHORT = 25


def is_asking(line: Line, article: Article) -> bool:
    """Whether a line stands in a paragraph of somebody who asks: "Editor: ..."."""
    begins = article.text.rfind("\n", 0, line.start) + 1
    return bool(_ASKING.match(article.text, begins))


def _is_idle(text: str) -> bool:
    """Whether a line only greets or thanks, or belongs to the page and not to the article."""
    words = len(text.split())
    return words <= SHORT and bool(_POLITE.match(text) or (words <= 12 and _OF_PAGE.search(text)))


def may_answer(line: Line) -> bool:
    """A heading, a question, a line with a telephone number and a word or two answer nothing."""
    text = line.text.rstrip()
    if line.kind == "heading" or text.endswith("?") or _TELEPHONE.search(text):
        return False
    if _INTERVIEWER.match(text) or _is_idle(text):
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
