"""Search, filters, sorts and paging, compared with the plain Python that says what they mean."""

from __future__ import annotations

import fnmatch
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import db
from db.listing import _MANY_MATCHES
from db.words import parsed
from quotes.model import ACTS, FORMS, MODES, SPEAKER_KINDS, Speaker

Put = Callable[..., db.Written]
Someone = Callable[..., Speaker]

SENTENCES = (
    "the negotiations on sanctions will begin",
    "our red lines are known to everybody",
    "nobody crossed a red line in the negotiation",
    "the café in Zürich was closed",
    "sanctioning the élite is not our aim",
    "the line between red and green is thin",
    "don't expect e-mail from us",
)


@pytest.fixture
def sentences(put: Put) -> None:
    put("a.txt", *((None, sentence) for sentence in SENTENCES))


@pytest.mark.usefixtures("sentences")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("red line", {1, 2, 5}),  # inflections too
        ('"red line"', {1, 2}),
        ("“red line”", {1, 2}),
        ('"red lines', {1, 2}),  # a phrase that is not closed goes on to the end
        ("RED Negotiation", {2}),
        ("negotiat*", {0, 2}),
        ("sanction*", {0, 4}),
        ("sanctio* red", set()),
        ("red -negotiation", {1, 5}),
        ('red -"red line"', {5}),
        ("red -negot*", {1, 5}),
        ("-red", {0, 3, 4, 6}),
        ("zurich cafe", {3}),
        ("ZÜRICH", {3}),
        ("elite", {4}),
        ("don't", {6}),
        ("don’t", {6}),
        ("e-mail", {6}),
        ("e-mai*", {6}),
        ("*", set()),
        ("???", set()),
        ('"', set()),
        ("", set(range(7))),
        ("   ", set(range(7))),
        ("red AND green", {5}),  # words like any other
        ("red OR line", set()),
        ("NEAR(red line)", set()),
        ("text:red", set()),
        ("'; DROP TABLE quotation; --", set()),
    ],
)
def test_words(store: db.Store, words: str, expected: set[int]) -> None:
    found = {SENTENCES.index(row.text) for row in store.search(words).rows}
    assert found == expected
    assert store.search(words).count == len(expected)


AWKWARD = (
    '"', "*", "-", "red", "(", ")", "^", ":", "'", "+", "{", "NEAR", "AND", "NOT", " ", "\0", "\ud800", "“", "\\", ",",
    "é", "%", "_",
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30) | st.lists(st.sampled_from(AWKWARD), max_size=8).map("".join))
@example(words="\ud800")
@example(words='a"b"c')
@example(words="--")
@example(words="a*b*")
def test_no_text_is_an_error(searched: db.Store, words: str) -> None:
    filter = db.Filter(words=words, speaker=words, country=(words,), publisher=(words, "x"), path=words, since=words)
    assert searched.quotations(filter).rows == ()
    for sort in db.QUOTATION_SORTS:
        assert searched.quotations(db.Filter(words=words), sort).count is not None
    searched.quotations(db.Filter(speaker=words))
    searched.quotations(db.Filter(path=words))
    searched.quotations(db.Filter(until=words))
    searched.speakers(db.Filter(words=words), prefix=words)
    searched.articles(words)
    searched.timeline(filter=db.Filter(words=words))
    searched.countries(db.Filter(words=words))


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Store]:
    from quotes.model import Article, Extraction, Quotation, Span

    with db.open_store(tmp_path_factory.mktemp("search") / "quotes.db") as store:
        text = "the red line"
        quotation = Quotation("direct", "speech", "state", (Span(0, 12),))
        store.write(Extraction(Article(text, path="a.txt"), (quotation,)), store.start_run("1"))
        yield store


@given(st.text(max_size=40))
def test_every_word_a_user_types_is_looked_for(words: str) -> None:
    query = parsed(words)
    looked_for = " ".join(filter(None, (query.stemmed, query.typed, query.without, query.without_typed)))
    for word in words.split():
        if word.isascii() and word.isalnum():
            assert f'"{word}' in looked_for or f"{word}" in looked_for


