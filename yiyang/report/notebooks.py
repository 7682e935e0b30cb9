"""Read, tidy and store notebooks, and take one language out of their source.

A stored notebook holds its outputs and nothing of the machine or the moment: two executions give
the same bytes. In the source of a chapter (`editions.py`) a cell without the tag of a language
belongs to both.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yiyang.core.messages import LANGS, Lang
from yiyang.safety import atomic_write
from yiyang.safety.errors import refusal

if TYPE_CHECKING:
    from nbformat import NotebookNode

# With it nbformat compiles 38 grammars for addresses that no notebook holds: seconds for nothing,
# in every program that reads one. None in this place means: not installed.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

FOUR_LISTS = "four-lists"
"""The tag of cells that speak of yiyang's own lists: no report on other documents bears them."""

OUR_REPORT = "our-report"
"""The tag of cells that belong to the report on yiyang's own lists alone: no finding rests on what
they show, and over many lists it takes longer than all others together."""

LIVE = "nbval-ignore-output"
"""The tag of cells that show what lives in a running kernel only; a report holds nothing of it."""

# What differs from machine to machine is left out of what is stored.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}

WIDGET = "application/vnd.jupyter.widget-view+json"


def found(folder: Path, lang: Lang) -> list[Path]:
    """List the notebooks of one language in the order of their numbers; none raises
    `InputError`."""
    paths = sorted((folder / lang).glob("*.ipynb"))
    if not paths:
        raise refusal("notebook.none", folder / lang)
    return paths


def read_notebook(path: Path) -> NotebookNode:
    """Read a stored notebook."""
    import nbformat  # noqa: PLC0415  (only notebooks need it)

    return nbformat.read(path, as_version=4)


def store(path: Path, notebook: NotebookNode) -> None:
    """Write the notebook whole or not at all."""
    import nbformat  # noqa: PLC0415

    with atomic_write.file(path) as fresh:
        fresh.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def normalise(notebook: NotebookNode) -> None:
    """Take out of the notebook, in place, what the machine or an editor put in.

    A widget lives in its kernel only: stored, it would be an empty frame with a random name.
    """
    notebook.metadata = type(notebook.metadata)(METADATA)
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = [o for o in cell.outputs if WIDGET not in o.get("data", {})]
        cell.metadata = {k: v for k, v in cell.metadata.items() if k in ("tags", "mystnb")}


def tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", []))


def split(notebook: NotebookNode, lang: Lang) -> NotebookNode:
    """Make a copy of a source without the cells of the other language."""
    others = {f"lang-{other}" for other in LANGS if other != lang}
    copy = type(notebook)(notebook)
    copy.cells = [cell for cell in notebook.cells if not others & set(tags(cell))]
    return copy
