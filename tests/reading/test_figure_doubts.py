"""A second reader doubts figures whose words are like those of no aim, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.grammar import quantities
from yiyang.reading import figure_doubts
from yiyang.show import preview

AIMS = [
    "新建口袋公园8个",
    "改造老旧小区24个，涉及居民3200户",
    "培训养老护理员300人次以上",
    "农村生活污水治理率达到65%以上",
    "全年城镇新增就业5万人",
]
NONE = [
    "全区现有物业小区312个",
    "对100张床位以上的养老机构",
    "按每人每月200元给予补贴",
    "组建由15名专家组成的服务团",
    "在现有120个站点的基础上",
]


@pytest.mark.parametrize("text", [*AIMS, *NONE])
def test_the_words_around_a_figure_say_how_like_an_aim_it_is(text: str) -> None:
    figure = quantities.find(text)[0]
    is_doubted = figure_doubts.likeness(text, figure) < figure_doubts.LIMIT
    assert is_doubted == (text in NONE)


def test_a_target_that_is_doubted_stays_one_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    tasks = ("新建公园3个。", "推行上门评残服务，服务重度残疾人260人。")
    lines = [f"{n}.{task}责任单位：县残联\n" for n, task in enumerate(tasks, 1)]
    path.write_text("东县2025年任务清单\n" + "".join(lines), encoding="utf-8")
    read = preview.read(path)
    assert read.targets["printed"].tolist() == ["3个", "260人"]
    doubts = [warning for warning in read.warnings if "260人" in str(warning)]
    assert len(doubts) == 1
    assert not any("3个" in str(warning) for warning in read.warnings)
    assert read.confidence == 0.95  # to be looked at, and no less sure
