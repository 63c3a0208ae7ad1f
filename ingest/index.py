"""Index: what was ingested, in step with a folder, and searched.

What counts is in Chroma (`ingest.store`), written by a sync (`ingest.syncing`). What can be worked
out again (words, sentence vectors) is a cache in the index folder.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock, Timeout
from langchain_core.embeddings import Embeddings

from ingest import (
    articles,
    copies,
    lexical,
    outlines,
    ranking,
    records,
    vectors,
)
from ingest.articles import Article, Span
from ingest.embedding import Embedding, adapt
from ingest.errors import (
    ArticleUnreadable,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    IndexUnreachable,
)
from ingest.figures import Figure
from ingest.mirrors import Live
from ingest.passages import Passage
from ingest.records import Record
from ingest.store import Store, corpus_name, corpus_path
from ingest.syncing import Progress, Sync, SyncReport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

LOCK_TIMEOUT_S = 10.0
EXACT_PASSAGES = 20_000
N_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage found, its score (a good one is about 1), and its sentences with their cosines.

    worths: for each sentence its cosine with what it holds of the question's words
    """

    passage: Passage
    score: float
    sentences: tuple[tuple[Span, float], ...]
    worths: tuple[float, ...] = ()

    def excerpt(self, max_chars: int) -> tuple[Span, ...]:
        """Its best sentences, in order, at most so long together; the best one always."""
        spans = [span for span, _ in self.sentences]
        best, *others = ranking.by_worth(self.worths)
        start = spans[best].start
        chosen = [Span(start, min(spans[best].end, start + max_chars))]
        left = max_chars - (chosen[0].end - start)
        for span in (spans[i] for i in others):
            if (length := span.end - span.start) <= left:
                chosen.append(span)
                left -= length
        return tuple(sorted(chosen, key=lambda span: span.start))


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One generation, in memory. Row i is a passage; `matrix` is None where there are too many.

    entries: the number under which each row's passage is noted in the cache
    """

    generation: int
    lives: Mapping[str, Live]
    named: Mapping[str, str]
    entries: Sequence[int]
    owners: Sequence[str]
    places: Sequence[int]
    keys: Sequence[bytes]
    row_of_number: Mapping[int, int]
    rows_of: Mapping[str, range]
    numbers: Mapping[str, int]
    matrix: Vectors | None


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Passages that may be best: whose they are, their outlines, their sentences' vectors.

    outlines, parts: as they are packed in the cache
    """

    owners: Sequence[str]
    outlines: Sequence[bytes]
    parts: Sequence[bytes]

    def ranked(
        self, query: Vectors, sought: ranking.Sought, cosines: Vectors, scores: Vectors, k: int
    ) -> list[Ranked]:
        """The k best by their best sentences too, repeats last.

        cosines, scores: the passages' own
        """
        sentences = outlines.sentences(self.outlines)
        near = _cosines(vectors.unscaled(b"".join(self.parts), len(query)), query)
        worths = near + sought.worths(sentences.words, sentences.ends)
        whole = ranking.with_sentences(scores, cosines, worths, sentences.owned)
        order = ranking.best(whole, len(whole))
        cuts = list(pairwise([0, *np.cumsum(sentences.owned).tolist()]))
        said = (sentences.said(*cuts[i]) for i in order)
        chosen = [order[place] for place in ranking.varied(said, k)]
        return [
            self._ranked(i, float(whole[i]), near[slice(*cuts[i])], worths[slice(*cuts[i])])
            for i in chosen
        ]

    def _ranked(self, i: int, score: float, cosines: Vectors, worths: ranking.Worths) -> Ranked:
        outline = outlines.unpack(self.outlines[i])
        scored = tuple(zip(outline.sentences(), cosines.tolist(), strict=True))
        return Ranked(outline.passage(self.owners[i]), score, scored, tuple(worths.tolist()))


