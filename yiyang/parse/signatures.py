"""Find the signatures of a document: the names of agencies above a date, which are no items."""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.core.text import squash
from yiyang.extract import Block
from yiyang.parse import unitlists
from yiyang.parse.shapes import is_units
from yiyang.safety.later import expression

# 2023年8月15日, 二〇二三年八月十五日 on a line of its own
_DATE_LINE = expression(r"^(?:19|20|二)\S{2,3}年\S{1,3}月\S{1,3}日$")


def positions(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of the names of agencies that stand above a date, and of the date, with
    what all are asked right above them."""
    found: set[int] = set()
    for position, block in enumerate(blocks):
        if block.is_row or not _DATE_LINE.match(squash(block.texts[0])):
            continue
        found.add(position)
        above = position - 1
        while above >= 0 and not blocks[above].is_row and _are_signed(blocks[above].texts[0]):
            found.add(above)
            above -= 1
        while above >= 0 and not blocks[above].is_row and _CONTACT.match(blocks[above].texts[0]):
            above -= 1
        words = "" if above < 0 or blocks[above].is_row else blocks[above].texts[0]
        if _ASKS_ALL.match(squash(words)) and not unitlists.has_units(words):
            found.add(above)
    return found


# 各镇、各成员单位要及时总结经验…, right above the names that sign: what all are asked, and no item
_ASKS_ALL = expression(r"(?:请|望|希望?)?各[^。;；\d]{1,40}?(?<!项)(?:要|请|应|须|务必|于\d)")


# 联系人：刘洋　电话：0719-5522317
_CONTACT = expression(r"\s*(?:联系人|联系电话|联系方式|电话)[:：]")
# （县发展和改革局代章）
_SEAL = expression(r"[（(][^（()）]{0,24}(?:代章|盖章)[）)]")


def _are_signed(text: str) -> bool:
    """Whether a line is the names of agencies and nothing else, blanks between them or not, or says
    who sealed for them."""
    names = text.split()
    return is_units(text) or all(map(is_units, names)) or bool(_SEAL.fullmatch(squash(text)))
