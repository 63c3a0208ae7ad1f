"""Bringing the index up to date with the corpus, with progress and a summary on stderr."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from ingest import addresses
from ingest.errors import ArticleUnreadable, CorpusMissing, IngestError
from ui import terminal
from ui.errors import FileUnusable

if TYPE_CHECKING:
    from ingest.embedding import Embedding
    from ingest.index import Index
    from ingest.syncing import SyncReport


@dataclass(frozen=True, slots=True)
class Order:
    """What `quotient ingest` was told to do; `files` None means the whole corpus.

    unsaved: the pages that gave no article, and why
    """

    settings: Settings
    files: tuple[Path, ...] | None = None
    unsaved: tuple[ArticleUnreadable, ...] = ()


def understand(what: Sequence[str], settings: Settings) -> Order:
    """A folder is the corpus; files and saved pages are all that is to be synced."""
    pages = [item for item in what if addresses.is_address(item)]
    paths = [Path(item) for item in what if not addresses.is_address(item)]
    folders = [path for path in paths if path.is_dir()]
    if len(folders) > 1 or (folders and len(what) > 1):
        raise FileUnusable(folders[-1], "name one folder, or files, not both")
    for path in paths:
        if not path.exists():
            raise FileUnusable(path, "there is no such file or folder")
    if folders:
        return Order(replace(settings, corpus=folders[0]))
    saved, unsaved = _saved(pages, settings.corpus)
    return Order(settings, (*paths, *saved) if what else None, unsaved)


def _saved(pages: Sequence[str], corpus: Path) -> tuple[list[Path], tuple[ArticleUnreadable, ...]]:
    """The files that pages were saved in, and those that gave no article."""
    saved: list[Path] = []
    unsaved: list[ArticleUnreadable] = []
    for page in pages:
        try:
            saved.append(addresses.save(page, corpus))
        except ArticleUnreadable as error:
            unsaved.append(error)
    return saved, tuple(unsaved)


def load_embedding(settings: Settings) -> Embedding:
    """The embedding model; says so on stderr while it is prepared for this machine."""
    from ingest.embedding import load

    with terminal.waiting() as tell:
        return load(settings.embedding, tell=tell)


def open_index(settings: Settings, embedding: Embedding | None = None) -> Index:
    """The index of the corpus, made when it is not there."""
    from ingest.index import Index

    if not settings.corpus.is_dir():
        raise CorpusMissing(settings.corpus)
    return Index.open(
        settings.index_folder,
        corpus=settings.corpus,
        embedding=embedding or load_embedding(settings),
        chroma_url=settings.chroma_url,
    )


def sync(order: Order) -> bool:
    """Sync and say what changed; False if a file or page could not be read."""
    for failure in order.unsaved:
        terminal.warning(str(failure))
    if order.files == ():
        return False
    with closing(open_index(order.settings)) as index:
        with terminal.progress("Reading the articles") as bar:
            report = index.sync(order.settings.corpus, only=order.files, progress=bar)
    _tell(report)
    return not report.failed and not order.unsaved


def _tell(report: SyncReport) -> None:
    terminal.note(summary(report))
    for failure in report.failed:
        terminal.warning(str(failure))


def summary(report: SyncReport) -> str:
    """One line: "Articles: 2 added, 1 changed, 40 unchanged (1.2 s)."."""
    kinds = ("added", "changed", "moved", "removed", "unchanged")
    counted = [f"{len(getattr(report, kind))} {kind}" for kind in kinds if getattr(report, kind)]
    told = ", ".join(counted) or "nothing to read"
    return f"Articles: {told} ({report.seconds:.1f} s)."


def explain(order: Order) -> None:
    """Write what cleaning left out of each article, and why."""
    from ingest import articles

    for path in order.files or articles.scan(order.settings.corpus):
        try:
            article = articles.read(path, order.settings.corpus)
        except IngestError as error:
            terminal.warning(str(error))
            continue
        terminal.show_removals(article)


def watch(order: Order) -> None:
    """Sync whenever the corpus changes, until interrupted."""
    from ingest import watching

    corpus = order.settings.corpus
    terminal.note(f"Watching {corpus}; stop with Ctrl-C.")
    with closing(open_index(order.settings)) as index:
        for outcome in watching.follow(index, corpus):
            if isinstance(outcome, IngestError):
                terminal.problem(str(outcome))
            elif outcome.is_changed or outcome.failed:
                _tell(outcome)
