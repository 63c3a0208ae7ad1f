"""The adapters of the public sets score what they say they score."""

import lzma
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from bot.evaluation import runs, sets
from ingest import Article
from tests.benchmarks import clapnq, plain, sealed, tatqa, worlds
from tests.benchmarks.lines import Missing, public
from tests.benchmarks.worlds import Cited
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import Scripted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$12.5 million", "12500000"),
        ("15%", "15"),
        ("$12,548", "12548"),
        ("(3.1)", "3.1"),
        ("2019", "2019"),
        ("Annual basis", None),
        ("nan", None),
        ("12.5 per share", None),
    ],
)
def test_figure_of_a_public_answer(text: str, value: str | None) -> None:
    assert tatqa.figure_of(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("parts", "kind", "scale", "is_matched"),
    [
        (("25.45",), "arithmetic", "", False),
        (("25450",), "arithmetic", "billion", True),
        (("25.45 trillion",), "span", "", True),
        (("exports were",), "span", "", True),
        (("imports",), "span", "", False),
        (("25.45 trillion", "exports"), "multi-span", "", True),
    ],
)
def test_match_is_exact_with_its_scale(
    parts: tuple[str, ...], kind: str, scale: str, is_matched: bool
) -> None:
    item = tatqa.Item("Exports?", "a.txt", kind, parts, scale)
    assert tatqa.is_matched(examples.quoting(), item) is is_matched


def test_f1_counts_foreign_citations_against_precision() -> None:
    item = clapnq.Item("Q", "a.txt", examples.TEXT, tuple(examples.TEXT.split(". ")), ())
    item = clapnq.Item(item.question, "a.txt", item.text, item.sentences, item.sentences[:1])
    cited = Cited("a.txt", examples.EXPORTS.start, examples.EXPORTS.end)
    assert clapnq._f1([cited], examples.ARTICLE, item) == 1
    assert clapnq._f1([cited, Cited("b.txt", 0, 9)], examples.ARTICLE, item) == pytest.approx(2 / 3)
    assert clapnq._f1([], examples.ARTICLE, item) == 0


def test_plain_chunks_are_short_overlap_and_miss_nothing() -> None:
    text = "\n\n".join(" ".join(f"word{n}" for n in range(k, k + 90)) for k in range(12))
    found = list(plain.chunks(text + "x" * 2500))
    assert all(end - start <= plain.SIZE for start, end in found)
    assert found[0][0] == 0
    assert found[-1][1] == len(text) + 2500
    assert all(later[0] <= earlier[1] for earlier, later in pairwise(found))


def test_quote_is_located_over_line_ends() -> None:
    article = Article("a", "a", "One\ntwo  three.", (), None, None, None, None, "", "")
    assert worlds.located(article, "two three.") == (4, 15)
    assert worlds.located(article, "four") is None


def test_sample_is_the_same_every_time() -> None:
    assert worlds.sampled(range(100), 5) == worlds.sampled(range(100), 5)
    assert worlds.sampled([1, 2], None) == [1, 2]


def test_sealed_totals_tell_no_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [examples.imports(question="Secret?"), examples.case(id="mars", kind="unanswerable")]
    path = tmp_path / "my_questions.yaml.xz"
    path.write_bytes(lzma.compress(sets.dump(cases).encode()))
    replies = {"imports": examples.residual(), "mars": examples.abstention()}
    monkeypatch.setattr(sealed, "score", lambda path, corpus: runs.run(Scripted(replies), cases))
    told = "\n".join(sealed.totals(sealed.score(path, tmp_path)))
    assert "right            1.000 of    1" in told
    assert "Secret" not in told
    assert sealed._sets(tmp_path) == [path]


def test_set_that_is_not_there_is_missing() -> None:
    with pytest.raises(Missing, match="nothing is not in"):
        public("nothing")
