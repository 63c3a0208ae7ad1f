"""XQuAD (English): which of many articles' sentences answers, and is it cited?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from ingest import Article
from tests.benchmarks import worlds
from tests.benchmarks.lines import Line, public
from tests.benchmarks.plain import Tutorial
from tests.benchmarks.worlds import Cited

PLAIN = "nearest sentence of the nearest 1000/200 chunk"


@dataclass(frozen=True, slots=True)
class Item:
    """A question and its answer, which stands `offset` characters into a paragraph."""

    question: str
    answer: str
    article: str
    paragraph: str
    offset: int


def measure(sample: int | None) -> Iterable[Line]:
    texts, items = _load()
    asked = worlds.sampled(items, sample)
    with worlds.bot_over(texts) as bot:
        articles = {name: bot.index.article(name) for name in bot.index.article_ids()}
        answers = [bot.ask(item.question) for item in asked]
    tutorial = Tutorial(articles)
    plain = [tutorial.answer(item.question) for item in asked]
    work = f"XQuAD, {len(asked)} questions over {len(texts)} articles"
    ours = [worlds.citations(answer) for answer in answers]
    theirs = [[answer.cited] for answer in plain]
    pairs = list(zip(asked, ours, theirs, strict=True))
    yield Line(
        work, "gold sentence among those cited",
        worlds.percent([_is_gold(own, item, articles) for item, own, _ in pairs]),
        worlds.percent([_is_gold(other, item, articles) for item, _, other in pairs]), PLAIN,
    )  # fmt: skip
    yield Line(
        work, "answer's words in the answer",
        worlds.percent([
            _is_said(a.text, i) and a.status != "abstained"
            for i, a in zip(asked, answers, strict=True)
        ]),
        worlds.percent([_is_said(a.text, i) for i, a in zip(asked, plain, strict=True)]), PLAIN,
    )  # fmt: skip
    n_cited = sum(map(len, ours)) / max(1, sum(map(bool, ours)))
    n_declined = sum(answer.status == "abstained" for answer in answers)
    yield Line(
        work, "sentences cited an answer", f"{n_cited:.2f}", "1.00", PLAIN,
        f"{n_declined} of {len(asked)} declined",
    )  # fmt: skip


def _load() -> tuple[dict[str, str], list[Item]]:
    data = json.loads(public("xquad_en.json").read_text(encoding="utf-8"))["data"]
    texts, items = {}, []
    for number, article in enumerate(data):
        name = f"article-{number:02}.txt"
        paragraphs = [p["context"].replace("\n", " ").strip() for p in article["paragraphs"]]
        texts[name] = "\n\n".join(paragraphs) + "\n"
        for paragraph, whole in zip(article["paragraphs"], paragraphs, strict=True):
            shift = len(paragraph["context"]) - len(paragraph["context"].lstrip())
            for qa in paragraph["qas"]:
                gold = qa["answers"][0]
                start = gold["answer_start"] - shift
                items.append(Item(qa["question"], gold["text"], name, whole, start))
    return texts, items


def _is_gold(cited: list[Cited], item: Item, articles: dict[str, Article]) -> bool:
    """Whether a cited span holds the answer where the set marks it."""
    article = articles[item.article]
    paragraph = worlds.located(article, item.paragraph)
    if paragraph is None:
        return False
    start = paragraph[0] + item.offset
    end = start + len(item.answer)
    return any(
        c.article_id == item.article and c.start <= start and end <= c.end + 1 for c in cited
    )


def _is_said(text: str, item: Item) -> bool:
    return _plain(item.answer) in _plain(text)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
