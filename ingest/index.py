"""Index: what was ingested, in Chroma; brought in step with a folder, and searched.

Two collections. *passages* holds vectors, its records named `<version>:<place>`. *articles* holds,
for each version of an article, its record (text, sentences, figures, passages), and for each
article the switch: which version is live. The switch and the generation move in one write. A
version that no switch names is no part of the index, and the next sync sweeps it away: a sync may
die at any moment.

What can be worked out again (words, sentence vectors) is a cache in the index folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout
from langchain_core.embeddings import Embeddings

from ingest import (
    articles,
    copies,
    figures,
    lexical,
    passages,
    ranking,
    records,
    sentences,
    vectors,
)
from ingest.articles import Article, Span
from ingest.embedding import Embedding, adapt
from ingest.errors import (
    ArticleUnreadable,
    CorpusEmpty,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    IndexUnreachable,
)
from ingest.figures import Figure
from ingest.passages import Passage
from ingest.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

LOCK_TIMEOUT_S = 10.0
BATCH_PASSAGES = 256
BATCH_ARTICLES = 64
EXACT_PASSAGES = 10_000
N_CANDIDATES = 60
_STATE = "state"
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
class Ranked:
    """A passage found, its score (about 1 at best), and its sentences with their cosines."""

    passage: Passage
    score: float
    sentences: tuple[tuple[Span, float], ...]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One generation, in memory. Row i is a passage; `matrix` is None where there are too many."""

    generation: int
    lives: Mapping[str, Live]
    owners: Sequence[str]
    places: Sequence[int]
    keys: Sequence[bytes]
    row_of_number: Mapping[int, int]
    rows_of: Mapping[str, range]
    numbers: Mapping[str, int]
    matrix: Vectors | None


