"""Partial success: each character of a file lies in a block or is left aside with its reason."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from builders import pdf, word, workbook
from hypothesis import given, settings
from hypothesis import strategies as st

import yiyang
from yiyang import extract
from yiyang.core.text import squash
from yiyang.reading import left_out, provenance
from yiyang.safety.errors import InputError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
NAMES = (
    f'{W} {R} xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("footnotes", "endnotes", "comments", "header", "footer")


def run(words: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r>"


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in cells)}</w:tr></w:tbl>"


def box(inner: str) -> str:
    return (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )


# How a run may stand in a paragraph, and a paragraph in a body.
IN_LINE: list[Callable[[str], str]] = [
    run,
    lambda t: run(t, "<w:vanish/>"),
    lambda t: run(t, "<w:strike/>"),
    lambda t: run(t, '<w:color w:val="FFFFFF"/>'),
    lambda t: run(t, '<w:vertAlign w:val="superscript"/>'),
    lambda t: f"<w:del><w:r><w:delText>{t}</w:delText></w:r></w:del>",
    lambda t: f"<w:ins>{run(t)}</w:ins>",
    lambda t: f"<w:moveFrom>{run(t)}</w:moveFrom>",
    lambda t: f'<w:hyperlink r:id="none">{run(t)}</w:hyperlink>',
    lambda t: f"<w:sdt><w:sdtContent>{run(t)}</w:sdtContent></w:sdt>",
    lambda t: f"<w:ruby><w:rt>{run(t)}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby>",
    lambda t: f"<w:smartTag>{run(t)}</w:smartTag>",
    lambda t: box(paragraph(run(t))),
    lambda t: box(table(paragraph(run(t)), paragraph(run("格")))),
]
IN_BODY: list[Callable[[str], str]] = [
    paragraph,
    lambda p: table(paragraph(p), paragraph(run("格"))),
    lambda p: table(paragraph(run("外")) + table(paragraph(p), paragraph(run("内")))),
    lambda p: f"<w:sdt><w:sdtContent>{paragraph(p)}</w:sdtContent></w:sdt>",
    lambda p: f"<w:customXml>{paragraph(p)}</w:customXml>",
    lambda p: table(f"<w:sdt><w:sdtContent>{paragraph(p)}</w:sdtContent></w:sdt>"),
    lambda p: (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph(p) + "</w:tc></w:tr></w:tbl>"
    ),
]
ENTRY = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def docx(body: str, parts: Mapping[str, str] = {}, more: Mapping[str, bytes] = {}) -> bytes:
    """A Word file written by hand: its body, its notes, comments, heads and feet by their kinds."""
    types, relations, held = "", "", dict(more)
    for kind, words in parts.items():
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        inner = paragraph(run(words))
        if kind in ENTRY:
            inner = f'<w:{ENTRY[kind]} w:id="2">{inner}</w:{ENTRY[kind]}>'
        held[f"word/{kind}.xml"] = f"<w:{root} {NAMES}>{inner}</w:{root}>".encode()
        types += f'<Override PartName="/word/{kind}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        relations += f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    held["word/document.xml"] = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode()
    held["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" '
        'ContentType="application/octet-stream"/><Override PartName="/word/document.xml" '
        f'ContentType="{TYPE}.document.main+xml"/>{types}</Types>'
    ).encode()
    links = f'<Relationships xmlns="{package}/relationships">{{}}</Relationships>'
    main = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    held["_rels/.rels"] = links.format(main).encode()
    held["word/_rels/document.xml.rels"] = links.format(relations).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return file.getvalue()


# <w:t xml:space="preserve">, <w:delText>, <a:t>: where Office keeps the words of people
_TEXT = re.compile(r"<(?:w:t|w:delText|a:t|t)(?: [^<>]*)?>([^<]*)</")


def counted(data: bytes) -> Counter[str]:
    """The characters of all text parts of an Office file, by no reader of ours."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if ".xml" in name]
    return Counter(squash(html.unescape("".join(t for p in parts for t in _TEXT.findall(p)))))


def found(page: extract.Page) -> Counter[str]:
    """The characters of the blocks of a file, and of what was left aside."""
    cells = [cell for block in page.blocks for cell in block.cells if not cell.is_repeat]
    words = [cell.printed or cell.text for cell in cells] + [piece.words for piece in page.left]
    return Counter(squash("".join(words)))


# Characters of which none is folded, raised or read as a number.
WORDS = st.text("养老服务设施建设规划任务责任单位民政财政卫健", min_size=1, max_size=6)
LINES = st.lists(st.tuples(st.sampled_from(IN_LINE), WORDS), min_size=1, max_size=3)
BODIES = st.lists(st.tuples(st.sampled_from(IN_BODY), LINES), min_size=1, max_size=3)


@settings(max_examples=60)
@given(BODIES, st.dictionaries(st.sampled_from(PARTS), WORDS))
def test_no_character_of_a_word_file_is_lost(body: list[Any], parts: dict[str, str]) -> None:
    inner = "".join(within("".join(shown(words) for shown, words in line)) for within, line in body)
    data = docx(inner, parts)
    page = extract.blocks(data, "a.docx")
    assert not counted(data) - found(page)


@pytest.mark.parametrize("shown", IN_LINE)
@pytest.mark.parametrize("within", IN_BODY)
def test_no_place_of_a_word_file_swallows_its_words(
    within: Callable[[str], str], shown: Callable[[str], str]
) -> None:
    data = docx(within(run("甲") + shown("养老服务") + run("乙")))
    assert not counted(data) - found(extract.blocks(data, "a.docx"))


