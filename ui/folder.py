"""The corpus folder as the window sees it: opened, empty, changed since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bot.errors import BotError, ModelError
from bot.settings import Settings
from ingest.errors import CorpusEmpty, CorpusMissing, IndexMissing, IngestError
from ui import cards, drawing, session
from ui.answering import unexpected

if TYPE_CHECKING:
    from bot.chain import Bot
    from ingest.syncing import Progress


def open_or_stop(settings: Settings) -> Bot:
    """The bot; where there can be none, the page says what to do and ends here."""
    bot = _open_or_explain(settings)
    if bot is None:
        st.stop()
    assert bot is not None
    return bot


def _open_or_explain(settings: Settings) -> Bot | None:
    place = st.empty()
    place.html(cards.working("Opening your articles"))
    try:
        session.embedding(settings, tell=lambda doing: place.html(cards.working(doing)))
        bot = _open(settings)
    except (CorpusMissing, CorpusEmpty):
        bot = None
    except ModelError as error:
        place.html(cards.trouble(f"{error} Choose another reader in the sidebar."))
        return None
    except (BotError, IngestError) as error:
        place.html(cards.trouble(str(error)))
        return None
    except Exception as error:
        place.html(cards.trouble(unexpected(error)))
        return None
    place.empty()
    if bot is None or not bot.index.article_ids():
        _draw_empty(settings)
        return None
    return bot


def _open(settings: Settings) -> Bot:
    try:
        return session.bot(settings)
    except IndexMissing:
        resync(settings)
        return session.bot(settings)


def _draw_empty(settings: Settings) -> None:
    drawing.empty(str(settings.corpus.resolve()))
    if st.button("Read the folder", icon=":material/sync:", type="primary"):
        _resync_and_tell(settings)


def offer_resync(place: DeltaGenerator, settings: Settings) -> None:
    """A word and a button when the folder has changed since it was read."""
    if session.is_stale(settings):
        with place:
            st.html(cards.note("The folder has changed since it was read."))
            if st.button("Read the changes", icon=":material/sync:", width="stretch"):
                _resync_and_tell(settings)
    told = st.session_state.pop("resynced", None)
    if told:
        st.toast(told, icon=":material/check:")


def _resync_and_tell(settings: Settings) -> None:
    try:
        st.session_state["resynced"] = resync(settings)
    except IngestError as error:
        st.html(cards.trouble(str(error)))
    else:
        st.rerun()


def resync(settings: Settings) -> str:
    """Sync the index with a progress bar on the page; returns what changed, in words."""
    settings = replace(settings, corpus=session.corpus(settings))
    from contextlib import closing

    from ui.syncing import open_index, summary

    bar = st.progress(0.0, "Reading the articles")

    def progress(now: Progress) -> None:
        bar.progress(now.done / max(now.total, 1), f"Reading article {now.done} of {now.total}")

    try:
        with closing(open_index(settings, session.embedding(settings))) as index:
            report = index.sync(settings.corpus, progress=progress)
    finally:
        bar.empty()
        session.reopen()
    return " ".join([summary(report), *map(str, report.failed)])


def draw_starters(place: DeltaGenerator, settings: Settings, bot: Bot) -> None:
    """Suggested questions for an empty conversation."""
    questions = session.starters(settings, bot.index.generation)
    if not questions:
        return
    place.html('<div class="q-label">For example</div>')
    with place.container(key="starter-questions", gap="xsmall"):
        for number, question in enumerate(questions):
            st.button(
                drawing.label(question), key=f"suggested-{number}", width="stretch",
                icon=":material/arrow_outward:", on_click=session.ask_next, args=(question,),
            )  # fmt: skip
