"""Give items the time that a note says of their numbers: 第1、2、4项于4月底前完成，第3项长期坚持.

A sentence is applied whole or not at all: each clause must be about numbers that one task bears
each, none with a time of its own, and say a time and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from yiyang.core.schema import Rows
from yiyang.core.text import simplify
from yiyang.grammar import due_by_rule
from yiyang.grammar.deadline_phrases import Time, TitleYear
from yiyang.grammar.due_by_rule import ByRule
from yiyang.grammar.numerals import read
from yiyang.safety.later import expression

_SENTENCE = expression(r"[^。\n\t]{6,300}")
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
# 注：以上任务中，: what may stand before the first number
OPENS = expression(r"\W{0,3}(?:(?:备注|附注|注|说明)[:：]\s?)?(?:\d[.、．]\s?)?")
"""What may stand before the items in a note: 注：, 说明：1."""
_BEFORE = "(?:(?:以上|上述|所列|表中|本表|清单|其中|各项|任务|工作|事项|中|的){0,4})"
# 第1、2项, 第（四）项任务, 第3至5条
_IN_BRACKETS = rf"[(（]?{_N}[)）]?"
ITEMS = expression(
    rf"{_BEFORE}第(?P<numbers>{_IN_BRACKETS}(?:[项件条]?\s?[、至到和及—–~～-]{{1,2}}\s?第?{_IN_BRACKETS}){{0,30}})[项件条]"
    "(?:重点)?(?:任务|工作|事项|措施|项目)?"
)
"""The items that a sentence begins with, by their `numbers`, in words as `simplify` gives them."""
_REST = expression("其[余他它](?:各项|各|的)?(?:重点)?(?:任务|工作|事项|措施|项目)?")
_CUT = expression("[，,；;]")
_ONE = expression(_N)


class OfItems(NamedTuple):
    """The numbers of items (none: the rest) and what is said of them."""

    numbers: tuple[int, ...]
    words: str


def find_all(
    tasks: Rows, times: Rows, notes: Rows, issued: date | None, *, year: TitleYear = None
) -> ByRule:
    """Return the deadlines that notes give to tasks by their numbers, and to the others by rules
    about all."""
    named = find(tasks, times, notes, issued, year=year)
    others = due_by_rule.find(tasks, [*times, *named.rows], notes, issued, year=year)
    return ByRule([*named.rows, *others.rows], named.applied | others.applied)


def find(
    tasks: Rows, times: Rows, notes: Rows, issued: date | None, *, year: TitleYear = None
) -> ByRule:
    """Return the deadlines that `notes` (`text`, `line`) give to tasks by their numbers."""
    stated = due_by_rule.stated(times)
    by_number = numbered(tasks)
    n_rows = Counter(row["task_id"] for row in times)
    given: dict[str, tuple[int, str, Time]] = {}
    applied: set[tuple[int, str]] = set()
    for note in notes:
        for sentence in _SENTENCE.finditer(str(note["text"])):
            own = _given([*_clauses(sentence[0])], by_number, tasks, issued, year)
            if own and not (own.keys() & stated) and not (own.keys() & given.keys()):
                given |= {name: (note["line"], *said) for name, said in own.items()}
                applied.add((note["line"], sentence[0]))
    rows: Rows = []
    for task in tasks:
        if task["task_id"] in given:
            name, order = task["task_id"], n_rows[task["task_id"]] + 1
            words = due_by_rule.said(task["text"], issued, year)
            own_row = due_by_rule.row(name, order, *given[name])
            rows.append(due_by_rule.left(task, order, words) if words else own_row)
    return ByRule(rows, applied)


def numbered(tasks: Rows) -> Mapping[int, list[str]]:
    """Return the tasks that bear each number."""
    found: dict[int, list[str]] = defaultdict(list)
    for task in tasks:
        if printed := _ONE.findall(simplify(str(task["number_printed"] or ""))):
            found[_value(printed[-1])].append(task["task_id"])
    return found


def _value(printed: str) -> int:
    return int(read(printed))


def _clauses(sentence: str) -> Iterator[OfItems]:
    """The clauses of a sentence about items; none where one is about something else."""
    words = simplify(sentence)
    if opening := OPENS.match(words):
        words = words[opening.end() :]
    found: list[OfItems] = []
    numbers: tuple[int, ...] | None = None
    for clause in _CUT.split(words):
        items, rest = ITEMS.match(clause), _REST.match(clause)
        own = items or rest
        if own:
            if numbers is not None:
                return
            numbers = tuple(listed(items["numbers"])) if items else ()
        elif numbers is None:
            return
        behind = clause[own.end() if own else 0 :].strip()
        if behind:
            found.append(OfItems(numbers or (), behind))
            numbers = None
    if numbers is None and found and found[0].numbers:
        yield from found


def listed(printed: str) -> Iterator[int]:
    """Yield the numbers of 1、2 and 3至5."""
    for one in re.split("[、和及]", printed):
        ends = [_value(n) for n in _ONE.findall(one)]
        if len(ends) == 2:
            yield from range(ends[0], ends[1] + 1)
        else:
            yield from ends


def _given(
    clauses: Sequence[OfItems],
    by_number: Mapping[int, list[str]],
    tasks: Rows,
    issued: date | None,
    year: TitleYear,
) -> dict[str, tuple[str, Time]]:
    """Each task that the clauses are about with its phrase and time; none where one is unclear."""
    found: dict[str, tuple[str, Time]] = {}
    for clause in clauses:
        said = due_by_rule.one_time(clause.words, issued, year)
        meant = [by_number.get(number, []) for number in clause.numbers]
        if not clause.numbers:
            meant = [[task["task_id"]] for task in tasks if task["task_id"] not in found]
        if not said or not all(len(names) == 1 and not found.keys() & names for names in meant):
            return {}
        found |= {name: said for [name] in meant}
    return found
