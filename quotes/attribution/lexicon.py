"""The knowledge of names, countries, titles and organisations, read once from ``quotes/data``."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import pycountry
import regex

Gender = Literal["male", "female"]

_GENDERS: tuple[Gender | None, ...] = (None, "male", "female")
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ø": "o",
        "Ø": "O",
        "ı": "i",
        "ß": "ss",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "’": "'",
        "‑": "-",
    }
)


def data(name: str) -> Any:
    """The JSON data file ``name`` of the package."""
    return json.loads((resources.files("quotes") / "data" / name).read_text(encoding="utf8"))


@cache
def fold(text: str) -> str:
    """``text`` without accents, in lower case, with straight apostrophes: the form in which words are compared."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_PLAIN)


@cache
def small_words(kind: str) -> frozenset[str]:
    """A list of small-words.json; an underscore there stands for a space."""
    return frozenset(word.replace("_", " ") for word in data("small-words.json")[kind].split())


@dataclass(frozen=True, slots=True)
class Country:
    """``name`` is the usual English name; ``code`` is the ISO 3166 alpha-3 code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a country word stands for: the country, its capital or seat of power, its people, or the adjective."""

    code: str
    sense: Literal["name", "capital", "seat", "people", "adjective", "region"]
    name: str


class Lexicon:
    """Look-ups over the data files; all keys are folded."""

    def __init__(self) -> None:
        names = data("given-names.json")
        self.given: dict[str, Gender | None] = dict.fromkeys(names["either"].split())
        self.given |= dict.fromkeys(names["male"].split(), "male")
        self.given |= dict.fromkeys(names["female"].split(), "female")
        self.family_first = frozenset(fold(name) for name in data("family-names.json")["first"])
        self.nicknames: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in data("nicknames.json").items()}
        self.places: dict[str, Place] = {}
        self.adjectives: dict[str, str] = {}
        self.countries: dict[str, Country] = {}
        self._read_countries()
        titles = data("titles.json")
        self.honorific_gender: dict[str, Gender | None] = {}
        for gender in _GENDERS:
            for word in titles["honorifics"][gender or "either"]:
                self.honorific_gender[fold(word)] = gender
        self.titles = frozenset(fold(t) for t in titles["titles"]) | frozenset(self.honorific_gender)
        self.title_words = frozenset(w for t in self.titles for w in t.replace("-", " ").split()) | self.titles
        self.roles: dict[str, Gender | None] = {}
        for gender in _GENDERS:
            for word in titles["roles"][gender or "either"]:
                self.roles[fold(word)] = gender
        self.group_roles = frozenset(fold(w) for w in titles["group_roles"])
        self.institutional = frozenset(fold(w) for w in titles["institutional"])
        self.suffixes = frozenset(fold(w) for w in titles["suffixes"])
        self.particles = frozenset(fold(w) for w in titles["particles"])
        self.party_adjectives = frozenset(fold(w) for w in titles["party_adjectives"])
        self.former = frozenset(fold(w) for w in titles["former"])
        self.abbreviations = frozenset(w for t in self.titles | self.suffixes for w in t.split() if w.endswith("."))
        organisations = data("organisations.json")
        self.organisations: dict[str, str] = {}
        self.organisation_country: dict[str, str | None] = {}
        for name, entry in organisations["names"].items():
            self.organisation_country[name] = entry["country"]
            for alias in (name, *entry["aliases"]):
                self.organisations[fold(alias)] = name
        self.known_as: dict[str, frozenset[str]] = {}
        for noun, bodies in organisations["known_as"].items():
            for name in bodies:
                self.known_as[fold(name)] = self.known_as.get(fold(name), frozenset()) | {noun}
        self.organisation_heads = frozenset(fold(w) for w in organisations["heads"])
        self.organisation_nouns = frozenset(fold(w) for w in organisations["nouns"])
        self.documents = frozenset(fold(w) for w in organisations["documents"])
        self.pronouns: dict[str, str] = {
            word: kind for kind, words in data("pronouns.json").items() if kind != "about" for word in words
        }

    def _read_countries(self) -> None:
        for entry in pycountry.countries:
            name = getattr(entry, "common_name", entry.name)
            self._add_country(entry.alpha_3, name, (entry.name, getattr(entry, "official_name", entry.name)))
        for state in pycountry.subdivisions.get(country_code="US") or ():
            self._add_places("USA", "region", (state.name,))
        for code, entry in data("countries.json").items():
            self._add_country(code, entry["names"][0], entry["names"])
            for sense, field in (("capital", "capitals"), ("seat", "seats"), ("people", "people")):
                self._add_places(code, sense, entry.get(field, ()))
            for word in entry.get("adjectives", ()):
                self.adjectives[fold(word)] = code
                self.places.setdefault(fold(word), Place(code, "adjective", word))

    def _add_country(self, code: str, name: str, names: Iterable[str]) -> None:
        self.countries[code] = Country(code, name)
        self._add_places(code, "name", (name, *names))

    def _add_places(self, code: str, sense: Any, names: Iterable[str]) -> None:
        for name in names:
            self.places[fold(name)] = Place(code, sense, name)

    def place(self, text: str) -> Place | None:
        """The country sense of ``text`` (with or without "the"), or None. "US" needs its capitals, "us" is none."""
        words = _THE.sub("", text)
        if len(words) <= 3 and words.islower():
            return None
        return self.places.get(fold(words))

    def gender_of_given(self, word: str) -> Gender | None:
        return self.given.get(fold(word).split("-")[0]) if fold(word) not in self.given else self.given[fold(word)]

    def is_given(self, word: str) -> bool:
        folded = fold(word)
        return folded in self.given or folded.split("-")[0] in self.given

    def singular(self, word: str) -> str:
        """A noun's dictionary form: "ministers" → "minister", "spokesmen" → "spokesman"."""
        folded = fold(word)
        if folded in self.roles or folded in self.organisation_nouns:
            return folded
        for ending, replacement in (
            ("men", "man"),
            ("ies", "y"),
            ("ses", "s"),
            ("ches", "ch"),
            ("s", ""),
            ("people", "person"),
        ):
            if folded.endswith(ending):
                stem = folded[: -len(ending)] + replacement
                if stem in self.roles or stem in self.organisation_nouns:
                    return stem
        return folded

    def is_plural_role(self, word: str) -> bool:
        folded = fold(word)
        return folded in self.group_roles or (self.singular(folded) != folded and self.singular(folded) in self.roles)


_THE = regex.compile(r"^[Tt]he\s+")


@cache
def lexicon() -> Lexicon:
    """The lexicon, built at first use (about a tenth of a second)."""
    return Lexicon()
