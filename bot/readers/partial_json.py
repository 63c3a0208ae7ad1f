"""Partial JSON: the values of an object as they close, while its text is still arriving.

A model's reply is one object of scalars and arrays: `{"plan": "...", "sentences": [{...}, ...]}`.
`Scanner` gives each scalar and each element of each array the moment that it is complete. Text
before the object (a greeting, a code fence, thoughts between <think> tags) and after it is
passed over; what is closed but is not JSON is a fault, and the scanning goes on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

MAX_DEPTH = 16
_OPENER = {"}": "{", "]": "["}
_TAG_LENGTH = len("</think>")


@dataclass(frozen=True, slots=True)
class Item:
    """A scalar under `key`, or one element of the array under `key`."""

    key: str
    value: Any


class Scanner:
    """Linear in the text, whatever its chunks: `feed(a + b)` gives what `feed(a)`, `feed(b)` do.

    faults: pieces of the object that closed and could not be read
    is_closed: whether the object came to its end
    """

    def __init__(self) -> None:
        self.faults = 0
        self.is_closed = False
        self._before = ""
        self._is_thinking = False
        self._reset()

    @property
    def is_open(self) -> bool:
        """Whether an object has begun and has not come to its end."""
        return bool(self._stack)

    def feed(self, text: str) -> list[Item]:
        """The items that this text completes, in order."""
        items: list[Item] = []
        for char in text:
            item = self._step(char)
            if item is not None:
                items.append(item)
        return items

    def _reset(self) -> None:
        self._stack: list[str] = []
        self._text: list[str] = []
        self._key: str | None = None
        self._is_string = self._is_escaped = self._has_keys = False

    def _step(self, char: str) -> Item | None:
        if self.is_closed:
            return None
        if not self._stack:
            self._await_object(char)
        elif self._is_string:
            self._within_string(char)
        elif char in "}]":
            return self._close(char)
        elif char == "," and self._is_at_value:
            return self._emit()
        else:
            self._within_value(char)
        return None

    def _within_value(self, char: str) -> None:
        if char in "{[":
            self._open(char)
        elif char == ":" and len(self._stack) == 1 and self._key is None:
            self._read_key()
        else:
            self._is_string = char == '"'
            self._keep(char)

    def _await_object(self, char: str) -> None:
        self._before = (self._before + char)[-_TAG_LENGTH:]
        if self._before.endswith("<think>"):
            self._is_thinking = True
        elif self._before.endswith("</think>"):
            self._is_thinking = False
        elif char == "{" and not self._is_thinking:
            self._reset()
            self._stack.append("{")

    def _within_string(self, char: str) -> None:
        self._text.append(char)
        if self._is_escaped:
            self._is_escaped = False
        elif char == "\\":
            self._is_escaped = True
        elif char == '"':
            self._is_string = False

    @property
    def _is_at_value(self) -> bool:
        """Whether a comma here would end a value of the object or an element of its array."""
        return self._stack in (["{"], ["{", "["])

    def _open(self, char: str) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self.faults += 1
            self._reset()
            return
        is_list = char == "[" and len(self._stack) == 1 and self._key is not None
        self._stack.append(char)
        if not is_list:
            self._text.append(char)
        elif self._text:
            self._fail()

    def _close(self, char: str) -> Item | None:
        if self._stack[-1] != _OPENER[char]:
            self._fail()
            return None
        if self._is_at_value:
            return self._close_level()
        self._text.append(char)
        self._stack.pop()
        return self._emit() if self._is_at_value else None

    def _close_level(self) -> Item | None:
        item = self._emit()
        if self._stack.pop() == "[":
            self._key = None
        elif self._has_keys:
            self.is_closed = True
        else:
            self.faults = 0  # braces in passing, not the object
        return item

    def _read_key(self) -> None:
        key = self._value()
        self._key = key if isinstance(key, str) else None
        self._has_keys |= self._key is not None

    def _emit(self) -> Item | None:
        key = self._key
        if self._stack == ["{"]:
            self._key = None
        if not self._text:
            return None
        value = self._value()
        if key is None or value is _UNREADABLE:
            self.faults += 1
            return None
        return Item(key, value)

    def _value(self) -> Any:
        text = "".join(self._text)
        self._text = []
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            return _UNREADABLE

    def _keep(self, char: str) -> None:
        if self._text or not char.isspace():
            self._text.append(char)

    def _fail(self) -> None:
        self.faults += 1
        self._text = []


_UNREADABLE = object()
