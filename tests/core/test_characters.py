"""What stands between a label and its words is read as a colon, and stays as printed."""

from __future__ import annotations

import pytest

from yiyang.core import characters, look_alikes

LABELS = [
    ("牵头单位→县水利局", "牵头单位：县水利局"),
    ("牵头单位——县水利局", "牵头单位：县水利局"),
    ("●责任单位 ｜ 县水利局", "●责任单位：县水利局"),
    ("完成时限 2025年10月底", "完成时限：2025年10月底"),
    ("牵头单位　县水利局　配合单位　县财政局", "牵头单位：县水利局　配合单位：县财政局"),
    ("1.建台账。牵头单位→县住建局 配合单位→各镇", "1.建台账。牵头单位：县住建局 配合单位：各镇"),
    ("建台账。责任单位 要上报", "建台账。责任单位 要上报"),
    ("责任单位∶县民政局∕县财政局", "责任单位：县民政局/县财政局"),
    # headings of columns, sentences, and labels that have their colon
    ("责任单位 完成时限", "责任单位 完成时限"),
    ("责任单位 （首位为牵头单位）", "责任单位 （首位为牵头单位）"),
    ("责任单位/部门", "责任单位/部门"),
    ("责任部门 责任人", "责任部门 责任人"),
    ("责任单位 市级", "责任单位 市级"),
    ("落实单位 要加强领导", "落实单位 要加强领导"),
    ("牵头单位 ：县水利局", "牵头单位 ：县水利局"),
    ("由牵头单位→县水利局", "由牵头单位→县水利局"),
    # a blank between all characters, as scanners leave them; not between cells or words
    ("一 、 修 步 道 ３０ 公 里 。 （ 县 交 通 局 ）", "一、修步道３０公里。（县交通局）"),
    ("东 县 ２ ０ ２ ５ 年  重 点 任 务 清 单", "东县２０２５年  重点任务清单"),
    ("1 2 3 4 5 6 7 8 9 10 11 12", "1 2 3 4 5 6 7 8 9 10 11 12"),
    ("是 否 是 否 是 否 是 否 是 否", "是 否 是 否 是 否 是 否 是 否"),
    ("开 办 食堂 改造 浴室 培训 护工 发放 修路", "开 办 食堂 改造 浴室 培训 护工 发放 修路"),
]


@pytest.mark.parametrize(("printed", "read"), LABELS)
def test_a_label_has_a_colon_whatever_is_printed(printed: str, read: str) -> None:
    found = characters.aligned(printed)
    assert characters.normal(printed) == found.text == read
    assert found.printed_of(0, len(found.text)) == printed


LOOK_ALIKES = [
    ("2O24年8月3O日前建l2个站点", "2024年8月30日前建12个站点"),
    ("于5月l6日前", "于5月16日前"),
    ("2o26-O3-3l", "2026-03-31"),
    ("2026年O4月O7日", "2026年04月07日"),
    ("覆盖率10O%，投资2O万元", "覆盖率100%，投资20万元"),
    ("20l8年、2○21年、1〇〇户", "2018年、2021年、100户"),
    ("新增1,2OO个", "新增1,200个"),
    # letters of their own, and letters of which nobody can say what they are
    ("O2O平台3家", "O2O平台3家"),
    ("O3日最大8小时均值", "O3日最大8小时均值"),
    ("5G基站9个，PM10年均值，SO2年均值", "5G基站9个，PM10年均值，SO2年均值"),
    ("I类水体，B2B，S205线", "I类水体，B2B，S205线"),
    ("l5个村", "l5个村"),
    ("Z6个，2B24年", "Z6个，2B24年"),
]


@pytest.mark.parametrize(("printed", "read"), LOOK_ALIKES)
def test_a_letter_among_figures_is_read_as_one_where_nothing_else_fits(
    printed: str, read: str
) -> None:
    found = characters.aligned(printed)
    assert characters.normal(printed) == found.text == read
    assert found.printed_of(0, len(found.text)) == printed


def test_a_letter_read_as_a_figure_is_named_and_so_is_one_that_may_be() -> None:
    said = look_alikes.found("2O24年建l2个，改Z6个，l5日")
    assert said == [("2O24", "2024"), ("l2", "12"), ("l5", "15"), ("Z6", "")]
    assert look_alikes.found("O3日最大8小时均值，O2O平台3家，5G基站9个") == []
