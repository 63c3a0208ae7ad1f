"""Questions in, proven answers out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answers import Answer as Answer
    from bot.answers import Calculation as Calculation
    from bot.answers import Citation as Citation
    from bot.chain import Bot as Bot
    from bot.errors import BotError as BotError
    from bot.settings import Settings as Settings

_HOMES = {
    "Answer": "answers",
    "Bot": "chain",
    "BotError": "errors",
    "Calculation": "answers",
    "Citation": "answers",
    "Settings": "settings",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Resolve a name of the façade when it is first used (PEP 562): imports stay late."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
