"""The chosen quotation in its article: who, how that was found, where it stands, and the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from db.records import ArticleDetail, QuotationRow, QuotationSpans
from quotes.model import Span
from tui.drawing import Run, clean
from tui.hits import places
from tui.widgets.quotation_list import STATUS_GLYPHS
from tui.widgets.text_view import TextView

_STATUS_STYLES = {"confirmed": "bold $success", "corrected": "bold $success", "rejected": "bold $error"}


def resolution_content(row: QuotationRow) -> Content:
    """How the speaker was found: the words of the text, whom they name, and why."""
    source = f"“{clean(row.source)}”" if row.source else "no words name the source"
    parts: list[tuple[str, str]] = [(source, "$quote-source italic")]
    if row.speaker is None:
        parts.append((" → not identified", "$muted"))
    elif row.source != row.speaker:
        parts += [(" → ", "$muted"), (clean(row.speaker), "bold")]
    if row.resolution:
        parts.append((f" · {clean(row.resolution)}", "$muted"))
    parts.append((f" · {row.confidence:.0%} sure", "$muted"))
    return Content.assemble(*parts)


def head_content(row: QuotationRow) -> Content:
    """The lines above the text."""
    role = ", ".join(clean(part) for part in (row.role, row.country) if part)
    who: list[tuple[str, str]] = [(clean(row.speaker or "No speaker found"), "bold $quote-source")]
    if role:
        who.append((f"  {role}", "$muted"))
    how: list[tuple[str, str]] = [
        (f"{STATUS_GLYPHS.get(row.status, '·')} {row.status}", _STATUS_STYLES.get(row.status, "$muted")),
        (f" · {row.form} {row.mode} · {row.act}", "$muted"),
    ]
    if row.repeats:
        elsewhere = "1 other article" if row.repeats == 1 else f"{row.repeats} other articles"
        how.append((f" · also in {elsewhere} (t)", "$accent"))
    origin = [(row.published or "no date")[:10], row.publisher, row.author, row.url or row.path]
    return Content("\n").join(
        [
            Content.assemble(*who),
            resolution_content(row),
            Content.assemble(*how),
            Content.styled(clean(row.title or "Untitled"), "bold"),
            Content.styled(" · ".join(clean(part) for part in origin if part), "$muted"),
        ]
    )


def _runs(spans: Iterable[Span], look: str) -> list[Run]:
    return [Run(span.start, span.end, look) for span in spans]


def article_runs(article: ArticleDetail, chosen: QuotationSpans | None) -> list[Run]:
    """The runs of a whole article: title and headings, all quotations dimly, the chosen one in its colours."""
    runs = [
        Run(block.span.start, block.span.end, "strong" if block.role in ("title", "heading") else "dim")
        for block in article.blocks
        if block.role in ("title", "heading", "furniture", "caption", "byline", "dateline", "date")
    ]
    for quotation in article.quotations:
        if quotation.quotation.status != "rejected" and (chosen is None or quotation is not chosen):
            runs += _runs(quotation.content, "other")
    if chosen is not None:
        runs += _runs(chosen.content, "content")
        runs += _runs([chosen.cue] if chosen.cue else [], "cue")
        runs += _runs([chosen.source] if chosen.source else [], "source")
    return runs


def quotation_at(quotations: Sequence[QuotationSpans], offset: int) -> QuotationSpans | None:
    """The innermost quotation whose content, cue or source covers ``offset``."""
    best: tuple[int, QuotationSpans] | None = None
    for quotation in quotations:
        for span in (*quotation.content, quotation.cue, quotation.source):
            if span is not None and span.start <= offset < span.end and (best is None or len(span) < best[0]):
                best = (len(span), quotation)
    return best[1] if best else None


class ContextPane(Vertical):
    """Head and text. The neighbours in the article are a key or a click away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket,p",
            "neighbour(-1)",
            "Previous here",
            id="context.previous",
            tooltip="Previous quotation of this article",
        ),
        Binding(
            "right_square_bracket,n",
            "neighbour(1)",
            "Next here",
            id="context.next",
            tooltip="Next quotation of this article",
        ),
    ]

    class Wanted(Message):
        """Another quotation of the same article is to be shown."""

        def __init__(self, quotation_id: int) -> None:
            super().__init__()
            self.quotation_id = quotation_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.article: ArticleDetail | None = None
        self.chosen: QuotationSpans | None = None

    def compose(self) -> ComposeResult:
        yield Static(Content("Choose a quotation to see it in its place."), id="context-head")
        yield TextView(id="context-text")

    @property
    def view(self) -> TextView:
        return self.query_one(TextView)

    def show(self, article: ArticleDetail, quotation_id: int | None, found: frozenset[str]) -> None:
        """Shows an article around one of its quotations, or from its top; the words ``found`` are marked."""
        self.article = article
        self.chosen = next((item for item in article.quotations if item.quotation.id == quotation_id), None)
        if self.chosen is not None:
            self.query_one("#context-head", Static).update(head_content(self.chosen.quotation))
            focus = min(span.start for span in (*self.chosen.content, self.chosen.cue, self.chosen.source) if span)
        else:
            self.query_one("#context-head", Static).update(Content(clean(article.article.title or "Untitled")))
            focus = 0
        runs = article_runs(article, self.chosen)
        runs += [Run(start, end, "hit") for start, end in places(article.text, found)]
        self.view.show(article.text, runs, focus)

    def clear(self, text: str) -> None:
        """Shows nothing but a line of explanation."""
        self.article = self.chosen = None
        self.query_one("#context-head", Static).update(Content(text))
        self.view.show("")

    def action_neighbour(self, step: int) -> None:
        if self.article is None or not self.article.quotations:
            return
        quotations = self.article.quotations
        here = quotations.index(self.chosen) if self.chosen in quotations else -step
        place = here + step
        if 0 <= place < len(quotations):
            self.post_message(self.Wanted(quotations[place].quotation.id))
        else:
            self.app.bell()

    @on(TextView.Pressed)
    def press(self, event: TextView.Pressed) -> None:
        event.stop()
        if self.article is not None and (found := quotation_at(self.article.quotations, event.offset)):
            self.post_message(self.Wanted(found.quotation.id))
