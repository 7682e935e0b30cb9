"""The style holds what it promises; charts say what their tables say (labels and heights)."""

from __future__ import annotations

import inspect
import itertools
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from yiyang.charts import agencies, deadlines, matches, promises, share_bars, style, themes
from yiyang.charts import corpus as charts
from yiyang.compare import coverage, workloads
from yiyang.core import messages
from yiyang.core.schema import CHECKOUT
from yiyang.reading import provenance
from yiyang.safety.errors import InputError


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    plt.close("all")


# Colours -----------------------------------------------------------------------------------------

TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
# What dichromats see, in linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
EYES = {
    "normal": np.eye(3),
    "protanope": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranope": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanope": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def linear(colour: str) -> np.ndarray:
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(colour: str, eye: str = "normal") -> np.ndarray:
    xyz = TO_XYZ @ np.clip(np.array(EYES[eye]) @ linear(colour), 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


ROOMS = [agencies, charts, deadlines, matches, promises, themes]
DRAWN = [
    draw
    for room in ROOMS
    for draw in vars(room).values()
    if inspect.isfunction(draw) and draw.__module__ == room.__name__ and draw.__name__[0] != "_"
]


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: f"{draw.__module__[14:]}.{draw.__name__}")
def test_a_chart_needs_neither_axes_nor_language(draw: Callable) -> None:
    asked = inspect.signature(draw).parameters
    assert (asked["ax"].default, asked["lang"].default) == (None, "en")
    empty = [pd.DataFrame(columns=["x"])] * sum(
        p.default is inspect.Parameter.empty for p in asked.values()
    )
    ax = draw(*empty) if hasattr(draw, "__wrapped__") else None
    assert ax is None or ax.texts[0].get_text() == messages.label("chart.nothing_to_draw", "en")


def test_a_chart_draws_on_a_figure_of_its_own_or_on_the_axes_given(corpus) -> None:
    own = charts.text_lengths(corpus.tasks, corpus.jurisdictions)
    _, given = style.figure()
    assert charts.text_lengths(corpus.tasks, corpus.jurisdictions, lang="zh", ax=given) is given
    assert own is not given
    assert own.get_xlabel() != given.get_xlabel()


@pytest.mark.parametrize("eye", EYES)
def test_colours_of_the_jurisdictions_keep_apart_for_every_eye(eye: str) -> None:
    for a, b in itertools.combinations(style.JURISDICTIONS.values(), 2):
        assert np.linalg.norm(lab(a, eye) - lab(b, eye)) > 20


def test_colours_of_the_jurisdictions_keep_apart_in_grey_print() -> None:
    lightness = sorted(lab(c)[0] for c in style.JURISDICTIONS.values())
    assert min(np.diff(lightness)) > 8


def test_colours_of_the_jurisdictions_stand_out_from_paper() -> None:
    for colour in style.JURISDICTIONS.values():
        luminance = (TO_XYZ @ linear(colour))[1]
        assert 1.05 / (luminance + 0.05) >= 3  # WCAG 1.4.11


def test_roles_go_from_dark_to_light() -> None:
    lightness = [lab(c)[0] for c in style.ROLE_COLOURS.values()]
    assert list(style.ROLE_COLOURS) == [
        "lead",
        "responsible",
        "severally_responsible",
        "supporting",
    ]
    assert min(np.diff(lightness)) > 12


def test_a_jurisdiction_has_one_colour_whatever_the_call() -> None:
    colours = style.jurisdiction_colours(["zhongning", "wuhan", "beijing", "aksu"])
    assert colours == style.jurisdiction_colours(["aksu", "beijing", "wuhan", "zhongning"])
    assert colours["beijing"] == style.JURISDICTIONS["beijing"]
    assert (colours["aksu"], colours["wuhan"]) == style.OTHERS[:2]


def test_lists_of_ones_own_take_the_colours_of_those_that_are_not_there() -> None:
    colours = style.jurisdiction_colours(["310000", "310106", "440000", "511724", "530000", "a"])
    assert len(set(colours.values())) == 6
    beside = style.jurisdiction_colours(["310000", *style.JURISDICTIONS])
    assert len(set(beside.values())) == 5


def test_a_figure_grows_with_its_rows_and_never_shrinks() -> None:
    fig, ax = style.figure(height=3)
    style.room(ax, 4)
    assert fig.get_figheight() == 3
    style.room(ax, 12)
    assert fig.get_figheight() > 4


# Type --------------------------------------------------------------------------------------------


def test_the_font_is_our_own_file_and_holds_every_character_of_the_documents(raw: Path) -> None:
    assert Path(font_manager.findfont(style.FONT)) == style.FONT_FILE
    held = set(TTFont(style.FONT_FILE).getBestCmap())
    printed = "".join(p.read_text(encoding="utf-8") for p in raw.glob("*.txt"))
    shown = printed + "".join(words for row in messages.labels().values() for words in row.values())
    assert {c for c in shown if not c.isspace() and ord(c) not in held} == set()


def test_the_font_is_drawn_where_matplotlib_remembers_none(tmp_path: Path) -> None:
    """A machine without Chinese type and with a cache of fonts that does not know ours."""
    script = (
        "import yiyang.charts.style as s, yiyang.charts; from pathlib import Path\n"
        "fig, ax = s.figure(2, 1); ax.set_title('医养结合')\n"
        f"s.save(fig, Path({str(tmp_path / 'a.svg')!r}))"
    )
    for _ in range(2):  # the second time with the cache that the first has written
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            env={**os.environ, "MPLCONFIGDIR": str(tmp_path)},
        )
        assert "YiyangSans" in (tmp_path / "a.svg").read_text(encoding="utf-8")
        (tmp_path / "a.svg").unlink()


