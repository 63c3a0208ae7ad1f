"""The model reader: any chat model that LangChain reaches proposes the draft.

It is asked once, with the evidence numbered (`sheets`), and replies with one JSON object
(`prompts`), which is read while it arrives (`partial_json`, `replies`). It has no tools and no
loop of its own; it names figures and operations, and never gets to write a number.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.runnables import Runnable, RunnableConfig

from bot.answers import Usage, added
from bot.calculation import identities as known_identities
from bot.drafts import Draft
from bot.errors import ModelError
from bot.events import Status
from bot.identities import Identity
from bot.questions import Query, Turn
from bot.readers import failures, prompts, providers
from bot.readers.failures import Failure
from bot.readers.frames import Frames
from bot.readers.partial_json import Item, Scanner
from bot.readers.providers import DEFAULT_TIMEOUT_S, Form
from bot.readers.replies import EMPTY, Drafting
from bot.readers.sheets import lay_out, plain
from bot.retrieval import Evidence

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

DEFAULT_MAX_TOKENS = 5_000
MIN_TOKENS = 400
OVERHEAD_TOKENS = 3_000  # rules, question and reply, beside the sheet
MAX_WHOLE_CHARS = 500
MAX_SEARCHES = 4
_NEXT: Mapping[Form, Form] = {"native": "tool", "tool": "text"}
_REFUSALS = frozenset({"refusal", "content_filter"})
_CUT = frozenset({"length", "max_tokens"})
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a model is waited for.

    deadline_s: for one whole reply; the silence within it is the client's own timeout
    max_wait_s: the longest wait that a busy server is granted; n_retries: how often
    """

    deadline_s: float = 180.0
    max_wait_s: float = 20.0
    n_retries: int = 2
    max_reply_chars: int = 24_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply so far: the draft, what of it could not be used, and what it cost.

    is_complete: the last of its reply; until then the draft only grows
    """

    draft: Draft
    objections: tuple[str, ...] = ()
    usage: Usage | None = None
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Restated:
    """A follow-up made whole, and what to search for."""

    question: str
    searches: tuple[str, ...] = ()
    usage: Usage | None = None


class ModelReader:
    """Reads with a chat model; `bot.proof` decides what of it stands.

    identities: those of the corpus; the table's own when None
    sleep, clock: seams, so that no test has to wait
    """

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        *,
        patience: Patience | None = None,
        max_tokens: int = DEFAULT_MAX_TOKENS,
        identities: Sequence[Identity] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.client = model
        self._form = self._first_form = providers.first_form(name, model)
        self._patience = patience or Patience()
        self._max_tokens = _affordable(model, max_tokens)
        self._identities = known_identities() if identities is None else identities
        self._sleep, self._clock = sleep, clock
        self._mark = secrets.token_hex(6)

    @classmethod
    def open(
        cls,
        name: str,
        base_url: str | None = None,
        timeout_s: float = DEFAULT_TIMEOUT_S,
        identities: Sequence[Identity] | None = None,
    ) -> ModelReader:
        """The reader for "provider:name"; nothing is sent yet. Raises ModelUnknown."""
        return cls(providers.connect(name, base_url, timeout_s), name, identities=identities)

    def read(
        self,
        query: Query,
        evidence: Evidence,
        history: Sequence[Turn] = (),
        objections: Sequence[str] = (),
    ) -> Draft:
        """The whole draft; raises ModelError."""
        draft = EMPTY
        for step in self.drafts(query, evidence, objections):
            if isinstance(step, Reading):
                draft = step.draft
        return draft

    def drafts(
        self,
        query: Query,
        evidence: Evidence,
        objections: Sequence[str] = (),
        standing: Draft = EMPTY,
        config: RunnableConfig | None = None,
    ) -> Iterator[Reading | Status]:
        """The draft as it grows, sentence by sentence; the last one is complete.

        standing: what was shown already; the draft begins with it. Raises ModelError.
        """
        while True:
            sheet = lay_out(evidence, self._max_tokens)
            messages = prompts.for_draft(query, sheet, self._mark, objections, standing)
            frames = Frames(sheet.figures, evidence.articles)
            drafting = Drafting(query, sheet, standing, self._identities, frames)
            try:
                yield from self._read_into(drafting, messages, config)
            except _TooLong as failure:
                if self._max_tokens // 2 < MIN_TOKENS:
                    raise failure.error from failure
                self._max_tokens //= 2
            else:
                return

    def whole(
        self, question: str, history: Sequence[Turn], config: RunnableConfig | None = None
    ) -> Restated | None:
        """A follow-up that can be understood alone, None if none came; raises ModelError."""
        messages = prompts.for_whole(question, history)
        reply = _Reply()
        items: list[Item] = []
        for step in self._stream(messages, prompts.WHOLE_SCHEMA, reply, config):
            items += step if isinstance(step, list) else []
        asked = [turn.question for turn in history]
        return _restated(items, [question, *asked], reply.usage)

    def _read_into(
        self, drafting: Drafting, messages: list[BaseMessage], config: RunnableConfig | None
    ) -> Iterator[Reading | Status]:
        reply = _Reply()
        for step in self._stream(messages, prompts.DRAFT_SCHEMA, reply, config):
            if isinstance(step, Status):
                yield step
                continue
            for item in step:
                if drafting.add(item):
                    yield Reading(drafting.draft(), tuple(drafting.objections))
        objections = tuple(drafting.objections + reply.objections()) or drafting.silence()
        yield Reading(drafting.draft(), objections, reply.usage, is_complete=True)

    def _stream(
        self,
        messages: list[BaseMessage],
        schema: dict[str, Any],
        reply: _Reply,
        config: RunnableConfig | None,
    ) -> Iterator[list[Item] | Status]:
        """The items of a reply as they close; what goes wrong before the first is tried again."""
        n_retries = 0
        while True:
            form = self._form
            try:
                yield from self._attempt(_bound(self.client, form, schema), messages, reply, config)
                return
            except ModelError:
                raise
            except Exception as error:  # clients have trees of exceptions of their own
                failure = failures.explain(error, self.name)
                if reply.is_begun:
                    reply.broke_off(failure)
                    return
                if not self._can_ask_differently(failure, form):
                    n_retries += 1
                    yield Status(self._wait_after(failure, n_retries, error))

    def _attempt(
        self,
        model: Runnable[Any, Any],
        messages: list[BaseMessage],
        reply: _Reply,
        config: RunnableConfig | None,
    ) -> Iterator[list[Item]]:
        deadline = self._clock() + self._patience.deadline_s
        for chunk in model.stream(messages, config=config):
            if self._clock() > deadline:
                raise failures.slow(self.name)
            yield reply.feed(chunk)
            if reply.n_chars > self._patience.max_reply_chars:
                return
        if reply.is_refused:
            raise failures.refused(self.name)

    def _can_ask_differently(self, failure: Failure, form: Form) -> bool:
        """Leave out a setting, or step down to a plainer form, that the server does not take."""
        if failure.kind == "setting":
            attribute, nothing = failures.SETTINGS[failure.setting]
            is_set: bool = getattr(self.client, attribute, nothing) != nothing
            setattr(self.client, attribute, nothing)
            return is_set
        if failure.kind != "form":
            return False
        self._form = _NEXT.get(form) or self._first_form
        return form in _NEXT

    def _wait_after(self, failure: Failure, n_retries: int, error: Exception) -> str:
        """Wait as the server asks; raises what cannot be mended by waiting."""
        if failure.kind == "too long":
            raise _TooLong(failure.error) from error
        wait = failure.retry_after_s if failure.retry_after_s is not None else 2.0**n_retries / 2
        is_passing = failure.kind in ("busy", "down") and wait <= self._patience.max_wait_s
        if not is_passing or n_retries > self._patience.n_retries:
            raise failure.error from error
        self._sleep(wait)
        return "The model is busy; asking again"


class _TooLong(Exception):
    """The request does not fit the model's context."""

    def __init__(self, error: ModelError) -> None:
        self.error = error
        super().__init__(str(error))


