"""Deadlines in running texts, and every date of the four lists."""

from __future__ import annotations

from datetime import date

import invariants
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phrases import ISSUED, cases, show

import yiyang
from yiyang.grammar import dates, deadline_phrases, deadlines

# text -> the deadlines in it (issued 2021-02-26)
TEXTS = """
到2022年，养老机构护理型床位占比不低于50%。 | 到2022年 by_date - 2022-12-31 year
2022年底前，各区完成编制计划。 | 2022年底前 by_date - 2022-12-31 year
2022年年底前建立台账。 | 2022年年底前 by_date - 2022-12-31 year
今年年底前完成。 | 今年年底前 by_date - 2021-12-31 year ?
2022年年中完成评估。 | 2022年年中 by_date - 2022-06-30 half_year
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
自本指导意见发布之日起60日内制定方案。 | 自本指导意见发布之日起60日内 by_date - 2021-04-27 day ?
本实施细则公布后15天内，各区报送名单。 | 本实施细则公布后15天内 by_date - 2021-03-13 day ?
从本规定正式出台之日起3个月内完成备案。 | 从本规定正式出台之日起3个月内 by_date - 2021-05-26 day ?
本决定下发后1个月内完成整改。 | 本决定下发后1个月内 by_date - 2021-03-26 day ?
本办法印发之日起30日内制定细则。 | 本办法印发之日起30日内 by_date - 2021-03-28 day ?
文件下发后1个月内完成整改。 | 文件下发后1个月内 by_date - 2021-03-26 day ?
2022年底前建立台账；对困难企业给予补贴 | 2022年底前 by_date - 2022-12-31 year
2021年至2023年改造100户；给予补贴 | 2021年至2023年 period 2021-01-01 2023-12-31 multi_year
建立机制，长期推进。 | 长期推进 ongoing - - - +
完善制度，长期实施。 | 长期实施 ongoing - - - +
落实责任，持续坚持。 | 持续坚持 ongoing - - - +
2022年签约率不低于80% | 2022年 by_date - 2022-12-31 year
2022年末完成评估。 | 2022年末 by_date - 2022-12-31 year
2022年第三季度末完成验收。 | 2022年第三季度末 by_date - 2022-09-30 quarter
2022年三季度底完成验收。 | 2022年三季度底 by_date - 2022-09-30 quarter
2022年上半年末完成评估。 | 2022年上半年末 by_date - 2022-06-30 half_year
2022年上半年底完成评估。 | 2022年上半年底 by_date - 2022-06-30 half_year
争取用两年时间完成改造。 | 争取用两年时间 by_date - 2023-02-26 year ?
今后三年内，新建机构10家。 | 今后三年内 by_date - 2024-02-26 year ?
未来五年新增床位1万张。 | 未来五年 by_date - 2026-02-26 year ?
截止到2022年底，建成10家。 | 截止到2022年底 by_date - 2022-12-31 year
2022年之内完成改造。 | 2022年之内 by_date - 2022-12-31 year
2022年6月竣工。 | 2022年6月 by_date - 2022-06-30 month
2022年9月开工。 | 2022年9月 by_date - 2022-09-30 month
2022年6月动工建设。 | 2022年6月 by_date - 2022-06-30 month
2022年争取建成示范中心1个。 | 2022年 by_date - 2022-12-31 year
2022年力争建成示范中心1个。 | 2022年 by_date - 2022-12-31 year
2022年新增床位50张。 | 2022年 by_date - 2022-12-31 year
2022年新建驿站10家。 | 2022年 by_date - 2022-12-31 year
2022年6月印发方案。 | 2022年6月 by_date - 2022-06-30 month
2022年6月出台方案。 | 2022年6月 by_date - 2022-06-30 month
2022年6月启动试点。 | 2022年6月 by_date - 2022-06-30 month
2022年10月投入运营。 | 2022年10月 by_date - 2022-10-31 month
2022年基本实现全覆盖。 | 2022年 by_date - 2022-12-31 year
2022年全面推开。 | 2022年 by_date - 2022-12-31 year
2022年实现全覆盖。 | 2022年 by_date - 2022-12-31 year
2022年达到50家。 | 2022年 by_date - 2022-12-31 year
2022年签约率不少于60%。 | 2022年 by_date - 2022-12-31 year
2022年空床率不超过30%。 | 2022年 by_date - 2022-12-31 year
2022年床位增加到300张。 | 2022年 by_date - 2022-12-31 year
2022年空床率降至30%以下。 | 2022年 by_date - 2022-12-31 year
2022年底前修订税费减免办法。 | 2022年底前 by_date - 2022-12-31 year
2022年底前建立押金返还制度。 | 2022年底前 by_date - 2022-12-31 year
2022年底前，明确费用减免标准。 | 2022年底前 by_date - 2022-12-31 year
2022年底前推进押金免收试点。 | 2022年底前 by_date - 2022-12-31 year
2022年底前推动减免政策落地。 | 2022年底前 by_date - 2022-12-31 year
2022年底前完善社保费缓缴办法。 | 2022年底前 by_date - 2022-12-31 year
2022年底前落实税费减免。 | 2022年底前 by_date - 2022-12-31 year
2022年底前，对新建机构给予的奖励兑现到位。 | 2022年底前 by_date - 2022-12-31 year
2022年底前，对困难老人给予的补贴发放到户。 | 2022年底前 by_date - 2022-12-31 year
2022年底前，将费用减免情况报送市民政局。 | 2022年底前 by_date - 2022-12-31 year
“十四五”时期建设养老机构10家。 | “十四五”时期 period 2021-01-01 2025-12-31 multi_year
“十四五”期间加强队伍建设。 | “十四五”期间 period 2021-01-01 2025-12-31 multi_year
“十四五”期内加强队伍建设。 | “十四五”期内 period 2021-01-01 2025-12-31 multi_year
2021年至2023年内，每年培训。 | 2021年至2023年内，每年 recurring 2021-01-01 2023-12-31 multi_year
2021年至2023年内改造100户。 | 2021年至2023年内 period 2021-01-01 2023-12-31 multi_year
2021年至2023年，每季度检查一次。 | 2021年至2023年，每季度 recurring 2021-01-01 2023-12-31 multi_year
2021年6月上旬召开会议。 | 2021年6月上旬 by_date - 2021-06-10 month
2021年6月末召开会议。 | 2021年6月末 by_date - 2021-06-30 month
2021年内召开会议。 | 2021年内 by_date - 2021-12-31 year
2021年底召开会议。 | 2021年底 by_date - 2021-12-31 year
会议召开。2022年，各区安排资金。 | 2022年 by_date - 2022-12-31 year
12月底前完成，并持续推进。 | 12月底前完成，并持续推进 by_date - 2021-12-31 month + ?
12月底前完成，并常态化推进。 | 12月底前完成，并常态化推进 by_date - 2021-12-31 month + ?
建立机制，持续推进。 | 持续推进 ongoing - - - +
（持续实施） | 持续实施 ongoing - - - +
2022年6月开会，12月底前完成。 | 12月底前 by_date - 2022-12-31 month
到2023年，养老机构可给予补贴。 | 到2023年 by_date - 2023-12-31 year
每半年前报送。 | 每半年前 recurring - - -
每季度末月20日前报送。 | 每季度末月20日前 recurring - - -
每月10日前报送。 | 每月10日前 recurring - - -
"""


