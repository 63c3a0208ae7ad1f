"""Exports: answers and whole conversations as Markdown and JSON that `verify` accepts.

The Markdown carries its answers' JSON in a comment at its end, so that it can be checked again;
`load` refuses a file whose visible part was edited.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from bot import answers as answers_module
from bot.answers import Answer, Calculation, Citation
from bot.errors import AnswerMalformed

_PROOF = re.compile(r"\n<!-- proof (.*) -->\s*\Z")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")


def to_json(answers: Sequence[Answer]) -> dict[str, Any]:
    """A conversation as one JSON object; `verification.verify` accepts it."""
    return {
        "schema": answers_module.SCHEMA,
        "answers": [answers_module.to_json(answer) for answer in answers],
    }


def markdown(answers: Sequence[Answer]) -> str:
    """Answers with footnotes and formulas, oldest first, and their proof at the end."""
    return f"{_visible(answers)}\n<!-- proof {_embedded(to_json(answers))} -->\n"


def load(text: str) -> Any:
    """What `verification.verify` checks, out of a JSON file or an exported Markdown file."""
    match = _PROOF.search(text)
    source = match[1] if match else text
    try:
        saved = json.loads(source)
    except ValueError as error:
        raise AnswerMalformed(f"it is neither JSON nor an exported answer ({error})") from error
    if match:
        _check_visible(text[: match.start()], saved)
    return saved


def _check_visible(visible: str, saved: Any) -> None:
    if not isinstance(saved, dict) or not isinstance(saved.get("answers"), list):
        raise AnswerMalformed("its proof holds no answers")
    told = [answers_module.from_json(entry) for entry in saved["answers"]]
    if _visible(told).split() != visible.split():
        raise AnswerMalformed("its text was edited after it was exported")


def _embedded(saved: dict[str, Any]) -> str:
    """JSON that cannot end the comment it stands in."""
    text = json.dumps(saved, ensure_ascii=False)
    for mark, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("--", "\\u002d\\u002d")):
        text = text.replace(mark, escaped)
    return text


def _visible(answers: Sequence[Answer]) -> str:
    many = len(answers) > 1
    return "\n".join(
        _section(answer, f"{n}-" if many else "") for n, answer in enumerate(answers, 1)
    )


def _section(answer: Answer, prefix: str) -> str:
    parts = [f"## {_escape(answer.question)}", _marked(answer, prefix)]
    if answer.note:
        parts.append(f"*{_escape(answer.note)}*")
    if answer.nearest:
        parts.append(f"Nearest: {_escape(answer.nearest)}")
    if answer.calculations:
        parts.append("\n".join(_formula(one) for one in answer.calculations))
    if answer.citations:
        parts.append("\n".join(_footnote(one, prefix) for one in answer.citations))
    return "\n\n".join(parts) + "\n"


def _marked(answer: Answer, prefix: str) -> str:
    """The text with [n] as footnote marks."""
    known = {citation.number for citation in answer.citations}
    parts = re.split(r"(\[\d{1,3}\])", answer.text)
    return "".join(
        f"[^{prefix}{part[1:-1]}]"
        if part[:1] == "[" and part[1:-1].isdigit() and int(part[1:-1]) in known
        else _SPECIAL.sub(r"\\\1", part)
        for part in parts
    )


def _formula(calculation: Calculation) -> str:
    low, high = (answers_module.interval_to(calculation)[end] for end in ("low", "high"))
    interval = f" (from {low or 'unbounded'} to {high or 'unbounded'}, {calculation.unit})"
    return f"- {_escape(calculation.formula)}{_escape(interval) if low != high else ''}"


def _footnote(citation: Citation, prefix: str) -> str:
    quote = _escape(" ".join(citation.quote.split()))
    place = f"{citation.article_id}, characters {citation.start}–{citation.end}"
    return f"[^{prefix}{citation.number}]: “{quote}” — {_escape(citation.title)} ({_escape(place)})"


def _escape(text: str) -> str:
    """Article text is untrusted: nothing of it is read as Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
