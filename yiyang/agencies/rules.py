"""Apply the rules that a document states once for all its lists of units.

列第一位的为牵头单位，下同: the first unit of each list leads. 标★的为牵头单位: the units beside
which the mark stands do; 加粗的为牵头单位: those in bold type.
以下均需各县落实，不再列出: these units belong to every task. Rules of all kinds are applied and
marked as inferred, with the rule's line; a list to which one cannot be applied keeps what its
column says, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from yiyang.agencies.grammar import Unit, names_units, read_units
from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.extract import Stretch
from yiyang.grammar import document_rules, roles
from yiyang.grammar.document_rules import Pick
from yiyang.safety.telling import tell

NOTHING = Pick("")


class Rule(NamedTuple):
    """A rule: the line on which it stands, its words, the units it adds (none: it gives roles), the
    lines of the lists for which it holds, which units of a list it picks, the role of these, and
    that of the others where it says one."""

    line: int
    printed: str
    units: tuple[str, ...]
    first: int
    last: int
    pick: Pick = NOTHING
    role: str = "lead"
    others: str = ""

    @property
    def reason(self) -> str:
        """What an assignment that rests on the rule says of it."""
        return tell("agencies.rule_on_line", line=self.line, printed=self.printed)

    @property
    def mark(self) -> str:
        """The sign that the rule explains, if it is about one."""
        return self.pick.value if self.pick.kind == "mark" else ""

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
    for rule in document_rules.of_roles(printed):
        words = printed[rule.begin : rule.end]
        of_order = (first, last) if rule.pick.kind == "first" else (0, EVERY_LINE)
        yield Rule(row["line"], words, (), *of_order, rule.pick, rule.role, rule.others)
    if everywhere := roles.EVERYWHERE.search(simplify(printed)):
        names = read_units(printed[slice(*everywhere.span("units"))]).units
        if units := tuple(unit.printed for unit in names):
            words = printed[slice(*everywhere.span())]
            yield Rule(row["line"], words, units, first, EVERY_LINE, role="responsible")
    if unmarked := roles.UNMARKED_SUPPORT.search(simplify(printed)):
        words = printed[slice(*unmarked.span())]
        yield Rule(row["line"], words, (), 0, EVERY_LINE, Pick("unmarked"), "supporting")
    yield from _by_one(row, first)


def _by_one(row: dict[str, Any], first: int) -> Iterator[Rule]:
    """以下各项任务均由市卫健委牵头，其他单位配合: who leads all tasks, and what the others do."""
    printed = row["text"]
    folded = simplify(printed)
    match = document_rules.BY_ONE.search(folded)
    names = printed[slice(*match.span("units"))] if match else ""
    if not match or not names_units(names):
        return
    units = read_units(names).units
    begin = row["line"] if match["below"] else first
    role = roles.of(match["role"]) or "responsible"
    words = printed[slice(*match.span())]
    named = tuple(unit.printed for unit in units)
    yield Rule(row["line"], words, named, begin, EVERY_LINE, role=role)
    behind = match.end() + 1
    if others := roles.OTHERS_SUPPORT.match(folded, behind):
        pick = Pick("others", "、".join(unit.name for unit in units))
        words = printed[match.start() : others.end()]
        yield Rule(row["line"], words, (), begin, EVERY_LINE, pick, "supporting")


class List(NamedTuple):
    """A printed list: its mention, and the units in it."""

    mention: dict[str, Any]
    units: Sequence[Unit]

    @property
    def text(self) -> str:
        """The words of the list."""
        return str(self.mention["text"])

    @property
    def line(self) -> int:
        """Its line in the file."""
        return int(self.mention["line"])

    @property
    def looks(self) -> Sequence[Stretch]:
        """How the type of its cell looks; empty where that is not known."""
        return self.mention.get("looks", ())


def roles_of(of: List, stated: Sequence[Rule]) -> list[tuple[Rule | None, str]]:
    """Return for each unit of a list the rule that gives it a role, and the role; none and nothing
    where no rule does.

    The first rule that can be applied counts, and of those about marks all: ★ leads, ▲ supports.
    """
    found: list[tuple[Rule | None, str]] = [(None, "")] * len(of.units)
    for rule in _of_list(of, stated):
        picked = _PICKS[rule.pick.kind](rule.pick.value, of)
        if picked is None or not any(picked):
            continue
        for n, is_picked in enumerate(picked):
            role = rule.role if is_picked else rule.others
            if role and (is_picked or not found[n][0]):
                found[n] = rule, role
        if rule.pick.kind != "mark":
            break
    return found


def unclear(of: List, stated: Sequence[Rule]) -> Rule | None:
    """Return a rule for a list that does not show which of its units it picks."""
    own = _of_list(of, stated)
    return next((rule for rule in own if _PICKS[rule.pick.kind](rule.pick.value, of) is None), None)


def _of_list(of: List, stated: Sequence[Rule]) -> list[Rule]:
    return [r for r in stated if r.pick.kind in _PICKS and r.holds_for(of.line)]


def with_unsaid_marks(of: List, stated: Sequence[Rule]) -> list[Unit]:
    """Return the units beside which a mark stands that no rule of the document explains."""
    said = {rule.mark for rule in stated}
    return [
        unit
        for unit in of.units
        if any(sign in roles.MARKS and sign not in said for sign in beside(unit, of.text).strip())
    ]


def _first(value: str, of: List) -> list[bool]:
    return [n < int(value) for n in range(len(of.units))]


def _marked(value: str, of: List) -> list[bool]:
    return [value in beside(unit, of.text) for unit in of.units]


def beside(unit: Unit, text: str) -> str:
    """Return what stands right before and behind a unit, brackets and blanks apart."""
    before = text[max(unit.start - 3, 0) : unit.start].rstrip("（( ")
    return before[-1:] + text[unit.end : unit.end + 3].lstrip("（( ")[:1]


_WIDE = str.maketrans("；，：／", ";,:/")


def _before(value: str, of: List) -> list[bool] | None:
    """The units before the first such sign; a list of one unit needs none."""
    text = of.text.rstrip("。；;，, ").translate(_WIDE)
    at = text.find(value)
    if at < 0:
        return [True] if len(of.units) == 1 else None
    return None if value in text[at + 1 :] else [unit.start < at for unit in of.units]


def _behind(value: str, of: List) -> list[bool] | None:
    before = _before(value, of)
    return None if before is None else [not is_before for is_before in before]


def _inside(value: str, of: List) -> list[bool] | None:
    """The units in brackets that belong to no name."""
    if any("(" in unit.name or "（" in unit.printed for unit in of.units):
        return None
    depths, depth = [], 0
    for character in of.text:
        depth += (character in "（(") - (character in "）)")
        depths.append(depth)
    return [depths[unit.start] > 0 for unit in of.units] if max(depths) else None


def _outside(value: str, of: List) -> list[bool] | None:
    inside = _inside(value, of)
    return None if inside is None else [not is_inside for is_inside in inside]


def _looking(value: str, of: List) -> list[bool] | None:
    """The units whose type looks so; unclear where one stands in its cell in both kinds, in part,
    or where no type is known."""
    found = []
    for unit in of.units:
        name = squash(unit.printed)
        so = any(name in squash(s.words) for s in of.looks if value in s.looks)
        other = any(name in squash(s.words) for s in of.looks if value not in s.looks)
        if so == other:
            return None
        found.append(so)
    # A list of several in which none stands out lost its type, or states no role; one in which all
    # do may stand in a row that is bold throughout.
    return found if len(found) == 1 or len(set(found)) > 1 else None


def _others(value: str, of: List) -> list[bool]:
    """The units that are none of those who lead all tasks."""
    return [unit.name not in value.split("、") for unit in of.units]


def _unmarked(value: str, of: List) -> list[bool] | None:
    """The units beside which no role is printed; unclear where none of the list leads."""
    if not any(unit.role == "lead" for unit in of.units):
        return None
    return [unit.role == "responsible" for unit in of.units]


_PICKS: dict[str, Callable[[str, List], list[bool] | None]] = {
    "first": _first,
    "mark": _marked,
    "before": _before,
    "behind": _behind,
    "inside": _inside,
    "outside": _outside,
    "look": _looking,
    "others": _others,
    "unmarked": _unmarked,
}
