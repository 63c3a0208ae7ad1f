"""Premises: what a question takes for true, where the articles tell the contrary.

"Why did exports fall?" supposes that they fell. That is corrected only where a sentence about that
very thing tells the other way ("exports rose by 7.1%"), and none about it, read as widely as can
be, tells it as supposed: of a thing that rose in one year and fell in another nothing is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.deriving import judging
from bot.evidence import linking, subjects
from bot.evidence.linking import Card
from bot.evidence.pages import Found, Line
from bot.language import expecting, mentions, terms
from bot.questions import Assumed, Query
from bot.texts import claims, deeds, doers, levels, signs
from bot.yesno import moves, telling
from bot.yesno.moves import Move
from ingest import Article, Figure
from ingest.figures import lexicon

# So many words, a break counted as some, stand between a move and what it is of.
NEAR = 8
_AUX = r"(?:did|does|do|has|have|had|is|are|was|were)"
_OF = r"(?P<of>(?!not\b)\S+(?: \S+){0,7}?)"
_HELPING = "start|begin|keep|have|has|been|to|go|going|gone|come|went|get|getting|become"
_MOVE = rf"(?P<move>(?:(?:{_HELPING}) )*{{move}})\b"
_FRAMES = (
    # "By how much did imports shrink", "Why have prices fallen"
    rf"^(?P<ask>.*?\b)(?P<aux>{_AUX}) {_OF} {_MOVE}(?P<rest>.*)$",
    # "What made sales drop"
    rf"^(?P<ask>.*?\b)(?:made|makes|caused|causes|led|let|lets|forced) {_OF} {_MOVE}(?P<rest>.*)$",
    # "How come exports fell"
    rf"^(?P<ask>why|how come|when|so why) {_OF} {_MOVE}(?P<rest>.*)$",
    # "What caused the fall in exports"
    r"^(?P<ask>.*?\b)(?:[a-z-]+ ){0,2}?(?P<move>{move}) (?:in|of) (?P<of>.+)$",
)


@dataclass(frozen=True, slots=True)
class Premise:
    """A move that a question takes for granted, and what it is of, as the question has it."""

    move: Move
    of: str
    frame: re.Match[str]

    @property
    def stems(self) -> frozenset[str]:
        """The words for what it is of, times left out."""
        said = terms.stems(self.of)
        return frozenset(
            s for s in said if not moves.is_time(s) and not s.isdigit() and s not in _NO_THING
        )

    @property
    def number(self) -> Assumed | None:
        """By how much it is supposed to have gone: the one percentage of the question."""
        flat = self.frame.string
        told = [n for n in mentions.numbers(flat) if n.unit == "%"]
        if len(told) != 1 or self.limit:
            return None
        return Assumed(flat[told[0].start : told[0].end], told[0].value, "%")

    @property
    def limit(self) -> str | None:
        """The number that it is supposed to have gone above or below: "$1 trillion"."""
        m = _LIMIT.match(self.frame.groupdict().get("rest") or "")
        return m["number"] if m else None


@dataclass(frozen=True, slots=True)
class Contrary:
    """What tells the contrary: a sentence, and the change in it that does where it is a figure.

    opening: what is taken for granted, denied; is_moot: whether nothing is left to be asked
    """

    premise: Premise | None
    opening: str
    line: Line
    figure: Figure | None = None
    is_moot: bool = False

    @property
    def named(self) -> frozenset[str]:
        """The stems of what the opening names."""
        return self.premise.stems if self.premise and self._is_turned else frozenset()

    @property
    def _is_turned(self) -> bool:
        way = self.premise.move.way if self.premise else None
        return self.figure is None or self.figure.direction != way

    def turned(self, question: str) -> str:
        """The question without what is not so: its move turned round, or its number left out."""
        if self.premise is None or not self._is_turned:
            return question
        at, word = self.premise.frame.start("move"), self.premise.frame["move"]
        return question[:at] + _TURNED[self.premise.move.way](word) + question[at + len(word) :]


# With these nothing is taken for granted.
_OPEN = re.compile(
    r"\b(?:if|would|will|could|should|might|(?<!in )(?<!of )may|can|not|never|or|expected|forecast"
    r"|projected|whether|planned|likely|than|short|stop\w*|ceas\w*|hypothetical|assum\w+"
    r"|suppos\w+)\b|n['’]t\b"
)
_ASKING = re.compile(r"^\W*(?:so |and |but )?(?:why|how|when|by|what|since|where|in what)\b")
# Where what is asked of ends: "exports in 2024", "prices since May".
_ENDS = re.compile(
    r"[,;:?(]| (?:since|during|between|over|after|before|by|last|this|compared|when|while|so|again"
    r"|year|despite|because|within|through|until|according|come|came|happen|happened|arise|occur|look)\b"
    r"| (?:in|at|from|to|of) (?:the )?(?:\d|q\d|(?:first|second|third|fourth|last|same|spring"
    r"|summer|autumn|winter|year|month|quarter|week|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b)"
)


def read(query: Query) -> Premise | None:
    """The move that a question takes for granted; None where it takes none, or what of is not
    plain."""
    flat = query.text.lower().replace("’", "'").rstrip("?!. ")
    if not _ASKING.match(flat) or _OPEN.search(flat):
        return None
    move = moves.supposed(flat)
    if move is None or move.is_even or move.is_denied or signs.is_noun(flat[move.start : move.end]):
        return None
    word = re.escape(flat[move.start : move.end])
    for pattern in _FRAMES:
        frame = re.match(pattern.replace("{move}", word), flat)
        of = _ENDS.split(frame["of"])[0] if frame else ""
        if frame and not _SAYING.search(of) and _may_move(frame):
            premise = Premise(move, of, frame)
            if premise.stems:
                return premise
    return None


_BE = frozenset(["is", "are", "was", "were"])
_AFTER_BE = re.compile(r"\w+(?:ing|ed|en|er)|up|down|worse|better|less|more")


def _may_move(frame: re.Match[str]) -> bool:
    """Whether the word is a verb there: "how green are the power contracts" supposes no move."""
    aux = frame.groupdict().get("aux")
    return aux not in _BE or bool(_AFTER_BE.fullmatch(frame["move"]))


_PAST = {
    "down": r"surpass\w*|exceed\w*|topp\w+|tops|pass\w*|cross\w*|climb\w* (?:above|over|past)"
    r"|(?:rose|grew|went|rise|grow) (?:above|over|past)|break\w*|broke",
    "up": r"(?:fell|fall\w*|dropp\w+|drops?|slipp\w+|sank|went|declin\w+) (?:below|under)",
}
_LIMIT = re.compile(
    r" (?:below|under|above|over|past|beyond) (?P<number>\W?\d[\d.,]*"
    r"(?: ?%| (?:million|billion|trillion))?)"
)


def is_past(premise: Premise, text: str) -> bool:
    """Whether a sentence tells that a number was passed the other way than a premise has it."""
    number, past = premise.limit, _PAST.get(premise.move.way)
    if number is None or past is None:
        return False
    told = rf"\b(?:{past})(?: [a-z]+){{0,2}} {re.escape(number)}(?![\d.,]*\d)"
    return bool(re.search(told, text, re.IGNORECASE))


def denials(question: str) -> tuple[str, ...]:
    """How what a question takes for granted is denied: "Exports did not fall in 2024", "It was not
    10%"; () where it takes no move for granted."""
    taken = (doers, deeds, levels, claims, signs)
    undone = tuple(one.denied for room in taken if (one := room.read(question)))
    premise = read(Query(question, question))
    if premise is None:
        return undone
    number = premise.number
    other = (f"It was not {number.text}",) if number else ()
    return (_denied(question, premise), *other, *undone)


