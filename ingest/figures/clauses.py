"""Clauses: parts of speech by table and place, noun phrases, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest import data, units
from ingest.figures import lexicon, names, quantities
from ingest.figures.statements import Statement
from ingest.numerals import Token

# One letter a token: Q quantity, T period, D determiner, P preposition, X auxiliary, V verb,
# C conjunction, R relative, O pronoun, B adverb, N noun or adjective, "," comma, "." other marks,
# "-" a hyphen inside a word.
_KINDS = (
    ("auxiliaries", "X"),
    ("determiners", "D"),
    ("prepositions", "P"),
    ("conjunctions", "C"),
    ("relatives", "R"),
    ("pronouns", "O"),
    ("adverbs", "B"),
)


@cache
def _closed() -> dict[str, str]:
    table = data.load("grammar")["stops"]
    known: dict[str, str] = {}
    for name, tag in _KINDS:
        for word in table[name]:
            known.setdefault(word, tag)
    return known | {"&": "C", "that": "R"}


def tag(statement: Statement) -> str:
    """A letter for each token of the statement."""
    closed = _closed()
    tags = [
        closed.get(token.low, "N") if token.kind == "w" and "'" not in token.low
        else _plain_tag(token) for token in statement.tokens
    ]  # fmt: skip
    for quantity in statement.quantities:
        tags[quantity.lead : quantity.after] = "Q" * (quantity.after - quantity.lead)
    for dated in statement.dates:
        tags[dated.first : dated.after] = "T" * (dated.after - dated.first)
    for i in _times_past(statement):
        tags[i : i + 2] = "TT"
    for i in _owners(statement, tags):
        tags[i] = "-"
    joined = _compounds(statement, tags) | _tag_groups(statement, tags)
    _tag_asides(statement, tags)
    verbs = lexicon.verbs()
    for i, letter in enumerate(tags):
        if letter == "N" and i not in joined:
            low = statement.words[i]
            if low in verbs or low.endswith(("ly", "ed")) or _is_doing(statement, tags, i):
                tags[i] = _noun_or_verb(statement, tags, i)
    return "".join(tags)


def _tag_groups(statement: Statement, tags: list[str]) -> set[int]:
    """The words of groups of ages, "people aged 30 to 44", which are nouns, tagged so."""
    found = {i for first, end in statement.groups for i in range(first, end)}
    for i in found:
        token = statement.tokens[i]
        tags[i] = "-" if token.glued and token.text in "-‐‑–" else "N"
    return found


def _compounds(statement: Statement, tags: list[str]) -> set[int]:
    """The words around the hyphen of a "write-down", a "one-off", which are nouns, tagged so."""
    found: set[int] = set()
    for i, token in enumerate(statement.tokens[1:], 1):
        if token.text not in "-‐‑" or not token.glued:
            continue
        if _is_chained(statement, i) and tags[i - 1] in "PCNDBX":
            tags[i - 1 : i + 4] = ["N", "-", "N", "-", "N"]
            found.update((i - 1, i + 1, i + 3))
        if statement.low(i - 1) == "one":
            tags[i - 1] = "N"
        if statement.low(i + 1) in _PARTICLES and tags[i - 1] == "N" and tags[i + 1] in "PB":
            tags[i + 1] = "N"
            found.update((i - 1, i + 1))
    return found


def _is_chained(statement: Statement, i: int) -> bool:
    """ "like-for-like", "out-of-town", "day-to-day": three words in one, tokens[i] its hyphen."""
    tokens = statement.tokens[i - 1 : i + 4]
    if len(tokens) < 5 or not all(token.glued for token in tokens[1:]):
        return False
    words, hyphens = tokens[::2], tokens[1::2]
    return all(t.kind == "w" for t in words) and all(t.text in "-‐‑" for t in hyphens)


def _tag_asides(statement: Statement, tags: list[str]) -> None:
    """ "on average", ", however,": words between that belong to no phrase are adverbs."""
    asides, words = lexicon.words("cues", "asides"), statement.words
    for quantity in statement.quantities:
        _tag_colouring(statement, tags, quantity)
    for i, low in enumerate(words[:-1]):
        if low in ("on", "in", "at", "by") and words[i + 1] in asides and tags[i] == "P":
            if tags[i + 1] == "N":
                tags[i : i + 2] = "BB"
        elif low == "so" and words[i + 1] == "far":
            tags[i : i + 2] = "BB"
        elif low == "as" and words[i + 1 : i + 3] == ["a", "whole"]:
            tags[i : i + 3] = "BBB"
        elif low.endswith("est") and tags[i] == "N" and words[i + 1] in (",", "by", "since", "in"):
            if i and lexicon.verbs().get(words[i - 1]) is not None and tags[i - 1] == "N":
                tags[i] = "B"
        elif low == "however" and statement.low(i - 1) == words[i + 1] == ",":
            tags[i] = "B"


def _tag_colouring(statement: Statement, tags: list[str], quantity: quantities.Quantity) -> None:
    """The "initial" of "an initial £34m", the "long" of "is 2 m long and weighs 3 kg"."""
    k, after = quantity.lead - 1, quantity.after
    if k > 0 and tags[k - 1] == "D" and tags[k] in "NV":
        if statement.low(k) in lexicon.words("cues", "colouring"):
            tags[k] = "B"
    sized = units.is_physical(quantity.unit or "") and tags[after : after + 1] == ["N"]
    if sized and statement.low(after) in _SIZES and tags[after + 1 : after + 2] == ["C"]:
        tags[after] = "B"


_SIZES = frozenset("long wide tall high deep thick across".split())


def _owners(statement: Statement, tags: Sequence[str]) -> list[int]:
    """The apostrophes of "Hexagon Tools' margin": behind a name in s, before what it has."""
    tokens = statement.tokens
    return [
        i for i in range(1, len(tokens) - 1)
        if tokens[i].text in "'’" and tokens[i].glued and not tokens[i + 1].glued
        and tags[i + 1] == "N" and tokens[i - 1].low.endswith("s") and tokens[i + 1].text.islower()
        and _is_capital(statement, i - 1) and _may_own(statement, i - 1)
        and not any(t.text in "'‘" for t in tokens[:i])
    ]  # fmt: skip


def _may_own(statement: Statement, i: int) -> bool:
    """Whether a word in s with a capital is a name and no ordinary plural ("Workers' pay")."""
    low = statement.low(i)
    led = i > 0 and _is_capital(statement, i - 1) and statement.low(i - 1) not in _closed()
    return led or not (units.are_persons(units.singular(low)) or names.is_listed(low))


def _is_doing(statement: Statement, tags: Sequence[str], i: int) -> bool:
    """The "shifting" of "savers are shifting to": no verb that is listed, but one by its place."""
    led = i > 0 and tags[i - 1] == "X" and statement.words[i - 1] in _BE
    goes_on = tags[i + 1 : i + 2] and tags[i + 1] in "PDBN"
    return bool(led and goes_on and statement.words[i].endswith("ing"))


_BE = frozenset("is are was were be been".split())
_PARTICLES = frozenset("off up down in out over".split())


def _times_past(statement: Statement) -> list[int]:
    """Where a "past decade", "coming weeks" begins."""
    near = lexicon.words("cues", "near_times")
    spans = lexicon.words("cues", "spans")
    words = statement.words
    return [i for i, low in enumerate(words[:-1]) if low in near and words[i + 1] in spans]


def _plain_tag(token: Token) -> str:
    if token.kind == "s":
        if token.text in "-‐‑" and token.glued:
            return "-"
        return "," if token.text == "," else "C" if token.text == "&" else "."
    if "'" in token.low and token.low.partition("'")[0] in _closed():
        return _closed().get(token.low, "O")
    return _closed().get(token.low, "N")


def _noun_or_verb(statement: Statement, tags: Sequence[str], i: int) -> str:
    low = statement.tokens[i].low
    named = i > 0 and statement.tokens[i].text[0].isupper()
    if low.endswith("ly") and len(low) > 4 and not named and low not in _NO_ADVERBS:
        return "B"
    if low == "home" and tags[i - 1 : i] == ["V"]:
        return "B"
    verb = lexicon.verbs().get(low)
    if verb is None and _is_doing(statement, tags, i):
        return "V"
    if verb is None:
        return _unknown(statement, tags, i, low)
    if i > 0 and statement.tokens[i].text[0].isupper() and tags[i - 1] in "NDPV":
        return "N"
    return "V" if _reads_as_verb(statement, tags, i, low) else "N"


_NO_ADVERBS = frozenset({"family", "supply", "assembly", "italy"})


def _unknown(statement: Statement, tags: Sequence[str], i: int, low: str) -> str:
    """Unlisted past forms after a noun are verbs ("the firm jettisoned 5%")."""
    if not (low.endswith("ed") and len(low) > 4) or i == 0 or statement.tokens[i].text[0].isupper():
        return "N"
    before, after = tags[i - 1], tags[i + 1] if i + 1 < len(tags) else "."
    if before == "," and after == "P" and statement.low(i + 1) in ("in", "by", "on", "at"):
        return "V"
    if before == after == "N" and quantities.is_plural(statement.low(i - 1)):
        return "V"
    if before == after == "N" and tags[i - 2 : i - 1] == ["D"]:
        return "V" if quantities.is_plural(statement.low(i + 1)) else "N"
    return "V" if before in "NBXRO,T" and after in "QPDTB,." and before != "," else "N"


def _reads_as_verb(statement: Statement, tags: Sequence[str], i: int, low: str) -> bool:
    """Past and -ing forms are verbs unless they stand in a noun phrase; base forms need a cue."""
    before = tags[i - 1] if i else "."
    after = tags[i + 1] if i + 1 < len(tags) else "."
    if (low in ("number", "numbers") and after != "Q") or _is_gerund(statement, i, before, after):
        return False
    past = low.endswith("ing") or is_past(low)
    if low in ("range", "vary") and before == "N" and statement.low(i + 1) in ("from", "between"):
        return _follows_plural(statement, i)
    if past:
        return not (before in "D-" and after in "N") and not (low == "saving" and before == "N")
    owned = statement.low(i - 1).endswith("'s") and statement.low(i - 1)[:-2] not in _closed()
    if before in "D-" or owned or is_past(statement.low(i + 1 + (after == "B"))):
        return False
    if before in "XOR" or statement.low(i - 1) == "to" or _is_led_by_modal(statement, i, before):
        return True
    if (low in lexicon.sure() and before != "P") or _is_joined(tags, i, low, after):
        return True
    if _follows_plural(statement, i) and before == "N" and _takes(statement, tags, i, after):
        return True
    placed = statement.low(i + 1) in ("in", "of") and before in "NQ"
    if before in "PQ" or (after == "P" and (placed or _has_own_verb(statement, tags, i))):
        return False
    inserted = before == "," and "," in tags[: i - 1] and after in "QD"
    third = low.endswith("s") and (before in "NTB" or inserted)
    if low in _SAME_PAST and ((before == "B" and after == "Q") or (before == "," and after == "O")):
        return True
    named = before == after == "N" and _is_capital(statement, i - 1)
    takes = after in "QDBTPO" or (named and _is_capital(statement, i + 1))
    return (third and takes) or (before == "N" and after in "QDB")


def _is_led_by_modal(statement: Statement, i: int, before: str) -> bool:
    """The "reach" of "the premium will thereby reach"."""
    return before == "B" and statement.low(i - 2) in _MODALS


def _takes(statement: Statement, tags: Sequence[str], i: int, after: str) -> bool:
    """Whether what follows may be the object of a verb: "traders call anything"."""
    at = statement.low(i + 1) == "at" and tags[i - 2 : i - 1] != ["D"]
    return after in "QDNO" or at


def _has_own_verb(statement: Statement, tags: Sequence[str], i: int) -> bool:
    """The "were" of "industrial orders from abroad were 3% higher": what has it is no verb."""
    if "R" in tags[max(0, i - 5) : i]:
        return False
    i += 1
    while tags[i : i + 1] and tags[i] in "PDNTB-" and statement.low(i) not in _REACHED:
        i += 1
    return tags[i : i + 1] == ["X"] or statement.low(i) in _REACHED


def _is_joined(tags: Sequence[str], i: int, low: str, after: str) -> bool:
    """The "kills" of "infects 4,000 and kills 210", the "cost" of "took $96m and cost a mere",
    of "the flood of 2023 cost the town $2m"."""
    if low in _SAME_PAST and tags[i - 1] == "C" and _leads_to_amount(tags, i + 1):
        return True
    if low in _SAME_PAST and tags[i - 1] == "T" and after in "QD":
        return True
    led = list(tags[max(0, i - 2) : i]) == ["Q", "C"] and after == "Q" and low.endswith("s")
    return led and not is_measure(low) and low not in lexicon.change_nouns()


def _leads_to_amount(tags: Sequence[str], i: int) -> bool:
    """Whether only "a", "a mere" stands before an amount: "took $96m and cost a mere $12m"."""
    while tags[i : i + 1] and tags[i] in "DB":
        i += 1
    return tags[i : i + 1] == ["Q"]


_REACHED = frozenset(
    "rose fell grew reached totalled totaled climbed shrank jumped exceeded".split()
)
_MODALS = frozenset("will would can could may might must shall should".split())
_SAME_PAST = frozenset({"hit", "cut", "cost", "put", "set", "beat", "shed"})


def _is_gerund(statement: Statement, i: int, before: str, after: str) -> bool:
    """The "spending" of "capital spending of 70 billion", of "spending rose"."""
    if not statement.low(i).endswith("ing"):
        return False
    following = statement.low(i + 1)
    to_whom = following == "to" and lexicon.verbs().get(statement.low(i + 2)) is None
    if following in _OF_GERUNDS or to_whom:
        if before in ".-R" and _has_past(statement, i + 2):
            return True
    return (following == "of" and before not in "XO") or after in "XV" or is_past(following)


_OF_GERUNDS = frozenset("on for in by at from with".split())


def _has_past(statement: Statement, first: int) -> bool:
    """Whether a verb follows before the next comma: "Spending on agency staff dropped"."""
    for low in statement.words[first : first + 8]:
        if low == ",":
            return False
        if is_past(low) or _closed().get(low) == "X":
            return True
    return False


def _follows_plural(statement: Statement, i: int) -> bool:
    """The "call" of "traders call anything": a plural seldom stands before its noun."""
    low, before = statement.low(i), statement.low(i - 1)
    return not low.endswith("s") and quantities.is_plural(before) and before not in _closed()


def is_past(low: str) -> bool:
    """True for a form that tells of what is over or done: "sold", "fell"."""
    known = low.endswith("ed") and low in lexicon.verbs()
    return known or low in _irregular_forms()


@cache
def _irregular_forms() -> frozenset[str]:
    """Past forms that are not regular; the "run" of "has run" is a noun more often."""
    table = data.load("verbs")
    listed = [table[n]["irregular"] for n in ("up", "down", "level", "other", "sure")]
    listed.append(table["have_irregular"])
    forms = {
        form for group in listed for lemma, past in group.items() for form in past
        if form != lemma or past[0] == lemma
    }  # fmt: skip
    return frozenset(forms) - {"cut", "cost", "bid", "hit", "forecast"}


# ------------------------------------------------------------------ noun phrases


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase tokens[first:after] of a statement, taken apart.

    measure: what it names, lower case, without determiner and owner; entity: whose, as written
    generic: True where it only points back ("this segment", "it", "the figure")
    """

    first: int
    after: int
    measure: str | None
    entity: str | None
    generic: bool = False


