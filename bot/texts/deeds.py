"""Deeds: what a question takes to have been decided or done, where the articles tell the contrary.

"Why did parliament reject the dam?", where it "approved the dam by 88 votes to 71"; "Why was the
plant closed?", where one of its two furnaces was. The words of a deed and of what shuts it out are
data. Nothing is corrected where any line may tell the deed itself of that very thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.evidence import linking
from bot.evidence.pages import Line
from bot.evidence.subjects import capitalised
from bot.language import terms
from bot.yesno import telling
from ingest import Article

# A thing stands so many words from what is done to it.
NEAR = 6
_WH = (
    r"(?:so |and |but )?(?:why|when|how come|how|where|since when"
    r"|(?:in |on )?(?:what|which) (?:year|month|day|season))"
)
_ASKED = re.compile(
    rf"^{_WH} (?P<aux>did|was|were|has|have|had|is|are|does|do) (?P<said>.+?)[ ?.!]*$",
    re.IGNORECASE,
)
_MAJORITY = re.compile(
    r"^(?:how (?:large|big|clear|narrow|great|wide|slim) was|what was|by what) (?:the )?"
    r"(?:majority|margin) (?:with|by) which (?P<said>.+?)[ ?.!]*$",
    re.IGNORECASE,
)
# What is asked beside the deed: "in 2024", "despite", "although".
_TAIL = re.compile(
    r",| (?:in|on|since|during) (?:\d{4}|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|spring|summer|autumn|winter|last|this)\b"
    r"| (?:even|although|though|despite|when|while|after|before|so|last|because|this|again|if)\b",
    re.IGNORECASE,
)
_BE = frozenset(["was", "were", "is", "are"])
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
# "Shut one of the two furnaces at": of the whole it is not told.
_PART = re.compile(
    rf" (?:only )?one of (?:the|its|their|his|her) {_NUMBER} [\w-]+(?: [\w-]+)?? (?:at|of|in)\b"
)
_VOTES = re.compile(r"\bby \d[\d,]*(?: votes)? (?:to|against) \d")
_PIECES = re.compile(r"[;,:](?=\s)|[–—]|\b(?:but|while|whereas|although|though|and)\b")
_ITSELF = re.compile(r"\b(?:it|them|that|this|one)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\b(?:i|we|he|she|it|they)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:I|[Ww]e)\b")
_NOT = re.compile(
    r"(?:(?:\b(?:not|never|neither|nor|denied|denies|ruled out)\b|n['’]t\b)(?: [a-z]+){0,2}"
    r"|\b(?:no|none)\b(?: [a-z]+){0,6}) $",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A deed that a question takes for done.

    who: who does it, in the question's words, "" where it is left open; what: to what
    denied: the deed denied, "Parliament did not reject the dam"
    """

    who: str
    what: str
    denied: str
    mine: re.Pattern[str]
    theirs: re.Pattern[str]
    is_by_vote: bool = False

    @property
    def of(self) -> frozenset[str]:
        """The stems of what it is done to, what is no thing left out."""
        return _things(self.what)

    @property
    def by(self) -> frozenset[str]:
        return _things(self.who)

    def is_told_of(self, line: Line) -> bool:
        """Whether a line may tell the deed itself of that thing."""
        if telling.is_question(line.text):
            return False
        for m in self.mine.finditer(line.text):
            if self._is_unreal(line.text, m) or self._is_of_part(line.text, m):
                continue
            if self._may_be_of_it(line, m):
                return True
        return False

    def _may_be_of_it(self, line: Line, m: re.Match[str]) -> bool:
        if self.who and not _some(self.by, line.stems | line.around):
            return False
        piece, beside = terms.stems_of(_piece(line.text, m)), _beside(line.text, m)
        if _stand(self.of, line.stems) and not self.theirs.search(line.text):
            return True
        if _some(self.of, beside) and _stand(self.of, line.stems | line.around):
            return not self._is_of_other(_piece(line.text, m))
        return _some(self.by, piece) and (_some(self.of, piece) or _some(self.by, beside))

    def is_contrary(self, text: str) -> bool:
        """Whether a sentence tells, of whatever it speaks of, what shuts the deed out."""
        return any(True for _ in self._contraries(text))

    def is_denied(self, line: Line, article: frozenset[str]) -> bool:
        """Whether a line tells of this very thing what shuts the deed out.

        article: the stems of the article that it stands in
        """
        if line.kind in {"heading", "table"} or telling.is_question(line.text):
            return False
        held = line.stems | line.around
        if not _stand(self.by, held | article):
            return False
        return any(self._is_of_it(line, m, article) for m in self._contraries(line.text))

    def _is_of_it(self, line: Line, m: re.Match[str], article: frozenset[str]) -> bool:
        piece, held = _piece(line.text, m), line.stems | line.around
        if self.who and not self._is_by_them(line, m, article):
            return False
        if self.is_by_vote and _VOTES.search(line.text):
            return _some(self.by, line.stems) and _stand(self.of, held | article)
        if _some(self.of, terms.stems_of(piece)):
            return _stand(self.of, held | article if _OWN.search(line.text) else held)
        return bool(_ITSELF.search(piece)) and _stand(self.of, held)

    def _is_of_other(self, piece: str) -> bool:
        """Whether a clause names another thing than the one that the question names."""
        mine = terms.stem_set(_NAME.findall(f"the {self.what}"))
        told = terms.stem_set(_NAME.findall(piece))
        return bool(mine and told) and not told & (mine | self.by)

    def _is_by_them(self, line: Line, m: re.Match[str], article: frozenset[str]) -> bool:
        """Whether who is asked about does it, or somebody who is not named there."""
        if _some(self.by, line.stems):
            return True
        before = line.text[: m.start()]
        if _SPEAKER.search(before) and _stand(self.by, line.around):
            return True
        return bool(_OWN.search(before)) and _stand(self.by, article)

    def _contraries(self, text: str) -> Iterator[re.Match[str]]:
        """Where a sentence tells the contrary, the deed denied, or done to a part."""
        for m in self.theirs.finditer(text):
            if not self._is_unreal(text, m):
                yield m
        for m in self.mine.finditer(text):
            is_denied = _NOT.search(text[: m.start()]) and not _YET.search(text)
            if is_denied or (not self.who and self._is_of_part(text, m)):
                yield m

    def _is_unreal(self, text: str, m: re.Match[str]) -> bool:
        """Whether it is denied, wanted or feared there, and not told as done."""
        before = text[: m.start()]
        clause = re.split(r"[;:]\s|\bbut\b", before)[-1]
        return bool(_NOT.search(before) or _unreal().search(clause))

    def _is_of_part(self, text: str, m: re.Match[str]) -> bool:
        return bool(_PART.match(text[m.end() :]))