def _denied(question: str, premise: Premise) -> str:
    frame = premise.frame
    of = question[frame.start("of") : frame.start("of") + len(premise.of)]
    rest = frame.groupdict().get("rest")
    if rest is None:
        return f"There was no {frame['move']} in {of}"
    tail = _LIMIT.match(rest) or _WHEN.match(rest)
    aux, move = frame.groupdict().get("aux"), frame["move"].removeprefix("to ")
    if aux is None:
        of, aux, move = _plain(of, move)
    return f"{subjects.capitalised(of)} {aux} not {move}{tail[0] if tail else ''}"


def _plain(of: str, move: str) -> tuple[str, str, str]:
    """What moved, the word that takes "not", and what stands behind it: "exports have | fallen",
    "exports | are falling", "exports | fell"."""
    *before, last = of.split(" ")
    if before and last.lower() in _TAKES_NOT:
        return " ".join(before), last.lower(), move
    first, _, rest = move.partition(" ")
    return (of, first, rest) if first in _TAKES_NOT and rest else (of, "did", _base(move))


_TAKES_NOT = frozenset(["has", "have", "had", "is", "are", "was", "were"])


def _base(word: str) -> str:
    """The form of a verb that stands after "did not"."""
    first, gap, rest = word.partition(" ")
    verb = lexicon.verbs().get(first)
    return f"{verb.lemma if verb else _IRREGULAR.get(first, first)}{gap}{rest}"