_INSIDE = "NDPCT-BO"
_CLAUSE_STARTS = frozenset(
    "but while whereas as with after before despite because since than although when if though"
    " so and compared including against amid following excluding versus until".split()
) - {"and"}


def before(statement: Statement, tags: str, end: int) -> Phrase | None:
    """The noun phrase that ends right before tokens[end] (adverbs and auxiliaries skipped)."""
    while end > 0 and (tags[end - 1] in "BX" or statement.low(end - 1) in ("there", "here")):
        end -= 1
    if statement.raw(end - 1) == ")":
        opening = next((k for k in range(end - 1, 0, -1) if statement.raw(k) == "("), end)
        end = opening
    if end > 0 and tags[end - 1] == "Q":
        end = _before_counted(statement, tags, end)
    end = _over_insert(statement, tags, end)
    while end > 0 and tags[end - 1] in "BXR":
        end -= 1
    if end > 0 and tags[end - 1] == "," and tags[end : end + 1] not in ("", "."):
        end -= 1
    if end > 2 and tags[end - 3 : end] == "NPO":
        end -= 2
    numbered = _numbered(statement, tags, end)
    if numbered is not None:
        return numbered
    first = _phrase_start(statement, tags, end)
    if first >= end:
        return None
    return parse(statement, tags, first, end)


