"""Embedding: the real model by the quick way and the slow one, and other embeddings made to fit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest import acceleration, embedding
from ingest.embedding import LocalEmbedding
from ingest.errors import EmbeddingCorrupt, EmbeddingUnknown
from tests.ingest.quick import QuickEmbedding

TEXTS = ["Exports rose by 7.1%.", "It rained.", "Exports rose by 7.1%. " * 30, ""]


@pytest.fixture(scope="module")
def quick() -> LocalEmbedding:
    loaded = embedding.load(fast=True)
    assert isinstance(loaded, LocalEmbedding)
    return loaded


def test_vectors_have_unit_length_and_keep_their_order(quick: LocalEmbedding) -> None:
    vectors = quick.embed_many(TEXTS)
    assert vectors.shape == (4, 384) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-4)
    again = quick.embed_many(TEXTS[::-1])[::-1]
    assert (vectors == again).all()


def test_a_text_is_read_alike_alone_and_beside_others(quick: LocalEmbedding) -> None:
    texts = [
        "Imports fell.",
        "The harbour of Selm was dredged for 11 million crowns in May. " * 4,
        "Up.",
    ]
    together = quick.embed_many(texts)
    assert all(
        (quick.embed_one(text) == row).all() for text, row in zip(texts, together, strict=True)
    )
    ids = [[101, 2054, 102], [101, 2003, 1996, 9000, 102]]
    for alone, beside in zip(
        map(quick.middle, [[one] for one in ids]), quick.middle(ids), strict=True
    ):
        assert (alone[0] == beside).all()


def test_the_quick_way_imports_no_torch() -> None:
    code = "import sys; from ingest import embedding; embedding.load().embed_query('Rain');"
    code += "sys.exit('torch' in sys.modules and embedding.load().is_fast)"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0


def test_making_the_quick_form_is_told_of_stage_by_stage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = tmp_path / "maker"
    stages = "\n".join(acceleration.STAGES)
    maker.write_text(
        f"#!/bin/sh\necho noise\nprintf '%s\\n' '{stages}'\n: > $4/model.onnx\n"
        "echo '{\"is_sound\": true}' > $4/verdict.json\n",
        encoding="utf-8",
    )
    maker.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(maker))
    told: list[str] = []
    made = acceleration.prepare(tmp_path, "0" * 64, tmp_path / "cache", told.append)
    assert made is not None and made.is_file()
    assert len(told) == 1 + len(acceleration.STAGES) and "about a minute" in told[0]
    again: list[str] = []
    assert acceleration.prepare(tmp_path, "0" * 64, tmp_path / "cache", again.append) == made
    assert not again


def test_parts_are_near_their_own_vectors(quick: LocalEmbedding) -> None:
    text = "Exports rose by 7.1%. It rained in May."
    _, parts = quick.embed_parts([text], [[(0, 21), (22, 39)]])
    alone = quick.embed_many([text[:21], text[22:39]])
    assert parts[0].shape == (2, 384)
    likeness = parts[0] @ alone.T
    assert likeness[0, 0] > likeness[0, 1] and likeness[1, 1] > likeness[1, 0]


def test_tokens_are_counted(quick: LocalEmbedding) -> None:
    assert quick.count_tokens(["one two three", ""]) == [3, 0]
    assert quick.max_tokens == 256


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingUnknown, match="no sentence-transformers model"):
        embedding.load(str(tmp_path))


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"changed")
    monkeypatch.setattr(embedding, "_locate", lambda name: tmp_path)
    with pytest.raises(EmbeddingCorrupt):
        embedding.load()


def test_any_langchain_embedding_is_made_to_fit() -> None:
    fitted = embedding.adapt(QuickEmbedding())
    vectors = fitted.embed_many(["rain fell", "rain fell", "snow"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert fitted.embed_one("rain fell") == pytest.approx(vectors[0])
    assert fitted.fingerprint == "foreign:quick"
    assert embedding.adapt(fitted) is fitted
