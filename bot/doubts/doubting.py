"""Doubting: whether what is about to be told answers the question at all.

An article that tells of nearly everything but what is asked ("How full are Britain's stores?":
those of the Union are told) gives figures and sentences that look right one by one. So what is to
be told is looked at once more as a whole: the words of the question that stand nowhere in what is
cited, a name or a year among them; a cause asked for and none told; a sentence that says that it
is not told; beside how sure the tagger and the rules are. The weights (bot/data/doubting.yaml) were
fitted on six folders of `tests/data/training`, each measured with those of the others;
`python -m tests.training.doubting` fits them on others.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from bot.doubts.straying import NO_STRAYS, Strays
from bot.evidence import linking
from bot.evidence.pages import Found
from bot.language import expecting, mentions, terms
from bot.questions import Query
from bot.tagging import Tags
from ingest import Article, Figure

# What surrounds a sentence holds a word this well; held less well than `MISSED` it is missing.
AROUND, MISSED = 0.6, 0.4
# A way that fits the rules so well is taken at their word.
TAKEN = 0.75
# What is told plainly: so much of the question is held, so much better elsewhere, so likely a way.
HELD, ELSEWHERE, LIKELY = 0.9, 0.1, 0.4
# So many characters open an article and say what it is about.
OPENING = 400
# What shares no word with the question and matches it less than this is about something else.
FAR = 0.5
_BACK = re.compile(
    r"\b(?:a|one|the|two|three|five|ten|\d+)"
    r" (?:year|month|quarter|week|season|decade)s? (?:earlier|ago|before|previously|prior)\b"
    r"|\b(?:previous|prior|preceding|last) (?:year|season|quarter|month|week|half|time)\b"
    r"|\byear-ago\b|\bbefore (?:that|then)\b|\bthe time before\b|\bback then\b"
    r"|\b(?:earlier|previously|formerly|once|originally|used to|had been)\b",
    re.IGNORECASE,
)
# What is asked for, and a figure that is told, is never less likely than this.
LEAST_ASKED, LEAST_LIKELY = 0.01, 0.03
_TO_COME = re.compile(r"\b(?:will|going to|next (?:year|week|month|season))\b")
_ASKS_NAME = re.compile(r"(?:who|whose|which|what)\b")
_SAYS_NOT = re.compile(
    r"\b(?:not|never|no|don['’]t|didn['’]t|doesn['’]t|won['’]t|wouldn['’]t|without|declin\w+ to"
    r"|refus\w+ to|yet to)\b(?: \w+){0,3} (?:name[ds]?|say|said|saying|disclos\w+|reveal\w*"
    r"|announc\w+|publish\w*|told|tell|give|given|known|identif\w+)\b"
    r"|\b(?:undisclosed|unnamed|unidentified|unknown|anonymous|secret)\b"
    r"|\bname\b.{0,20}\b(?:not|never)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result|on account of|caus\w+|reasons?|blam\w+"
    r"|put\w* (?:it |this )?down to|driven by|drove|reflect\w+|helped by|hit by|hurt by|led to"
    r"|explain\w*|attribut\w+|stem\w* from|prompted|led by|boosted by|weighed|triggered|forced"
    r"|after|as|since|so|for fear|made|on hopes|owed?s?|wants?|to [a-z]+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """What is about to be told for a question.

    cited: the lines that it rests on, the first first
    figures: those that are told or computed with; score: how well the way to them fits, None for
        an answer in words; is_stated: whether nothing was computed
    rarity: of each stem of the question, how rare it is
    follows: whether the question leans on the one before
    rival: how well the best way to another value fits
    are_twins: whether the figures are told as ones that the question may mean alike
    asked: the chance that the question asks for what is told, where a figure is
    is_anothers: whether a name of the question is that of other figures, and not of these
    is_unnamed: whether a name of the question stands elsewhere in the article alone, and not where
        it opens
    years: that the cited articles are of; strays: how much better other lines hold the question
    """

    query: Query
    cited: Sequence[Found]
    figures: Sequence[Figure]
    tags: Tags
    rarity: Mapping[str, float]
    score: float | None = None
    is_stated: bool = False
    follows: bool = False
    rival: float = 0.0
    are_twins: bool = False
    asked: float | None = None
    is_anothers: bool = False
    is_unnamed: bool = False
    years: frozenset[str] = frozenset()
    strays: Strays = NO_STRAYS


def is_doubtful(told: Told) -> bool:
    """Whether it is more likely that the articles do not answer the question."""
    data = terms.table("doubting")
    return bool(chance(told) < (data["least"] if told.figures else data["least_in_words"]))


def chance(told: Told) -> float:
    """How likely it is that the articles answer the question so."""
    if told.figures and (told.score or 0.0) >= TAKEN:
        return 1.0
    data = terms.table("doubting")
    weights, found = data["weights"], measures(told)
    if not found["coverage"] and found["match"] < FAR:
        return 0.0
    total = data["bias"] + sum(weights[name] * value for name, value in found.items())
    found_so = float(1 / (1 + math.exp(-total)))
    return max(found_so, data["least"]) if told.figures and _is_plain(found) else found_so


def _is_plain(found: Mapping[str, float]) -> bool:
    """Whether all words of a question stand by a likely figure, and no other line holds one of them
    better: short questions, whose figure the networks find no likelier than others. Of 401
    unanswerable ones of the five folders one was answered so."""
    is_held = found["own"] >= HELD and found["one_elsewhere"] <= ELSEWHERE
    return is_held and found["score"] >= LIKELY


def measures(told: Told) -> dict[str, float]:
    """The measures that are weighed, each about between -2 and 2."""
    query, is_yesno = told.query, told.query.form == "yesno"
    is_figure = bool(told.figures) and not is_yesno
    chances = {told.tags.line(f.line.article_id, f.line.start) for f in told.cited}
    likely = [told.tags.of(figure).any for figure in told.figures]
    if told.are_twins:  # each has its part of one chance
        chances, likely = {min(1.0, sum(chances))}, [min(1.0, sum(likely))]
    score = told.score if is_figure and told.score is not None else 0.5
    words = _words(told)
    is_stated = is_figure and told.is_stated
    return {
        **words,
        **_wanted(query, told.cited[0].line.text),
        **_years(told),
        **_looks_back(told),
        "elsewhere": told.strays.share,
        "one_elsewhere": told.strays.most,
        "rival": told.rival,
        "asked": math.log(told.asked + LEAST_ASKED) if told.asked is not None else 0.0,
        "anothers": float(told.is_anothers),
        "unnamed": float(told.is_unnamed),
        "word_elsewhere": told.strays.word,
        "unfigured": float(query.form == "figure" and not told.figures),
        "chance": max(chances),
        "weakest": math.log(max(LEAST_LIKELY, min(likely))) / 3 if likely else 0.0,
        "score": score,
        "stated": float(is_stated),
        "coverage": max(f.coverage for f in told.cited),
        "match": max(told.tags.match(f.line.article_id, f.line.start) for f in told.cited),
        "figure": float(is_figure),
        "follows": float(told.follows),
    }


# -- words ------------------------------------------------------------------------------------


def _words(told: Told) -> dict[str, float]:
    """How much of the question's words is cited, and what is missing of them."""
    held = [(term, *_held(term.stem, told)) for term in asked_words(told.query.text)]
    whole = sum(told.rarity.get(term.stem, 1.0) for term, *_ in held)
    if not whole:
        return {"own": 1.0, "missing": 0.0}
    missing = [term for term, own, near in held if max(own, AROUND * near) < MISSED]
    rarity = told.rarity
    return {
        "own": sum(rarity.get(term.stem, 1.0) * own for term, own, _ in held) / whole,
        "missing": sum(rarity.get(term.stem, 1.0) for term in missing) / whole,
    }


