"""Find targets promised in tasks and outcomes reported in case studies: figures and their dates.

Every figure with a unit that a text holds is either one of these or refused with a reason
(`refused`), so that a reader can check what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from yiyang.core.schema import Rows
from yiyang.core.text import just_before, remembered
from yiyang.grammar import (
    date_patterns,
    dates,
    indicator_names,
    named_sizes,
    quantities,
    what_exists,
    year_headings,
)
from yiyang.grammar.deadline_phrases import Time, TitleYear, in_text
from yiyang.grammar.deadline_refusals import PAST, WAS_THEN, defines
from yiyang.grammar.deadlines import issue_dates
from yiyang.grammar.figures import Quantity
from yiyang.grammar.numerals import AND, fold
from yiyang.grammar.target_refusals import of_a_promise, of_a_report, starts
from yiyang.grammar.title_years import settled, year_of_task
from yiyang.safety.later import expression, pd
from yiyang.safety.telling import tell

Refuse = Callable[[str, Quantity], str]
# what a size, a state or people that are described say of the figure beside them
_SAID_OF_ALL = frozenset(
    map(
        tell,
        (
            "grammar.what_exists_already",
            "grammar.describes_population",
            "grammar.size_or_aim",
        ),
    )
)


@remembered(1 << 13)  # `find` and `refusals` ask of all tasks of a document in turn
def _judged(text: str, refuse: Refuse) -> list[tuple[Quantity, str]]:
    """The figures of a text, each with the reason of its refusal, empty where it is kept."""
    folded = fold(text)
    judged: list[tuple[Quantity, str]] = []
    for quantity in quantities.find(text):
        why = refuse(folded, quantity)
        is_plain = quantity.comparator in ("=", "about")
        is_plain = is_plain and "达" not in folded[quantity.begin : quantity.number]
        if not why and is_plain and judged and judged[-1][1] in _SAID_OF_ALL:
            between = folded[judged[-1][0].end : quantity.begin]
            why = judged[-1][1] if named_sizes.is_beside(between) else ""
        judged.append((quantity, why))
    return judged


def _kept(text: str, judged: Sequence[tuple[Quantity, str]]) -> list[tuple[Quantity, str]]:
    """The figures of a text that are not refused, each with what it measures."""
    kept = [quantity for quantity, reason in judged if not reason]
    return list(zip(kept, indicator_names.indicators(text, kept), strict=True))


# 2024年完成改造21个, in a list of 2025; not 2024年建成的站点投用率达到90%, 2024年项目全部完成
_DID_THEN = expression(
    r"(?:(?!(?<!签约)(?<!开工)(?<!引进)(?<!招引)(?<!入库)项目|工程|任务|问题|计划|未|批|全部|要|须|应(?!急)|确保|力争|完成率)[^,，。;；\d的]){2,24}"
)
# 2024年毕业生就业率达到90%, 2024年版, 2024年度预算: the year of whom or what, and not when
_OF_ITS_YEAR = expression(
    "[届级版]?(?:高校|应届|离校)?毕业生|[届级版]|入学|出生|新生|度?(?:预算|决算)"
)


def _is_before(text: str, time: Time) -> bool:
    """Whether a time says by when, and not when: 2025年12月底前完成21个 in a list of 2026."""
    is_past = WAS_THEN.search(just_before(text, time.begin, 3))
    return text.endswith("前", time.begin, time.end) and not is_past


# 2024年结转项目12个, 含2000年前建成15个, in a list of 2025: which ones, and not by when; but
# 2024年底前完成21个 is as printed, though the list came out late
def _is_over(text: str, time: Time, issued: date | None, year: TitleYear) -> bool:
    """Whether a time lies before the day of issue, and is no deadline that had run out by then; of
    the year of the title it is one."""
    if not (issued and time.due and time.due < issued) or time.due.year == year:
        return False
    printed = text[time.begin : time.end]
    is_end = _is_before(text, time) or printed.endswith(("底", "末")) or printed.startswith("到")
    is_state = printed.startswith("截")  # 截至2024年底: what was counted then
    is_told = time.refusal in _TOLD and (is_state or not is_end)
    return is_told or time.due.year < issued.year - 1


# 2024年分别为86.4%和38分钟
_WAS = expression("(?:分别)?(?:仅?为|是)")
# 优良天数比率2025年为86.4%
_INDICATOR = expression("[“”一-鿿]{2,14}$")
_COMMA = expression("[,，;；]")
_UP_TO_FIGURE = expression(r"\d")
# 惠及居民5600户, 其中…, 净增11家, 产值增长7.2%: of what was done
_GOES_ON = expression(
    "共|累计|惠及|覆盖|涉及|其中|带动|净增|到位|同比|位[居列]|排名|[一-鿿]{2,8}(?:同比)?(?:增长|下降|达)"
)
_TO_COME = expression(
    r"剩余|其余|尚|今年|本年|明年|计划|力争|确保|目标|任务|再|将(?!近)|拟|20\d\d年"
)
_DONE = tell("grammar.what_exists_already")


def _of_task(text: str, times: Sequence[Time]) -> list[tuple[Quantity, str]]:
    """The figures of a task, each with the reason of its refusal: what was done before the list was
    issued is no promise."""
    past = [time for time in times if time.refusal == PAST and not _is_before(text, time)]
    judged = _judged(text, of_a_promise)
    if not past:
        return judged
    return [(q, why or (_DONE if _was_done(text, q, past) else "")) for q, why in judged]


def _is_state(text: str, time: Time) -> bool:
    """Whether a share of a past time is what was reached then, 截至2024年底 and 2024年，全县…; in
    2024年信访积案化解率达到90% the year is that of the cases."""
    is_end = text[time.begin : time.end].endswith(("底", "末")) or text.startswith("截", time.begin)
    return is_end or text.startswith((",", "，", "全"), time.end)


def _was_done(text: str, quantity: Quantity, past: Sequence[Time]) -> bool:
    first, _ = quantities.sentence(text, quantity.begin)
    folded = fold(text)
    own = [time for time in past if first <= time.begin and time.end <= quantity.begin]
    own = [time for time in own if not _is_base(folded, time)]
    if not own:
        return False
    opening, end = _joined(folded, own)[0], own[-1].end
    before, between = text[first : opening.begin], text[end : quantity.number]
    before = WAS_THEN.sub("", before)
    opens = not before.strip() or before.endswith(tuple("，,：:"))
    clause, *more = _COMMA.split(between)
    goes_on = all(map(_GOES_ON.match, more))
    if more and not clause:  # 截至2024年底，全市建成88家; 2024年，全县完成改造21个
        clause, goes_on = more[0], all(map(_GOES_ON.match, more[1:]))
    is_named = _INDICATOR.fullmatch(before)
    is_of_then = _WAS.match(between) and not _COMMA.search(between)
    if (opens or is_named) and is_of_then and not _TO_COME.search(between):
        return True
    did = _DID_THEN.fullmatch(_UP_TO_FIGURE.split(clause)[0])
    is_share = quantity.unit == "%" and quantity.comparator != "change"
    if _OF_ITS_YEAR.match(between) or (is_share and not _is_state(text, own[-1])):
        return False
    return opens and goes_on and bool(did) and not _TO_COME.search(between)


def _times_of(
    tasks: Rows,
    *,
    issued: date | None,
    year: TitleYear,
    heads: Mapping[str, str] | None,
    met: date | None,
) -> dict[str, list[Time]]:
    """The times in the text of each task, its year that of the heading above it."""
    heads = year_headings.above(tasks) if heads is None else heads
    found = {}
    for task in tasks:
        name = task["task_id"]
        head = heads.get(name, "")
        read = in_text(task["text"], issued, year=year_of_task(head, year), met=met)
        found[name] = [settled(_of_title(time, year), head, year) for time in read]
    return found


def _of_title(time: Time, year: TitleYear) -> Time:
    """The time; one of the title's year is not over, though the list came out later."""
    is_of_title = time.refusal == PAST and time.due and time.due.year == year
    return time._replace(refusal="") if is_of_title else time


