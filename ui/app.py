"""The chat window, from top to bottom. Run it with `quotient chat`."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from bot.settings import from_env
from ui import answering, drawing, folder, session, sidebar

drawing.begin_page()
settings = from_env()
places = sidebar.lay_out()
sidebar.draw_head(places.head)
sidebar.draw_model(places.reader, settings)
settings = replace(settings, model=session.chosen_model(settings))

typed = st.chat_input("Ask about your articles", key="typed")
question = typed or session.pending_question()
exchanges = session.exchanges()
is_new = not exchanges and not question
welcome = st.empty()
if is_new:
    welcome = drawing.hero(welcome)

bot = folder.open_or_stop(settings)
folder.offer_resync(places.changes, settings)
sidebar.draw_articles(places.articles, bot)

for number, exchange in enumerate(exchanges):
    answering.draw_exchange(settings, bot, exchange, number)
if question:
    exchanges.append(answering.work_out(settings, bot, question))
    st.rerun()
if is_new:
    folder.draw_starters(welcome, settings, bot)
sidebar.draw_exports(places.exports, settings)
