"""A person's corrections: made, undone, redone, listed, and shared between databases as JSON Lines.

Each is kept for good in the table ``correction`` with who, when and what, and says where by the words of the text,
never by a row. What a correction does is worked out by ``db.replay`` (quotations) and ``db.identity`` (speakers), the
same way when it is made as after every later run; so undoing one is leaving it out.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from db import identity, writing
from db.anchors import Anchor
from db.errors import CorrectionError, UnknownId
from db.names import storable
from db.records import ACTIONS, CorrectionRow
from db.replay import Change
from quotes.jsonl import quotation_to_dict
from quotes.model import Quotation, Speaker

_OF_SPEAKERS = ("merge", "rename", "split")
_SHARED = ("uid", "action", "author", "made_at", "note", "article_key", "text_hash", "detail")


def correct_quotations(
    connection: sqlite3.Connection,
    quotation_ids: Sequence[int],
    action: str,
    corrected: Callable[[Quotation], Quotation] = lambda quotation: quotation,
    *,
    author: str,
    note: str | None,
    changed: Sequence[str] = (),
    batch: int | None = None,
) -> list[int]:
    """Records a correction of each quotation, as one batch, and applies them; gives the corrections' ids.

    ``corrected`` makes of a quotation what it is to be. Raises UnknownId.
    """
    done: list[int] = []
    texts: dict[tuple[str, str], None] = {}
    for quotation_id in quotation_ids:
        row = _article_of(connection, quotation_id)
        now = stored(connection, row["article_id"], quotation_id)
        detail = {
            "anchor": Anchor.of(now.content, row["text"]).to_dict(),
            "quotation": {**quotation_to_dict(corrected(now), row["text"]), "inside": None},
            "was": {**quotation_to_dict(now, row["text"]), "inside": None},
            "set": list(changed),
        }
        correction_id = _record(
            connection, action, detail, author=author, note=note, batch=batch, key=row["key"],
            text_hash=row["text_hash"],
        )  # fmt: skip
        batch = batch or correction_id
        done.append(correction_id)
        texts[row["key"], row["text_hash"]] = None
    for key, text_hash in texts:
        reapply_to_text(connection, key, text_hash)
    return done


def _article_of(connection: sqlite3.Connection, quotation_id: int) -> sqlite3.Row:
    """The text of a quotation and what finds it again. Raises UnknownId."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT q.article_id, a.text, a.key, a.text_hash FROM quotation q JOIN article a ON a.id = q.article_id "
        "WHERE q.id = ?",
        [quotation_id],
    ).fetchone()
    if row is None:
        raise UnknownId(f"there is no quotation {quotation_id}")
    return row


def stored(connection: sqlite3.Connection, article_id: int, quotation_id: int) -> Quotation:
    """A quotation as it stands in the store now."""
    found = writing.stored_quotations(connection, article_id)
    return next(quotation for row_id, quotation, _ in found if row_id == quotation_id)


def reapply_to_text(connection: sqlite3.Connection, key: str | None, text_hash: str | None) -> None:
    """Works out anew the article with this key and all copies of the same text."""
    rows = connection.execute(
        "SELECT id FROM article WHERE key = ? OR text_hash = ? ORDER BY id", [key, text_hash]
    ).fetchall()
    for row in rows:
        writing.materialise(connection, row["id"], writing.found_in(connection, row["id"]))


def correct_speakers(
    connection: sqlite3.Connection,
    action: str,
    subject: identity.Identity,
    target: identity.Identity,
    *,
    author: str,
    note: str | None,
    names: Sequence[str] = (),
    batch: int | None = None,
) -> int:
    """Records a merge, rename or split and applies it; gives the correction's id."""
    detail = {"subject": _as_dict(subject), "target": _as_dict(target), "names": list(names)}
    correction_id = _record(connection, action, detail, author=author, note=note, batch=batch)
    _reapply_names([detail], connection)
    return correction_id


def speaker_identity(connection: sqlite3.Connection, speaker_id: int) -> identity.Identity:
    """Raises UnknownId."""
    row = connection.execute("SELECT name, kind, country FROM speaker WHERE id = ?", [speaker_id]).fetchone()
    if row is None:
        raise UnknownId(f"there is no speaker {speaker_id}")
    return identity.Identity(row["name"], row["kind"], row["country"])


def _as_dict(who: identity.Identity) -> dict[str, str | None]:
    return {"name": who.name, "kind": who.kind, "country": who.country}


