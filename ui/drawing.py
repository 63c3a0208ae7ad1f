"""The window's look, and the parts of the page that never change."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.escaping import html, markdown

_HERE = Path(__file__).parent
MARK = _HERE / "mark.svg"


def begin_page() -> None:
    """Title, icon and style sheet; the first thing that the page does."""
    st.set_page_config(page_title="Quotient", page_icon=str(MARK), layout="centered")
    st.html(f"<style>{_read('window.css')}.stApp {{ --q-mark-image: {_image(MARK)}; }}</style>")


def brand() -> str:
    """The name with its mark."""
    return '<div class="q-brand">Quotient</div>'


def hero(place: DeltaGenerator) -> DeltaGenerator:
    """Greet in `place`, which empties at once when it is not drawn again; room for more below."""
    welcome = place.container()
    welcome.html(
        '<div class="q-hero"><h1>Ask your articles.<br>See the proof.</h1><p>Every statement '
        "cites the sentence it rests on. Every figure is quoted from the articles, or computed "
        "from quoted figures by a formula that you can check.</p></div>"
    )
    return welcome


def empty(folder: str) -> None:
    """What to do when there is no article yet."""
    st.html(
        '<div class="q-empty"><h3>There are no articles yet</h3><ol>'
        f"<li>Put articles (txt, md, html, pdf or docx) into <code>{html(folder)}</code></li>"
        "<li>Read the folder with the button below</li><li>Ask</li></ol></div>"
    )


def label(text: str) -> str:
    """A text as the label of a button or an expander."""
    return markdown(text)


@cache
def _image(path: Path) -> str:
    """A picture inside the style sheet: nothing is fetched."""
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f'url("data:image/svg+xml;base64,{data}")'


@cache
def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
