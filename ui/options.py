"""Options that every command has, and what every command promises when something goes wrong."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.errors import BotError
from bot.settings import Settings, from_env
from ingest.errors import IngestError
from ui import terminal
from ui.errors import UiError

DONE, FAILED, NOT_STARTED, INTERRUPTED = 0, 1, 2, 130


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            terminal.result(f"quotient {version('quotient')}")
        except PackageNotFoundError:
            terminal.result("quotient, not installed")
        raise typer.Exit(DONE)


CORPUS = Annotated[
    Path | None,
    typer.Option("--corpus", help="Folder of articles. [./corpus]"),
]
INDEX = Annotated[
    Path | None,
    typer.Option("--index", help="Index folder. [CORPUS/.quotient]"),
]
MODEL = Annotated[
    str | None,
    typer.Option("--model", help='Chat model as "provider:name". [none: the extractive reader]'),
]
VERSION = Annotated[
    bool,
    typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
]
_COMMON = {
    "corpus": (CORPUS, None),
    "index": (INDEX, None),
    "model": (MODEL, None),
    "version": (VERSION, False),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What was named on the command line; None where nothing was."""

    corpus: Path | None = None
    index: Path | None = None
    model: str | None = None

    def over(self, settings: Settings) -> Settings:
        """`settings` with what was given; a corpus that is named brings its own index."""
        if self.corpus is not None:
            settings = replace(settings, corpus=self.corpus, index=None)
        if self.index is not None:
            settings = replace(settings, index=self.index)
        return replace(settings, model=self.model) if self.model is not None else settings


def with_settings(command: Callable[..., int | None]) -> Callable[..., None]:
    """Make a function a command: `command(settings, ...)` returns its exit code (None is 0).

    The function gets --corpus, --index, --model and --version, also those given before the
    command's name. Errors become one message on stderr and exit code 2, Ctrl-C becomes 130.
    """

    @functools.wraps(command)
    def run(ctx: typer.Context, **given: Any) -> None:
        here = {name: given.pop(name) for name in _COMMON}
        before = ctx.obj if isinstance(ctx.obj, Given) else Given()
        named = Given(
            here["corpus"] or before.corpus,
            here["index"] or before.index,
            before.model if here["model"] is None else here["model"],
        )
        raise typer.Exit(guarded(command, named.over(from_env()), **given))

    _give_signature(run, command)
    return run


def guarded(command: Callable[..., int | None], *args: Any, **kwargs: Any) -> int:
    """The command's exit code; nothing but `typer.Exit` and faults under debugging escape."""
    try:
        return command(*args, **kwargs) or DONE
    except (IngestError, BotError, UiError) as error:
        terminal.problem(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_stdout()
    except (OSError, UnicodeError) as error:
        terminal.problem(f"{error}")
    except typer.Exit:
        raise
    except Exception as error:
        if os.environ.get("QUOTIENT_DEBUG"):
            raise
        terminal.problem(
            f"This should not have happened: {type(error).__name__}: {error}. "
            "Set QUOTIENT_DEBUG=1 and run it again to see where."
        )
    return NOT_STARTED


def _drop_stdout() -> None:
    """The reader of our output has gone: keep Python from complaining when it flushes."""
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _give_signature(run: Callable[..., None], command: Callable[..., Any]) -> None:
    """Show typer the command's own parameters (without `settings`) and the common ones."""
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    shown = [inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    shown += [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    shown += [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, (annotation, default) in _COMMON.items()
    ]
    vars(run)["__signature__"] = inspect.Signature(shown)
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    del vars(run)["__wrapped__"]
