"""Classes: what a question asks for, by its wording alone.

The upper half of the embedding model, fine-tuned on questions with their class
(bot/data/classes.onnx, trained by `python -m tests.training.classes`), goes on from where the
embedding model is half way. It knows no article: whether something is stated or has to be computed,
the tagger knows better.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np

from bot.tagging.tags import CLASSES
from bot.tagging.windows import MAX_QUESTION, Pieces
from ingest.embedding import LocalEmbedding

# Word pieces that are read of the question before.
MAX_BEFORE = 40


class Classifier:
    """Reads questions, each after the one that it follows on."""

    def __init__(self, embedding: LocalEmbedding, pieces: Pieces | None = None) -> None:
        self._pieces = pieces or Pieces(embedding.folder)
        self._embedding = embedding

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(
            files("bot").joinpath("data/classes.onnx").read_bytes(),
            options,
            providers=["CPUExecutionProvider"],
        )

    def ids(self, asked: str, before: str | None) -> list[int]:
        """The word pieces of a question after the one before it."""
        own = self._pieces
        first = [*own.of(before, MAX_BEFORE), own.divider] if before else []
        return [own.first, *first, *own.of(asked, MAX_QUESTION), own.divider]

    def chances(self, asked: str, before: str | None = None) -> Mapping[str, float]:
        """The chance of each of `CLASSES`; they sum to 1."""
        vectors = self._embedding.layers([self.ids(asked, before)])[0]
        middle = vectors[:, : vectors.shape[1] // 2]
        mask = np.ones((1, len(middle)), np.float32)
        (logits,) = self._session.run(["classes"], {"pieces": middle[None], "mask": mask})
        shares = np.exp(logits[0] - logits[0].max())
        return dict(zip(CLASSES, (shares / shares.sum()).tolist(), strict=True))