@dataclass(slots=True)
class _Reply:
    """One reply as its chunks come: as text, or as the arguments of a tool call."""

    usage: Usage | None = None
    is_refused: bool = False
    is_cut: bool = False
    n_chars: int = 0
    failure: Failure | None = None
    _text: Scanner = field(default_factory=Scanner)
    _call: Scanner = field(default_factory=Scanner)
    _call_index: int | str | None = None
    _source: Scanner | None = None

    @property
    def is_begun(self) -> bool:
        return self.n_chars > 0

    def feed(self, chunk: AIMessageChunk) -> list[Item]:
        """The items that this chunk completes; the call wins when both hold some."""
        self._count(chunk)
        called, said = self._arguments(chunk), chunk.text
        self.n_chars += len(called) + len(said)
        items = self._take(self._call, self._call.feed(called))
        return items + self._take(self._text, self._text.feed(said))

    def broke_off(self, failure: Failure) -> None:
        self.failure = failure

    def objections(self) -> list[str]:
        """What was wrong with the reply as a whole."""
        if self.failure is not None or self.is_cut:
            return ["Your reply broke off before its end. Write less."]
        if not self.is_begun:
            return ["Your reply was empty."]
        scanner = self._source or self._text
        if not scanner.is_closed:
            return ["Your reply was not one whole JSON object of the form that was asked for."]
        return ["A part of your reply was not valid JSON."] if scanner.faults else []

    def _take(self, scanner: Scanner, items: list[Item]) -> list[Item]:
        if items and self._source is None:
            self._source = scanner
        return items if scanner is self._source else []

    def _arguments(self, chunk: AIMessageChunk) -> str:
        """The text of the first tool call; a second one is not asked for."""
        calls = [call for call in chunk.tool_call_chunks if call.get("args")]
        if calls and self._call_index is None:
            self._call_index = calls[0].get("index") or 0
        return "".join(
            call["args"] or "" for call in calls if (call.get("index") or 0) == self._call_index
        )

    def _count(self, chunk: AIMessageChunk) -> None:
        end = chunk.response_metadata
        reason = end.get("finish_reason") or end.get("stop_reason") or end.get("done_reason")
        self.is_refused |= reason in _REFUSALS or bool(chunk.additional_kwargs.get("refusal"))
        self.is_cut |= reason in _CUT
        if told := chunk.usage_metadata:
            self.usage = added(self.usage, Usage(told["input_tokens"], told["output_tokens"]))


