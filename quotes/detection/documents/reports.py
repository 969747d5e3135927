"""Statements of the plain kind "SUBJECT stressed X, called for Y and urged Z to do W", of communiques and meetings.

Structure decides here: a subject of known shape at the start of a clause, a performative verb beside it, and the words
after the verb up to the next verb of the same subject or the end of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from quotes.detection import cues
from quotes.detection.documents.subjects import Token, name_before, subject_before, tokens_of
from quotes.detection.documents.verbs import (
    BE,
    MODALS,
    Verb,
    after_courtesy,
    agrees,
    before_adverbs,
    before_courtesy,
    silent_at,
    verb_at,
)
from quotes.detection.documents.vocabulary import words
from quotes.model import Span

# In characters; longer ones are lists and tables without stops.
_LONGEST_SENTENCE = 4000
_VIEW = regex.compile(
    r"In (?P<source>(?:his|her|their|the \p{L}[^,.;:()]{1,60}?['’]s?|\p{Lu}[^,.;:()]{1,60}?['’]s?)"
    r"(?:\s\([^()]{2,60}\))?)\s"
    r"(?P<cue>view|opinion|judge?ment|estimation),?\s+(?P<content>\S.*?)[.;]?\s*$",
    regex.S,
)
# An aside before the next verb: "(called for targets), and, supported by Norway, (proposed ...)".
_SUPPORTED = regex.compile(
    r",?\s*(?:and,?\s+)?\b(?:supported|opposed|joined|backed|seconded|echoed) by [^,;.]{2,120}(?:,[^,;.]{2,40}){0,4}$"
)
_NUMBERED = regex.compile(r"(?:\(?\d{1,3}[.)]|\([a-z]\)|[•*–—-])\s+")
_DETERMINERS = frozenset(["the", "this", "a", "an", "its", "their", "our", "both", "all", "these", "other", "those"])
# Said of a bare person they tell of manners, not of words.
_COURTESIES = frozenset({"congratulate", "thank", "praise", "welcome", "salute", "applaud", "commend"})
_JOINING = frozenset({"and", "but", "while", "whereas"})


@dataclass(frozen=True, slots=True)
class Report:
    """One statement of a sentence; ``subject`` is the source's words."""

    source: Span
    cue: Span
    lemma: str
    act: str
    content: Span
    subject: str


def reports(text: str, sentence: Span) -> Iterator[Report]:
    """The statements of one sentence, in order; none when its subject or verb is not of the known kind."""
    if len(sentence) > _LONGEST_SENTENCE:
        return
    if number := _NUMBERED.match(text, sentence.start, sentence.end):
        sentence = Span(number.end(), sentence.end)
    if view := _VIEW.match(text, sentence.start, sentence.end):
        source, cue, content = Span(*view.span("source")), Span(*view.span("cue")), Span(*view.span("content"))
        yield Report(source, cue, view["cue"].lower(), "state", content, view["source"])
        return
    yield from _clause(text, tokens_of(text, sentence))


def clause_of(text: str, clause: Span, source: Span) -> Iterator[Report]:
    """The statements of a clause whose subject stands elsewhere: "Demands that ...", "Further noting ..."."""
    tokens = tokens_of(text, clause)
    lows = [token.low for token in tokens]
    at = 0
    while at < len(lows) and (lows[at] in words("performatives", "between") or lows[at].endswith("ly")):
        at += 1
    verb = verb_at(lows, at) if at < min(len(lows), 6) else None
    if verb is None or not (verb.participle or lows[verb.at].endswith("s")):
        return
    verbs = [verb, *_coordinated(tokens, lows, verb)]
    for number, one in enumerate(verbs):
        yield from _report(
            text, tokens, lows, one, verbs[number + 1].at if number + 1 < len(verbs) else len(tokens), source
        )


def _clause(text: str, tokens: Sequence[Token]) -> Iterator[Report]:
    if len(tokens) < 4:
        return
    lows = [token.low for token in tokens]
    first = _first(tokens, lows)
    if first is None:
        return
    subject, verb = first
    source = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end)
    end, following = _next_clause(tokens, lows, verb)
    leading = _leading_participle(lows, subject[0])
    if leading is not None:
        yield from _report(text, tokens, lows, leading, subject[0] - 1, source)
    verbs = [verb, *_opening(lows[:end], verb), *_coordinated(tokens[:end], lows[:end], verb)]
    for number, one in enumerate(verbs):
        stop = verbs[number + 1].at if number + 1 < len(verbs) else end
        yield from _report(text, tokens, lows, one, stop, source)
    yield from _absolute(text, tokens[:end], lows[:end], verb.at)
    yield from _clause(text, tokens[following:])


