"""Naming: what a model's calculation may be called, and by which identity.

A model says "imports = trade − exports" without knowing our identities by name, and picks any
mention of a quantity. The identity is looked up here, over every mention of the same operands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from bot.calculation import claim_problem
from bot.drafts import Step
from bot.identities import Identity
from ingest import Figure

MAX_MENTIONS = 4
MAX_TRIALS = 64


def named(step: Step, figures: Mapping[str, Figure], known: Sequence[Identity]) -> Step:
    """The step with the identity that its measure follows from, if there is one."""
    if step.measure is None or any(id not in figures for id in step.operands):
        return step
    for trial in islice(_trials(step, figures, known), MAX_TRIALS):
        if claim_problem(trial, {}, figures, known) is None:
            return trial
    return step


def _trials(step: Step, figures: Mapping[str, Figure], known: Sequence[Identity]) -> Iterator[Step]:
    mentions = [_mentions(id, figures) for id in step.operands]
    measure = (step.measure or "").casefold()
    for operands in product(*mentions):
        for identity in known:
            yield replace(step, operands=operands, measure=measure, identity=identity.name)


def _mentions(id: str, figures: Mapping[str, Figure]) -> list[str]:
    """The same quantity, wherever the article tells it in the same unit; `id` itself first."""
    own = figures[id]
    same = [
        other
        for other, figure in figures.items()
        if (figure.article_id, figure.quantity, figure.unit, figure.value)
        == (own.article_id, own.quantity, own.unit, own.value)
    ]
    return sorted(same, key=lambda other: other != id)[:MAX_MENTIONS]
