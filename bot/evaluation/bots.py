"""Bots as respondents, and what a run is to know of them."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.chain import Asked, Bot
from bot.evaluation.respondents import Reply
from bot.evaluation.sets import Case
from bot.settings import Settings


class BotRespondent:
    """A bot; an earlier turn is answered first, as in a conversation."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.articles = {name: bot.index.article(name) for name in bot.index.article_ids()}

    def respond(self, case: Case) -> Reply:
        """Answer a case; the evidence is what the reader was given."""
        asked = Asked(case.question, self._bot.turns(case.history))
        retrieved = self._bot.chain.retrieve(asked)
        return Reply(self._bot.chain.answer(retrieved), retrieved.evidence)


def fingerprint(bot: Bot) -> str:
    """Of the embedding and of every article as it was read."""
    digest = hashlib.sha256(bot.index.embedding.fingerprint.encode())
    for name in sorted(bot.index.article_ids()):
        digest.update(f"\0{name}\0{bot.index.article(name).sha256}".encode())
    return digest.hexdigest()[:16]


def described(settings: Settings) -> dict[str, Any]:
    """The settings that decide what is answered; no key, no address with one in it."""
    return {
        "corpus": str(settings.corpus),
        "model": settings.model,
        "embedding": settings.embedding,
    }
