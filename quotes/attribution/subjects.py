"""Sources that the model missed or took from another paragraph: the subject of the cue's own clause instead."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import regex

from quotes.analysis import Analysis, Finding
from quotes.attribution.lexicon import lexicon, small_words
from quotes.detection import clauses, cues
from quotes.detection.tables import group
from quotes.model import Article, Span

_PASSIVE = regex.compile(
    r"\b(?:is|are|was|were|been|being|be|gets?|got)\s+(?:\p{L}+ly\s+)?(?:\p{L}+ed|made|given|told|known|seen|sent|put|"
    r"written|taken|shown|said)\b",
    regex.I,
)
_UNFINISHED = regex.compile(
    r"(?:(?:in|by|for|from|after|before|while|when|without)\s+)?\p{L}+ing\b|to\s+\p{L}", regex.I
)
_OWNER = regex.compile(r"(?<![\p{L}'’])(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)(?=\s+(?:\p{Ll}[\p{L}-]*\s+)?$)")
_CONTROL = regex.compile(
    r"\b(?:" + "|".join(sorted(small_words("verbs_of_control"))) + r")\s+"
    r"(?P<who>(?:\p{Lu}[\p{L}.'’-]*\s?){1,4}|him|her|them|it)(?:\s*,[^,]{3,120},)?\s*$"
)
_PRONOUN = regex.compile(r"(?<![\p{L}'’-])(?:[Hh]e|[Ss]he|[Tt]hey)(?![\p{L}'’-])")
_WHO = regex.compile(r"(?<![\p{L}'’-])(?:[Hh]e|[Ss]he|[Tt]hey|who)(?![\p{L}'’-])")
_AND = regex.compile(r"\b(?:and|but|then)\s+(?:(?:also|later|then|even|still|promptly)\s+)?$")
_COPULA = regex.compile(r"(?:is|are|was|were|(?:has |have |had )?(?:become|became))\b", regex.I)
_TITLE = regex.compile(r"(?:[Tt]he\s+)?(?:\p{Lu}[\p{L}.'’-]*\s+){0,5}")
_DESCRIBED = regex.compile(
    r"(?:[Tt]he|[Aa]n?|\p{Lu}[\p{L}’'-]*(?: \p{Lu}[\p{L}’'-]*){0,3}['’]s?)\s(?:[\p{L}-]+\s){0,4}?"
    r"(?P<noun>\p{Ll}[\p{L}-]+)(?=\s(?:on|has|had|\p{Ll}+ed|left|went|came|met|quit|held|took|gave)\b)"
)
_SPEAKING_KINDS = frozenset(("person", "organisation", "place"))
_RAISING = frozenset(("seem", "appear", "face", "happen"))
_LEADS_CLAUSE = small_words("leads_clauses")


def with_subjects(article: Article, analysis: Analysis, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, same order and indices; a source in another paragraph than its cue is replaced or left out.

    Reporting words and who speaks them stand in one sentence (in 99.7 % of PolNeAR's training part): a link over
    paragraphs is a mistaken one. A finite cue without any source gets the noun phrase right before it.
    """
    reader = _Subjects(article.text, analysis)
    return tuple(reader.repaired(finding) for finding in findings)


