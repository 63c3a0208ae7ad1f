"""Peers: articles of which each is about one thing of its own, as a folder of firms or towns is.

Whom an article is about is told by the name that its title and its opening have and that it names
most often; where it speaks as "we", by who speaks for whom ("director of the Wexholm Infirmary").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.evidence import linking
from bot.language import mentions, terms
from ingest import Article, Figure, Span, units

# So much of an article opens it.
OPENING, N_BLOCKS = 900, 5
# A name is what an article is about where it stands in it so often, and "we" are of it where they
# are.
N_NAMED, N_WE = 2, 3


@dataclass(frozen=True, slots=True)
class Peer:
    """One of several: its name, the articles about it, and where the first of them names it.

    words: of its name, those that no other has and that are no common nouns of its articles
    """

    name: str
    articles: tuple[str, ...]
    named_at: Span
    words: tuple[str, ...] = ()

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its name."""
        return terms.stems_of(self.name)


def find(articles: Sequence[Article]) -> list[Peer]:
    """What the articles are about, each thing once, in the order of its first article. One that
    has the names of two in its title is of neither."""
    told = [(article, *about) for article in articles if (about := subject(article))]
    names = {name for _, name, _ in told}
    held: dict[str, list[tuple[Article, str, Span]]] = {}
    for article, name, span in told:
        if not any(_is_in_title(o, article) for o in names if not are_one(name, o)):
            key = next((known for known in held if are_one(known, name)), name)
            held.setdefault(key, []).append((article, name, span))
    shared = Counter(word.lower() for name in held for word in _words(name))
    return [_peer(of, shared) for of in held.values()]


def _peer(of: Sequence[tuple[Article, str, Span]], shared: Mapping[str, int]) -> Peer:
    name = max((name for _, name, _ in of), key=len)
    words = [w for w in _words(name) if w[:1].isupper() and shared[w.lower()] < SHARED]
    own = [word for word in words if not any(_is_common(word, a) for a, _, _ in of)]
    return Peer(name, tuple(a.id for a, _, _ in of), of[0][2], tuple(own))


# A word that so many names have tells none of them.
SHARED = 2


def _is_common(word: str, article: Article) -> bool:
    """Whether an article has a word written small."""
    return bool(re.search(rf"\b{re.escape(word.lower())}\b", article.text))


