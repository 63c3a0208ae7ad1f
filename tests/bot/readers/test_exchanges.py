"""Scripted exchanges with real clients: what never reaches an answer, whatever a model says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.answers import Answer
from tests.bot.readers import exchanges
from tests.bot.readers.exchanges import LIES, TROUBLES, Lie, Place, Trouble
from tests.bot.readers.lines import KEY, Line
from tests.bot.readers.servers import DIALECTS, Dialect, Reply

LINK = re.compile(r"https?:|//|www\.|!\[|\]\(|<\w", re.IGNORECASE)
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
MARK = re.compile(r"\[\d+\]")


PLACES = exchanges.places()


def check(answer: Answer, shown: list[str], place: Place) -> None:
    """What holds for every answer; judged from the articles alone, not by the proof."""
    for citation in answer.citations:
        text = exchanges.library()[citation.article_id][0].text
        assert text[citation.start : citation.end] == citation.quote
    bare = MARK.sub("", answer.text)
    stated = " ".join([*(c.quote for c in answer.citations), place.question])
    computed = " ".join(c.text for c in answer.calculations)
    for number in NUMBER.findall(bare):
        assert number in NUMBER.findall(stated) or number in NUMBER.findall(computed), number
    assert all(answer.text[n.start : n.end] == n.text and n.proof for n in answer.numbers)
    told = " ".join([answer.text, answer.note or "", answer.nearest or ""])
    assert not LINK.search(told) and KEY not in told and "Traceback" not in told
    assert answer.text and " ".join(shown) in ("", answer.text.replace("\n", " "))
    assert "evil" not in repr(answer.calculations)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_honest_replies_stand_word_for_word(lines: dict[Dialect, Line], dialect: Dialect) -> None:
    n_stood = 0
    for place in PLACES:
        answer, shown = lines[dialect].ask(place, Reply(exchanges.honest(place)))
        check(answer, shown, place)
        n_stood += answer.reader != "extractive" and answer.status == "answered"
        assert answer.usage and answer.usage.output_tokens >= 20
    assert n_stood >= 0.8 * len(PLACES)


def deceive(lines: dict[Dialect, Line], lie: Any, places: list[Place]) -> None:
    for number, place in enumerate(places):
        line = lines[DIALECTS[number % 3]]
        told: Lie = lie(place)
        answer, shown = line.ask(place, Reply(told.reply, as_text=True))
        check(answer, shown, place)
        said = f"{answer.text} {answer.note} {answer.nearest}"
        assert not [text for text in told.planted if text in said]


@pytest.mark.parametrize("number", range(len(LIES)), ids=[lie.__name__ for lie in LIES])
def test_lies_do_not_reach_the_answer(lines: dict[Dialect, Line], number: int) -> None:
    deceive(lines, LIES[number], PLACES[number % 2 :: 2])


@pytest.mark.soak
@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_many_lies_do_not_reach_the_answer(lines: dict[Dialect, Line], lie: Any) -> None:
    deceive(lines, lie, exchanges.places(6))


@pytest.mark.parametrize("lie", LIES[:14], ids=lambda lie: lie.__name__)
def test_a_mended_lie_gives_the_honest_answer(lines: dict[Dialect, Line], lie: Any) -> None:
    place = PLACES[0]
    for dialect in DIALECTS:
        line = lines[dialect]
        lied, honest = Reply(lie(place).reply), Reply(exchanges.honest(place))
        answer, shown = line.ask(place, lied, honest)
        check(answer, shown, place)
        assert (answer.reader, answer.note) == (f"{dialect}:scripted", None)
        assert "were rejected" in line.server.asked[1].user


@pytest.mark.parametrize("way", tuple(exchanges.ways()), ids=lambda way: way[0])
def test_however_it_is_sent(lines: dict[Dialect, Line], way: tuple[str, dict[str, Any]]) -> None:
    for number, place in enumerate(PLACES[:12]):
        line = lines[DIALECTS[number % 3]]
        reply = Reply(exchanges.honest(place), **way[1], as_text=True)
        answer, shown = line.ask(place, reply)
        check(answer, shown, place)
        assert len(line.server.asked) <= 3
        assert answer.reader != "extractive" or answer.note


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda t: f"{t.status} {t.headers or t.error}")
@pytest.mark.parametrize("dialect", DIALECTS)
def test_trouble_is_told_with_what_to_do(
    lines: dict[Dialect, Line], dialect: Dialect, trouble: Trouble
) -> None:
    line, place = lines[dialect], PLACES[1]
    line.renew()
    told = Reply(status=trouble.status, headers=trouble.headers, error=trouble.error)
    answer, shown = line.ask(place, told)
    check(answer, shown, place)
    assert answer.reader == "extractive" and answer.note
    assert re.search(trouble.told, answer.note) and f"'{dialect}:scripted'" in answer.note
    assert max(line.slept, default=0) <= 20
