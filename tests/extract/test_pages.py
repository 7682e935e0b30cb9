"""What a web page and Markdown show: terms with what is said of them, the frame of its site."""

from __future__ import annotations

import re

import pytest

from yiyang import extract
from yiyang.extract import formulas
from yiyang.reading import left_out

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
    "paragraphs inside numbered points": (
        "<ol><li><p>甲。</p><p>责任</p></li><li>\n<div><p>乙</p></div></li><li>丙<p>丁</p></li></ol>",
        ["1.甲。", "责任", "2. 乙", "3.丙", "丁"],
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
    "numbered points far apart": (
        "1. 甲。\n\n   （责任单位：乙）\n\n2. 丙。",
        ["1.甲。", "（责任单位：乙）", "2.丙。"],
    ),
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
        (r"发放 $30~50$ 张", "发放 30~50 张"),
        (r"增长 $10~20\%$", "增长 10~20%"),
        (r"达到 $9 9. 5 ~ \%$ ", "达到 99.5% "),
        (r"投资 $1 , 2 0 0$ 万元", "投资 1,200 万元"),
        (r"占 $ 5 5 \% $ 以上", "占 55% 以上"),
        (r"长$3 \mathrm{~km} \times 5 \mathrm{~km}$", "长3km×5km"),
        # not surely a figure: it stays as it is
        *(
            (odd, odd)
            for odd in (
                "单价 $5 $6 万元",
                "单价 $100-$200",
                "单价 $ 5 - $ 6",
                "单价 $5, $6",
                "每户 $5 60$ 元",
                r"$\mathrm{PM}2.5$",
                r"$5\mathrm{km}6$",
                r"$\mathbf{1}5$",
                "$50 60$ 张",
                "$5 60$ 张",
                "$1 2.5$",
                "$5  6$",
                "$3,5$",
                r"$50\,60$",
                "$10~000$",
                "${30}{50}$",
                "$5-$ 6",
                "| $5|$6 |",
                "$5 5 $ 元",
                "$ 5 5$ 元",
                "$5 5$6",
                "$$5 5$$",
                r"\$5 5$",
                "$‹5›$",
                r"$10^{3}$",
                "$ $",
            )
        ),
        (r"按 $x_{1}+y$ 计算", r"按 $x_{1}+y$ 计算"),
        ("补助$100和$200", "补助$100和$200"),
        (r"其中 $\alpha$ 为系数", r"其中 $\alpha$ 为系数"),
    ],
)
def test_a_figure_written_as_a_formula_is_read_as_shown(formula: str, shown: str) -> None:
    assert formulas.plain(formula) == shown


def rows_of(page: str) -> list[list[str]]:
    found = extract.blocks(page.encode(), "a.html").blocks
    return [list(block.texts) for block in found if block.is_row]


def test_a_cell_goes_no_further_down_than_its_group_of_rows() -> None:
    body = "<tr><td>{}</td><td rowspan={}>县{}局</td></tr><tr><td>{}</td></tr>"
    groups = (body.format("甲", 9, "水利", "乙"), body.format("丙", 0, "文旅", "丁"))
    page = "<table>" + "".join(f"<tbody>{rows}</tbody>" for rows in groups) + "</table>"
    units = [row[1] for row in rows_of(page)]
    assert units == ["县水利局", "县水利局", "县文旅局", "县文旅局"]


HEAD = "<table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr></table>"
BODY = (
    "<table><tr><td>1</td><td>疏浚河道</td><td>{}</td></tr>"
    "<tr><td>2</td><td>修缮古桥</td><td>{}</td></tr></table>"
)


def test_a_head_that_stays_in_place_is_one_row_and_its_copies_are_none() -> None:
    page = extract.blocks((HEAD + BODY.format("甲", "乙") + NARROW).encode(), "a.html")
    rows = [list(block.texts) for block in page.blocks if block.is_row]
    assert rows == [["序号", "任务", "责任单位"], ["1", "疏浚河道", "甲"], ["2", "修缮古桥", "乙"]]
    assert [left.words for left in page.left] == ["1 疏浚河道", "2 修缮古桥"]
    assert left_out.may_hold_tasks(left_out.rows("a", page.left))


NARROW = "<table><tr><td>1</td><td>疏浚河道</td></tr><tr><td>2</td><td>修缮古桥</td></tr></table>"
LISTS = {  # behind HEAD and BODY: how many rows are read
    "other words": (BODY.format("甲", "丙"), 5),
    "the same rows": (BODY.format("甲", "乙"), 3),
    "the first columns": (NARROW, 3),
    "the first columns, others empty": (BODY.format("", ""), 3),
    "one of the others empty": (BODY.format("甲", ""), 5),
    "the last columns": (re.sub("<td>[12]</td>", "", BODY).format("甲", "乙"), 5),
    "the first columns behind a heading": (f"<p>附件2 东镇任务</p>{NARROW}", 5),
    "the same rows behind a caption": (
        BODY.format("甲", "乙").replace("<table>", "<table><caption>东镇任务</caption>"),
        5,
    ),
    "columns of the head": ("<table><tr><th>序号</th><th>责任单位</th></tr></table>", 3),
    "a head behind a heading": (f"<p>附件2 东镇任务</p>{HEAD}{NARROW}", 6),
    "copies of both": (HEAD + NARROW + NARROW, 3),
}


@pytest.mark.parametrize("what", LISTS)
def test_a_copy_is_the_first_columns_and_no_words_stand_before_it(what: str) -> None:
    behind, n_rows = LISTS[what]
    assert len(rows_of(HEAD + BODY.format("甲", "乙") + behind)) == n_rows


BLANKS = """          东县清单

序号    工作任务            责任单位
1       治理河道，加        县水利局、
        高堤防              县财政局
                 — 1 —
2       修桥                县交通局

        本表由县政府办公室负责解释。
"""
CENTRED = """序号    工作任务            责任单位
        治理河道，加        县水利局、
1
        高堤防              县财政局
2       修桥                县交通局
"""


def test_a_table_whose_columns_blanks_part_has_whole_cells() -> None:
    page = extract.blocks(BLANKS.encode(), "a.txt")
    rows = ["|".join(block.texts) for block in page.blocks if block.is_row]
    assert rows == [
        "序号|工作任务|责任单位",
        "1|治理河道，加高堤防|县水利局、县财政局",
        "2|修桥|县交通局",
    ]
    others = [block.texts[0] for block in page.blocks if not block.is_row]
    assert others == ["东县清单", "— 1 —", "本表由县政府办公室负责解释。"]
    assert not page.warnings


def test_lines_between_the_numbers_of_such_a_table_are_said() -> None:
    page = extract.blocks(CENTRED.encode(), "a.txt")
    assert not any(block.is_row for block in page.blocks)
    assert [str(said).split(":")[0] for said in page.warnings] == [
        "a.txt, line 1",
        "a.txt, line 2",
        "a.txt, line 3",
    ]
