"""Families: figures that are told alike of several owners or times, as the rows of a table are.

"Which region has the most?" is asked of a family: one measure in one unit, each figure of another
owner (or of another time, when the question asks which year), all of one article. Where owners
are not told apart, what stands side by side is one: the like figures of one enumeration ("41% are
slices, 17% cream cheese and 14% mozzarella"), or those in one place of the items of a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.evidence.linking import Card, Link
from bot.language import terms
from ingest import Figure, units
from ingest.figures import Origin

MAX_MEMBERS = 40
# A question that names this many of a family is asked of those alone.
N_NAMED = 2
_ASKS_TIME = re.compile(
    r"\b(?:which|what|whose)(?: [a-z]+)? (?:years?|months?|quarters?|seasons?|weeks?|days?)\b"
)


@dataclass(frozen=True, slots=True)
class Family:
    """Figures of one measure, each of another owner or time; score: how well they fit.

    labels: the stems that stand by each member alone; is_named: the question names just these
    """

    members: tuple[Figure, ...]
    score: float
    labels: tuple[frozenset[str], ...] = ()
    is_named: bool = False

    def asked(self, phrase: str) -> Figure | None:
        """The one member whose owner or label a phrase names best."""
        if found := asked_member(self.members, phrase):
            return found
        stems = set(terms.stems(phrase))
        held = [len(stems & label) for label in self.labels]
        best = max(held, default=0)
        return self.members[held.index(best)] if best and held.count(best) == 1 else None


def find(links: Sequence[Link], cards: Sequence[Card], question: str) -> Iterator[Family]:
    """The families of the figures that fit best, those with the surest first, none twice."""
    slot = "period" if asks_time(question) else "entity"
    figures = [card.figure for card in cards]
    sentences = {card.figure.place: card.sentence for card in cards}
    seen: set[tuple[Figure, ...]] = set()
    for link in links:
        seed = link.card.figure
        alike, row = kin(seed, figures, slot), beside(seed, figures)
        labels = _labels(row, sentences) if len(row) > len(alike) else ()
        family = _named(Family(row if labels else alike, link.score, labels), question)
        if len(family.members) >= N_NAMED and family.members not in seen:
            seen.add(family.members)
            yield family


def asks_time(question: str) -> bool:
    """Whether a question asks which year, month or other time it was."""
    return bool(_ASKS_TIME.search(question.lower()))


# -- side by side -----------------------------------------------------------------------------

# Characters between two figures of an enumeration, and between two items of a list.
REACH, NEXT = 60, 6
N_BESIDE = 3


def beside(seed: Figure, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures that are told in one row with the seed, in order; () of fewer than three."""
    like = sorted((f for f in figures if f == seed or _is_like(f, seed)), key=lambda f: f.start)
    row = _enumerated(seed, like)
    if len(row) < N_BESIDE:
        row = _listed(seed, like)
    return tuple(row[:MAX_MEMBERS]) if len(row) >= N_BESIDE else ()


def _enumerated(seed: Figure, like: Sequence[Figure]) -> list[Figure]:
    """The run of figures around the seed in its sentence, none far from the next."""
    own = [f for f in like if f.sentence == seed.sentence]
    runs: list[list[Figure]] = [[]]
    for figure in own:
        if runs[-1] and figure.start - runs[-1][-1].end > REACH:
            runs.append([])
        runs[-1].append(figure)
    return next((run for run in runs if seed in run), [])


def _listed(seed: Figure, like: Sequence[Figure]) -> list[Figure]:
    """The figures in the seed's place in the items before and after its own."""
    items: dict[int, list[Figure]] = {}
    for figure in like:
        items.setdefault(figure.sentence.start, []).append(figure)
    place = items[seed.sentence.start].index(seed)
    kept: list[list[Figure]] = [[]]
    for own in items.values():
        last = kept[-1][-1] if kept[-1] else None
        if last and own[0].sentence.start - last.sentence.end > NEXT:
            kept.append([])
        if len(own) > place and not is_whole_of(own[place], seed):
            kept[-1].append(own[place])
    return next((run for run in kept if seed in run), [])


def _labels(
    row: Sequence[Figure], sentences: Mapping[tuple[str, int], str]
) -> tuple[frozenset[str], ...]:
    """The words by each figure of a row that stand by no other."""
    stems = [frozenset(terms.stems(text)) for text in texts(row, sentences)]
    common = frozenset.intersection(*stems) if stems else frozenset()
    return tuple(own - common for own in stems)


def texts(row: Sequence[Figure], sentences: Mapping[tuple[str, int], str]) -> list[str]:
    """What stands by each figure of a row and says what it is of.

    sentences: those of the figures, by article and the start of the figure
    """
    are_items = len({f.sentence.start for f in row}) == len(row)
    return [_item(f, sentences) for f in row] if are_items else _segments(row, sentences)


def _item(figure: Figure, sentences: Mapping[tuple[str, int], str]) -> str:
    """What an item says before its figure, or after it where it opens with it."""
    sentence, start = sentences[figure.place], figure.sentence.start
    before = sentence[: figure.start - start]
    return before if terms.words(before) else sentence[figure.end - start :]