def asked_words(question: str) -> list[terms.Term]:
    """The words of a question that say what it is about; its periods are none."""
    spans = [(m.start, m.end) for m in mentions.periods(question)]
    return [
        term
        for term in terms.find(question)
        if question[term.start : term.end].lower() not in _asking()
        and not any(start <= term.start < end for start, end in spans)
    ]


@lru_cache(maxsize=1)
def _asking() -> frozenset[str]:
    return frozenset(terms.table("doubting")["asking"].split())


def _held(stem: str, told: Told) -> tuple[float, float]:
    """How well a word stands in the cited lines or in what was read of the figures, and around."""
    slots = terms.stem_set(
        text for f in told.figures for text in (f.measure or "", f.entity or "", f.unit)
    )
    own = [slots, *(f.line.stems for f in told.cited)]
    near = [f.line.around for f in told.cited]
    return _best(stem, own), _best(stem, near)


def _best(stem: str, places: Sequence[frozenset[str]]) -> float:
    liked = (linking.likes(stem, stems).values() for stems in places)
    return max((likeness for found in liked for likeness in found), default=0.0)


# -- what is wanted ---------------------------------------------------------------------------


def _wanted(query: Query, first: str) -> dict[str, float]:
    """What the wording wants, and whether the first cited line has it."""
    flat = query.text.lower()
    is_why = "why" in expecting.kinds(query.text)
    asks_name = query.form != "yesno" and _ASKS_NAME.match(flat)
    return {
        "who": float(flat.startswith("who")),
        "why": float(flat.startswith(("why", "what caused"))),
        "no_cause": float(is_why and not _CAUSE.search(first)),
        "says_not": float(bool(asks_name and _SAYS_NOT.search(first))),
        "to_come": float(bool(_TO_COME.search(flat))),
    }


