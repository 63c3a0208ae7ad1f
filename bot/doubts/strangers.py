"""Strangers: names of a question that the articles know in no form.

A name is known by any of its words, by the people or the place of that name ("Irish" for Ireland),
by the words that its letters begin ("EU"), or misspelt by a letter or two.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import Any

from bot.evidence import linking
from bot.language import terms, vocabulary
from ingest import Article, units

# Names of this many letters may be written two letters wrong.
LONG = 8
# Up to this many letters are looked for in capitals.
SHORT = 3
_WORD = re.compile(r"[^\W\d_]+")
_SHORT_FORM = re.compile(r"[A-Z][A-Za-z]?&?[A-Z0-9][A-Za-z0-9]{0,3}")
_JOINT = r"[\s-]+(?:(?:of|the|and|for|in|on|per|an?|to)\s+)?"
_FORMS = ("ians", "ian", "ans", "an", "ish", "ese", "ic", "ers", "er", "is", "i", "n", "s")


def first(
    question: str, names: Iterable[str], articles: Sequence[Article], held: Sequence[Container[str]]
) -> str | None:
    """The first name of a question that stands in no form in the articles.

    held: the stems of each article's lines
    """
    titles = terms.stem_set(f"{a.title} {a.source or ''} {a.author or ''}" for a in articles)
    for name in names:
        stems = terms.stems(name)
        if not stems or any(_stands(stem, near) for stem in stems for near in (titles, *held)):
            continue
        if not _opens_plainly(question, name) and not _is_known(name, articles):
            return name
    return None


def _stands(stem: str, near: Any) -> bool:
    return bool(linking.likes(stem, near))


def _opens_plainly(question: str, name: str) -> bool:
    """ "Kids, housing and security: how much in all?": a common word with a capital."""
    return question.startswith(name) and " " not in name and vocabulary.is_ordinary(name)


def _is_known(name: str, articles: Sequence[Article]) -> bool:
    texts = [f"{a.title}\n{a.source or ''}\n{a.text}" for a in articles]
    if _SHORT_FORM.fullmatch(name):
        if _is_word(name) or any(_spelt_out(name).search(text) for text in texts):
            return True
    words = frozenset(w.casefold() for text in texts for w in _WORD.findall(text))
    if any(_is_of_people(part, words, texts) for part in (name, *_WORD.findall(name))):
        return True
    return any(_is_misspelt(part.casefold(), words) for part in _WORD.findall(name))


# -- short forms ------------------------------------------------------------------------------


def _is_word(name: str) -> bool:
    """ "CO2", "TV", "TWh": a word or a unit that is no name."""
    return name.lower() in _plain() or units.parse(name) is not None


@cache
def _plain() -> frozenset[str]:
    return frozenset(terms.table("names")["plain"].split())


def _spelt_out(name: str) -> re.Pattern[str]:
    """What the letters of a short form begin; of two letters, in capitals."""
    letters = [re.escape(c) for c in name if c.isalpha()]
    flags = re.IGNORECASE if len(letters) > 2 else re.NOFLAG
    return re.compile(r"\b" + _JOINT.join(rf"{letter}\w+" for letter in letters), flags)


# -- peoples and places -----------------------------------------------------------------------


def _is_of_people(name: str, words: frozenset[str], texts: Sequence[str]) -> bool:
    low = name.casefold()
    for other in _forms().get(low, ()):
        is_word = len(other) > SHORT and other.isalpha()
        if other in words if is_word else any(_has(text, other) for text in texts):
            return True
    return any(
        low.endswith(form)
        and len(root := low[: -len(form)]) >= 4
        and any(word.startswith(root) and word[len(root) :] in _PLACES for word in words)
        for form in _FORMS
    )


# How a place may end whose people's name has lost its end: "Bavarian", "Portuguese".
_PLACES = frozenset(["", "a", "e", "ia", "y", "o", "land", "al", "il", "stan", "ay"])


def _has(text: str, phrase: str) -> bool:
    """Whether a phrase, or letters in capitals ("US"), stands in a text."""
    if len(phrase) <= SHORT:
        return bool(re.search(rf"\b{re.escape(phrase.upper())}\b", text))
    return bool(terms.whole(phrase).search(text))


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Each form of a people's or a place's name with all the others."""
    found = {k: frozenset(v) for k, v in vocabulary.tables().demonyms.items()}
    names = terms.table("names")
    for listed in (*names["peoples"], *names["capitals"].items()):
        group = {form.casefold() for form in listed}
        group = group.union(*(found.get(form, frozenset()) for form in group))
        found |= dict.fromkeys(group, frozenset(group))
    return found


# -- misspelt ---------------------------------------------------------------------------------


def _is_misspelt(low: str, words: frozenset[str]) -> bool:
    near = (w for w in words if len(w) >= LONG and abs(len(w) - len(low)) <= 2 and w[0] == low[0])
    return len(low) >= LONG and any(_edits(low, word) <= 2 for word in near)


def _edits(a: str, b: str) -> int:
    """Letters to put in, take out or change."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y)))
    return row[-1]
