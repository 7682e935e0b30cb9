"""Deadlines: a table of phrases, every date of the four lists, and dates that are no deadlines."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import yiyang
from yiyang import dates, deadlines, times

ISSUED = date(2021, 2, 26)

# cell -> kind, start, due, precision, and `+` for an obligation to go on. Issued 2021-02-26.
CELLS = """
2021年4月底完成，并长期坚持 | by_date - 2021-04-30 month +
2021年4月底 | by_date - 2021-04-30 month
2021年12月底 | by_date - 2021-12-31 month
2022年10月底 | by_date - 2022-10-31 month
2021年12月底完成，并长期坚持 | by_date - 2021-12-31 month +
2021年12月底前完成，长期坚持 | by_date - 2021-12-31 month +
2021年12月底前完成并持续推进 | by_date - 2021-12-31 month +
2024年2月底 | by_date - 2024-02-29 month
2023年2月底前 | by_date - 2023-02-28 month
2022年12月 | by_date - 2022-12-31 month
2022年12月份 | by_date - 2022-12-31 month
2022年9月前 | by_date - 2022-09-30 month
2022年9月底之前 | by_date - 2022-09-30 month
2022年9月末 | by_date - 2022-09-30 month
2022 年 9 月底前 | by_date - 2022-09-30 month
２０２２年９月底 | by_date - 2022-09-30 month
2022年6月30日 | by_date - 2022-06-30 day
2022年6月30日前 | by_date - 2022-06-30 day
2022年6月30日前完成 | by_date - 2022-06-30 day
2022年6月30号 | by_date - 2022-06-30 day
2022-06-30 | by_date - 2022-06-30 day
2022.6.30 | by_date - 2022-06-30 day
2022/6/30 | by_date - 2022-06-30 day
2022.12 | by_date - 2022-12-31 month
2022-12 | by_date - 2022-12-31 month
2022.12底 | by_date - 2022-12-31 month
2022年6月上旬 | by_date - 2022-06-10 month
2022年6月中旬 | by_date - 2022-06-20 month
2022年6月下旬 | by_date - 2022-06-30 month
2022年6月初 | by_date - 2022-06-10 month
2022年6月中 | by_date - 2022-06-20 month
二〇二五年 | by_date - 2025-12-31 year
二〇二五年底前 | by_date - 2025-12-31 year
二○二二年十二月底 | by_date - 2022-12-31 month
二零二二年六月三十日前 | by_date - 2022-06-30 day
二〇二二年十一月 | by_date - 2022-11-30 month
十二月底前 | by_date - 2021-12-31 month ?
2022年 | by_date - 2022-12-31 year
2022年度 | by_date - 2022-12-31 year
2022年前 | by_date - 2022-12-31 year
2022年底 | by_date - 2022-12-31 year
2022年底前 | by_date - 2022-12-31 year
2022年末 | by_date - 2022-12-31 year
2022年年底前 | by_date - 2022-12-31 year
2022年内 | by_date - 2022-12-31 year
2022年中 | by_date - 2022-06-30 half_year
2022年初 | by_date - - year
到2022年 | by_date - 2022-12-31 year
至2022年底 | by_date - 2022-12-31 year
截至2022年底 | by_date - 2022-12-31 year
到2022年底前 | by_date - 2022-12-31 year
2022年底完成 | by_date - 2022-12-31 year
2022年底前建成 | by_date - 2022-12-31 year
力争2022年底前完成 | by_date - 2022-12-31 year
年内 | by_date - 2021-12-31 year ?
年内完成 | by_date - 2021-12-31 year ?
年底 | by_date - 2021-12-31 year ?
年底前 | by_date - 2021-12-31 year ?
年末 | by_date - 2021-12-31 year ?
今年底 | by_date - 2021-12-31 year ?
今年年底前 | by_date - 2021-12-31 year ?
今年内 | by_date - 2021-12-31 year ?
本年度 | by_date - 2021-12-31 year ?
明年6月底前 | by_date - 2022-06-30 month ?
次年3月底前 | by_date - 2022-03-31 month ?
12月底前 | by_date - 2021-12-31 month ?
12月底 | by_date - 2021-12-31 month ?
9月投入使用 | by_date - 2021-09-30 month ?
5月底前动工 | by_date - 2021-05-31 month ?
6月30日前 | by_date - 2021-06-30 day ?
6月份 | by_date - 2021-06-30 month ?
第三季度 | by_date - 2021-09-30 quarter ?
三季度 | by_date - 2021-09-30 quarter ?
3季度末 | by_date - 2021-09-30 quarter ?
一季度完成 | by_date - 2021-03-31 quarter ?
2022年第四季度 | by_date - 2022-12-31 quarter
2022年一季度前 | by_date - 2022-03-31 quarter
2022年二季度末 | by_date - 2022-06-30 quarter
上半年 | by_date - 2021-06-30 half_year ?
下半年 | by_date - 2021-12-31 half_year ?
2022年上半年 | by_date - 2022-06-30 half_year
2022年下半年完成 | by_date - 2022-12-31 half_year
2022年上半年底前 | by_date - 2022-06-30 half_year
十四五期间 | period 2021-01-01 2025-12-31 multi_year
“十四五”期间 | period 2021-01-01 2025-12-31 multi_year
“十四五”时期 | period 2021-01-01 2025-12-31 multi_year
"十四五"期间 | period 2021-01-01 2025-12-31 multi_year
“十四五”末 | by_date - 2025-12-31 multi_year
十四五末 | by_date - 2025-12-31 multi_year
“十四五”期末 | by_date - 2025-12-31 multi_year
到“十四五”末 | by_date - 2025-12-31 multi_year
“十三五”期间 | period 2016-01-01 2020-12-31 multi_year
“十五五”时期 | period 2026-01-01 2030-12-31 multi_year
2021-2023年 | period 2021-01-01 2023-12-31 multi_year
2021—2023年 | period 2021-01-01 2023-12-31 multi_year
2021年—2023年 | period 2021-01-01 2023-12-31 multi_year
2021年至2023年 | period 2021-01-01 2023-12-31 multi_year
2021年到2023年 | period 2021-01-01 2023-12-31 multi_year
2021～2023年 | period 2021-01-01 2023-12-31 multi_year
2021年至2023年每年 | recurring 2021-01-01 2023-12-31 multi_year
2020年至2022年,每年 | recurring 2020-01-01 2022-12-31 multi_year
2021年3月-2022年6月 | period 2021-03-01 2022-06-30 month
2021年3月至6月 | period 2021-03-01 2021-06-30 month
2021年3-6月 | period 2021-03-01 2021-06-30 month
3月至6月 | period 2021-03-01 2021-06-30 month ?
6-9月 | period 2021-06-01 2021-09-30 month ?
2021.3-2021.12 | period 2021-03-01 2021-12-31 month
2021年3月1日至12月31日 | period 2021-03-01 2021-12-31 day
2021年3月1日—2022年2月28日 | period 2021-03-01 2022-02-28 day
2021-03-01至2021-12-31 | period 2021-03-01 2021-12-31 day
2022年第一季度至第三季度 | period 2022-01-01 2022-09-30 quarter
全年 | period 2021-01-01 2021-12-31 year ?
每年 | recurring - - -
每年底 | recurring - - -
每年12月底前 | recurring - - -
每年6月30日前 | recurring - - -
每季度 | recurring - - -
每季度末 | recurring - - -
每季度末月20日前 | recurring - - -
每月 | recurring - - -
每月10日前 | recurring - - -
每月底前 | recurring - - -
每半年 | recurring - - -
每周 | recurring - - -
每两年 | recurring - - -
按季度推进 | recurring - - -
逐年推进 | recurring - - -
定期开展 | recurring - - -
长期坚持 | ongoing - - - +
长期 | ongoing - - - +
持续推进 | ongoing - - - +
持续推进，长期坚持 | ongoing - - - +
持續推進 | ongoing - - - +
2022年底前完成，並長期堅持 | by_date - 2022-12-31 year +
持续实施 | ongoing - - - +
常态化推进 | ongoing - - - +
常年 | ongoing - - - +
2021年起 | ongoing 2021-01-01 - year +
2021年3月起长期坚持 | ongoing 2021-03-01 - month +
2021年7月1日起 | ongoing 2021-07-01 - day +
从2022年开始 | ongoing 2022-01-01 - year +
即日起 | ongoing - - - +
近期 | by_date - - -
立即 | by_date - - -
立即整改，长期坚持 | by_date - - - +
尽快完成 | by_date - - -
印发之日起30日内 | by_date - 2021-03-28 day ?
本意见印发之日起30日内 | by_date - 2021-03-28 day ?
自本通知印发之日起三十日内 | by_date - 2021-03-28 day ?
方案印发后3个月内 | by_date - 2021-05-26 day ?
文件下发后1年内 | by_date - 2022-02-26 day ?
印发之日起10个工作日内 | by_date - - day
10个工作日内 | procedural - - -
30日内 | procedural - - -
24小时内 | procedural - - -
力争三年内 | by_date - 2024-02-26 year ?
未来五年 | by_date - 2026-02-26 year ?
适时 | ? - - -
按上级要求 | ? - - -
根据工作安排 | ? - - -
待定 | ? - - -
2021年13月底 | ? - - -
2021年2月30日前 | ? - - -
"""


def _show(time: times.Time) -> str:
    start, due = time.start or "-", time.due or "-"
    flags = ["+"] * time.is_ongoing + ["?"] * time.is_year_inferred
    return " ".join([time.kind or "?", str(start), str(due), time.precision or "-", *flags])


def _cases(table: str) -> list[list[str]]:
    return [[part.strip() for part in row.split("|")] for row in table.strip().splitlines()]


@pytest.mark.parametrize(("cell", "expected"), _cases(CELLS))
def test_a_cell_of_the_deadline_column(cell: str, expected: str) -> None:
    (time,) = times.in_cell(cell, ISSUED)
    assert _show(time) == expected
    assert cell[time.begin : time.end] == cell


def test_the_table_of_phrases_is_long_enough() -> None:
    cells = [cell for cell, _ in _cases(CELLS)]
    assert len(cells) == len(set(cells)) >= 150


@pytest.mark.parametrize("cell", ["", " ", "—", "-", "/", "无"])
def test_an_empty_cell_names_no_time(cell: str) -> None:
    assert times.in_cell(cell, ISSUED) == []


# cell -> its parts with their dates
TWO_DATES = """
2021年6月底前出台，2022年底前建成 | 2021年6月底前出台， 2021-06-30 | 2022年底前建成 2022-12-31
2022年6月底前出台方案，12月底前完成 | 2022年6月底前出台方案， 2022-06-30 | 12月底前完成 2022-12-31
一期2021年底，二期2023年底 | 一期2021年底， 2021-12-31 | 二期2023年底 2023-12-31
3月底前启动；9月底前完成，并长期坚持 | 3月底前启动； 2021-03-31 | 9月底前完成，并长期坚持 2021-09-30
"""


@pytest.mark.parametrize("row", _cases(TWO_DATES), ids=lambda row: row[0])
def test_two_dates_in_one_cell(row: list[str]) -> None:
    cell, *parts = row
    found = [f"{cell[t.begin : t.end]} {t.due}" for t in times.in_cell(cell, ISSUED)]
    assert found == parts
    assert [t.is_year_inferred for t in times.in_cell(cell, ISSUED)] == [cell[0] == "3"] * 2


@pytest.mark.parametrize("cell", ["12月底前", "年内", "上半年", "第三季度", "全年", "今年底"])
def test_without_a_date_of_issue_the_year_stays_open(cell: str) -> None:
    (time,) = times.in_cell(cell, None)
    assert time.kind in ("by_date", "period")
    assert time.due is None
    assert not time.is_year_inferred


# text -> the deadlines in it (issued 2021-02-26)
TEXTS = """
到2022年，养老机构护理型床位占比不低于50%。 | 到2022年 by_date - 2022-12-31 year
2022年底前，各区完成编制计划。 | 2022年底前 by_date - 2022-12-31 year
力争到“十四五”末，实现全覆盖。 | 到“十四五”末 by_date - 2025-12-31 multi_year
“十四五”期间，新增床位1000张。 | “十四五”期间 period 2021-01-01 2025-12-31 multi_year
2020年至2022年,每年培训1万名。 | 2020年至2022年,每年 recurring 2020-01-01 2022-12-31 multi_year
2021-2023年，完成改造100户。 | 2021-2023年 period 2021-01-01 2023-12-31 multi_year
2022年，护理型床位占比达到55%。 | 2022年 by_date - 2022-12-31 year
2022年6月完成主体工程。 | 2022年6月 by_date - 2022-06-30 month
年底前出台办法。 | 年底前 by_date - 2021-12-31 year ?
确保年内建成。 | 年内 by_date - 2021-12-31 year ?
12月底前完成（长期坚持）。 | 12月底前 by_date - 2021-12-31 month ? | 长期坚持 ongoing - - - +
于2022年3月31日前报送方案。 | 2022年3月31日前 by_date - 2022-03-31 day
每年12月底前报送总结。 | 每年12月底前 recurring - - -
2022年底前完成，并长期坚持。 | 2022年底前完成，并长期坚持 by_date - 2022-12-31 year +
自受理设立申请后10个工作日内颁发许可证。 | 10个工作日内 procedural - - -
要在本意见印发之日起30日内，制定办法。 | 本意见印发之日起30日内 by_date - 2021-03-28 day ?
截至2022年底，建成10家。 | 截至2022年底 by_date - 2022-12-31 year
2022年6月，年底前。 | 2022年6月 by_date - 2022-06-30 month | 年底前 by_date - 2022-12-31 year
2022年6月试点。年底前推开。 | 年底前 by_date - 2021-12-31 year ?
"""


@pytest.mark.parametrize("row", _cases(TEXTS), ids=lambda row: row[0])
def test_deadlines_in_a_text(row: list[str]) -> None:
    text, *expected = row
    found = [t for t in times.in_text(text, ISSUED) if not t.refusal]
    assert [f"{text[t.begin : t.end]} {_show(t)}" for t in found] == expected


NO_DEADLINES = [
    "每年一次健康体检",
    "每年组织65岁及以上常住老年人到社区卫生服务机构",
    "在一个结算周期内转入医院不再收取起付线",
    "提供24小时服务",
    "新建200张及以上床位的养老机构",
    "按照《2019年养老服务办法》执行",
    "国发〔2019〕5号",
    "参照三年行动计划（2024—2026），打造示范点",
    "根据《“十四五”规划》要求",
    "落实“十四五”规划相应要求",
    "落实2030年海绵城市建设达标要求",
    "完成2030年达标区域系统方案",
    "2019年1月1日至12月31日，对困难企业给予补贴",
    "2019年1月1日至2020年12月31日，困难企业可组织培训",
    "从2019年1月1日起，实施见习计划",
    "自2016年试点以来成效显著",
    "截至2020年底，已建成10家",
    "签订1年以上劳动合同",
    "参加3—12个月的就业见习",
    "16—24岁失业青年",
    "达到3—5年一遇雨水排水能力",
    "持续优化审批流程，逐步完善机制",
    "长期护理保险制度",
    "长期照护服务，失能老年人长期居家",
    "老年内科、中老年内分泌科",
    "青年内部培训",
    "近年来取得成效，近期目标明确",
    "恢复到2019年水平，消化2020年底的存量",
    "“十三五”期间新建10所",
    "2018年至2020年，完成改造100户",
    "完成2022年度任务",
    "三月一次、12月龄儿童、3个月以上",
    "2020年完成普查，2021年的工作",
    "12349居家养老信息服务平台",
]


@pytest.mark.parametrize("text", NO_DEADLINES)
def test_times_that_are_no_deadline(text: str) -> None:
    assert [t for t in times.in_text(text, ISSUED) if not t.refusal] == []


DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2089, 12, 31))
DIGITS = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] * (ones > 0))


def _printed(day: date) -> dict[str, date]:
    """Ways to print a day, and the last day that each of them names."""
    month_end = dates.last_of_month(day.year, day.month)
    year = "".join(DIGITS[int(d)] for d in str(day.year))
    return {
        f"{day.year}年{day.month}月{day.day}日": day,
        f"{day.year}年{day.month}月{day.day}日前": day,
        f"{day.year} 年 {day.month} 月 {day.day} 日前完成": day,
        day.isoformat(): day,
        f"{day.year}.{day.month}.{day.day}": day,
        f"{year}年{_chinese(day.month)}月{_chinese(day.day)}日": day,
        f"{day.year}年{day.month}月底": month_end,
        f"{day.year}年{day.month}月底前完成，并长期坚持": month_end,
        f"{year}年{_chinese(day.month)}月底": month_end,
        f"到{day.year}年": date(day.year, 12, 31),
        f"{day.year}年底前": date(day.year, 12, 31),
        f"{year}年": date(day.year, 12, 31),
        f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度": dates.last_of_month(
            day.year, (day.month + 2) // 3 * 3
        ),
    }


@given(DAYS)
def test_any_date_that_is_printed_is_read_back(day: date) -> None:
    for printed, due in _printed(day).items():
        (time,) = times.in_cell(printed, None)
        assert (printed, time.kind, time.due) == (printed, "by_date", due)


@given(DAYS, DAYS)
def test_any_span_that_is_printed_is_read_back(one: date, other: date) -> None:
    first, last = sorted([one, other])
    printed = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    (time,) = times.in_cell(printed, None)
    assert (time.kind, time.start, time.due) == ("period", first, last)


@given(st.text(alphabet="2021年月日底前一二十四五至到每季度，（）“”0-9/.内起上半", max_size=30))
def test_no_text_breaks_the_grammar(text: str) -> None:
    for time in [*times.in_cell(text, ISSUED), *times.in_text(text, ISSUED)]:
        assert 0 <= time.begin <= time.end <= len(text)
        assert not (time.start and time.due) or time.start <= time.due


def test_every_row_of_zhongning_is_dated_in_its_column(corpus: yiyang.Corpus) -> None:
    column = corpus.deadlines[corpus.deadlines["source"] == "column"]
    assert list(column["task_id"]) == [f"zhongning-{n:02d}" for n in range(1, 58)]
    assert set(column["kind"]) == {"by_date"}
    assert set(column["precision"]) == {"month"}
    assert column["due"].value_counts().sort_index().to_dict() == {
        pd.Timestamp(day): n
        for day, n in {
            "2021-03-31": 1,
            "2021-04-30": 2,
            "2021-06-30": 3,
            "2021-07-31": 1,
            "2021-11-30": 2,
            "2021-12-31": 16,
            "2022-10-31": 5,
            "2022-12-31": 27,
        }.items()
    }
    goes_on = column.loc[column["is_ongoing"], "task_id"].str[-2:].astype(int)
    assert list(goes_on) == [1, 7, 8, 9, 18, 19, 20, 40, 41]


def test_the_deadlines_in_the_texts_and_no_other(corpus: yiyang.Corpus) -> None:
    text = corpus.deadlines[corpus.deadlines["source"] == "text"]
    columns = ["task_id", "order", "printed", "kind", "line"]
    found = text[columns].astype(object).itertuples(index=False)
    assert [tuple(row) for row in found] == [
        ("jiyuan-04", 1, "10个工作日内", "procedural", 20),
        ("jiyuan-08", 1, "10个工作日内", "procedural", 36),
        ("jiyuan-09", 1, "到2020年", "by_date", 40),
        ("beijing-02", 1, "到2022年", "by_date", 39),
        ("beijing-12", 1, "2020年至2022年,每年", "recurring", 65),
        ("zhongning-24", 2, "到2022年", "by_date", 38),
        ("zhongning-27", 2, "到2022年", "by_date", 41),
        ("zhongning-30", 2, "到2022年", "by_date", 46),
        ("zhongning-36", 2, "到2022年", "by_date", 54),
        ("zhongning-54", 2, "到2022年", "by_date", 76),
    ]


def test_the_other_times_in_the_texts_are_named_with_a_reason(corpus: yiyang.Corpus) -> None:
    refused = deadlines.refused(corpus.tasks, corpus.documents)
    assert [tuple(row) for row in refused.itertuples(index=False)] == [
        ("chaoyang-02", "每年", "frequency"),
        ("chaoyang-29", "每年", "frequency"),
        ("zhongning-24", "每年", "frequency"),
    ]


def test_an_unknown_phrase_is_kept_without_a_kind(corpus: yiyang.Corpus) -> None:
    mentions = pd.DataFrame(
        [("chaoyang-01", "deadline", "适时", "适时", 10)],
        columns=["task_id", "field", "printed", "text", "line"],
    )
    found = deadlines.find(corpus.tasks.head(1), mentions, corpus.documents)
    assert list(found["printed"]) == ["适时"]
    assert found["kind"].isna().all()
    assert found["due"].isna().all()
