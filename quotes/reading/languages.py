"""Which language a text is in, by py3langid (97 languages, bundled model, no network)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import regex

_SAMPLE = 4000  # characters looked at, from the middle of the text: headers are names and dates
_SHORT = 200  # below so many characters English is trusted unless the recogniser is sure
_SURE = 0.99
_SURE_SHORT = 0.9999
_LETTERS = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
# Words that are frequent in English and no words of its neighbours: names fool a recogniser of character sequences.
_ENGLISH = regex.compile(
    r"\b(?:the|and|that|with|said|from|they|their|which|would|been|were|this|he|his|she|has|could|should|not|its)\b",
    regex.I,
)
_ENGLISH_SHARE = 0.07  # of all words; running English text has about 0.15


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the main language of ``text``, None when it has no letters. In doubt English."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[start : start + _SAMPLE]
    if _english_words(sample) > _ENGLISH_SHARE:
        return "en"
    letters = len(_LETTERS.findall(sample))
    if not letters:
        return None
    latin = len(_LATIN.findall(sample)) / letters
    language, probability = _identifier().classify(sample.casefold() if sample.isupper() else sample)
    needed = _SURE_SHORT if letters < _SHORT and latin > 0.5 else _SURE
    if latin > 0.5 and letters < 25:
        return "en"
    return str(language) if language == "en" or probability >= needed else "en"


def _english_words(sample: str) -> float:
    """The share of the commonest English words among all words."""
    words = sample.split()
    return len(_ENGLISH.findall(sample)) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