@pytest.mark.usefixtures("sentences")
def test_snippets_mark_what_was_found(store: db.Store) -> None:
    marked = f"nobody crossed a {db.MARK_START}red line{db.MARK_END} in the negotiation"
    assert marked in {row.snippet for row in store.search('"red line"').rows}
    assert store.quotations().rows[0].snippet is None
    prefix = store.search("negotiat*").rows[0].snippet or ""
    assert f"{db.MARK_START}negotiation" in prefix


def test_long_quotations_have_short_snippets(store: db.Store, put: Put) -> None:
    put("a.txt", (None, "word " * 300 + "needle " + "word " * 300 + "end"))
    snippet = store.search("needle").rows[0].snippet or ""
    assert f"{db.MARK_START}needle{db.MARK_END}" in snippet
    assert len(snippet) < 250


def test_the_best_comes_first(store: db.Store, put: Put) -> None:
    put("a.txt", (None, "a ceasefire, among many other things that were spoken of at length"), published="2024-01-01")
    put("b.txt", (None, "a ceasefire and a ceasefire only"), published="2020-01-01")
    assert [row.path for row in store.search("ceasefire").rows] == ["b.txt", "a.txt"]
    assert [row.path for row in store.search("ceasefire", sort="newest").rows] == ["a.txt", "b.txt"]


def test_articles_are_found_by_title_and_text(store: db.Store, put: Put) -> None:
    put("a.txt", (None, "nothing new"), title="Border talks", published="2024-01-01")
    put("b.txt", (None, "the talks at the border"), title="Other news", published="2023-01-01")
    put("c.txt", (None, "nothing"), title=None)
    assert [row.path for row in store.articles("border talks").rows] == ["a.txt", "b.txt"]
    assert [row.path for row in store.articles(sort="oldest").rows] == ["b.txt", "a.txt", "c.txt"]
    assert [row.path for row in store.articles("bord* -other").rows] == ["a.txt"]
    assert [row.path for row in store.articles("border", filter=db.Filter(words="nothing")).rows] == ["a.txt"]
    pages = [store.articles(limit=2)]
    pages.append(store.articles(limit=2, after=pages[0].next))
    assert [row.path for page in pages for row in page.rows] == ["a.txt", "b.txt", "c.txt"]
    assert store.articles(limit=2, before=pages[1].previous) == pages[0]


def test_article_by_path(store: db.Store, put: Put) -> None:
    for path in ("news/a.txt", "news/b.txt", "old/b.txt"):
        put(path, (None, f"from {path}"))
    assert store.article_id("news/a.txt") == store.article_id("a.txt") == 1
    assert store.article_id("b.txt") is None  # there are two
    assert store.article_id("none.txt") is None


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Store]:
    """Three hundred quotations with everything drawn at random, some corrected, some repeated."""
    from quotes.model import Article, Extraction, Quotation, Span

    chance = random.Random(3)
    speakers = [
        Speaker(f"{first} {last}", last, chance.choice(SPEAKER_KINDS), None, chance.choice((None, "FRA", "BGR", "PER")))  # type: ignore[arg-type]
        for first in ("Ana", "Élan", "Ivo", "Zoë")
        for last in ("Petrova", "O’Hara", "Kolar-Diaz")
    ]
    with db.open_store(tmp_path_factory.mktemp("mixed") / "quotes.db") as store:
        run = store.start_run("1")
        for number in range(60):
            text, quotations = "", []
            for _ in range(5):
                words = chance.choice((f"statement {chance.randrange(10**9)}", "the border will stay open for trade"))
                quotations.append(
                    Quotation(
                        chance.choice(FORMS),  # type: ignore[arg-type]
                        chance.choice(MODES),  # type: ignore[arg-type]
                        chance.choice(ACTS[:5]),  # type: ignore[arg-type]
                        (Span(len(text), len(text) + len(words)),),
                        speaker=chance.choice((None, *speakers)),
                        confidence=round(chance.random(), 2),
                    )
                )
                text += words + ". "
            published = chance.choice((None, "2023-12-31", "2024-01-15T10:00:00Z", "2024-02-01", "2024-02-29", "2024"))
            publisher = chance.choice((None, "Daily", "Post"))
            article = Article(text, path=f"{number % 3}/{number}.txt", published=published, publisher=publisher)
            store.write(Extraction(article, tuple(quotations)), run)
        rows = store.quotations(limit=1000).rows
        for row in chance.sample(rows, 25):
            chance.choice((store.confirm, store.reject, lambda id: store.edit(id, act="praise")))(row.id)
        yield store


