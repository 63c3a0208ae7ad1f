"""The window, driven without a browser; what it looks like is the browser test's matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from bot.answers import Answer
from bot.chain import Bot
from bot.errors import ModelUnavailable
from bot.settings import Settings
from tests.ui.conftest import copy_articles
from ui import feedback, session

APP = Path(session.__file__).with_name("app.py")
IMPORTS = "What were China's imports in 2024?"


@pytest.fixture
def window(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(indexed, monkeypatch)


def opened(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("QUOTIENT_CORPUS", str(corpus))
    for cached in (session._open, session.is_stale, session.starters):
        cached.clear()
    return AppTest.from_file(str(APP), default_timeout=60).run()


def ask(window: AppTest, question: str) -> AppTest:
    window.chat_input[0].set_value(question).run()
    assert not window.exception
    return window


def drawn(window: AppTest) -> str:
    """All HTML on the page but its style sheet."""
    blocks = [block.proto.body for block in window.get("html")]
    return "\n".join(block for block in blocks if not block.startswith("<style>"))


def labels(window: AppTest) -> list[str]:
    return [button.label for button in window.button]


def test_an_answer_with_its_evidence(window: AppTest) -> None:
    ask(window, IMPORTS)
    html = drawn(window)
    assert "about 18.40 trillion yuan" in html
    assert "43.85 trillion yuan − 25.45 trillion yuan" in html
    assert html.count('<span class="q-chip"') >= 2
    assert "<mark>" in html
    assert len(window.expander) >= 3
    assert any("Computed" in expander.label for expander in window.expander)
    for quoted in ("43.85 trillion yuan", "25.45 trillion yuan"):
        assert any(quoted.replace(".", "\\.") in expander.label for expander in window.expander)


def test_history_makes_a_follow_up_whole(window: AppTest) -> None:
    ask(window, "What were China's exports in 2024?")
    ask(window, "And imports?")
    html = drawn(window)
    assert html.count('class="q-asked"') == 2
    assert "Understood as" in html
    assert "18.40 trillion yuan" in html


def test_an_abstention_offers_what_is_near(
    window: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Answer("Q?", "Q?", "abstained", "The articles do not say.", nearest="$3 in <2024>")
    monkeypatch.setattr(Bot, "stream", lambda *_, **__: iter([said]))
    html = drawn(ask(window, "Q?"))
    assert "Not in the articles" in html
    assert "$3 in &lt;2024&gt;" in html


def test_starters_come_from_the_corpus_and_are_answered(window: AppTest) -> None:
    starters = [button for button in window.button if button.key.startswith("suggested-")]
    assert starters
    starters[0].click().run()
    assert not window.exception
    assert "Not in the articles" not in drawn(window)
    assert "q-answer" in drawn(window)


def test_the_sidebar_lists_the_articles(window: AppTest) -> None:
    html = drawn(window)
    assert html.count('class="q-article"') == 2
    assert "figures" in html
    assert [box.label for box in window.selectbox] == ["Ask about", "Reader"]


def test_one_article_alone_is_asked(window: AppTest) -> None:
    window.selectbox(key="article").select("china-services-trade-2024.txt").run()
    ask(window, "What were China's exports in 2024?")
    assert "25.45 trillion yuan" not in drawn(window)


def test_export_and_new_conversation(window: AppTest) -> None:
    assert not window.get("download_button")
    ask(window, IMPORTS)
    assert [button.proto.label for button in window.get("download_button")] == ["Markdown", "JSON"]
    next(b for b in window.button if b.label == "New conversation").click().run()
    assert "q-asked" not in drawn(window)


def test_a_thumb_is_kept_beside_the_index(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = ask(opened(own, monkeypatch), IMPORTS)
    window.feedback[0].set_value(1).run()
    settings = Settings(corpus=own)
    assert [entry["good"] for entry in feedback.read(settings)] == [True]
    assert any("Feedback" in b.proto.label for b in window.get("download_button"))


def test_a_model_that_fails_leaves_the_window_usable(
    window: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ModelUnavailable("openai:gpt", "it timed out.")

    with monkeypatch.context() as patched:
        patched.setattr(Bot, "stream", fail)
        ask(window, IMPORTS)
    assert "it timed out" in drawn(window)
    assert "extractive reader" in drawn(window)
    ask(window, IMPORTS)
    assert "18.40 trillion yuan" in drawn(window)


def test_a_fault_of_ours_is_told_kindly(window: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(Bot, "stream", fail)
    ask(window, IMPORTS)
    assert "ZeroDivisionError" in drawn(window)
    assert "secret detail" not in drawn(window)


def test_an_unknown_model_is_told(window: AppTest) -> None:
    window.selectbox(key="model").select(session.OTHER).run()
    window.text_input(key="other_model").set_value("nonsense").run()
    assert not window.exception
    assert "provider:name" in drawn(window)
    window.selectbox(key="model").select(session.EXTRACTIVE).run()
    ask(window, IMPORTS)
    assert "18.40 trillion yuan" in drawn(window)


def test_an_empty_corpus_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened(tmp_path, monkeypatch)
    assert not window.exception
    assert "no articles yet" in drawn(window)
    copy_articles(tmp_path)
    next(b for b in window.button if b.label == "Read the folder").click().run()
    assert not window.exception
    ask(window, IMPORTS)
    assert "18.40 trillion yuan" in drawn(window)


def test_a_changed_folder_is_offered_and_read(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = opened(own, monkeypatch)
    assert "Read the changes" not in labels(window)
    (own / "tea.txt").write_text("Tea News\n\nTea sales reached 3 million tonnes in 2023.\n")
    session.is_stale.clear()
    window.run()
    next(b for b in window.button if b.label == "Read the changes").click().run()
    assert not window.exception
    assert drawn(window).count('class="q-article"') == 3
    assert "Read the changes" not in labels(window)


def test_article_text_is_inert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evil.txt").write_text(
        "Evil <img src=http://e.org/x.png> ![x](http://e.org/y.png) News\n\n"
        "The price of zinc <script>alert(1)</script> rose to $2,931 a tonne in 2024.\n"
    )
    window = ask(opened(tmp_path, monkeypatch), "What was the price of zinc in 2024?")
    html = drawn(window)
    assert "$2,931" in html
    assert "<script" not in html and "<img" not in html
    for expander in window.expander:
        assert "](" not in expander.label and "$2" not in expander.label.replace("\\$2", "")


def test_exports_hold_the_conversation(window: AppTest) -> None:
    from ui import conversation

    ask(window, IMPORTS)
    exchanges = window.session_state["exchanges"]
    assert "18.40 trillion yuan" in conversation.as_markdown(exchanges)
    saved = json.loads(conversation.as_json(exchanges))
    assert saved["answers"][0]["question"] == IMPORTS
