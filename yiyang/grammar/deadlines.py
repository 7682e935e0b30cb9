"""Find deadlines: what a document says about when its tasks are due, in a column or in the text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import just_before
from yiyang.grammar import time_headings, year_headings
from yiyang.grammar.deadline_phrases import Time, TitleYear, in_cell, in_text, is_unread
from yiyang.grammar.title_years import settled, year_of_task, year_of_title
from yiyang.safety.later import expression, pd

__all__ = ["find", "refused", "year_of_title"]


_STATED = ("by_date", "period", "recurring", "ongoing")
# 24小时内响应, 5个工作日内办结, 1个工作日内到账: how fast each case is served, whenever it comes
_SERVICE = expression(
    r"[^,，。;；、\d]{0,6}?(?:响应|办结|办理|到账|到位|到场|到达|赶到|答复|回复|回应|受理|送达|处置|处理|解决|修复|上门|签收|派单|转办"
    r"|联系|出证|出件|出具|出报告|反馈|取证|领证|审批|审核|兑付|拨付|发放|赔付|救援|救治|送医)"
)
# 开办时间压缩至1个工作日以内
_SHORTENED = expression(r"(?:压[缩减]|缩[短减]|控制|提速|限定|稳定|保持)(?:至|到|在|为)$")

_LIMIT = expression("(?:办结|办理|审批|响应|答复|回复)时限")
# 汛期结束后30日内完成水毁工程修复: behind what comes once
_ONCE = expression("(?:结束|竣工|完工|建成|验收|批复|下达|印发|公布|启动)之?后$")


def _is_of_service(text: str, time: Time) -> bool:
    """Whether a length of time in a text is that of a service, which holds for each case of it."""
    if time.kind != "procedural":
        return False
    before = just_before(text, time.begin, 6)
    if _ONCE.search(before):
        return False
    if _LIMIT.match(text, time.begin):  # 投诉办结时限不超过7个工作日
        return True
    return bool(_SHORTENED.search(before) or _SERVICE.match(text, time.end))


def find(  # noqa: PLR0913  (what a document says of its days)
    tasks: Rows,
    mentions: Rows,
    issued: date | None,
    *,
    year: TitleYear = None,
    heads: Mapping[str, str] | None = None,
    met: date | None = None,
) -> Rows:
    """Return the times named for the tasks of a document, rows of the table `deadlines`: those of a
    task's column before those of its text.

    `mentions` gives the cells of deadline columns (field `deadline`) and, where it holds them,
    the lines on which the text stands (field `text`). `year` is that of the title; a date without
    one takes it, else that of the heading above the task (`heads`, of `year_headings.above`), else
    the year of the cell above, else that of `issued`. `met` is the day of the meeting of which the
    document gives the minutes. What was seen in a text and not understood is
    a row without a kind. A task without a deadline has no row.
    """
    said: dict[tuple[str, str], Rows] = {}
    for mention in mentions:
        said.setdefault((mention["task_id"], mention["field"]), []).append(mention)
    heads = year_headings.above(tasks) if heads is None else heads
    rows: Rows = []
    above: int | None = None
    for task in tasks:
        name, text = task["task_id"], task["text"]
        own: Rows = []
        head = heads.get(name, "")
        known = year_of_task(head, year)
        settle = partial(settled, head=head, year=year)
        for cell in said.get((name, "deadline"), ()):
            printed = cell["text"].strip()
            times = _in_column(cell.get("heading") or "", printed, issued, (known, above), met)
            times = [settle(time) for time in times]
            above = _stated(times, above)
            own += [_row(name, "column", printed, time, cell["line"]) for time in times]
        pieces = said.get((name, "text"), ())
        places = [(piece["line"], piece["printed"]) for piece in pieces]
        read = [*map(settle, in_text(text, issued, year=known, met=met))]
        is_set = any(row["kind"] in _STATED for row in own)
        is_set |= any(time.kind in _STATED and not time.refusal for time in read)
        for time in read:
            if is_set and _is_of_service(text, time):
                continue
            if not time.refusal or is_unread(time):
                line = _line(text[time.begin : time.end], places or [(task["line_start"], "")])
                own.append(_row(name, "text", text, time, line))
        rows += [row | {"order": order} for order, row in enumerate(own, 1)]
    return rows


def _in_column(
    heading: str,
    printed: str,
    issued: date | None,
    years: tuple[TitleYear, int | None],
    met: date | None,
) -> list[Time]:
    """The times of a cell below a heading, which may say of which year they are (2026年) or from
    when they run (自印发之日起)."""
    if due := time_headings.due_behind(heading, printed, issued):
        whole = Time(0, len(printed), "by_date", due=due, precision="day")
        return [whole._replace(is_year_inferred=True)]
    known, above = years
    return _in_cell(printed, issued, time_headings.year_of(heading) or known, above, met)


def _in_cell(
    printed: str, issued: date | None, year: TitleYear, above: int | None, met: date | None
) -> list[Time]:
    """The times of a cell; where the year of the cell above and that of the issue disagree, a
    date that either may be is left empty."""
    if year or above is None:
        return in_cell(printed, issued, year=year, met=met)
    times = in_cell(printed, issued, year=above, met=met)
    if issued is None or above == issued.year:
        return times
    other = in_cell(printed, issued, met=met)
    return [
        time if time.due == rival.due or rival.due is None or rival.due < issued else _undated(time)
        for time, rival in zip(times, other, strict=True)
    ]


def _undated(time: Time) -> Time:
    """The time without its days, where their year was inferred."""
    if not time.is_year_inferred:
        return time
    return time._replace(start=None, due=None, is_year_inferred=False)


def _stated(times: list[Time], above: int | None) -> int | None:
    """The last year that a cell states, else the one that holds for the cell above."""
    years = [time.due.year for time in times if time.due and not time.is_year_inferred]
    return years[-1] if years else above


def refused(tasks: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """List, one a row, each time in a task's text that is no deadline: `task_id, printed,
    reason`."""
    issued = issue_dates(tasks, documents)
    rows = [
        (task.task_id, task.text[time.begin : time.end], time.refusal)
        for task in tasks.itertuples()
        for time in in_text(task.text, issued[task.task_id])
        if time.refusal
    ]
    return pd.DataFrame(rows, columns=["task_id", "printed", "reason"])


def issue_dates(tasks: pd.DataFrame, documents: pd.DataFrame) -> dict[str, date | None]:
    """Return the day of issue of the document of each task, None where none is known."""
    stated = pd.to_datetime(documents.set_index("document_id")["date_issued"])
    days = {key: None if pd.isna(day) else day.date() for key, day in stated.items()}
    return dict(zip(tasks["task_id"], tasks["document_id"].map(days.get), strict=True))


Places = list[tuple[int, str]]
"""The lines of a task's text, each with what is printed there."""


def _line(printed: str, places: Places) -> int:
    # A repaired phrase stands on none of the lines as it is; then the first line is named.
    return next((line for line, text in places if printed in text), places[0][0])


def _row(task_id: str, source: str, text: str, time: Time, line: int) -> dict[str, Any]:
    return {
        "task_id": task_id,
        "source": source,
        "printed": text[time.begin : time.end].strip(" ,，;；、\t"),
        "line": line,
        **time.columns(),
        "unread": time.unread,
    }
