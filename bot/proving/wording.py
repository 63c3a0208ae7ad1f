"""The word check: what a sentence says beside its numbers, held against what it cites.

Lexical, fast and without a model. What it proves: every name of the sentence stands in the cited
sentence, the figure's own origin, the heading, the title or (where no figure says whose it is)
the passage; every negation has one in the cited sentence, and none is lost; no word stands whose
opposite, and not itself, is in the cited sentence; every other content word, up to inflection
and a table of synonyms, occurs in the passage, its heading, the title or the question, or belongs
to the operation that computed the result.

What it cannot prove: that the words stand in the same relation. "Boeing sued Airbus" passes beside
"Airbus sued Boeing"; so do a cause turned into an effect, "all" for "some", a modal dropped
("may rise"), and a wrong one of two like names that both stand in the cited sentence. It knows no
synonyms beyond its table, so it also refuses some true sentences; those are replaced by the
sentence that they cite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.language.vocabulary import (
    Word,
    hedge_before,
    sides,
    stem,
    stems,
    stems_of,
    tables,
    words,
)

_NEAR = 6  # words around a negation that it is taken to turn over


class Complaint(NamedTuple):
    """Why a sentence's wording is not borne out: kind is "name", "negation", "opposite", "word"."""

    kind: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Support:
    """What a sentence may draw its words from.

    cited: the cited sentences; around: their passages, headings and titles
    names: further names that are proven (the entities of bound figures and their origins)
    extra: stems that a calculation, a unit or a period proves
    asked: stems of the question
    is_claim: whether the sentence turns down a number of the question ("not the 30 you named")
    """

    cited: tuple[str, ...]
    around: tuple[str, ...]
    names: frozenset[str] = frozenset()
    extra: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    is_claim: bool = False


@lru_cache(maxsize=512)
def _lows_of(text: str) -> frozenset[str]:
    return frozenset(word.low for word in words(text))


def check(text: str, support: Support) -> list[Complaint]:
    """The complaints against the words of a sentence ([n] and numbers already blanked)."""
    said = words(text)
    complaints = _names(text, said, support)
    complaints += _negations(text, said, support)
    complaints += _opposites(said, support)
    complaints += _content(text, said, support)
    return complaints


def _names(text: str, said: Sequence[Word], support: Support) -> list[Complaint]:
    known = support.names.union(*map(_lows_of, (*support.cited, *support.around)))
    return [
        Complaint("name", word.text, f"the name {word.text!r} is not in what is cited")
        for word in said
        if _is_name(text, word) and not _is_known_name(word.low, known)
    ]


def _is_name(text: str, word: Word) -> bool:
    """A capitalised word inside a sentence, or one in capitals."""
    if not word.text[0].isupper() or word.low in tables().function_words:
        return False
    if len(word.text) > 1 and word.text.isupper():
        return True
    before = text[: word.start].rstrip(" \u00a0\"'“”‘’(")
    return bool(before) and before[-1] not in ".!?:•|"


def _is_known_name(low: str, known: frozenset[str]) -> bool:
    if low in known or low.rstrip("s") in known or low + "s" in known:
        return True
    return bool(tables().demonyms.get(low, frozenset()) & known)


def _negations(text: str, said: Sequence[Word], support: Support) -> list[Complaint]:
    if support.is_claim:
        return []
    mine = [word for word in _negated(text, said) if not _is_reply(text, word)]
    theirs = [_negated(cited, words(cited)) for cited in support.cited]
    if mine and not any(theirs):
        word = min(mine, key=lambda w: w.start)
        return [Complaint("negation", word.text, f"{word.text!r} is not in what is cited")]
    if not mine and support.cited:
        return _lost(said, support)
    return []


def _is_reply(text: str, word: Word) -> bool:
    """The "No" that a sentence opens with, an answer to a question and no negation."""
    return word.low == "no" and not text[: word.start].strip() and text[word.end :][:1] in ",:;.—"


def _negated(text: str, said: Sequence[Word]) -> list[Word]:
    """The negations of a text, those of "not only" left out."""
    negations = tables().negations
    found = [word for word in said if word.low in negations or word.low.endswith("n't")]
    if not found:
        return []
    low = text.casefold()
    idle = [
        match.start()
        for phrase in tables().not_negations
        for match in re.finditer(re.escape(phrase), low)
    ]
    return [w for w in found if not any(at <= w.start <= at + 8 for at in idle)]


def _lost(said: Sequence[Word], support: Support) -> list[Complaint]:
    """A negation of the cited sentence whose very words the sentence repeats without it."""
    mine = {w.stem for w in said if w.low not in tables().function_words}
    for cited in support.cited:
        theirs = words(cited)
        for negation in _negated(cited, theirs):
            scope = _scope(theirs, negation)
            if len(scope) >= 2 and scope <= mine:
                reason = f"the cited sentence says {negation.text!r} here"
                return [Complaint("negation", negation.text, reason)]
    return []


def _scope(theirs: Sequence[Word], negation: Word) -> set[str]:
    """The content words that follow a negation closely."""
    after = [w for w in theirs if w.start > negation.start][:_NEAR]
    return {w.stem for w in after if w.low not in tables().function_words}


def _opposites(said: Sequence[Word], support: Support) -> list[Complaint]:
    cited = stems_of(*support.cited)
    found = []
    for word in said:
        for side, other in sides().get(word.stem, ()):
            is_own = word.stem in other or word.stem in support.extra
            if not is_own and not cited & side and cited & other - side:
                reason = f"the cited sentence says {_first(cited & other)!r}, not {word.text!r}"
                found.append(Complaint("opposite", word.text, reason))
    return found


def _first(stems: Iterable[str]) -> str:
    return min(stems)


def _content(text: str, said: Sequence[Word], support: Support) -> list[Complaint]:
    known = support.extra | support.asked
    known |= stems_of(*support.cited, *support.around)
    return [
        Complaint("word", word.text, f"{word.text!r} has no ground in what is cited")
        for word in said
        if _asserts(text, word) and not _is_known(word, known)
    ]


def _asserts(text: str, word: Word) -> bool:
    if word.low in tables().function_words or len(word.low) < 2:
        return False
    if word.low in tables().negations or word.low.endswith("n't") or _is_name(text, word):
        return False
    hedge = hedge_before(text, word.end)
    return hedge is None or word.low not in hedge[0].split()


def _is_known(word: Word, known: frozenset[str]) -> bool:
    if word.stem in known:
        return True
    like = tables().synonyms.get(word.stem)
    return bool(like and like & known)


def is_notice(text: str, asked: frozenset[str], titles: Sequence[str]) -> list[Complaint]:
    """The words of a notice that assert something: neither the question's nor a notice's own."""
    known = asked | tables().notice_words | tables().workings
    known = known.union(*map(stems, titles))
    return [
        Complaint("word", word.text, f"{word.text!r} asserts something: cite it or leave it out")
        for word in words(text)
        if word.low not in tables().function_words and word.stem not in known and len(word.low) > 1
    ]


def grown(stems_: Iterable[str]) -> frozenset[str]:
    """Stems with all their synonyms."""
    found: set[str] = set()
    for one in stems_:
        found |= {one} | tables().synonyms.get(one, frozenset())
    return frozenset(found)


__all__ = ["Complaint", "Support", "check", "grown", "is_notice", "stem", "stems"]
