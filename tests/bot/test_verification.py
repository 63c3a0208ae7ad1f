"""Saved answers are checked again: true, stale and false are told apart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import answers, exports, verification
from bot.errors import AnswerMalformed

from .true_drafts import ROOT, by_hand, world

CORPUS = ROOT / "corpus"
FROM_CORPUS = [one for one in by_hand() if one.draft.sources[0].article_id.startswith("china-")]


def _saved(id: str) -> dict[str, Any]:
    true = next(one for one in by_hand() if one.id == id)
    answer = world().check(true.draft, true.query).answer
    saved: dict[str, Any] = json.loads(json.dumps(answers.to_json(answer)))
    return saved


@pytest.mark.parametrize("one", FROM_CORPUS, ids=lambda one: one.id)
def test_what_the_proof_let_through_is_true(one: Any) -> None:
    found = verification.verify(_saved(one.id), CORPUS)
    assert found.state == "true", found.findings


def test_json_comes_back_as_it_went() -> None:
    saved = _saved("imports-derived")
    assert answers.to_json(answers.from_json(saved)) == saved
    assert saved["calculations"][0]["value"] == "18400000000000"
    assert saved["calculations"][0]["low"] == "18390000000000"


def _at(*path: Any) -> Callable[[dict[str, Any], Any], None]:
    def change(saved: dict[str, Any], value: Any) -> None:
        place: Any = saved
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("citations", 0, "quote"), "China's trade reached 43.85 trillion yuan."),
        (("citations", 0, "start"), 1),
        (("figures", 0, "value"), "43950000000000"),
        (("figures", 0, "unit"), "USD"),
        (("figures", 0, "start"), 40),
        (("figures", 0, "text"), "43.85 trillion"),
        (("figures", 1, "period"), "2019"),
        (("calculations", 0, "value"), "18500000000000"),
        (("calculations", 0, "high"), "18420000000000"),
        (("calculations", 0, "operation"), "sum"),
        (("calculations", 0, "operands"), ["f2", "f1"]),
        (("calculations", 0, "formula"), "43.85 trillion yuan − 25.45 trillion yuan = 18"),
        (("calculations", 0, "identity"), "profit"),
        (("numbers", 0, "proof"), "f9"),
        (("numbers", 0, "start"), 3),
        (("numbers",), []),
        (("sentences", 0, "citations"), [1, 7]),
        (("sentences", 0, "citations"), []),
        (("sentences",), []),
    ],
    ids=str,
)
def test_a_forged_answer_is_false(path: tuple[Any, ...], value: Any) -> None:
    saved = _saved("imports-derived")
    _at(*path)(saved, value)
    assert verification.verify(saved, CORPUS).state == "false"


@pytest.mark.parametrize(
    ("old", "new"),
    [("18.40", "18.60"), ("imports", "tourism"), ("about 18.40", "18.40"), ("yuan", "dollars")],
)
def test_altered_text_is_false(old: str, new: str) -> None:
    saved = _saved("imports-derived")
    shift = len(new) - len(old)
    saved["text"] = saved["text"].replace(old, new)
    saved["sentences"][0]["end"] += shift
    assert verification.verify(saved, CORPUS).state == "false"


def test_an_edited_article_makes_an_answer_stale(tmp_path: Path) -> None:
    saved = _saved("imports-derived")
    shutil.copytree(CORPUS, tmp_path / "corpus")
    path = tmp_path / "corpus" / "china-foreign-trade-2024.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text("A new first line.\n\n" + text, encoding="utf-8")
    found = verification.verify(saved, tmp_path / "corpus")
    assert (found.state, found.exit_code) == ("stale", 3)
    assert any("has changed" in finding for finding in found.findings)
    path.write_text(text.replace("25.45 trillion", "25.55 trillion"), encoding="utf-8")
    found = verification.verify(saved, tmp_path / "corpus")
    assert any("no longer stands" in finding for finding in found.findings)
    path.unlink()
    assert verification.verify(saved, tmp_path / "corpus").state == "stale"


def test_false_arithmetic_stays_false_beside_an_edited_article(tmp_path: Path) -> None:
    saved = _saved("imports-derived")
    saved["calculations"][0]["value"] = "1"
    assert verification.verify(saved, tmp_path).state == "false"


def test_an_article_outside_the_corpus_is_not_read(tmp_path: Path) -> None:
    saved = _saved("imports-derived")
    for citation in saved["citations"]:
        citation["article"] = "../corpus/china-foreign-trade-2024.txt"
    assert verification.verify(saved, CORPUS / "x").state != "true"


@pytest.mark.parametrize("saved", [None, [], {}, {"schema": 2}, {"schema": 1}, [3], "x"], ids=str)
def test_what_is_no_answer_says_so(saved: Any) -> None:
    with pytest.raises(AnswerMalformed):
        verification.verify(saved, CORPUS)


# Exports


def test_an_exported_conversation_verifies() -> None:
    told = [answers.from_json(_saved(one.id)) for one in FROM_CORPUS[:4]]
    text = exports.markdown(told)
    assert "[^4-1]:" in text
    assert "43.85 trillion yuan − 25.45 trillion yuan = about 18.40 trillion yuan" in text
    assert verification.verify(exports.load(text), CORPUS).state == "true"
    as_json = json.dumps(exports.to_json(told))
    assert verification.verify(exports.load(as_json), CORPUS).state == "true"


def test_an_edited_export_is_refused() -> None:
    text = exports.markdown([answers.from_json(_saved("imports-derived"))])
    with pytest.raises(AnswerMalformed, match="edited"):
        exports.load(text.replace("18.40 trillion yuan is left", "19.40 trillion is left", 1))


def test_article_text_is_not_read_as_markdown() -> None:
    saved = _saved("imports-derived")
    saved["question"] = "<script>*x* --> [a](b)"
    text = exports.markdown([answers.from_json(saved)])
    assert "<script>" not in text.split("<!-- proof")[0]
    assert text.count("-->") == 1 + text.split("<!-- proof")[0].count("-->")
