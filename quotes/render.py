"""An article in the terminal with its quotations highlighted, for ``quotes show`` and ``quotes demo``.

Texts are data: nothing in them is read as markup, and control characters (which could drive the terminal) are drawn as
a replacement character.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import regex
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from quotes.model import ACTS, Article, Extraction, Quotation, Span

_CONTROL = regex.compile(r"[\p{Cc}\p{Cf}--[\n\t]]", regex.V1)

STYLES = {"direct": "green", "mixed": "cyan", "indirect": "yellow"}
CUE = "bold magenta"
SOURCE = "bold blue"
NESTED = "underline"


def printable(text: str) -> str:
    """``text`` with every control character but line end and tab replaced; as long as before, so that offsets hold."""
    return _CONTROL.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Shown:
    """One quotation as it is shown: its places and what is said of it."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    form: str
    act: str
    speaker: str | None
    note: str | None
    nested: bool


def shown(quotation: Quotation) -> Shown:
    """A quotation of the data model as it is shown."""
    speaker = quotation.speaker
    described = ", ".join(x for x in (speaker.role, speaker.country) if x) if speaker else None
    return Shown(
        quotation.content,
        quotation.cue.span if quotation.cue else None,
        quotation.source,
        quotation.form,
        quotation.act,
        speaker.name if speaker else None,
        described,
        quotation.inside is not None,
    )


def all_shown(extraction: Extraction) -> list[Shown]:
    """All quotations of an extraction as they are shown."""
    return [shown(quotation) for quotation in extraction.quotations]


def legend(*, plain: bool) -> Text:
    """What the colours mean; without colours, what the brackets mean."""
    if plain:
        return Text("[1 ...] the words of quotation 1, which the list below the text gives to its speaker")
    out = Text()
    for form, style in STYLES.items():
        out.append(f" {form} ", f"reverse {style}").append("  ")
    return out.append("cue", CUE).append("   ").append("source", SOURCE).append("   ").append("inside another", NESTED)


def article_text(text: str, quotations: Sequence[Shown], *, plain: bool) -> Text:
    """The whole text with content, cues and sources coloured, and the number of each quotation before its words.

    ``plain``: brackets enclose each piece of content, for output without colours.
    """
    out = Text(printable(text), no_wrap=False)
    for quotation in quotations:
        style = STYLES[quotation.form] + (f" {NESTED}" if quotation.nested else "")
        for span in quotation.content:
            out.stylize(style, span.start, span.end)
    for quotation in quotations:
        for part, style in ((quotation.source, SOURCE), (quotation.cue, CUE)):
            if part:
                out.stylize(style, part.start, part.end)
    return _with_marks(out, _brackets(quotations) if plain else _numbers(quotations))


_Mark = tuple[int, int, int, str]  # offset; then what sorts the marks at one offset; the mark


def _numbers(quotations: Sequence[Shown]) -> list[_Mark]:
    return [(q.content[0].start, 0, number, f"[{number}]") for number, q in enumerate(quotations, 1)]


def _brackets(quotations: Sequence[Shown]) -> list[_Mark]:
    marks: list[_Mark] = []
    for number, quotation in enumerate(quotations, 1):
        for span in quotation.content:
            # Where they meet, brackets close before others open, and longer ones enclose shorter ones.
            marks.append((span.end, 0, -span.start, "]"))
            marks.append((span.start, 1, -span.end, f"[{number} "))
    return marks


def _with_marks(text: Text, marks: Sequence[_Mark]) -> Text:
    out = Text()
    ordered = sorted(marks)
    # cut once: every slice of a Text goes through all its styles
    *before, last = text.divide([offset for offset, _, _, _ in ordered])
    for piece, (_, _, _, mark) in zip(before, ordered, strict=True):
        out.append_text(piece).append(mark, "dim")
    return out.append_text(last)


def quotation_table(text: str, quotations: Sequence[Shown]) -> Table:
    """Two lines or more a quotation: number, speaker and role, form and act, words."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("speaker", min_width=16, max_width=30)
    table.add_column("form, act", no_wrap=True)
    table.add_column("words")
    for number, quotation in enumerate(quotations, 1):
        who = _who(quotation)
        if quotation.note:
            who.append(f"\n{printable(quotation.note)}", "dim")
        table.add_row(
            str(number),
            who,
            Text(f"{quotation.form}\n{quotation.act}", STYLES[quotation.form]),
            _words(quotation, text),
        )
    return table


def short_table(text: str, quotations: Sequence[Shown]) -> Table:
    """One line a quotation, cut at the width of the terminal."""
    longest = max((len(_who(quotation)) for quotation in quotations), default=0)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("#", justify="right", style="dim", width=len(str(len(quotations))))
    table.add_column("speaker", no_wrap=True, width=min(26, longest), overflow="ellipsis")
    table.add_column("act", no_wrap=True, width=max(map(len, ACTS)))
    table.add_column("words", no_wrap=True, overflow="ellipsis", ratio=1)
    for number, quotation in enumerate(quotations, 1):
        act = Text(quotation.act, STYLES[quotation.form])
        table.add_row(str(number), _who(quotation), act, _words(quotation, text))
    return table


def _who(quotation: Shown) -> Text:
    return Text(printable(quotation.speaker or "unknown"), "bold" if quotation.speaker else "dim italic")


def _words(quotation: Shown, text: str) -> Text:
    words = " … ".join(span.of(text) for span in quotation.content)
    return Text(printable(" ".join(words.split())))


def heading(article: Article) -> Text:
    """Title, date, publisher and agency, as far as they are known."""
    out = Text(printable(article.title or article.path or "Text"), "bold")
    facts = [x for x in (article.published, article.publisher, article.agency, article.kind) if x]
    return out.append(f"   {' · '.join(printable(fact) for fact in facts)}", "dim") if facts else out


def page(
    article: Article,
    quotations: Sequence[Shown],
    *,
    plain: bool,
    table: Callable[[str, Sequence[Shown]], Table] | None = None,
) -> RenderableType:
    """Heading, legend, highlighted text and ``table`` (default: quotation_table). ``plain``: without colours."""
    shown_text = article_text(article.text.strip("\n"), [_shifted(q, article.text) for q in quotations], plain=plain)
    listed: RenderableType = Text("No quotations found.", "dim")
    if quotations:
        listed = (table or quotation_table)(article.text, quotations)
    return Group(heading(article), legend(plain=plain), Text(), shown_text, Text(), listed)


def _shifted(quotation: Shown, text: str) -> Shown:
    """The same places in the text without the line ends at its head."""
    skip = len(text) - len(text.lstrip("\n"))

    def moved(span: Span | None) -> Span | None:
        return None if span is None else Span(span.start - skip, span.end - skip)

    content = tuple(Span(s.start - skip, s.end - skip) for s in quotation.content)
    return replace(quotation, content=content, cue=moved(quotation.cue), source=moved(quotation.source))
