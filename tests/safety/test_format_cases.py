"""Tables of cases: what each reader makes of the odd forms of its format, and what it says."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from yiyang import InputError, extract
from yiyang.core.text import squash
from yiyang.safety import limits


def read(data: bytes, name: str) -> tuple[list[str], str]:
    """The rows and paragraphs of a file, cells parted by bars, and what was said."""
    page = extract.blocks(data, name)
    rows = ["|".join(squash(text) for text in block.texts) for block in page.blocks]
    return rows, "\n".join(map(str, page.warnings))


PAGES = {
    "nested inline tags": ("<p>一<b>二<i>三</i>四</b>五</p>", ["一二三四五"], ""),
    "hidden": ("<p>甲<span hidden>旧</span>乙</p>", ["甲乙"], "hidden text: “旧”"),
    "display": ("<p>甲<b style='display:none'>旧</b>乙</p>", ["甲乙"], "hidden text: “旧”"),
    "visibility": ("<p>甲<b style='visibility:hidden'>旧</b></p>", ["甲"], "hidden text: “旧”"),
    "a class": (
        "<style>.old{display:none}</style><p>甲乙丙<b class=old>旧</b></p>",
        ["甲乙丙"],
        "hidden text: “旧”",
    ),
    "struck": ("<p>甲<del>旧</del>乙</p>", ["甲乙"], "struck text: “旧”"),
    "ruby": ("<p><ruby>养<rp>(</rp><rt>yang</rt><rp>)</rp></ruby>老</p>", ["养老"], ""),
    "a note mark": ("<p>建设100<sup>1</sup>张</p>", ["建设100张"], ""),
    "an exponent": ("<p>建设100m<sup>2</sup></p>", ["建设100m²"], ""),
    "an ordered list": ("<ol start=3><li>甲</li><li>乙</li></ol>", ["3.甲", "4.乙"], ""),
    "rowspan 0": (
        "<table><tr><td>号<td>事<tr><td>1<td rowspan=0>甲<tr><td>2<tr><td>3</table>",
        ["号|事", "1|甲", "2|甲", "3|甲"],
        "",
    ),
    "lines in a cell": (
        "<table><tr><td>1<td>甲<br>乙<tr><td>2<td><p>丙</p><p>丁</p></table>",
        ["1|甲乙", "2|丙丁"],
        "",
    ),
    "entities": ("<p>40&percnt;&nbsp;&mdash;&#x36;0%</p>", ["40%—60%"], ""),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_read_as_a_browser_shows_it(kind: str) -> None:
    body, expected, said = PAGES[kind]
    rows, warnings = read(f"<html><meta charset=utf-8><body>{body}".encode(), "a.html")
    assert rows == expected
    assert said in warnings


MARKDOWN = {
    "emphasis": ("建设**养老**_驿站_。", ["建设养老驿站。"]),
    "an escape": (r"1\. 甲", ["1.甲"]),
    "a heading": ("## 一、甲\n\n乙", ["一、甲", "乙"]),
    "without edge bars": ("序号 | 任务\n---|---\n1 | 甲", ["序号|任务", "1|甲"]),
    "a break in a cell": ("| 序号 | 任务 |\n|--|--|\n| 1 | 甲<br>乙 |", ["序号|任务", "1|甲乙"]),
    "a bar in a cell": ("| 号 | 任务 |\n|--|--|\n| 1 | 甲\\|乙 |", ["号|任务", "1|甲|乙"]),
    "a table of HTML": (
        "甲\n\n<table><tr><td>1</td><td>乙</td></tr><tr><td>2</td><td>丙</td></tr></table>",
        ["甲", "1|乙", "2|丙"],
    ),
}


@pytest.mark.parametrize("kind", MARKDOWN)
def test_markdown_is_read_without_its_marks(kind: str) -> None:
    source, expected = MARKDOWN[kind]
    assert read(source.encode(), "a.md")[0] == expected


SEPARATED = {
    "commas inside": ("号;任务;单位\n1;建站，验收;甲\n2;签约，随访，回访;乙", "号|任务|单位"),
    "tabs": ("号\t任务\t单位\n1\t建站,验收\t甲\n2\t签约,随访,回访\t乙", "号|任务|单位"),
    "quoted line ends": ('号,任务,单位\n1,"建站\n验收",甲\n2,签约,乙', "号|任务|单位"),
}


@pytest.mark.parametrize("kind", SEPARATED)
def test_the_separator_is_told_by_the_shape_of_the_table(kind: str) -> None:
    source, head = SEPARATED[kind]
    rows, _ = read(source.encode(), "a.csv")
    assert rows[0] == head
    assert [row.count("|") for row in rows] == [2, 2, 2]


RUN = "<w:r>{}<w:t>旧</w:t></w:r>"
PIECES = {
    "vanish": (RUN.format("<w:rPr><w:vanish/></w:rPr>"), "", "hidden text"),
    "struck": (RUN.format("<w:rPr><w:strike/></w:rPr>"), "", "struck text"),
    "a hyphen that breaks no line": ("<w:r><w:noBreakHyphen/></w:r>", "-", ""),
    "a soft hyphen": ("<w:r><w:softHyphen/></w:r>", "", ""),
    "a tab": ("<w:r><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r>", "二三", ""),
    "deleted": (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        "",
        "text deleted under tracked changes",
    ),
    "inserted": ('<w:ins w:id="1" w:author="a"><w:r><w:t>新</w:t></w:r></w:ins>', "新", ""),
    "an equation": ("<m:oMath><m:r><m:t>60%</m:t></m:r></m:oMath>", "60%", ""),
    "a field": ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "", ""),
    "a content control": (
        "<w:sdt><w:sdtContent><w:r><w:t>新</w:t></w:r></w:sdtContent></w:sdt>",
        "新",
        "",
    ),
    "a note mark": (
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>',
        "",
        "",
    ),
}


def _document(pieces: str, after: str = "") -> bytes:
    document = docx.Document()
    spaces = nsdecls("w", "m", "r")
    source = f"<w:p {spaces}><w:r><w:t>甲</w:t></w:r>{pieces}<w:r><w:t>乙</w:t></w:r></w:p>"
    body: Any = document.element.body
    body.insert(0, parse_xml(source))
    if after:
        body.insert(1, parse_xml(after.format(spaces)))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize("kind", PIECES)
def test_a_word_file_is_read_as_word_shows_it(kind: str) -> None:
    pieces, shown, said = PIECES[kind]
    rows, warnings = read(_document(pieces), "a.docx")
    assert rows == [f"甲{shown}乙"]
    assert said in warnings
    assert bool(said) == bool(warnings)


def test_a_document_put_in_is_named() -> None:
    _, warnings = read(_document("", '<w:altChunk {} r:id="rId99"/>'), "a.docx")
    assert "altChunk" in warnings


MHT = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n--x--\n"
)


def test_a_saved_page_is_read() -> None:
    assert read(MHT.format("<p>建站</p>").encode(), "a.mht")[0] == ["建站"]


def _deep(n: int) -> str:
    heads = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(n))
    return f"MIME-Version: 1.0\n{heads}Content-Type: text/html\n\n<p>x"


HOSTILE = {
    "deep parts": ("a.mht", lambda: _deep(3_000)),
    "many parts": ("a.mht", lambda: "MIME-Version: 1.0\n" + "Content-Type: text/html\n" * 20_000),
    "deep elements in a part": ("a.mht", lambda: MHT.format("<div>" * 100_000)),
    "no page": ("a.mht", lambda: MHT.replace("html", "plain").format("x")),
    "a long line": ("a.md", lambda: "养" * 200_000),
    "lines without end": ("a.md", lambda: "养\n\n" * 200_000),
    "bars without end": ("a.md", lambda: "|" * 90_000 + "\n" + "|" * 90_000),
    "deep elements": ("a.md", lambda: "<div>" * 19_000),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused(kind: str) -> None:
    name, make = HOSTILE[kind]
    with limits.use(cells=100_000), pytest.raises(InputError) as refused:
        extract.blocks(make().encode(), name)
    assert refused.value.place == name


DEEP = {"quotes": "> " * 5_000, "lists": "- " * 5_000, "stars": "*" * 50_000, "links": "[" * 10_000}


@pytest.mark.parametrize("kind", DEEP)
def test_marks_without_end_are_read_or_refused_soon(kind: str) -> None:
    try:
        rows, _ = read(f"{DEEP[kind]}甲".encode(), "a.md")
    except InputError:
        return
    assert any("甲" in row for row in rows)
