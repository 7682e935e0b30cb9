"""Marks of emphasis in Markdown that CommonMark leaves where a Chinese mark stands beside them."""

from __future__ import annotations

import pytest

from yiyang.extract import markdown


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("**扩大供给。**新增3家", "扩大供给。新增3家"),
        ("- **牵头单位：**县司法局", "牵头单位：县司法局"),
        (
            "**牵头单位：**县司法局，**配合单位：**县财政局",
            "牵头单位：县司法局，配合单位：县财政局",
        ),
        ("__牵头单位：__县司法局", "牵头单位：县司法局"),
        ("***牵头：***县司法局", "牵头：县司法局"),
        ("a **b**。**扩大供给。**新增", "a b。扩大供给。新增"),
        ("**推进**建设", "推进建设"),
        ("甲**：乙", "甲**：乙"),  # one that nothing answers
        ("化解张**、李**等5人诉求", "化解张**、李**等5人诉求"),
        ("建设__个公园，改造__个小区", "建设__个公园，改造__个小区"),
        (r"\*\*甲：\*\*乙", "**甲：**乙"),  # escaped: printed
        ("`**甲：**`乙", "**甲：**乙"),
        ("建设3*4个", "建设3*4个"),
        ("2*。", "2*。"),
    ],
)
def test_marks_beside_chinese_punctuation_are_no_words(source: str, read: str) -> None:
    [block] = markdown.page(source.encode(), "a.md").blocks
    assert block.texts == (read,)


def test_what_such_marks_hold_is_bold() -> None:
    [block] = markdown.with_looks("**市民政局：**市财政局".encode(), "a.md")
    assert len(block.texts[0]) > len("市民政局：市财政局")
