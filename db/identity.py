"""Which speaker a name stands for: the engine's answer, with a person's merges, renames and splits applied over it.

An *alias* is a name as one document gives it, with what the engine made of it. Its speaker is worked out by replaying
the corrections in the order in which they were made, so that undoing one, or meeting the name again in a later run,
needs no special case.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.names import folded, storable
from quotes.model import Speaker

# Of one name and no known country there is one person or country, until the text says otherwise; but "the Foreign
# Ministry" of no known country must not become that of another.
_KNOWN_WITHOUT_COUNTRY = ("person", "country")


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a speaker the same: canonical name, kind and, between namesakes, country."""

    name: str
    kind: str
    country: str | None

    def may_be(self, other: Identity) -> bool:
        """Whether both can be the same: a country that is not known does not tell people apart."""
        same_country = self.country == other.country
        if self.kind in _KNOWN_WITHOUT_COUNTRY:
            same_country = same_country or None in (self.country, other.country)
        return self.name == other.name and self.kind == other.kind and same_country


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """A merge, rename or split: aliases of ``subject`` become those of ``target``; a split moves only ``names``."""

    action: str
    subject: Identity
    target: Identity
    names: tuple[str, ...] = ()


def replayed(alias_name: str, found: Identity, changes: Iterable[SpeakerChange]) -> Identity:
    """Whom an alias stands for after ``changes``, given what the engine found."""
    current = found
    for change in changes:
        if not current.may_be(change.subject):
            continue
        if change.action == "split" and alias_name not in change.names:
            continue
        country = change.target.country
        if country is None and change.action != "split" and change.target.kind in _KNOWN_WITHOUT_COUNTRY:
            country = current.country
        current = Identity(change.target.name, change.target.kind, country)
    return current


def speaker_changes(connection: sqlite3.Connection) -> list[SpeakerChange]:
    """All merges, renames and splits that are not undone, in the order in which they were made."""
    rows = connection.execute(
        "SELECT action, detail FROM correction WHERE action IN ('merge', 'rename', 'split') AND state <> 'undone' "
        "ORDER BY id"
    )
    return [change_from_detail(row["action"], json.loads(row["detail"])) for row in rows]


def change_from_detail(action: str, detail: dict[str, object]) -> SpeakerChange:
    """Raises KeyError or TypeError when ``detail`` is not one of a speaker's correction."""
    names = detail.get("names") or ()
    if not isinstance(names, (list, tuple)):
        raise TypeError("names is a list")
    return SpeakerChange(
        action, _identity(detail["subject"]), _identity(detail["target"]), tuple(str(name) for name in names)
    )


def _identity(data: object) -> Identity:
    if not isinstance(data, dict):
        raise TypeError("an identity is an object with name, kind and country")
    return Identity(str(data["name"]), str(data["kind"]), data.get("country"))