def _before_counted(statement: Statement, tags: str, end: int) -> int:
    """Where the "rent" of "the rent for two bedrooms [was]" ends: a count belongs to a phrase."""
    counted = next((q for q in statement.quantities if q.after == end), None)
    if counted is None or counted.noun is None:
        return end
    at = counted.lead - 1
    at -= tags[at : at + 1] == "D"
    led = at > 0 and tags[at] == "P" and statement.low(at) in _HOLDING
    return at if led and tags[at - 1] == "N" else end


_HOLDING = frozenset("for of with per in across at among from by".split())


def subject(statement: Statement, tags: str, verb: int) -> Phrase | None:
    """The phrase before a verb; of "cases reported to the authorities rose", the cases."""
    phrase = before(statement, tags, verb)
    doing = _of_doing(statement, tags, phrase) if phrase is not None else None
    if doing is not None:
        return doing
    if phrase is None or phrase.first < 2 or tags[phrase.first - 1] != "V":
        return phrase
    partial = statement.low(phrase.first - 1).endswith(("ed", "en", "ing", "built", "made", "sold"))
    if not partial or tags[phrase.first] != "P" or tags[phrase.first - 2] != "N":
        return phrase
    whole = before(statement, tags, phrase.first - 1)
    plural = quantities.is_plural(statement.low(phrase.first - 2))
    return whole if whole is not None and whole.measure and plural else phrase


