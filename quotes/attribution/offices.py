"""Names and offices as headings and speaker labels write them: "NATO Secretary General Jo Berg", "MR PRICE"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from quotes.attribution.lexicon import fold, lexicon
from quotes.detection.documents.labels import is_outlet
from quotes.detection.documents.vocabulary import bare, words

_TOKEN = regex.compile(r"[^\s,()\[\]—–]+")
_NAME = regex.compile(r"[\p{Lu}\p{Lo}][\p{L}\p{M}.'’`-]*$")
# Prepositions that end an office or a name, also in the capitals of a headline.
_BREAKING = frozenset({"at", "in", "on", "with", "by", "from", "after", "before", "during", "following", "ahead", "as"})
# "Interview of", "Remarks by": the occasion before an office.
_OCCASION = regex.compile(
    r"^(?:.*\b(?:with|by|from|between)\s+|.*?\b(?:interview|remarks|statement|speech|transcript|address|message|visit|meeting|"
    r"briefing|answers|comments?|conference)\s+of\s+)(?=\S)",
    regex.I,
)
_LESSER = frozenset({"vice", "deputy", "assistant", "under", "undersecretary", "shadow"})
_SUFFIX = regex.compile(r",?\s+(?:Jr|Sr|JR|SR|II|III|IV)\b\.?$")
_OF_PLACE = regex.compile(
    r"(?<=^(?:Mrs?|Ms|Miss|Dr|Senator|Representative|Congress(?:wo)?man)\.?\s+\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]+)?)"
    r"\s+of\s+\p{Lu}[\p{L}. ]+$",
    regex.I,
)
_NEXT_NAME = regex.compile(r"[ \t]+(\p{Lu}\p{Ll}[\p{L}'’-]*)")
_POSSESSIVE = regex.compile(r"['’][sS]$")
_APPOSITION = regex.compile(r",\s+(?:(?:the|an?|its|their|our)\s+)?(?P<role>[^,.;:\n()]{3,90})")


@dataclass(frozen=True, slots=True)
class Named:
    """A person as the text names them, with the office in the text's words."""

    name: str
    role: str | None = None
    offset: int = 0


def is_given_name(word: str) -> bool:
    """Whether a word is a given name of the bundled lists."""
    return lexicon().is_given(bare(word))


def country_named(phrase: str) -> str | None:
    """The alpha-3 code when the whole phrase is a country's name ("the Russian Federation", "FRANCE")."""
    plain = phrase.strip(" ,;:*_")
    place = lexicon().place(plain.rstrip(".")) or lexicon().place(plain) or lexicon().place(plain + ".")
    return place.code if place is not None and place.sense == "name" else None


def is_country_word(word: str) -> bool:
    """Whether a word is a country's name or adjective, or its capital, and no given name ("Jordan", "Chad")."""
    place = lexicon().place(word.strip(" .,;:*_"))
    return place is not None and place.sense != "region" and not is_given_name(word)


def organisation_named(phrase: str) -> bool:
    """Whether the phrase is a known organisation's name or ends as one does ("Ministry", "Council of Europe")."""
    known = lexicon()
    low = fold(phrase.strip(" .,;:*_")).removeprefix("the ")
    if not low:
        return False
    head = regex.split(r" (?:of|for) ", low)[0].split()[-1]
    return low in known.organisations or head in known.organisation_heads


def split_name(phrase: str) -> tuple[str | None, str | None]:
    """(office, name) of a phrase that holds an office, a name or both, in either order.

    >>> split_name("Mark Rutte, NATO Secretary General")
    ('NATO Secretary General', 'Mark Rutte')
    """
    phrase = " ".join(phrase.split())
    suffix = _SUFFIX.search(phrase)
    core = phrase[: suffix.start()] if suffix else phrase
    # a place that tells two of one name apart: "Mr. Berg of Ohio"
    core = _OF_PLACE.sub("", core)
    parts = [part.strip() for part in core.split(",") if part.strip()]
    for number, part in enumerate(parts):
        office, name = _split_part(part)
        if name:
            rest = [office, *parts[number + 1 :], *(parts[:number] if number else [])]
            role = ", ".join(piece for piece in rest if piece) or None
            return role, name + (suffix.group() if suffix and number == len(parts) - 1 else "")
    return (core or None), None


