"""Statements: a sentence (or row) cut into tokens, its periods and its quantities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest import numerals, periods
from ingest.articles import Span
from ingest.figures import ages, quantities
from ingest.figures.names import Names
from ingest.figures.quantities import Quantity
from ingest.numerals import Numeral, Token

_NO_NAMES = Names()


class _Words(dict[int, str]):
    """Words by the index of their token; "" where there is none."""

    def __missing__(self, index: int) -> str:
        return ""


_NO_WORDS = _Words()


@dataclass(slots=True)
class Dated:
    """A period written at tokens[first:after], resolved as far as the context allowed."""

    first: int
    after: int
    mention: periods.Mention
    period: str | None = None


@dataclass(slots=True)
class Statement:
    """A sentence with what was read in it; `block` is the index of its block.

    groups: the tokens that tell a group of ages ("aged 30 to 44")
    names: what the article tells of its words with a capital
    low: the word of a token in lower case, by its index; "" where there is none
    """

    text: str
    span: Span
    block: int
    tokens: Sequence[Token] = ()
    numerals: Sequence[Numeral] = ()
    quantities: list[Quantity] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    groups: list[tuple[int, int]] = field(default_factory=list)
    names: Names = _NO_NAMES
    words: list[str] = field(default_factory=list)
    low: Callable[[int], str] = _NO_WORDS.__getitem__

    def between(self, a: Quantity, b: Quantity) -> list[str]:
        """The words from the end of one quantity to the next one's hedge, lower case."""
        return self.words[a.after : b.lead]

    def raw(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""


def read(
    text: str,
    span: Span,
    block: int,
    names: Names = _NO_NAMES,
    places: frozenset[str] = frozenset(),
    *,
    has_numbers: bool = True,
) -> Statement:
    """The statement at text[span]; offsets in it point into `text`.

    has_numbers: False where it is known to have no digit and no number word
    """
    made = Statement(text, span, block, names=names)
    made.tokens = _with_owners(numerals.lex(text, span.start, span.end), names)
    made.words = [token.low for token in made.tokens]
    made.low = _Words(enumerate(made.words)).__getitem__
    mentions = periods.find(text, span.start, span.end)
    spans = [(m.start, m.end) for m in mentions]
    if has_numbers:
        made.numerals = numerals.read_all(made.tokens, spans)
        made.quantities = quantities.read(made.tokens, made.numerals, places)
        _set_ages_apart(made)
    made.dates = _dates(made, mentions)
    return made


def _set_ages_apart(made: Statement) -> None:
    """Groups of ages: those that name people are no quantities, the others are ages."""
    for group in ages.find(made.text, made.span.start, made.span.end):
        inside = [q for q in made.quantities if q.start < group.end and q.end > group.start]
        if group.is_name:
            made.quantities = [q for q in made.quantities if q not in inside]
        for quantity in inside:
            quantity.form, quantity.unit = "age", quantity.unit or "year"
        made.groups.append(_tokens_at(made.tokens, group.start, group.end))


def _with_owners(tokens: list[Token], told: Names) -> list[Token]:
    """The tokens, "ChinaS" and "Chinas" read as the "China's" that they are mistyped for."""
    found = list(tokens)
    for i, token in enumerate(tokens):
        if token.text[-1:] in "sS" and token.text[:1].isupper() and told.may_own(token.text):
            before = tokens[i - 1].low if i else ""
            if before not in ("the", "two", "both", "all"):
                found[i] = token._replace(low=f"{token.low[:-1]}'s")
    return found


def _dates(made: Statement, mentions: Sequence[periods.Mention]) -> list[Dated]:
    """Periods of every kind, bare years among them, in order."""
    found = [_at_tokens(made.tokens, m) for m in mentions]
    inside = [(m.start, m.end) for m in mentions]
    for numeral in made.numerals:
        if numeral.kind == "year" and not any(a <= numeral.start < b for a, b in inside):
            year = str(numeral.value)
            mention = periods.Mention(numeral.start, numeral.end, year)
            found.append(Dated(numeral.first, numeral.after, mention, year))
    return sorted(found, key=lambda d: d.first)


def _at_tokens(tokens: Sequence[Token], mention: periods.Mention) -> Dated:
    return Dated(*_tokens_at(tokens, mention.start, mention.end), mention, mention.period)


def _tokens_at(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens of text[start:end], half-open."""
    first = next((i for i, t in enumerate(tokens) if t.end > start), 0)
    after = next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))
    return first, after
