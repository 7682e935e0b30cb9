"""What Word draws and shows: numbers of lists, signs of fonts, boxes, hidden text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from yiyang import extract

NS = nsdecls("w")
# kind, pattern, more: of the levels of one list
CHINESE = [
    ("chineseCounting", "%1、", ""),
    ("chineseCounting", "（%2）", ""),
    ("decimal", "%3.", ""),
]
LEGAL = [("decimal", "%1", ""), ("decimal", "%1.%2", ""), ("decimal", "%1.%2.%3", "")]


def _lists(levels: Sequence[tuple[str, str, str]], overrides: dict[str, str]) -> list[Any]:
    """The XML of one abstract list, and of a list of it for each entry of `overrides`."""
    inside = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (kind, pattern, more) in enumerate(levels)
    )
    found = [f'<w:abstractNum {NS} w:abstractNumId="90">{inside}</w:abstractNum>']
    found += [
        f'<w:num {NS} w:numId="{name}"><w:abstractNumId w:val="90"/>{override}</w:num>'
        for name, override in overrides.items()
    ]
    return [parse_xml(xml) for xml in found]


def _read(document: Any) -> tuple[list[str], str]:
    data = io.BytesIO()
    document.save(data)
    page = extract.blocks(data.getvalue(), "a.docx")
    return [block.texts[0] for block in page.blocks], "\n".join(map(str, page.warnings))


def _start(level: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


CASES: dict[str, tuple[Any, dict[str, str], list[tuple[str, int]], list[str]]] = {
    "levels begin anew below the next of the level above": (
        CHINESE, {"91": ""},
        [("91", 0), ("91", 1), ("91", 1), ("91", 0), ("91", 1), ("91", 2)],
        ["一、", "（一）", "（二）", "二、", "（一）", "1."],
    ),
    "a second list of the same kind counts on": (
        CHINESE, {"91": "", "92": ""}, [("91", 0), ("92", 0)], ["一、", "二、"],
    ),
    "startOverride begins anew, once": (
        CHINESE, {"91": "", "92": _start(0, 1)},
        [("91", 0), ("91", 0), ("92", 0), ("92", 0)], ["一、", "二、", "一、", "二、"],
    ),
    "startOverride begins at its number": (
        CHINESE, {"91": "", "92": _start(0, 5)},
        [("91", 0), ("92", 0), ("92", 0)], ["一、", "五、", "六、"],
    ),
    "startOverride of a lower level": (
        CHINESE, {"91": "", "92": _start(1, 3)},
        [("91", 0), ("92", 1), ("92", 1)], ["一、", "（三）", "（四）"],
    ),
    "a list with a form of its own for a level": (
        CHINESE,
        {"91": '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
         '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1）"/></w:lvl></w:lvlOverride>'},
        [("91", 0), ("91", 0)], ["3）", "4）"],
    ),
    "a level that is never begun anew": (
        [CHINESE[0], ("chineseCounting", "（%2）", '<w:lvlRestart w:val="0"/>')], {"91": ""},
        [("91", 0), ("91", 1), ("91", 0), ("91", 1)], ["一、", "（一）", "二、", "（二）"],
    ),
    "numbers of several levels": (
        LEGAL, {"91": ""}, [("91", 0), ("91", 1), ("91", 2), ("91", 1)],
        ["1", "1.1", "1.1.1", "1.2"],
    ),
    "all in figures (isLgl)": (
        [("chineseCounting", "第%1章", ""), ("decimal", "%1.%2", "<w:isLgl/>")], {"91": ""},
        [("91", 0), ("91", 1)], ["第一章", "1.1"],
    ),
    "circles": ([("decimalEnclosedCircle", "%1", "")], {"91": ""}, [("91", 0)] * 2, ["①", "②"]),
    "stems": ([("ideographTraditional", "%1、", "")], {"91": ""},
              [("91", 0)] * 2, ["甲、", "乙、"]),
    "Roman": ([("upperRoman", "%1.", "")], {"91": ""},
              [("91", 0)] * 4, ["I.", "II.", "III.", "IV."]),
    "with a nought": ([("decimalZero", "%1.", "")], {"91": ""}, [("91", 0)], ["01."]),
    "beyond ten": (
        [("chineseCounting", "%1、", "")], {"91": _start(0, 10)},
        [("91", 0)] * 2, ["十、", "十一、"],
    ),
    "bullets say nothing": ([("bullet", "", "")], {"91": ""}, [("91", 0)], [""]),
    "the list of no number (0) takes it away": (
        CHINESE, {"91": ""}, [("91", 0), ("0", 0)], ["一、", ""],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_numbers_are_those_that_word_draws(what: str) -> None:
    levels, overrides, items, numbers = CASES[what]
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract, *nums = _lists(levels, overrides)
    numbering.insert(0, abstract)
    numbering.extend(nums)
    for name, level in items:
        properties = document.add_paragraph("建设")._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = int(name)
    assert _read(document)[0] == [f"{number}建设" for number in numbers]


BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>'
    "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r>"
    "<w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
)
# What stands in a run, the lines that are read, and a part of what is said
RUNS = {
    "a tick": ('<w:sym w:font="Wingdings" w:char="F0FE"/>', ["甲☑乙"], ""),
    "at least": ('<w:sym w:font="Symbol" w:char="F0B3"/>', ["甲≥乙"], ""),
    "a bullet": ('<w:sym w:font="Wingdings" w:char="F06C"/>', ["甲乙"], ""),
    "a sign that only its font shows": (
        '<w:sym w:font="Odd" w:char="F041"/>', ["甲\uf041乙"],
        "characters that only some font shows",
    ),
    "a sign without a code": ('<w:sym w:font="Symbol" w:char="x"/>', ["甲乙"], ""),
    "a box, once, behind its paragraph": (BOX, ["甲乙", "框内"], ""),
    "a hyphen that breaks no line": ("<w:noBreakHyphen/>", ["甲-乙"], ""),
    "a soft hyphen": ("<w:softHyphen/>", ["甲乙"], ""),
    "a tab": ("<w:tab/>", ["甲 乙"], ""),
    "a line end": ("<w:br/>", ["甲", "乙"], ""),
    "deleted text": ("<w:delText>旧</w:delText>", ["甲乙"], ""),
}  # fmt: skip


@pytest.mark.parametrize("what", RUNS)
def test_signs_of_a_run_are_read_as_shown(what: str) -> None:
    inside, lines, said = RUNS[what]
    document = docx.Document()
    paragraph = document.add_paragraph("甲")
    paragraph._p.append(parse_xml(f"<w:r {NS}>{inside}</w:r>"))
    paragraph.add_run("乙")
    found, warnings = _read(document)
    assert found == lines
    assert said in warnings


def test_hidden_struck_and_white_runs_are_left_out_and_said() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("甲")
    for name, value in (("w:vanish", None), ("w:strike", None), ("w:color", "FFFFFF")):
        run = paragraph.add_run(f"旧{name[2:]}")
        looks = run._r.get_or_add_rPr()
        looks.append(parse_xml(f"<{name} {NS}/>"))
        if value:
            looks[-1].set(qn("w:val"), value)
    found, warnings = _read(document)
    assert found == ["甲"]
    for said in ("hidden text: “旧vanish”", "struck text: “旧strike”", "white text: “旧color”"):
        assert said in warnings


GOES_ON = [
    # the cell above begins a merge: what the cell below still holds is not shown
    ("restart", "县教育局"),
    # it begins none: the cell is shown, whatever it claims
    (None, "县商务局"),
]


@pytest.mark.parametrize(("above", "shown"), GOES_ON)
def test_a_cell_goes_on_only_below_one_that_begins_a_merge(above: str | None, shown: str) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for n, texts in enumerate((("办学堂", "县教育局"), ("送餐", "县商务局"))):
        for cell, text in zip(table.rows[n].cells, texts, strict=True):
            cell.text = text
    marks = [f'<w:vMerge {NS} w:val="restart"/>' if above else "", f"<w:vMerge {NS}/>"]
    for cell, mark in zip(table.columns[1].cells, marks, strict=True):
        if mark:
            cell._tc.get_or_add_tcPr().append(parse_xml(mark))
    data = io.BytesIO()
    document.save(data)
    page = extract.blocks(data.getvalue(), "a.docx")
    assert page.blocks[1].texts == ("送餐", shown)
