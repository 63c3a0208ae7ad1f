"""Verbless: a yes or no that is typed without its verb, as the question with one.

"exports more than half of trade?", "travel < freight?", "services past $1 trillion, first time
ever?", "joy of life a movie?". What may be said of a subject so is data (bot/data/questions.yaml,
`verbless`); what the first of the words says is the subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.language import mentions, terms
from ingest import units
from ingest.figures import lexicon

MAX_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Shape:
    """How something is said of a subject without a verb.

    put: the question with one; "" where it only gets its "is"
    is_plain: whether it is one without a question mark, too
    """

    pattern: re.Pattern[str]
    put: str
    is_plain: bool


def asked(text: str) -> str:
    """A yes or no that has no verb, with one; any other text as it is.

    >>> asked("exports more than half of trade?"), asked("rents up in 2024?")
    ('Are exports more than half of trade?', 'Were rents up in 2024?')
    >>> asked("pay of nurses more than in 2023, by how much?")
    'pay of nurses more than in 2023, by how much?'
    """
    told = text.strip().rstrip("?!. ")
    if len(told) > MAX_CHARS or _none().search(told):
        return text
    for shape in _shapes():
        m = shape.pattern.fullmatch(told)
        if m and (shape.is_plain or text.rstrip().endswith("?")) and _is_said(m):
            return f"{_put(shape, m)}?"
    return text


def _is_said(m: re.Match[str]) -> bool:
    """Whether there is a subject, and what is said of it is no unit ("tonnes a day")."""
    words = [word.group().lower() for word in terms.words(m["subject"])]
    noun = m.groupdict().get("noun")
    is_open = not words or words[-1] in _open_ends()
    return bool(terms.find(m["subject"])) and not is_open and not (noun and _is_unit(noun))


def _is_unit(noun: str) -> bool:
    return any(units.parse(word) for word in (noun.lower(), noun.lower().split()[0]))


def _put(shape: _Shape, m: re.Match[str]) -> str:
    subject, rest = m["subject"].strip(" ,"), m["said"].strip()
    for sign, words in _data()["signs"].items():
        rest = re.sub(rf"^{re.escape(sign)} ?", f"{words} ", rest)
    if shape.put:
        given = {name: value.strip() for name, value in m.groupdict(default="").items()}
        given |= {"subject": subject, "said": rest, "be": _be(subject, rest)}
        return " ".join(shape.put.format(**given).split())
    return f"{_be(subject, rest)} {subject} {rest}"


def _be(subject: str, rest: str) -> str:
    head = _AFTER_HEAD.split(subject)[0]
    words = terms.words(head) or terms.words(subject)
    last = words[-1].group().lower()
    is_many = units.singular(last) != last or " and " in head
    if mentions.periods(f"{subject} {rest}"):
        return "Were" if is_many else "Was"
    return "Are" if is_many else "Is"


_AFTER_HEAD = re.compile(r" (?:of|in|on|for|per|at|by|from|to|with)\b", re.IGNORECASE)


def _data() -> dict[str, Any]:
    return dict(terms.table("questions")["verbless"])


@lru_cache(maxsize=1)
def _shapes() -> list[_Shape]:
    data = _data()
    lists = terms.table("questions")["lists"] | data["lists"]
    found = []
    for row in data["shapes"]:
        said = terms.filled(row["said"], lists)
        pattern = rf"(?P<subject>[^,:;?!<>=]{{2,80}}?),? (?P<said>{said})"
        compiled = re.compile(pattern, re.IGNORECASE)
        found.append(_Shape(compiled, row.get("put", ""), row.get("plain", False)))
    return found


@lru_cache(maxsize=1)
def _none() -> re.Pattern[str]:
    """What a question has that is typed with its verb, asks by a word, or offers two."""
    data = _data()
    listed = terms.table("questions")["lists"]
    return re.compile(
        rf"\b(?:{listed['aux']}|{data['asking']})\b|^(?:{data['leading']})\b", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _open_ends() -> frozenset[str]:
    """Words after which a subject has still to come."""
    return (
        terms.stop_words() | frozenset(lexicon.comparatives()) | frozenset(_data()["open"].split())
    )
