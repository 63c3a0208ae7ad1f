"""Colophon: title, date, source and author, from front matter or the lines about the article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from ingest import papers
from ingest.articles import Block

MAX_FRONT_MATTER_CHARS = 20_000
MAX_LINE_CHARS = 160
N_TOP_BLOCKS = 6
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<{}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?"
_DATES = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)[-/.](?P<n>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"\b{_MONTH.format('m')}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format('m')},?\s+(?P<y>(?:19|20)\d\d)\b",
        re.I,
    ),
)
_LABELLED = re.compile(
    r"(?P<label>published|updated|posted|date|first published|last updated|released|"
    r"source|publisher|author|by|written by|reported by|url|link|title|headline)"
    r"(?:\s*:\s*|\s+(?:on\s+|at\s+)?)(?P<value>\S.*)",
    re.I,
)
_FIELDS = {
    "title": "title", "headline": "title", "name": "title",
    "date": "published", "published": "published", "publish_date": "published",
    "pubdate": "published", "posted": "published", "released": "published",
    "first published": "published", "updated": "published", "last updated": "published",
    "created": "published",
    "source": "source", "publisher": "source", "publication": "source", "site": "source",
    "sitename": "source", "outlet": "source", "website": "source",
    "author": "author", "authors": "author", "byline": "author", "by": "author",
    "written by": "author", "reported by": "author",
    "url": "url", "link": "url", "canonical": "url", "source_url": "url",
}  # fmt: skip
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*|and|&|,|de|van|von|der|bin|al)(?:\s+|,\s*|$)")
_DATELINE_END = re.compile(r"\s*(?:\([A-Z][\w .]{1,30}\)\s*)?[)]?\s*(?:--|—|–|-|:|/)")


@dataclass(frozen=True, slots=True)
class Colophon:
    """What is known about an article beside its text; None where nothing is."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None

    def over(self, other: Colophon) -> Colophon:
        """This one, its gaps filled from the other."""
        return Colophon(**{
            f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)
        })  # fmt: skip


def front_matter(text: str) -> tuple[Colophon, int]:
    """The front matter at a text's head (`---` YAML, `+++` TOML), and where the body starts."""
    for fence, load in (("---", _load_yaml), ("+++", _load_toml)):
        if not text.startswith(f"{fence}\n"):
            continue
        end = text.find(f"\n{fence}", len(fence), MAX_FRONT_MATTER_CHARS)
        if end < 0:
            continue
        data = load(text[len(fence) + 1 : end + 1])
        if data:
            line_end = text.find("\n", end + 1)
            return of_mapping(data), len(text) if line_end < 0 else line_end + 1
    return Colophon(), 0


