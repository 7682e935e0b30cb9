"""Read who leads what where the text of a task says so itself, beside its list of units.

The list of units stays the authority on who answers for the task: a sentence inside it may speak
of a part only (the supervision, one platform). What is found here stands beside the list, with
its sentence, and is never counted as the role in the task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from yiyang.agencies.grammar import Unit, read_units
from yiyang.agencies.resolving import resolve
from yiyang.safety.later import expression

# 由民政部门牵头, 卫生健康局牵头负责; not 各牵头单位, 牵头部门要
_LEADS = expression(r"(?:牵头|主办)(?!(?:责任)?(?:单位|部门|处室|科室|人|方)|的(?:单位|部门))")
# (含中医药主管部门,下同): what stands in brackets ends no clause
_BRACKETS = expression(r"[(（][^()（）]{0,60}[)）]")
_SENTENCE = expression(r"[^。；;\n]{1,600}")
# 由, 监管职责由; 因由 and 理由 are no such word
_BY = expression(r"(?<![理因自缘])由(?!于)")
# 不再由民政局牵头, 原由卫生局牵头, 曾由: who leads no longer; the sentence says it by itself
_NO_LONGER = expression(r"(?:不再?|原先?|曾经?|此前|以前|过去)由")


class Within(NamedTuple):
    """A known agency whose role the text of a task states. `clause` is the sentence as printed,
    from `start` to `end` of the text."""

    role: str
    agency_id: str
    printed: str
    clause: str
    start: int
    end: int


def roles_within(text: str) -> list[Within]:
    """Return the units that a text says to lead something, and those it names to support them.

    医养结合服务的监管由卫生健康部门牵头负责、民政部门配合: health leads, civil affairs supports.
    A text that names no one before the word (牵头建立制度, 各牵头单位) has none, and a sentence
    that says who leads no longer (不再由民政局牵头) is not read.
    """
    return [found for sentence in _SENTENCE.finditer(text) for found in _of_sentence(sentence)]


def _of_sentence(sentence: re.Match[str]) -> Iterator[Within]:
    whole = sentence[0]
    flat = _BRACKETS.sub(lambda m: "＿" * len(m[0]), whole)
    first = _LEADS.search(flat)
    if not first or _NO_LONGER.search(flat):
        return
    for unit in read_units(whole[_begin(flat, first.start()) :]).units:
        if unit.role_printed and (known := _known(unit)):
            clause = whole.strip()
            yield Within(unit.role, known, unit.printed, clause, *sentence.span())


def _begin(flat: str, end: int) -> int:
    """Where the names before the word begin: behind the last 由, else the last comma."""
    by = [m.end() for m in _BY.finditer(flat, 0, end)]
    return by[-1] if by else max(flat.rfind(mark, 0, end) for mark in "，,：:") + 1


def _known(unit: Unit) -> str | None:
    return resolve(unit.name).agency_id
