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
    ],
    ids=["a roster", "powers", "the table about a document"],
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
