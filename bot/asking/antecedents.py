"""Antecedents: what "it", "that" and "its" of a follow-up stand for in the question before.

"It" is the thing that was asked about ("How many hectares does it take up?" after the capacity of a
park), unless it moves or is compared: then it is the figure that was asked for, like "that".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.asking import sequels
from bot.language import mentions, terms
from ingest.figures import lexicon

if TYPE_CHECKING:
    from bot.questions import Query

_OPENING = re.compile(
    r"^(?:and |but |so )?(?:by |in |at |to |from |for |on |of )?"
    r"(?P<wh>how (?:much|many|long|fast|far|big|large|high|tall|old|deep|wide|heavy|often|quickly"
    r"|strongly|expensive|dear|effective|full|late|dear|likely)|what|which|who|whose|when|where"
    r"|why)(?:['’]s)?\b ?",
    re.IGNORECASE,
)
_HAVING = re.compile(r" (?:have|has|had|got|get|number)\b(?! to\b)")
_SPOT = re.compile(
    r"\b(?P<own>its|their|theirs|his|her(?= [a-z]))\b"
    r"|\b(?P<told>that|this|those|these|the former|the latter|both)\b"
    r"|\b(?P<thing>it|they|them|he|she|him|her|there)\b"
    r"|\b(?P<one>one)\b(?! (?!is|was|are|were|in|of|for|cost)[a-z])",
    re.IGNORECASE,
)
_NOUN = re.compile(r" (?:figure|number|amount|sum|total)\b")
# What may follow "that" where it stands alone: "that quarter" does not.
_ALONE = re.compile(
    r"(?:['’]s\b|[ ,]*$|[ ,]*[?.!]"
    r"| (?:is|was|are|were|did|does|do|has|have|had|will|would|can|could"
    r"|in|to|of|from|than|as|on|for|per|by|at|since|with|compared?|up|down|above|below|over|under"
    r"|worth|mean|come|came|amount|work|leave|left|go|went|make|made|each|and|or|be|now|so"
    r"|already|still|really|out|get|got|put|had|more|less|fewer|higher|lower|larger|bigger"
    r"|smaller|better|worse|enough|much|many)\b)",
    re.IGNORECASE,
)
_EXISTING = re.compile(r"\b(?:is|are|was|were|be|been) $", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|in|from) $", re.IGNORECASE)


def thing(previous: Query) -> str | None:
    """What the question was about, by its name: the one that does or owns something, else the
    first; None where it names nothing.

    >>> thing(parse("What is the capacity of Khavir One in Oman?"))
    'Khavir One'
    """
    last = previous.subquestions[-1] if previous.subquestions else previous
    times = [(m.start, m.end) for m in mentions.periods(last.text)]
    named = []
    for name in last.entities:
        at = last.text.find(name)
        is_source = _BY.search(last.text[:at])
        is_time = any(start < at + len(name) and at < end for start, end in times)
        if not is_source and not is_time:
            named.append(name)
    first = next((name for name in named if is_subject(name, last.text)), next(iter(named), None))
    return _with_number(first, last.text) if first else _context(last.text)


def _with_number(name: str, text: str) -> str:
    """ "Terminal 3" of a question that numbers what it names."""
    m = re.search(rf"\b{re.escape(name)} \d{{1,2}}\b(?![%.,]\d| ?%)", text)
    return m.group() if m else name


def _context(text: str) -> str | None:
    """What a question that names nothing was said to be about: "Who died (Oslo)?"."""
    m = _CONTEXT.search(text)
    return m["about"] if m and not mentions.periods(m["about"]) else None


_CONTEXT = re.compile(r" \((?P<about>[^()]+)\)\?$")


def doer(text: str) -> str | None:
    """Whom or what a question asks what it does, or did: "smuggling trial" of "What did the
    smuggling trial cost?"; None where it is worded otherwise or a pronoun.

    >>> doer("What did a packet cost the gang?")
    'packet'
    """
    m = _DID.match(text)
    words = m["rest"].rstrip(" ?.!").split() if m else []
    for place in range(1, min(len(words), MOST_OF_DOER + 1)):
        verb = lexicon.verbs().get(words[place].lower())
        after = lexicon.verbs().get(words[place + 1].lower()) if place + 1 < len(words) else None
        is_verb = verb is not None and verb.lemma == words[place].lower()
        if is_verb and not (after is not None and after.lemma == words[place + 1].lower()):
            who = " ".join(words[:place])
            return who if terms.find(who) and "," not in who else None
    return None


MOST_OF_DOER = 5
_DID = re.compile(
    r"(?:and |but |so )?(?:what|how much|how long|why|when|where) (?:did|does|do|will|would) "
    r"(?:the |an? )?(?P<rest>.+)",
    re.IGNORECASE,
)


# "According to the Gazette": who tells it.
_BY = re.compile(r"\baccording to(?: the)? $", re.IGNORECASE)


def part(previous: Query) -> str | None:
    """What a question asks the share or the part of a whole of; None where it asks for none.

    >>> part(parse("How much of services trade was travel?"))
    'travel'
    """
    return sequels.part_of(previous.text) or previous.role("P")


def named(previous: Query) -> str:
    """What a question is about, by its name where it has one, else by what it asks for."""
    return thing(previous) or part(previous) or re.sub(r"^about ", "", asked(previous))


def place(previous: Query) -> str | None:
    """The name that a question has last after "in", "to", "from" or "at": where "there" is."""
    last = previous.subquestions[-1] if previous.subquestions else previous
    led = (
        name for name in reversed(last.entities) if _IN.search(last.text[: last.text.find(name)])
    )
    return next(led, None)


def _field(previous: Query) -> str | None:
    """What a question is about that names no place: "on purchasing" of "What do they hope to save
    on purchasing?"."""
    last = previous.subquestions[-1] if previous.subquestions else previous
    text = sequels.unitless(last.text)
    found = [m for m in _ON.finditer(text) if not mentions.periods(m.group())]
    return found[-1].group() if found and not mentions.names(found[-1]["what"]) else None


