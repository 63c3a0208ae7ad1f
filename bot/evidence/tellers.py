"""Tellers: the papers that a question names, and the articles that are theirs.

"According to the Herald, how many were injured?" is asked of what the Herald tells, and of nothing
else; "how many fewer does the Herald count than the Courier?" of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.evidence import editions, linking
from bot.language import terms
from bot.nodes import Node
from bot.questions import Query
from ingest import Article, papers

_WORD = re.compile(r"[^\W_][\w’'-]*|&")
_OWN = re.compile(r"['’]s?$")
# Words by which what one tells is set beside something else.
_BESIDE = rf"{editions.BESIDE}|disagree\w*|beyond|as (?:many|much|high|large) as"
_SET_BESIDE = re.compile(rf"\b(?:{_BESIDE})\b", re.IGNORECASE)
_MAY_BE_BESIDE = re.compile(
    rf"\b(?:{_BESIDE}|between|fits?|match\w*|agree\w*|consistent|tally|tallies|in line|squares?"
    r"|both|below|above|miss|short of|beat|overtake|like|told|too)\b|\bfrom .* to\b",
    re.IGNORECASE,
)
# "The money that the council named in the Herald": one of the things that are asked about.
_IN_A_CLAUSE = re.compile(r"\b(?:that|which) (?!the $)[^,?]{3,60}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Teller:
    """A paper that a question names at text[start:end], and the ids of its articles."""

    start: int
    end: int
    articles: frozenset[str]


def named(text: str, articles: Iterable[Article]) -> list[Teller]:
    """The papers that a question names, as it names them."""
    by_name: dict[str, set[str]] = {}
    for article in articles:
        if article.source:
            by_name.setdefault(_bare(article.source), set()).add(article.id)
    found: dict[tuple[int, int], list[str]] = {}
    for name in by_name:
        for place in _places(text, name):
            found.setdefault(place, []).append(name)
    tellers = []
    for (start, end), names in sorted(found.items()):
        if any(a <= start and end <= b and (a, b) != (start, end) for a, b in found):
            continue
        ids = frozenset(id for name in names for id in by_name[name])
        tellers.append(Teller(start, end, ids))
    return tellers


def asked(text: str, articles: Sequence[Article]) -> tuple[tuple[str, ...], ...]:
    """The articles of each paper that a question asks what it tells.

    () where it names none, or one that may be set beside something else.
    """
    tellers = named(text, articles)
    groups = tuple(dict.fromkeys(tuple(sorted(teller.articles)) for teller in tellers))
    if len(groups) != 1:
        return groups
    if any(_IN_A_CLAUSE.search(text[: teller.start]) for teller in tellers):
        return ()
    rest = _without(text, tellers)
    words = _MAY_BE_BESIDE if named(rest, articles) else _SET_BESIDE
    return () if words.search(rest) else groups


# Papers that are asked for without their names.
_BOTH = re.compile(
    r"\b(?:(?:each|both|either)(?: of)?(?: the)?(?: two)?|the two)"
    r" (?:[\w'’-]+ ){0,2}(?:news)?papers\b"
    r"|\b(?:the )?one (?:news)?paper and (?:in |by )?the other\b",
    re.IGNORECASE,
)


def put(query: Query, articles: Sequence[Article], parse: Callable[[str], Query]) -> Query:
    """A question, and each of its parts, with the articles of the papers that it names; where
    several are asked the same, one question for each.

    articles: the likeliest first; parse: how a question is understood
    """
    told_by = asked(query.text, articles) or _both(query.text, articles)
    told_by = told_by or editions.asked(query.text, articles)
    if len(told_by) < 2 or _MAY_BE_BESIDE.search(query.text):
        parts = tuple(put(part, articles, parse) for part in query.subquestions)
        return replace(query, subquestions=parts, told_by=told_by)
    first, *others = query.subquestions or (query,)
    if any(_asks_more(part.text, articles) for part in others):
        parts = tuple(put(part, articles, parse) for part in query.subquestions)
    else:
        plain = parse(_without(first.text, named(first.text, articles)))
        parts = tuple(replace(plain, told_by=(ids,)) for ids in told_by)
    return replace(query, subquestions=parts, told_by=told_by)


def _both(text: str, articles: Sequence[Article]) -> tuple[tuple[str, ...], ...]:
    """The two likeliest papers, where both are asked for."""
    by_name: dict[str, list[str]] = {}
    for article in articles if _BOTH.search(text) else ():
        if article.source and papers.name_noun(article.source):
            by_name.setdefault(_bare(article.source), []).append(article.id)
    groups = [tuple(ids) for ids in by_name.values()][:2]
    return tuple(groups) if len(groups) == 2 else ()


def _asks_more(text: str, articles: Sequence[Article]) -> bool:
    """Whether a part of a question asks for more than what another paper tells of the same."""
    rest = _without(text, named(text, articles))
    return len([t for t in terms.find(rest) if t.stem not in linking.unspecific()]) > 1


def put_to(query: Query) -> frozenset[str]:
    """The articles that a question, or each of its parts, is put to; none where one of them may
    rest on others."""
    groups = [part.told_by for part in query.subquestions] or [query.told_by]
    if not all(groups):
        return frozenset()
    return frozenset(id for told_by in groups for ids in told_by for id in ids)


def of_each(query: Query, nodes: Sequence[Node]) -> list[Node]:
    """Of the ways to answer what several papers are asked, those with a figure of each."""
    groups = query.told_by
    if len(groups) < 2:
        return [*nodes]
    told = [
        node for node in nodes
        if all(any(f.article_id in ids for f in node.leaves) for ids in groups)
    ]  # fmt: skip
    return told or [*nodes]


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a)\s+", "", name.strip(), flags=re.IGNORECASE)


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Where a question calls a paper: by its whole name, or by the word that papers are called by
    with no other name before it."""
    whole = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE if text.islower() else re.NOFLAG)
    found = [m.span() for m in whole.finditer(text)]
    noun = papers.name_noun(name)
    if noun is None:
        return found
    of_name = {_OWN.sub("", word).casefold() for word in _WORD.findall(name)}
    words = list(_WORD.finditer(text))
    for i, word in enumerate(words):
        said = _OWN.sub("", word[0])
        if said.casefold() != noun or not (said[0].isupper() or papers.is_plain(noun)):
            continue
        if not (_is_told_of(text, words, i) or papers.is_plain(noun)):
            continue
        if said[0].islower() and not text.islower() and not _is_said_to_tell(text, words, i):
            continue
        first = i
        while first and _is_next(text, words, first) and (
            words[first - 1][0].casefold() in of_name - {"the", "of"}
        ):  # fmt: skip
            first -= 1
        if not (first and _is_other_name(text, words, first)):
            found.append((words[first].start(), word.start() + len(said)))
    return list(dict.fromkeys(found))


