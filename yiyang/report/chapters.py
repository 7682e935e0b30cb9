"""Write the sources of an edition: executed notebooks as chapters, and the text of the other
pages."""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import yiyang
from yiyang.core import schema
from yiyang.core.messages import Lang, join, label, say
from yiyang.report import folding, notebooks
from yiyang.safety import escaping
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup
from yiyang.safety.later import expression

if TYPE_CHECKING:
    from nbformat import NotebookNode

SITE = schema.PACKAGE / "report" / "site"


def read_notebooks(folder: Path, lang: Lang) -> dict[str, NotebookNode]:
    """Read the notebooks of one language by the stems of their names; one not executed is
    refused."""
    found = {}
    for path in notebooks.found(folder, lang):
        found[path.stem] = notebooks.read_notebook(path)
        _refuse_unexecuted(path, found[path.stem])
    return found


def _refuse_unexecuted(path: Path, notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code" and cell.execution_count is None:
            raise refusal("notebook.not_executed", f"{path.parent.name}/{path.name}, cell {number}")


def write(
    whole: Mapping[str, NotebookNode], lang: Lang, target: Path, report: str = ""
) -> dict[str, str]:
    """Write each notebook of a language as a chapter; returns what pages say of the chapters.

    That is `@CHAPTERS@`, a list of them with their first paragraphs, `@TOCTREE@` and `@CODE@`.
    `report` is its title, by which charts are cited.
    """
    import nbformat  # noqa: PLC0415

    chapters = []
    for stem, notebook in whole.items():
        chapters.append((stem, *opening(stem, notebook)))
        (target / f"{stem}.ipynb").write_text(
            nbformat.writes(for_page(copy.deepcopy(notebook), lang, stem, report)), encoding="utf-8"
        )
    return {
        "@CHAPTERS@": "\n\n".join(
            f"**[{title}]({stem})**\\\n{lead}" for stem, title, lead in chapters
        ),
        "@TOCTREE@": "\n".join(whole),
        "@CODE@": code(whole),
    }


# @TRUST@ in the text of a page.
_MARK = expression(r"@[A-Z_]+@")


def fill(
    page: str, lang: Lang, marks: Mapping[str, str], target: Path, name: str | None = None
) -> None:
    """Write `site/PAGE.LANG.md`, each mark (`@CHAPTERS@`) replaced by its text, as `name`.

    The texts are Markdown, in which what came from a document or a catalogue is escaped; what
    looks like a mark in them is none.
    """
    text = (SITE / f"{page}.{lang}.md").read_text(encoding="utf-8")
    filled = _MARK.sub(lambda match: marks[match[0]], text)
    (target / f"{name or page}.md").write_text(filled, encoding="utf-8")


def figure(name: str, alt: str) -> str:
    """Place a drawing that lies beside the page, with its text alternative, as MyST text."""
    return f":::{{figure}} {name}\n:alt: {escaping.option(alt)}\n:::"


# A heading of the first rank and the paragraph after it: "# 读了哪些文件\n\n五份文件……"
_OPENING = expression(r"\A# +(?P<title>[^\n]+)(?:\n+(?P<lead>[^\n#]+))?")


def opening(stem: str, notebook: NotebookNode) -> tuple[str, str]:
    """Find the title of a chapter and its first paragraph (empty where it has none)."""
    first = notebook.cells[0] if notebook.cells else None
    match = first and first.cell_type == "markdown" and _OPENING.match(first.source)
    if not match:
        raise refusal("notebook.no_heading", f"{stem}.ipynb, first cell")
    return match["title"].strip(), (match["lead"] or "").strip()


# What charts/style.py wrote into an SVG: "<dc:title>中宁县的清单最长，57项任务</dc:title>", and the
# subject, "<dc:description>各清单的任务数</dc:description>".
_SVG_TITLE = expression(r"<dc:title>([^<]*)</dc:title>")
_SVG_SUBJECT = expression(r"<dc:description>([^<]*)</dc:description>")


def titles_of_charts(cell: NotebookNode) -> list[str]:
    """Find the titles of the charts among the outputs of a cell, in their order: what each
    shows."""
    return _told(cell, _SVG_TITLE)


def _told(cell: NotebookNode, pattern: re.Pattern[str]) -> list[str]:
    found = [
        pattern.search(output.get("data", {}).get("image/svg+xml", ""))
        for output in cell.get("outputs", [])
    ]
    return [" ".join(html.unescape(words[1]).split()) for words in found if words]


def for_page(notebook: NotebookNode, lang: Lang, stem: str, report: str) -> NotebookNode:
    """Prepare the notebook as a page shows it: without its code, long tables folded, charts with a
    text alternative and a line below that numbers them, hands them out and says how to cite them.

    The alternative is the title of the chart, which states its finding, and its subject.
    """
    cells: list[NotebookNode] = []
    number = 0
    for cell in notebook.cells:
        cells.append(cell)
        if cell.cell_type != "code":
            continue
        cell.metadata["tags"] = [*notebooks.tags(cell), "remove-input"]
        for output in cell.get("outputs", []):
            if html_text := output.get("data", {}).get("text/html"):
                output["data"]["text/html"] = folding.fold(html_text, lang)
        for title in titles_of_charts(cell):
            alt = join([title, *_told(cell, _SVG_SUBJECT)[:1]], "stop", lang)
            cell.metadata.setdefault("mystnb", {}).setdefault("image", {"alt": alt})
            number += 1
            cells.append(_below_chart(f"{stem}-{number}", title, lang, report))
    notebook.cells = cells
    return notebook


def chart_number(name: str) -> str:
    """Number a chart by its file: `3.1` of `03-deadlines-1`."""
    return f"{name.split('-', maxsplit=1)[0].lstrip('0') or '0'}.{name.rsplit('-', 1)[1]}"


def _below_chart(name: str, title: str, lang: Lang, report: str) -> NotebookNode:
    """The line below a chart, as a cell of its own."""
    from nbformat.v4 import new_markdown_cell  # noqa: PLC0415

    number = chart_number(name)
    files = Markup(" ").join(
        Markup('<a href="_images/{0}.{1}" download aria-label="{2}">{3}</a>').format(
            name, kind, f"{label('chart.number', lang)} {number}, {kind.upper()}", kind.upper()
        )
        for kind in ("svg", "png")
    )
    cite = say(
        "chart.cite", lang, title=title, number=number, report=report, version=yiyang.__version__
    )
    form = '<p class="yy-chart"><b>{} {}</b> <span class="yy-save">{}</span> {}</p>'
    line = Markup(form).format(label("chart.number", lang), number, files, cite)
    return new_markdown_cell(str(line), id=f"below-{name}")


def code(whole: Mapping[str, NotebookNode]) -> str:
    """Write the code of all chapters as Markdown, for the page of the code: of each its title and
    its cells, one behind the other."""
    parts = []
    for stem, notebook in whole.items():
        title, _ = opening(stem, notebook)
        own = "\n\n".join(c.source.strip() for c in notebook.cells if c.cell_type == "code")
        parts.append(f"## [{title}]({stem})\n\n```python\n{own}\n```")
    return "\n\n".join(parts)
