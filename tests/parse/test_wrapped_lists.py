"""Lists and times that a page breaks in mid-word, in texts and in narrow columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.parse import cell_text
from yiyang.parse.pieces import Piece
from yiyang.show import preview

HEAD = "洛浔市2025年督办任务\n\n"
CUT = [
    "1.治理堵点14处。牵头单位：市公安局\n；责任单位：市财政局；完成时限：2025年10月\n底前。",
    "1.治理堵点14处。牵头单位：市公\n安局；责任单位：市财政局；完成时限：202\n5年10月底前。",
    "1.治理堵点14处。牵头单位：市公安\n- 1 -\n局；责任单位：市财政局；完成时限：2\n025年10月底前。",
]


@pytest.mark.parametrize("task", CUT)
def test_a_list_goes_on_below_whatever_it_was_cut_in(task: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    second = "\n2.新增充电桩600个。牵头单位：市发改委；完成时限：2025年11月底前。\n"
    path.write_text(HEAD + task + second, encoding="utf-8")
    found = preview.read(path).to_dict()
    assert len(found["tasks"]) == 2
    names = [row["agency_printed"] for row in found["assignments"]]
    assert names == ["市公安局", "市财政局", "市发改委"]
    assert [str(row["due"]) for row in found["deadlines"]] == ["2025-10-31", "2025-11-30"]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("县政府\n金融工\n作办", "县政府金融工作办"),
        ("县开发\n区管委\n会", "县开发区管委会"),
        ("县人力\n资源社\n会保障\n局", "县人力资源社会保障局"),
        ("人民银行\n云岫营业\n管理部", "人民银行云岫营业管理部"),
        ("县统计局\n县税务局", "县统计局\n县税务局"),
        ("县自然\n资源局\n县住房\n城乡建\n设局", "县自然资源局\n县住房城乡建设局"),
        ("县公安局\n交警大队", "县公安局\n交警大队"),  # no line is broken: two names
    ],
)
def test_names_in_a_narrow_column(cell: str, read: str) -> None:
    piece = Piece(1, cell, "lead", 1)
    assert cell_text.plain(piece).text == read
