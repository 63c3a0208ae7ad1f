"""Whether several things are asked for, and the list that names them."""

from __future__ import annotations

import pytest

from bot.language import lists


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Which trade agreements are named?", "trade agreements"),
        ("Which products drove exports?", "products"),
        ("What sectors does the expert name?", "sectors"),
        ("what measures were taken", "measures"),
        ("List the reforms that helped travel", "reforms"),
        ("Name three countries that buy most.", "countries"),
        ("In which cities did it open?", "cities"),
        ("What are the main risks?", "main risks"),
        ("Which agency rates its debt?", None),
        ("Which climatologist comments on it?", None),
        ("Which customer stopped sending goods by rail?", None),
        ("What drives exports?", None),
        ("What is a bus?", None),
        ("Which bank raised rates?", None),
        ("What does the mill make?", None),
    ],
)
def test_what_is_asked_for(question: str, what: str | None) -> None:
    assert lists.asked(question) == what


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("It was driven by demand for ships, cars, and steel.", "ships, cars, and steel"),
        (
            "It sells in areas like AI, solar power and health care.",
            "AI, solar power and health care",
        ),
        (
            "It joined pacts such as the Pact for Trade and Growth (PTG) and the Treaty of Orle "
            "(TO), it is said.",
            "the Pact for Trade and Growth (PTG) and the Treaty of Orle (TO)",
        ),
        (
            "Services, including telecoms, computing, and law, have grown.",
            "telecoms, computing, and law",
        ),
        ("Germany, France and Italy bought most of it.", "Germany, France and Italy"),
        (
            "Three storms came: Agda in May, Birk in June and Cilla in July.",
            "Agda in May, Birk in June and Cilla in July",
        ),
        ("The council met, the mayor said, and voted.", None),
        ("Sales were £3.2 million, profit £1.1 million and debt £9.4 million.", None),
        ("Trade faces tariffs and delays.", None),
        ("In 2024, the mill grew for the first time.", None),
    ],
)
def test_the_list_of_a_sentence(text: str, listed: str | None) -> None:
    found = lists.find(text)
    assert (text[found[0].start : found[0].end] if found else None) == listed


@pytest.mark.parametrize(
    ("question", "text", "cut"),
    [
        ("Which stages did he win?", "Gil, who won stages 2, 6 and 11, gave up.", "2, 6 and 11"),
        (
            "Which two libraries shut?",
            "Two libraries, Elm Row and Quarry, shut.",
            "Elm Row and Quarry",
        ),
        (
            "Which sectors grew?",
            "Growth in sectors like cars, ships and steel helped towns such as Orle and Tarn.",
            "cars, ships and steel",
        ),
        ("Which towns grew?", "Growth in sectors like cars, ships and steel went on.", None),
        (
            "Which towns have mills?",
            "Founded by Giles Moor, the Group designs and builds arms.",
            None,
        ),
        ("How did it grow?", "Growth in sectors like cars, ships and steel went on.", None),
    ],
)
def test_the_list_of_what_is_asked_for(question: str, text: str, cut: str | None) -> None:
    assert lists.cut(question, text, is_sure=False) == cut


@pytest.mark.parametrize(
    ("question", "text", "cut"),
    [
        ("Which towns have mills?", "Mills stand in Orle, Tarn and Moor.", "Orle, Tarn and Moor"),
        ("Which towns have mills?", "By Giles Moor, the Group designs and builds arms.", None),
        ("Which services grew?", "Growth in Orle, Tarn, and Moor went on.", None),
        ("Which goods sell?", "It sells ships, cars, and steel.", "ships, cars, and steel"),
    ],
)
def test_the_one_list_of_a_sure_sentence(question: str, text: str, cut: str | None) -> None:
    assert lists.cut(question, text) == cut
