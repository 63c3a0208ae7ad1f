"""Windows cover an article's lines, whole and in order, with what stands above them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.tagging import windows
from ingest import Article, articles, embedding, sentences


def folder() -> Path:
    model = embedding.load(fast=False)
    assert isinstance(model, embedding.LocalEmbedding)
    return model.folder


PROSE = "# Harvest\n\n" + "\n\n".join(
    f"## Region {n}\n\n" + f"Region {n} brought in {n}00 tonnes of wheat. Rain came late. " * 12
    for n in range(1, 4)
)
TABLE = "# Crops\n\n| Crop | 2023 | 2024 |\n|---|---|---|\n" + "".join(
    f"| Crop number {n} with a rather long name | {n},100 | {n},900 |\n" for n in range(1, 30)
)


@pytest.fixture(scope="module")
def pieces() -> windows.Pieces:
    return windows.Pieces(folder())


def cut(text: str, pieces: windows.Pieces) -> tuple[Article, list[windows.Window]]:
    article = articles.parse(text.encode(), "a.md")
    spans = [(s.start, s.end) for s in sentences.find(article)]
    return article, windows.cut(article, spans, pieces)


@pytest.mark.parametrize("text", [PROSE, TABLE], ids=["prose", "table"])
def test_every_line_stands_in_one_window_in_order(text: str, pieces: windows.Pieces) -> None:
    article, found = cut(text, pieces)
    lines = [line for window in found for line in window.lines]
    assert lines == [(s.start, s.end) for s in sentences.find(article)]


@pytest.mark.parametrize("text", [PROSE, TABLE], ids=["prose", "table"])
def test_pieces_point_at_their_words(text: str, pieces: windows.Pieces) -> None:
    article, found = cut(text, pieces)
    for window in found:
        assert len(window.ids) == len(window.spans) <= windows.MAX_BODY + windows.MAX_LINE
        first = window.spans[0]
        assert pieces.of(article.text[first[0] : first[1]], 1) == window.ids[:1]


def test_a_heading_begins_a_window_and_stands_above_the_next(pieces: windows.Pieces) -> None:
    article, found = cut(PROSE, pieces)
    heading = pieces.of("Region 2", 9)
    opening = [w for w in found if article.text[w.start :].startswith("Region 2\n")]
    later = [w for w in found if w.context[-3:] != () and _holds(w.context, heading)]
    assert len(opening) == 1
    assert later, "windows below the heading carry it"


def test_a_cut_table_carries_its_header_row(pieces: windows.Pieces) -> None:
    _, found = cut(TABLE, pieces)
    header = pieces.of("| Crop | 2023 | 2024 |", 20)
    assert len(found) > 2
    assert all(_holds(w.context, header) for w in found[1:])


def test_an_empty_article_has_no_windows(pieces: windows.Pieces) -> None:
    article = articles.parse(b"Nothing", "a.txt")
    assert windows.cut(article, [], pieces) == []


def _holds(ids: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return any(ids[i : i + len(wanted)] == wanted for i in range(len(ids)))
