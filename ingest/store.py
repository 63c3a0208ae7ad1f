"""Store: the index in Chroma, embedded in a folder or on a server. Nothing else talks to Chroma.

Two collections. *passages* holds vectors, its records named `<version>:<place>`. *articles* holds,
for each version of an article, its record (text, sentences, figures, passages), and for each
article the switch: which version is live. The switch and the generation move in one write. A
version that no switch names is no part of the index.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.errors import IndexUnreachable, IngestError
from ingest.leases import Lease
from ingest.mirrors import Live, Mirror, Reflection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_STATE = "state"


@dataclass
class Store:
    """The two collections in Chroma. Every method is one or few writes, in a safe order."""

    where: str
    name: str
    connect: Callable[[], Any]
    mirror: Mirror | None = None
    _client: Any = None
    _collections: dict[str, Any] = field(default_factory=dict)
    _lease: Lease | None = None

    @classmethod
    def open(cls, folder: Path, url: str | None) -> Store:
        """Chroma embedded in the folder, or the server. Raises IndexUnreachable.

        An embedded one whose mirror tells all that is asked at first is opened when it is needed.
        """
        if url is None:
            connect = partial(_embedded, folder / "chroma")
            mirror = Mirror(folder / "live.json", folder / "chroma")
            store = cls(str(folder), "quotient", connect, mirror)
        else:
            store = cls(url, _server_name(url), partial(_served, url))
        if store.mirror is None or store.mirror.read() is None:
            store.client  # noqa: B018 says now, not later, that it is not there
        return store

    @property
    def client(self) -> Any:
        if self._client is None:
            with self._reaching():
                self._client = self.connect()
        return self._client

    def close(self) -> None:
        self._collections.clear()
        if self._client is not None:
            self._client.close()

    def refresh(self) -> None:
        """See what other processes have written: an embedded client's graph is stale otherwise."""
        if self.mirror is None or not self._collections.get("stale"):
            self._collections["stale"] = True
            return
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()
        self._client = self.connect()
        self._collections = {"stale": True}

    def _collection(self, kind: str) -> Any:
        if kind not in self._collections:
            with self._reaching():
                self._collections[kind] = self.client.get_or_create_collection(
                    f"{self.name}-{kind}",
                    configuration={"hnsw": {"space": "cosine"}},
                    embedding_function=None,
                )
        return self._collections[kind]

    @property
    def articles(self) -> Any:
        return self._collection("articles")

    @property
    def passages(self) -> Any:
        return self._collection("passages")

    @contextmanager
    def writing(self, timeout_s: float) -> Iterator[None]:
        """Keep other machines from writing; an embedded store is kept by its folder's lock.

        Raises IndexBusy.
        """
        if self.mirror is not None:
            yield
            return
        with self._reaching():
            lease = Lease(self.articles, self.where)
            lease.acquire(timeout_s)
        self._lease = lease
        try:
            yield
        finally:
            self._lease = None
            with suppress(Exception):  # a server that went away has the lease run out
                lease.release()

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except IngestError:
            raise
        except Exception as error:  # chromadb's errors have no common base
            raise IndexUnreachable(self.where, _reason(error)) from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """As `_reaching`, for a write: the mirror goes first."""
        with self._reaching():
            if self.mirror is not None:
                self.mirror.drop()
            yield

    def reflection(self) -> Reflection | None:
        """State and switches where no sync was cut off or is going on, without asking Chroma."""
        return self.mirror.read() if self.mirror is not None else None

    def settle(self) -> None:
        """Note that a sync has written all it had to."""
        if self.mirror is not None and self.mirror.read() is None and (state := self.state()):
            self.mirror.write(state, self.lives().values())

    def state(self) -> Mapping[str, Any] | None:
        if reflected := self.reflection():
            return reflected.state
        with self._reaching():
            found = self.articles.get(ids=[_STATE], include=["metadatas"])["metadatas"]
        return dict(found[0]) if found else None

    def create(self, corpus: str, embedding: str) -> Mapping[str, Any]:
        state = {"kind": _STATE, "generation": 0, "corpus": corpus, "embedding": embedding}
        with self._changing():
            self.articles.upsert(ids=[_STATE], embeddings=[[1.0]], metadatas=[state])
        return state

    def lives(self) -> dict[str, Live]:
        if reflected := self.reflection():
            return dict(reflected.lives)
        with self._reaching():
            found = self.articles.get(where={"kind": "article"}, include=["metadatas"])
        lives = (
            Live(**{k: v for k, v in data.items() if k != "kind"}) for data in found["metadatas"]
        )
        return {live.article_id: live for live in lives}

    def packed(self, version: str) -> str:
        """The record of a version. Raises KeyError."""
        with self._reaching():
            found = self.articles.get(ids=[f"record:{version}"], include=["metadatas"])
        if not found["metadatas"]:
            raise KeyError(version)
        return str(found["metadatas"][0]["packed"])

    def vectors(self, version: str, n: int) -> list[Vectors]:
        ids = [f"{version}:{i}" for i in range(n)]
        with self._reaching():
            found = self.passages.get(ids=ids, include=["embeddings"])
        by_id = dict(zip(found["ids"], found["embeddings"], strict=True))
        return [np.asarray(by_id[i], dtype=np.float32) for i in ids]

    def nearest(
        self, query: Vectors, k: int, wanted: Sequence[str] | None
    ) -> Iterator[tuple[str, int]]:
        """Versions and places of the passages nearest to a vector."""
        where = {"article": {"$in": list(wanted)}} if wanted is not None else None
        with self._reaching():
            found = self.passages.query(
                query_embeddings=[query], n_results=k, where=where, include=[]
            )
        for name in found["ids"][0]:
            version, _, place = name.rpartition(":")
            yield version, int(place)

    def add(
        self, new: Sequence[Live], packed: Sequence[str], whole: Sequence[Sequence[Vectors]]
    ) -> None:
        """Write versions: their records, then their passages. They are not live yet."""
        ids = [f"record:{live.version}" for live in new]
        data = [
            {"kind": "record", "version": live.version, "n": live.n_passages, "packed": text}
            for live, text in zip(new, packed, strict=True)
        ]
        self._put(self.articles, ids, [[1.0]] * len(ids), data)
        places = [(live, i) for live in new for i in range(live.n_passages)]
        about = [{"article": x.article_id, "published": x.published} for x, _ in places]
        flat = [vector for its_vectors in whole for vector in its_vectors]
        self._put(self.passages, [f"{x.version}:{i}" for x, i in places], flat, about)

    def _put(
        self, collection: Any, ids: Sequence[str], vectors: Sequence[Any], about: Sequence[Any]
    ) -> None:
        with self._changing():
            for part in _chunks(range(len(ids)), self.client.get_max_batch_size()):
                collection.upsert(
                    ids=[ids[i] for i in part],
                    embeddings=[vectors[i] for i in part],
                    metadatas=[about[i] for i in part],
                )

    def switch(self, live: Sequence[Live], gone: Sequence[Live], generation: int) -> None:
        """Make versions live and others not, and count the generation, in one write."""
        self._check_lease()
        state = self.state() or {}
        ids = [f"article:{x.article_id}" for x in (*live, *gone)]
        about = [{"kind": "article", **_fields(x)} for x in live]
        about += [{"kind": "gone", **_fields(x)} for x in gone]
        with self._changing():
            for part in _chunks(range(len(ids)), self.client.get_max_batch_size() - 1):
                self.articles.upsert(
                    ids=[*(ids[i] for i in part), _STATE],
                    embeddings=[[1.0]] * (len(part) + 1),
                    metadatas=[*(about[i] for i in part), {**state, "generation": generation}],
                )

    def _check_lease(self) -> None:
        if self._lease is not None:
            with self._reaching():
                self._lease.check()

    def drop(self, old: Iterable[Live]) -> None:
        """Take versions away that are live no more, passages before their record."""
        self._drop([(live.version, live.n_passages) for live in old])
        with self._reaching():
            tombs = self.articles.get(where={"kind": "gone"}, include=[])["ids"]
        if tombs:
            with self._changing():
                self.articles.delete(ids=tombs)

    def _drop(self, versions: Sequence[tuple[str, int]]) -> None:
        if not versions:
            return
        ids = [f"{version}:{i}" for version, n in versions for i in range(n)]
        with self._changing():
            for part in _chunks(ids, self.client.get_max_batch_size()):
                self.passages.delete(ids=list(part))
            for part in _chunks([f"record:{v}" for v, _ in versions], 5000):
                self.articles.delete(ids=list(part))

    def sweep(self, live: Iterable[str]) -> None:
        """Take away what a sync left that was cut off: versions that are not live."""
        if self.reflection() is not None:
            return
        kept = {f"record:{version}" for version in live}
        with self._reaching():
            found = self.articles.get(where={"kind": "record"}, include=[])["ids"]
            stray = [name for name in found if name not in kept]
            data = self.articles.get(ids=stray, include=["metadatas"])["metadatas"] if stray else []
        self._drop([(str(about["version"]), int(about["n"])) for about in data])
        if stray:
            self.drop([])


