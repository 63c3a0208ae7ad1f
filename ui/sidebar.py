"""The sidebar: the articles, who reads, and what can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bot.settings import Settings
from ui import cards, conversation, drawing, feedback, session
from ui.escaping import shortened

if TYPE_CHECKING:
    from bot.chain import Bot

MAX_LISTED = 40


class Places(NamedTuple):
    """The sidebar's parts from top to bottom, each filled when it can be."""

    head: DeltaGenerator
    changes: DeltaGenerator
    articles: DeltaGenerator
    reader: DeltaGenerator
    exports: DeltaGenerator


def lay_out() -> Places:
    """Empty parts in their order."""
    return Places(*(st.sidebar.container() for _ in Places._fields))


def draw_head(place: DeltaGenerator) -> None:
    """What needs no index: name and new conversation."""
    with place:
        st.html(drawing.brand())
        if session.exchanges():
            st.button(
                "New conversation", icon=":material/edit_square:", width="stretch",
                on_click=session.forget,
            )  # fmt: skip


def draw_model(place: DeltaGenerator, settings: Settings) -> None:
    """Who reads. Keys come from the environment alone: none is asked for, shown or kept."""
    with place:
        st.header("Reader")
        named = [settings.model] if settings.model else []
        st.selectbox(
            "Reader", [session.EXTRACTIVE, *named, session.OTHER], key="model",
            index=len(named), label_visibility="collapsed",
        )  # fmt: skip
        if st.session_state.get("model") == session.OTHER:
            st.text_input(
                "Model", key="other_model", placeholder="provider:name",
                help="A chat model that LangChain can reach. Its key is read from the "
                "provider's environment variable.",
            )  # fmt: skip


def draw_articles(place: DeltaGenerator, bot: Bot) -> None:
    """The articles, and the choice of asking one of them alone."""
    titles = article_titles(bot)
    with place:
        st.header(f"{len(titles)} article{'' if len(titles) == 1 else 's'}")
        st.selectbox(
            "Ask about", ["", *titles], key="article", label_visibility="collapsed",
            format_func=lambda id: shortened(titles[id], 60) if id else "Ask all articles",
        )  # fmt: skip
        chosen = session.chosen_article()
        listed = [chosen] if chosen else list(titles)[:MAX_LISTED]
        st.html("".join(_entry(bot, id, is_chosen=id == chosen) for id in listed))
        if len(titles) > len(listed) and not chosen:
            st.caption(f"and {len(titles) - len(listed)} more")


def article_titles(bot: Bot) -> dict[str, str]:
    """Titles by id, the latest article first, those without a date last."""
    articles = [bot.index.article(id) for id in bot.index.article_ids()]
    articles.sort(key=lambda article: (article.published or "", article.id), reverse=True)
    return {article.id: article.title for article in articles}


def _entry(bot: Bot, id: str, *, is_chosen: bool) -> str:
    article = bot.index.article(id)
    return cards.article(
        article.title, article.published, len(bot.index.figures(id)), is_chosen=is_chosen
    )


def draw_exports(place: DeltaGenerator, settings: Settings) -> None:
    """The conversation and the feedback as files."""
    exchanges = session.exchanges()
    judged = feedback.read(settings)
    with place:
        if conversation.answers(exchanges) or judged:
            st.header("Take away")
        if conversation.answers(exchanges):
            left, right = st.columns(2)
            left.download_button(
                "Markdown", lambda: conversation.as_markdown(exchanges), "conversation.md",
                icon=":material/download:", width="stretch", on_click="ignore",
            )  # fmt: skip
            right.download_button(
                "JSON", lambda: conversation.as_json(exchanges), "conversation.json",
                icon=":material/download:", width="stretch", on_click="ignore",
            )  # fmt: skip
        if judged:
            st.download_button(
                f"Feedback as questions ({len(judged)})",
                lambda: feedback.as_questions(settings), "feedback-questions.yaml",
                icon=":material/thumbs_up_down:", width="stretch", on_click="ignore",
            )  # fmt: skip
