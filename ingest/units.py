"""Units: how people write them, what they are called here, and exact conversion.

Canonical units are ISO 4217 codes for money, "%", "pp", "‰", "1" for multiples, SI symbols,
duration words ("year"), lower-case singular nouns for counts, and quotients ("USD/bbl").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from ingest import data
from ingest.errors import IngestError

_LONGEST = 5


class UnitMismatch(IngestError):
    """Two units measure different things, or no fixed factor lies between them."""

    def __init__(self, from_unit: str, to_unit: str) -> None:
        self.from_unit, self.to_unit = from_unit, to_unit
        super().__init__(f"{from_unit} cannot be converted to {to_unit} by a fixed factor.")


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as written: its canonical name and the factor that its writing carries."""

    unit: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Names:
    symbols: dict[str, Named]
    words: dict[str, Named]
    heads: frozenset[str]


@cache
def _names() -> _Names:
    symbols, words = _symbols(), _words()
    heads = {name.split(" ")[0].partition("/")[0].lower() for name in (*symbols, *words)}
    return _Names(symbols, words, frozenset(heads | {"°"}))


def _symbols() -> dict[str, Named]:
    table = data.load("units")
    money = data.load("currencies")
    found = {symbol: Named(symbol) for symbol in table["symbols"]["list"]}
    found |= {alias: Named(symbol) for alias, symbol in table["symbol_aliases"].items()}
    for alias, (unit, power) in table["multiplied"].items():
        found[alias] = Named(unit, Decimal(10) ** power)
    found |= {code: Named(code) for code in money["codes"]["list"]}
    found |= {alias: Named(code) for alias, code in money["code_aliases"].items()}
    found |= {sign: Named(code) for sign, code in money["signs"].items()}
    found |= {"h": Named("hour"), "hrs": Named("hour"), "hr": Named("hour")}
    return found | {"min": Named("minute"), "mins": Named("minute"), "d": Named("day")}


def _words() -> dict[str, Named]:
    table = data.load("units")
    found = _prefixed()
    for section in ("words", "durations"):
        for unit, names in table[section].items():
            found |= {form: Named(unit) for name in names for form in (name, name + "s")}
    found |= {name: Named(unit) for unit, names in table["percent"].items() for name in names}
    found |= {name: Named("pp", Decimal("0.01")) for name in table["basis_points"]["words"]}
    return found | _money_words()


def _prefixed() -> dict[str, Named]:
    """Every prefix before every unit that takes one: "gigapascal", "milliwatt hours"."""
    table = data.load("units")
    powers, bases = table["prefixes"], table["prefixed"]
    found: dict[str, Named] = {}
    for prefix, (symbol, power) in powers.items():
        for base, unit in bases.items():
            multiplied = base in ("tonne", "ton")
            named = Named("t", Decimal(10) ** power) if multiplied else Named(symbol + unit)
            if not multiplied or power > 0:
                found |= {form: named for form in (prefix + base, prefix + base + "s")}
    return found


def _money_words() -> dict[str, Named]:
    money = data.load("currencies")
    found = {w: Named(word) for word in money["uncoded"]["words"] for w in (word, word + "s")}
    found |= {word: Named(code) for word, code in money["words"].items()}
    cents = Decimal("0.01")
    found |= {w: Named(code, cents) for w, code in money["minor"].items() if len(w) > 1}
    for name, code in money["adjectives"].items():
        factor = cents if name.endswith("cent") else Decimal(1)
        found |= {form: Named(code, factor) for form in (name, name + "s")}
    return found


@lru_cache(maxsize=10_000)
def may_begin(text: str) -> bool:
    """Whether a unit may begin with this word or symbol: most do not."""
    return text.lower() in _names().heads


def match(texts: Sequence[str], first: int) -> tuple[Named, int] | None:
    """The longest unit that begins at `texts[first]`, and the index after it.

    `texts` are words and symbols as written; a hyphen between two words counts as a space.
    """
    if first >= len(texts) or not may_begin(texts[first]):
        return None
    best: tuple[Named, int] | None = None
    joined = ""
    for index in range(first, min(first + _LONGEST, len(texts))):
        piece = texts[index]
        joined = joined.rstrip() + piece if piece in "/%" else joined + piece
        named = named_as(joined)
        if named is not None:
            best = (named, index + 1)
        joined += "" if piece in "/°" else " "
    return best


@lru_cache(maxsize=10_000)
def named_as(text: str) -> Named | None:
    """The unit that `text` names as a whole, or None. Symbols by case, words in any case."""
    if text == "Cent":  # a name: cents are lower case, also in headings
        return None
    names = _names()
    return names.symbols.get(text) or names.words.get(text.lower())


@cache
def _denominators() -> dict[str, str]:
    table = data.load("units")["denominators"]
    return {form: unit for unit, names in table.items() for n in names for form in (n, n + "s")}


@lru_cache(maxsize=10_000)
def denominator(word: str) -> str | None:
    """The canonical unit after "per", "a" or "/" ("barrel" -> "bbl"), or None."""
    known = _denominators()
    return known.get(word) or known.get(word.lower()) or _symbol_below(word)


