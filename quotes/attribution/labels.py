"""Who speaks a transcript's turns: from the label ("MR PRICE", "THE PRESIDENT", "Q") to the person and office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import regex

from quotes.analysis import Finding
from quotes.attribution.offices import (
    Named,
    country_named,
    full_name,
    holder,
    is_country_word,
    is_given_name,
    office_case,
    organisation_named,
    persons,
    restore_case,
    split_name,
    without_honorific,
)
from quotes.attribution.roles import abbreviations, country_in
from quotes.detection.documents.labels import is_outlet, is_stage_aside, shape_of
from quotes.detection.documents.turns import head_text, transcript
from quotes.detection.documents.vocabulary import bare, words
from quotes.model import Article, Speaker

_ASIDE = regex.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?")
_NAME_WORD = r"(?:\p{Lu}[\p{L}\p{M}'’-]+|\p{Lu}\.)"
_PERSON = rf"{_NAME_WORD}(?:[ ](?:de |van |von |bin |al |del |la )?{_NAME_WORD}){{1,3}}"
_INTRODUCES_SELF = regex.compile(
    rf"(?:\b[Mm]y name is|\bI am|\bI[’']m|\b[Tt]his is|\b[Ii]t[’']s)\s+(?P<name>{_PERSON})"
    r"(?=\s*(?:,|\.|from|with|of|for|here|[-–—]))"
)
_BESIDE_OUTLET = regex.compile(
    rf"(?P<name>{_PERSON})\s*(?:,|–|—|-|\(|from|with|of|for)\s*(?:(?:on behalf of|from|with|of|for)\s+)?(?:the\s+)?"
    r"(?P<outlet>[\p{Lu}\p{N}][\p{L}\p{N}.’'&-]*"
    r"(?:[ ](?:of |de |la |and |the )?[\p{Lu}\p{N}][\p{L}\p{N}.’'&-]*){0,5})\)?"
)
_CALLS_ON = regex.compile(
    r"(?:\b[Gg]o(?:ing)? (?:next |now |over |back )?to|\b[Tt]urn (?:now )?to|\b[Oo]ver to"
    r"|\b[Qq]uestion (?:is |comes |goes )?(?:from|to)"
    rf"|\b[Ff]loor (?:goes )?to|\b[Cc]all on|\b[Ss]tart with|\b[Hh]ear from|\b[Tt]ake)\s+(?:the\s+)?(?P<name>{_PERSON})"
)
_FROM_OUTLET = regex.compile(
    rf"[Ff]rom (?:the )?(?P<outlet>[\p{{Lu}}][^,.]{{1,40}}),\s*(?:my name is |I[’']m )?(?P<name>{_PERSON})"
)
# What stands in a questioner's label besides the word for the part: "Question from Reuters", "Reporter, Asahi Shimbun".
_ASKED_BY = regex.compile(
    r"(?i:question (?:from|by|[-–—])\s*|[\p{L} ]{1,30},\s*|[\p{L}]{1,30}\s[-–—]\s|\p{L}+\s+(?=\p{L}+(?:-\p{L}+)?$))"
    r"(?!the (?:audience|floor))(?P<who>\p{Lu}.*)"
)
_EXAMINED_BY = regex.compile(
    rf"^\W*(?:(?:cross-|re-)?examin(?:ed|ation)(?:-in-chief)? by|questioned by)\s*:?\s+"
    rf"(?P<name>(?:M(?:r|rs|s|iss)\.?\s+)?{_NAME_WORD}(?:\s{_NAME_WORD}){{0,3}})\W*$",
    regex.I | regex.M,
)
_TALKS_TO = regex.compile(rf"\b(?:talk(?:s|ed)|sp(?:eaks|oke)|in conversation) (?:to|with) (?P<name>{_PERSON})")
_SWORN = regex.compile(
    rf"^\W*(?P<name>(?:M(?:r|rs|s|iss)\.?\s+)?{_PERSON}),?\s+(?:re)?(?:sworn|affirmed|recalled|called)\W*$",
    regex.I | regex.M,
)
_INTERVIEWED_BY = regex.compile(
    rf"^\W*(?:interview(?:ed)?(?:\s+(?:was\s+)?conducted)?\s+by|interviewer)\s*:?\s*(?P<name>{_PERSON})\s*(?:$|[,;(])",
    regex.I | regex.M,
)
_HONORIFICS = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mme",
        "shri",
        "smt",
        "dr",
        "sir",
        "the",
        "hon",
        "rt",
        "right",
        "mp",
        "professor",
        "prof",
    }
)
# "I am Hatano from the Chuo Shimpo", "Good afternoon. Sugimori from the Nippon Daily."
_SURNAMES = r"(?P<rest>\p{Lu}[\p{L}\p{M}'’-]*\p{Ll}(?:\s\p{Lu}[\p{L}\p{M}'’-]*\p{Ll})?)"
_ONE_NAME = regex.compile(
    rf"(?:^|[.!]\s+)(?:(?:[Mm]y name is|I am|I[’']m|[Tt]his is)\s+)?(?P<name>{_NAME_WORD})\s+(?:from|of|with|for)\s+"
    r"(?:the\s+)?(?P<outlet>\p{Lu}[\p{L}’'&-]*(?:\s\p{Lu}[\p{L}’'&-]*){0,3})(?=[.,])"
)
_MEDIUM = (
    r"(?:television|TV|radio|newspaper|news agency|agency|channel|magazine|daily|weekly|broadcaster|press|website|"
    r"portal|network)"
)
_DESCRIBED_OUTLET = regex.compile(rf"(?:^|[.!]\s+)(?P<name>{_PERSON}),\s+(?:\p{{L}}+\s+){{0,4}}?{_MEDIUM}\b")
_GREETING = regex.compile(
    r"^(?:(?:hi|hello|good (?:morning|afternoon|evening)|thank(?:s| you)[^.,!—–]{0,30}|yes|okay|so)[\s,.!]*)+", regex.I
)


def label_speakers(article: Article, findings: Sequence[Finding]) -> dict[int, Speaker | None]:
    """The speaker of each finding of origin "turn", by its index in ``findings``.

    None for questioners and officials whom the document does not name. Short names are resolved to the fullest name and
    the office that the heading, the labels or the text give.
    """
    resolver = _Resolver(article, findings)
    out: dict[int, Speaker | None] = {}
    previous: Finding | None = None
    for index, finding in enumerate(findings):
        if finding.origin == "turn":
            out[index] = resolver.speaker(finding, previous)
            previous = finding
    return out


class _Resolver:
    def __init__(self, article: Article, findings: Sequence[Finding]) -> None:
        self.article = article
        self.text = article.text
        found = transcript(article)
        self.head = head_text(article, found)
        self.named = dict(found.named)
        self.cache: dict[str, Speaker | None] = {}
        labels = dict.fromkeys(
            finding.quotation.source.of(self.text)
            for finding in findings
            if finding.origin == "turn" and finding.quotation.source
        )
        self.labels = [label for label in labels if (shape := shape_of(_core(label))) and shape.kind == "person"]
        # Labels are the best place to learn a full name from, so they are read with the heading.
        self.label_lines = "\n".join(dict.fromkeys(_core(label) for label in self.labels))
        self.people = [person for label in self.labels if (person := self._person(_core(label)))]

    def speaker(self, finding: Finding, previous: Finding | None) -> Speaker | None:
        source = finding.quotation.source
        if source is None:
            return self._author if finding.quotation.act == "ask" else self._interviewee()
        label = source.of(self.text)
        if label not in self.cache:
            self.cache[label] = self._of_label(label)
        known = self.cache[label]
        if known is not None and known.kind == "person" and " " not in known.name:
            opening = finding.quotation.content[0].of(self.text)[:80]
            known = self.cache[label] = self._longer(known, opening)
        shape = shape_of(_core(label))
        if known is None and (shape is None or shape.kind == "question"):
            return self._questioner(finding, previous) or self._interviewer(_core(label))
        return known

    def _longer(self, known: Speaker, opening: str) -> Speaker:
        """The speaker with the full name that the turn opens with ("JO BERG, SIR. ..."), or that a given name has."""
        word = regex.escape(known.name)
        said = regex.match(rf"(?i:(?P<first>\p{{L}}[\p{{L}}’'-]+)\s+{word})(?=[.,;:])", opening)
        if said and said["first"][0].isupper() and bare(said["first"]) not in words("titles", "words"):
            full = f"{restore_case(said['first'], '')} {known.name}"
        else:
            rests = {m["rest"] for m in regex.finditer(rf"\b{word}\s+{_SURNAMES}", self.text)}
            if len(rests) != 1 or is_country_word(known.name):
                return known
            full = f"{known.name} {rests.pop()}"
        return Speaker(full, full, "person", known.role, known.country)

    def _by_initials(self, core: str) -> Speaker | None:
        """Whose initials a label is: "Ana Lima (AL)" in the text, or the one person of the heading with them."""
        letters = core.replace(".", "")
        if not (1 < len(letters) < 5 and letters.isupper() and " " not in core):
            return None
        written = r"(?:\p{Lu}[\p{L}\p{M}'’-]*)(?:\s(?:de |van |von |al )?\p{Lu}[\p{L}\p{M}'’-]*){1,3}"
        if match := regex.search(rf"(?P<name>{written})\s*[(\[]{regex.escape(letters)}[)\]]", self.text):
            return self._person_speaker(match["name"])
        meant = [
            one
            for one in persons(self.head)
            if "".join(part[0] for part in regex.split(r"[\s]+", one.name) if part) == letters
        ]
        if len({one.name for one in meant}) == 1:
            return self._from_named(meant[0])
        if office := abbreviations().get(letters.lower()):
            return self._of_office(office, None)
        # "ASG": the initials of an office in the heading, before its holder's name
        spelt = r"[\s-]+".join(rf"{letter}\p{{Ll}}+" for letter in letters)
        held = regex.search(rf"{spelt}\s+(?P<name>{written})", self.head) if len(letters) > 1 else None
        return self._person_speaker(held["name"]) if held else None

    def _interviewer(self, core: str) -> Speaker | None:
        """Who asks all questions: "Interviewed by: Jo Berg" in the heading."""
        match = self._asker
        if match is None or bare(core) not in {"q", "question", "interviewer"}:
            return None
        return self._person_speaker(match["name"])

    @cached_property
    def _author(self) -> Speaker | None:
        """Who asks in a printed interview: whoever wrote it."""
        author = self.article.author or ""
        if talks := _TALKS_TO.search(self.head):
            author = talks["name"]
        return Speaker(author, author, "person") if 1 < len(author.split()) < 5 and "," not in author else None

    @cached_property
    def _asker(self) -> regex.Match[str] | None:
        return _INTERVIEWED_BY.search(self.head) or _EXAMINED_BY.search(self.text)

    @cached_property
    def _sworn(self) -> str | None:
        match = _SWORN.search(self.text)
        return match["name"] if match else None

    def _of_label(self, label: str) -> Speaker | None:
        core = _core(label)
        shape = shape_of(core)
        key = " ".join(core.casefold().split()).removeprefix("the ")
        if key in self.named:
            return self._of_head_line(self.named[key], core)
        aside = next((a.strip() for a in _ASIDE.findall(label) if not is_stage_aside(a)), None)
        if by_initials := self._by_initials(core):
            return by_initials
        if shape is None:
            return Speaker(core, core, "person") if core.startswith("@") else None
        if shape.kind in {"question", "function"}:
            return self._of_aside(core, aside)
        if shape.kind == "outlet":
            return Speaker(core, core, "organisation")
        if shape.kind == "answer":
            witness = self.named.get("witness") or self._sworn
            return self._of_head_line(witness, core) if witness else self._interviewee()
        if shape.kind == "office":
            return self._of_office(core, aside)
        if code := country_named(core):
            name = restore_case(core, self.text)
            return Speaker(name, name, "country", None, code)
        joint = [part for part in regex.split(r"\s+(?:and|AND|&)\s+", core) if part]
        if len(joint) == 2 and all(split_name(part)[1] for part in joint):
            pair = [speaker for part in joint if (speaker := self._person_speaker(part))]
            name = "; ".join(speaker.name for speaker in pair)
            return Speaker(name, name, "group")
        if split_name(core)[1] is None and organisation_named(core):
            name = restore_case(core, self.text)
            return Speaker(name, name, "organisation", None, country_in(core))
        if (outlet := core.split(",")[0]) != core and is_outlet(outlet):
            core = core.removeprefix(outlet).strip(" ,")  # "NHK, Mori"
        return self._person_speaker(core, aside) or self._of_office(core, aside)

    def _of_head_line(self, written: str, core: str) -> Speaker | None:
        """ "President: Mr. Okello (Uganda)" in the head."""
        aside = next((a.strip() for a in _ASIDE.findall(written)), None)
        role = core if shape_of(core) == shape_of("President") else None
        return self._person_speaker(_core(written), aside, role)

    def _interviewee(self) -> Speaker | None:
        asking = {name for name in (self._author and self._author.name, self._asker and self._asker["name"]) if name}
        first = next((one for one in persons(self.head) if one.name not in asking), None)
        return None if first is None else self._from_named(first)

    def _of_aside(self, core: str, aside: str | None) -> Speaker | None:
        """A questioner or moderator is known only by what stands in brackets or after "from"."""
        part = bare(core) in words("labels", "questioners") | words("labels", "functions")
        if aside is None and not part and (match := _ASKED_BY.match(core)):
            aside = match["who"]
        if not aside:
            return None
        first = aside.split(",")[0].strip()
        if is_outlet(first):
            return Speaker(first, first, "organisation")
        named = len(first.split()) > 1 and is_given_name(without_honorific(first).split()[0])
        titled = bare(first.split()[0]) in _HONORIFICS and len(first.split()) > 1
        # "QUESTION (Yerlan Tokbay, Kazinform)": a name that no list knows, with an outlet behind it
        with_outlet = aside.count(",") == 1 and regex.fullmatch(_PERSON, first) and not is_outlet(first)
        beside_part = not first.islower() and " " in core and core.isupper() and "," not in core and "(" not in core
        return self._person_speaker(first) if named or titled or beside_part or with_outlet else None

    def _of_office(self, core: str, aside: str | None) -> Speaker | None:
        if aside and (split_name(aside)[1] or "").count(" "):
            return self._person_speaker(aside, role=core)
        beside = regex.search(
            rf"(?i:{regex.escape(core)})\s*\((?P<name>(?:\p{{Lu}}[\p{{L}}.’'-]+\s?){{1,4}})\)", self.head
        )
        if beside and not country_named(beside["name"]):  # "The President (Lima)"
            return self._person_speaker(beside["name"], role=core)
        taken = frozenset(person.name.casefold() for person in self.people)
        found = holder(core, "\n".join([self.head, self.label_lines]), self.text, taken)
        if found is None:
            return None
        return self._from_named(found)

    def _from_named(self, found: Named) -> Speaker:
        name = restore_case(full_name(without_honorific(found.name), self.head, self.text), self.text)
        return Speaker(name, name, "person", _presentable(found.role), country_in(found.role or ""))

    def _person(self, core: str) -> Named | None:
        role, name = split_name(core)
        if not name:
            return None
        name = self._without_rank(without_honorific(name))
        context = "\n".join([self.head, self.label_lines])
        full = restore_case(full_name(name, context, self.text), self.text)
        return Named(full, role)

    def _without_rank(self, name: str) -> str:
        """A name without an abbreviation before it that the text never joins to it ("KAPT. BERG", "STS BERG")."""
        first, *rest = name.split()
        if len(rest) != 1 or is_given_name(first) or len(first.strip(".")) > 5:
            return name
        together = regex.search(rf"{regex.escape(first)}\s+{regex.escape(rest[0].title())}", self.text)
        rank = first.endswith(".") and len(first) > 2
        return rest[0] if not together and (rank or " " in full_name(rest[0], self.head, self.text)) else name

    def _person_speaker(self, core: str, aside: str | None = None, role: str | None = None) -> Speaker | None:
        person = self._person(core)
        if person is None:
            return None
        own = role or _office(person.role)
        known = self._office_of(person.name)
        fuller = known is not None and (own is None or own.casefold() in known.casefold())
        office = _presentable(known if fuller else own)
        country = country_in(aside or "") or country_in(office or "")
        if (
            aside
            and office is None
            and not country_named(aside)
            and any(bare(w) in words("titles", "words") for w in aside.split())
        ):
            office = aside
        return Speaker(person.name, person.name, "person", office, country)

    def _office_of(self, name: str) -> str | None:
        """The fullest office that the heading or a label gives a person."""
        surname = name.casefold().split()[-1]
        offices = [
            office
            for person in persons("\n".join([self.head, self.label_lines]))
            if person.name.casefold().split()[-1] == surname and (office := _office(person.role))
        ]
        return max(offices, key=len, default=None)

    def _questioner(self, finding: Finding, previous: Finding | None) -> Speaker | None:
        """A questioner who introduces themself, or whom the turn before calls on by name."""
        opening = finding.quotation.content[0].of(self.text)[:220]
        name = _self_introduced(opening)
        if name is None and previous is not None:
            ending = previous.quotation.content[-1].of(self.text)[-160:]
            calls = list(_CALLS_ON.finditer(ending))
            if calls and is_given_name(calls[-1]["name"].split()[0]):
                name = calls[-1]["name"]
        if name is None:
            return None
        return Speaker(name, name, "person")


def _self_introduced(opening: str) -> str | None:
    opening = regex.sub(r"^(?:\s*[(\[][^()\[\]]*[)\]])+\s*", "", opening)
    if match := _INTRODUCES_SELF.search(opening[:120]):
        return match["name"] if is_given_name(match["name"].split()[0]) else None
    for sentence in regex.split(r"(?<=[.?!])\s+(?=\p{Lu})|\s[—–]\s", opening, maxsplit=4)[:4]:
        sentence = _GREETING.sub("", sentence).strip(" .!?,")
        match = _BESIDE_OUTLET.fullmatch(sentence) or _FROM_OUTLET.fullmatch(sentence)
        if not match:
            continue
        name, outlet = match["name"], match["outlet"]
        if is_outlet(name) and not is_outlet(outlet) and len(outlet.split()) > 1:
            name, outlet = outlet, name
        if any(is_country_word(word) for word in name.split()) or any(
            bare(word) in words("titles", "words") for word in name.split()
        ):
            continue
        if is_outlet(outlet) or is_given_name(name.split()[0]):
            return name
    if (match := _DESCRIBED_OUTLET.search(opening[:160])) and not is_country_word(match["name"].split()[0]):
        return match["name"]
    if (match := _ONE_NAME.search(opening[:120])) and (is_outlet(match["outlet"]) or " am " in match.group()):
        return match["name"]
    return None


def _core(label: str) -> str:
    return _ASIDE.sub("", label).strip(" *_:：-–—,") or label.strip()


def _presentable(role: str | None) -> str | None:
    kept = (role or "").split()
    while kept and bare(kept[0]) in _HONORIFICS:
        kept.pop(0)
    return office_case(" ".join(kept)) or None


def _office(role: str | None) -> str | None:
    """A role that says more than an honorific or an outlet."""
    telling = [word for word in (role or "").split() if bare(word) not in _HONORIFICS]
    return role if any(bare(word) in words("titles", "words") for word in telling) else None
