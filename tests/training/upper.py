"""The upper half of the embedding model: taken to be trained on, and written in eight bits."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ingest import embedding
from ingest.embedding import LocalEmbedding

SEED = 1


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


def export(
    net: nn.Module,
    path: Path,
    given: tuple[Tensor, Tensor],
    shape: Mapping[int, Any],
    outputs: Sequence[str],
) -> None:
    """Write a network as ONNX, its weights as int8; given: pieces and mask, both of this shape."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    torch.backends.mha.set_fastpath_enabled(False)
    with torch.no_grad():
        program = torch.onnx.export(
            net.eval(),
            given,
            dynamic_shapes=(shape, shape),
            input_names=["pieces", "mask"],
            output_names=list(outputs),
            dynamo=True,
            verbose=False,
        )
        assert program is not None
        whole = program.model_proto
        del whole.graph.value_info[:]
        quantize_dynamic(whole, str(path), per_channel=True, weight_type=QuantType.QInt8)
