"""Deadlines in running texts, every date of the four lists, and dates that are no deadlines."""

from __future__ import annotations

from datetime import date

import invariants
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phrases import ISSUED, cases, show

import yiyang
from yiyang import dates, deadlines, times

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
五年内，建成福利院两所。 | 五年内 by_date - 2026-02-26 year ?
计划分两步走，用3年时间补齐短板。 | 用3年时间 by_date - 2024-02-26 year ?
2—3年内全面覆盖。 | 2—3年内 by_date - 2024-02-26 year ?
工期延长至2022年底。 | 至2022年底 by_date - 2022-12-31 year
完成期限至2023年6月底。 | 至2023年6月底 by_date - 2023-06-30 month
2022年6月，年底前。 | 2022年6月 by_date - 2022-06-30 month | 年底前 by_date - 2022-12-31 year
2022年6月试点。年底前推开。 | 年底前 by_date - 2021-12-31 year ?
2025年认知障碍床位占比达到8%。 | 2025年 by_date - 2025-12-31 year
2023年签约率不低于80%；2024年略有提高。 | 2023年 by_date - 2023-12-31 year
22年6月底前完成改造。 | 22年6月底前 by_date - 2022-06-30 month
每年6月、12月底前报送总结。 | 每年6月、12月底前 recurring - - -
2021年5月10日至20日举办宣传活动。 | 2021年5月10日至20日 period 2021-05-10 2021-05-20 day
2022年底前落实运营补贴政策。 | 2022年底前 by_date - 2022-12-31 year
2022年底前，制定床位补助标准和税费减免办法。 | 2022年底前 by_date - 2022-12-31 year
2022年12月底前，将返还的资金拨付到位。 | 2022年12月底前 by_date - 2022-12-31 month
到2022年，对所有失能老人给予补贴。 | 到2022年 by_date - 2022-12-31 year
"""


@pytest.mark.parametrize("row", cases(TEXTS), ids=lambda row: row[0])
def test_deadlines_in_a_text(row: list[str]) -> None:
    text, *expected = row
    found = [t for t in times.in_text(text, ISSUED) if not t.refusal]
    assert [f"{text[t.begin : t.end]} {show(t)}" for t in found] == expected


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
    "2022年10月31日前入住的老人可享受优惠",
    "2025年前，对社会办养老机构给予税费减免",
    "2023年6月30日前，对符合条件的机构，返还保证金",
    "2021年至2025年，每张床位按标准补助",
    "2021年5、6月开展义诊",
    "2022年春节前走访老人",
    "2022年签约率已达到85%",
    "2022年收入达到100万元的机构",
    "毕业5年内的学生，成立三年内的机构",
    "近三年内，三年内未受处罚的机构",
    "3年内给予运营补贴",
    "连续使用3年时间以上，试用5年时间",
    "补贴政策执行期限至2024年6月30日",
    "优惠延长至2023年底，证书有效期至2022年",
    "减免期限为2022年1月1日至2022年12月31日",
    "上述政策实施至2022年4月30日",
    "2022年1月1日至2022年12月31日实施下调费率的政策",
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
    invariants.times_of(text)


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
    tasks = corpus.tasks.head(1).to_dict("records")
    cell = {"task_id": "chaoyang-01", "field": "deadline", "printed": "适时", "text": "适时"}
    [found] = deadlines.find(tasks, [cell | {"line": 10}], None)
    assert (found["printed"], found["kind"], found["due"]) == ("适时", "", None)
