"""About: the name of whom or what an article is about, where one stands out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.articles import Article
from ingest.figures import names
from ingest.figures.names import Names

_RUN = re.compile(r"[A-Z](?<![\w'’-][A-Z])[\w&'’-]+(?: (?:of |and |& )?[A-Z][\w&'’-]*)*")
_POSSESSIVE = re.compile(r"['’]s?\b")
_DATELINE = re.compile(r"[A-Z][^\n:]{0,80}?(?: [-–—] |: )(?=[\"“]?[A-Z])")
_OPENING_CHARS = 600
_TITLED_BLOCKS = 3
_COUNTED_CHARS = 40_000
_MIN_WEIGHT = 4
_MARGIN = 1.5


def subject(article: Article, told: Names) -> str | None:
    """The name of the title or the opening that the article names far more than any other."""
    title, body = _title(article), _body(article)
    opening = body[:_OPENING_CHARS]
    dateline = _DATELINE.match(opening)
    opening = opening[dateline.end() :] if dateline else opening
    sent_from = dateline.group().split(",")[0].lower() if dateline else ""
    runs = {run for text in (title, opening) for run in _runs(text, told)}
    weights = {
        run: _weight(run, title, opening, body) for run in runs
        if run.lower() != sent_from or run in title
    }  # fmt: skip
    ranked = sorted(weights, key=lambda run: (-weights[run], run))
    if not ranked or weights[ranked[0]] < _MIN_WEIGHT:
        return None
    first = ranked[0]
    rival = next((run for run in ranked[1:] if not are_one(first, run)), None)
    return first if rival is None or weights[first] >= weights[rival] * _MARGIN else None


def are_one(one: str, other: str) -> bool:
    """Whether two names share a word: "Tarnholm" and "Tarnholm Robotics"."""
    return not set(one.split()).isdisjoint(other.split())


def is_person(name: str, article: Article) -> bool:
    """Whether a name of the title is somebody's surname: "Veldhuis wins", then "Joris Veldhuis"."""
    body = _body(article)
    return " " not in name and _is_surname(name, "", body, list(_ends(name, body)))


def _title(article: Article) -> str:
    """The title, and what stands above the text: a file's title may be that of its paper."""
    blocks = article.blocks[:_TITLED_BLOCKS]
    heads = [article.text[b.start : b.end].strip("#* ") for b in blocks if b.kind == "heading"]
    return "\n".join((article.title, *heads))


def _body(article: Article) -> str:
    told = (b for b in article.blocks if b.kind in ("paragraph", "list"))
    return "\n".join(article.text[b.start : b.end] for b in told)[:_COUNTED_CHARS]


def _runs(text: str, told: Names) -> Iterator[str]:
    """The names of a text, and their first words: "Tarnholm Robotics" and "Tarnholm"."""
    for match in _RUN.finditer(text):
        words = _POSSESSIVE.split(match.group(), maxsplit=1)[0].split()
        while words and (names.is_closed(words[0].lower()) or names.is_calendar(words[0].lower())):
            words.pop(0)
        may_be = [told.may_be_subject(word) for word in words]
        shouted = len(words) > 1 and all(word.isupper() for word in words)
        if not any(may_be) or shouted or names.is_closed(words[-1].lower()):
            continue
        yield " ".join(words)
        if may_be[0]:
            yield words[0]


def _weight(run: str, title: str, opening: str, body: str) -> float:
    """How often a name is said, more where the title has it or the text opens with it."""
    titled = run.lower() in title.lower()
    if body.count(run) + titled < 2:
        return 0
    ends = list(_ends(run, body))
    count = len(ends) + titled
    alone = any(not _leads_on(body, _past_possessive(body, end)) for end in ends)
    stands_alone = (
        alone or " " in run or any(not _leads_on(title, end) for end in _ends(run, title))
    )
    if not ends or count < 2 or not stands_alone or _is_surname(run, title, body, ends):
        return 0
    weight = count * (1 + 0.3 * run.count(" ")) * (1.5 if _opens(opening, run) else 1)
    return weight * (1 if not titled else 3 if title.startswith(run) else 2)


def _ends(run: str, text: str) -> Iterator[int]:
    """Where a name ends in a text, wherever it stands as a word of its own.

    Plain search: a pattern for each name takes ten times as long to make as to use.
    """
    at = text.find(run)
    while at >= 0:
        end = at + len(run)
        bounded = not _is_inner(text[end - 1 : end + 1])
        if bounded and not (at and _is_inner(text[at - 1 : at + 1])):
            yield end
            at = text.find(run, end)
        else:
            at = text.find(run, at + 1)


def _is_inner(pair: str) -> bool:
    """Whether two characters stand in one word."""
    return len(pair) == 2 and pair.replace("_", "a").isalnum()


def _past_possessive(text: str, end: int) -> int:
    return end + 2 if text[end : end + 2] in ("'s", "’s") else end


def _leads_on(text: str, end: int) -> bool:
    """Whether another word with a capital follows."""
    return text[end : end + 1] == " " and "A" <= text[end + 1 : end + 2] <= "Z"


def _opens(opening: str, run: str) -> bool:
    """Whether a text opens with a name and goes on in lower case: "Tarnholm said"."""
    first = 4 if opening.startswith(f"The {run}") else 0
    end = next((end for end in _ends(run, opening) if end == first + len(run)), None)
    if end is None:
        return False
    after = opening[_past_possessive(opening, end) :][:5]
    return after[:1] == " " and "a" <= after[1:2] <= "z" and not after.startswith(" and ")


_FIRST_NAME = re.compile(r"[A-Z][a-zà-ÿ]+")
_NAME_CHARS = 60


def _is_surname(run: str, title: str, body: str, ends: Iterable[int]) -> bool:
    """Whether a word ends a longer name and begins none: "Mats Verhaegen", then "Verhaegen"."""
    if " " in run:
        return False
    firsts = (_first_name(body, end - len(run)) for end in ends if not _leads_on(body, end))
    first = next((first for first in firsts if first), "")
    if not first or f"{first} {run}" in title:
        return False
    return not any(_leads_on(text, end) for text in (title, body) for end in _ends(run, text))


def _first_name(body: str, at: int) -> str:
    """The "Mats" right before a name amid a sentence; "" for anything else."""
    space = body.rfind(" ", max(0, at - _NAME_CHARS), at - 1) if body[at - 1 : at] == " " else -1
    amid = space > 0 and ("a" <= body[space - 1] <= "z" or body[space - 1] == ",")
    first = body[space + 1 : at - 1]
    return first if amid and _FIRST_NAME.fullmatch(first) else ""
