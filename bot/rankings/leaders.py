"""Leaders: sentences that say themselves which of several is the most.

"Singapore was the most popular destination", "the busiest day was 22 December", "was top scorer
with 29 goals": what an article says so needs no set to be put in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.evidence import linking
from bot.evidence.pages import Found, Line
from bot.language import superlatives, terms
from bot.language.superlatives import Superlative
from bot.questions import Query

# So many of the lines that go best with a question are looked at.
N_LINES = 40
# What is the most stands so many words after the word of extremity: "the busiest single day", and
# the thing that has it so many: "the lowest average was found in the north-eastern region".
REACH, FAR = 3, 6
# A verb and who does it begin with so many letters alike: "scored", "scorer".
ALIKE = 5
# A line holds this share of the other words of a question.
HELD = 0.6


def told(
    asked: Superlative,
    query: Query,
    found: Sequence[Found],
    is_of_then: Callable[[Found], bool],
    held: float = HELD,
) -> Line | None:
    """The first line that says which is the most of what is asked; None where none does.

    held: the share of the question's other words that it holds at least
    """
    if asked.n_told > 1 or asked.moves or asked.nouns[:1] in (("when",), ("where",)):
        return None
    for one in found[:N_LINES]:
        line = one.line
        if line.kind not in _NO_SENTENCES and "|" not in line.text and is_of_then(one):
            if _says(asked, query, line, held):
                return line
    return None


_NO_SENTENCES = frozenset(["heading", "title", "table"])


def _says(asked: Superlative, query: Query, line: Line, held: float) -> bool:
    wanted = _wanted(asked, query)
    for other, after in superlatives.within(line.text):
        if not superlatives.are_alike(asked, other) or other.n_told > 1:
            continue
        near = terms.stems(re.split(r"[.;]", after, maxsplit=1)[0])[:FAR]
        is_named = any(_is_alike(noun, w) for w in near[:REACH] for noun in wanted)
        is_of_them = any(terms.stem(noun) == w for w in near for noun in asked.nouns[:1])
        if (is_named or (is_of_them and not asked.is_of_value)) and _held(
            asked, query, line
        ) >= held:
            return True
    return False


def _wanted(asked: Superlative, query: Query) -> frozenset[str]:
    """Stems of what may follow the word of extremity: the thing that is asked for, or what it has
    the most of."""
    after = query.text.lower().rpartition(asked.word.split()[0])[2]
    own = terms.stems(re.split(r"[,?]| (?:in|at|of|for|from|on|by|to|with)\b", after)[0])
    return frozenset(own[:REACH]) | terms.stem_set(asked.nouns) - _ASKERS


_ASKERS = frozenset(terms.stem(word) for word in ("who", "where", "when"))


def _is_alike(one: str, other: str) -> bool:
    is_begun = len(one) >= ALIKE and (other.startswith(one) or one.startswith(other))
    return bool(linking.likes(one, {other})) or (is_begun and len(other) >= ALIKE)


def _held(asked: Superlative, query: Query, line: Line) -> float:
    """The share of the other words of a question that a line and what stands around it hold."""
    spent = superlatives.spent() | linking.unspecific() | terms.stems_of(asked.word)
    words = [s for s in terms.stems(query.text) if s not in spent and not s.isdigit()]
    held = [s for s in words if any(_is_alike(s, w) for w in line.stems | line.around)]
    return len(held) / len(words) if words else 1.0
