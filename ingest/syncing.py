"""Syncing: the index brought in step with a folder.

New versions are written first, then switched to, then the old ones go: a sync may die at any
moment, and the next one sweeps away what no switch names.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import articles, copies, figures, outlines, passages, records, sentences, vectors
from ingest.errors import ArticleUnreadable, CorpusEmpty, IndexMismatch
from ingest.mirrors import Live
from ingest.records import Record
from ingest.store import Store, corpus_name

if TYPE_CHECKING:
    from ingest.index import Index

BATCH_PASSAGES = 256
BATCH_ARTICLES = 64
_FORMAT = f"{records.FORMAT}.{passages.VERSION}.{articles.VERSION}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is: files done of all that need work, characters read, seconds so far."""

    done: int
    total: int
    chars: int
    seconds: float
    article_id: str

    @property
    def chars_per_s(self) -> float:
        return self.chars / self.seconds if self.seconds > 0 else 0.0

    @property
    def left_s(self) -> float:
        return self.seconds / self.done * (self.total - self.done) if self.done else 0.0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did: ids of articles. `failed`: the files that could not be read, and why."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[ArticleUnreadable, ...] = ()
    chars: int = 0
    n_embedded: int = 0
    seconds: float = 0.0
    generation: int = 0

    @property
    def exit_code(self) -> int:
        """0, or 1 where some file could not be read."""
        return 1 if self.failed else 0

    @property
    def is_changed(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved)


