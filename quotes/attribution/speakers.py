"""One canonical speaker for each person, organisation and country across documents.

A ``SpeakerRegistry`` knows no database: it is fed with names as documents give them, answers with canonical names,
and says by which rule. It is conservative: two names become one speaker only where spelling, role and country allow
it; what is ambiguous stays apart. It is stable: a key, once given, is never taken back, and names set by a person are
never changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

import regex
from rapidfuzz import fuzz

from quotes.attribution.lexicon import fold, lexicon
from quotes.attribution.names import (
    PersonName,
    is_initial,
    parse,
    particle_free,
    same_person,
    same_romanised,
    same_word,
    sound_key,
    words_of,
)
from quotes.attribution.roles import families, nouns_in
from quotes.model import Speaker, SpeakerKind

Rule = Literal[
    "corrected", "known form", "spelling", "romanisation", "name order", "initials or short form", "bare surname",
    "acronym or official name",
    "fuller name of a bare surname", "namesake", "new",
]  # fmt: skip

#: Names of one organisation are at least this alike (rapidfuzz token_sort_ratio, 0..100) after folding.
LIKENESS = 96.0
#: A lone surname without role or country means its only bearer when that one was named in at least so many documents.
OFTEN = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """Which speaker a name was given, and why.

    ``key`` never changes for a speaker; ``name`` is its canonical name now. ``score`` (0..100) is how alike the
    name and the canonical name are. ``renamed_from`` is the former canonical name where this name made it fuller.
    """

    key: int
    name: str
    rule: Rule
    score: float
    created: bool = False
    renamed_from: str | None = None


@dataclass(slots=True)
class Known:
    """A canonical speaker with all that documents said of it. ``fixed``: its name was set by a person."""

    key: int
    name: str
    kind: SpeakerKind
    fixed: bool = False
    forms: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    nouns: Counter[str] = field(default_factory=Counter)
    context: Counter[str] = field(default_factory=Counter)
    latest_role: str | None = None


def families_of(role: str | None) -> frozenset[str]:
    """The walks of life that a role belongs to."""
    nouns = nouns_in(role) if role else frozenset()
    known = families()
    return frozenset(known[noun] for noun in nouns if noun in known)


class SpeakerRegistry:
    """Canonical speakers, in the order in which they were first met."""

    def __init__(self) -> None:
        self.speakers: list[Known] = []
        self._by_form: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._corrections: dict[str, int] = {}

    # ---- what is known beforehand ----

    def prime(
        self,
        name: str,
        aliases: Iterable[str] = (),
        *,
        kind: SpeakerKind = "person",
        country: str | None = None,
        role: str | None = None,
        corrected: bool = False,
    ) -> int:
        """Tell of a canonical speaker from an earlier run, and give its key.

        ``corrected``: a person set this name and these aliases; each alias then always means this speaker.
        """
        known = self._create(name, kind, fixed=corrected)
        self._learn(known, name, country, role, ())
        for alias in aliases:
            self._index(known, alias)
            known.forms[alias] += 1
        if corrected:
            for form in (name, *aliases):
                self._corrections[_plain(form)] = known.key
        return known.key

    # ---- names from documents ----

    def add(
        self,
        name: str,
        kind: SpeakerKind = "person",
        country: str | None = None,
        role: str | None = None,
        context: Collection[str] = (),
    ) -> Decision:
        """The canonical speaker of a name that a document gives (its fullest form there).

        ``context`` are other names of the document; they only break ties. The name is learnt, so order matters: feed
        documents in a fixed order (by date), or use ``add_all`` to see full names first.

        Raises ValueError when ``name`` has no letter or digit.
        """
        if not any(c.isalnum() for c in name):
            raise ValueError(f"not a name: {name!r}")
        corrected = self._corrections.get(_plain(name))
        if corrected is not None:
            return self._join(self.speakers[corrected], name, country, role, context, "corrected")
        if kind != "person":
            return self._add_body(name, kind, country, role, context)
        if _bare(name) is not None:
            return self._add_bare(name, country, role, context)
        return self._add_person(name, country, role, context)

    def add_all(self, names: Iterable[tuple[str, SpeakerKind, str | None, str | None]]) -> list[Decision]:
        """Decisions for (name, kind, country, role) of many documents, in the order given; full names go first."""
        items = list(names)
        order = sorted(range(len(items)), key=lambda i: (_bare(items[i][0]) is not None, i))
        decisions: dict[int, Decision] = {}
        for i in order:
            decisions[i] = self.add(*items[i])
        return [replace(decisions[i], name=self.speakers[decisions[i].key].name) for i in range(len(items))]

    def canonical(self, speaker: Speaker, context: Collection[str] = ()) -> Speaker:
        """``speaker`` with its canonical name; joint speakers ("A; B") name by name."""
        if "; " in speaker.name:
            parts = [self.add(part, _kind_of_part(part), None, None, context).name for part in speaker.name.split("; ")]
            return replace(speaker, name="; ".join(parts))
        if speaker.kind == "group":
            return speaker
        return replace(speaker, name=self.add(speaker.name, speaker.kind, speaker.country, speaker.role, context).name)

    # ---- persons ----

    def _add_person(self, name: str, country: str | None, role: str | None, context: Collection[str]) -> Decision:
        parsed = parse(name)
        namesakes = False
        fits: list[tuple[float, Known, Rule]] = []
        for known in self._near(name):
            rule = self._same_name(name, parsed, known)
            if rule is None:
                continue
            if self._conflicts(known, country, role) or (
                rule == "fuller name of a bare surname" and not self._agrees(known, country, role)
            ):
                namesakes = namesakes or rule in ("known form", "spelling")
                continue
            if bool(parsed.suffix) != any(parse(form).suffix for form in known.forms) and not self._same_office(
                known, role
            ):
                continue  # a father and his son
            if rule == "romanisation" and not (country in known.countries and self._same_office(known, role) and role):
                continue  # consonants alone are too little
            if rule == "initials or short form" and not self._safe_short(name, known, country, role):
                continue
            score = fuzz.token_sort_ratio(fold(name), fold(known.name)) + (
                20 if self._agrees(known, country, role) else 0
            )
            fits.append((score + _shared(known, context), known, rule))
        if fits:
            best = max(fits, key=lambda fit: (fit[2] == "known form", fit[0], -fit[1].key))
            return self._join(best[1], name, country, role, context, best[2])
        return self._new(name, "person", country, role, context, namesakes)

    def _same_name(self, name: str, parsed: PersonName, known: Known) -> Rule | None:
        if known.kind != "person":
            return None
        if _plain(name) in {_plain(form) for form in known.forms}:
            return "known form"
        for form in known.forms:
            words = _name_words(form)
            if (bare := _bare(form)) is not None:
                if same_word(bare, particle_free(parsed.last)[-1]) and all(_bare(f) for f in known.forms):
                    return "fuller name of a bare surname"
                continue
            other = parse(form)
            if same_person(parsed, other):
                if [sound_key(w) for w in _name_words(name)] == [sound_key(w) for w in words]:
                    return "spelling"
                if sorted(sound_key(w) for w in _name_words(name)) == sorted(sound_key(w) for w in words):
                    return "name order"
                return (
                    "spelling"
                    if len(words) == len(_name_words(name)) and not _abbreviated(name, form)
                    else "initials or short form"
                )
            if same_romanised(parsed, other):
                return "romanisation"
        return None

    def _safe_short(self, name: str, known: Known, country: str | None, role: str | None) -> bool:
        """A short or abbreviated form joins only where nobody else fits it, or role or country agree."""
        if self._agrees(known, country, role):
            return True
        parsed = parse(name)
        others = [
            k
            for k in self._near(name)
            if k is not known and self._same_name(name, parsed, k) not in (None, "fuller name of a bare surname")
        ]
        initials = any(is_initial(word) for word in _name_words(name)[:1])
        return not others and not initials

    def _add_bare(self, name: str, country: str | None, role: str | None, context: Collection[str]) -> Decision:
        """A lone surname: joined to the one speaker of that surname whose role or country agrees, else kept apart."""
        word = _bare(name) or name
        bearers = [k for k in self._near(name) if k.kind == "person" and self._bears(k, word)]
        agreeing = [k for k in bearers if self._agrees(k, country, role) and not self._conflicts(k, country, role)]
        if len(agreeing) > 1 and country and role:
            closer = [k for k in agreeing if country in k.countries and nouns_in(role) & set(k.nouns)]
            agreeing = closer or agreeing
        if len(agreeing) == 1:
            return self._join(agreeing[0], name, country, role, context, "bare surname")
        same = [k for k in bearers if all(_bare(form) for form in k.forms) and not self._conflicts(k, country, role)]
        if len(same) == 1 and (
            self._agrees(same[0], country, role) or (not country and not role and not same[0].countries)
        ):
            return self._join(same[0], name, country, role, context, "known form")
        alone = [k for k in bearers if not self._conflicts(k, country, role)]
        known_well = len(bearers) == 1 and (bearers[0].fixed or sum(bearers[0].forms.values()) >= OFTEN)
        if (
            len(bearers) == 1
            and alone
            and (known_well or (not country and not role and _shared(alone[0], context) > 0))
        ):
            return self._join(alone[0], name, country, role, context, "bare surname")
        return self._new(name, "person", country, role, context, bool(same))

    def _bears(self, known: Known, word: str) -> bool:
        for form in known.forms:
            words = particle_free(_name_words(form))
            if same_word(words[-1], word) or (same_word(words[0], word) and (len(words) == 1 or _family_first(words))):
                return True
            if len(words) > 2 and same_word(words[-2], word) and not lexicon().is_given(words[-2]):
                return True  # the father's name of "Lucía Ferrer Ortiz"
        return False

    # ---- organisations and countries ----

    def _add_body(
        self, name: str, kind: SpeakerKind, country: str | None, role: str | None, context: Collection[str]
    ) -> Decision:
        official = lexicon().organisations.get(fold(_article_free(name)))
        place = lexicon().place(name) if kind == "country" else None
        if official is not None:
            name, rule = official, "acronym or official name"
        elif place is not None and place.sense == "name":
            name, rule = lexicon().countries[place.code].name, "acronym or official name"
        else:
            rule = "known form"
        for known in self._near(name):
            if known.kind == kind and _plain(name) in {_plain(form) for form in known.forms}:
                if kind == "organisation" and official is None and self._conflicts(known, country, None):
                    continue
                return self._join(known, name, country, role, context, rule)  # type: ignore[arg-type]
        if kind == "organisation" and official is None:
            for known in self._near(name):
                alike = fuzz.token_sort_ratio(_plain(name), _plain(known.name))
                if known.kind == kind and alike >= LIKENESS and not self._conflicts(known, country, None):
                    return self._join(known, name, country, role, context, "spelling")
        return self._new(name, kind, country, role, context, False)

    # ---- evidence ----

    def _conflicts(self, known: Known, country: str | None, role: str | None) -> bool:
        """Another country, or another walk of life."""
        if country and known.countries and country not in known.countries:
            return True
        families = families_of(role)
        return bool(families and known.families and not families & set(known.families))

    def _agrees(self, known: Known, country: str | None, role: str | None) -> bool:
        """The same country, or without countries the same role noun."""
        if country and country in known.countries:
            return not role or not known.families or bool(families_of(role) & set(known.families))
        return bool(role and nouns_in(role) & set(known.nouns) and not (country and known.countries))

    def _same_office(self, known: Known, role: str | None) -> bool:
        """The same role noun, or nothing known of either."""
        return bool(nouns_in(role) & set(known.nouns)) if role else not known.nouns

    # ---- keeping ----

    def _near(self, name: str) -> list[Known]:
        keys: dict[int, None] = {}
        for key in _blocks(name):
            keys.update(dict.fromkeys(self._by_word.get(key, ())))
        return [self.speakers[key] for key in sorted(keys)]

    def _create(self, name: str, kind: SpeakerKind, *, fixed: bool = False) -> Known:
        known = Known(len(self.speakers), name, kind, fixed)
        self.speakers.append(known)
        return known

    def _new(
        self,
        name: str,
        kind: SpeakerKind,
        country: str | None,
        role: str | None,
        context: Collection[str],
        namesake: bool,
    ) -> Decision:
        label = name
        if namesake or any(_plain(k.name) == _plain(name) for k in self._near(name)):
            label = self._told_apart(name, country, role)
        known = self._create(label, kind)
        self._learn(known, name, country, role, context)
        return Decision(known.key, label, "namesake" if label != name else "new", 100.0, True)

    def _told_apart(self, name: str, country: str | None, role: str | None) -> str:
        """A name for a namesake: "John Smith (economist)", "John Smith (Ghana)", else numbered."""
        taken = {_plain(k.name) for k in self.speakers}
        marks = [role or "", lexicon().countries[country].name if country in lexicon().countries else ""]
        for mark in marks:
            if mark and _plain(label := f"{name} ({mark})") not in taken:
                return label
        number = 2
        while _plain(f"{name} ({number})") in taken:
            number += 1
        return f"{name} ({number})"

    def _join(
        self, known: Known, name: str, country: str | None, role: str | None, context: Collection[str], rule: Rule
    ) -> Decision:
        score = float(fuzz.token_sort_ratio(fold(name), fold(known.name)))
        former = None
        if rule == "fuller name of a bare surname" and not known.fixed:
            former, known.name = known.name, name
        self._learn(known, name, country, role, context)
        return Decision(known.key, known.name, rule, score, False, former)

    def _learn(self, known: Known, name: str, country: str | None, role: str | None, context: Collection[str]) -> None:
        self._index(known, name)
        known.forms[name] += 1
        if country:
            known.countries[country] += 1
        if role:
            known.latest_role = role
            known.families.update(families_of(role))
            known.nouns.update(nouns_in(role))
        known.context.update(fold(word) for word in context)

    def _index(self, known: Known, name: str) -> None:
        for key in _blocks(name):
            if known.key not in self._by_word[key]:
                self._by_word[key].append(known.key)


@cache
def _plain(name: str) -> str:
    """A name for comparison: folded, without article, marks and spaces doubled."""
    return " ".join(regex.sub(r"[^\p{L}\p{N};&+]+", " ", fold(_article_free(name))).split())


def _article_free(name: str) -> str:
    return regex.sub(r"^[Tt]he\s+", "", name.strip())


@cache
def _bare(name: str) -> str | None:
    """The surname where a name is nothing else: "Haddad", "al-Haddad", "van der Meulen"."""
    words = particle_free(_name_words(name))
    return words[0] if len(words) == 1 else None


@cache
def _name_words(name: str) -> tuple[str, ...]:
    known = lexicon()
    words = tuple(w for w in words_of(name) if fold(w.strip(",")) not in known.suffixes)
    return words or (name,)


@cache
def _blocks(name: str) -> set[str]:
    """The keys under which a name is found: each word's sound, and the whole in one."""
    words = [sound_key(part) for word in _name_words(_article_free(name)) for part in {word, *word.split("-")} if part]
    return {w for w in words if len(w) > 1} | {w[:4] for w in words if len(w) > 4} | {_plain(name)}


def _abbreviated(a: str, b: str) -> bool:
    return any(is_initial(word) for name in (a, b) for word in _name_words(name)[:-1])


def _family_first(words: tuple[str, ...]) -> bool:
    """Whether the first word of a name is its family name ("Kim Jong Un", "Xi Jinping")."""
    return fold(words[0]) in lexicon().family_first and not is_initial(words[-1])


def _shared(known: Known, context: Collection[str]) -> float:
    return float(min(5, sum(1 for word in context if fold(word) in known.context)))


def _kind_of_part(part: str) -> SpeakerKind:
    place = lexicon().place(part)
    if place is not None and place.sense in ("name", "capital"):
        return "country"
    return "organisation" if fold(part) in lexicon().organisations else "person"
