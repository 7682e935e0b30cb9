"""Say what of a file was left aside: each kind with its lines and words, none without end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from yiyang.core import characters, look_alikes
from yiyang.extract.blocks import Block, LeftOut
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.telling import counted, tell

MOST = 20
"""Pieces of one kind that are said one by one; of more, the rest is said in one sentence."""
QUOTED = 80
"""Characters of a piece that are quoted."""


@dataclass
class Aside:
    """What one file has beside its text: `add` a piece; `warnings` and `left` at the end."""

    place: str
    _found: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _remedy: dict[str, str] = field(default_factory=dict)
    _left: list[LeftOut] = field(default_factory=list)

    def add(
        self, what: str, words: str, line: int = 0, remedy: str = "", *, is_read: bool = False
    ) -> None:
        """Note a piece: what it is (`hidden text`), its words, and the line at which it stands. One
        that `is_read` stands among the blocks too, and is only to be looked at."""
        if not is_read:
            self._left.append(LeftOut(line, what, characters.normal(words).strip()))
        words = " ".join(characters.normal(words).split())
        known = self._found.setdefault(what, [])
        if (line, words) not in known[-MOST:]:
            known.append((line, words))
        self._remedy[what] = remedy or tell("extract.nothing_where_text_shown_document")

    def warnings(self) -> tuple[InputError, ...]:
        """Return one sentence a piece, in the order in which the kinds were met."""
        return tuple(said for what in self._found for said in self._of(what))

    def left(self) -> tuple[LeftOut, ...]:
        """Return what is in no block, whole."""
        return tuple(self._left)

    def _of(self, what: str) -> Iterator[InputError]:
        found = self._found[what]
        for line, words in found[:MOST]:
            at = tell("place.line", file=self.place, line=line) if line else self.place
            quoted = words[:QUOTED] + "…" * (len(words) > QUOTED)
            yield self._said(
                at, tell("extract.quoted", what=what, words=quoted) if quoted else what, what
            )
        if len(found) > MOST:
            more = len(found) - MOST
            yield self._said(
                self.place,
                tell("extract.more_places", what=what, more=counted("more_place", more)),
                what,
            )

    def _said(self, at: str, found: str, what: str) -> InputError:
        return refusal("file.left_out", at, found=found, remedy=self._remedy[what])


def unreadable(blocks: Iterable[Block], place: str) -> tuple[InputError, ...]:
    """Return what of the text itself cannot be read: characters that only a font of its own can
    show."""
    found = []
    for block in blocks:
        for cell in block.cells:
            if not cell.is_repeat and characters.private(cell.text):
                at, words = tell("place.line", file=place, line=cell.line), cell.text[:QUOTED]
                found.append(refusal("file.font_only", at, words=words))
    return tuple(found[:MOST])


def look_alikes_of(blocks: Iterable[Block], place: str) -> Iterator[InputError]:
    """Say which letters were read as figures, and which may be some and were not."""
    cells = (cell for block in blocks for cell in block.cells if not cell.is_repeat)
    pairs = ((c.line, pair) for c in cells for pair in look_alikes.found(c.printed or c.text))
    for line, (printed, read) in islice(dict.fromkeys(pairs), MOST):
        at = tell("place.line", file=place, line=line)
        if read:
            yield refusal("file.look_alike", at, printed=printed, read=read)
        else:
            yield refusal("file.look_alike_unsure", at, printed=printed)
