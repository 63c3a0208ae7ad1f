"""Score the figure reader: `python -m tests.ingest.score_figures FILE.jsonl [-v] [--half 0|1]`.

--half takes the cases of one half, by the hash of their ids: one to tune on, one to report.

A found figure and a golden one are matched one to one where their spans overlap, the greatest
overlap first. Right means: a span is right if matched; a reading if value (or both ends of a
range), unit and comparator agree as well. Units are compared by canonical name, so that "mph" and
"mi/h" are one. Cases without a kind are about spans and readings alone. A measure is right if its
head noun (the last word before a preposition, singular, "growth" and "rate" taken off) is the head
or another content word of the golden measure, or the other way round, or both are absent; an entity
if they agree without article and possessive; a period if they are equal.

Many golden measures are their writer's own words ("box office" for what a film took). So the share
of right measures is given twice: over all figures, and over those whose golden measure has a word
that stands in the case's text, title or heading, compared by stems.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest import figures, units
from ingest.articles import Article, Block
from ingest.figures import Figure

Gold = dict[str, Any]
SLOTS = ("measure", "entity", "period", "kind", "direction", "claim")


def article_of(case: Gold) -> tuple[Article, int]:
    """The case as an article, and where its text begins in it."""
    heading = case.get("heading") or ""
    text = f"{heading}\n\n{case['text']}" if heading else case["text"]
    offset = len(text) - len(case["text"])
    blocks = [Block(0, len(heading), "heading", 2)] if heading else []
    blocks += list(_blocks(case["text"], offset))
    published = case.get("published")
    title = case.get("title") or ""
    made = Article(
        case["id"], title, text, tuple(blocks), None, None, published, None, "", ""
    )  # fmt: skip
    return made, offset


def _blocks(text: str, offset: int) -> Iterator[Block]:
    """Runs of table rows, list items, and paragraphs, one a run."""
    start, end, kind = 0, 0, ""
    for line in re.finditer(r"[^\n]+", text):
        now = _kind(line.group())
        if kind and (now != kind or now == "list" or "\n\n" in text[end : line.start()]):
            yield Block(offset + start, offset + end, kind)  # type: ignore[arg-type]
            kind = ""
        if not kind:
            start, kind = line.start(), now
        end = line.end()
    if kind:
        yield Block(offset + start, offset + end, kind)  # type: ignore[arg-type]


def _kind(line: str) -> str:
    if line.count("|") > 1 or " | " in line:
        return "table"
    return "list" if re.match(r"\s*(?:[-*•]|\d+[.)])\s", line) else "paragraph"


@dataclass
class Score:
    """Counts over all cases."""

    gold: int = 0
    found: int = 0
    spans: int = 0
    exact: int = 0
    readings: int = 0
    negatives: int = 0
    clean: int = 0
    slots: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)
    written: int = 0
    written_right: int = 0
    misses: list[str] = field(default_factory=list)


def score(cases: Iterable[Gold]) -> Score:
    """Read every case and compare."""
    total = Score()
    for case in cases:
        _score_case(case, total)
    return total


def _score_case(case: Gold, total: Score) -> None:
    article, offset = article_of(case)
    found = figures.find(article)
    found = [f for f in found if f.start >= offset]
    gold = [(_locate(case, g), g) for g in case["figures"]]
    total.gold += len(gold)
    total.found += len(found)
    if not gold:
        total.negatives += 1
        total.clean += not found
    pairs = _match(gold, found, offset)
    for f in found:
        if not any(f is other for _, _, other in pairs):
            total.misses.append(f"{case['id']} EXTRA {article.text[f.start : f.end]!r}")
    for span, g in gold:
        if not any(g is other for _, other, _ in pairs):
            total.misses.append(f"{case['id']} MISSED {g['text']!r} at {span}")
    for span, g, f in pairs:
        _score_pair(case, article, offset, (span, g, f), total)


def _locate(case: Gold, gold: Gold) -> tuple[int, int]:
    """Where a golden figure stands in the text of its case."""
    at = -1
    for _ in range(gold.get("nth", 1)):
        at = case["text"].find(gold["text"], at + 1)
    if at < 0:
        raise ValueError(f"{case['id']}: {gold['text']!r} is not in the text")
    return at, at + len(gold["text"])


Pair = tuple[tuple[int, int], Gold, Figure]


def _match(
    gold: list[tuple[tuple[int, int], Gold]], found: list[Figure], offset: int
) -> list[Pair]:
    """One-to-one by overlap, the greatest first."""
    candidates = []
    for i, ((start, end), _) in enumerate(gold):
        for j, f in enumerate(found):
            overlap = min(end, f.end - offset) - max(start, f.start - offset)
            if overlap > 0:
                candidates.append((-overlap, i, j))
    pairs, golds, founds = [], set(), set()
    for _, i, j in sorted(candidates):
        if i not in golds and j not in founds:
            golds.add(i)
            founds.add(j)
            pairs.append((*gold[i], found[j]))
    return pairs


def _score_pair(case: Gold, article: Article, offset: int, pair: Pair, total: Score) -> None:
    span, g, f = pair
    total.spans += 1
    total.exact += span == (f.start - offset, f.end - offset)
    wrong = [name for name, right in _reading(g, f, article).items() if not right]
    total.readings += not wrong
    if wrong:
        surface = article.text[f.start : f.end]
        total.misses.append(
            f"{case['id']} READ {g['text']!r} as {surface!r}: {_shown(g, f, wrong)}"
        )
    if "kind" in g and _is_written(g.get("measure"), case):
        total.written += 1
        total.written_right += same_measure(g["measure"], f.measure)
    for slot in SLOTS if "kind" in g else ():
        want, have = g.get(slot), getattr(f, slot)
        right = AGREE.get(slot, _equal)(want, have)
        total.slots[slot] += right
        total.told[slot] += want is not None
        total.said[slot] += have is not None
        total.both[slot] += right and want is not None and have is not None
        if not right:
            total.misses.append(f"{case['id']} {slot.upper()} {g['text']!r}: {have!r} for {want!r}")


def _shown(g: Gold, f: Figure, wrong: list[str]) -> str:
    have = {"value": f.value, "unit": f.unit, "comparator": f.comparator}
    return ", ".join(f"{name} {have[name]} for {g.get(name)}" for name in wrong)


def _reading(g: Gold, f: Figure, article: Article) -> dict[str, bool]:
    return {
        "value": _same_value(g, f, article),
        "unit": _unit(g["unit"]) == _unit(f.unit),
        "comparator": g.get("comparator") == f.comparator,
    }


def _same_value(g: Gold, f: Figure, article: Article) -> bool:
    if g["unit"] == "score":
        return re.sub(r"\D+", "-", article.text[f.start : f.end]) == g["value"]
    if "low" in g:
        margin = f.precision / 2
        return (
            f.value is None
            and f.low is not None
            and f.high is not None
            and f.low + margin == Decimal(g["low"])
            and f.high - margin == Decimal(g["high"])
        )
    if f.value is None:
        return False
    return abs(f.value - Decimal(g["value"])) <= abs(f.value) * Decimal("0.0002")


_ASCII = str.maketrans("²³", "23")


def _unit(unit: str) -> str:
    name = units.parse({"in": "inch"}.get(unit, unit)) or unit.lower()
    return name.translate(_ASCII)


def _equal(want: str | None, have: str | None) -> bool:
    return want == have


_OFF = frozenset(
    "growth rate increase rise fall drop change number total level value amount of".split()
)
_SPLIT = re.compile(r"\b(?:of|in|for|to|from|by|per|on|at|with|between|among|under|over|as|and)\b")


def heads(measure: str) -> tuple[str, frozenset[str]]:
    """Head noun and content words of a measure, singular."""
    parts = [
        [units.singular(w) for w in re.findall(r"[\w'&-]+", p)]
        for p in _SPLIT.split(measure.lower())
    ]
    words = [w for part in parts for w in part]
    content = [w for w in words if w not in _OFF] or words
    first = next((p for p in parts if any(w not in _OFF for w in p)), parts[0])
    kept = [w for w in first if w not in _OFF] or first or [""]
    return kept[-1], frozenset(content)


def same_measure(want: str | None, have: str | None) -> bool:
    """Whether the head nouns agree: see this module."""
    if want is None or have is None:
        return want is have
    (head_a, words_a), (head_b, words_b) = heads(want), heads(have)
    stems_a, stems_b = {_stem(w) for w in words_a}, {_stem(w) for w in words_b}
    return _stem(head_a) in stems_b or _stem(head_b) in stems_a


def _is_written(measure: str | None, case: Gold) -> bool:
    """Whether a content word of a golden measure stands in its case."""
    if measure is None:
        return False
    around = " ".join(case.get(k) or "" for k in ("title", "heading", "text")).lower()
    stems = {_stem(w) for w in re.findall(r"[\w'&-]+", around)}
    return any(_stem(w) in stems for w in heads(measure)[1])


def _stem(word: str) -> str:
    """A word without the endings that tell its forms apart ("exports", "exporting")."""
    word = units.singular(word.lower())
    for ending in ("ings", "ing", "ed", "es", "e", "s", "al"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def same_entity(want: str | None, have: str | None) -> bool:
    return _bare(want) == _bare(have)


def _bare(entity: str | None) -> str | None:
    if entity is None:
        return None
    return re.sub(r"^the |['’]s?$", "", entity.strip(), flags=re.IGNORECASE).lower()


AGREE = {"measure": same_measure, "entity": same_entity}


def report(total: Score) -> str:
    """The score as a table for people."""
    precision, recall = total.readings / (total.found or 1), total.readings / (total.gold or 1)
    lines = [
        f"figures: {total.gold} golden, {total.found} found",
        f"spans:    precision {total.spans / (total.found or 1):.1%}  "
        f"recall {total.spans / (total.gold or 1):.1%}  "
        f"exact {total.exact / (total.spans or 1):.1%}",
        f"readings: precision {precision:.1%}  recall {recall:.1%}  (value, unit and comparator)",
        f"negative cases without any figure: {total.clean} of {total.negatives}",
    ]
    for slot in SLOTS:
        lines.append(
            f"{slot:10} right {total.slots[slot] / (total.spans or 1):.1%}  "
            f"precision {total.both[slot] / (total.said[slot] or 1):.1%}  "
            f"recall {total.both[slot] / (total.told[slot] or 1):.1%}"
        )
    lines.append(
        f"measure where it is written: right {total.written_right / (total.written or 1):.1%}"
    )
    return "\n".join(lines)


def load(path: Path) -> list[Gold]:
    """The cases of a JSONL file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def half(case: Gold) -> int:
    """Which half of its file a case belongs to, whatever is added to the file."""
    return int(hashlib.sha256(case["id"].encode()).hexdigest(), 16) % 2


def main(arguments: list[str]) -> None:
    cases = load(Path(arguments[0]))
    if "--half" in arguments:
        wanted = int(arguments[arguments.index("--half") + 1])
        cases = [case for case in cases if half(case) == wanted]
    total = score(cases)
    if "-v" in arguments:
        sys.stdout.write("\n".join(total.misses) + "\n")
    sys.stdout.write(report(total) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
