"""The tagger: a small network over the alignments of a question with the evidence.

Question and windows are read apart (`bot.tagging.matching`), so that what is made of a window is
kept; the network (bot/data/tagger.onnx, trained by `python -m tests.training`) sees the cosines of
their word pieces beside what the rules say, and gives each figure the chance that the answer rests
on it as first or as later operand, each line the chance that it is to be cited, and the question
the class of its operation, for which `bot.tagging.classes` has half a say. Operands and operation
as tags of one reading: TagOp (Zhu et al., 2021).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from bot.questions import Query
from bot.retrieval import Evidence
from bot.tagging import classes, features, networks
from bot.tagging.alignments import Floats, Sheet
from bot.tagging.classes import Classifier
from bot.tagging.features import Facts, Inputs, Match
from bot.tagging.matching import STEEPNESS, Matcher, Spans
from bot.tagging.tags import CLASSES, Chance, Tags, chance
from bot.tagging.windows import Window
from ingest.embedding import DEFAULT_NAME, Embedding, LocalEmbedding

N_WINDOWS = 12
# Scale of what the network was trained on.
SCALE = 8.0


class Tagger:
    """Reads questions beside windows of their evidence."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self._classifier = Classifier()

    @classmethod
    def of(cls, embedding: Embedding | None) -> Tagger | None:
        """A tagger, or None where the embedding is not the one that it was trained with."""
        if isinstance(embedding, LocalEmbedding) and embedding.name == DEFAULT_NAME:
            return cls(Matcher(embedding))
        return None

    @cached_property
    def _session(self) -> Any:
        return networks.session("tagger.onnx")

    def chosen(self, evidence: Evidence, lines: Mapping[str, Spans]) -> list[Sheet]:
        """The windows of the best sentences; `lines` are the spans of each article's."""
        found: dict[tuple[str, int], Window] = {}
        for sentence in evidence.sentences:
            article = evidence.articles[sentence.article_id]
            own = self.matcher.cut(article, lines[article.id])
            for i, window in enumerate(own):
                if window.start <= sentence.span.start < window.end:
                    found.setdefault((article.sha256, i), window)
            if len(found) >= N_WINDOWS:
                break
        return self.matcher.sheets(found)

    def inputs(
        self, facts: Facts, asked: str, before: str | None, sheets: Sequence[Sheet]
    ) -> Inputs:
        """What the network is given: the question, after the last one where it follows on it."""
        read = self.matcher.asked(asked, before)
        matches = self.matcher.matches(read, sheets)
        return features.inputs(
            facts,
            read.vectors,
            read.n_before,
            sheets,
            _shared(matches),
            before is not None,
            self._classifier.chances(read.middle),
        )

    def tags(self, given: Inputs) -> Tags:
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
        return Tags(
            {key: _chance(row) for key, row in _best(given.figures, figures[0])},
            {key: chance(row) for key, row in _best(given.lines, lines[0])},
            classes.pooled(read, given.worded),
            {key: float(row[features.MATCH]) for key, row in _best(given.lines, given.line_facts)},
        )

    def followed(self, tags: Tags, whole: str) -> Tags:
        """What is said of a follow-up, what it asks for told as much by the question made whole.

        Whether it asks for words its own wording tells alone: the other is made up of two.
        """
        middle = self.matcher.asked(whole, None).middle
        both = classes.pooled(tags.classes, self._classifier.chances(middle))
        text = tags.classes["text"]
        scale = (1 - text) / (1 - both["text"])
        told = {name: text if name == "text" else c * scale for name, c in both.items()}
        return replace(tags, classes=told)


def before_of(query: Query, history: Sequence[Any]) -> str | None:
    """The question before, where this one leans on it."""
    return history[-1].question if history and query.text != query.wording else None


def _best(keys: Iterable[tuple[str, int]], rows: Floats) -> Iterator[tuple[tuple[str, int], Any]]:
    """Each key with its row; where a key comes twice, the last counts."""
    return zip(keys, rows, strict=False)


def _chance(row: Floats) -> Chance:
    return Chance(chance(float(row[0])), chance(float(row[1])))


def _shared(matches: Mapping[tuple[str, int], float]) -> dict[tuple[str, int], Match]:
    """Each line's match with its share of all."""
    top = max(matches.values(), default=0.0)
    raised = {key: math.exp(STEEPNESS * (match - top)) for key, match in matches.items()}
    whole = sum(raised.values())
    return {key: (match, raised[key] / whole) for key, match in matches.items()}
