"""Who said it within one document, without a model: every phenomenon with cases that resolve and cases that stay null.

All people are invented. A case is a text, the sources to look up in it (in order of the text; "" is a quotation without
source, marked by its content), and the speaker expected for the last of them.
"""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from quotes.analysis import Analysis, Finding, Mention
from quotes.attribution import THRESHOLD, attribute
from quotes.model import Article, Cue, Quotation, Span


def analysis_of(text: str, mentions: tuple[Mention, ...] = ()) -> Analysis:
    tokens = tuple(Span(m.start(), m.end()) for m in regex.finditer(r"\w+|[^\w\s]", text))
    sentences = tuple(
        Span(m.start(), m.end())
        for m in regex.finditer(r"[^\s](?:(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.|[^.\n])*)(?:\.[”\"]?|$|(?=\n))", text)
    )
    return Analysis(tokens, sentences, (), mentions)


def finding(text: str, source: str, at: int) -> tuple[Finding, int]:
    """A finding for "SOURCE said CONTENT." or "CONTENT, SOURCE said." from offset ``at`` on."""
    start = text.index(source, at)
    span = Span(start, start + len(source))
    line = Span(text.rfind("\n", 0, start) + 1, (text + "\n").index("\n", start))
    after = Span(span.end, min(line.end, (text + ".").index(".", span.end)))
    words = after.of(text)
    content = (
        Span(after.start + len(words.split(" ", 2)[0]) + 1, after.end)
        if len(words) > 12
        else Span(line.start, max(line.start + 1, span.start))
    )
    form = "direct" if text[max(0, content.start - 1)] in '“"' else "indirect"
    quotation = Quotation(form, "speech", "state", (content,), Cue(Span(span.end, span.end), "say"), span)
    return Finding(quotation, "frame"), span.end


def speakers(text: str, *sources: str, **article: str) -> list[str | None]:
    findings, at = [], 0
    for source in sources:
        found, at = finding(text, source, at)
        findings.append(found)
    quotations = attribute(Article(text, **article), analysis_of(text), findings)  # type: ignore[arg-type]
    return [q.speaker.name_in_document if q.speaker else None for q in quotations]


NAMES = [
    ("Foreign Minister Ana Brandtner spoke. Brandtner said talks would go on.", ["Brandtner"], "Ana Brandtner"),
    ("Ana Brandtner arrived. Mrs. Brandtner said talks would go on.", ["Mrs. Brandtner"], "Ana Brandtner"),
    ("Rui Costelo arrived. FM Costelo said talks would go on.", ["FM Costelo"], "Rui Costelo"),
    ("Sergei Orlovsky arrived. Sergey Orlovsky said talks would go on.", ["Sergey Orlovsky"], "Sergei Orlovsky"),
    ("Ana Brandtner met Kurt Brandtner. Kurt Brandtner said talks failed.", ["Kurt Brandtner"], "Kurt Brandtner"),
    ("Bill Harrow met Susan Harrow. Mr. Harrow said talks failed.", ["Mr. Harrow"], "Bill Harrow"),
    ("Bill Harrow met Susan Harrow. Mrs. Harrow said talks failed.", ["Mrs. Harrow"], "Susan Harrow"),
    ("Prime Minister Kang Min-ho spoke. Kang said talks failed.", ["Kang"], "Kang Min-ho"),
    ("Crown Prince Faisal bin Nasser spoke. Prince Faisal said talks failed.", ["Prince Faisal"], "Faisal bin Nasser"),
    ("Mette Jansdottir spoke. Mette said talks failed.", ["Mette"], "Mette Jansdottir"),
    (
        "Russian Foreign Minister Sergei Orlovsky said talks failed.",
        ["Russian Foreign Minister Sergei Orlovsky"],
        "Sergei Orlovsky",
    ),
    (
        "Ana Brandtner, Austria's foreign minister, said talks failed.",
        ["Ana Brandtner, Austria's foreign minister,"],
        "Ana Brandtner",
    ),
    (
        "The foreign minister, Ana Brandtner, said talks failed.",
        ["The foreign minister, Ana Brandtner,"],
        "Ana Brandtner",
    ),
    (
        "Costelo adviser Ana Brandtner said talks failed. Rui Costelo left.",
        ["Costelo adviser Ana Brandtner"],
        "Ana Brandtner",
    ),
    ("Sen. Ana Brandtner (D-Ohio) said talks failed.", ["Sen. Ana Brandtner (D-Ohio)"], "Ana Brandtner"),
    ("CNN's Ana Brandtner said talks failed.", ["CNN's Ana Brandtner"], "Ana Brandtner"),
]