_YET = re.compile(r"\b(?:yet|until|before|only because)\b", re.IGNORECASE)


def read(question: str) -> Taken | None:
    """The deed that a question takes for done; None where it takes none."""
    flat = " ".join(question.replace("’", "'").split())
    vote = _MAJORITY.match(flat)
    m = vote or _ASKED.match(flat)
    if m is None or telling.denial(flat.lower()) or _OPEN.search(flat):
        return None
    aux, said = "" if vote else m["aux"].lower(), m["said"]
    found = [(c, one, other) for one, other in _sides() if (c := one.search(said))]
    if not found:
        return None
    cue, one, other = min(found, key=lambda f: (f[0].start(), -f[0].end()))
    before = said[: cue.start()].strip().removesuffix(" being")
    after = _TAIL.split(said[cue.end() :])[0].strip()
    if not before or _TAIL.search(f"{before} ") or _is_noun(before):
        return None
    rest = f" {after}" if after else ""
    if vote:
        denied = f"It is not so that {before} {cue.group()}{rest}"
        return Taken(before, after, denied, one, other, is_by_vote=True)
    denied = f"{capitalised(before)} {aux} not {cue.group()}{rest}"
    who, what = _roles(aux, before, cue.group().lower(), after)
    return Taken(who, what, denied, one, other) if _things(what) else None


