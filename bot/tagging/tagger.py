"""The tagger: a small network over the alignments of a question with the evidence.

The embedding model reads question and windows apart, so that what it makes of a window is kept;
the network (bot/data/tagger.onnx, trained by `python -m tests.training`) sees the cosines of their
word pieces beside what the rules say, and gives each figure the chance that the answer rests on it
as first or as later operand, each line the chance that it is to be cited, and the question the
class of its operation, for which `bot.tagging.classes` has half a say. Operands and operation as
tags of one reading: TagOp (Zhu et al., 2021).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np

from bot.questions import Query
from bot.retrieval import Evidence
from bot.tagging import classes, features, networks, windows
from bot.tagging.classes import Classifier
from bot.tagging.features import Facts, Floats, Inputs, Sheet
from bot.tagging.tags import CLASSES, Chance, Tags, chance
from bot.tagging.windows import Pieces, Window
from ingest import Article
from ingest.embedding import DEFAULT_NAME, Embedding, LocalEmbedding

N_WINDOWS = 12
MAX_BEFORE = 40
# Windows whose vectors are kept: half a megabyte for ten.
MAX_KEPT = 2_000
MAX_CUT = 400
# Questions whose vectors are kept: a question and the one before are read more than once.
MAX_QUESTIONS = 16
# Scale of what the network was trained on.
SCALE = 8.0

Spans = Sequence[tuple[int, int]]


class Tagger:
    """Reads questions beside windows of their evidence; what it made of a window is kept."""

    def __init__(self, embedding: LocalEmbedding) -> None:
        self.pieces = Pieces(embedding.folder)
        self._embedding = embedding
        self._sheets: OrderedDict[tuple[str, int], Sheet] = OrderedDict()
        self._cuts: OrderedDict[str, list[Window]] = OrderedDict()
        self._questions: dict[tuple[int, ...], Floats] = {}
        self._classifier = Classifier()

    @classmethod
    def of(cls, embedding: Embedding | None) -> Tagger | None:
        """A tagger, or None where the embedding is not the one that it was trained with."""
        if isinstance(embedding, LocalEmbedding) and embedding.name == DEFAULT_NAME:
            return cls(embedding)
        return None

    @cached_property
    def _session(self) -> Any:
        return networks.session("tagger.onnx")

    @cached_property
    def _basis(self) -> tuple[Floats, Floats]:
        """Mean (2 dim) and principal directions (2, dim, 128) of the vectors of word pieces."""
        with np.load(str(files("bot").joinpath("data/tagger.npz"))) as held:
            return held["mean"].astype(np.float32), held["basis"].astype(np.float32)

    # windows and their vectors

    def chosen(self, evidence: Evidence, lines: Mapping[str, Spans]) -> list[Sheet]:
        """The windows of the best sentences; `lines` are the spans of each article's."""
        found: dict[tuple[str, int], Window] = {}
        for sentence in evidence.sentences:
            article = evidence.articles[sentence.article_id]
            own = self.cut(article, lines[article.id])
            for i, window in enumerate(own):
                if window.start <= sentence.span.start < window.end:
                    found.setdefault((article.sha256, i), window)
            if len(found) >= N_WINDOWS:
                break
        return self.sheets(found)

    def cut(self, article: Article, lines: Spans) -> list[Window]:
        """The windows of an article, cut once."""
        if article.sha256 not in self._cuts:
            self._cuts[article.sha256] = windows.cut(article, lines, self.pieces)
            if len(self._cuts) > MAX_CUT:
                self._cuts.popitem(last=False)
        return self._cuts[article.sha256]

    def sheets(self, wanted: Mapping[tuple[str, int], Window]) -> list[Sheet]:
        """The windows with their vectors, those not at hand read together."""
        missing = {key: window for key, window in wanted.items() if key not in self._sheets}
        ids = [
            [self.pieces.first, *w.context, *w.ids, self.pieces.divider] for w in missing.values()
        ]
        for (key, window), (pieces, whole) in zip(missing.items(), self._read(ids), strict=True):
            self._sheets[key] = Sheet(window, pieces, whole)
        found = [self._sheets[key] for key in wanted]
        for key in wanted:
            self._sheets.move_to_end(key)
        while len(self._sheets) > MAX_KEPT:
            self._sheets.popitem(last=False)
        return found

    def _read(self, sequences: Sequence[Sequence[int]]) -> Iterator[tuple[Floats, Floats]]:
        """Vectors of each piece, centred and in fewer dimensions, and one of the whole."""
        for layers in self._embedding.layers(sequences) if sequences else ():
            yield self._centred(layers)

    def _centred(self, layers: Floats) -> tuple[Floats, Floats]:
        mean, basis = self._basis
        half = len(mean) // 2
        centred = layers - mean
        parts = [_unit(centred[:, :half] @ basis[0]), _unit(centred[:, half:] @ basis[1])]
        return np.concatenate(parts, axis=1), _unit(layers[:, half:].mean(axis=0))

    def _asked(self, ids: tuple[int, ...]) -> Floats:
        """The vectors of a question's pieces, which are wanted twice."""
        found = self._questions.get(ids)
        if found is None:
            found = self._embedding.layers([ids])[0]
            if len(self._questions) >= MAX_QUESTIONS:
                self._questions.clear()
            self._questions[ids] = found
        return found

    # reading

    def inputs(
        self, facts: Facts, asked: str, before: str | None, sheets: Sequence[Sheet]
    ) -> Inputs:
        """What the network is given: the question, after the last one where it follows on it."""
        texts = [(before, MAX_BEFORE)] * (before is not None) + [(asked, windows.MAX_QUESTION)]
        ids = [
            [self.pieces.first, *self.pieces.of(text or "", most), self.pieces.divider]
            for text, most in texts
        ]
        read = [self._centred(self._asked(tuple(one))) for one in ids]
        likeness = [float(read[-1][1] @ sheet.vector) for sheet in sheets]
        question = np.concatenate([pieces for pieces, _ in read])
        n_before = len(read[0][0]) if before is not None else 0
        return features.inputs(facts, question, n_before, sheets, likeness, before is not None)

    def tags(self, given: Inputs, asked: str, before: str | None) -> Tags:
        """Run the network; what is asked for, the wording alone tells too."""
        figures, lines, logits = self._session.run(
            ["figures", "lines", "classes"],
            {
                "question": given.question[None] * SCALE,
                "asked_now": given.asked_now[None],
                "about": given.about[None],
                "figure_edges": given.figure_edges[None],
                "figure_facts": given.figure_facts[None],
                "line_edges": given.line_edges[None],
                "line_facts": given.line_facts[None],
            },
        )
        read = classes.shares(dict(zip(CLASSES, logits[0].tolist(), strict=True)))
        ids = tuple(classes.ids(self.pieces, asked, before))
        return Tags(
            {key: _chance(row) for key, row in _best(given.figures, figures[0])},
            {key: chance(row) for key, row in _best(given.lines, lines[0])},
            classes.pooled(read, self._classifier.chances(self._asked(ids))),
        )


def before_of(query: Query, history: Sequence[Any]) -> str | None:
    """The question before, where this one leans on it."""
    return history[-1].question if history and query.text != query.wording else None


def _best(keys: Iterable[tuple[str, int]], rows: Floats) -> Iterator[tuple[tuple[str, int], Any]]:
    """Each key with its row; where a key comes twice, the last counts."""
    return zip(keys, rows, strict=False)


def _chance(row: Floats) -> Chance:
    return Chance(chance(float(row[0])), chance(float(row[1])))


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    result: Floats = (vectors / np.maximum(lengths, 1e-6)).astype(np.float32)
    return result