PRONOUNS = [
    ("Ana Brandtner opened the talks. She said they would go on.", ["She"], "Ana Brandtner"),
    ("Ana Brandtner met Robert Costelo. She said talks had failed.", ["She"], "Ana Brandtner"),
    ("Ana Brandtner met Robert Costelo. He said talks had failed.", ["He"], "Robert Costelo"),
    ("Robert Costelo said talks had failed. He said no date was set.", ["Robert Costelo", "He"], "Robert Costelo"),
    ("Robert Costelo said David Harrow had left. He said no date was set.", ["Robert Costelo", "He"], "Robert Costelo"),
    (
        "Ana Brandtner, who opened the talks, said little. Ana Brandtner, who said talks failed, left.",
        ["who said talks failed"[:3]],
        "Ana Brandtner",
    ),
    ("The talks failed. It was cold. He said it would end.", ["He"], None),
    ("Ana Brandtner opened the talks. He said they would go on.", ["He"], None),
    ("The ministers left. They said talks had failed.", ["They"], None),
    ("Some said talks had failed. Ana Brandtner left.", ["Some"], None),
    ("France and Italy said talks failed. They said no date was set.", ["France and Italy", "They"], "France; Italy"),
    (
        "The European Commission said talks failed. It said no date was set.",
        ["The European Commission", "It"],
        "European Commission",
    ),
]

DESCRIPTIONS = [
    ("Foreign Minister Ana Brandtner spoke. The minister said talks failed.", ["The minister"], "Ana Brandtner"),
    (
        "Ana Brandtner, the Austrian foreign minister, spoke. The minister said talks failed.",
        ["The minister"],
        "Ana Brandtner",
    ),
    ("Sen. Ana Brandtner spoke. The senator said talks failed.", ["The senator"], "Ana Brandtner"),
    ("Rep. Robert Costelo spoke. The congressman said talks failed.", ["The congressman"], "Robert Costelo"),
    (
        "Foreign Minister Ana Brandtner met President David Harrow. The president said talks failed.",
        ["The president"],
        "David Harrow",
    ),
    (
        "Russian Minister Sergei Orlovsky met Indian Minister Rajesh Ramanathan. The Indian minister said so.",
        ["The Indian minister"],
        "Rajesh Ramanathan",
    ),
    (
        "Secretary of State David Harrow spoke. The top diplomat said talks failed.",
        ["The top diplomat"],
        "David Harrow",
    ),
    (
        "Ministry spokeswoman Ana Brandtner met Robert Costelo. The spokeswoman said talks failed.",
        ["The spokeswoman"],
        "Ana Brandtner",
    ),
    (
        "Delegates elected Ana Brandtner as President of the Conference. The President said talks failed.",
        ["The President"],
        "Ana Brandtner",
    ),
    ("Foreign Minister Ana Brandtner spoke. A senior official said talks failed.", ["A senior official"], None),
    ("Foreign Minister Ana Brandtner spoke. An aide said talks failed.", ["An aide"], None),
    (
        "Foreign Minister Ana Brandtner spoke. A diplomat left.\n\nMore followed.\n\nSources said no date was set.",
        ["Sources"],
        None,
    ),
    ("Foreign Minister Ana Brandtner spoke. The bishop said talks failed.", ["The bishop"], None),
    ("Deputy Chief Cabinet Secretary Haruto Tanabe came. The Secretary said talks failed.", ["The Secretary"], None),
]

