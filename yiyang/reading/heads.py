"""Look at the headings of a reading: which tasks stand below each, and what each gives to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from yiyang.parse import UNIT_FIELDS, Piece


class Heads:
    """The headings of a document by their lines."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.below: dict[int, set[int]] = defaultdict(set)
        self.last_above = 0
        """The last line of words above the first task and its header."""
        self._held: dict[int, list[Piece]] = defaultdict(list)
        is_above, line = True, 0
        for piece in pieces:
            if piece.seq:
                is_above = False
                self.below[line].add(piece.seq)
                if piece.use in UNIT_FIELDS and piece.is_inferred:
                    self._held[piece.line].append(piece)
            elif "heading" in piece.reason:
                line = piece.line
            if is_above and not piece.seq and "header" not in piece.reason:
                self.last_above = line = piece.line

    def held(self, line: int) -> Sequence[Piece]:
        """Return the units on a line that hold for tasks elsewhere."""
        return self._held.get(line, ())
