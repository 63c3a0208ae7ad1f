"""Telling: whether a sentence tells what a yes/no question supposes, or denies it, by its words.

Every content word of the question must be told: by the sentence itself (the same word, a synonym,
its opposite, or a move up or down for a move up or down), or, for what the sentence is about, by
its heading, title and neighbours. A number must stand in the sentence, what will be needs a
sentence about what is to come, and "all" is told of nothing that is told of a part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from bot.evidence import linking
from bot.evidence.pages import Line
from bot.language import mentions, terms
from bot.questions import Query

Holds = Literal["yes", "no"]
# A word stands for another from this likeness on.
LIKE = 0.8
# The sentence itself holds this share of the words; of this many, one may be told nowhere when it
# holds more.
OWN, MANY, MOST = 0.5, 7, 0.6
# A line of so many words says little.
SHORT = 10


def _data() -> dict[str, Any]:
    return terms.table("deciding")


def told(query: Query, line: Line) -> Holds | None:
    """Yes or no, where the line tells either; None where it speaks of something else."""
    asked, said = _flat(query.text), _flat(line.text)
    if is_question(line.text) or not _is_of_time(asked, said) or not _numbers_stand(query, line):
        return None
    if not _amounts_stand(asked, line) or not _compares(asked, said):
        return None
    if _is_of_another(query, line):
        return None
    share = _of_all(asked, said)
    if share == "unknown" or not _words(query, line).is_enough:
        return None
    if share == "part" or _is_outdone(asked, said) or contradicts(query.text, line.text):
        return "no"
    turns = [cue for cue in _data()["turns"] if cue not in asked]
    return None if terms.has(said, turns) else "yes"


# "Similarly, Joy of Life, a drama, ...": whom a sentence is about, by what it begins with.
_BEGINS_WITH = re.compile(
    r"(?:[A-Z][a-z]+(?:ly|wise|while|over|ver), |For (?:instance|example), |In turn, )?"
    r"(?P<name>[A-Z][\w’'-]+"
    r"(?: (?:of|the|and|to|for|in|de|la|von) (?=[A-Z])| (?=[A-Z\d])|[A-Z\d][\w’'-]*)*)"
)


def _is_of_another(query: Query, line: Line) -> bool:
    """Whether a sentence begins with a name of some words that the question has not, and has not
    the name that the question asks of first."""
    begun = _BEGINS_WITH.match(line.text)
    if begun is None or not query.entities or len(terms.stems(begun["name"])) < _A_NAME:
        return False
    asked = terms.stems_of(query.text)
    names = {stem for stem in terms.stems(query.entities[0]) if not stem.isdigit()}
    return not asked & terms.stems_of(begun["name"]) and not names & line.stems


# A name of so many words is no first word of a sentence.
_A_NAME = 2
_BEST = r"(?:\w{3,}est|best|worst|most|least|record)"
_AFTER_OTHERS = re.compile(
    rf"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[ -]{_BEST}\b"
)


def _is_outdone(asked: str, said: str) -> bool:
    """Whether the first of a ranking is asked for and a later place told."""
    is_first = re.search(rf"\b{_BEST}\b", asked) and not _AFTER_OTHERS.search(asked)
    return bool(is_first and _AFTER_OTHERS.search(said))


def denied(query: Query, line: Line) -> bool:
    """Whether a line that speaks of what is asked denies something, and the question nothing."""
    asked, said = _flat(query.text), _flat(line.text)
    if terms.has(asked, _data()["denials"]) or not denial(said) or is_question(line.text):
        return False
    names = (s for name in query.entities for s in terms.stems(name) if not s.isdigit())
    if not all(stands(s, line.stems | line.around) for s in names):
        return False
    held = _words(query, line)
    return held.own > 0 or held.around > 1


def denies_that(query: Query, line: Line) -> bool:
    """Whether a line denies what a question asks, though it be not the likeliest: it says little
    but that ("They pay no duty on it."), or denies it by a word of the question.

    A line that names somebody else than the question does speaks of that.
    """
    asked, said = _flat(query.text), _flat(line.text)
    if terms.has(asked, _data()["denials"]) or not denial(said):
        return False
    if names_others(query, line):
        return False
    if len(terms.words(said)) <= SHORT:
        return True
    names = {s for name in query.entities for s in terms.stems(name)}
    stems = [s for s in terms.stems(linking.spoken(query.text)) if s not in _spent() | names]
    held = (terms.stems_of(said[max(0, m.start() - 30) : m.end() + 30]) for m in _NO.finditer(said))
    return any(stands(stem, near) for near in held for stem in stems)


_CLAUSE = re.compile(r";\s")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w’'-]+")


def names_others(query: Query, line: Line) -> bool:
    """Whether what a line denies has a name, and none that the question has."""
    clauses = [c for c in _CLAUSE.split(line.text) if denial(_flat(c))]
    names = {terms.stem(m.group()) for c in clauses for m in _NAME.finditer(c)}
    asked = terms.stems_of(query.text)
    return bool(names) and not names & asked and bool(query.entities)


_NO = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|nowhere)\b"
    r"(?! (?:only|just|doubt|wonder|matter|least|surprisingly|by much|far|to mention|so much"
    r"|(?:longer|more|less|fewer|later|earlier) than))"
    r"|\b(?:do|does|did|is|was|are|were|has|have|had|wo|would|ca|could)n't\b"
)


def denial(said: str) -> bool:
    """Whether a sentence, in lower case, denies anything."""
    return bool(_NO.search(said))


def _flat(text: str) -> str:
    return text.lower().replace("’", "'")


def is_question(text: str) -> bool:
    """Whether a line asks rather than tells, the marks of its emphasis aside."""
    bare = text.strip().strip("*_ ")
    return bare.endswith("?") or bool(re.match(r"Q\s?[:.]", bare))


# -- words ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """How many of a question's words the sentence tells itself, its surroundings tell, none."""

    own: int
    around: int
    missing: int

    @property
    def is_enough(self) -> bool:
        n = self.own + self.around + self.missing
        if not n or self.own < OWN * n:
            return False
        return not self.missing or (self.missing == 1 and n >= MANY and self.own >= MOST * n)


