"""Server: the same index on a Chroma server, with several windows at it."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import IndexBusy, IndexUnreachable
from ingest.index import Index
from ingest.leases import Lease
from tests.ingest.quick import QuickEmbedding

STARTUP_S = 60
# Chroma's client leaves its sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--path", str(tmp_path_factory.mktemp("chroma"))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        _await(port)
        yield f"http://127.0.0.1:{port}"
        running.kill()


def _await(port: int) -> None:
    deadline = time.monotonic() + STARTUP_S
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the Chroma server did not start")


def test_two_windows_share_an_index_on_a_server(server: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "rain.txt").write_text("Rain\nRain fell on the fields.\n", encoding="utf-8")
    folder = tmp_path / "index"
    with (
        Index.open(folder, corpus=corpus, embedding=QuickEmbedding(), chroma_url=server) as writer,
        Index.open(folder, embedding=QuickEmbedding(), chroma_url=server) as reader,
    ):
        assert writer.sync(corpus).added == ("rain.txt",)
        assert [p.article_id for p, _ in reader.search("rain", 1)] == ["rain.txt"]
        (corpus / "snow.txt").write_text("Snow\nSnow fell on the hills.\n", encoding="utf-8")
        writer.sync(corpus)
        assert [p.article_id for p, _ in reader.search("snow", 1)] == ["snow.txt"]
    del writer, reader
    gc.collect()


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnreachable, match=r"127\.0\.0\.1:9"):
        Index.open(tmp_path, corpus=tmp_path, chroma_url="http://127.0.0.1:9")
    gc.collect()


def _corpus(folder: Path) -> Path:
    folder.mkdir()
    (folder / "rain.txt").write_text("Rain\nRain fell on the fields.\n", encoding="utf-8")
    return folder


def test_two_writers_on_a_server_are_kept_apart(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index.LOCK_TIMEOUT_S", 0.2)
    corpus, url = _corpus(tmp_path / "corpus"), f"{server}/apart"

    def opened(machine: str) -> Index:
        return Index.open(
            tmp_path / machine, corpus=corpus, embedding=QuickEmbedding(), chroma_url=url
        )

    with opened("one") as first, opened("two") as second:
        with first._store.writing(1), pytest.raises(IndexBusy, match="process"):
            second.sync(corpus)
        assert second.sync(corpus).added == ("rain.txt",)
        assert first.sync(corpus).unchanged == ("rain.txt",)
        assert not first._store.articles.get(where={"kind": "writer"})["ids"]
    del first, second
    gc.collect()


def test_a_lease_runs_out_and_who_lost_it_writes_no_more(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, url = _corpus(tmp_path / "corpus"), f"{server}/silent"
    with Index.open(
        tmp_path / "index", corpus=corpus, embedding=QuickEmbedding(), chroma_url=url
    ) as index:
        monkeypatch.setattr("ingest.leases.LEASE_S", -1.0)
        silent = Lease(index._store.articles, "here")
        silent.acquire(1)
        monkeypatch.setattr("ingest.leases.LEASE_S", 60.0)
        with index._store.writing(1):
            with pytest.raises(IndexBusy):
                silent.check()
            silent.release()
            index._store._check_lease()
    del index, silent
    gc.collect()


def test_of_many_who_ask_at_once_one_gets_the_lease(server: str, tmp_path: Path) -> None:
    corpus, url = _corpus(tmp_path / "corpus"), f"{server}/crowd"
    with Index.open(
        tmp_path / "index", corpus=corpus, embedding=QuickEmbedding(), chroma_url=url
    ) as index:
        leases = [Lease(index._store.articles, "here") for _ in range(6)]
        with ThreadPoolExecutor(6) as pool:
            taken = list(pool.map(lambda lease: _is_taken(lease), leases))
        assert taken.count(True) == 1
        leases[taken.index(True)].release()
    del index, leases
    gc.collect()


def _is_taken(lease: Lease) -> bool:
    try:
        lease.acquire(0)
    except IndexBusy:
        return False
    return True
