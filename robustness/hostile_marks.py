"""Hostile Markdown and web archives (.mht), kinds of `hostile.py`."""

from __future__ import annotations

import base64

from hostile_files import kind, task_list, text_file
from hostile_texts import TITLE

_TABLE = (
    f"# {TITLE}\n\n| 序号 | 工作任务 | 责任单位 |\n|---|---|---|\n| 1 | 建设甲。{{}} | 县民政局 |\n"
)
_MARKDOWN = {
    "quotes 100,000 deep": ("either", lambda: ">" * 100_000 + "甲"),
    "a list in a list, 3,000 deep": (
        "either",
        lambda: "".join("  " * n + "- 甲\n" for n in range(3_000)),
    ),
    "100,000 marks of emphasis that are not closed": (
        "either",
        lambda: task_list("**甲_乙" * 25_000),
    ),
    "50,000 brackets of links that are not closed": (
        "either",
        lambda: task_list("[" * 50_000),
    ),
    "50,000 pictures in one another": ("either", lambda: task_list("![甲" * 50_000)),
    "50,000 marks of code that are not closed": (
        "either",
        lambda: task_list("".join("`" * (n % 99 + 1) + "甲" for n in range(2_000))),
    ),
    "100,000 names of links": (
        "either",
        lambda: "".join(f"[甲{n}]: http://192.0.2.1/{n}\n" for n in range(100_000)),
    ),
    "100,000 footnotes": (
        "either",
        lambda: "".join(f"[^{n}]: 注\n" for n in range(100_000)),
    ),
    "an HTML table 5,000 deep inside": (
        "either",
        lambda: f"# {TITLE}\n\n" + "<table><tr><td>" * 5_000 + "甲",
    ),
    "<script> and onerror inside a cell": (
        "read",
        lambda: _TABLE.format("<script>alert(1)</script><img src=x onerror=alert(1)>"),
    ),
    "links to javascript: and to files": (
        "read",
        lambda: _TABLE.format("[乙](javascript:alert(1))![丙](file:///etc/passwd)"),
    ),
    "entities that grow": (
        "either",
        lambda: '<!DOCTYPE x [<!ENTITY a "甲甲甲">]>\n\n' + _TABLE.format("&a;" * 10_000),
    ),
}
for _name, (_expects, _content) in _MARKDOWN.items():
    kind("Markdown", _name, _expects)(lambda f, t=_content: text_file(f, t(), "a.md"))

_HEAD = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=甲0\n\n".replace("甲", "b")
_HTML = (
    f"<html><p>{TITLE}<table><tr><th>序号<th>工作任务<th>责任单位</tr>"
    "<tr><td>1<td>建设甲。<td>县民政局</tr><tr><td>2<td>推进乙。<td>县卫健局</table>"
)


def _part(content: bytes, kind_of: str = "text/html; charset=utf-8") -> str:
    """A part of a web archive."""
    coded = base64.encodebytes(content).decode()
    return f"--b0\nContent-Type: {kind_of}\nContent-Transfer-Encoding: base64\n\n{coded}\n"


_MHT = {
    "a page with pictures and frames on the net": (
        "read",
        lambda: (
            _HEAD
            + _part((_HTML + "<img src=http://192.0.2.1/x><iframe src=cid:x>").encode())
            + "--b0--"
        ),
    ),
    "parts within parts, 5,000 deep": (
        "refused",
        lambda: (
            "MIME-Version: 1.0\n"
            + "".join(
                f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5_000)
            )
            + "Content-Type: text/html\n\n甲"
        ),
    ),
    "100,000 parts": (
        "refused",
        lambda: _HEAD + "--b0\nContent-Type: text/plain\n\nx\n" * 100_000 + "--b0--",
    ),
    "a header of 20 MB": ("either", lambda: "MIME-Version: 1.0\nX: " + "a" * 20_000_000 + _HEAD),
    "a boundary of 5 MB": (
        "either",
        lambda: f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary={'b' * 5_000_000}\n",
    ),
    "a code that is none (unicode_escape)": (
        "either",
        lambda: _HEAD + _part(_HTML.encode(), "text/html; charset=unicode_escape") + "--b0--",
    ),
    "a page of 200,000 elements in one another": (
        "refused",
        lambda: _HEAD + _part(("<div>" * 200_000 + "甲").encode()) + "--b0--",
    ),
    "base64 that is none": (
        "either",
        lambda: (
            f"{_HEAD}--b0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
            + "=甲!" * 100_000
        ),
    ),
    "no page inside": ("refused", lambda: _HEAD + _part(b"x", "image/png") + "--b0--"),
}
for _name, (_expects, _content) in _MHT.items():
    kind("web archives", _name, _expects)(lambda f, t=_content: text_file(f, t(), "a.mht"))
