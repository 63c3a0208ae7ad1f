"""Networks of our own: ONNX files among the package's data."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ingest import embedding


def session(name: str) -> Any:
    """An inference session of bot/data/NAME."""
    return embedding.session(files("bot").joinpath(f"data/{name}").read_bytes())
