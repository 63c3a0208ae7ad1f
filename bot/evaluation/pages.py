"""The report as one page that needs nothing else: no server, no network, no other file.

Articles and answers are untrusted text: all of it is escaped, and the page's own policy lets
nothing run or load but the one script whose hash it names.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from bot.evaluation.comparison import Compared
from bot.evaluation.rows import Row
from bot.evaluation.runs import TIME, Header, Run
from bot.evaluation.statistics import Interval
from bot.evaluation.summaries import Rate, failures, rates, times

TAG_DIVIDER = "\x1f"


def render(run: Run, compared: Sequence[Compared] = ()) -> str:
    """The whole page."""
    script = _part("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    body = "\n".join(
        [
            _head(run),
            _checks(rates(run), compared),
            _filters(run, compared),
            *_rows(run, compared),
        ]
    )
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation of {escape(run.header.questions)}</title>\n"
        f"<style>\n{_part('report.css')}</style>\n<body>\n{body}\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


@cache
def _part(name: str) -> str:
    return files("bot.evaluation").joinpath("data", name).read_text(encoding="utf-8")


def _head(run: Run) -> str:
    header, seconds = run.header, times(run)
    n_failed = sum(bool(row.failure) for row in run.rows)
    reader = header.settings.get("model") or "the extractive reader"
    facts = [f"{len(run.rows)} questions", f"{n_failed} failed", f"read by {reader}"]
    if seconds:
        facts.append(f"{seconds[0]:.2f} s an answer (95% within {seconds[1]:.2f} s)")
    return (
        f"<h1>Evaluation of {escape(header.questions)}</h1>"
        f'<p class="soft">{escape(" · ".join([*facts, _moment(header.started)]))}</p>'
        f"<details><summary>How it was run</summary>{_made_with(header)}</details>"
    )


def _moment(started: str) -> str:
    """ "2026-11-22T07:38:45+00:00" as people read it: "2026-11-22 07:38 UTC"."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return started
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment.tzinfo else started


def _made_with(header: Header) -> str:
    facts = {
        "questions": header.questions_sha256,
        "index": header.fingerprint,
        **header.settings,
        **header.versions,
    }
    return _terms((name, str(value)) for name, value in facts.items())


def _checks(found: Sequence[Rate], compared: Sequence[Compared]) -> str:
    kinds = list(dict.fromkeys(kind for rate in found for kind in rate.kinds))
    before = {each.check: each for each in compared}
    titles = ["", "", "95% interval", "n", *(["before"] if before else []), *kinds]
    head = "".join(f'<th class="n">{escape(title)}</th>' for title in titles)
    body = "".join(_check(rate, before.get(rate.check), bool(before), kinds) for rate in found)
    return (
        f'<h2>Checks</h2><div class="scroll"><table id="checks"><tr><th>Check</th>{head}</tr>'
        f"{body}</table></div>"
    )


def _check(rate: Rate, change: Compared | None, with_before: bool, kinds: Sequence[str]) -> str:
    span = rate.interval
    cells = [_bar(span), percent(span.mean), f"{percent(span.low)} – {percent(span.high)}"]
    cells.append(str(rate.n))
    if with_before:
        cells.append(_before(change))
    cells += [percent(rate.kinds[kind].mean) if kind in rate.kinds else "" for kind in kinds]
    fall = ' class="fall"' if change and change.is_fall else ""
    numbers = "".join(f'<td class="n">{cell}</td>' for cell in cells[1:])
    name = f'<td class="name">{escape(rate.check)}</td>'
    return f"<tr{fall}>{name}<td>{cells[0]}</td>{numbers}</tr>"


def _before(change: Compared | None) -> str:
    if change is None:
        return ""
    if not (change.change.worse or change.change.better):
        return f"{percent(change.before)} ="
    counts = f"−{len(change.change.worse)} +{len(change.change.better)}"
    return f"{percent(change.before)} ({counts}, p {chance(change.change.p)})"


def _bar(span: Interval) -> str:
    ends = (span.low, span.mean, span.high)
    low, mean, high = (round(max(0.0, min(1.0, end)) * 140, 1) for end in ends)
    width = max(1.0, round(high - low, 1))
    return (
        '<svg class="bar" viewBox="0 0 144 14" aria-hidden="true">'
        '<rect class="track" x="2" y="6" width="140" height="2"/>'
        f'<rect class="span" x="{2 + low}" y="2" width="{width}" height="10"/>'
        f'<rect class="mean" x="{1 + mean}" y="0" width="3" height="14"/></svg>'
    )


def _filters(run: Run, compared: Sequence[Compared]) -> str:
    kinds = Counter(row.kind for row in run.rows)
    tags = Counter(tag for row in run.rows for tag in row.tags)
    why = {"any": sum(failures(run).values()), **failures(run)}
    changes = Counter(word for row in run.rows for word in _changes(row, compared))
    return (
        "<h2>Questions</h2><form>"
        '<input type="search" name="text" placeholder="Search" aria-label="Search">'
        f"{_choice('failure', 'all, passed or failed', why)}{_choice('kind', 'all kinds', kinds)}"
        f"{_choice('tag', 'all tags', tags)}"
        f"{_choice('change', 'changed or not', changes) if compared else ''}"
        '<span class="soft" id="count" role="status"></span></form>'
    )


def _choice(name: str, every: str, counts: Mapping[str, int]) -> str:
    shown = {"any": "failed"}
    options = "".join(
        f'<option value="{escape(value)}">{escape(shown.get(value, value))} ({n})</option>'
        for value, n in counts.items()
    )
    return (
        f'<select name="{name}" aria-label="{escape(every)}">'
        f'<option value="">{escape(every)}</option>{options}</select>'
    )


