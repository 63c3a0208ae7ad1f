"""Gist: which article a summary is asked of, and the sentences that sum it up.

An article is summed up by its first sentence and by those nearest to the middle of its meaning,
spread over its sections; a topic by the sentences that name it and those that go on about it, else
by the ones that answer best, of several articles where there are such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evidence.pages import Found, Line, Page, Pages
from bot.language import terms
from bot.proving.binding import unmarked
from bot.texts import choosing
from bot.texts.choosing import Choice
from bot.yesno import telling
from ingest import Article, periods

MAX_LINES = 3
# An article is summed up by at most so many sentences, and by one of each so many of its own.
MAX_KEY, OF_EACH = 6, 3
# A sentence that sums up has at least so many words.
MIN_WORDS = 7
# How much nearer to the middle a sentence is that stands earlier, and how alike two may be.
EARLY, ALIKE = 0.15, 0.9
# What a sentence loses for each that is kept from its section, and gains by a figure and where it
# opens a paragraph.
AGAIN, FIGURED, FIRST = 0.1, 0.05, 0.1
_TOPIC = re.compile(
    r"\b(?:(?:articles?|texts?|documents?|sources?|they)"
    r" (?:say|says|tell|tells|report|mention|have)"
    r"|said|written|told|know) (?:us |me )?(?:about|on|of)\b|^(?:tell me )?about\b"
    r"|\babout .{1,80} in the articles\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\bin (?:one|an?|a single) (?:sentence|line)\b", re.IGNORECASE)
# A byline, a dateline alone, a note of the editors, one who greets or is asked.
_ASIDE = re.compile(
    r"[*_ ]*(?:by |editor|analyst|author|photo|picture|source|note:|updated|published|prepared by"
    r"|present:|apologies|attendance|in the chair|minutes:"
    r"|interview|q:|host|interviewer|contact|press contact|media contact|for immediate release"
    r"|report to|a note for|embargoed)",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"[“\"]|(?:it|he|she|they|this|that|these|those|its|his|her|their|there|but|and|so|however|meanwhile"
    r"|also|then|here|similarly|moreover|furthermore|for example|for instance)\b",
    re.IGNORECASE,
)


def is_of_topic(question: str) -> bool:
    """Whether what the articles say about something is asked for, not what one is about."""
    return bool(_TOPIC.search(question))


_NTH = re.compile(
    r"\b(?:(?P<n>first|second|third|fourth|fifth)|(?P<d>[1-5])(?:st|nd|rd|th)|(?P<last>last|final))"
    r" (?:article|piece|text|document|file|story)\b",
    re.IGNORECASE,
)
_PLACES = ("first", "second", "third", "fourth", "fifth")


def by_place(question: str, ids: Sequence[str]) -> str | None:
    """The article that is named by its place among all: "the second article"; else None.

    >>> by_place("What is the second article about?", ["a.txt", "b.txt"])
    'b.txt'
    """
    m = _NTH.search(question)
    if m is None or not ids:
        return None
    place = len(ids) if m["last"] else int(m["d"] or _PLACES.index(m["n"].lower()) + 1)
    return ids[place - 1] if place <= len(ids) else None


@dataclass(frozen=True, slots=True)
class Gist:
    """What a summary is made from; `found` are the lines of the articles, the nearest first."""

    question: str
    articles: Mapping[str, Article]
    pages: Pages
    found: Sequence[Found]

    def article(self) -> Article | None:
        """The article that is meant: by its title, source, date and opening, then by its words."""
        best: dict[str, float] = {}
        for f in self.found:
            best.setdefault(f.line.article_id, f.score)
        if not best:
            return None
        shares = self.pages.shares(self.topic(), self.articles)
        worth = {id: best[id] + shares[id] + 2 * self._named(id) for id in best}
        return self.articles[max(worth, key=lambda id: worth[id])]

    def topic(self) -> str:
        """The words of the question that say what it is about."""
        spent = set(terms.table("expecting")["of_articles"].split())
        return " ".join(
            w.group() for w in terms.words(self.question) if w.group().lower() not in spent
        )

    def _named(self, id: str) -> float:
        """The share of the topic's words that an article is known by."""
        article, asked = self.articles[id], terms.stems_of(self.topic())
        opening = " ".join(line.text for line in self.pages.page(article).lines[:3])
        published = periods.describe(article.published) if article.published else ""
        known = (
            f"{article.title} {article.source or ''} {article.author or ''} {published} {opening}"
        )
        return len(asked & terms.stems_of(known)) / len(asked) if asked else 0.0

    def lines(self, article: Article) -> list[Line]:
        """The first sentence and the ones that stand for most of the rest, in their order."""
        page = self.pages.page(article)
        whole = [i for i, line in enumerate(page.lines) if _is_whole(line, article)]
        if not whole:
            return []
        kept, most = [whole[0]], max(MAX_LINES, min(MAX_KEY, len(whole) // OF_EACH))
        near, sections = _nearness(page, article, whole), _sections(page, article, whole[0])
        near.pop(whole[0], None)
        while near and len(kept) < most and not _ONE.search(self.question):
            held = Counter(sections[i] for i in kept)
            best = max(near, key=lambda i: near[i] - AGAIN * held[sections[i]])
            del near[best]
            if not _is_like(page, best, kept):
                kept.append(best)
        return [page.lines[i] for i in sorted(kept)]


_AND = re.compile(r"\b(?:and|or)\b")
# So many sentences tell what the articles say of something.
MAX_TOPIC = 6
# What a sentence is about stands among its first so many words.
SUBJECT = 6


def of_topic(asked: Gist, choices: Sequence[Choice]) -> list[Line]:
    """All that the articles say of a topic by its words, and what goes on about it; else of the
    sentence that answers best, then of the best of each other article, then of the rest."""
    topic = terms.stems_of(asked.topic())
    least = len(topic) if not _AND.search(asked.question) else 1
    held = [
        c.found.line for c in choices
        if topic and sum(telling.stands(s, c.found.line.stems) for s in topic) >= least
    ]  # fmt: skip
    held = choosing.apart(held)[:MAX_TOPIC]
    if len(held) < 2:
        good = [c for c in choices if c.worth >= choosing.NEARLY * choices[0].worth]
        firsts: dict[str, Choice] = {}
        for choice in good:
            firsts.setdefault(choice.found.line.article_id, choice)
        order = [*firsts.values(), *(c for c in good if c not in firsts.values())]
        held = list(dict.fromkeys([*held, *(c.found.line for c in order[:MAX_LINES])]))
    ids = [line.article_id for line in held]
    after = [one for line in held for one in _going_on(asked, line, topic)]
    kept = choosing.apart(list(dict.fromkeys([*held, *after])))[:MAX_TOPIC]
    return sorted(kept, key=lambda line: (ids.index(line.article_id), line.start))


def _going_on(asked: Gist, line: Line, topic: frozenset[str]) -> list[Line]:
    """The lines right after one that still speak of what it does: the rest of a paragraph that it
    opens with the topic as its subject, else those that lean on it."""
    article = asked.articles[line.article_id]
    begins, ends = article.text.rfind("\n", 0, line.start), article.text.find("\n", line.start)
    lines = [one for one in asked.pages.page(article).lines if begins < one.start]
    subject = terms.stems_of(" ".join(line.text.split()[:SUBJECT]))
    is_of_all = lines[0] is line and any(telling.stands(stem, subject) for stem in topic)
    found: list[Line] = []
    for one in lines:
        if one.start <= line.start:
            continue
        is_near = ends < 0 or one.start < ends
        if not is_near or not choosing.may_answer(one):
            break
        if not is_of_all and not _LEANS.match(one.text):
            break
        found.append(one)
    return found


# A byline or a note, set apart by its type.
_IN_ITALICS = re.compile(r"\*[^*]+\*|_[^_]+_")


def _is_whole(line: Line, article: Article) -> bool:
    """Whether a line is a sentence that can stand alone."""
    if choosing.is_asking(line, article):
        return False
    text = unmarked(" ".join(line.text.split()))
    if not choosing.may_answer(line) or len(terms.words(text)) < MIN_WORDS or " | " in text:
        return False
    if _IN_ITALICS.fullmatch(line.text.strip()):
        return False
    return line.kind != "table" and text[-1:] in '.!”"*)' and not _ASIDE.match(text)


def _nearness(page: Page, article: Article, lines: Sequence[int]) -> dict[int, float]:
    """How near each line that leans on no other is to the mean of all; early ones are nearer, those
    that open a paragraph, or the article, and those with figures."""
    texts = {i: page.lines[i].text for i in lines if not _LEANS.match(page.lines[i].text)}
    paragraphs = [article.text.rfind("\n", 0, page.lines[i].start) for i in lines]
    opening = {i for n, i in enumerate(lines) if n < 2 or paragraphs[n] not in paragraphs[:n]}
    near = np.zeros(len(page.lines))
    if page.vectors is not None:
        near = page.vectors @ page.vectors.mean(axis=0)
    return {
        i: float(near[i]) + FIRST * (i in opening) + FIGURED * bool(re.search(r"\d", text))
        - EARLY * i / len(near)
        for i, text in texts.items()
    }  # fmt: skip


def _sections(page: Page, article: Article, first: int) -> list[int]:
    """Of each line the number of its section: what stands under a heading, or where there are no
    headings a paragraph, and the first sentence by itself."""
    is_headed = sum(line.kind == "heading" for line in page.lines) > 2
    found: list[int] = []
    n = 0
    for line in page.lines:
        begins = article.text[: line.start].endswith("\n")
        n += line.kind == "heading" if is_headed else begins or len(found) == first + 1
        found.append(n)
    return found


def _is_like(page: Page, i: int, kept: Sequence[int]) -> bool:
    """Whether a line says what is said already."""
    if page.vectors is None:
        return False
    lengths = np.linalg.norm(page.vectors[[i, *kept]], axis=1)
    cosines = page.vectors[list(kept)] @ page.vectors[i] / (lengths[0] * lengths[1:])
    return bool(cosines.max() > ALIKE)
