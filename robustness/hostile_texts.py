"""Make more kinds for `hostile.py`: PDF, texts, pages, names, catalogues, repeats."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path

from hostile_files import TITLE, kind, task_list, text_file, word_file

# PDF ---------------------------------------------------------------------------------------------


def _pdf(folder: Path, *objects: bytes) -> Path:
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return text_file(folder, b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF", "a.pdf")


_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
    b"/Resources<</XObject<</X 5 0 R>>>>>>"
)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


@kind("PDF", "pages that hold one another in a ring", "refused")
def _(folder: Path) -> Path:
    return _pdf(
        folder,
        _CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 9>>",
        b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>",
    )


@kind("PDF", "a form that draws itself", "refused")
def _(folder: Path) -> Path:
    form = _stream(
        b"/X Do /X Do",
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>",
    )
    return _pdf(folder, _CATALOG, _PAGES, _PAGE, _stream(b"/X Do"), form)


@kind("PDF", "a stream that unpacks to 1 GB (Flate)", "refused")
def _(folder: Path) -> Path:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(1000)) + packer.flush()
    return _pdf(folder, _CATALOG, _PAGES, _PAGE, _stream(packed, b"/Filter/FlateDecode"), b"<<>>")


@kind("PDF", "a million lines on a page", "refused")
def _(folder: Path) -> Path:
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 300, 0, n % 300, 200) for n in range(1_000_000))
    return _pdf(folder, _CATALOG, _PAGES, _PAGE, _stream(lines), b"<<>>")


@kind("PDF", "100,000 pages", "refused")
def _(folder: Path) -> Path:
    return _pdf(
        folder,
        _CATALOG,
        b"<</Type/Pages/Count 100000/Kids[" + b"3 0 R " * 100_000 + b"]>>",
        _PAGE,
        _stream(b""),
        b"<<>>",
    )


@kind("PDF", "a table of objects that points to itself", "refused")
def _(folder: Path) -> Path:
    return text_file(
        folder, b"%PDF-1.4\nxref\n0 0\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF", "a.pdf"
    )


@kind("PDF", "a script that runs when it is opened", "refused")
def _(folder: Path) -> Path:
    action = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.launchURL)>>>>"
    return _pdf(folder, action, _PAGES, _PAGE, _stream(b""), b"<<>>")


@kind("PDF", "arrays nested 100,000 deep", "refused")
def _(folder: Path) -> Path:
    return _pdf(folder, _CATALOG, _PAGES, _PAGE, b"[" * 100_000 + b"]" * 100_000, b"<<>>")


# Texts -------------------------------------------------------------------------------------------


@kind("texts", "a line of 1 GB", "refused")
def _(folder: Path) -> Path:
    with (folder / "a.txt").open("wb") as file:
        for _ in range(1000):
            file.write(b"a" * 1_000_000)
    return folder / "a.txt"


_LINES = {
    "a line of 40 MB": ("refused", lambda: "建设养老服务。" * 2_000_000),
    "a million lines": ("refused", lambda: "建设\n" * 1_000_000),
    "a CSV of a million columns": ("refused", lambda: "序号,工作任务\n" + "1," * 1_000_000),
    "a CSV whose quotation mark is not closed, 20 MB": (
        "refused",
        lambda: '序号,工作任务\n"' + "甲,\n" * 4_000_000,
    ),
    "a Markdown table of a million bars": ("refused", lambda: f"{TITLE}\n" + "|" * 1_000_000),
    "50,000 brackets that are opened and not closed": ("read", lambda: task_list("（" * 50_000)),
    "5,000 numbered lines with their units": (
        "read",
        lambda: "".join(f"{n % 999 + 1}.建设养老院{n}所。（民政局）\n" for n in range(5_000)),
    ),
    "20,000 points under one item": (
        "read",
        lambda: "一、建设\n" + "".join(f"{n % 9 + 1}.推进养老院{n}。\n" for n in range(20_000)),
    ),
    "a table of 5,000 rows": (
        "read",
        lambda: (
            task_list("建设甲。")
            + "".join(
                f"{n}\t建设养老院{n}所，2025年底前完成。\t县民政局、县财政局\n"
                for n in range(3, 5_000)
            )
        ),
    ),
    "a number of a million digits": (
        "refused",
        lambda: task_list("新增" + "9" * 1_000_000 + "家。"),
    ),
    "100,000 marks on one letter": ("either", lambda: task_list("建设e" + "\u0301" * 99_000)),
    "50,000 signs that each unfold to eighteen": ("either", lambda: task_list("\ufdfa" * 50_000)),
    "blanks and nothing else": ("either", lambda: " \n\t\n　" * 100_000),
    "an empty file": ("refused", lambda: ""),
    "a byte order mark and nothing else": ("refused", lambda: "\ufeff"),
    "NUL bytes between the characters": ("read", lambda: task_list("建设\x00甲\x00。")),
    "lone surrogates": ("refused", lambda: task_list("建设\ud800甲。")),
    "right-to-left overrides": ("read", lambda: task_list("建设\u202e。甲\u2066乙")),
    "characters of no width": ("read", lambda: task_list("建\u200b设\ufeff甲。")),
    "control characters of a terminal (ANSI escapes)": (
        "read",
        lambda: task_list("建设\x1b[2J\x1b]0;x\x07甲。"),
    ),
}
for _name, (_expects, _content) in _LINES.items():
    _ending = "a.csv" if "CSV" in _name else "a.md" if "Markdown" in _name else "a.txt"
    kind("texts", _name, _expects)(lambda f, t=_content, n=_ending: text_file(f, t(), n))
_CHINESE = (
    task_list("建设养老服务设施，提高服务质量，加强人员培训。")
    + "关于进一步加强养老服务工作的通知\n"
)
_BYTES = {
    "Big5, which decodes as GB18030": (
        "read",
        task_list("關於進一步加強養老服務工作").encode("big5hkscs", "replace"),
    ),
    "GB18030 with a few wrong bytes": ("either", _CHINESE.encode("gb18030")[:-3] + b"\xff\xff"),
    "UTF-16 without a mark": ("read", _CHINESE.encode("utf-16-le")),
    "UTF-16 with half a character": ("refused", _CHINESE.encode("utf-16") + b"\x00\xd8"),
    "UTF-32": ("read", _CHINESE.encode("utf-32")),
    "noise": ("refused", bytes(range(128, 256)) * 4000),
}
for _name, (_expects, _data) in _BYTES.items():
    kind("encodings", _name, _expects)(lambda f, d=_data: text_file(f, d))

# What would be code, markup or a formula elsewhere -----------------------------------------------

_CODE = {
    "<script> in a task": "建设<script>alert(1)</script>甲。",
    "onerror in a task": '建设<img src=x onerror="alert(1)">甲。',
    "</script> in a task": "建设</script><script>alert(1)</script>甲。",
    "=HYPERLINK in a task": '=HYPERLINK("http://192.0.2.1","建设甲")',
    "a full-width ＝ in a task": "＝cmd|' /C calc'!A0建设甲",
    "+, -, @ and a tab before a formula": "@SUM(1+1)*cmd|' /C calc'!A0建设甲",
    "Markdown: a link to javascript:, code, a table": "建设[甲](javascript:alert(1))`x`|a|b|。",
    "MyST: a directive that includes a file": "建设{eval-rst}`x`{include}`/etc/passwd`甲。",
    "a template of another language ({{7*7}}, ${7*7})": "建设{{7*7}}${7*7}甲。",
    "a shell command ($(…), `…`, ; rm)": "建设$(touch /tmp/yiyang-hostile)`id`; rm -rf /甲。",
}
for _name, _task in _CODE.items():
    kind("code", _name, "read")(lambda f, t=_task: text_file(f, task_list(t)))


# Pages -------------------------------------------------------------------------------------------

_ROW = "<tr><td>1<td>建设甲。<td>县民政局"
_SHOWN = (
    f"<html><p>{TITLE}<table><tr><th>序号<th>工作任务<th>责任单位</tr>{{}}"
    "<tr><td>2<td>推进乙。<td>县卫健局</table>"
)
_WEB = {
    "elements nested 200,000 deep": ("refused", lambda: "<div>" * 200_000 + "甲"),
    "a million marks without an end": ("refused", lambda: "<b>" * 1_000_000 + "甲"),
    "a table in a table, 5,000 deep": ("refused", lambda: "<table><tr><td>" * 5000 + "甲"),
    "a cell that spans a billion rows and columns": (
        "either",
        lambda: _SHOWN.format("<tr><td rowspan=999999999 colspan=999999999>甲</tr>" * 50),
    ),
    "<script>, onerror and javascript: in the page": (
        "read",
        lambda: _SHOWN.format(
            _ROW + "<script>alert(1)</script><img src=x onerror=alert(1)>"
            "<a href='javascript:alert(1)'>甲</a>"
        ),
    ),
    "pictures, frames and styles on the net": (
        "read",
        lambda: (
            _SHOWN.format(_ROW)
            + "<img src=http://192.0.2.1/x><iframe src=http://192.0.2.1/></iframe>"
            "<link rel=stylesheet href=http://192.0.2.1/x.css><meta http-equiv=refresh content=0;http://192.0.2.1/>"
        ),
    ),
    "a picture of 20 MB inside the page": (
        "either",
        lambda: _SHOWN.format(_ROW) + f"<img src='data:x,{'A' * 20_000_000}'>",
    ),
    "a comment of 20 MB that is not closed": (
        "either",
        lambda: _SHOWN.format(_ROW) + "<!--" + "甲" * 7_000_000,
    ),
    "a claim of a code that is none (unicode_escape)": (
        "either",
        lambda: f"<meta charset=unicode_escape>{_SHOWN.format(_ROW)}",
    ),
    "a claim of a code that takes long (punycode)": (
        "either",
        lambda: f"<meta charset=punycode><p>{'a' * 300_000}-{'b9' * 100_000}",
    ),
    "numbers of characters that are none (&#xD800; &#0;)": (
        "read",
        lambda: _SHOWN.format(_ROW + "&#xD800;&#0;&#x110000;"),
    ),
}
for _name, (_expects, _content) in _WEB.items():
    kind("pages", _name, _expects)(lambda f, t=_content: text_file(f, t(), "a.html"))

# Names and kinds of files ------------------------------------------------------------------------


def _made(make: Callable[[Path], object], name: str) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        make(folder / name)
        return folder / name

    return made


_FILES: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "a folder with the name of a document": ("refused", "a.docx", lambda p: p.mkdir()),
    "a pipe (FIFO) that nobody writes to": ("refused", "a.txt", os.mkfifo),
    "a link to a device (/dev/zero)": ("refused", "a.txt", lambda p: p.symlink_to("/dev/zero")),
    "a link that points to itself": ("refused", "a.txt", lambda p: p.symlink_to(p)),
    "a link to a file outside the folder": (
        "refused",
        "a.txt",
        lambda p: p.symlink_to("/etc/passwd"),
    ),
    "a name of 250 characters": (
        "read",
        "a" * 246 + ".txt",
        lambda p: p.write_text(task_list("建设甲。")),
    ),
    "a name that is markup": (
        "read",
        "<img src=x onerror=alert(1)>.txt",
        lambda p: p.write_text(task_list("建设甲。")),
    ),
    "a name that is an option (--help.txt)": (
        "read",
        "--help.txt",
        lambda p: p.write_text(task_list("建设甲。")),
    ),
    "a Word file called .txt": ("read", "a.txt", lambda p: p.write_bytes(word_file(p.parent))),
    "a program called .docx": (
        "refused",
        "a.docx",
        lambda p: p.write_bytes(b"\x7fELF" + bytes(9000)),
    ),
    "a text called .pdf": ("refused", "a.pdf", lambda p: p.write_text(task_list("建设甲。"))),
}
for _name, (_expects, _file, _make) in _FILES.items():
    kind("files", _name, _expects)(_made(_make, _file))

# Catalogues --------------------------------------------------------------------------------------


def _corpus(name: str, catalogue: Callable[[], str]) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        corpus = folder / "corpus"
        corpus.mkdir()
        (folder / "outside.txt").write_text(task_list("建设外面。"))
        (corpus / "a.txt").write_text(task_list("建设甲。"))
        (corpus / "out.txt").symlink_to(folder / "outside.txt")
        (corpus / name).write_text(catalogue())
        return corpus

    return made


_NESTED = "a: &a [x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_CATALOGUES = {
    "a path with ..": ("refused", "catalogue.csv", lambda: "file_name\n../outside.txt\n"),
    "an absolute path": ("refused", "catalogue.csv", lambda: "file_name\n/etc/passwd\n"),
    "a path of Windows (C:\\)": (
        "refused",
        "catalogue.csv",
        lambda: "file_name\nC:\\Windows\\win.ini\n",
    ),
    "a link that leads out": ("refused", "catalogue.csv", lambda: "file_name\nout.txt\n"),
    "a reserved name (CON)": ("refused", "catalogue.csv", lambda: "file_name\nCON.txt\n"),
    "a name with NUL": ("refused", "catalogue.csv", lambda: "file_name\na\x00.txt\n"),
    "a name with a line break": ("refused", "catalogue.csv", lambda: 'file_name\n"a\n.txt"\n'),
    "columns that nobody asked for": (
        "refused",
        "catalogue.csv",
        lambda: "file_name,__class__\na.txt,x\n",
    ),
    "an object of Python in YAML": (
        "refused",
        "catalogue.yaml",
        lambda: "- !!python/object/apply:os.system ['touch /tmp/yiyang-hostile']\n",
    ),
    "billion laughs in YAML": ("refused", "catalogue.yaml", lambda: _NESTED),
    "lists 100,000 deep in YAML": ("refused", "catalogue.yaml", lambda: "[" * 100_000),
    "10,000 rows, of files that are not there": (
        "refused",
        "catalogue.csv",
        lambda: "file_name\n" + "".join(f"{n}.txt\n" for n in range(10_000)),
    ),
    "a title that is a script": (
        "read",
        "catalogue.csv",
        lambda: "file_name,title\na.txt,<script>alert(1)</script>\n",
    ),
    "an id that is a path": (
        "refused",
        "catalogue.csv",
        lambda: "file_name,document_id\na.txt,../../x\n",
    ),
    "a code that is a path": ("refused", "catalogue.csv", lambda: "file_name,code\na.txt,a/b\n"),
    "a jurisdiction that is markup": (
        "refused",
        "catalogue.csv",
        lambda: "file_name,jurisdiction\na.txt,<b onmouseover=alert(1)>\n",
    ),
    "a day that is none": (
        "refused",
        "catalogue.csv",
        lambda: "file_name,date_issued\na.txt,not a date\n",
    ),
    "sixteen million columns": ("refused", "catalogue.csv", lambda: "file_name" + "," * 16_000_000),
    "a list of 200,000 figures in YAML": (
        "refused",
        "catalogue.yaml",
        lambda: "- file_name: [" + "1," * 200_000 + "]",
    ),
}
for _name, (_expects, _file, _content) in _CATALOGUES.items():
    kind("catalogues", _name, _expects)(_corpus(_file, _content))

# Repeats: an expression that goes back on its steps takes minutes for one of these.

_REPEATED = """
1 12 9, 1. ．１ 一 十 万 百分之 年 2021年 1月 1年1月 、 ， ； 。 ： 局 市局、
市民政局、 和 及 与 等 等部门 （ ( ） (a) ((a)) 《 《年 〔2020〕 【 】 | |a 一、
（一） 第一条 ① 一是 每 每年 每季度末月 至 - — 1- 2021- 年底 前 起 到 自 从 内 1家
1家、 % 1% (1%) 至少 约近 不低于 以1家为 责任单位： 牵头 配合 负责 按职责分工
分工负责 牵头单位：市局； 会同 市、县 各市、县（ 各 省市县区 各镇 市民政局
完成时限： 附件 关于 的通知 长期坚持 ，并长期坚持 力争用3年 用1 至到 截至 每人
5、6、 1和 现有 可 由35%提高到 从1 较 比 增长6% 国家税务总局 共青团 街道 管委会
领导小组 成员单位 有关 直属 人民政府 党委和 加强 切实加强 序号工作任务责任单位1
""".split()  # noqa: SIM905
_SIZES = {"units": 99_000, "times": 99_000, "figures": 99_000, "document": 20_000}
for _use, _size in _SIZES.items():
    kind("repeats", f"{len(_REPEATED)} words, each {_size:,} characters of it: {_use}", "read")(
        lambda f, n=_size, u=_use: [u, *(w * (n // len(w)) for w in _REPEATED)]
    )
