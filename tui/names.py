"""Names as people compare and read them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def folded(text: str) -> str:
    """``text`` without case and accents, for comparing."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


@lru_cache(maxsize=512)
def country_name(code: str | None) -> str:
    """The common English name of an ISO 3166 alpha-3 code; the code itself where it is none."""
    if code is None:
        return "No country"
    import pycountry  # here, as its tables take longer to load than the first screen

    country = pycountry.countries.get(alpha_3=code)
    return getattr(country, "common_name", country.name) if country else code
