"""Look for garbage less often than Python does, where many rows are made and kept.

Python looks through what is new each time some hundreds more objects are there, and through all
that is there whenever that has grown by a quarter. Rows, cells and signs hold no circles: what is
no longer asked for goes away at once, and the search for circles finds next to nothing. It took 6 %
of the reading of a document, and two thirds of the time in which its rows go from process to
process.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (50_000, 5, 5)
"""New objects after which garbage is looked for among them; such times after which it is looked for
among those that were kept as well. A reader that leaves circles behind (PDF) must not fill the
memory of the next document."""


def seldom() -> None:
    """Look for garbage seldom from now on, in a process that does nothing but read."""
    gc.set_threshold(*THRESHOLDS)


def leave_aside() -> None:
    """Take all that is there now, garbage taken out, for good: modules, patterns and dictionaries
    are looked through no more."""
    gc.collect()
    gc.freeze()


def leave_at_the_end() -> None:
    """Look for no garbage when the program ends: its memory goes with it, and to look through all
    that pandas brings along takes a tenth of a second."""
    atexit.register(gc.freeze)


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Look for garbage seldom while rows are made, in a process that has other things to do."""
    usual = gc.get_threshold()
    seldom()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
