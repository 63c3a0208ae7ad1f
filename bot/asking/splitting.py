"""Splitting: the questions that one message asks, where each has a question word of its own.

"(1) How many came? (2) What did it cost?", "what imports were and by how much exports grew", "When
was it published, and by whom?". What hangs on one question word is taken apart in
`bot.asking.coordination` and `bot.asking.doubles`, and `bot.asking.parts` makes each whole.
"""

from __future__ import annotations

import re

from bot.language import terms

MAX_PARTS = 6

_WH = r"(?:how|what|when|who|whom|whose|where|why|which|did|does|was|were|is|are|has|have)"
_LED = r"(?:by|with|for|to|at|in|from|on|since|until|till|of|under|over)"
_ASKED = rf"(?:{_WH}|{_LED} (?:how|what|whom|which|when|where))"
_AND = r"(?:and|or|&|\+|plus|as well as|along with)"
_JOINTS = re.compile(
    rf"\?+[ ,]*(?:and |also |then )*(?=\w)|[,;]? {_AND}(?: also| then)? (?={_ASKED}\b)"
    rf"|[;,] (?={_ASKED}\b)|(?<=[a-z\d)])\. (?=(?:and |also )*{_ASKED}\b)",
    re.IGNORECASE,
)
# "(1) ... (2) ...", "1. ... 2. ...", "a) ... b) ...", and items on lines of their own.
_NUMBER = re.compile(r"(?:(?<=\s)|^)(?:\(?(?P<n>\d|[a-f])\)|(?P<m>\d)\.)\s+(?=\S)")
_BULLET = re.compile(r"(?:^|\n)\s*[-*•–]\s+(?=\S)")

# "How much more, in percent, did it cost": what asks has its verb still to come.
_OPEN = re.compile(r"(?:by )?(?:how|what|which)\b[^,;?]{1,120}, [^,;?]{1,40}", re.IGNORECASE)
AUXILIARY = r"(?:did|does|do|was|were|is|are|has|have|had)"
_HAS_VERB = re.compile(rf"\b(?:{AUXILIARY}|can|could|will|would|should|may|might)\b", re.I)
_OF_TWO = re.compile(r"\bbetween (?:what|how)\b[^,;?]{1,120}$", re.IGNORECASE)
# "How big was it? official figures": where it is told, and no question.
_SOURCE = re.compile(
    r"(?:[a-z'’-]+ ){0,3}(?:figures|numbers|data|statistics|stats)[ .?!]*", re.IGNORECASE
)
# "... and when?", "... and by whom?": a question word with nothing behind it.
BARE = re.compile(
    r"(?:and |also |then )*(?P<wh>"
    r"(?:by|to|from|with|for|of) (?:whom|what|which \w+)|(?:since|until|till|by|from) (?:when|what)"
    r"|(?:at|for|in|on|to|by|with|from|under) (?:how many|what|which) \w+"
    r"|(?:at|for|with|from) how much(?: \w+)?"
    r"|by how (?:much|many)|for how long|how (?:long|often|fast|much|quickly|far)"
    r"|when|where|why|who|how|in what year|in which (?:year|month|country|city|place))[ ?.!]*",
    re.IGNORECASE,
)


def items(text: str) -> list[str]:
    """The items of a numbered or marked list, what stands above it put before each; the whole text
    where there is none.

    >>> items("(1) exports 2024 (2) imports 2024")
    ['exports 2024', 'imports 2024']
    """
    found = list(_NUMBER.finditer(text))
    numbers = [(m["n"] or m["m"]).lower() for m in found]
    if len(found) < 2 or numbers not in ([*"123456"][: len(found)], [*"abcdef"][: len(found)]):
        found = list(_BULLET.finditer(text))
    if len(found) < 2:
        return [text]
    ends = [m.start() for m in found[1:]] + [len(text)]
    told = [text[m.end() : end].strip(" ,;\n") for m, end in zip(found, ends, strict=True)]
    above = text[: found[0].start()].strip(" :,;\n–-")
    return [f"{above}: {one}" if terms.find(above) else one for one in told if terms.words(one)]


def split(text: str) -> list[str]:
    """The questions that stand in one text."""
    parts, start = [], 0
    for m in _JOINTS.finditer(text):
        before, after = text[start : m.start()], text[m.end() :]
        if _is_open(before, after) or _SOURCE.fullmatch(after):
            continue
        if _asks(before, m.group(), after) and _goes_on(m.group(), after):
            parts.append(before)
            start = m.end()
    parts.append(text[start:])
    told = [p.strip(" ,") for p in parts if terms.words(p)][:MAX_PARTS]
    return _of_topic(told) if told else [text]