_ON = re.compile(r"\bon (?:the |its |their )?(?P<what>[a-z][a-z-]+(?: [a-z][a-z-]+)?)$")


def is_subject(name: str, text: str) -> bool:
    """Whether a name does something: it stands right after "did", "does" or "has"."""
    does = r"\b(?:did|does|do|has|have|had|will|would|can|could)(?: the)?"
    return bool(re.search(rf"{does} {re.escape(name)}(?![\w'’])", text, re.IGNORECASE))


def asked(previous: Query) -> str:
    """What the question asked for, as a noun phrase with all that goes with it.

    >>> asked(parse("How many long-term unemployed did Estravia have in October 2025?"))
    'long-term unemployed of Estravia in October 2025'
    >>> asked(parse("How many jobs did Orvanne cut in 2025?"))
    'jobs that Orvanne cut in 2025'
    """
    last = previous.subquestions[-1] if previous.subquestions else previous
    text = _ASIDE.split(sequels.unitless(last.text))[0]
    if whole := part(last):
        return whole
    m = _OPENING.match(text)
    if m is None:
        return _compared(text)
    rest = text[m.end() :]
    aux = terms.table("questions")["lists"]["aux"]
    verb = re.search(rf"(?:^|(?<= ))(?:{aux})(?: |$)", rest, re.IGNORECASE)
    if verb is None:
        counted = _DOING.fullmatch(rest) if m["wh"].lower() == "how many" else None
        if counted and counted["noun"].startswith("of "):
            return f"{counted['noun'].removeprefix('of ')} that {counted['does']}"
        return f"the number of {counted['noun']} that {counted['does']}" if counted else rest
    noun, after = rest[: verb.start()].strip(), rest[verb.end() :].strip()
    after = re.sub(r"^there\b ?", "", after) if noun else after
    if noun and (having := _HAVING.search(after)):
        after = f"of {after[: having.start()]}{after[having.end() :]}"
    elif noun and verb.group().strip().lower() in _HAVE and not _has_verb(after):
        after = f"of {after}"
    elif not noun and (moved := _GROWN.fullmatch(after)) and _changes(f" {moved['verb']}"):
        return f"the growth of {moved['of']}"
    elif after and verb.group().strip().lower() in _DO:
        told = _told(after, verb.group().strip().lower())
        after = f"that {told}" if noun else f"what {told}"
    return f"{noun} {after}".strip()


