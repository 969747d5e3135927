"""Where the bundled models lie, and a clear error when one is missing. Nothing here ever touches the network."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "models"
TOKENIZER = FOLDER / "en" / "tokenize" / "compact.pt"
QUOTATION = FOLDER / "en" / "quotation" / "compact.safetensors"
VOCABULARY = FOLDER / "en" / "quotation" / "tokenizer.json"


class ModelMissing(Exception):
    """A bundled model file is not where the installation should have put it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"model file missing: {path}; install the package again (models are never downloaded)")
        self.path = path


def require(path: Path) -> Path:
    """``path``, or ModelMissing when there is no such file."""
    if not path.is_file():
        raise ModelMissing(path)
    return path