BOX = "LastResort"
"""In a chart: the font that matplotlib draws a box with where ours has no such character."""


@pytest.mark.parametrize(
    "text", ["大竹🏥", "Dazhu \N{HOSPITAL}", "\N{THAI CHARACTER KO KAI}", "𠮷"]
)
def test_a_character_that_the_font_lacks_is_a_box_and_no_warning(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        style.apply()
        fig, ax = style.figure(4, 2)
        style.head(ax, text, text, "en")
        ax.set_yticks([0], [text])
        drawn = style.svg(fig)
    assert drawn.count(f'href="#{BOX}') == 3
    assert f"<dc:title>{text}</dc:title>" in drawn


def test_no_chart_of_the_report_has_such_a_box() -> None:
    for path in sorted((CHECKOUT / "notebooks").glob("*/*.ipynb")):
        assert BOX not in path.read_text(encoding="utf-8"), path.name


def test_a_chart_is_the_same_bytes_every_time_and_bears_its_title(tmp_path: Path) -> None:
    for ending in ("svg", "png", "pdf"):
        made = []
        for n in (1, 2):
            fig, ax = style.figure(2, 1)
            ax.bar(["a"], [1])
            ax.set_title("各清单 <b> $x$")
            made.append(style.save(fig, tmp_path / f"{n}.{ending}").read_bytes())
        assert made[0] == made[1]
    assert "<dc:title>各清单 &lt;b&gt; $x$</dc:title>" in style.svg(fig)


# Charts of the corpus ----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", messages.LANGS)
def test_list_lengths(corpus, lang: messages.Lang) -> None:
    table = provenance.lengths(corpus.tasks)
    ax = charts.list_lengths(table, corpus.jurisdictions, style.figure()[1], lang)
    names = messages.short_names(corpus.jurisdictions, lang)
    ticks = [t.get_text().replace("\n", " ") for t in ax.get_yticklabels()]
    drawn = dict(zip(ticks, ax.patches, strict=True))
    expected = {names[r.jurisdiction]: (r.tasks, r.jurisdiction) for r in table.itertuples()}
    assert {k: bar.get_width() for k, bar in drawn.items()} == {
        k: n for k, (n, _) in expected.items()
    }
    for name, (_, jurisdiction) in expected.items():
        assert drawn[name].get_facecolor()[:3] == to_rgb(style.JURISDICTIONS[jurisdiction])


@pytest.mark.parametrize("lang", messages.LANGS)
def test_uses(corpus, lang: messages.Lang) -> None:
    table = provenance.uses(corpus.documents, corpus.leftovers)
    ax = charts.uses(table, style.figure()[1], lang)
    ends = [bar.get_x() + bar.get_width() for bar in ax.containers[-1]]
    assert ends == pytest.approx([1] * len(corpus.documents))
    assert [t.get_text() for t in ax.figure.legends[0].get_texts()] == [
        messages.label(f"use.{use}", lang) for use in provenance.USES
    ]


@pytest.mark.parametrize("lang", messages.LANGS)
def test_text_lengths_has_a_dot_for_every_task(corpus, lang: messages.Lang) -> None:
    ax = charts.text_lengths(corpus.tasks, corpus.jurisdictions, style.figure()[1], lang)
    dots = [len(dots.get_offsets()) for dots in ax.collections]
    assert sorted(dots) == sorted(corpus.tasks["jurisdiction"].value_counts())
    assert ax.figure.get_label()


def test_uses_of_text_add_up_and_tasks_are_found_in_the_lists_only(corpus) -> None:
    table = provenance.uses(corpus.documents, corpus.leftovers)
    assert table.groupby("document_id")["share"].sum().tolist() == pytest.approx([1] * 5)
    tasks = table[table["use"] == "tasks"].set_index("document_id")["characters"]
    assert tasks["chaoyang-case"] == 0
    least = corpus.tasks.groupby("document_id")["text"].apply(lambda t: t.str.len().sum() * 0.99)
    assert (tasks[least.index] >= least).all()


# Dots and tiles in place of stacked bars ---------------------------------------------------------


@pytest.mark.parametrize("n_lists", [2, 5, 16, 60])
@pytest.mark.parametrize("lang", messages.LANGS)
def test_how_many_others_have_it_is_counted_for_few_lists_and_many(
    n_lists: int, lang: messages.Lang
) -> None:
    """Few lists are tiles that hold every task once; many are a dot and a ring each, ranked."""
    places = [f"p{n:02d}" for n in range(n_lists)]
    table = pd.DataFrame(
        [(p, i % 3 and min(i, n_lists - 1), int(i % 2)) for p in places for i in range(6)],
        columns=["jurisdiction", "n_others", "n_possible"],
    )
    called = pd.DataFrame({"jurisdiction": places, "name_zh": places, "name_en": places})
    ax = matches.spread(table, called, style.figure()[1], lang)
    assert len(ax.get_yticks()) == n_lists
    figures = [t.get_text() for t in ax.texts]
    if n_lists < matches.MANY:
        assert sum(map(int, figures)) == len(table)
    else:
        assert set(figures) == {"4", "5"}
    assert not ax.patches


@pytest.mark.parametrize("lang", messages.LANGS)
def test_dated_tasks_are_dots_at_their_share(corpus, lang: messages.Lang) -> None:
    states = coverage.states(corpus.tasks, corpus.deadlines)
    table = coverage.shares(states, corpus.tasks, "jurisdiction")
    groups = messages.short_names(corpus.jurisdictions, lang)
    ax = deadlines.coverage(table, groups, style.figure()[1], lang)
    drawn = sorted(float(x) for dot in ax.collections for x in dot.get_offsets()[:, 0])
    assert drawn == pytest.approx([0, 1 / 30, 1 / 13, 2 / 13, 1])
    assert not ax.patches


def test_long_names_of_many_places_leave_room_for_the_chart(tmp_path: Path) -> None:
    """A UserWarning of matplotlib, that the axes collapsed, fails the test."""
    n = 60
    places = [f"p{i}" for i in range(n)]
    called = [f"Xishuangbanna Dai Autonomous Prefecture {i}, Heilongjiang" for i in range(n)]
    named = pd.DataFrame({"jurisdiction": places, "name_zh": called, "name_en": called})
    shares = pd.DataFrame({"jurisdiction": places, "share": 0.5, "said": "1000 / 2000"})
    pairs = pd.DataFrame(
        [(a, b, 0.9) for a in places for b in places if a != b],
        columns=["jurisdiction", "other_jurisdiction", "share"],
    )
    style.apply()
    for number, draw in enumerate(
        (
            lambda ax: share_bars.shares(shares, named, ax, "en"),
            lambda ax: matches.shared(pairs, named, ax, "en"),
        )
    ):
        fig, ax = style.figure(height=0.6 + 0.32 * n)
        draw(ax)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            style.save(fig, tmp_path / f"{number}.svg")
        assert ax.get_position().width > 0.2


def test_of_many_places_the_shares_are_ranked_dots_in_one_colour() -> None:
    n = share_bars.FEW + 2
    places = [f"p{i}" for i in range(n)]
    named = pd.DataFrame({"jurisdiction": places, "name_zh": places, "name_en": places})
    table = pd.DataFrame(
        {
            "jurisdiction": places,
            "share": [(i * 3 % n) / n for i in range(n)],
            "said": [f"{i} / 9" for i in range(n)],
        }
    )
    _, ax = plt.subplots()
    share_bars.shares(table, named, ax, "zh")
    (dots,) = [c for c in ax.collections if len(c.get_offsets()) == n]
    assert [x for x, _ in dots.get_offsets()] == sorted(table["share"], reverse=True)
    assert len({tuple(colour) for colour in dots.get_facecolors()}) == 1
    best = table.sort_values("share", ascending=False)["jurisdiction"].iloc[0]
    assert ax.get_yticklabels()[0].get_text() == best


@pytest.mark.parametrize("months", [0, 1, 2, 5, 9, 14, 30, 60, 240])
@pytest.mark.parametrize("issued", [pd.Timestamp("2024-03-18"), pd.NaT])
def test_a_time_axis_names_months_once_and_none_over_another(
    months: int, issued: pd.Timestamp
) -> None:
    begin = pd.Timestamp("2024-03-31")
    days = sorted({begin, begin + pd.DateOffset(months=months)})
    table = pd.DataFrame({"jurisdiction": "x", "month": days, "tasks": 1, "date_issued": issued})
    named = {"jurisdiction": ["x"], "name_zh": ["x"], "name_en": ["county (place not stated)"]}
    ax = deadlines.timeline(table, pd.DataFrame(named))
    for _ in range(2):  # a second layout starts from the first
        ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    ticks = [tick.label1 for tick in ax.xaxis.get_major_ticks() if low <= tick.get_loc() <= high]
    words, boxes = [t.get_text() for t in ticks], [t.get_window_extent() for t in ticks]
    assert len(words) == len(set(words)) >= 2
    for one, other in itertools.pairwise(boxes):
        assert one.x1 + 4 <= other.x0, words
    assert boxes[-1].x1 <= ax.figure.bbox.x1


def test_bars_of_one_list_say_their_roles_and_what_is_not_drawn(corpus) -> None:
    counted = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    own = counted[counted["jurisdiction"] == "zhongning"]
    ax = agencies.workload(own, corpus.agencies)
    left = int((own["tasks"] < agencies.FEWEST).sum())
    assert len(ax.get_yticklabels()) == len(own) - left
    assert ax.figure.texts[-1].get_label().endswith(f": {left}")
    (legend,) = ax.figure.legends
    assert "Supporting" in [text.get_text() for text in legend.get_texts()]
    once = own.assign(tasks=1)
    assert len(agencies.workload(once, corpus.agencies).get_yticklabels()) == len(own)
    with pytest.raises(InputError, match="the rows of 4 lists"):
        agencies.workload(counted, corpus.agencies)


@pytest.mark.parametrize(
    ("days", "numbers", "lifted"),
    [
        ([0, 300, 700], [1, 2, 16], [0, 0, 0]),
        ([0, 20, 40, 400], [3, 2, 4, 2], [0, 10, 20, 0]),
        ([0, 20], [100, 28], [0, 10]),
        ([0], [7], [0]),
        ([0, 5, 10, 15, 20], [1, 1, 1, 1, 1], [0, 10, 20, 30, 0]),
    ],
)
def test_no_number_of_a_timeline_runs_into_the_one_before_it(
    days: list[int], numbers: list[int], lifted: list[int]
) -> None:
    assert deadlines._lifted(np.array(days), pd.Series(numbers), 1000) == lifted
