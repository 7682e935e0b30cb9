"""Days that other columns give: moved by a remark, or ticked below a part of the year."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

HEAD = "东县2026年任务清单\n序号,工作任务,责任单位,"


def _read(tmp_path: Path, rows: str) -> dict[str, list[dict[str, object]]]:
    path = tmp_path / "东县.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    found: dict[str, list[dict[str, object]]] = preview.read(
        path, date_issued="2026-03-01"
    ).to_dict()
    return found


@pytest.mark.parametrize(
    ("remark", "days", "is_inferred"),
    [
        ("完成时限调整至9月底", ["2026-09-30"], True),
        ("经县政府同意，工期延期至2027年3月底", ["2027-03-31"], True),
        ("时限已顺延至县委全会召开", [None], False),  # no day that can be read, and not the old one
        # asked for, or how long it takes: the day of the column stands
        ("完成时限拟调整至9月底", ["2026-06-30"], False),
        ("申请完成时限延期至9月底（未获批）", ["2026-06-30"], False),
        ("工期调整为18个月", ["2026-06-30"], False),
        ("工期延长至18个月", [None], False),  # not by the old day, and nobody says from when
        ("资金已落实", ["2026-06-30"], False),
    ],
)
def test_a_remark_moves_a_day(
    tmp_path: Path, remark: str, days: list[str | None], is_inferred: bool
) -> None:
    read = _read(tmp_path, f"完成时限,备注\n1,新建食堂3家,县民政局,6月底前,{remark}\n")
    assert [row["due"] for row in read["deadlines"]] == days
    assert [row["is_inferred"] for row in read["deadlines"]] == [is_inferred] * len(days)


@pytest.mark.parametrize(
    ("ticks", "due"),
    [
        (",√,,", "2026-06-30"),
        (",●,,", "2026-06-30"),
        (",×,,√", "2026-12-31"),  # × says that it is not due then
        (",○,,", None),  # ○ may stand for a part of it: said, with no day
        (",√,√,", None),  # of several ticks none is said to be the end
    ],
)
def test_a_tick_below_a_part_of_the_year_is_its_day(
    tmp_path: Path, ticks: str, due: str | None
) -> None:
    path = tmp_path / "东县.html"
    heads = "".join(f'<th rowspan="2">{head}</th>' for head in ("序号", "工作任务", "责任单位"))
    parts = "".join(f"<th>{n}季度</th>" for n in "一二三四")
    rows = [["1", "新建食堂3家", "县民政局", *ticks.split(",")]]
    rows.append(["2", "改造浴室30间", "县住建局", "√", "", "", ""])
    cells = "</tr><tr>".join("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    path.write_text(
        f'<h1>东县2026年任务清单</h1><table><tr>{heads}<th colspan="4">完成时间</th></tr>'
        f"<tr>{parts}</tr><tr>{cells}</tr></table>",
        encoding="utf-8",
    )
    read: dict[str, list[dict[str, object]]] = preview.read(path).to_dict()
    dated = [row["due"] for row in read["deadlines"] if row["due"]]
    assert dated == [*[due] * bool(due), "2026-03-31"]
    assert due or any("季度" in str(warning) for warning in read["warnings"])
