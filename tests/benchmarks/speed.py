"""Speed beside the tutorial pipeline: ingest rate, query time, memory and disk.

Each system works in a process of its own; they take turns over the same articles and questions, so
that whatever else the machine does weighs on both alike.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks import retrieval
from tests.benchmarks.lines import Line, Missing, public
from tests.benchmarks.retrieval import PLAIN_IS, Quotient, Tutorial

N_PASSAGES = 5000
N_TURNS = 10
N_WARM = 10
SYSTEMS = ("quotient", "tutorial")


def measure(sample: int | None = None) -> Iterator[Line]:
    """The lines of the table; with a sample, over ten passages for each of it."""
    n_passages = sample * 10 if sample else N_PASSAGES
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = (_figures(turns, n_passages) for turns in _by_turns(folder, n_passages))
    work = f"synthetic articles, about {n_passages:,} passages"
    ratio = float(np.median(np.divide(theirs["ingest"], ours["ingest"])))
    yield Line(work, "characters ingested a second", f"{ours['rate']:,.0f}",
               f"{theirs['rate']:,.0f}", PLAIN_IS,
               f"figures included; {ratio:.1f} times, the median of {N_TURNS} turns")  # fmt: skip
    for share in (50, 95):
        yield Line(work, f"query, p{share}", *(
            f"{np.percentile(each['query'], share):.1f} ms" for each in (ours, theirs)
        ), PLAIN_IS)  # fmt: skip
    yield Line(work, "memory at most", f"{ours['memory']:,.0f} MB",
               f"{theirs['memory']:,.0f} MB", PLAIN_IS)  # fmt: skip
    yield Line(work, "index on disk", f"{ours['disk']:,.1f} MB", f"{theirs['disk']:,.1f} MB",
               PLAIN_IS, f"and {ours['cache']:,.1f} MB of cache")  # fmt: skip


def _by_turns(folder: str, n_passages: int) -> tuple[list[dict[str, Any]], ...]:
    """What each system's worker told of every turn: articles first, then questions."""
    told: tuple[list[dict[str, Any]], ...] = ([], [])
    with _worker(SYSTEMS[0], folder) as first, _worker(SYSTEMS[1], folder) as second:
        for order in _orders(n_passages):
            for worker, answers in zip((first, second), told, strict=True):
                answers.append(_asked(worker, order))
    return told


def _orders(n_passages: int) -> Iterator[dict[str, Any]]:
    texts = iter(synthetic_articles(n_passages).items())
    n_articles = -(-max(1, n_passages // 12) // N_TURNS)
    while part := dict(islice(texts, n_articles)):
        yield {"add": part}
    questions = synthetic_questions()
    for i in range(0, len(questions), N_WARM):
        yield {"ask": questions[i : i + N_WARM]}
    yield {"tell": True}


def _figures(turns: Sequence[Mapping[str, Any]], n_passages: int) -> dict[str, Any]:
    """The last turn's figures, with the seconds of each ingesting turn and of each question."""
    ingest = [turn["seconds"] for turn in turns if "seconds" in turn]
    asked = [turn["times"] for turn in turns if "times" in turn][1:]  # the first ones warm it up
    n_chars = sum(map(len, synthetic_articles(n_passages).values()))
    query = [1000 * seconds for times in asked for seconds in times]
    return {**turns[-1], "ingest": ingest, "query": query, "rate": n_chars / sum(ingest)}


@contextmanager
def _worker(system: str, folder: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.benchmarks.speed", system, str(Path(folder, system))]
    with subprocess.Popen(
        command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _asked(worker: subprocess.Popen[str], order: Mapping[str, Any]) -> dict[str, Any]:
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(json.dumps(order) + "\n")
    worker.stdin.flush()
    line = worker.stdout.readline()
    if not line:
        raise Missing("a process that was measured ended; what it said is above")
    told: dict[str, Any] = json.loads(line)
    return told


def _work(name: str, folder: Path) -> None:
    """The worker: does what each line of stdin orders, and tells how long it took."""
    folder.mkdir(parents=True)
    if name == "quotient":
        from ingest import embedding

        embedding.load().embed_one("warm")  # the quick form is made before the clock starts
    system = Quotient({}, folder, ".txt") if name == "quotient" else Tutorial({}, folder)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_done(system, folder, json.loads(line))) + "\n")
        sys.stdout.flush()


def _done(system: Quotient | Tutorial, folder: Path, order: Mapping[str, Any]) -> dict[str, Any]:
    if "add" in order:
        before = system.seconds
        system.add(order["add"])
        return {"seconds": system.seconds - before}
    is_ours = isinstance(system, Quotient)
    if "ask" in order:
        search = partial(system.index.rank, k=8) if is_ours else partial(system.search, k=4)
        return {"times": list(timed(search, order["ask"]))}
    return {
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk": size_of(folder / "index" / "chroma" if is_ours else folder / "tutorial") / 1e6,
        "cache": size_of(folder / "index" / "cache") / 1e6,
    }


def timed(search: Callable[[str], object], questions: Iterable[str]) -> Iterator[float]:
    """The seconds that each question takes."""
    for question in questions:
        started = time.perf_counter()
        search(question)
        yield time.perf_counter() - started


def synthetic_articles(n_passages: int) -> dict[str, str]:
    """Articles recombined from real sentences: about 12 passages each, no two alike."""
    chance = random.Random(7)
    data = json.loads(public("xquad_en.json").read_text(encoding="utf-8"))["data"]
    paragraphs = [p["context"] for a in data for p in a["paragraphs"]]
    pool = [s + "." for p in paragraphs for s in p.split(". ") if len(s) > 40]
    texts: dict[str, str] = {}
    for i in range(max(1, n_passages // 12)):
        lines = [" ".join(chance.sample(pool, 6)) for _ in range(12)]
        texts[f"article-{i:05}"] = f"Report number {i}\n" + "\n".join(lines) + "\n"
    return texts


def synthetic_questions(n: int = 200) -> list[str]:
    return [q.text for q in retrieval.xquad().questions[: n * 5 : 5]]


def size_of(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]))