class Sync:
    """One run of `Index.sync`."""

    def __init__(
        self,
        index: Index,
        store: Store,
        cache: vectors.VectorCache,
        corpus: Path,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._index, self._store, self._cache, self._corpus = index, store, cache, corpus
        self._progress = progress
        self._started = time.perf_counter()
        self._failed: list[ArticleUnreadable] = []
        self._chars = self._n_embedded = self._done = 0

    def run(self, only: Iterable[Path] | None) -> SyncReport:
        paths = {articles.identify(p, self._corpus): p for p in articles.scan(self._corpus)}
        state = self._open_state()
        lives = self._store.lives()
        if not paths and not lives:
            raise CorpusEmpty(self._corpus)
        if only is not None:
            named = {articles.identify(Path(p), self._corpus) for p in only}
            paths = {name: path for name, path in paths.items() if name in named}
            gone = {name for name in named if name in lives and name not in paths}
        else:
            gone = set(lives) - set(paths)
        self._store.sweep(live.version for live in lives.values())
        return self._bring(paths, lives, gone, int(state["generation"]))

    def _open_state(self) -> Mapping[str, Any]:
        """The state record, made where the index is new; raises IndexMismatch."""
        state = self._store.state()
        fingerprint = self._index.embedding.fingerprint
        name = corpus_name(self._corpus, self._index.folder)
        if state is None:
            return self._store.create(name, fingerprint)
        if state["corpus"] != name:
            raise IndexMismatch("corpus", str(state["corpus"]), str(self._corpus))
        if state["embedding"] != fingerprint:
            raise IndexMismatch("embedding model", str(state["embedding"]), fingerprint)
        return state

    def _bring(
        self,
        paths: Mapping[str, Path],
        lives: Mapping[str, Live],
        gone: set[str],
        generation: int,
    ) -> SyncReport:
        shas = {name: self._hash(name, path) for name, path in paths.items()}
        work = [
            name
            for name, sha in shas.items()
            if sha and (name not in lives or lives[name].version != self._version(name, sha))
        ]
        moves = _moves(work, shas, lives, gone)
        written: set[str] = set()
        for batch in self._batches(work, paths):
            leaving = {moves[r.article.id] for r in batch if r.article.id in moves}
            generation = self._write(batch, lives, leaving, generation)
            written |= {r.article.id for r in batch}
        left = gone - {moves[name] for name in written & set(moves)}
        if left:
            generation += 1
            self._store.switch([], [lives[name] for name in sorted(left)], generation)
            self._store.drop(lives[name] for name in left)
        self._store.settle()
        if work or gone:
            self._index.refresh()
        return self._report(shas, lives, written, moves, left, generation)

    def _report(
        self,
        shas: Mapping[str, str | None],
        lives: Mapping[str, Live],
        written: set[str],
        moves: Mapping[str, str],
        removed: set[str],
        generation: int,
    ) -> SyncReport:
        moved = {name: old for name, old in moves.items() if name in written}
        return SyncReport(
            added=tuple(sorted(n for n in written if n not in lives and n not in moved)),
            changed=tuple(sorted(n for n in written if n in lives)),
            removed=tuple(sorted(removed)),
            moved=tuple(sorted((old, new) for new, old in moved.items())),
            unchanged=tuple(sorted(n for n, sha in shas.items() if sha and n not in written
                                   and n in lives)),
            failed=tuple(self._failed),
            chars=self._chars,
            n_embedded=self._n_embedded,
            seconds=time.perf_counter() - self._started,
            generation=generation,
        )  # fmt: skip

    def _hash(self, name: str, path: Path) -> str | None:
        try:
            return hashlib.sha256(articles.load(path, self._corpus)).hexdigest()
        except ArticleUnreadable as error:
            self._failed.append(error)
            return None

    def _version(self, name: str, source_sha256: str) -> str:
        """Names what an article's record was made from and by: file, place, rules, model."""
        made_by = (_FORMAT, figures.VERSION, self._index.embedding.fingerprint)
        parts = "\0".join([name, source_sha256, *map(str, made_by)])
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def _batches(self, work: Sequence[str], paths: Mapping[str, Path]) -> Iterator[list[Record]]:
        """Records of the articles that need work, some at a time, so that little is in memory."""
        batch: list[Record] = []
        for name in work:
            try:
                batch.append(self._read(paths[name]))
            except ArticleUnreadable as error:
                self._failed.append(error)
            self._done += 1
            self._tell(len(work), name)
            if len(batch) >= BATCH_ARTICLES or _n_passages(batch) >= BATCH_PASSAGES:
                yield batch
                batch = []
        if batch:
            yield batch

    def _tell(self, total: int, name: str) -> None:
        if self._progress is not None:
            seconds = time.perf_counter() - self._started
            self._progress(Progress(self._done, total, self._chars, seconds, name))

    def _read(self, path: Path) -> Record:
        article = articles.read(path, self._corpus)
        spans = sentences.find(article)
        found = figures.find(article)
        embedding = self._index.embedding
        limit = min(embedding.max_tokens - 2, passages.MAX_TOKENS)
        split = passages.split(article, spans, found, embedding.count_tokens, max_tokens=limit)
        self._chars += len(article.text)
        return Record(article, tuple(spans), tuple(found), tuple(split))

    def _write(
        self, batch: Sequence[Record], lives: Mapping[str, Live], leaving: set[str], generation: int
    ) -> int:
        """Write new versions, switch to them, take the old away; the generation after it."""
        new = [self._live(record) for record in batch]
        keys = [vectors.keys_of(self._index.embedding.fingerprint, record) for record in batch]
        known = self._embed(batch, keys)
        packed = [records.pack(record) for record in batch]
        self._store.add(new, packed, [[known[k].whole for k in its_keys] for its_keys in keys])
        self._cache.add_versions(
            (live.version, text, its_keys, outlines.find(record))
            for live, text, its_keys, record in zip(new, packed, keys, batch, strict=True)
        )
        generation += 1
        self._store.switch(new, [lives[name] for name in sorted(leaving)], generation)
        old = [lives[live.article_id] for live in new if live.article_id in lives]
        self._store.drop([*old, *(lives[name] for name in leaving)])
        return generation

    def _live(self, record: Record) -> Live:
        article = record.article
        published = int(article.published.replace("-", "")) if article.published else 0
        version = self._version(article.id, article.source_sha256)
        return Live(
            article_id=article.id,
            version=version,
            source_sha256=article.source_sha256,
            title=article.title,
            published=published,
            n_passages=len(record.passages),
            sketch=copies.sketch(article.text),
        )

    def _embed(
        self, batch: Sequence[Record], keys: Sequence[Sequence[bytes]]
    ) -> dict[bytes, vectors.Vector]:
        """Vectors of a batch's passages by key; a text that is known is not embedded again."""
        known = self._cache.get(key for its_keys in keys for key in its_keys)
        todo: dict[bytes, tuple[str, list[tuple[int, int]]]] = {}
        for record, its_keys in zip(batch, keys, strict=True):
            for key, passage in zip(its_keys, record.passages, strict=True):
                if key not in todo and vectors.lacks_parts(known.get(key)):
                    todo[key] = records.embedded(record, passage)
        if todo:
            wholes, parts = self._index.embedding.embed_parts(
                [text for text, _ in todo.values()], [spans for _, spans in todo.values()]
            )
            made = {k: vectors.Vector(wholes[i], parts[i]) for i, k in enumerate(todo)}
            self._cache.put(made)
            known.update(made)
        self._n_embedded += len(todo)
        return known


def _n_passages(batch: Sequence[Record]) -> int:
    return sum(len(record.passages) for record in batch)


def _moves(
    work: Iterable[str], shas: Mapping[str, str | None], lives: Mapping[str, Live], gone: set[str]
) -> dict[str, str]:
    """New names of files that went and came again with the same bytes: new id -> old id."""
    by_sha: dict[str, list[str]] = {}
    for name in sorted(gone, reverse=True):
        by_sha.setdefault(lives[name].source_sha256, []).append(name)
    moves: dict[str, str] = {}
    for name in work:
        sha = shas[name]
        if name not in lives and sha and by_sha.get(sha):
            moves[name] = by_sha[sha].pop()
    return moves
