"""Vectors: a cache of what the index can work out again, in one SQLite file.

Vectors of passages and of their sentences, by the text that was embedded: a text that stands in
the cache is not embedded again, in whatever article it turns up.
Beside them the passages' outlines.
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

from ingest import outlines, records
from ingest.outlines import Outline
from ingest.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Noted = tuple[str, str, Sequence[bytes], Sequence[Outline]]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB, parts BLOB);
CREATE TABLE IF NOT EXISTS versions (number INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT UNIQUE, packed TEXT);
CREATE TABLE IF NOT EXISTS passages (number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER, place INTEGER, key BLOB);
CREATE INDEX IF NOT EXISTS passages_owner ON passages (owner);
CREATE TABLE IF NOT EXISTS outlines (number INTEGER PRIMARY KEY, outline BLOB);
CREATE TABLE IF NOT EXISTS worded (owner INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS texts (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID;
"""
_LAYOUT = 100  # of the tables; in older files the vectors' long rows made a deep tree
_VERSION = _LAYOUT + outlines.VERSION
_MAX_VARIABLES = 500
_PART_SCALE = 127.0  # what 1 is in the vector of a sentence
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


def scaled(parts: Vectors) -> bytes:
    """Vectors of sentences as they are kept: a byte each number, 127 for 1."""
    return np.round(parts * _PART_SCALE).astype(np.int8).tobytes()


def unscaled(parts: bytes, dim: int) -> Vectors:
    """The vectors (n, dim) that `scaled` was given, nearly."""
    numbers = np.frombuffer(parts, np.int8).reshape(-1, dim)
    return numbers.astype(np.float32) / np.float32(_PART_SCALE)


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
        query = "SELECT key, vector, parts FROM vectors WHERE key IN"
        return {
            key: Vector(np.frombuffer(vector, np.float32), _parts(parts, len(vector) // 4))
            for key, vector, parts in self._selected(query, keys)
        }

    def wholes(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        """As `get`, without the sentences."""
        query = "SELECT key, vector FROM vectors WHERE key IN"
        return {k: np.frombuffer(vector, np.float32) for k, vector in self._selected(query, keys)}

    def parts(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Vectors of the passages' sentences, as `scaled`, as far as they are known, by key."""
        query = "SELECT key, parts FROM vectors WHERE parts IS NOT NULL AND key IN"
        return dict(self._selected(query, keys))

    def outlines(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """The outlines of passages, packed, by number."""
        return dict(self._selected("SELECT number, outline FROM outlines WHERE number IN", numbers))

    def _selected(self, query: str, values: Iterable[Any]) -> Iterator[Any]:
        """The rows of a query that ends in what its values are to be among."""
        for chunk in _chunks(list(dict.fromkeys(values))):
            marks = ",".join("?" * len(chunk))
            yield from self._connection.execute(f"{query} ({marks})", chunk)

    def put(self, vectors: Mapping[bytes, Vector]) -> None:
        """Keep vectors; where the disk is full or read-only they are not kept."""
        rows = [(k, v.whole.tobytes(), _packed(v.parts)) for k, v in vectors.items()]
        with suppress(sqlite3.OperationalError), self._connection as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def texts(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        """The vectors of texts that are no passages, as far as they are known, by key."""
        query = "SELECT key, vector FROM texts WHERE key IN"
        return {k: np.frombuffer(vector, np.float32) for k, vector in self._selected(query, keys)}

    def put_texts(self, vectors: Mapping[bytes, Vectors]) -> None:
        """As `put`, for texts that are no passages."""
        with suppress(sqlite3.OperationalError), self._connection as db:
            if db.execute("SELECT count(*) FROM texts").fetchone()[0] > MAX_TEXTS:
                db.execute("DELETE FROM texts")
            rows = [(key, vector.tobytes()) for key, vector in vectors.items()]
            db.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", rows)

    def add_versions(self, new: Iterable[Noted]) -> None:
        """Note articles' versions: name, record, and the passages' keys and outlines in order."""
        with self._connection as db:
            for version, packed, keys, its_outlines in new:
                insert = "INSERT OR IGNORE INTO versions (version, packed) VALUES (?, ?)"
                done = db.execute(insert, [version, packed])
                if done.rowcount:
                    db.executemany(
                        "INSERT INTO passages (owner, place, key) VALUES (?, ?, ?)",
                        [(done.lastrowid, place, key) for place, key in enumerate(keys)],
                    )
                    _outline(db, done.lastrowid, its_outlines)

    def add_outlines(self, owner: int, its_outlines: Sequence[Outline]) -> None:
        """Note the outlines of a version's passages, in order, where they were not."""
        with self._connection as db:
            _outline(db, owner, its_outlines)

    def unoutlined(self) -> set[int]:
        """Numbers of the versions of which some outline is not known."""
        query = "SELECT owner FROM passages WHERE number NOT IN (SELECT number FROM outlines)"
        return {row[0] for row in self._connection.execute(query)}

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
            db.execute("DELETE FROM outlines WHERE number NOT IN (SELECT number FROM passages)")


def _opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    _upgrade(connection)
    connection.executescript(_SCHEMA)
    return connection


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring the file of an older version up to this one: all of it, or nothing."""
    before = _version(connection)
    if before == _VERSION:
        return
    with connection as db:
        db.execute("BEGIN IMMEDIATE")
        query = "SELECT 1 FROM sqlite_master WHERE name = 'vectors'"
        if _version(db) < _LAYOUT and db.execute(query).fetchone():
            db.execute("ALTER TABLE vectors RENAME TO older")
            db.execute("CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB, parts BLOB)")
            db.execute("INSERT INTO vectors SELECT key, vector, parts FROM older")
            db.execute("DROP TABLE older")
        if _version(db) != _VERSION:
            db.execute("DROP TABLE IF EXISTS outlines")
        db.execute(f"PRAGMA user_version = {_VERSION}")
    if before < _LAYOUT:
        with suppress(sqlite3.OperationalError):  # another process reads it: it stays large
            connection.execute("VACUUM")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _outline(db: sqlite3.Connection, owner: int | None, its_outlines: Sequence[Outline]) -> None:
    query = "SELECT number FROM passages WHERE owner = ? ORDER BY place"
    numbers = [row[0] for row in db.execute(query, [owner])]
    packed = map(outlines.pack, its_outlines)
    db.executemany(
        "INSERT OR REPLACE INTO outlines VALUES (?, ?)", list(zip(numbers, packed, strict=True))
    )


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for i in range(0, len(keys), _MAX_VARIABLES):
        yield keys[i : i + _MAX_VARIABLES]


def _packed(parts: Vectors | None) -> bytes | None:
    return None if parts is None else scaled(parts)


def _parts(packed: bytes | None, dim: int) -> Vectors | None:
    if packed is None:
        return None
    return unscaled(packed, dim)
