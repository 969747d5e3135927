"""What other programs write into the database meanwhile: it is announced, and shown when the user wants it."""

from __future__ import annotations

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from db import Store, StoreError, Totals
from tui.screens.loading import TOP, Loading, Place

_POLL_SECONDS = 2.0


class Looked(Message):
    """How much is in the database after somebody wrote."""

    def __init__(self, totals: Totals) -> None:
        super().__init__()
        self.totals = totals


class Watching(Loading):
    """Looks every few seconds whether somebody has written, and never moves what is being read."""

    _version: int | None = None
    _seen: Totals | None = None
    _wrote = False

    def watch_store(self) -> None:
        """Looks every few seconds whether another program has written, and announces what it added."""
        self._look_again()
        self.set_interval(_POLL_SECONDS, self._look_again)

    def wrote(self) -> None:
        """To be called after a correction: its own change is not to be announced."""
        self._wrote = True

    def _look_again(self) -> None:
        try:
            version = self.browser.stores.store.data_version()
        except StoreError as error:
            self.tell(str(error), error=True)
            return
        if version != self._version:
            self._version = version
            self._count_all()

    @work(thread=True, exclusive=True, group="watch")
    def _count_all(self) -> None:
        worker = get_current_worker()

        def run(store: Store) -> None:
            totals = store.totals()
            if not worker.is_cancelled:
                self.post_message(Looked(totals))

        self._in_store("watch", run)

    @on(Looked)
    def looked(self, event: Looked) -> None:
        before, now = self._seen, event.totals
        own, self._wrote = self._wrote, False
        if before is None or (own and before.articles == now.articles):
            self._seen = now
            self.show_totals(now)
            return
        articles, quotations = now.articles - before.articles, now.quotations - before.quotations
        if articles or quotations:
            self.announce(articles, quotations)

    def show_totals(self, totals: Totals) -> None:
        """How much is in the database, at the right of the search field."""
        text = f"{totals.quotations:,} quotations · {totals.speakers:,} speakers · {totals.articles:,} articles "
        self.query_one("#totals", Static).update(Content(text))

    def announce(self, articles: int, quotations: int) -> None:
        """Says that there is something new, without touching what is being read."""
        notice = self.query_one("#notice", Static)
        more = (
            f"{quotations:,} new quotation{'' if quotations == 1 else 's'}"
            if quotations > 0
            else "The database has changed"
        )
        where = f" in {articles:,} new article{'' if articles == 1 else 's'}" if articles > 0 else ""
        notice.update(Content.assemble((f" {more}{where}", "bold"), "  f5 shows them; your place is kept"))
        notice.display = True

    def reload(self) -> None:
        """Shows what is in the database now; cursor and marks stay where they are."""
        self.query_one("#notice").display = False
        self._seen = None
        self._count_all()
        self.load_browse(self.view, self.browse.current.key)
        cursor = self.quotations.cursor
        row = Place(self.quotations.ids[cursor], cursor) if self.quotations.row_count else TOP
        self.context.article = None
        self.load_quotations(self.view, row)
        self.load_timeline(self.view)

    def action_reload(self) -> None:
        self.reload()
