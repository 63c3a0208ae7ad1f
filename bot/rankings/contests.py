"""Contests: sets of like figures of which one is the most, and which set a question ranks.

A set is a column of a table without its sums, the same cell of a row over several times, the like
figures of the items of a list, or those that one sentence sets side by side. Each member has the
name that a reader knows it by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot import derivation
from bot.evidence import cells, families, linking
from bot.evidence.linking import Card, Linker
from bot.language import superlatives, terms
from bot.language.superlatives import Superlative
from bot.questions import Query
from ingest import Article, Figure, periods
from ingest.figures import names_measure

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Member:
    """A figure with the name of what it is of."""

    name: str
    figure: Figure

    @property
    def size(self) -> Decimal:
        value = self.figure.value or Decimal(0)
        is_fall = self.figure.direction == "down" and self.figure.kind == "change"
        return -abs(value) if is_fall else value


@dataclass(frozen=True, slots=True)
class Ranked:
    """A set that may be ranked.

    heads: stems over the names; told: of what tells what is measured; around: of what stands above;
    title: of the article's
    head: what heads the column, as it is written; is_row: whether the names head columns
    """

    members: tuple[Member, ...]
    heads: frozenset[str]
    told: frozenset[str]
    around: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    head: str = ""
    is_row: bool = False
    is_prose: bool = False

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(member.figure for member in self.members)


# -- tables -------------------------------------------------------------------------------------

# A name that only numbers its row, as a place in a ranking does.
_NUMBER = re.compile(r"(?:no\. ?)?#?\d{1,3}\.?")
_TIME = re.compile(r"(?:FY ?|[HQ]\d )?(?:19|20)\d\d.*")
Cell = tuple[cells.Row, int, Card]


def tables(cards: Sequence[Card], articles: Mapping[str, Article]) -> Iterator[Ranked]:
    """The columns of every table, without its sums; and each row over several times or owners."""
    held: dict[Place, list[Cell]] = {}
    for card in cards:
        figure = card.figure
        article = articles[figure.article_id]
        block = next((b for b in article.blocks if b.start <= figure.start < b.end), None)
        found = cells.row(article, figure.start) if block and block.kind == "table" else None
        at = found.at(figure.start) if found else None
        if block and found and at is not None:
            held.setdefault((figure.article_id, block.start), []).append((found, at, card))
    for told in held.values():
        rows = {row.starts[0]: row for row, _, _ in told}
        names = _name_column([*rows.values()])
        yield from _columns(told, rows, names)
        yield from _rows(told, names)


def _columns(told: Sequence[Cell], rows: Mapping[int, cells.Row], names: int) -> Iterator[Ranked]:
    columns: dict[int, dict[int, Card]] = {}
    for row, at, card in told:
        if at != names and names < len(row.names) and row.names[names]:
            columns.setdefault(at, {}).setdefault(row.starts[0], card)
    wholes = _wholes(rows, columns, names)
    heads = next(iter(rows.values())).heads
    for at, column in columns.items():
        kept = {start: card for start, card in column.items() if start not in wholes}
        members = tuple(
            Member(_unnumbered(rows[s].names[names]), c.figure) for s, c in kept.items()
        )
        if is_set(members):
            head = heads[at] if at < len(heads) else ""
            measured = terms.stems_of(f"{head} {members[0].figure.measure or ''}")
            first = next(iter(kept.values()))
            over = terms.stems_of(heads[names] if names < len(heads) else "") | _times(members)
            yield Ranked(members, over, measured, first.above, first.title, head)


def _rows(told: Sequence[Cell], names: int) -> Iterator[Ranked]:
    """Each row whose columns tell one measure."""
    held: dict[tuple[int, str, str], list[Cell]] = {}
    for row, at, card in told:
        if at != names and at < len(row.heads) and not names_measure(row.heads[at]):
            like = (row.starts[0], card.figure.kind, card.figure.unit)
            held.setdefault(like, []).append((row, at, card))
    for own in held.values():
        members = tuple(Member(row.heads[at], card.figure) for row, at, card in own)
        row, _, card = own[0]
        if is_set(members) and names < len(row.names):
            measured = terms.stems_of(f"{row.names[names]} {card.figure.measure or ''}")
            over, label = _times(members), row.names[names]
            yield Ranked(members, over, measured, card.above, card.title, label, is_row=True)


def _unnumbered(name: str) -> str:
    """ "6 Velika" and "2. Undertow" without their place in a list."""
    return re.sub(r"^\d{1,3}[.)]? (?=[^\W\d_])", "", name)


def is_set(members: Sequence[Member]) -> bool:
    """Whether there are several, each with a name of its own."""
    return 1 < len({m.name for m in members if m.name}) == len(members)


def _times(members: Sequence[Member]) -> frozenset[str]:
    """What names that are years, months or the like are called."""
    are_times = all(periods.spans(m.name) or _TIME.fullmatch(m.name) for m in members)
    return times() if are_times else frozenset()


def times() -> frozenset[str]:
    """Stems of the nouns of times."""
    return terms.stems_of(terms.table("superlatives")["times"])


def _name_column(rows: Sequence[cells.Row]) -> int:
    """The column that names the rows: the first that does more than number them."""
    width = min(len(row.names) for row in rows)
    for at in range(width):
        if not all(_NUMBER.fullmatch(row.names[at]) or not row.names[at] for row in rows):
            return at
    return 0


def _wholes(
    rows: Mapping[int, cells.Row], columns: Mapping[int, Mapping[int, Card]], names: int
) -> frozenset[int]:
    """The rows that sum up or average others: by name, or as the sum of all others in most of the
    columns that can be added up."""
    named = {s for s, row in rows.items() if families.is_whole(row.names[names])}
    held: Counter[int] = Counter()
    levels: Counter[int] = Counter()
    for column in columns.values():
        left = {s: c.figure for s, c in column.items() if s not in named}
        values = {s: f.value for s, f in left.items() if f.value is not None and _adds_up(f)}
        total = sum(values.values(), Decimal(0))
        if len(values) > N_SUMMED:
            levels.update(values.keys())
            held.update(s for s, v in values.items() if v and abs(total - 2 * v) <= v * SLACK)
    return frozenset(named.union(s for s, n in held.items() if 2 * n > levels[s]))


def _adds_up(figure: Figure) -> bool:
    return figure.kind != "change" and figure.value is not None and figure.value >= 0


# A sum has so many parts at least, and misses them by no more than this.
N_SUMMED, SLACK = 3, Decimal("0.004")


# -- prose --------------------------------------------------------------------------------------

# So many of the figures that fit best lead to what stands side by side with them.
N_SEEDS = 8


def prose(
    seeds: Sequence[Card], cards: Sequence[Card], articles: Mapping[str, Article]
) -> Iterator[Ranked]:
    """What stands side by side with some figures, in one sentence or in the items of a list, and
    what is told alike under several headings."""
    figures = [card.figure for card in cards if not _is_cell(card.figure, articles)]
    by_place = {card.figure.place: card for card in cards}
    seen: set[frozenset[Place]] = set()
    for seed in (card.figure for card in seeds if not _is_cell(card.figure, articles)):
        alike = families.kin(seed, figures) if _is_headed(seed) else ()
        headed = tuple(filter(_is_headed, alike))
        for told in (families.beside(seed, figures), headed):
            parts = _parts(told) if _are_of_one(told) and _are_all(told, figures) else []
            places = frozenset(part.place for part in parts)
            if len(parts) > 1 and places not in seen:
                seen.add(places)
                yield _of_prose(parts, [by_place[f.place] for f in parts])


def _is_headed(figure: Figure) -> bool:
    """Whether a heading says what a figure is of."""
    return any(o.slot == "entity" and o.how == "heading" for o in figure.origins)


def _are_of_one(told: Sequence[Figure]) -> bool:
    """Whether figures stand in one sentence or tell one measure: the lines under one heading may
    tell a budget and what it brought."""
    measures = {f.measure for f in told}
    return len({f.sentence for f in told}) == 1 or len(measures) == 1


def _are_all(told: Sequence[Figure], figures: Sequence[Figure]) -> bool:
    """Whether a sentence has no other figure like those that it sets side by side."""
    first = told[0] if told else None
    if first is None or len({f.sentence for f in told}) > 1:
        return True
    own = [f for f in figures if f.sentence_place == first.sentence_place]
    like = [f for f in own if (f.kind, f.unit) == (first.kind, first.unit)]
    return len(_parts(like)) <= len(_parts(told))


def _parts(told: Sequence[Figure]) -> list[Figure]:
    """The figures without the one that is the sum of all others."""
    total = sum((f.value or Decimal(0) for f in told), Decimal(0))
    are_many = len(told) > N_SUMMED and all(_adds_up(f) for f in told)
    return [
        f
        for f in told
        if not (are_many and f.value and abs(total - 2 * f.value) <= f.value * SLACK)
    ]


def _of_prose(told: Sequence[Figure], own: Sequence[Card]) -> Ranked:
    measures = frozenset[str]().union(*(c.measure | frozenset(c.near) for c in own))
    measures = frozenset(stem for stem in measures if not stem[0].isdigit())
    around = frozenset[str]().union(*(c.above | c.before for c in own))
    named = zip(_names(told, own), told, strict=True)
    members = tuple(Member(name, figure) for name, figure in named)
    return Ranked(members, frozenset(), measures, around, own[0].title, is_prose=True)


def _is_cell(figure: Figure, articles: Mapping[str, Article]) -> bool:
    return cells.row(articles[figure.article_id], figure.start) is not None


def _names(told: Sequence[Figure], own: Sequence[Card]) -> list[str]:
    """What each figure is of: what its heading says, else the words beside it; "" of all where
    these are not told apart."""
    texts = families.texts(told, {c.figure.place: c.sentence for c in own})
    found = [f.entity or "" for f in told] if all(map(_is_headed, told)) else [*map(name_in, texts)]
    are_alike = len({name[:1].isupper() for name in found}) == 1
    is_told = are_alike and all(found) and len(set(found)) == len(found)
    return found if is_told else [""] * len(found)


_INSIDE = frozenset(["and", "of", "the"])
MAX_NAME = 4


def name_in(text: str) -> str:
    """The name that a piece of a sentence ends or begins with: "DENV-4" of " against DENV-4.",
    "Istanbul" of "The room rate in Istanbul was"; "" where none is plain."""
    piece = re.split(r"[:;(]|[.!?] ", text.strip(" .,;:()–—-*•"))[-1]
    words = piece.replace("*", " ").split()
    while words and _is_small(words[0]):
        words.pop(0)
    while words and _is_small(words[-1]):
        words.pop()
    inner = [i for i, word in enumerate(words) if _is_small(word) and word.lower() not in _INSIDE]
    words = words[inner[-1] + 1 :] if inner else words
    while words and _is_small(words[0]):
        words.pop(0)
    words = _capitals(words)
    name = " ".join(words).strip(" ,.;:")
    is_plain = 0 < len(words) <= MAX_NAME and not re.search(r"\d|[|%$€£¥,]", name)
    return name if is_plain or re.fullmatch(r"[A-Z][\w-]*-\d+", name) else ""


def _capitals(words: Sequence[str]) -> Sequence[str]:
    """The last run of words with capitals, where there is one: "United States provided"."""
    at = [i for i, word in enumerate(words) if word[:1].isupper()]
    if not at:
        return words
    first = at[-1]
    while first and (words[first - 1][:1].isupper() or words[first - 1] in _INSIDE):
        first -= 1
    return words[first : at[-1] + 1]


def _is_small(word: str) -> bool:
    return word.lower().strip(",.") in _small()


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(terms.table("superlatives")["no_name"].split())


# -- which one is asked about -------------------------------------------------------------------


def fits_kind(ranked: Ranked, asked: Superlative) -> bool:
    """Whether moves are ranked where they are asked for, and levels where they are."""
    is_move = all(m.figure.kind == "change" for m in ranked.members)
    return is_move == bool(asked.moves)


def in_order(ranked: Ranked, asked: Superlative) -> list[Member]:
    """The members, what is asked for first."""
    return sorted(ranked.members, key=lambda m: m.size, reverse=not is_upward(ranked, asked))


def is_upward(ranked: Ranked, asked: Superlative) -> bool:
    """Whether the smallest comes first; the greatest fall is the least of moves with a sign."""
    is_least = asked.way == "least"
    if asked.moves == "down" and any(m.size < 0 for m in ranked.members):
        return not is_least
    return is_least


@dataclass(frozen=True, slots=True)
class Asking:
    """What a set is held against: the words of a question beside those that only rank.

    words: stems that tell what is measured; links, chances: how well each figure fits the
    question, by rules and by the tagger, by article and start; top: the chance of the likeliest set
    """

    asked: Superlative
    query: Query
    words: tuple[str, ...]
    links: Mapping[Place, float]
    chances: Mapping[Place, float]
    top: float = 0.0


HEADED, ABOVE, SPOKEN_OF, BY_RULES, BY_TAGGER = 0.5, 0.2, 0.6, 0.5, 0.6
# How surely a set is measured as is asked where nothing else than its things is named, and how
# surely it has to be where its names are headed as is asked, and where they are not.
UNASKED, LEAST_MEASURED, LEAST_UNHEADED, LEAST_STRANGE = 0.5, 0.3, 0.5, 0.66
# No more of a question's words may stand nowhere in or above a set, unless its figures are meant
# by the tagger's word.
MISSED, MEANT = 0.5, 0.3
# By the tagger's word alone a set is meant that it finds as likely as any other, nearly.
NEARLY = 0.95
# What stands above a set holds a word of the question by so much, beside what heads it.
AROUND = 0.6
# What a head tells that nobody asked for.
EXTRA, MAX_EXTRA = 0.05, 4
OTHER_CLAIM, OTHER_TIME, OF_ANOTHER, UNLIKE = 0.4, 0.8, 0.4, 0.2
LATEST = 0.15
# A set that fits less well is not the one that is asked about.
ENOUGH = 0.6


def sets(linker: Linker, articles: Mapping[str, Article], asking: Asking) -> Iterator[Ranked]:
    """Every set that a question may rank."""
    yield from tables(linker.cards, articles)
    fits = sorted(linker.cards, key=lambda c: -asking.links[c.figure.place])[:N_SEEDS]
    tagged = sorted(linker.cards, key=lambda c: -asking.chances[c.figure.place])[:N_SEEDS]
    yield from prose([*tagged, *fits], linker.cards, articles)


def asking(
    asked: Superlative, query: Query, linker: Linker, chances: Callable[[Figure], float]
) -> Asking:
    """The question, read for what it says of a set's measure."""
    spent = terms.stems_of(f"{asked.word} {asked.nouns[0] if asked.nouns else ''} {_all_moves()}")
    spent |= terms.stems_of(terms.table("phrasing")["of_lists"]) | superlatives.spent()
    words = [s for s in terms.stems(query.text) if s not in spent and not s.isdigit()]
    goal = derivation.goal_of(query, kinds=(), classes=(), unit=None, counted=None, names=())
    if asked.is_of_value:
        words += [s for n in asked.nouns for s in terms.stems(n)]
    links = {link.card.figure.place: link.score for link in linker.links(goal)}
    tagged = {card.figure.place: chances(card.figure) for card in linker.cards}
    return Asking(asked, query, tuple(dict.fromkeys(words)), links, tagged)


