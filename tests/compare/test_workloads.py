"""Workloads and networks: sums that must add up, small cases by hand, and the four lists."""

from __future__ import annotations

import re
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import yiyang
from yiyang.charts import agencies as charts
from yiyang.charts import style
from yiyang.compare import leads, offices, workloads
from yiyang.core import intervals, messages
from yiyang.show.paragraphs import agencies as paragraphs

ROLES = pd.CategoricalDtype(workloads.ROLES, ordered=True)


def _tables(*duties: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Assignments and tasks from `a: health lead, finance supporting`, one string a task."""
    rows, ids = [], []
    for duty in duties:
        task_id, units = duty.split(":")
        ids.append(task_id)
        for order, unit in enumerate(filter(None, units.split(",")), 1):
            agency, role = unit.split()
            rows.append((task_id, order, agency, role, role != "supporting", agency))
    columns = ["task_id", "order", "agency_id", "role", "is_primary", "agency_name"]
    assignments = pd.DataFrame(rows, columns=columns).astype({"role": ROLES})
    tasks = pd.DataFrame({"task_id": ids, "jurisdiction": [i.split("-")[0] for i in ids]})
    return assignments, tasks


def test_a_task_is_divided_once_among_its_agencies() -> None:
    held = workloads.duties(
        *_tables(
            "x-1: health lead, finance supporting, health supporting", "x-2: health responsible"
        )
    )
    assert held[["agency_id", "role"]].to_numpy().tolist() == [
        ["health", "lead"],
        ["finance", "supporting"],
        ["health", "responsible"],
    ]
    assert held["weight"].tolist() == pytest.approx([2 / 3, 1 / 3, 1])


@pytest.mark.parametrize("supports", [0.0, 0.5, 1.0])
def test_the_loads_of_a_list_add_up_to_its_tasks(corpus: yiyang.Corpus, supports: float) -> None:
    held = workloads.duties(corpus.assignments, corpus.tasks, supports)
    totals = held.groupby("task_id")["weight"].sum()
    assert np.allclose(totals, 1)
    assert len(totals) == 151


def test_a_task_with_support_only_weighs_nothing_where_support_does_not() -> None:
    held = workloads.duties(*_tables("x-1: finance supporting"), supports=0)
    assert held["weight"].tolist() == [0]


def test_workloads_count_each_task_once(corpus: yiyang.Corpus) -> None:
    table = workloads.by_agency(
        corpus.assignments, corpus.tasks, corpus.agencies, corpus.task_themes
    )
    of = table.set_index(["jurisdiction", "agency_id"])
    health = of.loc[("chaoyang", "health")]
    assert health[["lead", "responsible", "severally_responsible", "supporting"]].tolist() == [
        13,
        10,
        17,
        7,
    ]
    # land and planning are two printed units of one agency: six tasks, not twelve
    assert of.loc[("chaoyang", "natural_resources_planning"), "tasks"] == 6
    assert table["share"].between(0, 1).all()
    assert (table["primary"] + table["supporting"] == table["tasks"]).all()
    assert table.groupby("jurisdiction")["load_share"].sum().tolist() == pytest.approx([1] * 4)
    assert table["themes"].between(0, 16).all()
    collective = set(table.loc[table["is_collective"], "agency_id"])
    assert collective == {
        "all_relevant",
        "development_zones",
        "district_governments",
        "townships_subdistricts",
    }
    again = workloads.by_agency(
        corpus.assignments, corpus.tasks, corpus.agencies, corpus.task_themes
    )
    pd.testing.assert_frame_equal(table, again)


def test_resamples_keep_the_length_of_the_list() -> None:
    drawn = intervals.resample(13, 50)
    assert drawn.shape == (50, 13)
    assert (drawn.sum(axis=1) == 13).all()
    assert (drawn == intervals.resample(13, 50)).all()


def test_leads_are_declared_or_not(corpus: yiyang.Corpus) -> None:
    table = leads.leads(corpus.assignments, corpus.tasks, corpus.agencies).set_index("jurisdiction")
    ways = ["led", "joint", "one_answers", "several_answer", "no_units"]
    assert (table[ways].sum(axis=1) == table["tasks"]).all()
    assert table["declares_leads"].to_dict() == {
        "chaoyang": True,
        "jiyuan": True,
        "beijing": False,
        "zhongning": False,
    }
    assert table.loc["beijing", "no_units"] == 1
    by_hand = leads.leads(
        *_tables("x-1: health lead", "x-2: health lead, finance lead", "x-3: finance supporting"),
        corpus.agencies,
    )
    assert by_hand[ways].to_numpy().tolist() == [[1, 1, 0, 0, 1]]


def test_one_name_of_many_bodies_is_not_one_that_answers(corpus: yiyang.Corpus) -> None:
    """各相关委办局分别负责 (chaoyang-51)"""
    own = corpus.assignments[corpus.assignments["task_id"] == "chaoyang-51"]
    assert own["agency_id"].tolist() == ["all_relevant"]
    task = corpus.tasks[corpus.tasks["task_id"] == "chaoyang-51"]
    row = leads.leads(own, task, corpus.agencies).iloc[0]
    assert (row["one_answers"], row["several_answer"]) == (0, 1)


def test_the_same_office_under_different_names(corpus: yiyang.Corpus) -> None:
    table = offices.office_names(corpus.assignments, corpus.tasks).set_index("agency_id")
    assert table.loc["health", list(corpus.documents["jurisdiction"].unique())].tolist() == [
        "区卫生计生委",
        "市卫生和计划生育委员会",
        "市卫生健康委",
        "卫生健康局、卫健局",
    ]
    assert (table["names"] > 1).all()
    # 区民政局, 市民政局 and 民政局 are one name at three levels
    assert "civil_affairs" not in table.index
    assert table.loc["health", "names"] == 5
    by_hand, tasks = _tables("x-1: health lead", "y-1: health lead", "y-2: finance lead")
    by_hand["agency_name"] = ["区卫健局", "市卫生健康委", "市财政局"]
    found = offices.office_names(by_hand, tasks)
    assert found[["agency_id", "names"]].to_numpy().tolist() == [["health", 2]]


def test_agencies_of_one_list_only(corpus: yiyang.Corpus) -> None:
    table = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    only = offices.only_here(table)
    assert ("beijing", "tcm") in set(zip(only["jurisdiction"], only["agency_id"], strict=True))
    assert not only["is_collective"].any()
    assert not only["agency_id"].duplicated().any()


@pytest.mark.parametrize("lang", messages.LANGS)
def test_one_list_alone_is_told_without_words_for_several(
    corpus: yiyang.Corpus, lang: messages.Lang
) -> None:
    tasks = corpus.tasks[corpus.tasks["jurisdiction"] == "jiyuan"]
    own = SimpleNamespace(
        tasks=tasks,
        assignments=corpus.assignments[corpus.assignments["task_id"].isin(tasks["task_id"])],
        agencies=corpus.agencies,
        agency_names=corpus.agency_names,
        jurisdictions=corpus.jurisdictions,
    )
    for finding in (paragraphs.workloads, paragraphs.networks, paragraphs.office_names):
        assert not re.search("各清单|份清单|[Bb]y list|every list|one list", finding(own, lang))
    assert "29/30" in paragraphs.workloads(own, lang)


def test_themes_by_agency_never_exceed_the_theme(corpus: yiyang.Corpus) -> None:
    table = workloads.by_theme(corpus.assignments, corpus.tasks, corpus.task_themes)
    assert table["share"].between(0, 1).all()
    named = corpus.task_themes["theme_id"].value_counts()
    assert (table["tasks"] <= table["theme_id"].map(named)).all()


@pytest.mark.parametrize("lang", messages.LANGS)
def test_findings_speak_from_the_tables(corpus: yiyang.Corpus, lang: messages.Lang) -> None:
    said = paragraphs.workloads(corpus, lang)
    heaviest = workloads.two_heaviest(corpus.assignments, corpus.tasks).set_index("jurisdiction")
    assert f"{heaviest.loc['chaoyang', 'share']:.0%}" in said
    assert "47/52" in said
    met = paragraphs.networks(corpus, lang)
    assert "31/51" in met
    assert "65%" in met
    led = paragraphs.leads(corpus, lang)
    assert "31/52" in led
    assert "beijing-13" in led
    assert "8/14" in paragraphs.reform(corpus, lang)
    assert "{" not in said + met + led + paragraphs.office_names(corpus, lang)


def test_the_two_first_places_are_steady_in_whatever_order(corpus: yiyang.Corpus) -> None:
    steady = workloads.steady(corpus.assignments, corpus.tasks)
    assert steady == {"chaoyang", "jiyuan", "beijing"}
    first = workloads.first_places(corpus.assignments, corpus.tasks, 0)
    assert first["zhongning"] == ("health", "finance")


def test_an_interval_holds_its_share_and_needs_a_whole() -> None:
    parts, wholes = np.array([1.0, 0, 1, 0, 1, 1]), np.array([1.0, 1, 1, 1, 1, 1])
    low, high = intervals.of_ratio(parts, wholes)
    assert 0 <= low < 4 / 6 < high <= 1
    assert intervals.of_ratio(wholes, wholes) == (1, 1)
    assert np.isnan(intervals.of_ratio(parts * 0, wholes * 0)).all()


def test_the_two_heaviest_are_those_of_the_loads(corpus: yiyang.Corpus) -> None:
    found = workloads.two_heaviest(corpus.assignments, corpus.tasks)
    table = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    for row in found.itertuples():
        of_list = table[table["jurisdiction"] == row.jurisdiction].head(2)
        assert set(of_list["agency_id"]) == set(row.agency_ids)
        assert row.share == pytest.approx(of_list["load_share"].sum())


@pytest.mark.parametrize("lang", messages.LANGS)
def test_the_chart_has_a_mark_for_each_role_of_each_agency_drawn(
    corpus: yiyang.Corpus, lang: messages.Lang
) -> None:
    table = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    _, ax = style.figure()
    charts.roles(table, corpus.jurisdictions, corpus.agencies, ax, lang)
    drawn = table[table["agency_id"].isin(charts._rows(table))]
    counts = drawn[list(workloads.ROLES)].to_numpy().ravel()
    assert sorted(int(t.get_text()) for t in ax.texts) == sorted(counts[counts > 0])
    named = messages.names(corpus.agencies, lang)
    assert next(t.get_text() for t in ax.get_yticklabels()) == named["health"]
    collective = int(drawn.drop_duplicates("agency_id")["is_collective"].sum())
    assert 0 < collective <= charts.MOST_COLLECTIVE


def test_of_many_lists_each_is_a_dot(corpus: yiyang.Corpus) -> None:
    one = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    one = one[one["jurisdiction"] == "jiyuan"]
    keys = [f"place-{n}" for n in range(charts.MANY)]
    table = pd.concat([one.assign(jurisdiction=key) for key in keys], ignore_index=True)
    places = pd.DataFrame({"jurisdiction": keys, "name_zh": keys, "name_en": keys})
    _, ax = style.figure()
    charts.roles(table, places, corpus.agencies, ax, "en")
    assert not ax.texts
    assert len(ax.collections[0].get_offsets()) == charts.MANY * len(charts._rows(table))
    plt.close("all")
