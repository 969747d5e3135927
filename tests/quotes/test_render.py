"""Articles in the terminal: marks at the right places, and nothing in a text can drive the terminal."""

from __future__ import annotations

import io
import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from quotes import render
from quotes.model import Article, Cue, Extraction, Quotation, Span, Speaker

TEXT = '"Come," said Ana Ruiz, "before noon." She added that her aide had said it was late.'


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


ANA = Speaker("Ana Ruiz", "Ana Ruiz", "person", "[b]Chair[/b]", "ESP")
QUOTATIONS = (
    Quotation("direct", "speech", "ask", (span("Come"), span("before noon.")), Cue(span("said"), "say"), None, ANA),
    Quotation("indirect", "speech", "state", (span("her aide had said it was late"),), speaker=ANA),
    Quotation("indirect", "speech", "state", (span("it was late"),), inside=1),
)
EXTRACTION = Extraction(Article(TEXT, title="Noon", kind="article"), QUOTATIONS)


def drawn(extraction: Extraction, *, plain: bool = True, colours: bool = False, table: Any = None) -> str:
    console = Console(
        width=80, force_terminal=colours, color_system="standard" if colours else None, highlight=False, record=True,
        file=io.StringIO(),
    )  # fmt: skip
    console.print(render.page(extraction.article, render.all_shown(extraction), plain=plain, table=table))
    return console.export_text(styles=colours)


def test_brackets_enclose_the_words_without_colours() -> None:
    page = " ".join(drawn(EXTRACTION).split())
    assert '"[1 Come]," said Ana Ruiz, "[1 before noon.]" She added that [2 her aide had said [3 it was late]].' in page


def test_numbers_stand_before_the_words_with_colours() -> None:
    page = drawn(EXTRACTION, plain=False)
    assert '"[1]Come," said Ana Ruiz, "before noon."' in page
    assert "[2]her aide" in page


def test_the_table_names_speakers_and_says_when_they_are_unknown() -> None:
    page = drawn(EXTRACTION)
    assert "[b]Chair[/b], ESP" in page  # not read as markup
    assert "unknown" in page
    assert "Come … before noon." in page


def test_the_short_table_has_a_line_for_each() -> None:
    page = drawn(EXTRACTION, table=render.short_table)
    lines = page.splitlines()[-3:]
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert all(len(line) <= 80 for line in lines)


def test_an_article_without_quotations() -> None:
    assert "No quotations found." in drawn(Extraction(Article("Rain."), ()))


def test_line_ends_before_the_text_move_nothing() -> None:
    moved = Extraction(
        Article("\n\n" + TEXT), (Quotation("direct", "speech", "ask", (Span(3, 7),), Cue(Span(10, 14), "say")),)
    )
    assert '"[1 Come]," said' in drawn(moved)


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    safe = render.printable(text)
    assert len(safe) == len(text)
    assert not any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in safe)
    assert "\u202e" not in safe  # which would turn the direction of what follows


@given(st.data())
def test_marks_change_nothing_but_themselves(data: st.DataObject) -> None:
    text = data.draw(st.text("ab .", min_size=1, max_size=40))
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: Span(*sorted(pair)))
    found = data.draw(st.lists(st.lists(place, min_size=1, max_size=3).map(tuple), max_size=4))
    quotations = [render.shown(Quotation("indirect", "speech", "state", content)) for content in found]
    marked = render.article_text(text, quotations, plain=True).plain
    assert marked.count("[") == marked.count("]") == sum(len(content) for content in found)
    for number in range(1, len(found) + 1):
        marked = marked.replace(f"[{number} ", "")
    assert marked.replace("]", "") == text


def test_thousands_of_quotations_are_marked_in_linear_time() -> None:
    count, length = 4000, 10
    pieces = [Span(length * number, length * number + 8) for number in range(count)]
    shown = [render.shown(Quotation("direct", "speech", "state", (piece,))) for piece in pieces]
    began = time.process_time()
    marked = render.article_text("We agree. " * count, shown, plain=True)
    assert marked.plain.count("]") == count
    assert time.process_time() - began < 5  # seconds; more than half a minute when every piece is cut out for itself