def _load_yaml(text: str) -> Mapping[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(text) if "&" not in text else None
    except (yaml.YAMLError, ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        return {str(key): value for key, value in data.items()}
    pairs = (line.partition(":") for line in text.split("\n") if ":" in line)
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def _load_toml(text: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def of_mapping(data: Mapping[str, Any]) -> Colophon:
    """A colophon out of names as people write them ("headline", "pubdate", "by")."""
    found: dict[str, str] = {}
    for key, value in data.items():
        field = _FIELDS.get(key.strip().lower())
        text = _plain(value)
        if field and text and field not in found:
            found[field] = text
    if "published" in found:
        found["published"] = parse_date(found["published"]) or ""
    return Colophon(**{key: value for key, value in found.items() if value})


def _plain(value: Any) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(v) for v in value if not isinstance(v, (dict, list)))
    return "" if value is None or isinstance(value, dict) else " ".join(str(value).split())[:300]


def parse_date(text: str) -> str | None:
    """The first full date in a text, as ISO: "Jan. 13, 2025" is "2025-01-13"."""
    found = [m for pattern in _DATES if (m := pattern.search(text))]
    for match in sorted(found, key=lambda m: m.start()):
        iso = _iso(match.groupdict())
        if iso:
            return iso
    return None


def _iso(parts: Mapping[str, str]) -> str | None:
    month = int(parts["n"]) if "n" in parts else _MONTHS.index(parts["m"][:3].lower()) + 1
    try:
        return date(int(parts["y"]), month, int(parts["d"])).isoformat()
    except ValueError:
        return None


def read(text: str, blocks: Sequence[Block]) -> Colophon:
    """What the lines at the head of an article say about it: byline, date line, dateline."""
    found = Colophon()
    for block in blocks[:N_TOP_BLOCKS]:
        line = text[block.start : block.end]
        found = found.over(Colophon(published=_dateline(line)))
        is_long = len(line) > MAX_LINE_CHARS
        found = found.over(Colophon(published=_credit(line)) if is_long else _of_line(line))
        found = found.over(Colophon(source=_paper(line, block)))
        if is_long:
            break
    return found


# A line that looks like a heading tells the paper beside a date or behind a name.
_TELLS_PAPER = re.compile(r"\b(?:19|20)\d\d\b|^[*_]*(?:by|from|blog|interview)\b", re.I)


def _paper(line: str, block: Block) -> str | None:
    """The paper that a line at the head names."""
    if len(line) > MAX_LINE_CHARS:
        return papers.of_dateline(line)
    may_tell = block.kind == "paragraph" or (block.kind == "heading" and _TELLS_PAPER.search(line))
    return papers.find(line) if may_tell else None


def _of_line(line: str) -> Colophon:
    """One short line: "By Ann Lee | January 13, 2025", "Source: Xinhua", "2025-01-13 09:30"."""
    found = Colophon()
    for part in re.split(r"\s*[|•·]\s*", line.strip()):
        match = _LABELLED.fullmatch(part)
        if match is not None:
            found = found.over(_labelled(match["label"].lower(), match["value"], part))
        elif _is_date_line(part):
            found = found.over(Colophon(published=parse_date(part)))
    return found.over(Colophon(published=_credit(line)))


# What may stand right before the date of a line that says who wrote when ("Harbour Echo, 4 May
# 2025"), and what may follow it there; a line that tells what happened has other words.
_CREDIT_LEAD = re.compile(
    r"(?:^|[,.;–—-]|\b(?:published|issued|released|posted|updated|dated|conducted|held)(?: on)?"
    r"|\b(?:release|issue|edition|report|bulletin|statement|meeting|minutes) of|\(|\bon)\s*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$",
    re.I,
)
_CREDIT_REST = re.compile(
    r"[\s.*_)]*$|\s*\([^()]*\)[\s.*_]*$|[,.;]?\s*(?:[–—-]\s*)?(?:written |reporting )?by\b"
    r"|,\s*\d{1,2}[.:]\d\d\b|[.;]\s+[A-Z]",
    re.I,
)
_TELLING = re.compile(
    r"\b(?:is|was|were|are|has|have|had|will|would|said|says|to|until|since|from|ended|ending)\b"
    r"|[%$€£]|\d,\d{3}",
    re.I,
)
_MAX_PLACE_WORDS = 4


def _credit(line: str) -> str | None:
    """The date of "Statistics Office, release of 14 March 2024", "By Jo Bell, Echo, 4 May 2025",
    and of a dateline that a full stop ends: "Praia, 25 February 2025. Hotels welcomed ...".
    """
    head = line[:MAX_LINE_CHARS].lstrip("*_# ")
    found = [m for pattern in _DATES if (m := pattern.search(head))]
    first = min(found, key=lambda m: m.start(), default=None)
    if first is None or _TELLING.search(lead := head[: first.start()]):
        return None
    if not _CREDIT_LEAD.search(lead) or not _CREDIT_REST.match(head, first.end()):
        return None
    goes_on = len(line) > MAX_LINE_CHARS
    if goes_on and (len(lead.split()) > _MAX_PLACE_WORDS or head[first.end()] != "."):
        return None
    return _iso(first.groupdict())


def _labelled(label: str, value: str, part: str) -> Colophon:
    field = _FIELDS[label]
    if field == "published":
        return Colophon(published=parse_date(value))
    if label == "by" and not "".join(_NAME.findall(value)).strip() == value.strip():
        return Colophon()
    if label != "by" and ":" not in part:
        return Colophon()
    return Colophon(**{field: value.strip()})


def _is_date_line(line: str) -> bool:
    """A line that is a date, perhaps with a time, and nothing else."""
    return parse_date(line) is not None and len(line) <= 48 and len(line.split()) <= 8 and (
        sum(c.isdigit() for c in line) >= 5 and not line.rstrip().endswith((".", "!", "?"))
    ) and not re.search(r"\b(in|as|since|until|from|by|the|of)\b", line)  # fmt: skip


def _dateline(line: str) -> str | None:
    """The date of "BEIJING, Jan. 13, 2025 (Xinhua) -- China's …"."""
    head = line[:100]
    for pattern in _DATES:
        match = pattern.search(head)
        if match and _DATELINE_END.match(head, match.end()) and head[:1].isupper():
            before = head[: match.start()].strip(" ,(")
            if before.upper() == before or len(before.split()) <= 3:
                return _iso(match.groupdict())
    return None
