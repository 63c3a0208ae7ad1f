"""Addresses: an article from the web, saved into the corpus folder."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.articles import MAX_FILE_BYTES, parse
from ingest.errors import ArticleUnreadable, CorpusMissing

TIMEOUT_S = 20
MAX_NAME_CHARS = 80
_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "text/markdown": ".md", "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip


def is_address(text: str) -> bool:
    """Whether what a person typed is a web address."""
    return text.lower().startswith(("http://", "https://"))


def save(url: str, corpus: Path) -> Path:
    """The article at a web address, saved below the corpus folder; the file it is in.

    A page fetched again replaces its file. Raises CorpusMissing, and ArticleUnreadable where the
    page cannot be fetched or holds no article.
    """
    if not corpus.is_dir():
        raise CorpusMissing(corpus)
    if not is_address(url) or not urlsplit(url).hostname:
        raise ArticleUnreadable(url, "it is not a web address (https://…)")
    data, kind = _fetch(url)
    if kind == ".html":
        data = f"<!-- saved from url=({len(url):04}){url} -->\n".encode() + data
    path = corpus / f"{_name(url)}{kind}"
    parse(data, path.name)
    path.write_bytes(data)
    return path


def _fetch(url: str) -> tuple[bytes, str]:
    """The bytes at an address, and the ending that fits them."""
    request = urllib.request.Request(url, headers={"User-Agent": "quotient"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            data = answer.read(MAX_FILE_BYTES + 1)
            kind = _KINDS.get(answer.headers.get_content_type())
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise ArticleUnreadable(url, f"it could not be fetched ({reason})") from error
    if kind is None:
        raise ArticleUnreadable(url, "it is no page, text, PDF or docx file")
    if len(data) > MAX_FILE_BYTES:
        raise ArticleUnreadable(url, f"it is larger than {MAX_FILE_BYTES // 1024**2} MB")
    return data, kind


def _name(url: str) -> str:
    """A file name: "https://www.example.org/a/Trade%20news" is "example-org-trade-news"."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    stem = re.sub(r"\.\w{1,5}$", "", unquote(parts.path).rstrip("/").rsplit("/", 1)[-1])
    words = re.findall(r"\w+", f"{host} {stem} {unquote(parts.query)}".casefold())
    return "-".join(words)[:MAX_NAME_CHARS].rstrip("-")
