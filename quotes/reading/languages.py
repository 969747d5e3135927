"""Which language a text is in, by py3langid (97 languages, bundled model, no network)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import regex

_SAMPLE = 4000  # characters looked at, from the middle of the text: headers are names and dates
_SHORT = 200  # below so many letters English is trusted unless the recogniser is sure
_SHORTEST = 60  # and below so many always, where the script allows it
_SURE = 0.98  # probability that a short text must have for another language
_SURE_OF_TWO = 0.9  # and a longer one for the two likeliest languages: lists of foreign names look like many
_ENGLISH_EXCLUDED = 0.001  # probability of English above which a text is never taken for another language
_KIN = ("en", "pcm", "zxx")  # English, what the recogniser calls its slang, and no language (tags, codes)
_LETTERS = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
# Words that are frequent in English and no words of its neighbours: names fool a recogniser of character sequences.
_ENGLISH = frozenset({
    "the", "and", "that", "with", "said", "from", "they", "their", "which", "would", "been", "were", "this", "he",
    "his", "she", "has", "could", "should", "not", "its",
})  # fmt: skip
_ENGLISH_SHARE = 0.07  # of all words; running English text has about 0.15


def language_of(text: str) -> str | None:
    """The ISO 639-1 code (639-3 where there is none) of the main language of ``text``; None when it has no letters.

    In doubt English: a text wrongly skipped is lost, one wrongly read only gives poor results.
    """
    start = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[start : start + _SAMPLE]
    share = _english_words(sample)
    if share > _ENGLISH_SHARE:
        return "en"
    letters = len(_LETTERS.findall(sample))
    if not letters:
        return None
    ranked = _identifier().rank(sample)
    first, second = [(language, score) for language, score in ranked if language not in _KIN][:2]
    if len(_LATIN.findall(sample)) < letters / 2:
        return str(first[0])
    if letters < _SHORTEST or sum(score for language, score in ranked if language in _KIN) > _ENGLISH_EXCLUDED:
        return "en"
    sure = first[1] >= _SURE and not share if letters < _SHORT else first[1] + second[1] >= _SURE_OF_TWO
    return str(first[0]) if sure else "en"


def _english_words(sample: str) -> float:
    """The share of the commonest English words among all words."""
    words = sample.casefold().split()
    return sum(word in _ENGLISH for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
