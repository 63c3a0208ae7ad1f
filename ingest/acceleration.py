"""Acceleration: the quick form of an embedding model, made here from its own weights.

The weights go through torch.onnx into onnxruntime with eight-bit integers, per channel: 2.3 to 2.5
times as fast as torch on two cores. A child process does it, so that this one never imports torch.
The quick form is used only if its vectors agree with the model's own on sentences of every length.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

MIN_COSINE = 0.97
MIN_MEAN_COSINE = 0.985
TIMEOUT_S = 600
VERSION = 2
STAGES = ("exporting it", "making it small", "comparing it with the original")
_log = logging.getLogger(__name__)

Tell = Callable[[str], None]


def cache_folder() -> Path:
    """Where quick forms are kept: below XDG_CACHE_HOME or ~/.cache."""
    root = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(root).expanduser() / "quotient"


def prepare(
    folder: Path, digest: str, cache: Path | None = None, tell: Tell | None = None
) -> Path | None:
    """The quick form of the model in `folder`, made if need be; None where it cannot be had.

    tell: is given a line for people at each stage of making it, and none where it is there
    """
    home = (cache or cache_folder()) / f"{digest[:16]}-{_runtime()}-{VERSION}"
    verdict = _verdict(home)
    if verdict is None:
        try:
            home.mkdir(parents=True, exist_ok=True)
            with FileLock(home / "lock", timeout=TIMEOUT_S):
                verdict = _verdict(home)
                if verdict is None:
                    verdict = _make(folder, home, tell or _log.info)
        except (OSError, Timeout) as error:
            _log.info("no quick form of the embedding model: %s", error)
            return None
    return home / "model.onnx" if verdict.get("is_sound") else None


def _runtime() -> str:
    from importlib.metadata import version

    return version("onnxruntime")


def _verdict(home: Path) -> dict[str, Any] | None:
    try:
        verdict: dict[str, Any] = json.loads((home / "verdict.json").read_text(encoding="utf-8"))
        return verdict if (home / "model.onnx").is_file() or not verdict["is_sound"] else None
    except (OSError, ValueError, KeyError):
        return None


def _make(folder: Path, home: Path, tell: Tell) -> dict[str, Any]:
    """Have a child process make and compare the quick form; the verdict is written last."""
    tell("Preparing the embedding model, once, about a minute")
    trouble = _in_child(folder, home, tell)
    verdict = _verdict(home)
    if verdict is None:
        _log.info("the quick form could not be made: %s", trouble)
        verdict = {"is_sound": False, "reason": trouble}
    return verdict


def _in_child(folder: Path, home: Path, tell: Tell) -> str:
    """Run `make` in a process of its own and tell its stages; the end of what it complained of."""
    root = Path(__file__).resolve().parents[1]
    paths = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "ingest.acceleration", str(folder), str(home)]
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            encoding="utf-8",
            errors="replace",
        ) as child:
            limit = threading.Timer(TIMEOUT_S, child.kill)
            limit.start()
            assert child.stdout is not None
            for line in child.stdout:
                if line.strip() in STAGES:
                    step = STAGES.index(line.strip()) + 1
                    told = f"step {step} of {len(STAGES)}, {line.strip()}"
                    tell(f"Preparing the embedding model, once, about a minute: {told}")
            child.wait()
            limit.cancel()
        complaints.seek(0)
        return complaints.read().decode(errors="replace")[-400:]


def make(folder: Path, home: Path) -> None:
    """Export, shrink, compare, and write the verdict. Imports torch: run it in its own process."""
    full, small = home / "full.onnx", home / "small.onnx"
    model = _load_model(folder)
    reason = _unsuited(model)
    if reason is None:
        _enter(0)
        _export(model[0].auto_model, full)
        _enter(1)
        _shrink(full, small)
        _enter(2)
        lowest, mean = _compare(folder, model, small)
        is_sound = lowest >= MIN_COSINE and mean >= MIN_MEAN_COSINE
        verdict: dict[str, Any] = {"is_sound": is_sound, "lowest": lowest, "mean": mean}
        os.replace(small, home / "model.onnx")
        full.unlink()
        Path(f"{full}.data").unlink(missing_ok=True)
    else:
        verdict = {"is_sound": False, "reason": reason}
    written = home / "verdict.tmp"
    written.write_text(json.dumps(verdict), encoding="utf-8")
    os.replace(written, home / "verdict.json")


def _enter(stage: int) -> None:
    sys.stdout.write(f"{STAGES[stage]}\n")
    sys.stdout.flush()


def _load_model(folder: Path) -> Any:
    from ingest.embedding import LocalEmbedding

    return LocalEmbedding(str(folder), folder, "", None)._model


def _unsuited(model: Any) -> str | None:
    """Why a model cannot take the quick way, which needs a transformer and mean pooling."""
    kinds = [type(module).__name__ for module in model]
    if kinds not in (["Transformer", "Pooling", "Normalize"], ["Transformer", "Pooling"]):
        return f"made of {kinds}"
    if any(model.prompts.values()):
        return "it uses prompts"
    mode = model[1].get_config_dict().get("pooling_mode", "mean")
    return None if mode in ("mean", ["mean"], ("mean",)) else f"its pooling is {mode}"


def _export(inner: Any, path: Path) -> None:
    import torch

    class Tokens(torch.nn.Module):  # type: ignore[misc] # torch is not followed
        def __init__(self) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            from ingest.embedding import MIDDLE

            given = {"input_ids": input_ids, "attention_mask": attention_mask}
            layers = self.inner(**given, output_hidden_states=True).hidden_states
            return layers[-1], layers[min(MIDDLE, len(layers) - 1)]

    example = torch.ones(2, 8, dtype=torch.int64)
    batch = torch.export.Dim("batch", min=1, max=4096)
    length = torch.export.Dim("length", min=2, max=512)
    shape = {0: batch, 1: length}
    with torch.no_grad():
        program = torch.onnx.export(
            Tokens().eval(),
            (example, torch.ones_like(example)),
            dynamic_shapes={"input_ids": shape, "attention_mask": shape},
            input_names=["input_ids", "attention_mask"],
            output_names=["last", "middle"],
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    program.save(str(path))


def _shrink(full: Path, small: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(str(full), str(small), per_channel=True, weight_type=QuantType.QInt8)


def _compare(folder: Path, model: Any, small: Path) -> tuple[float, float]:
    """Lowest and mean cosine between the quick and the slow vectors of sentences of all lengths."""
    import numpy as np

    from ingest.embedding import LocalEmbedding

    words = (Path(__file__).read_text(encoding="utf-8") * 2).split()
    texts = [" ".join(words[i * 7 : i * 7 + 3 + i * 4]) for i in range(40)]
    quick = LocalEmbedding(str(folder), folder, "", small).embed_many(texts)
    slow = np.asarray(model.encode_document(texts, normalize_embeddings=True))
    cosines = (quick * slow).sum(axis=1)
    return float(cosines.min()), float(cosines.mean())


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    make(Path(sys.argv[1]), Path(sys.argv[2]))
