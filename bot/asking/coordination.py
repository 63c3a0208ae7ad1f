"""Coordination: times, things and amounts that one question word asks about, each put by itself.

"How many phones did Halo and Lumi sell in 2024 and 2025?" asks four times. What is one by its
words stays whole: a sum, a gap, a comparison, a yes or no. Whether two are one by what the articles
say ("research and development") is told when these are read: `joined` names the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.asking import doubles
from bot.language import mentions, roles, terms
from ingest import units
from ingest.figures import lexicon

MAX_ITEMS, MAX_WORDS = 5, 5
_MONTHS = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in mentions.MONTHS)
_YEAR = r"(?:fy ?|cy ?|fiscal (?:year )?)?(?:19|20)\d\d(?:[/-]\d\d)?"
_PART = (
    r"(?:the )?(?:first|second|third|fourth|1st|2nd|3rd|4th) (?:quarter|half)|q[1-4]|h[12]"
    rf"|(?:{_MONTHS})"
)
_TIME = (
    rf"(?:(?:{_PART})(?:(?: of)?,? {_YEAR})?|{_YEAR}|(?:this|last|next) (?:year|quarter|month)"
    r"|now|today)"
)
_LEAD = r"(?:(?:in|for|during|of|over) )?"
_BREAK = r"(?:,? (?:and|&|\+|plus) | ?[&+/] ?|, ?)"
_TIMES = re.compile(
    rf"(?<![\w/-])(?P<lead>{_LEAD})(?P<list>{_TIME}(?:(?:{_BREAK}| (?:vs\.?|versus) )"
    rf"{_LEAD}{_TIME}){{1,4}})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_ITEM = r"[^\W_][^,;:?&+]*?"
_LIST = rf"{_ITEM}(?:, {_ITEM}){{0,3}},? (?:and|plus|as well as) {_ITEM}"
_AUX = r"did|do|does|were|was|are|is|have|has|had|will|would|can"
_WHERE = r"in|of|for|at|by|on|during|from|to|over|since|per|under|between|among|with"
_END = rf"(?= (?:{_AUX}|in|during|for|over|last|this|by|at|on|since|come|came|each)\b|[,;?.]|$)"
# "How many screens do Kinopolis, Heliosfera and Cinema Nova have?"
_SUBJECTS = re.compile(
    rf"^(?P<head>(?:by )?(?:how|what|which|at what)\b[^,;?]*?\b(?:did|do|does|have|has|had|will)) "
    rf"(?:both )?(?P<list>{_LIST})(?P<tail> (?:each )?(?:VERB)\b.*|[?. ]*)$",
    re.IGNORECASE,
)
# "What were exports and imports in 2024?", "how big are the port and the town?"
_BEING = re.compile(
    r"^(?P<head>(?:what|who|how (?:much|large|big|high|long|tall|old|deep|expensive|full)"
    r"|what (?:colou?r|size|price))(?:['’]s| was| were| is| are)) "
    rf"(?:both )?(?P<list>{_LIST})(?P<tail>(?: (?:{_WHERE}|last|this)\b.*)?[?. ]*)$",
    re.IGNORECASE,
)
# "The average price of a flat and of a house", "how full are they on Mondays and on Saturdays".
_AGAIN = re.compile(
    rf"^(?P<head>.*?)\b(?P<list>(?P<led>{_WHERE}) {_ITEM}(?:, (?P=led) {_ITEM}){{0,3}},? "
    rf"(?:and|&) (?P=led) {_ITEM}){_END}(?P<tail>.*)$",
    re.IGNORECASE,
)
# "How many pilots and cabin crew does it have", "how many men, women and children came?"
_COUNTED = re.compile(
    rf"^(?P<head>(?:by )?how (?:many|much)) (?P<list>{_LIST})"
    rf"(?P<tail> (?:{_AUX}|[a-z]{{2,}}ed|VERB)\b.*)$",
    re.IGNORECASE,
)
# "What did the trust take in and spend in the first half?"
_DOING = re.compile(
    r"^(?P<head>(?:what|how (?:much|many))\b[^,;?]*? (?:did|do|does|will|would) [^,;?]+?) "
    r"(?P<list>(?:VERB)(?: (?:in|out|up|off|back|away|over))? (?:and|&) "
    r"(?:VERB)(?: (?:in|out|up|off|back|away|over)(?= (?:in|for|during|last|this)\b|\W*$))?)"
    r"(?P<tail>\b.*)$",
    re.IGNORECASE,
)
# "Growth of containers, dry bulk and liquid bulk", "unemployment in Norway and Sweden".
_UNDER = re.compile(
    rf"^(?P<head>.+ (?:of|in|for|to|from|by|at|on)) (?P<list>{_LIST}){_END}(?P<tail>.*)$",
    re.IGNORECASE,
)
# "Tavira: cash, debt and dividend", "average fare & load factor".
_TERSE = re.compile(
    rf"^(?P<head>(?:[^:;?]{{2,60}}(?::| [-–—]) )?)(?P<list>{_ITEM}(?:{_BREAK}{_ITEM}){{1,4}}?)"
    rf"(?P<tail>(?:, (?:(?:in|for|during) )?{_TIME})?[?. ]*)$",
    re.IGNORECASE,
)
_BREAKS = re.compile(r",? (?:and|&|\+|plus|as well as) | ?[&+] ?|, ", re.IGNORECASE)
_ASKS = re.compile(rf"\b(?:how|what|which|who|whose|when|where|why|{_AUX})\b", re.IGNORECASE)
_EACH = re.compile(r",? \b(?:each|respectively|separately|both)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Apart:
    """The questions that one asks about several things; `joined` is how it names them all.

    may_be_one: whether all of them together may be meant: "what did gifts and rents bring in?"
    """

    parts: tuple[str, ...]
    joined: str
    may_be_one: bool = False


def split(text: str) -> Apart | None:
    """What a question asks about several at once, each by itself; None where it asks about one.

    The question wants the things told apart: no "together", no "between", no "whether".
    """
    if doubles.asks_whether(text):
        return None
    text = _FOR.sub(r"\g<what>: ", text)
    if not _is_joint(text, of_times=True) and (found := _by_time(text)):
        return found
    if _ONE.match(text):
        return None
    if not _is_joint(_SHARE.sub("", text)) and (found := _again(text)):
        return found
    if _is_joint(text) or _OF_NONE.search(text):
        return None
    if (found := _doing(text) or _being(text)) is not None:
        return found
    rules = (_subjects, _counted, _under)
    found = next((found for rule in rules if (found := rule(text))), None)
    return replace(found, may_be_one=True) if found else _terse(text)


# "For the mill, tell me its sales and its debt."
_FOR = re.compile(
    r"^(?:for|about|regarding|on|concerning) (?P<what>[^,:;?]{2,60}), (?:please )?"
    r"(?:tell|give|show) me (?:the )?",
    re.IGNORECASE,
)
# Why and how are told of several together; which of them is one question.
_ONE = re.compile(
    r"(?:why|which|list|name|how (?:did|do|does|is|are|was|were|can|could|should|would)"
    r"|what (?:about|happened))\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:what|which) (?:market )?(?:share|percentage) of\b|\bmarket share\b", re.I
)
_OF_ALL = re.compile(
    r"\b(?:compared?|same|which of|all|both of|mean|rank|differs?|agree|disagree|apart|each other"
    r"|one another)\b",
    re.IGNORECASE,
)
# "2025 vs 2023, change in %", "growth 2023 to 2024": one beside the other.
_OF_TIMES = re.compile(
    r"\b(?:vs|versus|to)\b.*\b(?:MOVES)\b|\b(?:MOVES)\b.*\b(?:vs|versus|to)\b|\baverage\b"
    .replace("MOVES", "growth|change|grow|grew|rise|rose|fall|fell|increase|decrease|decline|drop"
             "|percent|pct|points|lower|higher|more|less|speed|%")
)  # fmt: skip
# What several are left out of, chosen from or reckoned by, which is one thing.
_OF_NONE = re.compile(
    r"\b(?:not|outside|except|excluding|besides|without|once|left|remain\w*|judging|separate\w*"
    r"|most|least|best|worst|biggest|out of|times|judged|going by|out(?:sell|sold|do|did)|or|hole"
    r"|i\.e|forget|ignore)\b",
    re.IGNORECASE,
)
_ASPECT = re.compile(r" (?:\+|plus) (?:growth|change|increase|share)\b", re.IGNORECASE)


def _is_joint(text: str, of_times: bool = False) -> bool:
    """Whether words ask for several together, or one operation over them."""
    if doubles.is_joint(text) or _OF_ALL.search(text):
        return True
    if of_times and _OF_TIMES.search(text.lower()):
        return True
    read = None if _ASPECT.search(text) else roles.read(text)
    return read is not None and (of_times or read.operation != "average")


# -- times --------------------------------------------------------------------------------------


def _by_time(text: str) -> Apart | None:
    """ "Sales in Q2 and Q3 2024": of each, the year told once being that of all."""
    if (found := _by_step(text)) is not None:
        return found
    m = _TIMES.search(text)
    if m is None or re.search(r"\b(?:from|between|since) $", text[: m.start()], re.IGNORECASE):
        return None
    times = [re.sub(rf"^{_LEAD}", "", t, flags=re.I) for t in _times(m["list"])]
    year = re.search(rf"(?:^| )(?P<year>{_YEAR})$", times[-1], re.IGNORECASE)
    is_now = times[-1].lower() in {"now", "today"}
    if year is None and not is_now and any(re.search(_YEAR, t, re.IGNORECASE) for t in times):
        return None
    told = [one if year is None else _in_year(one, year["year"]) for one in times]
    parts = [f"{_at(text[: m.start('list')], one)}{text[m.end('list') :]}" for one in told]
    return Apart(tuple(parts), m["list"])


def _by_step(text: str) -> Apart | None:
    """ "In December and twelve months before"."""
    step = mentions.shift(text)
    led = re.search(rf"(?P<lead>{_LEAD})(?P<time>{_TIME}) ?(?:,|and|&|, and)(?: of)? $",
                    text[: step.start] if step else "", re.IGNORECASE)  # fmt: skip
    if step is None or led is None:
        return None
    before, told, after = text[: led.start()], led["time"], text[step.end :]
    first = f"{before}{led['lead']}{told}{after}"
    then = f"{before}{text[step.start : step.end]} ({told}){after}"
    return Apart((first, then), text[led.start() : step.end])


def _at(before: str, time: str) -> str:
    """ "Now" takes no preposition."""
    is_now = time.lower() in {"now", "today"}
    return f"{re.sub(rf'{_LEAD}$', '', before, flags=re.I) if is_now else before}{time}"


def _in_year(time: str, year: str) -> str:
    if re.search(r"\d{4}", time):
        return time
    return f"{time}{' of' if re.search(r'(?:half|quarter)$', time, re.I) else ''} {year}"


def _times(listed: str) -> list[str]:
    return [m.group() for m in re.finditer(rf"{_LEAD}{_TIME}", listed, re.IGNORECASE)]


# -- things -------------------------------------------------------------------------------------


def _again(text: str) -> Apart | None:
    """ "Of rail freight and of road freight": the preposition itself takes them apart."""
    m = _AGAIN.match(text)
    if m is None or not m["head"].strip():
        return None
    led = m["led"]
    listed = re.split(rf",? (?:and|&) {led} |, {led} ", m["list"][len(led) + 1 :], flags=re.I)
    return _each(m, [f"{led} {one}" for one in listed]) if _are_things(listed) else None


def _subjects(text: str) -> Apart | None:
    m = _with_verbs(_SUBJECTS).match(text)
    told = _things(m, MAX_WORDS + 1) if m else []
    if any(map(_LEADING.match, told)):
        return None
    return _each(m, _owned(told)) if m and told else None


def _doing(text: str) -> Apart | None:
    m = _with_verbs(_DOING).match(text)
    return _each(m, _BREAKS.split(m["list"])) if m else None


def _counted(text: str) -> Apart | None:
    m = _with_verbs(_COUNTED).match(text)
    told = _things(m) if m else []
    return _each(m, told) if m and told and not any(map(_OF.search, told)) else None


def _being(text: str) -> Apart | None:
    """ "What were the revenue and the costs of the port in 2024?"."""
    m = _BEING.match(text)
    told = _things(m, MAX_WORDS + 1) if m else []
    if not m or not told or (_OF.search(told[0]) and not _LED.search(f"{told[-1]}{m['tail']}")):
        return None
    if not _OF.search(told[0]) or not _OF.match(m["tail"]):
        return _each(m, _owned(told))
    whole = f"{told[-1]}{m['tail'].rstrip(' ?.')}"
    return Apart(tuple(f"{m['head']} {one}?" for one in _timed([*told[:-1], whole])), m["list"])


def _under(text: str) -> Apart | None:
    m = _UNDER.match(text)
    told = _things(m) if m else []
    if not m or not told or _BALANCED.search(m["head"]):
        return None
    if re.match(r"(?:the )?total\b", m["head"], re.IGNORECASE):
        return None
    return _each(m, _timed(told))


def _terse(text: str) -> Apart | None:
    m = _TERSE.match(text)
    told = [] if m is None or _ASKS.search(m["list"]) else _things(m, _MOST_TERSE)
    is_few = len(told) > _FEW and all(len(one.split()) <= _FEW for one in told)
    is_listed = m is not None and (m["head"] or _AND.search(m["list"]) or is_few)
    is_under = len(told) == _FEW and not m["head"] and _OF.search(told[0]) if m else False
    if any(_LEADING.match(one) for one in told[1:]) or _is_named(text) or is_under:
        return None
    if not is_listed or any(map(_is_unit, told)):
        return None
    if m is None or not told or (not m["head"] and _OPENING.match(text)):
        return None
    things = _shared(_owned(_timed(_of_first(told))))
    amount = _AMOUNTS.fullmatch(m["head"])
    if amount is None:
        return _each(m, things)
    head = units.singular(amount["amount"].lower())
    return Apart(tuple(f"{head} of {one}{m['tail']}" for one in things), m["list"])


# What stands before something else: "in the north, wheat and rye".
_OPENING = re.compile(rf"(?:{_WHERE}|if|given|as|after|before|tell|give|show)\b", re.IGNORECASE)
# "The three growth rates: exports, imports", "prices - wheat and rye".
_AMOUNTS = re.compile(
    r"(?:the )?(?:(?:two|three|four|five|both|all) )?(?P<amount>(?:[a-z]+ )?"
    r"(?:rates|growth|prices|values|shares|levels|areas|populations|sizes|totals))(?::| [-–—]) ",
    re.IGNORECASE,
)


_MOST_TERSE = 7
_AND = re.compile(r" (?:and|&|plus) |[&+]|as well as", re.IGNORECASE)
# So few by commas alone may be one thing and what it is told in: "trade, in euros".
_FEW = 2


def _is_named(text: str) -> bool:
    """Whether "&" may stand in a name: "Harrow & Pine", "R&D", "tarn & fell goods"."""
    before, sign, after = text.partition("&")
    return bool(sign) and (len(before.split()) == 1 or not after.startswith(" "))


def _is_unit(phrase: str) -> bool:
    """ "Rupees", "us dollars": what an answer is wanted in, and nothing that is asked about."""
    unit = units.parse(phrase.lower()) or units.parse(phrase.split()[-1].lower())
    return unit is not None and (units.is_money(unit) or units.is_percent(unit))


# What stands between two, or takes two by their nature.
_BALANCED = re.compile(r"\b(?:mix|range|combination|both|either|one|trade) of$", re.IGNORECASE)
_OF = re.compile(r"(?:^|\w) (?:of|for|in|on|at|per) ", re.IGNORECASE)
_LED = re.compile(r"^(?:the|an?) | (?:of|for) ", re.IGNORECASE)


def _things(m: re.Match[str], most: int = MAX_WORDS) -> list[str]:
    """The things of a list; none where one of them is no phrase of its own."""
    told = _BREAKS.split(m["list"])
    if not _are_things(told, most) or len(told) > MAX_ITEMS or _share_a_noun(told):
        return []
    return told


def _share_a_noun(told: Sequence[str]) -> bool:
    """ "Hotel and restaurant staff": the first has its noun with the second."""
    if len(told) != _FEW or len(told[0].split()) > 1 or len(told[1].split()) == 1:
        return False
    word, last = told[0].lower(), _TIME_LAST.sub("", told[1]).split()[-1].lower()
    is_own = word.endswith("s") or told[0][0].isupper() or word in _quantities() or last in _ENDS
    return not is_own and _BEHIND.search(told[1]) is None


@lru_cache(maxsize=1)
def _quantities() -> frozenset[str]:
    return frozenset(" ".join(terms.table("questions")["quantities"].values()).split())


def _each(m: re.Match[str], told: Sequence[str]) -> Apart:
    head, tail = m["head"], _EACH.sub("", m["tail"])
    gap = "" if not head or head.endswith(" ") else " "
    parts = [f"{_unled(head) if _LEADING.match(one) else head}{gap}{one}{tail}" for one in told]
    return Apart(tuple(parts), m["list"])


_LEADING = re.compile(rf"(?:{_WHERE}) ", re.IGNORECASE)


def _unled(head: str) -> str:
    """The head without its preposition, where the thing brings its own: "in summer and at sea"."""
    return re.sub(rf" (?:{_WHERE})$", "", head, flags=re.IGNORECASE)


def _are_things(told: Sequence[str], most: int = MAX_WORDS) -> bool:
    """Whether each is a phrase of its own, and none a part of a number, a verb or a clause."""
    if len(told) == _FEW and _TOTAL.search(told[0]):
        return False
    return len(told) > 1 and all(_is_thing(one, most) for one in told)


# "Total imports and exports": what both come to.
_TOTAL = re.compile(r"\b(?:total|combined|overall|joint|aggregate) [\w-]+$", re.IGNORECASE)


def _is_thing(phrase: str, most: int) -> bool:
    words = [w.group().lower() for w in terms.words(phrase)]
    if not terms.find(phrase) or len(words) > most or words[0] in _NO_THINGS:
        return False
    is_source = words[-1] in _TELLING
    if is_source or _ASKS.search(phrase) or phrase.strip().isdigit():
        return False
    step = mentions.shift(phrase)
    if step and not terms.find(phrase[: step.start] + phrase[step.end :]):
        return False
    if len(words) == 1 and (words[0].endswith("ly") or words[0] in _HOW):
        return False
    return _TIME_ALONE.fullmatch(phrase.strip()) is None


_TIME_ALONE = re.compile(rf"{_LEAD}{_TIME}", re.IGNORECASE)


_HOW = frozenset("pp pct percent each overall roughly total yearly please".split())
# "Courier figure and herald figure": of one thing, by those who tell it.
_TELLING = frozenset("figure figures version account reading count estimate".split())


_NO_THINGS = frozenset(
    "it they them he she that this these those its their not so then than if but or because who "
    "which rest others other both all more less how now then today why when where".split()
)

# -- what is told once of all -------------------------------------------------------------------


def _owned(told: Sequence[str]) -> list[str]:
    """ "Tavira's sales and costs": both are Tavira's."""
    owner = _OWNER.match(told[0])
    if owner is None:
        return [*told]
    return [
        one if i == 0 or _OWNER.match(one) or one[:1].isupper() else f"{owner.group()}{one}"
        for i, one in enumerate(told)
    ]