BODIES = [
    ("Moscow said talks failed.", ["Moscow"], "Moscow"),
    ("The Kremlin said talks failed.", ["The Kremlin"], "Kremlin"),
    ("Downing Street said talks failed.", ["Downing Street"], "Downing Street"),
    ("The representative of France said talks failed.", ["The representative of France"], "France"),
    ("The French delegate said talks failed.", ["The French delegate"], "France"),
    ("The Chinese Foreign Ministry said talks failed.", ["The Chinese Foreign Ministry"], "Chinese Foreign Ministry"),
    (
        "A spokesman for the Chinese Foreign Ministry said talks failed.",
        ["A spokesman for the Chinese Foreign Ministry"],
        "Chinese Foreign Ministry",
    ),
    ("A UNICEF spokeswoman said talks failed.", ["A UNICEF spokeswoman"], "UNICEF"),
    (
        "The Ministry of External Affairs (MEA) met. The MEA said talks failed.",
        ["The MEA"],
        "Ministry of External Affairs",
    ),
    (
        "The Alliance to Restore Our Coasts (AROC) met. AROC said talks failed.",
        ["AROC"],
        "Alliance to Restore Our Coasts",
    ),
    ("The Harrow campaign said talks failed.", ["The Harrow campaign"], "Harrow campaign"),
    ("China and Russia said talks failed.", ["China and Russia"], "China; Russia"),
    (
        "Ana Brandtner and Robert Costelo said talks failed.",
        ["Ana Brandtner and Robert Costelo"],
        "Ana Brandtner; Robert Costelo",
    ),
    (
        "The United States, France and Italy said talks failed.",
        ["The United States, France and Italy"],
        "United States; France; Italy",
    ),
    (
        "Foreign Minister Ana Brandtner met Foreign Minister Robert Costelo. The two ministers said talks failed.",
        ["The two ministers"],
        "Ana Brandtner; Robert Costelo",
    ),
    ("US officials said talks failed.", ["US officials"], "US officials"),
    ("The Americans said talks failed.", ["The Americans"], "Americans"),
    ("Protesters said talks failed.", ["Protesters"], None),
    ("Several lawmakers said talks failed.", ["Several lawmakers"], None),
    ("Her campaign said talks failed.", ["Her campaign"], None),
    ("A Nevada Democrat said talks failed.", ["A Nevada Democrat"], None),
]

DOCUMENTS = [
    (
        "A report by Amnesty International said talks failed.",
        ["A report by Amnesty International"],
        "Amnesty International",
    ),
    ("A letter from Ana Brandtner said talks failed.", ["A letter from Ana Brandtner"], "Ana Brandtner"),
    ("Brandtner's letter said talks failed. Ana Brandtner left.", ["Brandtner's letter"], "Ana Brandtner"),
    ("Robert Costelo left early. His letter said talks failed.", ["His letter"], "Robert Costelo"),
    (
        "A study published in the British Medical Journal said talks failed.",
        ["A study published in the British Medical Journal"],
        "British Medical Journal",
    ),
    (
        "A report by Amnesty International said talks failed. The report said no date was set.",
        ["A report by Amnesty International", "The report"],
        "Amnesty International",
    ),
    ("A poll said talks failed.", ["A poll"], None),
    ("Several studies said talks failed. Ana Brandtner left.", ["Several studies"], None),
]


@pytest.mark.parametrize(("text", "sources", "expected"), [*NAMES, *PRONOUNS, *DESCRIPTIONS, *BODIES, *DOCUMENTS])
def test_speaker(text, sources, expected):
    assert speakers(text, *sources)[-1] == expected


def speaker_of(text: str, source: str):
    found, _ = finding(text, source, 0)
    return attribute(Article(text), analysis_of(text), [found])[0].speaker


@pytest.mark.parametrize(
    ("text", "source", "role", "country"),
    [
        (
            "Russian Foreign Minister Sergei Orlovsky said talks failed.",
            "Russian Foreign Minister Sergei Orlovsky",
            "Foreign Minister",
            "RUS",
        ),
        (
            "India's External Affairs Minister Rajesh Ramanathan said talks failed.",
            "Rajesh Ramanathan",
            "External Affairs Minister",
            "IND",
        ),
        (
            "Ana Brandtner, the foreign minister of Austria, said talks failed.",
            "Ana Brandtner",
            "foreign minister",
            "AUT",
        ),
        (
            "UN Secretary-General Ana Brandtner said talks failed.",
            "UN Secretary-General Ana Brandtner",
            "UN Secretary-General",
            None,
        ),
        ("The US-backed leader Ana Brandtner said talks failed.", "Ana Brandtner", "US-backed leader", None),
        (
            "The Prime Minister of Norway, Ana Brandtner, and the President of Peru, Jan Kowal, met. Brandtner spoke.",
            "Brandtner",
            "Prime Minister",
            "NOR",
        ),
        ("Mr. Costelo said talks failed.", "Mr. Costelo", None, None),
        ("Ana Brandtner said talks failed.", "Ana Brandtner", None, None),
    ],
)
def test_role_and_country(text, source, role, country):
    speaker = speaker_of(text, source)
    assert (speaker.role, speaker.country) == (role, country)