def everything(store: db.Store) -> list[db.QuotationRow]:
    return list(store.quotations(db.Filter(status=db.STATUSES), "position", limit=10_000).rows)


def passes(row: db.QuotationRow, filter: db.Filter) -> bool:
    """What the fields of a filter mean, in plain Python."""
    day = (row.published or "")[:10]
    tests = [
        row.status in filter.status if filter.status else row.status != "rejected",
        not filter.form or row.form in filter.form,
        not filter.mode or row.mode in filter.mode,
        not filter.act or row.act in filter.act,
        not filter.kind or row.speaker_kind in filter.kind,
        not filter.country or row.country in filter.country,
        not filter.publisher or row.publisher in filter.publisher,
        not filter.speaker_ids or row.speaker_id in filter.speaker_ids,
        filter.unattributed is None or (row.speaker is None) == filter.unattributed,
        filter.since is None or day >= filter.since,
        filter.until is None or (bool(day) and (day <= filter.until or day.startswith(filter.until))),
        filter.min_confidence is None or row.confidence >= filter.min_confidence,
        filter.max_confidence is None or row.confidence <= filter.max_confidence,
        filter.path is None or fnmatch.fnmatchcase(row.path or "", filter.path),
        filter.article_id is None or row.article_id == filter.article_id,
        filter.words is None or all(word in row.text.split() for word in filter.words.split()),
    ]
    return all(tests)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


filters = st.builds(
    db.Filter,
    words=st.sampled_from((None, None, "border", "statement", "border trade")),
    speaker_ids=st.just(()) | st.lists(st.integers(1, 12), min_size=1, max_size=3).map(tuple),
    country=some(("FRA", "BGR", "XXX")),
    form=some(FORMS),
    mode=some(MODES),
    act=some(ACTS[:6]),
    kind=some(SPEAKER_KINDS),
    publisher=some(("Daily", "Post")),
    status=some(db.STATUSES),
    since=st.sampled_from((None, "2024", "2024-02", "2024-02-01")),
    until=st.sampled_from((None, "2023", "2024-01", "2024-02-01", "2024-02-29")),
    min_confidence=st.sampled_from((None, 0.3)),
    max_confidence=st.sampled_from((None, 0.6)),
    path=st.sampled_from((None, "1/*", "1/1.txt")),
    article_id=st.sampled_from((None, None, 7)),
    unattributed=st.sampled_from((None, True, False)),
)
# One or two conditions leave enough rows to page through.
sparse = st.tuples(filters, st.lists(st.sampled_from(sorted(db.Filter.__slots__)), max_size=2)).map(
    lambda pair: db.Filter(**{name: getattr(pair[0], name) for name in pair[1] if name not in ("speaker", "once")})
)