def _split_part(part: str) -> tuple[str | None, str | None]:
    tokens = part.split()
    while len(tokens) > 1 and bare(tokens[-1]) in words("titles", "postnominals") and tokens[-1].isupper():
        tokens.pop()
    titles, inner, particles = words("titles", "words"), words("labels", "inner_words"), words("labels", "particles")
    start = len(tokens)
    while start > 0:
        word = tokens[start - 1]
        low = bare(word)
        if low in titles or (low in inner and low not in particles) or _POSSESSIVE.search(word):
            break
        if low not in particles and not _NAME.match(word):
            break
        start -= 1
    name = tokens[start:]
    if (
        not name
        and len(tokens) > 1
        and bare(tokens[0]) in {"mr", "mrs", "ms", "miss", "mme", "dr", "sir", "lord", "lady", "dame"}
    ):
        start, name = 1, tokens[1:]
    if start and name and bare(tokens[start - 1]) in inner:
        given = next(
            (i for i, word in enumerate(name[:-1]) if i and is_given_name(word) and not is_country_word(word)), 0
        )
        drop = given if len(name) > 2 and not is_given_name(name[0]) and given else _place_words(name)
        start, name = start + drop, name[drop:]
    elif start == 0 and len(name) > 2 and is_country_word(name[0]):
        start, name = 1, name[1:]
    if not name or len(name) > 6 or organisation_named(" ".join(name)) or country_named(" ".join(name)):
        return part, None
    return " ".join(tokens[:start]) or None, " ".join(name)


def _place_words(tokens: list[str]) -> int:
    """How many words at the beginning, after "of", name the place and not the person."""
    for length in range(min(4, len(tokens)), 0, -1):
        phrase = " ".join(tokens[:length])
        if country_named(phrase) or organisation_named(phrase):
            return length
    return 1 if len(tokens) > 2 else len(tokens)


def persons(text: str) -> Iterator[Named]:
    """The persons whom a text names beside their office, or with a known given name, in order."""
    titles = words("titles", "words")
    waiting: str | None = None  # an office with a comma behind it, whose holder may follow
    for segment in _segments(text):
        role, name = _split_part(segment.words)
        titled = any(bare(word) in titles for word in (role or "").split())
        if name and all(bare(word) in words("labels", "not_speakers") for word in name.split()):
            name = None
        if not name:
            ends_as_office = segment.comma and bare(segment.words.split()[-1]) in titles
            waiting = _clean_role(segment.words) if ends_as_office else None
            continue
        follow = _APPOSITION.match(text, segment.end) if segment.comma else None
        after = follow["role"].strip() if follow else None
        if after and not any(bare(word) in titles for word in after.split()[:4]):
            after = None
        if office := _clean_role(role if titled else None) or waiting or _clean_role(after):
            yield Named(without_honorific(name), office, segment.start)
        elif titled or (len(name.split()) > 1 and is_given_name(name.split()[0])):
            yield Named(without_honorific(name), None, segment.start)
        waiting = None


@dataclass(frozen=True, slots=True)
class _Segment:
    words: str
    start: int
    end: int
    comma: bool


