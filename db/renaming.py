"""Speakers whose name the engine has learnt to give more fully: "Orlovsky" of earlier articles is "Sergei Orlovsky"."""

from __future__ import annotations

import json
import sqlite3

from db import identity

_JOINT = "; "  # between the names of people who speak together


def rename_canonical(connection: sqlite3.Connection, old: str, new: str, kind: str, country: str | None) -> bool:
    """Moves all that stands under ``old`` to ``new``; see ``Store.rename_canonical``."""
    corrected = identity.corrected_names(connection)
    if old == new or (old, kind) in corrected or not _is_clear(connection, old, kind, country):
        return False
    names = {old, new}
    for row in _aliases(connection, old, kind):
        if (row["canonical"], row["kind"]) in corrected:
            continue
        renamed = _renamed(row["canonical"], old, new)
        names |= {row["canonical"], renamed}
        _set_canonical(connection, row, renamed)
    _rename_found(connection, old, new, kind)
    identity.repoint(connection, names)
    return True


def _is_clear(connection: sqlite3.Connection, old: str, kind: str, country: str | None) -> bool:
    """Whether there is one speaker of that name, who may be of that country."""
    rows = connection.execute("SELECT country FROM speaker WHERE name = ? AND kind = ?", [old, kind]).fetchall()
    return len(rows) == 1 and (None in (country, rows[0]["country"]) or country == rows[0]["country"])


def _aliases(connection: sqlite3.Connection, old: str, kind: str) -> list[sqlite3.Row]:
    """The aliases that the engine took for ``old``, alone or with others."""
    return connection.execute(
        "SELECT id, name, canonical, kind, country FROM speaker_alias WHERE (canonical = ?1 AND kind = ?2) "
        "OR (instr(canonical, ?3) AND instr(?3 || canonical || ?3, ?3 || ?1 || ?3)) ORDER BY id",
        [old, kind, _JOINT],
    ).fetchall()


def _renamed(canonical: str, old: str, new: str) -> str:
    return _JOINT.join(new if name == old else name for name in canonical.split(_JOINT))


def _set_canonical(connection: sqlite3.Connection, alias: sqlite3.Row, canonical: str) -> None:
    """Gives an alias another canonical name, or its quotations to the alias that has it already."""
    there = connection.execute(
        "SELECT id, speaker_id FROM speaker_alias WHERE name = ? AND canonical = ? AND kind = ? "
        "AND coalesce(country, '') = ?",
        [alias["name"], canonical, alias["kind"], alias["country"] or ""],
    ).fetchone()
    if there is None:
        connection.execute(
            "UPDATE speaker_alias SET canonical = ?, sort_name = ? WHERE id = ?",
            [canonical, identity.sort_names(alias["name"], canonical), alias["id"]],
        )
        return
    identity.give(connection, alias["id"], there["speaker_id"], alias["country"])
    connection.execute("UPDATE quotation SET alias_id = ? WHERE alias_id = ?", [there["id"], alias["id"]])
    identity.tidy(connection, alias_ids=[alias["id"]])


def _rename_found(connection: sqlite3.Connection, old: str, new: str, kind: str) -> None:
    """In what the engine had found where a person's correction stands over it, so that undoing gives the new name."""
    rows = connection.execute(
        "SELECT id, found FROM quotation WHERE found <> 'null' AND article_id IN (SELECT a.id FROM article a "
        "JOIN correction c ON c.article_key = a.key UNION SELECT a.id FROM article a "
        "JOIN correction c ON c.text_hash = a.text_hash)"
    ).fetchall()
    for row in rows:
        found = json.loads(row["found"])
        speaker = found["speaker"]
        if speaker is None or (speaker["kind"] != kind and _JOINT not in speaker["name"]):
            continue
        renamed = _renamed(speaker["name"], old, new)
        if renamed != speaker["name"]:
            speaker["name"] = renamed
            connection.execute(
                "UPDATE quotation SET found = ? WHERE id = ?", [json.dumps(found, ensure_ascii=False), row["id"]]
            )