def grown(phrase: str) -> str:
    """What grew, of a growth that was asked for: "travel" of "the growth of travel in 2024"."""
    return _GROWTH_OF.sub("", _ON_THE_YEAR.sub("", phrase))


_GROWTH_OF = re.compile(
    r"^(?:the )?(?:(?:percent(?:age)?|annual|yearly|year-on-year|yoy) )?"
    r"(?:growth|change|rise|increase)(?: rate)? (?:of|in) ",
    re.IGNORECASE,
)
_ON_THE_YEAR = re.compile(
    r" (?:on|over|from) (?:the )?(?:\w+ )?(?:year|quarter|month)(?: (?:before|earlier))?\b",
    re.IGNORECASE,
)
# "How fast did travel grow in 2024?": what is asked for is a growth.
_GROWN = re.compile(r"(?P<of>.+?) (?P<verb>[a-z]+)(?: (?:in|during|over|from) [^,]+)?")
# "How many visitors came?"
_DOING = re.compile(
    r"(?P<noun>(?:[\w-]+ ){0,2}?(?:[a-z-]{3,}s|people|children|women|men|staff))"
    r" (?P<does>[a-z]+\b.*)"
)
_WHETHER = re.compile(
    r"(?:is|are|was|were|did|does|do|has|have|had) (?P<of>.+?)(?: (?:more|less|fewer|higher|lower"
    r"|larger|bigger|smaller|better|worse|above|below|over|under|at least|the same)\b.*)?$",
    re.IGNORECASE,
)


def _compared(text: str) -> str:
    """What a question asks whether it is so: "net debt" of "Is net debt more than sales?"."""
    m = _WHETHER.fullmatch(text)
    return m["of"] if m else text


# Verbs whose past is as they are.
_SAME_PAST = frozenset(
    "cost cut put set let hit shut spread split quit hurt cast bid bet burst shed rid".split()
)


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, str], str]:
    """The form of a verb that tells what "did" or "does" asks: "took", "takes"."""
    found: dict[tuple[str, str], str] = {("did", lemma): lemma for lemma in _SAME_PAST}
    for form, verb in sorted(lexicon.verbs().items(), key=lambda item: _oddity(*item)):
        if form.endswith("s") and not form.endswith("ss") and form != verb.lemma:
            found.setdefault(("does", verb.lemma), form)
        elif form != verb.lemma and not form.endswith("ing"):
            found.setdefault(("did", verb.lemma), form)
    return found


def _oddity(form: str, verb: lexicon.Verb) -> tuple[bool, bool]:
    """What sorts "took" before "taken", and both before "taked"."""
    return form.startswith(verb.lemma[:-1]) and form.endswith("ed"), form.endswith(("n", "ne"))


def _told(does: str, aux: str) -> str:
    """What somebody did, told: "Vietnam made in 2024" of "did Vietnam make in 2024"."""
    words = does.split()
    for place in range(1, len(words)):
        word = words[place].lower()
        verb = lexicon.verbs().get(word)
        after = words[place + 1].lower() if place + 1 < len(words) else ""
        if after in lexicon.verbs() and lexicon.verbs()[after].lemma == after:
            continue
        if verb is not None and verb.lemma == word and (form := _forms().get((aux, word))):
            return " ".join([*words[:place], form, *words[place + 1 :]])
    return does


