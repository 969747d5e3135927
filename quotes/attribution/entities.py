"""In-document entities: which names mean the same person, organisation, country or people."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from quotes.attribution.genders import gender_beside
from quotes.attribution.lexicon import Gender, fold, lexicon
from quotes.attribution.names import is_initial, near_word, parse, same_given, same_person, same_word, words_of
from quotes.attribution.patterns import Name
from quotes.model import Span, SpeakerKind

_COURTESY = frozenset(
    ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "madam", "prof.", "professor")
)
_PLACED = regex.compile(r"\b(?:in|to|from|of|near|for|with|across|and)\s+$", regex.I)


@dataclass(slots=True)
class Entity:
    """One person, organisation, country or people of this document, with all its names in the order of the text.

    ``name`` is the fullest form without title. ``roles`` are descriptions bound to it: titles and appositions.
    """

    kind: SpeakerKind
    name: str
    names: list[Name] = field(default_factory=list)
    gender: Gender | None = None
    gender_told: bool = False
    country: str | None = None
    roles: list[tuple[int, str]] = field(default_factory=list)
    official: str | None = None
    starts: list[int] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """Whether capital letters alone make it a name."""
        return not any(name.sure for name in self.names) and len(self.names) < 2

    @property
    def first(self) -> int:
        return self.names[0].span.start

    def last_before(self, at: int) -> Name | None:
        """The last of its names that starts before offset ``at``."""
        i = bisect_left(self.starts, at)
        return self.names[i - 1] if i else None

    def next_after(self, at: int) -> Name | None:
        i = bisect_right(self.starts, at)
        return self.names[i] if i < len(self.names) else None

    def count_before(self, at: int) -> int:
        return bisect_left(self.starts, at)


class Entities:
    """The entities of one document and which of its names belongs to which."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.known = lexicon()
        self.of_name: dict[Span, Entity] = {}
        self.persons: list[Entity] = []
        self.others: list[Entity] = []
        self._full_forms: dict[int, set[str]] = defaultdict(set)  # the names of several words of each person
        surnames = {fold(_core(n.text)[-1]) for n in names if n.kind == "person" and len(_core(n.text)) > 1}
        self._lone = {fold(n.text) for n in names if n.kind == "person" and " " not in n.text}
        self._acronyms = self._defined_acronyms(names)
        personal = [
            name
            for name in names
            if (name.kind in ("person", "unknown") or self._is_surname(name, surnames))
            and not (name.kind == "unknown" and name.text in self._acronyms)
        ]
        self._join_persons(personal)
        taken = {name.span for name in personal}
        self._join_others([name for name in names if name.span not in taken])
        for entity in (*self.persons, *self.others):
            entity.names.sort(key=lambda name: name.span.start)
            entity.starts = [name.span.start for name in entity.names]
        self.persons.sort(key=lambda entity: entity.first)
        self.others.sort(key=lambda entity: entity.first)

    def __iter__(self) -> Iterable[Entity]:
        return iter((*self.persons, *self.others))

    def _is_surname(self, name: Name, surnames: set[str]) -> bool:
        """Whether a word that passes for an organisation or place is a person's name in this document."""
        if name.kind not in ("organisation", "place", "adjective", "country"):
            return False
        words = [fold(word) for word in name.text.split()]
        if len(words) in (2, 3) and name.kind == "organisation" and not self.known.organisation_heads & set(words):
            return words[-1] in self._lone and fold(name.text) not in self.known.organisations
        if len(words) > 1 or words[0] in self.known.organisations:
            return False
        if words[0] in self.known.places:
            # "Jordan" is Jim Jordan after he was named, but not after a preposition.
            return words[0] in surnames and not _PLACED.search(
                self.text[max(0, name.span.start - 12) : name.span.start]
            )
        return words[0] in surnames or any(near_word(words[0], surname) for surname in surnames)

    # ---- persons ----

    def _join_persons(self, names: list[Name]) -> None:
        full = [name for name in names if len(_core(name.text)) > 1]
        short = [name for name in names if len(_core(name.text)) == 1]
        # Sure names first, so that a doubtful one ("Ana Lima Won") joins a sure one.
        for name in sorted(full, key=lambda n: (not n.sure, n.headline, n.span.start)):
            self._add_full(name)
        self._settle_spelling()
        titled = [name for name in short if name.title is not None and fold(name.title) not in _COURTESY]
        plain = [name for name in short if name.title is None or fold(name.title) in _COURTESY]
        for name in titled:
            self._add_short(name)
        givens = {fold(_core(entity.name)[0]) for entity in self.persons if len(_core(entity.name)) > 1}
        for name in sorted(
            plain, key=lambda n: (fold(n.text) not in givens, n.kind == "unknown", n.headline, n.span.start)
        ):
            self._add_short(name)
        self._settle_spelling()

    def _add_full(self, name: Name) -> None:
        parsed = parse(name.text)
        for entity in self.persons:
            if _genders_clash(entity, name):
                continue
            forms = self._full_forms[id(entity)] | {entity.name}
            if any(same_person(parse(form), parsed) or _misspelt(form, name.text) for form in forms):
                self._join(entity, name)
                return
        if name.headline and not name.sure:
            words = name.text.split()
            if any(same_word(words[-1], words_of(entity.name)[-1]) for entity in self.persons):
                return
        self._new_person(name)

    def _settle_spelling(self) -> None:
        """Of several spellings of a full name the commonest is the document's."""
        for entity in self.persons:
            length = len(words_of(entity.name))
            longest = [n.text for n in entity.names if len(words_of(n.text)) == length and not n.headline]
            if longest and not any(is_initial(w) for w in words_of(entity.name)):
                entity.name = _clean_case(Counter(longest).most_common(1)[0][0])

    def _add_short(self, name: Name) -> None:
        word = _core(name.text)[0]
        candidates = [(self._short_fit(entity, word, name), entity) for entity in self.persons]
        candidates = [(fit, entity) for fit, entity in candidates if fit > 0]
        agreeing = [(fit, entity) for fit, entity in candidates if not _genders_clash(entity, name)]
        # A given name tells the gender less surely than "Mr": the only bearer of the surname is meant all the same.
        candidates = (
            agreeing or [(fit, entity) for fit, entity in candidates if fit >= 4 and not entity.gender_told][:1]
        )
        if candidates:
            known = [(fit, entity) for fit, entity in candidates if fit >= 2 and self._introduced(entity, name)]
            candidates = known if known and not name.headline else candidates
            best = max(fit for fit, _ in candidates)
            entities = [entity for fit, entity in candidates if fit == best]
            self._join(self._likeliest(entities, name), name)
        elif name.kind == "person" and not (name.headline and not name.sure and name.title is None):
            self._new_person(name)
        elif name.kind == "unknown":
            self._new_unknown(name)

    def _introduced(self, entity: Entity, name: Name) -> bool:
        """Whether the running text has given the entity's full name before: who comes later is not meant yet."""
        return any(n.span.start < name.span.start and not n.headline and " " in n.text for n in entity.names)

    def _short_fit(self, entity: Entity, word: str, name: Name) -> int:
        """How well a lone word names an entity: 5 its only name, 4 surname, 3 or 2 given name, 1 misspelt."""
        words = _core(entity.name)
        if len(words) == 1:
            return 5 if same_word(words[0], word) else 0
        if self._titles_clash(entity, name):
            return 0
        parsed = parse(entity.name)
        last = _core(" ".join(parsed.last))[-1]
        if same_word(last, word) or fold(parsed.last[-1]) == fold(word):
            return 4
        if "-" in last and any(same_word(part, word) for part in last.split("-")):
            return 4
        if any(same_word(w, word) for w in words[:1] if not is_initial(w)):
            if fold(words[0]) in self.known.family_first:
                return 4
            return 3 if not self.known.is_given(word) or name.title is not None else 2
        if len(words) > 2 and any(same_word(w, word) for w in words[1:-1]):
            # The father's name of "Lucía Ferrer Ortiz"; a second given name says less.
            return 2 if self.known.is_given(word) else 3
        if same_given(words[0], word) and self.known.is_given(word) and name.kind == "person":
            return 1
        return 1 if near_word(last, word) and not name.headline and word.lower() not in self.text else 0

    def _titles_clash(self, entity: Entity, name: Name) -> bool:
        """ "President Obama" is not "first lady Michelle Obama": a title of office that the full name never carries,
        standing before the full name appears."""
        if name.title is None or fold(name.title) in _COURTESY:
            return False
        own = [fold(role) for _, role in entity.roles]
        title = fold(name.title)
        if not own:
            return entity.first > name.span.start + 400 and entity.gender == "female" and "president" in title
        mine = _office_words(title)
        return (
            not any(mine & _office_words(role) for role in own)
            and any(_office_words(role) for role in own)
            and bool(mine)
        )

    def _likeliest(self, entities: list[Entity], name: Name) -> Entity:
        if len(entities) == 1:
            return entities[0]
        told = gender_beside(self.text, name)
        if told is not None and (same := [e for e in entities if e.gender == told]):
            entities = same
        before = [e for e in entities if any(n.span.start < name.span.start and not n.headline for n in e.names)]
        pool = before if before and not name.headline else entities

        def weight(entity: Entity) -> tuple[float, int]:
            fulls = sum(1 for n in entity.names if len(_core(n.text)) > 1)
            shorts = len(entity.names) - fulls
            given = _core(entity.name)[0]
            by_given = any(fold(n.text) == fold(given) for n in entity.names)
            nearest = min(
                (name.span.start - n.span.start for n in entity.names if n.span.start < name.span.start), default=10**6
            )
            # Who is called by the given name ("Ivanka") is not meant by the bare surname.
            near = 1.0 if nearest < 250 else 0.0
            return min(fulls, 3) + 2 * min(shorts, 3) + near - (6.0 if by_given else 0.0), -nearest

        return max(pool, key=weight)

    def _join(self, entity: Entity, name: Name) -> None:
        entity.names.append(name)
        self.of_name[name.span] = entity
        if " " in name.text:
            self._full_forms[id(entity)].add(name.text)
        if _fuller(name, entity):
            entity.name = _clean_case(name.text)
        if name.title is not None and name.gender is not None and not entity.gender_told and " " not in name.text:
            entity.gender, entity.gender_told = name.gender, True
        entity.gender = entity.gender or name.gender
        if name.title:
            entity.roles.append((name.outer.start, name.title))

    def _new_person(self, name: Name) -> None:
        entity = Entity("person", _clean_case(name.text), gender=name.gender)
        self.persons.append(entity)
        self._join(entity, name)

    def _new_unknown(self, name: Name) -> None:
        """A lone capitalised word: one entity for each spelling, told from a person only by its use."""
        key = fold(name.text)
        for entity in self.others:
            if entity.kind == "group" and entity.official == "?" and fold(entity.name) == key:
                entity.names.append(name)
                self.of_name[name.span] = entity
                return
        entity = Entity("group", name.text, official="?")
        self.others.append(entity)
        entity.names.append(name)
        self.of_name[name.span] = entity

    # ---- organisations, countries, peoples ----

    def _join_others(self, names: list[Name]) -> None:
        acronyms = self._acronyms
        table: dict[str, Entity] = {fold(e.name): e for e in self.others}
        for name in sorted(names, key=lambda n: (n.headline, -len(n.text.split()), n.span.start)):
            if name.kind in ("adjective",):
                continue
            kind, key, official = self._identity(name, acronyms)
            entity = table.get(key)
            if entity is None and kind == "organisation":
                entity = self._short_organisation(name)
            if entity is None:
                entity = Entity(kind, name.text, country=name.country, official=official)
                self.others.append(entity)
                table[key] = entity
            entity.names.append(name)
            entity.country = entity.country or name.country
            if _fuller(name, entity) and kind != "country":
                entity.name = name.text
            self.of_name[name.span] = entity

    def _identity(self, name: Name, acronyms: dict[str, str]) -> tuple[SpeakerKind, str, str | None]:
        place = self.known.place(name.text)
        if name.kind == "country" and place is not None:
            if place.sense == "name":
                return "country", "country:" + place.code, self.known.countries[place.code].name
            return "country", "capital:" + fold(name.text), None
        if name.kind == "people":
            return "group", fold(name.text), None
        if name.kind == "place":
            return "organisation", fold(name.text), None
        official = self.known.organisations.get(fold(name.text))
        key = acronyms.get(name.text.replace(".", ""), official or name.text)
        return "organisation", fold(key), official

    def _defined_acronyms(self, names: Sequence[Name]) -> dict[str, str]:
        """ "the Ministry of External Affairs (MEA)", "Organisation for Common Interests, or OCI"."""
        out: dict[str, str] = {}
        for name in names:
            if name.kind != "organisation":
                continue
            match = regex.match(
                r"[’']?s?,? (?:\((?:or )?|or )[\"“]?(?:the )?([\p{Lu}&\-]{2,10})\b",
                self.text[name.span.end : name.span.end + 16],
            )
            if match is not None:
                out[match.group(1)] = name.text
            elif (initials := "".join(w[0] for w in name.text.split() if w[0].isupper())) and len(initials) > 1:
                if len(initials) > 2 or fold(initials) not in self.known.places:
                    out.setdefault(initials, name.text)
                out.setdefault("".join(w[0] for w in name.text.split()), name.text)  # "MoFA"
        return out

    def _short_organisation(self, name: Name) -> Entity | None:
        """ "the Times" for "Tampa Bay Times": the last words of one longer organisation name."""
        words = [fold(w) for w in name.text.split()]
        known = fold(name.text) in self.known.organisations
        fits = []
        for entity in self.others:
            longer = [fold(w) for w in entity.name.split()]
            if entity.kind != "organisation" or len(longer) <= len(words):
                continue
            if known and self.known.place(" ".join(entity.name.split()[: -len(words)])) is None:
                continue  # "the Supreme Court" is "the U.S. Supreme Court", and nothing else that ends so
            if longer[-len(words) :] == words or (not known and longer[:1] == words and not _place_like(name)):
                fits.append(entity)
        return fits[0] if len(fits) == 1 else None