class Index:
    """Articles with their sentences, figures and passages, found by meaning and by words."""

    def __init__(self, store: Store, folder: Path, embedding: Embeddings | None) -> None:
        self._store, self.folder = store, folder
        self._given = embedding
        self._embedding: Embedding | None = None
        self._snapshot: _Snapshot | None = None
        self._cache = vectors.VectorCache(_writable(folder / "cache", "vectors.sqlite"))
        self._words: lexical.LexicalIndex | None = None
        self._copies: dict[int, dict[str, tuple[str, ...]]] = {}
        self._record = lru_cache(maxsize=256)(self._load_record)
        self._question = lru_cache(maxsize=256)(self._embed_question)

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
        store = Store.open(folder, chroma_url)
        index = cls(store, folder, embedding)
        index._check(corpus)
        return index

    def _check(self, corpus: Path | None) -> None:
        state = self._store.state()
        if state is None:
            return
        remembered = state["corpus"]
        if corpus is not None and corpus_name(corpus, self.folder) != remembered:
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

        A lone text is a question: not kept, but for the last ones, whose vectors are asked for
        again and again while the question is answered.
        """
        if not texts:
            return self.embedding.embed_many(texts)
        if len(texts) == 1:
            return self._question(texts[0])[np.newaxis]
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

    def _embed_question(self, text: str) -> Vectors:
        return self.embedding.embed_one(text)

    @property
    def generation(self) -> int:
        """Counts the changes; 0 where nothing was ingested yet. Fresh from the store."""
        state = self._store.state()
        return int(state["generation"]) if state else 0

    @property
    def corpus(self) -> Path | None:
        """The folder whose articles these are, as the index remembers it."""
        state = self._store.state()
        return corpus_path(str(state["corpus"]), self.folder) if state else None

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
        query = self._question(text)
        rows, cosines, scores = self._candidates(snapshot, text, query, wanted)
        chosen = ranking.best(scores, max(N_CANDIDATES, k))
        if not chosen:
            return []
        near = _Candidates(
            [snapshot.owners[rows[i]] for i in chosen],
            self._outlines(snapshot, [rows[i] for i in chosen]),
            self._parts(snapshot, [rows[i] for i in chosen]),
        )
        return near.ranked(query, self._sought(text), cosines[chosen], scores[chosen], k)

    def _outlines(self, snapshot: _Snapshot, rows: Sequence[int]) -> list[bytes]:
        known = self._cache.outlines(snapshot.entries[row] for row in rows)
        return [known.get(snapshot.entries[row]) or self._outline(snapshot, row) for row in rows]

    def _outline(self, snapshot: _Snapshot, row: int) -> bytes:
        """One that the cache has lost since the generation was loaded."""
        version = snapshot.lives[snapshot.owners[row]].version
        return outlines.pack(outlines.find(self._record(version))[snapshot.places[row]])

    def _sought(self, text: str) -> ranking.Sought:
        assert self._words is not None
        words = list(dict.fromkeys(lexical.stems(text)))[: lexical.MAX_WORDS]
        return ranking.Sought.of(words, self._words.weights(words))

    def _candidates(
        self, snapshot: _Snapshot, text: str, query: Vectors, wanted: Sequence[str] | None
    ) -> tuple[Sequence[int], Vectors, Vectors]:
        """Rows that may be best, with their cosines and fused scores."""
        groups = None if wanted is None else [snapshot.numbers[a] for a in wanted]
        assert self._words is not None
        numbers, scores = self._words.search(text, 4 * N_CANDIDATES, groups)
        found = {
            snapshot.row_of_number[n]: score
            for n, score in zip(numbers, scores, strict=True)
            if n in snapshot.row_of_number
        }
        rows: Sequence[int]
        if snapshot.matrix is None:
            rows, cosines = self._nearest(snapshot, query, wanted, list(found))
        else:
            rows, cosines = _exact(snapshot, query, wanted)
        words = np.zeros(len(rows), dtype=np.float32)
        if wanted or snapshot.matrix is None:
            words[:] = [found.get(row, 0.0) for row in rows]
        else:
            words[list(found)] = list(found.values())
        return rows, cosines, ranking.fuse(cosines, words)

    def _nearest(
        self,
        snapshot: _Snapshot,
        query: Vectors,
        wanted: Sequence[str] | None,
        lexical_rows: Sequence[int],
    ) -> tuple[list[int], Vectors]:
        """Rows near the query by Chroma's graph, and the lexical ones, with exact cosines."""
        rows = list(lexical_rows)
        for version, place in self._store.nearest(query, 2 * N_CANDIDATES, wanted):
            if version in snapshot.named:
                rows.append(snapshot.rows_of[snapshot.named[version]][place])
        rows = list(dict.fromkeys(rows))
        return rows, _cosines(self._matrix([snapshot.keys[row] for row in rows]), query)

    def _parts(self, snapshot: _Snapshot, rows: Sequence[int]) -> list[bytes]:
        """Vectors of the sentences of these passages; made now where the cache lacks them."""
        known = self._cache.parts(snapshot.keys[row] for row in rows)
        lacking = [row for row in rows if snapshot.keys[row] not in known]
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
            known.update(
                {snapshot.keys[row]: vectors.scaled(parts[i]) for i, row in enumerate(lacking)}
            )
        return [known[snapshot.keys[row]] for row in rows]

    def _embedded(self, article_id: str, place: int) -> tuple[str, list[tuple[int, int]]]:
        record = self.record(article_id)
        return records.embedded(record, record.passages[place])

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
        with self._writing(), self._keeping():
            return Sync(self, self._store, self._cache, corpus, progress).run(only)

    @contextmanager
    def _keeping(self) -> Iterator[None]:
        """What goes wrong with the files in the folder (a full disk), as IndexUnreachable."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise IndexUnreachable(str(self.folder), reason) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        lock = FileLock(self.folder / "lock", timeout=LOCK_TIMEOUT_S)
        try:
            with lock, self._store.writing(LOCK_TIMEOUT_S):
                yield
        except Timeout as error:
            raise IndexBusy(self.folder) from error
        except PermissionError as error:
            raise IndexUnreachable(str(self.folder), error.strerror or str(error)) from error

    def refresh(self) -> None:
        """Load the live generation where it has moved, so that the next question need not."""
        self._current()

    def _current(self) -> _Snapshot:
        """The live generation, loaded anew where it has moved."""
        generation = self.generation
        if self._snapshot is None or self._snapshot.generation != generation:
            lives = self._store.lives()
            if sum(live.n_passages for live in lives.values()) > EXACT_PASSAGES:
                self._store.refresh()
            with self._keeping():
                self._complete(lives)
            self._snapshot = self._load(generation, lives)
        return self._snapshot

    def _complete(self, lives: Mapping[str, Live]) -> None:
        """Fill the cache with what it lacks of the live versions, and drop what is not live."""
        numbers = self._cache.versions()
        for live in lives.values():
            if live.version not in numbers:
                record = records.unpack(packed := self._store.packed(live.version))
                keys = vectors.keys_of(self.embedding.fingerprint, record)
                known = self._cache.get(keys)
                if len(known) < len(set(keys)):
                    stored = self._store.vectors(live.version, len(keys))
                    found = zip(keys, stored, strict=True)
                    self._cache.put(
                        {k: vectors.Vector(v, None) for k, v in found if k not in known}
                    )
                noted = (live.version, packed, keys, outlines.find(record))
                self._cache.add_versions([noted])
        numbers = self._cache.versions()
        self._cache.keep(numbers[live.version] for live in lives.values())
        self._complete_outlines(numbers)
        self._complete_words({numbers[live.version] for live in lives.values()})

    def _complete_outlines(self, numbers: Mapping[str, int]) -> None:
        """Those that an older version of this program did not note."""
        lacking = self._cache.unoutlined()
        for version, number in numbers.items():
            if number in lacking:
                self._cache.add_outlines(number, outlines.find(self._load_record(version)))

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
        folder = _writable(self.folder / "cache", "words")
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
            named={live.version: name for name, live in lives.items()},
            entries=[number for number, _, _, _ in rows],
            owners=owners,
            places=[place for _, _, place, _ in rows],
            keys=keys,
            row_of_number={number: i for i, (number, _, _, _) in enumerate(rows)},
            rows_of=rows_of,
            numbers={name: number for number, name in owner_of.items()},
            matrix=self._matrix(keys) if len(keys) <= EXACT_PASSAGES else None,
        )

    def _matrix(self, keys: Sequence[bytes]) -> Vectors:
        known = self._cache.wholes(keys)
        if not keys:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([known[key] for key in keys])

    def _load_record(self, version: str) -> Record:
        packed = self._cache.packed(version)
        return records.unpack(packed if packed is not None else self._store.packed(version))


def _exact(
    snapshot: _Snapshot, query: Vectors, wanted: Sequence[str] | None
) -> tuple[Sequence[int], Vectors]:
    assert snapshot.matrix is not None
    if wanted is None:
        return range(len(snapshot.keys)), _cosines(snapshot.matrix, query)
    rows = [row for name in wanted for row in snapshot.rows_of.get(name, ())]
    return rows, _cosines(snapshot.matrix[rows], query)


def _cosines(matrix: Vectors, query: Vectors) -> Vectors:
    """Not by BLAS, whose threads take longer to meet, beside the model's, than so little takes."""
    if not len(matrix):
        return np.zeros(0, dtype=np.float32)
    cosines: Vectors = np.einsum("ij,j->i", matrix, query)
    return cosines


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
