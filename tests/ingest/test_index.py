"""Index: brought in step with a folder, whatever happened to it; searched; sound for readers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest import index as indexes
from ingest.errors import CorpusEmpty, IndexBusy, IndexMismatch, IndexMissing
from ingest.index import Index
from ingest.syncing import Progress, SyncReport
from tests.ingest.quick import QuickEmbedding

TEXTS = {
    "ports.txt": "Ports fill up\nExports of boxes rose by 7% in 2024. The port of Ningbo led.\n",
    "rain.txt": "Rain at last\nRain fell on the fields in May. Farmers planted rice and maize.\n",
    "trains/fast.md": "# Fast trains\n\nTrains ran at 350 km/h between cities. Seats sold out.\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name, text in TEXTS.items():
        write(folder, name, text)
    return folder


@pytest.fixture
def index(corpus: Path) -> Iterator[Index]:
    with Index.open(corpus / ".quotient", corpus=corpus, embedding=QuickEmbedding()) as opened:
        yield opened


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def texts_of(index: Index) -> dict[str, str]:
    return {name: index.article(name).text for name in index.article_ids()}


def found(index: Index, query: str, **options: object) -> list[str]:
    return [p.article_id for p, _ in index.search(query, **options)]  # type: ignore[arg-type]


def assert_sound(index: Index, corpus: Path) -> None:
    """The index holds the folder's articles, each passage once, and nothing else."""
    expected = {
        p.relative_to(corpus).as_posix()
        for p in corpus.rglob("*")
        if p.is_file() and ".quotient" not in p.parts
    }
    assert set(index.article_ids()) == expected
    store = index._store
    stored = store.passages.get(include=[])["ids"]
    wanted = [
        f"{live.version}:{i}" for live in index.lives().values() for i in range(live.n_passages)
    ]
    assert sorted(stored) == sorted(wanted)
    for name in expected:
        article = index.article(name)
        assert article.text.split() == (corpus / name).read_text(encoding="utf-8").split() or (
            name.endswith(".md")
        )
        assert all(p.end <= len(article.text) for p in index.passages(name))
        best = index.search(article.text[:200], 3)
        assert name in [p.article_id for p, _ in best]


def test_first_sync_adds_everything(index: Index, corpus: Path) -> None:
    report = index.sync(corpus)
    assert report.added == tuple(sorted(TEXTS)) and report.exit_code == 0
    assert_sound(index, corpus)
    assert found(index, "rice and maize", k=1) == ["rain.txt"]
    assert index.generation == report.generation > 0


def test_a_second_sync_embeds_nothing(index: Index, corpus: Path) -> None:
    first = index.sync(corpus)
    second = index.sync(corpus)
    assert second.unchanged == tuple(sorted(TEXTS)) and not second.is_changed
    assert (second.n_embedded, second.generation) == (0, first.generation)


