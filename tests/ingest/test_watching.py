"""Watching: a change in the folder is in the index soon after."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ingest import watching
from ingest.errors import IndexBusy, IngestError
from ingest.index import Index
from ingest.syncing import SyncReport
from tests.ingest.quick import QuickEmbedding


def test_a_new_file_is_ingested_while_watching(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain\nRain fell.\n", encoding="utf-8")
    stop = threading.Event()
    timer = threading.Timer(60, stop.set)
    timer.start()
    with Index.open(tmp_path / ".q", corpus=tmp_path, embedding=QuickEmbedding()) as index:
        outcomes = watching.follow(index, tmp_path, stop)
        assert added(next(outcomes)) == ("a.txt",)
        write(tmp_path, "Sleet")  # before the folder is watched
        assert added(next(outcomes)) == ("Sleet.txt",)
        threading.Timer(1.5, write, [tmp_path, "Snow"]).start()
        assert added(next(outcomes)) == ("Snow.txt",)
        stop.set()
        assert list(outcomes) == []
    timer.cancel()


def test_a_sync_that_cannot_be_done_is_told_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "Rain")
    stop = threading.Event()
    with Index.open(tmp_path / ".q", corpus=tmp_path, embedding=QuickEmbedding()) as index:
        sync = index.sync
        busy = iter([True, True, False])

        def refuse_at_first(corpus: Path) -> SyncReport:
            if next(busy, False):
                raise IndexBusy(corpus)
            return sync(corpus)

        monkeypatch.setattr(index, "sync", refuse_at_first)
        outcomes = watching.follow(index, tmp_path, stop)
        assert isinstance(next(outcomes), IndexBusy)
        assert added(next(outcomes)) == ("Rain.txt",)
        stop.set()
        assert list(outcomes) == []


def write(folder: Path, what: str) -> None:
    (folder / f"{what}.txt").write_text(f"{what}\n{what} fell.\n", encoding="utf-8")


def added(outcome: SyncReport | IngestError) -> tuple[str, ...]:
    assert isinstance(outcome, SyncReport)
    return outcome.added
