"""What can go wrong between a folder of articles and its index.

    IngestError
    ├── CorpusError
    │   ├── CorpusMissing        the folder is not there
    │   ├── CorpusEmpty          it holds no article
    │   └── OutsideCorpus        a file named for syncing lies elsewhere
    ├── ArticleUnreadable        one file; the others go on
    ├── IndexUnusable
    │   ├── IndexMissing         nothing was ingested yet
    │   ├── IndexMismatch        made for another corpus or embedding model
    │   ├── IndexBusy            another process is writing
    │   └── IndexUnreachable     disk or server refuses
    └── EmbeddingError
        ├── EmbeddingUnknown     no such model
        └── EmbeddingCorrupt     the weights are not the ones that were pinned

Every error phrases itself: what happened, and what to do next.
"""

from __future__ import annotations

from pathlib import Path


class IngestError(Exception):
    """Base of all errors of this package; `str()` is fit to show to a person."""


class CorpusError(IngestError):
    """The corpus folder cannot be used."""


class CorpusMissing(CorpusError):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"There is no corpus folder at {folder}. "
            "Create it and drop articles in (txt, md, html, pdf, docx), "
            "or name another with --corpus."
        )


class CorpusEmpty(CorpusError):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"The corpus folder {folder} holds no articles. "
            "Drop articles in (txt, md, html, pdf, docx) and run `quotient ingest` again."
        )


class OutsideCorpus(CorpusError):
    def __init__(self, path: Path, folder: Path) -> None:
        self.path, self.folder = path, folder
        super().__init__(
            f"{path} does not lie below the corpus folder {folder}. "
            "Copy it there, or name its own folder with --corpus."
        )


class ArticleUnreadable(IngestError):
    """One file could not be read; `article_id` is its path below the corpus folder."""

    def __init__(self, article_id: str, reason: str) -> None:
        self.article_id, self.reason = article_id, reason
        super().__init__(f"{article_id}: {reason}")


class IndexUnusable(IngestError):
    """The index cannot be used."""


class IndexMissing(IndexUnusable):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"There is no index at {folder} yet. Run `quotient ingest` first.")


class IndexMismatch(IndexUnusable):
    """The index was made for something else; `what` is "corpus" or "embedding model"."""

    def __init__(self, what: str, indexed: str, asked: str) -> None:
        self.what, self.indexed, self.asked = what, indexed, asked
        super().__init__(
            f"This index was made for the {what} {indexed}, not {asked}. "
            "Name another index with --index, or delete its folder and run `quotient ingest`."
        )


class IndexBusy(IndexUnusable):
    def __init__(self, where: Path | str, writer: str = "") -> None:
        self.where, self.writer = where, writer
        told = f" ({writer})" if writer else ""
        super().__init__(
            f"Another process{told} is writing to the index at {where}. Try again shortly."
        )


class IndexUnreachable(IndexUnusable):
    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"The index at {where} cannot be reached: {reason}")


class EmbeddingError(IngestError):
    """The embedding model cannot be used."""


class EmbeddingUnknown(EmbeddingError):
    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(
            f"The embedding model {name!r} cannot be loaded: {reason}. "
            "Name a folder or an installed model with QUOTIENT_EMBEDDING, or leave it unset."
        )


class EmbeddingCorrupt(EmbeddingError):
    def __init__(self, name: str, expected: str, found: str) -> None:
        self.name, self.expected, self.found = name, expected, found
        super().__init__(
            f"The weights of {name} have sha256 {found[:12]}…, not the pinned {expected[:12]}…. "
            "Reinstall with `make clean setup`."
        )
