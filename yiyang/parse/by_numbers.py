"""Give units to the items whose numbers a sentence behind them names.

二、责任分工
第1、2项由县交通局牵头，县公安局配合；第3至5项由县文旅局牵头。
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from yiyang.core.text import simplify
from yiyang.grammar.notes_by_number import listed
from yiyang.parse.numbers import FIGURES, ordinal
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.shapes import are_known_units, is_role_list
from yiyang.safety.later import expression

# 第1、2项由, 第3至5项任务由, 6—8项由
OF_ITEMS = expression(
    r"第?(\d{1,3}(?:[、至到—–~\-]第?\d{1,3}){0,30})[项条件](?:重点)?(?:任务|工作|事项|措施)?(?:均|都)?由"
)
_LABEL = expression(r"[\s（(]*(?:以上|上述)?(?:[一-鿿]{2,8}[:：])?\s*")


def attach(found: Outline) -> None:
    """Give each item the units of the clause that names its number. Nothing is taken where one of
    the clauses is not understood, or a number is that of no item or of several, or its item has
    units already: the sentence stays where it is, and is seen there."""
    for item in list(found.items):
        for _, same in groupby(list(item.parts), key=lambda part: part.position):
            parts = list(same)
            covers = _covers(parts, [other for other in found.items if other.level == FIGURES])
            if covers:
                item.parts = [part for part in item.parts if part not in parts]
                found.loose += _behind(parts, covers)
                found.covers += covers
                for cover in covers:
                    for below in cover.children:
                        below.above = cover


def _covers(parts: Sequence[Part], items: Sequence[Item]) -> list[Item]:
    text = "".join(part.text for part in parts)
    folded = simplify(text)
    marks = list(OF_ITEMS.finditer(folded))
    is_whole = bool(marks) and _LABEL.fullmatch(folded[: marks[0].start()])
    if not is_whole or len({part.line for part in parts}) > 1 or parts[0].use == "number":
        return []
    covers: list[Item] = []
    position, line, at = parts[0].position, parts[0].line, 0
    stop = folded.find("。", marks[-1].end())
    last = len(text) if stop < 0 else stop + 1
    ends = [*(mark.start() for mark in marks[1:]), last]
    for mark, end in zip(marks, ends, strict=True):
        words = folded[mark.end() : end].strip("。；;，,）) \n")
        numbered = [_numbered(items, number) for number in listed(mark[1])]
        if not all(len(one) == 1 for one in numbered) or not _are_units(words):
            return []
        meant = [one[0] for one in numbered]
        if any(_has_others(item, parts) or item.above for item in meant):
            return []
        before = [Part(position, line, text[at : mark.start()], "stop")]
        units = Part(position, line, text[mark.start() : end], "units")
        covers.append(Item(0, "", parts=[*before, units] if before[0].text else [units]))
        covers[-1].children = meant
        at = end
    held = [id(item) for cover in covers for item in cover.children]
    return covers if len(set(held)) == len(held) else []


def _behind(parts: Sequence[Part], covers: Sequence[Item]) -> list[Part]:
    """What stands behind the last clause: 各项任务均于4月底前完成."""
    taken = sum(len(part.text) for cover in covers for part in cover.parts)
    rest = "".join(part.text for part in parts)[taken:]
    return [Part(parts[0].position, parts[0].line, rest, "leftover")] if rest.strip() else []


def _has_others(item: Item, parts: Sequence[Part]) -> bool:
    """Whether an item has units beside those of the sentence, which may stand right behind it."""
    return any(part.use == "units" and part not in parts for part in item.parts)


def _are_units(words: str) -> bool:
    return are_known_units(words) or is_role_list(words)


def _numbered(items: Sequence[Item], number: int) -> list[Item]:
    """The items with a number; of several none is meant for sure, and all are returned."""
    return [item for item in items if ordinal(item.number) == number]