def _segments(row: Sequence[Figure], sentences: Mapping[tuple[str, int], str]) -> list[str]:
    """The parts of a sentence that say what each of its figures is of: those after the figures
    where words follow the last one, else those before them."""
    sentence, start = sentences[row[0].place], row[0].sentence.start
    places = [(f.start - start, f.end - start) for f in row]
    tail = re.split(r"[.;,:]", sentence[places[-1][1] :], maxsplit=1)[0]
    if terms.words(tail):
        ends = [a for a, _ in places[1:]] + [places[-1][1] + len(tail)]
        return [sentence[b:end] for (_, b), end in zip(places, ends, strict=True)]
    begins = [max(0, places[0][0] - REACH)] + [b for _, b in places[:-1]]
    return [sentence[begin:a] for begin, (a, _) in zip(begins, places, strict=True)]


# -- of one measure ---------------------------------------------------------------------------


def kin(seed: Figure, figures: Sequence[Figure], slot: str = "entity") -> tuple[Figure, ...]:
    """The first figure of each owner (or time) that is told like the seed, in order.

    slot: "entity" for owners, "period" for times
    """
    found: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda f: (f != seed, f.start)):
        name = getattr(figure, slot)
        if name and _is_like(figure, seed) and _is_beside(figure, seed, slot):
            if slot == "period" or not is_whole_of(figure, seed):
                found.setdefault(name, figure)
    kept = sorted(found.values(), key=lambda f: f.start)[:MAX_MEMBERS]
    return tuple(kept) if seed in kept else ()


def _is_like(figure: Figure, seed: Figure) -> bool:
    """One article, kind, claim and unit."""
    is_alike = (figure.article_id, figure.kind, figure.claim) == (
        seed.article_id,
        seed.kind,
        seed.claim,
    )
    are_counts = all(units.is_count(f.unit) or f.unit == "1" for f in (figure, seed))
    return is_alike and (figure.unit == seed.unit or are_counts)


def _is_beside(figure: Figure, seed: Figure, slot: str) -> bool:
    """In one column of a table; else of one measure, and of one time (or owner)."""
    other = "entity" if slot == "period" else "period"
    if slot == "entity" and (column := _column(seed)):
        return _column(figure) == column
    is_one = getattr(figure, other) == getattr(seed, other)
    return is_one and figure.measure == seed.measure


def _column(figure: Figure) -> frozenset[int]:
    """The header cells that a figure stands under."""
    return frozenset(
        o.start for o in figure.origins if o.how == "header" and not _is_in_row(o, figure)
    )


def _is_in_row(origin: Origin, figure: Figure) -> bool:
    return figure.sentence.start <= origin.start < figure.sentence.end


def is_whole_of(whole: Figure, part: Figure) -> bool:
    """Whether a figure is said to be of all, a part among them: by its owner's name, or as one of
    the part's column whose row is headed by no owner."""
    if is_whole(whole.entity or ""):
        return True
    are_unlike = _is_headed(part) and not _is_headed(whole)
    return are_unlike and bool(_column(part)) and _column(whole) == _column(part)


def _is_headed(figure: Figure) -> bool:
    return any(o.slot == "entity" and o.how == "header" for o in figure.origins)


def is_whole(name: str) -> bool:
    """ "Total", "All regions": a sum or mean of the others, no member."""
    return bool(set(terms.table("phrasing")["wholes"].split()) & set(name.lower().split()))


def _named(family: Family, question: str) -> Family:
    """Those that the question names, where it names several."""
    asked, members = set(terms.stems(question)), family.members
    labels = family.labels or tuple(frozenset[str]() for _ in members)
    held = Counter(stem for label in labels for stem in label)
    own = {stem for stem, n in held.items() if n == 1}
    are_owned = len({f.entity for f in members}) == len(members)
    named = [
        (figure, label)
        for figure, label in zip(members, labels, strict=True)
        if (are_owned and is_named(figure, asked)) or asked & label & own or set() < label <= asked
    ]
    if not N_NAMED <= len(named) < len(members):
        return replace(family, is_named=bool(members) and len(named) == len(members))
    kept, told = zip(*named, strict=True)
    return replace(family, members=kept, labels=told if family.labels else (), is_named=True)


def is_named(figure: Figure, asked: set[str]) -> bool:
    own = set(terms.stems(figure.entity or ""))
    return bool(own) and own <= asked


def asked_member(members: Sequence[Figure], phrase: str) -> Figure | None:
    """The one member whose owner a phrase names best; None where none or several do."""
    asked = set(terms.stems(phrase))
    scored = [(len(asked & set(terms.stems(f.entity or ""))), f) for f in members]
    best = max((n for n, _ in scored), default=0)
    found = [f for n, f in scored if n == best]
    return found[0] if best and len(found) == 1 else None


# -- named to choose between -------------------------------------------------------------------

_CHOICES = re.compile(
    r"^(?:of|between|among|out of) (?P<a>[^?]{3,150}?), (?:which|what|who)\b"
    r"|^(?:which|what|who)\b[^?:]{3,80}(?::|,| [-–—]) (?P<b>[^?:]{3,150}? or [^?]{2,60}?)\W*$",
    re.IGNORECASE,
)
_CHOICE = re.compile(r",? (?:and|or) |, ")


def choices(question: str) -> list[str]:
    """What a question lets choose between: "Of rye, oats and wheat, which rose most?"."""
    found = _CHOICES.search(question)
    named = _CHOICE.split(found["a"] or found["b"]) if found else []
    return named if len(named) > 1 and all(map(terms.find, named)) else []
