"""Which year holds for dates that name none: of the title, of a heading, a school year."""

from __future__ import annotations

from datetime import date

import pytest

from yiyang.grammar import deadlines, targets, year_headings, year_notes
from yiyang.grammar.dates import SchoolYear

ISSUED = date(2025, 8, 26)
SCHOOL = "石泉县第一中学2025—2026学年工作任务清单"


def due(text: str, title: str, section: str = "", issued: date | None = ISSUED) -> list[str]:
    """The days of the deadlines of a task, `-` for one that is left empty."""
    task = {"task_id": "x-01", "text": text, "line_start": 1, "section": section}
    found = deadlines.find([task], [], issued, year=deadlines.year_of_title(title, issued))
    return [str(row["due"] or "-") for row in found]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2026年度重点工作", 2026),
        (SCHOOL, SchoolYear(2025)),
        ("2025学年第一学期工作安排", SchoolYear(2025)),
        ("2025-2027学年规划", None),
        ("县2025—2026年度冬春火灾防控任务清单", SchoolYear(2025, is_winter=True)),
        ("2025-2026年秋冬季大气污染治理方案", SchoolYear(2025, is_winter=True)),
        ("今冬明春农田水利建设任务", SchoolYear(2025, is_winter=True)),
        ("2025—2026年行动计划", None),
        ("关于做好2024年度平安建设考核工作的通知", None),
        ("2024年度部门决算公开任务", None),
        ("2024年度审计发现问题整改清单", None),
        ("2024年度绩效考核指标任务分解表", 2024),
        ("2026—2028年行动方案", None),
        ("2026年春季学期安排", 2026),
    ],
)
def test_the_year_of_a_title(title: str, year: int | SchoolYear | None) -> None:
    assert deadlines.year_of_title(title, ISSUED) == year


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("开展入学教育，9月15日前完成。", ["2025-09-15"]),
        ("举办科技节，12月底前完成。", ["2025-12-31"]),
        ("检查实验室，3月10日前完成。", ["2026-03-10"]),
        ("组织测试，5月20日前完成。", ["2026-05-20"]),
        ("修缮宿舍，8月20日前完成。", ["-"]),  # before the first day, or in the last month
        ("修缮宿舍，2026年秋季开学前（8月20日前）完成。", ["2026-08-20"]),
    ],
)
def test_a_school_year(text: str, days: list[str]) -> None:
    assert due(text, SCHOOL) == days


@pytest.mark.parametrize(
    ("title", "section", "days"),
    [
        ("三年行动清单（2026—2028年）", "2027年任务", ["2027-09-30"]),
        ("三年行动清单（2026—2028年）", "一、2028年度重点工作", ["2028-09-30"]),
        ("三年行动清单", "2027年任务", ["2027-09-30"]),
        ("三年行动清单（2026—2028年）", "落实2025年文件精神", ["2025-09-30"]),
        ("2026年任务清单", "2026年任务", ["2026-09-30"]),
        ("2026年任务清单", "2027年任务", ["-"]),  # either may be meant
        ("2026年任务清单", "养老服务", ["2026-09-30"]),
    ],
)
def test_the_year_of_a_heading(title: str, section: str, days: list[str]) -> None:
    assert due("改造管网，9月底前完成。", title, section) == days


