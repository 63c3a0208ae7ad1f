"""The lexicon: verbs and nouns of change, of level and of having, all their forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ingest import data
from ingest.figures.figure import Direction


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb. role: "change", "level", "have" or "other"; noun: what is had of it."""

    lemma: str
    role: str
    direction: Direction | None = None
    noun: str = ""


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every verb that is known, lower case."""
    table = data.load("verbs")
    known: dict[str, Verb] = {}
    _add(known, table["sure"], "other", None)
    known = {form: verb for form, verb in known.items() if not form.endswith("ing")}
    _add(known, table["other"], "other", None)
    _add_have(known, table)
    _add(known, table["level"], "level", None)
    _add(known, table["up"], "change", "up")
    _add(known, table["down"], "change", "down")
    return known


def _add(
    known: dict[str, Verb], table: dict[str, object], role: str, way: Direction | None
) -> None:
    irregular = table.get("irregular", {})
    assert isinstance(irregular, dict)
    for lemma in str(table["verbs"]).split():
        verb = Verb(lemma, role, way)
        known.update(dict.fromkeys(forms(lemma), verb))
    for lemma, (past, participle) in irregular.items():
        verb = Verb(lemma, role, way)
        known.update(dict.fromkeys((*_present(lemma), past, participle), verb))


def _add_have(known: dict[str, Verb], table: dict[str, dict[str, object]]) -> None:
    irregular = table["have_irregular"]
    for lemma, noun in table["have"].items():
        verb = Verb(lemma, "have", None, str(noun))
        past = irregular.get(lemma)
        made = (*_present(lemma), *past) if isinstance(past, list) else forms(lemma)
        known.update(dict.fromkeys(made, verb))


def forms(lemma: str) -> tuple[str, ...]:
    """ "rise" regular: "drop" -> drop, drops, dropping, dropped."""
    stem = _stem(lemma)
    if lemma.endswith("e"):
        past = lemma + "d"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past = lemma[:-1] + "ied"
    else:
        past = stem + "ed"
    return (*_present(lemma), past)


def _stem(lemma: str) -> str:
    """The lemma with its last consonant doubled where English doubles it."""
    short = len(lemma) < 5 or lemma in ("admit", "commit", "propel", "enrol")
    doubles = short and lemma[-1] in "bdgmnpt" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"
    return lemma + lemma[-1] if doubles and lemma not in ("open", "gain") else lemma


def _present(lemma: str) -> tuple[str, str, str]:
    if lemma.endswith("ie"):
        gerund = lemma[:-2] + "ying"
    elif lemma.endswith("e") and lemma not in ("be", "see"):
        gerund = lemma[:-1] + "ing"
    else:
        gerund = _stem(lemma) + "ing"
    if lemma.endswith(("s", "x", "ch", "sh", "z")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    else:
        third = {"have": "has", "be": "is", "go": "goes"}.get(lemma, lemma + "s")
    return lemma, third, gerund


@cache
def sure() -> frozenset[str]:
    """Forms of verbs that are hardly ever nouns: "expects", "lends"."""
    table = data.load("verbs")["sure"]
    lemmas = (*table["verbs"].split(), *table["irregular"])
    present = (form for lemma in lemmas for form in _present(lemma)[:2])
    return frozenset(present) - frozenset(table["also_nouns"].split())


@cache
def closed() -> frozenset[str]:
    """Auxiliaries and conjunctions."""
    table = data.load("grammar")["stops"]
    return frozenset((*table["auxiliaries"], *table["conjunctions"]))


@cache
def change_nouns() -> dict[str, Direction]:
    """ "increase" -> "up", "fall" -> "down"."""
    table = data.load("verbs")
    up: dict[str, Direction] = dict.fromkeys(str(table["up"]["nouns"]).split(), "up")
    return up | dict.fromkeys(str(table["down"]["nouns"]).split(), "down")


@cache
def comparatives() -> dict[str, Direction]:
    """ "higher" -> "up", "less" -> "down"."""
    table = data.load("verbs")
    up: dict[str, Direction] = dict.fromkeys(str(table["up"]["adjectives"]).split(), "up")
    return up | dict.fromkeys(str(table["down"]["adjectives"]).split(), "down")


@cache
def moving() -> frozenset[str]:
    """Words that make "from X to Y" two levels."""
    extra = str(data.load("verbs")["moving"]["extra"]).split()
    changing = (form for form, verb in verbs().items() if verb.role == "change")
    return frozenset((*extra, *changing, *change_nouns()))


@cache
def going() -> frozenset[str]:
    """Forms of verbs that "up" goes with: "went up to $200" tells a level, no limit."""
    lemmas = str(data.load("verbs")["going"]["verbs"]).split()
    irregular = str(data.load("verbs")["going"]["irregular"]).split()
    return frozenset((*irregular, *(form for lemma in lemmas for form in forms(lemma))))


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A list of words of grammar.toml."""
    listed: Iterable[str] = data.load("grammar")[section][name]
    return frozenset(listed.split() if isinstance(listed, str) else listed)


@cache
def kin() -> tuple[tuple[str, ...], ...]:
    """Groups of what one measure is called: "imports and exports" and "trade"."""
    return tuple(tuple(group) for group in data.load("grammar")["cues"]["kin"])
