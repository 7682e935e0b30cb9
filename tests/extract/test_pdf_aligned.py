"""Tables of a PDF without lines are read where their words leave no doubt, else said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiyang.extract import pdf_aligned
from yiyang.extract.aside import Aside

SIZE = 10.0
LEFTS = (30, 80, 200, 320)
HEAD = ("序号", "任务", "责任单位", "时限")


def line(top: float, *texts: tuple[float, str]) -> dict[str, Any]:
    """A line of a page, each text from its place on."""
    signs = [
        {"text": c, "x0": x + n * SIZE, "x1": x + (n + 1) * SIZE, "size": SIZE}
        for x, text in texts
        for n, c in enumerate(text)
    ]
    return {"top": top, "text": " ".join(text for _, text in texts), "chars": signs}


def row(top: float, *texts: str) -> dict[str, Any]:
    return line(top, *[(x, text) for x, text in zip(LEFTS, texts, strict=False) if text])


def cut(*lines: dict[str, Any]) -> tuple[list[str], list[list[list[str]]], str]:
    aside = Aside("a.pdf")
    kept, tables = pdf_aligned.cut(lines, aside, 1)
    said = " ".join(map(str, aside.warnings()))
    return [k["text"] for k in kept], [table.rows for table in tables], said


TITLE, FOOT = line(0, (30, "康养任务表")), line(200, (30, "本表由县民政局解释。"))
FIRST = row(50, "1", "办学堂", "县教育局", "6月底")
SECOND = row(80, "2", "送午餐", "县商务局", "全年")
CLEAR = [list(HEAD), ["1", "办学堂", "县教育局", "6月底"], ["2", "送午餐", "县商务局", "全年"]]


def test_a_clear_table_is_read_between_its_paragraphs() -> None:
    kept, tables, said = cut(TITLE, row(20, *HEAD), FIRST, SECOND, FOOT)
    assert (kept, tables, said) == ([TITLE["text"], FOOT["text"]], [CLEAR], "")


def test_a_cell_over_two_lines_is_one_cell() -> None:
    more = row(62, "", "和讲堂", "县残联")
    _, [table], _ = cut(row(20, *HEAD), FIRST, more, SECOND)
    assert table[1] == ["1", "办学堂和讲堂", "县教育局县残联", "6月底"]


@pytest.mark.parametrize(
    "lines",
    [
        # the first line may be the second of the header, as near as it is
        [row(20, *HEAD), row(32, "", "办学堂"), row(44, "1", "办讲堂", "县教育局", "6月底"), SECOND,
         row(100, "3", "发助听器", "县残联", "全年")],
        # a cell that reaches under two headings
        [row(20, *HEAD), FIRST, SECOND, row(110, "3", "给老年人发放助听器和手杖", "县残联")],
        # lines of one row as far apart as rows
        [row(20, *HEAD), FIRST, row(80, "", "和讲堂"), row(110, "2", "送午餐", "县商务局", "全年"),
         row(140, "3", "发助听器", "县残联", "全年")],
    ],
)  # fmt: skip
def test_a_table_that_is_not_clear_stays_text_and_is_said(lines: list[dict[str, Any]]) -> None:
    kept, tables, said = cut(*lines)
    assert kept == [one["text"] for one in lines]
    assert not tables
    assert "a table without lines" in said


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE, FOOT],
        # a list beside its labels, a line of a contents
        [line(0, (30, "责任单位："), (120, "县民政局")), line(20, (30, "时限："), (120, "全年"))],
        [row(20, *HEAD), FIRST],  # one row alone may stand so by chance
        [line(t, (30, "这是一段完整的文字，从左边一直写到右边。")) for t in (0, 20, 40, 60)],
    ],
)
def test_text_that_is_no_table_is_left_alone(lines: list[dict[str, Any]]) -> None:
    assert cut(*lines) == ([one["text"] for one in lines], [], "")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_what_is_read_is_what_was_written(data: Any) -> None:
    """Whatever the places of the lines: a table is read as it was written, or not at all."""
    words = st.text("甲乙丙丁", min_size=1, max_size=11)
    written = [
        [str(n), data.draw(words), data.draw(words), data.draw(words)]
        for n in range(1, data.draw(st.integers(2, 4)) + 1)
    ]
    lines, top = [row(0, *HEAD)], 0.0
    for cells in written:
        top += 30
        step = data.draw(st.sampled_from((12.0, 30.0)))
        is_wrapped = data.draw(st.booleans()) and len(cells[1]) > 2
        half = cells[1][:2] if is_wrapped else cells[1]
        lines.append(row(top, cells[0], half, *cells[2:]))
        if is_wrapped:
            top += step
            lines.append(row(top, "", cells[1][2:]))
    _, tables, said = cut(*lines)
    assert tables == [[list(HEAD), *written]] or (not tables and said)
