"""Question sets: what is asked, and what a good answer must hold. YAML, JSONL or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.errors import BotError

Kind = Literal["quoted", "computed", "text", "yesno", "followup", "unanswerable"]

DEFAULT_RELATIVE_TOLERANCE = Decimal("0.005")


class SetMalformed(BotError):
    """A question set that cannot be used; names the file, the line and what to mend."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}, line {line}: {reason}")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Excerpt(_Model):
    """A sentence of an article, or an unmistakable part of it, verbatim."""

    article: str
    text: str = Field(min_length=1)


class AnyOf(_Model):
    """Excerpts that say the same: one of them is enough."""

    any: tuple[Excerpt, ...] = Field(min_length=1)


class Expected(_Model):
    """A figure in base units, as in an answer's JSON; tolerance is absolute."""

    value: Decimal
    unit: str
    tolerance: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether `value`, in the same unit, is near enough."""
        allowed = self.tolerance
        if allowed is None:
            allowed = abs(self.value) * DEFAULT_RELATIVE_TOLERANCE
        return abs(value - self.value) <= allowed


class Case(_Model):
    """One question and what a good answer holds; `quotient eval --schema` prints this."""

    id: str = Field(min_length=1)
    question: str
    history: tuple[str, ...] = ()
    kind: Kind
    value: Decimal | None = None
    unit: str | None = None
    tolerance: Decimal | None = None
    values: tuple[Expected, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    answer: Literal["yes", "no"] | None = None
    cite: tuple[Excerpt | AnyOf, ...] = ()
    abstain: bool = False
    operation: str | None = None
    tags: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_checkable(self) -> Case:
        if (self.value is None) != (self.unit is None):
            raise ValueError("value and unit go together")
        if self.abstain and (self.value is not None or self.values or self.answer):
            raise ValueError("a question to abstain from expects no value and no yes or no")
        if not (self.abstain or self.expected or self.words or self.answer or self.cite):
            raise ValueError("says nothing that an answer could be checked by")
        return self

    @property
    def expected(self) -> tuple[Expected, ...]:
        """The figures that the answer must hold."""
        if self.value is None or self.unit is None:
            return self.values
        return (
            Expected(value=self.value, unit=self.unit, tolerance=self.tolerance),
            *self.values,
        )

    @property
    def requirements(self) -> tuple[tuple[Excerpt, ...], ...]:
        """What the citations must cover: one excerpt of each group."""
        return tuple(item.any if isinstance(item, AnyOf) else (item,) for item in self.cite)


def schema() -> dict[str, Any]:
    """The JSON schema of one question."""
    return Case.model_json_schema()


def load(path: Path) -> list[Case]:
    """Read and check a question set; raises SetMalformed with the line at fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SetMalformed(path, 1, f"cannot be read: {error}") from error
    reader = {".jsonl": _jsonl, ".csv": _csv}.get(path.suffix.lower(), _yaml)
    cases: dict[str, Case] = {}
    for line, item in reader(path, text):
        case = _case(path, line, item)
        if case.id in cases:
            raise SetMalformed(path, line, f"the id {case.id!r} stands twice")
        cases[case.id] = case
    if not cases:
        raise SetMalformed(path, 1, "holds no questions")
    return list(cases.values())


def _case(path: Path, line: int, item: Any) -> Case:
    try:
        return Case.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise SetMalformed(path, line, reason) from error


def _yaml(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise SetMalformed(path, line, getattr(error, "problem", None) or "not YAML") from error
    if not isinstance(root, yaml.SequenceNode):
        raise SetMalformed(path, 1, "is not a list of questions")
    loader = yaml.SafeLoader("")
    for node in root.value:
        yield node.start_mark.line + 1, loader.construct_document(node)


def _jsonl(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    for line, content in enumerate(text.splitlines(), start=1):
        if not content.strip():
            continue
        try:
            yield line, json.loads(content)
        except json.JSONDecodeError as error:
            raise SetMalformed(path, line, f"is not JSON: {error.msg}") from error


def _csv(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    """Columns: question, and any of id, kind, value, unit, tolerance, words, answer, abstain,
    article and cite (an excerpt), tags; words and tags divided by semicolons."""
    rows = csv.DictReader(io.StringIO(text))
    if "question" not in (rows.fieldnames or ()):
        raise SetMalformed(path, 1, "has no column named question")
    for row in rows:
        yield rows.line_num, _from_row(row, rows.line_num)


def _from_row(row: dict[str, str | None], line: int) -> dict[str, Any]:
    given = {key: value.strip() for key, value in row.items() if key and value and value.strip()}
    item: dict[str, Any] = {"id": f"line-{line}", "kind": _kind(given), **given}
    item["words"] = [[word.strip()] for word in given.get("words", "").split(";") if word.strip()]
    item["tags"] = [tag.strip() for tag in given.get("tags", "").split(";") if tag.strip()]
    article, excerpt = item.pop("article", None), item.pop("cite", None)
    if article and excerpt:
        item["cite"] = [{"article": article, "text": excerpt}]
    if "answer" in item:
        item["answer"] = str(item["answer"]).lower()
    return item


def _kind(given: dict[str, str]) -> str:
    if given.get("abstain", "").lower() in {"true", "yes", "1"}:
        return "unanswerable"
    if "answer" in given:
        return "yesno"
    return "quoted" if "value" in given else "text"
