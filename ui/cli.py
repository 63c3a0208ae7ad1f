"""The command line: each command reads its arguments, calls one thing and shows the result."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings
from ui import terminal
from ui.options import (
    CORPUS,
    DONE,
    FAILED,
    INDEX,
    INTERRUPTED,
    MODEL,
    VERSION,
    Given,
    with_settings,
)

COLLECT_AFTER = 200_000  # new objects

app = typer.Typer(
    help="Answers questions over your articles, with quotes and computed figures: "
    "no number without a proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Article = Annotated[
    str | None, typer.Option("--article", help="Only this article: its path below the corpus.")
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]


@app.callback()
def everywhere(
    ctx: typer.Context,
    corpus: CORPUS = None,
    index: INDEX = None,
    model: MODEL = None,
    version: VERSION = False,
) -> None:
    """Remember the options given before the command's name."""
    ctx.obj = Given(corpus, index, model)


@app.command()
@with_settings
def ingest(
    settings: Settings,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FOLDER | FILE... | URL...]",
            help="A corpus folder, files below the corpus, or pages to save into it first.",
        ),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and sync on every change.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what cleaning left out of each article.")
    ] = False,
) -> int:
    """Read the articles and bring the index up to date."""
    from ui import syncing

    order = syncing.understand(what or [], settings)
    is_whole = syncing.sync(order)
    if explain:
        syncing.explain(order)
    if watch:
        syncing.watch(order)
    return DONE if is_whole else FAILED


@app.command()
@with_settings
def ask(
    settings: Settings,
    question: Annotated[str, typer.Argument(help="The question, in English.")],
    as_json: AsJson = False,
    history: Annotated[
        Path | None,
        typer.Option("--history", help="JSON list of the earlier questions, oldest first."),
    ] = None,
    article: Article = None,
) -> None:
    """Answer one question."""
    from ui import asking

    answer = asking.ask(settings, question, history, article)
    if as_json:
        terminal.result(asking.as_json(answer, indent=2))
    else:
        terminal.show_answer(answer)


@app.command()
@with_settings
def answer(
    settings: Settings,
    questions: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help='"-" reads the standard input.')
    ],
) -> int:
    """Answer a file of questions: one JSON answer a line, in order."""
    from ui import asking

    return DONE if asking.answer_lines(settings, questions) else FAILED


@app.command()
@with_settings
def chat(
    settings: Settings,
    port: Annotated[int, typer.Option("--port", help="Port of the window.", min=1, max=65535)] = (
        8501
    ),
    headless: Annotated[
        bool, typer.Option("--headless", help="Do not open a browser; only serve.")
    ] = False,
) -> int:
    """Open the chat window in the browser."""
    from ui import serving

    serving.serve(settings, port=port, headless=headless)
    return DONE


@app.command(name="eval")
@with_settings
def evaluate(
    settings: Settings,
    questions: Annotated[
        Path | None, typer.Argument(help="Question set. [CORPUS/questions.yaml]")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Compare with this run, or its report.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Folder to write the report to.")
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option("--fail-under", help='Exit with 1 below: 90 (% right), or "cited=80".'),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Keep this run small, as a later baseline.")
    ] = None,
    judge: Annotated[
        str | None, typer.Option("--judge", help='Let "provider:model" judge the answers too.')
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Do not go on where a run was interrupted.")
    ] = False,
    as_json: AsJson = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Show the JSON schema of a question set.")
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Propose questions over the corpus, to prune.")
    ] = False,
    feedback: Annotated[
        bool, typer.Option("--feedback", help="Show the thumbs of the window as questions.")
    ] = False,
) -> int:
    """Answer a question set and report how good the answers are."""
    from ui import evaluating

    wish = evaluating.Wish(
        questions=questions,
        baseline=baseline,
        report=report,
        fail_under=tuple(fail_under or ()),
        save=save,
        judge=judge,
        fresh=fresh,
        as_json=as_json,
        schema=schema,
        draft=draft,
        feedback=feedback,
    )
    return evaluating.evaluate(settings, wish)


@app.command()
@with_settings
def figures(
    settings: Settings,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, for spreadsheets.")] = False,
    as_json: AsJson = False,
    article: Article = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help='Only this unit, such as "CNY", "%" or "dollars".')
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", help="Only figures whose sentence holds these words.")
    ] = None,
) -> None:
    """List every figure of the articles."""
    from ui import ledger

    rows = ledger.rows(settings, article=article, unit=unit, text=text)
    ledger.show(rows, "csv" if as_csv else "json" if as_json else "table")


@app.command()
@with_settings
def verify(
    settings: Settings,
    saved: Annotated[Path, typer.Argument(metavar="ANSWER.json", help='"-" reads stdin.')],
) -> int:
    """Check a saved answer again: quotes, hashes and arithmetic, with no model."""
    from ui import verifying

    found = verifying.verify(settings, saved)
    verifying.show(found)
    return found.exit_code


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Modules are most of what there is, and none of them is garbage: look for it less often.
    gc.set_threshold(COLLECT_AFTER)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # nor at the end, when all memory goes back anyway


if __name__ == "__main__":
    main()
