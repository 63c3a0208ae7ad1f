"""Networks of our own: ONNX files among the package's data, small ones run on one thread."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ingest import embedding


def session(name: str, n_threads: int = 1) -> Any:
    """An inference session of bot/data/NAME, run on so many threads."""
    return embedding.session(files("bot").joinpath(f"data/{name}").read_bytes(), n_threads)