def test_changed_removed_added_and_moved(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    write(corpus, "rain.txt", "No rain\nIt stayed dry in May. Wells ran low.\n")
    (corpus / "ports.txt").unlink()
    (corpus / "trains/fast.md").rename(corpus / "quick.md")
    write(corpus, "new.txt", "Wine sells\nBottles of wine sold well in autumn.\n")
    assert index.is_stale(corpus)
    report = index.sync(corpus)
    assert report == SyncReport(
        added=("new.txt",),
        changed=("rain.txt",),
        removed=("ports.txt",),
        moved=(("trains/fast.md", "quick.md"),),
        chars=report.chars,
        n_embedded=report.n_embedded,
        seconds=report.seconds,
        generation=report.generation,
    )
    assert_sound(index, corpus)
    assert not index.is_stale(corpus)
    assert found(index, "wells ran low", k=1) == ["rain.txt"]
    assert "ports.txt" not in found(index, "exports of boxes Ningbo", k=8)


def test_a_moved_article_is_not_embedded_again(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    (corpus / "rain.txt").rename(corpus / "water.txt")
    assert index.sync(corpus).n_embedded == 0


def test_a_copied_text_is_embedded_once(index: Index, corpus: Path) -> None:
    write(corpus, "copy.txt", TEXTS["rain.txt"])
    report = index.sync(corpus)
    assert report.n_embedded == 3 and len(report.added) == 4


def test_a_bad_file_is_named_and_the_rest_goes_on(index: Index, corpus: Path) -> None:
    (corpus / "bad.pdf").write_bytes(b"no pdf at all")
    (corpus / "empty.txt").write_bytes(b"")
    report = index.sync(corpus)
    assert {error.article_id for error in report.failed} == {"bad.pdf", "empty.txt"}
    assert report.added == tuple(sorted(TEXTS)) and report.exit_code == 1


def test_an_article_that_turned_unreadable_is_kept(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    (corpus / "rain.txt").write_bytes(b"\x00\x01\x02" * 100)
    report = index.sync(corpus)
    assert [error.article_id for error in report.failed] == ["rain.txt"]
    assert "rain.txt" in index.article_ids()


def test_only_the_named_files_are_synced(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    write(corpus, "rain.txt", "Snow\nSnow fell.\n")
    write(corpus, "ports.txt", "Boats\nBoats sank.\n")
    report = index.sync(corpus, only=[corpus / "rain.txt"])
    assert (report.changed, report.removed) == (("rain.txt",), ())
    assert "Exports" in index.article("ports.txt").text


def test_a_search_may_keep_to_articles(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    assert set(found(index, "rain in May", article="ports.txt")) == {"ports.txt"}
    both = found(index, "rain in May", article=["ports.txt", "rain.txt"])
    assert set(both) == {"ports.txt", "rain.txt"} and both[0] == "rain.txt"
    assert found(index, "rain in May", article="none.txt") == []


def test_figures_and_sentences_come_back(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    article = index.article("rain.txt")
    spans = [article.text[s.start : s.end] for s in index.sentences("rain.txt")]
    assert spans[0] == "Rain at last" and spans[-1] == "Farmers planted rice and maize."
    assert all(f.article_id == "ports.txt" for f in index.figures("ports.txt"))


def test_another_reader_sees_the_new_generation(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    with Index.open(corpus / ".quotient", embedding=QuickEmbedding()) as reader:
        assert found(reader, "rice", k=1) == ["rain.txt"]
        write(corpus, "rain.txt", "Snow\nSnow fell on the hills.\n")
        index.sync(corpus)
        assert found(reader, "snow on the hills", k=1) == ["rain.txt"]
        assert "Snow" in reader.article("rain.txt").text


def test_a_missing_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        Index.open(tmp_path / "none")


def test_an_empty_corpus_says_so(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    opened = Index.open(tmp_path / "index", corpus=tmp_path / "corpus", embedding=QuickEmbedding())
    with opened, pytest.raises(CorpusEmpty):
        opened.sync(tmp_path / "corpus")


def test_an_index_keeps_to_its_corpus_and_model(index: Index, corpus: Path, tmp_path: Path) -> None:
    index.sync(corpus)
    (tmp_path / "other").mkdir()
    with pytest.raises(IndexMismatch, match="corpus"):
        Index.open(corpus / ".quotient", corpus=tmp_path / "other", embedding=QuickEmbedding())
    other = QuickEmbedding()
    other.model = "other"
    with pytest.raises(IndexMismatch, match="model"):
        Index.open(corpus / ".quotient", corpus=corpus, embedding=other)


def test_corpus_and_index_may_move_together(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    index.close()
    moved = corpus.rename(corpus.parent / "elsewhere")
    with Index.open(moved / ".quotient", corpus=moved, embedding=QuickEmbedding()) as again:
        assert again.corpus == moved.resolve()
        assert again.sync(moved).unchanged == tuple(sorted(TEXTS))


def test_a_second_writer_is_told(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "LOCK_TIMEOUT_S", 0.1)
    held = "import sys, time, filelock\nwith filelock.FileLock(sys.argv[1]):\n"
    held += " print(1, flush=True); time.sleep(60)"
    command = [sys.executable, "-c", held, str(corpus / ".quotient" / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        with pytest.raises(IndexBusy):
            index.sync(corpus)
        other.kill()
    assert index.sync(corpus).added


def test_the_cache_may_go_at_any_time(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    before = index.search("rice and maize", 3)
    index.close()
    for path in sorted((corpus / ".quotient/cache").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    with Index.open(corpus / ".quotient", embedding=QuickEmbedding()) as again:
        after = again.search("rice and maize", 3)
        assert after[0][0] == before[0][0]
        assert after[0][1] == pytest.approx(before[0][1], abs=0.02)


OLDER = """
CREATE TABLE older (key BLOB PRIMARY KEY, vector BLOB, parts BLOB) WITHOUT ROWID;
INSERT INTO older SELECT key, vector, parts FROM vectors;
DROP TABLE vectors;
ALTER TABLE older RENAME TO vectors;
DROP TABLE outlines;
PRAGMA user_version = 0;
"""


def test_the_cache_of_an_older_version_is_read_on(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    before = index.rank("rice and maize", 3)
    index.close()
    with closing(sqlite3.connect(corpus / ".quotient/cache/vectors.sqlite")) as cache:
        cache.executescript(OLDER)
    embedding = QuickEmbedding()
    with Index.open(corpus / ".quotient", embedding=embedding) as again:
        assert again.rank("rice and maize", 3) == before
        assert embedding.n_texts == 0


def test_an_outline_that_was_lost_is_made_anew(index: Index, corpus: Path) -> None:
    index.sync(corpus)
    before = index.rank("rice and maize", 3)
    with closing(sqlite3.connect(corpus / ".quotient/cache/vectors.sqlite")) as cache, cache:
        cache.execute("DELETE FROM outlines")
    assert index.rank("rice and maize", 3) == before


def test_the_graph_finds_what_exact_search_finds(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync(corpus)
    exact = index.search("fast trains between the cities", 3)
    monkeypatch.setattr(indexes, "EXACT_PASSAGES", 0)
    with Index.open(corpus / ".quotient", embedding=QuickEmbedding()) as large:
        near = large.search("fast trains between the cities", 3)
        assert [p for p, _ in near] == [p for p, _ in exact]
        only = large.search("fast trains", 3, article="rain.txt")
        assert {p.article_id for p, _ in only} == {"rain.txt"}


def test_progress_is_told(index: Index, corpus: Path) -> None:
    steps: list[Progress] = []
    index.sync(corpus, progress=steps.append)
    assert [s.done for s in steps] == [1, 2, 3] and steps[-1].left_s == 0
    assert {s.total for s in steps} == {3} and steps[-1].chars > 0


def test_texts_beside_the_passages_are_embedded_once(corpus: Path) -> None:
    embedding = QuickEmbedding()
    several = ["Exports rose.", "Rain fell.", "Exports rose."]
    with Index.open(corpus / ".quotient", corpus=corpus, embedding=embedding) as index:
        first = index.embed(several)
        n_texts = embedding.n_texts
        assert (index.embed([*several, "Seats sold out."])[:3] == first).all()
        assert embedding.n_texts == n_texts + 1
