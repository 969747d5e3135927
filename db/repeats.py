"""Repeats: the versions of one quotation, in several articles or places of one, kept together as groups.

A group grows when an article is written: only quotations that share prints with the new one are compared, nothing is
grouped anew. ``repeat_print`` holds the prints of every distinct wording, and one print of the whole for exact copies.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from db.wording import Match, Utterance, compare, prints, whole_print, words_of

_MOST_COPIES = 50  # exact copies looked at, until one by a fitting speaker is found
_COMMON = 100  # a print of more wordings than this is a stock phrase, which says nothing
_MOST_CANDIDATES = 30  # compared word by word


def add(connection: sqlite3.Connection, quotation_id: int) -> None:
    """Files a quotation and joins it to the group of which it is a version. Rejected and short ones stay alone."""
    utterance = _utterance(connection, quotation_id)
    if utterance is None:
        return
    whole, shingles = whole_print(utterance.words), prints(utterance.words)
    if not shingles:
        return
    copy = _exact_copy(connection, quotation_id, utterance, whole)
    _file(connection, quotation_id, [whole])
    if copy is not None:
        _join(connection, quotation_id, [copy])
        return
    matches = _matches(connection, quotation_id, utterance, shingles)
    _file(connection, quotation_id, shingles)
    if matches:
        _join(connection, quotation_id, _partners(matches))


def remove(connection: sqlite3.Connection, quotation_id: int) -> None:
    """Takes a quotation out, before it changes or goes; the rest of its group is worked out anew where it held it."""
    row = connection.execute("SELECT text, group_id FROM quotation WHERE id = ?", [quotation_id]).fetchone()
    bridged = _unfile(connection, quotation_id, row["text"])
    if row["group_id"] is None:
        return
    connection.execute("UPDATE quotation SET group_id = NULL, is_longest = 1 WHERE id = ?", [quotation_id])
    rest = [
        member["id"]
        for member in connection.execute(
            "SELECT id FROM quotation WHERE group_id = ? ORDER BY id", [row["group_id"]]
        ).fetchall()
    ]
    if bridged or len(rest) < 2:
        _regroup(connection, row["group_id"], rest)
    else:
        _count(connection, row["group_id"])
        _mark_longest(connection, row["group_id"])


def _utterance(connection: sqlite3.Connection, quotation_id: int) -> Utterance | None:
    row = connection.execute(
        "SELECT text, speaker_id, country, form FROM quotation WHERE id = ? AND status <> 'rejected'", [quotation_id]
    ).fetchone()
    if row is None:
        return None
    return Utterance(words_of(row["text"]), row["speaker_id"], row["country"], row["form"])


def _exact_copy(
    connection: sqlite3.Connection, quotation_id: int, utterance: Utterance, whole: int
) -> tuple[int, Match] | None:
    rows = connection.execute(
        "SELECT quotation_id FROM repeat_print WHERE print = ? AND quotation_id <> ? LIMIT ?",
        [whole, quotation_id, _MOST_COPIES],
    ).fetchall()
    for row in rows:
        other = _utterance(connection, row["quotation_id"])
        if other is not None and other.words == utterance.words:
            match = compare(utterance, other)
            if match is not None:
                return row["quotation_id"], match
    return None


def _matches(
    connection: sqlite3.Connection, quotation_id: int, utterance: Utterance, shingles: Iterable[int]
) -> list[tuple[int, Match]]:
    shared: Counter[int] = Counter()
    for shingle in shingles:
        rows = connection.execute(
            "SELECT quotation_id FROM repeat_print WHERE print = ? LIMIT ?", [shingle, _COMMON + 1]
        ).fetchall()
        if len(rows) <= _COMMON:
            shared.update(row[0] for row in rows if row[0] != quotation_id)
    matches = []
    for candidate, _ in shared.most_common(_MOST_CANDIDATES):
        other = _utterance(connection, candidate)
        match = None if other is None else compare(utterance, other)
        if match is not None and (match.relation == "same" or _fits_group(connection, candidate, utterance)):
            matches.append((candidate, match))
    return matches


def _fits_group(connection: sqlite3.Connection, candidate: int, utterance: Utterance) -> bool:
    """Whether the longest version of the candidate's group agrees too: a fragment may stand in contrary statements."""
    row = connection.execute(
        "SELECT id FROM quotation WHERE is_longest = 1 AND group_id = (SELECT group_id FROM quotation WHERE id = ?)",
        [candidate],
    ).fetchone()
    longest = None if row is None or row["id"] == candidate else _utterance(connection, row["id"])
    return longest is None or compare(utterance, longest) is not None


