"""Join lines that end in mid-word, as text copied from a page has them.

Only where the break lies inside a bracket, a label or a list of units: there half a line is read
wrongly. A sentence that goes on below is put together by the items themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yiyang.core.text import simplify, squash
from yiyang.extract import Block, Cell
from yiyang.parse.numbers import style_of
from yiyang.parse.shapes import (
    KNOWN_LABEL,
    LABEL,
    ROLE_END,
    TIME_LABEL,
    is_deadline,
    is_known_unit,
)
from yiyang.safety.later import expression

LONGEST = 6
"""Lines that one bracket may take."""
REACH = 120
"""Characters from an open bracket to the end of its line."""
# — 2 —, -3-, 第4页, 第 4 页 共 9 页: a line between two pages
PAGE = expression(
    r"^(?:[—–\-－─·]+\d{1,3}[—–\-－─·]+|第\d{1,3}页(?:[/，,]?共\d{1,3}页)?|\d{1,3}/\d{1,3})$"
)
_OPENS, _CLOSES = "（(【〔［", "）)】〕］"


@dataclass(frozen=True)
class Joined(Cell):
    """The text of several lines; `starts` are the places where each begins, and its number."""

    starts: tuple[tuple[int, int], ...] = ()


def join(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with wrapped lines put together, each line known by its number still; the
    number of a page between two of them stands behind."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        run = _run(blocks, at)
        whole = [blocks[n] for n in run]
        found.append(_together(whole) if len(run) > 1 else whole[0])
        found += [blocks[n] for n in range(at, run[-1]) if n not in run]
        at = run[-1] + 1
    return found


def _run(blocks: Sequence[Block], at: int) -> list[int]:
    """The positions of the lines, from this one on, that are one."""
    run = [at]
    if blocks[at].is_row or _is_page(blocks[at]):
        return run
    text = blocks[at].texts[0]
    near = range(at + 1, min(at + LONGEST + 1, len(blocks)))
    left = [n for n in near if blocks[n].is_row or not _is_page(blocks[n])]
    while left and len(run) < LONGEST and not blocks[left[0]].is_row:
        if _is_signature(blocks, left[0]):
            break
        behind = [blocks[n].texts[0] for n in left if not blocks[n].is_row]
        if not _goes_on(text, behind):
            break
        text += behind[0]
        run.append(left.pop(0))
    return run


_DATE = expression(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


def _is_signature(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line is the name of a unit above a date: who signs goes on with nothing."""
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if below is None or below.is_row or not _DATE.fullmatch(squash(below.texts[0])):
        return False
    return is_known_unit(squash(blocks[at].texts[0]))


def _is_page(block: Block) -> bool:
    return bool(PAGE.match(squash(block.texts[0])))


def _goes_on(text: str, behind: Sequence[str]) -> bool:
    """Whether a line goes on in the one below it."""
    above, below = simplify(text.rstrip()), simplify(behind[0].lstrip())
    if not above or not below or above[-1] in "。！？":
        return False
    if _is_label_cut(above, below):
        return True
    if below[0] in "；;，,、。）)" and _is_of_list(above):  # no line of its own begins so
        return True
    level, _ = style_of(below)
    if level >= 0 or LABEL.match(below):
        return False
    return _is_open(above, behind) or _is_name_cut(above, below) or _is_time_cut(above, below)


def _is_open(above: str, behind: Sequence[str]) -> bool:
    """Whether a bracket that opens near the end of a line closes on one of the next."""
    depth, opened = 0, 0
    for i, c in enumerate(above):
        if c in _OPENS:
            opened, depth = (i if not depth else opened), depth + 1
        elif c in _CLOSES:
            depth = max(depth - 1, 0)
    if not depth or len(above) - opened > REACH:
        return False
    for line in behind:
        for c in line:
            depth += (c in _OPENS) - (c in _CLOSES)
            if not depth:
                return True
        if style_of(line)[0] >= 0:
            return False
    return False


# 责任单 / 位：市民政局, 牵 / 头单位：
def _is_label_cut(above: str, below: str) -> bool:
    tail = above[-8:]
    both = tail + below[:10]
    return any(
        match.start() < len(tail) < match.end() - 1
        and not KNOWN_LABEL.match(below)
        and re.search(
            r"(?:^|[。；;，,、（(【\s])$", above[: len(above) - len(tail) + match.start()]
        )
        for match in KNOWN_LABEL.finditer(both)
    )


def _is_of_list(above: str) -> bool:
    """Whether a line ends in what a label announces: 牵头单位：市公安局."""
    above = above[-REACH:]
    found = [*LABEL.finditer(above), *TIME_LABEL.finditer(above)]
    return bool(found) and "。" not in above[max(match.end() for match in found) :]


# 完成时限：202 / 5年6月底前。, 完成时限：2025年8月底 / 前。
def _is_time_cut(above: str, below: str) -> bool:
    """Whether a line ends in the first part of a time that a label announces."""
    above = above[-REACH:]
    labels = list(TIME_LABEL.finditer(above))
    begun = above[labels[-1].end() :] if labels else ""
    if not labels or len(begun) > _LONGEST_TIME or _MARKS.search(begun):
        return False
    rest = _MARKS.split(below)[0]
    if is_deadline(begun):
        return bool(_BEHIND_TIME.fullmatch(rest))
    return bool(rest) and len(rest) <= _LONGEST_TIME and is_deadline(begun + rest)


_END_OF_NAME = expression("(?:[局委办厅院部会站所]|中心|委员会|办公室)(?:[；;，,、。）)]|$)")
_BEHIND_TIME = expression("[底末]?[之以]?[前内]|[底末]")
_LONGEST_TIME = 14
_MARKS = expression("[、，,；;。：:（()）\\s]")


def _is_name_cut(above: str, below: str) -> bool:
    """Whether a labelled list ends in half a name, whose other half begins the next line."""
    above = above[-REACH:]
    found = list(LABEL.finditer(above)) if re.search("[:：】]", above) else []
    label = found[-1] if found else None
    if not label or "。" in above[label.end() :]:
        return False
    if above[-1] in "、，,及和":
        return bool(_name(below)) and is_known_unit(_name(below))
    half = _MARKS.split(above[label.end() :])[-1]
    if half and _END_OF_NAME.match(below):  # 市公安 / 局；: whatever 市公安 may be
        return is_known_unit(half + _name(below))
    is_name = bool(half) and not is_known_unit(half) and not is_deadline(half)
    return is_name and is_known_unit(half + _name(below))


def _name(text: str) -> str:
    """The name with which a text begins, without a role word behind it."""
    first = _MARKS.split(text)[0]
    role = ROLE_END.search(first)
    return first[: role.start()] if role and role.start() else first


def _together(blocks: Sequence[Block]) -> Block:
    """Several lines as one paragraph."""
    text, starts = "", []
    for block in blocks:
        starts.append((len(text), block.line))
        text += block.texts[0] if not text else block.texts[0].lstrip()
    return Block(
        (Joined(text, blocks[0].line, starts=tuple(starts)),), is_row=False, depth=blocks[0].depth
    )