def find(  # noqa: PLR0913  (what a document says of its days)
    tasks: Rows,
    deadlines: Rows,
    *,
    issued: date | None = None,
    year: TitleYear = None,
    heads: Mapping[str, str] | None = None,
    met: date | None = None,
) -> Rows:
    """Return the figures promised in tasks, rows of the table `targets`, in the order of the text.

    The date of one is that which its sentence names last before it (of 2025年、2026年分别 that in
    its turn; none for 全年 behind a part of the year), else that of the task's column, by
    `of_column`, else one right behind it. `issued`, `year` (of the title), `heads` and `met` are
    those that `deadlines.find` was given.
    """
    columns: dict[str, Rows] = {}
    for row in deadlines:
        if row["due"] and row["source"] == "column":
            columns.setdefault(row["task_id"], []).append(row)
    times = _times_of(tasks, issued=issued, year=year, heads=heads, met=met)
    rows = []
    for task in tasks:
        name, text = task["task_id"], task["text"]
        figures = _kept(text, _of_task(text, times[name]))
        for order, (quantity, indicator) in enumerate(figures, 1):
            may_be = [time for time in times[name] if not _is_over(text, time, issued, year)]
            due, source = _due(text, quantity, columns.get(name, []), may_be)
            rows.append(
                {
                    "task_id": name,
                    "order": order,
                    "value_high": quantity.high,
                    "due": due,
                    "due_source": source,
                    "char_start": quantity.begin,
                    "char_end": quantity.end,
                    "is_inferred": quantity.is_inferred,
                }
                | _figure(text, quantity, indicator)
            )
    return rows


