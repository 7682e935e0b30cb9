"""Tell how the type of a file looks: which stretches of a line are bold, underlined, in red.

Few documents say anything by it, so a file is read once more where one does. The readers set marks
around such words, which no file holds, and here they are taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from yiyang.core import characters
from yiyang.extract import text
from yiyang.extract.blocks import Block
from yiyang.extract.formats import kind_of

LOOKS = ("bold", "underline", "italic", "red")
# Characters that are none, for no file: the last of the supplementary private areas.
_OPEN = {look: chr(0x10FFF0 + n) for n, look in enumerate(LOOKS)}
_CLOSE = chr(0x10FFFC)
_LOOK_OF = {mark: look for look, mark in _OPEN.items()}


class Stretch(NamedTuple):
    """Words of a line that look the same throughout, and the number of the cell they stand in."""

    line: int
    words: str
    looks: frozenset[str]
    cell: int = 0


def marked(words: str, looks: Iterable[str]) -> str:
    """Return words with the marks of their looks around each of their lines."""
    own = [_OPEN[look] for look in looks]
    if not own:
        return words
    lines = words.split("\n")
    return "\n".join(f"{''.join(own)}{line}{_CLOSE * len(own)}" for line in lines)


def find(data: bytes, name: str) -> list[Stretch]:
    """Return the stretches of a file, plain ones among them; none of a kind that knows no type."""
    kind = kind_of(data, name)
    if kind not in ("docx", "html", "markdown", "xlsx"):
        return []
    if kind == "markdown":
        data = text.decode(data, name)[0].encode()
    module = "sheet_type" if kind == "xlsx" else kind
    page: Callable[..., Iterable[Block]] = import_module(f"yiyang.extract.{module}").with_looks
    cells = (cell for block in page(data, name) for cell in block.cells)
    own = (cell for cell in cells if cell.text and not cell.is_repeat)
    return [
        Stretch(cell.line, characters.normal("".join(words for words, _ in same)), looks, n)
        for n, cell in enumerate(own)
        # <b>区交</b><b>通局</b>: parts that look the same are one
        for looks, same in groupby(_stretches(cell.text), key=itemgetter(1))
    ]


def _stretches(words: str) -> Iterator[tuple[str, frozenset[str]]]:
    looks: list[str] = []
    begin = 0
    for n, character in enumerate(words):
        if character != _CLOSE and character not in _LOOK_OF:
            continue
        if own := words[begin:n]:
            yield own, frozenset(looks)
        begin = n + 1
        if character == _CLOSE:
            looks = looks[:-1]
        else:
            looks.append(_LOOK_OF[character])
    if own := words[begin:]:
        yield own, frozenset(looks)
