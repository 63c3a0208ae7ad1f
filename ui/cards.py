"""The pieces of an answer as HTML: pure functions from values to text, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ui import bounds
from ui.escaping import html, shortened

if TYPE_CHECKING:
    from bot.answers import Answer, Calculation, Citation, Number
    from ingest import Article, Figure

_MARKER = re.compile(r"\[(\d{1,4})\]")
_VERDICTS = {"partial": "Answered in part", "abstained": "Not in the articles"}


def answer(answer: Answer) -> str:
    """The answer's text: citations as chips, each number with its proof at hand."""
    verdict = _VERDICTS.get(answer.status)
    badge = f'<div class="q-verdict q-{answer.status}">{verdict}</div>' if verdict else ""
    return f'<div class="q-answer">{badge}<p>{"".join(_pieces(answer))}</p></div>'


def text_so_far(text: str) -> str:
    """Sentences that have been proven while the rest is still being read."""
    return f'<div class="q-answer"><p>{_with_plain_chips(text)}</p></div>'


def working(doing: str) -> str:
    """What the bot is doing."""
    return f'<div class="q-working" role="status"><i></i>{html(doing)}…</div>'


def understood(question: str) -> str:
    """How a follow-up was made whole."""
    from bot.asking import followups

    told = html(followups.spoken(question))
    return f'<div class="q-understood">Understood as <q>{told}</q></div>'


def _pieces(answer: Answer) -> Iterator[str]:
    quotes = {str(citation.number): citation for citation in answer.citations}
    spans: list[tuple[int, int, str]] = [
        (found.start(), found.end(), _chip(found[1], quotes.get(found[1])))
        for found in _MARKER.finditer(answer.text)
    ]
    spans += [(n.start, n.end, _number(n, answer)) for n in answer.numbers]
    at = 0
    for start, end, piece in sorted(spans):
        if start < at:
            continue
        yield html(answer.text[at:start])
        yield piece
        at = end
    yield html(answer.text[at:])


def _with_plain_chips(text: str) -> str:
    return _MARKER.sub(lambda found: _chip(found[1], None), html(text))


def _chip(number: str, citation: Citation | None) -> str:
    if citation is None:
        return f'<span class="q-chip">{number}</span>'
    tip = f"{html(shortened(citation.quote, 320))}<cite>{html(citation.title)}</cite>"
    return f'<span class="q-chip" tabindex="0">{number}<span class="q-tip">{tip}</span></span>'


def _number(number: Number, answer: Answer) -> str:
    is_figure = number.proof not in ("date", "identifier", "ordinal", "question")
    look = "q-number q-figure" if is_figure else "q-number"
    return f'<span class="{look}" title="{html(_proof(number, answer))}">{html(number.text)}</span>'


def _proof(number: Number, answer: Answer) -> str:
    """What proves a number, in a line: its formula, or the words of the source."""
    for calculation in answer.calculations:
        if calculation.id == number.proof:
            return calculation.formula
    figure = answer.figure_texts.get(number.proof)
    return f"quoted: {figure}" if figure else f"{number.proof}, as in the source"


def nearest(text: str) -> str:
    """What the articles do hold, when they do not hold what was asked."""
    return f'<div class="q-near"><b>Nearest in the articles</b>{html(text)}</div>'


def note(text: str) -> str:
    """A reservation about the answer."""
    return f'<div class="q-note">{html(text)}</div>'


def footer(answer: Answer) -> str:
    """What the answer rests on, in one quiet line."""
    parts = [
        _counted(len(answer.citations), "source"),
        _counted(len(answer.calculations), "calculation"),
        _counted(len(answer.numbers), "number") + " proven" if answer.numbers else "",
        f"{answer.seconds:.2f} s",
        "no language model" if answer.reader == "extractive" else answer.reader,
    ]
    if answer.usage:
        parts.append(f"{answer.usage.input_tokens + answer.usage.output_tokens} tokens")
    return f'<div class="q-footer">{" · ".join(html(part) for part in parts if part)}</div>'


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}" if n else ""


