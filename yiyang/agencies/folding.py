"""One way of writing: widths, blanks and traditional characters folded away."""

from __future__ import annotations

from functools import cache

import opencc

from yiyang import text


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(printed: str) -> str:
    """The text in simplified characters and of the same length, so that positions stay true."""
    simplified = _converter().convert(printed)
    if len(simplified) != len(printed):
        simplified = "".join(s if len(s := _converter().convert(c)) == 1 else c for c in printed)
    return simplified


def fold(name: str) -> str:
    """The name in simplified characters, half-width brackets and without blanks."""
    return text.fold(simplify(name))