def _words(query: Query, line: Line) -> _Words:
    stems = dict.fromkeys(s for s in terms.stems(linking.spoken(query.text)) if s not in _spent())
    directions = _moves(terms.stem(w.group()) for w in terms.words(line.text))
    own = around = 0
    held = line.stems | {terms.stem("win")} if _WON.search(line.text) else line.stems
    for stem in stems:
        is_move = bool(_moves([stem])) and bool(directions)
        if is_move or stands(stem, held) or _is_opposed(stem, line.stems):
            own += 1
        else:
            around += stands(stem, line.around)
    return _Words(own, around, len(stems) - own - around)


# A word that is else passed over as the half of "won't".
_WON = re.compile(r"\bwon\b(?!['’])")


@lru_cache(maxsize=1)
def _spent() -> frozenset[str]:
    """Words of a question that suppose nothing."""
    return frozenset(terms.stem(w) for w in _data()["spent"].split())


def stands(stem: str, stems: frozenset[str]) -> bool:
    return stem in stems or any(linking.same(stem, other) >= LIKE for other in stems)


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for a, b in _data()["opposites"]:
        found.setdefault(terms.stem(a), set()).add(terms.stem(b))
        found.setdefault(terms.stem(b), set()).add(terms.stem(a))
    return {stem: frozenset(others) for stem, others in found.items()}


def _is_opposed(stem: str, stems: frozenset[str]) -> bool:
    return bool(_opposites().get(stem, frozenset()) & stems)