def are_one(one: str, other: str) -> bool:
    """Whether two names are of one thing: "Kestrel" and "Kestrel Glass".

    >>> are_one("Kestrel Glass", "Kestrel"), are_one("Kestrel Glass", "Kestrel Bank")
    (True, False)
    """
    mine, theirs = ([w.lower() for w in _words(name)] for name in (one, other))
    shorter, longer = sorted((mine, theirs), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _words(name: str) -> list[str]:
    return [m.group() for m in terms.words(name)]


def _is_in_title(name: str, article: Article) -> bool:
    first = _words(name)[0]
    return bool(re.search(rf"\b{re.escape(first)}\b", article.title or ""))


# -- whom an article is about ---------------------------------------------------------------------

_WE = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
_NAME = r"[A-Z][\w&.-]*(?: (?:of (?:the )?|& )?[A-Z][\w&.-]*){0,3}"
_OFFICE = re.compile(
    r"\b(?:[Dd]irector|[Mm]anager|[Cc]hair(?:man|woman|person)?|[Hh]ead|[Cc]hief executive|[Cc]hief"
    r"|[Pp]resident|[Oo]wner|[Ss]ecretary|[Tt]reasurer|[Mm]ayor|[Bb]oss|[Ff]ounder|[Rr]ector"
    r"|[Pp]rincipal|[Hh]eadmaster|[Hh]eadmistress|[Hh]ead teacher|[Cc]urator|[Cc]oach|[Cc]aptain"
    r"|[Ss]pokes(?:man|woman|person)|[Gg]overnor|[Ll]eader) (?:of|at|for) (?:the )?"
    rf"(?P<name>{_NAME})"
)


@lru_cache(maxsize=2_000)
def subject(article: Article) -> tuple[str, Span] | None:
    """The name of what an article is about, and where it stands; None where that is not plain."""
    if len(_WE.findall(article.text)) >= N_WE and (speaker := _spoken_for(article)):
        return _told(speaker, article)
    opening = _opening(article)
    title = article.title or ""
    names = dict.fromkeys([*_names(title), *opening])
    worths = {n: _worth(n, title, article) for n in names if n != article.source}
    best = max(worths, key=worths.__getitem__, default=None)
    if best is None or _count(best, article.text) < N_NAMED:
        return None
    return _told(_in_full(best, opening), article)


def _spoken_for(article: Article) -> str | None:
    """Of whom one speaks who is introduced by an office."""
    found = _OFFICE.search(article.text[:OPENING])
    if found is None:
        return None
    is_owner = article.text[found.end() : found.end() + 1] in ("'", "’") and " " in found["name"]
    name = found["name"].rpartition(" ")[0] if is_owner else found["name"]
    return name.strip(" .")


def _opening(article: Article) -> list[str]:
    """The names in the first paragraphs, without the line that tells who publishes."""
    blocks = [b for b in article.blocks if b.kind in ("heading", "paragraph")][:N_BLOCKS]
    texts = [article.text[b.start : b.end] for b in blocks]
    kept = [t for t in texts if not _DATED.search(t) or len(t) > DATELINE]
    return [name for text in kept for name in _names(text[:OPENING])]


_DATED = re.compile(r"\b(?:19|20)\d\d\b")
# A line with a year that is no longer tells when and by whom, and nothing else.
DATELINE = 100
# What the title names counts so much more than what the opening does.
TITLED = 3


def _names(text: str) -> list[str]:
    found = [mention.value for mention in mentions.names(text)]
    return [name for name in found if ". " not in name and units.parse(name) is None]


def _worth(name: str, title: str, article: Article) -> int:
    """How often an article has a name, more where its title does."""
    is_titled = name.lower() in title.lower() and title[:1] not in "\"“‘'«„"
    return (TITLED if is_titled else 1) * _count(name, article.text)


def _count(name: str, text: str) -> int:
    """How often a text has the first word of a name, written large."""
    first = re.escape(_words(name)[0]) if _words(name) else "$"
    return len(re.findall(rf"\b(?:{first}|{first.upper()})\b", text))


def _in_full(name: str, names: Sequence[str]) -> str:
    """A name as the opening has it in full: "Aldmouth Athletic" of "Athletic"."""
    words = name.lower().split()
    longer = [n for n in names if n.lower().split()[-len(words) :] == words]
    return max([name, *longer], key=len)


def _told(name: str, article: Article) -> tuple[str, Span]:
    at = article.text.find(name)
    if at < 0:
        found = re.search(re.escape(name), article.text, re.IGNORECASE)
        at = found.start() if found else 0
    return name, Span(at, at + len(name))


# -- which of them are asked about ----------------------------------------------------------------


def named(text: str, peers: Sequence[Peer]) -> list[Peer]:
    """The peers that a text names, in its order."""
    at = {peer.name: _place(peer, text) for peer in peers}
    found = [peer for peer in peers if at[peer.name] >= 0]
    return sorted(found, key=lambda peer: at[peer.name])


def _place(peer: Peer, text: str) -> int:
    """Where a text names a peer by a word of its own; -1 where it does not."""
    words = [re.escape(word) for word in peer.words if len(word) >= SHORT]
    found = re.search(rf"\b(?:{'|'.join(words)})\b", text, re.IGNORECASE) if words else None
    return found.start() if found else -1


# A word of fewer letters names nothing by itself.
SHORT = 3


def kinds(
    kind: str,
    peers: Sequence[Peer],
    articles: Mapping[str, Article],
    figures: Iterable[Figure],
) -> dict[str, float]:
    """How surely each peer, by its name, is of a kind ("wind farms"): by the share of its words
    that the peer's articles have, or words that stand for them, and by how much of what is measured
    of those that have them all is measured of it."""
    wanted = [s for s in terms.stems(kind)]
    if not wanted:
        return {}
    texts = {
        p.name: " ".join(f"{articles[i].title} {articles[i].text}" for i in p.articles)
        for p in peers
    }
    told = {name: _of_kind(wanted, terms.stems_of(text)) for name, text in texts.items()}
    owner = {id: peer.name for peer in peers for id in peer.articles}
    measured: dict[str, set[str]] = {peer.name: set() for peer in peers}
    for figure in figures:
        if figure.article_id in owner:
            measured[owner[figure.article_id]] |= {figure.unit, *terms.stems(figure.measure or "")}
    best = max(told.values(), default=0.0)
    counts = Counter(s for name in told if told[name] == best for s in measured[name])
    common = [stem for stem, n in counts.items() if n > 1]
    return {
        name: CALLED * told[name] + (1 - CALLED) * _share(common, measured[name], is_exact=True)
        for name in told
    }


# What it counts for a peer's kind that its articles call it so, beside what is measured of it.
CALLED = 0.4


def _of_kind(wanted: Sequence[str], stems: frozenset[str]) -> float:
    return max(_share(wanted, stems), FIRST * _share(wanted[:1], stems))


# What the first word of a kind tells alone: "port" of "port handled".
FIRST = 0.9


def _share(wanted: Sequence[str], stems: Collection[str], is_exact: bool = False) -> float:
    if not wanted:
        return 0.0
    held = [
        bool((set() if is_exact else linking.synonyms(s)) & set(stems)) or s in stems
        for s in wanted
    ]
    return sum(held) / len(wanted)
