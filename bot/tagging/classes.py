"""Classes: what a question asks for, by its wording alone.

The upper half of the embedding model, fine-tuned on questions with their class
(bot/data/classes.onnx, trained by `python -m tests.training.classes`), goes on from where the
embedding model is half way. It knows no article: whether something is stated or has to be computed,
the tagger knows better.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from bot.tagging import networks
from bot.tagging.tags import CLASSES
from bot.tagging.windows import MAX_QUESTION, Pieces

# Word pieces that are read of the question before.
MAX_BEFORE = 40
# Nothing is less likely than this.
LEAST = 1e-4
Floats = np.ndarray[Any, np.dtype[np.float32]]


class Classifier:
    """Reads questions by their word pieces."""

    @cached_property
    def _session(self) -> Any:
        return networks.session("classes.onnx")

    def chances(self, middle: Floats) -> dict[str, float]:
        """The chance of each of `CLASSES`; they sum to 1.

        middle: of `ids`, as `LocalEmbedding.middle` gives them (n pieces, dim)
        """
        mask = np.ones((1, len(middle)), np.float32)
        (logits,) = self._session.run(["classes"], {"pieces": middle[None], "mask": mask})
        return shares(dict(zip(CLASSES, logits[0].tolist(), strict=True)))


def ids(pieces: Pieces, asked: str, before: str | None) -> list[int]:
    """The word pieces of a question after the one that it follows on."""
    first = [*pieces.of(before, MAX_BEFORE), pieces.divider] if before else []
    return [pieces.first, *first, *pieces.of(asked, MAX_QUESTION), pieces.divider]


def n_before(pieces: Pieces, before: str | None) -> int:
    """How many of these belong to the question before, with the marks around it."""
    return len(pieces.of(before, MAX_BEFORE)) + 2 if before else 0


def pooled(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Two opinions as one, each with half the weight (a logarithmic pool)."""
    return shares({k: (math.log(one[k] + LEAST) + math.log(other[k] + LEAST)) / 2 for k in one})


def shares(logits: Mapping[str, float]) -> dict[str, float]:
    """Chances of logits."""
    top = max(logits.values())
    raised = {name: math.exp(logit - top) for name, logit in logits.items()}
    whole = sum(raised.values())
    return {name: chance / whole for name, chance in raised.items()}