# "In million marks", "according to the bank": how it is told, not what.
_ASIDE = re.compile(r", (?:in|by|says?|according|as|if|going|this|counting|the) | according to ")
_HAVE = frozenset(["has", "have", "had"])
_DO = frozenset("did does do will would can could should".split())


def _has_verb(text: str) -> bool:
    return any(w.group().lower() in lexicon.verbs() for w in terms.words(text))


_ASKS_NAME = re.compile(
    r"(?:in |at |of |by |to |with )?(?:whom?|which|what (?:company|club|country|team))\b", re.I
)
_TOLD_NAME = re.compile(
    r"(?P<name>[A-Z][\w'’&-]*(?: (?:(?:of|the|de|van|von|al) )?[A-Z][\w'’&-]*)*)"
    r"(?: \([^)]*\))?(?:\.? \[| (?:was|is|were|had|has)\b)"
)


def answered(previous: Query, told: str) -> str | None:
    """The name that answers who or which, where the answer begins with it; else the one that is
    asked for: "the one who won the race".

    >>> answered(parse("Which club is richest?"), "Clydeside was the richest. [1]")
    'Clydeside'
    """
    if not told or not _ASKS_NAME.match(previous.text):
        return None
    found = _TOLD_NAME.match(told)
    if found and found["name"].lower() not in terms.stop_words():
        return found["name"]
    who = re.match(
        r"who (?P<does>(?!is |are |was |were ).+)", sequels.unitless(previous.text), re.I
    )
    return f"the one who {who['does']}" if who else None


def filled(
    text: str, previous: Query, subject: str, name: str | None = None, owner: str | None = None
) -> str:
    """A text with its first pronoun put into words; as it is where none stands for anything.

    subject: what the question before was about where it names nothing; name: what answered it;
    owner: whom the conversation was about before, where that question names nobody
    """
    for spot in _SPOT.finditer(text):
        before, rest = text[: spot.start()], text[spot.end() :]
        if spot["told"] and not _is_alone(rest):
            continue
        if spot.group().lower() == "there" and _EXISTING.search(before):
            continue
        noun = _NOUN.match(rest)
        rest = rest[noun.end() :] if noun else rest
        is_told = not spot["own"] and _IS.match(rest)
        is_doer = _DOES.search(before) and not _moves(spot.group().lower(), before, rest)
        is_anybody = name is None and thing(previous) is None
        is_thing = spot.group().lower() == "it" and doer(previous.text) is not None
        if owner and is_anybody and is_doer and spot["thing"] and not is_thing:
            return f"{before}{owner}{rest}"
        if owner and is_anybody and _is_of_owner(spot, before, previous):
            subject = owner
        whole = _meant(spot, before, rest, previous, subject, name)
        before = _agreeing(before, whole)
        rest = f" is{rest[2:]}" if is_told else _other_filled(rest, previous, whole)
        return f"{before}{whole}{rest}"
    return text


def _is_of_owner(spot: re.Match[str], before: str, previous: Query) -> bool:
    """Whether a pronoun is of whom the conversation was about before: "his lawyers", "are they
    planning", unless the question before asked of another thing."""
    if spot.group().lower() in _PEOPLE:
        return True
    is_bare = doer(previous.text) is None and not previous.wants
    return bool(is_bare and (spot["own"] or _BEING.search(before)) and not spot["told"])


_PEOPLE = frozenset(["he", "she", "him", "his", "her"])
_BEING = re.compile(r"\b(?:are|is) $", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:him|her)(?=\W*$| (?:in|for|from|to|on|at|before|after|by|then|when)\b)", re.I
)


def _other_filled(rest: str, previous: Query, taken: str) -> str:
    """What follows a pronoun that is put into words ("they"), with "him" as the one other name of
    the question before."""
    last = previous.subquestions[-1] if previous.subquestions else previous
    times = mentions.periods(last.text)
    dates = [last.text[m.start : m.end] for m in times]
    others = [n for n in last.entities if n not in taken and not any(n in date for date in dates)]
    return _OTHER.sub(others[0], rest, count=1) if len(others) == 1 else rest


