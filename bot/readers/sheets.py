"""Sheets: the evidence as a chat model is shown it, numbered, within a budget of tokens.

Passages go in best first. Sentences are numbered, and the figures in them are one table:

    Article: China's foreign trade in 2024 (Times, 2025-01-14)
    [1] Foreign trade reached 43.85 trillion yuan in 2024.
    ...
    id | figure | measure | of | period | sentence
    f1 | 43.85 trillion yuan | foreign trade | China | 2024 | 1

Numbers and ids follow the order of the evidence alone, so a sheet with a smaller budget gives
the same id to the same figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.drafts import Source
from bot.retrieval import Evidence, Hit
from ingest import Article, Figure

CHARS_PER_TOKEN = 3.5
_HEADER = "id | figure | measure | of | period | sentence"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\s]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`text` is what a model reads; its [n] are keys of `sources`, its f… keys of `figures`."""

    text: str
    sources: Mapping[int, Source]
    figures: Mapping[str, Figure]

    def source_of(self, figure: Figure) -> Source:
        """The sentence or table row that states the figure."""
        return Source(figure.article_id, figure.sentence.start, figure.sentence.end)


def n_tokens(text: str) -> int:
    """About how many tokens a model makes of the text; a little too many for plain English."""
    return int(len(text) / CHARS_PER_TOKEN) + 1


def lay_out(evidence: Evidence, max_tokens: int) -> Sheet:
    """The best passages whose text and figures fit `max_tokens`; the first one in any case."""
    blocks: list[_Block] = []
    left = max_tokens
    for block in _blocks(evidence):
        left -= n_tokens(block.text)
        if blocks and left < 0:
            break
        blocks.append(block)
    return _sheet(blocks)


@dataclass(frozen=True, slots=True)
class _Block:
    """One passage: what is new in it, numbered."""

    lines: tuple[str, ...]
    rows: tuple[str, ...]
    sources: Mapping[int, Source]
    figures: Mapping[str, Figure]

    @property
    def text(self) -> str:
        return "\n".join((*self.lines, *self.rows))


def _sheet(blocks: Sequence[_Block]) -> Sheet:
    lines = [line for block in blocks for line in block.lines]
    rows = [row for block in blocks for row in block.rows]
    table = ["", _HEADER, *rows] if rows else []
    sources = {n: source for block in blocks for n, source in block.sources.items()}
    figures = {id: figure for block in blocks for id, figure in block.figures.items()}
    return Sheet("\n".join(lines + table), sources, figures)


def _blocks(evidence: Evidence) -> Iterator[_Block]:
    seen: dict[Source, int] = {}
    n_figures = 0
    by_sentence = _figures_by_sentence(evidence.figures)
    for hit in evidence.hits:
        article = evidence.articles[hit.passage.article_id]
        fresh = [source for source in _sentences(evidence, hit) if source not in seen]
        lines, rows, figures = [_head(article, hit)], [], {}
        numbers: dict[int, Source] = {}
        for source in fresh:
            number = seen[source] = len(seen) + 1
            numbers[number] = source
            lines.append(f"[{number}] {plain(article.text[source.start : source.end])}")
            for figure in by_sentence.get(source, ()):
                n_figures += 1
                figures[f"f{n_figures}"] = figure
                rows.append(_row(f"f{n_figures}", figure, article, number))
        if fresh:
            yield _Block(tuple(lines), tuple(rows), numbers, figures)


def _sentences(evidence: Evidence, hit: Hit) -> list[Source]:
    """The sentences of a hit's passage, in the order of its text."""
    passage = hit.passage
    return sorted(
        (
            Source(sentence.article_id, sentence.span.start, sentence.span.end)
            for sentence in evidence.sentences
            if sentence.article_id == passage.article_id
            and passage.start <= sentence.span.start
            and sentence.span.end <= passage.end
        ),
        key=lambda source: source.start,
    )


def _figures_by_sentence(figures: Sequence[Figure]) -> dict[Source, list[Figure]]:
    found: dict[Source, list[Figure]] = {}
    for figure in figures:
        span = figure.sentence
        found.setdefault(Source(figure.article_id, span.start, span.end), []).append(figure)
    return found


def _head(article: Article, hit: Hit) -> str:
    told = [part for part in (article.source, article.published) if part]
    head = f"Article: {plain(article.title)}" + (
        f" ({', '.join(map(plain, told))})" if told else ""
    )
    heading = plain(hit.passage.heading)
    return f"{head} · under: {heading}" if heading and heading != plain(article.title) else head


def _row(id: str, figure: Figure, article: Article, number: int) -> str:
    measure = " ".join(filter(None, (figure.measure, _nature(figure))))
    cells = (
        id,
        article.text[figure.start : figure.end],
        measure,
        figure.entity or "",
        figure.period or "",
        str(number),
    )
    return " | ".join(plain(cell).replace("|", "/") for cell in cells)


def _nature(figure: Figure) -> str:
    """What a figure is, where it is not simply how much there was: "(change, up)"."""
    words = [
        "" if figure.kind in ("level", "count") else figure.kind,
        figure.direction or "",
        f"from {figure.basis}" if figure.basis else "",
        figure.claim or "",
    ]
    told = ", ".join(word for word in words if word)
    return f"({told})" if told else ""


def plain(text: str) -> str:
    """One line without control characters; a chat template's own marks are broken up."""
    line = _CONTROL.sub(" ", text).strip()
    return line.replace("<|", "< |").replace("|>", "| >").replace("[INST", "[ INST")
