"""Coverage, calendar and wording: the tables, the findings and the charts drawn from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import yiyang
from yiyang.charts import deadlines as deadline_charts
from yiyang.charts import promises as promise_charts
from yiyang.charts import style
from yiyang.compare import coverage, promises
from yiyang.core import schema
from yiyang.core.messages import LANGS, Lang, label, labels, names, short_names
from yiyang.reading import indicators
from yiyang.show.paragraphs import deadlines as paragraphs
from yiyang.show.paragraphs import promises as promised


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def states(corpus: yiyang.Corpus) -> pd.DataFrame:
    return coverage.states(corpus.tasks, corpus.deadlines)


def _deadlines(rows: list[tuple[str, str, str | None]]) -> pd.DataFrame:
    """Deadlines of (task, kind, due); the first kind of each task stands in the column."""
    frame = pd.DataFrame(rows, columns=["task_id", "kind", "due"])
    fill = {"source": "column", "printed": "x", "start": None, "precision": "day", "line": 1}
    fill |= {"qualifier": None, "unread": None}
    frame = frame.assign(
        **fill, is_ongoing=frame["kind"] == "ongoing", is_year_inferred=False, is_inferred=False
    )
    frame["order"] = frame.groupby("task_id").cumcount() + 1
    return schema.cast("deadlines", frame)


def test_the_firmest_time_of_a_task_gives_its_state() -> None:
    tasks = pd.DataFrame({"task_id": list("abcdefg"), "jurisdiction": "x"})
    times = _deadlines(
        [
            ("a", "by_date", "2022-12-31"),
            ("a", "procedural", None),
            ("b", "recurring", "2022-12-31"),
            ("c", "ongoing", None),
            ("d", "by_date", None),
            ("e", "procedural", None),
            ("f", "", None),
        ]
    )
    states = coverage.states(tasks, times)
    assert states["state"].tolist() == [
        "dated", "recurring", "ongoing", "yearless", "procedural", "undated", "none",
    ]  # fmt: skip
    assert states.set_index("task_id").loc["c", "is_ongoing"]
    assert not states.set_index("task_id").loc["g", "is_ongoing"]


@pytest.mark.parametrize(
    ("kind", "precision", "state"),
    [
        ("by_date", "month", "yearless"),
        ("by_date", "day", "yearless"),
        ("period", "quarter", "yearless"),
        ("by_date", None, "undated"),  # 尽快
        ("recurring", "month", "recurring"),
    ],
)
def test_a_month_without_a_year_is_a_date_of_unknown_year(
    kind: str, precision: str | None, state: str
) -> None:
    tasks = pd.DataFrame({"task_id": ["a"], "jurisdiction": "x"})
    times = _deadlines([("a", kind, None)]).assign(precision=precision)
    states = coverage.states(tasks, times)
    assert states["state"].tolist() == [state]
    assert coverage.timed(tasks, times)["timed"].tolist() == [int(state != "undated")]
    assert coverage.calendar(states).empty  # no month of any year


def test_without_any_deadline_every_task_states_none(corpus: yiyang.Corpus) -> None:
    states = coverage.states(corpus.tasks, corpus.deadlines.iloc[:0])
    assert set(states["state"]) == {"none"}
    assert coverage.calendar(states).empty


def test_every_list_adds_up(corpus: yiyang.Corpus, states: pd.DataFrame) -> None:
    table = coverage.shares(states, corpus.tasks, "jurisdiction")
    by = table.groupby("jurisdiction")
    assert by["tasks"].sum().to_dict() == corpus.tasks["jurisdiction"].value_counts().to_dict()
    assert by["share"].sum().tolist() == pytest.approx([1] * 4)
    found = table[table["tasks"] > 0].set_index(["jurisdiction", "state"])["tasks"].to_dict()
    assert found == {
        ("chaoyang", "none"): 52,
        ("jiyuan", "dated"): 1,
        ("jiyuan", "procedural"): 2,
        ("jiyuan", "none"): 27,
        ("beijing", "dated"): 1,
        ("beijing", "recurring"): 1,
        ("beijing", "none"): 11,
        ("zhongning", "dated"): 57,
    }


def test_a_task_counts_once_in_each_group_that_it_stands_in(states: pd.DataFrame) -> None:
    groups = pd.DataFrame(
        {
            "task_id": ["zhongning-01", "zhongning-01", "zhongning-01", "chaoyang-01"],
            "agency_id": ["health", "health", "finance", "health"],
        }
    )
    table = coverage.shares(states, groups, "agency_id")
    dated = table[table["state"] == "dated"].set_index("agency_id")
    assert dated["tasks"].to_dict() == {"health": 1, "finance": 1}
    assert dated["of"].to_dict() == {"health": 2, "finance": 1}
    assert coverage.ranked(table) == ["finance", "health"]
    assert coverage.ranked(table, least=2) == ["health"]


def test_the_calendar_holds_every_dated_task_once(states: pd.DataFrame) -> None:
    months = coverage.calendar(states)
    assert months["tasks"].sum() == (states["state"] == "dated").sum()
    assert months["month"].dt.is_month_end.all()
    last = months[months["month"] == "2022-12-31"].set_index("jurisdiction")["tasks"]
    assert last.to_dict() == {"beijing": 1, "zhongning": 27}


def test_time_from_issue_to_due(corpus: yiyang.Corpus, states: pd.DataFrame) -> None:
    waits = coverage.lead_times(states, corpus.tasks, corpus.documents).set_index("task_id")["days"]
    assert waits["zhongning-29"] == (date(2021, 3, 31) - date(2021, 2, 26)).days
    assert waits["beijing-02"] == (date(2022, 12, 31) - date(2021, 4, 15)).days
    assert pd.isna(waits["jiyuan-09"])


def test_phrases_count_every_task_with_a_time(corpus: yiyang.Corpus) -> None:
    phrases = coverage.phrases(corpus.deadlines)
    assert phrases.loc[phrases["source"] == "column", "tasks"].sum() == 57
    assert not phrases.duplicated(["source", "printed", "due"]).any()


def test_wording_against_dates_adds_up(corpus: yiyang.Corpus) -> None:
    worded = promises.wording(corpus)
    assert worded["is_dated"].sum() == 60
    assert worded["has_target"].sum() == corpus.targets["task_id"].nunique()
    table = promises.strengths(worded)
    assert table["tasks"].sum() == len(corpus.tasks)
    assert promises.by_strength(worded)["dated"].sum() == 60


@pytest.mark.parametrize("lang", LANGS)
def test_findings_are_computed_from_the_tables(corpus: yiyang.Corpus, lang: Lang) -> None:
    texts = [
        paragraphs.dated(corpus, lang),
        paragraphs.calendar(corpus, lang),
        promised.wording(corpus, lang),
        promised.figures(corpus, lang),
    ]
    for text, figures in zip(
        texts,
        (["152", "60", "95"], ["27", "2022-12-31"], ["26", "57", "12", "31", "54%"], ["29", "20"]),
        strict=True,
    ):
        assert text.startswith("**")
        assert "{" not in text
        assert all(figure in text for figure in figures)


def _part(corpus: yiyang.Corpus, document_id: str) -> yiyang.Corpus:
    """A corpus of one document."""
    ids = corpus.tasks.loc[corpus.tasks["document_id"] == document_id, "task_id"]
    frames = {}
    for name in ("tasks", "documents", "outcomes", "jurisdictions"):
        frame = corpus.table(name)
        keep = frame["document_id"] == document_id if "document_id" in frame else slice(None)
        frames[name] = frame.loc[keep].reset_index(drop=True)
    for name in ("deadlines", "targets", "obligations", "assignments"):
        frame = corpus.table(name)
        frames[name] = frame[frame["task_id"].isin(ids)].reset_index(drop=True)
    return yiyang.Corpus(frames | {"agencies": corpus.agencies})


def _of_lists(corpus: yiyang.Corpus, lang: Lang) -> list[str]:
    """The findings that name the lists and places of the corpus."""
    return [
        paragraphs.dated(corpus, lang),
        promised.own(corpus, lang),
        promised.wording(corpus, lang),
    ]


def _others(own: yiyang.Corpus, corpus: yiyang.Corpus, lang: Lang) -> list[str]:
    """The places of the corpus that have no task in `own`."""
    place = names(corpus.jurisdictions, lang)
    return place.drop(own.tasks["jurisdiction"].unique()).tolist()


@pytest.mark.parametrize("lang", LANGS)
def test_findings_name_the_places_of_the_corpus(corpus: yiyang.Corpus, lang: Lang) -> None:
    place = short_names(corpus.jurisdictions, lang)
    dated, own, worded = _of_lists(corpus, lang)
    assert {"60", "57", "152"} <= set(re.findall(r"\d+", dated))
    for text, keys in (
        (dated, ["chaoyang", "jiyuan", "zhongning", "beijing"]),
        (own, ["chaoyang"]),
        (worded, ["chaoyang", "zhongning"]),
    ):
        assert all(place[key] in text for key in keys)
    # The words are those that stand in the tasks.
    assert "不得" in worded
    assert "必须" not in worded


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("document_id", ["chaoyang", "jiyuan", "beijing", "zhongning"])
def test_one_list_alone_is_found_and_drawn(
    corpus: yiyang.Corpus, document_id: str, lang: Lang
) -> None:
    own = _part(corpus, document_id)
    states = coverage.states(own.tasks, own.deadlines)
    assert "152" not in paragraphs.dated(own, lang)
    assert paragraphs.calendar(own, lang)
    assert promised.wording(own, lang)
    assert promised.figures(own, lang)
    for text in _of_lists(own, lang):
        assert text
        rest = text.replace(names(own.jurisdictions, lang)[document_id], "")
        assert not any(place in rest for place in _others(own, corpus, lang))
    places = own.jurisdictions
    lines = coverage.timeline(states, own.tasks, own.documents)
    fig, ax = style.figure()
    assert deadline_charts.timeline(lines, places, ax, lang) is ax
    fig.canvas.draw()


def _texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("lang", LANGS)
def test_the_coverage_chart_shows_the_counts(
    corpus: yiyang.Corpus, states: pd.DataFrame, lang: Lang
) -> None:
    table = coverage.shares(states, corpus.tasks, "jurisdiction")
    fig, ax = style.figure()
    deadline_charts.coverage(table, names(corpus.jurisdictions, lang), ax, lang)
    fig.canvas.draw()
    # A figure beside each dot: with a date, and with any time where more have one.
    wide = table.pivot(index="jurisdiction", columns="state", values="tasks").fillna(0)
    timed = wide.sum(axis=1) - wide[["procedural", "none"]].sum(axis=1)
    assert {str(int(n)) for n in timed} <= set(_texts(ax))
    assert "57" in _texts(ax)
    places = [text.get_text() for text in ax.get_yticklabels()]
    assert all(any(f"({n})" in place for place in places) for n in (52, 30, 13, 57))


@pytest.mark.parametrize("lang", LANGS)
def test_the_timeline_shows_the_counts_and_says_which_list_bears_no_date(
    corpus: yiyang.Corpus, states: pd.DataFrame, lang: Lang
) -> None:
    table = coverage.timeline(states, corpus.tasks, corpus.documents)
    fig, ax = style.figure()
    deadline_charts.timeline(table, corpus.jurisdictions, ax, lang)
    fig.canvas.draw()
    words = _texts(ax)
    assert sum(int(word) for word in words if word.isdigit()) == 59
    assert words.count(label("deadlines.timeline.not_issued", lang)) == 1
    issued = table.drop_duplicates("jurisdiction").set_index("jurisdiction")["date_issued"]
    assert issued.isna().to_dict() == {"jiyuan": True, "beijing": False, "zhongning": False}


@pytest.mark.parametrize("lang", LANGS)
def test_the_chart_of_wording_adds_up(corpus: yiyang.Corpus, lang: Lang) -> None:
    table = promises.strengths(promises.wording(corpus))
    fig, ax = style.figure()
    promise_charts.strengths(table, corpus.jurisdictions, ax, lang)
    fig.canvas.draw()
    assert sum(int(word) for word in _texts(ax)) == len(corpus.tasks)


def test_the_linked_figures_are_shown_in_both_languages(corpus: yiyang.Corpus) -> None:
    for lang in LANGS:
        rows = promises.linked(corpus, lang)
        assert len(rows) == len(corpus.indicator_links)
        assert rows.notna().drop(columns="year").all(axis=None)
        assert set(rows.columns) <= set(labels())
    assert set(indicators.known()["indicator_id"]) == set(corpus.indicator_links["indicator_id"])


def test_deadlines_are_counted_in_one_place(corpus: yiyang.Corpus) -> None:
    table = coverage.timed(corpus.tasks, corpus.deadlines).set_index("jurisdiction")
    assert table.loc["jiyuan", ["timed", "untimed", "procedural"]].tolist() == [1, 29, 2]
    assert table["in_column"].to_dict() == {
        "chaoyang": 0,
        "jiyuan": 0,
        "beijing": 0,
        "zhongning": 57,
    }
    states = coverage.states(corpus.tasks, corpus.deadlines)
    assert table["timed"].sum() == states["state"].isin(coverage.TIMED).sum()


def test_own_promises_stand_beside_own_results_only(corpus: yiyang.Corpus) -> None:
    table = promises.own(promises.promised_and_reached(corpus))
    assert table["jurisdiction"].unique().tolist() == ["chaoyang"]
    assert table[["promised", "reached"]].to_numpy().tolist() == [[2, 2], [2, 1], [1, 2]]
    assert table["is_same"].tolist() == [True, False, False]
