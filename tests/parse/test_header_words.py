"""Heads of columns and labels that no list holds, known by what they are made of."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from yiyang.parse import header_words
from yiyang.show import preview

DONE = ("办结", "完成", "交付", "整改", "销号", "建成", "竣工", "计划", "要求", "计划完成")
TIMES = ("日期", "时限", "时间", "时间节点", "时点", "期限", "年月")


@pytest.mark.parametrize("heading", [*map("".join, product(DONE, TIMES))])
def test_a_word_of_what_is_done_and_one_of_a_day_head_deadlines(heading: str) -> None:
    assert header_words.use_of(heading) == "deadline"
    assert header_words.is_one(heading)


@pytest.mark.parametrize("noted", ["录入时间", "交办日期", "开工日期", "实际完成时间", "更新日期"])
def test_when_something_was_noted_is_no_deadline(noted: str) -> None:
    assert header_words.use_of(noted) == "other"


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("计划批复时间", "deadline"),
        ("计划印发时间", "deadline"),
        ("拟发布时间", "deadline"),
        ("拟审批时间", "deadline"),
        ("预计印发日期", "deadline"),
        ("拟稿时间", "other"),
        ("计划下达时间", "other"),
        ("计划开工时间", "other"),
        ("项目批复时间", "other"),
        ("批复时间", "other"),
    ],
)
def test_a_day_that_is_planned_is_a_deadline_whatever_is_noted(heading: str, use: str) -> None:
    assert header_words.use_of(heading) == use


@pytest.mark.parametrize(
    ("heading", "cell", "state"),
    [
        ("批复时间", "2026年6月底", "unread"),
        ("文件印发时间", "2026-06-30", "unread"),
        ("录入时间", "2026年6月底", "unread"),  # no stamp is so written
        ("录入时间", "2026-01-06", "used"),
        ("实际完成时间", "2026-01-06", "used"),
        ("计划批复时间", "2026年6月底", "used"),
    ],
)
def test_a_day_that_may_lie_ahead_is_not_passed_over(
    heading: str, cell: str, state: str, tmp_path: Path
) -> None:
    found = read(
        tmp_path / "东县.csv",
        f"序号,重点任务,责任单位,{heading}\n1,编制城市更新规划,县住建局,{cell}\n",
    )
    [sign] = [sign for sign in found["signs"] if sign["kind"] == "time"]
    assert sign["state"] == state
    assert bool(days_of(found)) == heading.startswith("计划")


BODIES = ("单位", "部门", "科室", "县区", "乡镇", "班组", "园区", "支队", "站所", "中心")


@pytest.mark.parametrize(
    ("part", "use"),
    [("牵头", "lead"), ("责任", "units"), ("承办", "units"), ("协作", "supporting")],
)
def test_a_part_and_who_has_it_head_units(part: str, use: str) -> None:
    assert {header_words.use_of(part + body) for body in BODIES} == {use}


def read(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8")
    return preview.read(path).to_dict()


def units_of(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["agency_printed"], row["role"]) for row in found["assignments"]]


def days_of(found: dict[str, Any]) -> list[str]:
    return [str(row["due"]) for row in found["deadlines"]]


def test_columns_of_words_that_are_made_up(tmp_path: Path) -> None:
    found = read(
        tmp_path / "东县.csv",
        "序号,重点任务,第一责任单位,第二责任单位,责任乡镇,销号日期\n"
        "1,修渠3条,县水利局,县财政局,河西镇,2025年9月30日\n",
    )
    assert units_of(found) == [
        ("县水利局", "lead"),
        ("县财政局", "responsible"),
        ("河西镇", "responsible"),
    ]
    assert days_of(found) == ["2025-09-30"]


def test_what_is_handed_in_is_due_only_where_no_other_day_is_named(tmp_path: Path) -> None:
    rows = "序号,任务,责任单位,{}\n1,修渠3条,县水利局,{}\n"
    alone = rows.format("报送时间", "2025年3月31日")
    beside = rows.format("报送时间,完成时限", "2025年3月31日,2025年9月30日")
    assert days_of(read(tmp_path / "a.csv", alone)) == ["2025-03-31"]
    assert days_of(read(tmp_path / "b.csv", beside)) == ["2025-09-30"]


def test_a_head_that_looks_like_a_unit_hides_no_table(tmp_path: Path) -> None:
    text = "序号,任务,牵头单位,点位乡镇,时限\n1,修渠3条,县水利局,河西镇,2025年9月底\n"
    found = read(tmp_path / "东县.csv", text)
    assert units_of(found) == [("县水利局", "lead")]
    kept = [(row["column_printed"], row["text"]) for row in found["task_columns"]]
    assert kept == [("点位乡镇", "河西镇")]


@pytest.mark.parametrize(
    ("heading", "use"), [("重点任务", "measure"), ("类别", "section"), ("领域", "section")]
)
def test_a_name_for_each_row_is_a_section_where_its_head_says_so(
    heading: str, use: str, tmp_path: Path
) -> None:
    names = ("河道整治", "水厂改造", "农田灌溉")
    rows = [f"{n},{name},{n}月底前完成{n}处,县水利局\n" for n, name in enumerate(names, 3)]
    head = f"序号,{heading},工作内容,责任单位\n"
    found = read(tmp_path / "东县.csv", head + "".join(rows))
    assert [task[use] for task in found["tasks"]] == [*names]
    assert len(found["deadlines"]) == 3


def test_days_below_a_head_that_nobody_knows_are_said(tmp_path: Path) -> None:
    text = "序号,任务,责任单位,啥时候\n1,修渠3条,县水利局,2025年9月底\n2,植树,县林业局,10月底前\n"
    found = read(tmp_path / "东县.csv", text)
    assert days_of(found) == []
    unread = [sign["printed"] for sign in found["signs"] if sign["state"] == "unread"]
    assert unread == ["2025年9月底", "10月底前"]


def test_labels_made_up_of_the_same_words(tmp_path: Path) -> None:
    labels = "责任园区：高新区　协作支队：县消防支队　交付时点：2025年9月\n"
    found = read(tmp_path / "东县.txt", f"东县任务\n1.修渠3条。\n{labels}2.植树9棵。\n{labels}")
    assert units_of(found) == 2 * [("高新区", "responsible"), ("县消防支队", "supporting")]
    assert days_of(found) == 2 * ["2025-09-30"]


def test_divisions_of_a_court_are_units(tmp_path: Path) -> None:
    text = '序号,任务,责任部门,协助部门,时限\n1,清案9件,立案庭,"刑一庭、各法庭",2025年9月底\n'
    assert units_of(read(tmp_path / "东县.csv", text)) == [
        ("立案庭", "responsible"),
        ("刑一庭", "supporting"),
        ("各法庭", "supporting"),
    ]


def test_an_office_is_not_cut_at_what_it_looks_after(tmp_path: Path) -> None:
    text = "序号,任务,责任部门\n1,修缮3处,实验室与设备处\n2,招生,教务处与学生处\n"
    assert [name for name, _ in units_of(read(tmp_path / "东县.csv", text))] == [
        "实验室与设备处",
        "教务处",
        "学生处",
    ]


def test_departments_of_a_ministry_are_units_in_brackets(tmp_path: Path) -> None:
    lists = ("人事司牵头，法规司参加", "法规司指导，各省级民政部门负责")
    rows = "".join(f"{n}.修订规程。8月底前完成。（{words}）\n" for n, words in enumerate(lists, 1))
    found = read(tmp_path / "a.txt", f"民政部2025年任务分工\n{rows}")
    assert units_of(found) == [
        ("人事司", "lead"),
        ("法规司", "supporting"),
        ("法规司", "supporting"),
        ("各省级民政部门", "responsible"),
    ]
    unknown = [row["text"] for row in found["leftovers"] if "not known" in row["reason"]]
    assert not unknown


def test_the_column_behind_the_number_names_the_task_where_the_one_before_is_merged(
    tmp_path: Path,
) -> None:
    rows = (
        "考核项目|序号|考核指标|单位|年度目标|责任部门|评分部门",
        "粮食稳产|1|粮食面积|亩|700|县农业农村局|市农业农村局",
        "|2|油菜面积|亩|90|县农业农村局|市农业农村局",
    )
    found = read(tmp_path / "东县.csv", "\n".join(rows).replace("|", ",") + "\n")
    assert [task["text"] for task in found["tasks"]] == ["粮食面积", "油菜面积"]
    assert units_of(found) == 2 * [("县农业农村局", "responsible"), ("市农业农村局", "other")]
    assert not [sign for sign in found["signs"] if sign["state"] == "unread"]


def test_a_branch_of_the_party_is_a_unit(tmp_path: Path) -> None:
    text = (
        "序号,任务,牵头部门,配合部门\n1,换届,组织部,各二级学院党总支\n2,评议,组织部,各学院党支部\n"
    )
    assert units_of(read(tmp_path / "东县.csv", text)) == [
        ("组织部", "lead"),
        ("各二级学院党总支", "supporting"),
        ("组织部", "lead"),
        ("各学院党支部", "supporting"),
    ]


def test_columns_of_people_and_firms_beside_those_of_units_hide_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for firms in ("链主企业", "示范企业", "龙头企业名称"):
        path.write_text(
            f"序号,产业链,链长,{firms},重点任务,牵头单位,配合单位\n"
            "1,药材,甲某 副县长,东县百草公司,种药材9亩,县林业局,县科技局\n"
            "2,文旅,乙某 副县长,东县山水公司,修栈道3条,县文旅局,县水利局\n",
            encoding="utf-8",
        )
        found = preview.read(path).to_dict()
        assert [task["text"] for task in found["tasks"]] == ["种药材9亩", "修栈道3条"]
        assert [row["agency_printed"] for row in found["assignments"]] == [
            "县林业局",
            "县科技局",
            "县文旅局",
            "县水利局",
        ]
