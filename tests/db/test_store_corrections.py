"""Corrections: what each does, that no re-run loses one, and that undoing leads back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import db
from quotes.model import Article, Extraction, Quotation, Span, Speaker

Put = Callable[..., db.Written]
Someone = Callable[..., Speaker]
Make = Callable[..., Extraction]

ANA = Speaker("Ana Petrova", "Ana Petrova", "person", "Foreign Minister", "BGR")
IVO = Speaker("Ivo Kolar", "Kolar", "person", None, None)
FIRST, SECOND, THIRD = "the border stays open for all", "trade between us will grow", "no one wants a new dispute"


def view(store: db.Store) -> list[tuple[Any, ...]]:
    """What a reader sees of all quotations, ids left out."""
    rows = store.quotations(db.Filter(status=db.STATUSES), "position", limit=1000).rows
    return [(row.path, row.speaker, row.role, row.country, row.form, row.act, row.text, row.cue, row.source, row.status)
            for row in rows]  # fmt: skip


def by_text(store: db.Store, text: str) -> db.QuotationRow:
    rows = store.quotations(db.Filter(status=db.STATUSES), limit=1000).rows
    return next(row for row in rows if row.text == text)


@pytest.fixture
def article(extraction: Make) -> Extraction:
    return extraction("a.txt", (ANA, FIRST), (IVO, SECOND), (ANA, THIRD), published="2024-05-01")


@pytest.fixture
def filled(store: db.Store, article: Extraction) -> db.Store:
    store.write(article, store.start_run("1"))
    return store


def again(store: db.Store, article: Extraction, engine: str = "2") -> db.Written:
    return store.write(article, store.start_run(engine))


def test_confirm_and_reject(filled: db.Store, sound: Callable[[], None]) -> None:
    first, second = by_text(filled, FIRST), by_text(filled, SECOND)
    filled.confirm(first.id)
    filled.reject(second.id, note="this is a headline", author="Mira")
    assert by_text(filled, FIRST).status == "confirmed"
    assert SECOND not in {row.text for row in filled.quotations().rows}
    assert by_text(filled, SECOND).status == "rejected"
    assert "Ivo Kolar" not in {speaker.name for speaker in filled.speakers().rows}
    made = filled.corrections()
    assert [(each.action, each.author, each.note, each.state) for each in made] == [
        ("reject", "Mira", "this is a headline", "applied"),
        ("confirm", "tester", None, "applied"),
    ]
    assert made[0].summary == f"reject “{SECOND}”"
    assert made[0].made_at.endswith("Z")
    sound()


def test_reassign_to_a_known_a_new_and_no_speaker(filled: db.Store, sound: Callable[[], None]) -> None:
    quotation = by_text(filled, SECOND)
    ana = filled.speakers(prefix="ana").rows[0]
    filled.reassign(quotation.id, ana.id)
    now = by_text(filled, SECOND)
    assert (now.id, now.speaker, now.country, now.status) == (quotation.id, "Ana Petrova", "BGR", "corrected")
    filled.reassign(quotation.id, Speaker("Mira Novak", "Mira Novak", "person", "President", "HRV"))
    now = by_text(filled, SECOND)
    assert (now.speaker, now.role, now.country, now.resolution) == (
        "Mira Novak",
        "President",
        "HRV",
        "given by a person",
    )
    filled.reassign(quotation.id, None)
    assert by_text(filled, SECOND).speaker is None
    assert {speaker.name for speaker in filled.speakers().rows} == {"Ana Petrova"}
    sound()


def test_edit(filled: db.Store, sound: Callable[[], None]) -> None:
    quotation = filled.quotation(by_text(filled, FIRST).id)
    start = quotation.content[0].start
    filled.edit(
        quotation.quotation.id,
        content=[Span(start + 4, start + 10), Span(start + 17, start + 21)],
        act="warn",
        cue=None,
    )
    after = filled.quotation(quotation.quotation.id)
    assert (after.quotation.text, after.quotation.act, after.cue, after.source) == (
        "border … open",
        "warn",
        None,
        quotation.source,
    )
    assert [row.text for row in filled.search("border").rows] == ["border … open"]
    assert filled.search("stays").rows == ()
    sound()


def test_edited_cues_and_sources(filled: db.Store) -> None:
    quotation = filled.quotation(by_text(filled, FIRST).id)
    assert quotation.cue is not None
    assert quotation.source is not None
    filled.edit(quotation.quotation.id, cue=quotation.source, source=quotation.cue, mode="writing", form="mixed")
    row = filled.quotation(quotation.quotation.id).quotation
    assert (row.cue, row.source, row.mode, row.form) == ("Ana Petrova", "said", "writing", "mixed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": []},
        {"content": [Span(3, 3)]},
        {"content": [Span(0, 10**6)]},
        {"content": [Span(5, 9), Span(0, 4)]},
        {"content": [Span(0, 9), Span(4, 12)]},
        {"content": [Span(10**6, 10**6 + 1)]},
        {"cue": Span(3, 3)},
        {"act": "shout"},
        {"form": None},
        {},
    ],
)
def test_wrong_edits_are_refused(filled: db.Store, wrong: dict[str, Any]) -> None:
    before = view(filled)
    with pytest.raises(db.CorrectionError):
        filled.edit(1, **wrong)
    assert view(filled) == before
    assert filled.corrections() == []


def test_merge_rename_and_split(filled: db.Store, put: Put, sound: Callable[[], None]) -> None:
    put("b.txt", (Speaker("A. Petrova", "A. Petrova", "person", None, "BGR"), "we will see about that later on"))
    ana, short = (filled.speakers(prefix=name).rows[0] for name in ("ana p", "a. p"))
    filled.merge([short.id, ana.id], into=ana.id)
    assert {speaker.name: speaker.quotations for speaker in filled.speakers().rows} == {
        "Ana Petrova": 3,
        "Ivo Kolar": 1,
    }
    filled.rename(ana.id, "Anna  Petrowa")
    assert filled.speaker(ana.id).speaker.name == "Anna Petrowa"
    assert {alias.name for alias in filled.speaker(ana.id).aliases} == {"Ana Petrova", "A. Petrova"}
    known = next(each for each in filled.speaker_index() if each.name == "Anna Petrowa")
    assert set(known.aliases) == {"Ana Petrova", "A. Petrova"}
    filled.split(
        ana.id, "Alba Petrova", aliases=["A. Petrova"], quotation_ids=[by_text(filled, THIRD).id], country="ESP"
    )
    names = {row.text: (row.speaker, row.country) for row in filled.quotations().rows}
    assert names[THIRD] == names["we will see about that later on"] == ("Alba Petrova", "ESP")
    assert names[FIRST] == ("Anna Petrowa", "BGR")
    sound()
    # all of it holds for what is written later
    put("c.txt", (ANA, "a later word about nothing"), (Speaker("A. Petrova", "A. Petrova", "person"), "and one more"))
    names = {row.text: (row.speaker, row.country) for row in filled.quotations().rows}
    assert names["a later word about nothing"][0] == "Anna Petrowa"
    assert names["and one more"][0] == "Alba Petrova"
    sound()


def test_rename_keeps_the_id_and_undo_gives_the_name_back(filled: db.Store, sound: Callable[[], None]) -> None:
    ana = filled.speakers(prefix="ana").rows[0]
    before = view(filled)
    filled.rename(ana.id, "Anna Petrowa")
    assert filled.speakers(prefix="anna").rows[0].id == ana.id
    filled.undo()
    assert filled.speakers(prefix="ana").rows[0].id == ana.id
    assert view(filled) == before
    sound()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda store: store.merge([1], into=1),
        lambda store: store.merge([], into=1),
        lambda store: store.merge([99], into=1),
        lambda store: store.merge([1], into=99),
        lambda store: store.rename(1, "  "),
        lambda store: store.rename(1, "Ana Petrova"),
        lambda store: store.rename(1, "Ivo Kolar"),
        lambda store: store.rename(99, "Ana"),
        lambda store: store.split(1, "Somebody"),
        lambda store: store.split(1, "Somebody", aliases=["not one of hers"]),
        lambda store: store.split(1, "Ana Petrova", aliases=["Ana Petrova"]),
        lambda store: store.split(1, "Somebody", quotation_ids=[2]),
        lambda store: store.split(1, "Somebody", aliases=["Ana Petrova"], kind="robot"),
        lambda store: store.reassign(1, 99),
        lambda store: store.reassign(1, Speaker("", "", "person")),
        lambda store: store.undo(),
        lambda store: store.undo(99),
        lambda store: store.redo(),
        lambda store: store.redo(99),
        lambda store: store.confirm(99),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(filled: db.Store, wrong: Callable[[db.Store], object]) -> None:
    before = view(filled)
    with pytest.raises((db.CorrectionError, db.UnknownId)):
        wrong(filled)
    assert view(filled) == before
    assert filled.corrections() == []


def correct_everything(store: db.Store) -> None:
    start = store.quotation(by_text(store, THIRD).id).content[0].start
    store.confirm(by_text(store, FIRST).id)
    store.reassign(by_text(store, SECOND).id, Speaker("Mira Novak", "Mira Novak", "person", None, "HRV"))
    store.edit(by_text(store, THIRD).id, content=[Span(start, start + 12)])
    store.rename(store.speakers(prefix="ana").rows[0].id, "Anna Petrowa")


def test_corrections_outlive_a_newer_engine(filled: db.Store, article: Extraction, sound: Callable[[], None]) -> None:
    correct_everything(filled)
    before, ids = view(filled), [row.id for row in filled.quotations().rows]
    assert again(filled, article).conflicts == 0
    assert view(filled) == before
    assert [row.id for row in filled.quotations().rows] == ids
    sound()


def test_corrections_outlive_an_engine_that_finds_other_things(
    filled: db.Store, article: Extraction, sound: Callable[[], None]
) -> None:
    correct_everything(filled)
    before = view(filled)
    first, second, third = article.quotations
    shifted = replace(first, content=(Span(first.content[0].start + 4, first.content[0].end),), speaker=IVO)
    assert again(filled, replace(article, quotations=(shifted, replace(second, speaker=ANA), third))).conflicts == 0
    assert view(filled) == before
    # and one that finds nothing at all: what people have confirmed or put right stays
    assert again(filled, replace(article, quotations=()), "3").conflicts == 0
    assert [row[1:] for row in view(filled)] == [row[1:] for row in before]
    assert again(filled, article, "4").conflicts == 0
    assert view(filled) == before
    sound()


def test_a_rejected_quotation_stays_rejected(filled: db.Store, article: Extraction) -> None:
    filled.reject(by_text(filled, SECOND).id)
    again(filled, replace(article, quotations=article.quotations[:1]))
    assert [row.text for row in filled.quotations().rows] == [FIRST]
    assert filled.conflicts() == []
    again(filled, article, "3")
    assert by_text(filled, SECOND).status == "rejected"


def moved(article: Extraction, before: str, *, without: str | None = None) -> Extraction:
    """The article with other text in front of it, and all spans where the words stand then."""
    text = before + article.article.text
    if without is not None:
        text = text.replace(without, "x" * 7)
    quotations = []
    for quotation in article.quotations:
        words = quotation.text(article.article.text)
        if words in text:
            start = text.index(words)
            quotations.append(replace(quotation, content=(Span(start, start + len(words)),), cue=None, source=None))
    return Extraction(replace(article.article, text=text), tuple(quotations))


def test_corrections_follow_their_words_through_a_changed_text(
    filled: db.Store, article: Extraction, sound: Callable[[], None]
) -> None:
    correct_everything(filled)
    before = {(row.text, row.speaker, row.status) for row in filled.quotations().rows}
    assert again(filled, moved(article, "A correction was added on Monday.\n\n")).conflicts == 0
    assert {(row.text, row.speaker, row.status) for row in filled.quotations().rows} == before
    confirmed = filled.quotation(by_text(filled, FIRST).id)
    assert confirmed.cue is not None
    assert confirmed.cue.of(filled.article(1).text) == "said"
    sound()


def test_corrections_of_words_that_are_gone_are_conflicts_until_they_are_back(
    filled: db.Store, article: Extraction, sound: Callable[[], None]
) -> None:
    correct_everything(filled)
    whole = view(filled)
    changed = moved(article, "", without=SECOND)
    assert again(filled, changed).conflicts == 1
    (conflict,) = filled.conflicts()
    assert conflict.action == "reassign"
    assert "no longer in the text" in (conflict.reason or "")
    assert conflict.article_id == 1
    assert filled.totals().conflicts == 1
    # dismissed by undoing it, or settled when the text is back
    assert again(filled, article, "3").conflicts == 0
    assert filled.conflicts() == []
    assert view(filled) == whole
    again(filled, changed, "4")
    filled.undo(filled.conflicts()[0].id)
    assert filled.conflicts() == []
    sound()


def test_short_words_are_not_found_again_by_accident(store: db.Store) -> None:
    def written(text: str, engine: str) -> db.Written:
        start = text.rindex("yes")
        quotation = Quotation("direct", "speech", "state", (Span(start, start + 3),))
        return store.write(Extraction(Article(text, path="a.txt"), (quotation,)), store.start_run(engine))

    written("Asked whether it was true, he said yes and left the room in a hurry.", "1")
    store.reject(1)
    assert written("In the end a crowd outside shouted yes, yes and nothing more all night.", "2").conflicts == 1
    assert store.quotations().count == 1


def test_the_right_one_of_two_equal_places(store: db.Store) -> None:
    sentence = "Mira told him: we agree. Later Ivo told her: we agree. They left."

    def written(text: str, engine: str) -> None:
        places = [index for index in range(len(text)) if text.startswith("we agree", index)]
        found = tuple(Quotation("direct", "speech", "agree", (Span(place, place + 8),)) for place in places)
        store.write(Extraction(Article(text, path="a.txt"), found), store.start_run(engine))

    written(sentence, "1")
    second = store.quotations(sort="position").rows[1]
    store.reassign(second.id, Speaker("Ivo Kolar", "Ivo", "person"))
    written("we agree on the weather. " + sentence, "2")
    speakers = [row.speaker for row in store.quotations(sort="position").rows]
    assert speakers == [None, None, "Ivo Kolar"]


def test_corrections_hold_in_every_copy_of_a_text(filled: db.Store, article: Extraction) -> None:
    correct_everything(filled)
    copy = replace(article, article=replace(article.article, path="moved/a.txt"))
    filled.write(copy, filled.start_run("1"))
    found = [row[1:] for row in view(filled)]
    assert found[:3] == found[3:]
    filled.reject(by_text(filled, FIRST).id)
    assert [row[-1] for row in view(filled)].count("rejected") == 2


def test_corrections_of_one_quotation_build_on_each_other(filled: db.Store, article: Extraction) -> None:
    quotation = by_text(filled, FIRST)
    start = quotation.start_char
    filled.edit(quotation.id, content=[Span(start, start + 16)])
    filled.edit(quotation.id, content=[Span(start, start + 10)])
    filled.confirm(quotation.id)
    filled.reassign(quotation.id, None)
    expected = ("the border", None, "corrected")
    row = by_text(filled, "the border")
    assert (row.text, row.speaker, row.status) == expected
    again(filled, article)
    row = by_text(filled, "the border")
    assert (row.id, row.text, row.speaker, row.status) == (quotation.id, *expected)
    assert len(filled.corrections(quotation_id=quotation.id)) == 4


def test_redo_ends_when_something_new_is_done(filled: db.Store) -> None:
    filled.confirm(1)
    filled.reject(2)
    filled.undo()
    filled.undo()
    assert filled.redo() == [1]
    filled.confirm(3)
    with pytest.raises(db.CorrectionError):
        filled.redo()
    assert filled.redo(2) == [2]
    assert {row.status for row in filled.quotations(db.Filter(status=db.STATUSES)).rows} == {"confirmed", "rejected"}


def test_a_batch_is_undone_as_one(filled: db.Store, put: Put) -> None:
    put(
        "b.txt",
        (Speaker("A. Petrova", "A. Petrova", "person"), "one"),
        (Speaker("Petrova", "Petrova", "person"), "two"),
    )
    before = view(filled)
    ids = {speaker.name: speaker.id for speaker in filled.speakers().rows}
    done = filled.merge([ids["A. Petrova"], ids["Petrova"]], into=ids["Ana Petrova"])
    assert len(done) == 2
    assert len(filled.speakers().rows) == 2
    assert filled.undo(done[1]) == done
    assert view(filled) == before
    assert filled.redo() == done
    assert len(filled.speakers().rows) == 2


def test_sharing(filled: db.Store, article: Extraction, tmp_path: Path, sound: Callable[..., None]) -> None:
    correct_everything(filled)
    filled.reject(by_text(filled, FIRST).id)
    filled.undo()
    lines = list(filled.export_corrections())
    assert len(lines) == 4
    for order in ("articles first", "corrections first"):
        path = str(tmp_path / f"{order}.db")
        with db.open_store(path, author="other") as other:
            if order == "articles first":
                other.write(article, other.start_run("1"))
            assert other.import_corrections(lines) == (4, 0)
            assert other.import_corrections(lines) == (0, 4)
            if order == "corrections first":
                other.write(article, other.start_run("1"))
            assert view(other) == view(filled)
            assert {each.author for each in other.corrections()} == {"tester"}
            assert list(other.export_corrections()) == lines
        sound(path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: "not json",
        lambda line: "[]",
        lambda line: json.dumps({**json.loads(line), "action": "drop"}),
        lambda line: json.dumps({**json.loads(line), "uid": None}),
        lambda line: json.dumps({**json.loads(line), "detail": {}}),
        lambda line: json.dumps({**json.loads(line), "detail": []}),
        lambda line: line[:-9],
    ],
)
def test_a_broken_import_takes_nothing_over(filled: db.Store, tmp_path: Path, spoil: Callable[[str], str]) -> None:
    filled.confirm(1)
    line = next(filled.export_corrections())
    with db.open_store(tmp_path / "other.db") as other:
        with pytest.raises(db.CorrectionError, match="line 3"):
            other.import_corrections([line, "\n", spoil(line)])
        assert other.corrections() == []


STEPS = st.lists(st.tuples(st.sampled_from(("confirm", "reject", "reassign", "none", "edit", "rename", "merge", "split",
                                            "engine 1", "engine 2", "engine 3", "undo", "redo")),
                           st.integers(0, 5), st.integers(0, 5)), max_size=9)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_corrections_survive_any_runs_and_can_all_be_undone(
    tmp_path_factory: pytest.TempPathFactory,
    extraction: Make,
    sound: Callable[..., None],
    steps: list[tuple[str, int, int]],
) -> None:
    full = extraction("a.txt", (ANA, FIRST), (IVO, SECOND), (ANA, THIRD))
    other = extraction("b.txt", (Speaker("A. Petrova", "A. Petrova", "person"), "an older word"), (None, FIRST))
    engines = {
        "engine 1": full,
        "engine 2": replace(full, quotations=full.quotations[1:]),
        "engine 3": replace(full, quotations=tuple(replace(each, speaker=IVO) for each in full.quotations)),
    }
    path = str(tmp_path_factory.mktemp("corrections") / "quotes.db")
    with db.open_store(path) as store, db.open_store(f"{path}.plain") as plain:
        for each in (store, plain):
            each.write(other, each.start_run("1"))
            each.write(full, each.start_run("engine 1"))
        for name, left, right in steps:
            if name.startswith("engine"):
                for each in (store, plain):
                    each.write(engines[name], each.start_run(name))
            else:
                try_step(store, name, left, right)
        corrected = view(store)
        # running the same engine over the same text again changes nothing
        for extracted in (engines[next((n for n, *_ in reversed(steps) if n in engines), "engine 1")], other):
            store.write(extracted, store.start_run("again"), force=True)
        assert view(store) == corrected
        sound(path)
        # what is exported gives the same in a database that had none of it
        lines = list(store.export_corrections())
        with db.open_store(f"{path}.copy") as copy:
            for extracted in (other, engines[next((n for n, *_ in reversed(steps) if n in engines), "engine 1")]):
                copy.write(extracted, copy.start_run("1"))
            copy.import_corrections(lines)
            assert view(copy) == corrected
        while store.corrections("applied") or store.corrections("conflict"):
            store.undo()
        assert view(store) == view(plain)
        sound(path)


def try_step(store: db.Store, name: str, left: int, right: int) -> None:
    rows = store.quotations(db.Filter(status=db.STATUSES), "position").rows
    speakers = store.speakers(sort="name").rows
    row = rows[left % len(rows)]
    try:
        if name == "confirm":
            store.confirm(row.id)
        elif name == "reject":
            store.reject(row.id)
        elif name == "reassign":
            store.reassign(row.id, speakers[right % len(speakers)].id)
        elif name == "none":
            store.reassign(row.id, None)
        elif name == "edit":
            store.edit(row.id, content=[Span(row.start_char, max(row.start_char + 8, row.end_char - right))])
        elif name == "rename":
            store.rename(speakers[left % len(speakers)].id, f"Renamed {right}")
        elif name == "merge":
            store.merge([speakers[left % len(speakers)].id], into=speakers[right % len(speakers)].id)
        elif name == "split":
            speaker = speakers[left % len(speakers)].id
            store.split(speaker, f"Split {right}", aliases=[store.speaker(speaker).aliases[0].name])
        elif name == "undo":
            store.undo()
        else:
            store.redo()
    except (db.CorrectionError, ZeroDivisionError):
        pass


def test_several_quotations_are_corrected_as_one(filled: db.Store, sound: Callable[[], None]) -> None:
    other = filled.write(_article_of_two(), filled.start_run("1"))
    ids = [row.id for row in filled.quotations(sort="position").rows]
    before = view(filled)
    for correct in (
        lambda: filled.confirm(iter(ids)),
        lambda: filled.reject([*ids, ids[0]]),
        lambda: filled.reassign(ids, None),
    ):
        done = correct()
        assert len(done) == len(ids) == 5
        after = view(filled)
        assert {row[-1] for row in after}.isdisjoint({"extracted"})
        assert len({row.batch for row in filled.corrections() if row.id in done}) == 1
        assert filled.undo(done[2]) == done
        assert view(filled) == before
        assert filled.redo() == done
        assert view(filled) == after
        filled.undo()
    assert other.quotations == 2
    sound()


def _article_of_two() -> Extraction:
    text = "Nobody was hurt. Everybody was heard."
    spans = (Span(0, 15), Span(17, 36))
    return Extraction(
        Article(text, path="b.txt"), tuple(Quotation("indirect", "speech", "state", (span,)) for span in spans)
    )


def test_a_batch_is_whole_or_not_there(filled: db.Store) -> None:
    before = view(filled)
    for correct in (filled.confirm, filled.reject, lambda ids: filled.reassign(ids, ANA)):
        with pytest.raises(db.UnknownId, match="999999"):
            correct([1, 999_999])
        with pytest.raises(db.CorrectionError, match="no quotation"):
            correct([])
    assert view(filled) == before
    assert filled.corrections() == []
