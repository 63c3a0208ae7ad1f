"""A bot over texts that are held in memory, and what the public sets have in common."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from bot.answers import Answer
from bot.chain import Bot
from bot.settings import Settings
from ingest import Article
from ingest.embedding import Embedding
from ingest.embedding import load as load_embedding
from ingest.index import Index

T = TypeVar("T")
SEED = 7


@dataclass(frozen=True, slots=True)
class Cited:
    """text[start:end] of an article that an answer rests on."""

    article_id: str
    start: int
    end: int


@contextmanager
def bot_over(texts: Mapping[str, str]) -> Iterator[Bot]:
    """A bot whose corpus is these files; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="quotient-bench-") as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        corpus.mkdir()
        for name, text in texts.items():
            (corpus / name).write_text(text, encoding="utf-8")
        with Index.open(index, corpus=corpus, embedding=embedding()) as opened:
            opened.sync(corpus)
        with closing(Bot.open(Settings(corpus=corpus, index=index), embedding())) as bot:
            yield bot


@cache
def embedding() -> Embedding:
    """The embedding inside, loaded once for all parts."""
    return load_embedding()


def sampled(items: Sequence[T], n: int | None) -> list[T]:
    """About `n` of the items, the same ones every time and in their order."""
    if n is None or n >= len(items):
        return list(items)
    picked = sorted(random.Random(SEED).sample(range(len(items)), n))
    return [items[i] for i in picked]


def citations(answer: Answer) -> list[Cited]:
    """What an answer cites; nothing where it abstains, whatever it offers as near."""
    if answer.status == "abstained":
        return []
    return [Cited(c.article_id, c.start, c.end) for c in answer.citations]


def located(article: Article, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in an article, white space folded."""
    words = quote.split()
    match = re.search(r"\s+".join(map(re.escape, words)), article.text) if words else None
    return match.span() if match else None


def overlaps(cited: Cited, start: int, end: int) -> bool:
    """Whether at least half of text[start:end], or of the citation, is shared."""
    shared = min(cited.end, end) - max(cited.start, start)
    return shared > 0 and shared * 2 >= min(end - start, cited.end - cited.start)


def percent(values: Sequence[float]) -> str:
    """Mean of rates with its interval: "81.2% (77–85)"."""
    from bot.evaluation.statistics import interval

    found = interval(values)
    if found is None:
        return "none"
    return f"{found.mean * 100:.1f}% ({found.low * 100:.0f}–{found.high * 100:.0f})"
