"""The signs of a PDF as the page shows them, its columns, and rows that a page cuts."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from yiyang import extract
from yiyang.charts import style
from yiyang.extract import pdf, pdf_paragraphs, pdf_rows, pdf_signs
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


def test_struck_words_are_left_out_and_underlined_ones_are_not() -> None:
    page = SimpleNamespace(lines=[], rects=[])
    for top in (96.0, 101.5):  # through the middle of the words, below their feet
        page.rects.append({"top": top, "bottom": top + 0.7, "x0": 0, "x1": 20})
    strokes = [*pdf_signs._strokes(page)]
    signs = [
        _sign(c, 10 * n, 10, 100) | {"y1": 10, "matrix": (1, 0, 0, 1, 0, 0)}
        for n, c in enumerate("三所五所")
    ]
    assert [bool(pdf_signs._struck(sign, strokes)) for sign in signs] == [True, True, False, False]
    assert not any(pdf_signs._struck(sign, strokes[1:]) for sign in signs)


def test_signs_of_one_line_stand_on_one_line() -> None:
    """The figures of another font say that they are higher than they are."""
    low = _sign("某", 0, 10, 100) | {"y1": 10, "matrix": (1, 0, 0, 1, 0, 0), "doctop": 90}
    high = low | {"text": "2", "x0": 10, "x1": 15, "top": 84, "y1": 16, "doctop": 84}
    assert len({sign["top"] for sign in pdf_signs._on_lines([low, high])}) == 1


def _printed(text: str, x1: float, bottom: float, size: float = 10) -> dict[str, Any]:
    place = {"x0": 50.0, "x1": x1, "top": bottom - size, "bottom": bottom}
    return {"text": text, "chars": [_sign(text[0], 50, size, bottom)], **place}


JOINED = [
    # the longest of short lines is no margin
    ([("办学堂", 200, 20), ("责任单位：县教育局", 260, 35), ("时限：全年", 200, 50)], 3),
    # a line that reaches the margin goes on
    ([("办学堂，", 440, 20), ("和讲堂。", 150, 35), ("送餐。", 100, 50)], 2),
    # but not into an item behind a sentence, nor over a wide space
    ([("1.办学堂。", 440, 20), ("2.送餐。", 150, 35), ("3.体检。", 100, 50)], 3),
    ([("办学堂，", 440, 20), ("又送餐", 150, 60), ("并且", 150, 75), ("体检", 90, 90)], 4),
]


@pytest.mark.parametrize(("lines", "n"), JOINED)
def test_lines_go_on_where_they_reach_the_margin(lines: list[Any], n: int) -> None:
    assert len(pdf_paragraphs.join([_printed(*one) for one in lines], 500)) == n


def test_a_heading_is_no_part_of_the_text_below_it() -> None:
    lines = [_printed("助老任务", 440, 20, 18), _printed("1.办学堂，", 440, 45)]
    assert len(pdf_paragraphs.join(lines, 500)) == 2


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


_LEFT = [
    "建设养老驿站三十所，并且逐一",
    "验收合格后交给街道使用，再由",
    "民政局按照规定给予运营补贴。",
]
_RIGHT = [
    "签约家庭医生四百名，并且逐户",
    "上门随访登记造册管理，再由县",
    "卫生健康局按照规定考核兑现。",
]


def test_columns_end_above_the_number_of_the_page() -> None:
    lines = [(0.08, 0.8 - 0.05 * n, text, {}) for n, text in enumerate(_LEFT)]
    lines += [(0.55, 0.8 - 0.05 * n, text, {}) for n, text in enumerate(_RIGHT)]
    copies = "抄送：县委各部门，县人大常委会办公室，县政协办公室，县法院，县检察院。"
    feet = [(0.08, 0.2, copies, {}), (0.49, 0.1, "— 23 —", {})]
    for foot in (feet, feet[1:]):
        rows, warnings = printed(*lines, *foot)
        assert "".join(rows).startswith("".join([*_LEFT, *_RIGHT]))
        assert rows[-1] == "— 23 —"
        assert not warnings


def test_columns_that_cannot_be_told_apart_are_said() -> None:
    lines = [
        (x, 0.9 - 0.05 * n - 0.3 * part, text, {})
        for part in (0, 1)
        for x, side in ((0.08, _LEFT), (0.45, _RIGHT))
        for n, text in enumerate(side)
    ]
    across = "各单位要把助老工作摆在突出位置，压实责任，细化措施，确保各项任务落地见效。"
    rows, warnings = printed(*lines, (0.08, 0.7, across, {}))
    assert across in rows
    assert "columns were not told apart" in warnings
    # a text over the whole page says nothing of columns
    whole = [(0.08, 0.8 - 0.05 * n, TITLE, {}) for n in range(6)]
    assert not printed(*whole)[1]


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
