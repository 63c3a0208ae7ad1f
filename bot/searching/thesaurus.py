"""A thesaurus of what articles measure, and a question put in the words of its articles.

People ask for "sales abroad" where an article tells "exports". Each line of data/thesaurus.txt is a
group of phrases for one thing. A phrase of the question that the evidence nowhere has is exchanged
for the one of its group that stands in the best sentence found; what stands there is left alone. A
phrase marked "*" is too common a word to be exchanged itself: the tagger has learnt it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from bot.language import expecting, terms
from bot.retrieval import Evidence

GAP, COMMON = "..", "*"
# Words that may stand in the place of a gap.
MAX_GAP = 4
_SKIPPED = frozenset("a an the its their his her our my your this that s please".split())
_ASKING = frozenset("how who what where when why which".split())

Stems = tuple[str, ...]
Held = frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word text[start:end] by its stem; words that tell nothing of a thing are none."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the thesaurus in a text: words[first:last], those in its gap, its groups."""

    first: int
    last: int
    gap: tuple[int, int]
    groups: tuple[int, ...]


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[str, ...], ...]:
    """Every group of the thesaurus, the phrase that articles use most first."""
    text = files("bot").joinpath("data", "thesaurus.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if "|" in line and not line.startswith("#"))
    return tuple(tuple(one.strip() for one in line.split("|")) for line in lines)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[Stems, tuple[int, ...]]]:
    """Every phrase by its first stem: its stems, and the groups that it stands in."""
    found: dict[str, dict[Stems, tuple[int, ...]]] = {}
    for number, group in enumerate(groups()):
        for phrase in group:
            if phrase.startswith(COMMON):
                continue
            stems = stems_of(phrase)
            held = found.setdefault(stems[0], {})
            held[stems] = tuple(dict.fromkeys((*held.get(stems, ()), number)))
    return found


@lru_cache(maxsize=50_000)
def stems_of(phrase: str) -> Stems:
    """The stems of a phrase of the thesaurus; ".." is its gap."""
    found: list[str] = []
    for part in phrase.split():
        found += [GAP] if part == GAP else [word.stem for word in words(part)]
    return tuple(found)


def words(text: str) -> list[Word]:
    """The words of a text, all but articles and possessives."""
    return [
        Word(terms.stem(m.group()), m.start(), m.end())
        for m in terms.words(text)
        if m.group().lower() not in _SKIPPED
    ]


def find(text: str, told: Sequence[Word]) -> Iterator[Found]:
    """The phrases of the thesaurus in a text, the longest first at each place, none over another.

    A word written like a name is none of a phrase's.
    """
    at = 0
    while at < len(told):
        found = _longest(text, told, at)
        if found is not None:
            yield found
        at = found.last if found is not None else at + 1


def _longest(text: str, told: Sequence[Word], at: int) -> Found | None:
    """The phrase that begins at a word and ends last, of these the one that says most."""
    best: tuple[tuple[int, int], Found | None] = ((at, 0), None)
    for stems, numbers in _phrases().get(told[at].stem, {}).items():
        matched = _match(stems, told, at)
        if matched is None or (matched[0], len(stems)) <= best[0]:
            continue
        if not _is_named(text, told[at : matched[0]]):
            best = (matched[0], len(stems)), Found(at, *matched, numbers)
    return best[1]


def _match(stems: Stems, told: Sequence[Word], at: int) -> tuple[int, tuple[int, int]] | None:
    """Where a phrase that begins at a word ends, and the words in its gap."""
    if GAP not in stems:
        return (at + len(stems), (at, at)) if _is_at(stems, told, at) else None
    cut = stems.index(GAP)
    before, after = stems[:cut], stems[cut + 1 :]
    if not _is_at(before, told, at):
        return None
    begins = at + len(before)
    for width in range(MAX_GAP + 1):
        if _is_at(after, told, begins + width):
            return begins + width + len(after), (begins, begins + width)
    return None


def _is_at(stems: Stems, told: Sequence[Word], at: int) -> bool:
    return len(told) >= at + len(stems) and all(
        told[at + i].stem == stem for i, stem in enumerate(stems)
    )


def _is_named(text: str, told: Sequence[Word]) -> bool:
    """Whether a word in the middle of a sentence is written large, its neighbours small."""
    return any(w.start > 0 and text[w.start].isupper() for w in told) and not text.isupper()


class Wording:
    """The words of the best sentences of the evidence, to put a question in."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    @cached_property
    def _lines(self) -> list[tuple[list[Word], Held]]:
        """The words of each line and their stems, read when a phrase is looked for."""
        read = map(words, self._evidence.words())
        return [(line, frozenset(word.stem for word in line)) for line in read]

    def rank(self, stems: Stems) -> int | None:
        """The place of the first line that has a phrase."""
        wanted = frozenset(stems) - {GAP}
        for n, (line, held) in enumerate(self._lines):
            if wanted <= held and any(_match(stems, line, at) for at in range(len(line))):
                return n
        return None

    def put(self, text: str) -> str:
        """The text, each phrase that the evidence lacks exchanged for one that it has, all but
        what only says what is wanted ("the source of", "advice")."""
        told, asking = words(text), expecting.worded(text)
        made = text
        for found in reversed(list(find(text, told))):
            if any(word.stem in asking for word in told[found.first : found.last]):
                continue
            first, last = found.gap
            kept = (*told[: found.first], *told[first:last], *told[found.last :])
            beside = {word.stem for word in kept}
            instead = self._instead(told, found, beside)
            if instead is not None:
                start, end = told[found.first].start, told[found.last - 1].end
                made = made[:start] + _filled(instead, text, told, found) + made[end:]
        return made

    def _instead(self, told: Sequence[Word], found: Found, beside: Set[str]) -> str | None:
        """The phrase of its groups that the evidence has, saying no word of those beside it."""
        own = tuple(word.stem for word in told[found.first : found.last])
        gapless = own[: found.gap[0] - found.first] + own[found.gap[1] - found.first :]
        if self.rank(own) is not None or self.rank(gapless) is not None:
            return None
        named = (phrase.removeprefix(COMMON) for n in found.groups for phrase in groups()[n])
        others = {phrase: stems_of(phrase) for phrase in named}
        ranked = [
            (rank, one)
            for one, stems in others.items()
            if not beside & {*stems} and (rank := self.rank(stems)) is not None
        ]
        return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _filled(phrase: str, text: str, told: Sequence[Word], found: Found) -> str:
    """A phrase with the words of the gap that it takes the place of."""
    first, last = found.gap
    between = text[told[first - 1].end : told[last].start] if last > first else ""
    filled = phrase.replace(GAP, between) if GAP in phrase else f"{phrase} {between}"
    return " ".join([*_asking(told[found.first].stem, phrase), *filled.split()])


def _asking(begins: str, phrase: str) -> list[str]:
    """What keeps "how many people came" a question once it is "attendance"."""
    if begins not in _ASKING or phrase.split()[0] in _ASKING:
        return []
    return ["how", "many"] if begins == "how" and phrase.endswith("s") else ["what"]
