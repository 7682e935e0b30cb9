"""Give tasks without a time of their own the one of the phase below whose heading they stand.

（二）集中整治阶段（2026年4月至9月）, 一、6月底前完成的任务: a row that rests on a heading is marked
as inferred and bears its line. Where the time cannot be read, or where it is not sure which tasks
stand below, none is given and the line is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from yiyang.core.schema import Rows
from yiyang.grammar import due_by_rule, year_headings
from yiyang.grammar.deadline_phrases import Time, TitleYear
from yiyang.grammar.numerals import fold, read
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


class PhaseHeading(NamedTuple):
    """A heading by its line and the style of its number; of a phase `phrase` is its time as
    printed, and `time` is none where that was not read."""

    line: int
    style: int
    is_first: bool
    is_short: bool
    """Whether what is below is to be done soon, be the day printed or not: 立行立改."""
    phrase: str = ""
    time: Time | None = None


class ByPhase(NamedTuple):
    """Rows of the table `deadlines`, and the headings (line, time) that were not applied."""

    rows: Rows
    unread: set[tuple[int, str]]


_TITLE = tell("parse.title")
_REASONS = (
    tell("parse.heading_section"),
    tell("parse.heading_group_tasks"),
    tell("parse.text_between_or_behind_tasks"),
    tell("parse.introduction_before_first_task"),
)
# …改革事项（6月底前完成）: a title that says when all below it is due
_TITLE_DUE = expression(
    r"(?<!情况|通报|总结|进展)[(（](?![^()（）]*(?:截[至止]|未|已|第?.批|部分))[^()（）]{2,20}(?:前|底|末|内)(?:完成|办结|见效|到位)[)）]$"
)
_LONGEST = 44
"""Characters of a line that may be the heading of a phase."""
_PLAIN, _PHASE = 7, 6
"""Styles of a heading without a number, and of 第一阶段; the others are the levels of numbers."""
_IS_PHASE = expression(r"阶段|第[一二三四五六\d]步|步骤[一二三四五六\d]")
_NAMED_PHASE = expression(
    r"\W{0,3}第?[一二三四五六\d]{1,2}(?:阶段|步)|\W{0,3}(?:阶段|步骤)[一二三四五六\d]"
)
_MARK = expression(
    r"\W{0,3}(?:第[一二三四五六七八九十]{1,3}(?:部分|[章篇编])|[一二三四五六七八九十\d]{1,3}\s?[、.．)）])\s?"
)
_FIRST = expression(r"\W{0,3}第?[一1](?!\d)")
# 动员部署阶段（2026年3月底前）, 第二阶段：集中整治（时间：4月至9月）
_IN_BRACKET = expression(
    r"[(（](?:起止|完成|实施|整治)?(?:时间|时限|期限)?\s?[:：为]?(?P<time>[^()（）:：]{2,30})[)）](?:\s?[:：][^:：()（）]{0,20})?$"
)
# 第二阶段：2026年4月至9月, 动员部署阶段 2026年3月
_BEHIND = expression(r"(?:阶段|步)[^:：\s]{0,12}[:：\s]\s?(?P<time>[^:：()（）]{2,24})$")
# 一、6月底前完成的任务, 二、上半年重点任务（12项）
_OF_TASKS = expression(
    r"(?P<time>[^,，:：()（）]{2,16}?)(?:(?:要|须|应|需)?(?:完成|办结|见效|到位)的?|的|重点|目标|主要){0,3}"
    r"(?:任务|事项|工作|项目|措施|类)(?:清单|安排)?(?:[(（]共?\d{1,3}[项件个条][)）])?"
)
# 一、第一季度完成, 上半年, （二）6月底前办结（3项）, 4月至9月
_WHEN = (
    r"(?:20\d\d年|今年|本年)?(?:第?[一二三四1-4]季度|[上下]半年"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}日|[上中下]旬)?|年)[底末份内]{0,2}(?:[以之]?前)?"
)
_OF_REPORT = expression(
    "(?:情况|通报|总结|进展|汇报|简报)(?:的?(?:报告|通报|汇报|说明))?[表单]?(?:[(（][^()（）]*[)）])?\\s*$"
)
_ALONE = expression(
    rf"(?P<time>{_WHEN}(?:[至到—–~～-]{_WHEN})?)(?:要|须|应|需)?(?:全[面部])?(?:完成|办结|见效|到位|落实)?"
    r"(?:[(（]共?\d{1,3}[项件个条][)）])?"
)
# 三、2026年完成（2项）
_IN_YEAR = expression(
    r"(?P<time>20\d\d年)度?(?:底?前|内)?(?:要|须|应|需)?(?:全[面部])?(?:完成|办结|见效|到位)的?(?:重点|目标)?(?:任务|事项|工作|项目)?"
    r"(?:[(（]共?\d{1,3}[项件个条][)）])?"
)
# 第一季度工作打算, 下半年攻坚: speaks of when, in other words
_SHORT_TIME = expression(
    r"(?:20\d\d年|今年|本年|全年|第)?"
    r"(?:[一二三四1-4]季度|[上下]半年|\d{1,2}月[份底末]?|[一二三四五六七八九十]{1,2}月[份底末]?|年底).{0,8}"
)
_SPEAKS_OF_TIME = expression(
    r"\d\s?[月日]|[一二三四五六七八九十]月|月[底末]|年[底末内]|季度|半年|汛|开学|入冬"
)
_MONTH = expression(r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s?月")
# 6月底前, 4月至9月: when what stands below is due; not 已完成事项（2026年3月）
_IS_END = expression(r"(?:[前底末内]|完成|办结)$|[至到—–~～-]")
_IS_REPORT = expression("已|情况|回顾|现状|经验")
_ENDS_IN_BRACKET = expression(r"[(（][^()（）]*前[^()（）]{0,4}[)）]$")
# 三、长期坚持事项, 长期整改类（4项）: what is to go on, beside groups that have an end
_LASTING = expression(
    r"(?:需要?|须|要)?(?P<time>(?:长期|持续|常态化?|常年)(?:坚持|推进|抓好|整改|落实|开展|实施))(?:的|类){0,2}(?:整改)?"
    r"(?:任务|事项|工作|项目|措施|问题|类)(?:清单)?(?:[(（](?:共?\d{1,3}[项件个条]|长期坚持|长期|持续推进|持续整改)[)）])?"
    r"|(?P<alone>(?:长期|持续)(?:坚持|整改))"
)
_SHORT = expression("立行立改|立知立改|立即整改|即知即改|限期|短期|近期|中期|分阶段")
# （2026年4月8日）, （2026年3月2日印发） below a title
_OF_ISSUE = expression(
    r"[(（]\s?(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s?(?:印发|发布|公布|下发|发文|通过)?[)）]"
)


def find(  # noqa: PLR0913  (what a document says of its days)
    tasks: Rows,
    times: Rows,
    notes: Rows,
    issued: date | None,
    *,
    year: TitleYear = None,
    heads: Mapping[str, str] | None = None,
) -> ByPhase:
    """Return the deadlines that headings of phases among the `notes` (`text`, `line`, `reason`)
    give to tasks whose `times` state none; `heads` are the headings of a year above tasks."""
    found = _ahead(_apart(_lasting([*_headings(notes, issued, year)]), tasks))
    if not any(heading.phrase for heading in found):
        return ByPhase([], set())
    stated = due_by_rule.stated(times)
    n_rows = Counter(row["task_id"] for row in times)
    rows: Rows = []
    unread: set[tuple[int, str]] = set()
    for task, heading, is_sure in _below(found, tasks):
        name = task["task_id"]
        if name in stated:
            continue
        time = heading.time
        is_of_either = time and _is_of_either(time, (heads or {}).get(name, ""))
        if not time or not is_sure or is_of_either:
            unread.add((heading.line, heading.phrase))
            continue
        said = due_by_rule.said(task["text"], issued, year)
        rows.append(
            due_by_rule.left(task, n_rows[name] + 1, said)
            if said
            else due_by_rule.row(name, n_rows[name] + 1, heading.line, heading.phrase, time)
        )
    return ByPhase(rows, unread)


_YEARS = expression(r"(?<!\d)20\d\d(?!\d)")


def _is_of_either(time: Time, head: str) -> bool:
    """Whether a time without a year may be of another one than that of the heading of a year."""
    years = set(_YEARS.findall(head))
    is_one = len(years) == 1 and bool(time.due) and years == {str(time.due and time.due.year)}
    return bool(head) and time.is_year_inferred and not is_one


# 【3月】
_INSIDE = expression(r"[【\[]\s?([^【】\[\]]{1,20}?)\s?[】\]]")


def _headings(notes: Rows, issued: date | None, year: TitleYear) -> Iterator[PhaseHeading]:
    is_report = any(n["reason"] == _TITLE and _OF_REPORT.search(str(n["text"])) for n in notes)
    of_series = {} if is_report else _series(notes, issued, year)
    for note in sorted(notes, key=lambda note: note["line"]):
        if in_series := of_series.get(note["line"]):
            yield in_series
            continue
        words = fold(str(note["text"])).strip().rstrip("。:：")
        words = inside[1] if (inside := _INSIDE.fullmatch(words)) else words
        is_title = note["reason"] == _TITLE and _TITLE_DUE.search(words)
        if note["reason"] not in _REASONS and not is_title:
            continue
        level = year_headings.level_of(words)
        style = level or (_PHASE if _NAMED_PHASE.match(words) else _PLAIN)
        is_short = bool(_SHORT.search(words))
        heading = PhaseHeading(note["line"], style, bool(_FIRST.match(words)), is_short)
        if len(words) > _LONGEST or re.search("[。;；]", words):
            if level:  # names no phase, but ends one of its level
                yield heading
            continue
        phrase, is_due = _phrase(words)
        # below the title of a report 一、第一季度 may say when things were done
        is_due = is_due and not (is_report and _ALONE.fullmatch(_unmarked(words)))
        lasting = _LASTING.fullmatch(_unmarked(words))
        if lasting:
            phrase = lasting["time"] or lasting["alone"]
            lasts = Time(*lasting.span(), "ongoing", is_ongoing=True)
            yield heading._replace(phrase=phrase, time=lasts)
        elif phrase:
            time = due_by_rule.one_day(phrase, issued, year) if is_due else None
            yield heading._replace(phrase=phrase, time=time)
        elif style != _PLAIN or note["reason"] in _REASONS[:2]:
            yield heading


# …工作推进表（一季度）, …工作推进表（二季度）: the titles of tables, one for each part of a year
_OF_SERIES = expression(
    r"(?P<title>.{4,60}?)[(（](?P<part>第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?)[)）]"
)


_TELLS = expression(r"问题|发现|情况|进展|20\d\d.*20\d\d")


def _series(notes: Rows, issued: date | None, year: TitleYear) -> dict[int, PhaseHeading]:
    """The headings that are one title again and again, each for another part of a year, by their
    lines; none where of one of them it is not sure of which year it is."""
    titles: dict[str, dict[int, str]] = {}
    for note in notes:
        match = _OF_SERIES.fullmatch(fold(str(note["text"])).strip())
        is_told = match and (_OF_REPORT.search(match["title"]) or _TELLS.search(match["title"]))
        if match and not is_told and note["reason"] in (_TITLE, *_REASONS):
            titles.setdefault(match["title"], {})[note["line"]] = match["part"]
    found = {}
    for parts in titles.values():
        times = {line: due_by_rule.one_day(part, issued, year) for line, part in parts.items()}
        is_sure = all(t and t.due and not (issued and t.due < issued) for t in times.values())
        if is_sure and len(set(parts.values())) == len(parts) > 1:
            for line, part in parts.items():
                found[line] = PhaseHeading(line, _PLAIN, False, False, part, times[line])
    return found


def _lasting(headings: list[PhaseHeading]) -> list[PhaseHeading]:
    """The headings; one of what is to go on (三、持续推进事项), not to go on for long (长期坚持),
    says so only beside another of what has an end."""
    if any(h.is_short or (h.time and h.time.due) for h in headings):
        return headings
    return [h._replace(phrase="", time=None) if _goes_on(h) else h for h in headings]


def _goes_on(heading: PhaseHeading) -> bool:
    is_ongoing = bool(heading.time and heading.time.kind == "ongoing")
    return is_ongoing and not heading.phrase.startswith(("长期坚持", "长期整改"))


def _phrase(words: str) -> tuple[str, bool]:
    """The time in the words of a heading of a phase, empty where they name none, and whether the
    tasks below are due by it; the words themselves where it stands among others."""
    if (in_year := _IN_YEAR.fullmatch(_unmarked(words))) and not _IS_REPORT.search(words):
        return in_year["time"], True
    if not _SPEAKS_OF_TIME.search(words) or _IS_REPORT.search(words) or _OF_ISSUE.fullmatch(words):
        return "", False
    is_phase = bool(_IS_PHASE.search(words))
    of_tasks = _OF_TASKS.fullmatch(_unmarked(words)) or _ALONE.fullmatch(_unmarked(words))
    for own in (_IN_BRACKET.search(words), is_phase and _BEHIND.search(words), of_tasks):
        if own and _SPEAKS_OF_TIME.search(own["time"]):
            before, named = (_months(w) for w in (words[: own.start("time")], own["time"]))
            if not before <= named:
                return words, False  # 动员（3月底前）、整治（4月底前）: of which phase, is not said
            phrase = str(own["time"]).strip(" ,，")
            return phrase, is_phase or own is of_tasks or bool(_IS_END.search(phrase))
    is_of_time = is_phase or _ENDS_IN_BRACKET.search(words)
    is_of_time = is_of_time or _SHORT_TIME.fullmatch(_unmarked(words))
    return words if is_of_time else "", False


def _unmarked(words: str) -> str:
    """The words of a heading behind its number."""
    mark = _MARK.match(words)
    return words[mark.end() :] if mark else words


def _months(words: str) -> set[int]:
    """The numbers of the months that words name."""
    return {int(read(month[1])) for month in _MONTH.finditer(words)}


def _apart(headings: list[PhaseHeading], tasks: Rows) -> list[PhaseHeading]:
    """The headings, without the time of one that shares its line with a task or another heading:
    which tasks stand below it is not known."""
    lines = Counter(heading.line for heading in headings)
    lines.update({task["line_start"] for task in tasks})
    return [h if lines[h.line] == 1 else h._replace(time=None) for h in headings]


def _ahead(headings: list[PhaseHeading]) -> list[PhaseHeading]:
    """The headings, without the time of a phase that would end before the one above it: its year
    is another than was inferred."""
    kept: list[PhaseHeading] = []
    last: dict[int, date] = {}
    for heading in headings:
        due = heading.time.due if heading.time else None
        before = last.get(heading.style)
        if due and before and due < before:
            heading = heading._replace(time=None)  # noqa: PLW2901
        elif due:
            last[heading.style] = due
        kept.append(heading)
    return kept


def _below(
    headings: list[PhaseHeading], tasks: Rows
) -> Iterator[tuple[dict[str, Any], PhaseHeading, bool]]:
    """Each task that stands below the heading of a phase, with it and whether that is sure."""
    events = [(h.line, False, n) for n, h in enumerate(headings)]
    events += [(task["line_start"], True, n) for n, task in enumerate(tasks)]
    open_heads: list[PhaseHeading] = []
    is_sure = True
    for _, is_task, n in sorted(events):
        if not is_task:
            open_heads, is_sure = _opened(open_heads, headings[n], is_sure)
            continue
        own = year_headings.level_of(fold(str(tasks[n].get("number_printed") or "")))
        phases = [at for at, heading in enumerate(open_heads) if heading.phrase]
        if phases:
            above = {heading.style for heading in open_heads[: phases[-1] + 1]}
            yield tasks[n], open_heads[phases[-1]], is_sure and own not in above


def _opened(
    heads: list[PhaseHeading], heading: PhaseHeading, is_sure: bool
) -> tuple[list[PhaseHeading], bool]:
    """The headings that hold below a heading, and whether those of a phase among them surely do:
    a heading without a number may stand below a phase or beside it."""
    styles = [head.style for head in heads]
    if heading.style in styles:
        kept = heads[: styles.index(heading.style)]
    else:
        kept = [head for head in heads if head.style < heading.style or head.style >= _PHASE]
    is_below = any(head.phrase for head in kept)
    is_new = heading.style not in styles and not heading.is_first
    is_doubtful = heading.style == _PLAIN or (is_new and any(h.style >= _PHASE for h in kept))
    stays = is_sure or not is_below
    return [*kept, heading], not (is_below and is_doubtful) and stays
