"""Whole articles with their quotations as they stand after correction, as the JSON Lines contract has them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from db import articles
from db.listing import every_id
from db.records import ArticleDetail, Filter, QuotationSpans
from quotes.model import Article, Cue, Extraction, Quotation, Speaker


def documents(connection: sqlite3.Connection, filter: Filter) -> Iterator[Extraction]:
    """The articles with the quotations that pass ``filter``; with the empty filter also those without any.

    Articles come in the order of their ids, layout included.
    """
    if filter == Filter():
        for row in connection.execute("SELECT id FROM article ORDER BY id"):
            yield _extraction(connection, articles.article(connection, row["id"]), None)
        return
    article_id, wanted = None, set[int]()
    for ids in every_id(connection, filter, "position", 500):
        query = "SELECT id, article_id FROM quotation WHERE id IN (SELECT value FROM json_each(?))"
        owner = dict(connection.execute(query, [json.dumps(ids)]).fetchall())
        for quotation_id in ids:
            if owner[quotation_id] != article_id:
                if article_id is not None:
                    yield _extraction(connection, articles.article(connection, article_id), wanted)
                article_id, wanted = owner[quotation_id], set()
            wanted.add(quotation_id)
    if article_id is not None:
        yield _extraction(connection, articles.article(connection, article_id), wanted)


def _extraction(connection: sqlite3.Connection, detail: ArticleDetail, wanted: set[int] | None) -> Extraction:
    row = detail.article
    article = Article(
        text=detail.text,
        path=row.path,
        title=row.title,
        published=row.published,
        publisher=row.publisher,
        agency=row.agency,
        author=row.author,
        url=row.url,
        language=row.language,
        kind=row.kind,  # type: ignore[arg-type]
        blocks=detail.blocks,
    )
    kept = [
        spans
        for spans in detail.quotations
        if (spans.quotation.id in wanted if wanted is not None else spans.quotation.status != "rejected")
    ]
    lemmas = dict(connection.execute("SELECT id, cue_lemma FROM quotation WHERE article_id = ?", [row.id]).fetchall())
    index_of = {spans.quotation.id: index for index, spans in enumerate(kept)}
    return Extraction(article, tuple(_quotation(spans, lemmas, index_of) for spans in kept))


def _quotation(spans: QuotationSpans, lemmas: dict[int, str | None], index_of: dict[int, int]) -> Quotation:
    row = spans.quotation
    speaker = None
    if row.speaker is not None:
        speaker = Speaker(
            row.speaker,
            row.name_in_document or row.speaker,
            row.speaker_kind,  # type: ignore[arg-type]
            row.role,
            row.country,
        )
    return Quotation(
        form=row.form,  # type: ignore[arg-type]
        mode=row.mode,  # type: ignore[arg-type]
        act=row.act,  # type: ignore[arg-type]
        content=spans.content,
        cue=None if spans.cue is None else Cue(spans.cue, lemmas[row.id] or ""),
        source=spans.source,
        speaker=speaker,
        inside=None if spans.inside_id is None else index_of.get(spans.inside_id),
        confidence=row.confidence,
        resolution=row.resolution,
    )