def _roles(aux: str, before: str, cue: str, after: str) -> tuple[str, str]:
    """Who does it and to what: of a passive, what stands first."""
    is_state = cue in {"against", "opposed to", "opposed", "in favour of", "for it"}
    if aux in _BE and not is_state and not cue.endswith("ing"):
        agent = re.match(r"by (?P<who>.+)", after)
        return (agent["who"] if agent else ""), before
    if not after:
        return "", before
    return before, after


_NAME = re.compile(r"(?<=[a-z] )[A-Z][\w’'-]+")
# Nothing is taken for granted here, or what is asked about is another's view.
_OPEN = re.compile(
    r"\b(?:if|would|will|could|should|might|or|than|expected|forecast|whether|planned|likely|nearly"
    r"|almost|think|thinks|say|says|said|want|wants|wanted|plan|going|first|only|part|one of|some"
    r"|half|most|all|every|each)\b",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|its|their|his|her|this|that|of|in|at|to|for)$", re.IGNORECASE
)


def _is_noun(before: str) -> bool:
    """Whether what follows is no verb: "the ban"."""
    return bool(_NOUN_BEFORE.search(before))


def contrary(taken: Taken, lines: Sequence[Line], articles: Mapping[str, Article]) -> Line | None:
    """The line that tells the contrary of a deed; None where any may tell it as it is supposed.

    lines: of the evidence, the nearest first
    """
    if any(taken.is_told_of(line) for line in lines):
        return None
    held = {id: terms.stems_of(f"{one.title} {one.text}") for id, one in articles.items()}
    return next((line for line in lines if taken.is_denied(line, held[line.article_id])), None)


def _things(text: str) -> frozenset[str]:
    return frozenset(s for s in terms.stems(text) if s not in _spent() and not s.isdigit())


@lru_cache(maxsize=1)
def _spent() -> frozenset[str]:
    return terms.stem_set(
        ["of off out to from by for at on plan proposal bill boss deal city town new"]
    )


def _stand(stems: frozenset[str], held: frozenset[str]) -> bool:
    return all(_held(s, held) for s in stems)


def _some(stems: frozenset[str], held: frozenset[str]) -> bool:
    return any(_held(s, held) for s in stems)


def _held(stem: str, held: frozenset[str]) -> bool:
    """Whether a stem or a synonym is held; what is only spelt alike is another word here."""
    return stem in held or not held.isdisjoint(linking.synonyms(stem))


def _piece(text: str, m: re.Match[str]) -> str:
    start, end = _clause(text, m)
    return text[start:end]


def _clause(text: str, m: re.Match[str]) -> tuple[int, int]:
    """Where the clause that a word stands in begins and ends."""
    starts = [b.end() for b in _PIECES.finditer(text) if b.end() <= m.start()]
    ends = [b.start() for b in _PIECES.finditer(text) if b.start() >= m.end()]
    return max(starts, default=0), min(ends, default=len(text))


def _beside(text: str, m: re.Match[str]) -> frozenset[str]:
    """The stems of the words near a word, in its clause."""
    start, end = _clause(text, m)
    before, after = text[start : m.start()].split()[-NEAR:], text[m.end() : end].split()[:NEAR]
    return terms.stems_of(" ".join(before)) | terms.stems_of(" ".join(after))


@lru_cache(maxsize=1)
def _sides() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Of each deed what a question says, and what shuts it out, both ways round."""
    made = []
    for row in terms.table("deeds")["deeds"]:
        one, other = (_words([*row[a], *row.get(b, ())]) for a, b in _COLUMNS)
        made += [(one, other), (other, one)]
    return tuple(made)


_COLUMNS = (("one", "nouns"), ("other", "other_nouns"))


def _words(cues: Sequence[str]) -> re.Pattern[str]:
    listed = sorted(cues, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, listed))})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _unreal() -> re.Pattern[str]:
    listed = "|".join(terms.table("deeds")["unreal"])
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)
