"""Server: the same index on a Chroma server, with several windows at it."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import IndexUnreachable
from ingest.index import Index
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