def _symbol_below(word: str) -> str | None:
    """ "gal", "GJ": a symbol of a physical unit, as written."""
    named = _names().symbols.get(word)
    physical = named is not None and named.factor == 1 and is_physical(named.unit)
    return named.unit if named is not None and physical and len(word) > 1 else None


@cache
def _currencies() -> frozenset[str]:
    money = data.load("currencies")
    codes = set(money["codes"]["list"]) | set(money["adjectives"].values())
    return frozenset(codes | set(money["words"].values()) | set(money["uncoded"]["words"]))


@lru_cache(maxsize=10_000)
def is_money(unit: str) -> bool:
    """True for a currency, not for a quotient of one."""
    return unit in _currencies()


def is_percent(unit: str) -> bool:
    """True for "%" alone: percentage points are a different unit."""
    return unit == "%"


@cache
def _durations() -> frozenset[str]:
    return frozenset(data.load("units")["durations"])


@lru_cache(maxsize=10_000)
def is_duration(unit: str) -> bool:
    return unit in _durations()


@cache
def _physical() -> frozenset[str]:
    table = data.load("units")
    made = {named.unit for named in _prefixed().values()}
    return frozenset(table["symbols"]["list"]) | frozenset(table["words"]) | made


@lru_cache(maxsize=10_000)
def is_physical(unit: str) -> bool:
    """True for a unit of measurement, also in a quotient ("mm/year")."""
    return unit.split("/")[0] in _physical()


@lru_cache(maxsize=256)
def called(word: str) -> frozenset[str]:
    """The currencies that a word may stand for: crowns of several countries, dollars of others."""
    table = data.load("currencies")
    named = {unit for name, unit in table["adjectives"].items() if name.endswith(f" {word}")}
    return frozenset({*named, *table["shared"].get(word, {}).values()})


@cache
def _namesakes() -> tuple[frozenset[str], ...]:
    """Currencies that go by one word: the pesos, the kroner, the dollars."""
    table = data.load("currencies")
    words = {*table["shared"], *(name.split()[-1] for name in table["adjectives"])}
    return tuple(called(word) for word in sorted(words))


@lru_cache(maxsize=10_000)
def are_namesakes(a: str, b: str) -> bool:
    """Whether amounts in two currencies may be called by one word: NOK and DKK are "kroner"."""
    (one, _, per), (other, _, per_other) = a.partition("/"), b.partition("/")
    return per == per_other and any({one, other} <= codes for codes in _namesakes())


_PLAIN = frozenset({"1", "%", "pp", "‰", "rank", "score"})


@lru_cache(maxsize=10_000)
def is_count(unit: str) -> bool:
    """True for counted nouns ("copy", "medal"): what is no other unit."""
    if unit in _PLAIN or is_money(unit) or is_duration(unit):
        return False
    return "/" not in unit and not is_physical(unit)


@cache
def _kinds_of_nouns() -> dict[str, frozenset[str]]:
    """The kinds that each noun is of, by singular."""
    found: dict[str, frozenset[str]] = {}
    for kind, listed in data.load("nouns")["kinds"].items():
        for noun in (kind, *listed.split()):
            found[noun] = found.get(noun, frozenset()) | {kind}
    return found


def common_noun(nouns: Sequence[str]) -> str | None:
    """The noun that holds for counts of all of these ("pilot", "worker" -> "employee")."""
    if len(set(nouns)) == 1:
        return nouns[0]
    sharing = [_kinds_of_nouns().get(noun, frozenset()) for noun in nouns]
    kinds = frozenset.intersection(*sharing) if sharing else frozenset()
    named = [kind for kind in data.load("nouns")["kinds"] if kind in kinds and kind != "unit"]
    alike = frozenset.intersection(*map(_alike, nouns)) if nouns else frozenset()
    return named[0] if named else min(alike, default=None)


@lru_cache(maxsize=10_000)
def _alike(noun: str) -> frozenset[str]:
    """What a noun stands for where things are put together: stores are shops, suspects people."""
    table: dict[str, str] = data.load("nouns")["alike"]
    found = {name for name, listed in table.items() if noun in (name, *listed.split())}
    return frozenset(found | ({"person"} if are_persons(noun) else set()))


@lru_cache(maxsize=10_000)
def are_persons(noun: str) -> bool:
    """Whether a singular noun counts people: "woman", "nurse"."""
    return not _kinds_of_nouns().get(noun, frozenset()).isdisjoint({"person", "employee"})


def are_alike(one: str, other: str) -> bool:
    """Whether two nouns may count the same things: "people" and "staff", "units" and "cars"."""
    generic = any("unit" in _kinds_of_nouns().get(noun, ()) for noun in (one, other))
    return generic or common_noun((one, other)) is not None


def parse(text: str) -> str | None:
    """Canonical unit of a unit as people write it ("dollars" -> "USD"), None if unknown."""
    words = text.replace("-", " ").split()
    if not words:
        return None
    named = named_as(" ".join(words)) or named_as("".join(words))
    if named is not None:
        return named.unit
    return _quotient(words)


