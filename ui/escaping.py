"""Article text made inert for where it is drawn; nothing that is stored is ever changed."""

from __future__ import annotations

import html as _html
import re
import string

_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
_LINK_STARTS = re.compile(r"([:@]|www)(?=\S)", re.IGNORECASE)
_JOINER = "\u2060"  # invisible, and breaks no line: keeps ":tada:" and "https://" plain text


def html(text: str) -> str:
    """Text for an HTML element or a quoted attribute."""
    return _html.escape(text, quote=True)


def markdown(text: str) -> str:
    """Text for a Markdown label: no formula, no formatting, no link, no icon, one line."""
    one_line = " ".join(text.split())
    unlinked = _LINK_STARTS.sub(rf"\1{_JOINER}", one_line)
    return _PUNCTUATION.sub(r"\\\1", unlinked)


def shortened(text: str, max_chars: int) -> str:
    """The beginning of a text, cut between words."""
    one_line = " ".join(text.split())
    if len(one_line) <= max_chars:
        return one_line
    return one_line[: max_chars - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
