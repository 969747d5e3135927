"""Writing: only what has changed, nothing lost, and read back as it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import db
from quotes import from_dict, to_dict
from quotes.model import (
    ACTS,
    DOCUMENT_KINDS,
    FORMS,
    MODES,
    ROLES,
    SPEAKER_KINDS,
    Article,
    Block,
    Cue,
    Extraction,
    Quotation,
    Span,
    Speaker,
)

Put = Callable[..., db.Written]
Someone = Callable[..., Speaker]
Make = Callable[..., Extraction]


def dump(store: db.Store) -> list[tuple[Any, ...]]:
    """All that a re-run must leave alone."""
    tables = ("article", "speaker", "speaker_alias", "quotation", "span", "repeat_group", "repeat_print", "correction")
    return [tuple(row) for table in tables for row in store.connection.execute(f"SELECT * FROM {table}")]  # noqa: S608


def test_running_again_changes_nothing(store: db.Store, extraction: Make, someone: Someone) -> None:
    ana = someone("Ana Petrova", "BGR", "Foreign Minister")
    articles = [extraction(f"{n}.txt", (ana, f"the talks on border number {n} go on"), title="T") for n in range(5)]
    run = store.start_run("1")
    assert [store.write(article, run).outcome for article in articles] == ["added"] * 5
    before = dump(store)
    again = store.start_run("1")
    assert all(store.is_current(article.article, again) for article in articles)
    assert [store.write(article, again).outcome for article in articles] == ["unchanged"] * 5
    assert dump(store) == before


def test_forced_writing_keeps_ids(
    store: db.Store, extraction: Make, someone: Someone, sound: Callable[[], None]
) -> None:
    article = extraction("a.txt", (someone("Ana Petrova"), "the talks go on as they were planned"))
    store.write(article, store.start_run("1"))
    before = store.quotations().rows
    assert store.write(article, store.start_run("1"), force=True).outcome == "replaced"
    assert store.quotations().rows == before
    sound()


def test_newer_engine_replaces_quotations_and_keeps_the_ids_of_the_same(
    store: db.Store, put: Put, someone: Someone, sound: Callable[[], None]
) -> None:
    ana, ivo = someone("Ana Petrova"), someone("Ivo Kolar")
    put("a.txt", (ana, "the border stays open"), (ana, "trade will grow"), (ana, "nobody will leave"))
    first = {row.text: row.id for row in store.quotations().rows}
    three = store.documents()
    whole = next(three)
    fewer = replace(whole, quotations=(replace(whole.quotations[0], speaker=ivo), whole.quotations[2]))
    assert store.write(fewer, store.start_run("2")).outcome == "replaced"
    rows = store.quotations(sort="position").rows
    assert [(row.id, row.text, row.speaker) for row in rows] == [
        (first["the border stays open"], "the border stays open", "Ivo Kolar"),
        (first["nobody will leave"], "nobody will leave", "Ana Petrova"),
    ]
    sound()


def test_changed_text_replaces_the_article_and_old_ids_are_never_given_again(
    store: db.Store, put: Put, someone: Someone, sound: Callable[[], None]
) -> None:
    ana = someone("Ana Petrova")
    old = put("a.txt", (ana, "the border stays open"))
    gone = store.quotations().rows[0].id
    new = put("a.txt", (ana, "an entirely different thing happened"))
    assert (new.article_id, new.outcome) == (old.article_id, "replaced")
    put("b.txt", (ana, "one more thing"))
    assert gone not in {row.id for row in store.quotations().rows}
    sound()


def test_speakers_without_quotations_are_gone(store: db.Store, put: Put, someone: Someone) -> None:
    put("a.txt", (someone("Wrong Name"), "the border stays open"))
    put("a.txt", (someone("Right Name"), "the border stays open"), engine="2")
    assert [speaker.name for speaker in store.speakers().rows] == ["Right Name"]
    assert [known.name for known in store.speaker_index()] == ["Right Name"]


def test_documents_with_one_path_in_a_run_are_kept_apart(store: db.Store, extraction: Make, someone: Someone) -> None:
    records = [extraction("dump.jsonl", (someone("Ana Petrova"), f"statement number {n}")) for n in range(3)]
    for outcome in ("added", "unchanged"):
        run = store.start_run("1")
        assert [store.write(record, run).outcome for record in records] == [outcome] * 3
    assert store.totals().articles == 3


def test_the_same_file_twice_in_a_run_is_one_article(store: db.Store, extraction: Make, someone: Someone) -> None:
    record = extraction("a.txt", (someone("Ana Petrova"), "the border stays open"))
    run = store.start_run("1")
    assert [store.write(record, run).outcome for _ in range(2)] == ["added", "unchanged"]


def test_an_article_without_path_or_url_is_known_by_its_text(store: db.Store, extraction: Make) -> None:
    run = store.start_run("1")
    assert [store.write(extraction(None, (None, words)), run).outcome for words in ("one", "two", "one")] == [
        "added",
        "added",
        "unchanged",
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("Ana Petrova", "person", None), ("Ana Petrova", "person", "BGR")], 1),
        ([("Ana Petrova", "person", "BGR"), ("Ana Petrova", "person", None)], 1),
        ([("John Smith", "person", "GBR"), ("John Smith", "person", "USA")], 2),
        ([("Foreign Ministry", "organisation", "CHN"), ("Foreign Ministry", "organisation", None)], 2),
        ([("Georgia", "country", "GEO"), ("Georgia", "person", "USA")], 2),
    ],
)
def test_namesakes(
    store: db.Store, put: Put, found: list[tuple[str, str, str | None]], expected: int, sound: Callable[[], None]
) -> None:
    for number, (name, kind, country) in enumerate(found):
        put(f"{number}.txt", (Speaker(name, name, kind, None, country), f"statement {number}"))  # type: ignore[arg-type]
    assert len(store.speakers().rows) == expected
    sound()


def test_a_country_learned_later_is_given_to_earlier_quotations(store: db.Store, put: Put, someone: Someone) -> None:
    put("a.txt", (someone("Ana Petrova"), "the border stays open"))
    put("b.txt", (someone("Ana Petrova", "BGR"), "trade will grow"))
    assert {row.country for row in store.quotations().rows} == {"BGR"}
    assert len(store.quotations(db.Filter(country=("BGR",))).rows) == 2


def test_the_latest_role_is_the_speakers(store: db.Store, put: Put, someone: Someone) -> None:
    for day, role in (("2024-05-01", "President"), ("2020-01-01", "Foreign Minister"), ("2024-06-01", None)):
        put(f"{day}.txt", (someone("Ana Petrova", role=role), f"statement of {day}"), published=day)
    speaker = store.speakers().rows[0]
    assert (speaker.role, speaker.first, speaker.last) == ("President", "2020-01-01", "2024-06-01")
    roles = store.speaker(speaker.id).roles
    assert [role for role, *_ in roles] == ["President", "Foreign Minister"]


@pytest.mark.parametrize(
    "quotation",
    [
        Quotation("direct", "speech", "state", (Span(0, 99),)),
        Quotation("direct", "speech", "state", (Span(0, 3),), source=Span(90, 99)),
        Quotation("direct", "speech", "state", (Span(0, 3),), inside=1),
        Quotation("direct", "speech", "state", (Span(0, 3),), inside=7),
        Quotation("shouted", "speech", "state", (Span(0, 3),)),  # type: ignore[arg-type]
        Quotation("direct", "speech", "state", (Span(0, 3),), confidence=7.0),
    ],
)
def test_a_broken_quotation_is_refused_and_nothing_of_its_article_written(
    store: db.Store, quotation: Quotation
) -> None:
    good = Quotation("direct", "speech", "state", (Span(0, 3),))
    with pytest.raises(db.StoreError):
        store.write(Extraction(Article("Some words here.", path="a.txt"), (good, quotation)), store.start_run("1"))
    assert store.totals() == db.Totals(0, 0, 0, 0, 0)


@pytest.mark.parametrize("word", ["a\0b", "a\ud800b", "😀 a", "e\u0301", "\u202ea", "'; DROP TABLE quotation; --"])
def test_awkward_text_keeps_its_offsets(store: db.Store, put: Put, someone: Someone, word: str) -> None:
    put(f"{word}.txt", (someone(f"Ana {word}"), f"before {word} after"), title=word, publisher=word)
    detail = store.article(1)
    spans = detail.quotations[0].content[0]
    expected = f"before {word} after".replace("\ud800", "\ufffd")
    assert spans.of(detail.text) == detail.quotations[0].quotation.text == expected
    assert detail.quotations[0].source.of(detail.text) == f"Ana {word}".replace("\ud800", "\ufffd")  # type: ignore[union-attr]


texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
names = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=12)


@st.composite
def extractions(draw: st.DrawFn, path: str) -> Extraction:
    text = draw(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=80))
    points = st.integers(0, len(text))

    def span() -> Span:
        return Span(*sorted((draw(points), draw(points))))

    quotations: list[Quotation] = []
    for index in range(draw(st.integers(0, 4))):
        ends = sorted(draw(st.lists(points, min_size=2, max_size=2)) + draw(st.lists(points, min_size=2, max_size=2)))
        speaker = None
        if draw(st.booleans()):
            kind = draw(st.sampled_from(SPEAKER_KINDS))
            role = draw(st.none() | names)
            # a country that is always known: else the store rightly fills it in from other quotations
            speaker = Speaker(draw(names), draw(names), kind, role, draw(st.sampled_from(("FRA", "BGR"))))
        quotations.append(
            Quotation(
                form=draw(st.sampled_from(FORMS)),  # type: ignore[arg-type]
                mode=draw(st.sampled_from(MODES)),  # type: ignore[arg-type]
                act=draw(st.sampled_from(ACTS)),  # type: ignore[arg-type]
                content=(Span(ends[0], ends[1]), Span(ends[2], ends[3])),
                cue=draw(st.none() | st.builds(Cue, st.builds(span), names)),
                source=draw(st.none() | st.builds(span)),
                speaker=speaker,
                inside=draw(st.none() | st.integers(0, index - 1)) if index else None,
                confidence=round(draw(st.floats(0, 1)), 4),
                resolution=draw(st.none() | names),
            )
        )
    quotations.sort(key=lambda quotation: quotation.content[0].start)
    quotations = [replace(quotation, inside=None) for quotation in quotations]
    blocks = tuple(Block(span(), draw(st.sampled_from(ROLES))) for _ in range(draw(st.integers(0, 2))))  # type: ignore[arg-type]
    article = Article(
        text,
        path=path,
        title=draw(st.none() | texts),
        published=draw(st.sampled_from((None, "2024-03-05", "2024-03-05T10:00:00Z", "last May"))),
        publisher=draw(st.none() | texts),
        agency=draw(st.none() | texts),
        author=draw(st.none() | texts),
        url=draw(st.none() | texts),
        language=draw(st.sampled_from((None, "en"))),
        kind=draw(st.sampled_from((None, *DOCUMENT_KINDS))),
        blocks=blocks,
    )
    return Extraction(article, tuple(quotations))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, sound: Callable[..., None], data: st.DataObject
) -> None:
    articles = [data.draw(extractions(f"{number}.txt")) for number in range(data.draw(st.integers(1, 3)))]
    path = str(tmp_path_factory.mktemp("store") / "quotes.db")
    with db.open_store(path) as store:
        run = store.start_run("1")
        for article in articles:
            store.write(article, run)
        assert list(store.documents()) == articles
    sound(path)


def test_documents_go_through_json_lines(store: db.Store, extraction: Make, someone: Someone, tmp_path: Any) -> None:
    from quotes import to_line

    nested = extraction("a.txt", (someone("Ana Petrova", "BGR"), "the border stays open"), title="T")
    inner = replace(nested.quotations[0], content=(Span(23, 29),), inside=0)
    nested = replace(nested, quotations=(*nested.quotations, inner))
    store.write(nested, store.start_run("1"))
    lines = [to_line(extraction) for extraction in store.documents()]
    assert [from_dict(to_dict(found)) for found in store.documents()] == [nested]
    with db.open_store(tmp_path / "other.db") as other:
        assert [written.outcome for written in other.import_documents(lines, other.start_run("1"))] == ["added"]
        assert list(other.documents()) == list(store.documents())
        with pytest.raises(db.StoreError, match="line 2"):
            list(other.import_documents(["\n", '{"document": 3}'], other.start_run("1")))
