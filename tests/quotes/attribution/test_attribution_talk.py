"""Who is meant inside a transcript's turns: offices, pronouns, vocatives and countries. All people are invented."""

from __future__ import annotations

import pytest

from tests.quotes.attribution.test_attribution_turns import COSTELO, nested

Turns = list[tuple[str, str]]

CASES: dict[str, tuple[Turns, int, str, str | None]] = {
    "an office of another country": (
        [("AFP", "The Norwegian foreign minister said it was over."), (COSTELO, "It is not.")],
        0, "The Norwegian foreign minister", None,
    ),
    "an office that nobody holds here": (
        [("QUESTION", "Minister Brandt came. The prime minister said it was over."), (COSTELO, "No.")],
        0, "The prime minister", None,
    ),
    "the ambassador just named": (
        [(COSTELO, "Ambassador Harlow met me. In the car the ambassador said it was over."), ("QUESTION", "Was it?")],
        0, "the ambassador", "Harlow",
    ),
    "he after somebody without a name": (
        [("QUESTION", "Carlos Brandt spoke. A local governor said so. He claims it is over."), (COSTELO, "Well.")],
        0, "He", None,
    ),
    "he of whoever was named last": (
        [("QUESTION", "A local governor said so. Then Carlos Brandt spoke. He claims it is over."), (COSTELO, "Well.")],
        0, "He", "Carlos Brandt",
    ),
    "the side of a country": (
        [(COSTELO, "The Polish side asked to take part."), ("QUESTION", "Why?")], 0, "The Polish side", "Poland",
    ),
    "you, with a name": (
        [("QUESTION", "Two questions. You, Minister Costelo, say it is over."), (COSTELO, "Yes.")],
        0, "You, Minister Costelo,", "Rui Costelo",
    ),
    "a counterpart of a country": (
        [(COSTELO, "We met. His counterpart from Japan said it was over."), ("QUESTION", "Was it?")],
        0, "His counterpart from Japan", "Japan",
    ),
    "a group in capitals": (
        [(COSTELO, "The AFRICAN GROUP said it was over."), ("QUESTION", "Was it?")],
        0, "The AFRICAN GROUP", "African Group",
    ),
    "the one addressed is not the source": (
        [("QUESTION", "Minister, a friend of yours said it was over."), (COSTELO, "Yes.")],
        0, "Minister, a friend of yours", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_is_meant(name: str) -> None:
    turns, where, source, expected = CASES[name]
    speaker = nested(turns, where, source)
    assert (speaker.name if speaker else None) == expected
