"""Tell which piece of the reading each character of a printed line went into."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from yiyang.extract import Block
from yiyang.parse import Piece
from yiyang.reading.signs import plain


class Cover:
    """The pieces of a reading, by the characters of the lines that they hold."""

    def __init__(self, blocks: Sequence[Block], pieces: Sequence[Piece]) -> None:
        self.printed: dict[int, str] = defaultdict(str)
        for block in blocks:
            for cell in block.cells:
                if cell.text.strip() and not cell.is_repeat:
                    self.printed[cell.line] += plain(cell.text)
        self._starts: dict[int, list[int]] = defaultdict(list)
        self._pieces: dict[int, list[tuple[int, int, Piece]]] = defaultdict(list)
        cursor: dict[int, int] = {}
        for piece in pieces:
            # The cells of a leftover may stand apart: 项目名称 … 责任单位 …
            cells = () if piece.is_shared else piece.text.split("\t")
            for words in filter(None, map(plain, cells)):
                text = self.printed.get(piece.line, "")
                at = text.find(words, cursor.get(piece.line, 0))
                if at < 0 and (at := text.find(words)) < 0:
                    continue
                cursor[piece.line] = at + len(words)
                self._pieces[piece.line].append((at, at + len(words), piece))
        for line, found in self._pieces.items():
            found.sort(key=lambda entry: entry[0])
            self._starts[line] = [at for at, *_ in found]

    def at(self, line: int, start: int, end: int) -> list[Piece]:
        """Return the pieces that hold the characters from `start` to `end`."""
        starts = self._starts.get(line, [])
        first = max(bisect_right(starts, start) - 1, 0)
        found = []
        for begin, stop, piece in self._pieces.get(line, [])[first:]:
            if begin >= end:
                break
            if stop > start:
                found.append(piece)
        return found