_IRREGULAR = {"went": "go", "gone": "go", "began": "begin", "kept": "keep", "became": "become"}


_WHEN = re.compile(r" (?:in|during|over) (?:the )?(?:[a-z]+ ){0,3}(?:1[5-9]|20)\d\d\b")


def is_denied(question: str, text: str, figures: Sequence[Figure], start: int) -> bool:
    """Whether a sentence bears out that what a question takes for granted is not so.

    figures: those of the sentence, which begins at `start` of its article
    """
    premise = read(Query(question, question))
    deed, taken = doers.read(question), deeds.read(question)
    if (deed and deed.is_of_another(text)) or (taken and taken.is_contrary(text)):
        return True
    passed = levels.read(question)
    if passed and any(passed.held(figure) == "no" for figure in figures):
        return True
    if signs.is_denied(question, figures):
        return True
    if premise is None:
        return False
    if is_past(premise, text):
        return True
    number = premise.number
    if number and any(_is_another(f, number, premise) for f in figures):
        return True
    changes = {f.direction for f in figures if f.kind == "change" and f.direction}
    is_turned = bool(changes) and premise.move.way not in changes
    return is_turned or moves.told(question, text, figures, start) == "no"


def _is_another(figure: Figure, number: Assumed, premise: Premise) -> bool:
    is_so = figure.direction == premise.move.way and figure.unit == "%"
    return is_so and not _may_be(figure, number)


def _turned(base: str, going: str, gone: str, particle: str) -> Callable[[str], str]:
    def turn(word: str) -> str:
        going_so, _, last = word.rpartition(" ")
        if last in {"up", "down"}:
            return f"{going_so} {particle}".strip()
        return going if word.endswith("ing") else gone if word.endswith("en") else base

    return turn


_TURNED = {
    "up": _turned("fall", "falling", "fallen", "down"),
    "down": _turned("rise", "rising", "risen", "up"),
}


# Here it is no thing that moves, but somebody who speaks of it; or one that owns what is told.
_SAYING = re.compile(
    r"\b(?:say|says|said|think|thinks|tell|tells|call|calls|want|wants|mean|about|much|many|pace|speed|growth"
    r"|momentum)\b|['’]$|%| per ?cent"
)


_CAUSE = re.compile(r"\bhow (?:come|did|do|does|has|have|was|were|could)\b")


def asks_cause(question: str) -> bool:
    """Whether what brought something about is asked for: "why", "what caused", "how did"."""
    return bool("why" in expecting.kinds(question) or _CAUSE.search(question.lower()))


def contrary(
    query: Query,
    cards: Sequence[Card],
    found: Sequence[Found],
    articles: Mapping[str, Article],
) -> Contrary | None:
    """What in the articles tells the contrary of what a question takes for granted, if anything.

    cards: of the evidence's figures; found: its lines, the nearest first
    """
    premise = read(query)
    if undone := _undone(query, [f.line for f in found], articles):
        return undone
    if premise is None:
        return None
    about = _About.of(query, premise)
    if not about.stems - linking.generic():
        return None
    by_line = linking.by_sentence(cards)
    told = [_Told(f.line, by_line.get((f.line.article_id, f.line.start), ())) for f in found]
    told = [one for one in told if about.is_of_article(articles[one.line.article_id])]
    opening, *others = denials(query.text)
    if against := _against(about, told):
        return Contrary(premise, opening, *against)
    if others and (other := _otherwise(about, told, cards)):
        return Contrary(premise, others[0], *other)
    return None


def _undone(
    query: Query, lines: Sequence[Line], articles: Mapping[str, Article]
) -> Contrary | None:
    """What tells that another did what the question takes for done, or that it was not done."""
    deed = doers.read(query.text)
    line = doers.another(deed, lines) if deed else None
    if deed and line:
        return Contrary(None, deed.denied, line)
    taken = deeds.read(query.asked) or deeds.read(query.text)
    line = deeds.contrary(taken, lines, articles) if taken else None
    return Contrary(None, taken.denied, line, is_moot=True) if taken and line else None


def _against(about: _About, told: Sequence[_Told]) -> tuple[Line, Figure | None] | None:
    """The sentence that tells that something went the other way, and its figure."""
    if about.premise.limit:
        line = next((one.line for one in told if about.is_past(one)), None)
        return (line, None) if line else None
    if any(about.is_told_so(one) for one in told):
        return None
    against = [(one, card) for one in told for card in one.cards if about.is_against(card)]
    for one, card in sorted(against, key=lambda pair: len(pair[1].measure - about.stems))[:1]:
        return one.line, card.figure
    line = next((one.line for one in told if about.is_denied(one)), None)
    return (line, None) if line else None


