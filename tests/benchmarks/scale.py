"""Scale: ingest rate, query and answer time, memory, disk at 1,000, 10,000, 100,000 passages.

The articles are recombined from real sentences. At the largest size the model embeds each sentence
once and a passage's vector is the mean of its sentences', so that what is measured there is all but
the model, which takes the same time a passage at any size. Beside it: how many of the true nearest
Chroma's graph finds, on these passages and on real sentences.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot import Bot
from bot.settings import Settings
from ingest import articles, embedding, sentences
from ingest.embedding import Embedding
from ingest.index import EXACT_PASSAGES, N_CANDIDATES, Index
from ingest.mirrors import Live
from ingest.store import Store
from tests.benchmarks import answering, retrieval, speed
from tests.benchmarks.lines import Line, Missing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

SIZES = (1_000, 10_000, 100_000)
EMBEDDED = 10_000
N_REAL = 15_000
N_NEAREST = 10
N_WARM = 10
# Questions that are answered, each twice: a bot keeps the articles of so many.
N_ANSWERED = 30


class SentenceMeans(Embedding):
    """Vectors of texts as the means of their sentences' vectors, each made once."""

    def __init__(self, inner: Embedding) -> None:
        self._inner, self.name = inner, inner.name
        self.fingerprint, self.max_tokens = f"means:{inner.fingerprint}", inner.max_tokens
        self._vectors: dict[str, Vectors] = {}
        self._counts: dict[str, int] = {}

    def embed_many(self, texts: Sequence[str]) -> Vectors:
        lacking = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if lacking:
            made = self._inner.embed_many(lacking)
            self._vectors.update(zip(lacking, made, strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def embed_one(self, text: str) -> Vectors:
        return self._inner.embed_one(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        lacking = [text for text in dict.fromkeys(texts) if text not in self._counts]
        self._counts.update(zip(lacking, self._inner.count_tokens(lacking), strict=True))
        return [self._counts[text] for text in texts]

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Vectors, list[Vectors]]:
        cut = [[t[a:b] for a, b in spans] or [t] for t, spans in zip(texts, parts, strict=True)]
        flat = self.embed_many([text for group in cut for text in group])
        ends = np.cumsum([0, *map(len, cut)])
        found = [flat[a:b] for a, b in pairwise(ends)]
        means = np.stack([group.mean(axis=0) for group in found])
        return means / np.linalg.norm(means, axis=1, keepdims=True), found


def measure(sample: int | None) -> Iterator[Line]:
    """The lines of the table; with a sample, sizes a hundredth of these."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            yield from _lines(_in_process(Path(folder), size // 100 if sample else size))
    yield from _real(N_REAL // 100 if sample else N_REAL)


def _lines(found: dict[str, Any]) -> Iterator[Line]:
    n = int(found["passages"])
    work = f"{n:,} passages of {int(found['articles']):,} synthetic articles"
    note = "" if found["is_embedded"] else "without the model: vectors from the sentences'"
    yield Line(work, "characters ingested a second", f"{found['rate']:,.0f}", note=note)
    yield Line(work, "query, p50", f"{found['p50']:.1f} ms", note=f"p95 {found['p95']:.1f} ms")
    yield answering.line(work, found["first"], "first answer beyond the embedding")
    yield answering.line(work, found["again"], "answer beyond the embedding, asked again")
    yield Line(work, "memory at most", f"{found['memory']:,.0f} MB")
    yield Line(work, "index on disk", f"{found['disk']:,.1f} MB",
               note=f"and {found['cache']:,.1f} MB of cache")  # fmt: skip
    if "recall" in found:
        yield Line(work, f"of the nearest {N_NEAREST}, found", f"{found['recall']:.2%}")


def _in_process(folder: Path, n_passages: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.scale", str(folder), str(n_passages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it was ended from outside"]
        raise Missing(f"{n_passages} passages: {said[-1]}")
    measured: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return measured


def _measured(folder: Path, n_passages: int) -> dict[str, Any]:
    model = embedding.load()
    model.embed_one("warm")
    is_embedded = n_passages <= EMBEDDED
    texts = speed.synthetic_articles(n_passages)
    ours = retrieval.Quotient(texts, folder, ".txt", None if is_embedded else SentenceMeans(model))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    questions = speed.synthetic_questions()
    ours.index.refresh()
    times = [1000 * s for s in speed.timed(lambda q: ours.index.rank(q, 8), questions)][N_WARM:]
    n = sum(live.n_passages for live in ours.index.lives().values())
    found: dict[str, Any] = {
        "passages": n,
        "articles": len(texts),
        "is_embedded": is_embedded,
        "rate": sum(map(len, texts.values())) / ours.seconds,
        "p50": float(np.percentile(times, 50)),
        "p95": float(np.percentile(times, 95)),
        "memory": memory,
        "disk": speed.size_of(folder / "index" / "chroma") / 1e6,
        "cache": speed.size_of(folder / "index" / "cache") / 1e6,
    }
    found |= _answered(ours, questions)
    if n > EXACT_PASSAGES:
        found["recall"] = _recall(ours.index, model.embed_many(questions))
    return found


def _answered(ours: retrieval.Quotient, questions: Sequence[str]) -> dict[str, Any]:
    """The times of answers whose articles have not been read before, and of the same again."""
    settings = Settings(corpus=ours.corpus, index=ours.index.folder)
    model = answering.clocked(ours.index.embedding.fingerprint)
    bot = Bot.open(settings, model)
    warm, *asked = [(question, ()) for question in questions[: N_ANSWERED + 1]]
    answering.times(bot, model, [warm])
    return {name: answering.times(bot, model, asked) for name in ("first", "again")}


def _recall(index: Index, queries: Vectors) -> float:
    """The share of the true nearest that the graph finds as the index asks it."""
    store: Store = index._store
    lives = sorted(index.lives().values(), key=lambda live: live.version)
    places = [(live.version, i) for live in lives for i in range(live.n_passages)]
    matrix = np.concatenate([store.vectors(live.version, live.n_passages) for live in lives])
    return _found(store, places, matrix, queries)


def _found(
    store: Store, places: Sequence[tuple[str, int]], matrix: Vectors, queries: Vectors
) -> float:
    shares = []
    for query in queries:
        best = np.argsort(-(matrix @ query))[:N_NEAREST]
        near = set(store.nearest(query, 2 * N_CANDIDATES, None))
        shares.append(sum(places[i] in near for i in best) / len(best))
    return float(np.mean(shares))


def _real(n: int) -> Iterator[Line]:
    """The graph over real sentences, of the texts of Chroma's chunking evaluation."""
    texts = _sentences(retrieval.chunking_evaluation().texts)
    texts = texts[:: max(1, len(texts) // n)][:n]
    model = embedding.load()
    matrix = model.embed_many(texts)
    questions = retrieval.half(retrieval.chunking_evaluation(), reported=True).questions
    queries = model.embed_many([question.text for question in questions])
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder), None)
        live = Live("real", "real", "", "", 0, len(texts))
        store.add([live], ["{}"], [list(matrix)])
        share = _found(store, [("real", i) for i in range(len(texts))], matrix, queries)
        store.close()
    work = f"{len(texts):,} real sentences, {len(questions)} questions"
    yield Line(work, f"of the nearest {N_NEAREST}, found by the graph", f"{share:.2%}")


def _sentences(texts: dict[str, str]) -> list[str]:
    found: dict[str, Any] = {}
    for name, text in texts.items():
        article = articles.parse(text.encode(), f"{name}.md")
        spans = sentences.find(article)
        found.update(dict.fromkeys(article.text[s.start : s.end] for s in spans))
    return list(found)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
