"""Every command, and every error with its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import ARTICLES, ROOT, Run

EXPORTS = "What were China's exports in 2024?"
COMMANDS = ("ingest", "ask", "answer", "chat", "eval", "figures", "verify")


def quotient(*arguments: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def test_help_names_every_command_and_comes_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = quotient("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0
    assert all(re.search(rf"^  {name} ", done.stdout, re.MULTILINE) for name in COMMANDS)
    # of the processor, so that a busy machine does not fail the test
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_starting_up_loads_nothing_heavy() -> None:
    code = "import sys, ui.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ).stdout.split()  # fmt: skip
    heavy = {"torch", "chromadb", "streamlit", "sentence_transformers", "langchain_core", "numpy"}
    assert not heavy & set(loaded)


def test_an_answer_loads_nothing_that_it_does_not_use(indexed: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.settings import Settings; "
        f"from ui import asking; settings = Settings(corpus=Path({str(indexed)!r})); "
        f"asking.ask(settings, {EXPORTS!r}); print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ).stdout.split()  # fmt: skip
    others = {"torch", "sentence_transformers", "streamlit", "pandas", "langchain", "pint"}
    readers = {"ingest.figures.reading", "ingest.cleaning", "bot.readers.model", "bot.evaluation"}
    assert not (others | readers) & set(loaded)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_common_options(run: Run, command: str) -> None:
    help_text = run(command, "--help").stdout
    for option in ("--corpus", "--index", "--model", "--version"):
        assert option in help_text


@pytest.mark.parametrize("words", [["--version"], ["ask", "--version"]])
def test_version(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 0
    assert result.stdout.startswith("quotient")


# ask


def test_ask_shows_text_quotes_and_sources(run: Run) -> None:
    result = run("ask", EXPORTS)
    assert result.exit_code == 0
    assert "25.45 trillion yuan" in result.stdout
    assert "[1]" in result.stdout
    assert re.search(r"“.*25\.45 trillion yuan.*”", result.stdout), "the quote"
    assert "china-foreign-trade-2024.txt" in result.stdout
    assert result.stderr == ""


def test_ask_writes_json_alone_to_stdout(run: Run) -> None:
    answer = json.loads(run("ask", EXPORTS, "--json").stdout)
    assert answer["schema"] == 1
    assert answer["question"] == EXPORTS
    assert answer["status"] == "answered"


def test_options_may_stand_before_or_after_the_command(run: Run, indexed: Path) -> None:
    result = run("ask", EXPORTS, "--json", "--corpus", indexed, corpus=Path("/nowhere"))
    assert result.exit_code == 0, result.stderr


def test_an_index_alone_suffices_to_ask(run: Run, indexed: Path, tmp_path: Path) -> None:
    result = run("ask", EXPORTS, "--index", indexed / ".quotient", corpus=tmp_path / "none")
    assert result.exit_code == 0, result.stderr
    assert "25.45 trillion yuan" in result.stdout


def test_an_abstention_is_no_failure(run: Run) -> None:
    result = run("ask", "How many penguins live in Antarctica?", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "abstained"


def test_ask_with_history_and_one_article(run: Run, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    history.write_text(json.dumps([{"question": EXPORTS, "answer": "25.45 trillion yuan."}]))
    result = run(
        "ask", "And how fast did they grow?", "--history", history,
        "--article", "china-foreign-trade-2024.txt", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert {c["article"] for c in answer["citations"]} <= {"china-foreign-trade-2024.txt"}


def test_ask_builds_a_missing_index_and_warns_when_the_folder_changes(run: Run, own: Path) -> None:
    first = run("ask", EXPORTS, corpus=own)
    assert first.exit_code == 0
    assert "no index yet" in first.stderr
    (own / "third.txt").write_text("Tea sales reached 3 million tonnes in 2023.\n")
    second = run("ask", EXPORTS, corpus=own)
    assert second.stderr.count("has changed since it was read") == 1
    assert "has changed" not in second.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ask"], "question"),
        (["ask", "   "], "Nothing was asked"),
        (["ask", EXPORTS, "--article", "none.txt"], "china-services-trade-2024.txt"),
        (["ask", EXPORTS, "--model", "nonsense"], "provider:name"),
        (["ask", EXPORTS, "--model", "nowhere:model"], "nowhere"),
        (["ask", EXPORTS, "--history", "/nowhere.json"], "cannot be read"),
        (["ask", EXPORTS, "--unknown"], "--unknown"),
        (["answer", "/nowhere.jsonl"], "cannot be read"),
        (["verify", "/nowhere.json"], "cannot be read"),
        (["ingest", "/nowhere.txt"], "no such file"),
        (["ingest", str(ROOT / "README.md")], "does not lie below"),
        (["figures", "--article", "none.txt"], "none.txt"),
        (["chat", "--port", "0"], "--port"),
        (["nonsense"], "nonsense"),
    ],
)
def test_what_cannot_start_says_why_and_exits_with_2(
    run: Run, words: list[str], message: str
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [["ask", EXPORTS], ["ingest"], ["figures"], ["chat"]])
def test_a_missing_corpus_is_told(run: Run, tmp_path: Path, command: list[str]) -> None:
    result = run(*command, corpus=tmp_path / "none")
    assert result.exit_code == 2
    assert "no corpus folder" in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", [["ask", EXPORTS], ["ingest"], ["figures"]])
def test_an_empty_corpus_is_told_each_time(run: Run, tmp_path: Path, command: list[str]) -> None:
    for _ in range(2):
        result = run(*command, corpus=tmp_path)
        assert result.exit_code == 2
        assert "holds no articles" in result.stderr


def test_a_history_that_is_none(run: Run, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    for text in ("{", '{"question": "x"}', "[3]"):
        history.write_text(text)
        result = run("ask", EXPORTS, "--history", history)
        assert result.exit_code == 2
        assert "history" in result.stderr


def test_a_fault_of_ours_gives_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("ui.asking.ask", fail)
    result = run("ask", EXPORTS)
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.stderr and "QUOTIENT_DEBUG" in result.stderr
    assert "Traceback" not in result.stderr


def test_control_c_exits_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.asking.ask", interrupt)
    assert run("ask", EXPORTS).exit_code == 130


def test_article_text_cannot_steer_the_terminal(run: Run, own: Path) -> None:
    (own / "evil.txt").write_text(
        "Evil News\n\nThe [red]price of zinc[/red] rose to $2,931 \x1b[31ma tonne[bold] in 2024.\n"
    )
    result = run("ask", "What was the price of zinc in 2024?", "--article", "evil.txt", corpus=own)
    assert result.exit_code == 0, result.stderr
    assert "[red]price of zinc[/red]" in result.stdout
    assert "\x1b" not in result.stdout


# answer


def test_answer_gives_one_line_a_question_in_order(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '\ufeff{"id": 1, "question": "What were China\'s exports in 2024?"}\n'
        "\n"
        "nonsense\n"
        '{"id": "no question"}\n'
        '{"id": "empty", "question": " "}\n'
        '{"id": "list", "question": "x", "history": 3}\n'
        '{"id": "article", "question": "x", "article": "none.txt"}\n'
        '{"id": "last", "question": "And imports?", "history": ["What were exports in 2024?"]}',
        encoding="utf-8",
    )
    result = run("answer", file)
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == [
        1, None, "no question", "empty", "list", "article", "last",
    ]  # fmt: skip
    assert [line.get("line") for line in lines] == [None, 3, 4, 5, 6, 7, None]
    assert "line 3" in lines[1]["error"]
    assert lines[0]["status"] == "answered"


def test_answer_reads_the_standard_input(run: Run) -> None:
    result = run("answer", "-", stdin='{"id": 7, "question": "What were exports in 2024?"}\n')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["id"] == 7


# ingest


def test_ingest_takes_a_folder_then_files(run: Run, own: Path) -> None:
    assert "2 added" in run("ingest", own).stderr
    assert "2 unchanged" in run("ingest", own).stderr
    tea = own / "tea.txt"
    tea.write_text("Tea sales reached 3 million tonnes in 2023.\n")
    (own / "coffee.txt").write_text("Coffee sales reached 4 million tonnes in 2023.\n")
    assert "1 added" in run("ingest", tea, corpus=own).stderr
    assert run("ingest", own).stdout == ""


def test_ingest_goes_on_past_an_unreadable_file(run: Run, own: Path) -> None:
    (own / "broken.pdf").write_bytes(b"%PDF-nonsense")
    result = run("ingest", corpus=own)
    assert result.exit_code == 1
    assert "broken.pdf" in result.stderr and "2 added" in result.stderr


def test_ingest_goes_on_past_a_page_that_cannot_be_had(run: Run, own: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        gone = f"http://127.0.0.1:{taken.getsockname()[1]}/gone"
    result = run("ingest", gone, own / ARTICLES[0], corpus=own)
    assert result.exit_code == 1
    assert f"{gone}: it could not be fetched" in " ".join(result.stderr.split())
    assert "1 added" in result.stderr
    result = run("ingest", gone, corpus=own)
    assert (result.exit_code, "Articles:" in result.stderr) == (1, False)


def test_ingest_explains_what_cleaning_left_out(run: Run, own: Path) -> None:
    result = run("ingest", "--explain", corpus=own)
    assert "china-services-trade-2024.txt" in result.stdout
    assert "LoginComment" in result.stdout


def test_an_index_belongs_to_one_corpus(run: Run, indexed: Path, own: Path) -> None:
    result = run("ingest", own, "--index", indexed / ".quotient")
    assert result.exit_code == 2
    assert "made for the corpus" in result.stderr


# figures and verify


def test_figures_in_every_form(run: Run) -> None:
    as_json = json.loads(run("figures", "--json").stdout)
    by_csv = list(csv.DictReader(io.StringIO(run("figures", "--csv").stdout)))
    assert len(as_json) == len(by_csv) > 15
    assert "25.45 trillion yuan" in run("figures").stdout
    row = next(row for row in as_json if row["text"] == "25.45 trillion yuan")
    assert (row["value"], row["unit"]) == ("25450000000000", "CNY")


def test_figures_filtered(run: Run) -> None:
    name = "china-services-trade-2024.txt"
    rows = json.loads(run("figures", "--json", "--article", name, "--unit", "dollars").stdout)
    assert rows and all((row["article"], row["unit"]) == (name, "USD") for row in rows)
    rows = json.loads(run("figures", "--json", "--text", "TOTALING").stdout)
    assert rows and all("totaling" in row["sentence"] for row in rows)


def test_verify_tells_true_false_and_changed(run: Run, own: Path, tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(run("ask", EXPORTS, "--json", corpus=own).stdout, encoding="utf-8")
    assert run("verify", saved, corpus=own).exit_code == 0
    forged = tmp_path / "forged.json"
    forged.write_text(saved.read_text(encoding="utf-8").replace("25.45", "95.45"), encoding="utf-8")
    assert run("verify", forged, corpus=own).exit_code == 1
    article = own / "china-foreign-trade-2024.txt"
    article.write_text(article.read_text(encoding="utf-8").replace("25.45", "26.45"))
    assert run("verify", saved, corpus=own).exit_code == 3


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 99}', "nonsense"])
def test_verify_refuses_what_is_no_answer(run: Run, tmp_path: Path, text: str) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(text)
    result = run("verify", saved)
    assert result.exit_code == 2
    assert "not a saved answer" in result.stderr


# a few real processes


def test_a_real_process_keeps_stdout_clean(indexed: Path) -> None:
    done = quotient("ask", EXPORTS, "--json", "--corpus", indexed)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "answered"
    assert done.stderr == ""


def test_a_reader_that_goes_away_is_no_error(indexed: Path) -> None:
    command = f"{sys.executable} -m ui figures --csv --corpus {indexed} | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("article,")
    assert done.stderr == ""


def test_a_real_interrupt(indexed: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "answer", "-", "--corpus", str(indexed)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # a shell that runs the tests in its background has them ignore interrupts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdin and process.stdout
    process.stdin.write('{"id": 1, "question": "What were exports in 2024?"}\n')
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1, "answered while the input is open"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors
