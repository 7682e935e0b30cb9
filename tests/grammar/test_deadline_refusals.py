"""Times in running texts that are no deadlines, each refused with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from phrases import ISSUED, cases, show

from yiyang.grammar import deadline_phrases

WHY = {
    "time for which a rule holds": "rule",
    "date as an attribute": "attribute",
    "past when the document was issued": "past",
    "beginning, not an end": "beginning",
    "day for which a state is reported": "state",
    "title or number of a document": "title",
    "frequency": "frequency",
    "part of a year that is not understood": "unread",
    "no such day": "no day",
}
"""The reasons for which a time is refused, and the word for each in the tables below."""


def _shown(text: str, issued: date | None) -> list[str]:
    """Each time as it is printed, with the reason of its refusal or what it is read as."""
    return [
        f"{text[t.begin : t.end]} {WHY[t.refusal] if t.refusal else show(t)}"
        for t in deadline_phrases.in_text(text, issued)
    ]


# text -> the times in it, each with the reason for which it is no deadline
NO_DEADLINES = """
6月通车的环城路加强养护 | 6月 attribute
2月通水后加强管护 | 2月 attribute
一季度办结案件120件，较上年增长3% | 一季度 attribute
每年一次健康体检 | 每年 frequency
每年组织65岁及以上常住老年人到社区卫生服务机构 | 每年 frequency
在一个结算周期内转入医院不再收取起付线
提供24小时服务
新建200张及以上床位的养老机构
按照《2019年养老服务办法》执行 | 《2019年养老服务办法》 title
国发〔2019〕5号 | 〔2019〕 title
参照三年行动计划（2024—2026），打造示范点 | （2024—2026） title
根据《“十四五”规划》要求
落实“十四五”规划相应要求
落实2030年海绵城市建设达标要求 | 2030年 attribute
完成2030年达标区域系统方案 | 2030年 attribute
2019年1月1日至12月31日，对困难企业给予补贴 | 2019年1月1日至12月31日 past
2019年1月1日至2020年12月31日，困难企业可组织培训 | 2019年1月1日至2020年12月31日 past
从2019年1月1日起，实施见习计划 | 从2019年1月1日起 beginning
自2016年试点以来成效显著 | 自2016年 past
截至2020年底，已建成10家 | 截至2020年底 past
签订1年以上劳动合同
参加3—12个月的就业见习
16—24岁失业青年
达到3—5年一遇雨水排水能力
持续优化审批流程，逐步完善机制
长期护理保险制度
长期照护服务，失能老年人长期居家
老年内科、中老年内分泌科
青年内部培训
近年来取得成效，近期目标明确
恢复到2019年水平，消化2020年底的存量 | 到2019年 past | 2020年底 past
“十三五”期间新建10所 | “十三五”期间 past
2018年至2020年，完成改造100户 | 2018年至2020年 past
完成2022年度任务 | 2022年度 attribute
三月一次、12月龄儿童、3个月以上 | 三月 attribute
2020年完成普查，2021年的工作 | 2020年 past | 2021年 attribute
12349居家养老信息服务平台
2022年10月31日前入住的老人可享受优惠 | 2022年10月31日前 rule
2025年前，对社会办养老机构给予税费减免 | 2025年前 rule
2023年6月30日前，对符合条件的机构，返还保证金 | 2023年6月30日前 rule
2021年至2025年，每张床位按标准补助 | 2021年至2025年 rule
2021年5、6月开展义诊 | 2021年5、6月 period 2021-05-01 2021-06-30 month
2022年春节前走访老人 | 2022年春节前 by_date - 2022-01-31 day
2022年签约率已达到85% | 2022年 attribute
2022年收入达到100万元的机构 | 2022年 attribute
毕业5年内的学生，成立三年内的机构
近三年内，三年内未受处罚的机构 | 三年内 rule
3年内给予运营补贴 | 3年内 rule
连续使用3年时间以上，试用5年时间
补贴政策执行期限至2024年6月30日 | 至2024年6月30日 rule
优惠延长至2023年底，证书有效期至2022年 | 至2023年底 rule | 至2022年 rule
减免期限为2022年1月1日至2022年12月31日 | 2022年1月1日至2022年12月31日 rule
上述政策实施至2022年4月30日 | 至2022年4月30日 rule
2022年1月1日至2022年12月31日实施下调费率的政策 | 2022年1月1日至2022年12月31日 rule
从2022年1月起实施新的标准 | 从2022年1月起 beginning
自2023年试点 | 自2023年 beginning
2021年起，逐步推开 | 2021年起 beginning
2021年7月以后建成的机构 | 2021年7月以后 beginning
床位达到2022年水平 | 到2022年 attribute
签约率较2023年同期增长10% | 2023年 attribute
2023年以来新建的机构 | 2023年以来 beginning
2022年底的存量 | 2022年底 attribute
2022年度计划投资1亿元 | 2022年度 attribute
2022年度目标 | 2022年度 attribute
2022年要求 | 2022年 attribute
2022年标准 | 2022年 attribute
2022年任务 | 2022年 attribute
2022年13月底前完成 | 2022年13月底前 no day
2022年底前，对困难企业免征房产税 | 2022年底前 rule
2022年底前，对个体户免收登记费 | 2022年底前 rule
2022年底前，符合条件的企业缓缴社保费 | 2022年底前 rule
2022年底前，养老机构用水可按居民价格结算 | 2022年底前 rule
2022年底前，养老机构用电按居民价格执行 | 2022年底前 rule
2022年底前，经认定的机构可申领奖补 | 2022年底前 rule
2022年底前，经认定的机构可申请贷款 | 2022年底前 rule
2022年底前，机构享受税费优惠 | 2022年底前 rule
2021年3月至2022年12月，企业可分期缴纳 | 2021年3月至2022年12月 rule
2021年3月至2022年12月，放宽准入条件 | 2021年3月至2022年12月 rule
2021年3月至2022年12月，给予补贴 | 2021年3月至2022年12月 rule
2021年3月至2022年12月执行新的收费标准 | 2021年3月至2022年12月 rule
2021年3月至2022年12月继续实施阶段性费率 | 2021年3月至2022年12月 rule
2021年3月至2022年12月施行优惠政策 | 2021年3月至2022年12月 rule
2021年至2023年的行动计划 | 2021年至2023年 attribute
适用期限至2023年底 | 至2023年底 rule
试行期至2023年底 | 至2023年底 rule
施行期限为2021年至2023年 | 2021年至2023年 rule
缓缴期限至2022年底 | 至2022年底 rule
补贴期限至2022年底 | 至2022年底 rule
优惠期至2022年底 | 至2022年底 rule
政策期限至2022年底 | 至2022年底 rule
减免的期限至2022年底 | 至2022年底 rule
有效期限为2021年3月至2022年12月 | 2021年3月至2022年12月 rule
实施期限：至2022年底 | 至2022年底 rule
执行至2022年底 | 至2022年底 rule
施行至2022年底 | 至2022年底 rule
沿用至2022年底 | 至2022年底 rule
适用至2022年底 | 至2022年底 rule
有效至2022年底 | 至2022年底 rule
有效期统一为2021年至2022年 | 2021年至2022年 rule
优惠延续至2022年底 | 至2022年底 rule
优惠延期至2022年底 | 至2022年底 rule
优惠期限顺延至2022年底 | 至2022年底 rule
优惠期限统一延长至2022年底 | 至2022年底 rule
政策继续实施至2022年底 | 至2022年底 rule
政策均实施至2022年底 | 至2022年底 rule
政策统一实施至2022年底 | 至2022年底 rule
两年内不得申报 | 两年内 rule
三年内无违法记录的机构 | 三年内 rule
一年内没有事故 | 一年内 rule
一年内，未受处罚的机构 | 一年内 rule
今后两年享受优惠 | 今后两年 rule
会议召开，2022年各区安排资金 | 2022年 attribute
2022年已建成10家 | 2022年 attribute
对照2022年底任务推进 | 2022年底 attribute
对照2022年底计划推进 | 2022年底 attribute
对照2022年底目标推进 | 2022年底 attribute
对照2022年底要求推进 | 2022年底 attribute
对照2022年底标准推进 | 2022年底 attribute
恢复到2022年底同期水平 | 到2022年底 attribute
2022年汛期之后开展检查 | 2022年汛期之后 unread
2022年春节期间走访老人 | 2022年春节期间 unread
2022年元旦来临之前走访 | 2022年元旦来临之前 by_date - 2021-12-31 day
在2022年，各区安排资金 | 2022年 attribute
每学期开展一次活动 | 每学期 frequency
每两年评估一次 | 每两年 frequency
每旬报送 | 每旬 frequency
逐月报送 | 逐月 frequency
按月调度 | 按月 frequency
按季度推进 | 按季度 frequency
按年度考核 | 按年度 frequency
2022年五一前走访老人 | 2022年五一前 by_date - 2022-04-30 day
2021年暑期开展活动 | 2021年暑期 unread
2021年5月、6月和7月开展的义诊 | 2021年5月 attribute | 6月 attribute | 7月 attribute
2021年5月开展了义诊 | 2021年5月 attribute
（2024年），[2024年—2026年] | （2024年） title | [2024年—2026年] title
"""


@pytest.mark.parametrize("row", cases(NO_DEADLINES), ids=lambda row: row[0])
def test_times_that_are_no_deadline(row: list[str]) -> None:
    text, *expected = row
    assert _shown(text, ISSUED) == expected


# The same without a date of issue.
UNDATED = """
截至2022年底，已建成10家 | 截至2022年底 state
2019年完成改造 | 2019年 by_date - 2019-12-31 year
本通知印发之日起30日内 | 本通知印发之日起30日内 by_date - - day
力争三年内完成 | 力争三年内 by_date - - year
12月底前完成 | 12月底前 by_date - - month
12月底前，对困难企业给予补贴 | 12月底前 rule
"""


@pytest.mark.parametrize("row", cases(UNDATED), ids=lambda row: row[0])
def test_times_of_a_document_without_a_date_of_issue(row: list[str]) -> None:
    text, *expected = row
    assert _shown(text, None) == expected
