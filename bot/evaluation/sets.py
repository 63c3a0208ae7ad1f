"""Question sets: what is asked, and what a good answer must hold. YAML, JSONL or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from bot.errors import BotError
from ingest import Article

Kind = Literal["quoted", "computed", "text", "yesno", "followup", "unanswerable"]
Location = Sequence[int | str]

DEFAULT_RELATIVE_TOLERANCE = Decimal("0.005")
MAX_PROBLEMS = 20  # of one set that are told at once
TRUE_WORDS = frozenset({"true", "yes", "1", "x"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a question set, and in which line, from 1."""

    line: int
    reason: str


class SetMalformed(BotError):
    """A question set that cannot be used; names the file, each line and what to mend."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.path, self.problems = path, tuple(problems)
        told = [f"{path}, line {p.line}: {p.reason}" for p in self.problems[:MAX_PROBLEMS]]
        if len(self.problems) > MAX_PROBLEMS:
            told.append(f"... and {len(self.problems) - MAX_PROBLEMS} more")
        super().__init__("\n".join(told))


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Excerpt(_Model):
    """A sentence of an article, or an unmistakable part of it, verbatim."""

    article: str = Field(min_length=1, description="path of the article below the corpus folder")
    text: str = Field(min_length=1, description="copied from the article, white space apart")

    def spans(self, articles: Mapping[str, Article]) -> Iterator[tuple[int, int]]:
        """Where the excerpt stands in its article; white space and quotation marks are folded."""
        article = articles.get(self.article)
        if article is None or not self.text.strip():
            return
        for match in re.finditer(_pattern(self.text), article.text):
            yield match.start(), match.end()


class AnyOf(_Model):
    """Excerpts that say the same: one of them is enough."""

    any: tuple[Excerpt, ...] = Field(min_length=1)


class Expected(_Model):
    """A figure in base units, as in an answer's JSON ("7.1%" is 7.1 and the unit "%")."""

    value: Decimal
    unit: str = Field(min_length=1)
    tolerance: Decimal | None = Field(
        default=None, ge=0, description="absolute, in the same unit; half a percent if left out"
    )

    def holds(self, value: Decimal) -> bool:
        """Whether `value`, in the same unit, is near enough."""
        allowed = self.tolerance
        if allowed is None:
            allowed = abs(self.value) * DEFAULT_RELATIVE_TOLERANCE
        return abs(value - self.value) <= allowed


class Case(_Model):
    """One question and what a good answer holds; `quotient eval --schema` prints this."""

    id: str = Field(min_length=1, description="unique in the set")
    question: str
    history: tuple[str, ...] = Field(default=(), description="earlier questions, oldest first")
    kind: Kind
    value: Decimal | None = Field(default=None, description="expected figure, in base units")
    unit: str | None = Field(
        default=None,
        description='ISO 4217, "%", "pp", "1" for multiples, "CNY/USD", SI symbol, or the '
        "lower-case singular noun of a count",
    )
    tolerance: Decimal | None = Field(default=None, ge=0)
    values: tuple[Expected, ...] = Field(default=(), description="where several are asked for")
    words: tuple[tuple[str, ...], ...] = Field(
        default=(), description="of each group one alternative must stand in the answer"
    )
    answer: Literal["yes", "no"] | None = Field(default=None, description="for yes/no questions")
    cite: tuple[Excerpt | AnyOf, ...] = Field(
        default=(), description="what the citations must cover, each of them"
    )
    abstain: bool = Field(default=False, description="the bot must decline")
    operation: str | None = None
    tags: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _infer_abstain(cls, item: Any) -> Any:
        if isinstance(item, dict) and item.get("kind") == "unanswerable":
            return {"abstain": True, **item}
        return item

    @field_validator("words", mode="before")
    @classmethod
    def _group_words(cls, groups: Any) -> Any:
        if not isinstance(groups, list | tuple):
            return groups
        return [[group] if isinstance(group, str | int | float) else group for group in groups]

    @field_validator("answer", mode="before")
    @classmethod
    def _read_answer(cls, answer: Any) -> Any:
        return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else answer

    @model_validator(mode="after")
    def _is_checkable(self) -> Case:
        if (self.value is None) != (self.unit is None):
            raise ValueError("value and unit go together")
        if self.tolerance is not None and self.value is None:
            raise ValueError("a tolerance without a value")
        if self.kind == "unanswerable" and not self.abstain:
            raise ValueError("an unanswerable question has abstain: true")
        if self.abstain and (self.expected or self.answer):
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

    def to_json(self) -> dict[str, Any]:
        """As in a question set, only what is set; figures as plain decimal strings."""
        return self.model_dump(mode="json", exclude_defaults=True)


@dataclass(frozen=True, slots=True)
class _Item:
    """One question as read from a file; `line_of` finds the line of a part of it."""

    line: int
    data: Any
    line_of: Callable[[Location], int] | None = None

    def line_at(self, location: Location) -> int:
        return self.line_of(location) if self.line_of else self.line


def schema() -> dict[str, Any]:
    """The JSON schema of a question set: a list of cases."""
    item = Case.model_json_schema()
    definitions = item.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Question set",
        "type": "array",
        "items": item,
        "$defs": definitions,
    }


