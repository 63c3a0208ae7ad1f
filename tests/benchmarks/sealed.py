"""`python -m tests.benchmarks.sealed SET CORPUS`: score a sealed set, telling totals alone.

SET is a set's .yaml.xz, or a folder of them. Nothing of a question, an answer or a failure is
shown, so that nothing can be fitted to them.
"""

from __future__ import annotations

import argparse
import lzma
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.chain import Bot
from bot.evaluation import bots, runs, sets
from bot.evaluation.runs import Run
from bot.evaluation.summaries import rates, times
from bot.settings import Settings
from ingest.index import Index
from tests.benchmarks.worlds import embedding

SHOWN = ("right", "right and cited", "cited", "quotes exact", "numbers proven", "digits honest",
         "declined", "attempted", "recall at 10")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path, help="a .yaml.xz, or a folder of them")
    parser.add_argument("corpus", type=Path, help="folder of the articles asked about")
    given = parser.parse_args(arguments)
    for path in _sets(given.set):
        sys.stdout.write(f"\n{path.name}\n" + "\n".join(totals(score(path, given.corpus))) + "\n")


def score(path: Path, corpus: Path) -> Run:
    """Answer and check a sealed set over a corpus, in a folder that is gone afterwards."""
    cases = sets.parse(lzma.decompress(path.read_bytes()).decode(), Path(path.stem))
    with tempfile.TemporaryDirectory(prefix="quotient-sealed-") as folder:
        settings = Settings(corpus=corpus, index=Path(folder, "index"))
        with Index.open(settings.index_folder, corpus=corpus, embedding=embedding()) as index:
            index.sync(corpus)
        bot = Bot.open(settings, embedding())
        try:
            return runs.run(bots.BotRespondent(bot), cases)
        finally:
            bot.close()


def totals(run: Run) -> Iterator[str]:
    """Rates of the checks, whole and by kind; no question."""
    for rate in rates(run):
        if rate.check in SHOWN:
            kinds = ", ".join(f"{kind} {each.mean:.3f}" for kind, each in rate.kinds.items())
            yield f"  {rate.check:16} {rate.interval.mean:.3f} of {rate.n:4}   {kinds}"
    if seconds := times(run):
        yield f"  seconds          p50 {seconds[0]:.3f}, p95 {seconds[1]:.3f}"


def _sets(path: Path) -> list[Path]:
    return sorted(path.glob("*questions.yaml.xz")) if path.is_dir() else [path]


if __name__ == "__main__":
    main()
