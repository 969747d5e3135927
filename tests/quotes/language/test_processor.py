"""The quotation processor in real Stanza pipelines, on the bundled models, with the network cut off."""

import json
import shutil
import socket
from pathlib import Path

import pytest
import stanza
import torch

import quotes.language
from quotes.analysis import Frame
from quotes.language import ModelMissing, QuotationReader, bundle

TEXT = (
    "“We are ready to sign,” Foreign Minister Ana Petrova told reporters in Lisbon on Monday.\n\n"
    "She said the two sides had agreed on the text, adding that a date would follow. "
    "The Defence Ministry declined to comment.\n\n"
    "According to the agency, the fleet left port at dawn."
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refused)


def words(frame: Frame, text: str = TEXT) -> tuple[str, str, str]:
    return tuple(" ".join(s.of(text) for s in part) for part in (frame.source, frame.cue, frame.content))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def reader() -> QuotationReader:
    return QuotationReader(bundle.QUOTATION, bundle.VOCABULARY, precision=torch.float32)


def test_a_plain_stanza_pipeline_takes_the_processor() -> None:
    pipeline = stanza.Pipeline(
        "en", dir=str(bundle.FOLDER), package=None, processors={"tokenize": "compact", "quotation": "compact"},
        download_method=None, logging_level="ERROR", use_gpu=False,
    )  # fmt: skip
    document = pipeline(TEXT)
    assert document.sentences[0].text.startswith("“We")
    found = [words(frame) for frame in document.quotations]
    assert ("Foreign Minister Ana Petrova", "told", "“We are ready to sign,”") in found
    assert any(source == "She" and cue == "said" for source, cue, _ in found)
    assert any(m.kind == "person" and m.span.of(TEXT) == "Ana Petrova" for m in document.mentions)


def test_another_models_folder_still_gets_the_bundled_quotation_model(tmp_path: Path) -> None:
    (tmp_path / "en" / "tokenize").mkdir(parents=True)
    shutil.copy(bundle.TOKENIZER, tmp_path / "en" / "tokenize" / "mine.pt")
    resources = {"en": {"lang_name": "English", "packages": {}, "tokenize": {"mine": {}}}}
    (tmp_path / "resources.json").write_text(json.dumps(resources))
    pipeline = stanza.Pipeline(
        "en", dir=str(tmp_path), package=None, processors={"tokenize": "mine", "quotation": "any"},
        download_method=None, logging_level="ERROR", use_gpu=False,
    )  # fmt: skip
    assert pipeline(TEXT).quotations


def test_documents_read_together_are_read_as_if_alone(reader: QuotationReader) -> None:
    other = "The envoy warned that talks could fail. " * 30
    alone = [reader.read([text])[0] for text in (TEXT, other)]
    together = reader.read([TEXT, other])
    for one, both in zip(alone, together, strict=True):
        assert [(f.cue, f.source, f.content) for f in one.frames] == [(f.cue, f.source, f.content) for f in both.frames]
        assert [f.score for f in one.frames] == pytest.approx([f.score for f in both.frames], abs=1e-3)


def test_long_texts_have_no_seams(reader: QuotationReader) -> None:
    """What stands far into a text, after many windows, is found as at its start, with offsets that still hold."""
    filler = "The harbour was quiet and the ferries lay at their berths. " * 6 + "\n\n"
    text = filler * 60 + TEXT
    start = len(filler) * 60
    frames = [f for f in reader.read([text])[0].frames if f.content and min(f.content).start >= start]
    found = {words(frame, text) for frame in frames}
    assert ("Foreign Minister Ana Petrova", "told", "“We are ready to sign,”") in found
    assert len(found) >= 4


def test_half_precision_finds_the_same(reader: QuotationReader) -> None:
    half = QuotationReader(bundle.QUOTATION, bundle.VOCABULARY, precision=torch.bfloat16)
    a, b = reader.read([TEXT])[0].frames, half.read([TEXT])[0].frames
    assert [(f.cue, f.source, f.content) for f in a] == [(f.cue, f.source, f.content) for f in b]
    assert [f.score for f in a] == pytest.approx([f.score for f in b], abs=0.1)


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "x", "“", "😀" * 3, "a" * 3000])
def test_odd_texts_are_read_without_error(reader: QuotationReader, text: str) -> None:
    reading = reader.read([text, TEXT])
    assert len(reading) == 2
    assert reading[1].frames


def test_a_missing_model_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "QUOTATION", tmp_path / "gone.safetensors")
    with pytest.raises(ModelMissing, match=r"model file missing: .*gone\.safetensors"):
        quotes.language.bundled_pipeline("cpu")


def test_the_weights_fit_the_repository() -> None:
    weights = [path for path in bundle.FOLDER.rglob("*") if path.suffix in (".safetensors", ".pt")]
    assert sum(path.stat().st_size for path in weights) <= 60_000_000
    assert (bundle.FOLDER / "MODEL_CARD.md").is_file()
