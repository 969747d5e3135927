"""An article in the terminal with its quotations highlighted, for ``quotes show`` and ``quotes demo``.

Texts are data: nothing in them is read as markup, and control characters (which could drive the terminal) are drawn as
a replacement character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from quotes.model import Article, Extraction, Quotation, Span

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


def legend() -> Text:
    """What the colours mean."""
    out = Text("  ")
    for form, style in STYLES.items():
        out.append(f" {form} ", f"reverse {style}").append("  ")
    return out.append("cue", CUE).append("   ").append("source", SOURCE).append("   ").append("inside another", NESTED)


def article_text(text: str, quotations: Sequence[Shown]) -> Text:
    """The whole text; content pieces are coloured by form, the first one of each quotation has its number before."""
    out = Text(printable(text), no_wrap=False)
    for quotation in quotations:
        style = STYLES[quotation.form] + (f" {NESTED}" if quotation.nested else "")
        for span in quotation.content:
            out.stylize(style, span.start, span.end)
    for quotation in quotations:
        for part, style in ((quotation.source, SOURCE), (quotation.cue, CUE)):
            if part:
                out.stylize(style, part.start, part.end)
    return _numbered(out, [quotation.content[0].start for quotation in quotations])


def _numbered(text: Text, starts: Sequence[int]) -> Text:
    out = Text()
    at = 0
    for number, start in sorted(enumerate(starts, 1), key=lambda pair: pair[1]):
        out.append_text(text[at:start]).append(f"[{number}]", "dim")
        at = start
    return out.append_text(text[at:])


def quotation_table(text: str, quotations: Sequence[Shown]) -> Table:
    """One row a quotation: number, speaker, form and act, words."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=False)
    table.add_column("#", justify="right", style="dim")
    table.add_column("speaker", min_width=16)
    table.add_column("form, act")
    table.add_column("words")
    for number, quotation in enumerate(quotations, 1):
        words = " … ".join(span.of(text) for span in quotation.content)
        who = Text(quotation.speaker or "unknown", "bold" if quotation.speaker else "dim italic")
        if quotation.note:
            who.append(f"\n{quotation.note}", "dim")
        table.add_row(
            str(number),
            who,
            Text(f"{quotation.form}\n{quotation.act}", STYLES[quotation.form]),
            Text(printable(" ".join(words.split()))),
        )
    return table


def heading(article: Article) -> Text:
    """Title, date, publisher and agency, as far as they are known."""
    out = Text(printable(article.title or article.path or "Text"), "bold")
    facts = [x for x in (article.published, article.publisher, article.agency, article.kind) if x]
    return out.append(f"   {' · '.join(printable(fact) for fact in facts)}", "dim") if facts else out


def whole(extraction: Extraction) -> RenderableType:
    """Heading, legend, highlighted text and table of one extraction."""
    return Group(*_parts(extraction.article, [shown(q) for q in extraction.quotations]))


def _parts(article: Article, quotations: Sequence[Shown]) -> Iterator[RenderableType]:
    yield heading(article)
    yield legend()
    yield Text()
    yield article_text(article.text.strip("\n"), [_shifted(q, article.text) for q in quotations])
    yield Text()
    if quotations:
        yield quotation_table(article.text, quotations)
    else:
        yield Text("No quotations found.", "dim")


def stored(article: Article, quotations: Sequence[Shown]) -> RenderableType:
    """The same from what the store keeps."""
    return Group(*_parts(article, quotations))


def _shifted(quotation: Shown, text: str) -> Shown:
    """The same places in the text without the line ends at its head."""
    skip = len(text) - len(text.lstrip("\n"))

    def moved(span: Span | None) -> Span | None:
        return None if span is None else Span(span.start - skip, span.end - skip)

    content = tuple(Span(s.start - skip, s.end - skip) for s in quotation.content)
    return Shown(
        content, moved(quotation.cue), moved(quotation.source), quotation.form, quotation.act, quotation.speaker,
        quotation.note, quotation.nested,
    )  # fmt: skip
