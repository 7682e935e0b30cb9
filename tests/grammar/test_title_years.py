"""Which year holds for dates that name none: of the title, of a heading, a school year."""

from __future__ import annotations

from datetime import date

import pytest

from yiyang.grammar import deadlines, targets, year_headings
from yiyang.grammar.dates import SchoolYear

ISSUED = date(2025, 8, 26)
SCHOOL = "石泉县第一中学2025—2026学年工作任务清单"


def due(text: str, title: str, section: str = "", issued: date | None = ISSUED) -> list[str]:
    """The days of the deadlines of a task, `-` for one that is left empty."""
    task = {"task_id": "x-01", "text": text, "line_start": 1, "section": section}
    found = deadlines.find([task], [], issued, year=deadlines.year_of_title(title))
    return [str(row["due"] or "-") for row in found]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2026年度重点工作", 2026),
        (SCHOOL, SchoolYear(2025)),
        ("2025学年第一学期工作安排", SchoolYear(2025)),
        ("2025-2027学年规划", None),
        ("2026—2028年行动方案", None),
        ("2026年春季学期安排", 2026),
    ],
)
def test_the_year_of_a_title(title: str, year: int | SchoolYear | None) -> None:
    assert deadlines.year_of_title(title) == year


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
