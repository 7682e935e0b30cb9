"""The titles of charts say what their tables say, for any number of lists, and fit over a chart."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from yiyang.charts import agencies, deadlines, headlines, matches, promises, style
from yiyang.charts import corpus as charts
from yiyang.compare import coverage, gaps, workloads
from yiyang.compare import promises as promised
from yiyang.core.messages import LANGS, Lang, names, short_names
from yiyang.matches import reuse
from yiyang.reading import provenance


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def states(**tasks: int) -> dict[str, int]:
    return dict.fromkeys(coverage.STATES, 0) | tasks


@pytest.mark.parametrize(
    ("groups", "zh", "en"),
    [
        ({"甲": states(dated=3), "乙": states(none=2)}, "甲的任务项项有时限，乙一项也没有",
         "甲 dates every task; 乙 none"),
        ({"甲": states(dated=1, recurring=1, none=2), "乙": states(dated=1, ongoing=3)},
         "甲的任务50%有时限，乙只有25%", "甲 dates 50% of its tasks; 乙 25%"),
        ({"甲": states(procedural=2), "乙": states(none=1)}, "没有一项任务写明时限",
         "No task states when it is due"),
        ({"甲": states(dated=2)}, "每项任务都写明时限", "Every task states when it is due"),
        ({"甲": states(dated=2, none=4), "乙": states(dated=3333, none=6667)},
         "33%的任务写明时限", "33% of the tasks state when they are due"),
        ({"甲": states(dated=1, none=3)}, "25%的任务写明时限",
         "25% of the tasks state when they are due"),
    ],
)  # fmt: skip
def test_coverage(groups: dict[str, dict[str, int]], zh: str, en: str) -> None:
    counts = pd.DataFrame.from_dict(groups, orient="index")
    assert headlines.coverage(counts, "jurisdiction", "zh") == zh
    assert headlines.coverage(counts, "jurisdiction", "en") == en


@pytest.mark.parametrize(
    ("tasks", "zh"),
    [
        ([5], "清单有5项任务"),
        ([5, 5], "各清单都有5项任务"),
        ([5, 9], "乙的清单最长，9项任务；甲的最短，5项"),
    ],
)
def test_list_lengths(tasks: list[int], zh: str) -> None:
    table = pd.DataFrame({"jurisdiction": ["a", "b"][: len(tasks)], "tasks": tasks})
    assert headlines.list_lengths(table, pd.Series({"a": "甲", "b": "乙"}), "zh") == zh


def test_the_number_of_clusters_is_told_against_fewer_only_where_fewer_were_tried() -> None:
    table = pd.DataFrame({"k": [8, 12, 16], "is_chosen": [False, True, False]})
    assert headlines.selection(table, "en").startswith("12 clusters are taken: fewer")
    assert headlines.selection(table[1:], "en").endswith("the fewest that were tried")


def test_places_in_titles_are_short_and_never_alike() -> None:
    full = pd.DataFrame(
        {
            "jurisdiction": list("abcd"),
            "name_zh": ["北京市朝阳区", "吉林省长春市朝阳区", "北京市", "宁夏回族自治区中宁县"],
            "name_en": [
                "Chaoyang, Beijing",
                "Chaoyang, Changchun",
                "Beijing",
                "Zhongning, Ningxia",
            ],
        }
    )
    assert short_names(full, "zh").tolist() == ["朝阳区", "长春市朝阳区", "北京市", "中宁县"]
    assert short_names(full, "en").tolist() == [*full["name_en"][:2], "Beijing", "Zhongning"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_has_a_finding_over_it_that_fits_and_that_its_file_tells(
    corpus, lang: Lang
) -> None:
    """Two lines at most, within the figure, above the drawing; title and description of the SVG."""
    places, c = corpus.jurisdictions, corpus
    state = coverage.states(c.tasks, c.deadlines)
    timed = coverage.shares(state, c.tasks, "jurisdiction")
    lines = coverage.timeline(state, c.tasks, c.documents)
    worded = promised.strengths(promised.wording(c))
    named = workloads.by_agency(c.assignments, c.tasks, c.agencies)
    drawn = [
        charts.uses(provenance.uses(c.documents, c.leftovers), _axes(), lang),
        charts.list_lengths(provenance.lengths(c.tasks), places, _axes(), lang),
        charts.text_lengths(c.tasks, places, _axes(), lang),
        deadlines.coverage(timed, names(places, lang), _axes(), lang),
        deadlines.timeline(lines, places, _axes(), lang),
        matches.shared(gaps.matrix(c.task_matches, c.tasks), places, _axes(), lang),
        matches.spread(gaps.spread(c.task_matches, c.tasks), places, _axes(), lang),
        matches.reused(reuse.shares(c.tasks), places, _axes(), lang),
        promises.strengths(worded, places, _axes(), lang),
        agencies.roles(named, places, c.agencies, _axes(), lang),
        agencies.workload(named[named["jurisdiction"] == "zhongning"], c.agencies, _axes(), lang),
    ]
    for ax in drawn:
        fig = ax.figure
        finding, said = str(fig.get_label()), style.svg(fig)
        title, subject = fig._suptitle, fig.texts[-1]
        assert f"<dc:title>{finding}</dc:title>" in said
        assert f"<dc:description>{subject.get_label()}</dc:description>" in said
        assert finding != subject.get_label()
        assert len(title.get_text().strip().split("\n")) <= 2, finding
        for words in (title, subject):
            box = words.get_window_extent()
            assert box.x1 <= fig.bbox.x1, words.get_text()
            assert box.y0 >= ax.get_window_extent().y1 - 1, words.get_text()


@pytest.mark.parametrize(("lang", "text"), [("en", "WWW 41% mm " * 30), ("zh", "国、" * 90)])
def test_a_title_of_wide_letters_stays_within_the_figure(lang: Lang, text: str) -> None:
    ax = _axes()
    style.apply()
    style.head(ax, text, text, lang)
    for words in (ax.figure._suptitle, ax.figure.texts[-1]):
        assert words.get_window_extent().x1 <= ax.figure.bbox.x1
        assert "".join(words.get_text().split()) == "".join(text.split())


def _axes(width: float = style.WIDTH) -> plt.Axes:
    return style.figure(width, 3.4)[1]


@pytest.mark.parametrize("lang", LANGS)
def test_titles_of_lists_with_panels(corpus, lang: Lang) -> None:
    table = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    named = names(corpus.agencies, lang)
    said = headlines.workloads(table, named, lang)
    assert named["health"] in said
    assert named["civil_affairs"] in said


@pytest.mark.parametrize(
    ("pairs", "which"),
    [
        (["ab"], "one_list"),
        (["ab", "ab", "ab"], "every_list"),
        (["ab", "ab", "cd"], "some_lists"),
        (["ab", "cd", "ef"], "no_two_lists"),
        (["ab", "ab", "cd", "ef", "gh", "ij"], "many_differ"),
        (["ab", "ab", "ab", "ef", "gh", "ij"], "some_lists"),
    ],
)
def test_what_few_of_many_lists_have_in_common_is_no_finding(pairs: list[str], which: str) -> None:
    assert headlines._commonest([tuple(p) for p in pairs], len(pairs))[0] == which


@pytest.mark.parametrize("lang", LANGS)
def test_many_lists_are_ranked_with_the_largest_share_named(lang: Lang) -> None:
    keys = [f"unknown-{n}" for n in range(9)]
    places = pd.DataFrame({"jurisdiction": keys})
    places["name_zh"] = places["name_en"] = [f"place {n} with a rather long name" for n in range(9)]
    table = pd.DataFrame(
        [
            (a, b, (i * j) % 7 / 10)
            for i, a in enumerate(keys)
            for j, b in enumerate(keys)
            if i != j
        ],
        columns=["jurisdiction", "other_jurisdiction", "share"],
    )
    _, ax = style.figure()
    matches.shared(table, places, ax, lang)
    assert not ax.images  # no wall of percentages
    largest = table.groupby("jurisdiction")["share"].max()
    assert len(ax.texts) == int((largest > 0).sum())
    plt.close("all")
