"""Several: a question that says how many it means is answered by all of them and no others.

"Pulp, beef and soya together" are three, so are "the three arms"; the average of 2021 to 2024 is
that of four years, and what remains without three things is what is left of four values.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.nodes import Node
from bot.questions import Query

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_JOINED = frozenset(["sum", "average"])


def is_of_all(query: Query, node: Node) -> bool:
    """Whether something is put together of as many values as the question speaks of."""
    return not any(rule(query.text, node) for rule in _RULES)


def _n_values(node: Node) -> int:
    return len(node.leaves)


# -- those that are listed ----------------------------------------------------------------------

# One or two words at the beginning, or after a word that names what follows: no clause that a
# comma ends ("how many are known, old and new").
_LISTED = re.compile(
    r"(?:^|\b(?:of|from|for|to|outside|except|than|without|but|between|are|do|does|did|less|minus"
    r"|excluding)\s+)(?:(?:the|its|their) )?"
    r"(?P<items>(?:[\w'’&.-]+ )?[\w'’&.-]+(?:, (?:[\w'’&.-]+ ){0,3}[\w'’&.-]+)*,"
    r" (?:(?:[\w'’&.-]+ ){0,3}[\w'’&.-]+,? )?(?:and|or|nor|plus|&) (?!so on)\w+)"
)
_BETWEEN = re.compile(r",? (?:and|or|nor|plus|&) |, ")
# What is listed of several, beside one that is told of two ("catering and the shop").
_SEVERAL = 3


def _is_of_fewer(said: str, node: Node) -> bool:
    """Fewer than are listed are none of the sum of them, nor of what remains without them."""
    n_more = {"sum": 0, "average": 0, "residual": 1}.get(node.operation)
    found = _LISTED.search(said)
    if found is None or n_more is None:
        return False
    first, *others = [item for item in _BETWEEN.split(found["items"]) if item.strip()]
    n_listed = len(others) + _is_name(first)
    return n_listed >= _SEVERAL and _n_values(node) < n_listed + n_more


def _is_name(item: str) -> bool:
    """Whether what stands before a comma is listed with what follows: "centre", "Social Union"; of
    "state completions, sale and rent" the two are told of the first."""
    return " " not in item or item == item.title()


# -- those that are counted ---------------------------------------------------------------------

_COUNTED = re.compile(
    r"\b(?:(?:the|these|those|its|their|of|all)(?: (?:other|first|last|next|named|biggest|largest"
    r"|main|top|smallest))?|top|first|last) (?P<n>two|three|four|five|six|seven|eight)\b"
    r"(?! (?:months?|quarters?|years?|days?|weeks?|hours?|points?|percent)\b)"
    r"(?!(?: [\w'’-]+){1,2} and\b)"
)


def _is_of_another_number(said: str, node: Node) -> bool:
    """ "The four districts" are put together of four."""
    found = _COUNTED.search(said.lower())
    if found is None or node.operation not in _JOINED or not all(p.figure for p in node.parts):
        return False
    return _n_values(node) != _NUMBERS[found["n"]]


_BOTH = re.compile(r"\b(?:together|combined|both|altogether|in total|put together)\b")
_ONE_AND = re.compile(r"\band\b|&|,|\+|\bplus\b")


def _is_of_more_than_both(said: str, node: Node) -> bool:
    """ "Firefighters and soldiers together" are no three."""
    if node.operation != "sum" or not _BOTH.search(said.lower()):
        return False
    is_of_two = len(_ONE_AND.findall(said.lower())) == 1 and " and " in said.lower()
    return is_of_two and _n_values(node) > 2


# -- years --------------------------------------------------------------------------------------

_YEARS = re.compile(r"\b((?:19|20)\d\d) ?(?:–|-|to|through|until) ?((?:19|20)\d\d)\b(?!/)")


def _is_of_other_years(said: str, node: Node) -> bool:
    """The average of a span of years is that of each of them."""
    found = _YEARS.search(said)
    if found is None or node.operation not in _JOINED:
        return False
    return _n_values(node) != int(found[2]) - int(found[1]) + 1


_RULES: tuple[Callable[[str, Node], bool], ...] = (
    _is_of_fewer, _is_of_another_number, _is_of_more_than_both, _is_of_other_years,
)  # fmt: skip
