"""The SQLite store: writing, search, corrections, repeats, export. Knows no models and no user interface.

>>> import db
>>> with db.open_store("quotes.db") as store:
...     run = store.start_run(engine="0.1.0")
...     store.write(extraction, run)                      # quotes.Extraction; one transaction; skips what is unchanged
...     store.finish_run(run)
...     page = store.quotations(db.Filter(words="red line*", country=("FRA",)), sort="newest", limit=50)
...     page.rows, page.count_text, page.next             # tuple[QuotationRow], "37" or ">1,000", cursor for after=

All methods of ``Store`` may be called from any thread (each thread gets its own connection). All errors are
``StoreError`` with one clear line (subclasses: MissingStore, NotAStore, NewerStore, LockedStore, ReadOnlyStore,
DiskFull, UnknownId, CorrectionError, QueryError, QueryInterrupted).

Opening      open_store(path, readonly=False, *, create=True, author=None, busy_seconds=30) -> Store; store.close()
             store.data_version() -> int changes when another connection or process has written: poll it
             store.interrupter() -> function that stops this thread's statement from another thread
Writing      start_run(engine, arguments=None) -> Run; is_current(article, run) -> bool; finish_run(run)
             write(extraction, run, force=False) -> Written(article_id, outcome "added" | "replaced" | "unchanged", ...)
             speaker_index() -> (KnownSpeaker(name, kind, country, role, aliases, quotations, corrected), ...)
             rename_canonical(old, new, kind, country=None) -> bool the engine knows ``old`` by a fuller name now
Lists        quotations(filter, sort, *, after, before, limit, count_to) -> Page[QuotationRow]   sorts: QUOTATION_SORTS
             search(words, filter, ...) -> Page[QuotationRow] by relevance, row.snippet with MARK_START … MARK_END
             ids(filter, sort, size=20_000) -> [id, ...], ... of all that pass, in lists of ``size``, read as taken
             rows(ids, words=None) -> [QuotationRow, ...] in the order of the ids, with snippets where words are given
             speakers(filter, sort, *, prefix, after, before, limit, count_to) -> Page[SpeakerRow]
             articles(words, sort, *, filter, after, before, limit, count_to) -> Page[ArticleRow]
One          article(id) -> ArticleDetail(article, text, blocks, quotations: (QuotationSpans, ...))
             quotation(id) -> QuotationSpans; speaker(id) -> SpeakerDetail(speaker, aliases, roles); article_id(path)
             repeats(quotation_id) -> RepeatGroup(versions with differences, first_published, publishers) | None
Facets       countries(filter), publishers(filter), facet(column, filter) -> (Facet(value, quotations), ...)
             timeline(speaker_id, filter) -> (Period(month, quotations, acts), ...); totals() -> Totals
Corrections  confirm(ids), reject(ids), reassign(ids, speaker_id | quotes.Speaker | None) -> [correction id, ...]
             of one quotation or several, undone as one
             edit(id, content=, cue=, source=, form=, mode=, act=) (what is not given stays; None: there is none)
             merge(ids, into), rename(speaker_id, name), split(speaker_id, name, aliases=, quotation_ids=, country=)
             undo(id=None), redo(id=None), corrections(state=None, quotation_id=), conflicts() -> [CorrectionRow]
             export_corrections() -> JSON lines; import_corrections(lines) -> (new, known)
Export       export(format, filter, sort, *, columns=, excel=False) -> pieces of text; export_file(path, ...)
             (also Parquet); documents(filter) -> Extractions; import_documents(lines, run) -> Written, ...
             query_readonly(sql, parameters, seconds=) -> QueryResult(columns, rows)

``Filter`` fields (all optional, all narrow): words, speaker, speaker_ids, country, form, act, mode, kind, publisher,
status, since, until, min_confidence, max_confidence, path, article_id, unattributed, once. Without ``status`` the
rejected are left out. The tables and the view ``quotes`` are described in db/SCHEMA.md.
"""

from __future__ import annotations

from db.correcting import KEEP
from db.errors import (
    CorrectionError,
    DiskFull,
    LockedStore,
    MissingStore,
    NewerStore,
    NotAStore,
    QueryError,
    QueryInterrupted,
    ReadOnlyStore,
    StoreError,
    UnknownId,
)
from db.export import COLUMNS, EXPORT_FORMATS
from db.listing import MARK_END, MARK_START
from db.readonly import QueryResult
from db.records import (
    ACTIONS,
    ARTICLE_SORTS,
    QUOTATION_SORTS,
    SPEAKER_SORTS,
    STATUSES,
    Alias,
    ArticleDetail,
    ArticleRow,
    CorrectionRow,
    Facet,
    Filter,
    KnownSpeaker,
    Listed,
    Page,
    Period,
    QuotationRow,
    QuotationSpans,
    Repeat,
    RepeatGroup,
    Run,
    SpeakerDetail,
    SpeakerRow,
    Totals,
    Written,
)
from db.store import Store, open_store

__all__ = [
    "ACTIONS",
    "ARTICLE_SORTS",
    "COLUMNS",
    "EXPORT_FORMATS",
    "KEEP",
    "MARK_END",
    "MARK_START",
    "QUOTATION_SORTS",
    "SPEAKER_SORTS",
    "STATUSES",
    "Alias",
    "ArticleDetail",
    "ArticleRow",
    "CorrectionError",
    "CorrectionRow",
    "DiskFull",
    "Facet",
    "Filter",
    "KnownSpeaker",
    "Listed",
    "LockedStore",
    "MissingStore",
    "NewerStore",
    "NotAStore",
    "Page",
    "Period",
    "QueryError",
    "QueryInterrupted",
    "QueryResult",
    "QuotationRow",
    "QuotationSpans",
    "ReadOnlyStore",
    "Repeat",
    "RepeatGroup",
    "Run",
    "SpeakerDetail",
    "SpeakerRow",
    "Store",
    "StoreError",
    "Totals",
    "UnknownId",
    "Written",
    "open_store",
]
