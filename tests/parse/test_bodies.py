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


RECORD = "{n}.{name}\n责任单位：县交通局\n办结时限：2025年{n}月底前\n{behind}"


def _records(folder: Path, behind: list[str]) -> list[str]:
    names = ("城北客运站搬迁", "体育馆屋面维修", "东江大道亮化", "占道经营整治", "不动产办证")
    path = folder / "a.txt"
    rows = [
        RECORD.format(n=n, name=names[n - 1], behind=words) for n, words in enumerate(behind, 1)
    ]
    path.write_text("东县2025年督办事项\n\n" + "\n".join(rows), encoding="utf-8")
    return [task["text"] for task in preview.read(path).to_dict()["tasks"]]


@pytest.mark.parametrize("label", ["要求", "工作目标", "主要内容", "具体措施"])
def test_labelled_words_behind_the_units_of_each_item_are_its_own(
    label: str, tmp_path: Path
) -> None:
    texts = _records(tmp_path, [f"{label}：完成调试{n}套，启用新站。\n" for n in range(1, 6)])
    assert all(f"{label}：完成调试{n}套" in text for n, text in enumerate(texts, 1))
    assert len(texts) == 5


def test_what_is_asked_of_all_behind_some_items_is_no_words_of_theirs(tmp_path: Path) -> None:
    asked = "工作要求：各单位要高度重视，加强统筹。\n"
    texts = _records(tmp_path, ["", asked, "", "", asked])
    assert not [text for text in texts if "高度重视" in text]
    assert len(texts) == 5
