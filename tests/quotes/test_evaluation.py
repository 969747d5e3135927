"""Scores against annotated documents: which statements count as found, whose speaker as right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click.testing
import pytest

from quotes import cli, evaluation
from quotes.evaluation import match, normal_name, read_gold, score
from quotes.model import Article, Extraction, Quotation, Span, Speaker

TEXT = "Anna Berg said the road was open. Carl Dahl denied the bridge was shut.\n\u2028The end."
ROAD, BRIDGE = Span(15, 32), Span(51, 70)
GOLD: dict[str, Any] = {
    "id": "roads",
    "text": TEXT,
    "statements": [
        {"form": "indirect", "content": ["the road was open"], "speaker": "Anna Berg"},
        {"form": "indirect", "content": ["the bridge was shut"], "speaker": "Carl Dahl"},
    ],
}
SHARED = Path(__file__).resolve().parents[3] / "shared"


def said(span: Span, name: str | None, form: Any = "indirect") -> Quotation:
    speaker = Speaker(f"Dr {name}", name, "person") if name else None
    return Quotation(form, "speech", "state", (span,), speaker=speaker)


@pytest.fixture
def gold(tmp_path: Path) -> evaluation.Gold:
    path = tmp_path / "roads.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    (document,) = read_gold(path)
    return document


def test_statements_are_found_in_the_text(gold: evaluation.Gold) -> None:
    assert [[span.of(TEXT) for span in s.content] for s in gold.statements] == [
        ["the road was open"],
        ["the bridge was shut"],
    ]


def test_all_right(gold: evaluation.Gold) -> None:
    total = score([(gold, Extraction(Article(TEXT), (said(ROAD, "Anna Berg"), said(BRIDGE, "Carl Dahl"))))])
    assert (total.precision, total.recall, total.f1, total.attributed_f1) == (1, 1, 1, 1)
    assert total.misses == []
    assert total.by_form["indirect"] == [2, 2, 2]


def test_nothing_found(gold: evaluation.Gold) -> None:
    total = score([(gold, Extraction(Article(TEXT), ()))])
    assert (total.recall, total.f1) == (0, 0)
    assert len(total.misses) == 2


def test_the_wrong_speaker_the_wrong_form_and_one_too_many(gold: evaluation.Gold) -> None:
    quotations = (said(ROAD, "Carl Dahl"), said(BRIDGE, "Carl Dahl", "direct"), said(Span(0, 9), None))
    total = score([(gold, Extraction(Article(TEXT), quotations))])
    assert (total.gold, total.predicted, total.found, total.right_speaker, total.right_form) == (2, 3, 2, 1, 1)
    assert total.precision == pytest.approx(2 / 3)
    assert total.attributed_f1 == pytest.approx(2 / 5)
    assert len(total.misses) == 2


def test_thoughts_do_not_count(gold: evaluation.Gold) -> None:
    thought = Quotation("indirect", "thought", "believe", (Span(0, 9),))
    assert score([(gold, Extraction(Article(TEXT), (thought,)))]).predicted == 0


def test_pairs_are_one_to_one_and_best_first() -> None:
    assert match([{1, 2, 3}, {1, 2, 3, 4}], [{1, 2, 3, 4}]) == {1: 0}
    assert match([{1, 2, 3, 4}], [{1}, {1, 2, 3}]) == {0: 1}
    assert match([{1, 2, 3, 4, 5, 6, 7, 8, 9}], [{1, 2}]) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Muller"), ("the Ministry", "Ministry"), ("Mr. Ng", "Ng"), ("O’Neil’s", "O Neil"), ("ANNA", "anna")],
)
def test_names_are_the_same_but_for_spelling(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


def test_lines_of_extract_are_gold_too(tmp_path: Path) -> None:
    from quotes.jsonl import to_line

    extraction = Extraction(
        Article(TEXT), (said(ROAD, "Anna Berg"),)
    )  # the text holds U+2028, which is no line end here
    path = tmp_path / "corrected.jsonl"
    path.write_text(to_line(extraction) + "\n" + to_line(extraction) + "\n", encoding="utf-8")
    documents = list(read_gold(path))
    assert [document.name for document in documents] == ["corrected:1", "corrected:2"]
    assert score((document, extraction) for document in documents).f1 == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", "{no", "a.json: not JSON"),
        ("b.jsonl", '\n{"document": {}}', "b.jsonl: line 2: not an annotated document"),
        (
            "c.json",
            json.dumps({**GOLD, "text": "Other words."}),
            "c.json: content not in the text: 'the road was open'",
        ),
        ("d.json", "[1]", "d.json: not an annotated document"),
    ],
)
def test_what_is_no_gold_is_told_in_one_line(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = click.testing.CliRunner().invoke(cli.main, ["evaluate", str(tmp_path / name)])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr


def test_evaluate_scores_the_engine_on_a_sample(tmp_path: Path) -> None:
    sample = sorted((Path(cli.__file__).parent / "samples").glob("*.json"))[0]
    result = click.testing.CliRunner().invoke(cli.main, ["evaluate", str(sample), "-v"])
    assert result.exit_code == 0, result.stderr
    figures = dict(line.split("\t") for line in result.stdout.splitlines() if line.count("\t") == 1)
    assert int(figures["statements"]) == len(json.loads(sample.read_text(encoding="utf-8"))["statements"])
    assert 0.5 < float(figures["found F1"]) <= 1


@pytest.mark.skipif(not (SHARED / "data" / "seeds").is_dir(), reason="needs ../shared with the user's example")
def test_the_users_example(tmp_path: Path) -> None:
    """Not scored: only that the command gives the lines that the contract promises on it."""
    program = [sys.executable, "-m", "quotes.cli", "extract", "--jsonl", str(SHARED / "data" / "seeds")]
    result = subprocess.run(program, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    line = json.loads(result.stdout.split("\n")[0])
    assert (line["document"]["published"], line["document"]["agency"]) == ("2021-04-06", "Reuters")
    direct = [q["content"][0]["text"] for q in line["quotations"] if q["form"] == "direct"]
    assert len(direct) == 3
    assert direct[0] == direct[1]  # the standfirst's and its repeat in the body
    by = [q["speaker"] and q["speaker"]["name"] for q in line["quotations"] if q["form"] == "direct"]
    assert by == ["Sergey Lavrov"] * 3
    everything = " ".join(piece["text"] for q in line["quotations"] for piece in q["content"])
    assert "what kind of equipment" not in everything  # "did not specify": nothing was said
