"""How good the answers are, and what a change did to them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.evaluation.assessment import Evaluation as Evaluation
    from bot.evaluation.assessment import Work as Work
    from bot.evaluation.assessment import evaluate as evaluate
    from bot.evaluation.bots import BotRespondent as BotRespondent
    from bot.evaluation.checks import Context as Context
    from bot.evaluation.checks import Outcome as Outcome
    from bot.evaluation.proposals import propose as propose
    from bot.evaluation.runs import Run as Run
    from bot.evaluation.sets import Case as Case
    from bot.evaluation.sets import load as load
    from bot.evaluation.sets import schema as schema

_HOMES = {
    "BotRespondent": "bots",
    "Case": "sets",
    "Context": "checks",
    "Evaluation": "assessment",
    "Outcome": "checks",
    "Run": "runs",
    "Work": "assessment",
    "evaluate": "assessment",
    "load": "sets",
    "propose": "proposals",
    "schema": "sets",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Resolve a name of the façade when it is first used (PEP 562): imports stay late."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
