"""Whom descriptions mean: in leads, after joint speakers, of people by age, of bodies. All people are invented."""

from __future__ import annotations

import pytest

from tests.quotes.attribution.test_attribution_resolution import speakers


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        ("A Graz judge said talks failed.\n\nDistrict Court Justice Rui Costelo left.", ["A Graz judge"],
         "Rui Costelo"),
        ("Lawmaker said talks failed.\n\nRep. Rui Costelo left.", ["Lawmaker"], "Rui Costelo"),
        ("A lawmaker said talks failed.\n\nRep. Rui Costelo met Sen. Ana Brandtner.", ["A lawmaker"], None),
        ("Rui Costelo left.\n\nMore.\n\nMore.\n\nMore.\n\nA judge said talks failed.\n\nJustice Ana Brandtner left.",
         ["A judge"], None),
        ("Ana Brandtner met Rui Costelo. The 34-year-old mother of three said talks failed.",
         ["The 34-year-old mother of three"], "Ana Brandtner"),
        ("It rained. The 34-year-old mother of three said talks failed.", ["The 34-year-old mother of three"], None),
        ("The plan of Rui Costelo and Ana Brandtner failed. The two leaders said talks would go on.",
         ["The two leaders"], "Rui Costelo; Ana Brandtner"),
        ("The plan of Rui Costelo, Ivo Harrow and Ana Brandtner failed. The two leaders said so.",
         ["The two leaders"], None),
        ("Sen. Rui Costelo and Sen. Ana Brandtner said talks failed. The senators said no date was set.",
         ["Sen. Rui Costelo and Sen. Ana Brandtner", "The senators"], "Rui Costelo; Ana Brandtner"),
        ("Mayors Rui Costelo and Ana Brandtner said talks failed. The senators said no date was set.",
         ["Mayors Rui Costelo and Ana Brandtner", "The senators"], None),
        ("Wells Fargo met. The bank said talks failed.", ["The bank"], "Wells Fargo"),
        ("Wells Fargo met. The website said talks failed.", ["The website"], None),
        ("The Vesta Alliance met. The company said talks failed.", ["The company"], None),
        ("The Vesta Initiative met.\n\nThe group said talks failed.", ["The group"], "Vesta Initiative"),
        ("The Vesta Initiative met the Lumen Initiative. The group said talks failed.", ["The group"], None),
        ("Former minister Ana Brandtner left. The ex-minister said so.", ["The ex-minister"], "Ana Brandtner"),
        ("Ana Brandtner left. The ex-minister said talks failed.", ["The ex-minister"], None),
        ("A note on the Harrow campaign's website said talks failed.", ["A note on the Harrow campaign's website"],
         "Harrow campaign"),
        ("A post on the Vesta Institute's page said so.", ["A post on the Vesta Institute's page"], "Vesta Institute"),
        ("A note on somebody's website said talks failed.", ["A note on somebody's website"], None),
        ("Rui Costelo, a lawyer, left. Ivo Harrow came. His lawyer said talks failed.", ["His lawyer"], None),
    ],
)  # fmt: skip
def test_descriptions(text, sources, expected):
    assert speakers(text, *sources)[-1] == expected
