"""Contraries: what a sentence tells that cannot be where a question is to be answered with yes.

Words of which one shuts the other out ("Is it in profit?": "It lost £3m"), another place in an
order ("the first": "his fourth"), an age outside a range, a vote that was not unanimous.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from bot.language import terms
from bot.yesno import limits, moves, sides, telling
from bot.yesno.telling import Holds

# So much of a question stands in a sentence that tells it by another word of one pole, or that is
# not the likeliest.
HALF, SOME = 0.5, 0.3
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)})((?: [a-z]{{3,}}){{1,3}})")
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty".split(),
        1,
    )
}
_AGE = re.compile(r"\b([a-z]+|\d{1,3})-year-olds?\b|\baged (\d{1,3})\b(?! (?:to|and|-))")
_AGES = re.compile(
    r"\b(?:aged?|ages|aged between|between|from) (\d{1,3})(?: and| to|-|–) ?(\d{1,3})\b"
)
_VOTE = re.compile(
    r"\b(?!0)\d{1,3}(?:-|–| to )(?!0)\d{1,3}\b|\b(?:[a-z]+|\d+) of the (?:[a-z]+|\d+) (?:members|"
    r"voters|judges|directors)\b|\b(?:dissent\w*|voted against|opposed|preferred to|abstained)\b"
    r"|\bvoted for\b[^.;]{0,30}, (?:one|two|three|four|five) for\b"
    r"|\bvotes? to (?:one|two|three|\d)\b"
)
_BODY = r"(?:board|panel|committee|council|court|jury|bench|cabinet|body|group|team)"
_OF_ONE_MIND = re.compile(
    r"\bunanim\w+|\bof one mind\b|\bwithout dissent\b"
    rf"|\b(?:everyone|everybody|all) (?:on|in|at) the {_BODY}\b"
    rf"|\b(?:whole|entire|full) (?:[a-z]+ )?{_BODY} (?:agree|behind|back|vote|want|support)"
    r"|\ball (?:the )?(?:members|judges|directors|jurors|governors|ministers)\b"
)
_UNANIMOUS = re.compile(
    r"\bunanim\w+|\ball (?:[a-z]+|\d+) (?:members|judges|directors)\b|\bno dissent"
)


def told(question: str, sentence: str, is_first: bool = True) -> Holds | None:
    """Yes or no, where the sentence settles the question by one of these; None where it does not.

    is_first: of no sentence but the likeliest are words enough that shut each other out

    >>> told("Was it his first goal?", "It was his fourth goal of the season.")
    'no'
    """
    asked, said = (text.lower().replace("’", "'") for text in (question, sentence))
    ways = (
        _by_vote, _by_count, _by_age, _by_record, _by_rank, _by_first, _by_inclusion,
        _by_doubling, _by_time,
    )  # fmt: skip
    for way in (*ways, _by_part, _by_order) if is_first else ways:
        if holds := way(asked, said):
            return holds
    holds = _by_poles(asked, said)
    if holds == "yes":
        return holds if is_first and _shared(asked, said) >= HALF else None
    return holds if is_first or _shared(asked, said) >= SOME else None


def _shared(asked: str, said: str) -> float:
    """How much of a question a sentence holds, beside the words that shut each other out."""
    rest = asked
    for mine, theirs, _ in _poles():
        rest = theirs.sub(" ", mine.sub(" ", rest))
    stems, held = terms.stems_of(rest), terms.stems_of(said)
    return sum(telling.stands(s, held) for s in stems) / len(stems) if stems else 0.0


def _by_vote(asked: str, said: str) -> Holds | None:
    if not _OF_ONE_MIND.search(asked):
        return None
    if _UNANIMOUS.search(said):
        return "yes"
    return "no" if _VOTE.search(said) else None


_PUT = re.compile(
    r"\b(?:accept(?:ed)?|pass(?:ed)?|carried|adopt(?:ed)?|approved?|go(?:ne)? through|went through"
    r"|get through|got through|succeed(?:ed)?)\b(?![^?]* by \d)"
)
_FELL = re.compile(
    r"\b(?:fell|failed|lost|defeated|rejected|voted down)\b,? by \d+(?: votes)? to \d"
)
_CARRIED = re.compile(
    r"\b(?:carried|adopted|approved|passed|went through|resolved),? by \d+(?: votes)?"
    r" (?:to|against) \d|\b(?:carried|adopted|approved|passed) (?:unanimously|without a vote)"
)


def _by_count(asked: str, said: str) -> Holds | None:
    """ "Was the amendment accepted?": "It fell by 12 votes to 18."."""
    if not _PUT.search(asked) or telling.denial(asked) or _OF_ONE_MIND.search(asked):
        return None
    fell, carried = _FELL.search(said), _CARRIED.search(said)
    if bool(fell) == bool(carried) or _shared(_PUT.sub(" ", asked), said) < HALF:
        return None
    return "no" if fell else "yes"


def _by_age(asked: str, said: str) -> Holds | None:
    age, held = _AGE.search(asked), _AGES.findall(said)
    if not age or len(held) != 1:
        return None
    word = age[1] or age[2]
    n = int(word) if word.isdigit() else _NUMBERS.get(word)
    if n is None:
        return None
    low, high = (Decimal(x) for x in held[0])
    return "yes" if low <= n <= high else "no"


_BEST = r"(?:\w{3,}est|best|worst|most|least)"
_RECORD = re.compile(
    r"\brecord\b(?! (?:with|of)\b)|\ball-time\b|\bever\b|\bin (?:its|the|their) history\b"
)
_KEPT = re.compile(
    r"\b(?:record|all-time high|best|peak)\b[^.;]{0,60}\b(?:survived|survives|stands|stood|remains"
    r"|remained|dates|still)\b|\b(?:below|short of|under|off|missed|missing|behind|from)\b"
    r" (?:[a-z]+ ){0,3}(?:record|all-time high|peak)\b"
    r"|\bremains [^.;]{0,30}\b(?:record|19\d\d|20[01]\d)\b"
    rf"|\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[ -]{_BEST}\b"
)
_BROKEN = re.compile(
    rf"\b{_BEST}\b[^.;]{{0,40}}\b(?:on record|ever|recorded"
    r"|in (?:its|the|their|his|her)[^.;]{0,30} (?:history|years)"
    r"|since (?:records|the [a-z]+|measurements|counts)[^.;]{0,12} began)\b"
    r"|\b(?:a|new|fresh|all-time) (?:[a-z-]+ )?record\b|\brecord-breaking\b"
)
_NOT_OVER = re.compile(r"\b(?:below|under|short of|than|before|never|yet)\b")


def _by_record(asked: str, said: str) -> Holds | None:
    """ "Did she beat the record?": "The record survived.", "the highest share on record"."""
    if not _RECORD.search(asked) or _NOT_OVER.search(asked):
        return None
    if _KEPT.search(said):
        return "no"
    return "yes" if _BROKEN.search(said) else None


_TWICE = re.compile(
    r"\b(?P<more>more than |over |at least )?"
    r"(?:(?:twice|double|two times)(?= (?:as|what|the|that|its)\b)|doubled?\b(?! digit))"
)
_DOUBLED = re.compile(
    r"\b(?:(?P<more>more than|over)|(?P<less>nearly|almost|not quite|close to)|just)? ?"
    r"(?:doubled|doubling|twice as (?:much|many|high|large))\b"
)


def _by_doubling(asked: str, said: str) -> Holds | None:
    """ "Has it made more than twice as much?": "It nearly doubled the takings of the first"."""
    wanted, told = _TWICE.search(asked), list(_DOUBLED.finditer(said))
    if wanted is None or len(told) != 1 or telling.denial(asked) or telling.denial(said):
        return None
    if told[0]["more"]:
        return "yes"
    if told[0]["less"]:
        return "no" if wanted["more"] else None
    return None if wanted["more"] else "yes"


_NTHS = r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_FIRST = re.compile(rf"\b(?:the|its|their|our|his|her|[a-z]+'s) (?:single )?({_BEST})\b(?! of all)")
_LATER = re.compile(rf"\b{_NTHS}[ -]({_BEST})\b")
_ALIKE = {"biggest": "largest", "greatest": "largest", "best": "most", "tallest": "highest"}


def _by_rank(asked: str, said: str) -> Holds | None:
    """ "Is it the biggest carrier?": "the second largest carrier"."""
    if _LATER.search(asked) or telling.denial(asked) or " than " in asked:
        return None
    wanted, told = (
        {_ALIKE.get(word, word) for word in pattern.findall(text)}
        for pattern, text in ((_FIRST, asked), (_LATER, said))
    )
    return "no" if wanted & told and _shared(asked, said) >= SOME else None


_IS_BEST = re.compile(
    rf"^(?:is|was|are|were) (?P<A>.+?) (?:the|its|their|[a-z]+'s) [^?]*?{_BEST}\b"
)
_AHEAD = re.compile(r"\b(?:ahead of|followed by|in front of|before)\b[^.;]*$")


def _by_first(asked: str, said: str) -> Holds | None:
    """ "Was Bangkok the most popular?": "Singapore was the most popular, ahead of Bangkok"."""
    m, best = _IS_BEST.match(asked), re.search(rf"\b{_BEST}\b", said)
    at = said.find(m["A"]) if m else -1
    if m is None or best is None or at < best.end() or " than " in asked:
        return None
    return "no" if _AHEAD.search(said[best.end() : at]) and _shared(asked, said) >= SOME else None


_ALREADY = re.compile(r"\b(?:already|yet)\b|^(?:has|have)\b")
_AHEAD_OF_US = re.compile(
    r"\b(?:is|are) (?:to|due to|set to|expected to)\b|\bwill\b|\bby (?:the end of )?20\d\d\b"
)


def _by_time(asked: str, said: str) -> Holds | None:
    """ "Is the plant at Callow already closed?": "the one at Callow is to shut by 2027"."""
    if not _ALREADY.search(asked) or telling.denial(asked) or telling.denial(said):
        return None
    held = [clause for clause in re.split(r"[.;]\s", said) if _shared(asked, clause) >= HALF]
    return "no" if held and all(_AHEAD_OF_US.search(clause) for clause in held) else None


_INCLUDED = re.compile(
    r"^\w+ (?P<part>.+?) (?:a )?(?:part of|included in|included among|counted in|counted among"
    r"|counted towards|covered by|among)\b"
)
_LEFT_OUT = re.compile(
    r"\b(?:do|does|did|is|are|was|were)(?: not|n't) (?:[a-z]+ )?(?:include|included|cover|covered"
    r"|count|counted|contain)\b|\bexclud\w+\b|\bleft out\b|\bleaves out\b"
)


def _by_inclusion(asked: str, said: str) -> Holds | None:
    """ "Are its seals part of the count?": "The count does not include seals."."""
    m = _INCLUDED.match(asked)
    if m is None or telling.denial(asked) or not _LEFT_OUT.search(said):
        return None
    held = terms.stems_of(said)
    return "no" if any(telling.stands(s, held) for s in terms.stems(m["part"])) else None


_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PART = re.compile(
    rf"(?<!every )(?<!all )\b(?:{_NUMBER}|some|most|many|half|not all) (?:out )?of"
    rf" (?:the |its |their |our |those )?(?:{_NUMBER}\b|planned|[a-z]+)"
    r"|\b(?:except|apart from|all but|but one)\b"
)
_ALL = re.compile(r"\b(?:all|every|each)\b(?! (?:year|season|time|of (?:19|20)))")


def _by_part(asked: str, said: str) -> Holds | None:
    """ "Were all members there?": "Present: 11 of 14 members"."""
    if not _ALL.search(asked) or telling.denial(asked) or " than " in asked:
        return None
    return "no" if _PART.search(said) and _shared(asked, said) >= SOME else None


def _by_order(asked: str, said: str) -> Holds | None:
    if " than " in asked:
        return None
    mine, theirs = _places(asked), _places(said)
    for noun, nths in mine.items():
        other = theirs.get(noun, set())
        if len(nths) == len(other) == 1 and noun not in _OF_TIME:
            return "yes" if nths == other else "no"
    return None


def _places(text: str) -> dict[str, set[str]]:
    """The places in an order that a text tells, by the stems of what is put in it."""
    found: dict[str, set[str]] = {}
    for m in _NTH.finditer(text):
        for word in m[2].split():
            found.setdefault(terms.stem(word), set()).add(m[1])
    return found


_OF_TIME = terms.stem_set(["quarter half year month week day time season"])


@lru_cache(maxsize=1)
def _poles() -> tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]:
    pairs = terms.table("deciding")["poles"]
    made = [(_words(pair[0]), _words(pair[1]), "same" in pair[2:]) for pair in pairs]
    return (*made, *((b, a, is_same) for a, b, is_same in made))


def _words(cues: str) -> re.Pattern[str]:
    listed = sorted((c.strip() for c in cues.split(",")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)")


def _by_poles(asked: str, said: str) -> Holds | None:
    """No, where the question has a word of the one pole, and the sentence of the other alone;
    yes, where it has one of the same, and the question asks for no more than that."""
    if terms.has(asked, _DENIALS) or terms.has(said, _DENIALS):
        return None
    if " than " in asked or limits.supposed(asked):
        return None
    is_same = False
    for mine, theirs, are_one in _poles():
        if mine.search(asked) and not theirs.search(asked):
            if theirs.search(said) and not mine.search(said):
                return "no"
            is_same |= bool(are_one and mine.search(said) and not theirs.search(said))
    return "yes" if is_same and _is_plain(asked) and not telling.denial(said) else None


def _is_plain(asked: str) -> bool:
    """Whether a question supposes that something is so, and nothing of how much or of how many."""
    if limits.supposed(asked) or sides.read(asked) or moves.supposed(asked):
        return False
    bare = _YEAR.sub("", asked)
    return not (telling.amounts(asked) or _MEASURED.search(bare) or telling.denial(asked))


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


_MEASURED = re.compile(
    r"\d|\w{3,}ties\b|\b(?:better|worse|than|more|less|fewer|most|least|all|every\w*|both|only|enough|too|again|first|"
    r"whole|entirely|by|same|\w{3,}est|forecast|think|thought|said|expected|outright|record)\b"
)
_DENIALS = ["not", "never", "no longer", "without", "n't", "nor", "neither"]
