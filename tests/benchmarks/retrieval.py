"""Retrieval beside the tutorial pipeline: is the evidence found?

The tutorial pipeline is what most begin with: recursive splitting into 1,000 characters with 200 of
overlap, sentence-transformers with all-MiniLM-L6-v2, a Chroma collection, the nearest four or five.
Questions with an even hash were used to choose (weights, lengths); the figures are of the odd ones.
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ingest.articles import Span
from ingest.embedding import Embedding
from ingest.index import Index
from tests.benchmarks.lines import Line, Missing, public

PLAIN_IS = "recursive 1000/200, Chroma, cosine"
CHUNKING = "chunking evaluation"
# Of https://research.trychroma.com/evaluating-chunking, with the same embedding model: the highest
# recall of its table, and the highest IoU.
PUBLISHED = (
    ("82.4 / 3.6 / 3.5", "tokens 250/125, its highest recall"),
    ("75.2 / 7.2 / 7.2", "clusters of 200, its highest IoU"),
)
K = 5
BUDGET_CHARS = 1500
EXCERPT_CHARS = 500


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its evidence: excerpts, each with every place where its text stands."""

    text: str
    corpus: str
    evidence: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Texts by name, and questions over them."""

    name: str
    texts: dict[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A slice of a text that a system returned, best first."""

    corpus: str
    start: int
    end: int


Search = Callable[[str], list[Found]]


def is_reported(question: str) -> bool:
    """Whether a question belongs to the half that is reported; the other half is to choose by."""
    return zlib.crc32(question.encode()) % 2 == 1


