"""Paragraphs that begin with a title of their own, below bare headings with a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.show import preview

AROUND = """一、{heading}
库容偏小。三座水库的库容只有设计的一半，汛期压力很大。
管护薄弱。村级水管员没有到位，设施缺少维护和检修。
"""
TASKS = """二、防汛抗旱
备足防汛物资。3月底前完成3座水库的检查。
强化监测预警。9月底前新增雨量站12处，全部联网。
三、{heading}
推进管网改造。11月底前改造供水管网20公里。
提升水质。12月底前完成水厂改造2座，全部投用。
"""


@pytest.mark.parametrize("around", ["存在问题", "工作成效", "基本情况", "当前形势"])
@pytest.mark.parametrize("topic", ["供水保障", "补齐民生短板", "解决饮水问题"])
def test_paragraphs_with_titles_are_tasks_and_what_stands_around_them_is_none(
    tmp_path: Path, around: str, topic: str
) -> None:
    path = tmp_path / "a.txt"
    parts = ("东县2025年水利工作要点\n", AROUND.format(heading=around), TASKS.format(heading=topic))
    path.write_text("\n".join(parts), encoding="utf-8")
    found = preview.read(path).to_dict()
    assert [task["text"].split("。")[0] for task in found["tasks"]] == [
        "备足防汛物资",
        "强化监测预警",
        "推进管网改造",
        "提升水质",
    ]
    assert [task["section"] for task in found["tasks"]] == 2 * ["防汛抗旱"] + 2 * [topic]
    assert [str(row["due"]) for row in found["deadlines"]] == [
        "2025-03-31",
        "2025-09-30",
        "2025-11-30",
        "2025-12-31",
    ]
    held = [row["text"] for row in found["leftovers"] if "库容" in row["text"]]
    assert held  # listed, never dropped
