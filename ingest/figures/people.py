"""People: their ages, what befell them and what they did, where a bare number tells it."""

from __future__ import annotations

from ingest import units
from ingest.figures import lexicon
from ingest.figures.quantities import Quantity
from ingest.figures.statements import Statement

_BEFALLEN = frozenset({"deaths", "injuries", "infections"})
FATES = {
    "dead": "deaths", "injured": "injuries", "wounded": "injuries", "hurt": "injuries",
    "homeless": "people homeless", "unemployed": "people unemployed", "missing": "people missing",
}  # fmt: skip
BEFALLEN_EACH = frozenset({"death", "injury", "infection"})
_AT_AGES = frozenset("retire retires retired died dies marry married debut debuts".split())


def is_age(statement: Statement, tags: str, q: Quantity) -> bool:
    """ "under 15", "aged 20 to 40", "the pension age to 64"."""
    top = q.value if q.value is not None else q.high
    if top is None or top > 120:
        return False
    if (
        q.noun is None
        and statement.low(q.first - 1) == "of"
        and _is_one_person(statement, q.first - 2)
    ):
        return True
    if statement.low(q.first - 1) == "at" and statement.raw(q.after) == ",":
        return statement.low(q.after + 1) in ("he", "she") and q.noun is None
    if q.noun is None and (_tells_age(statement, q) or _is_of_oldest(statement, tags, q)):
        return True
    near = {statement.low(k) for k in range(max(0, q.first - 7), min(q.after + 3, len(tags)))}
    if _is_now(statement, tags, q):
        return True
    if (
        q.first > 1
        and tags[q.first - 1] == ","
        and statement.raw(q.after) == ","
        and q.noun is None
    ):
        return tags[q.first - 2] == "N" and 4 < top and not q.spelled
    hedged = q.comparator in ("more than", "less than", "at least", "up to")
    people = lexicon.words("cues", "aged")
    return bool(near & {"aged", "age", "ages"}) or (hedged and bool(near & people))


def _is_now(statement: Statement, tags: str, q: Quantity) -> bool:
    """ "its author, now 77, still writes"."""
    inserted = statement.low(q.first - 1) == "now" and statement.raw(q.after) == ","
    after_name = tags[q.first - 3 : q.first - 1] == "N," and q.first > 2
    return inserted and after_name and q.noun is None and not q.spelled


def _tells_age(statement: Statement, q: Quantity) -> bool:
    """ "Ms Brandt is 52, has two sons", "he retires at 64", "she died at 91"."""
    before, after = statement.low(q.first - 1), statement.raw(q.after)
    ends = after in (",", ".", "", ")", ";", "and", "when")
    if before == "at" and ends:
        near = {statement.low(k) for k in range(max(0, q.first - 7), q.first)}
        return not near.isdisjoint(_AT_AGES)
    name = statement.low(q.first - 2).replace("’", "'")
    person = name in ("he", "she") or name in statement.names.persons
    return before in ("is", "was", "turned", "turns") and person and ends


def _is_of_oldest(statement: Statement, tags: str, q: Quantity) -> bool:
    """ "the youngest singer is six and the oldest 91": how old they are, and nothing else."""
    if q.form != "plain" or q.lead < 2 or statement.low(q.after) == "of":
        return False
    k = q.lead - 1
    while k > 0 and statement.low(k) in _BEING:
        k -= 1
    while k > 0 and tags[k] == "N" and q.lead - k < _OLDEST_REACH:
        if statement.low(k) in ("oldest", "youngest", "eldest"):
            return tags[q.after : q.after + 1] not in ("N", "-")
        k -= 1
    return False


_BEING = frozenset("is was are were being just only now aged at turned".split())
_OLDEST_REACH = 6

_COLLECTIVES = frozenset(
    "staff crew team squad cast workforce crowd group family panel jury class audience".split()
)


def _is_one_person(statement: Statement, i: int) -> bool:
    """The "woman" of "a woman of 83"; a staff of 34 is no age."""
    low = statement.low(i)
    if low in _COLLECTIVES:
        return False
    led = any(statement.low(k) in ("a", "an") for k in (i - 1, i - 2, i - 3))
    return led and (units.are_persons(low) or low.endswith(("ist", "woman", "man")))


_DONE_TO = frozenset("owned rented read visited attended watched studied".split())


def fate(statement: Statement, tags: str, q: Quantity) -> int | None:
    """The verb right after a bare number of people that tells what befell them."""
    people = q.noun is None and q.form in ("plain", "fraction") and q.unit in (None, "person")
    k = q.after
    while tags[k : k + 1] in ("X", "B"):
        k += 1
    verb = lexicon.verbs().get(statement.low(k)) if tags[k : k + 1] == "V" else None
    return k if people and verb is not None and verb.noun in _BEFALLEN else None


def verb_after(tags: str, q: Quantity) -> int:
    k = q.after
    while tags[k : k + 1] in ("X", "B"):
        k += 1
    return k


def are_counted(statement: Statement, tags: str, q: Quantity) -> bool:
    """ "some 2,900 will retire": nobody else does what the verb says."""
    k = verb_after(tags, q)
    if statement.low(k - 1) in ("are", "were", "is", "was") and statement.low(k) in _DONE_TO:
        return False
    whole = q.noun is None and q.form == "plain" and q.value is not None and q.place >= 1
    whole = whole and q.unit in (None, "person")
    return whole and statement.low(k) in lexicon.words("cues", "people_verbs")