def _all_moves() -> str:
    table = terms.table("superlatives")
    return f"{table['rises']} {table['falls']} {table['changes']}"


def worth(ranked: Ranked, asking: Asking) -> float:
    """How well a set fits what is asked: higher is better, 0 where nothing tells that its measure
    is meant; two of one table differ by what heads their columns alone."""
    asked, figures = asking.asked, ranked.figures
    is_headed = _is_named(asked.nouns, ranked.heads)
    is_above = _is_named(asked.nouns, ranked.around | (ranked.told if ranked.is_prose else _NONE))
    measured = _measured(ranked, asking)
    is_meant = _mean(asking.chances, figures) >= MEANT or _missed(ranked, asking) <= MISSED
    if measured < _least(ranked, asked, is_headed, is_above) or not is_meant:
        return 0.0
    score = measured + (HEADED if is_headed else 0.0) + (ABOVE if is_above else 0.0)
    score += BY_RULES * _mean(asking.links, figures) + BY_TAGGER * _mean(asking.chances, figures)
    score -= 0.0 if ranked.is_prose else EXTRA * min(MAX_EXTRA, len(_unasked(ranked, asking)))
    score -= (
        UNLIKE if _is_for_each(ranked) != bool(_EACH.search(asking.query.text.lower())) else 0.0
    )
    score -= OF_ANOTHER if _is_of_another(ranked, asking.query) else 0.0
    return score - _of_another_time(ranked, asking.query)


