"""How the model reader behaves: forms, waiting, streaming, mending, follow-ups."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler

from bot.answers import Answer, Usage
from bot.errors import ModelRefused, ModelUnavailable
from bot.events import Sentence, Status
from bot.questions import Turn, parse
from bot.readers import providers
from bot.readers.model import ModelReader, Patience, Reading
from tests.bot.readers import exchanges
from tests.bot.readers.exchanges import Place, honest, reply
from tests.bot.readers.lines import Line
from tests.bot.readers.servers import DIALECTS, Asked, Dialect, Reply

Lines = dict[Dialect, Line]
PLACES = exchanges.places(3)
PLACE = PLACES[0]


def sentence_of(place: Place) -> tuple[str, list[int]]:
    return place.with_figure(f"{{{place.id}}}"), [place.number]


def shown(events: list[Any]) -> list[str]:
    return [event.text for event in events if isinstance(event, Sentence)]


def two_places() -> tuple[Place, str, str]:
    """A place whose sheet holds two honest sentences, and those."""
    for place in PLACES:
        for number, source in place.sheet.sources.items():
            text = place.article.text[source.start : source.end]
            if number != place.number and text.endswith(".") and not any(map(str.isdigit, text)):
                return place, sentence_of(place)[0], f"{' '.join(text.split())} [{number}]"
    raise AssertionError


# Forms


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_server_without_structured_output_is_asked_more_plainly(
    lines: Lines, dialect: Dialect
) -> None:
    line = lines[dialect]
    line.renew()

    def only_text(asked: Asked) -> Reply:
        if asked.form != "text":
            return Reply(status=400, error="this form is not supported")
        return Reply("Here you are:\n```json\n" + honest(PLACE) + "\n```")

    line.server.asked.clear()
    line.server.script = only_text
    assert _answer(line).reader == line.name
    assert [a.form for a in line.server.asked] in (["native", "tool", "text"], ["tool", "text"])
    line.server.asked.clear()
    assert _answer(line).status == "answered"
    assert [a.form for a in line.server.asked] == ["text"]
    line.renew()


def test_a_setting_that_is_not_taken_is_left_out(lines: Lines) -> None:
    line = Line("openai")

    def no_temperature(asked: Asked) -> Reply:
        if "temperature" in asked.body:
            return Reply(status=400, error="Unsupported value: 'temperature' does not support 0")
        return Reply(honest(PLACE))

    line.server.script = no_temperature
    assert _answer(line).reader == line.name
    assert [a.form for a in line.server.asked] == ["native", "native"]
    line.close()


def _answer(line: Line) -> Answer:
    query = parse(PLACE.question)
    line_events = line.chain.events(line.retrieved(PLACE, PLACE.question, query))
    *_, answer = line_events
    assert isinstance(answer, Answer)
    return answer


def test_requests_carry_the_schema_and_no_tool_that_does_anything(lines: Lines) -> None:
    for dialect in DIALECTS:
        line = lines[dialect]
        line.ask(PLACE, Reply(honest(PLACE)))
        body = line.server.asked[0].body
        told = json.dumps(body)
        assert '"calculations"' in told and "<<<articles" in told
        names = [t.get("name") or t["function"]["name"] for t in body.get("tools") or []]
        assert names in ([], ["reply"])


# Waiting


def test_a_busy_server_is_waited_for_as_it_asks(lines: Lines) -> None:
    line = lines["openai"]
    busy = Reply(status=429, headers={"retry-after": "7"})
    events = line.events(PLACE, busy, Reply(honest(PLACE)))
    assert line.slept == [7.0]
    assert events[-1].reader == line.name
    assert any("busy" in event.text for event in events if isinstance(event, Status))


def test_a_long_wait_is_not_waited_but_told(lines: Lines) -> None:
    line = lines["openai"]
    answer, _ = line.ask(PLACE, Reply(status=429, headers={"retry-after": "90"}))
    assert line.slept == [] and len(line.server.asked) == 1
    assert "Try again in 90 seconds" in (answer.note or "")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_silent_server_is_given_up(lines: Lines, dialect: Dialect) -> None:
    line = lines[dialect]
    model = providers.connect(line.name, line.server.url, timeout_s=0.05)
    reader = ModelReader(model, line.name, sleep=line.slept.append)
    line.server.say(Reply(honest(PLACE), pause_s=0.5, size=10_000))
    with pytest.raises(ModelUnavailable, match="took too long"):
        reader.read(parse(PLACE.question), PLACE.evidence)
    line.hang_up(model)


def test_a_dripping_server_is_given_up(lines: Lines) -> None:
    line = lines["ollama"]
    ticks = iter(range(0, 10_000, 50))
    reader = ModelReader(
        line.model, line.name, patience=Patience(deadline_s=120), clock=lambda: next(ticks)
    )
    line.server.say(Reply(honest(PLACE), size=5))
    with pytest.raises(ModelUnavailable, match="took too long"):
        reader.read(parse(PLACE.question), PLACE.evidence)


def test_a_babbling_server_is_cut_off(lines: Lines) -> None:
    line = lines["ollama"]
    reader = ModelReader(line.model, line.name, patience=Patience(max_reply_chars=500))
    line.server.say(Reply('{"plan": "' + " " * 20_000))
    *_, reading = reader.drafts(parse(PLACE.question), PLACE.evidence)
    assert isinstance(reading, Reading) and reading.objections


def test_no_server_at_all_is_told(lines: Lines) -> None:
    for name in ("openai:x", "ollama:x"):
        model = providers.connect(name, "http://127.0.0.1:9/v1", timeout_s=1)
        reader = ModelReader(model, name, sleep=lambda seconds: None)
        with pytest.raises(ModelUnavailable, match="Start it or try again"):
            reader.read(parse(PLACE.question), PLACE.evidence)


def test_passages_that_do_not_fit_are_cut_down(lines: Lines) -> None:
    place = max(PLACES, key=lambda place: len(place.sheet.text))
    for dialect in DIALECTS:
        line = lines[dialect]
        line.renew()
        line.server.asked.clear()

        def small(asked: Asked) -> Reply:
            if len(asked.user) > 4_000:
                return Reply(status=400, error="This model's maximum context length is 1000")
            return Reply(reply(status="abstained"))

        line.server.script = small
        reader = ModelReader(line.model, line.name)
        reader.read(parse(place.question), place.evidence)
        sizes = [len(asked.user) for asked in line.server.asked]
        assert sizes == sorted(sizes, reverse=True) and sizes[-1] <= 4_000


# Streaming and mending


def test_sentences_are_shown_while_the_reply_arrives(lines: Lines) -> None:
    place, first, second = two_places()
    line, gate = lines["openai"], threading.Event()
    told = reply((first, [place.number]), (second, []))
    cut = told.index(second[:20])

    class Held(Reply):
        def pieces(self) -> Any:
            yield self.text[:cut]
            assert gate.wait(5)
            yield self.text[cut:]

    line.server.say(Held(told))
    events = line.chain.events(line.retrieved(place, place.question, parse(place.question)))
    first_shown = next(event for event in events if isinstance(event, Sentence))
    assert not gate.is_set()
    gate.set()
    *_, answer = events
    assert isinstance(answer, Answer)
    assert answer.text.startswith(first_shown.text) and len(answer.sentences) == 2


@pytest.mark.parametrize("dialect", DIALECTS)
def test_mending_keeps_what_was_shown(lines: Lines, dialect: Dialect) -> None:
    place, first, second = two_places()
    lie = ("The total was 98,765.43 trillion yuan.", [place.number])
    replies = [
        Reply(reply((first, [place.number]), lie)),
        Reply(reply(("It was {f1} zebras.", [1]))),
        Reply(reply((second, []))),
    ]
    events = lines[dialect].events(place, *replies)
    answer = events[-1]
    assert " ".join(shown(events)) == answer.text
    assert len(answer.sentences) == 2 and answer.status == "answered"
    told = lines[dialect].server.asked[1].user
    assert "They stay; do not repeat them" in told and first in told
    assert answer.usage == Usage(300, 60)


def test_a_failed_first_sentence_holds_the_others_back(lines: Lines) -> None:
    place, first, second = two_places()
    lie = ("The total was 98,765.43 trillion yuan.", [place.number])
    mended = reply((first, [place.number]), (second, []))
    told = lines["openai"]
    events = told.events(place, Reply(reply(lie, (second, []))), Reply(mended))
    assert shown(events)[0].startswith(first.split("{")[0])
    assert "They stay" not in told.server.asked[1].user


def test_what_still_fails_is_dropped_and_the_answer_is_partial(lines: Lines) -> None:
    place, first, _ = two_places()
    lie = ("The total was 98,765.43 trillion yuan.", [place.number])
    answer, told = lines["openai"].ask(place, Reply(reply((first, [place.number]), lie)))
    assert answer.status == "partial" and len(answer.sentences) == 1 and told == [answer.text]
    assert len(lines["openai"].server.asked) == 3


def test_a_server_that_dies_midway_leaves_what_was_shown(lines: Lines) -> None:
    place, first, _ = two_places()
    lie = ("The total was 98,765.43 trillion yuan.", [place.number])
    told = [Reply(reply((first, [place.number]), lie)), Reply(status=401)]
    answer, sentences = lines["anthropic"].ask(place, *told)
    assert answer.text == sentences[0] and answer.status == "partial"
    assert "Set a valid key" in (answer.note or "") and "ends early" in (answer.note or "")


def test_an_abstention_says_so_and_offers_nothing_unproven(lines: Lines) -> None:
    told = Reply(reply(status="abstained", missing="31337 zebras", nearest=[PLACE.id]))
    answer, _ = lines["openai"].ask(PLACE, told)
    assert answer.status == "abstained" and answer.reader == "openai:scripted"
    assert "zebras" not in f"{answer.text} {answer.note} {answer.nearest}"


def test_small_talk_costs_no_request(lines: Lines) -> None:
    line = lines["openai"]
    answer, _ = line.ask(PLACE, Reply(), question="Hello!")
    assert answer.reader == "extractive" and not line.server.asked and answer.note is None


def test_a_flagged_refusal_is_raised(lines: Lines) -> None:
    line = lines["openai"]
    line.server.say(Reply("", refusal=True))
    reader = ModelReader(line.model, line.name)
    with pytest.raises(ModelRefused, match="Put the question in other words"):
        reader.read(parse(PLACE.question), PLACE.evidence)


def test_callbacks_see_the_model_at_work(lines: Lines) -> None:
    seen: list[str] = []

    class Watch(BaseCallbackHandler):
        def on_chat_model_start(self, serialized: Any, messages: Any, **kwargs: Any) -> None:
            seen.append("start")

        def on_llm_new_token(self, token: Any, **kwargs: Any) -> None:
            seen.append("token")

        def on_llm_end(self, response: Any, **kwargs: Any) -> None:
            seen.append("end")

    line = lines["openai"]
    line.server.say(Reply(honest(PLACE)))
    retrieved = line.retrieved(PLACE, PLACE.question, parse(PLACE.question))
    list(line.chain.events(retrieved, {"callbacks": [Watch()]}))
    assert seen[0] == "start" and seen[-1] == "end" and "token" in seen


# Follow-ups

HISTORY = (Turn("What were exports in 2024?", "Exports came to 25.45 trillion yuan in 2024."),)


def whole(question: str, *searches: str) -> Reply:
    return Reply(json.dumps({"question": question, "searches": list(searches)}))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_follow_up_is_made_whole(lines: Lines, dialect: Dialect) -> None:
    line = lines[dialect]
    line.server.say(whole("What were imports in 2024?", "imports 2024", "China imports"))
    found = ModelReader(line.model, line.name).whole("And imports?", HISTORY)
    assert found and found.question == "What were imports in 2024?"
    assert found.searches == ("imports 2024", "China imports") and found.usage


@pytest.mark.parametrize(
    "told",
    [
        whole("Were imports 31337 in 2024?"),
        whole("What were imports?", "31337"),
        whole(""),
        Reply("And imports?"),
        Reply('{"question": 3, "searches": 3}'),
        Reply(""),
    ],
)
def test_a_follow_up_that_brings_a_number_or_nothing_is_left_to_the_rules(
    lines: Lines, told: Reply
) -> None:
    line = lines["ollama"]
    line.server.say(told)
    assert ModelReader(line.model, line.name).whole("And imports in 2024?", HISTORY) is None
