"""Which figures and lines of the articles a question is answered from, and by what operation."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.tagging.tagger import Tagger as Tagger
    from bot.tagging.tags import CLASSES as CLASSES
    from bot.tagging.tags import Chance as Chance
    from bot.tagging.tags import Tags as Tags

_HOMES = {"Tagger": "tagger", "Tags": "tags", "Chance": "tags", "CLASSES": "tags"}
__all__ = ["CLASSES", "Chance", "Tagger", "Tags"]


def __getattr__(name: str) -> object:
    """Read a module when something of it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"bot.tagging.{_HOMES[name]}"), name)
