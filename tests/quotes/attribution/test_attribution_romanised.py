"""Speakers across documents in the romanisations, orders and short forms of the press. All are invented."""

from __future__ import annotations

import pytest

from quotes.attribution.names import parse, same_romanised, skeleton
from quotes.attribution.speakers import SpeakerRegistry
from tests.quotes.attribution.test_attribution_speakers import pairwise

FM, PM, PRES = "Foreign Minister", "Prime Minister", "President"

# Who it truly is, name in the document, country, role: two or three a document.
PRESS: list[list[tuple[str, str, str | None, str | None]]] = [
    [("lukashin", "Fyodor Lukashin", "RUS", FM), ("zelenchuk", "Mykola Zelenchuk", "UKR", PRES)],
    [("lukashin", "Feodor Lukashin", "RUS", FM), ("gelovani", "Davit Gelovani", "GEO", "Deputy Foreign Minister")],
    [("gelovani", "David Gelovani", "GEO", "Deputy Foreign Minister"), ("lukashin", "F. Lukashin", "RUS", FM)],
    [("zelenchuk", "Nikolai Zelenchuk", "UKR", PRES), ("lukashin", "Fyodor Petrovich Lukashin", "RUS", FM)],
    [("zelenchuk", "Zelenchuk", "UKR", PRES), ("marzouki", "Moncef Marzoukri", "TUN", PRES)],
    [("marzouki", "Munsif al-Marzuqri", "TUN", PRES), ("haddad-m", "Ahmed Aboul Ghaithi", "EGY", FM)],
    [("haddad-m", "Ahmad Abul Gheithi", "EGY", FM), ("marzouki", "Marzoukri", "TUN", PRES)],
    [("soley", "Qasem Soleymanir", "IRN", "General"), ("araq", "Abbas Araghshi", "IRN", FM)],
    [("soley", "Ghassem Soleimanir", "IRN", "General"), ("araq", "Abbas Araqshi", "IRN", FM)],
    [("araq", "Araqshi", "IRN", FM), ("amir", "Hossein Amirzadeh", "IRN", "Deputy Foreign Minister")],
    [
        ("amir", "Hussein Amirzadeh", "IRN", "Deputy Foreign Minister"),
        ("amir2", "Hassan Amirzadeh", "IRN", "Deputy Foreign Minister"),
    ],
    [("kang", "Kang Kyung-soo", "KOR", FM), ("kang-n", "Kang Kyong-su", "PRK", FM)],
    [("kang", "Kang Gyeong-su", "KOR", FM), ("kang-n", "Kang Kyong Su", "PRK", None)],
    [("kang", "Kyung-soo Kang", "KOR", FM), ("jong", "Kim Jong-hyok", "PRK", "envoy")],
    [("yong", "Kim Yong-hyok", "PRK", "envoy"), ("jong", "Kim Jong Hyok", "PRK", "envoy")],
    [("tsai", "Tsai Mei-ling", "TWN", PRES), ("wang", "Wang Zhiming", "CHN", FM)],
    [("tsai", "Cai Meiling", "TWN", PRES), ("wang", "Zhiming Wang", "CHN", FM)],
    [("wang", "Wang", "CHN", FM), ("wang2", "Wang Zhiyong", "CHN", "spokesman")],
    [("lebreton", "Jean-Yves Lebreton", "FRA", FM), ("della", "François Delacroix", "FRA", PM)],
    [("lebreton", "J.-Y. Lebreton", "FRA", FM), ("della", "Francois Delacroix", "FRA", PM)],
    [("lebreton", "Jean Yves Lebreton", "FRA", FM), ("lebreton2", "Jean-Luc Lebreton", "FRA", FM)],
    [("ferrer", "Lucía Ferrer Ortiz", "ESP", FM), ("varelo", "Juan Carlos Varelo Rodríguez", "PAN", PRES)],
    [("ferrer", "Lucia Ferrer", "ESP", FM), ("varelo", "Juan Carlos Varelo", "PAN", PRES)],
    [("ferrer", "Ferrer", "ESP", FM), ("varelo2", "Juan Pablo Varelo", "PAN", PRES)],
    [("nasser", "Mohammed bin Nasser", "SAU", "Crown Prince"), ("nasser2", "Mohammed bin Faisal", "SAU", "Prince")],
    [("nasser", "Muhammad bin Nasser", "SAU", "Crown Prince"), ("nasser2", "Mohamed bin Faisal", "SAU", "Prince")],
    [("nasser", "Mohamed bin Nasser Al Thunayan", "SAU", "Crown Prince"), ("sargsyan", "Nikol Sargsyani", "ARM", PM)],
    [("sargsyan", "Nikol Sarkisiani", "ARM", PM), ("petros", "Aleksandr Petrosyan", "ARM", FM)],
    [("petros", "Alexander Petrosian", "ARM", FM), ("petros2", "Aleksandra Petrosyan", "ARM", FM)],
    [("erdo", "Recai Erdoğmuş", "TUR", PRES), ("yildiz", "Çağatay Yıldız", "TUR", FM)],
    [("erdo", "Recai Erdogmus", "TUR", PRES), ("yildiz", "Cagatay Yildiz", "TUR", None)],
    [("gylfa", "Þórdís Gylfadóttir", "ISL", FM), ("kjaer", "Søren Kjærgaard", "DNK", FM)],
    [("gylfa", "Thordis Gylfadottir", "ISL", FM), ("kjaer", "Soren Kjaergaard", "DNK", FM)],
    [("szil", "Péter Szilágyi", "HUN", FM), ("stein", "Annegret Steinhöfel", "DEU", "Chancellor")],
    [("szil", "Szilágyi Péter", "HUN", FM), ("stein", "Annegret Steinhoefel", "DEU", "Chancellor")],
    [
        ("raman", "Subrahmanyam Ramanathan", "IND", "External Affairs Minister"),
        ("silva", "Maria Silveira", "BRA", "minister"),
    ],
    [("raman", "S Ramanathan", "IND", "External Affairs Minister"), ("silva2", "Mario Silveira", "BRA", "minister")],
    [("van", "Nguyễn Văn Thành", "VNM", FM), ("tanabe", "Haruto Tanabe", "JPN", PM)],
    [("van", "Nguyen Van Thanh", "VNM", FM), ("tanabe", "Tanabe Haruto", "JPN", PM)],
    [("orlov", "Serguei Orlovski", "RUS", "spokesman"), ("orlova", "Sergei Orlov", "RUS", "spokesman")],
    [("orlov", "Sergey Viktorovich Orlovsky", "RUS", "spokesman"), ("orlova", "Sergey Orlov", "RUS", None)],
    [("orlov", "Sergej Orlovskij", "RUS", None), ("orlov", "S. Orlovsky", "RUS", "spokesman")],
]


