"""Spread units that are printed once and hold for several items, as their form says.

市林业局：                     a heading that is a list of units, one of several
1.补种树木2万株。
以上任务由县文旅局牵头。       a sentence behind the items that it speaks of
（责任单位：同上）             a list that stands for the one above it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse.numbers import style_of
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.shapes import LABEL, are_known_units

DEEPEST = 3
"""The deepest style of numbers of items that such a sentence speaks of; below are points."""
# 市林业局：, 区民政局、区财政局：
_HEADING = re.compile(r"([^:：。；;\s][^:：。；;]{1,59})[:：]")
# 以上任务由…, 上述各项工作由…
ABOVE = re.compile(r"\s*(?:以上|上述)")
# （责任单位：同上）, 同上
_SAME = re.compile(r"[(（【]?(?:[一-鿿]{2,8}[:：])?(?:同上|同前)[)）】]?[。；;]?")


def unit_headings(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of lines that are nothing but known units with a colon, each over a
    numbered item; one alone is the address of a notice or says nothing sure."""
    lines = [(n, block.texts[0]) for n, block in enumerate(blocks) if not block.is_row]
    found = {
        n
        for (n, line), (_, below) in pairwise(lines)
        if (match := _HEADING.fullmatch(line.strip()))
        and style_of(simplify(below))[0] >= 0
        and are_known_units(match[1])
    }
    return found if len(found) > 1 else _label_headings(lines)


# （市财政局）, 市财政局负责, 责任单位：: an item that names units of its own
_OWN_UNITS = re.compile("单位|部门[:：]|牵头|负责|[局委办厅部][)）]")


def _label_headings(lines: Sequence[tuple[int, str]]) -> set[int]:
    """The positions of lines of the kind 责任单位：县民政局 that head the items below them: the
    first stands above all items, each above one, and none behind the last; no item has units."""
    labels = [n for n, (_, line) in enumerate(lines) if _is_label(line)]
    items = [n for n, (_, line) in enumerate(lines) if style_of(simplify(line))[0] >= 0]
    if not labels or not items or not labels[0] < items[0] or labels[-1] > items[-1]:
        return set()
    is_over = all(n + 1 in items for n in labels)
    below = [
        simplify(line) for n, (_, line) in enumerate(lines[labels[0] :]) if n + labels[0] in items
    ]
    return (
        set()
        if not is_over or any(map(_OWN_UNITS.search, below))
        else {lines[n][0] for n in labels}
    )


def _is_label(line: str) -> bool:
    """Whether a line is a label and its list of known units, and nothing else."""
    match = LABEL.match(simplify(line).strip())
    return bool(match and are_known_units(simplify(line).strip()[match.end() :].strip("。；; ")))


def upwards(found: Outline) -> None:
    """Give the items above a sentence of the kind 以上任务由… the units that it names."""
    for n, item in enumerate(found.items):
        at = next(
            (i for i, p in enumerate(item.parts) if p.use == "units" and ABOVE.match(p.text)), None
        )
        if at is None or any(part.use == "text" for part in item.parts[at:]):
            continue
        cover = Item(0, "", parts=item.parts[at:])
        item.parts = item.parts[:at]
        last = item
        while last.level > DEEPEST and last.parent:
            last = last.parent
        cover.children = _meant(found.items[: n + 1], last)
        for below in cover.children:
            below.above = cover
        found.covers.append(cover)


def _meant(items: Sequence[Item], last: Item) -> list[Item]:
    """The items up to the last one that stand beside it and name no units."""
    meant: list[Item] = []
    for item in reversed(items):
        is_beside = item.parent is last.parent and item.level == last.level
        if item.heading is not last.heading or (is_beside and (item.has_units or item.above)):
            break
        if is_beside:
            meant.insert(0, item)
    return meant


def repeated(items: Sequence[Item]) -> None:
    """Give an item whose list is 同上 the units of the task above it."""
    above: Item | None = None
    for item in items:
        if not item.is_task:
            continue
        marks = [p for p in item.parts if p.use == "units" and _SAME.fullmatch(squash(p.text))]
        held = [p for p in _named(above) if p.use == "units"]
        if marks and held and above:
            for part in marks:
                part.use = "ditto"
            item.above = Item(0, "", parts=held, children=[above])
        above = item


def _named(item: Item | None) -> Sequence[Part]:
    if item is None:
        return ()
    return item.above.parts if item.above and not item.has_units else item.parts


def named_headings(items: Sequence[Item]) -> None:
    """Take numbered headings that are nothing but known units for the lists that they are, where
    two or more stand side by side over items without units: 一、市水利局 above 1.清淤河道."""
    found = [item for item in items if _is_list(item)]
    for item in found:
        if any(o is not item and o.level == item.level and o.parent is item.parent for o in found):
            for part in item.parts:
                part.use = "units" if part.use == "text" else part.use
            item.is_task = False
            for child in item.children:
                child.above = item


def _is_list(item: Item) -> bool:
    is_over = bool(item.children) and not item.has_units and not item.above and item.level >= 0
    bare = is_over and not any(child.has_units or child.children for child in item.children)
    return bare and are_known_units(item.words.strip(":： "))