def _timed(told: Sequence[str]) -> list[str]:
    """ "Exports and imports 2024": both in 2024."""
    time = _TIME_LAST.search(told[-1])
    if time is None or any(mentions.periods(one) for one in told[:-1]):
        return [*told]
    return [*(f"{one}{time.group()}" for one in told[:-1]), told[-1]]


def _shared(told: Sequence[str]) -> list[str]:
    """ "Fare and load factor Tavira", "wheat and rye growth": what stands last is of both."""
    time = _TIME_LAST.search(told[-1])
    after = time.group() if time else ""
    things = [one.removesuffix(after) for one in told]
    last = things[-1]
    amount = _AMOUNT.fullmatch(last) if len(things) == 2 else None
    behind = _BEHIND.search(last) or _NAMED.search(last) or amount
    if behind is None or any(_has_end(one) for one in things[:-1]):
        return [*told]
    return [*(f"{one}{behind['end']}{after}" for one in things[:-1]), told[-1]]


def _of_first(told: Sequence[str]) -> list[str]:
    """ "Exports 2024 + growth": how something is asked about stands for the first thing."""
    aspects = terms.table("questions")["doubles"]["aspects"]
    if not told or not all(one.lower() in aspects for one in told[1:]):
        return [*told]
    return [told[0], *(aspects[one.lower()].replace("{X}", told[0]) for one in told[1:])]


