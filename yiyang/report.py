"""The report: a Chinese and an English edition of the executed notebooks, readable offline.

Sphinx renders the stored outputs; it executes nothing. The settings, templates, style sheet and
front pages lie in `yiyang/site/`.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from yiyang import Corpus, load, notebooks, show, tables
from yiyang.errors import InputError
from yiyang.labels import LANGS, Lang

if TYPE_CHECKING:
    from nbformat import NotebookNode

SITE = tables.PACKAGE / "site"
UNUSED = shutil.ignore_patterns(
    "*.map", "*macros.html", "locales", "_sources", ".buildinfo", "objects.inv"
)
"""What Sphinx and its theme write for other tools: no page asks for it."""
FIXED = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1767225600", "PYTHONUTF8": "1"}


def build(folder: Path, out: Path) -> Path:
    """Build the site of the executed notebooks in `folder` and put it in the place of `out`.

    Both editions or nothing: any warning of Sphinx, a notebook that was not executed in full or
    a notebook without a heading in one of the languages raises `InputError` and leaves `out` as
    it was. Returns the page to open.
    """
    corpus = load()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as name:
        work, fresh = Path(name), Path(name) / "site"
        for lang in LANGS:
            write_sources(folder, corpus, lang, work / lang / "source")
        running = {lang: _start_sphinx(lang, work / lang) for lang in LANGS}
        failures = {lang: _finish_sphinx(process) for lang, process in running.items()}
        for lang in LANGS:
            if failures[lang]:
                raise InputError(
                    f"report, {lang} edition",
                    found=failures[lang].replace(f"{work}{os.sep}", ""),
                    expected="a build without a warning",
                    remedy="mend the notebook or page that the message names",
                )
            shutil.copytree(work / lang / "html", fresh / lang, ignore=UNUSED)
            print(f"report: {lang} edition, {len(list((fresh / lang).glob('*.html')))} pages")
        shutil.copy(SITE / "landing.html", fresh / "index.html")
        tables.replace(fresh, out)
    return out / "index.html"


def write_sources(folder: Path, corpus: Corpus, lang: Lang, target: Path) -> None:
    """Write the sources of one edition: its share of each notebook, its front and origin page."""
    import nbformat  # noqa: PLC0415

    target.mkdir(parents=True)
    chapters = []
    for path in notebooks.found(folder):
        whole = nbformat.read(path, as_version=4)
        _refuse_unexecuted(path, whole)
        notebook = notebooks.split(whole, lang)
        chapters.append((path.stem, *opening(path, notebook)))
        (target / path.name).write_text(nbformat.writes(for_page(notebook)), encoding="utf-8")
    fill = {
        "@CHAPTERS@": "\n\n".join(
            f"**[{title}]({stem})**\\\n{lead}" for stem, title, lead in chapters
        ),
        "@TOCTREE@": "\n".join(stem for stem, _, _ in chapters),
    }
    shown = {
        "documents": show.documents(corpus.documents, corpus.jurisdictions, lang),
        "files": show.files(corpus.documents, lang),
    }
    for name, table in shown.items():  # included as files: nothing in them can end a block
        (target / f"{name}.html").write_text(str(table.data), encoding="utf-8")
    for page in ("index", "origin"):
        text = (SITE / f"{page}.{lang}.md").read_text(encoding="utf-8")
        for mark, value in fill.items():
            text = text.replace(mark, value)
        (target / f"{page}.md").write_text(text, encoding="utf-8")


def _refuse_unexecuted(path: Path, notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code" and cell.execution_count is None:
            raise InputError(
                f"{path.name}, cell {number}",
                found="a cell that was not executed",
                expected="an executed notebook",
                remedy="make notebooks",
            )


# A heading of the first rank and the paragraph after it: "# 读了哪些文件\n\n五份文件……"
_OPENING = re.compile(r"\A# +(?P<title>[^\n]+)(?:\n+(?P<lead>[^\n#]+))?")


def opening(path: Path, notebook: NotebookNode) -> tuple[str, str]:
    """The title of a chapter and its first paragraph (empty where it has none)."""
    first = notebook.cells[0] if notebook.cells else None
    match = first and first.cell_type == "markdown" and _OPENING.match(first.source)
    if not match:
        raise InputError(
            f"{path.name}, first cell",
            found="no heading",
            expected="a markdown cell for each language that begins with '# ' and a title",
            remedy="add the heading",
        )
    return match["title"].strip(), (match["lead"] or "").strip()


# The title that charts/style.py wrote into an SVG: "<dc:title>各地任务数</dc:title>"
_SVG_TITLE = re.compile(r"<dc:title>(.*?)</dc:title>", re.DOTALL)


def for_page(notebook: NotebookNode) -> NotebookNode:
    """The notebook as a page shows it: code behind a toggle, charts with a text alternative."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata["tags"] = [*notebooks.tags(cell), "hide-input"]
        for output in cell.outputs:
            title = _SVG_TITLE.search(output.get("data", {}).get("image/svg+xml", ""))
            if title:
                cell.metadata.setdefault("mystnb", {}).setdefault(
                    "image", {"alt": html.unescape(title[1])}
                )
    return notebook


def _start_sphinx(lang: Lang, work: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    command += ["-t", lang, "-c", str(SITE), "-d", str(work / "doctrees")]
    return subprocess.Popen(
        [*command, str(work / "source"), str(work / "html")],
        env={**os.environ, **FIXED},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _finish_sphinx(process: subprocess.Popen[str]) -> str:
    """What the build complained of; empty where it went well."""
    complaints = process.communicate()[1].strip()
    return complaints or (f"exit code {process.returncode}" if process.returncode else "")
