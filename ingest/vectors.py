"""Vectors: a cache of what the index can work out again, in one SQLite file.

Vectors of passages and of their sentences, by the text that was embedded: a text that stands in
the cache is not embedded again, in whatever article it turns up.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest import records
from ingest.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB, parts BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (number INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT UNIQUE, packed TEXT);
CREATE TABLE IF NOT EXISTS passages (number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER, place INTEGER, key BLOB);
CREATE INDEX IF NOT EXISTS passages_owner ON passages (owner);
CREATE TABLE IF NOT EXISTS worded (owner INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS texts (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID;
"""
_MAX_VARIABLES = 500
_PART_SCALE = 127.0
MAX_TEXTS = 200_000  # kept beside the passages; beyond, all are forgotten and made anew as needed


@dataclass(frozen=True, slots=True)
class Vector:
    """A passage's vector, and its sentences' vectors (None where they are not known)."""

    whole: Vectors
    parts: Vectors | None


def key_of(fingerprint: str, text: str, parts: Sequence[tuple[int, int]]) -> bytes:
    """What a vector is kept under: the model, the text and how it is parted."""
    digest = hashlib.sha256(f"{fingerprint}\0{list(parts)}\0".encode())
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()[:16]


def keys_of(fingerprint: str, record: Record) -> list[bytes]:
    """What the vectors of an article's passages are kept under, in order."""
    return [key_of(fingerprint, *records.embedded(record, p)) for p in record.passages]


def lacks_parts(vector: Vector | None) -> bool:
    return vector is None or vector.parts is None


class VectorCache:
    """The cache in a file, or in memory where no path is given. Safe to delete at any time."""

    def __init__(self, path: Path | None) -> None:
        self._connection = self._connect(path)

    def _connect(self, path: Path | None) -> sqlite3.Connection:
        try:
            return _opened(str(path) if path else ":memory:")
        except sqlite3.DatabaseError:
            if path is None:
                raise
            for suffix in ("", "-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            return _opened(str(path))

    def close(self) -> None:
        self._connection.close()

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Vector]:
        """The vectors that are known, by key."""
        found: dict[bytes, Vector] = {}
        for chunk in _chunks(list(dict.fromkeys(keys))):
            marks = ",".join("?" * len(chunk))
            query = f"SELECT key, vector, parts FROM vectors WHERE key IN ({marks})"
            for key, vector, parts in self._connection.execute(query, chunk):
                found[key] = Vector(np.frombuffer(vector, np.float32), _parts(parts, vector))
        return found

    def put(self, vectors: Mapping[bytes, Vector]) -> None:
        """Keep vectors; where the disk is full or read-only they are not kept."""
        rows = [(k, v.whole.tobytes(), _packed(v.parts)) for k, v in vectors.items()]
        with suppress(sqlite3.OperationalError), self._connection as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def texts(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        """The vectors of texts that are no passages, as far as they are known, by key."""
        found: dict[bytes, Vectors] = {}
        for chunk in _chunks(list(dict.fromkeys(keys))):
            marks = ",".join("?" * len(chunk))
            query = f"SELECT key, vector FROM texts WHERE key IN ({marks})"
            for key, vector in self._connection.execute(query, chunk):
                found[key] = np.frombuffer(vector, np.float32)
        return found

    def put_texts(self, vectors: Mapping[bytes, Vectors]) -> None:
        """As `put`, for texts that are no passages."""
        with suppress(sqlite3.OperationalError), self._connection as db:
            if db.execute("SELECT count(*) FROM texts").fetchone()[0] > MAX_TEXTS:
                db.execute("DELETE FROM texts")
            rows = [(key, vector.tobytes()) for key, vector in vectors.items()]
            db.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", rows)

    def add_versions(self, new: Iterable[tuple[str, str, Sequence[bytes]]]) -> None:
        """Note articles' versions: name, record, and the passages' keys in order."""
        with self._connection as db:
            for version, packed, keys in new:
                self._add_version(db, version, packed, keys)

    @staticmethod
    def _add_version(
        db: sqlite3.Connection, version: str, packed: str, keys: Sequence[bytes]
    ) -> None:
        insert = "INSERT OR IGNORE INTO versions (version, packed) VALUES (?, ?)"
        done = db.execute(insert, [version, packed])
        if done.rowcount:
            db.executemany(
                "INSERT INTO passages (owner, place, key) VALUES (?, ?, ?)",
                [(done.lastrowid, place, key) for place, key in enumerate(keys)],
            )

    def versions(self) -> dict[str, int]:
        """The versions noted, and their numbers."""
        return dict(self._connection.execute("SELECT version, number FROM versions"))

    def packed(self, version: str) -> str | None:
        """The record of a version as it was packed."""
        row = self._connection.execute(
            "SELECT packed FROM versions WHERE version = ?", [version]
        ).fetchone()
        return row[0] if row else None

    def passages(self) -> list[tuple[int, int, int, bytes]]:
        """All passages noted: number, number of the version, place in the article, key."""
        return list(
            self._connection.execute("SELECT number, owner, place, key FROM passages ORDER BY 1")
        )

    def worded(self) -> set[int]:
        """Numbers of the versions whose words stand in the lexical index."""
        return {row[0] for row in self._connection.execute("SELECT owner FROM worded")}

    def set_worded(self, owners: Iterable[int]) -> None:
        with self._connection as db:
            db.execute("DELETE FROM worded")
            db.executemany("INSERT INTO worded VALUES (?)", [(owner,) for owner in owners])

    def keep(self, owners: Iterable[int]) -> None:
        """Forget all versions but these, and the vectors that no passage needs any more."""
        kept = set(owners)
        gone = [(n,) for n in self.versions().values() if n not in kept]
        if not gone:
            return
        with self._connection as db:
            db.executemany("DELETE FROM passages WHERE owner = ?", gone)
            db.executemany("DELETE FROM versions WHERE number = ?", gone)
            db.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM passages)")


def _opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.executescript(_SCHEMA)
    return connection


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for i in range(0, len(keys), _MAX_VARIABLES):
        yield keys[i : i + _MAX_VARIABLES]


def _packed(parts: Vectors | None) -> bytes | None:
    return None if parts is None else np.round(parts * _PART_SCALE).astype(np.int8).tobytes()


def _parts(packed: bytes | None, vector: bytes) -> Vectors | None:
    if packed is None:
        return None
    dim = len(vector) // 4
    return np.frombuffer(packed, np.int8).reshape(-1, dim).astype(np.float32) / _PART_SCALE
