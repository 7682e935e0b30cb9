"""Show a chart and a table in JupyterLab that take new rows without being made anew.

Altair's own widget embeds a chart again at each change, and that of itables makes its table again:
together they took most of the time that a browser spends on a change. Vega and DataTables, which
both bring, can be given new rows; a few lines of script do so (static/figure.js, static/table.js).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import anywidget
import itables
import pandas as pd
import traitlets
import vl_convert

from yiyang.safety.later import expression

STATIC = Path(__file__).resolve().parent / "static"
BUNDLE = Path(itables.__file__).resolve().parent / "html" / "dt_bundle.js"
# export{Md as DateTime,Go as ITable,Tt as jQuery}
_EXPORTS = expression(r"\bexport\s*\{([^{}]*)\};?")


@cache
def figure_script() -> str:
    """Return the script of a chart, Vega inside it: no other host is asked for one."""
    own = (STATIC / "figure.js").read_text(encoding="utf-8")
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return str(vl_convert.javascript_bundle(own, vl_version=version))


@cache
def table_script() -> str:
    """Return the script of a table, DataTables inside it, as itables brings it."""
    bundle = BUNDLE.read_text(encoding="utf-8")
    *_, exports = _EXPORTS.finditer(bundle)
    pairs = [one.split(" as ") for one in exports[1].split(",")]
    named = {pair[-1]: pair[0] for pair in pairs}
    wanted = ("jQuery", "set_or_remove_dark_class")
    lines = [f"const {name} = {named[name]};" for name in wanted if named[name] != name]
    own = (STATIC / "table.js").read_text(encoding="utf-8")
    return "\n".join([bundle[: exports.start()], bundle[exports.end() :], *lines, own])


class LiveChart(alt.JupyterChart):
    """A chart with one selection, which is told back (`selections`); `spec` is what it shows.

    Its rows are sent as one text: a widget looks into each value of a list for bytes, which took a
    tenth of a second for 2,000 dots. `is_canvas` draws them on a canvas: of many marks a browser
    then takes half the time, but a screen reader meets none of them by itself.
    """

    is_canvas = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, selection: alt.Parameter | None = None, *, is_canvas: bool = False) -> None:
        blank = alt.Chart(alt.NamedData("rows")).mark_point()
        type(self)._esm = figure_script()
        chart = blank.add_params(selection) if selection else blank
        super().__init__(chart, is_canvas=is_canvas)
        self.rows: list[dict[str, Any]] = []

    def show(self, spec: dict[str, Any]) -> None:
        """Show a specification whose rows are the data set `rows` (`pictures.filled`)."""
        self.rows = spec["datasets"]["rows"]
        self.spec = {**spec, "datasets": {"rows": json.dumps(self.rows, ensure_ascii=False)}}


class LiveTable(anywidget.AnyWidget):
    """A table of plain text; `df` is what it lists."""

    heads = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.Unicode("[]").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    _css = BUNDLE.with_suffix(".css").read_text(encoding="utf-8")

    def __init__(self, heads: list[str], words: dict[str, str]) -> None:
        type(self)._esm = table_script()
        super().__init__(heads=heads, words=words)
        self.df = pd.DataFrame(columns=heads)

    def show(self, table: pd.DataFrame) -> None:
        """List the rows of a table with the columns there are."""
        self.df = table
        self.rows = json.dumps(table.to_numpy(object).tolist(), ensure_ascii=False)
