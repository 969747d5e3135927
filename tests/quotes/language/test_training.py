"""Training on a small scale, and the self-written corpus."""

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from quotes.language.encoder import EncoderConfig
from quotes.language.links import WordSpan, bio_spans
from quotes.language.network import SPAN_LABELS, QuotationNet
from quotes.language.reader import QuotationReader
from quotes.language.training import loop
from quotes.language.training.calibration import fit, reliability
from quotes.language.training.data import corpus, example, parse_markup
from quotes.language.training.loop import Settings, train
from quotes.language.weights import Calibration, load, save
from quotes.language.windows import cut, to_pieces
from quotes.language.words import split_words

OWN_CORPUS = Path(__file__).parents[3] / "quotes" / "language" / "training" / "corpus"


def test_markup_gives_text_spans_and_links() -> None:
    text, found = parse_markup(
        "{s1,2|Ana Petrova} {c1|said} {q1|that it {s3|he} {c3|warned} {q3|of rain}}, {c2|adding} {q2|“no”}."
    )
    assert text == "Ana Petrova said that it he warned of rain, adding “no”."
    words = [{k: [text[a:b] for a, b in spans] for k, spans in item.items()} for item in found]
    assert words[0] == {"source": ["Ana Petrova"], "cue": ["said"], "content": ["that it he warned of rain"]}
    assert {"source": ["Ana Petrova"], "cue": ["adding"], "content": ["“no”"]} in words
    assert {"source": ["he"], "cue": ["warned"], "content": ["of rain"]} in words


@pytest.mark.parametrize("bad", ["{s1|never closed", "closed} alone"])
def test_unbalanced_markup_is_an_error(bad: str) -> None:
    with pytest.raises(ValueError, match=r"\{|\}"):
        parse_markup(bad)


@pytest.mark.skipif(not OWN_CORPUS.is_dir(), reason="the training corpus comes with a checkout, not with the package")
def test_the_own_corpus_is_sound() -> None:
    examples = list(corpus(OWN_CORPUS))
    assert len(examples) > 150
    for one in examples:
        assert "{" not in one.text
        assert "}" not in one.text
        assert set(one.content_cue.values()) - {None} <= set(one.cue_source)
        found = bio_spans(one.labels, SPAN_LABELS)
        assert sum(map(len, found.values())) > 0 or not one.content_cue


def test_labels_and_links_of_an_example() -> None:
    text, found = parse_markup("{q1|“No,”} {s1|he} {c1|said}, {q1|“never.”}")
    one = example("x", text, found, None)
    names = [SPAN_LABELS[label] for label in one.labels]
    assert names[:6] == ["B-content", "I-content", "I-content", "I-content", "B-source", "B-cue"]
    cue = WordSpan(5, 6)
    assert set(one.content_cue.values()) == {cue}
    assert one.cue_source == {cue: WordSpan(4, 5)}


def test_training_learns_resumes_and_is_deterministic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tiny network learns two sentences by heart; stopped after each epoch it comes out as in one run."""
    _, tokenizer = load_bundled()
    marked = ["{s1|Ana} {c1|said} {q1|that rain would fall}.", "{q1|“We agree,”} {s1|Jan} {c1|replied}."]
    examples = [example(str(i), *parse_markup(m), None) for i, m in enumerate(marked)] * 40
    settings = Settings(epochs=3, rate=3e-3, head_rate=1e-2, budget=64, seed=3, word_mask=0.0, average=0.5)
    config = EncoderConfig(width=48, layers=1, heads=4, inner=64)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    def fresh() -> QuotationNet:
        torch.manual_seed(0)
        return QuotationNet(config)

    once = fresh()
    train(once, tokenizer, examples, examples[:2], settings, tmp_path / "once")
    stepwise = fresh()
    monkeypatch.setattr(loop, "_log_scores", interrupted)
    with pytest.raises(KeyboardInterrupt):
        train(stepwise, tokenizer, examples, examples[:2], settings, tmp_path / "twice")
    monkeypatch.undo()
    stepwise = fresh()
    train(stepwise, tokenizer, examples, examples[:2], settings, tmp_path / "twice")
    assert all(
        torch.equal(a, b) for a, b in zip(once.state_dict().values(), stepwise.state_dict().values(), strict=True)
    )
    again = fresh()  # goes on from last.pt, where nothing is left to do
    train(again, tokenizer, examples, examples[:2], settings, tmp_path / "once")
    assert all(torch.equal(a, b) for a, b in zip(once.state_dict().values(), again.state_dict().values(), strict=True))
    first = bio_spans(examples[0].labels, SPAN_LABELS)
    save(once, tmp_path / "model.safetensors", Calibration(), {})
    from quotes.language import bundle

    reader = QuotationReader(tmp_path / "model.safetensors", bundle.VOCABULARY)
    found = reader.spans([examples[0].text])[0]
    assert found == first


def load_bundled() -> tuple[QuotationNet, object]:
    from tokenizers import Tokenizer

    from quotes.language import bundle

    return load(bundle.QUOTATION)[0], Tokenizer.from_file(str(bundle.VOCABULARY))


def test_windows_cover_every_word_once() -> None:
    _, tokenizer = load_bundled()
    rng = random.Random(1)
    text = "".join(rng.choice(["word ", "Petrova ", "\n\n", "extraordinarily ", "x" * 40 + " "]) for _ in range(3000))
    pieces = to_pieces(split_words(text), tokenizer)  # type: ignore[arg-type]
    for shift in (0, 57):
        windows = cut(pieces, shift=shift)
        assert [w.core_start for w in windows[1:]] == [w.core_end for w in windows[:-1]]
        assert (windows[0].core_start, windows[-1].core_end) == (0, len(pieces.words))
        for w in windows:
            assert w.start <= w.core_start < w.core_end <= w.end
            assert pieces.first[w.end] - pieces.first[w.start] <= 508


def test_calibration_recovers_a_known_curve() -> None:
    rng = np.random.default_rng(0)
    scores = rng.uniform(0.02, 0.98, 20_000)
    truth = Calibration(0.6, 0.8)
    right = [bool(rng.random() < truth.apply(p)) for p in scores]
    fitted = fit(scores.tolist(), right)
    assert (fitted.slope, fitted.offset) == pytest.approx((0.6, 0.8), abs=0.08)
    for row in reliability([fitted.apply(p) for p in scores], right):
        if row.frames > 500:
            assert row.right == pytest.approx(row.confidence, abs=0.05)


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"x": torch.zeros(1)}, tmp_path / "x.safetensors", metadata={"format": "0"})
    with pytest.raises(ValueError, match="not a quotation model of format"):
        load(tmp_path / "x.safetensors")
