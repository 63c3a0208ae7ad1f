"""Replies: what a chat model sends back, read item by item into a Draft.

A model names figures, calculations and sentences by the ids of its sheet. What names nothing
that exists, types a link or cites nothing is left out, and told back as an objection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.drafts import Draft, DraftSentence, Source, Status, Step
from bot.identities import Identity
from bot.operations import OPERATIONS
from bot.questions import Query
from bot.readers.frames import Frames
from bot.readers.naming import named
from bot.readers.partial_json import Item
from bot.readers.sheets import Sheet, plain

MAX_SENTENCES = 12
MAX_SENTENCE_CHARS = 600
MAX_STEPS = 16
MAX_OPERANDS = 60
MAX_NEAREST = 3
EMPTY = Draft("answered", ())

_PERIOD = re.compile(r"[A-Z\d/-]{4,24}")
_SLOT = re.compile(r"\{\s*([fc]\d{1,4})\s*\}")
_MARK = re.compile(r"\[(\d{1,4}(?:\s?,\s?\d{1,4}){0,20})\]")
_LINK = re.compile(
    r"://|\bwww\.|\b(?:javascript|vbscript|mailto)\s?:|\bdata:\w+/|\]\s?\(|!\["
    r"|[\w.+-]{1,64}@\w|\b\w[\w-]{0,62}\.[a-z]{2,24}/|<\s?/?[a-z!]|&[a-z#]\w{1,8};",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\*\*|__|`|^#{1,6} |^[-*] ", re.MULTILINE)


class Unusable(Exception):
    """One item of a reply cannot be used; `str()` is the objection that the model is told."""


@dataclass(slots=True)
class Drafting:
    """A draft as it grows: `add` its items in the order that they come.

    standing: what was shown already; it stays as it is, and its ids are not given twice
    known: identities that name a result; frames: the words around the sheet's figures
    objections: what could not be used, and why
    """

    query: Query
    sheet: Sheet
    standing: Draft = EMPTY
    known: Sequence[Identity] = ()
    frames: Frames | None = None
    objections: list[str] = field(default_factory=list)
    missing: str = ""
    _sentences: list[DraftSentence] = field(default_factory=list)
    _sources: list[Source] = field(default_factory=list)
    _steps: dict[str, Step] = field(default_factory=dict)
    _renamed: dict[str, str] = field(default_factory=dict)
    _status: Status = "answered"
    _nearest: list[str] = field(default_factory=list)
    _n_seen: int = 0

    def __post_init__(self) -> None:
        self._sentences = list(self.standing.sentences)
        self._sources = list(self.standing.sources)
        self._steps = {step.id: step for step in self.standing.steps}
        self._renamed = {id: id for id in self._steps}

    def add(self, item: Item) -> bool:
        """Take in one item; whether the draft has grown by a sentence."""
        take = _TAKERS.get(item.key)
        if take is None:
            return False
        try:
            return take(self, item.value) is True
        except Unusable as objection:
            self.objections.append(str(objection))
            return False

    def draft(self) -> Draft:
        """What is there so far; a slot's figure and step always come with it."""
        whole = Draft(
            status=self._told_status(),
            sentences=tuple(self._sentences),
            sources=tuple(self._sources),
            figures={**self.sheet.figures, **self.standing.figures},
            steps=tuple(self._steps.values()),
            nearest=() if self._sentences else tuple(self._nearest),
        )
        return select(whole, range(len(self._sentences)))

    def silence(self) -> tuple[str, ...]:
        """The objection to a whole reply that neither answers nor says that it cannot."""
        if self._sentences or self._status == "abstained":
            return ()
        return ("You wrote no sentence, and did not set the status to abstained.",)

    def _told_status(self) -> Status:
        if not self._sentences:
            return "abstained"
        return "partial" if self._status == "abstained" else self._status

    # Items

    def _take_step(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise Unusable(f"{_shown(value)} is not a calculation.")
        given, operation = str(value.get("id") or ""), str(value.get("operation") or "")
        if len(self._renamed) >= MAX_STEPS:
            raise Unusable(f"More than {MAX_STEPS} calculations.")
        if operation not in OPERATIONS:
            raise Unusable(f"{given}: there is no operation {_shown(operation)}.")
        operands = tuple(self._value_id(given, id) for id in _strings(value.get("operands")))
        if len(set(operands)) < len(operands):
            raise Unusable(f"{given}: it takes one value twice.")
        step = Step(
            id=self._next_id(),
            operation=operation,
            operands=operands[:MAX_OPERANDS],
            parameters=self._parameters(given, value.get("parameters")),
            measure=self._words(value.get("measure")),
            entity=self._words(value.get("entity")),
            period=_period(value.get("period")),
        )
        step = named(step, self.sheet.figures, self.known)
        same = (known for known in self._steps.values() if replace(step, id=known.id) == known)
        step = next(same, step)
        self._renamed[given] = step.id
        self._steps[step.id] = step

    def _words(self, value: Any) -> str | None:
        """What a result is said to be, if the articles or the asker have words for it."""
        text = plain(value)[:80] if isinstance(value, str) else ""
        told = f"{self.sheet.text} {self.query.text}".casefold()
        is_known = all(word in told for word in re.findall(r"[^\W\d_]{3,}", text.casefold()))
        return text if text and is_known and not _LINK.search(text) else None

    def _next_id(self) -> str:
        return f"c{max((int(id[1:]) for id in self._steps), default=0) + 1}"

    def _value_id(self, step: str, id: str) -> str:
        id = id.strip("{} ")
        if id in self._renamed:
            return self._renamed[id]
        if id not in self.sheet.figures:
            raise Unusable(f"{step}: there is no figure or calculation {_shown(id)}.")
        return id

    def _parameters(self, step: str, value: Any) -> tuple[str, ...]:
        """Numbers come from the question alone; words ("min") only choose."""
        parameters = tuple(plain(text) for text in _strings(value))[:4]
        for text in parameters:
            number = "".join(re.findall(r"[\d.,]", text)).strip(".,")
            if number and not re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", self.query.text):
                raise Unusable(f"{step}: the question names no number {_shown(text)}.")
        return parameters

    def _take_sentence(self, value: Any) -> bool:
        if isinstance(value, str):
            value = {"text": value}
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            raise Unusable(f"{_shown(value)} is not a sentence.")
        self._n_seen += 1
        if self._n_seen > MAX_SENTENCES:
            raise Unusable(f"More than {MAX_SENTENCES} sentences.")
        text, marks = _without_marks(plain(value["text"]))
        text = self._with_known_slots(_inert(text))
        self._check_places(text)
        cited = self._cited(text, [*marks, *_numbers(value.get("sources"))])
        is_computed = any(id[0] == "c" for id in _slots(text))
        sentence = DraftSentence(
            f"{text} {self._refer(cited)}", "computed" if is_computed else "quoted"
        )
        if sentence in self._sentences:
            return False
        self._sentences.append(sentence)
        return True

    def _with_known_slots(self, text: str) -> str:
        for id in _slots(text):
            if id not in self.sheet.figures and id not in self._renamed:
                raise Unusable(f"There is no {{{id}}} for: {text}")
        text = _SLOT.sub(lambda slot: f"{{{self._renamed.get(slot[1], slot[1])}}}", text)
        if set(_SLOT.sub("", text)) & set("{}"):
            raise Unusable(f"A slot is written {{f1}} or {{c1}}: {text}")
        return text

    def _check_places(self, text: str) -> None:
        problem = self.frames.misplaced(text) if self.frames else None
        if problem:
            raise Unusable(f"{problem}: {text}")

    def _cited(self, text: str, numbers: Sequence[int]) -> list[Source]:
        """The sources of the slots, then those that the model names; never none."""
        for number in numbers:
            if number not in self.sheet.sources:
                raise Unusable(f"There is no sentence [{number}] for: {text}")
        leaves = [self.sheet.figures[id] for id in self._leaves(_slots(text))]
        sources = [self.sheet.source_of(figure) for figure in leaves]
        sources += [self.sheet.sources[number] for number in numbers]
        if not sources:
            raise Unusable(f"This cites no sentence: {text}")
        return list(dict.fromkeys(sources))

    def _leaves(self, ids: Sequence[str]) -> Iterator[str]:
        for id in ids:
            if id in self._steps:
                yield from self._leaves(self._steps[id].operands)
            elif id in self.sheet.figures:
                yield id

    def _refer(self, cited: Sequence[Source]) -> str:
        for source in cited:
            if source not in self._sources:
                self._sources.append(source)
        return "".join(f"[{self._sources.index(source) + 1}]" for source in cited)

    def _take_status(self, value: Any) -> None:
        if value in ("answered", "partial", "abstained"):
            self._status = value

    def _take_nearest(self, value: Any) -> None:
        id = str(value).strip("{} ")
        if id in self.sheet.figures and len(self._nearest) < MAX_NEAREST:
            self._nearest.append(id)

    def _take_missing(self, value: Any) -> None:
        self.missing = plain(str(value or ""))[:200]


_TAKERS: Mapping[str, Callable[[Drafting, Any], bool | None]] = {
    "calculations": Drafting._take_step,
    "sentences": Drafting._take_sentence,
    "status": Drafting._take_status,
    "nearest": Drafting._take_nearest,
    "missing": Drafting._take_missing,
}


def _inert(text: str) -> str:
    """The sentence, if it is plain text; bold and the like are taken off, links refused."""
    if not text or len(text) > MAX_SENTENCE_CHARS:
        raise Unusable(f"A sentence has 1 to {MAX_SENTENCE_CHARS} characters.")
    if _LINK.search(text):
        raise Unusable("Sentences are plain text, without links, addresses or HTML.")
    return _MARKUP.sub("", text).strip()


def _without_marks(text: str) -> tuple[str, list[int]]:
    """The text without its [n], and the numbers of those."""
    marks = [int(number) for mark in _MARK.findall(text) for number in mark.split(",")]
    return " ".join(_MARK.sub(" ", text).split()).replace(" .", ".").replace(" ,", ","), marks


def _slots(text: str) -> list[str]:
    return _SLOT.findall(text)


def _numbers(value: Any) -> list[int]:
    found = []
    for item in value if isinstance(value, list) else [value]:
        digits = str(item).strip("[] ")
        if digits.isdecimal() and len(digits) <= 4:
            found.append(int(digits))
        elif item is not None:
            raise Unusable(f"{_shown(item)} is not the number of a sentence.")
    return found


def _strings(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _period(value: Any) -> str | None:
    return value if isinstance(value, str) and _PERIOD.fullmatch(value) else None


def _shown(value: Any) -> str:
    return repr(value)[:80]


def select(draft: Draft, places: Iterable[int]) -> Draft:
    """The draft with these of its sentences alone, and with what they name.

    Sources are numbered as they are first used, so sentences keep their numbers as long as
    those before them stay.
    """
    sources: list[Source] = []

    def renumber(mark: re.Match[str]) -> str:
        source = draft.sources[int(mark[1]) - 1]
        if source not in sources:
            sources.append(source)
        return f"[{sources.index(source) + 1}]"

    sentences = tuple(
        replace(sentence, text=_MARK.sub(renumber, sentence.text))
        for sentence in (draft.sentences[place] for place in places)
    )
    steps = _steps_of(draft, sentences)
    named = _named(sentences) | {id for step in steps for id in step.operands}
    named.update(draft.nearest)
    figures = {id: figure for id, figure in draft.figures.items() if id in named}
    return replace(draft, sentences=sentences, sources=tuple(sources), steps=steps, figures=figures)


def _steps_of(draft: Draft, sentences: Sequence[DraftSentence]) -> tuple[Step, ...]:
    """The steps that the sentences name, with the steps that those rest on, in order."""
    wanted = _named(sentences)
    for step in reversed(draft.steps):
        if step.id in wanted:
            wanted.update(step.operands)
    return tuple(step for step in draft.steps if step.id in wanted)


def _named(sentences: Sequence[DraftSentence]) -> set[str]:
    return {id for sentence in sentences for id in _slots(sentence.text)}
