"""Tables that programs wrote out: NaN for what is empty, merged cells in each of their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.extract import Block, Cell, dumped
from yiyang.show import preview

HEAD = "| 云岭县2026年任务清单 | Unnamed: 1 | Unnamed: 2 | Unnamed: 3 |\n|---|---|---|---|\n"
COLUMNS = "| 序号 | 工作任务 | 责任单位 | 完成时限 |\n"


def row(*texts: str) -> Block:
    return Block(tuple(Cell(text, 1) for text in texts), is_row=True, table=1)


@pytest.mark.parametrize(
    ("before", "after", "n_own"),
    [
        (row("1", "NaN", "县民政局", "<NA>"), ("1", "", "县民政局", ""), 4),
        (row("一、养老服务"), ("一、养老服务",), 1),
        (row("养老服务", "养老服务", "养老服务"), ("养老服务",) * 3, 1),
        (row("无", "无", "无"), ("无",) * 3, 3),
        (row("养老服务", "养老服务"), ("养老服务",) * 2, 2),
        (row("NaNo材料", "Nantong"), ("NaNo材料", "Nantong"), 2),
    ],
)
def test_a_row(before: Block, after: tuple[str, ...], n_own: int) -> None:
    found = dumped.restore(before)
    assert found.texts == after
    assert sum(not cell.is_repeat for cell in found.cells) == n_own


def test_a_paragraph_keeps_its_words() -> None:
    block = Block((Cell("NaN", 1),), is_row=False)
    assert dumped.restore(block) is block


def test_a_sheet_that_pandas_wrote(tmp_path: Path) -> None:
    path = tmp_path / "任务.md"
    rows = [
        "| 一、养老服务 | NaN | NaN | NaN |",
        "| 1.0 | 建食堂3家 | 县民政局 | 2026-06-30 00:00:00 |",
        "| 二、托育服务 | 二、托育服务 | 二、托育服务 | 二、托育服务 |",
        "| 2.0 | 建托位20个 | NaN | 2026-09-30 00:00:00 |",
    ]
    path.write_text(HEAD + COLUMNS + "\n".join(rows) + "\n", encoding="utf-8")
    read = preview.read(path).to_dict()
    assert [task["text"] for task in read["tasks"]] == ["建食堂3家", "建托位20个"]
    assert [task["section"] for task in read["tasks"]] == ["养老服务", "托育服务"]
    assert [str(d["due"])[:10] for d in read["deadlines"]] == ["2026-06-30", "2026-09-30"]
    assert [a["agency_printed"] for a in read["assignments"]] == ["县民政局"]


def test_when_a_task_was_entered_is_no_deadline(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    head = "任务名称,主办单位,要求完成时间,录入时间\n"
    rows = "整治河道,县水利局,2026-06-30 18:00:00,2026-01-08 10:22:13\n" * 2
    path.write_text(head + rows, encoding="utf-8")
    found = preview.read(path).to_dict()["deadlines"]
    assert {str(row["due"])[:10] for row in found} == {"2026-06-30"}
