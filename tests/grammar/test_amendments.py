"""Notes that change single items: by number or mark, the units they add, the days they move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yiyang.show import preview

LIST = """永桥镇2025年度重点工作任务表
序号\t工作任务\t责任单位\t完成时限
（一）\t封顶安置房\t镇城建中心\t9月底前
（二）\t建成文化礼堂1座\t镇文化服务中心\t8月底前
（三）\t★化解信访积案11件\t镇综治中心\t11月底前

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
    assert str(found["targets"][0]["due"]) == due  # of 文化礼堂1座
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
        "说明：第（二）项中戏台的完成时限调整为2026年6月底前。",  # of a part
        "说明：第（二）项若完成时限调整至2026年6月底前，须报镇政府审批。",
        "说明：第（二）项完成时限调整为2026年6月底前的请示已退回。",
        "说明：第（二）项完成时限顺延至10月底前，并增加镇财政所为配合单位。",
        "说明：第（二）项增加配合单位2个。",
        "说明：第（二）项由镇财政所牵头、镇农办配合。",
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


def test_notes_above_the_list_and_numbers_that_begin_anew_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    above = "本清单按《方案》制定。第二项完成时限调整为2024年12月底前。\n"
    path.write_text(LIST.replace("序号", f"{above}序号", 1), encoding="utf-8")
    assert days(preview.read(path).to_dict()) == FORMER
    head, *tasks = LIST.strip().split("\n")[1:]
    again = [*LIST.strip().split("\n"), "二、其他", head, *tasks[:2]]
    note = "说明：第（二）项增加永桥中心校为配合单位。\n"
    path.write_text("\n".join([*again, note]), encoding="utf-8")
    rows = preview.read(path).to_dict()["assignments"]
    assert "永桥中心校" not in [row["agency_printed"] for row in rows]


REMARKS = [
    ("按上级要求，完成时限调整至2026年6月底前", "2026-06-30"),
    ("因未能按期交地，完成时限调整至2026年6月底前", "2026-06-30"),
    ("要求完成时限调整至2026年6月底前", "2025-09-30"),
    ("申请完成时限调整至2026年6月底前，未果", "2025-09-30"),
]


@pytest.mark.parametrize(("remark", "due"), REMARKS)
def test_a_remark_moves_a_day_whatever_it_says_before(
    remark: str, due: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    head = "序号\t任务\t责任单位\t完成时限\t备注\n"
    rows = (
        f"1\t新建公园3个\t县住建局\t2025年9月底前\t{remark}\n2\t植树\t县林业局\t2025年9月底前\t\n"
    )
    path.write_text("东县2025年任务清单\n" + head + rows, encoding="utf-8")
    found = preview.read(path).to_dict()
    assert days(found)[0] == due
    assert str(found["targets"][0]["due"]) == due


def test_a_time_in_the_words_of_a_task_stays_and_the_note_is_said(tmp_path: Path) -> None:
    """It may be that of a part: 6月底前完成清淤3公里."""
    path = tmp_path / "a.txt"
    tasks = "1.整治河道5公里，6月底前完成清淤3公里。牵头单位：县水利局\n"
    tasks += "2.植树，5月底前。牵头单位：县林业局\n"
    note = "备注：第1项完成时限调整为2025年12月底。\n"
    path.write_text("东县2025年任务清单\n" + tasks + note, encoding="utf-8")
    found = preview.read(path).to_dict()
    assert days(found) == ["2025-06-30", "2025-05-31"]
    assert [w for w in found["warnings"] if "line 2" in str(w)]


def test_a_day_that_was_moved_leaves_those_of_clauses_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    words = "改造小区20个，2025年8月底前完成5个，2025年10月底前完成12个"
    rows = f"1\t{words}\t县住建局\t2025年8月底\t完成时限调整至2025年12月底\n"
    rows += "2\t植树\t县林业局\t9月底\t\n"
    head = "序号\t任务\t责任单位\t完成时限\t备注\n"
    path.write_text("东县2025年任务清单\n" + head + rows, encoding="utf-8")
    due = {row["printed"]: str(row["due"]) for row in preview.read(path).to_dict()["targets"]}
    assert (due["5个"], due["12个"]) == ("2025-08-31", "2025-10-31")
    assert due["20个"] in ("2025-12-31", "None")


@pytest.mark.parametrize(
    ("heading", "remark", "is_said"),
    [
        ("备注", "延期至11月底", False),  # applied
        ("备注", "验收推迟至11月底", True),
        ("备注", "工期顺延3个月", True),
        ("备注", "已取消", True),
        ("备注", "责任单位变更为县发改局", True),
        ("备注", "数量调减至10个", True),
        ("备注", "申请延期至11月底", False),  # not granted: nothing has changed
        ("备注", "市级督办", False),
        ("反馈意见", "增加县财政局为配合单位", False),  # asked, and no unit of the task
    ],
)
def test_a_remark_that_may_change_a_row_is_said_at_the_row(
    heading: str, remark: str, is_said: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    head = f"序号\t任务\t责任单位\t完成时限\t{heading}\n"
    rows = f"1\t修渠\t县水利局\t9月底\t{remark}\n2\t植树\t县林业局\t9月底\t\n"
    path.write_text("东县2025年任务清单\n" + head + rows, encoding="utf-8")
    found = preview.read(path)
    said = [str(w) for w in found.warnings if "line 3" in str(w)]
    assert bool(said) == is_said
    rows_of = found.to_dict()
    assert str(rows_of["deadlines"][0]["due"]) == (
        "2025-11-30" if remark.startswith("延期") else "2025-09-30"
    )
    assert "县财政局" not in [row["agency_printed"] for row in rows_of["assignments"]]
