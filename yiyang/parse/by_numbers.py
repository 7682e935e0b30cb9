"""Give units to the items whose numbers a sentence behind them names.

二、责任分工
第1、2项由县交通局牵头，县公安局配合；第3至5项由县文旅局牵头。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from yiyang.core.text import simplify
from yiyang.grammar import roles
from yiyang.grammar.notes_by_number import listed
from yiyang.parse.numbers import FIGURES, ordinal
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.shapes import LABEL, are_known_units, is_role_list
from yiyang.parse.unit_spans import Span, cut, joined
from yiyang.safety.later import expression

# 第1、2项由, 第3至5项任务由, 6—8项由, 第5项、第6项责任单位：
OF_ITEMS = expression(
    r"第?(\d{1,3}(?:[项条]?[、和及至到—–~\-]第?\d{1,3}){0,30})[项条件](?:重点)?(?:任务|工作|事项|措施)?"
    rf"(?:(?:均|都)?由|的?(?={roles.KNOWN_LABEL}\s?[:：]))"
)
_LABEL = expression(r"[\s（(]*(?:以上|上述)?(?:[一-鿿]{2,8}[:：])?\s*")


def attach(found: Outline) -> None:
    """Give each item the units of the clause that names its number. Nothing is taken where one of
    the clauses is not understood, or a number is that of no item or of several, or its item has
    units already: the sentence stays where it is, and is seen there."""
    numbered = [item for item in found.items if item.level == FIGURES]
    for item in list(found.items):
        for _, same in groupby(list(item.parts), key=lambda part: part.position):
            parts = list(same)
            covers = _covers(parts, numbered)
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
        said = _said(Part(position, line, text[:end], ""), mark.start(), mark.end())
        numbered = [_numbered(items, number) for number in listed(mark[1])]
        if not said or not all(len(one) == 1 for one in numbered):
            return []
        meant = [one[0] for one in numbered]
        if any(_has_others(item, parts) or item.above for item in meant):
            return []
        before = [Part(position, line, text[at : mark.start()], "stop")]
        covers.append(Item(0, "", parts=[*before, *said] if before[0].text else said))
        covers[-1].children = meant
        at = end
    held = [id(item) for cover in covers for item in cover.children]
    return covers if len(set(held)) == len(held) else []


def _said(line: Part, start: int, named: int) -> list[Part]:
    """The parts of the last clause of a line, from its first number (`start`) over what follows its
    numbers (`named`): units, and the times behind them; none where it names no units."""
    text, end = line.text, len(line.text.rstrip("。；;，,）) \n"))
    clauses = cut(text, named, end)
    words = "".join(text[c.start : c.end] for c in clauses if not c.use)
    bare = LABEL.sub("", simplify(words).lstrip()).strip("。；;，,）) \n")
    found = joined(text, clauses)
    if any(c.use not in ("", "deadline") for c in clauses) or not found or found[0].use != "units":
        return []
    spans = [replace(found[0], start=start), *found[1:], Span(end, len(text), "stop")]
    parts = [replace(line, text=text[s.start : s.end], use=s.use) for s in spans if s.end > s.start]
    return parts if _are_units(bare) else []


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
