"""Apply the rules that a document states once for all its lists of units.

列第一位的为牵头单位，下同: the first unit of each list leads. 标★的为牵头单位: the units beside
which the mark stands do. 以下均需各县（市、区）落实，不再列出: these units belong to every task.
Rules of both kinds are applied and marked as inferred, with the rule's line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from yiyang.agencies.grammar import read_units
from yiyang.core.schema import Rows
from yiyang.core.text import simplify
from yiyang.grammar import roles
from yiyang.safety.telling import tell


class Rule(NamedTuple):
    """A rule: the line on which it stands, its words, the units it adds (none: some of a list
    lead), the lines of the lists for which it holds, the mark beside those that lead (none: the
    first does), and the role of the others where it says one."""

    line: int
    printed: str
    units: tuple[str, ...]
    first: int
    last: int
    mark: str = ""
    others: str = ""

    @property
    def reason(self) -> str:
        """What an assignment that rests on the rule says of it."""
        return tell("agencies.rule_on_line", line=self.line, printed=self.printed)

    def holds_for(self, line: int) -> bool:
        """Tell whether the rule speaks of a list on this line."""
        return self.first <= line <= self.last


EVERY_LINE = 10**9


def stated(lists: Rows, others: Rows) -> list[Rule]:
    """Return the rules that stand in the lists of a document or outside of them (`text`, `line`).

    A remark inside a list holds for that list, with 下同 for those behind it too; a note above or
    below the lists holds for all of them.
    """
    found: list[Rule] = []
    for row in lists:
        is_general = roles.UNSAID.search(simplify(row["text"]))
        last = EVERY_LINE if is_general else row["line"]
        found += _rules(row, row["line"], last)
    for row in others:
        found += _rules(row, 0, EVERY_LINE)
    return found


def _rules(row: dict[str, Any], first: int, last: int) -> Iterator[Rule]:
    printed = row["text"]
    text = simplify(printed)
    others = "supporting" if roles.OTHERS_SUPPORT.search(text) else ""
    if leads := roles.FIRST_LEADS.search(text):
        words = printed[slice(*leads.span())]
        yield Rule(row["line"], words, (), first, last, others=others)
    if marked := roles.MARK_LEADS.search(text):
        words = printed[slice(*marked.span())]
        yield Rule(row["line"], words, (), 0, EVERY_LINE, marked["mark"], others)
    if everywhere := roles.EVERYWHERE.search(text):
        names = read_units(printed[slice(*everywhere.span("units"))]).units
        if units := tuple(unit.printed for unit in names):
            words = printed[slice(*everywhere.span())]
            yield Rule(row["line"], words, units, first, EVERY_LINE)
