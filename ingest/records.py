"""Records: everything known about one article, as one string for its place in the index."""

from __future__ import annotations

import base64
import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from ingest.articles import Article, Block, Removal, Span
from ingest.figures import Figure, Origin
from ingest.passages import Passage, embedded_text

FORMAT = 1
_FIGURE_FIELDS = tuple(field.name for field in fields(Figure))
_ARTICLE_FIELDS = tuple(
    field.name for field in fields(Article) if field.name not in ("blocks", "removals")
)
_DECIMALS = frozenset({"value", "low", "high", "precision"})


@dataclass(frozen=True, slots=True)
class Record:
    """An article with what was found in it."""

    article: Article
    sentences: tuple[Span, ...]
    figures: tuple[Figure, ...]
    passages: tuple[Passage, ...]


def sentences_of(record: Record, passage: Passage) -> list[Span]:
    """The sentences of a passage; of a sentence longer than it, the part that lies in it."""
    spans = record.sentences
    low = bisect_right(spans, passage.start, key=lambda s: s.end)
    high = bisect_left(spans, passage.end, lo=low, key=lambda s: s.start)
    return [Span(max(s.start, passage.start), min(s.end, passage.end)) for s in spans[low:high]]


def embedded(record: Record, passage: Passage) -> tuple[str, list[tuple[int, int]]]:
    """The text that is embedded for a passage, and where its sentences stand in that text."""
    text, lead = embedded_text(record.article, passage)
    shift = lead - passage.start
    return text, [(s.start + shift, s.end + shift) for s in sentences_of(record, passage)]


def pack(record: Record) -> str:
    """The record as text that any store keeps; `unpack` gives it back."""
    article = record.article
    data = {
        "article": [getattr(article, name) for name in _ARTICLE_FIELDS],
        "blocks": [[b.start, b.end, b.kind, b.level] for b in article.blocks],
        "removals": [[r.text, r.reason] for r in article.removals],
        "sentences": [[s.start, s.end] for s in record.sentences],
        "passages": [[p.start, p.end, p.heading] for p in record.passages],
        "names": _FIGURE_FIELDS,
        "figures": [_pack_figure(f) for f in record.figures],
    }
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(raw.encode("utf-8", "surrogatepass"), 6)
    return base64.b64encode(packed).decode("ascii")


def unpack(packed: str) -> Record:
    """The record that `pack` was given."""
    raw = zlib.decompress(base64.b64decode(packed)).decode("utf-8", "surrogatepass")
    data = json.loads(raw)
    article = Article(
        **dict(zip(_ARTICLE_FIELDS, data["article"], strict=True)),
        blocks=tuple(Block(*block) for block in data["blocks"]),
        removals=tuple(Removal(*removal) for removal in data["removals"]),
    )
    return Record(
        article,
        tuple(Span(*span) for span in data["sentences"]),
        tuple(_unpack_figure(article.id, data["names"], f) for f in data["figures"]),
        tuple(Passage(article.id, *passage) for passage in data["passages"]),
    )


def _pack_figure(figure: Figure) -> list[Any]:
    return [_plain(getattr(figure, name)) for name in _FIGURE_FIELDS]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [[o.slot, o.how, o.start, o.end] if isinstance(o, Origin) else o for o in value]
    return value


def _unpack_figure(article_id: str, names: Sequence[str], values: Sequence[Any]) -> Figure:
    found = {name: _valued(name, v) for name, v in zip(names, values, strict=True)}
    return Figure(**{**found, "article_id": article_id})


def _valued(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DECIMALS:
        return Decimal(value)
    if name == "sentence":
        return Span(*value)
    if isinstance(value, list):
        return tuple(Origin(*v) if isinstance(v, list) and len(v) == 4 else v for v in value)
    return value