_NONE = frozenset[str]()


def _least(ranked: Ranked, asked: Superlative, is_headed: bool, is_above: bool) -> float:
    """How surely a set must be measured as is asked: more where its names are called otherwise."""
    if is_headed:
        return LEAST_MEASURED
    is_open = is_above or not asked.nouns or asked.nouns[0] in _ANYTHING
    return LEAST_UNHEADED if is_open else LEAST_STRANGE


_ANYTHING = frozenset(["who", "where", "one"])


_EACH = re.compile(r"\b(?:per|each|apiece|a head|every)\b")


def _is_for_each(ranked: Ranked) -> bool:
    """Whether a set tells so much for each of something."""
    return "/" in ranked.figures[0].unit or bool(_EACH.search(ranked.head.lower()))


def _missed(ranked: Ranked, asking: Asking) -> float:
    """The share of a question's telling words that stand nowhere in or above a set."""
    owners = terms.stem_set(f"{m.name} {m.figure.entity or ''}" for m in ranked.members)
    known = ranked.told | ranked.around | ranked.title | ranked.heads | owners
    held = {word: bool(linking.likes(word, known)) for word in asking.words}
    words = [w for w, is_held in held.items() if is_held or w not in linking.unspecific()]
    return sum(not held[w] for w in words) / len(words) if words else 0.0


