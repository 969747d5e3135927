"""Repeats: measured on variants of invented statements, kept in step when articles change, shown with differences."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import db
from db.wording import Utterance, compare, difference, prints, words_of
from quotes.model import Speaker

Put = Callable[..., db.Written]
ANA = Speaker("Ana Petrova", "Ana Petrova", "person", "Foreign Minister", "BGR")
IVO = Speaker("Ivo Kolar", "Ivo Kolar", "person", "President", "HRV")
MIRA = Speaker("Mira Novak", "Mira Novak", "person", None, "SVN")
MINISTRY = Speaker("Bulgarian Foreign Ministry", "the ministry", "organisation", None, "BGR")

# Each group: versions of one quotation, as wire copy, standfirst and body, trimmed, lightly edited, or a piece of it.
GROUPS: tuple[tuple[Speaker, tuple[str, ...]], ...] = (
    (ANA, (
        "We will not close the border to anyone who flees from war, and we expect our neighbours to do the same",
        "We will not close the border to anyone who flees from war",
        "we will not close the border to anyone who flees from war, and we expect our neighbours to do the same.",
        "We won’t close the border to anyone who flees from war and we expect our neighbours to do the same",
        "not close the border to anyone who flees from war",
    )),
    (ANA, (
        "the talks in the capital were frank and useful and would go on next week at the level of deputy ministers",
        "the talks in the capital had been frank and useful and would go on next week at the level of deputy ministers",
        "the talks were frank and useful and would go on next week at the level of deputy ministers",
        "would go on next week at the level of deputy ministers",
    )),
    (IVO, (
        "What happened on Tuesday night is piracy at sea. There is no other word for it and we will go to court",
        "What happened on Tuesday night is piracy at sea … There is no other word for it and we will go to court",
        "What happened on Tuesday night is piracy at sea",
        "There is no other word for it and we will go to court",
        "What happened Tuesday night is piracy at sea; there is no other word for it and we will go to court",
    )),
    (IVO, (
        "the two countries had agreed to open a railway line between their ports before the end of the decade",
        "the two countries have agreed to open a rail line between their ports before the end of the decade",
        "two countries had agreed to open a railway line between their ports",
        "The two countries had agreed to open a railway line between their ports by the end of the decade",
    )),
    (MIRA, (
        "Our fishermen have worked these waters for three generations and no decree will make them leave",
        "Our fishermen have worked these waters for three generations, and no decree will make them leave!",
        "our fishers have worked these waters for three generations and no decree will make them leave",
        "no decree will make them leave",
    )),
    (MIRA, (
        "the council should send observers to both sides of the line and publish what they see every day",
        "the Council should send observers to both sides of the line and to publish what they see every day",
        "the council should send observers to both sides of the line",
    )),
    (MINISTRY, (
        "the ambassador was summoned this morning to hear a firm protest about the searching of a diplomatic bag",
        "the ambassador had been summoned this morning to hear a firm protest over the searching of a diplomatic bag",
        "the ambassador was summoned to hear a firm protest about the searching of a diplomatic bag",
    )),
    (ANA, (
        "I came here with an open mind and I leave with an open hand, and I hope that the president will take it",
        "I came here with an open mind and I leave with an open hand",
        "I came here with an open mind, and I leave with an open hand, and I hope the president will take it",
        "came here with an open mind and I leave with an open hand",
    )),
    (IVO, (
        "a harvest agreement without guarantees for the small islands is a harvest agreement without a future",
        "A harvest agreement without guarantees for small islands is a harvest agreement without a future",
    )),
    (MIRA, (
        "we shall pay the third instalment when the auditors have seen the books and not one day before",
        "we shall pay the third instalment when the auditors have seen the books, and not a day before",
        "we will pay the third instalment when the auditors have seen the books and not one day before",
    )),
    (ANA, (
        "Nobody asked the villagers on the plateau whether they wanted a radar station above their school",
        "nobody had asked the villagers on the plateau whether they wanted a radar station above their school",
        "Nobody asked the villagers … whether they wanted a radar station above their school",
        "Nobody asked the villagers on the plateau",
    )),
    (IVO, (
        "It is too early to speak of normal relations but it is not too early to speak",
        "it was too early to speak of normal relations but it was not too early to speak",
    )),
)  # fmt: skip

# Not versions of anything above or of each other: other numbers, a negation, another speaker's slogan, the same topic.
ALONE: tuple[tuple[Speaker | None, str], ...] = (
    (ANA, "We will close the border to anyone who flees from war, and we expect our neighbours to do the same"),
    (MIRA, "we shall pay the fourth instalment when the auditors have seen the books and not two days before"),
    (MIRA, "Our fishermen have worked these waters for nine generations and no court will send them home"),
    (ANA, "the talks in the capital were short and cold and will not go on next week at any level"),
    (IVO, "we stand with the people of the islands"),
    (MIRA, "we stand with the people of the islands"),
    (ANA, "we stand with the people of the islands"),
    (IVO, "we condemn this attack in the strongest possible terms"),
    (ANA, "we condemn this attack in the strongest possible terms"),
    (MIRA, "we condemn in the strongest terms the attack of Friday"),
    (IVO, "the railway line between the ports would be opened by a private company in twelve years"),
    (MIRA, "the council should do what it was founded for"),
    (IVO, "it is too early to tell"),
    (ANA, "it is too early to tell"),
    (ANA, "there is no other word for it"),
    (MIRA, "at the end of the day it is up to the parties to find a solution"),
    (IVO, "it is up to the parties to implement what they signed at the end of the day of the summit"),
    (ANA, "we will continue to work closely with our partners on the question of grain"),
    (ANA, "we will continue to work closely with our partners on the question of visas for students"),
    (IVO, "the committee met for the first time in the old town hall and elected its chair"),
    (IVO, "the committee met for the second time in the old town hall and elected its chair"),
    (MIRA, "exports had grown by 4 per cent in the first quarter of the year"),
    (MIRA, "exports had grown by 7 per cent in the first quarter of the year"),
    (None, "talks would resume at the end of the month in a third country"),
    (None, "talks would resume after the elections in one of the two capitals"),
)  # fmt: skip


def fill(put: Put, order: int) -> dict[str, int]:
    """Writes all statements, each in an article of its own, in some order; gives text → number of its group."""
    statements = [(speaker, text, number) for number, (speaker, texts) in enumerate(GROUPS) for text in texts]
    statements += [(speaker, text, 1000 + number) for number, (speaker, text) in enumerate(ALONE)]  # type: ignore[misc]
    random.Random(order).shuffle(statements)
    for place, (speaker, text, _) in enumerate(statements):
        put(f"{place}.txt", (speaker, text, {"form": "direct"}), published=f"2024-01-{place % 28 + 1:02}")
    return {f"{number}|{text}": number for _, text, number in statements}


def measured(store: db.Store) -> tuple[float, float]:
    """Precision and recall of the pairs that stand in one group."""
    truth = {(speaker.name if speaker else None, text): number
             for number, (speaker, texts) in enumerate(GROUPS) for text in texts}  # fmt: skip
    rows = store.quotations(limit=1000).rows
    groups = dict(store.connection.execute("SELECT id, group_id FROM quotation").fetchall())
    right = found = expected = 0
    for left, other in itertools.combinations(rows, 2):
        numbers = [truth.get((row.speaker, row.text)) for row in (left, other)]
        same = numbers[0] is not None and numbers[0] == numbers[1]
        together = groups[left.id] is not None and groups[left.id] == groups[other.id]
        expected += same
        found += together
        right += same and together
    return right / found, right / expected


@pytest.mark.parametrize("order", range(5))
def test_precision_and_recall(store: db.Store, put: Put, order: int, sound: Callable[[], None]) -> None:
    fill(put, order)
    precision, recall = measured(store)
    print(f"order {order}: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.98
    assert recall >= 0.9
    sound()


def test_a_group_has_first_date_publishers_longest_and_differences(store: db.Store, put: Put) -> None:
    whole, short = GROUPS[0][1][0], GROUPS[0][1][1]
    put("b.txt", (ANA, short), published="2024-02-01", publisher="Post")
    put("a.txt", (ANA, whole), published="2024-03-01", publisher="Daily")
    put("c.txt", (ANA, short), (ANA, whole), publisher="Post")
    rows = store.quotations(sort="position").rows
    group = store.repeats(rows[0].id)
    assert group is not None
    assert (group.first_published, group.publishers) == ("2024-02-01", ("Post", "Daily"))
    assert {row.repeats for row in rows} == {2}  # the standfirst and the body of one article count once
    assert [version.quotation.path for version in group.versions] == ["b.txt", "a.txt", "c.txt", "c.txt"]
    assert [version.longest for version in group.versions] == [False, True, False, False]
    missing = whole.removeprefix(short).removeprefix(", ")
    assert group.versions[0].difference == (("same", short), ("missing", missing))
    assert group.versions[1].difference == (("same", whole),)


def test_groups_follow_what_articles_say_now(store: db.Store, put: Put, sound: Callable[[], None]) -> None:
    first, second = "There is no other word for it and we will go to court", "What happened is an act of piracy"
    both = f"{second}. {first}"
    put("a.txt", (IVO, first))
    put("b.txt", (IVO, second))
    assert store.repeats(1) is None
    put("c.txt", (IVO, both))  # holds the two together
    assert len(store.repeats(1).versions) == 3  # type: ignore[union-attr]
    put("c.txt", (IVO, "something else altogether was said on that day"), engine="2")
    assert store.repeats(1) is None
    assert store.connection.execute("SELECT count(*) FROM repeat_group").fetchone()[0] == 0
    put("d.txt", (IVO, first))
    put("e.txt", (IVO, first))
    put("a.txt", (IVO, "nothing of the kind was ever said by anybody"), engine="3")  # the first of three exact copies
    rows = store.quotations(db.Filter(words="court")).rows
    assert [row.repeats for row in rows] == [1, 1]
    sound()


def test_a_rejected_or_reassigned_quotation_leaves_its_group(
    store: db.Store, put: Put, sound: Callable[[], None]
) -> None:
    for name in "abc":
        put(f"{name}.txt", (ANA, "the border stays open for all of them"), lead=f"In the {name}-news: ")
    store.reject(2)
    assert [row.repeats for row in store.quotations().rows] == [1, 1]
    store.reassign(3, MIRA)
    assert [row.repeats for row in store.quotations().rows] == [0, 0]
    store.undo()
    store.undo()
    assert [row.repeats for row in store.quotations().rows] == [2, 2, 2]
    sound()


def test_a_piece_of_two_contrary_statements_does_not_join_them(store: db.Store, put: Put) -> None:
    piece = "no decree will ever make them leave"
    for generations in ("three", "nine"):
        put(f"{generations}.txt", (MIRA, f"Our fishermen have been here for {generations} generations and {piece}"))
    put("piece.txt", (MIRA, piece))
    assert [row.repeats for row in store.quotations(sort="position").rows] == [1, 0, 1]


def test_many_copies(store: db.Store, put: Put, sound: Callable[[], None]) -> None:
    for number in range(150):
        put(f"{number}.txt", (IVO, GROUPS[2][1][0] if number % 3 else GROUPS[2][1][4]))
    assert {row.repeats for row in store.quotations(limit=200).rows} == {149}
    assert store.quotations(db.Filter(once=True)).count == 1
    sound()


def said(text: str, speaker: int | None = 1, country: str | None = None, form: str = "direct") -> Utterance:
    return Utterance(words_of(text), speaker, country, form)


LONG = "no treaty on the river can be signed before the people who live on its banks have been heard"


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (said(LONG), said(LONG, 2), True),  # nobody says this many words by accident
        (said(LONG), said(LONG, 2, form="indirect"), False),
        (said(LONG, 1, "FRA"), said(LONG, 2, "FRA", "indirect"), True),  # the minister, or the ministry
        (said(LONG), said(LONG, None), True),
        (said("we will never give in"), said("we will never give in", None), False),
        (said("we will never give in"), said("we will never give in"), True),
        (said("we will never"), said("we will never"), False),  # too short to say anything
        (said("We can’t accept this plan today"), said("We can accept this plan today"), False),
        (said("We can’t accept this plan today"), said("WE CAN'T ACCEPT — this plan — today!"), True),
        (said("they sent 10 ships to the gulf"), said("they sent 12 ships to the gulf"), False),
    ],
)
def test_what_counts_as_the_same(left: Utterance, right: Utterance, same: bool) -> None:
    assert (compare(left, right) is not None) == same
    assert (compare(right, left) is not None) == same


words = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]), max_size=25)


@settings(max_examples=200, deadline=None)
@given(words, words, words)
def test_a_run_of_common_words_is_always_found(before: list[str], common: list[str], after: list[str]) -> None:
    whole = [*before, *common, *after]
    if len(common) >= 5:
        assert set(prints(whole)) & set(prints(common))
    assert bool(prints(whole)) == (len(whole) >= 5)


@settings(deadline=None)
@given(words, words)
def test_differences_give_both_texts_back(left: list[str], right: list[str]) -> None:
    pieces = difference(" ".join(left), " ".join(right))
    assert " ".join(text for kind, text in pieces if kind != "missing") == " ".join(right)
    assert " ".join(text for kind, text in pieces if kind != "added") == " ".join(left)
