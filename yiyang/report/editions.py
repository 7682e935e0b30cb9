"""Make the notebooks of each language from their one source.

`notebooks/NN-name.py` holds a chapter: its code once, its prose in cells tagged `lang-zh` and
`lang-en` (the percent format, which JupyterLab opens as a notebook by jupytext). `notebooks/zh/`
and `notebooks/en/` are made of it; the line `lang = "zh"` of the source names the language there.
"""

from __future__ import annotations

import re
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from yiyang.core import build_cache
from yiyang.core.messages import LANGS, Lang
from yiyang.report import notebooks
from yiyang.safety import digests
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    from nbformat import NotebookNode

EDITED = "edited"
"""The folder, beside the notebooks of a language, of those that were changed by hand."""

# lang = "zh", on a line of its own
_LANGUAGE = expression(r'^lang = "\w+"$', re.MULTILINE)


def sources(folder: Path) -> list[Path]:
    """List the sources of a folder; one that holds only made notebooks has none."""
    return sorted(folder.glob("*.py"))


def make(source: Path, lang: Lang) -> NotebookNode:
    """Make the notebook of one language, without outputs."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # as in read_notebook
    import jupytext  # noqa: PLC0415  (only notebooks need it)

    text = source.read_text(encoding="utf-8")
    notebook = notebooks.split(jupytext.reads(text, fmt="py:percent"), lang)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number:02}"
        left = [tag for tag in notebooks.tags(cell) if tag != f"lang-{lang}"]
        cell.metadata = {"tags": left} if left else {}
        if cell.cell_type == "code":
            cell.source = _LANGUAGE.sub(f'lang = "{lang}"', cell.source)
    notebooks.normalise(notebook)
    return notebook


def make_all(folder: Path) -> None:
    """Write the notebooks of every source in `folder`; outputs stay where the code is the same.

    A notebook that somebody changed by hand, and one whose source is gone, is put into `edited/`
    beside it first, under a name of its own, and said.
    """
    of_sources = sources(folder)
    if of_sources:
        stems = {source.stem for source in of_sources}
        for path in (path for lang in LANGS for path in sorted((folder / lang).glob("*.ipynb"))):
            if path.stem not in stems:
                print(tell("report.no_source", name=path.name, copy=_copied(path)))
                path.unlink()
    for source in of_sources:
        for lang in LANGS:
            path = folder / lang / f"{source.stem}.ipynb"
            made = make(source, lang)
            if path.is_file():
                stored = notebooks.read_notebook(path)
                _keep_edited(path, made, stored)
                take_outputs(made, stored)
            path.parent.mkdir(exist_ok=True)
            notebooks.store(path, made)
            build_cache.remember(_name(path), _said(made))


def _keep_edited(path: Path, made: NotebookNode, stored: NotebookNode) -> None:
    """Copy what neither this source says nor the one of which the notebook was made last."""
    if _said(stored) != _said(made) and not build_cache.is_current(_name(path), _said(stored)):
        copy = _copied(path)
        print(tell("report.edited", name=path.name, copy=copy))


def _copied(path: Path) -> Path:
    """Copy a notebook beside those that were put aside before, and return the place."""
    aside = path.parent / EDITED
    aside.mkdir(exist_ok=True)
    names = (f"{path.stem}{f'-{n}' if n else ''}{path.suffix}" for n in count())
    copy = next(aside / name for name in names if not (aside / name).exists())
    shutil.copyfile(path, copy)
    return copy


def _name(path: Path) -> str:
    return f"editions/{path.parent.name}/{path.stem}"


def _said(notebook: NotebookNode) -> str:
    """One digest of what the cells say and of their tags, whatever they show."""
    return digests.of(
        [f"{cell.cell_type} {notebooks.tags(cell)} {cell.source}" for cell in notebook.cells]
    )


def take_outputs(made: NotebookNode, stored: NotebookNode) -> None:
    """Give `made`, in place, the outputs of the stored notebook if its code is the same, all of
    it: a cell shows what the cells before it worked out."""
    fresh, earlier = (
        [cell for cell in notebook.cells if cell.cell_type == "code"] for notebook in (made, stored)
    )
    if [_code(cell) for cell in fresh] == [_code(cell) for cell in earlier]:
        for cell, before in zip(fresh, earlier, strict=True):
            cell.outputs, cell.execution_count = before.outputs, before.execution_count


def _code(cell: NotebookNode) -> tuple[str, list[str]]:
    return cell.source, notebooks.tags(cell)