def _of_doing(statement: Statement, tags: str, phrase: Phrase) -> Phrase | None:
    """The cost of "the cost of shipping a container": what is done is no measure."""
    k = phrase.first - 1
    while k > 0 and tags[k] in "QD-":
        k -= 1
    led = k > 1 and statement.low(k).endswith("ing") and statement.low(k - 1) in ("of", "for")
    if not led or tags[k] not in "VN" or not is_measure(statement.low(k - 2)):
        return None
    return before(statement, tags, k - 1)


def _numbered(statement: Statement, tags: str, end: int) -> Phrase | None:
    """ "The number of people waiting for an operation [stood at]": of the people, not of those."""
    at = next((k for k in range(min(4, end)) if statement.low(k) in ("number", "share")), None)
    if at is not None and statement.low(at + 1) in ("that", "who") and at + 2 < end:
        return parse(statement, tags, 0, at + 1) if tags[at + 1] == "R" else None
    if at is None or statement.low(at + 1) != "of":
        return None
    verb = next((k for k in range(at + 2, end) if tags[k] in "VR"), None)
    if verb is None or "," in tags[at:end] or "Q" in tags[at:end] or tags[verb - 1] != "N":
        return None
    rest = [k for k in range(verb, end) if tags[k] == "V"]
    partial = all(statement.low(k).endswith(("ing", "ed")) for k in rest) or tags[verb] == "R"
    return parse(statement, tags, at, verb) if partial else None