def _misspelt(a: str, b: str) -> bool:
    """Two full names with the same given name and nearly the same surname: one person within a document."""
    x, y = _core(a), _core(b)
    return len(x) == len(y) > 1 and fold(x[0]) == fold(y[0]) and near_word(x[-1], y[-1])


def _place_like(name: Name) -> bool:
    return name.kind == "place" or lexicon().place(name.text) is not None


def _core(name: str) -> tuple[str, ...]:
    """The words that tell: without suffix and particles."""
    known = lexicon()
    words = tuple(w for w in words_of(name) if fold(w.strip(",")) not in known.suffixes)
    return tuple(w for w in words if fold(w) not in known.particles or len(words) == 1) or words or (name,)


def _genders_clash(entity: Entity, name: Name) -> bool:
    return entity.gender is not None and name.gender is not None and entity.gender != name.gender


def _office_words(title: str) -> set[str]:
    words = set(regex.findall(r"\p{L}+", title))
    return {w for w in words if w in lexicon().roles or w in _SHORT_OFFICES} - _ANY_OFFICE


_SHORT_OFFICES = frozenset(("rep", "sen", "gov", "gen", "lady"))
# Held beside other offices: an ambassador presides over a council, a senator over a committee.
_ANY_OFFICE = frozenset(
    ("leader", "candidate", "nominee", "head", "chief", "ambassador", "chair", "chairman", "coordinator", "envoy")
)


def _fuller(name: Name, entity: Entity) -> bool:
    """Whether a name form says more than the entity's present name; sure forms and running text come first."""
    if name.headline and not entity.name.isupper():
        return False
    mine, theirs = words_of(name.text), words_of(entity.name)
    if entity.name.isupper() and not name.text.isupper() and len(mine) >= len(theirs):
        return len(entity.name) > 6 or len(mine) > len(theirs)
    if len(mine) != len(theirs):
        return len(mine) > len(theirs) and (name.sure or name.title is not None)
    initials = sum(map(is_initial, mine)), sum(map(is_initial, theirs))
    return initials[0] < initials[1]


def _clean_case(text: str) -> str:
    """A name in capitals as names are written: "YELENA GLUSHAKOVA" → "Yelena Glushakova"."""
    if not text.isupper() or len(text) < 4:
        return text
    return regex.sub(
        r"\p{L}+", lambda m: m.group()[0] + m.group()[1:].lower() if len(m.group()) > 1 else m.group(), text
    )
