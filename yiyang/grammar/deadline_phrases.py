"""Find the times named in task lists, and tell which of them is a deadline.

The grammar was written from the four lists and from the wording of other Chinese task lists
(tests/grammar/ and tests/times.csv hold the phrases).
`dates.py` reads the dates; here it is decided what they mean, in a column of deadlines and in a
running text. A phrase is read as a whole or not at all: see `rests.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from yiyang.core.text import just_before, remembered
from yiyang.grammar import among_times, around, calendars, dates, deadline_patterns, rests
from yiyang.grammar.dates import SchoolYear, Years
from yiyang.grammar.deadline_refusals import NOT_READ, refusal, states_year
from yiyang.grammar.numerals import fold
from yiyang.grammar.time_readers import Time, TitleYear, read_match
from yiyang.safety.later import expression

__all__ = ["Time", "TitleYear", "in_cell", "in_text", "is_unread"]

# 2025, 2025-2026
_YEAR_ALONE = expression(r"\s*20\d\d(?:\s?[-—–~至到]{1,2}\s?20\d\d)?\s*")
# 20251130, 20250630前, 20250301-20250630: a day as programs write it
_COMPACT_DAY = expression(r"(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_COMPACT = expression(
    rf"\s*{_COMPACT_DAY.pattern}(?:\s?[-—–~至到]{{1,2}}\s?{_COMPACT_DAY.pattern})?[之以]?前?(?:完成)?\s*"
)
# 202506, 202506前: a month as programs write it
_COMPACT_MONTH = expression(r"\s*(20\d\d)(0[1-9]|1[0-2])[之以]?前?(?:完成)?\s*")
# 6.30, 09.15: a day with a point in a column of times; 6.3 may be a figure
_DOTTED_ALONE = expression(r"\s*(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d)\s*")
_EMPTY = expression(r"[-—/无\s]*")


def in_cell(
    printed: str, issued: date | None, *, year: TitleYear = None, met: date | None = None
) -> list[Time]:
    """Return the times in a cell of a deadline column. `year` (of the title, or of the cell above)
    stands in where a date names none, else that of `issued`; `met` is the day of the
    meeting of which the document gives the minutes.

    A cell that is not understood is one `Time` without a kind, and so is each part of one that is
    read in part only (`unread` names it); an empty cell or a dash is none. A second date takes its
    year from the one before it: 2021年6月底前…，12月底前….
    """
    return list(_in_cell(printed, issued, year, met))


def _spaced(day: re.Match[str]) -> str:
    """A day written without marks, in the words of a calendar."""
    return f"{day[1]}年{int(day[2])}月{int(day[3])}日"


def _in_words(cell: str) -> str:
    """A cell that is figures alone, as tables and programs write a year, month or day, in the words
    of a calendar; empty for any other."""
    if _YEAR_ALONE.fullmatch(cell):
        return f"{cell.strip()}年"
    if _DOTTED_ALONE.fullmatch(cell):
        return f"{cell.strip()}日"
    if month := _COMPACT_MONTH.fullmatch(cell):
        return f"{month[1]}年{int(month[2])}月"
    return _COMPACT_DAY.sub(_spaced, cell).strip() if _COMPACT.fullmatch(cell) else ""


@lru_cache(maxsize=65_536)
def _in_cell(
    printed: str, issued: date | None, year: TitleYear, met: date | None
) -> tuple[Time, ...]:
    cell = fold(printed)
    if _EMPTY.fullmatch(cell):
        return ()
    if words := _in_words(cell):
        whole = _in_cell(words, issued, year, met)
        return tuple(time._replace(end=len(cell)) for time in whole)
    found: list[Time] = []
    taken: list[tuple[int, int]] = []
    for _, time in _times(deadline_patterns.in_cell(cell), cell, issued, year, met):
        taken.append(time[:2])
        if time.kind == "ongoing" and not time.start and found:
            found[-1] = found[-1]._replace(is_ongoing=True)
        else:
            found.append(time)
    found = _without_former(cell, found)
    if not found or any(_is_one(cell, a, b) for a, b in pairwise(found)):
        return (Time(0, len(cell), unread=cell.strip()),)
    cuts = [_clause_start(cell, a.end, b.begin) for a, b in pairwise(found)]
    bounds = [0, *cuts, len(cell)]
    times: list[Time] = []
    for time, begin, end in zip(found, bounds, bounds[1:], strict=False):
        times += _with_its_rest(cell, time._replace(begin=begin, end=end), taken)
    return tuple(times)


# 3月或4月, 6月30日或7月15日前: either, and nothing says which
_OR = expression(r"[\s,，、]{0,3}或者?[\s在于]?")
# 5月一8月, 2025年l0月: a slip of the hand within one phrase
_SLIP = expression(r"[一lIOo|]")


def _is_one(cell: str, one: Time, other: Time) -> bool:
    """Whether two times are parts of one phrase that cannot be read."""
    return bool(
        _OR.fullmatch(cell, one.end, other.begin)
        or (not (one.kind and other.kind) and _SLIP.fullmatch(cell, one.end, other.begin))
    )


# (已于8月完成), 已在3月底前完成: when it was done, and no deadline
# 已完成（2025年1月）, 已办结：3月: the day of a status
_HAPPENED = expression(
    r"已经?[于在]$|已经?(?:全[部面]|基本)?(?:完成|建成|办结|竣工|完工|落实|启用|销号)[(:]$"
)
# 2月已完成, 3月底已建成: the same behind the day; 2月底前（已完成） is a note on a day that is due
_HAS = expression(r"\s?已经?[完建开竣投启印出]")
# (原2024年3月底), 延期至: the day before it is or was another one
_FORMER = expression(
    r"[(（,，]?(?<![按照依])原(?:定|计划|为|定于|时限|期限|目标|节点|时间)*(?:完成)?(?:时限|期限|时间)?[:：]?$"
)
_MOVED = expression(r"(?<![可应])(?:延期?|延后|延长|推迟|提前|调整|变更|改)[至到为]$")


# (含9月30日), (第二季度末), (腊月初十), (“七一”前), (汛前): the same day in other words
_OPENS_GLOSS = expression(r"[(（](?:含|即|包括)?$")
_OTHER_WORDS = expression(
    rf"[“”\"'‘’]?(?:{calendars.FESTIVALS}|农历|阴历|[正冬腊]月|主?汛|入[汛冬]|雨季|[春秋]季学期|开[学渔]|[供采]暖|春耕)"
)


def _is_gloss(cell: str, said: Time, time: Time) -> bool:
    """Whether a time in brackets says the day before it once more."""
    if not _OPENS_GLOSS.search(cell[said.end : time.begin]):
        return False
    is_named = said.precision == "day" and _OTHER_WORDS.match(cell, time.begin)
    return bool(is_named) or (bool(time.due or time.kind == said.kind) and time.due == said.due)


# 12月底前（2026年继续推进）: the work goes on, and nothing is due in that year
_GOES_ON = expression(r"年?(?:继续|持续|长期)(?:推进|实施|深化|巩固|推动|开展|坚持|完善)[)）]")


def _without_former(cell: str, found: list[Time]) -> list[Time]:
    """The times without those that hold no longer: 5月底（原3月底）, 5月底（延至9月底）."""
    kept: list[Time] = []
    for time in found:
        before = just_before(cell, time.begin, 8)
        is_over = _HAPPENED.search(before) or _HAS.match(cell, time.end)
        if (len(found) > 1 and _FORMER.search(before)) or is_over:
            continue
        if kept and _is_gloss(cell, kept[-1], time):
            continue
        is_beside = _OPENS_GLOSS.search(before) and _GOES_ON.match(cell, time.end)
        if kept and time.precision == "year" and is_beside:
            kept[-1] = kept[-1]._replace(is_ongoing=True)
            continue
        # 延至 may have its last character in the time: 至9月底
        if kept and _MOVED.search(before + cell[time.begin : time.begin + 1].strip("0123456789")):
            kept.pop()
        kept.append(time)
    return kept


_MARKS = ",，;；。、\n"
_READ = expression("\0+")
_CLAUSES = expression(f"[^{_MARKS}]+")


def _with_its_rest(cell: str, time: Time, taken: list[tuple[int, int]]) -> list[Time]:
    """The time of a part of a cell, not understood where a part of its clause is not, and each
    other clause that names a time that was not read."""
    first, last = (bisect_left(taken, (at,)) for at in (time.begin, time.end))
    bare, others, missing = list(cell[time.begin : time.end]), [], ""
    for begin, end in taken[first:last]:
        bare[begin - time.begin : end - time.begin] = "\0" * (end - begin)
    for clause in _CLAUSES.finditer("".join(bare)):
        parts = _READ.split(clause[0])
        left = [rests.unread(part, is_behind=i > 0) for i, part in enumerate(parts)]
        part = next((words for words in left if words), "")
        if part and len(parts) > 1:
            missing = missing or part
        elif part:
            begin, end = (time.begin + at for at in clause.span())
            others.append(Time(begin, end, unread=part))
    time = time._replace(qualifier=rests.qualifier(cell[time.begin : time.end]))
    if missing:
        time = Time(time.begin, time.end, qualifier=time.qualifier, unread=missing)
    return [time, *others]


def _clause_start(text: str, begin: int, end: int) -> int:
    """Where the clause that reaches up to `end` starts behind `begin`."""
    return max(text.rfind(mark, begin, end) for mark in _MARKS) + 1 or end


@remembered(1 << 14)  # deadlines and targets ask of all tasks of a document in turn
def in_text(
    text: str, issued: date | None, *, year: TitleYear = None, met: date | None = None
) -> tuple[Time, ...]:
    """Return every time in a running text: deadlines, and the others with the reason of their
    refusal."""
    folded = fold(text)
    found = [
        time._replace(
            qualifier=_qualifier(folded, match),
            unread="" if time.kind else match[0],
        )
        for match, time in _times(deadline_patterns.in_text(folded), folded, issued, year, met)
    ]
    return among_times.judged(folded, found)


def is_unread(time: Time) -> bool:
    """Tell whether a time of a text is one that was seen and not understood."""
    return time.refusal in NOT_READ


_BEGUN = expression("[，,。;；:：(（]")


def _qualifier(text: str, match: re.Match[str]) -> str:
    before = _BEGUN.split(just_before(text, match.start(), 30))[-1]
    after = [word for word in ("左右", "前后", "上下") if text.startswith(word, match.end())]
    return rests.qualifier("".join([before, match[0], *after]))


def _ended(time: Time, text: str, year: int | None) -> Time:
    """A length of time whose last day is printed behind it: 用三年时间，到2027年底."""
    days = around.day_behind(text, time.end, year) if time.due else None
    return time._replace(due=days.last, is_year_inferred=days.is_year_inferred) if days else time


Found = Iterator[tuple[re.Match[str], Time]]


def _times(
    pattern: re.Pattern[str],
    text: str,
    issued: date | None,
    year: TitleYear,
    met: date | None,
) -> Found:
    """Each match with its time; words that no calendar has, and the day in brackets that explains
    them (秋季开学前（8月25日前）), are one time."""
    said: tuple[re.Match[str], Time] | None = None
    for match, time in _each_time(pattern, text, issued, year, met):
        if said and time.due and around.explains(text, said[1].end, (time.begin, time.end)):
            yield match, time._replace(begin=said[1].begin, end=time.end + 1)
            said = None
            continue
        if said:
            yield said
        said = (match, time) if not time.kind and match.group("unread") else None
        if not said:
            yield match, time
    if said:
        yield said


def _each_time(
    pattern: re.Pattern[str],
    text: str,
    issued: date | None,
    year: TitleYear,
    met: date | None,
) -> Found:
    """Each match with its time. A date without a year takes the one that its sentence stated
    before it, else `year`, else that of the issue, which are inferences."""
    stated, position, is_reckoned = None, 0, False  # 明年 states a year by that of the issue
    before: date | None = None  # the day with which the sentence stated its year
    school = year if isinstance(year, SchoolYear) else None
    titled = year.first if isinstance(year, SchoolYear) else year
    own = titled or (issued.year if issued else None)
    this = issued.year if issued else None if school else titled
    is_text = "title" in pattern.groupindex
    for match in pattern.finditer(text):
        if "。" in text[position : match.start()]:
            stated = None
        position = match.end()
        # 今年 of a document that speaks of another year than that of its issue is either
        is_clear = year is None or titled == this
        years = Years(
            stated or own,
            this if is_clear else None,
            is_of_title=year is not None,
            school=None if stated else school,
            met=met,
        )
        time = read_match(match, issued, years)
        if stated and _is_behind_itself(time, before, own, is_reckoned):
            # 2025年12月底前建成的，5月底前验收, in a list of 2026: no day of the year before
            stated = None
            time = read_match(match, issued, years._replace(stated=own))
        if match.group("until"):
            time = _ended(time, text, own)
        if around.is_unread(match, is_dated=bool(time.due)):
            time = Time(*match.span())
        elif time.due and stated:
            time = _in_year_stated(time, text, is_reckoned)
        else:
            time = _plausible(time, issued, titled)
        begin = around.opening(match)
        why = refusal(match, time, issued, titled) if is_text else ""
        time = time._replace(begin=begin, refusal=why)
        day = time.due or time.start
        of = day.year if day else 0 if time.kind else dates.stated_year(match[0])
        is_next = time.is_year_inferred and bool(_NEXT_YEAR.match(match[0]))
        is_told = is_next or not time.is_year_inferred
        if of and is_told and states_year(match, time.refusal, of, own):
            stated, before, is_reckoned = of, day, is_next
        yield match, time


# 明年3月底前封顶，12月底前竣工: of the same year
_NEXT_YEAR = expression(
    r"\W{0,2}(?:明年|来年|后年|次年|翌年)\s?\d{1,2}\s?月(?:底|末|[上中下]旬|\d{1,2}日)?前?$"
)


# 完工, 全部建成投用: the end of what began in that year; not 启动招标, 完成前期工作
_ENDS = expression(
    r"\s?(?:全[部面线]|正式|整体|基本|主体(?:工程)?){0,2}(?:完成(?:验收|建设|改造|交付|竣工)|建成|竣工|完工|投用|投运|投入(?:使用|运营)|通[车水气]|交付|验收|开[园业馆])"
)


def _in_year_stated(time: Time, text: str, is_reckoned: bool) -> Time:
    """A time without a year behind one that stated it; behind 明年 the bare date of anything but
    an end (明年6月底前建成，11月底前完成前期) is of either year, and has no days."""
    if not (is_reckoned and time.is_year_inferred):
        return time._replace(is_year_inferred=False)
    if _ENDS.match(text, time.end):
        return time
    return time._replace(start=None, due=None, is_year_inferred=False)


def _is_behind_itself(time: Time, before: date | None, own: int | None, is_reckoned: bool) -> bool:
    """Whether a time that takes the year of the day printed before it would lie before that day,
    though the list is of a later year, or only 明年 stated that year."""
    if not (time.due and time.is_year_inferred and before and own):
        return False
    return time.due < before and (is_reckoned or own > before.year)


_LATE = timedelta(days=120)
"""A list that is issued in spring may name a task of January; one of December means the next."""


def _plausible(time: Time, issued: date | None, titled: int | None) -> Time:
    """The time without its days where the year of issue would put it long before the issue, or
    that of the title, which was over by then, before it at all."""
    if not (issued and time.due and time.is_year_inferred):
        return time
    if titled and titled >= issued.year:
        return time
    first = issued if titled else issued - _LATE
    if time.due >= first:
        return time
    return time._replace(start=None, due=None, is_year_inferred=False)
