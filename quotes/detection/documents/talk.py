"""What is reported inside somebody's talk, and what only looks like it.

Who talks uses reporting verbs of themself, of who listens, and in questions; none of that reports words of others:
"let me stress that ...", "you mentioned the border", "could you share what he told you?", "France condemns ..." from
France's delegate.
"""

from __future__ import annotations

import regex

from quotes.detection.documents.labels import asides_of
from quotes.detection.documents.vocabulary import words
from quotes.detection.drafts import Draft

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "myself", "ourselves"})
_INVERTED = regex.compile(
    r"\b(?:can|could|would|will|did|do|does|didn['’]t|doesn['’]t|don['’]t|won['’]t|couldn['’]t|should|might)\s+(?:not\s+)?$",
    regex.I,
)
_CLAUSE = regex.compile(
    r"(?:(?:in|on|at|if|when|while|after|before|since|from|for|by|as|with|without)\b[^,.;]{1,60},?\s+)?"
    r"(?:that|whether|if|why|how|what|when|where|who|there|it|he|she|they|we|i|you|this|these|those|nobody|everybody|nothing)\b"
    r"|.{1,90}?\b(?:is|are|was|were|has|have|had|will|would|can|cannot|could|should|must|may|might|does|did|do|[’']s|[’']re|\p{Ll}+n[’']t)\b",
    regex.I | regex.S,
)
_LEADS = regex.compile(r"\b(?:that|for)\s+$", regex.I)
_TO_DO = regex.compile(r"[^.;:]{0,80}?\b(?:not\s+)?to\s+\p{Ll}+", regex.I)
_OBJECT = regex.compile(r"(?:this|that|it|us|them|me|him)(?: (?:as well|too|all|again))?", regex.I)
_VAGUE = regex.compile(
    r"(?:(?:an?|the|many|some|several|his|her|their|such|same|other|different|\p{Ll}+ing)\s+)*"
    rf"(?:{'|'.join(sorted(words('talk', 'things')))})"
    r"(?:\s+that\s+we\b.*|,.*)?",
    regex.I | regex.S,
)
_PRESENT = regex.compile(r"(?:(?:also|again|strongly|firmly|once)\s+)*\p{L}+s\b(?!\s+(?:been|had))", regex.I)


def only_mentioned(draft: Draft, label: str | None, text: str) -> bool:
    """Whether a draft inside the turn labelled ``label`` reports nobody's words but is the talk's own.

    ``label`` is None for a speech without turns. Words in marks always count.
    """
    if draft.form == "direct" or draft.origin in {"turn", "issuer"}:
        return False
    source = " ".join(draft.source.of(text).lower().split()) if draft.source else ""
    if draft.form == "indirect" and source in _FIRST_PERSON:
        return True
    content = draft.content[0].of(text)
    if draft.form == "indirect" and source == "you" and not _CLAUSE.match(content):
        return True
    if draft.source and _asked(draft, text):
        return True
    if draft.form == "indirect" and _names_no_statement(draft, content):
        return True
    if label is not None and draft.form == "indirect" and draft.cue and _PRESENT.fullmatch(draft.cue.of(text)):
        own = {aside.lower().removeprefix("the ") for aside in asides_of(label)}
        return source.removeprefix("the ") in own
    return False


def _names_no_statement(draft: Draft, content: str) -> bool:
    """Whether a content without a clause is a thing and no statement: "this as well", "keep shying away from the work".

    Talk tells of what others do with letters, plans and questions; only a verb of saying makes a noun a statement.
    """
    if _CLAUSE.match(content) or _TO_DO.match(content):
        return False
    saying = (
        draft.reading is not None and draft.reading.kind == "verb" and draft.reading.lemma not in words("talk", "deeds")
    )
    return not saying or bool(_OBJECT.fullmatch(content) or _VAGUE.fullmatch(content))


def _asked(draft: Draft, text: str) -> bool:
    """ "Did he tell you that ...?": asked, not said."""
    assert draft.source is not None
    start, end = draft.source.start, draft.content[-1].end
    after = regex.compile(r"[^.!?\n]{0,300}?(?P<stop>[.!?\n]|$)").match(text, end)
    return bool(
        (draft.cue is None or draft.cue.start > start)
        and _INVERTED.search(text, max(0, start - 20), start)
        and after is not None
        and after["stop"] == "?"
    )


def states_nothing(draft: Draft, text: str) -> bool:
    """Whether a verb that needs a clause to say anything has none: "presented a draft", "asked questions about it"."""
    if draft.form != "indirect" or draft.reading is None or draft.reading.kind != "verb":
        return False
    start = draft.content[0].start
    content = draft.content[0].of(text)
    if draft.reading.lemma not in words("performatives", "handling") or _LEADS.search(text, max(0, start - 6), start):
        return False
    return not _CLAUSE.match(content) and not _TO_DO.match(content) and not content.lower().startswith("for ")