def _over_insert(statement: Statement, tags: str, end: int) -> int:
    """Before "exports, which were high, [rose]": the end of "exports"."""
    if end < 2 or tags[end - 1] != ",":
        return end
    low = statement.low(end - 2)
    comma = tags.rfind(",", 0, end - 1)
    once = statement.low(comma + 1) in ("once", "though", "although", "while")
    inside = tags[comma + 1 : end - 1].lstrip("BC" if once else "B")
    if comma > 0 and (once or _OF_THEM.fullmatch(inside) is not None):
        return comma
    sized = inside[:1] == "Q" and low in data.load("natures")["adjectives"]
    aside = inside == "Q" * len(inside) != "" and tags[comma + 1] == "B"
    if comma > 0 and (sized or aside or inside[:1] in ("R", "P", "D", "V") or "V" in inside):
        return comma
    return end - 1


_OF_THEM = re.compile("Q+P[OR]")


def _phrase_start(statement: Statement, tags: str, end: int) -> int:
    i = end
    while i > 0:
        letter, low = tags[i - 1], statement.low(i - 1)
        if letter == ",":
            if not _is_list_comma(statement, tags, i, end):
                break
        elif letter == "O" or tags[i : i + 1] == "O":
            i -= i == end
            break
        elif tags[i : i + 1] == "D" and letter in "NT" and i < end:
            break
        elif letter not in _INSIDE or (
            low in _CLAUSE_STARTS
            and not (_joins_nouns(tags, i, low) or _is_before_tax(statement, i))
        ):
            opening = _attributive_start(statement, i) if letter == "Q" else None
            if opening is None:
                break
            i = opening + 1
        elif letter == "C" and low != "and" and low != "&" and low != "or":
            break
        i -= 1
    while i < end and (tags[i] in "CB,-" and not statement.low(i) == "both"):
        i += 1
    return i


def _joins_nouns(tags: str, i: int, low: str) -> bool:
    """The "with" of "trade with Vietnam", the "after" of "profit after tax"."""
    return low == "with" and i > 1 and tags[i - 2] == "N"


def _is_before_tax(statement: Statement, i: int) -> bool:
    taxed = statement.low(i) in ("tax", "taxes", "interest", "depreciation", "tax'")
    return statement.low(i - 1) in ("before", "after") and taxed


def _attributive_start(statement: Statement, i: int) -> int | None:
    """Where the "ten-year" of "yields on ten-year bonds" that ends at tokens[i] begins."""
    found = (q.first for q in statement.quantities if q.after == i and q.attributive)
    return next(found, None)


def _is_list_comma(statement: Statement, tags: str, i: int, end: int) -> bool:
    """The commas of "wheat, maize and rice"."""
    rest = tags[i:end]
    if rest.startswith("C") and "," not in tags[max(0, i - 7) : i - 1]:
        return False
    joined = "C" in rest and "P" not in rest and "D" not in rest[:1]
    return joined and tags[i - 2 : i - 1] == "N" and len(rest) <= 8


def after(statement: Statement, tags: str, start: int) -> Phrase | None:
    """The noun phrase that begins at tokens[start]: words up to a verb, a mark or a quantity."""
    i = start
    while i < len(tags) and (
        tags[i] in "ND-" or (tags[i] == "P" and statement.low(i) == "of" and i > start)
    ):
        i += 1
    while i > start and tags[i - 1] in "PD-":
        i -= 1
    return parse(statement, tags, start, i) if i > start else None


def parse(statement: Statement, tags: str, first: int, end: int) -> Phrase:
    """Take the noun phrase tokens[first:end] apart."""
    begin = _skip_lead(statement, tags, first, end)
    begin = _behind_with(statement, tags, first, end) or begin
    place = _lead_place(statement, tags, first, begin)
    if (begin < end and tags[begin] == "O") or begin >= end:
        return Phrase(first, end, None, place, begin < end)
    head_end = next(
        (k for k in range(begin, end) if tags[k] == "P" and not is_inside_name(statement, tags, k)),
        end,
    )
    entity, start = _owner(statement, tags, begin, head_end)
    generic = _points_back(statement, begin, head_end)
    named, words = _split_name(statement, tags, start, head_end, entity)
    tail_entity, tail = _tail(statement, tags, head_end, end)
    measure = " ".join(w for w in (words, tail) if w) or None
    found = entity or named or tail_entity or place
    if measure is None and not named and words == "":
        measure = None
    # "the number of jobs" is whole; "a rise in exports" is about exports, told before
    is_change = statement.low(head_end - 1) in lexicon.change_nouns()
    back = generic and (is_change or not tail) and not (entity and measure)
    return Phrase(first, end, measure, found, back)


def is_inside_name(statement: Statement, tags: str, k: int) -> bool:
    """Whether the "of" at tokens[k] joins a name: "University of Ostwick", "Bank of England"."""
    if statement.low(k) != "of" or k == 0 or not _is_capital(statement, k - 1):
        return False
    named = statement.low(k - 1) in lexicon.words("cues", "of_names")
    return named and tags[k + 1 : k + 2] == "N" and _is_capital(statement, k + 1)


def _behind_with(statement: Statement, tags: str, first: int, end: int) -> int | None:
    """Where the "turnover" of "a partner with turnover", "on turnover [of $3bn]" begins."""
    if end - first < 2 or not is_measure(statement.low(end - 1)):
        return None
    at = next((k for k in range(end - 2, first - 1, -1) if tags[k] == "P"), None)
    if at is None or not (statement.low(at) == "with" or (at == first and _is_on(statement, at))):
        return None
    begin = at + 1
    while begin < end and tags[begin] in "DB":
        begin += 1
    return begin if begin < end and tags[begin] == "N" else None


