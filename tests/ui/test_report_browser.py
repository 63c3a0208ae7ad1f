"""The report page in a real browser: filters, failures, dark mode, a narrow window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from bot.evaluation import pages, runs
from bot.evaluation.comparison import compare_runs
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import Scripted, case, imports
from tests.bot.evaluation.test_runs import HEADER
from tests.ui.conftest import ROOT
from tests.ui.test_browser import CHROMIUM, FLAGS, SCREENSHOTS
from ui.cli import app

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVERY = 3  # of the questions over the two articles, asked for the screenshot
EVIL = "<img src=x onerror=document.title='evil'><script>document.title='evil'</script>"
CASES = [
    imports(question="What were imports in 2024?", tags=["paraphrase"]),
    imports(id="wrong", question=f"And in dollars? {EVIL}", value="2500000000000", unit="USD"),
    case(id="mars", question="Imports of Mars?", kind="unanswerable", tags=["entity"]),
    imports(id="lost", question="Imports, roughly?", kind="quoted", operation=None),
]
REPLIES = {
    "imports": examples.residual(),
    "wrong": examples.residual(f"{EVIL} about 18.40 trillion yuan. [1][2]"),
    "mars": examples.abstention(),
    "lost": examples.abstention(),
}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a failure of each sort, against a baseline that was better in one."""
    before = runs.run(Scripted({**REPLIES, "lost": examples.residual()}), CASES, header=HEADER)
    after = runs.run(Scripted(REPLIES), CASES, header=replace(HEADER, started="2026-11-22"))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(pages.render(after, compare_runs(before, after)), encoding="utf-8")
    return path


@pytest.fixture
def page(report: Path) -> Iterator[Page]:
    """The report with a failure of each sort."""
    with opened(report) as page:
        yield page


@contextmanager
def opened(report: Path) -> Iterator[Page]:
    """A report, opened as a file; it asks for nothing else and nothing fails in it."""
    if shutil.which(CHROMIUM) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI has no browser at {CHROMIUM}")
        pytest.skip(f"no browser at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text))
        page.on("request", lambda sent: troubles.append(sent.url))
        page.goto(report.as_uri())
        yield page
        browser.close()
    assert set(troubles) == {report.as_uri()}


def shown(page: Page) -> list[str]:
    return [row.get_attribute("id") or "" for row in page.locator("details.row:visible").all()]


def test_failure_tells_expected_got_evidence_and_why(page: Page) -> None:
    row = page.locator("#wrong")
    row.locator("summary").click()
    told = row.inner_text()
    assert "wrong derivation" in told
    assert "2,500,000,000,000 USD" in told
    assert "expected 2,500,000,000,000 USD, got 18,400,000,000,000 CNY" in told
    assert "Evidence retrieved, best first" in told
    assert page.title() == "Evaluation of seed"
    assert page.locator("img").count() == 0


def test_filters_narrow_and_are_kept_in_the_address(page: Page) -> None:
    assert shown(page) == ["imports", "wrong", "mars", "lost"]
    page.select_option("select[name=failure]", "any")
    assert shown(page) == ["wrong", "lost"]
    page.fill("input[name=text]", "roughly")
    assert shown(page) == ["lost"]
    assert page.locator("#count").inner_text() == "1 of 4 questions"
    assert page.evaluate("location.hash") == "#text=roughly&failure=any"
    page.reload()
    assert shown(page) == ["lost"]


def test_tag_kind_and_change_filters(page: Page) -> None:
    page.select_option("select[name=tag]", "entity")
    assert shown(page) == ["mars"]
    page.select_option("select[name=tag]", "")
    page.select_option("select[name=kind]", "quoted")
    assert shown(page) == ["lost"]
    page.select_option("select[name=kind]", "")
    page.select_option("select[name=change]", "worse")
    assert shown(page) == ["lost"]


def test_narrow_and_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_report_of_the_command_against_the_committed_baseline(
    indexed: Path, tmp_path: Path
) -> None:
    """`quotient eval --baseline --report`, its failures picked out and one of them opened."""
    asked = yaml.safe_load((ROOT / "corpus" / "questions.yaml").read_text(encoding="utf-8"))
    questions, folder = tmp_path / "questions.yaml", tmp_path / "report"
    questions.write_text(yaml.safe_dump(asked[::EVERY]), encoding="utf-8")
    baseline = ROOT / "tests" / "data" / "baseline" / "questions.jsonl"
    words = ["eval", questions, "--corpus", indexed, "--baseline", baseline, "--report", folder]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code in (0, 1), result.stderr
    with opened(folder / "report.html") as page:
        assert len(shown(page)) == len(asked[::EVERY])
        page.select_option("select[name=failure]", "any")
        failed = shown(page)
        assert 0 < len(failed) < len(asked[::EVERY])
        page.locator(f"#{failed[0]} summary").click()
        assert "Evidence retrieved, best first" in page.locator(f"#{failed[0]}").inner_text()
        page.screenshot(path=SCREENSHOTS / "report.png", full_page=True)
