"""What a web page and Markdown show: terms with what is said of them, the frame of its site."""

from __future__ import annotations

import pytest

from yiyang import extract
from yiyang.extract import formulas

PAGES = {
    "a term labels what stands behind it": (
        "<dl>\n<dt>牵头单位</dt>\n <dd>市司法局</dd>\n<dt>时限</dt><dd>年底</dd></dl>",
        ["牵头单位：市司法局", "时限：年底"],
    ),
    "a term with its own colon": ("<dl><dt>说明：</dt><dd>甲</dd></dl>", ["说明：", "甲"]),
    "a term of two things": ("<dl><dt>丙</dt><dd>1</dd><dd>2</dd></dl>", ["丙", "1", "2"]),
    "a sentence is no label": (
        "<dl><dt>建设养老驿站三十所，全部验收。</dt><dd>甲</dd></dl>",
        ["建设养老驿站三十所，全部验收。", "甲"],
    ),
    "a hidden term": ("<p>前</p><dl><dt hidden>旧</dt><dd>甲</dd></dl>", ["前", "甲"]),
    "sizes of letters to choose from": ("<p>字号：[大 中 小] 打印 分享到：</p><p>甲</p>", ["甲"]),
    "a paragraph about sizes": ("<p>字号统一为三号。</p>", ["字号统一为三号。"]),
}


@pytest.mark.parametrize("what", PAGES)
def test_a_page_reads_as_it_is_shown(what: str) -> None:
    shown, lines = PAGES[what]
    found = extract.blocks(f"<html><body>{shown}".encode(), "a.html").blocks
    assert [block.texts[0] for block in found] == lines


MARKDOWN = {
    "boxes of a list": ("- [ ] 甲\n- [x] 乙", ["甲", "乙"]),
    "brackets that are no box": ("- [甲] 乙", ["[甲] 乙"]),
    "a table inside a quotation": ("> | 一 | 二 |\n> |---|---|\n> | 甲 | 乙 |", ["一|二", "甲|乙"]),
    "a cell more than headings": (
        "| 一 | 二 |\n|---|---|\n| 甲 | 乙 | 丙 |",
        ["一|二|", "甲|乙|丙"],
    ),
}


@pytest.mark.parametrize("what", MARKDOWN)
def test_markdown_reads_as_it_is_shown(what: str) -> None:
    written, lines = MARKDOWN[what]
    found = extract.blocks(written.encode(), "a.md").blocks
    assert ["|".join(block.texts) for block in found] == lines


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"占比达到 $5 5 \%$ 以上", "占比达到 55% 以上"),
        (r"不少于 $3 0$ 万平方米", "不少于 30 万平方米"),
        (r"新建$1 2 . 5 \mathrm { k m }$", "新建12.5km"),
        (r"控制在$\leq 3 5$以内", "控制在≤35以内"),
        (r"培训$3 \sim 5$期", "培训3~5期"),
        # no figure: it stays as it is
        (r"按 $x_{1}+y$ 计算", r"按 $x_{1}+y$ 计算"),
        ("补助$100和$200", "补助$100和$200"),
        (r"其中 $\alpha$ 为系数", r"其中 $\alpha$ 为系数"),
    ],
)
def test_a_figure_written_as_a_formula_is_read_as_shown(formula: str, shown: str) -> None:
    assert formulas.plain(formula) == shown
