"""Superlatives: what a question ranks, and which of them it asks for.

"Which region sold the most cars?", "the second largest", "the three biggest films", "rank the towns
by population". The words of extremity, and what they speak of, are data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.language import terms

Way = Literal["most", "least"]
Move = Literal["up", "down", "either"]
# As many as there are.
ALL = 12
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, slots=True)
class Superlative:
    """What a question asks of things that are ranked.

    way: the end that is asked for; word: the word that asks for it, "most expensive" whole
    nouns: words that name what is ranked, or what is measured of it ("the highest budget")
    place: 1 for the first, 2 for the second; n_told: how many are asked for
    moves: "up" or "down" where a move is ranked and no level, "either" where its way is open
    """

    way: Way
    word: str
    nouns: tuple[str, ...] = ()
    place: int = 1
    n_told: int = 1
    moves: Move | None = None
    is_of_value: bool = False

    @property
    def speaks(self) -> frozenset[str]:
        """Stems of what the word speaks of: prices, of "cheapest"."""
        return frozenset[str]().union(*(_speaks().get(w, frozenset()) for w in self.word.split()))


def read(question: str) -> Superlative | None:
    """What a question ranks; None where it ranks nothing.

    >>> read("Which region sold the second most cars?").place
    2
    """
    flat = " ".join(question.lower().replace("’", "'").split()).rstrip(" ?.!")
    if among := _AMONG.match(flat):
        flat = f"{among['wh']} {among['nouns']} {among['rest']}"
    if _IDLE.search(flat):
        return None
    return _ordered(flat) or _superlative(flat)


def exchanged(phrase: str, question: str) -> str | None:
    """A question that ranks, of the end or the place that a phrase asks for instead; None where
    the phrase is no superlative or the question ranks nothing.

    >>> exchanged("the fewest", "Which grocer has most shops?")
    'Which grocer has the fewest shops?'
    >>> exchanged("the second", "What is the largest stadium in Norland?")
    'What is the second largest stadium in Norland?'
    """
    bare = _ONE.sub("", phrase.lower().strip(" ?.!"))
    told, of_place = _pattern().fullmatch(bare), _PLACE.fullmatch(bare)
    if not (told or of_place) or read(question) is None:
        return None
    old = list(_pattern().finditer(question.lower()))[-1]
    word = f"{old['word']}{old['graded'] or ''}"
    if told and told["word"] in {"most", "least"} and not told["graded"]:
        bare = f"{bare}{old['graded'] or ''}"
    new = bare if told else f"{bare} {word}"
    before = _THE.sub("", question[: old.start()])
    led = "" if _OWNED.search(before) else "the "
    return f"{before}{led}{new}{question[old.end() :]}"


_ONE = re.compile(r"^(?:the )|(?: ones?)$")
_PLACE = re.compile(rf"(?:{'|'.join(_ORDINALS)}|[2-6](?:nd|rd|th))")
_THE = re.compile(r"\bthe $", re.IGNORECASE)
_OWNED = re.compile(r"(?:['’]s?|\b(?:its|their|his|her)) $")


@lru_cache(maxsize=1)
def _ends() -> dict[str, Way]:
    table = terms.table("superlatives")
    ways: tuple[Way, Way] = ("most", "least")
    return {word: way for way in ways for word in table[way].split()}


def ranks(word: str) -> bool:
    """Whether a word is one of extremity: "biggest"."""
    return word in _ends()


@lru_cache(maxsize=1)
def _speaks() -> dict[str, frozenset[str]]:
    rows = [(words, terms.stems_of(told)) for words, told in terms.table("superlatives")["speaks"]]
    return {word: told for words, told in rows for word in words.split()}


@lru_cache(maxsize=1)
def spent() -> frozenset[str]:
    """Stems that only rank, and tell nothing of what is measured."""
    return terms.stems_of(" ".join((*_ORDINALS, *_NUMBERS, *_ends(), _RANKING)))


# What may follow a word of extremity behind a hyphen: "highest-grossing", but no "top-flight".
_DOING = "grossing|selling|paid|paying|earning|rated|ranked|scoring|growing"
_RANKING = (
    "rank ranked ranking order sort list name which what who where tell show give come came "
    "more less fewer over under above below higher lower"
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """A word of extremity with its ordinal and its number: "second most expensive", "top 3"."""
    ends, graded = "|".join(_ends()), "|".join(terms.table("superlatives")["graded"].split())
    ordinals, numbers = "|".join(_ORDINALS), "|".join(_NUMBERS)
    return re.compile(
        rf"\b(?:(?P<place>{ordinals}|[2-6](?:nd|rd|th))[ -])?(?:(?P<n>{numbers}|\d{{1,2}}) )?"
        rf"(?P<word>{ends})(?P<graded>[ -](?:{graded}))?\b(?!-(?!{_DOING}))"
        rf"(?: (?P<after>{numbers}|\d{{1,2}})\b)?"
    )


# "At most", "most of the", "the most that they can": nothing is ranked.
_IDLE = re.compile(
    r"\b(?:at (?:the )?(?:most|least|best|worst|top)"
    r"|most of (?:the|its|their|his|her|our|all|these|those|them|it|[a-z]+['’]s)"
    r"|(?:is|are|was|were) the most (?:the|that|a|it|they|he|she|you|we)\b"
    r"|at the (?:top|bottom)|not least|best (?:to|way)|how best"
    r"|(?:does|do|did) [^?]+ (?:rank|stand|place)"
    r"|(?:which|what) (?:place|rank|position) (?:do|is|was|ha)"
    r"|(?:lose|loses|lost|losing) (?:the )?(?:most|least) money)\b"
)
_OPENS = re.compile(
    r"(?:(?:in|at|on|of|for|from|by|to|with|and|so|ok|please) )*"
    r"(?P<wh>which|what|what's|who|who's|whose|where|where's|when|name|list|tell me|give me"
    r"|show me)\b"
)
# "Of the six partners, which bought most?"
_AMONG = re.compile(
    r"(?:of|among|out of|between) (?P<nouns>[^,?]{3,60}), (?P<wh>which|what|who)(?: one)?"
    r" (?P<rest>.+)"
)
_IS = re.compile(r"(?:(?:what|who|where) (?:is|are|was|were|the)|(?:what|who|where)'s)\b")
_ENDS_NOUN = (
    "a|an|the|is|are|was|were|be|been|being|has|have|had|did|do|does|will|would|can|could|in|at|on|"
    "of|by|for|that|who|which|to|from|with|among|between|and|or|per|there|than|as|it|they|you|last|"
    "this"
)


def _superlative(flat: str) -> Superlative | None:
    opening = _OPENS.match(flat)
    found = list(_pattern().finditer(flat))
    if not found or not (opening or found[0].start() <= len("the ")):
        return None
    wh = opening["wh"] if opening else ""
    is_which = wh.startswith("wh") and not _IS.match(flat)
    match = found[-1] if is_which else found[0]
    word = match["word"] + (match["graded"] or "").replace("-", " ")
    way = _ends()[match["word"]]
    place = _ordinal(match["place"]) if match["place"] else 1
    n_told = _number(match["n"] or match["after"])
    moved = moves(flat)
    before = nouns(flat[opening.end() : match.start()]) if opening and is_which else ()
    after = nouns(flat[match.end() :])
    asker = next((one for one in ("who", "where", "when") if wh.startswith(one)), None)
    named = (asker,) if asker else before or after
    return Superlative(way, word, named, place, n_told, moved, is_of_value=not (asker or before))


_ONE_OF = re.compile(r"\b(?:one|some|among|two|three|many) (?:of )?(?:the |its |their )?$")


def within(text: str) -> list[tuple[Superlative, str]]:
    """The words of extremity of a sentence, each with what stands after it."""
    flat = text.lower()
    found = []
    for match in _pattern().finditer(flat):
        if _ONE_OF.search(flat, 0, match.start()):
            continue
        word = match["word"] + (match["graded"] or "").replace("-", " ")
        place = _ordinal(match["place"]) if match["place"] else 1
        told = Superlative(_ends()[match["word"]], word, (), place, _number(match["n"]))
        found.append((told, flat[match.end() :]))
    return found


def are_alike(one: Superlative, other: Superlative) -> bool:
    """Whether two words of extremity ask for the same: "biggest" and "largest"."""
    if (one.way, one.place) != (other.way, other.place):
        return False
    return one.word == other.word or (one.speaks == other.speaks)


_BEFORE_NOUN = re.compile(
    r"^\W*(?:(?:of|among|in|from)\b)? ?(?:(?:the|these|those|its|their|all|our)\b)? ?"
)


def nouns(text: str) -> tuple[str, ...]:
    """The words of a phrase up to where it ends: "of the six regions sold" are regions."""
    text = _BEFORE_NOUN.sub("", text.strip())
    text = re.sub(rf"^(?:{'|'.join(_NUMBERS)}|\d+|listed|named|other|main|big) ", "", text)
    head = re.split(rf"\b(?:{_ENDS_NOUN})\b|[^\w' -]", text, maxsplit=1)[0]
    return tuple(word for word in re.findall(r"[a-z]+", head)[:4])


def _ordinal(word: str) -> int:
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[0])


def _number(word: str | None) -> int:
    if word is None:
        return 1
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else min(ALL, int(word))


def moves(flat: str) -> Move | None:
    """Whether moves are ranked, and which way they go."""
    words, table = set(re.findall(r"[a-z]+", flat)), terms.table("superlatives")
    ways: tuple[tuple[str, Move], ...] = (("falls", "down"), ("rises", "up"), ("changes", "either"))
    return next((way for name, way in ways if words & set(table[name].split())), None)


_ORDERED = re.compile(
    r"(?:please |can you )*(?:rank|order|sort|list|ranking of)(?: me)?"
    r"(?: (?:the|all|all the|these|its|their))? (?P<noun>[a-z ]{3,40}?)"
    r" (?:by|according to|in order of|on) [a-z ]{3,60}"
    r"|(?:rank|order|sort|list)(?: (?:the|all|all the))? (?P<other>[a-z ]{3,60}?),?"
    r" from (?:the )?(?P<word>[a-z]+) to (?:the )?[a-z]+"
)


def _ordered(flat: str) -> Superlative | None:
    """ "Rank the towns by population": all of them, in order."""
    found = _ORDERED.match(flat)
    if found is None:
        return None
    word = found["word"] or "most"
    way = _ends().get(word)
    named = nouns(found["noun"] or found["other"])
    return Superlative(way, word, named, n_told=ALL, moves=moves(flat)) if way else None
