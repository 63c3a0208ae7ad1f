"""The terminal: results on stdout, everything else on stderr, article text always inert."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui import bounds

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from bot.answers import Answer, Calculation, Citation
    from ingest import Article
    from ingest.syncing import Progress

_KEPT_CONTROLS = "\n\t"


def inert(text: str) -> str:
    """`text` without control characters, so that an article cannot steer the terminal."""
    return "".join(c for c in text if c in _KEPT_CONTROLS or c.isprintable() or c == "\u00ad")


def result(text: str) -> None:
    """Write a line of the result, as it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def problem(message: str) -> None:
    """Say on stderr why the command cannot go on."""
    _say("error: ", "bold red", message)


def warning(message: str) -> None:
    """Say on stderr what the asker should know, and go on."""
    _say("note: ", "bold yellow", message)


def note(message: str) -> None:
    """Tell on stderr how a piece of work went."""
    _say("", "", message)


def show_table(title: str, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A table of the result; tab-separated below its title where there is no terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = _console()
    if not console.is_terminal:
        for line in ([title], *lines):
            result("\t".join(inert(cell).replace("\t", " ").replace("\n", " ") for cell in line))
        return
    table = Table(
        *headings, title=Text(inert(title), style="bold"), title_justify="left", box=box.SIMPLE
    )
    for line in lines:
        table.add_row(*(Text(inert(cell)) for cell in line))
    console.print(table)


def show_removals(article: Article) -> None:
    """What cleaning left out of an article, and why, on stdout."""
    from rich.text import Text

    show_text(Text.assemble((inert(article.id), "bold"), f": {len(article.removals)} left out"))
    for removal in article.removals:
        shown = inert(removal.text).replace("\n", " ")
        show_text(Text.assemble("    ", (f"{removal.reason}: ", "dim"), f"{shown:.200}"))


def _say(label: str, style: str, message: str) -> None:
    from rich.text import Text

    line = Text.assemble((label, style), inert(message))
    _console(stderr=True).print(line, soft_wrap=True)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def show_text(text: Text | str) -> None:
    """Print a styled line of the result; not wrapped where the output is not a terminal."""
    console = _console()
    console.print(text, soft_wrap=not console.is_terminal)


def show_answer(answer: Answer) -> None:
    """The text, the numbered citations with their quotes, the calculations."""
    from rich.text import Text

    from bot.asking import followups

    if _is_other(answer.understood, answer.question):
        told = inert(followups.spoken(answer.understood))
        show_text(Text(f"understood as: {told}\n", style="dim italic"))
    show_text(Text(inert(answer.text), style="bold" if answer.status != "abstained" else ""))
    for extra in (answer.nearest, answer.note):
        if extra and extra not in answer.text:
            show_text(Text(inert(extra)))
    for citation in answer.citations:
        _show_citation(citation)
    for calculation in answer.calculations:
        _show_calculation(calculation)


def _show_citation(citation: Citation) -> None:
    from rich.padding import Padding
    from rich.text import Text

    head = Text.assemble(("\n"), (f"[{citation.number}] ", "cyan"), (inert(citation.title), "bold"))
    if citation.title != citation.article_id:
        head.append(f"  {inert(citation.article_id)}", style="dim")
    show_text(head)
    _show_indented(Text(f"“{inert(citation.quote)}”"), Padding)
    if citation.copies:
        _show_indented(Text(f"also in {inert(', '.join(citation.copies))}", style="dim"), Padding)


def _show_calculation(calculation: Calculation) -> None:
    from rich.padding import Padding
    from rich.text import Text

    show_text(Text.assemble("\n", (calculation.operation.replace("_", " "), "bold")))
    _show_indented(Text(inert(calculation.formula), style="green"), Padding)
    _show_indented(Text(bounds.describe(calculation), style="dim"), Padding)


def _show_indented(text: Text, padding: type) -> None:
    console = _console()
    if console.is_terminal:
        console.print(padding(text, (0, 0, 0, 4)))
    else:
        console.print("    " + text.plain.replace("\n", "\n    "), soft_wrap=True)


def _is_other(understood: str, question: str) -> bool:
    return _bare(understood) != _bare(question)


def _bare(question: str) -> str:
    return "".join(c for c in question.casefold() if c.isalnum())


@contextmanager
def progress(label: str) -> Iterator[Callable[[Progress], None]]:
    """A bar on stderr with rate and time left; silent where stderr is not a terminal."""
    from rich import progress as bars

    console = _console(stderr=True)
    columns = (
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[speed]}", markup=False),
    )
    with bars.Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(label, total=None, speed="")

        def tell(now: Progress) -> None:
            bar.update(task, completed=now.done, total=now.total, speed=speed(now))

        yield tell


@contextmanager
def waiting() -> Iterator[Callable[[str], None]]:
    """A line on stderr for work that takes a while; no terminal is told its first word only."""
    console = _console(stderr=True)
    if console.is_terminal:
        yield from _spinning(console)
        return
    told: list[str] = []

    def tell(text: str) -> None:
        if not told:
            note(f"{text}.")
        told.append(text)

    yield tell


def _spinning(console: Console) -> Iterator[Callable[[str], None]]:
    from rich.markup import escape

    status = console.status("")

    def tell(text: str) -> None:
        status.update(escape(text))
        status.start()

    try:
        yield tell
    finally:
        status.stop()


@contextmanager
def counting(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that is told how many are done of how many."""
    from rich import progress as bars

    console = _console(stderr=True)
    with bars.Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def speed(now: Progress) -> str:
    """Rate and time left: "48,000 characters/s, 0:12 left"."""
    minutes, seconds = divmod(round(now.left_s), 60)
    return f"{now.chars_per_s:,.0f} characters/s, {minutes}:{seconds:02} left"