def test_a_target_takes_the_year_of_its_heading_too() -> None:
    text = "9月底前改造管网38公里。"
    task = {"task_id": "x-01", "text": text, "line_start": 1, "section": "2027年任务"}
    dated = deadlines.find([task], [], None)
    [row] = targets.find([task], dated)
    assert str(row["due"]) == "2027-09-30"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("为2026年1月31日前登记的车辆换牌。", []),
        ("按照2026年2月出台的办法挂牌。", []),
        ("兑付企业于2026年3月31日前申报并通过审核的资金。", []),
        ("清理2026年6月底前到期的合同。", []),
        ("2026年6月底前建成全市统一的平台。", ["2026-06-30"]),
        ("2026年6月底前完成全部的改造。", ["2026-06-30"]),
        ("2026年底前社区的覆盖率达到80%。", ["2026-12-31"]),
        ("12月底前建成投用的养老服务中心达到20家。", ["2025-12-31"]),
        ("11月底前完成整改的问题占比达到80%。", ["2025-11-30"]),
        ("2026年底前开工建设的项目不少于10个。", ["2026-12-31"]),
        ("2026年6月底前制定出台的配套政策不少于3项。", ["2026-06-30"]),
        ("2026年6月底前登记的车辆达到300辆。", ["2026-06-30"]),
        ("为2026年6月底前登记的车辆发放补贴超过300万元。", []),
        ("改造2000年底前建成的小区30个。", []),
        ("改造2026年底前建成的小区30个。", []),
        ("清理2026年6月底前仍未完成整改的问题。", []),
        ("去年完成投资3亿元，2026年6月底前再投1亿元。", ["2026-06-30"]),
    ],
)
def test_a_day_that_says_which_ones_are_meant(text: str, days: list[str]) -> None:
    assert due(text, "任务清单") == days


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("到2030年地区生产总值比2020年翻一番。", ["2030-12-31"]),
        ("地区生产总值比2020年翻番。", ["-"]),
        ("地区生产总值较2020年增长5%。", ["-"]),
        ("改造2000年底前建成的小区30个。", ["-"]),
        ("2026年底前，为2026年6月底前登记的300户换证。", ["2026-12-31"]),
        ("2026年底前改造小区30个。", ["2026-12-31"]),
    ],
)
def test_a_day_that_is_a_base_or_says_which_is_no_due(text: str, dues: list[str]) -> None:
    task = {"task_id": "x-01", "text": text, "line_start": 1}
    dated = deadlines.find([task], [], ISSUED)
    found = targets.find([task], dated, issued=ISSUED)
    assert [str(row["due"] or "-") for row in found] == dues


HEADING = "heading of a section"
# Headings (H) and tasks (T, below the section behind `|`) in the order of their lines -> the year
# of each task.
OUTLINES = {
    "H一、2026年度任务 T|（一）产业 H二、2027年度任务 T|（一）产业 T|（二）民生": [
        "2026",
        "2027",
        "2027",
    ],
    "H一、2026年度任务 T H二、2027年度任务 H（一）产业 T T": ["2026", "2027", "2027"],
    "T|一、2027年度任务 T|二、保障措施": ["2027", "2025"],
    "H第一部分2027年度任务 T|一、产业 T|二、民生 H第二部分保障 T": ["2027", "2027", "2025"],
    "H一、产业 H2027年任务 T H2028年任务 T H二、民生 T": ["2027", "2028", "2025"],
    "H2027年任务 T|（一）产业 T|民生": [
        "2027",
        "-",
    ],  # of what level the last one is, is not printed
}


@pytest.mark.parametrize("outline", OUTLINES)
def test_the_year_of_a_heading_holds_for_all_below_it(outline: str) -> None:
    tasks: list[dict[str, object]] = []
    heads: list[dict[str, object]] = []
    for line, part in enumerate(outline.split(" "), 1):
        if part[0] == "H":
            heads.append({"line": line, "text": part[1:], "reason": HEADING})
        else:
            section = part.partition("|")[2]
            text = "11月底前改造管网38公里。"
            name = f"x-{len(tasks) + 1:02d}"
            tasks.append({"task_id": name, "text": text, "line_start": line, "section": section})
    given = {"issued": date(2025, 3, 1), "heads": year_headings.above(tasks, heads)}
    dated = deadlines.find(tasks, [], **given)
    assert [str(row["due"] or "-")[:4] for row in dated] == OUTLINES[outline]
    promised = targets.find(tasks, dated, **given)
    assert [row["due"] for row in promised] == [row["due"] for row in dated]


