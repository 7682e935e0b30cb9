"""Points within points: which are groups, which tasks, and whose the labels are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from yiyang.show import preview

GROUPS = """# 东县2026年清单

- **便民**
  - 开办食堂3家
    - 主要措施：改造旧房。
    - 牵头单位：县商务局
    - 完成时限：2026年9月底
  - 培训护工
  - 修建浴室
    - 牵头单位：县住建局
- **出行**
  - 修步道
    - 牵头单位：县交通局
    - 完成时限：2026年5月底
"""
OF_GROUPS = [
    ("开办食堂3家主要措施：改造旧房。", ["县商务局"], ["2026-09-30"]),
    ("培训护工", [], []),
    ("修建浴室", ["县住建局"], []),
    ("修步道", ["县交通局"], ["2026-05-31"]),
]
# a group whose own label stands beside its tasks, one of which has its units in brackets
OWN_LABEL = """# 东县2026年清单
- 便民
  - 牵头单位：县民政局
  - 开办食堂3家（配合单位：县商务局）
  - 修建浴室
    - 配合单位：县住建局
"""
OF_OWN_LABEL = [("开办食堂3家", ["县商务局"], []), ("修建浴室", ["县住建局"], [])]
# points that bear the labels of a card below them
CARDS = """# 东县2026年清单
- 项目一
  - 任务内容：开办食堂3家
  - 责任单位：县商务局
- 项目二
  - 任务内容：修建浴室
  - 责任单位：县住建局
"""
OF_CARDS = [("开办食堂3家", ["县商务局"], []), ("修建浴室", ["县住建局"], [])]
# the labels as further paragraphs and lines of a point
PAGE = """<h1>东县2026年清单</h1><ul><li><p>便民</p><ul><li><p>开办食堂3家</p>
<p>牵头单位：县商务局</p></li></ul></li><li>出行<ul><li>修步道<br>牵头单位：县交通局</li>
<li>改公交<ul><li>牵头单位：县公交集团</li></ul></li></ul></li></ul>"""
OF_PAGE = [
    ("开办食堂3家", ["县商务局"], []),
    ("修步道", ["县交通局"], []),
    ("改公交", ["县公交集团"], []),
]
# a whole page inside one point is no list of tasks
IN_ONE = """<ul><li><p>东县2026年清单</p><p>1.开办食堂3家</p><p>责任单位：县商务局</p>
<p>2.修建浴室</p><p>责任单位：县住建局</p></li></ul>"""
OF_IN_ONE = [("开办食堂3家", ["县商务局"], []), ("修建浴室", ["县住建局"], [])]
# no points at all: a heading between tasks known by the labels below them
PLAIN = """东县2026年清单
为群众开办社区食堂3家
牵头单位：县商务局
为老人修建公共浴室2间
牵头单位：县住建局
便民出行
沿河新修步道30公里
牵头单位：县交通局
"""
OF_PLAIN = [
    ("为群众开办社区食堂3家", ["县商务局"], []),
    ("为老人修建公共浴室2间", ["县住建局"], []),
    ("沿河新修步道30公里", ["县交通局"], []),
]


Told = list[tuple[str, list[str], list[str]]]


def _tasks(path: Path) -> Told:
    read = preview.read(path).to_dict()

    def of(task: dict[str, Any], table: str, field: str) -> list[str]:
        own = (row for row in read[table] if row["task_id"] == task["task_id"])
        return [str(row[field]) for row in own]

    return [
        (task["text"], of(task, "assignments", "agency_printed"), of(task, "deadlines", "due"))
        for task in read["tasks"]
    ]


@pytest.mark.parametrize(
    ("suffix", "text", "told"),
    [
        ("md", GROUPS, OF_GROUPS),
        ("md", OWN_LABEL, OF_OWN_LABEL),
        ("md", CARDS, OF_CARDS),
        ("html", PAGE, OF_PAGE),
        ("html", IN_ONE, OF_IN_ONE),
        ("txt", PLAIN, OF_PLAIN),
    ],
)
def test_labels_are_those_of_the_point_above_them(
    tmp_path: Path, suffix: str, text: str, told: Told
) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_text(text, encoding="utf-8")
    assert _tasks(path) == told


LINES = (
    (1, "便民"),
    (2, "开办食堂3家"),
    (3, "牵头单位：县商务局"),
    (1, "出行"),
    (2, "修步道"),
    (3, "牵头单位：县交通局"),
    (3, "完成时限：2026年5月底"),
)


@pytest.mark.parametrize("is_by_style", [True, False])
def test_word_tells_the_depth_of_a_point_by_its_level_or_its_style(
    tmp_path: Path, is_by_style: bool
) -> None:
    document = docx.Document()
    document.add_paragraph("东县2026年清单")
    for depth, words in LINES:
        deeper = f" {depth}" if is_by_style and depth > 1 else ""
        node = document.add_paragraph(words, style=f"List Bullet{deeper}")._p
        if not is_by_style:
            number = node.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = depth - 1
            number.get_or_add_numId().val = 1
    path = tmp_path / "x.docx"
    document.save(str(path))
    assert _tasks(path) == [
        ("开办食堂3家", ["县商务局"], []),
        ("修步道", ["县交通局"], ["2026-05-31"]),
    ]
