"""Articles: what is scanned, how each kind of file is read, what is refused and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import articles
from ingest.errors import ArticleUnreadable, CorpusMissing, OutsideCorpus

CORPUS = Path(__file__).parents[2] / "corpus"

PAGE = """<html><head><title>Ports fill up | The Daily</title>
<meta property="og:site_name" content="The Daily">
<meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2025-01-13T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Ports fill up</h1>
<p>Exports rose 7.1% to 25.45 trillion yuan, customs said.<br>Ports were <b>busy</b>.</p>
<div class="share-bar">Share on Facebook</div>
<h2>By port</h2>
<table><caption>Boxes by port</caption>
<tr><th>Port</th><th colspan="2">Boxes (million)</th></tr>
<tr><th></th><th>2023</th><th>2024</th></tr>
<tr><td>Ningbo</td><td>35.3</td><td>39.3</td></tr></table>
<ul><li>Ningbo leads</li><li>Qingdao follows</li></ul></article>
<div id="comments"><p>I disagree with all of this.</p></div>
<footer>© The Daily</footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def block_texts(article: articles.Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.start : b.end]) for b in article.blocks]


def test_scan_leaves_out_hidden_entries_questions_and_unknown_kinds(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", ".quotient/x.txt", ".d.txt", "questions.yaml", "p.png"):
        write(tmp_path, name, "x")
    write(tmp_path, "questions.txt", "x")
    found = [p.relative_to(tmp_path).as_posix() for p in articles.scan(tmp_path)]
    assert found == ["a/c.md", "b.txt"]


def test_scan_of_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing):
        articles.scan(tmp_path / "none")


def test_a_file_outside_the_corpus_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Text.")
    with pytest.raises(OutsideCorpus):
        articles.read(path, tmp_path / "corpus")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda p: p.stem)
def test_every_block_of_a_seed_article_stands_verbatim_in_its_file(path: Path) -> None:
    article = articles.read(path, CORPUS)
    raw = path.read_text(encoding="utf-8")
    assert all(text in raw for _, text in block_texts(article))
    assert "////" not in article.text and "LoginComment" not in article.text


def test_titles_of_the_seed_articles() -> None:
    titles = {a.id: a.title for a in (articles.read(p, CORPUS) for p in articles.scan(CORPUS))}
    assert titles["china-foreign-trade-2024.txt"] == "China foreign trade 2024"
    services = titles["china-services-trade-2024.txt"]
    assert services == "China's Services Trade Surpasses $1 Trillion"


def test_web_page(tmp_path: Path) -> None:
    article = articles.read(write(tmp_path, "ports.html", PAGE), tmp_path)
    assert block_texts(article) == [
        ("heading", "Ports fill up"),
        (
            "paragraph",
            "Exports rose 7.1% to 25.45 trillion yuan, customs said. Ports were busy.",
        ),
        ("heading", "By port"),
        ("paragraph", "Boxes by port"),
        (
            "table",
            "Port | Boxes (million) | Boxes (million)\n"
            " | 2023 | 2024\nNingbo | 35.3 | 39.3".replace("\n |", "\n |"),
        ),
        ("list", "Ningbo leads"),
        ("list", "Qingdao follows"),
    ]
    assert (article.title, article.source) == ("Ports fill up", "The Daily")
    assert (article.author, article.published) == ("Ann Lee", "2025-01-13")
    reasons = {r.reason for r in article.removals}
    assert {"beside the article", "reader comments"} <= reasons


def test_front_matter_of_markdown(tmp_path: Path) -> None:
    head = '---\ntitle: "A year: in trade"\ndate: 2025-01-13\nauthor: [Ann, Bo]\n---\n'
    text = head + "# Head\n\nBody **bold**.\n"
    article = articles.read(write(tmp_path, "a.md", text), tmp_path)
    assert (article.title, article.published, article.author) == (
        "A year: in trade",
        "2025-01-13",
        "Ann, Bo",
    )
    assert block_texts(article) == [("heading", "Head"), ("paragraph", "Body **bold**.")]
    assert article.removals[0].reason == "front matter"


