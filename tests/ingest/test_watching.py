"""Watching: a change in the folder is in the index soon after."""

from __future__ import annotations

import threading
from pathlib import Path

from ingest import watching
from ingest.index import Index
from tests.ingest.quick import QuickEmbedding


def test_a_new_file_is_ingested_while_watching(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain\nRain fell.\n", encoding="utf-8")
    stop = threading.Event()
    timer = threading.Timer(60, stop.set)
    timer.start()
    with Index.open(tmp_path / ".q", corpus=tmp_path, embedding=QuickEmbedding()) as index:
        reports = watching.follow(index, tmp_path, stop)
        assert next(reports).added == ("a.txt",)
        later = threading.Timer(
            1.5, (tmp_path / "b.txt").write_text, ["Snow\nSnow fell.\n"], {"encoding": "utf-8"}
        )
        later.start()
        assert next(reports).added == ("b.txt",)
        stop.set()
        assert list(reports) == []
    timer.cancel()
