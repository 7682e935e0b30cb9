"""One way of writing: widths, blanks and traditional characters folded away."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

BLANKS = re.compile(r"\s+")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """The text in simplified characters and of the same length, so that positions stay true."""
    simplified = _converter().convert(text)
    if len(simplified) != len(text):
        simplified = "".join(c if len(s := _converter().convert(c)) != 1 else s for c in text)
    return simplified


def fold(name: str) -> str:
    """The name in simplified characters, half-width brackets and without blanks."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", simplify(name)))
