"""A BERT encoder (Devlin et al. 2019) in plain PyTorch, with three small embeddings of the project's own at the input.

It takes the weights of all-MiniLM-L6-v2 (6 layers of 384, uncased). The added embeddings tell letter case, which the
uncased vocabulary has lost, quotation marks, and line breaks; they start at zero, so training starts from the
pretrained function.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from quotes.language.words import BREAKS, CASES, MARKS


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Sizes of the encoder; the defaults are all-MiniLM-L6-v2's."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


def attend(qkv: Tensor, mask: Tensor) -> Tensor:
    """Scaled dot-product attention in half precision; on a processor faster than PyTorch's own, with heads this small.

    qkv: (batch, length, 3, heads, width of a head); mask: (batch, length), True where there is a piece, all of them
    before the padding. -> (batch, length, heads, width of a head), zeros at the padding
    """
    batch, length, _, heads, width = qkv.shape
    out = qkv.new_zeros(batch, length, heads, width)
    for row, size in enumerate(mask.sum(1).tolist()):
        q, k, v = qkv[row, :size].permute(1, 2, 0, 3)
        weights = torch.matmul(q * width**-0.5, k.transpose(1, 2)).softmax(-1)
        out[row, :size] = torch.matmul(weights, v).transpose(0, 1)
    return out


class Layer(nn.Module):
    """One post-norm transformer layer."""

    dropout = 0.0  # share of activations that training hides; see Encoder.set_dropout

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.out = nn.Linear(config.width, config.width)
        self.norm1 = nn.LayerNorm(config.width, eps=1e-12)
        self.up = nn.Linear(config.width, config.inner)
        self.down = nn.Linear(config.inner, config.width)
        self.norm2 = nn.LayerNorm(config.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, length, width); mask: (batch, length), True where there is a piece."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads)
        if qkv.dtype == torch.bfloat16 and qkv.device.type == "cpu" and not qkv.requires_grad:
            attended = attend(qkv, mask)
        else:
            q, k, v = qkv.permute(2, 0, 3, 1, 4)
            wide = None if bool(mask.all()) else mask[:, None, None, :]
            attended = F.scaled_dot_product_attention(q, k, v, attn_mask=wide).transpose(1, 2)
        x = self.norm1(x + self._drop(self.out(attended.reshape(batch, length, width))))
        out: Tensor = self.norm2(x + self._drop(self.down(F.gelu(self.up(x)))))
        return out

    def _drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout) if self.training and self.dropout else x


class Encoder(nn.Module):
    """Wordpieces with their case, mark and break classes -> one vector a wordpiece."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.pieces = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.positions, config.width)
        self.cases = nn.Embedding(CASES, config.width)
        self.marks = nn.Embedding(MARKS, config.width)
        self.breaks = nn.Embedding(BREAKS, config.width)
        for added in (self.cases, self.marks, self.breaks):
            nn.init.zeros_(added.weight)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))

    def set_dropout(self, share: float) -> None:
        """What share of each layer's output is hidden in training (Srivastava et al. 2014)."""
        for layer in self.layers:
            assert isinstance(layer, Layer)
            layer.dropout = share

    def forward(self, pieces: Tensor, classes: Tensor, mask: Tensor) -> Tensor:
        """pieces: (batch, length) ids; classes: (batch, length, 3) of case, mark, break; mask: (batch, length) bool.
        -> (batch, length, width)"""
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]]
        x = x + self.cases(classes[..., 0]) + self.marks(classes[..., 1]) + self.breaks(classes[..., 2])
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        return x


def from_bert(state: dict[str, Tensor], config: EncoderConfig) -> dict[str, Tensor]:
    """Rename the weights of a Hugging Face BertModel to this encoder's (without the added embeddings)."""
    out = {
        # the token type is always 0 here, so its embedding is folded into the positions
        "positions.weight": state["embeddings.position_embeddings.weight"]
        + state["embeddings.token_type_embeddings.weight"][0],
        "pieces.weight": state["embeddings.word_embeddings.weight"],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for i in range(config.layers):
        theirs = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            out[f"layers.{i}.qkv.{part}"] = torch.cat(
                [state[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            out[f"layers.{i}.out.{part}"] = state[f"{theirs}attention.output.dense.{part}"]
            out[f"layers.{i}.norm1.{part}"] = state[f"{theirs}attention.output.LayerNorm.{part}"]
            out[f"layers.{i}.up.{part}"] = state[f"{theirs}intermediate.dense.{part}"]
            out[f"layers.{i}.down.{part}"] = state[f"{theirs}output.dense.{part}"]
            out[f"layers.{i}.norm2.{part}"] = state[f"{theirs}output.LayerNorm.{part}"]
    return out
