import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ui import downloading
from ui.errors import DownloadFailed

PAGES = {
    "/news/trade-2024.html": ("text/html; charset=utf-8", b"<h1>Trade</h1>"),
    "/picture": ("image/png", b"\x89PNG"),
    "/large": ("text/plain", b"x" * 11),
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        if self.path not in PAGES:
            self.send_error(404)
            return
        content_type, body = PAGES[self.path]
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_becomes_a_file_of_the_corpus(site: str, tmp_path: Path) -> None:
    first = downloading.save(f"{site}/news/trade-2024.html", tmp_path)
    assert first.name == "127-0-0-1-trade-2024.html"
    assert first.read_bytes() == b"<h1>Trade</h1>"
    assert downloading.save(f"{site}/news/trade-2024.html", tmp_path) == first


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/picture", "image/png"), ("/none", "Not Found"), ("/away", "not allowed")],
)
def test_what_is_no_article_is_refused(site: str, tmp_path: Path, path: str, reason: str) -> None:
    with pytest.raises(DownloadFailed, match=reason):
        downloading.save(site + path, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_page_too_large_is_refused(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "MAX_BYTES", 10)
    with pytest.raises(DownloadFailed, match="larger"):
        downloading.save(f"{site}/large", tmp_path)


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://www.example.org/a/Trade%20news?id=7", "example-org-trade-news-id-7"),
        ("https://example.org/../../etc/passwd", "example-org-passwd"),
        ("https://example.org", "example-org"),
    ],
)
def test_file_names_are_readable_and_stay_inside(url: str, stem: str) -> None:
    assert downloading.file_stem(url) == stem
