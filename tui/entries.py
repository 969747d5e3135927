"""The rows of a long list on the left: their ids are held, what is drawn of them is fetched as it comes into sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

from db import Listed, StoreError
from tui.widgets.browse_list import Entry

_CHUNK = 64
_CHUNKS_KEPT = 100


class Entries(Sequence[Entry]):
    """Reads like a list of all entries. ``fetch`` gives rows (with an ``id``) by ids, by primary key and so at once.

    ``entry_of`` makes an entry of a row; its number is the one that is listed. ``tail`` comes after all rows.
    """

    def __init__(
        self,
        listed: Listed,
        fetch: Callable[[Sequence[int]], Sequence[Any]],
        entry_of: Callable[[Any], Entry],
        tail: Sequence[Entry] = (),
    ) -> None:
        self._listed, self._fetch, self._entry_of, self._tail = listed, fetch, entry_of, tail
        self._chunks: dict[int, list[Entry]] = {}

    def __len__(self) -> int:
        return len(self._listed.ids) + len(self._tail)

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        if index >= len(self._listed.ids):
            return self._tail[index - len(self._listed.ids)]
        number, place = divmod(index, _CHUNK)
        if number not in self._chunks:
            if len(self._chunks) >= _CHUNKS_KEPT:
                self._chunks.clear()
            self._chunks[number] = self._made(number * _CHUNK)
        return self._chunks[number][place]

    def _made(self, start: int) -> list[Entry]:
        ids = self._listed.ids[start : start + _CHUNK]
        numbers = self._listed.quotations[start : start + _CHUNK]
        try:
            rows = {row.id: row for row in self._fetch(ids)}
        except StoreError:
            rows = {}  # whoever asks next for something that matters is told why
        return [
            self._entry_of(rows[id])._replace(number=number) if id in rows else Entry(id, "…", "", "", number)
            for id, number in zip(ids, numbers, strict=True)
        ]

    def places(self) -> dict[Any, int]:
        """Where each key stands."""
        places: dict[Any, int] = dict(zip(self._listed.ids, range(len(self._listed.ids)), strict=True))
        places.update((entry.key, len(self._listed.ids) + place) for place, entry in enumerate(self._tail))
        return places
