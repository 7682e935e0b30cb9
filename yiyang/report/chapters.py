"""Write the sources of an edition: executed notebooks as chapters, and the text of the other
pages."""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from yiyang.core import schema
from yiyang.core.messages import Lang, join
from yiyang.report import notebooks
from yiyang.safety import escaping
from yiyang.safety.errors import refusal

if TYPE_CHECKING:
    from nbformat import NotebookNode

SITE = schema.PACKAGE / "report" / "site"


def read_notebooks(folder: Path) -> dict[str, NotebookNode]:
    """Read the notebooks of `folder` by the stems of their names; one not executed is refused."""
    found = {}
    for path in notebooks.found(folder):
        found[path.stem] = notebooks.read_notebook(path)
        _refuse_unexecuted(path, found[path.stem])
    return found


def _refuse_unexecuted(path: Path, notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code" and cell.execution_count is None:
            raise refusal("notebook.not_executed", f"{path.name}, cell {number}")


def write(whole: Mapping[str, NotebookNode], lang: Lang, target: Path) -> dict[str, str]:
    """Write the share that `lang` has in each notebook; returns what pages say of the chapters.

    That is `@CHAPTERS@`, a list of them with their first paragraphs, and `@TOCTREE@`.
    """
    import nbformat  # noqa: PLC0415

    chapters = []
    for stem, notebook in whole.items():
        share = notebooks.split(notebook, lang)
        chapters.append((stem, *opening(stem, share)))
        (target / f"{stem}.ipynb").write_text(
            nbformat.writes(for_page(copy.deepcopy(share), lang)), encoding="utf-8"
        )
    return {
        "@CHAPTERS@": "\n\n".join(
            f"**[{title}]({stem})**\\\n{lead}" for stem, title, lead in chapters
        ),
        "@TOCTREE@": "\n".join(whole),
    }


# @TRUST@ in the text of a page.
_MARK = re.compile(r"@[A-Z_]+@")


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
_OPENING = re.compile(r"\A# +(?P<title>[^\n]+)(?:\n+(?P<lead>[^\n#]+))?")


def opening(stem: str, notebook: NotebookNode) -> tuple[str, str]:
    """Find the title of a chapter and its first paragraph (empty where it has none)."""
    first = notebook.cells[0] if notebook.cells else None
    match = first and first.cell_type == "markdown" and _OPENING.match(first.source)
    if not match:
        raise refusal("notebook.no_heading", f"{stem}.ipynb, first cell")
    return match["title"].strip(), (match["lead"] or "").strip()


# What charts/style.py wrote into an SVG: "<dc:title>中宁县的清单最长，57项任务</dc:title>", and the
# subject, "<dc:description>各清单的任务数</dc:description>".
_SVG_TITLE = re.compile(r"<dc:title>([^<]*)</dc:title>")
_SVG_SUBJECT = re.compile(r"<dc:description>([^<]*)</dc:description>")


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


def for_page(notebook: NotebookNode, lang: Lang) -> NotebookNode:
    """Prepare the notebook as a page shows it: code behind a toggle, charts with a text
    alternative.

    That is the title of the chart, which states its finding, and its subject.
    """
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata["tags"] = [*notebooks.tags(cell), "hide-input"]
        for title in titles_of_charts(cell):
            alt = join([title, *_told(cell, _SVG_SUBJECT)[:1]], "stop", lang)
            cell.metadata.setdefault("mystnb", {}).setdefault("image", {"alt": alt})
    return notebook