def _measured(ranked: Ranked, asking: Asking) -> float:
    """How surely what a set tells is what is to be ranked by, from 0 to 1."""
    owners = terms.stem_set(f"{m.name} {m.figure.entity or ''}" for m in ranked.members)
    named = (owners | ranked.heads | ranked.title) - ranked.told
    by = _BY.search(asking.query.text.lower())
    told_by = terms.stems_of(by[1]) if by else _NONE
    asked = [w for w in asking.words if w in told_by or not linking.likes(w, named)]
    held = [_held(w, ranked) for w in asked if w not in linking.unspecific() or w in ranked.told]
    told = sum(held) / len(held) if held else UNASKED
    is_spoken_above = bool(asking.asked.speaks & ranked.around)
    spoken_of = SPOKEN_OF if asking.asked.speaks & ranked.told else ABOVE * 2 * is_spoken_above
    if asking.asked.speaks and not held:
        told = 0.0
    chance = _mean(asking.chances, ranked.figures)
    is_likeliest = chance >= max(MEANT, NEARLY * asking.top)
    return max(told, spoken_of, chance if is_likeliest else 0.0)


# "The biggest by cars sold": what it is that is measured.
_BY = re.compile(r"\bby ((?:[a-z]+ ?){1,4})[?.!]*$")


