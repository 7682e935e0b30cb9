"""The signs of a PDF as the page shows them, its columns, and rows that a page cuts."""

from __future__ import annotations

import io
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from yiyang import extract
from yiyang.charts import style
from yiyang.extract import pdf, pdf_rows, pdf_signs
from yiyang.extract.aside import Aside
from yiyang.extract.blocks import Block, Cell

TITLE = "某县助老任务清单，各单位按照时限逐项落实到位。"


def printed(*texts: tuple[float, float, str, dict[str, Any]]) -> tuple[list[str], str]:
    """The paragraphs of a page on which each text is drawn at its place, and what was said."""
    style.apply()
    data = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42, "figure.constrained_layout.use": False}):
        figure = plt.figure(figsize=(8, 6))
        for x, y, text, look in texts:
            figure.text(x, y, text, **{"size": 12, **look})
        figure.savefig(data, format="pdf")
        plt.close(figure)
    page = extract.blocks(data.getvalue(), "a.pdf")
    return [block.texts[0] for block in page.blocks], "\n".join(map(str, page.warnings))


def test_what_a_page_does_not_show_is_left_out_and_said() -> None:
    rows, warnings = printed(
        (0.1, 0.9, TITLE, {}),
        (0.1, 0.9, TITLE, {}),  # bold, made by printing twice
        (0.1, 0.7, "白稿", {"color": "white"}),
        (0.1, 0.5, "小稿", {"size": 1}),
        (0.1, 0.3, "斜稿", {"rotation": 45}),
    )
    assert rows == [TITLE]
    assert "hidden text: “白稿小稿”" in warnings
    assert "turned text: “斜稿”" in warnings


def test_columns_are_read_one_after_the_other() -> None:
    left = [
        "建设养老驿站三十所，并且逐一",
        "验收合格后交给街道使用，再由",
        "民政局按照规定给予运营补贴。",
    ]
    right = [
        "签约家庭医生四百名，并且逐户",
        "上门随访登记造册管理，再由县",
        "卫生健康局按照规定考核兑现。",
    ]
    lines = [(0.08, 0.8 - 0.05 * n, text, {}) for n, text in enumerate(left)]
    lines += [(0.55, 0.79 - 0.05 * n, text, {}) for n, text in enumerate(right)]
    rows, _ = printed((0.08, 0.92, "某县助老任务清单", {}), *lines)
    assert "".join(rows) == "".join(["某县助老任务清单", *left, *right])


def _sign(text: str, x: float, size: float, bottom: float) -> dict[str, Any]:
    place = {"x0": x, "x1": x + size, "top": bottom - size, "bottom": bottom}
    return {"text": text, "size": size, **place}


RAISED = [
    ("60", "1", "个", "60个", {"1"}),
    ("约", "[2]", "个", "约个", {"2"}),
    ("m", "2", "，", "m²，", set()),
    ("养", "老", "院", "养老院", set()),
]


@pytest.mark.parametrize(("before", "raised", "behind", "read", "marks"), RAISED)
def test_a_raised_figure_is_a_note_or_an_exponent(
    before: str, raised: str, behind: str, read: str, marks: set[str]
) -> None:
    signs = [_sign(c, 10 * n, 10, 100) for n, c in enumerate(before)]
    signs += [_sign(c, 10 * len(before) + 2 * n, 7, 95) for n, c in enumerate(raised)]
    signs += [_sign(c, 10 * len(before) + 10 + 10 * n, 10, 100) for n, c in enumerate(behind)]
    kept, found = pdf_signs._raised(signs)
    assert "".join(sign["text"] for sign in kept) == read
    assert found == marks


def _line(text: str, size: float) -> dict[str, Any]:
    return {"text": text, "chars": [_sign(c, n * size, size, 0) for n, c in enumerate(text)]}


def test_items_below_a_large_title_are_no_footnotes() -> None:
    lines = [_line("任务", 18), _line("1建设养老驿站", 12), _line("1含流动点", 8)]
    aside = Aside("a.pdf")
    kept = pdf_signs.without_notes(lines, {"1"}, aside, 1)
    assert [line["text"] for line in kept] == ["任务", "1建设养老驿站"]
    assert "a footnote: “1含流动点”" in str(aside.warnings()[0])


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("区教育", "局、区财政局", "区教育局、区财政局"),  # no line begins with a mark
        ("区教育局", "区财政局", "区教育局区财政局"),
        ("区教育", "区财政局", "区教育\n区财政局"),
    ],
)
def test_lines_of_a_cell_are_one_where_the_first_is_full(
    first: str, second: str, text: str
) -> None:
    signs = [_sign(c, n * 10, 10, 20) for n, c in enumerate(first)]
    signs += [_sign(c, n * 10, 10, 40) for n, c in enumerate(second)]
    assert pdf._cell_text(signs, 55) == text


def test_a_row_that_a_page_cuts_is_one_row() -> None:
    def row(line: int, *cells: tuple[str, bool]) -> Block:
        return Block(tuple(Cell(text, line, again) for text, again in cells), True, 1)

    found = [row(1, ("一", False), ("甲", False)), row(2, ("一", True), ("乙做", False))]
    rest = [row(3, ("类", False), ("完", False)), row(4, ("丁", False), ("丙", False))]
    left = pdf_rows.joined(found, 1, rest)
    assert [block.texts for block in found] == [("一类", "甲"), ("一类", "乙做完")]
    assert [block.texts for block in left] == [("丁", "丙")]
