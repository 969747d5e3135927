"""Who issued a statement, from its heading and its first words."""

from __future__ import annotations

import pytest

from quotes.attribution.issuer import issuer
from quotes.detection.documents.statements import signed
from quotes.model import Article

WE = "\n\nWe condemn the attack. We call on all parties to stop. We reaffirm our support for the talks of the spring.\n"


def it(name: str) -> str:
    return f"\n\n{name} strongly condemns the attack. {name} calls on all parties to stop. Nine people were killed.\n"


ISSUERS = [
    ("CHAIRMAN’S STATEMENT OF THE 48TH ASEAN SUMMIT" + WE, "ASEAN"),
    ("G7 Foreign Ministers’ Statement on the Strait" + WE, "G7"),
    ("Joint Statement by President Ana Petrova and Prime Minister Lars Dahl" + WE, "Ana Petrova; Lars Dahl"),
    ("Joint statement: UK, France and Germany call for talks" + WE, "United Kingdom; France; Germany"),
    ("Joint Statement between Japan and the Republic of Korea" + WE, "Japan; South Korea"),
    ("Declaration of the Heads of State of the Pacific Islands Forum" + WE, "Pacific Islands Forum"),
    ("Oslo Communiqué\n\nIssued by NATO Heads of State and Government participating in the meeting" + WE, "NATO"),
    ("Final Communiqué of the Extraordinary Summit, issued by the League of Arab States" + WE, "Arab League"),
    ("Foreign Ministry Statement" + it("The Ministry of Trade of Serbia"), "Ministry of Trade of Serbia"),
    ("Statement by the Embassy of Sweden in Nairobi" + it("The Embassy"), "Embassy of Sweden in Nairobi"),
    ("Comment by Spokeswoman Maria Sokolova on the statement of the EU" + it("Russia"), "Russia"),
    ("Statement on the Attack" + it("The attack"), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), ISSUERS, ids=[text.split("\n")[0] for text, _ in ISSUERS])
def test_who_issued_it(text: str, name: str | None) -> None:
    speaker = issuer(Article(text))
    assert (speaker.name if speaker else None) == name


def test_the_document_may_call_them_its_leaders() -> None:
    text = "G20 Leaders’ Declaration" + WE.replace("We condemn", "We, the Leaders of the G20, condemn")
    speaker = issuer(Article(text))
    assert speaker is not None
    assert (speaker.name, speaker.name_in_document) == ("G20", "Leaders of the G20")


SIGNED = [
    ("Statement on the death of Sir Martin Ellwood\n\nStatement by Foreign Secretary Helen Marsh", "Helen Marsh"),
    ("Foreign Minister Nino Kobalia’s remarks to the press", "Nino Kobalia"),
    ("Remarks of Ambassador Joan Prior at the opening", "Joan Prior"),
    ("Daily Briefing\n\nThe following is a transcript of the briefing by Jo Dahl, Spokesman.", "Jo Dahl"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "name"), SIGNED)
def test_who_speaks_in_the_first_person(head: str, name: str) -> None:
    first = "I am glad to be here, and I thank my hosts. I will be brief today."
    text = f"{head}\n\nGood morning.\n\n{first}\n\nMy thoughts are with the town."
    found = signed(Article(text))
    assert found is not None
    assert found.name.endswith(name)
    assert found.content[0].of(text) in {"Good morning.", first}


def test_a_statement_that_somebody_issued_for_a_body_is_not_theirs() -> None:
    text = (
        "Security Council Press Statement\n\nThe following press statement was issued today by Council President Jo "
        "Dahl:\n\nThe members of the Security Council condemned the attack. The members of the Security Council "
        "expressed sympathy."
    )
    assert signed(Article(text)) is None
    speaker = issuer(Article(text))
    assert speaker is not None
    assert speaker.name_in_document == "members of the Security Council"
