"""Writing articles: one transaction each, only what has changed, with a person's corrections applied again."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from db import identity, repeats
from db.anchors import within
from db.errors import StoreError
from db.names import storable
from db.records import Run, Written
from db.replay import Change, Item, replay
from quotes.jsonl import DOCUMENT_FIELDS, quotation_from_dict, quotation_to_dict
from quotes.model import Article, Cue, Extraction, Quotation, Span, Speaker

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(?![\d/])")
_METADATA = tuple(name for name in DOCUMENT_FIELDS if name != "text")


def now() -> str:
    """The time as the store writes it: UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def text_hash(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()


def content_hash(article: Article) -> str:
    """Of text and metadata: when it is the same, the article need not be extracted again."""
    fields = {name: getattr(article, name) for name in DOCUMENT_FIELDS}
    return hashlib.sha256(storable(json.dumps(fields, ensure_ascii=False)).encode()).hexdigest()


def article_key(article: Article) -> str:
    """What makes an article the same one in the next run: its path, else its URL, else its text."""
    return storable(article.path or article.url or f"sha256:{text_hash(article.text)}")


def is_current(connection: sqlite3.Connection, article: Article, engine: str, key: str) -> bool:
    row = connection.execute("SELECT content_hash, engine FROM article WHERE key = ?", [key]).fetchone()
    return row is not None and row["engine"] == engine and row["content_hash"] == content_hash(article)


def write(connection: sqlite3.Connection, extraction: Extraction, run: Run, key: str, *, force: bool) -> Written:
    """Writes one article with its quotations, inside the caller's transaction."""
    article = extraction.article
    _check(extraction)
    row = connection.execute("SELECT id, content_hash, engine FROM article WHERE key = ?", [key]).fetchone()
    new_hash = content_hash(article)
    if row is not None and not force and (row["content_hash"], row["engine"]) == (new_hash, run.engine):
        count = connection.execute("SELECT count(*) FROM quotation WHERE article_id = ?", [row["id"]]).fetchone()[0]
        return Written(row["id"], "unchanged", count)
    values = _article_values(article, run, key, new_hash)
    if row is None:
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        cursor = connection.execute(
            f"INSERT INTO article({columns}) VALUES ({marks})",  # noqa: S608 - column names from this module
            list(values.values()),
        )
        article_id = int(cursor.lastrowid or 0)
    else:
        article_id = row["id"]
        assignments = ", ".join(f"{name} = ?" for name in values)
        connection.execute(
            f"UPDATE article SET {assignments} WHERE id = ?",  # noqa: S608 - column names from this module
            [*values.values(), article_id],
        )
    conflicts = materialise(connection, article_id, extraction.quotations)
    count = connection.execute("SELECT count(*) FROM quotation WHERE article_id = ?", [article_id]).fetchone()[0]
    return Written(article_id, "added" if row is None else "replaced", count, conflicts)


def day_of(published: str | None) -> str:
    """The day (or the month or year, where no more is known) of an ISO 8601 date or date-time; "" when it is none."""
    match = _DAY.match(published or "")
    return match.group() if match else ""


def _check(extraction: Extraction) -> None:
    """Raises StoreError when a quotation points outside its article."""
    length, count = len(extraction.article.text), len(extraction.quotations)
    for index, quotation in enumerate(extraction.quotations):
        inside = quotation.inside
        if not within(quotation, length) or (inside is not None and (not 0 <= inside < count or inside == index)):
            raise StoreError(f"{extraction.article.path or 'article'}: quotation {index} points outside the text")


def _article_values(article: Article, run: Run, key: str, new_hash: str) -> dict[str, Any]:
    values = {name: getattr(article, name) for name in _METADATA}
    values = {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}
    blocks = [[block.span.start, block.span.end, block.role] for block in article.blocks]
    return values | {
        "text": storable(article.text),
        "blocks": json.dumps(blocks, separators=(",", ":")),
        "key": key,
        "text_hash": text_hash(article.text),
        "content_hash": new_hash,
        "engine": run.engine,
        "run_id": run.id,
        "extracted_at": now(),
    }


def materialise(connection: sqlite3.Connection, article_id: int, found: Sequence[Quotation]) -> int:
    """Makes the article's rows what the engine ``found`` with all corrections applied; gives the number of conflicts.

    Rows that stay the same quotation keep their ids. Call it inside a transaction.
    """
    article = connection.execute(
        "SELECT id, text, key, text_hash, published, publisher FROM article WHERE id = ?", [article_id]
    ).fetchone()
    changes, own = _changes(connection, article)
    items, conflicts = replay(article["text"], found, changes)
    positions = sorted(range(len(items)), key=lambda index: (items[index].quotation.content[0].start, index))
    ids = _sync(connection, article, items, positions)
    _link_inside(connection, items, ids)
    own_conflicts = {id: reason for id, reason in conflicts.items() if id in own}
    _note_results(connection, own, own_conflicts, items, ids)
    return len(own_conflicts)


def found_in(connection: sqlite3.Connection, article_id: int) -> list[Quotation]:
    """What the engine found in this article, without corrections, as it was when it was written last."""
    current = stored_quotations(connection, article_id)
    found: list[tuple[int, Quotation]] = []
    for row_id, quotation, raw in current:
        if raw is None:
            found.append((row_id, quotation))
        elif raw != "null":
            found.append((row_id, quotation_from_dict(json.loads(raw))))
    # Enclosing quotations are told by their places in this list, and those a person added are not in it.
    inside = dict(connection.execute("SELECT id, inside_id FROM quotation WHERE article_id = ?", [article_id]))
    index_of = {row_id: index for index, (row_id, _) in enumerate(found)}
    return [_with_inside(quotation, index_of.get(inside[row_id])) for row_id, quotation in found]


def _with_inside(quotation: Quotation, inside: int | None) -> Quotation:
    if quotation.inside == inside:
        return quotation
    return replace(quotation, inside=inside)


def stored_quotations(connection: sqlite3.Connection, article_id: int) -> list[tuple[int, Quotation, str | None]]:
    """(id, quotation as it stands, column ``found``) of an article's rows, in the order of the text."""
    spans: dict[int, dict[str, list[Span]]] = {}
    for row in connection.execute(
        "SELECT s.quotation_id, s.role, s.start_char, s.end_char FROM span s JOIN quotation q ON q.id = s.quotation_id "
        "WHERE q.article_id = ? ORDER BY s.quotation_id, s.role, s.seq",
        [article_id],
    ):
        by_role = spans.setdefault(row["quotation_id"], {})
        by_role.setdefault(row["role"], []).append(Span(row["start_char"], row["end_char"]))
    rows = connection.execute(
        "SELECT q.*, a.name AS alias_name, a.canonical, a.kind AS alias_kind, a.country AS alias_country "
        "FROM quotation q LEFT JOIN speaker_alias a ON a.id = q.alias_id WHERE q.article_id = ? ORDER BY q.seq",
        [article_id],
    )
    return [(row["id"], _quotation(row, spans[row["id"]]), row["found"]) for row in rows]


def _quotation(row: sqlite3.Row, spans: dict[str, list[Span]]) -> Quotation:
    speaker = None
    if row["alias_id"] is not None:
        speaker = Speaker(row["canonical"], row["alias_name"], row["alias_kind"], row["role"], row["alias_country"])
    return Quotation(
        form=row["form"],
        mode=row["mode"],
        act=row["act"],
        content=tuple(spans["content"]),
        cue=Cue(spans["cue"][0], row["cue_lemma"]) if "cue" in spans else None,
        source=spans["source"][0] if "source" in spans else None,
        speaker=speaker,
        confidence=row["confidence"],
        resolution=row["resolution"],
    )


def _changes(connection: sqlite3.Connection, article: sqlite3.Row) -> tuple[list[Change], set[int]]:
    """The corrections for this article, also those made in another copy of the same text, and the ids of its own."""
    rows = connection.execute(
        "SELECT id, action, detail, article_key FROM correction "
        "WHERE action IN ('confirm', 'reject', 'reassign', 'edit') AND state <> 'undone' "
        "AND (article_key = ? OR text_hash = ?) ORDER BY id",
        [article["key"], article["text_hash"]],
    ).fetchall()
    changes = [Change.from_detail(row["id"], row["action"], json.loads(row["detail"])) for row in rows]
    return changes, {row["id"] for row in rows if row["article_key"] == article["key"]}


def _signature(quotation: Quotation) -> tuple[Any, ...]:
    return tuple(quotation.content), quotation.cue, quotation.source


def _sync(
    connection: sqlite3.Connection, article: sqlite3.Row, items: Sequence[Item], positions: Sequence[int]
) -> list[int]:
    """Inserts, updates and deletes rows until they are ``items``; gives each item's row id."""
    stored = stored_quotations(connection, article["id"])
    by_signature: dict[Any, list[int]] = {}
    for row_id, quotation, raw in stored:
        by_signature.setdefault(_signature(quotation), []).append(row_id)
        by_signature.setdefault(quotation.content, []).append(row_id)
        if raw is not None and raw != "null":
            by_signature.setdefault(quotation_from_dict(json.loads(raw)).content, []).append(row_id)
    taken: set[int] = set()
    rows: list[int | None] = []
    for item in items:
        candidates = by_signature.get(_signature(item.quotation), []) + by_signature.get(item.quotation.content, [])
        if item.found is not None:
            candidates += by_signature.get(item.found.content, [])
        row = next((row_id for row_id in candidates if row_id not in taken), None)
        rows.append(row)
        if row is not None:
            taken.add(row)
    before = _touched(connection, article["id"])
    _delete(connection, [row_id for row_id, _, _ in stored if row_id not in taken])
    if taken:  # out of the way of the new order
        connection.execute("UPDATE quotation SET seq = -1 - seq WHERE article_id = ?", [article["id"]])
    ids = [0] * len(items)
    for seq, index in enumerate(positions):
        ids[index] = _put(connection, article, items[index], rows[index], seq)
    after = _touched(connection, article["id"])
    left = before - after
    identity.tidy(connection, alias_ids={alias for alias, _ in left if alias is not None})
    changes = identity.speaker_changes(connection) if left else []
    for speaker_id in {speaker for _, speaker in left if speaker is not None}:
        identity.refresh_country(connection, speaker_id, changes)
    for speaker_id in {speaker for _, speaker in before | after if speaker is not None}:
        identity.refresh_role(connection, speaker_id)
    return ids


def _touched(connection: sqlite3.Connection, article_id: int) -> set[tuple[int | None, int | None]]:
    query = "SELECT DISTINCT alias_id, speaker_id FROM quotation WHERE article_id = ?"
    return {(row[0], row[1]) for row in connection.execute(query, [article_id])}


def _delete(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    for quotation_id in ids:
        repeats.remove(connection, quotation_id)
        connection.execute("DELETE FROM quotation WHERE id = ?", [quotation_id])


def _put(connection: sqlite3.Connection, article: sqlite3.Row, item: Item, row_id: int | None, seq: int) -> int:
    values = _quotation_values(connection, article, item, seq)
    if row_id is None:
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        cursor = connection.execute(
            f"INSERT INTO quotation({columns}) VALUES ({marks})",  # noqa: S608 - column names from this module
            list(values.values()),
        )
        row_id = int(cursor.lastrowid or 0)
        _insert_spans(connection, row_id, item.quotation)
        repeats.add(connection, row_id)
        return row_id
    old = connection.execute("SELECT * FROM quotation WHERE id = ?", [row_id]).fetchone()
    changed = {name: value for name, value in values.items() if old[name] != value}
    another = bool(changed.keys() & {"text", "speaker_id", "country", "status", "form"})
    if another:
        repeats.remove(connection, row_id)
    assignments = ", ".join(f"{name} = ?" for name in changed)
    connection.execute(
        f"UPDATE quotation SET {assignments} WHERE id = ?",  # noqa: S608 - column names from this module
        [*changed.values(), row_id],
    )
    connection.execute("DELETE FROM span WHERE quotation_id = ?", [row_id])
    _insert_spans(connection, row_id, item.quotation)
    if another:
        repeats.add(connection, row_id)
    return row_id


def _quotation_values(connection: sqlite3.Connection, article: sqlite3.Row, item: Item, seq: int) -> dict[str, Any]:
    quotation, text = item.quotation, article["text"]
    speaker, alias_id, speaker_id, country, kind = quotation.speaker, None, None, None, None
    if speaker is not None:
        alias_id, speaker_id = identity.alias_for(connection, speaker)
        known = connection.execute("SELECT kind, country FROM speaker WHERE id = ?", [speaker_id]).fetchone()
        kind, country = known["kind"], known["country"] or speaker.country
    found = None
    if item.found is None:
        found = "null"
    elif item.changes and item.found != quotation:
        found = json.dumps(quotation_to_dict(item.found, text), ensure_ascii=False)
    return {
        "article_id": article["id"],
        "seq": seq,
        "speaker_id": speaker_id,
        "alias_id": alias_id,
        "speaker_kind": kind,
        "role": None if speaker is None or speaker.role is None else storable(speaker.role),
        "country": country,
        "form": quotation.form,
        "mode": quotation.mode,
        "act": quotation.act,
        "text": quotation.text(text),
        "cue": None if quotation.cue is None else quotation.cue.span.of(text),
        "cue_lemma": None if quotation.cue is None else storable(quotation.cue.lemma),
        "source": None if quotation.source is None else quotation.source.of(text),
        "start_char": quotation.content[0].start,
        "end_char": quotation.content[-1].end,
        "confidence": round(quotation.confidence, 4),
        "resolution": quotation.resolution,
        "status": item.status,
        "day": day_of(article["published"]),
        "publisher": article["publisher"],
        "found": found,
    }


def _insert_spans(connection: sqlite3.Connection, quotation_id: int, quotation: Quotation) -> None:
    rows = [(quotation_id, "content", seq, span.start, span.end) for seq, span in enumerate(quotation.content)]
    if quotation.cue is not None:
        rows.append((quotation_id, "cue", 0, quotation.cue.span.start, quotation.cue.span.end))
    if quotation.source is not None:
        rows.append((quotation_id, "source", 0, quotation.source.start, quotation.source.end))
    connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?)", rows)


def _link_inside(connection: sqlite3.Connection, items: Sequence[Item], ids: Sequence[int]) -> None:
    for item, row_id in zip(items, ids, strict=True):
        inside = None if item.quotation.inside is None else ids[item.quotation.inside]
        connection.execute(
            "UPDATE quotation SET inside_id = ?1 WHERE id = ?2 AND inside_id IS NOT ?1", [inside, row_id]
        )


def _note_results(
    connection: sqlite3.Connection,
    own: set[int],
    conflicts: dict[int, str],
    items: Sequence[Item],
    ids: Sequence[int],
) -> None:
    """Tells each of the article's corrections where it was applied, or why it could not be."""
    applied_to = {change: row_id for item, row_id in zip(items, ids, strict=True) for change in item.changes}
    for change in own:
        state, reason = ("conflict", conflicts[change]) if change in conflicts else ("applied", None)
        connection.execute(
            "UPDATE correction SET state = ?, reason = ?, quotation_id = ? WHERE id = ?",
            [state, reason, applied_to.get(change), change],
        )
