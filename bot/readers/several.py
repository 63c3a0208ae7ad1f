"""Several questions of one message, answered one after the other and put together.

Each part says its own; what is told already is not told again, and a part without an answer is
named. Things that the articles know only as one ("research and development") are asked about as
one, and so are several of which not each is told alone, where one sentence tells of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from bot.asking import coordination
from bot.drafts import Draft, DraftSentence
from bot.language import terms, vocabulary
from bot.proving import wording
from bot.questions import Query
from bot.retrieval import Evidence
from bot.texts import phrasing
from bot.texts.composition import Composer
from ingest import units
from ingest.figures import lexicon

Ask = Callable[[Query, Composer], Composer | None]
"""What is said with an answer to a question behind what was said before; None where none is."""

NOT_SAID = "The articles do not say"


def read(query: Query, evidence: Evidence, composer: Composer, ask: Ask) -> Draft | None:
    """The draft for a message of several questions; None where none of them is answered."""
    whole = replace(query, subquestions=(), joined=(), may_be_one=False)
    texts = [article.text for article in evidence.articles.values()]
    if any(coordination.is_one(joined, texts) for joined in query.joined):
        at_once = ask(whole, composer.copy())
        return at_once.draft("answered") if at_once else None
    if query.may_be_one:
        at_once = ask(whole, composer.copy())
        n_named = sum(len(coordination.names(joined)) for joined in query.joined)
        is_whole = at_once and (not at_once.steps or len(at_once.figures) >= n_named)
        if at_once and is_whole and _tells_all(at_once, query.joined, evidence):
            return (at_once if at_once.steps else _in_full(at_once, evidence)).draft("answered")
    told, missing = composer, []
    for part in query.subquestions:
        tried = ask(part, told.copy())
        told = tried or told
        missing += [] if tried else [part]
    told = _once(told, evidence)
    missing = [part for part in missing if not _is_told(part, told, evidence)]
    is_none = len(missing) == len(query.subquestions)
    at_once = None
    if query.joined and (missing or len(told.sentences) < len(query.subquestions)):
        at_once = ask(whole, composer.copy())
    if at_once and missing and _tells_all(at_once, query.joined, evidence):
        return _in_full(at_once, evidence).draft("answered")
    if at_once and is_none:
        return at_once.draft("answered")
    if at_once and not missing and len(at_once.sentences) > len(told.sentences):
        return at_once.draft("answered")
    if not missing:
        return told.draft("answered")
    return None if is_none else _without(missing, query, told).draft("partial")


def _in_full(told: Composer, evidence: Evidence) -> Composer:
    """What is told, each sentence of which only a figure is told quoted: it tells of more."""
    told = told.copy()
    for place in range(1, len(told.sources) + 1):
        is_of = any(_is_of(one, {f"[{place}]"}) for one in told.sentences)
        if is_of and not _is_row(text := _quote(told, place, evidence)):
            told.say(f"{text} [{place}]", "quoted")
    return _once(told, evidence)


def _is_row(text: str) -> bool:
    return text.startswith("|")


def _quote(told: Composer, place: int, evidence: Evidence) -> str:
    source = told.sources[place - 1]
    return phrasing.quoted(evidence.articles[source.article_id], source.start, source.end)


def _once(told: Composer, evidence: Evidence) -> Composer:
    """What is told, without a figure of a sentence that is quoted in full beside it."""
    quoted = {
        f"[{place}]"
        for place in range(1, len(told.sources) + 1)
        if any(one.text.startswith(_quote(told, place, evidence)) for one in told.sentences)
    }
    kept = [one for one in told.sentences if not _is_of(one, quoted)]
    if len(kept) < len(told.sentences):
        told = told.copy()
        told.sentences[:] = kept
    return told


def _is_of(sentence: DraftSentence, quoted: Collection[str]) -> bool:
    """Whether a sentence tells nothing but a figure of one that is quoted."""
    marks = re.findall(r"\[\d+\]", sentence.text)
    return "{f" in sentence.text and len(marks) == 1 and marks[0] in quoted


def _is_told(part: Query, told: Composer, evidence: Evidence) -> bool:
    """Whether a sentence that is quoted for another part has every word of this one; verbs may be
    others where enough words are none."""
    if part.unit and units.is_money(part.unit) and _holds(part.unit, told, evidence):
        return True
    words = [word.group() for word in terms.words(part.text)]
    things = [word for word in words if word.lower() not in lexicon.verbs()]
    asked = [found for text in (words, things) if len(found := terms.stems_of(" ".join(text))) > 1]
    quoted = [terms.stems_of(one.text) for one in told.sentences if "{" not in one.text]
    return any(one <= stems for one in asked for stems in quoted)


def _holds(unit: str, told: Composer, evidence: Evidence) -> bool:
    """Whether a sentence that is quoted has an amount in a currency that is asked for."""
    places = {(source.article_id, source.start) for source in told.sources}
    return any(
        figure.unit == unit and figure.sentence_place in places for figure in evidence.figures
    )


def _tells_all(told: Composer, joined: Sequence[str], evidence: Evidence) -> bool:
    """Whether what is cited speaks of each of the things that a question names."""
    cited = terms.stem_set(
        evidence.articles[source.article_id].text[source.start : source.end]
        for source in told.sources
    )
    return all(names & cited for listed in joined for names in coordination.names(listed))


def _without(missing: Sequence[Query], query: Query, told: Composer) -> Composer:
    """What is told, and in the words of the question what is not."""
    known = vocabulary.stems(f"{query.text} {query.asked}")
    for part in (part for part in missing if not part.told_by):
        text = part.text.strip(" ?.!")
        is_named = not wording.is_notice(text, known, ())
        named = f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text
        told.say(f"{NOT_SAID}: {named}?" if is_named else f"{NOT_SAID} all of it.", "notice")
    return told