def _otherwise(
    about: _About, told: Sequence[_Told], cards: Sequence[Card]
) -> tuple[Line, Figure] | None:
    """The sentence that tells another percentage for just this, where that of the question is told
    of nothing."""
    number = about.premise.number
    if number is None or any(_may_be(card.figure, number) for card in cards):
        return None
    for one in told:
        for card in one.cards:
            is_so = card.figure.direction == about.premise.move.way and card.figure.unit == "%"
            if is_so and about.is_of_it(card) and about.is_just_it(card):
                return one.line, card.figure
    return None


def _may_be(figure: Figure, number: Assumed) -> bool:
    """Whether a percentage may be meant by a number: "7%" by 7.1%."""
    if figure.unit not in {"%", "pp"}:
        return False
    low, high = (v if v is not None else figure.value for v in (figure.low, figure.high))
    slack = max(Decimal(1), number.value / 10)
    return low is None or high is None or low - slack <= number.value <= high + slack


_NO_FACT = frozenset(["forecast", "target", "hypothetical"])


@dataclass(frozen=True, slots=True)
class _Told:
    """A line and its figures."""

    line: Line
    cards: Sequence[Card]

    @property
    def figures(self) -> list[Figure]:
        return [card.figure for card in self.cards]

    def moves(self) -> list[Move]:
        return moves.all_of(self.line.text, self.figures, self.line.start)


