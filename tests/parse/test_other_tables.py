"""Tables that look like lists of tasks and are none, and texts whose bars are those of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview


def texts_of(path: Path) -> list[str]:
    """The texts of the tasks that are read from a file."""
    return [task["text"] for task in preview.read(path).to_dict()["tasks"]]


@pytest.mark.parametrize(
    "rows",
    [
        "序号,水库名称,行政责任人,技术责任人,主管部门\n1,北塘水库,甲某,乙某,县水利局\n2,南塘水库,丙某,丁某,县水利局\n",
        "序号,职权名称,职权类别,实施主体,责任事项\n1,施工许可,行政许可,县住建局,受理、审查、决定\n2,占地处罚,行政处罚,县资源局,立案、调查\n",
        "索引号,发文机关,成文日期\n000-2025-1,东县人民政府,2025年3月1日\n000-2025-2,东县人民政府,2025年3月2日\n",
        "序号,单位,考核指标完成情况,得分,名次\n1,县妇联,9项完成8项,90,1\n2,县残联,9项完成7项,80,2\n",
        "县区,亮点工作,存在问题,得分\n东县,新建食堂3家,台账不全,90\n西县,新建食堂2家,进度偏慢,80\n",
        "单位,年度目标完成情况,评定等次\n县妇联,全面完成各项目标,优秀\n县残联,完成多数目标,良好\n",
        "序号,指标名称,单位,1—5月累计,同比增长,数据提供单位\n1,新增就业,人,900,2,县人社局\n2,接待游客,人,800,1,县文旅局\n",
        "序号,项目,单位,2025年,2024年,增减%,数据来源\n1,新增就业,人,90,80,2,县人社局\n2,接待游客,人,90,70,1,县文旅局\n",
        "序号,部门,项目名称,收费标准,资金管理方式,执收单位\n1,水利,补偿费,1元,国库,县水利局\n2,人防,建设费,2元,国库,县税务局\n",
        "序号,环节,办理内容,责任单位,办理时限\n1,受理,收取材料并告知,县政务中心,当场\n2,审查,核查场所,县水利局,3个工作日\n",
        "序号,权力类型,权力名称,责任事项,责任主体,追责情形\n1,许可,取水许可,公示材料并告知,水政股,不履行\n2,处罚,采砂处罚,调查取证,水政队,不履行\n",
    ],
    ids=[
        "a roster",
        "powers",
        "the table about a document",
        "what was reached, by unit",
        "what was good and bad, by county",
        "grades",
        "statistics",
        "statistics of two years",
        "fees",
        "steps of a service",
        "powers by law",
    ],
)
def test_a_table_of_another_kind_lists_no_tasks(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "东县.csv"
    path.write_text(rows, encoding="utf-8")
    assert texts_of(path) == []


@pytest.mark.parametrize("bar", "|｜│")
def test_bars_of_any_width_part_cells(tmp_path: Path, bar: str) -> None:
    rows = ("序号|任务|责任单位", "1|开食堂3家|县商务局", "2|修浴室30间|县住建局")
    path = tmp_path / "东县.txt"
    path.write_text("东县清单\n" + "\n".join(rows).replace("|", bar) + "\n", encoding="utf-8")
    assert texts_of(path) == ["开食堂3家", "修浴室30间"]


def test_what_became_of_opinions_on_a_draft_lists_no_tasks(tmp_path: Path) -> None:
    row = "1,建议由县水利局牵头修渠,县水利局,未采纳,不合职责\n"
    path = tmp_path / "东县.csv"
    path.write_text("序号,意见内容,提出单位,采纳情况,理由\n" + row, encoding="utf-8")
    assert texts_of(path) == []
    # who is to see to an opinion is asked of somebody
    path.write_text(
        "序号,意见建议,责任单位,是否采纳,时限\n1,修渠3条,县水利局,采纳,8月底\n", encoding="utf-8"
    )
    assert texts_of(path) == ["修渠3条"]


def test_the_table_about_a_document_lists_no_tasks_however_its_labels_are_spaced(
    tmp_path: Path,
) -> None:
    rows = [
        ["索　引　号：", "000/2025-1", "发布机构：", "东县水利局"],
        ["发文日期：", "2025-04-10", "文　　号：", "无"],
        ["名　　称：", "东县水利局任务分工"],
    ]
    about = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "<tr><th>序号</th><th>任务</th><th>责任单位</th></tr>"
    tasks = head + "<tr><td>1</td><td>修渠3条</td><td>县水利局</td></tr>"
    path = tmp_path / "东县.html"
    path.write_text(f"<table>{about}</table><table>{tasks}</table>", encoding="utf-8")
    assert texts_of(path) == ["修渠3条"]


@pytest.mark.parametrize("bar", ["|\n", "｜\n", ""])
def test_a_bar_on_a_line_of_its_own_parts_cells(tmp_path: Path, bar: str) -> None:
    cells = (
        "工作任务 序号 具体要求 责任科室 时限要求"
        " 修渠引水 1 疏浚南渠北渠3条。 水利科 2025年6月底前"
        " 植树造林 2 在坡地栽种松树9棵。 林业科 2025年9月底前"
        " 3 在路边栽种杨树9棵。 绿化科 2025年9月底前"
    )
    path = tmp_path / "东县.txt"
    lines = "".join(f"{cell}\n{bar}" for cell in cells.split())
    path.write_text(f"东县水利局2025年任务清单\n{lines}", encoding="utf-8")
    found = preview.read(path).to_dict()
    texts = ["疏浚南渠北渠3条。", "在坡地栽种松树9棵。", "在路边栽种杨树9棵。"]
    assert [task["text"] for task in found["tasks"]] == texts
    assert [row["agency_printed"] for row in found["assignments"]] == ["水利科", "林业科", "绿化科"]
    days = ["2025-06-30", "2025-09-30", "2025-09-30"]
    assert [str(row["due"]) for row in found["deadlines"]] == days
    assert not [sign for sign in found["signs"] if sign["state"] == "unread"]


@pytest.mark.parametrize(
    "rows",
    [
        "序号,工作任务,牵头单位,完成情况,排名\n1,修渠3条,县水利局,修了2条,2\n2,植树9亩,县林业局,已完成,1\n",
        "单位,考核内容,分值,得分\n县水利局,修渠3条,5,\n县林业局,植树9亩,5,\n",
        "序号,指标,单位,2025年完成,2026年目标,责任单位\n1,修渠3条,条,2,3,县水利局\n2,植树9亩,亩,8,9,县林业局\n",
        "序号,环节,主要任务,责任单位,时限\n1,引水,修渠3条,县水利局,6月底\n2,造林,植树9亩,县林业局,9月底\n",
        "序号,责任事项,责任主体,完成时限\n1,修渠3条,县水利局,6月底\n2,植树9亩,县林业局,9月底\n",
    ],
    ids=[
        "how far tasks have come",
        "how tasks are scored",
        "aims beside what was reached",
        "tasks of each step",
        "what a unit answers for by a day",
    ],
)
def test_a_table_of_tasks_and_their_results_lists_tasks(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "东县.csv"
    path.write_text(rows, encoding="utf-8")
    assert texts_of(path) == ["修渠3条", "植树9亩"]


def test_a_table_of_results_below_a_title_that_says_so_is_doubted(tmp_path: Path) -> None:
    table = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split())}</tr>"
        for row in ("序号 业主 工作要点 得分", "1 甲某 修渠3条 90", "2 乙某 植树9亩 80")
    )
    path = tmp_path / "东县.html"
    for title, is_doubted in (("关于2024年度考核结果的通报", True), ("2025年工作要点", False)):
        path.write_text(f"<h2>{title}</h2><table>{table}</table>", encoding="utf-8")
        found = preview.read(path).to_dict()
        assert len(found["tasks"]) == 2
        assert (found["document"]["confidence"] < 0.5) is is_doubted