def _is_on(statement: Statement, i: int) -> bool:
    return statement.low(i) in ("on", "despite", "including", "excluding")


def _points_back(statement: Statement, begin: int, end: int) -> bool:
    """ "this segment", "the figure", "that": the phrase names nothing by itself."""
    words = [statement.low(k) for k in range(begin, end)]
    if not words:
        return True
    lead = statement.low(begin - 1) if begin else ""
    return (
        len(words) <= 2
        and lexicon.words("cues", "generic").issuperset(words)
        and (
            lead in ("this", "that", "these", "those", "the", "its", "their", "such")
            or len(words) == 1
        )
    )


def _skip_lead(statement: Statement, tags: str, first: int, end: int) -> int:
    """Past determiners, adverbs, quantities and a leading "In 2023", "In Finland the"."""
    i = first
    while i < end:
        plain = i == first and i + 1 < end and not _is_capital(statement, i + 1)
        if statement.low(i) in _SPANS and tags[i : i + 5] == "N-N-N" and i + 5 < end:
            if statement.low(i) == statement.low(i + 4):
                i += 5
                continue
        spoken = statement.low(i) in ("of", "about") and tags[i - 1 : i] == "V"
        led = spoken or statement.low(i) in _NO_PLACES
        if tags[i] == "P" and plain and led and tags[i + 1] == "N":
            i += 1
        elif tags[i] == "P":
            following = _end_of_place(statement, tags, i + 1, end)
            if following >= end:
                return i if i > first else following
            i = following
        elif tags[i] in "DBQTC,-X" or statement.low(i) in ("both", "total-"):
            i += 1
        else:
            break
    return i


_SPANS = frozenset({"year", "quarter", "month", "week"})
_NO_PLACES = frozenset({"to", "with", "by"})


def _end_of_place(statement: Statement, tags: str, i: int, end: int) -> int:
    """After "in Finland", "in 2023": where the next phrase begins."""
    begin = i
    while i < end and tags[i] in "DT":
        i += 1
    if i > begin and tags[i - 1] == "T":
        return i
    while i < end and tags[i] in "N-" and (_is_capital(statement, i) or i == begin):
        i += 1
    return i


def _is_capital(statement: Statement, i: int) -> bool:
    return statement.tokens[i].text[:1].isupper()


def _lead_place(statement: Statement, tags: str, first: int, begin: int) -> str | None:
    """The name in a leading "In Finland"."""
    found = [k for k in range(first, begin) if tags[k] == "N" and _is_capital(statement, k)]
    if not found:
        return None
    end = found[0] + 1
    while end in found:
        end += 1
    if statement.low(found[0] - 1) == "from" and statement.low(end) == "to":
        return None
    return named(statement, found[0], end)


def _owner(statement: Statement, tags: str, begin: int, end: int) -> tuple[str | None, int]:
    """The possessive at the head of a phrase: (name, where the rest begins)."""
    for k in range(begin, end):
        token = statement.tokens[k]
        plural = token.low.endswith("s") and statement.low(k + 1) in ("'", "’")
        if (token.low.endswith("'s") and token.low[:-2] not in _closed()) or plural:
            if k == begin and not plural and _is_plain_owner(statement, k):
                continue
            first = k
            while first > begin and (_is_capital(statement, first - 1) or tags[first - 1] == "-"):
                first -= 1
            after = k + 2 if plural else k + 1
            if _is_capital(statement, k):
                return named(statement, first, k + 1), after
            return None, after
    return None, begin


def _is_plain_owner(statement: Statement, k: int) -> bool:
    """The "Children's" of "Children's books": ordinary people that open a sentence."""
    opens = k == 0 or _opens(statement, k)
    return opens and units.are_persons(units.singular(statement.low(k)[:-2]))


def is_source(low: str) -> bool:
    """Whether a word names who tells of others: "analysts", "poll"."""
    return names.is_role(low) or units.singular(low) in lexicon.words("cues", "sources")


def named(statement: Statement, first: int, end: int) -> str | None:
    """The name tokens[first:end]: months and days apart; a person's is nobody's to measure."""
    while first < end and names.is_calendar(statement.low(first).removesuffix("'s")):
        first += 1
    if first >= end or names.is_role(statement.low(first)):
        return None
    if _bare(statement, end - 1) in statement.names.persons:
        return None
    if statement.low(first) == "new" and statement.low(first + 1).startswith("year"):
        return None
    return surface(statement, first, end)


def _bare(statement: Statement, i: int) -> str:
    return statement.low(i).replace("’", "'").removesuffix("'s")


def surface(statement: Statement, first: int, end: int) -> str:
    """The words tokens[first:end] as written, without a possessive ending."""
    text = statement.text[statement.tokens[first].start : statement.tokens[end - 1].end]
    for ending in ("'s", "’s", "'", "’"):
        if text.endswith(ending):
            return text[: -len(ending)]
    return text[:-1] if statement.low(end - 1).endswith("'s") else text