def _opening(lows: Sequence[str], first: Verb) -> Iterator[Verb]:
    """ "The Minister opened (the meeting) by thanking ...": what the participle says."""
    if first.entry is not None:
        return
    for at in range(first.at + 1, min(first.at + 8, len(lows) - 2)):
        verb = verb_at(lows, at + 1) if lows[at] == "by" else None
        if verb is not None and verb.participle:
            yield verb
            return


def _next_clause(tokens: Sequence[Token], lows: Sequence[str], first: Verb) -> tuple[int, int]:
    """Where the first clause ends and the next one with a subject of its own begins: ", while JAPAN said"."""
    for at in range(first.at + 2, len(lows) - 4):
        if lows[at] not in {",", ";"}:
            continue
        begin = at + 1 + (lows[at + 1] in _JOINING)
        if begin == at + 1 and lows[at] == ",":
            continue
        found = _first(tokens[begin:], lows[begin:])
        if found is None or found[0][0] != 0 or found[1].entry is None:
            continue
        contrast = lows[at + 1] in {"while", "whereas"} or lows[at] == ";" or tokens[begin].word.isupper()
        if contrast or found[1].entry.lemma.split()[0] not in words("performatives", "clause_only"):
            return at, begin
    return len(lows), len(lows)


def narrates(text: str, sentence: Span) -> bool:
    """Whether a sentence tells what somebody did: a subject of the known kind with a verb that states nothing."""
    if len(sentence) > _LONGEST_SENTENCE:
        return False
    tokens = tokens_of(text, sentence)
    found = _first(tokens, [token.low for token in tokens]) if len(tokens) > 2 else None
    return found is not None and found[1].entry is None and found[1].past


def _absolute(text: str, tokens: Sequence[Token], lows: Sequence[str], begin: int) -> Iterator[Report]:
    """ "..., with President X underscoring the need for Y": a statement with a subject of its own."""
    for at in range(begin, len(lows) - 3):
        if lows[at] != "," or lows[at + 1] != "with":
            continue
        stop = at + 2
        while stop < len(lows) and (tokens[stop].word[0].isupper() or lows[stop] in _DETERMINERS):
            stop += 1
        verb = verb_at(lows, stop) if at + 2 < stop < len(lows) else None
        if verb is not None and verb.participle:
            yield from _report(text, tokens, lows, verb, len(tokens), Span(tokens[at + 2].start, tokens[stop - 1].end))


def _first(tokens: Sequence[Token], lows: Sequence[str]) -> tuple[tuple[int, int], Verb] | None:
    """The first clause's subject, as a token range, and its verb."""
    for at in range(1, min(len(tokens), 60)):
        if not tokens[at].word[0].islower():
            continue
        verb = verb_at(lows, at) or silent_at(lows, at)
        if verb is None or verb.participle:
            continue
        if lows[at + 1 : at + 2] == ["by"] and verb.past:
            continue  # "the EU, supported by Norway, called for ..."
        courtesy = before_courtesy(lows, at)
        left = before_adverbs(lows, courtesy)
        if left > 0 and lows[left - 1] in MODALS | BE:
            if at + 1 < len(lows) and lows[at + 1] == "by":  # "was opened by X, who noted"
                continue
            return None
        subject = name_before(tokens, left) if lows[left - 1] == "who" else subject_before(tokens, left)
        if subject is not None and (courtesy < at or agrees(lows, subject, verb)):
            return subject, verb
    return None


def _leading_participle(lows: Sequence[str], subject_start: int) -> Verb | None:
    """ "Highlighting the risks, CHINA said ..." """
    if subject_start < 3 or lows[subject_start - 1] != ",":
        return None
    verb = verb_at(lows, 0)
    return verb if verb and verb.participle else None


def _coordinated(tokens: Sequence[Token], lows: Sequence[str], first: Verb) -> Iterator[Verb]:
    """Further verbs of the same subject: ", and called for", ", stressing that"."""
    at = first.at + first.length
    clause = _clause_follows(lows, at, first.entry)
    quoted = 0
    while at < len(lows) - 1:
        low = lows[at]
        quoted += (low == "“") - (low == "”")
        if low == '"':
            quoted = 1 - quoted
        after = at + 1
        if quoted > 0 or low not in {",", "and", ";", "but", "while"}:
            at += 1
            continue
        comma = low in {",", ";"}
        while after < len(lows) and (
            lows[after] in words("performatives", "between")
            or lows[after].endswith("ly")
            or lows[after] in {"and", "but", "while"}
        ):
            after += 1
        joined = at + 1 + (low != "and" and lows[at + 1] == "and")
        polite = after_courtesy(lows, joined)
        polite = polite if polite > joined else after
        verb = verb_at(lows, polite) if polite < len(lows) else None
        if verb is not None and polite > after and "and" in lows[at : at + 2]:
            yield verb
            at = polite + verb.length
            clause = _clause_follows(lows, at, verb.entry)
            continue
        if verb is not None and after + verb.length < len(lows) and lows[after + verb.length] != "by":
            conjunction = "and" in lows[at:after] or "but" in lows[at:after] or low == ","
            if verb.participle and (comma or "while" in lows[at:after]) and lows[at] != "and":
                yield verb
                clause = _clause_follows(lows, after + verb.length, verb.entry)
                at = after + verb.length
                continue
            same = verb.past == first.past and (verb.past or lows[first.at].endswith("s") == lows[after].endswith("s"))
            if (
                not verb.participle
                and same
                and conjunction
                and (not clause or (comma and "and" in lows[at:after]) or (not comma and _strong(lows, verb)))
            ):
                yield verb
                clause = _clause_follows(lows, after + verb.length, verb.entry)
                at = after + verb.length
                continue
        at += 1