class _Subjects:
    def __init__(self, text: str, analysis: Analysis) -> None:
        self.text = text
        self._sentences = [span.start for span in analysis.sentences]
        self._names = sorted((m.span.start, m.span.end) for m in analysis.mentions if m.kind in _SPEAKING_KINDS)
        self._cues = [span.start for frame in analysis.frames for span in frame.cue]
        self._sources = sorted({span for frame in analysis.frames for span in frame.source})

    def repaired(self, finding: Finding) -> Finding:
        quotation = finding.quotation
        cue, source = quotation.cue, quotation.source
        if finding.origin != "frame" or cue is None or not cue.span.of(self.text)[:1].isalpha():
            return finding
        far = source is not None and self._far(source, cue.span)
        if source is not None and not far:
            return finding
        found = self._source_for(cue.span, quotation.content, far)
        if found is None and not far:
            return finding
        return replace(finding, quotation=replace(quotation, source=found))

    def _far(self, source: Span, cue: Span) -> bool:
        between = self.text[min(source.end, cue.end) : max(source.start, cue.start)]
        return "\n" in between.strip()

    def _source_for(self, cue: Span, content: tuple[Span, ...], far: bool) -> Span | None:
        words = cue.of(self.text)
        start = self._clause_room(cue, content)
        unfinished = _UNFINISHED.match(words) is not None
        if _PASSIVE.search(words):
            return None
        if far and (marked := self._marked(start, cue.start)) is not None:
            return marked
        if not unfinished and not self._coordinated(start, cue.start):
            if far or self._finite(words):
                return self._subject(start, cue.start) or (self._opening(start, cue.start) if far else None)
            return self._owner(start, cue.start)
        if far:
            return self._unsaid_subject(start, cue.start)
        return self._opening_subject(start, cue.start) if words.split()[0].lower().endswith("ing") else None

    def _opening_subject(self, start: int, end: int) -> Span | None:
        """Who opens the sentence of a participle: "Norland's deputy minister resigned, telling ..."."""
        if not self.text[start:end].rstrip().endswith(",") or any(start <= at < end for at in self._cues):
            return None
        described = _DESCRIBED.match(self.text, start, end)
        if described is not None and lexicon().singular(described["noun"]) in lexicon().roles:
            return Span(described.start(), described.end("noun"))
        return self._opening(start, end)

    def _finite(self, words: str) -> bool:
        """Whether the cue is a reporting verb that its subject stands before, and no noun and no "seems"."""
        reading = cues.read(words)
        first = words.split()[0].lower()
        return (
            reading.known
            and reading.kind == "verb"
            and reading.lemma.split()[0] not in _RAISING
            and not _COPULA.match(words)
            and not cues.is_noun(first)
            and not first.endswith("ing")
        )

    def _coordinated(self, start: int, end: int) -> bool:
        return _AND.search(self.text, max(start, end - 30), end) is not None

    def _opening(self, start: int, end: int) -> Span | None:
        """The name or pronoun that opens the sentence: "The Council, which met in March, ...", "He came, and ..."."""
        pronoun = _PRONOUN.match(self.text, start, end)
        if pronoun is not None:
            return Span(pronoun.start(), pronoun.end())
        i = bisect_right(self._names, (start, end))
        if i < len(self._names) and self._names[i][0] < end:
            first, last = self._names[i]
            if _TITLE.fullmatch(self.text, start, first) and self.text[last : last + 1] in (" ", ","):
                return Span(start, last)
        return None

    def _clause_room(self, cue: Span, content: tuple[Span, ...]) -> int:
        """Where the words begin in which the subject may stand: the sentence without the content before the cue."""
        i = bisect_right(self._sentences, cue.start)
        start = max(self._sentences[i - 1] if i else 0, self.text.rfind("\n", 0, cue.start) + 1)
        return max([start, *(piece.end for piece in content if piece.end <= cue.start)])

    def _marked(self, start: int, end: int) -> Span | None:
        """The last source in the sentence before the cue that the model marked for another cue, or for none."""
        inside = [span for span in self._sources if start <= span.start and span.end <= end]
        return inside[-1] if inside else None

    def _owner(self, start: int, end: int) -> Span | None:
        """ "his tacit [acknowledgment]"."""
        match = _OWNER.search(self.text, start, end)
        return Span(match.start(), match.end()) if match is not None else None

    def _subject(self, start: int, end: int) -> Span | None:
        """The noun phrase right before a finite cue."""
        words = clauses.split(self.text, start, end)
        found = clauses.subject_before(words, len(words))
        if found is None:
            return None
        first, last = found
        while first < last and words.lower[first] in _LEADS_CLAUSE:
            first += 1
        comma = words.lower.index(",", first, last) if "," in words.lower[first:last] else last
        if comma + 1 < last and words.lower[comma + 1] in group("preposition"):
            last = comma  # "Ana Lima, at the debate, said"
        if first == last or any(word in _NO_NOUN_PHRASE for word in words.lower[first:last]):
            return None
        return words.span(first, last)

    def _unsaid_subject(self, start: int, end: int) -> Span | None:
        """Whose the saying is in "forced X to admit" (X) and in "he came to ..., explaining" (he)."""
        before = self.text[start:end]
        if (control := _CONTROL.search(before)) is not None:
            who = control.group("who").rstrip()
            return Span(start + control.start("who"), start + control.start("who") + len(who))
        pronouns = list((_WHO if self._coordinated(start, end) else _PRONOUN).finditer(before))
        if pronouns:
            return Span(start + pronouns[-1].start(), start + pronouns[-1].end())
        return self._opening(start, end)


_NO_NOUN_PHRASE = small_words("no_noun_phrase")