def _is_next(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether nothing but a space stands between a word and the one before it."""
    return text[words[i - 1].end() : words[i].start()] == " "


def _is_told_of(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a word that may be said of other things too is a paper's name where it stands."""
    before = words[i - 1][0].lower() if i else ""
    after = text[words[i].end() : words[i].end() + 1]
    return before in {"the", "and", "per", "by", "in"} or (before == "" and after == ":")


def _is_said_to_tell(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a word in small letters stands as a paper's name does: "the courier", "herald
    figures"."""
    before = words[i - 1][0].lower() if i else "the"
    told = re.match(rf"(?:['’]s?)? {_TOLD}\b", text[words[i].end() :])
    return bool(told) or before in {"the", "per", "by"}


def _is_other_name(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether the word right before makes a name of its own with the next: "Times Herald"."""
    before = words[i - 1]
    is_capital = before.start() > 0 and before[0][0].isupper()
    return _is_next(text, words, i) and is_capital and not _OWN.search(before[0])


# -- without the words that name them -----------------------------------------------------------

_TOLD = (
    r"(?:account|article|bill|coverage|count|counts|data|estimate|figures?|interview|live page"
    r"|numbers?|pages?|piece|post|report|round figures|story|sums|tables?|text|version|words)"
)
_BY = (
    r"(?:according to|acc\.? to|as (?:told|reported|given|printed) (?:by|in)|going by|judging by"
    r"|in the words of|on|taking|using|by|in|per|from|says|said|reports)"
)


def _without(text: str, tellers: Sequence[Teller]) -> str:
    """A question without the phrases that only say whose telling is asked for."""
    names = [re.escape(text[teller.start : teller.end]) for teller in tellers]
    if len(names) > 1:
        one, other = (rf"(?:{_BY} )?{_called(name)}" for name in (names[0], names[-1]))
        text = re.sub(rf",? ?\b{one},? and {other}", "", text).strip()
    for name in reversed(names):
        phrase = (
            rf"\((?:(?:in|per|says) )?{_called(name)}\)"
            rf"|\b{_BY} (?:the )?{name}(?:['’]s?(?: own)? {_TOLD}| {_TOLD}|(?!['’]))"
            rf"(?=[?.,;:)]|$| (?:on|of|for|in|after|at)\b)"
            rf"|, {_called(name)}(?=[?.]|$)"
            rf"|^{_called(name)}[:,]"
        )
        text = re.sub(phrase, "", text, count=1, flags=re.IGNORECASE)
    return text


def _called(name: str) -> str:
    return rf"(?:the )?{name}(?:['’]s?)?(?: {_TOLD})?"
