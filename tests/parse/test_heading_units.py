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
NUMBERS = (
    "东县任务书\n一、工作任务\n1.开办食堂。\n2.送餐上门。\n3.修建浴室。\n二、责任分工\n"
    "第1、2项由县商务局牵头，县民政局配合；第3项由县住建局负责。\n"
)
NO_SUCH = NUMBERS.replace("第3项", "第4项").replace("3.修建浴室。", "3.修建浴室。（县交通局）")
TWO_RANGES = (
    "东县任务书\n一、便民\n1.开办食堂。\n2.送餐上门。\n"
    "（第1项责任单位：县商务局；第2项责任单位：县民政局）\n"
    "二、出行\n3.修建村道。\n（第3项责任单位：县交通局）\n"
)
COUNTED = (
    "东县任务清单\n县商务局（2项）\n1.开食堂3家。\n2.送餐上门。\n县住建局（1项）\n1.修浴室。\n"
)
BESIDE = COUNTED.replace("县住建局（1项）", "其他事项")
NUMBERED = (
    "东县任务清单\n一、县商务局牵头（2项）\n1.开食堂3家。\n2.送餐上门。\n"
    "二、县住建局牵头\n1.修浴室。\n"
)
LABELLED = (
    "东县任务清单\n一、牵头单位：县商务局\n1.开食堂3家。\n二、牵头单位：县住建局\n1.修浴室。\n"
)
AMONG = "东县任务清单\n县商务局（2项）\n1.开食堂3家。\n2.送餐上门。（责任单位：县民政局）\n"
OWN = "东县任务书\n责任单位：县商务局\n1.开食堂3家。\n2.修浴室。（县住建局）\n"


@pytest.mark.parametrize(
    ("text", "units", "inferred"),
    [
        (HEADED, [("县商务局",), ("县商务局",), ("县住建局",)], True),
        (ONCE, [("县商务局", "县住建局")] * 2, True),
        (BEHIND, [("县商务局",), ("县住建局",)], False),
        (OWN, [(), ("县住建局",)], False),
        (COUNTED, [("县商务局",), ("县商务局",), ("县住建局",)], True),
        (BESIDE, [("县商务局",), ("县商务局",), ()], True),
        (NUMBERED, [("县商务局",), ("县商务局",), ("县住建局",)], True),
        (LABELLED, [("县商务局",), ("县住建局",)], True),
        (AMONG, [(), ("县民政局",)], False),
        (TWO_RANGES, [("县商务局",), ("县民政局",), ("县交通局",)], True),
        (NUMBERS, [*[("县商务局", "县民政局")] * 2, ("县住建局",)], True),
        (NO_SUCH, [(), (), ("县交通局",)], False),
        (RANGE, [(), *[("县商务局",)] * 2, ("县交通局",), (), ("县交通局",)], True),
    ],
    ids=[
        "over each group",
        "over all",
        "behind each item",
        "an item with its own",
        "names and a count over each group",
        "a group of others below",
        "numbered headings",
        "numbered labels",
        "names and a count over an item with its own",
        "several ranges",
        "the numbers of the items at the end",
        "a number of no item",
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


HEAD = "<h2>东县任务清单</h2><table><tr><th>序号</th><th>任务内容</th><th>{}</th></tr>"
GROUP = "<tr><td colspan=3>{}</td></tr>"
ROWS = (
    "<tr><td>1</td><td>开食堂3家</td><td>{}</td></tr>"
    "<tr><td>2</td><td>送餐上门</td><td>{}</td></tr>"
)
PARTS = (
    "{}2025年重点任务清单\n{}一、牵头任务\n1.开食堂3家。（配合单位：县民政局）\n"
    "二、配合任务\n1.修浴室。（牵头单位：县住建局）\n"
)


def _table(head: str, group: str, *cells: str) -> str:
    return HEAD.format(head) + GROUP.format(group) + ROWS.format(*cells) + "</table>"


TIMED = "<h3>{}</h3><table><tr><th>序号</th><th>任务内容</th><th>完成时限</th></tr>{}</table>"
ONE = "<tr><td>1</td><td>开食堂3家</td><td>6月底前</td></tr>"
SUPPORTED = (("县民政局", "supporting"), ("县商务局", "lead"))
SHARED = [
    (_table("配合单位", "一、县商务局牵头（2项）", "县民政局", "县民政局"), [SUPPORTED] * 2, 0),
    (
        _table("配合单位", "一、便民（牵头单位：县商务局）", "县民政局", "县民政局"),
        [SUPPORTED] * 2,
        0,
    ),
    # What the unit of the heading is beside others that answer is not said.
    (
        _table("责任单位", "一、县商务局牵头（2项）", "县民政局", "县住建局"),
        [(("县民政局", "responsible"),), (("县住建局", "responsible"),)],
        2,
    ),
    (
        _table("责任单位", "一、县商务局（2项）", "县商务局", "县商务局"),
        [(("县商务局", "responsible"),)] * 2,
        0,
    ),
    (
        _table("配合单位", "一、牵头任务", "县民政局", "县民政局"),
        [(("县民政局", "supporting"),)] * 2,
        2,
    ),
    (
        TIMED.format("县商务局（1项）", ONE) + TIMED.format("县民政局（1项）", ONE),
        [(("县商务局", "responsible"),), (("县民政局", "responsible"),)],
        0,
    ),
    # One name above one table may be the issuer.
    (TIMED.format("县商务局", ONE), [()], 1),
    (
        PARTS.format("东县商务局", ""),
        [
            (("县民政局", "supporting"), ("东县商务局", "lead")),
            (("县住建局", "lead"), ("东县商务局", "supporting")),
        ],
        0,
    ),
    (
        PARTS.format("", "说明：第一部分由县商务局牵头，第二部分由县商务局配合。\n"),
        [SUPPORTED, (("县住建局", "lead"), ("县商务局", "supporting"))],
        0,
    ),
    (PARTS.format("", ""), [(("县民政局", "supporting"),), (("县住建局", "lead"),)], 2),
]


@pytest.mark.parametrize(("text", "units", "n_lacking"), SHARED)
def test_units_of_a_heading_beside_those_of_the_tasks(
    tmp_path: Path, text: str, units: list[tuple[tuple[str, str], ...]], n_lacking: int
) -> None:
    """Where the one side leads and the other supports; any other pair is said, task by task."""
    path = tmp_path / ("东县.html" if "<" in text else "东县.txt")
    path.write_text(text, encoding="utf-8")
    read = preview.read(path)
    rows = read.to_dict()["assignments"]
    found = [
        tuple((r["agency_printed"], r["role"]) for r in rows if r["task_id"] == task["task_id"])
        for task in read.to_dict()["tasks"]
    ]
    assert found == units
    said = [w for w in map(str, read.warnings) if "a task" in w and "none that leads" not in w]
    assert len(said) == n_lacking
