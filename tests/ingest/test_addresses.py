"""Addresses: pages of a server on this machine, saved into the corpus."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ingest import addresses, articles
from ingest.errors import ArticleUnreadable

PAGES = {
    "/news/ports.html": ("text/html; charset=utf-8", b"<h1>Ports</h1><p>They filled up.</p>"),
    "/plain": ("text/plain", b"Ports filled up."),
    "/picture": ("image/png", b"\x89PNG"),
    "/empty.html": ("text/html", b"<p> </p>"),
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        kind, body = PAGES.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Pages) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_page_is_saved_with_its_address(server: str, tmp_path: Path) -> None:
    url = f"{server}/news/ports.html"
    path = addresses.save(url, tmp_path)
    article = articles.read(path, tmp_path)
    assert (path.suffix, article.title, article.url) == (".html", "Ports", url)
    assert addresses.save(url, tmp_path) == path


def test_plain_text_is_saved_as_it_is(server: str, tmp_path: Path) -> None:
    path = addresses.save(f"{server}/plain", tmp_path)
    assert path.read_bytes() == b"Ports filled up." and path.suffix == ".txt"


@pytest.mark.parametrize(
    ("page", "reason"),
    [("/picture", "no page"), ("/none", "Not Found|fetched"), ("/away", "not allowed"),
     ("/empty.html", "no text")],
)  # fmt: skip
def test_what_is_no_article_is_named(server: str, tmp_path: Path, page: str, reason: str) -> None:
    with pytest.raises(ArticleUnreadable, match=f"{page[1:5]}.*({reason})"):
        addresses.save(server + page, tmp_path)
    assert not list(tmp_path.iterdir())


def test_other_schemes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleUnreadable, match="web address"):
        addresses.save("file:///etc/hostname", tmp_path)


def test_a_page_too_large_is_refused(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MAX_FILE_BYTES", 10)
    with pytest.raises(ArticleUnreadable, match="larger"):
        addresses.save(f"{server}/plain", tmp_path)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/a/Trade%20news?id=7", "example-org-trade-news-id-7"),
        ("https://example.org/../../etc/passwd", "example-org-passwd"),
        ("https://example.org", "example-org"),
    ],
)
def test_file_names_are_readable_and_stay_inside(url: str, name: str) -> None:
    assert addresses._name(url) == name