def _reapply_names(details: Iterable[dict[str, Any]], connection: sqlite3.Connection) -> None:
    names = {detail[side]["name"] for detail in details for side in ("subject", "target")}
    # A chain of changes may lead on to names that this one does not mention.
    while True:
        linked = set(names)
        for change in identity.speaker_changes(connection):
            if {change.subject.name, change.target.name} & names:
                linked |= {change.subject.name, change.target.name}
        if linked == names:
            break
        names = linked
    identity.repoint(connection, names)


def _record(
    connection: sqlite3.Connection,
    action: str,
    detail: dict[str, Any],
    *,
    author: str,
    note: str | None,
    batch: int | None,
    key: str | None = None,
    text_hash: str | None = None,
) -> int:
    connection.execute("UPDATE correction SET undone_seq = NULL WHERE undone_seq IS NOT NULL")
    cursor = connection.execute(
        "INSERT INTO correction(batch, action, author, made_at, note, article_key, text_hash, detail, uid) "
        "VALUES (coalesce(?, 0), ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            batch,
            action,
            storable(author),
            writing.now(),
            None if note is None else storable(note),
            key,
            text_hash,
            storable(json.dumps(detail, ensure_ascii=False)),
            str(uuid.uuid4()),
        ],
    )
    correction_id = int(cursor.lastrowid or 0)
    if batch is None:
        connection.execute("UPDATE correction SET batch = id WHERE id = ?", [correction_id])
    return correction_id


def undo(connection: sqlite3.Connection, correction_id: int | None) -> list[int]:
    """Undoes a correction with its batch, or the last one made; gives their ids. Raises CorrectionError, UnknownId."""
    if correction_id is None:
        row = connection.execute("SELECT max(batch) AS batch FROM correction WHERE state <> 'undone'").fetchone()
    else:
        row = connection.execute("SELECT batch FROM correction WHERE id = ?", [correction_id]).fetchone()
        if row is None:
            raise UnknownId(f"there is no correction {correction_id}")
    rows = connection.execute(
        "SELECT * FROM correction WHERE batch = ? AND state <> 'undone'", [row["batch"]]
    ).fetchall()
    if not rows:
        raise CorrectionError("there is nothing to undo")
    seq = connection.execute("SELECT coalesce(max(undone_seq), 0) + 1 FROM correction").fetchone()[0]
    connection.execute(
        "UPDATE correction SET state = 'undone', reason = NULL, undone_seq = ? WHERE batch = ? AND state <> 'undone'",
        [seq, row["batch"]],
    )
    _reapply_rows(connection, rows)
    return [row["id"] for row in rows]


def redo(connection: sqlite3.Connection, correction_id: int | None) -> list[int]:
    """Makes an undone correction with its batch again, or the one undone last. Raises CorrectionError, UnknownId."""
    if correction_id is None:
        row = connection.execute(
            "SELECT batch FROM correction WHERE state = 'undone' AND undone_seq IS NOT NULL "
            "ORDER BY undone_seq DESC LIMIT 1"
        ).fetchone()
        if row is None:
            raise CorrectionError("there is nothing to redo")
    else:
        row = connection.execute("SELECT batch FROM correction WHERE id = ?", [correction_id]).fetchone()
        if row is None:
            raise UnknownId(f"there is no correction {correction_id}")
    rows = connection.execute(
        "SELECT * FROM correction WHERE batch = ? AND state = 'undone'", [row["batch"]]
    ).fetchall()
    if not rows:
        raise CorrectionError("this correction is not undone")
    connection.execute(
        "UPDATE correction SET state = 'applied', undone_seq = NULL WHERE batch = ? AND state = 'undone'",
        [row["batch"]],
    )
    _reapply_rows(connection, rows)
    return [row["id"] for row in rows]


