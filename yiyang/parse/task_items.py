"""Choose the items of an outline that are tasks, and say which parts are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from yiyang.core.text import simplify, squash
from yiyang.parse import by_numbers, item_kinds, spread
from yiyang.parse.numbers import FIGURES, ordinal
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.shapes import is_heading
from yiyang.parse.unit_heads import Owners
from yiyang.safety.later import expression

ITEM_LEVELS = (1, 2, 3)
"""Levels whose items may be tasks where no unit says so; deeper ones are parts of a text."""
# Sections that say what for, not what to do.
GENERAL = expression(
    r"^(?:总体要求|总体思路|总体目标|指导思想|基本原则|基本思路|工作目标|主要目标|发展目标|目标任务$|工作原则"
    r"|工作思路|背景|适用范围|有关要求|工作要求|总体安排|组织领导|组织机构|组织架构|领导机构|主要指标|总则|附则"
    r"|形势|现状|基本情况|总体情况|重要意义|充分认识|提高认识|主要成效|存在)"
)


def choose(found: Outline, has_tables: bool, owners: Owners) -> None:
    """Mark the items that are tasks; `owners` says whose those are below a heading without units.

    With units: the items that name theirs, and those beside them that do not. The units behind
    the last of several points that name none belong to all of them, so the item above is the task.
    """
    spread.only_sure(found.covers)
    spread.upwards(found)
    by_numbers.attach(found)
    spread.named_headings(found.items)
    spread.parts_alone(found, owners)
    if not any(item.is_named for item in found.items):
        return
    for item in found.items:
        if len(item.children) > 1 and not item.has_units:
            _lift(item)
    for item in found.items:
        is_over = any(child.above is item for child in item.children)
        has_words = bool(item.words or any(c.words for c in item.children))
        item.is_task = item.is_named and not is_over and has_words and not item_kinds.is_title(item)
    counted = _numbered_through(found.items)
    heads = [item for item in found.items if _heads_section(item, counted)]
    beside_heads = {(id(item.parent), item.level) for item in heads}
    for item in found.items:
        is_beside = (id(item.parent), item.level) in beside_heads
        if item in heads or (is_beside and _heads_section(item, counted, fewest=1)):
            _hold_below(item)
        elif _stands_over(item):
            item.is_task = False
            if spread.all_take(item):
                _hold_below(item)
    spread.repeated(found.items)
    item_kinds.set_aside(found.items)
    if has_tables:
        return
    _nest(found.items)
    notice = _of_notice(found)
    beside = {(id(item.parent), item.level) for item in found.items if item.is_task}
    for item in found.items:
        if id(item) in notice:
            item.is_task = False
        elif (
            not item.is_task
            and not item.why_not
            and not item.children
            and (item.level >= 0 or item.is_point)
        ):
            has_fellow = (id(item.parent), item.level) in beside
            item.is_task = has_fellow and not GENERAL.match(simplify(item.words))


def _of_notice(found: Outline) -> set[int]:
    """The items above the signature of a notice, where none names units and those below it do:
    they ask that the list below be seen to, and are none of it. A list below that is shorter may
    be one of contacts."""
    above = [item for item in found.items if item.parts[0].position < found.signed]
    below = [item for item in found.items if item.parts[0].position > found.signed]
    n_named = sum(item.is_named for item in below)
    is_notice = n_named >= len(above) and not any(item.is_named for item in above)
    return set(map(id, above)) if is_notice else set()


def _nest(items: Sequence[Item]) -> None:
    """Put items below the heading above them where both are numbered in one style, and the numbers
    begin anew behind it: 1.居家 / 1.助浴（…）/ 2.巡诊（…）/ 2.机构 / 1.换新（…）."""
    for head, first in pairwise(items):
        is_head = head.level >= 0 and not head.has_units and not head.children
        begins = first.level == head.level and _begins_anew(head, first) and first.has_units
        if not (is_head and begins and first.parent is head.parent and _may_head(head)):
            continue
        head.is_task = False
        for n, item in enumerate(items[items.index(first) :], start=1):
            is_next = _inner(item.number) == n or ordinal(item.number) == n
            if not is_next or item.level != head.level or not item.has_units:
                break
            if item.parent:
                item.parent.children.remove(item)
            item.parent = head
            head.children.append(item)


def _begins_anew(head: Item, first: Item) -> bool:
    """Whether an item is the first below a heading: 1. below any, 2.1 below 2."""
    if _inner(first.number):
        return ordinal(first.number) == ordinal(head.number) and _inner(first.number) == 1
    return ordinal(first.number) == 1


# 2.1, 3．12: a number of two levels
_TWO_LEVELS = expression(r"\d{1,2}[.．](\d{1,2})")


def _inner(number: str) -> int:
    """The second of the two numbers of an item, 1 of 2.1; 0 where it has one only."""
    match = _TWO_LEVELS.search(number)
    return int(match[1]) if match else 0


def _may_head(item: Item) -> bool:
    """Whether the words of an item are those of a heading, and no sentence."""
    return is_heading(item.words) and not re.search("[。；;，,]", item.words)


# 要素保障专班, 综合协调组: a team, whose tasks stand below it
_TEAM = expression("(?:专班|指挥部|工作组|攻坚队|突击队|[一-鿿]{2}组)$")


def _numbered_through(items: Sequence[Item]) -> set[int]:
    """The headings over items whose numbers go on from one heading to the next, 一、 above 1. and
    2., 二、 above 3.: what is so numbered are the tasks, and no points of one."""
    over = [item for item in items if item.children and item.level >= 0 and item.has_units]
    found: set[int] = set()
    for head, following in pairwise(over):
        is_beside = head.level == following.level and head.parent is following.parent
        last, first = ordinal(head.children[-1].number), ordinal(following.children[0].number)
        if is_beside and last and first == last + 1:
            found |= {id(head), id(following)}
    return found


def _heads_section(item: Item, counted: set[int], fewest: int = 2) -> bool:
    """Whether an item is the heading of a section that names the units of the items below it:
    一、便民出行（牵头单位：市交通局） above several items, none with units of its own; the items
    below those `counted` are numbered through, their units may stand on lines of their own."""
    below = item.children
    if not item.has_units or len(below) < fewest or not 0 <= item.level < DEEPEST_HEAD:
        return False
    line = item.parts[0].position
    # The units of a team may stand on the line below its name: they are those who make it up.
    is_sure = id(item) in counted or _TEAM.search(item.words)
    own = [p for p in item.parts if p.use == "text"] if is_sure else item.parts
    return (
        _may_head(item)
        and all(part.position == line for part in own)
        and not any(child.has_units or child.children for child in below)
        and all(0 <= c.level <= DEEPEST_HEAD and c.parts[0].position > line for c in below)
        and all(len(squash(child.words)) > 3 for child in below)
    )


def _stands_over(item: Item) -> bool:
    """Whether an item is the heading of a section that names units, as the items below it do:
    二、生态修复（市自然资源局牵头）. What they are to the items is not said: they stay unread."""
    below = item.children
    # 1.推进归集（牵头科室：数据科） above points that name who supports: it leads them all
    is_over_points = all(c.level < 0 and c.has_units for c in below) and spread.all_take(item)
    # （二）深化医养结合（牵头单位：…） above 3.… and 4.… that name who supports
    is_over_items = item.level == FIGURES - 1 and len(below) > 1 and spread.all_take(item)
    return (
        item.has_units
        and (
            0 <= item.level < FIGURES - 1
            or is_over_items
            or (item.level == FIGURES and is_over_points)
        )
        and bool(below)
        and _may_head(item)
        and any(child.has_units for child in below)
        and all(child.level <= FIGURES for child in below)
        and all(child.has_units or not child.children for child in below)
        and (all(child.has_units for child in below) or spread.all_take(item))
        and all(part.position < below[0].parts[0].position for part in item.parts)
    )


DEEPEST_HEAD = 3
"""The deepest style of numbers of items below a heading with units; its own lies above."""


def _hold_below(item: Item) -> None:
    item.is_task = False
    for child in item.children:
        child.is_task, child.above = True, item


def _lift(item: Item) -> None:
    """Give an item the units that stand behind the last of its points, if only there."""
    *others, last = item.children
    if any(i.has_units or i.children for i in others) or not last.has_units or last.children:
        return
    uses = ("units", "deadline", "label", "stop")
    lists = [part for part in last.parts if part.use in uses]
    is_on_own_line = lists[0].position > last.parts[0].position
    if is_on_own_line or last.level > 3:
        last.parts = [part for part in last.parts if part.use not in uses]
        item.parts += lists
        if is_on_own_line and _is_section(item):
            _hold_below(item)
            _only_those(item, lists)


# 1—2项责任单位：…, 第3、5项任务由…: which items a list behind the last of them is about
_MEANT = expression(
    r"[（(【\[]?\s*(第?\d{1,3}(?:[—–~至到、\-]第?\d{1,3}){0,20})[项条](?=工作|任务|措施|责任|牵头|由)"
)


def _only_those(item: Item, lists: Sequence[Part]) -> None:
    """Take the units of a list that says which items it is about from the others. Of several such
    lists it is not told here which is whose: they stay unread."""
    marks = [mark for part in lists for mark in _MEANT.finditer(simplify(part.text))]
    if not marks:
        return
    match = _MEANT.match(simplify(lists[0].text))
    if len(marks) > 1 or not match:
        for part in lists:
            part.use = "text"
        for child in item.children:
            child.above = None
        return
    meant: set[int] = set()
    for ends_printed in match[1].split("、"):
        ends = [int(n) for n in re.findall(r"\d+", ends_printed)]
        meant.update(range(ends[0], ends[-1] + 1))
    for child in item.children:
        if ordinal(child.number) not in meant:
            child.above = None


def _is_section(item: Item) -> bool:
    """Whether an item is the bare heading of a section and those below it are items of their own,
    no points: 一、打造精品景区 above 1.提升…。 and 2.增设…。"""
    below = item.children
    return (
        0 <= item.level < FIGURES
        and _may_head(item)
        and all(child.level == FIGURES and len(squash(child.words)) > 3 for child in below)
    )


def parts_of(item: Item) -> Iterator[Part]:
    """Return the parts of a task: its own, and those of the points below it that are no tasks."""
    own = list(item.parts)
    for child in item.children:
        if not child.is_task:
            own += [replace(p, use="text" if p.use == "number" else p.use) for p in parts_of(child)]
    yield from sorted(own, key=lambda part: part.position)