def test_the_press_is_wide_enough():
    everybody = [item for document in PRESS for item in document]
    assert len(PRESS) >= 40
    assert len({who for who, *_ in everybody}) >= 25
    spellings = {(who, name) for who, name, *_ in everybody}
    assert len(spellings) >= 2 * len({who for who, _ in spellings}) - 8


@pytest.mark.parametrize("backwards", [False, True])
def test_pairwise_over_the_press(backwards):
    items = [item for document in (reversed(PRESS) if backwards else PRESS) for item in document]
    decisions = SpeakerRegistry().add_all([(name, "person", country, role) for _, name, country, role in items])
    truth, keys = [who for who, *_ in items], [decision.key for decision in decisions]
    wrong = [
        (a[1], b[1])
        for i, a in enumerate(items)
        for j, b in enumerate(items[:i])
        if (keys[i] == keys[j]) != (truth[i] == truth[j])
    ]
    precision, recall = pairwise(truth, keys)
    assert precision >= 0.99, wrong
    assert recall >= 0.93, wrong


def keys_of(first: str, second: str, country: str | None = "RUS", role: str | None = FM) -> tuple[int, int]:
    registry = SpeakerRegistry()
    return registry.add(first, "person", country, role).key, registry.add(second, "person", country, role).key


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Davit Gelovani", "David Gelovani"),
        ("Giorgi Maisurashvili", "George Maisurashvili"),
        ("Mikheil Saakadze", "Mikhail Saakadze"),
        ("Abdel Fattah el-Sisri", "Abdul Fattah al-Sisri"),
        ("Walid al-Moualir", "Walid Muallir"),
        ("Abdelmadjid Tebbounir", "Abdelmajid Tebounir"),
        ("Ban Gi-moon", "Ban Gi Moon"),
        ("Luiz Inácio Moreira da Costa", "Luiz Inacio Moreira"),
        ("Vyacheslav Volodarin", "Viacheslav Volodarin"),
        ("Gholam-Hossein Mohsenir", "Gholamhossein Mohsenir"),
        ("William J. Harrow", "Bill Harrow"),
        ("Łukasz Wójcikowski", "Lukasz Wojcikowski"),
        ("Julija Timarenko", "Yulia Tymarenko"),
    ],
)
def test_one_person_where_role_and_country_agree(first, second):
    one, two = keys_of(first, second)
    assert one == two


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kim Jong-hyok", "Kim Yong-hyok"),
        ("Hassan Rahmanian", "Hussein Rahmanian"),
        ("Karim Haddadi", "Karima Haddadi"),
        ("Aleksandr Popovin", "Aleksandra Popovina"),
        ("Volodymyr Melnykov", "Volodymyra Melnykova"),
        ("Li Wei", "Li Hui"),
        ("Wang Yi", "Wang Yu"),
        ("Ivan Petrovin", "Igor Petrovin"),
        ("Nikolai Petrovin", "Nikita Petrovin"),
        ("Anna Bergström", "Hanna Bergström"),
        ("Ali Rahmani", "Ali Rahimi"),
    ],
)
def test_two_persons_though_role_and_country_agree(first, second):
    one, two = keys_of(first, second)
    assert one != two


@pytest.mark.parametrize(("country", "role"), [(None, FM), ("RUS", None), (None, None)])
def test_consonants_alone_join_nobody(country, role):
    """Romanisations that only the consonants share need the same country and the same office."""
    assert len(set(keys_of("Kang Kyung-soo", "Kang Gyeong-su", country, role))) == 2
    assert len(set(keys_of("Kang Kyung-soo", "Kang Gyeong-su"))) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("Gyeong", "Kyung"), ("Sargsyan", "Sarkisian"), ("Ghaith", "Gheit"), ("Cai", "Tsai")]
)
def test_skeletons_of_one_name(first, second):
    assert skeleton(first) == skeleton(second)


@pytest.mark.parametrize(("first", "second"), [("Jong", "Yong"), ("Ahmed", "Hamid"), ("Petrov", "Pavlov")])
def test_skeletons_of_two_names(first, second):
    assert skeleton(first) != skeleton(second)


def test_short_words_have_too_few_consonants():
    assert not same_romanised(parse("Wu Li"), parse("Wu Le"))


def test_a_bare_fathers_name_is_its_bearer():
    registry = SpeakerRegistry()
    full = registry.add("Lucía Ferrer Ortiz", "person", "ESP", FM)
    assert registry.add("Ferrer", "person", "ESP", FM).key == full.key
    assert registry.add("Lucía", "person", "ESP", FM).key != full.key
