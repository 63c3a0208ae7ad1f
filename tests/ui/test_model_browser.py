"""A streamed answer in a real browser: the window and a scripted model server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.readers.exchanges import calculation, reply
from tests.bot.readers.servers import Asked, Reply, Server
from tests.ui.conftest import ROOT, copy_articles
from tests.ui.test_browser import (
    ANSWER_TIMEOUT_MS,
    IMPORTS,
    SCREENSHOTS,
    chromium,
    free_port,
    is_sound,
    page,
    wait_for,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["chromium", "page"]

pytestmark = pytest.mark.browser
KEY = "sk-do-not-show-me-0123456789"
PAUSE_S = 30


@dataclass
class Model:
    """Answers with a computed sentence, waits for `gate`, then goes on with a lie and a link."""

    gate: threading.Event = field(default_factory=threading.Event)

    def __call__(self, asked: Asked) -> Reply:
        whole, part = (id_of(asked.user, text) for text in ("43.85", "25.45"))
        step = calculation("residual", whole, part) | {"measure": "imports", "period": "2024"}
        told = reply(
            ("Imports came to {c1} in 2024.", []),
            (f"Exports came to {{{part}}} in 2024.", []),
            ("They were 99.99 trillion yuan, see ![x](https://evil.example/?q=1).", [1]),
            calculations=[step],
        )
        return Held(told, gate=self.gate)


@dataclass(frozen=True)
class Held(Reply):
    """A reply that stops after its first sentence until the gate opens."""

    gate: threading.Event = field(default_factory=threading.Event)

    def pieces(self) -> Iterator[str]:
        cut = self.text.index("Exports came")
        yield self.text[:cut]
        self.gate.wait(PAUSE_S)
        yield self.text[cut:]


def id_of(told: str, text: str) -> str:
    found = re.search(rf"^(f\d+) \| {re.escape(text)}", told, re.MULTILINE)
    assert found, told
    return found[1]


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


@pytest.fixture(scope="module")
def address(chromium: str, model: Model, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`quotient chat --model` on a scripted server."""
    folder = tmp_path_factory.mktemp("model")
    corpus = copy_articles(folder / "corpus")
    server, port = Server("openai"), free_port()
    server.script = model
    words = ["--port", str(port), "--corpus", str(corpus), "--model", "openai:scripted"]
    own = {k: v for k, v in os.environ.items() if not k.startswith("QUOTIENT_")}
    own |= {"PYTHONPATH": str(ROOT), "QUOTIENT_MODEL_URL": server.url, "OPENAI_API_KEY": KEY}
    with (folder / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui", "chat", *words],
            cwd=folder, env=own, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process, Path(log.name))
            yield f"http://localhost:{port}"
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
            told = Path(log.name).read_text(encoding="utf-8")
            assert "Traceback" not in told and KEY not in told
        finally:
            process.kill()
            process.wait()
            server.close()


def test_a_streamed_answer_appears_sentence_by_sentence(page: Page, model: Model) -> None:
    box: Any = page.get_by_test_id("stChatInputTextArea")
    box.wait_for(timeout=ANSWER_TIMEOUT_MS)
    box.fill(IMPORTS)
    page.get_by_test_id("stChatInputSubmitButton").click()
    page.get_by_text("Imports came to about 18.40 trillion yuan in 2024.").wait_for(
        timeout=ANSWER_TIMEOUT_MS
    )
    assert page.locator(".q-footer").count() == 0
    page.screenshot(path=SCREENSHOTS / "streaming.png")
    model.gate.set()
    page.locator(".q-footer").wait_for(timeout=ANSWER_TIMEOUT_MS)
    page.wait_for_timeout(500)
    told = page.locator(".q-answer").inner_text()
    assert "18.40" in told and "25.45" in told
    assert "99.99" not in page.content() and "evil" not in page.content()
    assert "openai:scripted" in page.locator(".q-footer").inner_text()
    assert KEY not in page.content()
    is_sound(page)
    page.screenshot(path=SCREENSHOTS / "model.png")
