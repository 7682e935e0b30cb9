"""Notes that change single items: by number or mark, the units they add, the days they move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yiyang.show import preview

LIST = """永桥镇2025年度重点工作任务交办单

（一）封顶安置房，9月底前。责任单位：镇城建中心
（二）建成文化礼堂1座，8月底前。责任单位：镇文化服务中心
（三）★化解信访积案11件，11月底前。责任单位：镇综治中心

"""


def read(folder: Path, note: str) -> dict[str, Any]:
    path = folder / "a.txt"
    path.write_text(LIST + note + "\n", encoding="utf-8")
    return preview.read(path).to_dict()


def units(found: dict[str, Any], task: str) -> list[tuple[str, str]]:
    rows = found["assignments"]
    return [(r["agency_printed"], r["role"]) for r in rows if r["task_id"] == task]


def days(found: dict[str, Any]) -> list[str]:
    return [str(row["due"]) for row in found["deadlines"]]


FORMER = ["2025-09-30", "2025-08-31", "2025-11-30"]


@pytest.mark.parametrize(
    ("note", "due"),
    [
        ("说明：第（二）项因规划调整，完成时限顺延至2026年1月底前。", "2026-01-31"),
        ("备注：第2项任务完成期限调整为10月底前。", "2025-10-31"),
        ("说明：1.第一项不变。2.第（二）项完成时间延期至12月底前。", "2025-12-31"),
        ("第（二）项完成时限拟调整至10月底前。", "2025-08-31"),  # asked for, not granted
    ],
)
def test_a_note_moves_the_day_of_an_item(note: str, due: str, tmp_path: Path) -> None:
    found = read(tmp_path, note)
    assert days(found) == [FORMER[0], due, FORMER[2]]
    moved = [row["is_inferred"] for row in found["deadlines"]]
    assert moved == [False, due != FORMER[1], False]


def test_a_note_moves_the_day_of_the_items_that_bear_a_mark(tmp_path: Path) -> None:
    found = read(tmp_path, "备注：带★的任务因方案重新公示，完成期限调整为2026年3月底前。")
    assert days(found) == [*FORMER[:2], "2026-03-31"]


@pytest.mark.parametrize(
    "note",
    [
        "说明：第（二）项增加永桥中心校为配合单位。",
        "注：第2项由永桥中心校配合。",
        "说明：1.第（二）项增加配合单位：永桥中心校。",
        "备注：第二项配合单位增加永桥中心校。",
    ],
)
def test_a_note_adds_a_unit_to_an_item(note: str, tmp_path: Path) -> None:
    found = read(tmp_path, note)
    added = ("永桥中心校", "supporting")
    assert units(found, "a-02") == [("镇文化服务中心", "responsible"), added]
    assert units(found, "a-01") == [("镇城建中心", "responsible")]
    assert days(found) == FORMER


@pytest.mark.parametrize(
    "note",
    [
        "说明：第（二）项责任单位变更为镇党群服务中心。",
        "说明：第（九）项完成时限顺延至2026年1月底前。",  # no item bears the number
        "备注：带▲的任务完成期限调整为2026年3月底前。",
    ],
)
def test_a_note_that_is_not_applied_is_said(note: str, tmp_path: Path) -> None:
    found = read(tmp_path, note)
    assert found["warnings"]
    assert [sign for sign in found["signs"] if sign["state"] == "unread"]
    assert preview.read(tmp_path / "a.txt").confidence < 0.9


def test_a_day_that_was_moved_to_one_that_cannot_be_read_holds_no_longer(tmp_path: Path) -> None:
    found = read(tmp_path, "说明：第（二）项完成时限顺延至全会召开之后。")
    assert days(found) == [FORMER[0], "None", FORMER[2]]
    assert found["deadlines"][1]["unread"] == "完成时限顺延至全会召开之后"
