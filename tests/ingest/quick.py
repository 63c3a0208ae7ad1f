"""A quick embedding behind the real interface: words hashed into a small vector."""

from __future__ import annotations

import re
import zlib

from langchain_core.embeddings import Embeddings

DIM = 64


class QuickEmbedding(Embeddings):
    """Texts that share words are near each other; `n_texts` counts what was embedded."""

    model = "quick"

    def __init__(self) -> None:
        self.n_texts = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.n_texts += len(texts)
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        vector = [0.01] * DIM
        for word in re.findall(r"\w+", text.lower()):
            vector[zlib.crc32(word.encode()) % DIM] += 1.0
        return vector