# -- moves up and down ------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _movers() -> dict[str, str]:
    """Words of rising and of falling, by stem."""
    moves = _data()["moves"]
    return {terms.stem(w): way for way in ("up", "down") for w in moves[way].split()}


def _moves(stems: Any) -> set[str]:
    return {way for stem in stems if (way := _movers().get(stem))}


def _are_moves_opposed(asked: str, said: str) -> bool:
    mine, theirs = _moves(_all_stems(asked)), _moves(_all_stems(said))
    return len(mine) == len(theirs) == 1 and mine != theirs


# -- time, numbers, all -----------------------------------------------------------------------


def _is_of_time(asked: str, said: str) -> bool:
    """What will be is told only by a sentence about what is to come, what is by none of what is
    proposed or supposed."""
    if terms.has(asked, _data()["will"]):
        return terms.has(said, _data()["to_come"])
    return terms.has(asked, _data()["unreal"]) or not terms.has(said, _data()["unreal"])


def _numbers_stand(query: Query, line: Line) -> bool:
    """Whether each number of the question stands in the line, years there or around it."""
    held = {n.value for n in mentions.numbers(line.text)}
    near = line.stems | line.around
    are_there = all(a.value in held or a.text in line.text for a in query.assumed)
    return are_there and all(year in line.text or year in near for year in query.years)


_FRACTION = re.compile(r"\b(?:a|one|two|three|four) (third|quarter|fifth|sixth|eighth|tenth)s?\b")


def _amounts_stand(asked: str, line: Line) -> bool:
    """Whether each fraction and multiple of the question, "a third", "twice", stands there."""
    return all(terms.stem(word) in line.stems for word in amounts(asked))


def amounts(question: str) -> list[str]:
    """The fractions and multiples that stand in a question as words."""
    flat, known = _flat(question), _data()["amounts"].split()
    found = [w.group() for w in terms.words(flat) if w.group() in known]
    return found + [str(word) for word in _FRACTION.findall(flat)]


def _compares(asked: str, said: str) -> bool:
    """What is compared is told only by a sentence that compares."""
    return " than " not in asked or terms.has(said, _data()["comparing"])


def _of_all(asked: str, said: str) -> str | None:
    """Where all is asked for: "all", "part", "unknown"; None where it is not."""
    data = _data()
    if not terms.has(asked, data["all"]):
        return None
    if terms.has(said, data["part"]) or re.search(
        r"(?<![\d.])\d{1,2}(?:\.\d+)?\s?(?:%|per ?cent)", said
    ):
        return "part"
    return "all" if terms.has(said, data["all"]) else "unknown"


# -- denial -----------------------------------------------------------------------------------


def contradicts(question: str, sentence: str) -> bool:
    """Whether a sentence denies what a question supposes: one negation, or an opposite."""
    asked, said = _flat(question), _flat(sentence)
    if terms.has(asked, _data()["denials"]) != _denies(asked, said):
        return True
    if _are_moves_opposed(asked, said):
        return True
    return any(_opposed(asked, said, a, b) for a, b in _data()["opposites"])


def _denies(asked: str, said: str) -> bool:
    """A denial in the sentence, near a word of the question."""
    stems = set(terms.stems(linking.spoken(asked)))
    for cue in _data()["denials"]:
        for m in re.finditer(rf"(?<!\w){re.escape(cue)}(?!\w)|n['’]t\b", said):
            near = terms.stems(said[max(0, m.start() - 40) : m.end() + 50])
            if stems & set(near):
                return True
    return False


def _opposed(asked: str, said: str, a: str, b: str) -> bool:
    one, other = terms.stem(a), terms.stem(b)
    question, sentence = set(_all_stems(asked)), set(_all_stems(said))
    for x, y in ((one, other), (other, one)):
        if x in question and y in sentence and x not in sentence and y not in question:
            return True
    return False


def _all_stems(text: str) -> list[str]:
    return [terms.stem(m.group()) for m in terms.words(text)]
