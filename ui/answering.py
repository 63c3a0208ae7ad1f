"""The conversation on the page: questions, answers with their evidence, one being worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from bot.errors import BotError, ModelError
from bot.settings import Settings
from ingest.errors import IngestError
from ui import cards, feedback, session
from ui.conversation import Exchange, turns
from ui.escaping import html, markdown, shortened

if TYPE_CHECKING:
    from bot.answers import Answer, Calculation, Citation
    from bot.chain import Bot
    from ingest import Article

_DOING = {"searching": "Searching the articles", "reading": "Reading what was found"}
_QUOTE_CHARS, _TITLE_CHARS = 76, 40


def draw_question(question: str) -> None:
    """What was asked."""
    with st.chat_message("user"):
        st.html(f'<div class="q-asked">{html(question)}</div>')


def draw_exchange(settings: Settings, bot: Bot | None, exchange: Exchange, number: int) -> None:
    """A question with its answer, or with what went wrong."""
    draw_question(exchange.question)
    with st.chat_message("assistant"):
        if exchange.answer is not None:
            draw_answer(settings, bot, exchange.answer, number)
        else:
            st.html(cards.trouble(exchange.trouble or "No answer came."))


def draw_answer(settings: Settings, bot: Bot | None, answer: Answer, number: int) -> None:
    """The answer, what it rests on, and the thumbs."""
    if is_other(answer.understood, answer.question):
        st.html(cards.understood(answer.understood))
    st.html(cards.answer(answer))
    for drawn, text in ((cards.nearest, answer.nearest), (cards.note, answer.note)):
        if text and text not in answer.text:
            st.html(drawn(text))
    with st.container(gap="xsmall"):
        for citation in answer.citations:
            _draw_citation(bot, citation)
        if answer.calculations:
            formula = markdown(answer.calculations[-1].formula)
            with st.expander(f"**Computed** \u2002{formula}", icon=":material/calculate:"):
                for calculation in answer.calculations:
                    st.html(cards.calculation(answer, calculation, _law(bot, calculation)))
    _draw_foot(settings, answer, number)


def is_other(understood: str, question: str) -> bool:
    """Whether a question was made whole, not merely tidied."""
    bare = ["".join(c for c in q.casefold() if c.isalnum()) for q in (understood, question)]
    return bare[0] != bare[1]


def _law(bot: Bot | None, calculation: Calculation) -> str | None:
    """The identity that a result follows from: "total trade = exports + imports"."""
    from bot import identities

    if calculation.identity is None:
        return None
    for law in identities.read(bot.index.corpus if bot else None):
        if law.name == calculation.identity:
            parts = [(" − " if part.signed else " + ") + part.names[0] for part in law.parts]
            return f"{law.name} = {''.join(parts).removeprefix(' + ')}"
    return calculation.identity


def _draw_citation(bot: Bot | None, citation: Citation) -> None:
    quote = markdown(shortened(citation.quote, _QUOTE_CHARS))
    title = markdown(shortened(citation.title, _TITLE_CHARS))
    label = f"**{citation.number}** \u2002“{quote}” \u2002:gray[{title}]"
    with st.expander(label):
        st.html(cards.passage(citation, _article(bot, citation.article_id)))


def _article(bot: Bot | None, id: str) -> Article | None:
    if bot is None or id not in bot.index.article_ids():
        return None
    return bot.index.article(id)


def _draw_foot(settings: Settings, answer: Answer, number: int) -> None:
    key = f"thumbs-{number}"

    def keep() -> None:
        judged = st.session_state.get(key)
        if judged is not None:
            feedback.record(settings, answer, is_good=bool(judged))

    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(cards.footer(answer), width="stretch")
        st.feedback("thumbs", key=key, on_change=keep, width="content")


def work_out(settings: Settings, bot: Bot, question: str) -> Exchange:
    """Ask, showing what is being done and each sentence when it is proven."""
    draw_question(question)
    with st.chat_message("assistant"):
        place = st.empty()
        place.html(cards.working(_DOING["searching"]))
        try:
            with place:
                return Exchange(question, _follow(bot, question))
        except ModelError as error:
            advice = " The extractive reader, in the sidebar, needs no model."
            return Exchange(question, trouble=str(error) + advice)
        except (BotError, IngestError) as error:
            return Exchange(question, trouble=str(error))
        except Exception as error:
            return Exchange(question, trouble=unexpected(error))
        finally:
            place.empty()


def unexpected(error: Exception) -> str:
    """A fault of ours, said so; the details are for the terminal."""
    import logging

    logging.getLogger("quotient").exception("While answering")
    return (
        f"Something went wrong that should not have ({type(error).__name__}). "
        "The terminal that runs `quotient chat` shows where. Try asking in other words."
    )


def _follow(bot: Bot, question: str) -> Answer:
    """Draw the bot's events into the place at hand; the Answer comes last."""
    from bot.answers import Answer
    from bot.chain import Sentence, Status

    told: list[str] = []
    history = turns(session.exchanges())
    for event in bot.stream(question, history, article=session.chosen_article()):
        if isinstance(event, Answer):
            return event
        if isinstance(event, Sentence):
            told.append(event.text)
            st.html(cards.text_so_far(" ".join(told)))
        elif isinstance(event, Status) and not told:
            st.html(cards.working(_DOING.get(event.text, event.text.capitalize())))
    raise RuntimeError("the answer did not come")