LIST = [
    "（一）建设养老院3家。（责任单位：民政局、财政局）",
    "（二）培训护理员。（责任单位：卫健委）",
]
CHART = b'<c:chart xmlns:c="c" xmlns:a="a"><a:t>\xe5\x85\xbb\xe8\x80\x81</a:t></c:chart>'
COMMENT = (
    b'<comments xmlns="x"><comment><text><t>\xe8\xaf\xb7\xe6\xa0\xb8\xe5\xaf\xb9</t></text>'
    b"</comment></comments>"
)
ASIDE: list[tuple[str, Callable[[], bytes], str]] = [
    ("docx", lambda: docx(paragraph(run("正文")), {"footnotes": "脚注"}), "a footnote"),
    ("docx", lambda: docx(paragraph(run("正文")), {"endnotes": "尾注"}), "an endnote"),
    ("docx", lambda: docx(paragraph(run("正文")), {"comments": "批注"}), "a comment"),
    ("docx", lambda: docx(paragraph(run("正文")), {"header": "页眉"}), "a running head"),
    ("docx", lambda: docx(paragraph(run("正文")), {"footer": "页脚"}), "a running foot"),
    ("docx", lambda: docx(paragraph(run("正文")) + '<w:altChunk r:id="a"/>'), "altChunk"),
    (
        "docx",
        lambda: docx(paragraph(run("正文")), more={"word/embeddings/list.bin": b"a"}),
        "a file within the file (word/embeddings/list.bin)",
    ),
    (
        "docx",
        lambda: docx(paragraph(run("正文")), more={"word/charts/chart1.xml": CHART}),
        "text of the part word/charts/chart1.xml",
    ),
    (
        "docx",
        lambda: docx(paragraph(run("正文") + run("隐藏", "<w:vanish/>"))),
        "hidden text",
    ),
    ("html", "<p>正文正文正文正文</p><p hidden>隐藏的话</p>".encode, "hidden text"),
]


@pytest.mark.parametrize(
    ("kind", "made", "what"), ASIDE, ids=[f"{kind}-{what[:40]}" for kind, _, what in ASIDE]
)
def test_what_is_left_aside_is_a_state(
    kind: str, made: Callable[[], bytes], what: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(made())
    shown = yiyang.read(path)
    [row] = shown.document.to_dict("records")
    assert row["status"] == "in_part"
    assert what in row["left_aside"]
    [reason] = shown.leftovers["reason"][shown.leftovers["reason"].str.startswith("left out: ")]
    assert what in reason


def test_comments_of_a_workbook_are_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["序号", "任务"], ["1", "建设养老院"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/comments1.xml", COMMENT)
    [row] = yiyang.read(path).document.to_dict("records")
    assert (row["status"], row["left_aside"]) == ("in_part", "text of the part xl/comments1.xml")


def test_what_is_whole_and_what_is_refused(tmp_path: Path) -> None:
    word(tmp_path / "a.docx", LIST)
    pdf(tmp_path / "b.pdf")  # a scan
    documents = yiyang.load(tmp_path).documents.set_index("document_id")
    assert documents["status"].to_dict() == {"a": "read", "b": "refused"}
    assert documents["left_aside"].isna().all()
    assert set(left_out.STATUS) == {"read", "in_part", "refused"}


def test_shares_of_a_document_do_not_count_what_stands_in_no_line(tmp_path: Path) -> None:
    body = paragraph(run("正文")) + "".join(paragraph(run(line)) for line in LIST)
    (tmp_path / "a.docx").write_bytes(docx(body, {"footnotes": "脚注" * 50}))
    corpus = yiyang.load(tmp_path)
    used = provenance.uses(corpus.documents, corpus.leftovers, tmp_path)
    assert used["share"].between(0, 1).all()
    assert used["share"].sum() == pytest.approx(1)


def test_two_documents_in_one_file_are_refused_by_name() -> None:
    data = docx(paragraph(run("正文")))
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", f"<w:document {NAMES}/>")
    with pytest.raises(InputError, match=r"two parts of the name 'word/document.xml'"):
        extract.blocks(file.getvalue(), "a.docx")


def test_a_second_page_of_a_web_archive_is_said() -> None:
    part = "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{}</p>\r\n"
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
    data = (head + part.format("正文") + part.format("框内") + "--x--\r\n").encode()
    page = extract.blocks(data, "a.mht")
    assert [block.texts for block in page.blocks] == [("正文",)]
    [piece] = page.left
    assert (piece.what.startswith("a page within"), piece.words) == (True, "框内")


UNSHOWN = [
    ("<noscript><table><tr><td>办学堂</td></tr></table></noscript>", "“办学堂”"),
    ("<template><ul><li>办学堂</li></ul></template>", "“办学堂”"),
    ('<iframe src="list.html"></iframe>', "a page within the page"),
    ("<noscript>请启用脚本</noscript>", ""),
    (f"<p>{'某县养老。' * 60}</p><iframe src='count.html'></iframe>", ""),
]


@pytest.mark.parametrize(("part", "said"), UNSHOWN)
def test_rows_that_a_page_does_not_show_of_itself_are_said(part: str, said: str) -> None:
    page = extract.blocks(f"<html><body><p>助老任务</p>{part}</body></html>".encode(), "a.html")
    warnings = "\n".join(map(str, page.warnings))
    assert said in warnings
    assert bool(said) == bool(warnings)
    assert "办学堂" not in str(page.blocks)