def test_a_deadline_that_is_emptied_leaves_the_target_without_due() -> None:
    task = {"task_id": "x-01", "text": "9月底前改造管网38公里。", "line_start": 1}
    task["section"] = "2027年任务"
    dated = deadlines.find([task], [], ISSUED, year=2026)
    [row] = targets.find([task], dated, issued=ISSUED, year=2026)
    assert (dated[0]["due"], row["due"], row["due_source"]) == (None, None, "")


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        ("2025—2026年冬春防火任务", "检查粮库，11月底前完成。", "2025-11-30"),
        ("2025—2026年冬春防火任务", "检查粮库，元旦前完成。", "2025-12-31"),
        ("2025—2026年冬春防火任务", "总结工作，3月25日前报送。", "2026-03-25"),
        ("2025—2026年冬春防火任务", "清理柴垛，7月底前完成。", "-"),
        ("关于做好2024年度考核工作的通知", "报送自评报告，9月15日前完成。", "2025-09-15"),
        ("2024年重点工作安排", "清理柴垛，6月底前完成。", "-"),
        ("2025年重点工作安排", "清理柴垛，6月底前完成。", "2025-06-30"),
    ],
)
def test_the_year_of_a_bare_month(title: str, text: str, day: str) -> None:
    assert due(text, title) == [day]


@pytest.mark.parametrize(
    ("heading", "cell", "day"),
    [
        ("完成时限（自印发之日起）", "30日内", "2025-09-25"),
        ("完成时限（自本方案印发之日起）", "3个月", "2025-11-26"),
        ("办理时限（自受理之日起）", "30日内", "-"),
        ("完成时限（2026年）", "6月底前", "2026-06-30"),
        ("完成时限", "12月底前", "2025-12-31"),
    ],
)
def test_what_the_head_of_a_column_says(heading: str, cell: str, day: str) -> None:
    task = {"task_id": "x-01", "text": "修订办法", "line_start": 1}
    mention = {
        "task_id": "x-01",
        "field": "deadline",
        "text": cell,
        "line": 1,
        "heading": heading,
        "printed": cell,
    }
    [row] = deadlines.find([task], [mention], ISSUED)
    assert (str(row["due"] or "-"), row["is_year_inferred"]) == (day, day != "-")


@pytest.mark.parametrize(
    ("text", "n_rows"),
    [
        ("公积金提取1个工作日内到账", 1),
        ("群众投诉24小时内响应、5个工作日内办结", 1),
        ("征求意见后10个工作日内印发", 2),
    ],
)
def test_the_speed_of_a_service_is_no_deadline(text: str, n_rows: int) -> None:
    task = {"task_id": "x-01", "text": text, "line_start": 1}
    cell = {"task_id": "x-01", "field": "deadline", "text": "12月底前", "line": 1}
    assert len(deadlines.find([task], [cell], ISSUED)) == n_rows


@pytest.mark.parametrize(
    ("note", "year"),
    [
        ("注：表中完成时限未注明年份的，均为2026年。", 2026),
        ("以上时间除注明外均为2026年。", 2026),
        ("说明：1.本表所列月份均为2026年；2.标★的为重点。", 2026),
        ("注：统计数据时间均为2025年。", None),
        ("注：完成时限均为2026年12月底。", None),
        ("注：表中月份均为2026年，2027年的另行标注。", None),
    ],
)
def test_a_note_on_the_year_of_all_times(note: str, year: int | None) -> None:
    tasks = [{"task_id": "x-01", "line_start": 2}]
    lines = [{"line": 1, "text": "序号", "reason": "table header"}]
    found = year_notes.find(tasks, [*lines, {"line": 3, "text": note, "reason": ""}])
    assert (found.year if found else None) == year


def test_the_first_of_two_notes_that_say_the_same_year_is_named() -> None:
    words = ("完成时限均为2026年", "以上时间除注明外均为2026年")
    notes = [{"line": n, "text": said, "reason": ""} for n, said in enumerate(words, 3)]
    found = year_notes.find([{"task_id": "x-01", "line_start": 2}], notes)
    assert found == year_notes.YearNote(2026, 3, "完成时限均为2026年")
