"""Cleaning: finds the furniture of a page; whole spans go, nothing is rewritten.

The rules are data (`data/furniture.yaml`) and know no article. What they cut is kept as
`Article.removals`, so that it can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest import data
from ingest.articles import Removal

MAX_LINE_CHARS = 400
MAX_TAIL_LINE_CHARS = 80
_WRAPPING = " \t\u00a0•·|-–—~:.…!*_#[]()<>»›→↑\"'“”"
_DIVIDER = re.compile(r"[^\w\s$€£¥%]{3,}|([^\w\s$€£¥%][ \t]){2,40}[^\w\s$€£¥%]|_{3,}")
_NUMERALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
).split()
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split()
_SECTION_LINE = re.compile(r"(?:(?:part|section|chapter)\s)?([a-z]+|\d{1,2})[.):]?", re.I)


@dataclass(frozen=True, slots=True)
class Cut:
    """text[start:end] is to go, because it is `reason`."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Rules:
    lines: tuple[tuple[str, re.Pattern[str]], ...]
    tails: tuple[tuple[str, re.Pattern[str]], ...]
    inline: tuple[tuple[str, re.Pattern[str]], ...]
    comment_headings: frozenset[str]
    comment_marks: re.Pattern[str]


@cache
def _load_rules() -> _Rules:
    text = files("ingest").joinpath("data/furniture.yaml").read_text(encoding="utf-8")
    rules = data.parse(text)
    return _Rules(
        lines=_compiled(rules["lines"]),
        tails=_compiled(rules["tails"]),
        inline=_compiled(rules["inline"]),
        comment_headings=frozenset(rules["comment_headings"]),
        comment_marks=re.compile(rules["comment_marks"], re.I),
    )


def _compiled(table: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (reason, re.compile("|".join(f"(?:{p})" for p in patterns), re.I))
        for reason, patterns in table.items()
    )


def line_reason(line: str) -> str | None:
    """Why a whole line is furniture, or None: "Share on Facebook" is "share buttons"."""
    stripped = line.strip()
    if not stripped or len(stripped) > MAX_LINE_CHARS:
        return None
    if _DIVIDER.fullmatch(stripped):
        return "divider"
    return _match(_load_rules().lines, stripped.strip(_WRAPPING) or stripped)


def judge(lines: Sequence[str]) -> list[str | None]:
    """For each line of one article, why it is furniture, or None where it is the article's own."""
    reasons = [line_reason(line) for line in lines]
    for i in _section_numerals(lines):
        reasons[i] = "section numeral"
    for start, end, reason in _tails(lines):
        for i in range(start, end):
            reasons[i] = reasons[i] or (reason if lines[i].strip() else None)
    return reasons


def find(text: str) -> list[Cut]:
    """What is to go from a text file, in order, not overlapping; a whole line goes with its end."""
    lines = text.split("\n")
    cuts: list[Cut] = []
    position = 0
    for line, reason in zip(lines, judge(lines), strict=True):
        end = position + len(line)
        if reason:
            cuts.append(Cut(position, min(end + 1, len(text)), reason))
        else:
            cuts += [Cut(position + a, position + b, why) for a, b, why in intrusions(line)]
        position = end + 1
    return cuts


def intrusions(line: str) -> Iterator[tuple[int, int, str]]:
    """Prompts of the page inside a line of the article, glued to its words or not."""
    for reason, pattern in _load_rules().inline:
        for match in pattern.finditer(line):
            yield match.start(), match.end(), reason


def apply(text: str, cuts: Sequence[Cut]) -> tuple[str, tuple[Removal, ...]]:
    """The text without the cuts, and the cuts as removals."""
    kept: list[str] = []
    position = 0
    for cut in cuts:
        kept.append(text[position : cut.start])
        position = cut.end
    kept.append(text[position:])
    removals = (Removal(text[c.start : c.end].strip(), c.reason) for c in cuts)
    return "".join(kept), tuple(r for r in removals if r.text)


def _match(table: tuple[tuple[str, re.Pattern[str]], ...], line: str) -> str | None:
    return next((reason for reason, pattern in table if pattern.fullmatch(line)), None)


def _section_numerals(lines: Sequence[str]) -> list[int]:
    """Lone numerals that count the sections: at least two, each one more than the last."""
    found = [(i, n) for i, line in enumerate(lines) if (n := _section_number(line)) is not None]
    if len(found) < 2 or [n for _, n in found] != list(range(1, len(found) + 1)):
        return []
    return [i for i, _ in found]


def _section_number(line: str) -> int | None:
    match = _SECTION_LINE.fullmatch(line.strip())
    if match is None:
        return None
    word = match.group(1).lower()
    for table in (_NUMERALS, _ROMAN):
        if word in table:
            return table.index(word) + 1
    return int(word) if word.isdigit() else None


def _tails(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Parts that follow the article: from a line that opens one to where article text resumes."""
    rules = _load_rules()
    for i, line in enumerate(lines):
        stripped = line.strip().strip(_WRAPPING)
        if not stripped or len(stripped) > MAX_TAIL_LINE_CHARS:
            continue
        reason = _match(rules.tails, stripped)
        if reason is None and _opens_comments(lines, i, stripped.lower(), rules):
            reason = "reader comments"
        if reason == "reader comments" and i * 2 > len(lines):
            yield i, len(lines), reason
        elif reason:
            yield i, _end_of_links(lines, i + 1), reason


def _opens_comments(lines: Sequence[str], i: int, line: str, rules: _Rules) -> bool:
    if line not in rules.comment_headings:
        return False
    following = [after for after in lines[i + 1 : i + 12] if after.strip()]
    return sum(bool(rules.comment_marks.search(after)) for after in following) >= 2


def _end_of_links(lines: Sequence[str], i: int) -> int:
    """Where a list of other stories' titles ends: at the first line that is a sentence."""
    while i < len(lines):
        line = lines[i].strip()
        if len(line) > 160 or (line.endswith((".", "!", '."', ".”")) and len(line) > 40):
            return i
        i += 1
    return i