def load(path: Path) -> list[Case]:
    """Read and check a question set; raises SetMalformed with every line at fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SetMalformed(path, [Problem(1, f"cannot be read: {error}")]) from error
    return parse(text, path)


def parse(text: str, path: Path) -> list[Case]:
    """The cases in a set's text; the path's ending tells the format (YAML unless told)."""
    reader = {".jsonl": _jsonl, ".csv": _csv}.get(path.suffix.lower(), _yaml)
    try:
        items = list(reader(text))
    except _Unreadable as error:
        raise SetMalformed(path, [Problem(error.line, error.reason)]) from error
    cases, problems = _check(items)
    if problems:
        raise SetMalformed(path, problems)
    if not cases:
        raise SetMalformed(path, [Problem(1, "holds no questions")])
    return cases


def dump(cases: Iterable[Case]) -> str:
    """A question set in YAML, as `load` reads it."""
    import yaml

    return yaml.safe_dump(
        [case.to_json() for case in cases], allow_unicode=True, sort_keys=False, width=100
    )


def unlocated(cases: Iterable[Case], articles: Mapping[str, Article]) -> Iterator[str]:
    """A sentence for each excerpt that its article does not hold: it could never be cited."""
    for case in cases:
        for excerpt in (excerpt for group in case.requirements for excerpt in group):
            if excerpt.article not in articles:
                yield f"{case.id}: there is no article {excerpt.article}"
            elif next(excerpt.spans(articles), None) is None:
                yield f"{case.id}: {excerpt.article} does not hold {excerpt.text[:80]!r}"


class _Unreadable(Exception):
    """The file is not in its format from this line on."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(reason)


def _check(items: Iterable[_Item]) -> tuple[list[Case], list[Problem]]:
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for item in items:
        try:
            case = Case.model_validate(item.data)
        except ValidationError as error:
            problems.extend(_problems(item, error))
            continue
        if case.id in cases:
            problems.append(Problem(item.line_at(["id"]), f"the id {case.id!r} stands twice"))
        cases[case.id] = case
    return list(cases.values()), problems


def _problems(item: _Item, error: ValidationError) -> Iterator[Problem]:
    """One a field: the branches of a union each complain of it, the first is told."""
    seen: set[int] = set()
    for found in error.errors():
        line = item.line_at(found["loc"])
        if line in seen and "cite" in found["loc"]:
            continue
        seen.add(line)
        where = ".".join(str(part) for part in found["loc"] if part not in {"Excerpt", "AnyOf"})
        reason = _phrase(found["type"], found["msg"])
        yield Problem(line, f"{where}: {reason}" if where else reason)


def _phrase(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "there is no such field"
    if kind == "missing":
        return "is missing"
    return message.removeprefix("Value error, ")


def _pattern(text: str) -> str:
    words = text.split()
    folded = (re.sub(r"['’‘]", "['’‘]", re.escape(word)) for word in words)
    return r"\s+".join(re.sub(r'["“”]', '["“”]', word) for word in folded)


def _yaml(text: str) -> Iterator[_Item]:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.SequenceNode):
            raise _Unreadable(1, "is not a list of questions")
        loader = yaml.SafeLoader("")
        for node in root.value:
            line = node.start_mark.line + 1
            yield _Item(line, loader.construct_document(node), _line_finder(node))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _Unreadable(line, getattr(error, "problem", None) or "is not YAML") from error
    except RecursionError as error:
        raise _Unreadable(1, "is nested too deep") from error


def _line_finder(node: Any) -> Callable[[Location], int]:
    def find(location: Location) -> int:
        at = node
        for part in location:
            at = _child(at, part) or at
        return int(at.start_mark.line) + 1

    return find


def _child(node: Any, part: int | str) -> Any:
    """The key's or index's node below a YAML node; None where there is none."""
    import yaml

    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    return None


def _jsonl(text: str) -> Iterator[_Item]:
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            yield _Item(line, json.loads(content))
        except json.JSONDecodeError as error:
            raise _Unreadable(line, f"is not JSON: {error.msg}") from error
        except RecursionError as error:
            raise _Unreadable(line, "is nested too deep") from error


def _csv(text: str) -> Iterator[_Item]:
    """Columns: question, and any of id, kind, history, value, unit, tolerance, words, answer,
    abstain, article and cite (an excerpt), operation, tags. Words and tags are divided by
    semicolons, alternatives and earlier turns by bars. An answer other than yes or no is taken
    as words."""
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        if "question" not in names:
            raise _Unreadable(1, "has no column named question")
        line = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _Item(line, _from_row(dict(zip(names, row, strict=False)), line))
            line = rows.line_num + 1
    except csv.Error as error:
        raise _Unreadable(rows.line_num, f"is not CSV: {error}") from error


def _from_row(row: Mapping[str, str], line: int) -> dict[str, Any]:
    given = {name: cell.strip() for name, cell in row.items() if name and cell.strip()}
    item: dict[str, Any] = {"id": f"line-{line}", "kind": _kind(given), **given}
    groups = _parts(given.get("words", ""), ";")
    if given.get("answer", "").lower() in {"yes", "no"}:
        item["answer"] = given["answer"].lower()
    elif "answer" in given:
        groups.append(item.pop("answer"))
    item["words"] = [_parts(group, "|") for group in groups]
    item["tags"] = _parts(given.get("tags", ""), ";")
    item["history"] = _parts(given.get("history", ""), "|")
    if "abstain" in given:
        item["abstain"] = given["abstain"].lower() in TRUE_WORDS
    article, excerpt = item.pop("article", None), item.pop("cite", None)
    if article and excerpt:
        item["cite"] = [{"article": article, "text": excerpt}]
    return item


def _parts(text: str, divider: str) -> list[str]:
    return [part.strip() for part in text.split(divider) if part.strip()]


def _kind(given: Mapping[str, str]) -> str:
    if given.get("abstain", "").lower() in TRUE_WORDS:
        return "unanswerable"
    if given.get("answer", "").lower() in {"yes", "no"}:
        return "yesno"
    return "quoted" if "value" in given else "text"
