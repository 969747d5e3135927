"""Who speaks for a country in the coverage of a meeting, and the leaders of a joint statement. People are invented."""

from __future__ import annotations

import pytest

from quotes.attribution.resolver import Resolver
from quotes.reading import article_from_text
from tests.quotes.attribution.test_attribution_resolution import analysis_of, speakers

MEETING = "ANA LIMA (Portugal) said it was late.\n\nRUI COSTELO (Chile) said it was early.\n\n"

CASES = [
    ("The representative of Portugal said talks failed.", ["The representative of Portugal"], "Ana Lima"),
    ("Chile’s delegate said talks failed.", ["Chile’s delegate"], "Rui Costelo"),
    ("The representative of Norway said talks failed.", ["The representative of Norway"], "Norway"),
    ("The representative of Zaire said talks failed.", ["The representative of Zaire"], "Zaire"),
    (
        "The representative of Chile said talks failed. He said so.",
        ["The representative of Chile", "He"],
        "Rui Costelo",
    ),
    ("It rained there. The AFRICAN GROUP said so.", ["The AFRICAN GROUP"], "African Group"),
    ("Its chair, Ivo Harrow (Norway), said talks failed.", ["Its chair"], "Ivo Harrow"),
]


@pytest.mark.parametrize(("text", "sources", "expected"), CASES)
def test_who_speaks_for_a_country(text: str, sources: list[str], expected: str) -> None:
    assert speakers(MEETING + text, *sources, kind="meeting-summary")[-1] == expected


def test_two_delegates_of_one_country_are_not_told_apart() -> None:
    text = "ANA LIMA (Portugal) spoke.\n\nRUI COSTELO (Portugal) spoke.\n\nThe representative of Portugal said no."
    assert speakers(text, "The representative of Portugal", kind="meeting-summary") == ["Portugal"]


def test_a_name_on_two_lines_is_one() -> None:
    text = (
        "The envoys met on the island in the middle of the month of May, and the United\nStates said talks would go on "
        "for as long as it takes to find an\nagreement that all of the parties can sign and keep, which\nmay well be "
        "longer than any of them would like to\nwait for it.\n"
    )
    names = Resolver(article_from_text(text), analysis_of(text), []).names
    assert [(name.text, name.country) for name in names if name.country] == [("United States", "USA")]