def refusals(  # noqa: PLR0913  (what a document says of its days)
    tasks: Rows,
    paragraphs: Sequence[dict[str, Any]] = (),
    *,
    issued: date | None = None,
    year: TitleYear = None,
    heads: Mapping[str, str] | None = None,
    met: date | None = None,
) -> Rows:
    """List, one a row, each figure of a task or a paragraph of a case study that is no target and
    no outcome, or a quantity without a number (数十家), with the kind of its refusal: `task_id`
    (empty for a paragraph), `line`, `kind`, `value`, `unit`, `printed`, `char_start`,
    `char_end`. The other arguments are those that `find` was given."""
    times = _times_of(tasks, issued=issued, year=year, heads=heads, met=met)
    judged = [(row, _of_task(row["text"], times[row["task_id"]])) for row in tasks]
    judged += [(row, _judged(row["text"], of_a_report)) for row in paragraphs]
    return [
        {
            "task_id": row.get("task_id", ""),
            "line": row.get("line") or row.get("line_start"),
            "kind": reason,
            "value": value,
            "unit": unit,
            "printed": row["text"][begin:end],
            "char_start": begin,
            "char_end": end,
        }
        for row, figures in judged
        for begin, end, reason, value, unit in _left_out(row["text"], figures)
    ]


Refusal = tuple[int, int, str, float | None, str]
"""Begin and end of a phrase, why it is refused, its value (None where it names none) and unit."""


def _left_out(text: str, judged: Sequence[tuple[Quantity, str]]) -> list[Refusal]:
    """The figures of a text that are refused, and the quantities that name no number, in order."""
    figures: list[Refusal] = [
        (q.begin, q.end, reason, q.value, q.unit) for q, reason in judged if reason
    ]
    bare: list[Refusal] = [(b, e, why, None, "") for b, e, why in quantities.unnumbered(text)]
    bare += [
        (*span, tell("grammar.figure_of_unknown_unit"), None, "") for span in unread_numbers(text)
    ]
    return sorted([*figures, *bare])