def half(questions: Questions, *, reported: bool, sample: int | None = None) -> Questions:
    chosen = [q for q in questions.questions if is_reported(q.text) == reported]
    step = max(1, len(chosen) // sample) if sample else 1
    return Questions(questions.name, questions.texts, tuple(chosen[::step]))


def chunking_evaluation() -> Questions:
    """Chroma's chunking evaluation: five texts, questions with spans of evidence."""
    folder = public("chunking")
    texts = {p.stem: p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.md"))}
    questions = []
    with (folder / "questions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = texts[row["corpus_id"]]
            spans = [_everywhere(text, r) for r in json.loads(row["references"])]
            questions.append(Question(row["question"], row["corpus_id"], tuple(spans)))
    return Questions(CHUNKING, texts, tuple(questions))


def _everywhere(text: str, reference: dict[str, Any]) -> tuple[Span, ...]:
    start, end = reference["start_index"], reference["end_index"]
    excerpt = text[start:end]
    spans = [Span(start, end)]
    position = text.find(excerpt)
    while position >= 0 and len(excerpt) > 20:
        if position != start:
            spans.append(Span(position, position + len(excerpt)))
        position = text.find(excerpt, position + 1)
    return tuple(spans)


def xquad() -> Questions:
    """XQuAD's English part: an article is its paragraphs, the evidence is the answer's place."""
    data = json.loads(public("xquad_en.json").read_text(encoding="utf-8"))["data"]
    texts: dict[str, str] = {}
    questions: list[Question] = []
    for number, article in enumerate(data):
        name = f"article-{number:02}"
        text = ""
        for paragraph in article["paragraphs"]:
            start = len(text)
            text += paragraph["context"] + "\n\n"
            for qa in paragraph["qas"]:
                answer = qa["answers"][0]
                a = start + answer["answer_start"]
                span = Span(a, a + len(answer["text"]))
                questions.append(Question(qa["question"], name, ((span,),)))
        texts[name] = text
    return Questions("XQuAD", texts, tuple(questions))


class Quotient:
    """Our index over texts, its passages mapped back into the texts as they came."""

    def __init__(
        self,
        texts: dict[str, str],
        folder: Path,
        suffix: str = ".md",
        embedding: Embedding | None = None,
    ) -> None:
        self.corpus, self._suffix = folder / "corpus", suffix
        self.corpus.mkdir(parents=True, exist_ok=True)
        self._texts: dict[str, str] = {}
        self.index = Index.open(folder / "index", corpus=self.corpus, embedding=embedding)
        self._origins: dict[str, dict[int, int]] = {}
        self.seconds = 0.0
        self.add(texts)

    def add(self, texts: dict[str, str]) -> None:
        """Ingest more articles; `seconds` counts on."""
        paths = [self.corpus / f"{name}{self._suffix}" for name in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        self._texts.update(texts)
        if texts:
            self.seconds += self.index.sync(self.corpus, only=paths).seconds

    def close(self) -> None:
        self.index.close()

    def search(self, question: str, k: int = K) -> list[Found]:
        return [
            self._found(p.article_id, p.start, p.end) for p, _ in self.index.search(question, k)
        ]

    def excerpts(self, question: str, k: int = K) -> list[Found]:
        """The passages trimmed to their best sentences, EXCERPT_CHARS of each at most."""
        found = []
        for ranked in self.index.rank(question, k):
            for span in ranked.excerpt(EXCERPT_CHARS):
                found.append(self._found(ranked.passage.article_id, span.start, span.end))
        return found

    def _found(self, article_id: str, start: int, end: int) -> Found:
        name = article_id.rsplit(".", 1)[0]
        origins = self._origin(article_id, name)
        return Found(name, origins[start], origins[end - 1] + 1)

    def _origin(self, article_id: str, name: str) -> dict[int, int]:
        """Where each character of a cleaned text stands in the text as it came."""
        if article_id not in self._origins:
            article = self.index.article(article_id)
            self._origins[article_id] = aligned(
                article.text, self._texts[name], self.index.sentences(article_id)
            )
        return self._origins[article_id]


def aligned(text: str, raw: str, sentences: Sequence[Span]) -> dict[int, int]:
    """Places of the visible characters of a cleaned text in the raw one, sentence by sentence."""
    places: dict[int, int] = {}
    position = 0
    for span in sentences:
        sentence = text[span.start : span.end]
        at = raw.find(sentence, position)
        if at < 0:
            at = raw.find(sentence[:20], position)
        at = max(at, position)
        for i in range(span.end - span.start):
            places[span.start + i] = min(at + i, len(raw) - 1)
        position = at + (span.end - span.start if raw.startswith(sentence, at) else 0)
    return places


class Tutorial:
    """The tutorial pipeline."""

    def __init__(self, texts: dict[str, str], folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        self._model  # noqa: B018 loads it before the clock starts
        self._split = self._splitter().create_documents
        self.seconds = 0.0
        client = chromadb.PersistentClient(
            str(folder / "tutorial"), settings=Settings(anonymized_telemetry=False)
        )
        self._collection = client.create_collection(
            "tutorial", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        self.add(texts)

    def add(self, texts: dict[str, str]) -> None:
        """Ingest more articles; `seconds` counts on."""
        started = time.perf_counter()
        for name, text in texts.items():
            chunks = [(d.page_content, d.metadata["start_index"]) for d in self._split([text])]
            self._add(name, chunks)
        self.seconds += time.perf_counter() - started

    def _add(self, name: str, chunks: Sequence[tuple[str, int]]) -> None:
        for i in range(0, len(chunks), 1000):
            part = chunks[i : i + 1000]
            vectors = self._model.encode([c for c, _ in part], show_progress_bar=False)
            self._collection.add(
                ids=[f"{name}:{i + j}" for j in range(len(part))],
                embeddings=vectors,
                documents=[c for c, _ in part],
                metadatas=[
                    {"name": name, "start": max(0, s), "end": max(0, s) + len(c)} for c, s in part
                ],
            )

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        from ingest.embedding import _locate

        return SentenceTransformer(str(_locate(None)), device="cpu")

    @staticmethod
    def _splitter() -> Any:
        try:
            from langchain_text_splitters import RecursiveCharacterTextSplitter
        except ImportError as error:
            raise Missing("langchain-text-splitters is not installed") from error
        return RecursiveCharacterTextSplitter(
            chunk_size=1000, chunk_overlap=200, add_start_index=True
        )

    def search(self, question: str, k: int = K) -> list[Found]:
        vector = self._model.encode([question], show_progress_bar=False)
        found = self._collection.query(
            query_embeddings=vector, n_results=k, include=["metadatas", "documents"]
        )
        return [Found(m["name"], m["start"], m["end"]) for m in found["metadatas"][0]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over questions, in percent."""

    recall: float
    precision: float
    iou: float
    hit: float
    budget: float
    answered: float

    @property
    def published(self) -> str:
        """As Chroma's table has them."""
        return f"{self.recall:.1f} / {self.precision:.1f} / {self.iou:.1f}"

    @classmethod
    def of(cls, questions: Sequence[Question], search: Search) -> Scores:
        rows = [_score(question, search(question.text)) for question in questions]
        means = np.asarray(rows, dtype=np.float64).mean(axis=0) * 100
        return cls(*(float(x) for x in means))


def _score(question: Question, found: Sequence[Found]) -> tuple[float, ...]:
    """Recall, precision, IoU, hit@1, share covered in the first characters, of whole excerpts."""
    own = [f for f in found if f.corpus == question.corpus]
    total = sum(places[0].end - places[0].start for places in question.evidence)
    covered = [_covered(places, own) for places in question.evidence]
    n_relevant = len(
        {
            i
            for places in question.evidence
            for p in places
            for f in own
            for i in range(max(f.start, p.start), min(f.end, p.end))
        }
    )
    n_found = sum(f.end - f.start for f in found)
    missed = total - sum(covered)
    first = [f for f in found[:1] if f.corpus == question.corpus]
    hit = any(_covered(places, first) for places in question.evidence)
    budget = list(_within(found, BUDGET_CHARS, question.corpus))
    in_budget = sum(_covered(places, budget) for places in question.evidence)
    whole = all(c == p[0].end - p[0].start for c, p in zip(covered, question.evidence, strict=True))
    precision = n_relevant / n_found if n_found else 0.0
    iou = n_relevant / (n_found + missed) if n_found else 0.0
    return sum(covered) / total, precision, iou, float(hit), in_budget / total, float(whole)


def _within(found: Sequence[Found], max_chars: int, corpus: str) -> Iterator[Found]:
    left = max_chars
    for f in found:
        length = min(left, f.end - f.start)
        if f.corpus == corpus and length > 0:
            yield Found(f.corpus, f.start, f.start + length)
        left -= length


def _covered(places: Sequence[Span], found: Sequence[Found]) -> int:
    """Characters of an excerpt that were found, at the place where most of it was."""
    return max(
        len({i for f in found for i in range(max(f.start, p.start), min(f.end, p.end))})
        for p in places
    )


def measure(sample: int | None = None) -> Iterator[Line]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as name:
        for questions in (chunking_evaluation(), xquad()):
            folder = Path(name, questions.name)
            with closing(Quotient(questions.texts, folder)) as ours:
                yield from _quality(questions, ours, Tutorial(questions.texts, folder), sample)
                if questions.name == CHUNKING:
                    yield from _as_published(questions, ours, sample)


def _as_published(questions: Questions, ours: Quotient, sample: int | None) -> Iterator[Line]:
    """Chroma's own metrics beside its table: only the marked place of an excerpt counts."""
    asked = [
        replace(q, evidence=tuple(places[:1] for places in q.evidence))
        for q in questions.questions[:: max(1, len(questions.questions) // sample) if sample else 1]
    ]
    work = f"{questions.name}, {len(asked)} questions of both halves"
    for label, search, (theirs, splitter) in (
        ("whole passages", ours.search, PUBLISHED[0]),
        ("best sentences only", ours.excerpts, PUBLISHED[1]),
    ):
        found = Scores.of(asked, search).published
        yield Line(work, f"recall / precision / IoU at {K}, {label}", found, theirs,
                   f"published by Chroma: {splitter}")  # fmt: skip


def _quality(
    questions: Questions, ours: Quotient, plain: Tutorial, sample: int | None
) -> Iterator[Line]:
    part = half(questions, reported=True, sample=sample)
    mine = Scores.of(part.questions, ours.search)
    trimmed = Scores.of(part.questions, ours.excerpts)
    theirs = Scores.of(part.questions, plain.search)
    work = f"{questions.name}, {len(part.questions)} questions of the half kept to report"
    for label, value, other in (
        ("hit@1", mine.hit, theirs.hit),
        (f"recall at {K}", mine.recall, theirs.recall),
        (f"IoU at {K}", mine.iou, theirs.iou),
        (f"evidence in the first {BUDGET_CHARS} characters", mine.budget, theirs.budget),
        (f"evidence whole within {K}", mine.answered, theirs.answered),
    ):
        yield Line(work, label, f"{value:.1f}%", f"{other:.1f}%", PLAIN_IS)
    yield Line(work, "recall, best sentences only", f"{trimmed.recall:.1f}%")
    yield Line(work, "IoU, best sentences only", f"{trimmed.iou:.1f}%")
