"""Matching: how well each line of an article goes with a question, by their word pieces.

Question and windows are read apart by the lower half of the embedding model and by an upper half
trained on from it (bot/data/matching.onnx, `python -m tests.training.matching`), so that pieces
which mean the same in a question and in an answer lie close. A line's match is the mean of the
highest cosines of the question's pieces with the line's, weighed by how much each piece matters:
late interaction (ColBERT, Khattab and Zaharia, 2020). What is made of a window is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np

from bot.tagging import classes, networks, windows
from bot.tagging.alignments import Floats, Sheet
from bot.tagging.windows import Pieces, Window
from ingest import Article
from ingest.embedding import LocalEmbedding, each

# Windows whose vectors are kept: a megabyte for six.
MAX_KEPT = 1_000
MAX_CUT = 400
# Questions whose vectors are kept: a question and the one before are read more than once.
MAX_QUESTIONS = 16
# What a piece of the turn before counts beside one of the question, and a mark of an end.
BEFORE, MARK = np.log(0.5), -14.0
# What a match is multiplied by to be a logit.
STEEPNESS = 25.0

Spans = Sequence[tuple[int, int]]
Key = tuple[str, int]


@dataclass(frozen=True, eq=False)
class Asked:
    """A question's pieces, after `n_before` of the turn before.

    middle: by the middle layer (pieces, dim); vectors: (pieces, 2 x 128), by the middle layer and
    by the trained one; weights: how much each piece matters, of sum 1
    """

    middle: Floats
    vectors: Floats
    weights: Floats
    n_before: int


class Matcher:
    """Reads questions and windows of articles apart, and sets them against each other."""

    def __init__(self, embedding: LocalEmbedding) -> None:
        self.pieces = Pieces(embedding.folder)
        self._embedding = embedding
        self._sheets: OrderedDict[tuple[str, int], Sheet] = OrderedDict()
        self._cuts: OrderedDict[str, list[Window]] = OrderedDict()
        self._questions: dict[tuple[str, str | None], Asked] = {}

    @cached_property
    def _session(self) -> Any:
        return networks.session("matching.onnx")

    @cached_property
    def _basis(self) -> tuple[Floats, Floats]:
        """Mean (dim) and principal directions (dim, 128) of the middle layer's vectors."""
        with np.load(str(files("bot").joinpath("data/matching.npz"))) as held:
            return held["mean"].astype(np.float32), held["basis"].astype(np.float32)

    # windows

    def cut(self, article: Article, lines: Spans) -> list[Window]:
        """The windows of an article whose lines have these spans, cut once."""
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
        for (key, window), (_, vectors, _) in zip(missing.items(), self._read(ids), strict=True):
            self._sheets[key] = Sheet(window, vectors)
        found = [self._sheets[key] for key in wanted]
        for key in wanted:
            self._sheets.move_to_end(key)
        while len(self._sheets) > MAX_KEPT:
            self._sheets.popitem(last=False)
        return found

    # questions

    def asked(self, asked: str, before: str | None) -> Asked:
        """A question, after the one that it follows on."""
        found = self._questions.get((asked, before))
        if found is None:
            found = self._asked(asked, before)
            if len(self._questions) >= MAX_QUESTIONS:
                self._questions.clear()
            self._questions[asked, before] = found
        return found

    def _asked(self, asked: str, before: str | None) -> Asked:
        ids = classes.ids(self.pieces, asked, before)
        ((middle, vectors, weights),) = self._read([ids])
        n_before = classes.n_before(self.pieces, before)
        logits = weights + prior(len(ids), n_before)
        raised = np.exp(logits - logits.max())
        return Asked(middle, vectors, (raised / raised.sum()).astype(np.float32), n_before)

    # reading

    def _read(self, sequences: Sequence[Sequence[int]]) -> Iterator[tuple[Floats, Floats, Floats]]:
        """Of each sequence of pieces: middle layer, vectors by both layers, logits of weights."""
        middles = self._embedding.middle(sequences)
        for middle, made in zip(middles, each(self._run, middles), strict=True):
            vectors, weights = made[:, :-1], made[:, -1]
            yield middle, np.concatenate([self._reduced(middle), vectors], axis=1), weights

    def _run(self, middle: Floats) -> Floats:
        """Vectors by the upper half, and the logits of the weights: (n pieces, 128 + 1)."""
        mask = np.ones((1, len(middle)), np.float32)
        given = {"pieces": middle[None], "mask": mask}
        vectors, weights = self._session.run(["vectors", "weights"], given)
        return np.concatenate([vectors[0], weights[0][:, None]], axis=1)

    def _reduced(self, middle: Floats) -> Floats:
        mean, basis = self._basis
        reduced = (middle - mean) @ basis
        lengths = np.linalg.norm(reduced, axis=-1, keepdims=True)
        result: Floats = (reduced / np.maximum(lengths, 1e-6)).astype(np.float32)
        return result

    # matches

    def matches(self, asked: Asked, sheets: Iterable[Sheet]) -> dict[Key, float]:
        """Of each line, by article and start, how well it goes with the question: 1 at best."""
        found: dict[Key, float] = {}
        for sheet in sheets:
            half = sheet.pieces.shape[1] // 2
            cosines = asked.vectors[:, half:] @ sheet.pieces[:, half:].T
            for (start, _), (a, b) in zip(sheet.window.lines, sheet.lines, strict=True):
                if a < b:
                    best = float(asked.weights @ cosines[:, a:b].max(axis=1))
                    found[sheet.window.article_id, start] = best
        return found


def prior(n: int, n_before: int) -> Floats:
    """What is added to the logits of the weights of n pieces before they are shared out."""
    found = np.zeros(n, np.float32)
    found[:n_before] = BEFORE
    found[[0, n - 1]] = MARK
    return found
