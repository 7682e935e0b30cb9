"""Times that lean on the day of issue or of a meeting, and on the year of the title alone."""

from __future__ import annotations

from datetime import date

import pytest
from phrases import cases

from yiyang.grammar import deadline_phrases, leaning

ISSUED = date(2026, 12, 3)

# text, day of the meeting -> what is due when
AFTER_A_MEETING = """
会后一周内提出方案。 | 2026-11-30 | by_date 2026-12-07
会议结束后3个工作日内报送。 | 2026-11-30 | by_date 2026-12-03
会后一周内提出方案。 | | procedural None
各镇会后5日内报送。 | 2026-11-30 | by_date 2026-12-05
村委会后5日内公示。 | 2026-11-30 | procedural None
本月20日前拨付资金。 | | by_date 2026-12-20
本月20日前拨付资金。 | 2026-12-01 | by_date 2026-12-20
本月20日前拨付资金。 | 2026-11-30 | by_date None
本月2日前拨付资金。 | |  None
下月10日前完成核查。 | | by_date 2027-01-10
下个月底前完成核查。 | | by_date 2027-01-31
下季度末完成核查。 | | by_date 2027-03-31
"""


@pytest.mark.parametrize("row", cases(AFTER_A_MEETING), ids=lambda row: "".join(row[:2]))
def test_times_that_lean_on_a_day(row: list[str]) -> None:
    text, met, expected = row
    day = date.fromisoformat(met) if met else None
    [time] = deadline_phrases.in_text(text, ISSUED, met=day)
    assert f"{time.kind} {time.due}".strip() == expected
    assert time.is_year_inferred == (time.due is not None)


# title, lines above the first task -> the day of the meeting
MEETINGS = """
县长办公会议纪要 | 2026年11月30日上午，县长主持召开会议，研究救助工作。 | 2026-11-30
专题会议纪要 | 11月30日，副县长召集有关部门召开会议。 | 2026-11-30
专题会议纪要 | 2026年11月，副县长主持召开会议。 | None
专题会议纪要 | 2026年1月30日，副县长主持召开会议。 | None
关于开展救助的通知 | 2026年11月30日，县长主持召开会议。 | None
专题会议纪要 | 根据2024年11月30日召开的会议要求。 | None
"""


@pytest.mark.parametrize("row", cases(MEETINGS), ids=lambda row: "".join(row[:2]))
def test_the_day_of_a_meeting(row: list[str]) -> None:
    title, words, expected = row
    day = leaning.day_of_meeting(title, [{"line": 2, "text": words}], 3, ISSUED)
    assert str(day) == expected


# text of a list whose title names 2026 and that bears no date -> its deadlines
OF_THE_TITLE = """
按照2020年11月1日起施行的《办法》清理备案，9月底前完成。 | 2026-09-30
执行《通知》（县政办发〔2024〕18号，2024年12月31日印发），建立制度。 |
2025年12月底前编制方案。 | 2025-12-31
2025年完成改造后，5月底前验收。 | 2026-05-31
在2025年建成管网42公里的基础上，再新建18公里。 |
2025年11月会议明确的事项，3月底前办结。 | 2026-03-31
2027年3月底前完成选址，8月底前开工。 | 2027-03-31 2027-08-31
"""


@pytest.mark.parametrize("row", cases(OF_THE_TITLE), ids=lambda row: row[0])
def test_nothing_is_due_long_before_the_year_of_the_title(row: list[str]) -> None:
    text, expected = row
    found = [t for t in deadline_phrases.in_text(text, None, year=2026) if not t.refusal]
    assert " ".join(str(time.due) for time in found) == expected
