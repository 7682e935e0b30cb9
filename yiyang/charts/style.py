"""Set one style for all charts: the font, the colours, the size, and how a chart is stored.

Colour belongs to the jurisdiction or to the role, never to the call. The colours keep apart for
colour-blind readers and differ in lightness, so that they also keep apart in grey print
(tests/charts/test_charts.py measures both).
"""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath
from matplotlib.transforms import ScaledTranslation

from yiyang.core.messages import LANGS, Lang, label
from yiyang.core.schema import PACKAGE, ROLES
from yiyang.safety import escaping
from yiyang.safety.later import expression

FONT_FILE = PACKAGE / "assets" / "fonts" / "yiyang-sans.otf"
FONT = "Yiyang Sans"

JURISDICTIONS = {
    "beijing": "#123a6b",
    "zhongning": "#a5304f",
    "jiyuan": "#00897b",
    "chaoyang": "#c98500",
}
OTHERS = ("#5aa9e6", "#d9789f", "#7cae3a", "#7a5c2e", "#6b4c9a")
"""For other jurisdictions, in the alphabetical order of their names."""

# From dark to light as the duty grows lighter: the order is read in grey print too.
ROLE_COLOURS = dict(zip(ROLES, ("#3b2a6d", "#6f5fae", "#9d92c9", "#c9c4e0"), strict=True))
MISSING = "#d9d9d9"
"""For what a document does not state; drawn with `MISSING_HATCH`, so that it is no value."""
MISSING_HATCH = "////"
INK = "#222222"
FAINT = "#6b6b6b"

# 4.4 inches are 422 px in a page; on a phone of 375 px the picture shrinks to four fifths, and the
# smallest type, 9 pt, is 9.8 px there.
WIDTH = 4.4
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
_DIGITS = expression(r"(?P<scale>scale\([^)]{0,99}\))|(?:-|(?<!\d))\d++\.\d{3,}")
# " \nL 432 216" in the path of a chart: a letter needs no space before it.
_BREAK = expression(r"[ \t]{0,4}\n\s{0,4}([MLQCz])")
# id="YiyangSans-Regular-cc7" of a letter, named again wherever the letter stands
_GLYPH = "YiyangSans-Regular-"
_NO_DATE = {"Date": None, "Creator": None}


def apply() -> None:
    """Set the style for this process; in a notebook charts become SVG without a time stamp.

    A character that the font lacks (🏥 in the name of a place, a rare one in a document) is drawn
    as a box with the sign of its script, by matplotlib's own font for that, and without a warning:
    no list is refused for it. The font is read from the package, whatever matplotlib's cache of the
    machine's fonts says.
    """
    if FONT not in font_manager.get_font_names():
        font_manager.fontManager.addfont(str(FONT_FILE))
    mpl.rcParams.update(SETTINGS)
    warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
    try:
        from IPython import get_ipython  # noqa: PLC0415  (only the notebooks need IPython)
    except ImportError:
        return
    if (shell := get_ipython()) and hasattr(shell, "kernel"):
        from matplotlib_inline import backend_inline  # noqa: PLC0415

        backend_inline.set_matplotlib_formats("svg")
        shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, svg)


def figure(width: float = WIDTH, height: float = 3.0) -> tuple[Figure, Axes]:
    """Make a figure in the style with one Axes; sizes in inches."""
    import matplotlib.pyplot as plt  # noqa: PLC0415  (slow, and only drawing needs it)

    return plt.subplots(figsize=(width, height))


def axes(ax: Axes | None) -> Axes:
    """Return the Axes to draw on: that given, else those of a new figure in the style."""
    return figure()[1] if ax is None else ax


ROW = 0.27
"""Inches that a row with its name needs."""


def room(ax: Axes, rows: float, besides: float = 1.5) -> None:
    """Make the figure high enough for so many rows, and `besides` inches for title, axis and
    legend: a corpus may hold more lists than the height was chosen for."""
    fig = ax.get_figure(root=True)
    assert isinstance(fig, Figure)
    fig.set_figheight(max(fig.get_figheight(), besides + ROW * rows))


TITLE, SUBJECT = 12, 10
"""Points of the two lines over a chart."""
MARGIN = 0.01


def head(drawn: Axes | Figure, finding: str, subject: str, lang: Lang) -> None:
    """Write over a chart what it shows (`finding`) and below that, fainter, what is drawn.

    Both are told in the stored chart too (`svg`): the finding is its title, the subject its
    description.
    """
    fig = drawn if isinstance(drawn, Figure) else drawn.get_figure(root=True)
    assert isinstance(fig, Figure)
    room = fig.get_figwidth() * 72 * (1 - 2 * MARGIN)
    above, below = _lines(finding, lang, TITLE, room), _lines(subject, lang, SUBJECT, room)
    # The two texts lie one over the other, each with empty lines where the other has words; the
    # first makes the layout keep the room of both.
    first = "\n".join([*above, *[""] * len(below)])
    fig.suptitle(first, x=MARGIN, ha="left", size=TITLE, linespacing=LEADING)
    fig.set_label(finding)
    fig.text(
        MARGIN,
        1,
        "\n".join([*[""] * len(above), *below]),
        va="top",
        size=SUBJECT,
        color=FAINT,
        linespacing=LEADING * TITLE / SUBJECT,
        transform=fig.transFigure + ScaledTranslation(0, -PAD, fig.dpi_scale_trans),
        gid=_SUBJECT,
        label=subject,
    )


