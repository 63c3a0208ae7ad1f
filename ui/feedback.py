"""Thumbs up and down, kept beside the index and exportable as a question set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.answers import Answer


def file(settings: Settings) -> Path:
    """Where feedback is kept: beside the index folder and hidden like it."""
    folder = settings.index_folder
    return folder.with_name(f".{folder.name.lstrip('.')}-feedback.jsonl")


def record(settings: Settings, answer: Answer, *, is_good: bool) -> None:
    """Append a judgement; a later one about the same question stands instead of it."""
    from bot.answers import to_json

    path = file(settings)
    entry = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "good": is_good,
        "answer": to_json(answer),
    }
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(entry, ensure_ascii=False) + "\n")


def read(settings: Settings) -> list[dict[str, Any]]:
    """The judgements, the latest of each question."""
    latest: dict[str, dict[str, Any]] = {}
    for entry in _entries(file(settings)):
        latest[entry["answer"]["understood"]] = entry
    return list(latest.values())


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # half a line, from a process that was killed while writing
        if isinstance(entry, dict) and "understood" in entry.get("answer", {}):
            yield entry


def as_questions(settings: Settings) -> str:
    """The judged answers as a question set, as `quotient eval` reads it.

    A good answer gives its figure and citations as what is expected; of a bad one only the
    question is known, so it stands in a comment for a person to complete.
    """
    import yaml

    made = [(entry["good"], _question(entry, n)) for n, entry in enumerate(read(settings), 1)]
    good = [question for is_good, question in made if is_good]
    text = yaml.safe_dump(good, allow_unicode=True, sort_keys=False, width=100) if good else "[]\n"
    for is_good, question in made:
        if not is_good:
            text += f"# answered wrongly: {json.dumps(question, ensure_ascii=False)}\n"
    return text


def _question(entry: Mapping[str, Any], n: int) -> dict[str, Any]:
    answer = entry["answer"]
    words = re.findall(r"[a-z0-9]+", answer["understood"].casefold())
    made = {"id": "-".join([*words[:6], str(n)]), "question": answer["understood"]}
    return {**made, **_expected(answer), "tags": ["feedback"]} if entry["good"] else made


def _expected(answer: Mapping[str, Any]) -> dict[str, Any]:
    if answer["status"] == "abstained":
        return {"kind": "unanswerable", "abstain": True}
    cite = [{"article": c["article"], "text": c["quote"]} for c in answer["citations"]]
    proof = _first_proof(answer)
    if proof is None:
        return {"kind": "text", "cite": cite}
    kind = "computed" if "operation" in proof else "quoted"
    return {"kind": kind, "value": proof["value"], "unit": proof["unit"], "cite": cite}


def _first_proof(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The figure or calculation behind the first number of the text: what was asked for."""
    proofs = {p["id"]: p for p in [*answer["figures"], *answer["calculations"]]}
    for number in answer["numbers"]:
        if (proofs.get(number["proof"]) or {}).get("value") is not None:
            return proofs[number["proof"]]
    return None