def _partners(matches: list[tuple[int, Match]]) -> list[tuple[int, Match]]:
    """Whose groups become one: all of the same words or contained in it; else, for a fragment, only the best."""
    whole = [(candidate, match) for candidate, match in matches if match.relation != "fragment"]
    return whole or [max(matches, key=lambda pair: (pair[1].score, -pair[0]))]


def _join(connection: sqlite3.Connection, quotation_id: int, partners: list[tuple[int, Match]]) -> None:
    ids = [quotation_id, *(candidate for candidate, _ in partners)]
    groups = []
    for member in ids:
        group = connection.execute("SELECT group_id FROM quotation WHERE id = ?", [member]).fetchone()[0]
        if group is not None and group not in groups:
            groups.append(group)
    if groups:
        target = min(groups)
    else:
        target = connection.execute("INSERT INTO repeat_group(article_count) VALUES (1) RETURNING id").fetchone()[0]
    for group in groups:
        if group != target:
            connection.execute("UPDATE quotation SET group_id = ? WHERE group_id = ?", [target, group])
            connection.execute("DELETE FROM repeat_group WHERE id = ?", [group])
    joined = 0
    for member in ids:
        joined += connection.execute(
            "UPDATE quotation SET group_id = ?1 WHERE id = ?2 AND group_id IS NOT ?1", [target, member]
        ).rowcount
    if len(groups) == 1 and joined == 1:
        _count_one_more(connection, target, quotation_id)
    else:
        _count(connection, target)
    _mark_longest(connection, target)


def _count(connection: sqlite3.Connection, group: int) -> None:
    connection.execute(
        "UPDATE repeat_group SET article_count = "
        "(SELECT count(DISTINCT article_id) FROM quotation WHERE group_id = ?1) WHERE id = ?1",
        [group],
    )


def _count_one_more(connection: sqlite3.Connection, group: int, quotation_id: int) -> None:
    """Counts the article of a quotation that has joined, without counting the whole group, which may be large."""
    connection.execute(
        "UPDATE repeat_group SET article_count = article_count + 1 WHERE id = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM quotation WHERE group_id = ?1 AND is_longest IN (0, 1) AND id <> ?2 "
        "AND article_id = (SELECT article_id FROM quotation WHERE id = ?2))",
        [group, quotation_id],
    )


def _mark_longest(connection: sqlite3.Connection, group: int) -> None:
    candidates = connection.execute(
        "SELECT id FROM quotation WHERE group_id = ? AND is_longest = 1 ORDER BY length(text) DESC, id", [group]
    ).fetchall()
    if not candidates:
        candidates = connection.execute(
            "SELECT id FROM quotation WHERE group_id = ? ORDER BY length(text) DESC, id LIMIT 1", [group]
        ).fetchall()
        connection.execute("UPDATE quotation SET is_longest = 1 WHERE id = ?", [candidates[0]["id"]])
    for row in candidates[1:]:
        connection.execute("UPDATE quotation SET is_longest = 0 WHERE id = ?", [row["id"]])


def _regroup(connection: sqlite3.Connection, group: int, members: list[int]) -> None:
    for member in members:
        text = connection.execute("SELECT text FROM quotation WHERE id = ?", [member]).fetchone()[0]
        _unfile(connection, member, text)
    connection.execute("UPDATE quotation SET group_id = NULL, is_longest = 1 WHERE group_id = ?", [group])
    connection.execute("DELETE FROM repeat_group WHERE id = ?", [group])
    for member in members:
        add(connection, member)


def _file(connection: sqlite3.Connection, quotation_id: int, values: Iterable[int]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO repeat_print(print, quotation_id) VALUES (?, ?)",
        [(value, quotation_id) for value in values],
    )


def _unfile(connection: sqlite3.Connection, quotation_id: int, text: str) -> bool:
    """Removes a quotation's prints; True when it stood for its wording (it was not just filed as an exact copy)."""
    words = words_of(text)
    connection.execute(
        "DELETE FROM repeat_print WHERE print = ? AND quotation_id = ?", [whole_print(words), quotation_id]
    )
    removed = 0
    for value in prints(words):
        removed += connection.execute(
            "DELETE FROM repeat_print WHERE print = ? AND quotation_id = ?", [value, quotation_id]
        ).rowcount
    return removed > 0
