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
# that the rules keep as targets
NONE = [
    "为辖区6个村的留守老人建立档案",
    "围绕12个重点领域开展排查",
    "会同9个部门开展联合检查",
    "统筹15个项目建设",
    "推行上门评残服务，服务重度残疾人260人",
]


@pytest.mark.parametrize("text", [*AIMS, *NONE])
def test_the_words_around_a_figure_say_how_like_an_aim_it_is(text: str) -> None:
    figure = quantities.find(text)[0]
    is_doubted = figure_doubts.likeness(text, figure) < figure_doubts.LIMIT
    assert is_doubted == (text in NONE)


@pytest.mark.parametrize("text", NONE)
def test_a_target_that_is_doubted_stays_one_and_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    tasks = ("新建公园3个。", f"{text}。")
    lines = [f"{n}.{task}责任单位：县残联\n" for n, task in enumerate(tasks, 1)]
    path.write_text("东县2025年任务清单\n" + "".join(lines), encoding="utf-8")
    read = preview.read(path)
    [figure] = quantities.find(text)
    printed = text[figure.begin : figure.end]
    assert read.targets["printed"].tolist() == ["3个", printed]
    doubts = [warning for warning in read.warnings if printed in str(warning)]
    assert len(doubts) == 1
    assert not any("3个" in str(warning) for warning in read.warnings)
    assert read.confidence == 0.95  # to be looked at, and no less sure