# 采砂2.1万方: a number and a word behind it; not 65岁, 6号, 12345热线, 15分钟圈, 120急救, 12路公交
_NUMBERED = expression(
    r"(?<![\dA-Za-z.〔\[(（第+×:：/\-—])(?!24\s?小时)(?!123\d\d(?!\d))(?!\d{5}[一-鿿]{0,8}(?:热线|平台|电话|客服|服务台))\d[\d.,]{0,15}(?:\s?[万亿千百]{1,2})?[余多]?\s?"
    r"(?!周?岁|号|\d|热线|急救|报警|部门|吨级|千伏|[年月日时点期届版]|分钟|层|级(?!以内)|线|路(?![、,，。;；]|$)|[万亿千百])[\u4e00-\u9fff℃°]"
)


# 灌溉水有效利用系数提高到0.58: a number that is of no unit
_OF_NO_UNIT = expression(
    r"(?:系数|指数|容积率|比值)[^,，。;；\d]{0,10}(?P<number>\d{1,3}(?:\.\d{1,4})?)(?![\d.%‰年月日]|[\u4e00-\u9fff]*[个家]|[点位名])"
)


def unread_numbers(text: str) -> list[tuple[int, int]]:
    """Return begin and end of each number whose unit is not known, or that has none: no figure, no
    time."""
    folded = fold(text)
    numbers = [match.span() for match in _NUMBERED.finditer(folded)]
    begun = {begin for begin, _ in numbers}
    bare = [match.span("number") for match in _OF_NO_UNIT.finditer(folded)]
    numbers = sorted([*numbers, *(span for span in bare if span[0] not in begun)])
    if not numbers:
        return []
    read = [(q.begin, q.end) for q in quantities.find(text)]
    read += [(begin, end) for begin, end, _ in quantities.unnumbered(text)]
    read += [(time.begin, time.end) for time in in_text(text, None)]
    taken = {at for first, last in read for at in range(first, last)}
    return [(begin, end) for begin, end in numbers if taken.isdisjoint(range(begin, end))]


def refused(texts: pd.DataFrame, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """List, one a row, each figure that is no target or no outcome: `key, printed, reason`.

    `texts` are tasks, or paragraphs as `outcomes` takes them (then `key` is the line). What was
    done before a list was issued (2024年完成21个) is told by its day, which `documents` give.
    """
    if "task_id" not in texts:
        found = refusals([], [*_rows(texts, ["line", "text"])])
        return _as_frame((row["line"], row["printed"], row["kind"]) for row in found)
    days = issue_dates(texts, documents) if documents is not None else {}
    found = []
    for task in _rows(texts, ["task_id", "text"]):
        found += refusals([task], issued=days.get(task["task_id"]))
    return _as_frame((row["task_id"], row["printed"], row["kind"]) for row in found)


def _rows(texts: pd.DataFrame, columns: list[str]) -> Iterator[dict[str, Any]]:
    for values in texts[columns].itertuples(index=False):
        yield dict(zip(columns, values, strict=True))


def _as_frame(rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["key", "printed", "reason"])


def _figure(text: str, quantity: Quantity, indicator: str) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "comparator": quantity.comparator,
        "value": quantity.value,
        "unit": quantity.unit,
        "printed": text[quantity.begin : quantity.end],
    }


# 9月底前完成, 10月底前全面建成: the day is that of what the sentence counts before
_DONE_BY = expression(
    r"[^,，]{0,4}(?:完成|建成|竣工|投用|投入使用|实现|达标|到位)[^,，]{0,4}$|[^,，]{0,4}(?:开通|通车|交付|启用)$"
)
_NEAR = 8
"""Characters from a time to the end of a figure that is of it: 由2025年的百分之三十五."""
_TOLD = (tell("grammar.date_attribute"), PAST)
_NO_DATE = ("", *_TOLD)
"""The refusals of a time of a text that may still be the day of a figure: 2025年的14家."""


