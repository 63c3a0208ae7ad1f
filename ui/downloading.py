"""A page of the web saved into the corpus, from where it is ingested like any other file."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from ui.errors import DownloadFailed

MAX_BYTES = 20_000_000
TIMEOUT_S = 30
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def is_url(text: str) -> bool:
    """Whether a command line argument names a page and not a file."""
    return text.startswith(("http://", "https://"))


def save(url: str, corpus: Path) -> Path:
    """Fetch `url` and write it below `corpus`; the same page gets the same file again."""
    data, content_type = _fetch(url)
    suffix = _SUFFIXES.get(content_type)
    if suffix is None:
        raise DownloadFailed(url, f"{content_type or 'its type'} is not a kind of article")
    path = corpus / (file_stem(url) + suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def file_stem(url: str) -> str:
    """A readable file name: "www.example.org/a/Trade%20news?id=7" is "example-org-trade-news-7"."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    last = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = re.findall(r"\w+", f"{host} {last} {unquote(parts.query)}".casefold())
    return "-".join(words)[:120] or "page"


def _fetch(url: str) -> tuple[bytes, str]:
    """The bytes of a page and its content type; raises DownloadFailed."""
    request = Request(url, headers={"User-Agent": "quotient (article reader)"})
    try:
        with urlopen(request, timeout=TIMEOUT_S) as response:
            data = response.read(MAX_BYTES + 1)
            content_type = response.headers.get_content_type()
    except (OSError, ValueError) as error:
        raise DownloadFailed(url, str(getattr(error, "reason", error))) from error
    if len(data) > MAX_BYTES:
        raise DownloadFailed(url, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return data, content_type
