"""Prompts: what a chat model is told, and the schema of what it may reply."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from bot.drafts import Draft
from bot.questions import Query, Turn
from bot.readers.sheets import Sheet, plain
from ingest import data

MAX_TOLD_OBJECTIONS = 10
MAX_TOLD_CHARS = 300
MAX_TURNS = 6

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}


def _object(**properties: Any) -> dict[str, Any]:
    """A closed object in which every field is required: the subset that all providers take."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


DRAFT_SCHEMA = _object(
    plan=_TEXT,
    calculations={
        "type": "array",
        "items": _object(
            id=_TEXT,
            operation=_TEXT,
            operands=_TEXTS,
            parameters=_TEXTS,
            measure=_TEXT,
            entity=_TEXT,
            period=_TEXT,
        ),
    },
    status={"type": "string", "enum": ["answered", "partial", "abstained"]},
    sentences={
        "type": "array",
        "items": _object(text=_TEXT, sources={"type": "array", "items": {"type": "integer"}}),
    },
    missing=_TEXT,
    nearest=_TEXTS,
)
WHOLE_SCHEMA = _object(question=_TEXT, searches=_TEXTS)


def for_draft(
    query: Query, sheet: Sheet, mark: str, objections: Sequence[str], standing: Draft
) -> list[BaseMessage]:
    """The messages that ask for a draft; `mark` fences the articles off, and nobody knows it."""
    parts = [
        f"<<<articles {mark}>>>",
        sheet.text or "(no sentence was found)",
        f"<<<end of articles {mark}>>>",
        "",
        f"Question: {plain(query.text)}",
    ]
    if objections:
        parts += ["", _told_back(objections, standing)]
    return [SystemMessage(_draft_rules()), HumanMessage("\n".join(parts))]


def for_whole(question: str, history: Sequence[Turn]) -> list[BaseMessage]:
    """The messages that ask for the last question of a conversation, made whole."""
    turns = [
        {"asked": plain(turn.question)[:600], "answered": plain(turn.answer)[:600]}
        for turn in history[-MAX_TURNS:]
    ]
    told = json.dumps(turns, ensure_ascii=False, indent=0)
    return [
        SystemMessage(_read("whole.md")),
        HumanMessage(f"Conversation:\n{told}\n\nLast question: {plain(question)}"),
    ]


def _told_back(objections: Sequence[str], standing: Draft) -> str:
    told = dict.fromkeys(plain(text)[:MAX_TOLD_CHARS] for text in objections)
    lines = ["Your draft was checked against the articles. These parts of it were rejected:"]
    lines += [f"- {text}" for text in list(told)[:MAX_TOLD_OBJECTIONS]]
    if standing.sentences:
        lines.append("These sentences are proven and shown already. They stay; do not repeat them:")
        lines += [f"- {sentence.text}" for sentence in standing.sentences]
        lines.append("Send the whole object again, with only the sentences still to be added.")
    else:
        lines.append("Send the whole object again, mended.")
    return "\n".join(lines)


@cache
def _draft_rules() -> str:
    lines = [f"- {name}: {told}" for name, told in operations().items()]
    return Template(_read("draft.md")).substitute(operations="\n".join(lines))


@cache
def operations() -> Mapping[str, str]:
    """What a model is told about each operation, by its name."""
    told: dict[str, str] = data.parse(_read("operations.yaml"))
    return told


@cache
def _read(name: str) -> str:
    return files("bot").joinpath("data", "prompts", name).read_text(encoding="utf-8")