def _held(word: str, ranked: Ranked) -> float:
    """How well a word of the question stands in what tells a set's measure, or above it."""
    own = max(linking.likes(word, ranked.told).values(), default=0.0)
    return max(own, AROUND * max(linking.likes(word, ranked.around).values(), default=0.0))


def _is_of_another(ranked: Ranked, query: Query) -> bool:
    """Whether no name of the question stands in or above a set."""
    names = [s for e in query.entities for s in terms.stems(e)]
    owners = terms.stem_set(f"{m.name} {m.figure.entity or ''}" for m in ranked.members)
    held = ranked.told | ranked.around | ranked.title | ranked.heads | owners
    return bool(names) and not any(linking.likes(name, held) for name in names)


def _is_named(nouns: Sequence[str], heads: frozenset[str]) -> bool:
    stems = {terms.stem(noun) for noun in nouns}
    kin = {s for s in stems for group in _groups() if s in group for s in group}
    return any(linking.likes(stem, heads) for stem in stems) or bool(kin & heads)


@lru_cache(maxsize=1)
def _groups() -> tuple[frozenset[str], ...]:
    groups = terms.table("superlatives")["nouns"]
    return tuple(frozenset(map(terms.stem, group.split())) for group in groups)


def _mean(of: Mapping[Place, float], figures: Sequence[Figure]) -> float:
    return sum(of.get(f.place, 0.0) for f in figures) / len(figures)


