"""Moves: which way a sentence tells that something went, and which way a question supposes.

Of several moves in a sentence ("copper is trimmed, while gold goes up") the one that stands nearest
to what the question is about counts; breaks between cost as in `bot.language.nearness`. A move is
told by a word, by a figure of change, or by two levels ("6,720, after 7,010").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

from bot.evidence import linking
from bot.evidence.pages import Line
from bot.language import currencies, mentions, terms, tilings
from bot.questions import Query
from bot.yesno import limits, telling
from bot.yesno.telling import Holds
from ingest import Article, Figure, periods
from ingest.figures import lexicon

Way = Literal["up", "down", "level"]
# What a break between a move and what moves costs, beside a word.
BREAK, FAR = 5, 20.0
# A word tells of the levels that stand this near, in letters.
BESIDE = 40
_BREAK = re.compile(r"[,;:](?=\s)|[()|–—]|\b(?:and|but|while|whereas|although|though)\b", re.I)
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|without|hardly)|n['’]t)(?: (?:been|be|any|yet|ever|have|has))*\W+$"
)


@dataclass(frozen=True, slots=True)
class Move:
    """A move told or supposed: text[start:end] of what tells it.

    is_even: whether it is supposed that nothing has gone the other way
    """

    way: Way
    start: int
    end: int
    is_denied: bool = False
    is_even: bool = False


def _data() -> dict[str, Any]:
    return dict(terms.table("deciding")["ways"])


@lru_cache(maxsize=1)
def _ways() -> Mapping[str, Way]:
    """Each word that tells a move, and which."""
    known: dict[str, Way] = dict(lexicon.comparatives())
    known |= {form: v.direction for form, v in lexicon.verbs().items() if v.direction}
    known |= lexicon.change_nouns()
    for way in ("up", "down", "level"):
        known |= dict.fromkeys(_data()[way].split(), way)
    return {word: way for word, way in known.items() if word not in _data()["neither"].split()}


@lru_cache(maxsize=256)
def supposed(question: str) -> Move | None:
    """The move that a question supposes; None where it supposes none, or more than one."""
    flat = question.lower().replace("’", "'")
    if m := _EVEN.search(flat):
        return Move("level" if m["level"] else "up", m.start(), m.end(), is_even=True)
    if m := _OF_LOSS.search(flat):
        return Move("up" if m["way"] == "more" else "down", m.start(), m.end())
    if terms.has(of_before(flat), _data()["no_move"]) or not _is_of_itself(flat):
        return None
    found = _told(flat)
    found = [m for m in found if m.way != "level"] or found
    verbs = [m for m in found if _is_verb(flat[m.start : m.end])]
    chosen = verbs or found
    if len({m.way for m in chosen}) != 1 or chosen[0].way == "level":
        return None
    return chosen[0]


# "as often as the year before", "staying flat"
_EVEN = re.compile(
    r"\bas (?:much|many|often|high|good|well|fast|strong|long|big|large)\b[^?]{0,60}? as (?:before"
    r"|(?:in )?(?:the |last |a )(?:year|season|quarter|month|week|time|decade)(?: before| ago"
    r"| earlier)?$|(?:the )?(?:year|season|quarter|month|week) before)"
    r"|\b(?:stay|stays|stayed|staying|remain|remains|remained|keep|kept|hold|holds|held)"
    r"(?: [a-z]+){0,4}? (?P<level>flat|unchanged|the same|steady|stable|frozen|constant)\b"
)
_THAN_THEN = re.compile(
    r"\bthan (?:a|one) (?:year|season|quarter|month|week|day|decade) (?:ago|earlier|before)\b"
)


def of_before(flat: str) -> str:
    """A question in lower case, with "than before" for "than a year ago"."""
    return _THAN_THEN.sub("than before", flat)


def _is_of_itself(flat: str) -> bool:
    """Whether a question compares with nothing but an earlier time, or with what was expected."""
    _, than, other = flat.partition(" than ")
    if than and _OF_CHANGE.search(flat):
        return False
    if _OF_PLACE.match(other):
        return False
    is_of_then = terms.has(other, _data()["then"])
    if not than or (is_of_then and not _OF_OTHER.match(other)):
        return True
    rest = other
    for mention in reversed(mentions.periods(other)):
        rest = rest[: mention.start] + rest[mention.end :]
    return not [t for t in terms.find(rest) if t.stem not in _of_time()]


# "than in the US": a name that looks like a pronoun in lower case.
_OF_PLACE = re.compile(r"(?:in |of |for )?the (?:us|uk|eu|un)\b")
# "a bigger rise than": changes are compared.
_OF_CHANGE = re.compile(
    r"\b(?:rise|increase|gain|growth|drop|fall|decline|jump)\b(?: [a-z0-9'-]+){0,6}"
    r" (?:bigger|larger|smaller|greater|steeper|stronger|weaker) than"
    r"|\b(?:bigger|larger|smaller|greater|steeper|stronger|weaker)"
    r" (?:rise|increase|gain|growth|drop|fall|decline|jump)\b[^?]* than"
)
# "than a clerk in Sandmouth was before": another one, though at another time.
_OF_OTHER = re.compile(r"(?:an? )?[a-z]+(?: [a-z]+)? (?:one|ones) ")


@lru_cache(maxsize=1)
def _of_time() -> frozenset[str]:
    return terms.stem_set(_data()["of_time"].split())


def way_of(words: str) -> Way | None:
    """The way that words of comparing speak of: "more", "cheaper"."""
    known = _ways()
    found = [known[w.group()] for w in terms.words(words) if w.group() in known]
    if not found and re.search(r"\b[a-z]{3,}er\b(?! [a-z]*er\b)", words):
        return "up"
    return found[-1] if found else None


def is_time(stem: str) -> bool:
    """Whether a stem is that of a word for a time: "year", "before"."""
    return stem in _of_time()


def is_way(stem: str) -> bool:
    """Whether a stem is that of a word for a move."""
    return stem in _way_stems()


def _is_verb(word: str) -> bool:
    verb = lexicon.verbs().get(word)
    return bool(verb and verb.role == "change") and word not in lexicon.comparatives()


def _told(text: str) -> list[Move]:
    """The words of a text that tell moves, in order."""
    known = _ways()
    found = []
    for word in terms.words(text):
        way, before = known.get(word.group().lower()), text[: word.start()].lower()
        denied = bool(_DENIED.search(before[-30:]))
        if word.group().lower() in _CHANGE and denied:
            found.append(Move("level", word.start(), word.end()))
        elif way and not _is_particle(word.group().lower(), before, text[word.end() :]):
            found.append(Move(way, word.start(), word.end(), denied))
    signs = ((m, "up" if m.group() == "+" else "down") for m in _SIGN.finditer(text))
    return found + [Move(cast(Way, way), m.start(), m.end()) for m, way in signs]


_CHANGE = frozenset(["change", "changes", "changed", "altered"])
_SIGN = re.compile(r"(?<![\w.,)])(?:[+−]|-)(?=\d)")
_MOVED = re.compile(
    r"(?:\b(?:go|goes|going|went|gone|put|puts|putting|pick|picks|picked|is|are|was|were|been|come|"
    r"came|moved|edged|shot|sent)|[,;(:|])(?: [a-z'-]+){0,3}\W*$"
)


def _is_particle(word: str, before: str, after: str) -> bool:
    """ "up" of "own up": no move, unless something went up, or is "up 3%"."""
    if word not in {"up", "down"}:
        return False
    if re.search(
        r"\b(?:make|makes|made|making|take|takes|took|set|own|give|given|hold|held) $", before
    ):
        return True
    return not (_MOVED.search(before[-40:]) or re.match(r" (?:from|on|by|\W*\d|slightly)", after))


# So much of what the question is about must stand in a line or around it, so much in it.
ABOUT, OWN = 0.5, 0.25


def is_about(query: Query, line: Line, article: Article | None = None) -> bool:
    """Whether a line speaks of what a question supposes a move of.

    The nearer a word of the question stands to its move the more it weighs.
    article: the line's, where it is enough that what the question names stands anywhere in it
    """
    asked = supposed(query.text)
    if asked is None:
        return False
    if not (_is_of_whole(query, line, article) if article else is_of_those(query, line)):
        return False
    names = {s for name in query.entities for s in terms.stems(name)} if article else set()
    order = terms.find(query.text)
    at = sum(t.start < asked.start for t in order)
    weights: dict[str, float] = {}
    for i, term in enumerate(order):
        spent = term.stem in names or term.stem in _of_time() or term.stem in _way_stems()
        if not spent and not term.stem.isdigit():
            weights.setdefault(term.stem, 1 / (1 + abs(i - at)))
    own = sum(w for s, w in weights.items() if telling.stands(s, line.stems))
    near = sum(w for s, w in weights.items() if telling.stands(s, line.stems | line.around))
    total = sum(weights.values())
    return bool(total) and near >= ABOUT * total and own >= OWN * total


def is_of_article(query: Query, article: Article) -> bool:
    """Whether an article speaks of the names and years of a question."""
    said = f"{article.title} {article.source or ''} {article.published or ''} {article.text}"
    held = terms.stems_of(said)
    names = (s for name in query.entities for s in terms.stems(name) if not s.isdigit())
    return all(telling.stands(s, held) for s in names) and all(y in said for y in query.years)


_OF_WHOLE = re.compile(
    r"\b(?:worldwide|globally|global|in total|altogether|overall|in all|nationwide|as a whole)\b"
)


def _is_of_whole(query: Query, line: Line, article: Article) -> bool:
    """Whether a line may be of what its article is about; one that tells of a whole
    ("worldwide") is of no part that the question names."""
    if not is_of_article(query, article) or has_own_row(query, line, article):
        return False
    if not _OF_WHOLE.search(line.text.lower()) or _OF_WHOLE.search(query.text.lower()):
        return True
    held = line.stems | line.around | terms.stems_of(f"{article.title} {article.source or ''}")
    names = (s for name in query.entities for s in terms.stems(name) if not s.isdigit())
    return all(telling.stands(s, held) for s in names)


def has_own_row(query: Query, line: Line, article: Article) -> bool:
    """Whether a name of the question heads a row of the article's tables, and does not stand in
    the line: what is told of the whole is not of it."""
    heads = {head.strip().lower() for head in _HEAD.findall(article.text)}
    held = line.stems | terms.stems_of(f"{article.title} {article.source or ''}")
    return any(
        name.lower() in heads and not all(telling.stands(s, held) for s in terms.stems(name))
        for name in query.entities
    )


_HEAD = re.compile(r"(?m)^\|? ?([^|\n]{2,60}?) ?\|")


def is_of_those(query: Query, line: Line) -> bool:
    """Whether the names and years of a question stand in a line or around it."""
    names = (s for name in query.entities for s in terms.stems(name) if not s.isdigit())
    if not all(telling.stands(s, line.stems | line.around) for s in names):
        return False
    return all(year in line.text or year in line.around for year in query.years)


@lru_cache(maxsize=1)
def _way_stems() -> frozenset[str]:
    return frozenset(terms.stem(word) for word in _ways())


# "lose more": it is asked how much was lost.
_LOSS = re.compile(r"(?:lose|lost|loses|losing|loss|losses)\b")
_OF_LOSS = re.compile(r"\b(?:lose|lost|losing)(?: even)? (?P<way>more|less)\b(?! [a-z]+ than)")
# A change is the one asked about when it is this likely, and so many times likelier than others.
ASKED, LIKELIER = 0.1, 2.5


def told(
    question: str,
    text: str,
    figures: Sequence[Figure],
    start: int,
    chance: Callable[[Figure], float] | None = None,
) -> Holds | None:
    """Whether the move that a question supposes is told by a sentence; None where none is.

    figures: those of the sentence, which begins at `start` of its article; chance: how likely one
    is asked about
    """
    asked = supposed(question)
    if asked is None:
        return None
    if rated := _of_currency(question, text, figures, start):
        return _held(asked, Move(rated, 0, 0))
    found, anchors = all_of(text, figures, start), _anchors(question, asked, text)
    if _OF_LOSS.search(question.lower()):
        found = [m for m in found if not _LOSS.match(text[m.start :].lower())]
    if len({(m.way, m.is_denied) for m in found}) == 1:
        return _held(asked, found[0])
    if based := _of_base(question, figures):
        return _held(asked, Move(based, 0, 0))
    if chance and (likely := _likeliest(figures, chance)):
        return _held(asked, Move(likely, 0, 0))
    costs = [(_cost(m, anchors, text), m) for m in found if anchors]
    least = min((cost for cost, _ in costs), default=FAR)
    nearest = [m for cost, m in costs if cost <= least + 0.5]
    if least >= FAR or len({(m.way, m.is_denied) for m in nearest}) > 1:
        return None
    return _held(asked, nearest[0])


def _of_currency(question: str, text: str, figures: Sequence[Figure], start: int) -> Way | None:
    """Which way a currency went, told by two rates of exchange: the later one first, or the
    earlier one called so behind it."""
    rates = currencies.rates(figures)
    pairs = list(levels(text, rates, start))
    if not pairs and len(rates) == 2 and _PAST.match(text[rates[1].end - start :].lstrip()):
        pairs = [(rates[0], rates[1])]
    return currencies.way(question, *pairs[0]) if len(pairs) == 1 else None


_YEAR_BEFORE = re.compile(
    r"\b(?:(?:a|one|the|last|previous) year|(?:twelve|12) months)(?: (?:ago|before|earlier))?$"
    r"|\byear[- ]on[- ]year\b|\bover the year\b"
)
_AGAINST = re.compile(r"\b(?:than|compared (?:with|to)|against) (?P<then>[^?]+)$")


def _of_base(question: str, figures: Sequence[Figure]) -> Way | None:
    """The way of the changes against the time that is asked about, where others are told too:
    "11,000 fewer than in the previous quarter but 24,000 more than a year ago"."""
    changes = [f for f in figures if f.kind == "change" and f.direction and f.period and f.basis]
    asked = [f for f in changes if _is_against(f, question.lower().rstrip("?! ."))]
    ways = {f.direction for f in asked if f.direction}
    return ways.pop() if len(ways) == 1 and len(asked) < len(changes) else None


def _is_against(change: Figure, question: str) -> bool:
    """Whether a change is held against the time that a question, in lower case, names."""
    m = _AGAINST.search(question)
    named = [p.value for p in mentions.periods(m["then"])] if m else []
    if named:
        return any(tilings.is_same(change.basis or "", value) for value in named)
    before = {"year on year", tilings.years_on(change.period or "", -1)}
    return bool(_YEAR_BEFORE.search(question)) and change.basis in before


def _likeliest(figures: Sequence[Figure], chance: Callable[[Figure], float]) -> Way | None:
    """The way of the change that is surely the one asked about, of several that disagree."""
    changes = sorted((f for f in figures if f.kind == "change" and f.direction), key=chance)
    if len({f.direction for f in changes}) < 2:
        return None
    best = changes[-1]
    rivals = [chance(f) for f in changes if f.direction != best.direction]
    is_clear = chance(best) >= max(ASKED, LIKELIER * max(rivals))
    return best.direction if is_clear else None


def _held(asked: Move, said: Move) -> Holds | None:
    if asked.way == "level" or (asked.is_even and said.way == "level"):
        return None if said.is_denied else "yes" if said.way == "level" else "no"
    if said.way == "level":
        return None if said.is_denied else "no"
    is_same = said.way == asked.way
    if said.is_denied:
        return "no" if is_same else None
    return "yes" if is_same else "no"


def _anchors(question: str, asked: Move, text: str) -> list[tuple[int, float]]:
    """Where words of the question stand in a sentence, with their weight: those near the move."""
    order = terms.find(question)
    at = sum(t.start < asked.start for t in order)
    found = []
    for i, term in enumerate(order):
        if asked.start <= term.start < asked.end or term.stem.isdigit():
            continue
        places = [t.start for t in terms.find(text) if linking.same(term.stem, t.stem) >= 0.8]
        weight = 1 / (1 + abs(i - at))
        found += [(place, weight / len(places)) for place in places]
    return found


def _cost(move: Move, anchors: Sequence[tuple[int, float]], text: str) -> float:
    """How far a move stands from the words of the question."""
    total = sum(weight for _, weight in anchors)
    return sum(weight * gap(move, place, text) for place, weight in anchors) / total


def gap(move: Move, place: int, text: str) -> int:
    between = text[move.end : place] if place >= move.start else text[place : move.start]
    return len(terms.words(between)) + BREAK * len(_BREAK.findall(between))


def all_of(text: str, figures: Sequence[Figure], start: int) -> list[Move]:
    """The moves that a sentence tells: by words, by figures of change and by two levels.

    figures: those of the sentence, which begins at `start` of its article
    """
    found = _told(text)
    for f in figures:
        if f.kind == "change" and f.direction:
            at = f.start - start
            near = [m for m in found if m.way != "level" and abs(m.start - at) < 30]
            if not near:
                found.append(Move(f.direction, at, f.end - start))
    for new, old in levels(text, figures, start):
        span = (min(new.start, old.start) - start, max(new.end, old.end) - start)
        if new.value is None or old.value is None or new.value == old.value:
            continue
        if not any(m.way != "level" and _tells_of(m, span, text) for m in found):
            way: Way = "up" if new.value > old.value else "down"
            found.append(Move(way, new.start - start, new.end - start))
    return found


def _tells_of(move: Move, levels: tuple[int, int], text: str) -> bool:
    """Whether a word tells the move between two levels, text[start:end]: it stands among them,
    before them, or right behind them in the same clause."""
    if move.start < levels[1]:
        return levels[0] - move.start < BESIDE
    between = text[levels[1] : move.start]
    return len(between) < BESIDE and not _BREAK.search(between)


_LATER_FIRST = re.compile(
    r"^(?:[ ,(]+[a-z]+\b){0,6}?[ ,(]*(?:up |down )?\b(?:from|after|compared (?:with|to)|against|"
    r"versus|vs\.?|as against|previously|instead of|rather than)\b[^.;]{0,40}$",
    re.I,
)
# "41 GWh, worth 3.9 billion euros, after 55 GWh"
_THEN = re.compile(
    r"[,;] (?:after|against|compared (?:with|to)|up from|down from|instead of) [^,;\d]{0,12}$", re.I
)
_PAST = re.compile(
    r"\b(?:a|one|\w+) years? (?:earlier|ago|before)|\b(?:year|season|quarter|month) before\b"
    r"|\b(?:previous|last|prior) (?:year|season|quarter|month|time)\b|\bpreviously\b|\bearlier\b",
    re.I,
)


def levels(text: str, figures: Sequence[Figure], start: int) -> Iterator[tuple[Figure, Figure]]:
    """Two levels of one thing in a sentence, the later one first."""
    flat = text.lower()
    held = sorted(
        (f for f in figures if f.kind != "change" and not limits.is_limit(f, figures, flat, start)),
        key=lambda f: f.start,
    )
    for i, other in enumerate(held):
        one = next((f for f in reversed(held[:i]) if _is_of_unit(f, other)), None)
        if one is None:
            continue
        between = text[one.end - start : other.start - start]
        before = text[: one.start - start].rstrip().lower()
        after = text[other.end - start :]
        if before.endswith("from") and re.match(r"\W*to\b", between):
            yield other, one
        elif (
            _LATER_FIRST.match(between)
            or _THEN.search(between)
            or (between.strip() == "(" and after[:1] == ")")
        ):
            yield one, other
        elif _PAST.search(between) or _PAST.match(after.lstrip()):
            yield one, other
        elif _are_of_two_times(one, other):
            yield (one, other) if _is_later(one, other) else (other, one)


def _is_of_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures have one unit, "13 gigabytes" beside "17 gigabytes a month" too."""
    is_short = one.unit.startswith(f"{other.unit}/") and one.measure == other.measure
    return one.unit == other.unit or is_short


def _are_of_two_times(one: Figure, other: Figure) -> bool:
    if not one.period or not other.period or one.period == other.period:
        return False
    return len(one.period) == len(other.period) and one.measure == other.measure


def _is_later(one: Figure, other: Figure) -> bool:
    return periods.sort_key(one.period or "") > periods.sort_key(other.period or "")