@pytest.mark.parametrize("row", cases(TEXTS), ids=lambda row: row[0])
def test_deadlines_in_a_text(row: list[str]) -> None:
    text, *expected = row
    found = [t for t in deadline_phrases.in_text(text, ISSUED) if not t.refusal]
    assert [f"{text[t.begin : t.end]} {show(t)}" for t in found] == expected


# phrase -> its first and last day
POINTS = """
2022年初 | 2022-01-01 None year
2022年中 | 2022-01-01 2022-06-30 half_year
2022年上半年 | 2022-01-01 2022-06-30 half_year
2022年下半年 | 2022-07-01 2022-12-31 half_year
2022年第二季度 | 2022-04-01 2022-06-30 quarter
2022年6月 | 2022-06-01 2022-06-30 month
2022年6月上旬 | 2022-06-01 2022-06-10 month
2022年6月中旬 | 2022-06-11 2022-06-20 month
2022年6月下旬 | 2022-06-21 2022-06-30 month
2022年6月初 | 2022-06-01 2022-06-10 month
2022年6月中 | 2022-06-11 2022-06-20 month
2022.6.30 | 2022-06-30 2022-06-30 day
“十四五”期间 | 2021-01-01 2025-12-31 multi_year
2月29日 | None None day
"""


@pytest.mark.parametrize(("phrase", "days"), cases(POINTS))
def test_the_days_that_a_phrase_names(phrase: str, days: str) -> None:
    found = dates.point(phrase, None)
    assert f"{found.first} {found.last} {found.precision}" == days


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
        (time,) = deadline_phrases.in_cell(printed, None)
        assert (printed, time.kind, time.due) == (printed, "by_date", due)


@given(DAYS, DAYS)
def test_any_span_that_is_printed_is_read_back(one: date, other: date) -> None:
    first, last = sorted([one, other])
    printed = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    (time,) = deadline_phrases.in_cell(printed, None)
    assert (time.kind, time.start, time.due) == ("period", first, last)


def test_a_length_in_a_unit_that_no_calendar_has_gives_no_day() -> None:
    assert dates.add(date(2025, 3, 1), 1, "旬") is None


@given(st.text(alphabet="2021年月日底前一二十四五至到每季度，（）“”0-9/.内起上半", max_size=30))
def test_no_text_breaks_the_grammar(text: str) -> None:
    invariants.check_times(text)


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