@pytest.mark.parametrize(
    ("text", "source", "kind", "country"),
    [
        ("Moscow said talks failed.", "Moscow", "country", "RUS"),
        ("Russia said talks failed.", "Russia", "country", "RUS"),
        ("The Kremlin said talks failed.", "The Kremlin", "organisation", "RUS"),
        ("The UN said talks failed.", "The UN", "organisation", None),
        ("China and Russia said talks failed.", "China and Russia", "group", None),
        ("Ana Brandtner said talks failed.", "Ana Brandtner", "person", None),
        ("The Americans said talks failed.", "The Americans", "group", "USA"),
        ("The French government said talks failed.", "The French government", "country", "FRA"),
    ],
)
def test_kind(text, source, kind, country):
    speaker = speaker_of(text, source)
    assert (speaker.kind, speaker.country) == (kind, country)


def test_canonical_name_of_a_country_and_of_the_united_nations():
    assert speaker_of("The U.S. said talks failed.", "The U.S.").name == "United States"
    assert speaker_of("The UN said talks failed.", "The UN").name == "United Nations"
    assert speaker_of("Kyiv said talks failed.", "Kyiv").name == "Kyiv"


def test_cataphora_in_a_lead():
    text = "Before she left for Vienna, she said talks failed, Ana Brandtner's office noted."
    assert speakers(text, "she said"[:3]) == ["Ana Brandtner"]


def quotation(
    text: str, content: str, form: str = "direct", inside: int | None = None, source: str | None = None
) -> Quotation:
    start = text.index(content)
    span = None if source is None else Span(text.index(source), text.index(source) + len(source))
    return Quotation(form, "speech", "state", (Span(start, start + len(content)),), None, span, inside=inside)  # type: ignore[arg-type]


def test_marks_go_on_with_the_speaker():
    text = "Ana Brandtner said talks failed.\n\n“We are sorry.”\n\n“It is over.”"
    first, _ = finding(text, "Ana Brandtner", 0)
    marks = [Finding(quotation(text, content), "marks") for content in ("We are sorry.", "It is over.")]
    found = attribute(Article(text), analysis_of(text), [first, *marks])
    assert [q.speaker and q.speaker.name for q in found] == ["Ana Brandtner"] * 3


def test_marks_stay_null_after_somebody_else_is_named():
    text = "Ana Brandtner said talks failed.\n\nRobert Costelo left the hall.\n\n“We are sorry.”"
    first, _ = finding(text, "Ana Brandtner", 0)
    found = attribute(Article(text), analysis_of(text), [first, Finding(quotation(text, "We are sorry."), "marks")])
    assert found[1].speaker is None


def test_marks_without_anybody_are_null():
    text = "The hall was full.\n\n“We are sorry.”"
    assert (
        attribute(Article(text), analysis_of(text), [Finding(quotation(text, "We are sorry."), "marks")])[0].speaker
        is None
    )


def test_continuation_follows_its_finding():
    text = "Ana Brandtner said talks failed.\n\nNo date was set."
    first, _ = finding(text, "Ana Brandtner", 0)
    second = Finding(quotation(text, "No date was set", "indirect"), "continuation", follows=0)
    found = attribute(Article(text), analysis_of(text), [first, second])
    assert found[1].speaker == found[0].speaker
    assert found[1].resolution == "continuation"


def test_a_circle_of_continuations_is_null():
    text = "No date was set. None at all."
    one = Finding(quotation(text, "No date was set", "indirect"), "continuation", follows=1)
    two = Finding(quotation(text, "None at all", "indirect"), "continuation", follows=0)
    assert [q.speaker for q in attribute(Article(text), analysis_of(text), [one, two])] == [None, None]


def test_i_in_a_quotation_is_who_speaks_it():
    text = "Ana Brandtner said: “Last year I warned that talks would fail.”"
    outer = Finding(quotation(text, "Last year I warned that talks would fail.", source="Ana Brandtner"), "frame")
    inner = Finding(quotation(text, "talks would fail", "indirect", 0, "I warned"[:1]), "frame")
    inner = Finding(quotation(text, "talks would fail", "indirect", 0, "I"), "frame")
    found = attribute(Article(text), analysis_of(text), [outer, inner])
    assert found[1].speaker is not None
    assert found[1].speaker.name == "Ana Brandtner"


def test_he_in_a_quotation_is_not_who_speaks_it():
    text = "Robert Costelo said: “Yesterday he said talks would fail.”"
    outer = Finding(quotation(text, "Yesterday he said talks would fail.", source="Robert Costelo"), "frame")
    inner = Finding(quotation(text, "talks would fail", "indirect", 0, "he said"[:2]), "frame")
    assert attribute(Article(text), analysis_of(text), [outer, inner])[1].speaker is None


