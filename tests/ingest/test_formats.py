"""Formats: pdf and docx, tables among them; and whatever bytes come, no crash and no hang."""

from __future__ import annotations

import random
import resource
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest import articles, passages, sentences
from ingest.errors import ArticleUnreadable

MAX_SECONDS = 10.0
MAX_BYTES = 1 << 30
N_QUICK, N_SOAK = 60, 2000
PARTS = ("cities", "ports", "ships", "towns")
ROWS = [("Port", "2023", "2024"), ("Ningbo", "35.3", "39.3"), ("Qingdao", "30.0", "30.9")]
PARAGRAPH = (
    "Exports rose by 7.1% to 25.45 trillion yuan in the year, customs said on Monday, as demand "
    "for machines and cars held up well. Imports grew by 2.3%."
)


def pdf(n_pages: int = 4) -> bytes:
    from fpdf import FPDF

    document = FPDF()
    document.set_title("Ports fill up")
    for page in range(n_pages):
        document.add_page()
        document.set_font("helvetica", size=9)
        document.cell(0, 8, f"The Daily, page {page + 1}", new_x="LMARGIN", new_y="NEXT")
        document.set_font("helvetica", size=16)
        document.cell(0, 12, f"What {PARTS[page]} say", new_x="LMARGIN", new_y="NEXT")
        document.set_font("helvetica", size=11)
        document.multi_cell(0, 6, PARAGRAPH, new_x="LMARGIN", new_y="NEXT")
        document.ln(6)
        for row in ROWS:
            for cell in row:
                document.cell(50, 8, cell)
            document.ln(8)
    return bytes(document.output())


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = "Ports fill up"
    document.core_properties.author = "Ann Lee"
    document.add_heading("Ports fill up", 1)
    document.add_paragraph(PARAGRAPH)
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("Ningbo leads", style="List Bullet")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def blocks(article: articles.Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.start : b.end]) for b in article.blocks]


def test_docx() -> None:
    article = articles.parse(docx(), "a.docx")
    assert (article.title, article.author) == ("Ports fill up", "Ann Lee")
    assert blocks(article) == [
        ("heading", "Ports fill up"),
        ("paragraph", PARAGRAPH),
        ("table", "\n".join(" | ".join(row) for row in ROWS)),
        ("list", "Ningbo leads"),
    ]


def test_pdf() -> None:
    article = articles.parse(pdf(), "a.pdf")
    assert article.title == "Ports fill up"
    found = blocks(article)
    assert [text for kind, text in found if kind == "paragraph"] == [PARAGRAPH] * 4
    assert ("heading", "What ports say") in found
    assert found.count(("table", "\n".join(" | ".join(row) for row in ROWS))) == 4
    assert {r.reason for r in article.removals} == {"running head"}


def test_a_page_that_takes_for_ever_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.pdf.MAX_PAGE_S", 0.0)
    with pytest.raises(ArticleUnreadable, match="page 1 takes longer"):
        articles.parse(pdf(2), "slow.pdf")


def test_a_page_of_too_many_orders_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.pdf.MAX_PAGE_BYTES", 100)
    with pytest.raises(ArticleUnreadable, match="page 1 draws more"):
        articles.parse(pdf(2), "vast.pdf")


def test_a_bomb_is_refused_unpacked() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (80 * 1024 * 1024))
    with pytest.raises(ArticleUnreadable, match="unpacks"):
        articles.parse(file.getvalue(), "bomb.docx")


def test_one_huge_line_is_read_in_time() -> None:
    started = time.process_time()
    article = articles.parse(b"word " * 400_000, "line.txt")
    assert sentences.find(article) and time.process_time() - started < MAX_SECONDS


def samples() -> dict[str, bytes]:
    from tests.ingest.test_articles import PAGE

    corpus = Path(__file__).parents[2] / "corpus"
    text = (corpus / "china-services-trade-2024.txt").read_bytes()
    table = b"---\ntitle: x\n---\n# Head\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two\n"
    return {
        "a.txt": text,
        "a.md": table + text,
        "a.html": PAGE.encode(),
        "a.pdf": pdf(2),
        "a.docx": docx(),
    }


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Flip, cut, double, swap or fill in some bytes."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 20, 200))):
        at = dice.randrange(len(changed) + 1)
        size = dice.choice((1, 2, 16, 400))
        way = dice.randrange(5)
        if way == 0:
            changed[at : at + size] = dice.randbytes(size)
        elif way == 1:
            del changed[at : at + size]
        elif way == 2:
            changed[at:at] = changed[at : at + size] * dice.choice((2, 50))
        elif way == 3:
            changed[at:at] = dice.choice((b"<table><tr><td>", b"<div>", b"|", b"\0", b"\xff\xfe"))
        else:
            changed[at:at] = dice.choice((b"\n", b". ", b"9", b"(", b"\xe2\x80", b"---\n"))
    return bytes(changed)


def peak_bytes() -> int:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def fuzz(n: int, seed: int) -> None:
    before = peak_bytes()
    dice = random.Random(seed)
    kinds = samples()
    for i in range(n):
        name = list(kinds)[i % len(kinds)]
        data = mutate(kinds[name], dice)
        started = time.process_time()
        try:
            article = articles.parse(data, name)
        except ArticleUnreadable:
            continue
        finally:
            assert time.process_time() - started < MAX_SECONDS, (name, seed, i)
            assert peak_bytes() - before < MAX_BYTES, (name, seed, i)
        spans = sentences.find(article)
        passages.split(article, spans, [], lambda texts: [len(t) // 4 + 1 for t in texts])
        assert all(article.text[s.start : s.end].strip() for s in spans)
        assert time.process_time() - started < MAX_SECONDS, (name, seed, i)
        assert peak_bytes() - before < MAX_BYTES, (name, seed, i)


def test_mutated_files_are_read_or_refused() -> None:
    fuzz(N_QUICK, seed=3)


@pytest.mark.soak
def test_many_mutated_files_are_read_or_refused() -> None:
    fuzz(N_SOAK, seed=4)
