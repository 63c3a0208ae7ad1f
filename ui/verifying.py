"""A saved answer checked again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from ingest.errors import CorpusMissing
from ui import terminal
from ui.asking import read_text

if TYPE_CHECKING:
    from bot.verification import Verification

_VERDICTS = {
    "true": "True: every quote is found, every figure reads so, the arithmetic comes out.",
    "stale": "The article has changed since this answer was given.",
    "false": "False: this answer does not hold.",
}


def verify(settings: Settings, path: Path) -> Verification:
    """Check a saved answer, or an export of several, against the corpus; raises AnswerMalformed."""
    from bot import exports, verification

    text = read_text(path)
    if not settings.corpus.is_dir():
        raise CorpusMissing(settings.corpus)
    return verification.verify(exports.load(text), settings.corpus)


def show(found: Verification) -> None:
    """Write the verdict and why."""
    terminal.result(_VERDICTS[found.state])
    for finding in found.findings:
        terminal.result(f"- {terminal.inert(finding)}")