LEADING = 1.25
PAD = 3 / 72
"""Inches that the layout leaves over a title."""
_SUBJECT = "subject"
# A clause ends here: a line of Chinese breaks best after it.
_CLAUSE = "，；：、。）"


def _lines(text: str, lang: Lang, size: float, room: float) -> list[str]:
    """The text, set in `size`, in lines of at most `room`; both in points."""
    if lang == "en":
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and _breadth(longer, size) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
    lines, width = [], int(room / size)  # a Chinese character is as wide as high, none is wider
    while len(text) > width:
        cut = 1 + max((text.rfind(mark, width // 2, width) for mark in _CLAUSE), default=-1)
        cut = cut or width - (text[width] in _CLAUSE)
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, text]


def _breadth(text: str, size: float) -> float:
    """How wide a line of text stands, in points."""
    return float(TextPath((0, 0), text, size=size, prop=_TYPE).get_extents().width)


_TYPE = font_manager.FontProperties(fname=FONT_FILE)


def svg(fig: Figure) -> str:
    """Write the figure as SVG text that names its title and its subject (`head`), from which pages
    take the text alternative."""
    titles = [ax.get_title(loc) for ax in fig.axes for loc in ("left", "center", "right")]
    title = "; ".join(" ".join(t.split()) for t in [fig.get_suptitle(), *titles] if t)
    subject = next((text.get_label() for text in fig.texts if text.get_gid() == _SUBJECT), None)
    told = {"Title": str(fig.get_label()) or title, "Description": subject}
    told = {key: words for key, words in told.items() if words}
    buffer = io.StringIO()
    fig.savefig(buffer, format="svg", metadata={**_NO_DATE, **told})
    return smaller(escaping.visible(buffer.getvalue()))


def smaller(svg: str) -> str:
    """Shorten the chart to coordinates of two decimals and short names of glyphs; nothing that can
    be seen changes."""
    return _BREAK.sub(r"\1", _DIGITS.sub(_rounded, svg)).replace(_GLYPH, "g")


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
    """Give each jurisdiction its colour; those without a fixed one take `OTHERS` in turn, then the
    colours of such as are not there; then from the start again.

    Give all jurisdictions of the corpus, so that each has one colour in all its charts.
    """
    wanted = list(dict.fromkeys(jurisdictions))
    strangers = sorted(set(wanted) - set(JURISDICTIONS))
    free = [*OTHERS, *(JURISDICTIONS[name] for name in JURISDICTIONS if name not in wanted)]
    spare = {name: free[i % len(free)] for i, name in enumerate(strangers)}
    return {name: JURISDICTIONS.get(name) or spare[name] for name in wanted}


def role_names(lang: Lang) -> dict[str, str]:
    """Name the four roles, from lead to supporting, with their names in `lang`."""
    return {role: label(f"role.{role}", lang) for role in ROLES}


P = ParamSpec("P")
T = TypeVar("T")


def or_nothing(draw: Callable[P, T]) -> Callable[P, T]:
    """Make of a chart one that says so in its place where its table, the first argument, holds no
    row: no units, no dates and no themes are ordinary in a corpus."""

    @wraps(draw)
    def drawn(*args: P.args, **options: P.kwargs) -> T:
        given: list[Any] = [*args, *options.values()]
        if len(given[0]):
            return draw(*args, **options)
        place = next((arg for arg in given if isinstance(arg, Axes | Figure)), None)
        lang: Lang = next((arg for arg in given if isinstance(arg, str) and arg in LANGS), "en")
        if isinstance(place, Figure):
            return [nothing(place.subplots(), lang)]  # type: ignore[return-value]
        return nothing(axes(place), lang)  # type: ignore[return-value]

    return drawn


def nothing(ax: Axes, lang: Lang) -> Axes:
    """Say on the Axes that there is nothing to draw, on a line in place of an empty frame."""
    ax.set_axis_off()
    ax.get_figure(root=True).set_figheight(0.5)  # type: ignore[union-attr]
    ax.figure.set_label(label("chart.nothing_to_draw", lang))
    ax.text(0.5, 0.5, label("chart.nothing_to_draw", lang), ha="center", transform=ax.transAxes)
    return ax


def legend_below(ax: Axes, **options: Any) -> None:
    """Put the legend of a chart under it, from the left edge of the figure, in two columns."""
    ax.get_figure().legend(loc="outside lower left", **{"ncols": 2, **options})  # type: ignore[union-attr]


def wrap(texts: Sequence[str], lang: Lang, width: int = 24) -> list[str]:
    """Break long tick labels into lines of some `width` letters (a Chinese character is two)."""
    if lang == "zh":
        return ["\n".join(textwrap.wrap(text, width // 2)) for text in texts]
    return ["\n".join(textwrap.wrap(text, width, break_long_words=False)) for text in texts]
