"""What can go wrong at the outside, before the bot is reached.

    UiError
    ├── ArticleUnknown       --article names none of the index
    ├── FileUnusable         a file named on the command line is not what it must be
    └── PortTaken            the window's address is in use

Every error phrases itself: what happened, and what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class UiError(Exception):
    """Base of all errors of this package; `str()` is fit to show to a person."""


class ArticleUnknown(UiError):
    def __init__(self, article: str, known: Sequence[str]) -> None:
        self.article, self.known = article, known
        shown = ", ".join(known[:5]) + (", …" if len(known) > 5 else "")
        super().__init__(
            f"No article of the index is called {article!r}. It holds: {shown or 'none'}."
        )


class FileUnusable(UiError):
    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class PortTaken(UiError):
    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__(f"Port {port} is in use. Name another: quotient chat --port {port + 1}")
