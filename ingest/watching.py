"""Watching: the index follows its folder while people write in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import CorpusEmpty, IndexBusy
from ingest.index import Index
from ingest.syncing import SyncReport

DEBOUNCE_MS = 600


def follow(index: Index, corpus: Path, stop: threading.Event | None = None) -> Iterator[SyncReport]:
    """Sync now and after every change below the folder, until `stop`; a report for each sync."""
    from watchfiles import watch

    if report := _synced(index, corpus):
        yield report
    for changes in watch(corpus, debounce=DEBOUNCE_MS, stop_event=stop, raise_interrupt=False):
        if any(_is_visible(Path(path), corpus) for _, path in changes):
            report = _synced(index, corpus)
            if report and (report.is_changed or report.failed):
                yield report


def _synced(index: Index, corpus: Path) -> SyncReport | None:
    try:
        return index.sync(corpus)
    except (IndexBusy, CorpusEmpty):  # the next change tries again
        return None


def _is_visible(path: Path, corpus: Path) -> bool:
    """Whether no part of a path below the folder is hidden: the index's own files are."""
    try:
        parts = path.relative_to(corpus.absolute()).parts
    except ValueError:
        parts = path.relative_to(corpus.resolve()).parts
    return not any(part.startswith(".") for part in parts)
