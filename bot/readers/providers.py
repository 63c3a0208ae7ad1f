"""Providers: the chat models that can read, and how each is reached.

A model is named "provider:name" ("openai:gpt-4.1-mini", "ollama:qwen3:8b"). Keys stay in the
environment, where the provider's own client finds them; nothing here keeps or shows one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.errors import ModelUnknown

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Form = Literal["native", "tool", "text"]

DEFAULT_TIMEOUT_S = 60.0
OLLAMA_CONTEXT_TOKENS = 8_192
NO_KEY = "none"  # what a server of one's own is sent, as its client insists on a key


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of the table.

    key: environment variable that holds the key, None where none is needed
    urls: environment variables that its client reads the address from
    form: how structured output is asked for first
    options: for the client, with `timeout_s` to be filled in
    """

    name: str
    package: str
    key: str | None
    urls: tuple[str, ...]
    form: Form
    options: Mapping[str, Any] = field(default_factory=dict)


PROVIDERS: Mapping[str, Provider] = {
    provider.name: provider
    for provider in (
        Provider(
            "openai",
            "langchain_openai",
            "OPENAI_API_KEY",
            ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
            "native",
            {"max_retries": 0, "stream_usage": True},
        ),
        Provider(
            "anthropic",
            "langchain_anthropic",
            "ANTHROPIC_API_KEY",
            ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"),
            "tool",
            {"max_retries": 0},
        ),
        Provider(
            "ollama",
            "langchain_ollama",
            None,
            ("OLLAMA_HOST",),
            "native",
            {"temperature": 0, "num_ctx": OLLAMA_CONTEXT_TOKENS},
        ),
    )
}


def provider_of(name: str) -> Provider:
    """The provider of "provider:name"; raises ModelUnknown when it is not of that form."""
    prefix, _, model = name.partition(":")
    if not prefix or not model:
        raise ModelUnknown(
            name, 'write it as provider:name, such as "openai:gpt-4.1-mini" or "ollama:qwen3:8b".'
        )
    key = prefix.replace("-", "_").lower()
    return PROVIDERS.get(key) or Provider(key, f"langchain_{key}", None, (), "tool")


def connect(
    name: str, base_url: str | None = None, timeout_s: float = DEFAULT_TIMEOUT_S
) -> BaseChatModel:
    """The chat model "provider:name"; nothing is sent yet. Raises ModelUnknown.

    base_url: of a server that speaks the provider's language; its client's own environment
        variable serves too (OPENAI_BASE_URL)
    """
    provider = provider_of(name)
    options = {
        **provider.options,
        **_address(provider, name, base_url),
        **_limits(provider, timeout_s),
    }
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(
            name.partition(":")[2], model_provider=provider.name, **options
        )
    except ImportError as error:
        raise ModelUnknown(name, _missing_package(provider)) from error
    except Exception as error:  # a client's own checks raise as they please
        raise ModelUnknown(name, _rejected(provider)) from error
    return _steadied(model)


def _address(provider: Provider, name: str, base_url: str | None) -> dict[str, Any]:
    """Where the server is; a server of one's own needs no key, the provider's does."""
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    if provider.key is None or os.environ.get(provider.key):
        return options
    if not base_url and not any(os.environ.get(url) for url in provider.urls):
        raise ModelUnknown(
            name, f"{provider.key} is not set. Put the key into that environment variable."
        )
    return {**options, "api_key": NO_KEY}


def _limits(provider: Provider, timeout_s: float) -> dict[str, Any]:
    if provider.name == "ollama":
        return {"client_kwargs": {"timeout": timeout_s}}
    return {"timeout": timeout_s} if provider.name in PROVIDERS else {}


def _steadied(model: BaseChatModel) -> BaseChatModel:
    """The model at temperature 0, where it is not known to refuse one."""
    profile = getattr(model, "profile", None) or {}
    if profile.get("temperature", True) and getattr(model, "temperature", 0) is None:
        model.temperature = 0.0  # type: ignore[attr-defined]
    return model


def first_form(name: str, model: BaseChatModel) -> Form:
    """How structured output is asked for first: by what is known of the model."""
    profile = getattr(model, "profile", None) or {}
    form = provider_of(name).form
    if form == "native" and profile.get("structured_output", True) is False:
        form = "tool"
    return "text" if form == "tool" and profile.get("tool_calling", True) is False else form


def _missing_package(provider: Provider) -> str:
    package = provider.package.replace("_", "-")
    if provider.name in PROVIDERS:
        return f"{package} is not installed. Run `pip install 'quotient[{provider.name}]'`."
    return f"{package} is not installed. Run `pip install {package}`, if there is such a provider."


def _rejected(provider: Provider) -> str:
    known = ", ".join(PROVIDERS)
    if provider.name not in PROVIDERS:
        return f"there is no such provider, or it needs settings of its own. Known here: {known}."
    return "its client rejects the settings. Check the name and the address of the server."