def passage(citation: Citation, article: Article | None) -> str:
    """The passage with the cited sentence marked; the bare quote where the article has moved on."""
    if article is None or article.sha256 != citation.sha256:
        return _quoted("", citation.quote, "") + '<div class="q-note">Changed since.</div>'
    start, end = citation.passage
    text = article.text
    around = _quoted(
        text[min(start, citation.start) : citation.start],
        citation.quote,
        text[citation.end : max(end, citation.end)],
    )
    return around + source(article, citation.copies)


def _quoted(before: str, quote: str, after: str) -> str:
    marked = f"<mark>{html(quote)}</mark>"
    return f'<blockquote class="q-passage">{html(before)}{marked}{html(after)}</blockquote>'


def source(article: Article, copies: Sequence[str] = ()) -> str:
    """Where a passage comes from, and which other articles say the same."""
    also = f"also in {', '.join(copies)}" if copies else None
    parts = [article.source, article.published, article.id, also]
    return f'<div class="q-source">{" · ".join(html(part) for part in parts if part)}</div>'


def calculation(answer: Answer, calculation: Calculation, law: str | None = None) -> str:
    """A formula, its interval, the identity behind it, and each operand with its sentence."""
    operands = "".join(_operand(id, answer) for id in calculation.operands)
    assumed = "".join(
        f"<li><b>{html(p)}</b> assumed in the question</li>" for p in calculation.parameters
    )
    identity = f'<div class="q-law">{html(law)}</div>' if law else ""
    return (
        f'<div class="q-calculation"><div class="q-formula">{_breakable(calculation.formula)}</div>'
        f'<div class="q-interval">{html(bounds.describe(calculation))}</div>{identity}'
        f"<ul>{operands}{assumed}</ul></div>"
    )


def _breakable(formula: str) -> str:
    """A formula that may wrap before its result and its operators, and nowhere else."""
    lines = html(formula).replace(" = ", "</span> <span>= ")
    return f"<span>{lines}</span>"


def _operand(id: str, answer: Answer) -> str:
    for earlier in answer.calculations:
        if earlier.id == id:
            return f"<li><b>{html(earlier.text)}</b> computed: {html(earlier.formula)}</li>"
    figure, text = answer.figures.get(id), answer.figure_texts.get(id, id)
    if figure is None:
        return f"<li><b>{html(text)}</b></li>"
    citation = _holding(figure, answer.citations)
    chip = _chip(str(citation.number), None) if citation else ""
    quote = _figure_in(citation, figure) if citation else ""
    return f"<li><b>{html(text)}</b> {chip} {_meaning(figure)}{quote}</li>"


def _meaning(figure: Figure) -> str:
    said = [figure.measure, figure.entity, figure.period]
    return f'<span class="q-meaning">{html(" · ".join(part for part in said if part))}</span>'


def _holding(figure: Figure, citations: Iterable[Citation]) -> Citation | None:
    for citation in citations:
        if citation.article_id == figure.article_id and (
            citation.start <= figure.start and figure.end <= citation.end
        ):
            return citation
    return None


def _figure_in(citation: Citation, figure: Figure) -> str:
    start, end = figure.start - citation.start, figure.end - citation.start
    quote = citation.quote
    return f"<q>{html(quote[:start])}<mark>{html(quote[start:end])}</mark>{html(quote[end:])}</q>"


def article(title: str, published: str | None, n_figures: int, *, is_chosen: bool) -> str:
    """An entry of the list of articles."""
    told = " · ".join(part for part in (published, _counted(n_figures, "figure")) if part)
    chosen = " q-chosen" if is_chosen else ""
    return (
        f'<div class="q-article{chosen}"><b>{html(shortened(title, 90))}</b>'
        f"<span>{html(told)}</span></div>"
    )


def trouble(message: str) -> str:
    """An error, as a friendly message."""
    return f'<div class="q-trouble" role="alert">{html(message)}</div>'