# 上半年培训300人，全年培训500人: of the whole year, whatever part of it was named before; not
# 6月底前完成全年目标的60%
_OF_YEAR = expression("[,，;；、](?:力争|确保|预计|计划)?全年(?![龄目任计])")


def _joined(text: str, times: Sequence[Time]) -> list[Time]:
    """The last of the times, with those before it that are listed with it: 2023年和2024年."""
    days = [*times[-1:]]
    for time in reversed(times[:-1]):
        if not AND.fullmatch(text, time.end, days[0].begin):
            break
        days.insert(0, time)
    return days


# 2025年、2026年分别新增300张、500张: to each year its figure
def _in_turn(text: str, quantity: Quantity, own: Sequence[Time]) -> tuple[date | None, str] | None:
    """The day of a figure behind several days with 分别, one for each: by its place among the
    figures; no day where these are more or fewer than the days, None for any other figure."""
    _, last = quantities.clause(text, quantity.begin)
    days = _joined(text, own)  # 到2024年底、2025年底，覆盖率分别达到45%、50%
    if len(days) < 2:
        return None
    *_, final = days
    if "分别" not in text[final.end : quantity.number]:
        return None
    names, _, parts = text[final.end : last].partition("分别")
    begin = last - len(parts)
    figures = [q.begin for q in quantities.find(text) if begin <= q.begin < last]
    ends = [match.end() for match in AND.finditer(text, begin, last)]
    starts_of = figures if len(figures) == len(days) else [begin, *ends]
    is_each = len(starts_of) == len(days) and not AND.search(names)
    return _of(days[sum(at <= quantity.begin for at in starts_of) - 1] if is_each else None)


def _of(time: Time | None) -> tuple[date | None, str]:
    """The day of a time of the text, and where it stands; nothing where the year is not known."""
    return (time.due, "text") if time and time.due else (None, "")


def _due(
    text: str, quantity: Quantity, column: Rows, times: Sequence[Time]
) -> tuple[date | None, str]:
    first, _ = quantities.sentence(text, quantity.begin)
    own = [t for t in times if t.kind == "by_date" or t.due]
    own = [t for t in own if first <= t.begin < quantity.number and t.refusal in _NO_DATE]
    own = [t for t in own if not _is_base(fold(text), t)]
    own = [t for t in own if not WAS_THEN.search(just_before(text, t.begin, 3))]
    begun = [at for at in starts(fold(text)) if at <= quantity.begin]
    own = [t for t in own if not any(t.end <= at < t.end + _NEAR for at in begun)]
    if (turn := _in_turn(text, quantity, own)) is not None:
        return turn
    _, end = quantities.clause(text, quantity.begin)
    for time in own[-1:]:
        if time.precision == "year" and (later := _behind(text, quantity, times, end)):
            return _of(later)  # 今年新建12个，其中6个七一前建成
        is_part = time.due and (time.due.month, time.due.day) != (12, 31)
        if not is_part or not _OF_YEAR.search(text, time.end, quantity.begin):
            return _of(time)
    if column:
        due = of_column(column)
        return due, "column" if due else ""
    _, last = quantities.sentence(text, quantity.begin)
    return _of(_behind(text, quantity, times, last))


# 4月底前开工, 3月份启动: when work begins, by which nothing is reached
_BEGUN = expression("开工|动工|启动|开始|进场|开建|奠基")


def of_column(days: Rows) -> date | None:
    """Return the day of a task's column by which its figures are due: of several the one at which
    work does not merely begin; none where several are left (6月底前完成50%，年底前全部完成)."""
    ends = {row["due"] for row in days if not _BEGUN.search(row["printed"])}
    ends = ends or {row["due"] for row in days}
    return ends.pop() if len(ends) == 1 else None


