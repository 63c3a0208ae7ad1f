"""Articles: one cleaned text a file, and where its blocks stand."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ingest.errors import ArticleUnreadable, CorpusMissing, OutsideCorpus

if TYPE_CHECKING:
    from ingest.manuscripts import Manuscript

VERSION = 4  # of what readers make of a file: one more reads every file again
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_TEXT_CHARS = 20_000_000
READERS = {
    ".txt": "plain", ".text": "plain",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "web", ".htm": "web", ".xhtml": "web",
    ".pdf": "pdf", ".docx": "word",
}  # fmt: skip
NOT_ARTICLES = frozenset({"questions", "identities"})

BlockKind = Literal["heading", "paragraph", "list", "table"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open slice [start, end) of `Article.text`, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or whole table: text[start:end], no blank line at either end.

    `level` is the depth of a heading (1 is the title), 0 for other kinds. A table's text is one
    row a line, cells divided by " | " (Markdown pipe tables stand as they were written).
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """A span of the file's text that cleaning left out (navigation, share counts), and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. Every offset anywhere points into `text`.

    id: path below the corpus folder, "/" between parts
    blocks: in order, not overlapping, covering every visible character of `text`
    published: ISO date (YYYY-MM-DD) or None
    sha256: of `text` in UTF-8; source_sha256: of the file's bytes
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    source: str | None
    author: str | None
    published: str | None
    url: str | None
    sha256: str
    source_sha256: str
    removals: tuple[Removal, ...] = ()


def scan(corpus: Path) -> list[Path]:
    """Article files below the folder, sorted; hidden entries and questions files are left out.

    Raises CorpusMissing. Files of kinds that cannot be read are not articles; a symbolic link is
    listed, and `read` refuses one that leads out of the folder.
    """
    if not corpus.is_dir():
        raise CorpusMissing(corpus)
    found: list[Path] = []
    for folder, folders, names in os.walk(corpus):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in names if _is_article_name(name)]
    return sorted(found)


def _is_article_name(name: str) -> bool:
    stem, suffix = os.path.splitext(name)
    if name.startswith((".", "~$")) or suffix.lower() not in READERS:
        return False
    return stem.lower() not in NOT_ARTICLES


def identify(path: Path, corpus: Path) -> str:
    """The article's id: its path below the corpus folder, "/" between parts."""
    try:
        return path.absolute().relative_to(corpus.absolute()).as_posix()
    except ValueError as error:
        raise OutsideCorpus(path, corpus) from error


def _is_speakable(article_id: str) -> bool:
    """Whether a file's name can be written and sent as text."""
    return article_id.isprintable() and not any("\ud800" <= c <= "\udfff" for c in article_id)


def load(path: Path, corpus: Path) -> bytes:
    """The file's bytes. Raises ArticleUnreadable with the reason, OutsideCorpus."""
    article_id = identify(path, corpus)
    if not _is_speakable(article_id):
        raise ArticleUnreadable(repr(article_id), "its name is not valid text")
    try:
        resolved = path.resolve(strict=True)
        if not resolved.is_relative_to(corpus.resolve()):
            raise ArticleUnreadable(article_id, "it is a link that leads out of the corpus folder")
        if not resolved.is_file():
            raise ArticleUnreadable(article_id, "it is not a file")
        size = resolved.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // 1024**2
            raise ArticleUnreadable(article_id, f"it is {size // 1024**2} MB; the limit is {limit}")
        return resolved.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleUnreadable(article_id, reason.lower()) from error


def read(path: Path, corpus: Path) -> Article:
    """The article in a file: cleaned text, blocks, and what is known about it.

    Raises ArticleUnreadable, naming the file and the reason.
    """
    return parse(load(path, corpus), identify(path, corpus))


def parse(data: bytes, article_id: str) -> Article:
    """The article in a file's bytes; the kind of file is told by the id's ending."""
    suffix = os.path.splitext(article_id)[1].lower()
    try:
        reader = import_module(f"ingest.formats.{READERS[suffix]}")
        manuscript: Manuscript = reader.read(data)
    except KeyError as error:
        known = ", ".join(sorted(READERS))
        raise ArticleUnreadable(article_id, f"not a kind of file known here ({known})") from error
    except ValueError as error:
        raise ArticleUnreadable(article_id, str(error)) from error
    if not any(c.isalnum() for c in manuscript.text):
        raise ArticleUnreadable(article_id, "it holds no text")
    if len(manuscript.text) > MAX_TEXT_CHARS:
        raise ArticleUnreadable(article_id, f"its text is longer than {MAX_TEXT_CHARS} characters")
    return _article(manuscript, data, article_id)


def _article(manuscript: Manuscript, data: bytes, article_id: str) -> Article:
    return Article(
        id=article_id,
        title=" ".join((manuscript.title or "").split()) or readable_name(article_id),
        text=manuscript.text,
        blocks=manuscript.blocks,
        source=manuscript.source,
        author=manuscript.author,
        published=manuscript.published,
        url=manuscript.url,
        sha256=hashlib.sha256(manuscript.text.encode("utf-8", "surrogatepass")).hexdigest(),
        source_sha256=hashlib.sha256(data).hexdigest(),
        removals=manuscript.removals,
    )


def readable_name(article_id: str) -> str:
    """A file's name as a title: "2025/china-foreign-trade.txt" is "China foreign trade"."""
    stem = article_id.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = " ".join(stem.replace("_", " ").replace("-", " ").split()) or article_id
    return words[:1].upper() + words[1:]
