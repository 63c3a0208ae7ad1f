"""Contraries: what a sentence tells that cannot be where a question is to be answered with yes.

Words of which one shuts the other out ("Is it in profit?": "It lost £3m"), another place in an
order ("the first": "his fourth"), an age outside a range, a vote that was not unanimous.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from bot import terms
from bot.telling import Holds

_ORDINALS = {
    word: n
    for n, words in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], 1
    )
    for word in [words]
}
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)}) ((?:[a-z]+ ){{0,2}}?)([a-z]{{3,}})\b")
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty".split(),
        1,
    )
}
_AGE = re.compile(r"\b([a-z]+|\d{1,3})-year-olds?\b|\baged (\d{1,3})\b(?! (?:to|and|-))")
_AGES = re.compile(
    r"\b(?:aged?|ages|aged between|between|from) (\d{1,3})(?: and| to|-|–) ?(\d{1,3})\b"
)
_VOTE = re.compile(
    r"\b(?!0)\d{1,3}(?:-|–| to )(?!0)\d{1,3}\b|\b(?:[a-z]+|\d+) of the (?:[a-z]+|\d+) (?:members|"
    r"voters|judges|directors)\b|\b(?:dissent\w*|voted against|opposed|preferred to|abstained)\b"
)
_UNANIMOUS = re.compile(
    r"\bunanim\w+|\ball (?:[a-z]+|\d+) (?:members|judges|directors)\b|\bno dissent"
)


def told(question: str, sentence: str, is_first: bool = True) -> Holds | None:
    """Yes or no, where the sentence settles the question by one of these; None where it does not.

    is_first: of no sentence but the likeliest are words enough that shut each other out

    >>> told("Was it his first goal?", "It was his fourth goal of the season.")
    'no'
    """
    asked, said = (text.lower().replace("’", "'") for text in (question, sentence))
    for way in (_by_vote, _by_age, _by_order, _by_poles)[: 4 if is_first else 2]:
        if holds := way(asked, said):
            return holds
    return None


def _by_vote(asked: str, said: str) -> Holds | None:
    if "unanim" not in asked:
        return None
    if _UNANIMOUS.search(said):
        return "yes"
    return "no" if _VOTE.search(said) else None


def _by_age(asked: str, said: str) -> Holds | None:
    age, held = _AGE.search(asked), _AGES.findall(said)
    if not age or len(held) != 1:
        return None
    word = age[1] or age[2]
    n = int(word) if word.isdigit() else _NUMBERS.get(word)
    if n is None:
        return None
    low, high = (Decimal(x) for x in held[0])
    return "yes" if low <= n <= high else "no"


def _by_order(asked: str, said: str) -> Holds | None:
    mine, theirs = _NTH.findall(asked), _NTH.findall(said)
    for nth, _, noun in mine:
        other = {o for o, _, n in theirs if terms.stem(n) == terms.stem(noun)}
        if len(other) == 1 and noun not in _OF_TIME:
            return "yes" if nth in other else "no"
    return None


_OF_TIME = frozenset("quarter half year month week day time season".split())


@lru_cache(maxsize=1)
def _poles() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    pairs = terms.table("deciding")["poles"]
    made = [(_words(pair[0]), _words(pair[1])) for pair in pairs]
    return (*made, *((b, a) for a, b in made))


def _words(cues: str) -> re.Pattern[str]:
    listed = sorted((c.strip() for c in cues.split(",")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)")


def _by_poles(asked: str, said: str) -> Holds | None:
    """No, where the question has a word of the one pole, and the sentence of the other alone."""
    if terms.has(asked, _DENIALS) or terms.has(said, _DENIALS):
        return None
    for mine, theirs in _poles():
        if mine.search(asked) and not theirs.search(asked):
            if theirs.search(said) and not mine.search(said):
                return "no"
    return None


_DENIALS = ["not", "never", "no longer", "without", "n't", "nor", "neither"]
