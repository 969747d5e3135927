"""Whose a document is: its phrase, another sentence, or nobody. All people and bodies are invented."""

from __future__ import annotations

import pytest

from tests.quotes.attribution.test_attribution_resolution import speakers


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        # Named elsewhere
        ("Poll said so.\n\nIt rained.\n\nA poll by the Vesta Institute came out.", ["Poll"], "Vesta Institute"),
        ("A new poll said so.\n\nThe Vesta Institute poll came out.", ["A new poll"], "Vesta Institute"),
        ("A new poll said so.\n\nThe polls of summer came out.", ["A new poll"], None),
        ("A report by the Vesta Institute came out. It rained. The study said so.", ["The study"], "Vesta Institute"),
        ("A report by the Vesta Institute came out. It rained. The letter said so.", ["The letter"], None),
        ("A law of the Vesta Institute came out. The law said so.", ["The law"], None),
        ("Several polls by the Vesta Institute came out. Polls said so.", ["Polls"], None),
        # Who made it
        (
            "Ana Brandtner said in a letter that it rained. The letter said so.",
            ["Ana Brandtner", "The letter"],
            "Ana Brandtner",
        ),
        ("Ana Brandtner said that the letter was lost. The letter said so.", ["Ana Brandtner", "The letter"], None),
        (
            "The Court of Appeals for Graz said no. The ruling said so.",
            ["The Court of Appeals for Graz", "The ruling"],
            "Court of Appeals for Graz",
        ),
        ("The Vesta Institute said no. The ruling said so.", ["The Vesta Institute", "The ruling"], None),
        # It
        ("Ana Brandtner said no in a statement. It read so.", ["Ana Brandtner", "It"], "Ana Brandtner"),
        ("Ana Brandtner's reply was short. It read so.", ["It"], "Ana Brandtner"),
        ("The weather was fine. It read so.", ["It"], None),
        # The phrase itself
        ("Letters seen by The Graz Ledger said so.", ["Letters seen by The Graz Ledger"], None),
        (
            "The audit, completed in May by the Vesta Institute, said so.",
            ["The audit, completed in May by the Vesta Institute,"],
            "Vesta Institute",
        ),
        ("The audit, completed in May, said so.", ["The audit, completed in May,"], None),
        (
            "A joint statement from the foreign ministers of France, Germany and Italy said so.",
            ["A joint statement from the foreign ministers of France, Germany and Italy"],
            "France; Germany; Italy",
        ),
    ],
)
def test_documents(text, sources, expected):
    assert speakers(text, *sources)[-1] == expected