def test_markdown_table_and_list_stand_as_written(tmp_path: Path) -> None:
    text = "# T\n\n| Port | TEU |\n|------|-----|\n| Ningbo | 39.3 |\n\n- one\n  more\n- two\n"
    kinds = block_texts(articles.read(write(tmp_path, "a.md", text), tmp_path))
    assert kinds == [
        ("heading", "T"),
        ("table", "| Port | TEU |\n|------|-----|\n| Ningbo | 39.3 |"),
        ("list", "- one\n  more"),
        ("list", "- two"),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "The café sold €12bn of “goods” – a record.\r\nIt rose again.\r\n"
    article = articles.read(write(tmp_path, "a.txt", text.encode(encoding)), tmp_path)
    assert article.text == text.replace("\r\n", "\n")


def test_hard_wrapped_text_has_paragraphs_over_lines(tmp_path: Path) -> None:
    line = "Trade in goods grew again in the year as demand for machines held"
    text = f"TRADE GROWS\n\n{line}\n{line}\nup well.\n\n{line}\n{line}\nagain.\n"
    article = articles.read(write(tmp_path, "a.txt", text), tmp_path)
    assert [kind for kind, _ in block_texts(article)] == ["heading", "paragraph", "paragraph"]
    assert article.title == "TRADE GROWS"


def test_lines_about_the_article(tmp_path: Path) -> None:
    text = "Trade grows\nBy Ann Lee | January 13, 2025\nSource: Harbour News\n\nTrade grew by 5%.\n"
    article = articles.read(write(tmp_path, "a.txt", text), tmp_path)
    found = (article.author, article.published, article.source)
    assert found == ("Ann Lee", "2025-01-13", "Harbour News")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Statistics Office, release of 14 March 2024", "2024-03-14"),
        ("*By Talia Brandt, The Reel Ledger, 6 September 2024*", "2024-09-06"),
        ("The Ledger, 10 December 2025. By Dwight Amadi", "2025-12-10"),
        ("Montevideo, 3 January 2025 (River Plate Letter)", "2025-01-03"),
        ("Guildhall, Tuesday 11 March 2025, 18.30 to 21.55", "2025-03-11"),
        ("Harbour Echo, 14 February 2026 – by our political desk", "2026-02-14"),
        ("Published 3 June 2025 by the Regional Energy Agency", "2025-06-03"),
        ("Praia, 25 February 2025. Hotels of the archipelago welcomed 1.2m guests. " + "x " * 60,
         "2025-02-25"),
        ("Results for the 26 weeks to 27 September 2025", None),
        ("Accounts for the year ended 31 March 2025", None),
        ("The bridge was opened on 3 May 1921, by the king", None),
        ("On Tuesday, 3 May 2024, the bank said profit rose", None),
        ("Annual statistics of the trust, February 2025", None),
    ],
)  # fmt: skip
def test_a_line_that_says_who_wrote_when_tells_the_day(
    tmp_path: Path, line: str, day: str | None
) -> None:
    text = f"# Fewer fish, more money\n\n{line}\n\nThe fleet landed less fish than last year."
    assert articles.read(write(tmp_path, "a.md", text), tmp_path).published == day
    page = f"<html><body><h1>Fewer fish</h1><p>{line.strip('*')}</p><p>{'Less fish. ' * 30}</p>"
    assert articles.read(write(tmp_path, "a.html", page), tmp_path).published == day


def test_a_day_that_no_page_tells_is_not_guessed_from_its_numbers(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>Bean {n}</td><td>39,600</td><td>9,360</td></tr>" for n in range(9))
    page = (
        "<html><body><h1>Exports 2021/22 to 2023/24</h1><p>" + "Volumes are in bags. " * 20
        + f"</p><table><tr><th>Bean</th><th>2022/23</th><th>2023/24</th></tr>{rows}</table>"
    )  # fmt: skip
    assert articles.read(write(tmp_path, "a.html", page), tmp_path).published is None


def test_dateline(tmp_path: Path) -> None:
    text = (
        "BEIJING, Jan. 13, 2025 (Xinhua) -- Trade grew by 5% on the year, customs said on Monday.\n"
    )
    assert articles.read(write(tmp_path, "a.txt", text), tmp_path).published == "2025-01-13"


def test_a_date_in_a_sentence_is_not_the_date_of_the_article(tmp_path: Path) -> None:
    text = "Trade grew by 5%, as customs reported on January 13, 2025, and exports led.\n"
    assert articles.read(write(tmp_path, "a.txt", text), tmp_path).published is None


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.md", b" \n\n", "no text"),
        ("picture.txt", bytes(range(256)) * 40, "binary"),
        ("nothing.html", b"", "no readable page"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ArticleUnreadable, match=reason) as caught:
        articles.read(write(tmp_path, name, content), tmp_path)
    assert caught.value.article_id == name


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside.txt", "Secret.")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").symlink_to(outside)
    with pytest.raises(ArticleUnreadable, match="out of the corpus"):
        articles.read(corpus / "a.txt", corpus)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(articles.MAX_FILE_BYTES + 1)
    with pytest.raises(ArticleUnreadable, match="limit"):
        articles.read(path, tmp_path)
