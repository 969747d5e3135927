"""The treebank as the encoder reads it, and pretraining on a small scale."""

import lzma
from pathlib import Path

import numpy as np
import pytest
import torch

from quotes.language import bundle
from quotes.language.encoder import Encoder, EncoderConfig, attend
from quotes.language.training.pretraining import PretrainingSettings, Tasks, hide, pretrain
from quotes.language.training.treebank import UNKNOWN, Parsed, treebank, unparsed
from quotes.language.windows import collate, cut, to_pieces

ROWS = """
# newdoc id = one
# newpar
# text = "I don't know," Ana's aide said.
1\t"\t_\t_\t_\t_\t5\tpunct\t_\t_
2\tI\t_\t_\t_\t_\t5\tnsubj\t_\t_
3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdo\t_\t_\t_\t_\t5\taux\t_\t_
4\tn't\t_\t_\t_\t_\t5\tadvmod\t_\t_
5\tknow\t_\t_\t_\t_\t11\tccomp:speech\t_\t_
6\t,\t_\t_\t_\t_\t5\tpunct\t_\t_
7\t"\t_\t_\t_\t_\t5\tpunct\t_\t_
8-9\tAna's\t_\t_\t_\t_\t_\t_\t_\t_
8\tAna\t_\t_\t_\t_\t10\tnmod\t_\t_
9\t's\t_\t_\t_\t_\t8\tcase\t_\t_
10\taide\t_\t_\t_\t_\t11\tnsubj\t_\t_
10.1\t(elided)\t_\t_\t_\t_\t_\t_\t_\t_
11\tsaid\t_\t_\t_\t_\t0\troot\t_\t_
12\t.\t_\t_\t_\t_\t11\tpunct\t_\t_

# text = So it goes.
1\tSo\t_\t_\t_\t_\t3\tadvmod\t_\t_
2\tit\t_\t_\t_\t_\t3\tnsubj\t_\t_
3\tgoes\t_\t_\t_\t_\t0\troot\t_\t_
4\t.\t_\t_\t_\t_\t3\tpunct\t_\t_

# newdoc id = two
# newpar
# text = No.
1\tNo\t_\t_\t_\t_\t0\troot\t_\t_
2\t.\t_\t_\t_\t_\t1\tpunct\t_\t_
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.conllu.xz"
    path.write_bytes(lzma.compress(ROWS.strip().encode() + b"\n\n"))
    return path


def named(parsed: Parsed, relations: list[str]) -> dict[str, tuple[str, str]]:
    forms = parsed.words.forms
    return {
        forms[i]: (forms[head], relations[relation])
        for i, (head, relation) in enumerate(zip(parsed.heads, parsed.relations, strict=True))
        if head != UNKNOWN
    }


def test_heads_of_a_treebank_stand_at_the_encoders_words(bank: Path) -> None:
    relations: list[str] = []
    first, second = treebank(bank, relations)
    heads = named(first, relations)
    assert heads["know"] == ("said", "ccomp")
    assert heads["don"] == ("know", "aux")  # the written token has the syntax of its first word
    assert heads["Ana"] == ("aide", "nmod")
    assert heads["said"] == ("said", "root")
    assert heads["goes"] == ("goes", "root")
    assert "t" not in heads  # of "don't": a word without syntax of its own
    by_sentence = dict(zip(first.words.forms, first.sentences, strict=True))
    assert (by_sentence["said"], by_sentence["goes"]) == (0, 1)
    assert named(second, relations) == {"No": ("No", "root"), ".": ("No", "punct")}


def test_hidden_words_are_hidden_whole(tokenizer: object) -> None:
    text = unparsed("Uncharacteristically talkative plenipotentiaries " * 200)
    pieces = to_pieces(text.words, tokenizer)  # type: ignore[arg-type]
    batch = collate([(pieces, window) for window in cut(pieces)])
    before = batch.pieces.clone()
    places, gold = hide(batch, 0.3, 30522, torch.Generator().manual_seed(3))
    assert torch.equal(before[places], gold)
    assert torch.equal(batch.pieces[~places], before[~places])
    assert not places[~batch.mask].any()
    share = places.sum() / batch.mask.sum()
    assert 0.2 < float(share) < 0.4
    for row, (firsts, length) in enumerate(zip(batch.first.tolist(), batch.lengths.tolist(), strict=True)):
        ends = [*firsts[1:length], int(batch.mask[row].sum())]
        for start, end in zip(firsts[:length], ends, strict=True):
            assert len(set(places[row, start:end].tolist())) == 1


def test_arcs_stay_in_their_sentence() -> None:
    torch.manual_seed(0)
    tasks = Tasks(8, 50, 3)
    words = torch.randn(1, 4, 8)
    sentences = torch.tensor([[0, 0, 1, 1]])
    heads = torch.tensor([[1, 1, 3, UNKNOWN]])
    loss, _, scored = tasks.syntax_loss(words, sentences, heads, torch.tensor([[0, 1, 2, UNKNOWN]]))
    assert scored == 3
    other = words.clone()
    other[0, 2:] += 100  # the other sentence does not matter to the arcs of the first
    alone = heads.clone()
    alone[0, 2:] = UNKNOWN
    relations = torch.tensor([[0, 1, UNKNOWN, UNKNOWN]])
    assert torch.allclose(
        tasks.syntax_loss(words, sentences, alone, relations)[0],
        tasks.syntax_loss(other, sentences, alone, relations)[0],
    )
    assert float(loss.detach()) > 0


def test_pretraining_learns_and_writes_an_encoder(bank: Path, tmp_path: Path, tokenizer: object) -> None:
    config = EncoderConfig(width=16, layers=1, heads=2, inner=32)
    relations: list[str] = []
    texts = [*treebank(bank, relations), unparsed("The minister said that talks would go on. " * 30)]

    def trained() -> dict[str, torch.Tensor]:
        torch.manual_seed(1)
        encoder = Encoder(config)
        out = tmp_path / "encoder.pt"
        before = {name: value.clone() for name, value in encoder.state_dict().items()}
        settings = PretrainingSettings(epochs=1, budget=512)
        pretrain(encoder, tokenizer, texts, len(relations), settings, out)  # type: ignore[arg-type]
        written: dict[str, torch.Tensor] = torch.load(out, weights_only=True)
        assert any(not torch.equal(before[name], written[name]) for name in before)
        assert set(written) == set(before)
        return written

    first, second = trained(), trained()
    assert all(torch.equal(first[name], second[name]) for name in first)  # the same seed, the same weights


def test_attention_in_half_precision_is_pytorchs_within_rounding() -> None:
    torch.manual_seed(0)
    sizes = [37, 20, 1]
    mask = torch.arange(37)[None, :] < torch.tensor(sizes)[:, None]
    qkv = torch.randn(3, 37, 3, 4, 16).bfloat16()
    q, k, v = qkv.float().permute(2, 0, 3, 1, 4)
    exact = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :]).transpose(1, 2)
    ours = attend(qkv, mask)
    assert (ours.float() - exact)[mask].abs().max() < 0.05
    assert (ours.float() - exact)[mask].abs().mean() < 0.01
    assert not ours[~mask].any()


@pytest.fixture(scope="module")
def tokenizer() -> object:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(bundle.VOCABULARY))


def test_the_same_text_in_both_precisions_gives_the_same_frames() -> None:
    from quotes.language.reader import QuotationReader

    text = " ".join(
        f'Minister {name} said on Monday that the port would close. "We are ready," she added, and warned of delays.'
        for name in ("Petrova", "Okafor", "Lindqvist", "Haugland")
    )
    exact = QuotationReader(bundle.QUOTATION, bundle.VOCABULARY, precision=torch.float32).read([text])[0]
    half = QuotationReader(bundle.QUOTATION, bundle.VOCABULARY, precision=torch.bfloat16).read([text])[0]
    assert len(exact.frames) == 12
    assert [(f.source, f.cue, f.content) for f in exact.frames] == [(f.source, f.cue, f.content) for f in half.frames]
    assert np.allclose([f.score for f in exact.frames], [f.score for f in half.frames], atol=0.05)
