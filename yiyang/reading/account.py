"""Say of every sign of a task what became of it: used in a field, refused with a reason, unread.

A sign is used only where a field of a task holds it: a unit by the grammar of units, a time by a
row of the deadlines, a number by the task that bears it. What stands inside the words of a task and
is no field there (a point of it, an agency that it mentions) is refused, and so is what stands in
the head, the headings and the foot of a document, each with the reason. All else is unread.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yiyang.core.schema import Rows
from yiyang.extract import Block
from yiyang.grammar import column_targets, period_columns, year_goals
from yiyang.grammar.numerals import fold
from yiyang.parse import Reading
from yiyang.reading import signs
from yiyang.reading.judging import (
    ABOVE,
    LISTS,
    POINT,
    REFUSED,
    STATES,
    UNREAD,
    USED,
    Cover,
    Judge,
)
from yiyang.reading.signs import plain
from yiyang.safety.later import expression
from yiyang.safety.telling import is_told, tell


@dataclass(frozen=True)
class Account:
    """The signs of a document with their states, and its printed lines (line 1 is the first).

    One row is a sign: `document_id, order, line, kind, printed, state, reason, task_id`, and
    `start, end`: its place among the characters of the line that are not white space.
    """

    rows: Rows
    lines: dict[int, str]
    counts: dict[tuple[str, str], int]
    """(kind, state) -> how many signs."""

    @classmethod
    def of(cls, rows: Rows, lines: dict[int, str]) -> Account:
        return cls(rows, lines, Counter((row["kind"], row["state"]) for row in rows))

    def slim(self) -> Account:
        """Return the account without the signs that fields hold and without the lines, for
        tables."""
        return Account(self.not_used(), {}, self.counts)

    @property
    def n_signs(self) -> int:
        return sum(self.counts.values())

    def count(self, state: str, kinds: Iterable[str] = signs.KINDS) -> int:
        return sum(self.counts.get((kind, state), 0) for kind in kinds)

    def count_of(self, kinds: Iterable[str]) -> int:
        return sum(self.count(state, kinds) for state in STATES)

    def unread(self) -> Rows:
        """Return the signs that no field holds and no reason explains, those of tasks and units
        first."""
        order = {kind: n for n, kind in enumerate(signs.KINDS)}
        found = [row for row in self.rows if row["state"] == UNREAD]
        return sorted(found, key=lambda row: (order[row["kind"]], row["order"]))

    def not_used(self) -> Rows:
        """Return the rows of the table `signs`: what a field holds stands in the other tables."""
        return [row for row in self.rows if row["state"] != USED]

    def by_kind(self) -> dict[str, dict[str, int]]:
        """Kind of sign -> how many are used, refused and unread."""
        found = {kind for kind, _ in self.counts}
        return {
            kind: {state: self.counts.get((kind, state), 0) for state in STATES}
            for kind in signs.KINDS
            if kind in found
        }


NOTHING = Account([], {}, {})
"""The account of a file that could not be read."""


def settle(
    document_id: str,
    blocks: Sequence[Block],
    reading: Reading,
    rows: dict[str, Rows],
) -> Account:
    """Return the account of a document: its printed blocks against the pieces and rows they
    became."""
    judge = Judge(document_id, Cover(blocks, reading.pieces), reading, rows)
    found = []
    for order, sign in enumerate(signs.find(blocks), 1):
        state, reason, seq = judge.of(sign)
        found.append(
            {
                "document_id": document_id,
                "order": order,
                "line": sign.line,
                "kind": sign.kind,
                "printed": sign.printed,
                "number": sign.printed[: sign.end - sign.start],
                "style": sign.style,
                "state": state,
                "reason": reason,
                "task_id": f"{document_id}-{seq:02d}" if seq else None,
                "start": sign.start,
                "end": sign.end,
            }
        )
    _between_units(found)
    _below_tasks(found, judge.last_line)
    _above_tasks(found, judge.first_line)
    found += _unknown_roles(document_id, rows, len(found))
    found += _unseen_goals(document_id, rows, found)
    found += _unseen_ticks(document_id, rows, len(found))
    if not rows["tasks"]:
        _of_no_list(found, reading)
    return Account.of(found, _lines(blocks))


def _lines(blocks: Sequence[Block]) -> dict[int, str]:
    """The printed lines, tabs between the cells of a row."""
    lines: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        for cell in block.cells:
            if cell.text.strip() and not cell.is_repeat:
                lines[cell.line].append(cell.text)
    return {line: "\t".join(texts) for line, texts in lines.items()}


def _between_units(found: Rows) -> None:
    """Mark as unread a point of a task that stands between two of its lists of units, and all
    points of its style: it has a list of its own, and may be a task. So may be one that stands on
    a line below the units of its task."""
    behind: dict[str, Rows] = {}
    line_of: dict[str, int] = {}
    styles: set[str] = set()
    for row in found:
        task = row["task_id"]
        if task and row["kind"] in LISTS and row["state"] == USED:
            styles |= {point["style"] for point in behind.get(task, ())}
            behind[task], line_of[task] = [], row["line"]
        elif row["reason"] == POINT and task in behind:
            behind[task].append(row)
    for task, points in behind.items():
        for row in points:
            if row["line"] > line_of[task]:
                row |= {"state": UNREAD, "reason": tell("reading.point_below_units_task")}
    for row in found:
        if row["reason"] == POINT and row["style"] in styles:
            row |= {"state": UNREAD, "reason": tell("reading.point_task_with_units_own")}


def _below_tasks(found: Rows, last_line: int) -> None:
    """Refuse names of agencies below the last task that nothing follows: they sign the document.
    Units behind another cell of their row (牵头 | 市商务局) do not: they are of a table."""
    for row in reversed(found):
        if row["line"] <= last_line or row["kind"] not in ("unit", "time", "agency", "figure"):
            break
        is_of_row = row["kind"] == "unit" and row["start"]
        if row["state"] == UNREAD and (row["kind"] == "time" or is_of_row):
            break
        if row["state"] == UNREAD:
            row |= {"state": REFUSED, "reason": tell("reading.names_agencies_below_tasks")}


def _above_tasks(found: Rows, first_line: int) -> None:
    """Mark as unread numbered text above the tasks behind which units stand, who issues the
    document apart."""
    signed = tell("parse.issuing_agency")
    above = [row for row in found if row["line"] < first_line]
    numbers = [row for row in above if row["reason"] == ABOVE]
    lists = [
        row
        for row in above
        if row["kind"] in LISTS and row["state"] == REFUSED and row["reason"] != signed
    ]
    behind = [row for row in lists if numbers and row["order"] > numbers[0]["order"]]
    for row in (*numbers, *behind) if behind else ():
        row |= {"state": UNREAD, "reason": tell("reading.numbered_text_with_units_above")}


def _unknown_roles(document_id: str, rows: dict[str, Rows], n: int) -> Rows:
    """One row is a unit whose printed role word nobody knows; what it does was not read."""
    unknown = {
        row["line"] for row in rows["unknown"] if is_told(row["reason"], "agencies.unknown_role")
    }
    units = [r for r in rows["assignments"] if r["role"] == "other" and r["line"] in unknown]
    why = tell("reading.role_word_not_known")
    found = [(row, f"{row['role_printed'] or ''}:{row['agency_printed']}") for row in units]
    return [
        _unseen(row, "role", printed, why) | {"document_id": document_id, "order": order}
        for order, (row, printed) in enumerate(found, n + 1)
    ]


_NUMBERS = expression(r"\d[\d.,，]*")


def _unseen_goals(document_id: str, rows: dict[str, Rows], seen: Rows) -> Rows:
    """One row is a figure in a column of goals that is no target and that the patterns of signs do
    not see: a number without a unit (目标值 | 350), or one with a unit that they do not ask for
    (每人不少于40学时; 护老比1:4)."""
    read: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows["targets"]:
        read[row["task_id"]].update(_NUMBERS.findall(row["printed"]))
    signs: dict[str | None, set[str]] = defaultdict(set)
    for sign in seen:
        if sign["kind"] == "figure":
            signs[sign["task_id"]].update(_NUMBERS.findall(fold(sign["printed"])))
    bare = []
    columns = rows.get("task_columns", [])
    reached = year_goals.bases(columns, rows["targets"])
    for row in columns:
        number = "" if row["column_printed"] in reached else column_targets.bare_number(row)
        own, held = Counter(_NUMBERS.findall(number)), read[row["task_id"]]
        if own - held:
            bare.append((row, number))
        held.subtract(own & held)
        if not number and column_targets.holds_goals(row["column_printed"]):
            known = signs[row["task_id"]] | set(held)
            figures = column_targets.figures(row["text"])
            bare += [(row, f) for f in figures if known.isdisjoint(_NUMBERS.findall(fold(f)))]
    why = tell("reading.figure_column_of_goals")
    return [
        _unseen(row, "figure", number, why) | {"document_id": document_id, "order": order}
        for order, (row, number) in enumerate(bare, len(seen) + 1)
    ]


def _unseen_ticks(document_id: str, rows: dict[str, Rows], n: int) -> Rows:
    """One row is a tick below a part of the year that no pattern of signs sees and that was not
    taken for a deadline."""
    why = tell("reading.times_column_not_known")
    ticks = [row for row in rows["deadlines"] if period_columns.is_unread(row)]
    return [
        _unseen(row, "time", row["unread"] + row["printed"], why)
        | {"document_id": document_id, "order": order}
        for order, row in enumerate(ticks, n + 1)
    ]


def _unseen(row: dict[str, Any], kind: str, printed: str, why: str) -> dict[str, Any]:
    """The row, unread, of what the patterns of signs do not see."""
    return {
        "line": row["line"],
        "kind": kind,
        "printed": plain(printed),
        "number": "",
        "style": "",
        "state": UNREAD,
        "reason": why,
        "task_id": row["task_id"],
        "start": 0,
        "end": 0,
    }


_BY_TITLE = ("parse.title_not_task_list", "parse.title_says_items_tasks")
# A document whose articles bear these numbers is a rule: 第三条
_ARTICLE = expression("^第[一二三四五六七八九十百零\\d]{1,4}条")


def _of_no_list(found: Rows, reading: Reading) -> None:
    """Refuse the numbers and names of a document without tasks, where nothing in it says who
    answers for what and its title promises none, or where it is a rule of articles."""
    unread = [row for row in found if row["state"] == UNREAD]
    is_rule = sum(bool(_ARTICLE.match(row["printed"])) for row in unread) > 2
    answers = sum(row["kind"] in ("label", "bracket", "header") for row in unread)
    if not is_rule and (
        answers > 1 or not any(is_told(why, *_BY_TITLE) for why in reading.reasons)
    ):
        return
    why = tell("reading.article_rule") if is_rule else tell("reading.text_document_no_task_list")
    for row in unread:
        if row["kind"] in ("number", "unit", "agency", "role"):
            row |= {"state": REFUSED, "reason": why}
