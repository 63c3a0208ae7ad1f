"""Mirrors: what is live is read without Chroma, and only while it is what Chroma says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.index import Index
from ingest.syncing import Progress
from tests.ingest.quick import QuickEmbedding

ASK = """
import sys
from pathlib import Path
from ingest.index import Index
from tests.ingest.quick import QuickEmbedding
corpus = Path(sys.argv[1])
with Index.open(corpus / ".quotient", embedding=QuickEmbedding()) as index:
    assert index.search("rain", 1) and not index.is_stale(corpus) and index.generation == 1
    index.sync(corpus)
sys.exit("chromadb" in sys.modules)
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "rain.txt").write_text("Rain\nRain fell on the fields.\n", encoding="utf-8")
    with opened(folder) as index:
        index.sync(folder)
    return folder


def opened(corpus: Path) -> Index:
    return Index.open(corpus / ".quotient", corpus=corpus, embedding=QuickEmbedding())


def test_neither_asking_nor_an_idle_sync_opens_chroma(corpus: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(corpus)],
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == 0


def test_it_is_away_while_a_sync_writes_and_where_one_was_cut_off(corpus: Path) -> None:
    mirror = corpus / ".quotient" / "live.json"
    assert mirror.is_file()

    class CutOff(Exception):
        pass

    def cut_off(now: Progress) -> None:
        raise CutOff

    (corpus / "snow.txt").write_text("Snow\nSnow fell on the hills.\n", encoding="utf-8")
    with opened(corpus) as index:
        index._store.drop(list(index.lives().values()))
        assert not mirror.exists() and index.lives().keys() == {"rain.txt"}
        with pytest.raises(CutOff):
            index.sync(corpus, progress=cut_off)
        assert not mirror.exists()
        index.sync(corpus)
        assert mirror.is_file() and index.lives().keys() == {"rain.txt", "snow.txt"}


def test_that_of_another_chroma_does_not_count(corpus: Path) -> None:
    folder = corpus / ".quotient"
    kept = corpus.parent / "kept"
    shutil.copytree(folder / "chroma", kept)
    (corpus / "rain.txt").write_text("Rain\nRain fell twice.\n", encoding="utf-8")
    with opened(corpus) as index:
        index.sync(corpus)
        assert index.generation == 2
    shutil.rmtree(folder / "chroma")
    kept.rename(folder / "chroma")
    with opened(corpus) as index:
        assert index.generation == 1


def test_one_that_is_damaged_does_not_count(corpus: Path) -> None:
    (corpus / ".quotient" / "live.json").write_text("{", encoding="utf-8")
    with opened(corpus) as index:
        assert index.article_ids() == ["rain.txt"]
