"""Who issued a statement, communique or joint declaration: the body behind "we", "the Sides" and "the Ministry"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import regex

from quotes.attribution.lexicon import fold, lexicon
from quotes.attribution.offices import (
    country_named,
    full_name,
    organisation_named,
    persons,
    restore_case,
    split_name,
    without_honorific,
)
from quotes.attribution.roles import country_in
from quotes.attribution.speaking import joint_speaker
from quotes.detection.documents.headings import head_of, heading_text, is_running, rough_sentences
from quotes.detection.documents.kind import kind_of
from quotes.detection.documents.reports import reports
from quotes.detection.documents.resolutions import clauses
from quotes.detection.documents.statements import is_issuer, signed
from quotes.detection.documents.vocabulary import bare, words
from quotes.model import Article, Speaker, SpeakerKind

_ENDS = (
    r"(?=\s*(?:[:;()\n]|$|,?\s+(?:on|at|to|after|following|regarding|concerning|about|during|for|before|marking|ahead|"
    r"adopted|issued|with regard|participating|meeting|gathered|assembled|calls?|urges?|condemns?|express(?:es)?|"
    r"welcomes?|"
    r"reaffirms?|warns?|agrees?|announces?|rejects?|supports?|demands?|pledges?)\s))"
)
_TOPIC = regex.compile(
    r"\b(?:on|regarding|concerning|about|following|after|in response to|in connection with)\s", regex.I
)
_OCCASION = regex.compile(
    r"^(?:\d+(?:st|nd|rd|th)\s+|extraordinary\s+|special\s+|informal\s+|annual\s+)+|\s+(?:(?:extraordinary|special)\s+)?(?:summit|meeting|session|conference|"
    r"ministerial|retreat)s?$",
    regex.I,
)
_JOINT = regex.compile(
    r"\b(?:joint|trilateral|common|quadrilateral)\b[^\n]{0,60}?\b(?:statement|communiqu[eé]|declaration|release)\b\s*"
    r"(?::|–|—|-|by|of|between|from|issued by)?\s*"
    rf"(?P<who>(?:the\s+)?\p{{Lu}}[^\n:;()]*?){_ENDS}",
    regex.I,
)
_BEFORE_JOINT = regex.compile(
    r"^(?P<who>\p{Lu}[\p{L}\p{M}. ]*(?:\s*[-–—/]\s*\p{Lu}[\p{L}\p{M}. ]*)+)\s+"
    r"(?:\p{L}+[’']?\s+){0,3}?(?:joint|trilateral|common)\b",
    regex.I | regex.M,
)
_CAPITALISED = r"\b\p{Lu}[\p{L}\p{N}+&-]*(?:[ \t]+(?!Press\b)\p{Lu}[\p{L}\p{N}+&-]*)"
_DOCUMENT = r"(?:(?:Joint|Press|Media|Presidential|Final)[ \t]+)*(?:Statement|Communiqu[eé]|Declaration)\b"
_OFFICES = (
    r"(?:Leaders|Foreign Ministers?|Finance Ministers?|Ministers|Ministerial|Summit|Heads of State[\p{L} ]*|Chair|"
    r"Presidency|Defen[cs]e Ministers?|Member States)"
)
_GROUPS = (
    regex.compile(rf"(?P<who>{_CAPITALISED}{{0,5}})[ \t]+{_DOCUMENT}"),
    regex.compile(rf"(?P<who>{_CAPITALISED}{{0,4}}?)[ \t]+(?:{_OFFICES}[’']?s?[’']?[ \t]+)*{_DOCUMENT}"),
)
# A visit's communique is its two countries', the host's first.
_VISIT = regex.compile(
    r"\bvisit\b[^\n]*?\b(?:of|by)\b[^\n]*?\b(?:of|from) (?P<guest>(?:the )?\p{Lu}[^\n,;:]*?) to "
    r"(?P<host>(?:the )?\p{Lu}[^\n,;:]*?)(?=$|\n|,|\s+(?:on|in|at|from)\s)",
    regex.I,
)
_BETWEEN = regex.compile(rf"\bbetween\s+(?P<who>(?:the\s+)?\p{{Lu}}[^\n:;()]*?\s+and\s+[^\n:;()]*?){_ENDS}")
_BY = regex.compile(
    r"\b(?:(?i:on behalf of|by)|attributable to|(?i:statement|declaration|communiqu[eé]|remarks|speech|message|letter|"
    r"address|release|readout|conclusions)\s+(?i:of|from))\s+"
    r"(?P<who>(?:(?i:the)\s+)?(?:\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)\s+)?(?:\p{Lu}|G\d)(?:(?!\b(?:by|from)\b)[^\n:;()])*?)"
    + _ENDS,
    regex.M,
)
_BEHALF = regex.compile(r"\bon behalf of\s+(?P<who>(?:the\s+)?\p{Lu}[^\n:;(),]*?)" + _ENDS)
_ENCOUNTER = regex.compile(
    r"\b(?:talks|meeting|meets?|met|call|conversation|speaks|spoke|consultations|visit)\b[^\n]*\b(?:with|between)\b",
    regex.I,
)
_WE = regex.compile(
    r"\b[Ww]e,\s+(?:the\s+)?(?:[\p{Ll}\p{Lu}][\p{L}\p{M}-]*\s+){0,8}?(?:of|from)\s+(?P<who>(?:the\s+)?\p{Lu}[^.;:()\n]{1,220}?)(?=,?\s+(?:\p{Ll}+ed|met|meet|gather|have|hereby|today|on|at|in)\b|,\s*$|,\s+(?!and\b)\p{Ll}|\.)"
)
_LIST = regex.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s*[–—/]\s*|(?<=[\p{L}.])-(?=\p{Lu}))\s*(?:the\s+)?")
_OFFICE_HOLDERS_OF = regex.compile(
    r"^(?:the\s+)?(?:[\p{L}-]+\s+){0,5}?(?:ministers|leaders|presidents|heads of state|governments?)\s+of\s+"
    r"(?:the\s+)?",
    regex.I,
)
# A note verbale names its sender in its first words.
_NOTE = regex.compile(
    r"\bThe (?P<who>(?:\p{Lu}[\p{L}-]+ )*(?:Embassy|Ministry|Mission|Consulate|Commission|Delegation|"
    r"Nunciature|Legation)\b[^\n.;]{0,120}?),? presents its compliments"
)
_MEMBERS = (
    r"(?:members|leaders|heads of state(?: and government)?|(?:foreign |finance |defen[cs]e )?ministers|"
    r"representatives|states)"
)
_SPOKEN_FOR = regex.compile(r"\b(?:spokes(?:person|man|woman)|press secretary|press service|press office)\b", regex.I)


def issuer(article: Article) -> Speaker | None:
    """The person, body or bodies whose statement the document is; None when it does not say.

    A joint statement is its parties', "A; B". A statement that a spokesperson reads out is the institution's. Where the
    document speaks of "we, the leaders of the G20", that is the name it gives them.
    """
    if one := signed(article):
        return _person(one.name, article)
    found = _issuer(article)
    if found is None or found.kind not in {"organisation", "group"}:
        return found
    if found.country is None and found.kind == "organisation" and (fuller := _fullest(found.name_in_document, article)):
        return fuller
    called = regex.search(
        rf"\b(?:we, )?the (?P<who>{_MEMBERS}(?: \p{{L}}+){{0,3}}? of (?:the )?"
        rf"{regex.escape(found.name_in_document)})\b",
        " ".join(article.text.split()),
        regex.I,
    )
    return replace(found, name_in_document=called["who"]) if called else found


def _fullest(name: str, article: Article) -> Speaker | None:
    """The body with the country that the text adds ("Ministry of Foreign Affairs of the Republic of Slovenia")."""
    more = regex.compile(
        rf"{regex.escape(name)} (?P<of>of (?:the )?(?:\p{{Lu}}[\p{{L}}-]*)"
        r"(?: (?:of |and |the )*\p{Lu}[\p{L}-]*){0,4})"
    )
    for match in more.finditer(article.text):
        if country_in(match["of"]):
            return Speaker(match.group(), match.group(), "organisation", None, country_in(match["of"]))
    return None


def issuing_body(article: Article, phrase: str) -> Speaker | None:
    """The body that the heading names with the noun of ``phrase`` ("the Embassy": "Embassy of Canada")."""
    noun = regex.escape(_plain(phrase))
    match = regex.search(
        rf"^\W*(?P<body>(?:\p{{Lu}}\p{{L}}+ ){{0,3}}{noun}(?: (?:of|for|to) [^\n,;:–—]{{3,60}})?)\W*$",
        heading_text(article),
        regex.M,
    )
    return _body(match["body"]) if match and " " in match["body"] else None


def _issuer(article: Article) -> Speaker | None:
    if kind_of(article).kind != "statement":
        return None
    heading, text = heading_text(article), article.text
    if resolved := clauses(article):
        name = _plain(resolved[0].source.of(text))
        return _body(name) or Speaker(name, name, "organisation")
    if (note := _NOTE.search(text[:1500])) and (body := _body(note["who"])):
        return body
    for match in (_JOINT.search(heading), _BEFORE_JOINT.search(heading), _BETWEEN.search(heading)):
        if match and (parties := list(_parties(match["who"])) or list(_persons(match["who"]))) and len(parties) > 1:
            return joint_speaker(parties)
    if visit := _VISIT.search(heading):
        both_sides = [body for who in (visit["host"], visit["guest"]) if (body := _body(who))]
        if len(both_sides) == 2:
            return joint_speaker(both_sides)
    if (behalf := _BEHALF.search(heading)) and (body := _body(behalf["who"])):
        return body
    if (own := _WE.search(text[:4000])) and (parties := list(_parties(own["who"]))):
        return joint_speaker(parties)
    named = list(_named_in(heading))
    for who in named:
        if not _SPOKEN_FOR.search(who) and (body := _body(who) or _body_of_office(who)):
            return body
    for pattern in _GROUPS:
        if (group := pattern.search(heading)) and (body := _body(group["who"])):
            # "Foreign Ministry Statement": the text says whose ministry
            return body if body.country or body.kind != "organisation" else _main_subject(article) or body
    if _ENCOUNTER.search(heading) and len(both := list(persons(heading))[:2]) == 2:
        return joint_speaker(
            [Speaker(one.name, one.name, "person", one.role, country_in(one.role or "")) for one in both]
        )
    if body := _main_subject(article):
        return body
    for who in named:
        if _SPOKEN_FOR.search(who) and (body := _institution(who)):
            return body
    for who in named:
        if not _SPOKEN_FOR.search(who) and (person := _person(who, article)):
            return person
    publisher = article.publisher or ""
    return _body(publisher) if publisher and organisation_named(publisher) else None


def _named_in(heading: str) -> Iterator[str]:
    """Whom the heading names behind "by", "on behalf of" or "statement of", in this order; not whom it is about."""
    found = [
        match
        for line in heading.split("\n")
        for match in _BY.finditer(line)
        if not _TOPIC.search(line, line.find(" by ") + 1, match.start())
    ]
    for match in sorted(found, key=lambda match: not match.group().lower().startswith(("by", "on behalf"))):
        yield match["who"]


def _persons(phrase: str) -> Iterator[Speaker]:
    """The persons of "President Ana Lima and Prime Minister Jo Berg"; nothing unless each is one."""
    found = [(office, name) for piece in _LIST.split(phrase) for office, name in [split_name(piece)]]
    if all(name and office for office, name in found):
        for office, name in found:
            plain = without_honorific(name or "")
            yield Speaker(plain, plain, "person", office, country_in(office or ""))


def _person(phrase: str, article: Article) -> Speaker | None:
    role, name = split_name(phrase)
    if not name or (
        not any(bare(word) in words("titles", "words") for word in (role or "").split()) and " " not in name
    ):
        return None
    full = full_name(without_honorific(name), heading_text(article), article.text)
    full = restore_case(full, article.text)
    return Speaker(full, full, "person", role, country_in(role or ""))


def _parties(phrase: str) -> Iterator[Speaker]:
    """The bodies of a list "France, Germany and the United Kingdom"; nothing unless each is one."""
    whole = _body(phrase)
    if whole is not None and (country_named(_plain(phrase)) or fold(_plain(phrase)) in lexicon().organisations):
        yield whole
        return
    phrase = _OFFICE_HOLDERS_OF.sub("", phrase)
    pieces = [piece for piece in _LIST.split(phrase) if piece.strip()]
    found = [body for piece in pieces if (body := _body(piece))]
    if len(found) == len(pieces):
        yield from found


def _plain(phrase: str) -> str:
    return regex.sub(r"^(?:the)\s+", "", " ".join(phrase.split()), flags=regex.I).strip(" ,.;:’'")


def _body(phrase: str) -> Speaker | None:
    """The country or organisation that a phrase is, or that its office belongs to."""
    plain = _plain(phrase)
    known = lexicon()
    bare_name = _OCCASION.sub("", _OCCASION.sub("", plain))
    if bare_name != plain and (
        fold(bare_name) in known.organisations or regex.fullmatch(r"[\p{Lu}\d+-]{2,10}", bare_name)
    ):
        plain = bare_name  # "the 48th ASEAN Summit"
    if not plain:
        return None
    government = regex.match(r"(?:the\s+)?government\s+of\s+(?:the\s+)?(?P<of>.+)$", plain, regex.I)
    if code := country_named(government["of"] if government else plain):
        name = known.countries[code].name
        written = government["of"] if government else plain
        return Speaker(name, restore_case(written, ""), "country", None, code)
    if adjective := regex.fullmatch(r"(?P<adjective>.+?)\s+government", plain, regex.I):
        code = known.adjectives.get(fold(adjective["adjective"]))
        if code:
            return Speaker(known.countries[code].name, plain, "country", None, code)
    if official := known.organisations.get(fold(plain)):
        return Speaker(official, plain, _kind(plain), None, known.organisation_country.get(official))
    if regex.fullmatch(
        r"[GE]-?\d{1,2}(?:\+\d+)?|\p{Lu}[\p{Lu}\p{N}&+-]{1,9}|(?:[Tt]he )?Quad|Visegr[aá]d Group", plain
    ):
        return Speaker(plain, plain, _kind(plain))
    if organisation_named(plain) and split_name(plain)[1] is None:
        return Speaker(plain, plain, "organisation", None, country_in(plain))
    return None


def _body_of_office(phrase: str) -> Speaker | None:
    """The body behind an unnamed office-holder: "the African Union Commission Chairperson", "the Chair of the G77"."""
    if split_name(phrase)[1] is not None and not organisation_named(split_name(phrase)[1] or ""):
        return None
    for of in regex.finditer(r"\b(?:of|for)\s+(?:the\s+)?(?P<body>(?!State\b)\p{Lu}.+)$", phrase, overlapped=True):
        if body := _body(of["body"]):
            return body
    kept = regex.sub(r"\s+(?:Heads of State|Leaders|Ministers|Foreign Ministers)\b.*$", "", phrase).split()
    while len(kept) > 1 and bare(kept[-1]) in words("titles", "words"):
        kept.pop()
    return _body(" ".join(kept)) if len(kept) < len(phrase.split()) else None


def _kind(name: str) -> SpeakerKind:
    return "group" if regex.match(r"[GE]-?\d|Quad|BRICS|Troika|Visegr", name) else "organisation"


def _institution(phrase: str) -> Speaker | None:
    """Whose spokesperson it is: "Foreign Ministry Spokesperson X", "the Spokesperson of the Ministry of Y"."""
    match = _SPOKEN_FOR.search(phrase)
    if match is None:
        return None
    before = _plain(phrase[: match.start()])
    after = regex.match(r"\s+(?:of|for)\s+(?:the\s+)?(?P<of>[^,\n]+)", phrase[match.end() :])
    for candidate in (after["of"] if after else "", before):
        if candidate and (body := _body(candidate)):
            return body
    return None


def _main_subject(article: Article) -> Speaker | None:
    """The country or body that the text's own performative sentences most often have as their subject."""
    text = article.text
    running = [line for line in head_of(article).body if is_running(text, line)]
    counts: Counter[str] = Counter()
    found: dict[str, Speaker] = {}
    for sentence in rough_sentences(text, running)[:80]:
        for report in reports(text, sentence):
            if is_issuer(report.subject) or report.subject.lower() in {"he", "she", "they", "we"}:
                continue
            if body := _body(report.subject.split(",")[0]):
                counts[body.name] += 1
                found.setdefault(body.name, body)
    if not counts:
        return None
    best = max(counts.values())
    return next(speaker for name, speaker in found.items() if counts[name] == best)
