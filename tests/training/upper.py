"""The upper half of the embedding model: taken to be trained on, and written in eight bits."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ingest import embedding
from ingest.embedding import MIDDLE, LocalEmbedding

SEED = 1
NEVER = -1e4
# A product with quantized weights.
MULTIPLIED, QUANTIZED = "MatMulInteger", "_quantized"


def begun() -> LocalEmbedding:
    """The embedding model to train on from, chance set so that a run can be had again."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    embed = embedding.load()
    assert isinstance(embed, LocalEmbedding)
    return embed


def base(embed: LocalEmbedding) -> nn.Module:
    """The embedding model with its layers."""
    from transformers import AutoModel

    model: nn.Module = AutoModel.from_pretrained(embed.folder)
    return model


class Upper(nn.Module):
    """The layers of the embedding model above the middle one."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.size = int(model.config.hidden_size)  # type: ignore[union-attr,arg-type]
        self.layers = nn.ModuleList(model.encoder.layer[MIDDLE:])  # type: ignore[union-attr,index]

    def raised(self, pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """Pieces (b, n, dim) by the middle layer, mask (b, n) of 0 and 1: by the last one.

        In training with half the precision, which takes half the time.
        """
        against = None if mask is None else (1 - mask)[:, None, None, :] * NEVER
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            for layer in self.layers:
                made = layer(pieces, attention_mask=against)
                pieces = made[0] if isinstance(made, tuple) else made
        return pieces.float()


def restored(path: Path, net: nn.Module) -> Mapping[str, Tensor]:
    """The parameters of a network as `export` wrote them, the weights as precise as eight bits are.

    Weights lost their names, not their order: that of the network's modules.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {k: torch.from_numpy(held[k].copy()) for k in net.state_dict() if k in held}
    weights = {n.input[1].removesuffix(QUANTIZED) for n in graph.node if n.op_type == MULTIPLIED}
    unnamed = sorted((w for w in weights if w.startswith("val_")), key=lambda w: int(w[4:]))
    rest = iter(unnamed)
    for k, parameter in net.state_dict().items():
        if k in found:
            continue
        name = k if k + QUANTIZED in held else next(rest)
        whole = held[name + QUANTIZED].astype(np.float32) - held[f"{name}_zero_point"]
        whole = whole * held[f"{name}_scale"]
        is_turned = name in unnamed or whole.shape != parameter.shape
        found[k] = torch.from_numpy((whole.T if is_turned else whole).copy())
    return found


def export(
    net: nn.Module,
    path: Path,
    given: Mapping[str, Tensor],
    shape: Mapping[int, Any],
    outputs: Sequence[str],
) -> None:
    """Write a network as ONNX, weights as int8; given: its inputs by name, all of this shape."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    torch.backends.mha.set_fastpath_enabled(False)
    with torch.no_grad():
        program = torch.onnx.export(
            net.eval(),
            tuple(given.values()),
            dynamic_shapes=(shape,) * len(given),
            input_names=list(given),
            output_names=list(outputs),
            dynamo=True,
            verbose=False,
        )
        assert program is not None
        whole = program.model_proto
        del whole.graph.value_info[:]
        quantize_dynamic(whole, str(path), per_channel=True, weight_type=QuantType.QInt8)