def _embedded(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _served(url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    host, port, ssl = _address(url)
    settings = Settings(anonymized_telemetry=False)
    return chromadb.HttpClient(host, port, ssl=ssl, settings=settings)


def _fields(live: Live) -> dict[str, Any]:
    return {name: getattr(live, name) for name in Live.__slots__}


def _chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for i in range(0, len(items), size):
        yield items[i : i + size]


def _reason(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:200] if text else type(error).__name__


def _server_name(url: str) -> str:
    """The index's name on a server that may hold several: http://host:8000/name, or "quotient"."""
    from urllib.parse import urlsplit

    path = urlsplit(url if "//" in url else f"//{url}").path
    name = re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")[:40]
    return f"quotient-{name}" if name else "quotient"


def _address(url: str) -> tuple[str, int, bool]:
    from urllib.parse import urlsplit

    parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise IndexUnreachable(url, "it is not the address of a server (http://host:8000)")
    ssl = parts.scheme == "https"
    return parts.hostname, parts.port or (443 if ssl else 8000), ssl


def corpus_name(corpus: Path, folder: Path) -> str:
    """How the index remembers its corpus: relative where it lies in it, so that both can move."""
    corpus, folder = corpus.resolve(), folder.resolve()
    return os.path.relpath(corpus, folder) if folder.is_relative_to(corpus) else str(corpus)


def corpus_path(name: str, folder: Path) -> Path:
    return Path(name) if os.path.isabs(name) else (folder / name).resolve()
