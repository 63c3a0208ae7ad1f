"""The two first articles with their index, made once, and commands run over them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ui.cli import app

ROOT = Path(__file__).parents[2]
ARTICLES = ("china-foreign-trade-2024.txt", "china-services-trade-2024.txt")
Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("QUOTIENT_"):
            monkeypatch.delenv(name)


def copy_articles(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ARTICLES:
        shutil.copy(ROOT / "corpus" / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that was ingested; tests only read it."""
    corpus = copy_articles(tmp_path_factory.mktemp("indexed") / "corpus")
    result = CliRunner().invoke(app, ["ingest", str(corpus)])
    assert result.exit_code == 0, result.stderr
    return corpus


@pytest.fixture
def own(indexed: Path, tmp_path: Path) -> Path:
    """A corpus of the test's own, not ingested yet."""
    return copy_articles(tmp_path / "corpus")


@pytest.fixture
def run(indexed: Path) -> Run:
    """`run("ask", "...")` over the ingested corpus; `corpus=` names another."""

    def invoke(*arguments: object, corpus: Path = indexed, stdin: str | None = None) -> Any:
        words = ["--corpus", str(corpus), *map(str, arguments)]
        return CliRunner().invoke(app, words, input=stdin)

    return invoke
