"""Read the heads of columns that are years: 2026年, 2026年目标, 目标值 over 2027年, 2024年基期."""

from __future__ import annotations

from datetime import date

from yiyang.core.schema import Rows
from yiyang.core.text import simplify, squash
from yiyang.grammar.deadline_phrases import TitleYear
from yiyang.safety.later import expression

_YEAR = expression(r"(?<!\d)(20\d\d)(?!\d)年?度?")
_BRACKETS = expression(r"[（(][^（）()]{0,12}[）)]")
# 2024年（基期）, 2024年实际, 2024年完成数: from where the goals start; not 2024年完成目标
_BASE = expression("基[期数准线年]|现状|实[际绩]|完成(?!目标|任务|计划)|已|执行|初始|[底末]数")
# 2026年目标值, 年度任务2026年
_GOAL = expression(
    r"(?:本?年度?|工作|预期|绩效|主要|具体|量化|阶段性?|分年度?|建设|发展|分解|各年度?|完成){0,2}"
    r"(?:目标|计划|任务|指标|规划)(?:任务|指标|要求|安排|目标|计划|分解)?[数值量]?"
)


def year(heading: str | None) -> tuple[int, str] | None:
    """Return the year that a head is and what its cells are: `goal`, `base`, or nothing where it
    does not say so (2026年); None for a head that is more than a year."""
    head = squash(simplify(heading or ""))
    years = _YEAR.findall(head)
    if len(years) != 1:
        return None
    rest = _BRACKETS.sub("", _YEAR.sub("", head))
    [own] = map(int, years)
    if _BASE.search(head):
        return own, "base"
    if not rest:
        return own, ""
    return (own, "goal") if _GOAL.fullmatch(rest) else None


# ≥79.2, 95%以上, 不低于90%: no year that is over is said so
_BOUND = expression("^[≥≤><]|^不[低高多少超]|(?:以[上下内]|左右)$")


def of_table(columns: Rows, issued: date | None = None, title: TitleYear = None) -> dict[str, int]:
    """Return the heads of the columns of a document that hold goals year by year, with the years.

    A bare year (2026年) is one of goals where it lies ahead of the issue, is that of the title, or
    where a cell below it is a bound, which no result is.
    """
    cells: dict[str, list[str]] = {}
    for row in columns:
        cells.setdefault(row["column_printed"] or "", []).append(squash(row["text"]))
    found: dict[str, int] = {}
    for head, texts in cells.items():
        if not (read := year(head)):
            continue
        own, kind = read
        is_bound = any(map(_BOUND.search, texts))
        if kind == "goal" or (not kind and (is_bound or _is_ahead(own, issued, title))):
            found[head] = own
    return found


def bases(columns: Rows, promised: Rows) -> set[str]:
    """Return the bare years of the columns of a document that lie before all of its goals: what was
    reached (2022年 beside 2025年 with its goals). `promised` are the rows of `targets`."""
    of_columns = [row for row in promised if row["char_start"] == row["char_end"] and row["due"]]
    goals = {*of_table(columns).values(), *(row["due"].year for row in of_columns)}
    heads = {row["column_printed"] or "" for row in columns}
    bare = {head: found[0] for head in heads if (found := year(head)) and not found[1]}
    return {head for head, own in bare.items() if goals and own < min(goals)}


def own_heads(printed: list[str], goals: dict[str, int]) -> dict[str, int]:
    """Return those of the heads of the cells of a task that hold its goals, with the years; none
    where only one of them is a year, or a year stands twice."""
    years = [head for head in printed if year(head)]
    found = {head: goals[head] for head in years if head in goals}
    is_sure = len(years) > 1 and len(set(found.values())) == len(found)
    return found if is_sure else {}


_SUMMER = 6
"""The last month in which a list still sets the goals of its own year."""


def _is_ahead(own: int, issued: date | None, title: TitleYear) -> bool:
    if isinstance(title, int):
        return own >= title
    if not issued:
        return False
    return own > issued.year or (own == issued.year and issued.month <= _SUMMER)


def is_of_goals(heading: str | None) -> bool:
    """Tell whether the cells below a head may be goals of a year."""
    found = year(heading)
    return found is not None and found[1] != "base"


def times_of(own: int, times: Rows) -> Rows | None:
    """Return the times of a task that lie in a year; None where the year is behind all of them."""
    days = [row["due"] for row in times if row.get("due")]
    if days and own > max(day.year for day in days):
        return None
    return [row for row in times if row.get("due") and row["due"].year == own]