def test_author_of_an_opinion_piece():
    text = "I said talks would fail. They did.\n\nAna Brandtner is a writer in Graz."
    assert speakers(text, "I") == ["Ana Brandtner"]
    assert speakers("I said talks would fail.", "I") == [None]
    assert speakers("I said talks would fail.", "I", author="Ana Brandtner") == ["Ana Brandtner"]


def test_a_models_mentions_are_used():
    text = "Xqwe Zzyzx arrived. Zzyzx said talks failed."
    mentions = (Mention(Span(0, 10), "person"),)
    found, _ = finding(text, "Zzyzx", 12)
    assert attribute(Article(text), analysis_of(text, mentions), [found])[0].speaker.name == "Xqwe Zzyzx"  # type: ignore[union-attr]


def test_confidence_is_scaled_and_explained():
    text = "Ana Brandtner met Robert Costelo. He said talks had failed."
    found, _ = finding(text, "He", 0)
    result = attribute(Article(text), analysis_of(text), [found])[0]
    assert THRESHOLD <= result.confidence < 1
    assert result.resolution is not None
    assert "Robert Costelo" in result.resolution


@given(st.text(alphabet="Aab Ho.,'’\n“”-Mr", max_size=80), st.data())
def test_any_text_and_spans_give_as_many_quotations(text, data):
    findings = []
    for _ in range(data.draw(st.integers(0, 3))):
        if not text:
            break
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        source = data.draw(st.none() | st.just(Span(0, min(start + 1, len(text)))))
        findings.append(Finding(Quotation("direct", "speech", "state", (Span(start, end),), None, source), "frame"))
    result = attribute(Article(text), analysis_of(text), findings)
    assert [q.content for q in result] == [f.quotation.content for f in findings]
    assert all(0 <= q.confidence <= 1 for q in result)


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Secretary of State Ana Brandtner said talks failed.", "Secretary of State Ana Brandtner", "Ana Brandtner"),
        (
            "Minister for Foreign Affairs Elina Costelo said so.",
            "Minister for Foreign Affairs Elina Costelo",
            "Elina Costelo",
        ),
        ("Costelo, the Portuguese minister, said so. Rui Costelo left.", "the Portuguese minister", "Rui Costelo"),
        (
            "An old rival, former mayor Robert Costelo, said so.",
            "An old rival, former mayor Robert Costelo,",
            "Robert Costelo",
        ),
        (
            "Many Egyptian members of Parliament said so.",
            "Many Egyptian members of Parliament",
            "Egyptian members of Parliament",
        ),
        ("The Vermont senator said so. Nobody else came.", "The Vermont senator", None),
        ("A spokesman for Senator Ana Brandtner said so.", "A spokesman for Senator Ana Brandtner", None),
        ("The chairman of Brandtner's party said so. Ana Brandtner left.", "The chairman of Brandtner's party", None),
    ],
)
def test_offices_and_appositions(text, source, expected):
    assert speakers(text, source) == [expected]


def test_delegate_speaks_for_the_country_in_the_coverage_of_a_meeting():
    text = "Switzerland said talks failed. He said no date was set."
    assert speakers(text, "Switzerland", "He", kind="meeting-summary") == ["Switzerland", "Switzerland"]
    assert speakers(text, "Switzerland", "He", kind="article") == ["Switzerland", None]


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        # Who holds a long office
        (
            "The Permanent Secretary, Federal Ministry of Trade, Hajiya Amina Sule, said so.",
            ("The Permanent Secretary, Federal Ministry of Trade, Hajiya Amina Sule,",),
            "Amina Sule",
        ),
        (
            "The Consul-General of Norway, Aino Selmer, said so.",
            ("The Consul-General of Norway, Aino Selmer,",),
            "Aino Selmer",
        ),
        # Address forms
        (
            "H.H. Sheikh Rashid bin Omar met the guest. His Highness said so.",
            ("His Highness",),
            "Rashid bin Omar",
        ),
        ("The guest met Rashid bin Omar. His Highness said so.", ("His Highness",), None),
        # Two who were named as what "the ministers" are
        (
            "Both met: the ministers of the two states, Henrik Alto and Sara Holm. The ministers said so.",
            ("The ministers",),
            "Henrik Alto; Sara Holm",
        ),
        ("Henrik Alto met the ministers of both countries. The ministers said so.", ("The ministers",), None),
        # Who is represented is not who represents
        (
            "The President of Chile, Ana Lima, came. Represented by Rui Costa, the President said so.",
            ("the President",),
            "Ana Lima",
        ),
    ],
)
def test_offices_addresses_and_pairs(text: str, sources: tuple[str, ...], expected: str | None) -> None:
    assert speakers(text, *sources)[-1] == expected
