"""A chain whose model is a scripted server."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from bot import questions
from bot.answers import Answer
from bot.chain import AnswerChain, Retrieved, Understood
from bot.chain import Asked as Question
from bot.events import Event, Sentence
from bot.questions import Query
from bot.readers import providers
from bot.readers.extractive import ExtractiveReader
from bot.readers.model import ModelReader, Patience
from tests.bot.readers import exchanges
from tests.bot.readers.exchanges import Place
from tests.bot.readers.servers import Dialect, Reply, Server

KEY = "sk-do-not-show-me-0123456789"


class Line:
    """A chain whose model is a scripted server, reached through the provider's own client."""

    def __init__(self, dialect: Dialect) -> None:
        self.server = Server(dialect)
        self.slept: list[float] = []
        self.name = f"{dialect}:scripted"
        self.model = providers.connect(self.name, self.server.url, timeout_s=10)
        self.renew()

    def renew(self) -> None:
        """A reader that has not learnt anything of its server yet."""
        reader = ModelReader(
            self.model, self.name, sleep=self.slept.append, patience=Patience(deadline_s=20)
        )
        index: Any = SimpleNamespace(figures=lambda id: list(exchanges.library()[id][2]))
        self.chain = AnswerChain(index, ExtractiveReader(), reader)

    def close(self) -> None:
        self.server.close()
        self.hang_up(self.model)

    @staticmethod
    def hang_up(model: Any) -> None:
        """Close the connections of the provider's client."""
        for part in ("root_client", "_client", "_client"):
            model = getattr(model, part, model)
        model.close()

    def events(self, place: Place, *replies: Reply, question: str = "") -> list[Event]:
        """All that happens on the way to the answer, which is the last."""
        self.server.say(*replies)
        self.slept.clear()
        asked = question or place.question
        return list(self.chain.events(self.retrieved(place, asked, questions.parse(asked))))

    @staticmethod
    def retrieved(place: Place, asked: str, query: Query) -> Retrieved:
        """The first half's result, made by hand."""
        return Retrieved(Understood(Question(asked), query), place.evidence)

    def ask(self, place: Place, *replies: Reply, question: str = "") -> tuple[Answer, list[str]]:
        """The answer, and the sentences that were shown before it."""
        *events, answer = self.events(place, *replies, question=question)
        assert isinstance(answer, Answer)
        return answer, [event.text for event in events if isinstance(event, Sentence)]
