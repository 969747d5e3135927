"""One canonical speaker across documents: an invented press of 25 speakers in many spellings, and single decisions."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.attribution.speakers import SpeakerRegistry
from quotes.model import Speaker

# Each document: its speakers as (who it truly is, name in the document, country, role). All persons are invented.
DOCUMENTS: list[list[tuple[str, str, str | None, str | None]]] = [
    [("orlov", "Sergey Orlovsky", "RUS", "Foreign Minister"), ("pereira", "Inês Pereira", "PRT", "Prime Minister")],
    [
        ("orlov", "Sergei Orlovsky", "RUS", "Foreign Minister"),
        ("haddad", "Mahmoud al-Haddad", "JOR", "Foreign Minister"),
    ],
    [("orlov", "Sergej Orlovskij", "RUS", None), ("okafor", "Chinedu Okafor", "NGA", "President")],
    [("orlov", "Orlovsky", "RUS", "Foreign Minister"), ("pereira", "Pereira", "PRT", "Prime Minister")],
    [("melnyk", "Volodymyr Melnychenko", "UKR", "Defence Minister"), ("orlov", "Orlovskiy", "RUS", None)],
    [("melnyk", "Vladimir Melnichenko", None, "Defence Minister"), ("haddad", "Mahmud Al-Haddad", "JOR", None)],
    [("melnyk", "Melnychenko", "UKR", None), ("smith-uk", "John Harrow", "GBR", "Foreign Secretary")],
    [("smith-us", "John Harrow", "USA", "economist"), ("demir", "Tayfun Demirçelik", "TUR", "Foreign Minister")],
    [("demir", "Tayfun Demircelik", "TUR", "Foreign Minister"), ("smith-uk", "Harrow", "GBR", "Foreign Secretary")],
    [("demir", "Demirçelik", "TUR", None), ("jong", "Kang Min-ho", "KOR", "Foreign Minister")],
    [("jong", "Kang Min Ho", "KOR", "Foreign Minister"), ("tanabe", "Haruto Tanabe", "JPN", "Prime Minister")],
    [("jong", "Kang", "KOR", "Foreign Minister"), ("tanabe", "Tanabe Haruto", "JPN", "Prime Minister")],
    [("tanabe", "Tanabe", "JPN", None), ("salman", "Faisal bin Nasser", "SAU", "Crown Prince")],
    [("salman", "Faysal bin Nasser", "SAU", "Crown Prince"), ("salman", "Faisal bin Nasser", None, None)],
    [("salman", "Faisal bin Nasser Al Thunayan", "SAU", None), ("leclerc", "Jean-Marc Leclercq", "FRA", "President")],
    [
        ("leclerc", "Jean Marc Leclercq", "FRA", "President"),
        ("raman", "S. Ramanathan", "IND", "External Affairs Minister"),
    ],
    [("raman", "Subramaniam Ramanathan", "IND", "External Affairs Minister"), ("leclerc", "Leclercq", "FRA", None)],
    [("raman", "Ramanathan", "IND", "minister"), ("whitlock", "William Whitlock", "USA", "senator")],
    [("whitlock", "Bill Whitlock", "USA", "senator"), ("whitlock2", "Susan Whitlock", "USA", "governor")],
    [("whitlock2", "Susan Whitlock", "USA", None), ("whitlock", "William J. Whitlock", "USA", "Sen.")],
    [("novak", "Jiří Novotný", "CZE", "Foreign Minister"), ("novak2", "Petr Novotný", "CZE", "Prime Minister")],
    [("novak", "Jiri Novotny", "CZE", "Foreign Minister"), ("novak2", "Petr Novotny", None, "Prime Minister")],
    [
        ("nguyen", "Nguyễn Văn Thành", "VNM", "Deputy Foreign Minister"),
        ("garcia", "Lucía García Ferrer", "ESP", "Foreign Minister"),
    ],
    [("nguyen", "Nguyen Van Thanh", "VNM", None), ("garcia", "Lucia Garcia Ferrer", "ESP", "Foreign Minister")],
    [
        ("garcia", "Lucía García", "ESP", "Foreign Minister"),
        ("nguyen", "Nguyen Van Thanh", None, "Deputy Foreign Minister"),
    ],
    [("mbeki", "Themba Dlaminivu", "ZAF", "Minister"), ("haddad", "Mahmoud Haddad", "JOR", "Foreign Minister")],
    [("mbeki", "Dlaminivu", "ZAF", "Minister"), ("haddad", "Haddad", "JOR", None)],
    [("haddad2", "Karim Haddad", "LBN", "President"), ("okafor", "Okafor", "NGA", "President")],
    [("haddad2", "Haddad", "LBN", "President"), ("okafor", "Chinedu C. Okafor", "NGA", None)],
    [("grant1", "Edward Granger", "USA", "General"), ("grant2", "Edward Granger Jr.", "USA", "representative")],
    [("grant2", "Edward Granger, Jr.", "USA", None), ("grant1", "Ed Granger", "USA", "General")],
    [("stein", "Annegret Steinhöfel", "DEU", "Chancellor"), ("pereira", "Ines Pereira", "PRT", None)],
    [("stein", "Annegret Steinhofel", "DEU", None), ("vdb", "Pieter van der Meulen", "NLD", "Foreign Minister")],
    [("stein", "Steinhöfel", "DEU", "Chancellor"), ("vdb", "Pieter Van der Meulen", "NLD", None)],
    [("vdb", "Van der Meulen", "NLD", "Foreign Minister"), ("kozlov", "Yevgeny Kozlovich", "BLR", "spokesman")],
    [("kozlov", "Evgeny Kozlovich", "BLR", None), ("kozlov", "Yevgeniy Kozlovich", None, "spokesman")],
    [
        ("silva-br", "Maria Silveira", "BRA", "Environment Minister"),
        ("silva-prof", "Maria Silveira", None, "professor"),
    ],
    [("silva-br", "Maria Silveira", "BRA", None), ("silva-br", "Silveira", "BRA", "Environment Minister")],
    [("xu", "Xu Weiming", "CHN", "Foreign Minister"), ("xu2", "Xu Jian", "CHN", "spokesman")],
    [("xu", "Xu", "CHN", "Foreign Minister"), ("xu2", "Xu Jian", None, "spokesman")],
    [("xu", "Weiming Xu", "CHN", None), ("orlov", "S. Orlovsky", "RUS", "Foreign Minister")],
    [
        ("jansen", "Mette Jansdottir", "ISL", "Prime Minister"),
        ("melnyk", "Volodymyr Melnichenko", "UKR", "Defence Minister"),
    ],
    [("jansen", "Mette Jansdóttir", "ISL", None), ("okafor", "Chinedu Okafor", None, None)],
]


def clusters(registry: SpeakerRegistry) -> tuple[list[str], list[int]]:
    truth, keys = [], []
    for document in DOCUMENTS:
        for who, name, country, role in document:
            truth.append(who)
            keys.append(registry.add(name, "person", country, role).key)
    return truth, keys


def pairwise(truth: list[str], keys: list[int]) -> tuple[float, float]:
    pairs = list(combinations(range(len(truth)), 2))
    together = [(i, j) for i, j in pairs if keys[i] == keys[j]]
    same = [(i, j) for i, j in pairs if truth[i] == truth[j]]
    right = sum(truth[i] == truth[j] for i, j in together)
    return right / len(together), right / len(same)


def test_documents_are_enough():
    assert len(DOCUMENTS) >= 40
    assert len({who for document in DOCUMENTS for who, *_ in document}) >= 25


def test_pairwise_over_documents():
    precision, recall = pairwise(*clusters(SpeakerRegistry()))
    assert precision >= 0.99
    assert recall >= 0.93


def test_pairwise_in_reverse_order():
    """Full names read first, whatever the order of the documents."""
    items = [(who, (name, "person", country, role)) for d in reversed(DOCUMENTS) for who, name, country, role in d]
    decisions = SpeakerRegistry().add_all([item for _, item in items])
    precision, recall = pairwise([who for who, _ in items], [decision.key for decision in decisions])
    assert precision >= 0.99
    assert recall >= 0.93


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Sergey Lavrov", "Sergej Lavrov"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Shinzo Abe", "Abe Shinzo"),
        ("Mohammed bin Salman", "Mohammad bin Salman"),
        ("Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi"),
        ("António Guterres", "Antonio Guterres"),
        ("Jens Stoltenberg", "Jens STOLTENBERG"),
        ("Dmytro Kuleba", "Dmitro Kuleba"),
    ],
)
def test_spellings_are_one_speaker(first: str, second: str):
    registry = SpeakerRegistry()
    assert registry.add(second).key != registry.add("Ana Lima").key
    assert registry.add(first).key == registry.add(second).key


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Bill Clinton", "USA", "president"), ("Hillary Clinton", "USA", "senator")),
        (("Ana Costa", "PRT", "minister"), ("Ana Costa", "BRA", "minister")),
        (("Ana Costa", None, "minister"), ("Ana Costa", None, "professor")),
        (("Omar Haddad Sr.", "JOR", None), ("Omar Haddad Jr.", "JOR", None)),
        (("George W. Bush", "USA", "president"), ("George H. W. Bush", "USA", "president")),
        (("Rossi", None, None), ("Paolo Rossi", "ITA", "minister")),
        (("Kim Jong Un", "PRK", None), ("Kim Yo Jong", "PRK", None)),
    ],
)
def test_namesakes_stay_apart(first, second):
    registry = SpeakerRegistry()
    one = registry.add(first[0], "person", first[1], first[2])
    two = registry.add(second[0], "person", second[1], second[2])
    assert one.key != two.key
    assert one.name != two.name


def test_bare_surname_with_two_bearers_stays_apart():
    registry = SpeakerRegistry()
    keys = {
        registry.add("Ana Brandt", "person", "DEU", "minister").key,
        registry.add("Kurt Brandt", "person", "DEU", "minister").key,
    }
    assert registry.add("Brandt", "person", "DEU", "minister").key not in keys


def test_bare_surname_of_its_only_bearer():
    registry = SpeakerRegistry()
    full = registry.add("Ana Brandtner", "person", "DEU", "minister")
    decision = registry.add("Brandtner", "person", "DEU", None)
    assert (decision.key, decision.rule, decision.name) == (full.key, "bare surname", "Ana Brandtner")


def test_bare_surname_alone_joins_only_who_is_often_named():
    registry = SpeakerRegistry()
    full = registry.add("Ana Brandtner", "person", "DEU", "minister")
    assert registry.add("Brandtner").key != full.key
    registry = SpeakerRegistry()
    for _ in range(3):
        full = registry.add("Ana Brandtner", "person", "DEU", "minister")
    assert registry.add("Brandtner").key == full.key


def test_fuller_name_renames_a_bare_surname_and_says_so():
    registry = SpeakerRegistry()
    bare = registry.add("Brandtner", "person", "DEU", "minister")
    full = registry.add("Ana Brandtner", "person", "DEU", "minister")
    assert (full.key, full.name, full.renamed_from) == (bare.key, "Ana Brandtner", "Brandtner")


def test_a_persons_correction_is_never_changed():
    registry = SpeakerRegistry()
    key = registry.prime("Ana Brandtner", ["A. Brandner"], country="AUT", corrected=True)
    assert registry.add("A. Brandner", "person", "DEU", "professor").key == key
    assert registry.add("Ana Maria Brandtner", "person", "AUT", None).name == "Ana Brandtner"
    assert registry.add("A. Brandner").rule == "corrected"


@pytest.mark.parametrize(
    ("name", "kind", "canonical"),
    [
        ("UN", "organisation", "United Nations"),
        ("the United Nations", "organisation", "United Nations"),
        ("EU", "organisation", "European Union"),
        ("Britain", "country", "United Kingdom"),
        ("U.S.", "country", "United States"),
        ("Moscow", "country", "Moscow"),
    ],
)
def test_bodies(name, kind, canonical):
    assert SpeakerRegistry().add(name, kind).name == canonical


def test_same_named_ministries_of_two_countries():
    registry = SpeakerRegistry()
    one = registry.add("Foreign Ministry", "organisation", "CHN")
    assert registry.add("Foreign Ministry", "organisation", "RUS").key != one.key
    assert registry.add("the Foreign Ministry", "organisation", "CHN").key == one.key


def test_joint_speaker_is_made_canonical_name_by_name():
    registry = SpeakerRegistry()
    registry.add("Sergey Orlovsky", "person", "RUS", None)
    joint = Speaker("Sergei Orlovsky; Ana Lima", "Sergei Orlovsky; Ana Lima", "group")
    assert registry.canonical(joint).name == "Sergey Orlovsky; Ana Lima"


@given(st.lists(st.sampled_from([item for document in DOCUMENTS for item in document]), max_size=30))
def test_keys_are_stable(items):
    """A name once given keeps its key: what comes later changes no earlier decision."""
    registry = SpeakerRegistry()
    first = [registry.add(name, "person", country, role).key for _, name, country, role in items]
    again = SpeakerRegistry()
    prefix = [again.add(name, "person", country, role).key for _, name, country, role in items[: len(items) // 2]]
    assert prefix == first[: len(prefix)]


@given(st.text(max_size=40), st.sampled_from(["person", "organisation", "country", "group"]))
def test_any_text_gets_a_decision(name, kind):
    registry = SpeakerRegistry()
    if not any(c.isalnum() for c in name):
        with pytest.raises(ValueError, match="not a name"):
            registry.add(name, kind)
        return
    assert registry.add(name, kind).key == registry.add(name, kind).key
