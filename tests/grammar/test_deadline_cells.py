"""Deadlines: what the phrases of a deadline column are read as."""

from __future__ import annotations

import pytest
from phrases import ISSUED, cases, show

from yiyang.grammar import deadline_phrases

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
2022年年中 | by_date - 2022-06-30 half_year
2022年年初 | by_date - - year
2022年第一、二季度 | period 2022-01-01 2022-06-30 quarter
2022年内 | by_date - 2022-12-31 year
2022年期间 | period 2022-01-01 2022-12-31 year
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
印发之日起10个工作日内 | by_date - 2021-03-12 day ?
10个工作日内 | procedural - - -
30日内 | procedural - - -
24小时内 | procedural - - -
力争三年内 | by_date - 2024-02-26 year ?
未来五年 | by_date - 2026-02-26 year ?
22年6月底前 | by_date - 2022-06-30 month
23年6月 | by_date - 2023-06-30 month
22年3月-23年6月 | period 2022-03-01 2023-06-30 month
22年底前 | by_date - 2022-12-31 year
20年 | ? - - -
5年6月 | ? - - -
2021年5月1日-10日 | period 2021-05-01 2021-05-10 day
2021年5月1日至31日 | period 2021-05-01 2021-05-31 day
2021年5月1-10日 | period 2021-05-01 2021-05-10 day
5月1日至31日 | period 2021-05-01 2021-05-31 day ?
2021年4月1日至31日 | ? - - -
2021年5月1日起至2021年12月31日 | period 2021-05-01 2021-12-31 day
2021年起至2023年底 | period 2021-01-01 2023-12-31 multi_year
2021年及以后 | ongoing 2021-01-01 - year +
2021年6月及之后 | ongoing 2021-06-01 - month +
2021年Q3 | by_date - 2021-09-30 quarter
2021年5、6月 | period 2021-05-01 2021-06-30 month
2021年6、7、8月 | period 2021-06-01 2021-08-31 month
2021年春节前 | by_date - 2021-02-11 day
2021年中秋节前 | by_date - 2021-09-20 day
2021年中期 | ? - - -
2022年汛期前完成 | ? - - -
每年6月、12月 | recurring - - -
每年5、6月底前 | recurring - - -
每年3月底和9月底前 | recurring - - -
不定期 | ? - - -
适时 | ? - - -
按上级要求 | ? - - -
根据工作安排 | ? - - -
待定 | ? - - -
2021年13月底 | ? - - -
2021年2月30日前 | ? - - -
2021年2月30日至3月31日 | ? - - -
“十四五”收官之年 | by_date - 2025-12-31 multi_year
2021–2023年 | period 2021-01-01 2023-12-31 multi_year
2021——2023年 | period 2021-01-01 2023-12-31 multi_year
2021─2023年 | period 2021-01-01 2023-12-31 multi_year
2021-2023年内 | period 2021-01-01 2023-12-31 multi_year
2021年至2023年期间 | period 2021-01-01 2023-12-31 multi_year
“十四五”期内 | period 2021-01-01 2025-12-31 multi_year
2022年元旦前 | by_date - 2021-12-31 day
2022年元宵节前 | by_date - 2022-02-14 day
2022年清明之前 | by_date - 2022-04-04 day
2022年五一前 | by_date - 2022-04-30 day
2022年端午节前 | by_date - 2022-06-02 day
2022年国庆节期间 | ? - - -
2022年重阳来临之前 | by_date - 2022-10-03 day
2022年除夕前 | by_date - 2022-01-30 day
2022年双节前 | ? - - -
2022年两节期间 | ? - - -
2022年全国两会后 | ? - - -
2022年汛期之后 | ? - - -
2022年第二阶段 | ? - - -
2022年暑假前 | ? - - -
15天内 | procedural - - -
印发后15天内 | by_date - 2021-03-13 day ?
每学期 | recurring - - -
逐月上报 | recurring - - -
按月调度 | recurring - - -
按周调度 | recurring - - -
按年度推进 | recurring - - -
每旬 | recurring - - -
每三年 | recurring - - -
截止到2022年底 | by_date - 2022-12-31 year
2022年之内 | by_date - 2022-12-31 year
2022年及以后 | ongoing 2022-01-01 - year +
2022年6月之后 | ongoing 2022-06-01 - month +
2022年以来 | ongoing 2022-01-01 - year +
2022年6月开始 | ongoing 2022-06-01 - month +
长期推进 | ongoing - - - +
长期实施 | ongoing - - - +
持续坚持 | ongoing - - - +
常态化 | ongoing - - - +
经常 | ongoing - - - +
长效 | ongoing - - - +
日常 | ongoing - - - +
贯穿始终 | ongoing - - - +
马上 | by_date - - -
即时 | by_date - - -
限期整改 | by_date - - -
争取两年内 | by_date - 2023-02-26 year ?
今后三年 | by_date - 2024-02-26 year ?
确保1年内 | by_date - 2022-02-26 year ?
计划用2年 | by_date - 2023-02-26 year ?
两年左右 | ? - - -
当年底 | by_date - 2021-12-31 year ?
后年底 | by_date - 2023-12-31 year ?
本年底 | by_date - 2021-12-31 year ?
22年12月 | by_date - 2022-12-31 month
2022年的6月 | by_date - 2022-06-30 month
2022年7-8月 | period 2022-07-01 2022-08-31 month
年初 | ? - - -
2022年6月初步完成 | by_date - 2022-06-30 month
2022年6月中旬前 | by_date - 2022-06-20 month
2022年8月20号前 | by_date - 2022-08-20 day
2022年5月初 | by_date - 2022-05-10 month
5月1日至4月30日 | ? - - -
6月至3月 | ? - - -
10月至次年3月 | period 2021-10-01 2022-03-31 month ?
2021年上半年至2022年上半年 | period 2021-01-01 2022-06-30 half_year
2022年Q4前 | by_date - 2022-12-31 quarter
2022年下半年底 | by_date - 2022-12-31 half_year
19年6月 | by_date - 2019-06-30 month
"""


@pytest.mark.parametrize(("cell", "expected"), cases(CELLS))
def test_a_cell_of_the_deadline_column(cell: str, expected: str) -> None:
    (time,) = deadline_phrases.in_cell(cell, ISSUED)
    assert show(time) == expected
    assert cell[time.begin : time.end] == cell


def test_the_table_of_phrases_is_long_enough() -> None:
    cells = [cell for cell, _ in cases(CELLS)]
    assert len(cells) == len(set(cells)) >= 150


@pytest.mark.parametrize("cell", ["", " ", "—", "-", "/", "无"])
def test_an_empty_cell_names_no_time(cell: str) -> None:
    assert deadline_phrases.in_cell(cell, ISSUED) == []


# cell -> its parts with their dates
TWO_DATES = """
2021年6月底前出台，2022年底前建成 | 2021年6月底前出台， 2021-06-30 | 2022年底前建成 2022-12-31
2022年6月底前出台方案，12月底前完成 | 2022年6月底前出台方案， 2022-06-30 | 12月底前完成 2022-12-31
一期2021年底，二期2023年底 | 一期2021年底， 2021-12-31 | 二期2023年底 2023-12-31
3月底前启动；9月底前完成，并长期坚持 | 3月底前启动； 2021-03-31 | 9月底前完成，并长期坚持 2021-09-30
"""


@pytest.mark.parametrize("row", cases(TWO_DATES), ids=lambda row: row[0])
def test_two_dates_in_one_cell(row: list[str]) -> None:
    cell, *parts = row
    found = [f"{cell[t.begin : t.end]} {t.due}" for t in deadline_phrases.in_cell(cell, ISSUED)]
    assert found == parts
    assert [t.is_year_inferred for t in deadline_phrases.in_cell(cell, ISSUED)] == [
        cell[0] == "3"
    ] * 2


@pytest.mark.parametrize(
    "cell", ["12月底前", "年内", "上半年", "第三季度", "全年", "今年底", "3月至6月"]
)
def test_without_a_date_of_issue_the_year_stays_open(cell: str) -> None:
    (time,) = deadline_phrases.in_cell(cell, None)
    assert time.kind in ("by_date", "period")
    assert time.due is None
    assert not time.is_year_inferred
