"""`quotient eval`: rates on stdout, what fell by name, and an exit code for CI."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.chain import AnswerChain
from bot.evaluation import runs, sets
from ui import evaluating
from ui.cli import app
from ui.options import DONE, FAILED, NOT_STARTED

RIGHT = [
    {
        "id": "trade", "kind": "quoted", "question": "What was China's foreign trade in 2024?",
        "cite": [{"article": "china-foreign-trade-2024.txt", "text": "43.85 trillion yuan"}],
    },
]  # fmt: skip
UNANSWERABLE = [
    {"id": f"sea-{n}", "kind": "unanswerable", "question": f"How deep is the sea off {place}?"}
    for n, place in enumerate(("Oslo", "Lima", "Perth", "Accra", "Osaka", "Cork", "Split"))
]


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("set") / "set.yaml"
    path.write_text(yaml.safe_dump([*RIGHT, *UNANSWERABLE]), encoding="utf-8")
    return path


@pytest.fixture
def command(indexed: Path, questions: Path) -> Iterator[list[str]]:
    yield ["eval", str(questions), "--corpus", str(indexed)]


def invoke(words: list[str]) -> tuple[int, str, str]:
    from typer.testing import CliRunner

    found = CliRunner().invoke(app, words)
    return found.exit_code, found.stdout, found.stderr


def test_schema_is_that_of_the_sets() -> None:
    code, out, _ = invoke(["eval", "--schema"])
    assert code == DONE
    jsonschema.validate([*RIGHT, *UNANSWERABLE], json.loads(out))


def test_rates_and_report(command: list[str], tmp_path: Path) -> None:
    code, out, err = invoke([*command, "--report", str(tmp_path)])
    assert code == DONE
    assert "set.yaml: 8 questions" in out
    assert "quotes exact\t100%" in out
    assert "report.html" in err
    assert (tmp_path / "report.html").is_file()


def test_summary_as_json(command: list[str]) -> None:
    code, out, _ = invoke([*command, "--json"])
    assert code == DONE
    assert json.loads(out)["n_questions"] == 8


def test_missed_threshold_fails(command: list[str]) -> None:
    code, _, err = invoke([*command, "--fail-under", "attempted=100", "--fail-under", "right=1"])
    assert code == FAILED
    assert "right: no question, below 1%" in err


def test_abstention_switched_off_is_caught_by_name(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deliberate regression: `make eval`'s comparison names each question that fell."""
    small = tmp_path / "baseline.jsonl"
    assert invoke([*command, "--save", str(small)])[0] == DONE
    assert runs.load(small).rate("declined") == 1
    switch_abstention_off(monkeypatch)
    code, out, err = invoke([*command, "--fresh", "--baseline", str(small)])
    assert code == FAILED
    assert "declined fell from 100% to 0%" in err
    assert all(item["id"] in err for item in UNANSWERABLE)
    assert "declined, worse: sea-0" in out


def switch_abstention_off(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    answer = AnswerChain.answer
    monkeypatch.setattr(
        AnswerChain,
        "answer",
        lambda self, *given: replace(answer(self, *given), status="answered"),
    )


def test_drafted_questions_load(indexed: Path) -> None:
    code, out, _ = invoke(["eval", "--draft", "--corpus", str(indexed)])
    assert code == DONE
    assert sets.parse(out, Path("draft.yaml"))


def test_malformed_set_names_its_line_before_anything_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text("- id: a\n  question: Q\n  kind: poem\n", encoding="utf-8")
    code, _, err = invoke(["eval", str(path), "--corpus", str(tmp_path / "none")])
    assert code == NOT_STARTED
    assert "line 3: kind" in err


def test_runs_are_kept_beside_the_index(indexed: Path) -> None:
    from bot.settings import Settings

    assert evaluating.runs_folder(Settings(corpus=indexed)) == indexed / ".quotient-runs"
