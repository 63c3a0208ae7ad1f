"""About: the name of whom or what an article is about, where one stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    whole = rf"\b{re.escape(run)}\b(?:['’]s)?"
    said = re.findall(rf"{whole}( [A-Z])?", body)
    titled = run.lower() in title.lower()
    stands_alone = "" in said or " " in run or re.search(rf"{whole}(?! [A-Z])", title)
    count = len(said) + titled
    if not said or count < 2 or not stands_alone or _is_surname(run, title, body):
        return 0
    lead = re.match(rf"(?:The )?{whole} (?!and )[a-z]", opening)
    weight = count * (1 + 0.3 * run.count(" ")) * (1.5 if lead else 1)
    return weight * (1 if not titled else 3 if title.startswith(run) else 2)


def _is_surname(run: str, title: str, body: str) -> bool:
    """Whether a word ends a longer name and begins none: "Mats Verhaegen", then "Verhaegen"."""
    if " " in run:
        return False
    word = re.escape(run)
    full = re.search(rf"[a-z,] [A-Z][a-zà-ÿ]+ {word}\b(?! [A-Z])", body)
    if full is None or full.group()[2:].strip() in title:
        return False
    return re.search(rf"\b{word} [A-Z]", f"{title}\n{body}") is None
