"""Role, country and kind of a speaker: where the text tells them, and where it tells of another. All are invented."""

from __future__ import annotations

import pytest

from quotes.model import Speaker
from tests.quotes.attribution.test_attribution_resolution import speaker_of

ANY = "any role, or none"


@pytest.mark.parametrize(
    ("text", "source", "role", "country"),
    [
        ("Russian Foreign Minister Sergei Orlovsky said so.", "Sergei Orlovsky", "Foreign Minister", "RUS"),
        ("India's External Affairs Minister Rajesh Raman said so.", "Rajesh Raman", "External Affairs Minister", "IND"),
        (
            "Former French President Rui Costelo said so.",
            "Former French President Rui Costelo",
            "Former French President",
            "FRA",
        ),
        ("Ex-Polish premier Jan Kowal said so.", "Ex-Polish premier Jan Kowal", ANY, "POL"),
        ("Former US Secretary of State Ana Brandtner said so.", "Ana Brandtner", ANY, "USA"),
        ("The EU's top diplomat, Josefa Borrelli, said so.", "Josefa Borrelli", "EU's top diplomat", None),
        ("EU foreign policy chief Josefa Borrelli said so.", "Josefa Borrelli", "EU foreign policy chief", None),
        ("UN Secretary-General Ana Brandtner said so.", "Ana Brandtner", "UN Secretary-General", None),
        ("United Nations Secretary-General Ana Brandtner said so.", "Ana Brandtner", ANY, None),
        ("NATO Secretary General Mark Ruttenberg said so.", "Mark Ruttenberg", "NATO Secretary General", None),
        ("NATO chief Mark Ruttenberg said so.", "Mark Ruttenberg", "NATO chief", None),
        ("IAEA Director General Rafael Grossmann said so.", "Rafael Grossmann", "IAEA Director General", None),
        ("World Bank President Ana Brandtner said so.", "Ana Brandtner", "World Bank President", None),
        (
            "European Commission President Ursula Brandtner said so.",
            "Ursula Brandtner",
            "European Commission President",
            None,
        ),
        ("The US-backed leader Ana Brandtner said so.", "Ana Brandtner", "US-backed leader", None),
        ("Iran-backed militia commander Ali Harrowi said so.", "Ali Harrowi", ANY, None),
        ("Russian-born economist Ivan Harrow said so.", "Ivan Harrow", ANY, None),
        ("Moscow-based analyst Ivan Harrow said so.", "Ivan Harrow", ANY, None),
        ("Anti-Russian activist Ivan Harrow said so.", "Ivan Harrow", ANY, None),
        ("Pro-Russian separatist leader Ivan Harrow said so.", "Ivan Harrow", ANY, None),
        (
            "Chinese Foreign Ministry spokesperson Hua Liming said so.",
            "Hua Liming",
            "Foreign Ministry spokesperson",
            "CHN",
        ),
        ("Hua Liming, a spokesperson for the Chinese Foreign Ministry, said so.", "Hua Liming", ANY, "CHN"),
        ("Hua Liming, spokeswoman of China's foreign ministry, said so.", "Hua Liming", ANY, "CHN"),
        ("Kremlin spokesman Dmitry Peskovich said so.", "Dmitry Peskovich", "Kremlin spokesman", "RUS"),
        ("White House press secretary Ana Brandtner said so.", "Ana Brandtner", "White House press secretary", "USA"),
        ("State Department spokesman Ivo Harrow said so.", "Ivo Harrow", "State Department spokesman", "USA"),
        ("Pentagon spokesman Ivo Harrow said so.", "Ivo Harrow", "Pentagon spokesman", "USA"),
        ("Downing Street spokesman Ivo Harrow said so.", "Ivo Harrow", ANY, "GBR"),
        ("Hamas official Omar Haddadi said so.", "Omar Haddadi", "Hamas official", "PSE"),
        ("US Senator Ivo Harrow said so.", "Ivo Harrow", "Senator", "USA"),
        ("Sen. Ivo Harrow (R-Texas) said so.", "Ivo Harrow", "Sen.", "USA"),
        ("Texas Gov. Ivo Harrow said so.", "Ivo Harrow", "Gov.", "USA"),
        (
            "Israel's ambassador to the United Nations, Ana Brandtner, said so.",
            "Ana Brandtner",
            "ambassador to the United Nations",
            "ISR",
        ),
        ("Israel's ambassador to Germany, Ana Brandtner, said so.", "Ana Brandtner", "ambassador to Germany", "ISR"),
        ("US Ambassador to Russia Ivo Harrow said so.", "Ivo Harrow", ANY, "USA"),
        ("The Russian ambassador to Britain, Andrei Kelinov, said so.", "Andrei Kelinov", ANY, "RUS"),
        ("Ana Brandtner, the ambassador of Peru to Chile, said so.", "Ana Brandtner", ANY, "PER"),
        ("Ana Brandtner, Germany's special envoy for Afghanistan, said so.", "Ana Brandtner", ANY, "DEU"),
        ("UN special envoy for Syria Geir Pedersson said so.", "Geir Pedersson", ANY, None),
        ("The UN envoy to Yemen, Hans Grundvig, said so.", "Hans Grundvig", ANY, None),
        ("The UN's special rapporteur on Iran, Javaid Rehmani, said so.", "Javaid Rehmani", ANY, None),
        ("Amnesty's Russia director, Natalia Zviagin, said so.", "Natalia Zviagin", ANY, None),
        ("Human Rights Watch China director Sophie Harrow said so.", "Sophie Harrow", ANY, None),
        ("Reuters correspondent in Moscow Ivo Harrow said so.", "Ivo Harrow", ANY, None),
        (
            "Ana Brandtner, a professor at Moscow State University, said so.",
            "Ana Brandtner",
            "professor at Moscow State University",
            None,
        ),
        ("Ana Brandtner, an expert on Russia at the Vesta Institute, said so.", "Ana Brandtner", ANY, None),
        ("Opposition leader Ana Brandtner said so.", "Ana Brandtner", "Opposition leader", None),
        ("Ukrainian opposition leader Ana Brandtner said so.", "Ana Brandtner", "opposition leader", "UKR"),
        ("King Abdullahi II of Jordan said so.", "King Abdullahi II", "King", "JOR"),
        (
            "President of the Republic of Cyprus Nikos Harrowidis said so.",
            "Nikos Harrowidis",
            "President of the Republic",
            "CYP",
        ),
        ("Ana Brandtner, president of the European Central Bank, said so.", "Ana Brandtner", ANY, None),
        ("The president of FIFA, Gianni Costelo, said so.", "Gianni Costelo", ANY, None),
        ("The president of Brazil, Rui Costelo, said so.", "Rui Costelo", "president", "BRA"),
        ("Rui Costelo, who was Portugal's prime minister until 2015, said so.", "Rui Costelo", ANY, "PRT"),
        ("Rui Costelo, then Portugal's prime minister, said so.", "Rui Costelo", ANY, "PRT"),
        ("South Korean President Yoon Sung-ho said so.", "Yoon Sung-ho", "President", "KOR"),
        ("North Korean leader Kim Jong-ho said so.", "Kim Jong-ho", "leader", "PRK"),
        ("Congolese President Felix Tshibandu said so.", "Felix Tshibandu", "President", "COD"),
        ("British Prime Minister Keir Harrow said so.", "Keir Harrow", "Prime Minister", "GBR"),
        ("UK Foreign Secretary Keir Harrow said so.", "Keir Harrow", "Foreign Secretary", "GBR"),
        ("England manager Keir Harrow said so.", "Keir Harrow", ANY, "GBR"),
        ("Georgian Dream chairman Irakli Garibaldze said so.", "Irakli Garibaldze", ANY, "GEO"),
        ("Jordan Harrow, a senator, said so.", "Jordan Harrow", "senator", None),
        ("Bank of England governor Andrew Harrow said so.", "Andrew Harrow", ANY, "GBR"),
        ("Taiwanese President Tsai Mei-ling said so.", "Tsai Mei-ling", "President", "TWN"),
        ("Palestinian President Mahmoud Harrowi said so.", "Mahmoud Harrowi", "President", "PSE"),
        ("Kosovo's prime minister, Albin Kurtaj, said so.", "Albin Kurtaj", "prime minister", "XKX"),
        ("Hong Kong leader John Leeson said so.", "John Leeson", "leader", "HKG"),
        ("Scottish First Minister Ana Brandtner said so.", "Ana Brandtner", ANY, "GBR"),
        ("A German government spokesman, Steffen Harrow, said so.", "Steffen Harrow", ANY, "DEU"),
        ("Ana Brandtner, whose country holds the presidency, said so.", "Ana Brandtner", ANY, None),
    ],
)
def test_role_and_country_of_a_person(text, source, role, country):
    speaker = speaker_of(text, source)
    assert speaker is not None
    assert speaker.kind == "person"
    assert speaker.country == country
    if role != ANY:
        assert speaker.role == role


