"""Units that stand on a line of their own over the items that they hold for."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

HEADED = (
    "东县任务书\n责任单位：县商务局\n1.开食堂3家。\n2.送餐上门。\n责任单位：县住建局\n3.修浴室。\n"
)
ONCE = "东县任务书\n责任单位：县商务局、县住建局\n1.开食堂3家。\n2.修浴室。\n"
BEHIND = "东县任务书\n1.开食堂3家。\n责任单位：县商务局\n2.修浴室。\n责任单位：县住建局\n"
RANGE = (
    "东县任务书\n一、便民\n1.开办食堂。\n2.送餐上门。\n3.修建浴室。\n（2—3项责任单位：县商务局）\n"
    "二、出行\n4.修建村道。\n5.架设便桥。\n6.开通公交。\n（第4、6项任务由县交通局负责）\n"
)
TWO_RANGES = (
    "东县任务书\n一、便民\n1.开办食堂。\n2.送餐上门。\n"
    "（第1项责任单位：县商务局；第2项责任单位：县民政局）\n"
    "二、出行\n3.修建村道。（县交通局）\n"
)
OWN = "东县任务书\n责任单位：县商务局\n1.开食堂3家。\n2.修浴室。（县住建局）\n"


@pytest.mark.parametrize(
    ("text", "units", "inferred"),
    [
        (HEADED, [("县商务局",), ("县商务局",), ("县住建局",)], True),
        (ONCE, [("县商务局", "县住建局")] * 2, True),
        (BEHIND, [("县商务局",), ("县住建局",)], False),
        (OWN, [(), ("县住建局",)], False),
        (TWO_RANGES, [("县交通局",)], False),
        (RANGE, [(), *[("县商务局",)] * 2, ("县交通局",), (), ("县交通局",)], True),
    ],
    ids=[
        "over each group",
        "over all",
        "behind each item",
        "an item with its own",
        "several ranges",
        "those of a range",
    ],
)
def test_units_over_items(
    tmp_path: Path, text: str, units: list[tuple[str, ...]], inferred: bool
) -> None:
    path = tmp_path / "东县.txt"
    path.write_text(text, encoding="utf-8")
    read = preview.read(path).to_dict()
    rows = read["assignments"]
    found = [
        tuple(r["agency_printed"] for r in rows if r["task_id"] == task["task_id"])
        for task in read["tasks"]
    ]
    assert found == units
    assert {row["is_inferred"] for row in rows} == {inferred}
