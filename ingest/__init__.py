"""Articles in, index out: reading, figures, passages, embedding, Chroma."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.articles import Article as Article
    from ingest.articles import Block as Block
    from ingest.articles import Removal as Removal
    from ingest.articles import Span as Span
    from ingest.errors import IngestError as IngestError
    from ingest.figures import Figure as Figure
    from ingest.figures import Origin as Origin
    from ingest.passages import Passage as Passage

_HOMES = {
    "Article": "articles",
    "Block": "articles",
    "Figure": "figures",
    "IngestError": "errors",
    "Origin": "figures",
    "Passage": "passages",
    "Removal": "articles",
    "Span": "articles",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Resolve a name of the façade when it is first used (PEP 562): imports stay late."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