def _bound(model: BaseChatModel, form: Form, schema: dict[str, Any]) -> Runnable[Any, Any]:
    """The model, asked for the schema: natively, as a tool's arguments, or in words alone."""
    if form == "native":
        wanted = {"name": "reply", "strict": True, "schema": schema}
        return model.bind(response_format={"type": "json_schema", "json_schema": wanted})
    if form == "tool":
        function = {"name": "reply", "description": "Send the reply.", "parameters": schema}
        tool = {"type": "function", "function": function}
        return model.bind_tools([tool], tool_choice="reply")
    return model


def _affordable(model: BaseChatModel, max_tokens: int) -> int:
    """The budget of the sheet, within what is known of the model's context."""
    profile = getattr(model, "profile", None) or {}
    context = getattr(model, "num_ctx", None) or profile.get("max_input_tokens")
    return min(max_tokens, max(MIN_TOKENS, context - OVERHEAD_TOKENS)) if context else max_tokens


def _restated(items: Sequence[Item], asked: Sequence[str], usage: Usage | None) -> Restated | None:
    """What the model made of the question; a number that nobody asked about spoils it."""
    told = [
        (item.key, plain(item.value)[:MAX_WHOLE_CHARS])
        for item in items
        if isinstance(item.value, str)
    ]
    numbers = set(_DIGITS.findall(" ".join(asked)))
    if any(set(_DIGITS.findall(text)) - numbers for _, text in told):
        return None
    questions = [text for key, text in told if key == "question" and text]
    searches = [text for key, text in told if key == "searches" and text]
    if not questions:
        return None
    return Restated(questions[0], tuple(searches[:MAX_SEARCHES]), usage)
