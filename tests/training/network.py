"""The tagger's network, its loss and its export. Imports torch.

Question pieces, figures and lines are tokens of one small transformer. What a figure or a line is,
comes from its alignments with the pieces of the question, weighed by how much each piece matters
(learnt), and from what the rules say of it. See `bot.tagging.features` for the inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from bot.tagging import alignments, features
from bot.tagging.tags import CLASSES

SIZE, HEADS, LAYERS = 96, 4, 2
N_GATES, EDGE_SIZE, HINT_SIZE = 8, 48, 24
# Two layers of the embedding model, of each the first principal directions.
PIECE_SIZE = 256
NEVER = -1e4

Batch = Mapping[str, Tensor]


class Alignment(nn.Module):
    """A figure's or line's alignments with the question as one vector (batch, n, SIZE)."""

    def __init__(self, n_edges: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Linear(n_edges + HINT_SIZE, EDGE_SIZE), nn.GELU(), nn.Linear(EDGE_SIZE, EDGE_SIZE)
        )
        self.outer = nn.Linear(EDGE_SIZE + N_GATES * n_edges, SIZE)

    def forward(self, edges: Tensor, gates: Tensor, hints: Tensor, mask: Tensor) -> Tensor:
        """edges (b, n, pieces, n_edges), gates (b, pieces, N_GATES), hints (b, pieces, HINT_SIZE),
        mask (b, pieces, 1)"""
        around = hints.unsqueeze(1).expand(-1, edges.shape[1], -1, -1)
        each = self.inner(torch.cat([edges, around], -1)) * mask.unsqueeze(1)
        mean = each.sum(2) / mask.sum(1).unsqueeze(1)
        weighed = torch.einsum("bqk,bnqc->bnkc", gates, edges).flatten(2)
        return self.outer(torch.cat([mean, weighed], -1))


class Network(nn.Module):
    """Logits of figures (b, n, 2), of lines (b, n), of none of them (b, 3), of classes."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()

        def layer() -> nn.Module:
            return nn.TransformerEncoderLayer(
                SIZE, HEADS, 2 * SIZE, dropout, "gelu", batch_first=True, norm_first=True
            )

        def out(n_in: int, n_out: int) -> nn.Module:
            return nn.Sequential(
                nn.Linear(n_in, SIZE), nn.GELU(), nn.Dropout(dropout), nn.Linear(SIZE, n_out)
            )

        self.pieces, self.turns = nn.Linear(PIECE_SIZE, SIZE), nn.Embedding(2, SIZE)
        self.about = nn.Linear(features.N_QUESTION, SIZE)
        self.reading = layer()
        self.gates, self.hints = nn.Linear(SIZE, N_GATES), nn.Linear(SIZE, HINT_SIZE)
        self.figure_edges = Alignment(2 * alignments.N_REGIONS)
        self.line_edges = Alignment(2 * alignments.N_LINE_REGIONS)
        self.figure_facts = nn.Sequential(
            nn.Linear(features.N_FIGURE, SIZE), nn.GELU(), nn.Linear(SIZE, SIZE)
        )
        self.line_facts = nn.Linear(features.N_LINE, SIZE)
        self.kinds = nn.Embedding(3, SIZE)
        self.comparing = nn.ModuleList([layer() for _ in range(LAYERS)])
        self.norm = nn.LayerNorm(SIZE)
        self.figures, self.lines = out(SIZE, 2), out(SIZE, 1)
        self.none = nn.Sequential(nn.Linear(SIZE, SIZE), nn.GELU(), nn.Linear(SIZE, 3))
        self.classes = out(2 * SIZE, len(CLASSES))
        self.shed = nn.Dropout(0.3)

    def forward(self, given: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        asked, n_figures = given["asked"], given["figure_facts"].shape[1]
        mask = asked.unsqueeze(-1).to(torch.float32)
        about = self.about(given["about"])
        question = self.pieces(self.shed(given["question"])) * mask
        question = question + self.turns(given["asked_now"]) + about.unsqueeze(1)
        question = self.reading(question, src_key_padding_mask=~asked)
        whole = (question * mask).sum(1) / mask.sum(1)
        gates = self.gates(question).masked_fill(~asked.unsqueeze(-1), NEVER).softmax(1)
        told = (gates, self.hints(question), mask)
        figures = self.figure_facts(given["figure_facts"]) + self.kinds.weight[0]
        lines = self.line_facts(given["line_facts"]) + self.kinds.weight[1]
        figures = figures + self.figure_edges(given["figure_edges"], *told)
        lines = lines + self.line_edges(given["line_edges"], *told)
        x = torch.cat([question + self.kinds.weight[2], figures, lines], 1)
        are_there = torch.cat([asked, given["are_figures"], given["are_lines"]], 1)
        for layer in self.comparing:
            x = layer(x, src_key_padding_mask=~are_there)
        n = question.shape[1]
        x = self.norm(x)
        none = self.none((x[:, :n] * mask).sum(1) / mask.sum(1))
        classes = self.classes(torch.cat([whole, about], -1))
        told_figures = self.figures(x[:, n : n + n_figures])
        return told_figures, self.lines(x[:, n + n_figures :])[..., 0], none, classes


def loss_of(outputs: tuple[Tensor, Tensor, Tensor, Tensor], batch: Batch) -> Tensor:
    """The mean over the questions: figures by role, lines, class.

    Labels: `first`, `second` (b, n) and `cited` (b, n) are 1, 0, or -1 where they do not count;
    `is_known` (b,) is 0 where the figures of an answer are not known; `target` (b,) or -100.
    """
    figures, lines, none, classes = outputs
    total = torch.zeros(())
    for j, (name, weight) in enumerate((("first", 1.0), ("second", 0.7))):
        wanted, counts = _labels(batch[name], batch["are_figures"])
        each = _listed(figures[..., j], none[:, j : j + 1], wanted, counts)
        logits = figures[..., j] - none[:, j : j + 1]
        alone = nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
        each = each + 0.3 * (alone * counts).sum(1)
        total = total + weight * (each * batch["is_known"]).sum()
    wanted, counts = _labels(batch["cited"], batch["are_lines"])
    total = total + 0.6 * _listed(lines, none[:, 2:3], wanted, counts).sum()
    if (batch["target"] >= 0).any():
        total = total + nn.functional.cross_entropy(
            classes, batch["target"], ignore_index=-100, label_smoothing=0.05, reduction="sum"
        )
    return total / len(none)


def _labels(labels: Tensor, are_there: Tensor) -> tuple[Tensor, Tensor]:
    counts = are_there & (labels >= 0)
    return torch.where(counts, labels, torch.zeros_like(labels)), counts


def _listed(logits: Tensor, none: Tensor, wanted: Tensor, counts: Tensor) -> Tensor:
    """Cross-entropy over all and none, the wanted ones sharing the mass."""
    scores = torch.cat([none, logits.masked_fill(~counts, NEVER)], 1)
    target = torch.cat([(wanted.sum(1, keepdim=True) == 0).float(), wanted], 1)
    target = target / target.sum(1, keepdim=True)
    return -(nn.functional.log_softmax(scores, 1) * target).sum(1)


NAMES = (
    "question", "asked_now", "about", "figure_edges", "figure_facts", "line_edges", "line_facts",
)  # fmt: skip


class _Alone(nn.Module):
    """One question without padding: logits against those of none."""

    def __init__(self, inner: Network) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, *given: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        batch = dict(zip(NAMES, given, strict=True))
        batch["asked"] = batch["asked_now"] >= 0
        batch["are_figures"] = batch["figure_facts"][..., 0] > -1e9
        batch["are_lines"] = batch["line_facts"][..., 0] > -1e9
        figures, lines, none, classes = self.inner(batch)
        return figures - none[:, None, :2], lines - none[:, 2:3], classes


def export(network: Network, path: Path, example: Sequence[Tensor]) -> None:
    """Write the network as ONNX for one question at a time; example: the arrays of `NAMES`."""
    pieces, figures, lines = (
        torch.export.Dim(name, min=2, max=4096) for name in ("pieces", "figures", "lines")
    )
    shapes = (
        {1: pieces}, {1: pieces}, {}, {1: figures, 2: pieces}, {1: figures},
        {1: lines, 2: pieces}, {1: lines},
    )  # fmt: skip
    torch.backends.mha.set_fastpath_enabled(False)
    with torch.no_grad():
        program = torch.onnx.export(
            _Alone(network).eval(),
            tuple(example),
            dynamic_shapes=(shapes,),
            input_names=list(NAMES),
            output_names=["figures", "lines", "classes"],
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    program.save(str(path), include_initializers=True)
