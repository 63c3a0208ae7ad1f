"""Ranking: how cosine, best sentence and words make one score.

Measured on Chroma's chunking evaluation and XQuAD: a sum of cosine and BM25 as a share of the best
ranks better than reciprocal rank fusion, and a passage is best judged by its best sentence: by that
sentence's cosine, by how much of what the question's words tell it holds, and by which of them it
has side by side. All of it was chosen on the half of the questions that is not reported
(`tests/benchmarks/retrieval.py`): there the sentence's words raised hit@1 from 71.6% to 75.8% on
the one set and from 92.7% to 94.5% on the other, passages that repeat better ones, put last, the
evidence within the first 1,500 characters from 73.9% to 75.7%, and the best sentences of a passage
hold more of it in 500 characters (79.3%) than the run around its best one (76.3%).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest import lexical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Worths = NDArray[np.float64]
    Places = NDArray[np.int64]
    Numbers = NDArray[np.uint32]

LEXICAL_WEIGHT = 0.5
SENTENCE_WEIGHT = 0.85
WORD_WEIGHT = 0.8
PAIR_WEIGHT = 0.3
NEIGHBOUR_WEIGHT = 0.3
MAX_REPEATED = 0.35
_GOOD = 1.7  # what a good passage comes to, before it is told as about 1


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question's words, and its neighbouring words, are worth in a sentence.

    numbers: those of its stems, ascending; places: where in the question each of them stands
    words: what the word at each place is worth; pairs: what it is with the next one beside it
    """

    numbers: Numbers
    places: Places
    words: Worths
    pairs: Worths

    @classmethod
    def of(cls, words: Sequence[str], weights: Sequence[float]) -> Sought:
        """Of the stems of a question, none twice, each with what it tells."""
        numbers = np.asarray([lexical.number(word) for word in words], dtype=np.uint32)
        told = np.asarray(weights, dtype=np.float64)
        places = np.argsort(numbers)
        pairs = _scaled(told[:-1] + told[1:], PAIR_WEIGHT)
        return cls(numbers[places], places, _scaled(told, WORD_WEIGHT), pairs)

    def worths(self, words: Numbers, ends: Places) -> Worths:
        """What each sentence holds of it, at most WORD_WEIGHT + PAIR_WEIGHT.

        words: the numbers of the stems of all sentences, one after another
        ends: where in `words` each sentence's end
        """
        places = self._places(words)
        held = np.flatnonzero(places >= 0)
        places, owners = places[held], np.searchsorted(ends, held, side="right")
        is_pair = (np.diff(held) == 1) & (np.diff(places) == 1) & (np.diff(owners) == 0)
        first = np.flatnonzero(is_pair)
        return _summed(self.words, places, owners, len(ends)) + _summed(
            self.pairs, places[first], owners[first], len(ends)
        )

    def _places(self, words: Numbers) -> Places:
        """Where in the question each word stands, -1 where it does not."""
        if not len(self.numbers):
            return np.full(len(words), -1)
        at = np.minimum(np.searchsorted(self.numbers, words), len(self.numbers) - 1)
        return np.where(self.numbers[at] == words, self.places[at], -1)


def _scaled(worths: Worths, highest: float) -> Worths:
    return worths * (highest / (worths.sum() or 1.0))


def _summed(worths: Worths, places: Places, owners: Places, n: int) -> Worths:
    """For each of n sentences the worths at the places that it has, each of them once."""
    if not len(places):
        return np.zeros(n)
    once = np.unique(owners * len(worths) + places)
    owners, places = np.divmod(once, len(worths))
    return np.bincount(owners, weights=worths[places], minlength=n).astype(np.float64)


def fuse(cosines: Vectors, words: Vectors) -> Vectors:
    """Scores of passages out of cosines and BM25 (0 where no word is shared), at most about 1."""
    highest = float(words.max()) if len(words) else 0.0
    shares = words / highest if highest > 0 else words
    fused: Vectors = ((cosines + LEXICAL_WEIGHT * shares) / (1 + LEXICAL_WEIGHT)).astype(np.float32)
    return fused


def with_sentences(fused: Vectors, cosines: Vectors, worths: Worths, counts: Places) -> Worths:
    """Passages' fused scores, cosines drawn to their best sentences'; a good one is about 1.

    worths: the sentences' cosines with what they hold of what is sought; counts: how many sentences
        each passage has of them
    """
    highest = np.full(len(counts), -np.inf)
    np.maximum.at(highest, np.repeat(np.arange(len(counts)), counts), worths)
    drawn = np.where(counts > 0, SENTENCE_WEIGHT * (highest - cosines), 0.0)
    return (fused.astype(np.float64) * (1 + LEXICAL_WEIGHT) + drawn) / _GOOD


def best(scores: Vectors | Worths, k: int) -> list[int]:
    """Indexes of the k highest scores, best first; equal scores in order."""
    if k < len(scores):
        chosen = np.argpartition(-scores, k - 1)[:k]
    else:
        chosen = np.arange(len(scores))
    ordered: list[int] = chosen[np.lexsort((chosen, -scores[chosen]))].tolist()
    return ordered


def by_worth(worths: Sequence[float]) -> list[int]:
    """Sentences of a passage, best first; one beside a good one counts for more."""
    beside = [max(pair) for pair in zip([0.0, *worths[:-1]], [*worths[1:], 0.0], strict=True)]
    drawn = [w + NEIGHBOUR_WEIGHT * b for w, b in zip(worths, beside, strict=True)]
    return sorted(range(len(worths)), key=lambda i: -drawn[i])


def varied(passages: Iterable[Sequence[bytes]], k: int) -> list[int]:
    """Indexes of the first k of passages given best first as their sentences' words.

    A repeat, of whose words more than MAX_REPEATED stand in sentences told before, comes last.
    """
    told: set[bytes] = set()
    fresh: list[int] = []
    repeats: list[int] = []
    for i, sentences in enumerate(passages):
        if len(fresh) == k:
            break
        n_repeated = sum(len(sentence) for sentence in sentences if sentence in told)
        if n_repeated > MAX_REPEATED * sum(map(len, sentences)):
            repeats.append(i)
        else:
            fresh.append(i)
            told.update(sentences)
    return [*fresh, *repeats][:k]
