"""Lists: whether several things are asked for, and the list in a sentence that names them.

"Which sectors does she name?" wants "AI, renewable energy and healthcare technologies." cut out of
"... in areas like AI, renewable energy, and healthcare technologies."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language import terms
from ingest.figures import lexicon

_LISTED = re.compile(
    r"^\W*(?:please |can you |could you )?"
    r"(?:list|name|enumerate|give (?:me )?(?:a list of|the names of))"
    r" (?:me )?(?:all |some |the |of |a few |three |two |four |five )*(?P<what>[a-z][\w -]*)",
    re.IGNORECASE,
)
_WHAT_ARE = re.compile(
    r"^\W*(?:what|which) (?:are|were) (?:all |some |the |of )+(?P<what>(?:[\w-]+ ){0,3}?[a-z]+s)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"^\W*(?:and |so )?(?:(?:in|for|by|of|from|to|on|with|at|through|into|under) )?(?:which|what)"
    r" (?P<what>(?!of\b)(?:(?!(?:the|a|an|its|their|his|her|do|does|did|is|are|was|were)\b)"
    r"[\w-]+ ){0,3}?"
    r"(?!its\b|this\b|his\b)[a-z]{2,}s)\b(?! (?:the|a|an|its|their|his|her|this|that|it|them)\b)",
    re.IGNORECASE,
)
# Words that end like a plural and are none.
_NO_PLURAL = re.compile(
    r"(?:ss|us|is|news|has|was|does|goes|says|means|series|makes|takes|gives|gets|comes|happens)$"
)


def asked(question: str) -> str | None:
    """What several of are asked for, as the question has it: "trade agreements"; else None.

    >>> asked("Which trade agreements are named?")
    'trade agreements'
    """
    for pattern in (_LISTED, _WHAT_ARE, _WHICH):
        if m := pattern.match(question):
            what = m["what"].strip()
            is_noun = (
                pattern is _LISTED
                or _AUX.match(question, m.end())
                or _is_plural(what, question[m.end() :])
            )
            return _OF.split(what)[0] if is_noun and not _NO_PLURAL.search(what) else None
    return None


_AUX = re.compile(r" (?:are|were|did|do|does|have|has|had|will|would|can|could|should|is|was)\b")
# "The reforms that propelled travel" are reforms.
_OF = re.compile(r" (?:that|which|who|of|in|for|on|from|by|behind|with|mentioned|named)\b")


def _is_plural(what: str, after: str) -> bool:
    """Whether the last word is a noun, and what follows a verb: "which firms grew", but "which
    agency rates its debt"."""
    words = what.lower().split()
    verb = lexicon.verbs().get(words[-1])
    is_verb = verb is not None and words[-1] not in lexicon.change_nouns()
    has_verb = any(re.search(r"(?:ed|ing)$", w) and w in lexicon.verbs() for w in words[:-1])
    return not is_verb and not has_verb and bool(_VERB_NEXT.match(after))


_VERB_NEXT = re.compile(
    r"\W*$| (?!(?:on|in|of|by|for|from|to|with|at|and|or|the|a|an|its|their|about)\b)[a-z]"
)


