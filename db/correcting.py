"""A person's corrections, as methods of the store; how they work is in ``db.corrections``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from db import articles, corrections, identity, speakers
from db.errors import CorrectionError, StoreError
from db.names import storable
from db.records import CORRECTION_STATES, CorrectionRow, CorrectionState
from db.session import Session
from quotes.model import ACTS, FORMS, MODES, SPEAKER_KINDS, Cue, Span, Speaker

Ids = int | Iterable[int]  # one quotation, or several


class _Keep:
    def __repr__(self) -> str:
        return "KEEP"


KEEP: Any = _Keep()  # "leave this as it is", where None means "there is none"


class Correcting(Session):
    """The correcting part of a store. What one call corrects, one ``undo`` takes back."""

    def confirm(self, quotation_ids: Ids, *, author: str | None = None, note: str | None = None) -> list[int]:
        """Says that quotations are right as they are; gives the corrections' ids, one for each. Raises UnknownId."""
        with self._writing() as writer:
            return corrections.correct_quotations(
                writer, _listed(quotation_ids), "confirm", author=author or self.author, note=note
            )

    def reject(self, quotation_ids: Ids, *, author: str | None = None, note: str | None = None) -> list[int]:
        """Says that these are no quotations: lists and exports leave them out unless asked for. Raises UnknownId."""
        with self._writing() as writer:
            return corrections.correct_quotations(
                writer, _listed(quotation_ids), "reject", author=author or self.author, note=note
            )

    def reassign(
        self,
        quotation_ids: Ids,
        speaker: int | Speaker | None,
        *,
        author: str | None = None,
        note: str | None = None,
    ) -> list[int]:
        """Gives quotations to another speaker: one in the store (id), a new one, or nobody. Raises UnknownId."""
        with self._writing() as writer:
            return self._reassign(writer, _listed(quotation_ids), speaker, author, note, None)

    def _reassign(
        self,
        writer: sqlite3.Connection,
        quotation_ids: Sequence[int],
        speaker: int | Speaker | None,
        author: str | None,
        note: str | None,
        batch: int | None,
    ) -> list[int]:
        if isinstance(speaker, int):
            who = corrections.speaker_identity(writer, speaker)
            known = speakers.speaker(writer, speaker).speaker
            speaker = corrections.speaker_of(who, known.role)
        if speaker is not None:
            _check_speaker(speaker.name, speaker.kind)
        return corrections.correct_quotations(
            writer,
            quotation_ids,
            "reassign",
            lambda quotation: replace(quotation, speaker=speaker, resolution="given by a person"),
            author=author or self.author,
            note=note,
            batch=batch,
        )

    def edit(
        self,
        quotation_id: int,
        *,
        content: Sequence[Span] = KEEP,
        cue: Span | None = KEEP,
        source: Span | None = KEEP,
        form: str = KEEP,
        mode: str = KEEP,
        act: str = KEEP,
        author: str | None = None,
        note: str | None = None,
    ) -> int:
        """Changes spans (code points of the article's text) or kind of a quotation; what is not given stays.

        Raises UnknownId, and CorrectionError when a span is empty, out of order or outside the text.
        """
        with self._writing() as writer:
            now = articles.quotation(writer, quotation_id).quotation
            text = writer.execute("SELECT text FROM article WHERE id = ?", [now.article_id]).fetchone()[0]
            quotation = corrections.stored(writer, now.article_id, quotation_id)
            values: dict[str, Any] = {}
            if content is not KEEP:
                values["content"] = tuple(content)
                _check_spans(values["content"], text)
            if cue is not KEEP:
                if cue is not None:
                    _check_spans([cue], text)
                lemma = quotation.cue.lemma if quotation.cue is not None else ""
                values["cue"] = None if cue is None else Cue(cue, lemma or cue.of(text).lower())
            if source is not KEEP:
                if source is not None:
                    _check_spans([source], text)
                values["source"] = source
            for name, value, allowed in (("form", form, FORMS), ("mode", mode, MODES), ("act", act, ACTS)):
                if value is not KEEP:
                    if value not in allowed:
                        raise CorrectionError(f"no such {name}: {value}; there are {', '.join(allowed)}")
                    values[name] = value
            if not values:
                raise CorrectionError("nothing was changed")
            return corrections.correct_quotations(
                writer,
                [quotation_id],
                "edit",
                lambda quotation: replace(quotation, **values),
                author=author or self.author,
                note=note,
                changed=tuple(values),
            )[0]

    def merge(
        self, speaker_ids: Iterable[int], into: int, *, author: str | None = None, note: str | None = None
    ) -> list[int]:
        """Says that these speakers are the speaker ``into``; gives the corrections' ids. Raises UnknownId."""
        done: list[int] = []
        with self._writing() as writer:
            target = corrections.speaker_identity(writer, into)
            subjects = [
                corrections.speaker_identity(writer, speaker_id)
                for speaker_id in dict.fromkeys(speaker_ids)
                if speaker_id != into
            ]
            if not subjects:
                raise CorrectionError("a speaker can only be merged into another one")
            for subject in subjects:
                done.append(
                    corrections.correct_speakers(
                        writer,
                        "merge",
                        subject,
                        target,
                        author=author or self.author,
                        note=note,
                        batch=done[0] if done else None,
                    )
                )
        return done

    def rename(self, speaker_id: int, name: str, *, author: str | None = None, note: str | None = None) -> int:
        """Gives a speaker another canonical name. Raises UnknownId, CorrectionError when another one has it."""
        name = " ".join(storable(name).split())
        with self._writing() as writer:
            subject = corrections.speaker_identity(writer, speaker_id)
            _check_speaker(name, subject.kind)
            target = replace(subject, name=name)
            if target == subject:
                raise CorrectionError("this is the speaker's name already")
            if identity.find_speaker(writer, target) is not None:
                raise CorrectionError(f"there is another speaker of the name {name}; merge the two instead")
            return corrections.correct_speakers(
                writer, "rename", subject, target, author=author or self.author, note=note
            )

    def split(
        self,
        speaker_id: int,
        name: str,
        *,
        aliases: Sequence[str] = (),
        quotation_ids: Sequence[int] = (),
        country: str | None = KEEP,
        kind: str = KEEP,
        author: str | None = None,
        note: str | None = None,
    ) -> list[int]:
        """Takes some of a speaker's aliases (names in documents), or quotations, away to a speaker called ``name``.

        Of aliases later finds go there too. Raises UnknownId, CorrectionError.
        """
        name = " ".join(storable(name).split())
        done: list[int] = []
        with self._writing() as writer:
            subject = corrections.speaker_identity(writer, speaker_id)
            target = identity.Identity(
                name,
                subject.kind if kind is KEEP else kind,
                subject.country if country is KEEP else country,
            )
            _check_speaker(name, target.kind)
            if target == subject or not (aliases or quotation_ids):
                raise CorrectionError("a split needs another name, and aliases or quotations to take away")
            names = {alias.name for alias in speakers.speaker(writer, speaker_id).aliases}
            for alias in aliases:
                if alias not in names:
                    raise CorrectionError(f"{subject.name} has no alias {alias}")
            if aliases:
                done.append(
                    corrections.correct_speakers(
                        writer, "split", subject, target, author=author or self.author, note=note, names=aliases
                    )
                )
            for quotation_id in quotation_ids:
                row = articles.quotation(writer, quotation_id).quotation
                if row.speaker_id != speaker_id and not aliases:
                    raise CorrectionError(f"quotation {quotation_id} is not by {subject.name}")
                new = corrections.speaker_of(target, row.role)
                batch = done[0] if done else None
                done += self._reassign(writer, [quotation_id], new, author, note, batch)
        return done

    def undo(self, correction_id: int | None = None) -> list[int]:
        """Undoes a correction, or the last one, with all that were made as one; gives their ids."""
        with self._writing() as writer:
            return corrections.undo(writer, correction_id)

    def redo(self, correction_id: int | None = None) -> list[int]:
        """Makes an undone correction again, or the one undone last; gives the ids."""
        with self._writing() as writer:
            return corrections.redo(writer, correction_id)

    def corrections(
        self, state: CorrectionState | None = None, *, quotation_id: int | None = None
    ) -> list[CorrectionRow]:
        """The corrections, the latest first; ``state`` "conflict" gives those that found no place in a changed text."""
        if state is not None and state not in CORRECTION_STATES:
            raise StoreError(f"no such state: {state}; there are {', '.join(CORRECTION_STATES)}")
        with self._reading() as reader:
            return corrections.listed(reader, state, quotation_id)

    def conflicts(self) -> list[CorrectionRow]:
        """The corrections that found no place in a changed text, each with its reason."""
        return self.corrections("conflict")

    def export_corrections(self) -> Iterator[str]:
        """All corrections that are not undone, as lines of JSON without line ends."""
        with self._reading() as reader:
            lines = list(corrections.exported(reader))
        yield from lines

    def import_corrections(self, lines: Iterable[str]) -> tuple[int, int]:
        """Takes over the corrections of another database; gives how many were new and how many known already.

        They are applied to the articles that are there, and to those that come later. Raises CorrectionError naming the
        line that is none; then nothing is taken over.
        """
        with self._writing() as writer:
            return corrections.imported(writer, lines)


def _listed(quotation_ids: Ids) -> list[int]:
    """Each id once. Raises CorrectionError when there is none."""
    ids = [quotation_ids] if isinstance(quotation_ids, int) else list(dict.fromkeys(quotation_ids))
    if not ids:
        raise CorrectionError("there is no quotation to correct")
    return ids


def _check_speaker(name: str, kind: str) -> None:
    if not name.strip():
        raise CorrectionError("a speaker needs a name")
    if kind not in SPEAKER_KINDS:
        raise CorrectionError(f"no such kind of speaker: {kind}; there are {', '.join(SPEAKER_KINDS)}")


def _check_spans(spans: Sequence[Span], text: str) -> None:
    if not spans:
        raise CorrectionError("a quotation has at least one piece of content")
    end = 0
    for span in spans:
        if not span.of(text).strip():
            raise CorrectionError("a span is empty, or outside the text")
        if span.start < end or span.end > len(text):
            raise CorrectionError("the pieces overlap, are out of order, or reach outside the text")
        end = span.end