def _years(told: Told) -> dict[str, float]:
    """Whether years are named of which none stands in a cited line or by a figure, nor is one that
    the articles are of; a result may be of a year that is told nowhere."""
    asked = mentions.years_in(told.query.text)
    held = " ".join([*(f.line.text for f in told.cited), *(str(f.period) for f in told.figures)])
    known = mentions.years_in(held) | told.years
    is_foreign = told.is_stated and bool(asked) and not asked & known
    return {"foreign_year": float(is_foreign)}


def years_of(articles: Sequence[Article], figures: Sequence[Figure]) -> frozenset[str]:
    """The years that articles are of: of their titles, their dates, and most of their figures."""
    said = " ".join(f"{article.title} {article.published or ''}" for article in articles)
    told = Counter(year for f in figures for year in set(mentions.years_in(str(f.period))))
    return mentions.years_in(said) | {year for year, _ in told.most_common(1)}


def is_anothers(
    names: Sequence[str], told: Sequence[Figure], known: Sequence[Figure], held: Set[str]
) -> bool:
    """Whether a name of a question belongs to other figures, and to nothing that is told.

    known: the figures of the evidence; held: the stems of the cited lines and what is around
    """
    owners, own = _owners(known), _owners(told)
    asked = [stems for name in names if (stems := frozenset(terms.stems(name)))]
    return bool(own) and any(
        any(stems <= owner for owner in owners)
        and not any(stems <= owner for owner in own)
        and not stems <= held
        for stems in asked
    )


def is_unnamed(names: Sequence[str], article: Article, lines: Set[str], held: Set[str]) -> bool:
    """Whether a name of a question stands somewhere in an article, and neither where it opens nor
    in what is cited: what is told is not of it.

    lines: the stems of the article's lines; held: those of what is cited and around it
    """
    opening = terms.stems_of(f"{article.title} {article.text[:OPENING]}")
    asked = [stems for name in names if (stems := terms.stems_of(name))]
    return any(
        stems <= lines and not stems <= opening and not any(linking.likes(s, held) for s in stems)
        for stems in asked
    )


def _owners(figures: Sequence[Figure]) -> set[frozenset[str]]:
    return {frozenset(terms.stems(name)) for name in {f.entity for f in figures} if name}


def _looks_back(told: Told) -> dict[str, float]:
    """Whether a time before is asked for, and a figure told whose line names none."""
    is_told = told.is_stated and any(_BACK.search(f.line.text) for f in told.cited)
    return {"back": float(told.is_stated and bool(_BACK.search(told.query.text)) and not is_told)}
