"""Answering: how long a warm answer takes, with and without what the embedding model does in it.

Warm is a bot that has answered other questions over the same articles; every question that is
timed is new to it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot import Bot
from bot.evaluation import sets
from bot.settings import Settings
from ingest import embedding
from ingest.embedding import LocalEmbedding
from ingest.index import Index
from tests.benchmarks.lines import Line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

CORPUS = Path(__file__).parents[2] / "corpus"
N_WARM = 20


class Clocked(LocalEmbedding):
    """A local embedding that counts the seconds spent in it."""

    seconds = 0.0

    @classmethod
    def of(cls, model: LocalEmbedding, fingerprint: str | None = None) -> Clocked:
        """The model; with another's fingerprint it opens the index that the other made."""
        return cls(model.name, model.folder, fingerprint or model.fingerprint, model._fast)

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Vectors, list[Vectors]]:
        with self._counted():
            return super().embed_parts(texts, parts)

    def middle(self, sequences: Sequence[Sequence[int]]) -> list[Vectors]:
        with self._counted():
            return super().middle(sequences)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - started


def times(bot: Bot, model: Clocked, asked: Sequence[tuple[str, Any]]) -> dict[str, float]:
    """Milliseconds of an answer: "p50" and "p95" without the model's, "whole" with it, and
    "processor", how long the processor worked at the whole."""
    rows = [_timed(bot, model, question, bot.turns(history)) for question, history in asked]
    whole, beyond, processor = np.array(rows).T
    return {
        "p50": float(np.percentile(beyond, 50)),
        "p95": float(np.percentile(beyond, 95)),
        "whole": float(np.median(whole)),
        "processor": float(np.median(processor)),
    }


def line(work: str, found: dict[str, float], figure: str = "answer beyond the embedding") -> Line:
    """What `times` gives, as a line of the table."""
    note = f"p95 {found['p95']:.0f} ms; with the embedding {found['whole']:.0f} ms"
    note += f", {found['processor']:.0f} ms of the processor's"
    return Line(work, f"{figure}, p50", f"{found['p50']:.0f} ms", note=note)


def _timed(bot: Bot, model: Clocked, question: str, history: Any) -> tuple[float, float, float]:
    started, spent, used = time.perf_counter(), model.seconds, time.process_time()
    bot.ask(question, history)
    whole = time.perf_counter() - started
    beyond = whole - (model.seconds - spent)
    return 1000 * whole, 1000 * beyond, 1000 * (time.process_time() - used)


def clocked(fingerprint: str | None = None) -> Clocked:
    """The usual model, its seconds counted."""
    model = embedding.load()
    assert isinstance(model, LocalEmbedding)
    return Clocked.of(model, fingerprint)


def measure(sample: int | None) -> Iterator[Line]:
    """The answers of the project's own questions on its two articles."""
    cases = sets.load(CORPUS / "questions.yaml")
    cases = cases[:: max(1, len(cases) // sample)] if sample else cases
    model = clocked()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        shutil.copytree(CORPUS, corpus, ignore=shutil.ignore_patterns(".*", "*.yaml"))
        settings = Settings(corpus=corpus)
        with Index.open(settings.index_folder, corpus=corpus, embedding=model) as index:
            index.sync(corpus)
        bot = Bot.open(settings, model)
        asked = [(case.question, case.history) for case in cases]
        times(bot, model, asked[:N_WARM])
        found = times(bot, model, asked[N_WARM:] or asked)
        bot.close()
    yield line("two articles, questions after others on them", found)
