"""True drafts: written by hand in `tests/data/proof/drafts.yaml`, and made from the articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot import proof
from bot.drafts import Draft, DraftSentence, Source, Step
from bot.questions import Query
from ingest import Article, Figure, Span, articles, figures, sentences

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "corpus", ROOT / "tests" / "data" / "world")


@dataclass(frozen=True, slots=True)
class TrueDraft:
    """A draft that the articles bear out; `is_by_hand` when its words are nobody's template."""

    id: str
    draft: Draft
    query: Query
    is_by_hand: bool


@dataclass(frozen=True, slots=True)
class World:
    """The articles and what was found in them."""

    articles: Mapping[str, Article]
    figures: Mapping[str, tuple[Figure, ...]]
    sentences: Mapping[str, tuple[Span, ...]]

    def check(self, draft: Draft, query: Query) -> proof.Verdict:
        return proof.check(draft, query, self.articles, self.figures.__getitem__, self.passage_of)

    def passage_of(self, article_id: str, start: int, end: int) -> Span:
        """Three blocks around a span, about what retrieval gives."""
        blocks = self.articles[article_id].blocks
        at = max(n for n, block in enumerate(blocks) if block.start <= start or not n)
        return Span(
            blocks[max(0, at - 1)].start, max(end, blocks[min(at + 1, len(blocks) - 1)].end)
        )

    def text(self, figure: Figure) -> str:
        return self.articles[figure.article_id].text[figure.start : figure.end]

    def source(self, article: str, words: str) -> Source:
        at = " ".join(self.articles[article].text.splitlines()).index(words)
        span = next(s for s in self.sentences[article] if s.start <= at < s.end)
        return Source(article, span.start, span.end)

    def within(self, source: Source) -> list[Figure]:
        """The figures of a cited sentence."""
        return [
            f
            for f in self.figures[source.article_id]
            if source.start <= f.start and f.end <= source.end
        ]

    def figure(self, text: str, sources: list[Source]) -> Figure:
        for source in sources:
            for figure in self.figures[source.article_id]:
                inside = source.start <= figure.start and figure.end <= source.end
                if inside and self.text(figure).startswith(text):
                    return figure
        raise LookupError(f"no figure {text!r} is cited")


@cache
def world() -> World:
    """Every article of the corpus and of the tests' world."""
    read = {}
    for folder in FOLDERS:
        for path in articles.scan(folder):
            article = articles.read(path, folder)
            read[article.id] = article
    return World(
        read,
        {id: tuple(figures.find(article)) for id, article in read.items()},
        {id: tuple(sentences.find(article)) for id, article in read.items()},
    )


@cache
def by_hand() -> tuple[TrueDraft, ...]:
    text = (ROOT / "tests" / "data" / "proof" / "drafts.yaml").read_text(encoding="utf-8")
    return tuple(_read(entry) for entry in yaml.safe_load(text))


def _read(entry: dict[str, Any]) -> TrueDraft:
    sources = [world().source(entry["article"], words) for words in entry["cite"]]
    told = {id: world().figure(text, sources) for id, text in entry["figures"].items()}
    steps = tuple(_step(n, text) for n, text in enumerate(entry.get("steps", ()), start=1))
    kind = "computed" if steps else "quoted"
    draft = Draft("answered", (DraftSentence(entry["text"], kind),), tuple(sources), told, steps)
    return TrueDraft(entry["id"], draft, Query(entry["asked"], entry["asked"]), True)


def _step(n: int, text: str) -> Step:
    """ "residual f1 f2 | imports | total trade": operation and operands, measure, identity."""
    head, *claims = (part.strip() for part in text.split("|"))
    operation, *operands = head.split()
    measure, identity = [*claims, None, None][:2]
    return Step(f"c{n}", operation, tuple(operands), measure=measure, identity=identity)


@cache
def from_articles(n: int) -> tuple[TrueDraft, ...]:
    """`n` drafts made by rule: quoted sentences, and figures told in one template."""
    made = [draft for id in world().articles for draft in _made(id)]
    step = max(1, len(made) // n)
    return tuple(made[::step][:n])


def _made(id: str) -> Iterator[TrueDraft]:
    for place, span in enumerate(world().sentences[id]):
        inside = [f for f in world().figures[id] if span.start <= f.start and f.end <= span.end]
        text = " ".join(world().articles[id].text[span.start : span.end].split())
        if not inside or len(text) < 40 or "|" in text:
            continue
        source = Source(id, span.start, span.end)
        query = Query("What do the articles say?", "What do the articles say?")
        quote = Draft("answered", (DraftSentence(f"{text} [1]", "quoted"),), (source,))
        yield TrueDraft(f"{id}:{place}:quote", quote, query, False)
        told = next((f for f in inside if f.measure and f.kind in ("level", "count")), None)
        if told:
            yield TrueDraft(f"{id}:{place}:figure", _told(told, source), query, False)


def _told(figure: Figure, source: Source) -> Draft:
    text = f"The figure for {figure.measure} is {{f1}}. [1]"
    return Draft("answered", (DraftSentence(text, "quoted"),), (source,), {"f1": figure})