def _split_name(
    statement: Statement, tags: str, start: int, end: int, owner: str | None
) -> tuple[str | None, str]:
    """A leading name and the lower-case words after it: "UK inflation", "Apple"."""
    k = start
    while k < end and (
        (_is_capital(statement, k) and tags[k] in "NV")
        or _joins(statement, tags, k, end)
        or is_inside_name(statement, tags, k)
    ):
        k += 1
    if start < k < end and statement.tokens[k].kind == "n" and tags[k] == "N":
        if statement.tokens[k].glued:
            return None, _words(statement, tags, start, end)
        k += 1
    name_end = k
    if name_end == start:
        return _split_apposition(statement, tags, start, end)
    if statement.low(name_end + 1) in _OF_HOMES and tags[name_end] == "-":
        return _split_name(statement, tags, name_end + 2, end, owner)
    if name_end - start == 1 and statement.names.is_demonym(statement.low(start)):
        return _split_apposition(statement, tags, start, end)
    if not is_name(statement, start, name_end, end):
        return None, _words(statement, tags, start, end)
    if owner is not None:
        return None, _words(statement, tags, start, end)
    rest = _words(statement, tags, name_end, end)
    if statement.tokens[name_end - 1].text.isupper() and not rest and _is_common(statement, start):
        return None, _words(statement, tags, start, end)
    return named(statement, start, name_end), rest


_OF_HOMES = frozenset("based listed headquartered born owned backed controlled built led".split())


def _split_apposition(
    statement: Statement, tags: str, start: int, end: int
) -> tuple[str | None, str]:
    """ "the solar installer Heliane" is Heliane, "chief executive Ana Solberg" is nobody's."""
    k = end
    while k > start and _is_capital(statement, k - 1) and tags[k - 1] == "N":
        k -= 1
    if not start < k < end or tags[k - 1] != "N" or not _is_told(statement, k):
        return None, _words(statement, tags, start, end)
    if any(names.is_role(statement.low(i)) for i in range(start, k)):
        return None, ""
    if is_measure(statement.low(k - 1)) or statement.low(k - 1) in lexicon.change_nouns():
        return None, _words(statement, tags, start, end)
    return named(statement, k, end), ""


def _is_told(statement: Statement, i: int) -> bool:
    """Whether the word with a capital is a name by what the article tells, and no abbreviation."""
    raw, told = statement.raw(i), statement.names.attested
    plain = len(raw) > 3 and not raw.isupper() and not raw.endswith(("'s", "’s"))
    return plain and (told is None or statement.low(i) in told)


def _joins(statement: Statement, tags: str, k: int, end: int) -> bool:
    """ "&", "of" and hyphens inside a name."""
    inner = statement.raw(k) in ("&", "-") or statement.low(k) == "and"
    return inner and k + 1 < end and _is_capital(statement, k + 1) and k > 0 and (
        statement.raw(k) != "and"
    )  # fmt: skip


def is_name(statement: Statement, start: int, name_end: int, end: int) -> bool:
    """Whether a capitalised run is a name, also at the start of a sentence."""
    if start > 0 and not _opens(statement, start):
        return not is_measure(statement.low(start)) or name_end - start > 1
    if name_end - start > 1:
        return True
    return not _is_common(statement, start)


def _opens(statement: Statement, i: int) -> bool:
    return statement.raw(i - 1) in (".", ":", "“", '"', "(", "‘", "'", "*", "•", "-", "–", "—")


@cache
def _measures() -> frozenset[str]:
    return frozenset(data.load("headers")["measures"]["words"].split())


def is_measure(low: str) -> bool:
    """Whether a word is one that measures are called by ("revenue")."""
    return low in _measures()


def _is_common(statement: Statement, i: int) -> bool:
    """Whether the capitalised word at the start of a sentence is an ordinary noun."""
    low = statement.low(i)
    if low in _measures() or low in lexicon.change_nouns() or low in ("gdp", "cpi"):
        return True
    if statement.names.are_ordinary(low):
        return True
    if statement.names.attested is not None:
        return False
    if i + 1 < len(statement.tokens) and statement.tokens[i + 1].glued and (
        statement.tokens[i + 1].kind == "n" or statement.raw(i + 1) == "-"
    ):  # fmt: skip
        return True
    plural = low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 4
    if plural and _is_told_of_one(statement, i + 1):
        return False
    ending = low.endswith(_NOUN_ENDINGS)
    return plural or ending


def _is_told_of_one(statement: Statement, i: int) -> bool:
    """The "grows" of "Lagos grows": what is many grow."""
    low = statement.low(i)
    return low in ("is", "was", "has") or (low.endswith("s") and low in lexicon.sure())


_NOUN_ENDINGS = (
    *("tion", "ment", "ness", "ship", "age", "ity", "ance", "ence", "ing", "ure", "ism"),
    *("cy", "sion", "ed", "al", "ic", "ive", "ly"),
)