def _agreeing(before: str, phrase: str) -> str:
    """ "are jobs that were cut" for "is jobs that were cut"."""
    head = re.split(r" (?:of|that|in|for|from|at|without)\b", phrase)[0]
    is_many = head.endswith("s") and not head.endswith(("ss", "'s", "’s")) and head[:1].islower()
    if not is_many:
        return before
    return re.sub(r"\b(is|was) $", lambda m: "are " if m[1] == "is" else "were ", before)


def _is_alone(rest: str) -> bool:
    """Whether "that" stands for something: no noun follows it, or only "figure"."""
    after = next((w.group().lower() for w in terms.words(rest)), "")
    is_verb = after in lexicon.verbs() and not rest.lower().startswith(f" {after} of")
    return bool(_ALONE.match(rest) or _NOUN.match(rest) or is_verb)


_IS = re.compile(r"['’]s\b")
_IN = re.compile(r"\b(?:in|at|from|to|of|near|over|around|out) $", re.IGNORECASE)


def _meant(
    spot: re.Match[str], before: str, rest: str, previous: Query, subject: str, name: str | None
) -> str:
    called = name or thing(previous) or subject
    if name and (spot.group().lower() in _PERSONAL or (spot["told"] and _KIND.search(before))):
        return name
    if spot["own"]:
        return f"{called}'" if called.endswith("s") else f"{called}'s"
    if spot["one"]:
        return subject
    if spot.group().lower() == "there":
        return _there(before, previous, called)
    if spot.group().lower() in {"they", "them"}:
        many = _counted(previous)
        if many:
            return f"the {many}" if _MANY_OF.search(before) else many
        called = _of_many(called, previous.text)
    if whole := _asked_who(spot, before, rest, previous, called):
        return whole
    if _moves(spot.group().lower(), before, rest) or (spot["told"] and _changes(rest)):
        return part(previous) or timeless(grown(asked(previous)))
    if spot["told"] or _OF.search(before):
        whole = asked(previous)
        whole = _VALUE_OF.sub("", grown(whole)) if _OF.search(before) else whole
        return f"the {whole}" if _MANY_OF.search(before) else whole
    return _with_article(called, previous.text)


# What something is a part of is the thing and not its value.
_VALUE_OF = re.compile(r"^(?:the )?(?:total )?(?:value|amount|size|volume|sum|worth) of ")


# "What sort of club is that?": one that was told, and no amount.
_KIND = re.compile(
    r"\bwh(?:at|ich) (?:sort|kind|type)s? of [\w -]+ (?:is|are|was|were) $|\bwho (?:is|are|was) $",
    re.IGNORECASE,
)


def _there(before: str, previous: Query, called: str) -> str:
    """Where the question before was: a place, what it was about ("on purchasing"), a thing."""
    if place(previous) is None and (field := _field(previous)):
        return field
    if thing(previous) is None:
        return ""
    called = place(previous) or called
    return called if _IN.search(before) else f"in {called}"


def _asked_who(
    spot: re.Match[str], before: str, rest: str, previous: Query, called: str
) -> str | None:
    """ "Who is it?" is asked of the one who does what was asked about, "Who won it?" of what many
    saw."""
    if _WHO_IS.search(before) and not rest.strip(" ?.!"):
        return _with_article(doer(previous.text) or called, previous.text)
    seen = _SEEN.search(_bare(previous.text))
    return seen["it"] if seen and spot.group().lower() == "it" else None


_WHO_IS = re.compile(r"\bwho (?:is|was|are|were) $", re.IGNORECASE)
# "How many people saw the final?": what is done something to.
_SEEN = re.compile(
    r"^how many (?!of\b)[a-z-]+(?: [a-z-]+)? (?!did|does|do|has|have|had|is|are|was|were|will|would"
    r"|can|in|of|on|at|to|for|from)(?P<does>[a-z]+) (?P<it>(?:the|an?) [\w -]+)$",
    re.IGNORECASE,
)