@pytest.mark.parametrize(
    ("text", "source", "kind", "country"),
    [
        ("Moscow said so.", "Moscow", "country", "RUS"),
        ("Beijing said so.", "Beijing", "country", "CHN"),
        ("Tehran and Ankara said so.", "Tehran and Ankara", "group", None),
        ("The Kremlin said so.", "The Kremlin", "organisation", "RUS"),
        ("The Elysée said so.", "The Elysée", "organisation", "FRA"),
        ("Downing Street said so.", "Downing Street", "organisation", "GBR"),
        ("Foggy Bottom said so.", "Foggy Bottom", "organisation", "USA"),
        ("The White House said so.", "The White House", "organisation", "USA"),
        ("The European Union said so.", "The European Union", "organisation", None),
        ("The African Union said so.", "The African Union", "organisation", None),
        ("NATO said so.", "NATO", "organisation", None),
        ("The Bundestag said so.", "The Bundestag", "organisation", "DEU"),
        ("The Chinese Foreign Ministry said so.", "The Chinese Foreign Ministry", "organisation", "CHN"),
        ("The Norwegian government said so.", "The Norwegian government", "country", "NOR"),
        ("The Norwegians said so.", "The Norwegians", "group", "NOR"),
        ("French officials said so.", "French officials", "group", "FRA"),
        ("The envoys of Norway and Peru said so.", "The envoys of Norway and Peru", "group", None),
        ("Ana Brandtner and Rui Costelo said so.", "Ana Brandtner and Rui Costelo", "group", None),
        (
            "An Indian foreign ministry spokesman said so.",
            "An Indian foreign ministry spokesman",
            "organisation",
            "IND",
        ),
        (
            "A spokesman for the Chinese delegation said so.",
            "A spokesman for the Chinese delegation",
            "organisation",
            "CHN",
        ),
        ("White House and Pentagon spokesmen said so.", "White House and Pentagon spokesmen", "group", "USA"),
        ("North Korea's state news agency said so.", "North Korea's state news agency", "organisation", "PRK"),
    ],
)
def test_kind_and_country(text, source, kind, country):
    speaker = speaker_of(text, source)
    assert isinstance(speaker, Speaker)
    assert (speaker.kind, speaker.country) == (kind, country)


@pytest.mark.parametrize(
    "source",
    [
        "A senior official",
        "Sources in the ministry",
        "Two diplomats",
        "A Western intelligence official",
        "Officials there",
        "People familiar with the talks",
        "An aide",
        "Critics",
        "Both",
        "They",
        "It",
        "One of them",
        "The man at the gate",
    ],
)
def test_unnamed_speakers_are_null(source):
    assert speaker_of(f"{source} said so.", source) is None
