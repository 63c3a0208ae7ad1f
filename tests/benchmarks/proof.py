"""How long the proof takes, and what it catches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from bot.drafts import Draft, DraftSentence
from bot.questions import Query
from tests.benchmarks.lines import Line
from tests.bot import test_mutations
from tests.bot.true_drafts import TrueDraft, by_hand, world

N_SENTENCES = 10
N_REPEATS = 30


def measure(sample: int | None) -> Iterator[Line]:
    """The whole check of an answer of ten sentences, then the mutation suite."""
    yield Line(
        work="proof",
        figure=f"check of {N_SENTENCES} sentences, ms (median; aim: under 5)",
        ours=f"{check_ms():.1f}",
    )
    tried = test_mutations.all_mutants()
    tried = tried[:: max(1, len(tried) // sample)] if sample else tried
    lost = test_mutations.missed(tried)
    caught = 100 * (1 - len(lost) / len(tried))
    yield Line(work="proof", figure=f"of {len(tried)} mutants caught, %", ours=f"{caught:.2f}")
    drafts = test_mutations.true_drafts()
    harmed = 100 * len(test_mutations.harmed(drafts)) / len(drafts)
    yield Line(work="proof", figure=f"of {len(drafts)} true drafts harmed, %", ours=f"{harmed:.2f}")


def check_ms() -> float:
    """Milliseconds of processor time of one check, the first left out."""
    draft, query = ten_sentences()
    world().check(draft, query)
    times = []
    for _ in range(N_REPEATS):
        started = time.process_time()
        world().check(draft, query)
        times.append(time.process_time() - started)
    return sorted(times)[N_REPEATS // 2] * 1000


def ten_sentences() -> tuple[Draft, Query]:
    """Ten sentences of the drafts by hand as one answer, slots and sources renamed."""
    chosen = by_hand()[:N_SENTENCES]
    sentences: list[DraftSentence] = []
    whole = Draft("answered", ())
    for n, one in enumerate(chosen):
        renamed = _renamed(one, n, len(whole.sources))
        sentences += renamed.sentences
        whole = replace(
            whole,
            sources=whole.sources + renamed.sources,
            figures={**whole.figures, **renamed.figures},
            steps=whole.steps + renamed.steps,
        )
    return replace(whole, sentences=tuple(sentences)), chosen[0].query


def _renamed(one: TrueDraft, n: int, n_before: int) -> Draft:
    ids = {
        id: f"{id[0]}{n}{id[1:]}" for id in (*one.draft.figures, *(s.id for s in one.draft.steps))
    }
    text = one.draft.sentences[0].text
    for old, new in ids.items():
        text = text.replace(f"{{{old}}}", f"{{{new}}}")
    for number in range(len(one.draft.sources), 0, -1):
        text = text.replace(f"[{number}]", f"[{number + n_before}]")
    return replace(
        one.draft,
        sentences=(replace(one.draft.sentences[0], text=text),),
        figures={ids[id]: figure for id, figure in one.draft.figures.items()},
        steps=tuple(
            replace(s, id=ids[s.id], operands=tuple(ids[o] for o in s.operands))
            for s in one.draft.steps
        ),
    )