@pytest.fixture(params=["few rows are sorted", "lists are walked", "conditions are tested in one index"])
def plan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways of reading a list, which otherwise depend on the size of the database."""
    if request.param == "conditions are tested in one index":
        monkeypatch.setattr("db.listing.best_index", lambda *_: None)
    if request.param == "lists are walked":
        monkeypatch.setattr("db.listing.LARGE", 0)
        monkeypatch.setattr("db.listing._COUNT_OF_MANY", 1000)
        monkeypatch.setattr("db.listing._MANY_MATCHES", 0)
    assert _MANY_MATCHES > 0


@pytest.mark.usefixtures("plan")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filter=filters | sparse, sort=st.sampled_from(db.QUOTATION_SORTS))
def test_filters_mean_what_they_say(mixed: db.Store, filter: db.Filter, sort: Any) -> None:
    expected = {row.id for row in everything(mixed) if passes(row, filter)}
    page = mixed.quotations(filter, sort, limit=1000)
    assert {row.id for row in page.rows} == expected
    assert (page.count, page.exact, page.next, page.previous) == (len(expected), True, None, None)
    counted = mixed.quotations(filter, sort, limit=1, count_to=10)
    assert (counted.count, counted.exact) == (min(10, len(expected)), len(expected) <= 10)


@pytest.mark.usefixtures("plan")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filter=sparse, sort=st.sampled_from(db.QUOTATION_SORTS), limit=st.integers(4, 90))
def test_pages_forwards_and_backwards_are_the_whole_list(
    mixed: db.Store, filter: db.Filter, sort: Any, limit: int
) -> None:
    whole = [row.id for row in mixed.quotations(filter, sort, limit=1000).rows]
    forwards: list[int] = []
    page = mixed.quotations(filter, sort, limit=limit)
    assert page.previous is None
    while True:
        forwards += [row.id for row in page.rows]
        if page.next is None:
            break
        page = mixed.quotations(filter, sort, limit=limit, after=page.next)
    assert forwards == whole
    backwards = [row.id for row in page.rows]
    while page.previous is not None:
        page = mixed.quotations(filter, sort, limit=limit, before=page.previous)
        backwards = [row.id for row in page.rows] + backwards
    assert backwards == whole


def test_sorts(mixed: db.Store) -> None:
    def column(sort: Any, name: str) -> list[Any]:
        return [getattr(row, name) for row in mixed.quotations(sort=sort, limit=1000).rows]

    days = [(day or "")[:10] for day in column("newest", "published")]
    assert days == sorted(days, reverse=True)
    oldest = [(day or "")[:10] for day in column("oldest", "published")]
    assert oldest == sorted(oldest, key=lambda day: (day == "", day))
    assert column("confidence", "confidence") == sorted(column("confidence", "confidence"))
    repeats = column("repeats", "repeats")
    assert repeats[0] > 1
    assert repeats == sorted(repeats, reverse=True)
    named = [name for name in column("speaker", "speaker") if name]
    assert column("speaker", "speaker")[: len(named)] == named
    assert list(dict.fromkeys(named)) == sorted(
        set(named), key=lambda name: name.replace("É", "E").lower().replace("’", "'")
    )
    places = list(zip(column("position", "article_id"), column("position", "start_char"), strict=True))
    assert places == sorted(places)


def test_once_gives_one_of_each_group(mixed: db.Store) -> None:
    rows = mixed.quotations(db.Filter(once=True), limit=1000).rows
    everyone = mixed.quotations(limit=1000).rows
    assert len(rows) < len(everyone)
    alone = {row.id for row in everyone if mixed.repeats(row.id) is None}
    longest = {version.quotation.id for row in everyone if (group := mixed.repeats(row.id))
               for version in group.versions if version.longest}  # fmt: skip
    assert {row.id for row in rows} == alone | longest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("petr", {"Ana Petrova", "Élan Petrova", "Ivo Petrova", "Zoë Petrova"}),
        ("ELAN p", {"Élan Petrova"}),
        ("zoe", {"Zoë Petrova", "Zoë O’Hara", "Zoë Kolar-Diaz"}),
        ("o'hara", {"Ana O’Hara", "Élan O’Hara", "Ivo O’Hara", "Zoë O’Hara"}),
        ("diaz", {"Ana Kolar-Diaz", "Élan Kolar-Diaz", "Ivo Kolar-Diaz", "Zoë Kolar-Diaz"}),
        ("%", set()),
        ("etrova", set()),
    ],
)
def test_speakers_are_found_by_the_start_of_any_word(mixed: db.Store, name: str, expected: set[str]) -> None:
    assert {row.name for row in mixed.speakers(prefix=name).rows} == expected
    assert {row.speaker for row in mixed.quotations(db.Filter(speaker=name), limit=1000).rows} == expected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filter=sparse, sort=st.sampled_from(db.SPEAKER_SORTS), limit=st.integers(1, 7))
def test_speakers_are_counted_and_paged(mixed: db.Store, filter: db.Filter, sort: Any, limit: int) -> None:
    expected: dict[int, int] = {}
    for row in mixed.quotations(filter, limit=1000).rows:
        if row.speaker_id is not None:
            expected[row.speaker_id] = expected.get(row.speaker_id, 0) + 1
    whole = mixed.speakers(filter, sort, limit=100)
    if set(filter.__slots__) and not (filter.country or filter.kind or filter.speaker_ids):
        assert {row.id: row.quotations for row in whole.rows} == expected
    else:
        assert {row.id for row in whole.rows} == set(expected)
    assert whole.count == len(expected)
    paged, cursor = [], None
    while True:
        page = mixed.speakers(filter, sort, limit=limit, after=cursor)
        paged += page.rows
        cursor = page.next
        if cursor is None:
            break
    assert tuple(paged) == whole.rows
    if sort == "most-quoted":
        assert [row.quotations for row in whole.rows] == sorted((row.quotations for row in whole.rows), reverse=True)
    if sort == "latest":
        assert [row.last or "" for row in whole.rows] == sorted((row.last or "" for row in whole.rows), reverse=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filter=sparse, sort=st.sampled_from(db.ARTICLE_SORTS), limit=st.integers(1, 7))
def test_articles_are_counted_and_paged_like_speakers(
    mixed: db.Store, filter: db.Filter, sort: Any, limit: int
) -> None:
    expected: dict[int, int] = {}
    for row in mixed.quotations(filter, limit=1000).rows:
        expected[row.article_id] = expected.get(row.article_id, 0) + 1
    whole = mixed.articles(sort=sort, filter=filter, limit=100)
    if filter != db.Filter():  # without a filter also those that quote nobody
        assert {row.id: row.quotations for row in whole.rows} == expected
        assert whole.count == len(expected)
    paged, cursor = [], None
    while True:
        page = mixed.articles(sort=sort, filter=filter, limit=limit, after=cursor)
        paged += page.rows
        cursor = page.next
        if cursor is None:
            break
    assert tuple(paged) == whole.rows
    if sort == "most-quotations":
        assert [row.quotations for row in whole.rows] == sorted((row.quotations for row in whole.rows), reverse=True)
    if sort == "newest":
        assert [row.published or "" for row in whole.rows] == sorted(
            (row.published or "" for row in whole.rows), reverse=True
        )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filter=sparse)
def test_facets_and_timeline_count_what_is_listed(mixed: db.Store, filter: db.Filter) -> None:
    rows = mixed.quotations(filter, limit=1000).rows
    for column in ("country", "publisher", "form", "mode", "act", "status", "speaker_kind"):
        counted = {facet.value: facet.quotations for facet in mixed.facet(column, filter)}
        values = [getattr(row, column) for row in rows]
        assert counted == {value: values.count(value) for value in set(values)}
    months = {period.month: period.quotations for period in mixed.timeline(filter=filter)}
    found = [row.published[:7] if row.published else None for row in rows]
    assert months == {month: found.count(month) for month in set(found)}
    dated = [month for month in months if month]
    assert [*months][: len(dated)] == sorted(dated)


@pytest.mark.parametrize("cursor", ["", "x", "[]", "[1,2]", '["newest",9,1,2]', '["newest",0,1]', '["newest",0,[],2]',
                                    '["oldest",0,"2024",1]', "{}", "null"])  # fmt: skip
def test_a_foreign_cursor_is_refused(mixed: db.Store, cursor: str) -> None:
    with pytest.raises(db.StoreError, match="cursor"):
        mixed.quotations(after=cursor)


@pytest.mark.parametrize("options", [{"sort": "loudest"}, {"limit": 0}, {"after": "x", "before": "y"}])
def test_wrong_options(mixed: db.Store, options: dict[str, Any]) -> None:
    with pytest.raises(db.StoreError):
        mixed.quotations(**options)
    with pytest.raises(db.StoreError):
        mixed.speakers(**options)
    with pytest.raises(db.StoreError):
        mixed.articles(**options)


def test_unknown_ids(mixed: db.Store) -> None:
    for read in (mixed.quotation, mixed.article, mixed.speaker, mixed.repeats, mixed.confirm):
        with pytest.raises(db.UnknownId, match="999999"):
            read(999999)
    with pytest.raises(db.StoreError, match="facet"):
        mixed.facet("text")


def test_a_statement_can_be_interrupted(path: str, store: db.Store) -> None:
    import threading

    stop = store.interrupter()
    timer = threading.Timer(0.2, stop)
    timer.start()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(db.QueryInterrupted), store._reading() as reader:
        reader.execute(endless)
    timer.join()
    assert Path(path).exists()
    assert store.totals().articles == 0


def test_paging_goes_on_where_it_was_when_rows_come_and_go(store: db.Store, put: Put) -> None:
    for day in range(1, 9):
        put(f"{day}.txt", (None, f"statement of day {day}"), published=f"2024-01-0{day}")
    first = store.quotations(limit=3)
    put("new.txt", (None, "something newer"), published="2024-02-01")
    put("6.txt", engine="2", published="2024-01-06", lead="nothing said here")
    second = store.quotations(limit=3, after=first.next)
    assert [row.path for row in second.rows] == ["5.txt", "4.txt", "3.txt"]
    assert replace(store.quotations(limit=3, before=second.previous), count=None).rows[-1].path == "7.txt"


@pytest.mark.parametrize("sort", db.QUOTATION_SORTS)
@pytest.mark.parametrize("words", [None, "border", "stat*"])
def test_ids_and_rows_are_what_the_pages_have(mixed: db.Store, sort: Any, words: str | None) -> None:
    filter = db.Filter(words=words, status=db.STATUSES)
    whole = mixed.quotations(filter, sort, limit=1000).rows
    pieces = list(mixed.ids(filter, sort, size=7))
    assert {len(piece) for piece in pieces[:-1]} == {7}
    ids = [id for piece in pieces for id in piece]
    assert ids == [row.id for row in whole]
    assert mixed.rows(ids, words=words) == list(whole)
    assert {row.snippet for row in mixed.rows(ids)} == {None}
    assert [row.id for row in mixed.rows([ids[4], 999_999, ids[1]])] == [ids[4], ids[1]]


@pytest.mark.parametrize("sort", db.QUOTATION_SORTS)
def test_the_first_list_of_ids_has_a_size_of_its_own(mixed: db.Store, sort: Any) -> None:
    whole = next(mixed.ids(sort=sort, size=1000))
    for first in (1, 3, len(whole) - 1, len(whole)):
        pieces = list(mixed.ids(sort=sort, size=5, first=first))
        assert len(pieces[0]) == first
        assert {len(piece) for piece in pieces[1:-1]} <= {5}
        assert [id for piece in pieces for id in piece] == whole


def test_ids_go_on_while_the_same_thread_writes(store: db.Store, put: Put) -> None:
    for day in range(1, 5):
        put(f"{day}.txt", (None, f"statement of day {day}"), published=f"2024-01-0{day}")
    pieces = store.ids(size=2)
    first = next(pieces)
    put("old.txt", (None, "something older"), published="2020-01-01")
    rest = [id for piece in pieces for id in piece]
    assert [row.path for row in store.rows(first + rest)] == ["4.txt", "3.txt", "2.txt", "1.txt", "old.txt"]
    with pytest.raises(db.StoreError, match="order"):
        next(store.ids(sort="loudest"))  # type: ignore[arg-type]


def test_a_snippet_only_where_the_words_are(store: db.Store, put: Put) -> None:
    put("a.txt", (None, "the ferry sails"), (None, "the bridge is closed"))
    for words in ("ferry", "ferr*"):
        snippets = {row.text: row.snippet for row in store.rows([1, 2], words=words)}
        assert snippets == {
            "the ferry sails": f"the {db.MARK_START}ferry{db.MARK_END} sails",
            "the bridge is closed": None,
        }