def _unasked(ranked: Ranked, asking: Asking) -> list[str]:
    known = {*asking.words, *asking.asked.speaks}
    return [s for s in ranked.told if not linking.likes(s, known) and not s.isdigit()]


def _of_another_time(ranked: Ranked, query: Query) -> float:
    """What a set loses as one of another time than is asked for, or of what was only planned."""
    if query.periods:
        told = {f.period for f in ranked.figures if f.period}
        fits = [linking.period_pair(a, p) for a in query.periods for p in told]
        return OTHER_TIME * (1 - max(fits, default=0.7))
    return OTHER_CLAIM * any(f.claim in ("forecast", "target") for f in ranked.figures)


def best(found: Iterable[Ranked], asking: Asking) -> list[tuple[float, Ranked]]:
    """The sets that may be asked about, the likeliest first; of like ones the latest."""
    narrowed = [_named(one, asking) for one in found if is_set(one.members)]
    fitting = [one for one in narrowed if one and fits_kind(one, asking.asked)]
    top = max((_mean(asking.chances, one.figures) for one in fitting), default=0.0)
    asking = replace(asking, top=top)
    scored = [(worth(one, asking) + _late(one, fitting, asking.query), one) for one in fitting]
    return sorted((item for item in scored if item[0] > ENOUGH), key=lambda item: -item[0])


def _named(one: Ranked, asking: Asking) -> Ranked | None:
    """The members that the question names, where it names several; None of a set that can be of no
    such question: of times where none is asked for, or of none where one is."""
    stems = terms.stems_of(asking.query.text)
    held = Counter(s for m in one.members for s in terms.stems_of(m.name))
    own = [{s for s in terms.stems_of(m.name) if held[s] == 1} for m in one.members]
    kept = tuple(m for m, s in zip(one.members, own, strict=True) if s & stems)
    if len(kept) > 1:
        return replace(one, members=kept)
    if any(_is_called(m, one, asking, stems) for m in kept):
        return None
    asks_time = bool({terms.stem(n) for n in asking.asked.nouns} & times())
    are_times = bool(one.heads & times())
    return None if asks_time != are_times or (one.is_row and not are_times) else one


def _is_called(member: Member, one: Ranked, asking: Asking, stems: frozenset[str]) -> bool:
    """Whether a question asks of one member by its whole name: "where do the Greens do best?"."""
    own = terms.stems_of(member.name)
    nouns = {terms.stem(noun) for noun in asking.asked.nouns}
    return bool(own - one.told - one.heads - one.around - nouns) and own <= stems


def _late(one: Ranked, others: Sequence[Ranked], query: Query) -> float:
    """What is latest of all columns of a table is likelier meant where no time is asked for."""
    if query.periods:
        return 0.0
    mine, id = _latest(one), one.figures[0].article_id
    own = [found for o in others if o.figures[0].article_id == id and (found := _latest(o))]
    return LATEST if mine and mine == max(own) else 0.0


def _latest(ranked: Ranked) -> tuple[date, date] | None:
    if any(f.claim in ("forecast", "target") for f in ranked.figures):
        return None
    told = {f.period for f in ranked.figures}
    only = told.pop() if len(told) == 1 else None
    return periods.sort_key(only) if only else None