class Index:
    """Articles with their sentences, figures and passages, found by meaning and by words."""

    def __init__(self, store: _Store, folder: Path, embedding: Embeddings | None) -> None:
        self._store, self._folder = store, folder
        self._given = embedding
        self._embedding: Embedding | None = None
        self._snapshot: _Snapshot | None = None
        self._cache = vectors.VectorCache(_writable(folder / "cache", "vectors.sqlite"))
        self._words: lexical.LexicalIndex | None = None
        self._copies: dict[int, dict[str, tuple[str, ...]]] = {}
        self._record = lru_cache(maxsize=256)(self._load_record)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        corpus: Path | None = None,
        embedding: Embeddings | None = None,
        chroma_url: str | None = None,
    ) -> Index:
        """The index in `folder`, or on the Chroma server; a new one where `corpus` is given.

        Raises IndexMissing, IndexMismatch (another corpus or embedding model), IndexUnreachable.
        """
        folder = Path(folder)
        if corpus is None and chroma_url is None and not (folder / "chroma").is_dir():
            raise IndexMissing(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if not folder.is_dir():
                raise IndexUnreachable(str(folder), str(error)) from error
        store = _Store.connect(folder, chroma_url, corpus)
        index = cls(store, folder, embedding)
        index._check(corpus)
        return index

    def _check(self, corpus: Path | None) -> None:
        state = self._store.state()
        if state is None:
            return
        remembered = state["corpus"]
        if corpus is not None and _corpus_name(corpus, self._folder) != remembered:
            raise IndexMismatch("corpus", remembered, str(corpus))
        if self._given is not None and self.embedding.fingerprint != state["embedding"]:
            raise IndexMismatch("embedding model", state["embedding"], self.embedding.fingerprint)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the index is not to be used afterwards."""
        self._cache.close()
        self._store.close()

    @property
    def embedding(self) -> Embedding:
        """The embedding model, loaded when it is first needed."""
        if self._embedding is None:
            self._embedding = adapt(self._given)
        return self._embedding

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (n, dim) of texts, those of several at once from the cache where known.

        A lone text is a question: asked once, not kept.
        """
        if len(texts) < 2:
            return self.embedding.embed_many(texts)
        keys = [vectors.key_of(self.embedding.fingerprint, text, ()) for text in texts]
        known = self._cache.texts(keys)
        lacking = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if lacking:
            made = dict(
                zip(lacking, self.embedding.embed_many(list(lacking.values())), strict=True)
            )
            self._cache.put_texts(made)
            known.update(made)
        return np.stack([known[key] for key in keys])

    @property
    def generation(self) -> int:
        """Counts the changes; 0 where nothing was ingested yet. Fresh from the store."""
        state = self._store.state()
        return int(state["generation"]) if state else 0

    @property
    def corpus(self) -> Path | None:
        """The folder whose articles these are, as the index remembers it."""
        state = self._store.state()
        return _corpus_path(str(state["corpus"]), self._folder) if state else None

    def article_ids(self) -> list[str]:
        """Ids of all live articles, sorted."""
        return sorted(self._current().lives)

    def lives(self) -> dict[str, Live]:
        """All live articles' switches, by article id."""
        return dict(self._current().lives)

    def record(self, article_id: str) -> Record:
        """Everything known about a live article. Raises KeyError."""
        return self._record(self._current().lives[article_id].version)

    def article(self, article_id: str) -> Article:
        """The article. Raises KeyError where no such article is live."""
        return self.record(article_id).article

    def sentences(self, article_id: str) -> list[Span]:
        """Its sentences, in order."""
        return list(self.record(article_id).sentences)

    def figures(self, article_id: str) -> list[Figure]:
        """Its figures, in order."""
        return list(self.record(article_id).figures)

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Ids of the articles that say nearly the same (syndicated, or saved twice)."""
        snapshot = self._current()
        if snapshot.generation not in self._copies:
            sketches = {name: live.sketch for name, live in snapshot.lives.items()}
            self._copies = {snapshot.generation: copies.find(sketches)}
        return self._copies[snapshot.generation].get(article_id, ())

    def passages(self, article_id: str) -> list[Passage]:
        """Its passages, in order."""
        return list(self.record(article_id).passages)

    def search(
        self, text: str, k: int = 8, article: str | Sequence[str] | None = None
    ) -> list[tuple[Passage, float]]:
        """The k best passages for a text, best first, from these articles only if any are named."""
        return [(found.passage, found.score) for found in self.rank(text, k, article)]

    def rank(
        self, text: str, k: int = 8, article: str | Sequence[str] | None = None
    ) -> list[Ranked]:
        """As `search`, with the cosines of the passages' sentences."""
        snapshot = self._current()
        only = [article] if isinstance(article, str) else article
        wanted = None if only is None else [a for a in only if a in snapshot.lives]
        if not snapshot.lives or wanted == []:
            return []
        query = self.embedding.embed_one(text)
        rows, cosines, scores = self._candidates(snapshot, text, query, wanted)
        chosen = ranking.best(scores, max(N_CANDIDATES, k))
        return self._ranked(snapshot, query, [(rows[i], cosines[i], scores[i]) for i in chosen])[:k]

    def _ranked(
        self, snapshot: _Snapshot, query: Vectors, chosen: Sequence[tuple[int, float, float]]
    ) -> list[Ranked]:
        """Candidates (row, cosine, score) ranked anew with their best sentences."""
        parts = self._parts(snapshot, [row for row, _, _ in chosen])
        found: list[Ranked] = []
        for (row, cosine, score), matrix in zip(chosen, parts, strict=True):
            cosines = matrix @ query
            drawn = ranking.with_sentence(cosine, cosines) - cosine
            record = self._record(snapshot.lives[snapshot.owners[row]].version)
            passage = record.passages[snapshot.places[row]]
            spans = _sentences_of(record, passage)
            scored = tuple((s, float(c)) for s, c in zip(spans, cosines, strict=True))
            found.append(Ranked(passage, score + drawn / (1 + ranking.LEXICAL_WEIGHT), scored))
        return sorted(found, key=lambda r: -r.score)

    def _candidates(
        self, snapshot: _Snapshot, text: str, query: Vectors, wanted: Sequence[str] | None
    ) -> tuple[Sequence[int], Vectors, Vectors]:
        """Rows that may be best, with their cosines and fused scores."""
        groups = None if wanted is None else [snapshot.numbers[a] for a in wanted]
        assert self._words is not None
        numbers, scores = self._words.search(text, 4 * N_CANDIDATES, groups)
        lexical_rows = [snapshot.row_of_number[n] for n in numbers if n in snapshot.row_of_number]
        if len(lexical_rows) < len(numbers):
            scores = [
                s for n, s in zip(numbers, scores, strict=True) if n in snapshot.row_of_number
            ]
        rows: Sequence[int]
        if snapshot.matrix is None:
            rows, cosines = self._nearest(snapshot, query, wanted, lexical_rows)
        else:
            rows, cosines = _exact(snapshot, query, wanted)
        words = np.zeros(len(rows), dtype=np.float32)
        place = (
            {row: i for i, row in enumerate(rows)} if wanted or snapshot.matrix is None else None
        )
        for row, score in zip(lexical_rows, scores, strict=True):
            words[row if place is None else place[row]] = score
        return rows, cosines, ranking.fuse(cosines, words)

    def _nearest(
        self,
        snapshot: _Snapshot,
        query: Vectors,
        wanted: Sequence[str] | None,
        lexical_rows: Sequence[int],
    ) -> tuple[list[int], Vectors]:
        """Rows near the query by Chroma's graph, and the lexical ones, with exact cosines."""
        versions = {live.version: name for name, live in snapshot.lives.items()}
        rows = list(lexical_rows)
        for version, place in self._store.nearest(query, 2 * N_CANDIDATES, wanted):
            if version in versions:
                rows.append(snapshot.rows_of[versions[version]][place])
        rows = list(dict.fromkeys(rows))
        known = self._cache.get(snapshot.keys[row] for row in rows)
        matrix = np.stack([known[snapshot.keys[row]].whole for row in rows])
        return rows, matrix @ query

    def _parts(self, snapshot: _Snapshot, rows: Sequence[int]) -> list[Vectors]:
        """Vectors of the sentences of these passages; made now where the cache lacks them."""
        known = self._cache.get(snapshot.keys[row] for row in rows)
        lacking = [row for row in rows if _lacks_parts(known.get(snapshot.keys[row]))]
        if lacking:
            places = [(snapshot.owners[row], snapshot.places[row]) for row in lacking]
            texts = [self._embedded(*place) for place in places]
            wholes, parts = self.embedding.embed_parts(
                [text for text, _ in texts], [spans for _, spans in texts]
            )
            made = {
                snapshot.keys[row]: vectors.Vector(wholes[i], parts[i])
                for i, row in enumerate(lacking)
            }
            self._cache.put(made)
            known.update(made)
        return [p for row in rows if (p := known[snapshot.keys[row]].parts) is not None]

    def _embedded(self, article_id: str, place: int) -> tuple[str, list[tuple[int, int]]]:
        record = self.record(article_id)
        return _embedded(record, record.passages[place])

    def is_stale(self, corpus: Path) -> bool:
        """Whether the folder has changed since it was ingested (new, changed or removed files)."""
        lives = self._current().lives
        paths = {articles.identify(p, corpus): p for p in articles.scan(corpus)}
        if not set(lives) <= set(paths):
            return True
        return any(
            sha is not None and (name not in lives or lives[name].source_sha256 != sha)
            for name, sha in ((name, _sha256(path, corpus)) for name, path in paths.items())
        )

    def sync(
        self,
        corpus: Path,
        only: Iterable[Path] | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> SyncReport:
        """Bring the index in step with the folder, or with only these files of it.

        New versions are written first, then switched to, then the old ones go; killed at any
        moment it leaves a sound index, and the next sync finishes. Files that cannot be read are
        in the report; what was known of them stays. Raises IndexBusy, IndexMismatch,
        IndexUnreachable, CorpusMissing, CorpusEmpty, OutsideCorpus.
        """
        with self._writing():
            return _Sync(self, self._store, self._cache, corpus, progress).run(only)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        lock = FileLock(self._folder / "lock", timeout=LOCK_TIMEOUT_S)
        try:
            with lock:
                yield
        except Timeout as error:
            raise IndexBusy(self._folder) from error
        except PermissionError as error:
            raise IndexUnreachable(str(self._folder), error.strerror or str(error)) from error

    def _current(self) -> _Snapshot:
        """The live generation, loaded anew where it has moved."""
        generation = self.generation
        if self._snapshot is None or self._snapshot.generation != generation:
            lives = self._store.lives()
            if sum(live.n_passages for live in lives.values()) > EXACT_PASSAGES:
                self._store.refresh()
            self._complete(lives)
            self._snapshot = self._load(generation, lives)
        return self._snapshot

    def _complete(self, lives: Mapping[str, Live]) -> None:
        """Fill the cache with what it lacks of the live versions, and drop what is not live."""
        numbers = self._cache.versions()
        for live in lives.values():
            if live.version not in numbers:
                record = records.unpack(packed := self._store.packed(live.version))
                keys = _keys(self.embedding.fingerprint, record)
                known = self._cache.get(keys)
                if len(known) < len(set(keys)):
                    stored = self._store.vectors(live.version, len(keys))
                    found = zip(keys, stored, strict=True)
                    self._cache.put(
                        {k: vectors.Vector(v, None) for k, v in found if k not in known}
                    )
                self._cache.add_versions([(live.version, packed, keys)])
        numbers = self._cache.versions()
        self._cache.keep(numbers[live.version] for live in lives.values())
        self._complete_words({numbers[live.version] for live in lives.values()})

    def _complete_words(self, owners: set[int]) -> None:
        if self._words is None:
            self._words = self._open_words()
        worded = self._cache.worded()
        if worded == owners:
            return
        texts = {n: v for v, n in self._cache.versions().items() if n in owners - worded}
        added = (
            (number, owner, _words(self._record(texts[owner]), place))
            for number, owner, place, _ in self._cache.passages()
            if owner in texts
        )
        self._words.update(added, (worded - owners) | (owners - worded))
        self._cache.set_worded(owners)

    def _open_words(self) -> lexical.LexicalIndex:
        folder = _writable(self._folder / "cache", "words")
        try:
            return lexical.LexicalIndex(folder)
        except (OSError, ValueError):
            self._cache.set_worded([])
            return lexical.LexicalIndex(None)

    def _load(self, generation: int, lives: Mapping[str, Live]) -> _Snapshot:
        numbers = self._cache.versions()
        owner_of = {numbers[live.version]: name for name, live in lives.items()}
        rows = [row for row in self._cache.passages() if row[1] in owner_of]
        owners = [owner_of[owner] for _, owner, _, _ in rows]
        keys = [key for _, _, _, key in rows]
        rows_of: dict[str, range] = {}
        for i, name in enumerate(owners):
            rows_of[name] = range(rows_of[name].start if name in rows_of else i, i + 1)
        return _Snapshot(
            generation=generation,
            lives=dict(lives),
            owners=owners,
            places=[place for _, _, place, _ in rows],
            keys=keys,
            row_of_number={number: i for i, (number, _, _, _) in enumerate(rows)},
            rows_of=rows_of,
            numbers={name: number for number, name in owner_of.items()},
            matrix=self._matrix(keys) if len(keys) <= EXACT_PASSAGES else None,
        )

    def _matrix(self, keys: Sequence[bytes]) -> Vectors:
        known = self._cache.get(keys)
        if not keys:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([known[key].whole for key in keys])

    def _load_record(self, version: str) -> Record:
        packed = self._cache.packed(version)
        return records.unpack(packed if packed is not None else self._store.packed(version))


def _exact(
    snapshot: _Snapshot, query: Vectors, wanted: Sequence[str] | None
) -> tuple[Sequence[int], Vectors]:
    assert snapshot.matrix is not None
    if wanted is None:
        return range(len(snapshot.keys)), snapshot.matrix @ query
    rows = [row for name in wanted for row in snapshot.rows_of.get(name, ())]
    return rows, snapshot.matrix[rows] @ query


def _lacks_parts(vector: vectors.Vector | None) -> bool:
    return vector is None or vector.parts is None


def _sentences_of(record: Record, passage: Passage) -> list[Span]:
    """The sentences of a passage; of a sentence longer than it, the part that lies in it."""
    spans = record.sentences
    low = bisect_right(spans, passage.start, key=lambda s: s.end)
    high = bisect_left(spans, passage.end, lo=low, key=lambda s: s.start)
    return [Span(max(s.start, passage.start), min(s.end, passage.end)) for s in spans[low:high]]


def _embedded(record: Record, passage: Passage) -> tuple[str, list[tuple[int, int]]]:
    """The text that is embedded for a passage, and where its sentences stand in that text."""
    text, lead = passages.embedded_text(record.article, passage)
    shift = lead - passage.start
    return text, [(s.start + shift, s.end + shift) for s in _sentences_of(record, passage)]


def _keys(fingerprint: str, record: Record) -> list[bytes]:
    return [vectors.key_of(fingerprint, *_embedded(record, p)) for p in record.passages]


def _words(record: Record, place: int) -> str:
    """What the lexical index reads of a passage: its text under its title and heading."""
    passage = record.passages[place]
    text = record.article.text[passage.start : passage.end]
    return "\n".join([record.article.title, passage.heading, text])


def _sha256(path: Path, corpus: Path) -> str | None:
    try:
        return hashlib.sha256(articles.load(path, corpus)).hexdigest()
    except ArticleUnreadable:
        return None


def _writable(folder: Path, name: str) -> Path | None:
    """A path in a cache folder, None where that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder / name if os.access(folder, os.W_OK) else None


def _corpus_name(corpus: Path, folder: Path) -> str:
    """How the index remembers its corpus: relative where it lies in it, so that both can move."""
    corpus, folder = corpus.resolve(), folder.resolve()
    return os.path.relpath(corpus, folder) if folder.is_relative_to(corpus) else str(corpus)


def _corpus_path(name: str, folder: Path) -> Path:
    return Path(name) if os.path.isabs(name) else (folder / name).resolve()


class _Sync:
    """One run of `Index.sync`."""

    def __init__(
        self,
        index: Index,
        store: _Store,
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
        name = _corpus_name(self._corpus, self._index._folder)
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
        if work or gone:
            self._index._current()
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
        made_by = (_FORMAT, getattr(figures, "VERSION", 0), self._index.embedding.fingerprint)
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
        find = getattr(figures, "find", None)
        found = find(article) if find else []
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
        keys = [_keys(self._index.embedding.fingerprint, record) for record in batch]
        known = self._embed(batch, keys)
        packed = [records.pack(record) for record in batch]
        self._store.add(new, packed, [[known[k].whole for k in its_keys] for its_keys in keys])
        self._cache.add_versions(
            (live.version, text, its_keys)
            for live, text, its_keys in zip(new, packed, keys, strict=True)
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
                if key not in todo and _lacks_parts(known.get(key)):
                    todo[key] = _embedded(record, passage)
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


@dataclass
class _Store:
    """The two collections in Chroma. Every method is one or few writes, in a safe order."""

    client: Any
    where: str
    folder: Path | None
    name: str
    _collections: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def connect(cls, folder: Path, url: str | None, corpus: Path | None) -> _Store:
        """Chroma embedded in the folder, or the server. Raises IndexUnreachable."""
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        try:
            if url is None:
                client = chromadb.PersistentClient(str(folder / "chroma"), settings=settings)
                return cls(client, str(folder), folder / "chroma", "quotient")
            host, port, ssl = _address(url)
            client = chromadb.HttpClient(host, port, ssl=ssl, settings=settings)
            return cls(client, url, None, _server_name(url))
        except IndexUnreachable:
            raise
        except Exception as error:  # chromadb raises ValueError, RuntimeError and its own
            raise IndexUnreachable(url or str(folder), _reason(error)) from error

    def close(self) -> None:
        self._collections.clear()
        self.client.close()

    def refresh(self) -> None:
        """See what other processes have written: an embedded client's graph is stale otherwise."""
        if self.folder is None or not self._collections.get("stale"):
            self._collections["stale"] = True
            return
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        SharedSystemClient.clear_system_cache()
        settings = Settings(anonymized_telemetry=False)
        self.client = chromadb.PersistentClient(str(self.folder), settings=settings)
        self._collections = {"stale": True}

    def _collection(self, kind: str) -> Any:
        if kind not in self._collections:
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
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # chromadb's errors have no common base
            raise IndexUnreachable(self.where, _reason(error)) from error

    def state(self) -> Mapping[str, Any] | None:
        with self._reaching():
            found = self.articles.get(ids=[_STATE], include=["metadatas"])["metadatas"]
        return dict(found[0]) if found else None

    def create(self, corpus: str, embedding: str) -> Mapping[str, Any]:
        state = {"kind": _STATE, "generation": 0, "corpus": corpus, "embedding": embedding}
        with self._reaching():
            self.articles.upsert(ids=[_STATE], embeddings=[[1.0]], metadatas=[state])
        return state

    def lives(self) -> dict[str, Live]:
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
        with self._reaching():
            for part in _chunks(range(len(ids)), self.client.get_max_batch_size()):
                collection.upsert(
                    ids=[ids[i] for i in part],
                    embeddings=[vectors[i] for i in part],
                    metadatas=[about[i] for i in part],
                )

    def switch(self, live: Sequence[Live], gone: Sequence[Live], generation: int) -> None:
        """Make versions live and others not, and count the generation, in one write."""
        state = self.state() or {}
        ids = [f"article:{x.article_id}" for x in (*live, *gone)]
        about = [{"kind": "article", **_fields(x)} for x in live]
        about += [{"kind": "gone", **_fields(x)} for x in gone]
        with self._reaching():
            for part in _chunks(range(len(ids)), self.client.get_max_batch_size() - 1):
                self.articles.upsert(
                    ids=[*(ids[i] for i in part), _STATE],
                    embeddings=[[1.0]] * (len(part) + 1),
                    metadatas=[*(about[i] for i in part), {**state, "generation": generation}],
                )

    def drop(self, old: Iterable[Live]) -> None:
        """Take versions away that are live no more, passages before their record."""
        self._drop([(live.version, live.n_passages) for live in old])
        with self._reaching():
            tombs = self.articles.get(where={"kind": "gone"}, include=[])["ids"]
            if tombs:
                self.articles.delete(ids=tombs)

    def _drop(self, versions: Sequence[tuple[str, int]]) -> None:
        ids = [f"{version}:{i}" for version, n in versions for i in range(n)]
        with self._reaching():
            for part in _chunks(ids, self.client.get_max_batch_size()):
                self.passages.delete(ids=list(part))
            for part in _chunks([f"record:{v}" for v, _ in versions], 5000):
                self.articles.delete(ids=list(part))

    def sweep(self, live: Iterable[str]) -> None:
        """Take away what a sync left that was cut off: versions that are not live."""
        kept = {f"record:{version}" for version in live}
        with self._reaching():
            found = self.articles.get(where={"kind": "record"}, include=[])["ids"]
            stray = [name for name in found if name not in kept]
            data = self.articles.get(ids=stray, include=["metadatas"])["metadatas"] if stray else []
        self._drop([(str(about["version"]), int(about["n"])) for about in data])
        if stray:
            self.drop([])


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
