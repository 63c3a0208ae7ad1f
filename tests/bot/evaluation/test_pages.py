"""The report is one page that loads nothing and lets nothing of an article run."""

import re
from dataclasses import replace

from bot.evaluation import pages, runs
from bot.evaluation.comparison import compare_runs
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import Scripted
from tests.bot.evaluation.test_runs import CASES, HEADER, REPLIES

EVIL = '<script>alert(1)</script><img src="https://example.org/x">'


def test_page_holds_expected_got_evidence_and_why() -> None:
    page = pages.render(runs.run(Scripted(REPLIES), CASES, header=HEADER))
    assert "Evaluation of seed" in page
    assert 'data-failure="wrong derivation"' in page
    assert "expected 1 CNY, got 18,400,000,000,000 CNY" in page
    assert "43.85 − 25.45 = about 18.40 trillion yuan" in page
    assert "Evidence retrieved" in page


def test_untrusted_text_is_inert() -> None:
    replies = {**REPLIES, "imports": replace(examples.residual(), text=EVIL + " 18.40")}
    cases = [examples.imports(question=EVIL, tags=[EVIL]), *CASES[1:]]
    page = pages.render(runs.run(Scripted(replies), cases, header=HEADER))
    assert page.count("<script>") == 1
    assert "<img" not in page


def test_page_loads_nothing() -> None:
    page = pages.render(runs.run(Scripted(REPLIES), CASES))
    assert not re.search(r'(?:src|href)="', page)
    assert "default-src 'none'" in page.replace("&#x27;", "'")


def test_changes_are_marked_against_the_baseline() -> None:
    before = runs.run(Scripted(REPLIES), CASES)
    worse = {**REPLIES, "mars": examples.residual()}
    after = runs.run(Scripted(worse), CASES)
    page = pages.render(after, compare_runs(before, after))
    assert 'id="mars" data-kind="unanswerable" data-failure="wrongly answered"' in page
    assert 'data-change="worse"' in page


def test_condensed_run_has_a_page_too() -> None:
    run = runs.condense(runs.run(Scripted(REPLIES), CASES))
    assert "not kept in this run" in pages.render(run)