_LEAD = re.compile(
    r"(?:[,–—-] ?|\b)(?:such as|including"
    r"|(?:particularly|especially|notably)(?: (?:in|for|on|of|from|to))?"
    r"|includes?|included|like|namely|among them|for example|for"
    r" instance|e\.g\.|comprises?|consists? of|as follows)\b:? |(?P<weak>: |\b(?:are|were) )",
    re.IGNORECASE,
)
# What may stand before the first of several things.
_BEFORE = re.compile(
    r"\b(?:for|in|of|to|by|from|with|on|between|at|through|via|into|against|and|made|makes|make|sells"
    r"|sold|buys?|bought|offers?|produces?|named?|names|has|have|had|because of) ",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r" (?:have|has|had|is|are|was|were|will|would|can|could|may|which|that|who|whose|because|after"
    r"|since|while|where|when|but|said|says|saw|rose|fell|grew|as well as the rest)\b"
)
MOST_WORDS, MOST_SHORT, FEWEST, MOST_ITEMS = 24, 4, 3, 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A list text[start:end] of a sentence; `head` is what stands before it, `is_led` whether a
    word such as "including" opens it."""

    start: int
    end: int
    head: str
    n_items: int
    is_led: bool


def find(text: str) -> list[Listed]:
    """The lists of a sentence, the led ones first."""
    led = []
    for m in _LEAD.finditer(text):
        one = _from(text, m.end(), m.start(), True)
        if one and (not m["weak"] or _is_plain(text[one.start : one.end], one.n_items)):
            led.append(one)
    inner = [one for one in led if not any(one.start < o.start and o.end == one.end for o in led)]
    return inner or _unled(text)


def _from(text: str, start: int, head_end: int, is_led: bool) -> Listed | None:
    """The list that begins at a place, if one does."""
    stop = re.search(r"[.;:—–](?= |$|[”\"])| - |\)(?=,? [a-z]+ )(?<!\w\))", text[start:])
    whole = text[start : start + stop.start()] if stop else text[start:]
    parts = _things(re.split(r",(?= )", whole))
    closing = [i for i, part in enumerate(parts) if re.match(r" (?:and|or) ", part)]
    last = closing[0] if closing else next((i for i, p in enumerate(parts) if _joins(p)), None)
    if last is None or last >= MOST_ITEMS:
        return None
    kept = parts[: last + 1]
    kept[-1] = _without_tail(kept[-1])
    n_items = len(kept) + (0 if closing else 1)
    if any(len(part.split()) > MOST_WORDS or not part.strip() for part in kept):
        return None
    end = start + len(",".join(kept))
    return Listed(start, end, text[:head_end], n_items, is_led) if n_items > 1 else None


def _things(parts: list[str]) -> list[str]:
    """The parts up to the first that goes on with the sentence: ", it is", ", which"."""
    ends = (i for i, part in enumerate(parts) if i and _GOES_ON.match(part))
    return parts[: next(ends, len(parts))]


_GOES_ON = re.compile(
    r" (?:it|they|he|she|we|this|which|who|while|but|has|have|had|is|are|was|were|as|according"
    r"|said)\b"
)


def _without_tail(part: str) -> str:
    """The last things of a list without what is said of all: "and Italy bought most"."""
    tail = _TAIL.search(part)
    kept = part[: tail.start()] if tail else part
    joint = re.search(r"\b(?:and|or) (?:the |an? )?\S+", kept)
    for m in re.finditer(r" [a-z]+", kept):
        verb = lexicon.verbs().get(m.group().strip())
        if joint and m.start() >= joint.end() and verb and not m.group().endswith("ing"):
            return kept[: m.start()]
    return kept


def _joins(part: str) -> bool:
    return bool(re.search(r"(?:^|\w\)?) (?:and|or|as well as) (?:the |an? )?\w", part))


def _unled(text: str) -> list[Listed]:
    """Three things or more that no word opens: "demand for ships, cars, and steel"."""
    for clause in re.finditer(r"[^.;:()—–]+", text):
        parts = list(re.finditer(r"[^,]+", clause.group()))
        for i, part in enumerate(parts):
            if i and _joins(part.group()):
                first, start = _opening(parts[:i])
                one = _from(text, clause.start() + start, clause.start() + start, False)
                if first < i and one and _is_plain(text[one.start : one.end], one.n_items):
                    return [one]
    return []


def _opening(parts: Sequence[re.Match[str]]) -> tuple[int, int]:
    """Of the parts before the last, the first that is a thing of the list, and where it begins."""
    for i in reversed(range(len(parts))):
        before = [b.end() for b in _BEFORE.finditer(parts[i].group())]
        if before:
            return i, parts[i].start() + before[-1]
        if len(parts[i].group().split()) > MOST_SHORT:
            return i + 1, parts[i].end() + 2
    return 0, parts[0].start() + parts[0].group().startswith(" ")


def _is_plain(listed: str, n_items: int) -> bool:
    """Whether a list that nothing but its commas tells is one: three short things or more, no
    clauses and no amounts."""
    is_short = all(len(re.split(r"\band\b", p)[-1].split()) <= 6 for p in listed.split(","))
    return is_short and n_items >= FEWEST and not _NO_THINGS.search(listed)


_NO_THINGS = re.compile(
    r"\d{2}|[$£€%]|\b(?:said|says|is|was|were|are|it|he|she|they|we|which|who)\b"
)


def holds(text: str, question: frozenset[str]) -> bool:
    """Whether a sentence lists things that the question (its stems) does not name."""
    return any(not terms.stems_of(text[one.start : one.end]) <= question for one in find(text))


def cut(question: str, text: str, is_sure: bool = True) -> str | None:
    """The list of a sentence, where what is asked for stands right before it, or it is sure that
    the sentence answers and it has one list."""
    what = asked(question)
    head = terms.stems(what)[-1:] if what else ()
    if not head:
        return None
    found = [*_named(text, head[0]), *find(text)]
    own = [one for one in found if head[0] in terms.stems(one.head)[-4:]]
    is_one = is_sure and len(found) == 1 and _may_be(head[0], text, found[0])
    chosen = own[:1] or (found if is_one else [])
    return text[chosen[0].start : chosen[0].end] if chosen else None


def _may_be(head: str, text: str, listed: Listed) -> bool:
    """Whether a list may be of what is asked for: names are no services."""
    named = terms.stem_set([terms.table("expecting")["named_things"]])
    parts = re.split(r", |,? (?:and|or) ", text[listed.start : listed.end])
    whole = [part for part in parts if _NAME.fullmatch(part)]
    if not whole:
        return not any(part[:1].isupper() for part in parts[1:])
    return head in named and len(whole) == len(parts)


_NAME = re.compile(r"(?:the )?[A-Z0-9][\w’'-]*(?: (?:(?:of|the|de|la) )*[A-Z0-9][\w’'-]*)*")


def _named(text: str, head: str) -> list[Listed]:
    """Names or numbers that follow right on what they are: "stages 2, 6 and 11"."""
    found = []
    for term in terms.find(text):
        after = re.match(r"(?:,|:| -| –)? (?=[A-Z0-9])", text[term.end :])
        if term.stem == head and after:
            one = _from(text, term.end + after.end(), term.end, True)
            found += [one] if one and _NO_CLAUSE.search(text[one.start : one.end]) is None else []
    return found


def names_it(question: str, text: str) -> bool:
    """Whether a sentence has a list right behind a word for what several are asked of."""
    what = asked(question)
    return what is not None and cut(question, text, is_sure=False) is not None


_NO_CLAUSE = re.compile(
    r"\b(?:said|says|is|was|were|are|had|has|have|it|he|she|they|we|which|who)\b"
)
