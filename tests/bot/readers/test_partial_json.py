"""The values of a reply as they close."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers.partial_json import Item, Scanner

REPLY = '{"plan": "a \\"b\\" {c}", "steps": [{"id": "c1", "of": ["f1"]}], "say": ["x", {"t": "y"}]}'


def scanned(text: str) -> list[Item]:
    return Scanner().feed(text)


def test_items_close_one_by_one() -> None:
    scanner = Scanner()
    assert scanner.feed('{"sentences": [{"text": "One') == []
    assert scanner.feed(' {f1}."}') == [Item("sentences", {"text": "One {f1}."})]
    assert scanner.feed(', {"text": "Two."}], "status": "answered"') == [
        Item("sentences", {"text": "Two."})
    ]
    assert not scanner.is_closed
    assert scanner.feed("}") == [Item("status", "answered")]
    assert scanner.is_closed


@pytest.mark.parametrize(
    "text",
    [
        "Sure! Here it is:\n```json\n" + REPLY + "\n```",
        '<think>perhaps {"plan": 1} or {f1}?</think>' + REPLY,
        "I take {f1} and {c1}. " + REPLY,
        REPLY + REPLY,
        REPLY.replace("}]", "},]"),
    ],
    ids=["fenced", "thoughts", "slots before", "said twice", "trailing comma"],
)
def test_what_stands_around_the_object_is_passed_over(text: str) -> None:
    assert scanned(text) == scanned(REPLY)


@pytest.mark.parametrize("text", ["", "I cannot.", "[1, 2]", "<think>{", "{", '{"a": [1'])
def test_no_object_gives_no_end(text: str) -> None:
    scanner = Scanner()
    scanner.feed(text)
    assert not scanner.is_closed


@pytest.mark.parametrize(
    "text",
    ['{"a": tru, "b": 1}', "{'a': 1, \"b\": 1}", '{"a": [x], "b": 1}', '{"a": ], "b": 1}'],
)
def test_a_fault_does_not_stop_the_rest(text: str) -> None:
    scanner = Scanner()
    assert scanner.feed(text)[-1] == Item("b", 1)
    assert scanner.faults


def test_a_dropped_stream_leaves_what_was_closed() -> None:
    scanner = Scanner()
    assert scanner.feed(REPLY[:-12])[:2] == scanned(REPLY)[:2]
    assert scanner.is_open and not scanner.is_closed


def test_deep_nesting_is_a_fault_and_quick() -> None:
    scanner = Scanner()
    started = time.perf_counter()
    scanner.feed('{"a": ' + "[" * 100_000)
    assert scanner.faults and time.perf_counter() - started < 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=4), st.data())
def test_items_are_what_json_reads_however_it_is_cut(reply: dict[str, Any], data: Any) -> None:
    text = json.dumps(reply, ensure_ascii=data.draw(st.booleans()))
    cut = data.draw(st.integers(0, len(text)))
    scanner = Scanner()
    items = scanner.feed(text[:cut]) + scanner.feed(text[cut:])
    expected = [
        Item(key, element)
        for key, value in reply.items()
        for element in (value if isinstance(value, list) else [value])
    ]
    assert (items, scanner.faults, scanner.is_closed) == (expected, 0, True)
