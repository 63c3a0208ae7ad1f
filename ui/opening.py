"""A bot that is ready to be asked: its index built when missing, a changed folder told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import Settings
from ingest.errors import CorpusMissing, IndexMissing
from ui import terminal

if TYPE_CHECKING:
    from bot.chain import Bot


def open_bot(settings: Settings) -> Bot:
    """Open the bot; builds a missing index first and warns when the corpus has changed since."""
    from bot.chain import Bot
    from ui.syncing import load_embedding

    embedding = load_embedding(settings)
    try:
        bot = Bot.open(settings, embedding)
    except IndexMissing:
        build(settings)
        return Bot.open(settings, embedding)
    if not bot.index.generation:
        bot.close()
        build(settings)
        return Bot.open(settings, embedding)
    _warn_if_stale(bot)
    return bot


def _warn_if_stale(bot: Bot) -> None:
    folder = bot.index.corpus
    if folder is not None and folder.is_dir() and bot.index.is_stale(folder):
        terminal.warning(
            f"{folder} has changed since it was read. "
            "Run `quotient ingest` to bring the index up to date."
        )


def build(settings: Settings) -> None:
    """Make the index of a corpus that has none yet, with progress on stderr."""
    from ui import syncing

    if not settings.corpus.is_dir():
        raise CorpusMissing(settings.corpus)
    terminal.note(f"There is no index yet; reading {settings.corpus} first.")
    syncing.sync(syncing.Order(settings))
