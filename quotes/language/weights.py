"""The quotation network on disk: safetensors with half-precision weights and the configuration in the metadata."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from quotes.language.crf import CRF
from quotes.language.encoder import EncoderConfig
from quotes.language.network import QuotationNet

FORMAT = "1"


def log_odds(probability: float) -> float:
    """log(p / (1 - p)), cut where it would run away (p within 1e-4 of 0 or 1)."""
    p = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a raw frame score into the probability that the frame is right: a logistic curve (Platt 1999)."""

    slope: float = 1.0
    offset: float = 0.0

    def apply(self, probability: float) -> float:
        return 1 / (1 + math.exp(-(self.slope * log_odds(probability) + self.offset)))


def save(net: QuotationNet, path: Path, calibration: Calibration, note: dict[str, str]) -> None:
    """Write the network; matrices as fp16, the few small vectors as they are."""
    state = {
        name: (value.half() if value.dim() > 1 else value.float()).contiguous()
        for name, value in net.state_dict().items()
    }
    metadata = {
        "format": FORMAT,
        "encoder": json.dumps(net.config.to_dict()),
        "calibration": json.dumps({"slope": calibration.slope, "offset": calibration.offset}),
        **note,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(state, path, metadata=metadata)


def load(path: Path, device: str = "cpu") -> tuple[QuotationNet, Calibration]:
    """The network in single precision, ready to read. Raises ValueError for a file of another format."""
    with safe_open(path, framework="pt", device=device) as tensors:
        metadata = tensors.metadata() or {}
        if metadata.get("format") != FORMAT:
            raise ValueError(f"{path.name}: not a quotation model of format {FORMAT}")
        state = {name: tensors.get_tensor(name).float() for name in tensors.keys()}  # noqa: SIM118
    with torch.device("meta"):
        net = QuotationNet(EncoderConfig(**json.loads(metadata["encoder"])))
    net.load_state_dict(state, assign=True)
    # buffers are not stored: make them anew
    for module in net.modules():
        if isinstance(module, QuotationNet | CRF):
            module.reset_buffers()
    net.to(device).eval().requires_grad_(False)
    return net, Calibration(**json.loads(metadata["calibration"]))
