"""The window in a real browser: `quotient chat` on a copy of the corpus, a question typed in."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.conftest import ROOT, copy_articles

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SCREENSHOTS = Path(__file__).with_name("screenshots")
IMPORTS = "What were China's imports in 2024?"
START_TIMEOUT_S = 120
ANSWER_TIMEOUT_MS = 90_000

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> str:
    if shutil.which(CHROMIUM) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI has no browser at {CHROMIUM}")
        pytest.skip(f"no browser at {CHROMIUM}")
    return CHROMIUM


@pytest.fixture(scope="module")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`quotient chat`, started as people start it, on a corpus that has no index yet."""
    folder = tmp_path_factory.mktemp("chat")
    corpus = copy_articles(folder / "corpus")
    port = free_port()
    words = [sys.executable, "-m", "ui", "chat", "--port", str(port), "--corpus", str(corpus)]
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("QUOTIENT_")}
    with (folder / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            words, cwd=folder, env=surroundings | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process, Path(log.name))
            yield f"http://localhost:{port}"
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
            assert "Traceback" not in Path(log.name).read_text(encoding="utf-8")
        finally:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the window did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture
def page(chromium: str, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab of the window; no request leaves the machine and nothing fails in the console."""
    from playwright.sync_api import sync_playwright

    size = getattr(request, "param", (1280, 1000))
    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda sent: None if is_local(sent.url) else troubles.append(sent.url))
        page.goto(address)
        yield page
        browser.close()
    assert troubles == []


def is_local(url: str) -> bool:
    return url.startswith(("data:", "blob:")) or "//localhost:" in url or "//127.0.0.1:" in url


def ask(page: Page, question: str) -> None:
    answered = page.locator(".q-footer").count()
    box = page.get_by_test_id("stChatInputTextArea")
    box.wait_for(timeout=ANSWER_TIMEOUT_MS)
    box.fill(question)
    page.get_by_test_id("stChatInputSubmitButton").click()
    page.locator(".q-footer").nth(answered).wait_for(timeout=ANSWER_TIMEOUT_MS)
    page.wait_for_timeout(500)


def open_evidence(page: Page) -> None:
    for summary in page.get_by_test_id("stExpander").locator("summary").all():
        summary.click()
    page.wait_for_timeout(800)


def is_sound(page: Page) -> None:
    assert page.locator(".katex").count() == 0
    assert page.get_by_test_id("stException").count() == 0
    assert page.locator(".q-trouble").count() == 0


def test_a_computed_answer_with_its_proof(page: Page) -> None:
    page.locator(".st-key-starter-questions").wait_for(timeout=ANSWER_TIMEOUT_MS)
    ask(page, IMPORTS)
    assert "about 18.40 trillion yuan" in page.locator(".q-answer").inner_text()
    assert page.locator(".q-answer .q-chip").count() >= 2
    page.screenshot(path=SCREENSHOTS / "answer.png")
    open_evidence(page)
    formula = page.locator(".q-formula").inner_text().replace("\n", " ")
    assert re.sub(r"\s+", " ", formula) == (
        "43.85 trillion yuan − 25.45 trillion yuan = about 18.40 trillion yuan"
    )
    marked = page.locator(".q-passage mark").all_inner_texts()
    assert any("43.85 trillion yuan" in sentence and "$6.1" in sentence for sentence in marked)
    assert any("25.45 trillion yuan" in sentence for sentence in marked)
    assert page.locator(".q-calculation li").count() == 2
    is_sound(page)
    page.set_viewport_size({"width": 1280, "height": 1500})
    page.wait_for_timeout(300)
    page.screenshot(path=SCREENSHOTS / "imports.png")


def test_dollars_are_dollars_and_a_suggestion_is_one_click(page: Page) -> None:
    first = page.locator(".st-key-starter-questions button").first
    first.wait_for(timeout=ANSWER_TIMEOUT_MS)
    page.screenshot(path=SCREENSHOTS / "start.png")
    first.click()
    page.locator(".q-footer").last.wait_for(timeout=ANSWER_TIMEOUT_MS)
    ask(page, "What was China's trade in services worth in dollars?")
    assert "$1" in page.locator(".q-answer").last.inner_text()
    open_evidence(page)
    is_sound(page)


@pytest.mark.parametrize("page", [(390, 844)], indirect=True)
def test_a_narrow_window_scrolls_one_way_only(page: Page) -> None:
    ask(page, IMPORTS)
    open_evidence(page)
    is_sound(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    chat_box = page.get_by_test_id("stChatInput").bounding_box()
    assert chat_box and chat_box["width"] > 300