def _strong(lows: Sequence[str], verb: Verb) -> bool:
    """A coordinated verb that is not likely to belong to the clause before it."""
    after = verb.at + verb.length
    return after < len(lows) and (lows[after] == "that" or verb.length > 1)


def _clause_follows(lows: Sequence[str], at: int, entry: cues.Entry | None) -> bool:
    if at >= len(lows) or entry is None:
        return False
    return lows[at] == "that" or entry.lemma.split()[0] in words("performatives", "clause_only")


def _report(
    text: str, tokens: Sequence[Token], lows: Sequence[str], verb: Verb, stop: int, source: Span
) -> Iterator[Report]:
    if verb.entry is None:
        return
    at = verb.at + verb.length
    head = verb.entry.lemma
    if head.split()[0] in {"tell", "inform", "assure", "remind"}:
        at = next((i + 1 for i in range(at, min(at + 6, stop)) if lows[i] == "that"), at)
    cue_end = tokens[verb.at + verb.length - 1].end
    cue_start = verb.at
    while (
        cue_start > 0 and lows[cue_start - 1] in {"has", "have", "had", "did", "also"} and lows[cue_start - 1] != "also"
    ):
        cue_start -= 1
    if lows[at : at + 2] == [",", "and"]:
        at = _after_second(lows, at)
    if at < stop and lows[at] in {":", ","}:
        return
    clause = at < stop and lows[at] == "that"
    if clause:
        at += 1
        if at < stop and lows[at] == ",":
            at += 1
    elif head in words("performatives", "clause_only") and not _looks_clause(tokens, lows, at, stop):
        return
    last = stop - 1
    while last >= at and (
        lows[last]
        in {",", ";", ".", "and", "but", "while", "also", "further", "has", "have", "had", ":", "–", "—", "-"}
        or (stop < len(tokens) and (lows[last] in words("performatives", "between") or lows[last].endswith("ly")))
    ):
        last -= 1
    polite = next(
        (
            k
            for k in range(max(at, last - 4), last)
            if " ".join(lows[k : last + 1]) in words("performatives", "courtesies")
        ),
        0,
    )
    if polite > at:
        last = polite - 1 - (lows[polite - 1] in {",", "and", ";"})
    if last - at < 0 or (last == at and len(lows[at]) < 3):
        return
    if head in _COURTESIES and last - at < 4 and not {"for", "on", "that"} & set(lows[at : last + 1]):
        named = all(token.capital or token.low in {"the", "and", "mr", "ms"} for token in tokens[at : last + 1])
        if named or lows[last] in words("performatives", "audience"):
            return
    start, end = tokens[at].start, tokens[last].end
    if (aside := _SUPPORTED.search(text, start, end)) and stop < len(tokens):
        end = aside.start()
    if lows[last] in {"”", '"'} and stop == len(tokens):
        end = tokens[last].end
    yield Report(
        source,
        Span(tokens[cue_start].start, cue_end),
        head,
        verb.entry.act,
        Span(start, end),
        source.of(text),
    )


def _after_second(lows: Sequence[str], comma: int) -> int:
    """ "Brazil suggested, and the EU opposed, deleting ...": where the words begin that both verbs share."""
    for at in range(comma + 3, min(comma + 10, len(lows) - 2)):
        if lows[at] == ",":
            second = verb_at(lows, at - 1)
            return at + 1 if second is not None and not second.participle else comma
    return comma


def _looks_clause(tokens: Sequence[Token], lows: Sequence[str], at: int, stop: int) -> bool:
    """Whether a finite clause may begin here: a subject's first word, not a preposition or an adverb."""
    if at >= stop or stop - at < 3:
        return False
    if lows[at] in words("performatives", "clause_starts") or tokens[at].word[0].isupper():
        return True
    return any(
        low in BE or low in MODALS - {"to", "not"} or low in {"had", "has", "have"}
        for low in lows[at + 1 : min(stop, at + 9)]
    )
