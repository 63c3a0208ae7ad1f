"""Settings: one frozen value, read from the environment by entry points alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_CORPUS = Path("corpus")
DEFAULT_INDEX_NAME = ".quotient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the articles are, where their index is, and who reads.

    model: "provider:name" of a chat model, None for the extractive reader
    model_url: address of a server that speaks the provider's language, None for its own
    embedding: name or folder of a sentence-transformers model, None for the one inside
    chroma_url: a Chroma server, None for Chroma embedded in the index folder
    """

    corpus: Path = DEFAULT_CORPUS
    index: Path | None = None
    model: str | None = None
    model_url: str | None = None
    embedding: str | None = None
    chroma_url: str | None = None

    @property
    def index_folder(self) -> Path:
        """The index folder: as given, else hidden in the corpus folder."""
        return self.index or self.corpus / DEFAULT_INDEX_NAME


def from_env(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from QUOTIENT_CORPUS, _INDEX, _MODEL, _MODEL_URL, _EMBEDDING and _CHROMA_URL."""
    index = environ.get("QUOTIENT_INDEX")
    return Settings(
        corpus=Path(environ.get("QUOTIENT_CORPUS") or DEFAULT_CORPUS),
        index=Path(index) if index else None,
        model=environ.get("QUOTIENT_MODEL") or None,
        model_url=environ.get("QUOTIENT_MODEL_URL") or None,
        embedding=environ.get("QUOTIENT_EMBEDDING") or None,
        chroma_url=environ.get("QUOTIENT_CHROMA_URL") or None,
    )
