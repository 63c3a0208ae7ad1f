"""The table of benchmarks runs its parts by name and says what it skips."""

from collections.abc import Iterable
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.lines import Line, Missing


def part(measure: object) -> ModuleType:
    return cast(ModuleType, SimpleNamespace(measure=measure))


def test_table_is_markdown_with_escaped_bars() -> None:
    text = bench.table([Line("a|b", "recall", "81.2%", "78.7%", "published")])
    assert text.splitlines()[-1] == "| a\\|b | recall | 81.2% | 78.7% | published |  |"


def test_missing_data_is_skipped_and_said() -> None:
    def measure(sample: int | None) -> Iterable[Line]:
        raise Missing("chunking is not in ../shared/data")

    (line,) = bench.measured("retrieval", part(measure), None)
    assert (line.work, line.figure) == ("retrieval", "skipped")
    assert "chunking" in line.note


def test_sample_reaches_the_part(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = bench.measured("one", part(lambda n: [Line("one", "n", str(n))]), 7)
    assert line.ours == "7"


def test_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["nothing"])
    assert "no such part: nothing" in capsys.readouterr().err