def _changes(row: Row, compared: Sequence[Compared]) -> list[str]:
    worse = any(row.id in each.change.worse for each in compared)
    better = any(row.id in each.change.better for each in compared)
    return [word for word, holds in (("worse", worse), ("better", better)) if holds]


def _rows(run: Run, compared: Sequence[Compared]) -> Iterator[str]:
    for row in run.rows:
        changes = _changes(row, compared)
        marks = "".join(
            f'<span class="tag {"bad" if word == "worse" else "good"}">{word}</span>'
            for word in changes
        )
        if row.failure:
            marks = f'<span class="tag bad">{escape(row.failure)}</span>{marks}'
        yield (
            f'<details class="row{" failed" if row.failure else ""}" id="{escape(row.id)}"'
            f' data-kind="{escape(row.kind)}" data-failure="{escape(row.failure or "")}"'
            f' data-tags="{escape(TAG_DIVIDER.join(row.tags))}" data-change="{" ".join(changes)}">'
            f"<summary><b>{escape(row.question or row.id)}</b>"
            f'<span class="tag">{escape(row.kind)}</span>{marks}</summary>'
            f"<div>{_detail(row)}</div></details>"
        )


def _detail(row: Row) -> str:
    got = row.answer
    return "".join(
        [
            f'<p class="soft"><code>{escape(row.id)}</code> {escape(", ".join(row.tags))}</p>',
            f'<div class="pair"><div><h3>Expected</h3>{_expected(row.expected)}</div>',
            f"<div><h3>Got</h3>{_got(got)}</div></div>",
            f"<h3>Checks</h3>{_outcomes(row)}",
            _quotes("Cited", ((q["article"], q["quote"], False) for q in got.get("citations", ()))),
            _formulas(got.get("calculations", ())),
            _quotes(
                "Evidence retrieved, best first",
                ((e["article"], e["text"], bool(e["is_gold"])) for e in row.retrieved),
            ),
        ]
    )


def _expected(case: Mapping[str, Any]) -> str:
    facts = [("to abstain", "")] if case.get("abstain") else []
    facts += [("earlier", turn) for turn in case.get("history", ())]
    values = [case] if "value" in case else []
    facts += [("figure", _figure(each)) for each in [*values, *case.get("values", ())]]
    facts += [("words", " or ".join(group)) for group in case.get("words", ())]
    facts += [(name, str(case[name])) for name in ("answer", "operation") if name in case]
    cites = (_alternatives(item) for item in case.get("cite", ()))
    return _terms(facts) + "".join(
        f'<blockquote class="gold">{each}</blockquote>' for each in cites
    )


def _figure(case: Mapping[str, Any]) -> str:
    within = f" ± {_number(case['tolerance'])}" if "tolerance" in case else ""
    return f"{_number(case['value'])}{within} {case['unit']}"


def _number(text: object) -> str:
    return f"{Decimal(str(text)):,f}"


def _alternatives(item: Mapping[str, Any]) -> str:
    texts = [escape(str(each["text"])) for each in item.get("any", [item])]
    return ' <span class="soft">or</span> '.join(texts)


def _got(answer: Mapping[str, Any]) -> str:
    if not answer:
        return '<p class="soft">not kept in this run</p>'
    notes = [str(answer[name]) for name in ("note", "nearest") if answer.get(name)]
    understood = answer.get("understood")
    if understood and understood != answer.get("question"):
        notes.append(f"understood as: {understood}")
    return (
        f'<p class="answer">{escape(str(answer.get("text", "")))}</p>'
        f'<p class="soft">{escape(" · ".join([str(answer.get("status", "")), *notes]))}</p>'
    )


def _outcomes(row: Row) -> str:
    """Why it failed first, then each check as a mark."""
    applied = {name: o for name, o in row.outcomes.items() if o.value is not None}
    reasons = (f"{name}: {o.reason}" for name, o in applied.items() if o.reason)
    marks = " ".join(_mark(name, o.value or 0.0) for name, o in applied.items())
    told = "".join(f'<li class="bad">{escape(reason)}</li>' for reason in reasons)
    return f"<ul>{told}</ul><p>{marks}</p>" if told else f"<p>{marks}</p>"


def _mark(name: str, value: float) -> str:
    passed = {1.0: "good", 0.0: "bad"}.get(value, "") if name != TIME else ""
    return f'<span class="tag {passed}">{escape(name)} {value:.2g}</span>'


def _quotes(title: str, quotes: Iterable[tuple[str, str, bool]]) -> str:
    items = "".join(
        f'<li><blockquote class="{"gold" if is_gold else ""}">{escape(text)} '
        f'<span class="soft">{escape(article)}</span></blockquote></li>'
        for article, text, is_gold in quotes
    )
    return f"<h3>{escape(title)}</h3><ol>{items}</ol>" if items else ""


def _formulas(calculations: Sequence[Mapping[str, Any]]) -> str:
    items = "".join(
        f"<li><code>{escape(str(each['formula']))}</code> "
        f'<span class="soft">{escape(str(each["operation"]))}</span></li>'
        for each in calculations
    )
    return f"<h3>Calculated</h3><ul>{items}</ul>" if items else ""


def _terms(facts: Iterable[tuple[str, str]]) -> str:
    items = (f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    return f"<dl>{''.join(items)}</dl>"


def chance(p: float) -> str:
    """A p-value as people read it: "0.016", "<0.001"."""
    return f"{p:.3f}" if p >= 0.001 else "<0.001"


def percent(rate: float) -> str:
    """A rate as people read it: "87.5%", "100%"."""
    return f"{rate * 100:.1f}".removesuffix(".0") + "%"
