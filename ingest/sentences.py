"""Sentences: where each sentence, heading, list item and table row of an article stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest import data
from ingest.articles import Article, Block, Span

# Begins with the marks themselves, and looks back for which it was: that is found fastest.
_END = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])[.!?…]*[\"'”’»)\]*_]{0,4}(?=\s|$)|(?<=[.!?])(?=[A-Za-z])|(?<=[。！？]))"
)
_WORD_BEFORE = re.compile(r"[\w.'’&-]+$")
_WORD_AFTER = re.compile(r"[\"'“‘«(\[*_–—-]{0,3}\s?(\w[\w'’-]*)")
_INITIAL = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})")
_RULE_ROW = re.compile(r"[\s|:+=-]+")
MIN_GLUED_WORD_CHARS = 4
SAMPLE_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class _Words:
    always: frozenset[str]
    often: frozenset[str]
    openers: frozenset[str]
    domains: frozenset[str]


@cache
def _load_words() -> _Words:
    path = files("ingest").joinpath("data/abbreviations.yaml")
    words_of = data.parse(path.read_text(encoding="utf-8"), words_only=True)
    return _Words(**{name: frozenset(words) for name, words in words_of.items()})


def find(article: Article) -> list[Span]:
    """Sentences in order: they cover every block, and none reaches over a block's end.

    Headings and table rows are sentences of their own; rules between table rows are none.
    """
    is_cased = _is_cased(article.text[:SAMPLE_CHARS])
    spans: list[Span] = []
    for block in article.blocks:
        spans += split(article.text, block, is_cased=is_cased)
    return spans


def _is_cased(text: str) -> bool:
    """Whether capitals are used: a text all in small letters has its sentences told otherwise."""
    n_capitals = sum(map(str.isupper, text))
    return n_capitals * 200 >= len(text) or n_capitals * 200 >= sum(map(str.isalpha, text))


def split(text: str, block: Block, *, is_cased: bool = True) -> Iterator[Span]:
    """The sentences of one block."""
    if block.kind == "heading":
        yield Span(block.start, block.end)
    elif block.kind == "table":
        yield from _rows(text, block)
    else:
        yield from _sentences(text, block, is_cased)


def _rows(text: str, block: Block) -> Iterator[Span]:
    position = block.start
    for line in text[block.start : block.end].split("\n"):
        if line.strip() and not _RULE_ROW.fullmatch(line):
            indent = len(line) - len(line.lstrip())
            yield Span(position + indent, position + len(line.rstrip()))
        position += len(line) + 1


def _sentences(text: str, block: Block, is_cased: bool) -> Iterator[Span]:
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        if match.end() < block.end and _ends_sentence(text, start, match, block.end, is_cased):
            yield Span(start, match.end())
            start = match.end()
            while start < block.end and text[start].isspace():
                start += 1
    if start < block.end:
        yield Span(start, block.end)


def _ends_sentence(
    text: str, start: int, match: re.Match[str], block_end: int, is_cased: bool
) -> bool:
    """Whether the mark at `match` ends the sentence that began at `start`."""
    if match.group()[0] in "。！？":
        return True
    begin = max(start, match.start() - 40)
    begin = max(begin, text.rfind(" ", begin, match.start()) + 1)
    before = _WORD_BEFORE.search(text, begin, match.start())
    after = _WORD_AFTER.match(text[match.end() : min(match.end() + 60, block_end)].lstrip())
    previous = before.group() if before else ""
    following = after.group(1) if after else ""
    if not text[match.end()].isspace():
        return _ends_glued(previous, following, text, match.end())
    if not following:
        return True
    if match.group()[0] in "!?…":
        return not following[0].islower()
    sentence = text[start : match.start()]
    return _ends_at_stop(sentence, previous, following, match.group(), is_cased)


def _ends_at_stop(sentence: str, previous: str, following: str, mark: str, is_cased: bool) -> bool:
    """Whether a full stop before a space ends a sentence."""
    words = _load_words()
    word = previous.lower().strip("'’\"")
    opens = following.lower() in words.openers
    if _ENUMERATOR.fullmatch(sentence.strip()) or (len(mark) == 1 and word in words.always):
        return False
    if word in words.often or _INITIAL.fullmatch(previous):
        return opens and (following[0].isupper() or not is_cased) and len(mark) == 1
    if following[0].islower() and is_cased:
        is_plain = len(word) > 3 and word.isalpha() and previous[0].islower()
        return opens and (is_plain or sentence[-1:] in "%)" or sentence[-1:].isdigit())
    return True


def _ends_glued(previous: str, following: str, text: str, position: int) -> bool:
    """Whether a mark with no space after it ends a sentence: "…foreign trade.It certainly…"."""
    words = _load_words()
    lower = following.lower()
    if not previous[-1:].isalpha() or not previous[-3:].islower() or "." in previous:
        return False
    if len(previous) < MIN_GLUED_WORD_CHARS or lower in words.domains:
        return False
    end = position + len(following)
    if text[end : end + 1] in (".", "@", "/", "(", "_"):
        return False
    if following[0].isupper():
        return len(following) == 1 or following[1:].islower() or lower in words.openers
    return lower in words.openers and len(following) >= MIN_GLUED_WORD_CHARS
