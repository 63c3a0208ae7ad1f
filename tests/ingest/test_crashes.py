"""Crashes: a sync killed at any of its writes leaves a sound index, and the next one finishes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.index import Index
from tests.ingest.quick import QuickEmbedding

ROOT = Path(__file__).parents[2]
N_QUICK, N_SOAK = 10, 100

# Runs in a process of its own: kills itself, with no chance to tidy up, at its n-th write.
SYNC = """
import os, signal, sys
from pathlib import Path
from ingest import index as indexes, store, syncing, vectors
from tests.ingest.quick import QuickEmbedding

corpus, n = Path(sys.argv[1]), int(sys.argv[2])
seen = 0

def counted(write):
    def step(*args, **kwargs):
        global seen
        for _ in range(2):  # once before the write, once after it
            seen += 1
            if seen == n:
                os.kill(os.getpid(), signal.SIGKILL)
            if _ == 0:
                result = write(*args, **kwargs)
        return result
    return step

def watch(collection):
    for name in ("upsert", "delete"):
        setattr(collection, name, counted(getattr(collection, name)))
    return collection

take = store.Store._collection
known = {}
def collection(self, kind):
    if kind not in known:
        known[kind] = watch(take(self, kind))
    return known[kind]

store.Store._collection = collection
cache = vectors.VectorCache
for name in ("put", "add_versions", "add_outlines", "keep", "set_worded"):
    setattr(cache, name, counted(getattr(cache, name)))
syncing.BATCH_ARTICLES = 2
with indexes.Index.open(corpus / ".quotient", corpus=corpus, embedding=QuickEmbedding()) as index:
    index.sync(corpus)
print(seen)
"""


def run(script: str, corpus: Path, n: int) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own, over a corpus, with its number."""
    return subprocess.run(
        [sys.executable, "-c", script, str(corpus), str(n)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


# Runs in a process of its own, in which no file may grow beyond so many bytes: a disk that is full.
FULL = """
import resource, sys
from pathlib import Path
from ingest.errors import IndexUnreachable
from ingest.index import Index
from tests.ingest.quick import QuickEmbedding

corpus, n = Path(sys.argv[1]), int(sys.argv[2])
with Index.open(corpus / ".quotient", corpus=corpus, embedding=QuickEmbedding()) as index:
    resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))
    try:
        index.sync(corpus)
    except IndexUnreachable as error:
        print("refused:", error)
"""


def fill_many(corpus: Path, n_fills: int, seed: int) -> None:
    """Sync with less and less room for any file; no answer but a clear one, no harm done."""
    corpus.mkdir()
    dice = random.Random(seed)
    for i in range(6):
        (corpus / f"old-{i}.txt").write_text(story(dice, f"old {i}"), encoding="utf-8")
    assert run(FULL, corpus, 1 << 30).returncode == 0
    largest = max(p.stat().st_size for p in (corpus / ".quotient").rglob("*") if p.is_file())
    n_refused = 0
    for round_ in range(n_fills):
        shuffle(corpus, dice, round_)
        done = run(FULL, corpus, largest * (n_fills - round_ - 1) // n_fills)
        assert done.returncode == 0, done.stderr
        n_refused += done.stdout.startswith("refused: The index at")
        assert_sound(corpus, is_complete=False)
        with Index.open(corpus / ".quotient", corpus=corpus, embedding=QuickEmbedding()) as index:
            index.sync(corpus)
        assert_sound(corpus, is_complete=True)
    assert n_refused


def shuffle(corpus: Path, dice: random.Random, round_: int) -> None:
    """Add, change, remove and move some articles."""
    paths = sorted(p for p in corpus.rglob("*.txt") if ".quotient" not in p.parts)
    dice.shuffle(paths)
    for path in paths[:2]:
        path.unlink()
    for i, path in enumerate(paths[2:4]):
        path.rename(corpus / f"moved-{round_}-{i}.txt")
    for path in paths[4:6]:
        path.write_text(story(dice, f"changed in {round_}"), encoding="utf-8")
    for i in range(3):
        (corpus / f"new-{round_}-{i}.txt").write_text(
            story(dice, f"new in {round_}, number {i}"), encoding="utf-8"
        )


def story(dice: random.Random, about: str) -> str:
    words = "ports rain trains rice wine boats fields cities boxes wells rails snow".split()
    lines = [f"The {dice.choice(words)} and {dice.choice(words)} of {about}. " * 9 for _ in "abc"]
    return f"Story {about}\n" + "\n".join(lines) + "\n"


def assert_sound(corpus: Path, *, is_complete: bool) -> None:
    """No passage missing, doubled or stale; `is_complete`: in step with the folder, too."""
    with Index.open(corpus / ".quotient", corpus=corpus, embedding=QuickEmbedding()) as index:
        lives = index.lives()
        stored = index._store.passages.get(include=[])["ids"] if lives else []
        wanted = {f"{x.version}:{i}" for x in lives.values() for i in range(x.n_passages)}
        assert wanted <= set(stored) and len(stored) == len(set(stored))
        for name in lives:
            article = index.article(name)
            hits = index.search(article.text, 5, article=name)
            assert {p.article_id for p, _ in hits} == {name}
            assert {p for p, _ in hits} <= set(index.passages(name))
        found = index.search("ports and rain", 50)
        assert len({p for p, _ in found}) == len(found)
        assert {p.article_id for p, _ in found} <= set(lives)
        if is_complete:
            paths = {p.name: p for p in corpus.glob("*.txt")}
            assert set(lives) == set(paths) and wanted == set(stored)
            for name, path in paths.items():
                assert index.article(name).text == path.read_text(encoding="utf-8")


def kill_many(corpus: Path, n_kills: int, seed: int) -> None:
    corpus.mkdir()
    dice = random.Random(seed)
    for i in range(6):
        (corpus / f"old-{i}.txt").write_text(story(dice, f"old {i}"), encoding="utf-8")
    first = run(SYNC, corpus, 0)
    n_steps = int(first.stdout)
    assert n_steps > 20
    for round_ in range(n_kills):
        shuffle(corpus, dice, round_)
        done = run(SYNC, corpus, 1 + (round_ * 7 + dice.randrange(7)) % n_steps)
        assert done.returncode in (-signal.SIGKILL, 0), done.stderr
        assert_sound(corpus, is_complete=False)
        with Index.open(corpus / ".quotient", corpus=corpus, embedding=QuickEmbedding()) as index:
            index.sync(corpus)
        assert_sound(corpus, is_complete=True)


def test_a_sync_killed_at_any_write_leaves_a_sound_index(tmp_path: Path) -> None:
    kill_many(tmp_path / "corpus", N_QUICK, seed=1)


def test_a_full_disk_is_told_and_leaves_a_sound_index(tmp_path: Path) -> None:
    fill_many(tmp_path / "corpus", 3, seed=5)


@pytest.mark.soak
def test_a_disk_that_is_full_at_many_places(tmp_path: Path) -> None:
    fill_many(tmp_path / "corpus", 25, seed=6)


@pytest.mark.soak
def test_a_hundred_kills(tmp_path: Path) -> None:
    kill_many(tmp_path / "corpus", N_SOAK, seed=2)
