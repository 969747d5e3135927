"""Keeps Python itself from making keys wait: by turns between threads, and by when garbage is looked for."""

from __future__ import annotations

import gc
import sys

_YOUNG, _MIDDLE = 5_000, 20  # objects, and looks at so many young ones before one at the middle-aged
_NEVER = 1_000_000
_prepared = False


def prepare() -> None:
    """For a process that is all ours: keys and drawing take turns with the reading threads five times as often.

    A full collection among the rows of a large database takes longer than a key may wait (150 ms with 50,000
    speakers), and comes at any time. From now on only young objects are looked at then, and ``tidy`` does the rest.
    """
    global _prepared
    sys.setswitchinterval(0.001)
    gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
    _prepared = True


def settle() -> None:
    """Takes what is in memory now, such as a long list just read, out of all later collections."""
    if _prepared:
        gc.freeze()  # what nobody refers to any more is still freed at once; only rings of objects are not


def tidy() -> None:
    """Looks for garbage among all that came since the last time. To be called when nobody waits."""
    if _prepared:
        gc.collect()
        gc.freeze()