def _reapply_rows(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> None:
    speakers = [json.loads(row["detail"]) for row in rows if row["action"] in _OF_SPEAKERS]
    if speakers:
        _reapply_names(speakers, connection)
    for key, text_hash in {(row["article_key"], row["text_hash"]) for row in rows if row["action"] not in _OF_SPEAKERS}:
        reapply_to_text(connection, key, text_hash)


def listed(connection: sqlite3.Connection, state: str | None, quotation_id: int | None) -> list[CorrectionRow]:
    """The corrections, the latest first; only those in ``state``, or of one quotation."""
    rows = connection.execute(
        "SELECT c.*, a.id AS article_id FROM correction c LEFT JOIN article a ON a.key = c.article_key "
        "WHERE (?1 IS NULL OR c.state = ?1) AND (?2 IS NULL OR c.quotation_id = ?2) ORDER BY c.id DESC",
        [state, quotation_id],
    )
    return [_row(row) for row in rows]


def _row(row: sqlite3.Row) -> CorrectionRow:
    detail = json.loads(row["detail"])
    return CorrectionRow(
        row["id"],
        row["batch"],
        row["action"],
        row["state"],
        row["author"],
        row["made_at"],
        summary(row["action"], detail),
        row["note"],
        row["quotation_id"],
        row["article_id"],
        row["reason"],
        detail,
    )


def summary(action: str, detail: dict[str, Any]) -> str:
    """What a correction does, in one line."""
    if action in _OF_SPEAKERS:
        subject, target = detail["subject"]["name"], detail["target"]["name"]
        if action == "split":
            return f"split {target} from {subject}: {', '.join(detail['names'])}"
        return f"{action} {subject} {'into' if action == 'merge' else 'to'} {target}"
    words = _short(" … ".join(piece["text"] for piece in detail["was"]["content"]))
    if action == "reassign":
        was, now = detail["was"]["speaker"], detail["quotation"]["speaker"]
        names = [who["name"] if who else "unknown" for who in (was, now)]
        return f"reassign “{words}” from {names[0]} to {names[1]}"
    if action == "edit":
        return f"edit {', '.join(detail['set'])} of “{words}”"
    return f"{action} “{words}”"


def _short(words: str, length: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def exported(connection: sqlite3.Connection) -> Iterator[str]:
    """All corrections that are not undone as lines of JSON, in the order in which they were made."""
    for row in connection.execute("SELECT * FROM correction WHERE state <> 'undone' ORDER BY id"):
        shared = {name: row[name] for name in _SHARED}
        shared["detail"] = json.loads(row["detail"])
        shared["batch"] = connection.execute("SELECT uid FROM correction WHERE id = ?", [row["batch"]]).fetchone()[0]
        yield json.dumps(shared, ensure_ascii=False)


def imported(connection: sqlite3.Connection, lines: Iterable[str]) -> tuple[int, int]:
    """Takes over corrections of another database, and applies those that fit; gives how many were new, how many known.

    Raises CorrectionError naming the line that is none; then nothing is taken over.
    """
    new: list[int] = []
    known = 0
    batches: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        shared = _checked(line, number)
        row = connection.execute("SELECT id, batch FROM correction WHERE uid = ?", [shared["uid"]]).fetchone()
        if row is not None:
            batches[shared["batch"]] = row["batch"]
            known += 1
            continue
        correction_id = _record(
            connection,
            shared["action"],
            shared["detail"],
            author=shared["author"],
            note=shared["note"],
            batch=batches.get(shared["batch"]),
            key=shared["article_key"],
            text_hash=shared["text_hash"],
        )
        batches.setdefault(shared["batch"], correction_id)
        connection.execute(
            "UPDATE correction SET uid = ?, made_at = ? WHERE id = ?", [shared["uid"], shared["made_at"], correction_id]
        )
        new.append(correction_id)
    rows = connection.execute(
        "SELECT * FROM correction WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(new)]
    ).fetchall()
    _reapply_rows(connection, rows)
    return len(new), known


def _checked(line: str, number: int) -> dict[str, Any]:
    try:
        shared = json.loads(line)
        if not isinstance(shared, dict) or shared["action"] not in ACTIONS:
            raise ValueError("not a correction")
        for name in ("uid", "author", "made_at", "batch"):
            if not isinstance(shared[name], str):
                raise TypeError(f"{name} is no text")
        for name in ("note", "article_key", "text_hash"):
            if not isinstance(shared[name], str | None):
                raise TypeError(f"{name} is no text")
        if shared["action"] in _OF_SPEAKERS:
            identity.change_from_detail(shared["action"], shared["detail"])
        else:
            Change.from_detail(0, shared["action"], shared["detail"])
        summary(shared["action"], shared["detail"])
    except (KeyError, TypeError, ValueError) as error:
        raise CorrectionError(f"line {number} is not a correction of quotes ({error})") from error
    return shared


def speaker_of(who: identity.Identity, role: str | None = None) -> Speaker:
    """What a quotation that a person gives to ``who`` has as its speaker."""
    return Speaker(who.name, who.name, who.kind, role, who.country)  # type: ignore[arg-type]