# 比2020年翻番, 与2025年相比: the year with which a figure is compared
_COMPARED = expression("(?:[比较]|相[比较]于|与|同)$")


def _is_base(text: str, time: Time) -> bool:
    """Whether a time is the one compared with, or says which ones are meant: no due of a figure."""
    if defines(text, time.begin, time.end) or what_exists.is_added_to(text, time.begin, time.end):
        return True
    before = just_before(text, time.begin, 3).rstrip()
    compared = re.compile("[^,，。;；]{0,6}(?:比|持平)").match(text, time.end)
    is_with = before.endswith(("与", "同")) and not compared
    return bool(_COMPARED.search(before)) and not is_with


def _behind(text: str, quantity: Quantity, times: Sequence[Time], last: int) -> Time | None:
    """The day that a sentence up to `last` names behind its figures: 改造400户，9月底前完成."""
    behind = [t for t in times if quantity.end <= t.begin and t.end <= last]
    if len(behind) != 1:
        return None
    [time] = behind
    rest = text[time.end : last]
    is_day = not time.refusal or (time.refusal == PAST and _is_before(text, time))
    is_said = _DONE_BY.match(rest) and not rest.endswith("的")  # 限6月底前建成的: which ones
    is_its = time.due and is_day and is_said and not quantities.find(rest)
    return time if is_its else None


# 截至2022年底, 截至2023年12月31日
_AS_OF = expression(rf"截[至止]到?({date_patterns.POINT})")


def outcomes(paragraphs: Rows) -> Rows:
    """Return the figures that the case study reports of which these are the paragraphs
    (`document_id`, `line`, `text`): rows of the table `outcomes`.

    A figure is of the day that its sentence names with 截至, else of the last day named before it
    in its paragraph (then `as_of_source` is `paragraph`); a figure before any such day has none.
    A share that was reached is stated, and no floor.
    """
    rows: Rows = []
    for paragraph in paragraphs:
        text = fold(paragraph["text"])
        days = [(m.start(), dates.point(m[1], None)) for m in _AS_OF.finditer(text)]
        printed = paragraph["text"]
        for quantity, name in _kept(printed, _judged(printed, of_a_report)):
            as_of, source = _as_of(text, quantity, days)
            rows.append(
                {
                    "document_id": paragraph["document_id"],
                    "as_of": as_of,
                    "as_of_source": source,
                    "line": paragraph["line"],
                    "is_inferred": quantity.is_inferred,
                }
                | _figure(paragraph["text"], quantity, name)
                | ({"comparator": "="} if quantity.is_reached else {})
            )
    return _once(rows)


# 全区备案养老机构, 朝阳区养老机构: before the thing that is counted
_WHOSE = expression(
    r"^(?:全[国省市区县]|本[省市区县]|[一-龥]{2,3}[省市区县]|备案|登记|在册|现有|共有|共计|各类)+"
)


def _once(rows: Rows) -> Rows:
    """State each fact once: the same figure of the same thing on the same day, with the other lines
    that state it (`also_lines`)."""
    facts: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        thing = _WHOSE.sub("", row["indicator"])
        fact = (row["document_id"], row["value"], row["unit"], row["as_of"], thing)
        first = facts.setdefault(fact, row | {"also_lines": ""})
        if first["line"] != row["line"]:
            said = [*first["also_lines"].split(), str(row["line"])]
            first["also_lines"] = " ".join(dict.fromkeys(said))
    return [row | {"order": order} for order, row in enumerate(facts.values(), 1)]


def _as_of(
    text: str, quantity: Quantity, stated: Sequence[tuple[int, dates.Days | None]]
) -> tuple[date | None, str]:
    before = [(at, days) for at, days in stated if at < quantity.begin and days]
    if not before:
        return None, ""
    at, days = before[-1]
    first, _ = quantities.bounds(text, quantity.begin, "。\n")
    return days.last, "sentence" if at >= first else "paragraph"
