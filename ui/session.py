"""What the window keeps: one bot for all tabs, one conversation for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import streamlit as st

from bot.settings import Settings
from ingest.errors import IndexMissing
from ui.conversation import Exchange

if TYPE_CHECKING:
    from bot.chain import Bot
    from ingest.embedding import Embedding

EXTRACTIVE = "Extractive reader"
OTHER = "Another model…"
STALE_TTL_S = 15


def exchanges() -> list[Exchange]:
    """The conversation of this tab."""
    return cast(list[Exchange], st.session_state.setdefault("exchanges", []))


def forget() -> None:
    """Begin a new conversation."""
    st.session_state["exchanges"] = []


def pending_question() -> str | None:
    """A suggestion that was clicked, once."""
    return cast(str | None, st.session_state.pop("pending", None))


def ask_next(question: str) -> None:
    """Put a suggestion where `pending_question` finds it."""
    st.session_state["pending"] = question


def chosen_model(settings: Settings) -> str | None:
    """The model picked in the sidebar; None is the extractive reader."""
    picked = st.session_state.get("model", settings.model or EXTRACTIVE)
    if picked == OTHER:
        return str(st.session_state.get("other_model", "")).strip() or None
    return None if picked == EXTRACTIVE else str(picked)


def chosen_article() -> str | None:
    """The one article to ask about; None asks all."""
    return st.session_state.get("article") or None


def bot(settings: Settings) -> Bot:
    """The bot of these settings, opened once and shared; raises IngestError, BotError."""
    return _open(settings)


@st.cache_resource(show_spinner=False, max_entries=8)
def _open(settings: Settings) -> Bot:
    from bot.chain import Bot

    return Bot.open(settings, embedding=embedding(settings))


def embedding(settings: Settings, tell: Callable[[str], None] | None = None) -> Embedding:
    """The embedding model, loaded once and shared; `tell` is given lines while it is prepared."""
    from ingest.embedding import load

    known = _embeddings()
    if settings.embedding not in known:
        known[settings.embedding] = load(settings.embedding, tell=tell)
    return known[settings.embedding]


@st.cache_resource(show_spinner=False)
def _embeddings() -> dict[str | None, Embedding]:
    return {}


@st.cache_data(show_spinner=False, ttl=STALE_TTL_S)
def is_stale(settings: Settings) -> bool:
    """Whether the corpus folder has changed since it was read; looked up every few seconds."""
    folder = corpus(settings)
    return folder.is_dir() and bot(settings).index.is_stale(folder)


def corpus(settings: Settings) -> Path:
    """The folder that the index was made from, where there is one; else the one named."""
    try:
        return bot(settings).index.corpus or settings.corpus
    except IndexMissing:
        return settings.corpus


def reopen() -> None:
    """Open the index again when it is next asked for."""
    _open.clear()
    is_stale.clear()


@st.cache_data(show_spinner=False)
def starters(settings: Settings, generation: int) -> list[str]:
    """Suggested questions for this state of the index."""
    from ui.starters import suggest

    return suggest(bot(replace(settings, model=None)))