def _bare(text: str) -> str:
    return text.strip().rstrip("?!. ")


# "How full was it?": the thing, not its figure.
_HOW_SO = re.compile(
    r"(?:and |so |but )?how (?:full|old|tall|long|wide|deep|heavy|fast|big|large|far away)\b"
    r"(?! (?:more|less|did|does|do|has|have)\b)",
    re.IGNORECASE,
)


def _of_many(name: str, text: str) -> str:
    """ "Grauhorn glaciers": what a name has several of, where it is called "they"."""
    m = re.search(rf"{re.escape(name)} [a-z-]+s\b", text)
    return m.group() if m else name


_DOES = re.compile(r"\b(?:did|does|do|has|have|had|will) $", re.IGNORECASE)
_PERSONAL = frozenset(["he", "she", "him", "it"])
_MANY_OF = re.compile(r"\bhow many of $", re.IGNORECASE)


def _with_article(phrase: str, text: str) -> str:
    """ "the chair" where that is how the question before said it."""
    return f"the {phrase}" if re.search(rf"\bthe {re.escape(phrase)}\b", text) else phrase


def timeless(phrase: str) -> str:
    """What was asked for without its time, which a whole question is given anew."""
    found = mentions.periods(phrase)
    if step := mentions.shift(phrase):
        found = [*found, step]
    for m in sorted(found, key=lambda m: -m.start):
        before = re.sub(r"\b(?:in|for|during|of)\s*$", "", phrase[: m.start])
        phrase = f"{before.rstrip()} {phrase[m.end :].lstrip()}".strip()
    return re.sub(r" ?\( *\)", "", phrase)


def _changes(rest: str) -> bool:
    """Whether what follows "that" is a move: "How fast did that grow?"."""
    after = next((w.group().lower() for w in terms.words(rest)), "")
    verb = lexicon.verbs().get(after)
    return verb is not None and verb.role == "change"


# "How many volunteers took part": those who are counted and do something.
_MANY = re.compile(
    r"\bhow many (?:of (?:the )?)?(?P<noun>(?:[A-Z][\w-]*['’]s? )?(?:[a-z-]+ ){0,2}?"
    r"(?:(?!has\b|was\b|does\b)[a-z-]{3,}s|people|children|women|men|staff))\b"
    r"(?! (?:did|does|do|has|have|had|will)\b)",
    re.IGNORECASE,
)


def _counted(previous: Query) -> str | None:
    m = _MANY.search(previous.text)
    return m["noun"] if m else None


# "What are they planning?"
_DOING_SO = re.compile(r" (?!rising|falling|growing|going|getting|being|shrinking)[a-z]{3,}ing\b")
# "How much capacity does it add?": the thing does so, and not its figure.
_OF_ITS_DOING = re.compile(
    r"\bhow (?:much|many) (?!percent|points|per cent|more|less|fewer|higher|lower)[a-z]+"
    r"(?: [a-z]+)? (?:did|does|do|will|would) $",
    re.IGNORECASE,
)


def _moves(word: str, before: str, rest: str) -> bool:
    """Whether "it" moves or is compared: it is the figure and not the thing."""
    if word not in {"it", "they"} or _HOW_SO.match(f"{before}{rest}"):
        return False
    if _OF_ITS_DOING.search(before) or _DOING_SO.match(rest):
        return False
    if _TURNS.match(rest):
        return True
    after = next((w.group().lower() for w in terms.words(rest)), "")
    verb = lexicon.verbs().get(after)
    return bool(_EXISTING.search(before)) or (verb is not None and verb.role == "change")


# "It got worse", "did it go up".
_TURNS = re.compile(
    r" (?:(?:got|get|gets|go|goes|went|come|came) (?:\w+er|worse|up|down)|be|mean|amount)\b"
)
