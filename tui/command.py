"""The command that shows a view again: everything that limits or orders it, as options of ``quotes browse``."""

from __future__ import annotations

import shlex
from typing import Any

from tui.view import View

# The filters' fields that are options of the same name; what may be given twice has a tuple.
_OPTIONS = ("speaker", "country", "kind", "form", "act", "mode", "publisher", "since", "until", "status", "path")


def command_of(view: View, database: str) -> str:
    """``quotes browse`` with the options that show ``view``. Numbers of speakers and articles hold in this database."""
    wanted = view.quotations()
    options: list[tuple[str, Any]] = [("db", database)]
    for name in _OPTIONS:
        value = getattr(wanted, name)
        options += [(name, each) for each in (value if isinstance(value, tuple) else [value]) if each]
    options += [("speaker-id", number) for number in wanted.speaker_ids]
    for name in ("min_confidence", "max_confidence"):
        if getattr(wanted, name) is not None:
            options.append((name.replace("_", "-"), f"{getattr(wanted, name):g}"))
    options += [("article", wanted.article_id)] if wanted.article_id is not None else []
    # always, as another list and order may be remembered then
    options += [("by", view.by), ("sort", view.sort)]
    flags = ["--once"] if wanted.once else []
    if wanted.unattributed is not None:
        flags.append("--without-speaker" if wanted.unattributed else "--with-speaker")
    parts = [part for name, value in options for part in (f"--{name}", str(value))]
    words = ["--", wanted.words] if wanted.words and wanted.words.startswith("-") else [wanted.words or ""]
    return shlex.join([part for part in ("quotes", "browse", *parts, *flags, *words) if part])
