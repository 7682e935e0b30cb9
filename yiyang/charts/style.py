"""One style for all charts: the font, the colours, the size, and how a chart is stored.

Colour belongs to the jurisdiction or to the role, never to the call. The colours keep apart for
colour-blind readers and differ in lightness, so that they also keep apart in grey print
(tests/test_charts.py measures both).
"""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from yiyang import safe
from yiyang.labels import Lang, label
from yiyang.tables import PACKAGE

FONT_FILE = PACKAGE / "assets" / "fonts" / "yiyang-sans.otf"
FONT = "Yiyang Sans"

JURISDICTIONS = {
    "beijing": "#123a6b",
    "zhongning": "#a5304f",
    "jiyuan": "#00897b",
    "chaoyang": "#c98500",
}
OTHERS = ("#5aa9e6", "#d9789f", "#7cae3a", "#7a5c2e", "#6b4c9a")
"""For other jurisdictions, in the alphabetical order of their names; then from the start again."""

# From dark to light as the duty grows lighter: the order is read in grey print too.
ROLES = {
    "lead": "#3b2a6d",
    "responsible": "#6f5fae",
    "severally_responsible": "#9d92c9",
    "supporting": "#c9c4e0",
}
MISSING = "#d9d9d9"
"""For what a document does not state; drawn with `MISSING_HATCH`, so that it is no value."""
MISSING_HATCH = "////"
INK = "#222222"
FAINT = "#6b6b6b"

# 6 inches are 576 px in a page; on a phone the picture shrinks to 60 %, and 11 pt stay readable.
WIDTH = 6.0
SETTINGS: Any = {
    "font.family": [FONT],
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 10,
    "axes.labelcolor": FAINT,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": "#e6e6e6",
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "text.color": INK,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "hatch.color": "#9a9a9a",
    "figure.constrained_layout.use": True,
    "figure.dpi": 96,
    "savefig.dpi": 192,
    # Letters as outlines: a chart looks alike on a machine without Chinese type.
    "svg.fonttype": "path",
    "svg.hashsalt": "yiyang",
    # A dollar sign in a document is a dollar sign.
    "text.parse_math": False,
}
# 142.11024 in a path or an attribute of a chart; a hundredth of a point is finer than a pixel.
# scale(0.015625) stays as it is: it multiplies what stands in it.
_DIGITS = re.compile(r"(?P<scale>scale\([^)]*\))|-?\d+\.\d{3,}")
# " \nL 432 216" in the path of a chart: a letter needs no space before it.
_BREAK = re.compile(r"\s*\n\s*([MLQCz])")
_NO_DATE = {"Date": None, "Creator": None}


def apply() -> None:
    """Set the style for this process; in a notebook charts become SVG without a time stamp.

    A character that the font lacks becomes an error in place of an empty box. The font is read
    from the package, whatever matplotlib's cache of the machine's fonts says.
    """
    if FONT not in font_manager.get_font_names():
        font_manager.fontManager.addfont(str(FONT_FILE))
    mpl.rcParams.update(SETTINGS)
    warnings.filterwarnings("error", message="Glyph .* missing from", category=UserWarning)
    try:
        from IPython import get_ipython  # noqa: PLC0415  (only the notebooks need IPython)
    except ImportError:
        return
    if (shell := get_ipython()) and hasattr(shell, "kernel"):
        from matplotlib_inline import backend_inline  # noqa: PLC0415

        backend_inline.set_matplotlib_formats("svg")
        shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, svg)


def figure(width: float = WIDTH, height: float = 3.0) -> tuple[Figure, Axes]:
    """A figure in the style with one Axes; sizes in inches."""
    import matplotlib.pyplot as plt  # noqa: PLC0415  (slow, and only drawing needs it)

    return plt.subplots(figsize=(width, height))


def svg(fig: Figure) -> str:
    """The figure as SVG text that names its title, from which pages take the text alternative."""
    titles = [ax.get_title(loc) for ax in fig.axes for loc in ("left", "center", "right")]
    title = "; ".join(" ".join(t.split()) for t in [fig.get_suptitle(), *titles] if t)
    buffer = io.StringIO()
    fig.savefig(buffer, format="svg", metadata={**_NO_DATE, "Title": title or None})
    return smaller(safe.visible(buffer.getvalue()))


def smaller(svg: str) -> str:
    """The chart with coordinates of two decimals; nothing that can be seen changes."""
    return _BREAK.sub(r"\1", _DIGITS.sub(_rounded, svg))


def _rounded(match: re.Match[str]) -> str:
    if match["scale"]:
        return match["scale"]
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


def save(fig: Figure, path: Path) -> Path:
    """Store the figure as SVG, PNG or PDF by the ending of `path`; the same bytes each time."""
    metadata = {"Software": None} if path.suffix == ".png" else _NO_DATE
    if path.suffix == ".pdf":
        metadata = {"CreationDate": None, "Creator": None, "Producer": None}
    fig.savefig(path, metadata=metadata)
    return path


def jurisdiction_colours(jurisdictions: Iterable[str]) -> dict[str, str]:
    """Each jurisdiction with its colour; those without a fixed one take `OTHERS` in turn.

    Give all jurisdictions that a reader sees together, so that the others keep apart.
    """
    wanted = list(dict.fromkeys(jurisdictions))
    strangers = sorted(set(wanted) - set(JURISDICTIONS))
    spare = {name: OTHERS[i % len(OTHERS)] for i, name in enumerate(strangers)}
    return {name: JURISDICTIONS.get(name) or spare[name] for name in wanted}


def role_names(lang: Lang) -> dict[str, str]:
    """The four roles, from lead to supporting, with their names in `lang`."""
    return {role: label(f"role.{role}", lang) for role in ROLES}


def nothing(ax: Axes, lang: Lang) -> Axes:
    """Say on the Axes that there is nothing to draw, in place of an empty frame."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, label("nothing_to_draw", lang), ha="center", transform=ax.transAxes)
    return ax


def legend_below(ax: Axes, **options: Any) -> None:
    """The legend of a chart under it, from the left edge of the figure, in two columns."""
    ax.get_figure().legend(loc="outside lower left", **{"ncols": 2, **options})  # type: ignore[union-attr]


def wrap(texts: Sequence[str], lang: Lang, width: int = 24) -> list[str]:
    """Long tick labels broken into lines of some `width` letters (a Chinese character is two)."""
    if lang == "zh":
        return ["\n".join(textwrap.wrap(text, width // 2)) for text in texts]
    return ["\n".join(textwrap.wrap(text, width)) for text in texts]
