"""Straying: what a question names that other lines have better than those cited.

What is told of the whole answers nothing about a part: of "the operating profit of the automotive
segment" the group's row has the operating profit, and another row has the segment. So each word
piece of the question is set against the cited lines with what stands above them, and against all
other lines of the evidence, by the matcher's vectors (`bot.tagging.matching`), which know a thing
in other words too; what the others have better counts by how much the piece matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.language import terms
from bot.tagging.alignments import Floats
from bot.tagging.features import Inputs

# A piece that matters so much counts in full where the one that strays most is looked for.
MATTERS = 0.1
# Among the cosines of a line those of its own pieces, and of what stands above, by the matcher.
OWN, ABOVE = 1, 3


# A word that matters so much counts in full.
WORD_MATTERS = 0.15
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Strays:
    """How much better other lines have the question's pieces: share of all, and the one most; and
    the word most, of those that stand in no cited line."""

    share: float
    most: float
    word: float = 0.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: its pieces, counted from the question's end, and its stem."""

    first: int
    last: int
    stem: str


NO_STRAYS = Strays(0.0, 0.0)


def words(question: str, n_pieces: Callable[[str], int], n_most: int) -> list[Word]:
    """The words of a question that say something, with their pieces; none where it has more pieces
    than are read."""
    stems = {t.start: t.stem for t in terms.find(question)}
    tokens = [(m.start(), n_pieces(m.group())) for m in _TOKEN.finditer(question)]
    found, left = [], sum(n for _, n in tokens)
    if left > n_most:
        return []
    for start, n in tokens:
        if n and start in stems:
            found.append(Word(-left - 1, -left - 1 + n, stems[start]))
        left -= n
    return found


def strays(
    given: Inputs,
    weights: Floats,
    cited: Collection[tuple[str, int]],
    unheld: Sequence[Word] = (),
) -> Strays:
    """What strays of a question from the cited lines, by article and start.

    weights: how much each piece of the question matters; unheld: its words that stand nowhere there
    """
    is_cited = np.array([key in cited for key in given.lines], dtype=bool)
    if not is_cited.any() or is_cited.all():
        return NO_STRAYS
    asked = given.asked_now > 0
    edges = given.line_edges[: len(given.lines)][:, asked]
    matters = weights[asked] / weights[asked].sum()
    here = edges[is_cited][:, :, [OWN, ABOVE]].max(axis=(0, 2))
    gaps = edges[~is_cited][:, :, OWN].max(axis=0) - here
    return Strays(
        share=float(matters @ np.maximum(0.0, gaps)),
        most=float((gaps * np.minimum(1.0, matters / MATTERS)).max()),
        word=max((_gap(gaps, matters, word) for word in unheld), default=0.0),
    )


def _gap(gaps: Floats, matters: Floats, word: Word) -> float:
    """How much better others hold a word, less where it matters little."""
    own = matters[word.first : word.last]
    whole = float(own.sum())
    if not whole:
        return 0.0
    return float(own @ gaps[word.first : word.last]) / whole * min(1.0, whole / WORD_MATTERS)
