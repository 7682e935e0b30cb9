"""Fold widths, blanks and traditional characters of a name away: one way of writing."""

from __future__ import annotations

from yiyang.core import text
from yiyang.core.text import simplify

# 各县〔市、区〕政府, 县住建局[县房管中心]
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")

__all__ = ["fold_name", "simplify"]


def fold_name(name: str) -> str:
    """Return the name in simplified characters, half-width brackets and without blanks."""
    return text.fold(simplify(name)).translate(_BRACKETS)