_OWNER = re.compile(
    r"(?:the )?(?:[\w-]+ ){0,2}[\w-]+['’]s? (?=\w)|[A-Z][\w-]+(?: [A-Z][\w-]+)* "
    rf"(?=[a-z])(?!(?:{_WHERE}|last|this|next|and|or)\b)"
    r"|(?:its|their|his|her|our) "
)
_TIME_LAST = re.compile(rf",? (?:(?:in|for|during) )?(?:the )?{_TIME}$", re.IGNORECASE)
_BEHIND = re.compile(rf"(?P<end> (?:{_WHERE}) (?!which|what).+)$", re.IGNORECASE)
_NAMED = re.compile(r"[a-z]+(?P<end>(?: [A-Z][\w-]+)+)$")
_ENDS = "growth price prices sales exports imports output rate rates".split()
_AMOUNT = re.compile(rf"[a-z-]+(?P<end> (?:{'|'.join(_ENDS)}))$")


def _has_end(phrase: str) -> bool:
    is_led = _BEHIND.search(phrase) or _NAMED.search(phrase)
    return bool(is_led or phrase.split()[-1] in _ENDS)


@lru_cache(maxsize=4)
def _with_verbs(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern with the verbs that may follow what does something."""
    plain = {verb.lemma for verb in lexicon.verbs().values()} | set(_DONE.split())
    return re.compile(pattern.pattern.replace("VERB", "|".join(sorted(plain))), pattern.flags)


_DONE = (
    "keep handle gross have get use own need hold take bring come came make cost earn pay eat "
    "drink carry fly employ collect charge last work live weigh score win lose offer serve visit "
    "open worked lived left died voted took got visited joined attended"
)


# -- one or several -----------------------------------------------------------------------------


def is_one(joined: str, texts: Sequence[str]) -> bool:
    """Whether articles know several things only as one: "research and development" stands there,
    and one of the two nowhere by itself.

    >>> is_one("bed and breakfast", ["A bed and breakfast has a bed."])
    True
    """
    told = _BREAKS.split(joined)
    phrase = re.compile(r"\W+(?:(?:and|&|the)\W+)*".join(map(re.escape, told)), re.IGNORECASE)
    if len(told) != len(_BREAKS.split(joined)) or not any(map(phrase.search, texts)):
        return False
    apart = [phrase.sub(" ", text) for text in texts]
    return any(not any(_stands(one, text) for text in apart) for one in told)


def _stands(phrase: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE) is not None


def names(joined: str) -> list[frozenset[str]]:
    """The stems that each of several things has for itself."""
    told = [terms.stems_of(one) for one in _BREAKS.split(joined)]
    shared = frozenset.intersection(*told)
    return [stems - shared or stems for stems in told]
