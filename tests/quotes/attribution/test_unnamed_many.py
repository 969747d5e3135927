"""People without names as sources, by the source's words alone."""

from __future__ import annotations

import pytest

from quotes.attribution.source_forms import _MANY


@pytest.mark.parametrize(
    ("phrase", "many"),
    [
        ("Several members", True),
        ("Many delegates", True),
        ("The Ministers", True),
        ("Witnesses at Port Elm", True),
        ("Heads of State", True),
        ("diplomatic sources in Selm", True),
        ("Their ministers", False),
        ("others", False),
        ("a senior official", False),
        ("the chair", False),
    ],
)
def test_a_plural_noun_is_a_group(phrase: str, many: bool) -> None:
    assert bool(_MANY.fullmatch(phrase)) is many
