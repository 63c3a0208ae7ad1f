"""CLAPNQ: real search questions, half of which their passages do not answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from bot.chain import Asked, Bot, Retrieved
from bot.evaluation.statistics import auroc
from ingest import Article
from tests.benchmarks import worlds
from tests.benchmarks.lines import Line, public
from tests.benchmarks.plain import Tutorial
from tests.benchmarks.worlds import Cited

PLAIN = "nearest sentence of the nearest 1000/200 chunk"
# Of the answerable questions, so many are let through.
KEPT = 0.95


@dataclass(frozen=True, slots=True)
class Item:
    """A question, its passage as an article, and the sentences of it that answer (or none)."""

    question: str
    article: str
    text: str
    sentences: tuple[str, ...]
    marked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """How one question was answered: at all, the right passage cited, F1 of sentences, how sure.

    chance: the highest that the tagger gives a line of being cited
    """

    is_answered: bool
    is_right_passage: bool
    f1: float
    confidence: float
    chance: float = 0.0


def measure(sample: int | None) -> Iterable[Line]:
    half = sample // 2 if sample else None
    answerable = worlds.sampled(_items("clapnq_dev_half_answerable.jsonl"), half)
    unanswerable = worlds.sampled(_items("clapnq_dev_half_unanswerable.jsonl"), half)
    texts = {item.article: item.text for item in (*answerable, *unanswerable)}
    with worlds.bot_over(texts) as bot:
        articles = {name: bot.index.article(name) for name in bot.index.article_ids()}
        ours = [[_asked(bot, articles, i) for i in half] for half in (answerable, unanswerable)]
    plain_bot = Tutorial(articles)
    plain = [
        [_plainly(plain_bot, articles, i) for i in half] for half in (answerable, unanswerable)
    ]
    yield from _lines(ours, plain, f"CLAPNQ, {len(texts)} passages in one corpus")


def _lines(
    ours: Sequence[Sequence[Scored]], plain: Sequence[Sequence[Scored]], work: str
) -> Iterator[Line]:
    yield Line(
        work, "right passage cited", *(worlds.percent([s.is_right_passage for s in half[0]])
                                       for half in (ours, plain)), PLAIN,
    )  # fmt: skip
    yield Line(
        work, "F1 of cited against marked sentences",
        *(f"{fmean(s.f1 for s in half[0]) * 100:.1f}%" for half in (ours, plain)), PLAIN,
    )  # fmt: skip
    yield Line(
        work, "AUROC, answerable against not", *(f"{_auroc(half):.3f}" for half in (ours, plain)),
        "score of the nearest chunk",
    )  # fmt: skip
    kept, given = (fmean(s.is_answered for s in half) * 100 for half in ours)
    yield Line(
        work, "answered, of the answerable / of the others", f"{kept:.1f}% / {given:.1f}%",
        "100% / 100%", "never abstains",
    )  # fmt: skip

    yield Line(
        work, f"as above, by the chance of the best line that lets {KEPT:.0%} of one half through",
        _calibrated(ours), "", "on the other half, with the share of answers that rest on nothing",
    )  # fmt: skip


def _calibrated(ours: Sequence[Sequence[Scored]]) -> str:
    """Risk against coverage: the threshold by every other question, told on the others."""
    chances = sorted(s.chance for s in ours[0][::2])
    threshold = chances[int(len(chances) * (1 - KEPT))]
    through = [[s for s in half[1::2] if s.chance >= threshold] for half in ours]
    kept, given = (len(some) / len(half[1::2]) for some, half in zip(through, ours, strict=True))
    n_wrong = sum(not s.is_right_passage for s in through[0]) + len(through[1])
    risk = n_wrong / max(1, sum(map(len, through)))
    return f"{kept:.1%} / {given:.1%}, {risk:.1%} (chance {threshold:.2f})"


def _auroc(halves: Sequence[Sequence[Scored]]) -> float:
    answerable, others = ([s.confidence for s in half] for half in halves)
    return auroc(answerable, others) or 0.0


def _items(name: str) -> list[Item]:
    lines = public(name).read_text(encoding="utf-8").splitlines()
    return [_item(json.loads(line)) for line in lines]


def _item(row: Mapping[str, object]) -> Item:
    (passage,) = row["passages"]  # type: ignore[misc, attr-defined]
    marked = [sentence for out in row["output"] for sentence in out["selected_sentences"]]  # type: ignore[attr-defined]
    text = f"{passage['title']}\n\n{passage['text']}\n"
    return Item(
        str(row["input"]), f"{row['id']}.txt", text, tuple(passage["sentences"]), tuple(marked)
    )


def _asked(bot: Bot, articles: Mapping[str, Article], item: Item) -> Scored:
    """How sure: the score of the best sentence found, all abstentions below all answers."""
    retrieved = bot.chain.retrieve(Asked(item.question))
    answer = bot.chain.answer(retrieved)
    best = retrieved.evidence.sentences[0].score if retrieved.evidence.sentences else 0.0
    is_answered = answer.status != "abstained"
    sure = is_answered * 1e3 + best
    scored = _scored(worlds.citations(answer), articles, item, is_answered, sure)
    return replace(scored, chance=_chance(bot, retrieved))


def _chance(bot: Bot, retrieved: Retrieved) -> float:
    desk = bot.chain.extractive.tagged(retrieved.query, retrieved.evidence)
    return max(desk.tags.lines.values(), default=0.0) if desk.tags else 0.0


def _plainly(tutorial: Tutorial, articles: Mapping[str, Article], item: Item) -> Scored:
    answer = tutorial.answer(item.question)
    return _scored([answer.cited], articles, item, True, answer.score)


def _scored(
    cited: Sequence[Cited],
    articles: Mapping[str, Article],
    item: Item,
    is_answered: bool,
    confidence: float,
) -> Scored:
    is_right = any(each.article_id == item.article for each in cited)
    f1 = _f1(cited, articles[item.article], item)
    return Scored(is_answered, is_right, f1, confidence)


def _f1(cited: Sequence[Cited], article: Article, item: Item) -> float:
    """Over the set's own sentences; a citation of another passage counts against precision."""
    marked = set(item.marked)
    taken = set()
    for sentence in item.sentences:
        span = worlds.located(article, sentence)
        if span and any(c.article_id == article.id and worlds.overlaps(c, *span) for c in cited):
            taken.add(sentence)
    n_foreign = sum(each.article_id != article.id for each in cited)
    right = len(taken & marked)
    return 2 * right / (len(taken) + n_foreign + len(marked)) if right else 0.0
