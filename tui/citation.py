"""A quotation with its source, as one pastes it into a note."""

from __future__ import annotations

from db import QuotationRow


def citation(row: QuotationRow) -> str:
    """The words, who said them, and where they stand: ``“…” — Speaker, role. Title, Publisher, date. URL``.

    Direct words stand in quotation marks, paraphrases without; what the database does not know is left out.
    """
    words = f"“{row.text}”" if row.form == "direct" else row.text
    who = ", ".join(part for part in (row.speaker or "unknown speaker", row.role) if part)
    where = ", ".join(part for part in (row.title, row.publisher, (row.published or "")[:10]) if part)
    place = row.url or row.path
    return " ".join([f"{words} — {who}.", *([f"{where}."] if where else []), *([place] if place else [])])
