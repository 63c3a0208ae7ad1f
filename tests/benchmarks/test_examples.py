"""The questions of tests/data/training: whole, located, and mostly legal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import examples, laws
from tests.benchmarks.examples import Book, Example

FOLDERS = sorted(path for path in laws.FOLDERS.iterdir() if any(path.glob("*.jsonl")))
ONE = laws.FOLDERS / "almanac"
KINDS = {"quoted", "computed", "text", "yesno", "followup", "unanswerable"}


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Book, list[Example]]]:
    """One folder, read: the others are of the same form."""
    book = examples.read_book(ONE)
    return {ONE.name: (book, examples.read_examples(ONE, book))}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_every_line_is_a_question_of_a_known_kind(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            assert item["k"] in KINDS and item["q"].strip()
            assert bool(item.get("use")) == (item["k"] != "unanswerable")
            assert all(examples.MARK.search(snippet) for snippet in item.get("use", ()))


def test_snippets_are_found_in_their_articles(read: dict[str, tuple[Book, list[Example]]]) -> None:
    for name, (book, found) in read.items():
        n_lines = sum(
            len(path.read_text(encoding="utf-8").splitlines())
            for path in (laws.FOLDERS / name).glob("*.jsonl")
        )
        assert len(found) >= 0.97 * n_lines
        for example in found:
            for gold in example.gold:
                assert book.articles[gold.article_id].text[gold.start : gold.end].strip()


def test_an_answer_rests_on_lines_unless_there_is_none(
    read: dict[str, tuple[Book, list[Example]]],
) -> None:
    for _, found in read.values():
        assert all(bool(e.lines) == (e.kind != "unanswerable") for e in found)


def test_most_right_calculations_are_legal() -> None:
    book = examples.read_book(ONE)
    asked = [e for e in examples.read_examples(ONE, book) if laws.is_calculation(e)][:60]
    assert sum(laws.is_legal(e, book) for e in asked) >= 0.8 * len(asked)
