"""Times in the headings of phases, given to the tasks below or said."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

TITLE = "云岭县2026年专项整治任务分工"
UNIT = "（责任单位：县水利局）"

# The lines below the title, `*` for a task -> the days of the tasks in their order, and the lines
# of headings whose time is said.
LISTS: list[tuple[str, str, list[int]]] = [
    ("（一）动员阶段（2026年3月）/*1/*2/（二）整治阶段（4月至9月）/*3", "03-31 03-31 09-30", []),
    ("第一阶段：动员部署（2026年3月底前）/*1/第二阶段：整治（4月至9月）/*2", "03-31 09-30", []),
    ("一、近期任务（5月底前完成）/*1/二、长期任务/*1", "05-31 -", []),
    ("一、3月底前完成的任务（2项）/*1/*2/二、全年推进事项/*3", "03-31 03-31 -", []),
    ("一、动员阶段（3月底前）/*（一）/二、组织实施/*（一）", "03-31 -", []),
    ("第一阶段（3月底前）/（一）排查/*1/（二）整治/*2/三、其他/*3", "03-31 03-31 -", [2]),
    ("一、立行立改事项（3月底前完成）/*1/二、长期坚持事项（1项）/*2", "03-31 ", []),
    ("一、改革事项/*1/二、持续推进事项/*2", "- -", []),
    # no day, a time among other words, or not sure what stands below
    ("第一阶段（汛期前）/*1/第二阶段（7月1日—9月30日）/*2", "- 09-30", [2]),
    ("一、能力提升（牵头单位：县民政局，6月底前）/*1", "-", [2]),
    ("一、总结评估（12月）/*1", "-", [2]),
    ("一、排查阶段（10月至12月）/*1/二、巩固阶段（1月至6月）/*2", "12-31 -", [4]),
    ("一、已完成事项（2026年3月）/*1", "-", []),
]


@pytest.mark.parametrize(("outline", "days", "said"), LISTS)
def test_phases(outline: str, days: str, said: list[int], tmp_path: Path) -> None:
    lines = [TITLE]
    for line in outline.split("/"):
        number = line[1:] if "（" in line else f"{line[1:]}."
        lines.append(f"{number}清理第{len(lines)}段河道淤积。{UNIT}" if line[0] == "*" else line)
    path = tmp_path / "x.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = preview.read(path).to_dict()
    due = {row["task_id"]: row for row in found["deadlines"]}
    own = [due.get(task["task_id"]) for task in found["tasks"]]
    assert " ".join(str(row["due"])[5:] if row else "-" for row in own) == days
    assert all(row["is_inferred"] and row["line"] < 9 for row in own if row)
    unread = [s["line"] for s in found["signs"] if s["kind"] == "time" and s["state"] == "unread"]
    assert unread == said


def test_a_task_keeps_its_own_time_and_one_that_speaks_of_time_is_left(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        f"{TITLE}\n（一）整治阶段（4月至9月）\n1.6月底前清理河道淤积。{UNIT}\n"
        f"2.加强巡查，每月通报一次情况。{UNIT}\n",
        encoding="utf-8",
    )
    rows = preview.read(path).to_dict()["deadlines"]
    assert [(row["printed"], row["kind"], row["is_inferred"]) for row in rows] == [
        ("6月底前", "by_date", False),
        ("每月", None, False),
    ]
