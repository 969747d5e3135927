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
        ("Ana Brandtner left. The ex-minister said talks failed.", ["The ex-minister"], "Ana Brandtner"),
        ("Ana Brandtner left.\n\nIt rained.\n\nMore.\n\nThe ex-minister said so.", ["The ex-minister"], None),
        ("A note on the Harrow campaign's website said talks failed.", ["A note on the Harrow campaign's website"],
         "Harrow campaign"),
        ("A post on the Vesta Institute's page said so.", ["A post on the Vesta Institute's page"], "Vesta Institute"),
        ("A note on somebody's website said talks failed.", ["A note on somebody's website"], None),
        ("Rui Costelo, a lawyer, left. Ivo Harrow came. His lawyer said talks failed.", ["His lawyer"], None),
    ],
)  # fmt: skip
def test_descriptions(text, sources, expected):
    assert speakers(text, *sources)[-1] == expected


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        # Another word for who is spoken of right here
        ("Ivo Harrow held up the texts. The veteran said so.", ["The veteran"], "Ivo Harrow"),
        ("Ivo Harrow left early. The 74-year-old said so.", ["The 74-year-old"], "Ivo Harrow"),
        ("Ivo Harrow left early. The former schoolteacher said so.", ["The former schoolteacher"], "Ivo Harrow"),
        ("On Tuesday, Ivo Harrow left. The lawmaker said so.", ["The lawmaker"], "Ivo Harrow"),
        ("Her colleague, the engineer Ivo Harrow, left. The inventor said so.", ["The inventor"], "Ivo Harrow"),
        ("Ivo Harrow left. Rui Costelo, a bishop, stayed. The lawmaker said so.", ["The lawmaker"], None),
        ("Foreign Minister Ana Brandtner left. The shopkeeper said so.", ["The shopkeeper"], None),
        ("Ivo Harrow wrote. The police officer on duty said so.", ["The police officer on duty"], None),
        ("Ivo Harrow left.\n\nIt rained.\n\nThe veteran said so.", ["The veteran"], None),
        ("Ivo Harrow left early. The river said so.", ["The river"], None),
        ("Deputy Secretary Ivo Harrow left. The Secretary said so.", ["The Secretary"], None),
        ("Eva Harrow left early. The businessman said so.", ["The businessman"], None),
        # Somebody unnamed before
        (
            "Ambassador Ana Brandtner left. A Norwegian diplomat came late. The diplomat said so.",
            ["The diplomat"],
            None,
        ),
        (
            "A diplomat came late. Ambassador Ana Brandtner left. The diplomat said so.",
            ["The diplomat"],
            "Ana Brandtner",
        ),
        ("Senator Ivo Harrow had a question for the senator. The senator said so.", ["The senator"], "Ivo Harrow"),
        ("Senator Ivo Harrow met an organizer. The organizer said so.", ["The organizer"], None),
        ("Former secretary of state Eva Harrow left. A senior official said so.", ["A senior official"], None),
        # A name that comes later
        (
            "Norland's foreign minister said so.\n\nAna Brandtner, who led the talks, left.",
            ["Norland's foreign minister"],
            None,
        ),
        (
            "Norway's foreign minister said so.\n\nAna Brandtner, who led the talks, left.",
            ["Norway's foreign minister"],
            "Ana Brandtner",
        ),
        (
            "Norway's foreign minister said so.\n\nPeruvian Bishop Ana Brandtner left.",
            ["Norway's foreign minister"],
            None,
        ),
        (
            "Norway's foreign minister said so.\n\nAna Brandtner, a Peruvian bishop, left.",
            ["Norway's foreign minister"],
            None,
        ),
        ("Norway envoy said so.\n\nPeruvian ambassador Ana Brandtner left.", ["Norway envoy"], None),
        # The only one of a country
        ("Ivo Fonoti of Samoa left.\n\nMore.\n\nIt rained. The Samoan said so.", ["The Samoan"], "Ivo Fonoti"),
        (
            "Norwegian minister Ana Brandtner met Peruvian minister Rui Costelo.\n\nThe Norwegian envoy said so.",
            ["The Norwegian envoy"],
            "Ana Brandtner",
        ),
        (
            "Ana Brandtner, who leads the Norwegian delegation, left.\n\nMore.\n\nThe Norwegian envoy said so.",
            ["The Norwegian envoy"],
            "Ana Brandtner",
        ),
        (
            "Norwegian ministers Ana Brandtner and Rui Costelo met.\n\nMore.\n\nThe Peruvian envoy said so.",
            ["The Peruvian envoy"],
            None,
        ),
        # Kin
        ("Rui Costelo met his wife Ana Brandtner.\n\nMore.\n\nHis wife said so.", ["His wife"], "Ana Brandtner"),
        ("Rui Costelo met Ana Brandtner.\n\nMore.\n\nHis wife said so.", ["His wife"], None),
        # Offices of persons
        ("Rui Costelo left. His office said so.", ["His office"], "Rui Costelo"),
        (
            "Foreign Minister Ana Brandtner left. The minister's office said so.",
            ["The minister's office"],
            "Ana Brandtner",
        ),
        ("Nobody left. The minister's office said so.", ["The minister's office"], None),
    ],
)
def test_descriptions_of_persons(text, sources, expected):
    assert speakers(text, *sources)[-1] == expected


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("The Harrow campaign met. It rained. The campaign said so.", "The campaign", "Harrow campaign"),
        ("Ms. Harrow's presidential campaign said so.", "Ms. Harrow's presidential campaign", "Harrow's campaign"),
        ("The Harrow campaign met. The Harrow team said so.", "The Harrow team", "Harrow campaign"),
        ("The Harrow administration met. The administration said so.", "The administration", "Harrow administration"),
        (
            "The Harrow campaign met the Costelo campaign.\nIt rained. It blew. It froze. More. The campaign said so.",
            "The campaign",
            None,
        ),
        ("Nobody met. The campaign said so.", "The campaign", None),
        (
            "The Environmental Protection Agency met. The agency said so.",
            "The agency",
            "Environmental Protection Agency",
        ),
        ("The State Department met. The agency said so.", "The agency", "State Department"),
        ("Amnesty International met. The airline said so.", "The airline", None),
        (
            "A federal court said so.\n\nThe Court of Appeals for Graz met.",
            "A federal court",
            "Court of Appeals for Graz",
        ),
        ("A federal court said so.\n\nNobody met.", "A federal court", None),
        ("Its parent company, Lumen Holdings, said so.", "Its parent company, Lumen Holdings,", "Lumen Holdings"),
        ("Its parent company, a giant, said so.", "Its parent company, a giant,", None),
        (
            "The group, which calls itself the Dune Brigade, said so.",
            "The group, which calls itself the Dune Brigade,",
            "Dune Brigade",
        ),
        ("One of them, Ivo Harrow, said so.", "One of them, Ivo Harrow,", "Ivo Harrow"),
        (
            "One of them, a nurse who gave her name only as Lourdes, said so.",
            "One of them, a nurse who gave her name only as Lourdes,",
            "Lourdes",
        ),
        ("One of them, a nurse, said so.", "One of them, a nurse,", None),
    ],
)
def test_descriptions_of_bodies(text, source, expected):
    assert speakers(text, source) == [expected]
