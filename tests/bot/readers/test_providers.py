"""How a chat model is named and reached."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from bot.errors import ModelUnknown
from bot.readers import providers


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in providers.PROVIDERS.values():
        for name in (provider.key, *provider.urls):
            if name:
                monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", ["", "gpt-4.1", ":x", "openai:"])
def test_a_name_has_a_provider(name: str) -> None:
    with pytest.raises(ModelUnknown, match="write it as provider:name"):
        providers.connect(name)


@pytest.mark.parametrize("name", ["openai:gpt-4.1-mini", "anthropic:claude-sonnet-4-5"])
def test_a_missing_key_is_told_by_its_variable(name: str) -> None:
    with pytest.raises(ModelUnknown, match=r"(OPENAI|ANTHROPIC)_API_KEY is not set"):
        providers.connect(name)


@pytest.mark.parametrize("name", ["openai", "anthropic", "ollama"])
def test_a_missing_package_is_told_by_its_extra(name: str, monkeypatch: Any) -> None:
    from langchain.chat_models import base

    base._get_chat_model_creator.cache_clear()
    monkeypatch.setitem(sys.modules, f"langchain_{name}", None)
    with pytest.raises(ModelUnknown, match=rf"pip install 'quotient\[{name}\]'"):
        providers.connect(f"{name}:x", "http://127.0.0.1:9/v1")


def test_other_providers_are_told_what_to_install() -> None:
    with pytest.raises(ModelUnknown, match="pip install langchain-mistralai"):
        providers.connect("mistralai:small")
    with pytest.raises(ModelUnknown, match="Known here: openai, anthropic, ollama"):
        providers.connect("nobody:small")


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    model: Any = providers.connect("openai:qwen3", "http://127.0.0.1:9/v1")
    assert str(model.openai_api_base) == "http://127.0.0.1:9/v1" and model.temperature == 0
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8/v1")
    found: Any = providers.connect("openai:qwen3")
    assert str(found.root_client.base_url) == "http://127.0.0.1:8/v1/"


def test_keys_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    for name in ("openai:gpt-4.1-mini", "anthropic:claude-sonnet-4-5"):
        model = providers.connect(name)
        assert "sk-secret" not in f"{model!r} {model} {model.model_dump_json()}"


def test_what_is_known_of_a_model_settles_how_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    known = {"openai:gpt-4.1-mini": "native", "openai:gpt-3.5-turbo": "text", "openai:x": "native"}
    for name, form in {**known, "anthropic:claude-sonnet-4-5": "tool"}.items():
        assert providers.first_form(name, providers.connect(name)) == form
    thinking: Any = providers.connect("openai:gpt-5-mini")
    assert thinking.temperature is None