def _segments(text: str) -> Iterator[_Segment]:
    """Runs of capitalised words with the small words and titles between them; ``comma``: a comma follows."""
    titles, inner = words("titles", "words"), words("labels", "inner_words")
    run: list[regex.Match[str]] = []

    def flush() -> Iterator[_Segment]:
        while run and bare(run[-1].group()) in inner and not run[-1].group()[0].isupper():
            run.pop()
        if run:
            start, end = run[0].start(), run[-1].end()
            written = text[start:end]
            core = _POSSESSIVE.sub("", written.rstrip(',.;:!?"”')) if len(written) > 3 else written
            yield _Segment(
                " ".join(core.split()), start, start + len(core), text[end - 1] == "," or text[end : end + 1] == ","
            )
            run.clear()

    for token in _TOKEN.finditer(text):
        word = token.group()
        low = bare(word)
        gap = text[run[-1].end() : token.start()] if run else ""
        if run and gap.strip(" \t"):
            yield from flush()
        if low in _BREAKING:
            yield from flush()
            continue
        if low == "and" and run and _split_part(" ".join(m.group() for m in run))[1]:
            yield from flush()
            continue
        if word[0].isupper() or low in titles or (run and low in inner):
            run.append(token)
        else:
            yield from flush()
            continue
        if _POSSESSIVE.search(word) or (word[-1] in ',;:!?"”') or (word[-1] == "." and not _is_abbreviation(word)):
            yield from flush()
    yield from flush()


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 3 or (len(word) <= 5 and bare(word) in words("titles", "words")) or word.count(".") > 1


def _clean_role(role: str | None) -> str | None:
    if role is None:
        return None
    kept = _OCCASION.sub("", role).split()
    honorifics = {
        "shri",
        "smt",
        "shrimati",
        "kumari",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mme",
        "the",
        "hon",
        "rt",
        "right",
        "honourable",
        "honorable",
        "sir",
        "dr",
        "h.e",
        "by",
        "his",
        "her",
    }
    while kept and bare(kept[0]) in honorifics:
        kept.pop(0)
    while kept and bare(kept[-1]) in honorifics | {"of", "and"}:
        kept.pop()
    return " ".join(kept) or None


def without_honorific(name: str) -> str:
    """The name without titles before it."""
    tokens = name.split()
    while len(tokens) > 1 and bare(tokens[0]) in words("titles", "words") and not is_given_name(tokens[0]):
        tokens.pop(0)
    return " ".join(tokens).strip(" ,;:*_")


