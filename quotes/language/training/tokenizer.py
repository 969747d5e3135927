"""Training of the bundled Stanza tokenizer on Universal Dependencies treebanks, by Stanza's own tools and trainer."""

from __future__ import annotations

import lzma
import tempfile
from pathlib import Path

import torch
from stanza.models import tokenizer as trainer
from stanza.utils.datasets import conllu_to_text, prepare_tokenizer_data

# As the bundled model was trained; the defaults of Stanza 1.15 otherwise.
OPTIONS = (
    "--lang", "en", "--shorthand", "en_quotes", "--max_seqlen", "300", "--eval_steps", "1000", "--report_steps", "500",
    "--feat_funcs", "space_before,capitalized,numeric,end_of_para,start_of_para", "--use_mwt",
)  # fmt: skip


def _prepare(treebank: Path, folder: Path, part: str) -> dict[str, str]:
    """Writes gold CoNLL-U, running text, labels and word expansions of one part; gives their paths."""
    names = {kind: str(folder / f"{part}.{kind}") for kind in ("conllu", "txt", "toklabels", "mwt.json")}
    with lzma.open(treebank, "rt", encoding="utf-8") as packed:
        Path(names["conllu"]).write_text(packed.read(), encoding="utf-8")
    conllu_to_text.main([names["conllu"], names["txt"]])
    prepare_tokenizer_data.main([names["txt"], names["conllu"], "-o", names["toklabels"], "-m", names["mwt.json"]])
    return names


def train_tokenizer(train: Path, dev: Path, out: Path, steps: int, seed: int) -> None:
    """Train on ``train``, stop early by ``dev`` (both .conllu.xz), write the model to ``out`` without paths of this
    machine in it. Deterministic given the seed."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        t, d = _prepare(train, folder, "train"), _prepare(dev, folder, "dev")
        trainer.main([
            *OPTIONS, "--txt_file", t["txt"], "--label_file", t["toklabels"], "--mwt_json_file", d["mwt.json"],
            "--conll_file", str(folder / "predicted.conllu"), "--dev_txt_file", d["txt"],
            "--dev_label_file", d["toklabels"], "--dev_conll_gold", d["conllu"], "--steps", str(steps),
            "--seed", str(seed), "--save_dir", scratch, "--save_name", "tokenizer.pt",
        ])  # fmt: skip
        strip(folder / "tokenizer.pt", out)


def strip(model: Path, out: Path) -> None:
    """Copy a Stanza model without the file names that its training left in its configuration."""
    state = torch.load(model, map_location="cpu", weights_only=True)
    for name in state["config"]:
        if name.endswith("_file") or name in ("save_name", "save_dir", "load_name", "dev_conll_gold"):
            state["config"][name] = None
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, out)