def corrected_names(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The (name, kind) of all speakers that corrections in force mention: those that the engine may not rename."""
    named = {(who.name, who.kind) for change in speaker_changes(connection) for who in (change.subject, change.target)}
    given = connection.execute(
        "SELECT DISTINCT json_extract(detail, '$.quotation.speaker.name'), "
        "json_extract(detail, '$.quotation.speaker.kind') FROM correction "
        "WHERE action = 'reassign' AND state <> 'undone'"
    )
    return named | {(name, kind) for name, kind in given if name is not None}


def find_speaker(connection: sqlite3.Connection, identity: Identity) -> sqlite3.Row | None:
    """The row of the speaker with this identity, or of the one it must be (see ``_KNOWN_WITHOUT_COUNTRY``)."""
    rows = connection.execute(
        "SELECT id, name, kind, country FROM speaker WHERE name = ? AND kind = ? ORDER BY id",
        [identity.name, identity.kind],
    ).fetchall()
    for row in rows:
        if row["country"] == identity.country:
            return row
    if identity.kind not in _KNOWN_WITHOUT_COUNTRY:
        return None
    if identity.country is None:
        return rows[0] if len(rows) == 1 else None
    return next((row for row in rows if row["country"] is None), None)


def speaker_for(connection: sqlite3.Connection, identity: Identity) -> int:
    """The id of the speaker with this identity; made where there is none yet."""
    row = find_speaker(connection, identity)
    if row is None:
        cursor = connection.execute(
            "INSERT INTO speaker(name, kind, country, sort_name) VALUES (?, ?, ?, ?)",
            [identity.name, identity.kind, identity.country, folded(identity.name)],
        )
        return int(cursor.lastrowid or 0)
    if row["country"] is None and identity.country is not None:
        connection.execute("UPDATE speaker SET country = ? WHERE id = ?", [identity.country, row["id"]])
        connection.execute(
            "UPDATE quotation SET country = ? WHERE speaker_id = ? AND country IS NULL", [identity.country, row["id"]]
        )
    return int(row["id"])


def alias_for(connection: sqlite3.Connection, speaker: Speaker) -> tuple[int, int]:
    """The ids of alias and speaker for what the engine found; made where they are new."""
    name, canonical = storable(speaker.name_in_document), storable(speaker.name)
    row = connection.execute(
        "SELECT id, speaker_id FROM speaker_alias "
        "WHERE name = ? AND canonical = ? AND kind = ? AND coalesce(country, '') = ?",
        [name, canonical, speaker.kind, speaker.country or ""],
    ).fetchone()
    if row is not None:
        return row["id"], row["speaker_id"]
    found = Identity(canonical, speaker.kind, speaker.country)
    speaker_id = speaker_for(connection, replayed(name, found, speaker_changes(connection)))
    cursor = connection.execute(
        "INSERT INTO speaker_alias(speaker_id, name, canonical, kind, country, sort_name) VALUES (?, ?, ?, ?, ?, ?)",
        [speaker_id, name, canonical, speaker.kind, speaker.country, sort_names(name, canonical)],
    )
    return int(cursor.lastrowid or 0), speaker_id


def sort_names(name: str, canonical: str) -> str:
    """By what an alias is found."""
    return "\n".join(dict.fromkeys((folded(name), folded(canonical))))


def repoint(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Works out anew the speakers of all aliases that have, or stand for, one of ``names``, and moves their quotations.

    Call it after a merge, rename or split was made, undone or redone, with all names that it mentions.
    """
    changes = speaker_changes(connection)
    wanted = json.dumps(sorted(set(names)))
    aliases = connection.execute(
        "SELECT id, speaker_id, name, canonical, kind, country FROM speaker_alias "
        "WHERE canonical IN (SELECT value FROM json_each(?)) OR speaker_id IN "
        "(SELECT id FROM speaker WHERE name IN (SELECT value FROM json_each(?)))",
        [wanted, wanted],
    ).fetchall()
    targets = {
        row["id"]: replayed(row["name"], Identity(row["canonical"], row["kind"], row["country"]), changes)
        for row in aliases
    }
    _rename_in_place(connection, aliases, targets)
    touched = set()
    for row in aliases:
        speaker_id = speaker_for(connection, targets[row["id"]])
        if speaker_id != row["speaker_id"]:
            connection.execute("UPDATE speaker_alias SET speaker_id = ? WHERE id = ?", [speaker_id, row["id"]])
            give(connection, row["id"], speaker_id, row["country"])
            touched |= {speaker_id, row["speaker_id"]}
    tidy(connection, speaker_ids=sorted(touched))
    for speaker_id in sorted(touched | {row["speaker_id"] for row in aliases}):
        refresh_role(connection, speaker_id)
        refresh_country(connection, speaker_id, changes)


def give(connection: sqlite3.Connection, alias_id: int, speaker_id: int, country: str | None) -> None:
    """Makes the quotations of an alias, whose document names ``country``, those of a speaker."""
    connection.execute(
        "UPDATE quotation SET speaker_id = ?1, speaker_kind = s.kind, country = coalesce(s.country, ?3) "
        "FROM speaker s WHERE s.id = ?1 AND quotation.alias_id = ?2",
        [speaker_id, alias_id, country],
    )


def _rename_in_place(
    connection: sqlite3.Connection, aliases: Sequence[sqlite3.Row], targets: dict[int, Identity]
) -> None:
    """Keeps a speaker's id through a rename: where all its aliases go to one identity that no row has yet."""
    by_speaker: dict[int, set[Identity]] = {}
    for row in aliases:
        by_speaker.setdefault(row["speaker_id"], set()).add(targets[row["id"]])
    for speaker_id, identities in by_speaker.items():
        others = connection.execute("SELECT count(*) FROM speaker_alias WHERE speaker_id = ?", [speaker_id]).fetchone()[
            0
        ] - sum(row["speaker_id"] == speaker_id for row in aliases)
        names = {(identity.name, identity.kind) for identity in identities}
        if others or len(names) != 1:
            continue
        name, kind = names.pop()
        if connection.execute("SELECT 1 FROM speaker WHERE name = ? AND kind = ?", [name, kind]).fetchone():
            continue
        countries = {identity.country for identity in identities if identity.country}
        if len(countries) < 2:
            connection.execute(
                "UPDATE speaker SET name = ?, kind = ?, sort_name = ? WHERE id = ?",
                [name, kind, folded(name), speaker_id],
            )


def tidy(connection: sqlite3.Connection, *, alias_ids: Iterable[int] = (), speaker_ids: Iterable[int] = ()) -> None:
    """Removes those of the aliases that no quotation uses any longer, and those of the speakers without aliases."""
    speakers = set(speaker_ids)
    for alias_id in set(alias_ids):
        row = connection.execute(
            "DELETE FROM speaker_alias WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM quotation WHERE alias_id = ?1) "
            "RETURNING speaker_id",
            [alias_id],
        ).fetchone()
        if row is not None:
            speakers.add(row["speaker_id"])
    for speaker_id in speakers:
        connection.execute(
            "DELETE FROM speaker WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM speaker_alias WHERE speaker_id = ?1)",
            [speaker_id],
        )


def refresh_role(connection: sqlite3.Connection, speaker_id: int) -> None:
    """Works out the speaker's latest role from the quotations."""
    row = connection.execute(
        "SELECT role FROM quotation INDEXED BY quotation_role WHERE speaker_id = ? AND role IS NOT NULL "
        "ORDER BY day DESC, id LIMIT 1",
        [speaker_id],
    ).fetchone()
    role = None if row is None else row["role"]
    connection.execute("UPDATE speaker SET role = ?1 WHERE id = ?2 AND role IS NOT ?1", [role, speaker_id])


def refresh_country(connection: sqlite3.Connection, speaker_id: int, changes: Sequence[SpeakerChange]) -> None:
    """Works out anew the country of a person or country from the names that stand for it, and tells the quotations."""
    speaker = connection.execute("SELECT kind, country FROM speaker WHERE id = ?", [speaker_id]).fetchone()
    if speaker is None or speaker["kind"] not in _KNOWN_WITHOUT_COUNTRY:
        return
    aliases = connection.execute(
        "SELECT name, canonical, kind, country FROM speaker_alias WHERE speaker_id = ?", [speaker_id]
    )
    countries = {
        replayed(row["name"], Identity(row["canonical"], row["kind"], row["country"]), changes).country
        for row in aliases
    } - {None}
    country = countries.pop() if len(countries) == 1 else None
    if country == speaker["country"]:
        return
    # ignored where a namesake without country is there already
    changed = connection.execute("UPDATE OR IGNORE speaker SET country = ? WHERE id = ?", [country, speaker_id])
    if changed.rowcount:
        connection.execute(
            "UPDATE quotation SET country = coalesce(?1, a.country) FROM speaker_alias a "
            "WHERE a.id = quotation.alias_id AND quotation.speaker_id = ?2",
            [country, speaker_id],
        )