@dataclass(frozen=True, slots=True)
class _About:
    """What a premise is of: the stems of it, those of names apart."""

    query: Query
    premise: Premise
    stems: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, query: Query, premise: Premise) -> _About:
        start = premise.frame.start("of")
        of = query.text[start : start + len(premise.of)]
        large = (m.group() for m in re.finditer(r"\b[A-ZÀ-Þ]\w+", of))
        names = terms.stem_set([*query.entities, *large])
        return cls(query, premise, premise.stems - names, names)

    def is_of_article(self, article: Article) -> bool:
        return moves.is_of_article(self.query, article)

    def is_against(self, card: Card) -> bool:
        """Whether a figure tells that just this went the other way."""
        way = card.figure.direction
        return way not in (None, self.premise.move.way) and self.is_of_it(card)

    def is_of_it(self, card: Card) -> bool:
        """Whether a figure tells how far just this went."""
        figure = card.figure
        if figure.kind != "change" or figure.claim in _NO_FACT or card.is_heading:
            return False
        held = card.measure | card.entity
        if not all(telling.stands(s, held) for s in self.stems):
            return False
        if not self._is_its_measure(card):
            return False
        return self._is_of_names(held | card.title | card.near.keys()) and self._is_of_then(figure)

    def _is_its_measure(self, card: Card) -> bool:
        """Whether a figure measures just this, or some of it by a word before it: "foreign trade"
        where trade is supposed to have fallen, and none of it is told to have."""
        last = terms.stems(card.figure.measure or "")[-1:]
        return self.is_just_it(card) or any(_is_one_of(s, self.stems) for s in last)

    def is_just_it(self, card: Card) -> bool:
        """Whether the measure of a figure is told by no more words than the premise."""
        rest = card.measure - self.names - linking.generic() - _BRANCH
        return all(telling.stands(s, self.stems) for s in rest if not s.isdigit())

    def _is_of_names(self, held: frozenset[str]) -> bool:
        return all(telling.stands(s, held) for s in self.names if not s.isdigit())

    def _is_of_then(self, figure: Figure) -> bool:
        if not self.query.periods:
            return not self.query.loose_periods
        if figure.period is None:
            return False
        return max(linking.period_pair(p, figure.period) for p in self.query.periods) >= 0.9

    def is_past(self, one: _Told) -> bool:
        """Whether a line tells that just this went over what it is supposed to have fallen below,
        or the other way round."""
        if not all(telling.stands(s, one.line.stems | one.line.around) for s in self.stems):
            return False
        return is_past(self.premise, one.line.text)

    def is_denied(self, one: _Told) -> bool:
        """Whether a sentence tells by its words, or two levels, that just this went the other
        way."""
        line, flat = one.line, one.line.text.lower()
        if line.kind in {"heading", "table"} or telling.is_question(line.text):
            return False
        if not all(telling.stands(s, line.stems) for s in self.stems):
            return False
        if not self._is_of_names(line.stems | line.around) or _OPEN.search(flat):
            return False
        if self.names and telling.names_others(self.query, line):
            return False
        if any(year not in line.text for year in self.query.years):
            return False
        if {m.way for m in one.moves()} & {self.premise.move.way, "level"}:
            return False
        if any(m.is_denied for m in one.moves()) or not self._is_what_moves(one):
            return False
        return moves.told(self.query.text, line.text, one.figures, line.start) == "no"

    def _is_what_moves(self, one: _Told) -> bool:
        """Whether what stands right before a move, or before the first number, is what the premise
        is of: "milk output was lower" is of no milk that is dearer."""
        text, told = one.line.text, one.moves()
        verbs = [m for m in told if _AT_END.search(text[: m.start])]
        first = min((f.start - one.line.start for f in one.figures), default=len(text))
        if not told or (not verbs and len(one.cards) > 2):
            return False
        return self._ends_in_it(text[: verbs[0].start if verbs else first])

    def _ends_in_it(self, text: str) -> bool:
        """Whether the last words of a text, verbs, times and names aside, name the premise's."""
        before = [t.stem for t in terms.find(_BREAKS.split(text)[-1])]
        spent = self.names | linking.generic() | _GOING | _verbs()
        own = [s for s in before if s not in spent and not moves.is_time(s) and not s.isdigit()]
        return bool(own) and all(_is_one_of(s, self.stems) for s in own)

    def is_told_so(self, one: _Told) -> bool:
        """Whether a line may tell, of anything that this may be, that it went as supposed."""
        line, way = one.line, self.premise.move.way
        if any(card.figure.direction == way and self._may_be_it(card) for card in one.cards):
            return True
        own = [telling.stands(s, line.stems) for s in self.stems]
        if not all(own) and (any(own) or not self._is_of_all(line.stems | line.around)):
            return False
        if self._is_of_another_time(one):
            return False
        told = [m for m in one.moves() if not _THAN.match(line.text, m.start)]
        return any(m.way == way and self._is_near(m, line, self.stems) for m in told)

    def _is_of_all(self, stems: frozenset[str]) -> bool:
        return all(telling.stands(s, stems) for s in self.stems)

    def _may_be_it(self, card: Card) -> bool:
        figure = card.figure
        if figure.kind != "change" or figure.claim in _NO_FACT or self._is_apart(figure):
            return False
        held = card.measure | card.entity
        return all(telling.stands(s, held) for s in self.stems)

    def _is_of_another_time(self, one: _Told) -> bool:
        """Whether a line tells another year than is asked about, or only a part of it."""
        named = frozenset(_YEAR.findall(one.line.text))
        if self.query.years and named and not named & self.query.years:
            return True
        way = self.premise.move.way
        moved = [f for f in one.figures if f.kind == "change" and f.direction == way]
        return bool(one.cards) and all(self._is_apart(f) for f in moved or one.figures)

    def _is_apart(self, figure: Figure) -> bool:
        """Whether a figure is told of another time than is asked about."""
        asked = self.query.periods
        if not asked or figure.period is None:
            return False
        return max(linking.period_pair(p, figure.period) for p in asked) < judging.OF_THEN

    def _is_near(self, move: Move, line: Line, stems: frozenset[str]) -> bool:
        """Whether a move stands near what it would be of, or that is told before ("the drop")."""
        places = [t.start for t in terms.find(line.text) if _is_one_of(t.stem, stems)]
        if not places:
            return bool(_POINTING.search(line.text[: move.start]))
        return any(moves.gap(move, at, line.text) <= NEAR for at in places)


# "More than 90 days" is no move.
_THAN = re.compile(r"(?:more|less|fewer) than \W?\d", re.IGNORECASE)


def _is_one_of(stem: str, stems: frozenset[str]) -> bool:
    return any(telling.stands(one, frozenset([stem])) for one in stems)


# What is called after a thing may stand for it: "travel services".
_BRANCH = terms.stem_set(["service sector industry segment market business branch"])
# A verb of moving is about to come.
_AT_END = re.compile(r"[a-z%)] $", re.IGNORECASE)
_BREAKS = re.compile(r"[,;:(](?=\s)|[–—]|\b(?:and|but|while|whereas|although|though|as|that)\b")


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(terms.stem(form) for form in lexicon.verbs())


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_GOING = terms.stem_set(["go come get become keep start begin continue put"])
_NO_THING = _GOING | terms.stem_set(["percentage percent point number size extent amount"])
# "The drop", "this fall".
_POINTING = re.compile(r"\b(?:the|this|that|its|their|such an?) (?:[a-z-]+ ){0,2}$", re.IGNORECASE)