def restore_case(name: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere, else in ordinary case; other names unchanged."""
    if not name.isupper():
        return name
    spelt = name.split()
    out = []
    for word in spelt:
        if len(word.strip(".")) <= 1 or (word.endswith(".") and len(word) <= 3):
            out.append(word)
            continue
        found = Counter(
            m.group() for m in regex.finditer(rf"(?i)(?<![\p{{L}}]){regex.escape(word)}(?![\p{{L}}])", text)
        )
        mixed = [form for form, _ in found.most_common() if not form.isupper() and form[0].isupper()]
        out.append(mixed[0] if mixed else _ordinary_case(word))
    return " ".join(out)


def _ordinary_case(word: str) -> str:
    if bare(word) in words("labels", "particles") and bare(word) not in {"st", "san", "mac", "abu"}:
        return word.lower()
    cased = regex.sub(r"[\p{L}\p{M}]+", lambda m: m.group().capitalize(), word)
    cased = regex.sub(r"\bMc(\p{Ll})", lambda m: "Mc" + m.group(1).upper(), cased)
    return regex.sub(r"(['’])S\b", r"\1s", cased)


def office_case(role: str) -> str:
    """An office in capitals in ordinary case, acronyms kept; other offices unchanged."""
    if not role.isupper():
        return role
    out: list[str] = []
    for word in role.split():
        acronym = fold(word.strip(".,")) in lexicon().organisations or is_outlet(word) or "." in word[:-1]
        small = bare(word) in words("labels", "inner_words") and out
        out.append(word if acronym else word.lower() if small else _ordinary_case(word))
    return " ".join(out)


def full_name(name: str, head: str, text: str) -> str:
    """The fullest form of ``name`` in the document: "Price" -> "Ann Price" where heading or text give that."""
    if len(name.split()) > 1 and bare(name.split()[0]) not in words("labels", "particles"):
        return name
    candidates: Counter[str] = Counter()
    for source, weight in ((head, 5), (text, 1)):
        for found, strength in _forms(name, source):
            candidates[_key(found, candidates)] += weight * strength
    strong = [(score, len(found.split()), found) for found, score in candidates.items() if score > 1]
    return max(strong)[2] if strong else name


def _key(found: str, candidates: Counter[str]) -> str:
    """The same name under one spelling, mixed case preferred."""
    for other in candidates:
        if other.casefold() == found.casefold():
            if other.isupper() and not found.isupper():
                candidates[found] = candidates.pop(other)
                return found
            return other
    return found


def _forms(name: str, text: str) -> Iterator[tuple[str, int]]:
    """Longer forms of a surname in the text, each with its strength: 1 could be chance, 2 is sure."""
    stop, titles, particles = words("labels", "not_speakers"), words("titles", "words"), words("labels", "particles")
    for match in regex.finditer(rf"(?i)(?<![\p{{L}}-]){regex.escape(name)}(?![\p{{L}}-])", text):
        if not match.group()[0].isupper() and bare(name.split()[0]) not in particles:
            continue
        line = text[max(0, match.start() - 80) : match.start()].rsplit("\n", 1)[-1]
        before = line.split()
        if line and not line[-1].isspace():
            continue
        taken: list[str] = []
        for token in reversed(before):
            low = bare(token)
            if low in titles or low in stop or len(taken) > 3 or _POSSESSIVE.search(token):
                break
            if low in particles and taken == []:
                taken.insert(0, token)
                continue
            initial = regex.fullmatch(r"\p{Lu}\.?(?:-?\p{Lu}\.)*", token)
            if not initial and (token[-1] in '.,:;!?)"”' or not _NAME.match(token)):
                break
            if is_country_word(token) or low == bare(name):
                break
            taken.insert(0, token)
        given = next((i for i, word in enumerate(taken) if is_given_name(word)), 0)
        taken = taken[given:]  # "Central Intelligence Marcus Hale"
        titled = len(before) > len(taken) and bare(before[-len(taken) - 1]) in titles
        while taken and bare(taken[0]) in particles and not (taken[0].istitle() and is_given_name(taken[0])):
            taken.pop(0)
        if taken:
            known = is_given_name(taken[0])
            yield " ".join([*taken, match.group()]), 2 if titled or known else 1
        elif titled and len(name.split()) == 1:
            after = _NEXT_NAME.match(text, match.end(), match.end() + 40)
            if after and bare(after[1]) not in titles:
                yield f"{match.group()} {after[1]}", 2


@lru_cache(maxsize=64)
def _persons(text: str) -> tuple[Named, ...]:
    return tuple(persons(text))


def holder(office: str, head: str, text: str, taken: frozenset[str] = frozenset()) -> Named | None:
    """Whom the document names in an office ("president"): in the heading first, else most often in the text.

    ``taken`` holds names, case-folded, of people with labels of their own; they are used only when nobody else holds
    the office.
    """
    wanted = {bare(word) for word in office.replace("-", " ").split()} - words("labels", "inner_words")
    for source in (head, text):
        fits = [
            person
            for person in _persons(source)
            if person.role and wanted <= {bare(word) for word in person.role.replace("-", " ").split()}
        ]
        if not (_LESSER & wanted):
            fits = [
                p
                for p in fits
                if not (_LESSER | {"former"}) & {bare(w) for w in (p.role or "").replace("-", " ").split()}
            ]
        free = [person for person in fits if person.name.casefold() not in taken]
        if chosen := free or fits:
            if source is head:
                return chosen[0]
            most = Counter(person.name for person in chosen).most_common(1)[0][0]
            return next(person for person in chosen if person.name == most)
    return None
