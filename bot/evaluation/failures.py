"""Why a question failed: the first step on the way from article to answer that went wrong."""

from __future__ import annotations

from typing import Literal, get_args

from bot.evaluation.checks import Context, cited, gold_ranks, right

Failure = Literal[
    "not retrieved",
    "not read",
    "wrong figure",
    "wrong derivation",
    "wrong verdict",
    "words missing",
    "not cited",
    "wrongly abstained",
    "wrongly answered",
    "error",
]
FAILURES: tuple[Failure, ...] = get_args(Failure)


def diagnose(context: Context) -> Failure | None:
    """The failure of one answered case, None where it is right and rightly cited.

    not retrieved: a required sentence was not among those that the reader was given
    not read: it was, but the answer rests on others
    wrong figure, wrong derivation: it was read, and another figure or calculation was given
    """
    if context.case.abstain:
        return None if context.is_abstention else "wrongly answered"
    is_right = right(context).value in (None, 1.0)
    is_cited = cited(context).value in (None, 1.0)
    if is_right and is_cited and not context.is_abstention:
        return None
    if None in gold_ranks(context):
        return "not retrieved"
    if context.is_abstention:
        return "wrongly abstained"
    if is_right:
        return "not cited"
    return _misread(context) if is_cited else "not read"


def _misread(context: Context) -> Failure:
    """What is wrong with an answer that cites all it should."""
    case, reason = context.case, right(context).reason
    if reason.startswith("expected"):
        is_derived = case.operation is not None or case.kind == "computed"
        return "wrong derivation" if is_derived else "wrong figure"
    return "words missing" if reason.startswith("does not say") else "wrong verdict"
