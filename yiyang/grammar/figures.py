"""Hold a figure of a text: where it stands, its number, its sign and its unit."""

from __future__ import annotations

from typing import NamedTuple


class Quantity(NamedTuple):
    """One figure: its phrase is `text[begin:end]`, its number starts at `number`.

    `comparator` is `>=`, `<=`, `=`, `about`, or `change` (by how much, and no level);
    `high` is the upper end of a range; `unit` names what it is counted by and per what (%, 家,
    名/年, 元/人次).
    """

    begin: int
    end: int
    number: int
    value: float
    high: float | None
    comparator: str
    unit: str
    is_word: bool
    """Whether the number is written in Chinese numerals, which also stand in names (五个新城)."""
    is_reached: bool = False
    """Whether the sign is that of a share that is to be reached: 管理率达到72%."""
    is_inferred: bool = False
    """Whether no figure is printed: 乡镇全覆盖 is every one of them."""
