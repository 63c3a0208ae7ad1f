"""What is asked of the two amounts that were told last is told by its wording."""

import pytest

from bot.asking import couples


@pytest.mark.parametrize(
    ("asked", "kind", "n", "unit"),
    [
        ("the gap between those two, in points", "gap", 2, "pp"),
        ("whats the spread between them", "gap", 2, ""),
        ("how far apart are they", "gap", 2, ""),
        ("by how many points do they differ", "gap", 2, ""),
        ("the first minus the second", "gap", 2, ""),
        ("subtract one from the other", "gap", 2, ""),
        ("how much more is the second one", "gap", 2, ""),
        ("by how much does one exceed the other", "gap", 2, ""),
        ("sum of both", "sum", 2, ""),
        ("add them up", "sum", 2, ""),
        ("what's the total for all three", "sum", 3, ""),
        ("what do those two make together", "sum", 2, ""),
        ("how much is that together in dollars", "sum", 2, "USD"),
        ("average of the two", "mean", 2, ""),
        ("how many times the first is the second", "ratio", 2, ""),
        ("ratio of the two", "ratio", 2, ""),
        ("which grew faster", "larger", 2, ""),
        ("which one's larger", "larger", 2, ""),
        ("who is behind", "smaller", 2, ""),
    ],
)
def test_a_couple_is_told_by_its_wording(asked: str, kind: str, n: int, unit: str) -> None:
    found = couples.read(asked)
    assert found is not None
    assert (found.kind, found.n, found.unit) == (kind, n, unit)


@pytest.mark.parametrize(
    "asked",
    [
        "in total",
        "how much is that",
        "how many are they",
        "how much dearer is steel",
        "which is more expensive",
        "what is the gap between rich and poor",
        "which of the two towers is higher in winter",
        "what is the average age of the players",
        "what is the difference in percent",
    ],
)
def test_what_names_a_thing_of_its_own_is_asked_of_no_couple(asked: str) -> None:
    assert couples.read(asked) is None