def _quotient(words: list[str]) -> str | None:
    text = " ".join(words)
    for divider in (" per ", "/", " a ", " an "):
        above, found, below = text.partition(divider)
        upper, lower = (parse(above) if found else None), denominator(below.strip())
        if upper and (lower or parse(below)):
            return f"{upper}/{lower or parse(below)}"
    return None


@cache
def _irregular() -> dict[str, str]:
    table: dict[str, str] = data.load("nouns")["irregular"]
    return table


@lru_cache(maxsize=10_000)
def singular(noun: str) -> str:
    """The singular of a lower-case English noun ("copies" -> "copy", "people" -> "person")."""
    word = noun.lower()
    if word in _irregular():
        return _irregular()[word]
    for ending, kept, least in _ENDINGS:
        if word.endswith(ending) and len(word) >= least:
            return word[: len(word) - len(ending)] + kept
    return word


_ENDINGS = (
    ("men", "man", 4),
    ("ss", "ss", 3),
    ("us", "us", 3),
    ("is", "is", 3),
    ("ies", "y", 5),
    ("sses", "ss", 5),
    ("shes", "sh", 5),
    ("ches", "ch", 5),
    ("xes", "x", 4),
    ("zzes", "zz", 5),
    ("oes", "o", 5),
    ("s", "", 3),
)


@cache
def _registry() -> Any:
    import pint  # half a second: only conversions pay for it

    registry: Any = pint.UnitRegistry(non_int_type=Decimal, cache_folder=None)
    registry.define("boe = 6117863200 * joule")
    return registry


@cache
def _pint_names() -> dict[str, str]:
    table: dict[str, str] = data.load("pint")["names"]
    return table


@cache
def _factors() -> dict[str, tuple[str, Decimal]]:
    """What common units measure, and how much of its plain unit each is: no registry is read."""
    table = data.load("pint")["factors"]
    return {
        unit: (kind, Decimal(factor)) for kind, named in table.items()
        for unit, factor in named.items()
    }  # fmt: skip


def convert(value: Decimal, from_unit: str, to_unit: str) -> Decimal:
    """`value` in `to_unit`, by an exact factor; raises UnitMismatch where there is none.

    Money is never converted here (a rate is needed), nor percent to percentage points.
    """
    if from_unit == to_unit:
        return value
    plain = {"%": Decimal(100), "‰": Decimal(1000), "1": Decimal(1)}
    if from_unit in plain and to_unit in plain:
        return value * plain[to_unit] / plain[from_unit]
    above, below = _sides(from_unit, to_unit)
    return value * above / below


@lru_cache(maxsize=10_000)
def are_convertible(one: str, other: str) -> bool:
    """Whether `convert` takes one unit into the other."""
    try:
        convert(Decimal(1), one, other)
    except UnitMismatch:
        return False
    return True


def _sides(from_unit: str, to_unit: str) -> tuple[Decimal, Decimal]:
    uppers, lowers = from_unit.partition("/"), to_unit.partition("/")
    if bool(uppers[1]) != bool(lowers[1]):
        return _factor(from_unit, to_unit, from_unit, to_unit), Decimal(1)
    above = _factor(uppers[0], lowers[0], from_unit, to_unit)
    return above, _factor(uppers[2], lowers[2], from_unit, to_unit)


def _factor(a: str, b: str, from_unit: str, to_unit: str) -> Decimal:
    """How many `b` one `a` is; the whole units are named in the error."""
    if a == b:
        return Decimal(1)
    names = _pint_names()
    if is_count(a) or is_count(b) or is_money(a) or is_money(b):
        raise UnitMismatch(from_unit, to_unit)
    if "°" in a + b:
        raise UnitMismatch(from_unit, to_unit)
    known = _factors()
    if a in known and b in known:
        if known[a][0] != known[b][0]:
            raise UnitMismatch(from_unit, to_unit)
        return known[a][1] / known[b][1]
    if _are_apart(a, b) or _are_apart(b, a):
        raise UnitMismatch(from_unit, to_unit)
    try:
        registry = _registry()
        one = registry.Quantity(Decimal(1), names.get(a, a))
        return Decimal(one.to(names.get(b, b)).magnitude)
    except UnitMismatch:
        raise
    except Exception as error:  # pint raises many kinds, tokenizer errors among them
        raise UnitMismatch(from_unit, to_unit) from error


_RATIOS = frozenset({"1", "%", "‰"})


@cache
def _foreign() -> frozenset[str]:
    return frozenset(data.load("pint")["foreign"]["units"])


def _are_apart(a: str, b: str) -> bool:
    """Whether the tables alone tell that `b` measures something else: no registry is read."""
    above, _, below = b.partition("/")
    if b in _foreign() or is_money(above):
        return True
    of_it = above == a and _is_measured(below)
    return _is_measured(a) and (b in _RATIOS or of_it)


def _is_measured(unit: str) -> bool:
    """Whether a unit has a dimension for certain."""
    return unit in _factors() or is_duration(unit)
