"""A real bot over two small articles, evaluated from the question to the report."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chain import Bot
from bot.evaluation import assessment, bots, sets
from bot.evaluation.assessment import Work
from bot.settings import Settings
from ingest.embedding import load
from ingest.index import Index
from tests.bot.evaluation.examples import case

TEXT = "Harvest report\n\nKappa harvested 120 tonnes of apples in 2023.\n"
CITE = [{"article": "harvest.txt", "text": "Kappa harvested 120 tonnes of apples in 2023."}]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bot, Work]]:
    folder = tmp_path_factory.mktemp("evaluated")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    settings.corpus.mkdir()
    (settings.corpus / "harvest.txt").write_text(TEXT, encoding="utf-8")
    embedding = load()
    with Index.open(folder / "index", corpus=settings.corpus, embedding=embedding) as index:
        index.sync(settings.corpus)
    cases = [
        case(id="apples", kind="quoted", question="How many tonnes of apples did Kappa harvest?",
             cite=CITE),
        case(id="again", kind="followup", history=["What did Kappa harvest in 2023?"],
             question="How many tonnes?", cite=CITE),
        case(id="mars", kind="unanswerable", question="How deep is the Pacific Ocean?"),
    ]  # fmt: skip
    path = folder / "set.yaml"
    path.write_text(sets.dump(cases), encoding="utf-8")
    bot = Bot.open(settings, embedding)
    yield bot, Work(
        questions=path, runs=folder / "runs", settings=bots.described(settings),
        fingerprint=bots.fingerprint(bot), report=folder / "report",
    )  # fmt: skip
    bot.close()


def test_bot_is_evaluated(work: tuple[Bot, Work]) -> None:
    done = assessment.evaluate(bots.BotRespondent(work[0]), work[1])
    run = done.run
    assert run.rate("quotes exact") == run.rate("numbers proven") == 1
    assert run.rate("recall at 5") == 1
    assert run.by_id("cited")["apples"] == 1
    assert run.by_id("declined") == {"mars": 1}
    assert (work[1].report or Path()).joinpath("report.html").is_file()


def test_abstention_switched_off_is_caught(
    work: tuple[Bot, Work], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A deliberate regression: whatever is found is passed off as the answer."""
    bot, before = work
    cases = [
        case(id=f"sea-{n}", kind="unanswerable", question=f"How deep is the sea off {place}?")
        for n, place in enumerate(("Oslo", "Lima", "Perth", "Accra", "Osaka", "Cork", "Split"))
    ]
    path = tmp_path / "set.yaml"
    path.write_text(sets.dump(cases), encoding="utf-8")
    before = replace(before, questions=path, report=tmp_path / "before")
    assert assessment.evaluate(bots.BotRespondent(bot), before).run.rate("declined") == 1
    respond = bots.BotRespondent.respond

    def never_abstain(self: bots.BotRespondent, case: sets.Case) -> bots.Reply:
        reply = respond(self, case)
        return replace(reply, answer=replace(reply.answer, status="answered"))

    monkeypatch.setattr(bots.BotRespondent, "respond", never_abstain)
    after = replace(before, report=None, baseline=tmp_path / "before")
    done = assessment.evaluate(bots.BotRespondent(bot), after)
    (fall,) = done.falls
    assert not done.is_passed
    assert fall.check == "declined"
    assert fall.change.worse == tuple(case.id for case in cases)


def test_fingerprint_tells_the_articles_apart(work: tuple[Bot, Work]) -> None:
    assert len(bots.fingerprint(work[0])) == 16
    assert bots.described(Settings(model="openai:x"))["model"] == "openai:x"