def _words(statement: Statement, tags: str, start: int, end: int) -> str:
    """The words tokens[start:end], lower case, determiners and periods left out."""
    pieces: list[str] = []
    for k in range(start, end):
        token = statement.tokens[k]
        own = token.low == "own" and tags[k + 1 : k + 2] != "-"
        if tags[k] in "TQB" or (tags[k] == "D" and k == start) or own:
            continue
        if tags[k] == "-" or (pieces and pieces[-1].endswith("-") and token.glued):
            pieces[-1:] = [pieces[-1] + token.low] if pieces else []
        elif token.glued and pieces and "n" in (token.kind, statement.tokens[k - 1].kind):
            pieces[-1] += token.low
        elif token.kind != "s" or token.text == "&":
            pieces.append(token.low)
    return " ".join(pieces).strip()


def _tail(statement: Statement, tags: str, start: int, end: int) -> tuple[str | None, str]:
    """(entity, words kept) of the prepositional phrases tokens[start:end]."""
    entity: str | None = None
    kept: list[str] = []
    i = start
    while i < end:
        stop = next(
            (k for k in range(i + 1, end)
             if tags[k] == "P" and not is_inside_name(statement, tags, k)),
            end,
        )  # fmt: skip
        name = _name_in(statement, tags, i + 1, stop)
        word = statement.low(i)
        if name is not None and word in ("in", "of", "at", "for", "across", "by", "from", "on"):
            entity = entity or name
        elif word in ("of", "for", "on", "to", "per", "with", "from", "between", "among", "in"):
            phrase = _words(statement, tags, i + 1, stop)
            if phrase and name is None:
                kept.append(f"{word} {phrase}")
        i = stop
    return entity, " ".join(kept)


def _name_in(statement: Statement, tags: str, start: int, end: int) -> str | None:
    """The name that tokens[start:end] are, a determiner apart; None for ordinary words."""
    while start < end and tags[start] in "D":
        start += 1
    stop = start
    while stop < end and (
        _is_capital(statement, stop) or _joins(statement, tags, stop, end)
        or is_inside_name(statement, tags, stop)
    ):  # fmt: skip
        if tags[stop] == "T":
            return None
        stop += 1
    if stop == start:
        return None
    if stop < end and tags[stop] == "N" and not statement.tokens[stop - 1].low.endswith("'s"):
        return None
    return named(statement, start, stop)


def find_names(statement: Statement, tags: str) -> list[tuple[int, str]]:
    """The names after "in", "at", "for" and possessives, by token: whom a sentence is about."""
    found = []
    for i, letter in enumerate(tags):
        if letter == "P" and statement.low(i) in ("in", "at", "across", "for"):
            end = i + 1
            while end < len(tags) and (tags[end] in "DN-" or is_inside_name(statement, tags, end)):
                end += 1
            name = _name_in(statement, tags, i + 1, end)
            if name is not None:
                found.append((i, name))
        elif (
            letter in "NO"
            and statement.low(i).endswith("'s")
            and statement.low(i)[:-2] not in _closed()
            and _is_capital(statement, i)
        ):
            first = _run_start(statement, i)
            owner = _owner(statement, tags, first, i + 1)
            if owner[0] is not None and not _is_rival(statement, first):
                found.append((i, owner[0]))
    return found


def _is_rival(statement: Statement, first: int) -> bool:
    """Whether a name is that of another to whom one is compared: "14 seconds ahead of France's"."""
    led = statement.low(first - 1)
    return led in ("behind", "than", "against") or (
        led == "of" and statement.low(first - 2) in ("ahead", "front", "short", "clear")
    )


def listed_names(statement: Statement, tags: str) -> list[list[tuple[int, str]]]:
    """The lists of names of a statement ("Leeds, York and Hull"), each with where it begins."""
    lists: list[list[tuple[int, str]]] = []
    current: list[tuple[int, str]] = []
    i, joined = 0, False
    while i < len(tags):
        end = i
        while end < len(tags) and tags[end] == "N" and _is_capital(statement, end):
            end += 1
        name = named(statement, i, end) if end > i and is_name(statement, i, end, end) else None
        if name is not None:
            current = (
                [*current, (statement.tokens[i].start, name)]
                if joined
                else [(statement.tokens[i].start, name)]
            )
            joined, i = False, end
            continue
        if tags[i] == "," or statement.low(i) == "and":
            joined = bool(current)
        else:
            if len(current) > 1:
                lists.append(current)
            current, joined = [], False
        i = max(i + 1, end)
    return [*lists, current] if len(current) > 1 else lists


def _run_start(statement: Statement, i: int) -> int:
    while i > 0 and _is_capital(statement, i - 1) and statement.low(i - 1) not in _closed():
        i -= 1
    return i


def head(measure: str) -> str:
    """The head noun of a measure: the last word before its first preposition."""
    closed = _closed()
    kept = ""
    for word in measure.replace(",", " ,").split():
        if closed.get(word) == "P" or word == ",":
            break
        kept = word
    return kept


def names_measure(measure: str) -> bool:
    """Whether a phrase is headed by a word that measures are called by: "net profit", not "Key"."""
    return is_measure(head(measure.casefold()))
