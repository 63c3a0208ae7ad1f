"""Questions from the command line: one, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.errors import BotError, HistoryMalformed, QuestionEmpty
from bot.settings import Settings
from ingest.errors import IngestError
from ui import terminal
from ui.errors import ArticleUnknown, FileUnusable, UiError

if TYPE_CHECKING:
    from bot.answers import Answer
    from bot.chain import Bot

STDIN = Path("-")


def ask(
    settings: Settings, question: str, history: Path | None = None, article: str | None = None
) -> Answer:
    """Answer one question; `history` is a JSON file of earlier turns."""
    from ui.opening import open_bot

    if not question.strip():
        raise QuestionEmpty
    turns = read_history(history) if history else []
    with closing(open_bot(settings)) as bot:
        check_article(bot, article)
        return bot.ask(question, turns, article=article)


def as_json(answer: Answer, indent: int | None = None) -> str:
    """The answer as DESIGN's contract; one line unless indented."""
    from bot.answers import to_json

    return json.dumps(to_json(answer), ensure_ascii=False, indent=indent, allow_nan=False)


def check_article(bot: Bot, article: str | None) -> None:
    """Raise ArticleUnknown unless `article` is None or in the index."""
    if article is not None and article not in (known := bot.index.article_ids()):
        raise ArticleUnknown(article, sorted(known))


def read_history(path: Path) -> list[Any]:
    """The turns in a JSON file; raises HistoryMalformed, FileUnusable."""
    try:
        turns = json.loads(read_text(path))
    except ValueError as error:
        raise HistoryMalformed(f"{path} is not JSON ({error})") from error
    if not isinstance(turns, list):
        raise HistoryMalformed(f"{path} holds no list")
    return turns


def read_text(path: Path) -> str:
    """A text file, or the standard input for "-"; raises FileUnusable."""
    try:
        data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnusable(path, "it is not UTF-8 text") from error
    except OSError as error:
        raise FileUnusable(path, f"it cannot be read ({error.strerror})") from error


def answer_lines(settings: Settings, questions: Path) -> bool:
    """Write one JSON line for each line of `questions`; False if one of them failed."""
    from ui.opening import open_bot

    clean = True
    with _opened(questions) as lines, closing(open_bot(settings)) as bot:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            written, ok = _answer_line(bot, number, line)
            terminal.result(written)
            clean = clean and ok
    return clean


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The lines of a file, or of the standard input for "-"; raises FileUnusable at once."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        raise FileUnusable(path, f"it cannot be read ({error.strerror})") from error
    with stream:
        yield stream


def _answer_line(bot: Bot, number: int, line: bytes) -> tuple[str, bool]:
    from bot.answers import to_json

    id = None
    try:
        asked = _parse_line(line)
        id = asked.get("id")
        _check_line(asked)
        article = asked.get("article")
        check_article(bot, article)
        answer = bot.ask(asked["question"], asked.get("history") or [], article=article)
    except (BotError, IngestError, UiError, ValueError) as error:
        failure = {"id": id, "line": number, "error": f"line {number}: {error}"}
        return json.dumps(failure, ensure_ascii=False), False
    return json.dumps({**to_json(answer), "id": id}, ensure_ascii=False), True


def _parse_line(line: bytes) -> dict[str, Any]:
    """The object of a line; raises ValueError with the reason."""
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:
        raise ValueError(f"it is not JSON ({error})") from error
    if not isinstance(asked, dict):
        raise ValueError('it is not an object such as {"id": ..., "question": ...}')
    return asked


def _check_line(asked: Mapping[str, Any]) -> None:
    """Raise ValueError or HistoryMalformed unless the line asks a question."""
    if not isinstance(asked.get("question"), str):
        raise ValueError("it holds no 'question' text")
    if not isinstance(asked.get("article", ""), str | None):
        raise ValueError("its 'article' is no text")
    if not isinstance(asked.get("history", []), list | None):
        raise HistoryMalformed("it is not a list")
