"""Networks of our own: ONNX files among the package's data, small ones run on one thread."""

from __future__ import annotations

from importlib.resources import files
from typing import Any


def session(name: str, n_threads: int = 1) -> Any:
    """An inference session of bot/data/NAME, run on so many threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.intra_op_num_threads = n_threads
    return onnxruntime.InferenceSession(
        files("bot").joinpath(f"data/{name}").read_bytes(),
        options,
        providers=["CPUExecutionProvider"],
    )
