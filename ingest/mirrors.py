"""Mirrors: what is live, in one small file beside Chroma, so that reading need not open Chroma.

Opening Chroma takes a second. A sync takes the file away before its first write and writes it anew
after its last, so while the file is there it says what Chroma says. A file that belongs to another
Chroma folder (one that was put in its place) does not count.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Live:
    """An article's switch: its live version, the hash of its file, and what filters need."""

    article_id: str
    version: str
    source_sha256: str
    title: str
    published: int
    n_passages: int
    sketch: str = ""


@dataclass(frozen=True, slots=True)
class Reflection:
    """The store's state, and its switches by article id."""

    state: Mapping[str, Any]
    lives: Mapping[str, Live]


class Mirror:
    """The file, of the Chroma folder `chroma`."""

    def __init__(self, path: Path, chroma: Path) -> None:
        self._path, self._database = path, chroma / "chroma.sqlite3"
        self._seen: tuple[object, Reflection | None] = (None, None)
        self._is_dropped = False

    def read(self) -> Reflection | None:
        """What is live; None where a sync is going on, was cut off, or never was."""
        try:
            mark = _mark(self._path)
            if self._seen[0] != mark:
                self._seen = (mark, self._parsed(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return self._seen[1]

    def _parsed(self, text: str) -> Reflection | None:
        data = json.loads(text)
        if data["version"] != VERSION or data["inode"] != self._database.stat().st_ino:
            return None
        lives = (Live(*values) for values in data["lives"])
        return Reflection(data["state"], {live.article_id: live for live in lives})

    def drop(self) -> None:
        """Take the file away for good before anything is written. Raises OSError."""
        if self._is_dropped:
            return
        self._path.unlink(missing_ok=True)
        _flush(self._path.parent)
        self._is_dropped = True

    def write(self, state: Mapping[str, Any], lives: Iterable[Live]) -> None:
        """Say what is live, now that nothing is being written; where it cannot, it is left out."""
        part = self._path.with_suffix(".part")
        with suppress(OSError):
            data = {
                "version": VERSION,
                "inode": self._database.stat().st_ino,
                "state": dict(state),
                "lives": [astuple(live) for live in lives],
            }
            part.write_text(json.dumps(data), encoding="utf-8")
            os.replace(part, self._path)
            self._is_dropped = False


def _mark(path: Path) -> tuple[int, int, int]:
    about = path.stat()
    return about.st_ino, about.st_mtime_ns, about.st_size


def _flush(folder: Path) -> None:
    """Have the folder's entries on the disk: a power cut must not bring a file back."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