# "The mill in Tarrant, how tall is it and when was it built?", "Gold and tin, did they rise?"
_TOPIC = re.compile(
    r"(?P<topic>[^,;:?]{2,60})(?:,| -| –|:) (?=(?:how|what|when|who|where|why|which)\b"
    rf"|{AUXILIARY} (?:it|they|he|she|these|those)\b)",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|they|them|he|she|this|that|these|those)\b(?! [a-z]+s\b)", re.IGNORECASE)


def _of_topic(parts: list[str]) -> list[str]:
    """Each part of what stands before them all; one alone where it points at that."""
    m = _TOPIC.match(parts[0])
    if m is None or not _is_terse(m["topic"]):
        return parts
    told = [parts[0][m.end() :], *parts[1:]]
    if len(parts) < 2 and not _IT.search(told[0]):
        return parts
    return [
        _IT.sub(m["topic"], part, count=1)
        if _IT.search(part)
        else f"{part.rstrip(' ?')} ({m['topic']})?"
        for part in told
    ]


def _asks(before: str, joint: str, after: str) -> bool:
    """Whether what stands before a joint asks something by itself."""
    topic = _TOPIC.match(before)
    if topic and _is_terse(topic["topic"]):
        before = before[topic.end() :]
    if _is_question(before) or BARE.fullmatch(before.strip(" ,")):
        return True
    is_apart = joint.startswith("?") or bool(joint.strip(" ,;.") and _BY_WORD.match(after))
    return is_apart and _is_terse(before)


# "Exports 2024, and how fast did they grow?": no yes or no, for that may be of a statement.
_BY_WORD = re.compile(
    rf"(?:{_LED} )?(?:how|what|when|who|whom|whose|where|why|which)\b", re.IGNORECASE
)
_MOST_TERSE = 8
_LEADING = re.compile(
    r"(?:if|given|going|judging|based|according|since|because|when|where|apart|using|taking|and"
    r"|in|on|at|for|of|by|with|to|from|per|as|after|before|during|between|compared|measured|once"
    r"|the (?:year|day|date|place|reason)|everything|anything|all (?:but|except))\b",
    re.IGNORECASE,
)


def _is_terse(text: str) -> bool:
    """Whether a text is a bare phrase: "average fare", "sales in 2024"."""
    n_words = len(terms.words(text))
    is_phrase = not _HAS_VERB.search(text) and not re.search(r"\b(?:how|what|than)\b", text, re.I)
    return (
        is_phrase
        and bool(terms.find(text))
        and n_words <= _MOST_TERSE
        and (not _LEADING.match(text.strip()))
    )


def _goes_on(joint: str, after: str) -> bool:
    """Whether what stands behind a joint asks something, were it by a question word alone."""
    if joint.startswith("."):
        return not _OF_THAT.match(after)
    if joint.startswith("?") and terms.find(after) and not _DOUBTING.match(after):
        return True
    return len(terms.words(after)) >= 2 or bool(BARE.fullmatch(after))


_DOUBTING = re.compile(r"(?:really|right|sure|true|correct|ok|okay|yes|no)\b", re.IGNORECASE)
# "The paper says 4 km and the firm 5 km. Is that the same?"
_OF_THAT = re.compile(r"(?:is|was|are|were|did|does|has) (?:that|it|this|they|there)\b", re.I)


def _is_open(before: str, after: str) -> bool:
    """Whether what stands before a joint goes on after it."""
    if _OF_TWO.search(before):
        return True
    goes_on = re.match(rf"{AUXILIARY}\b", after, re.IGNORECASE)
    return bool(goes_on and _OPEN.fullmatch(before) and not _HAS_VERB.search(before))


def _is_question(text: str) -> bool:
    """Whether the text before a joint asks something by itself (not "When and where ...")."""
    first = re.match(
        rf"\W*(?:(?:{_ASKED}|list|name|in which|at what|can|could|will)\b|.*(?::| [-–—] ))",
        text,
        re.IGNORECASE,
    )
    is_short = bool(re.match(r"(?:who|what|where|when)\b", text.strip(), re.IGNORECASE))
    is_told = bool(terms.find(text)) or (is_short and len(terms.words(text)) >= _SHORT)
    return is_told and len(terms.words(text)) >= 2 and bool(first)


# "Who runs it", "where did it happen": words of little content, but a question.
_SHORT = 3
