"""Watching: the index follows its folder while people write in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import IngestError
from ingest.index import Index
from ingest.syncing import SyncReport

DEBOUNCE_MS = 600
RETRY_MS = 2000


def follow(
    index: Index, corpus: Path, stop: threading.Event | None = None
) -> Iterator[SyncReport | IngestError]:
    """Sync now and after every change below the folder, until `stop`; a report for each sync.

    A sync that cannot be done (another process writes) gives its error once and is tried again
    until it can. What changed while the first one ran is looked for as soon as it is over.
    """
    from watchfiles import watch

    outcome = _synced(index, corpus)
    yield outcome
    is_due = True
    for changes in watch(
        corpus, debounce=DEBOUNCE_MS, stop_event=stop, rust_timeout=RETRY_MS, yield_on_timeout=True
    ):
        if is_due or any(_is_visible(Path(path), corpus) for _, path in changes):
            before, outcome = outcome, _synced(index, corpus)
            is_due = isinstance(outcome, IngestError)
            if not is_due or str(outcome) != str(before):
                yield outcome


def _synced(index: Index, corpus: Path) -> SyncReport | IngestError:
    try:
        return index.sync(corpus)
    except IngestError as error:
        return error


def _is_visible(path: Path, corpus: Path) -> bool:
    """Whether no part of a path below the folder is hidden: the index's own files are."""
    try:
        parts = path.relative_to(corpus.absolute()).parts
    except ValueError:
        parts = path.relative_to(corpus.resolve()).parts
    return not any(part.startswith(".") for part in parts)
