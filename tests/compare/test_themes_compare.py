"""Themes across lists: shares, differences, words, and the charts and tables made of them."""

from __future__ import annotations

import re
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import adjusted_rand_score

import yiyang
from yiyang import InputError, themes
from yiyang.charts import style
from yiyang.charts import themes as charts
from yiyang.compare import theme_shares, vocabulary
from yiyang.core import intervals
from yiyang.core.messages import LANGS, Lang, label, names, names_in_text
from yiyang.show import tables
from yiyang.show import themes as show_themes
from yiyang.show.paragraphs import counterparts
from yiyang.show.paragraphs import themes as paragraphs
from yiyang.themes import evaluation


@pytest.fixture(scope="module")
def shares(corpus: yiyang.Corpus) -> pd.DataFrame:
    return theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)


@pytest.fixture(scope="module")
def held(corpus: yiyang.Corpus) -> pd.DataFrame:
    return themes.stability(corpus.tasks)


# --- shares --------------------------------------------------------------------------------


@given(st.integers(1, 200), st.data())
def test_the_interval_of_a_share_is_wilsons(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = intervals.wilson([hits], [n])
    known = binomtest(hits, n).proportion_ci(method="wilson")
    assert low[0] == pytest.approx(known.low, abs=1e-6)
    assert high[0] == pytest.approx(known.high, abs=1e-6)


def test_every_list_has_every_theme_and_shares_add_up(
    shares: pd.DataFrame, corpus: yiyang.Corpus
) -> None:
    assert len(shares) == len(corpus.themes) * shares["jurisdiction"].nunique()
    assert shares["tasks"].sum() == len(corpus.tasks)
    assert np.allclose(shares.groupby("jurisdiction")["share"].sum(), 1)
    assert ((shares["low"] <= shares["share"]) & (shares["share"] <= shares["high"])).all()


def test_differences_are_against_all_other_lists(shares: pd.DataFrame) -> None:
    table = theme_shares.contrasts(shares)
    row = table.set_index(["jurisdiction", "theme_id"]).loc[("jiyuan", "land_planning")]
    rest = shares[(shares["jurisdiction"] != "jiyuan") & (shares["theme_id"] == "land_planning")]
    assert row["others"] == pytest.approx(rest["tasks"].sum() / rest["n_tasks"].sum())
    assert row["p"] == pytest.approx(0.0035, abs=1e-4)
    assert not row["is_clear"]
    assert (table["q"] >= table["p"]).all()
    assert table["difference"].abs().round(9).is_monotonic_decreasing


def test_a_list_like_the_others_is_not_clearly_apart() -> None:
    table = pd.DataFrame(
        {
            "jurisdiction": ["a", "b"],
            "theme_id": ["t", "t"],
            "tasks": [5, 10],
            "n_tasks": [50, 100],
            "share": [0.1, 0.1],
        }
    )
    assert not theme_shares.contrasts(table)["is_clear"].any()


def test_a_theme_that_every_list_has_is_nobodys_alone(shares: pd.DataFrame) -> None:
    table = theme_shares.only(shares)
    everywhere = shares.groupby("theme_id")["tasks"].min().loc[lambda n: n > 0].index
    assert set(table["theme_id"]) == set(shares["theme_id"]) - set(everywhere)
    for row in table.itertuples():
        parts = [*row.has.split(), *row.second.split(), *row.lacks.split()]
        assert sorted(parts) == sorted(shares["jurisdiction"].unique())


# --- words ---------------------------------------------------------------------------------


def test_log_odds_change_sides_with_the_lists(corpus: yiyang.Corpus) -> None:
    one = vocabulary.log_odds(corpus.tasks, "beijing", "jiyuan").set_index("term")
    other = vocabulary.log_odds(corpus.tasks, "jiyuan", "beijing").set_index("term")
    assert np.allclose(one["log_odds"], -other["log_odds"].reindex(one.index))
    assert (one["count"] == other["other_count"].reindex(one.index)).all()
    assert ((one["low"] < one["log_odds"]) & (one["log_odds"] < one["high"])).all()


def test_a_single_mention_is_shrunk_below_a_frequent_word() -> None:
    tasks = pd.DataFrame(
        {
            "task_id": ["a-01", "b-01"],
            "jurisdiction": ["a", "b"],
            "text": ["药品，" * 20 + "床位，用地", "用地，" * 20],
        }
    )
    table = vocabulary.log_odds(tasks, "a", "b").set_index("term")
    assert table.loc["药品", "z"] > table.loc["床位", "z"] > 0 > table.loc["用地", "z"]


@pytest.mark.parametrize(("one", "other"), [("nanjing", None), ("beijing", "beijing")])
def test_lists_that_cannot_be_compared_are_named(
    one: str, other: str | None, corpus: yiyang.Corpus
) -> None:
    with pytest.raises(InputError, match=one):
        vocabulary.log_odds(corpus.tasks, one, other)


def test_contexts_give_the_text_around_every_place(corpus: yiyang.Corpus) -> None:
    table = vocabulary.contexts(corpus.tasks, "家庭病床")
    texts = corpus.tasks.set_index("task_id")["text"]
    assert len(table) == sum(text.count("家庭病床") for text in texts)
    for row in table.itertuples():
        assert f"{row.left}{row.term}{row.right}" in texts[row.task_id]
    assert vocabulary.contexts(corpus.tasks, "").empty
    assert len(vocabulary.contexts(corpus.tasks, "互利互惠 原则")) >= 1


# --- evaluation ----------------------------------------------------------------------------


def test_agreement_is_1_with_itself_and_near_0_with_chance() -> None:
    coded = evaluation.codes().set_index("task_id")["theme_id"]
    same = evaluation.agreement(coded, coded).set_index("measure")["value"]
    assert (same == 1).all()
    shuffled = pd.Series(np.random.default_rng(0).permutation(coded), index=coded.index)
    chance = evaluation.agreement(coded, shuffled).set_index("measure")
    assert abs(chance.loc["ami", "value"]) < 0.2
    assert (chance["low"] < chance["value"]).all()
    missing = evaluation.agreement(coded, coded.iloc[:0]).set_index("measure")["value"]
    assert missing["accuracy"] == 0
    # That of a share of tasks is Wilson's, that of the others the jackknife's: each task left out.
    right, n = int((coded == shuffled).sum()), len(coded)
    accuracy = chance.loc["accuracy"]
    wilson = tuple(binomtest(right, n).proportion_ci(method="wilson"))
    assert (accuracy["low"], accuracy["high"]) == pytest.approx(wilson, abs=2e-6)
    without = np.array(
        [adjusted_rand_score(np.delete(coded, i), np.delete(shuffled, i)) for i in range(n)]
    )
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    ari = chance.loc["ari"]
    assert ari["high"] - ari["value"] == pytest.approx(intervals.Z * error, abs=2e-6)


def test_coherence_and_diversity_have_known_ends() -> None:
    tasks = pd.DataFrame(
        {"task_id": list("abcd"), "text": ["药品床位", "药品床位", "用地", "护士"]}
    )
    vectors = themes.vectorize(tasks)
    assert evaluation.coherence(vectors, {1: ["药品", "床位"]}) == pytest.approx(1)
    assert evaluation.coherence(vectors, {1: ["用地", "床位"]}) == -1
    assert evaluation.diversity({1: ["药品", "床位"], 2: ["药品", "用地"]}) == 0.75


# --- what readers see ----------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_names_of_eight_lists_keep_apart(corpus: yiyang.Corpus, lang: Lang) -> None:
    places = [f"made_up_{n}" for n in range(8)]
    named = {"name_zh": "虚构省虚构市虚构县", "name_en": "Made-up County, Some Province"}
    jurisdictions = pd.DataFrame({"jurisdiction": places}).assign(**named)
    tasks = corpus.tasks.assign(jurisdiction=[places[n % 8] for n in range(len(corpus.tasks))])
    table = theme_shares.shares(corpus.task_themes, tasks, corpus.themes)
    fig, ax = style.figure(height=6)
    charts.heat(table, jurisdictions, corpus.themes, ax, lang)
    fig.canvas.draw()
    boxes = [tick.get_window_extent() for tick in ax.get_xticklabels()]
    assert all(left.x1 <= right.x0 for left, right in pairwise(boxes))


@pytest.mark.parametrize("lang", LANGS)
def test_charts_name_every_theme_and_list(
    shares: pd.DataFrame, corpus: yiyang.Corpus, lang: Lang
) -> None:
    of_theme = set(names(corpus.themes, lang))
    _, ax = style.figure(height=6)
    charts.heat(shares, corpus.jurisdictions, corpus.themes, ax, lang)
    shown = {re.sub(r"\s", "", t.get_text()) for t in ax.get_yticklabels()}  # set in lines
    assert shown == {re.sub(r"\s", "", name) for name in of_theme}
    _, ax = style.figure()
    table = themes.selection(corpus.tasks, numbers=(8, 20), draws=2)
    charts.selection(table, ax, lang)
    drawn = [list(line.get_ydata()) for line in ax.lines[:-1]]
    for ys, (_, part) in zip(drawn, table.groupby("method", sort=False), strict=True):
        places = 6 if part["is_chosen"].any() else 2
        assert ys == list(part["score"].astype(float).round(places))
    assert ax.lines[-1].get_xdata()[0] == table.loc[table["is_chosen"], "k"].iloc[0]
    assert len(show_themes.selection(table, lang)) == table["method"].nunique()
    assert f"{table['level'].max():.3f}" in paragraphs.selection(table, lang)
    pair = ("beijing", "jiyuan")
    odds = vocabulary.log_odds(corpus.tasks, *pair)
    _, ax = style.figure(height=6)
    charts.vocabulary(odds, pair, corpus.jurisdictions, ax, lang)
    shown = [t.get_text() for t in ax.get_yticklabels()]
    assert len(shown) == 2 * charts.MOST
    top = odds.iloc[0]
    assert f"{top['term']}  {top['count']}:{top['other_count']}" == shown[-1]


@pytest.mark.parametrize("lang", LANGS)
def test_one_list_is_compared_with_nothing(corpus: yiyang.Corpus, lang: Lang) -> None:
    tasks = corpus.tasks[corpus.tasks["jurisdiction"] == "jiyuan"]
    one = SimpleNamespace(
        tasks=tasks,
        jurisdictions=corpus.jurisdictions,
        themes=corpus.themes,
        task_themes=corpus.task_themes[corpus.task_themes["task_id"].isin(tasks["task_id"])],
        task_matches=corpus.task_matches.head(0),
    )
    for finding in (
        paragraphs.vocabulary,
        counterparts.shared,
        counterparts.verbatim,
        paragraphs.shares,
    ):
        assert label("corpus.only_one_list", lang) in finding(one, lang)
    assert _EVERY[lang] not in paragraphs.shares(one, lang)


_EVERY = {"zh": "每份清单", "en": "every list"}


def test_marks_of_markdown_in_a_name_are_escaped() -> None:
    table = pd.DataFrame({"jurisdiction": ["a"], "name_zh": ["*县*"], "name_en": ["<b>_A_"]})
    assert names_in_text(table, "zh")["a"] == r"\*县\*"
    assert names_in_text(table, "en")["a"] == r"\<b\>\_A\_"


@pytest.mark.parametrize("lang", LANGS)
def test_reviews_are_named(corpus: yiyang.Corpus, lang: Lang) -> None:
    table = corpus.task_themes
    before = paragraphs.reviewed(SimpleNamespace(task_themes=table), lang)
    by_hand = table.assign(is_reviewed=table["task_id"].isin(["jiyuan-03", "beijing-02"]))
    said = paragraphs.reviewed(SimpleNamespace(task_themes=by_hand), lang)
    assert "2" in said
    assert "jiyuan-03" in said
    assert said != before


@pytest.mark.parametrize("lang", LANGS)
def test_tables_and_findings_follow_the_data(
    shares: pd.DataFrame, held: pd.DataFrame, corpus: yiyang.Corpus, lang: Lang
) -> None:
    table = themes.cluster_table(corpus.tasks, themes.clusters(corpus.tasks), held)
    for frame in (
        show_themes.only(corpus, lang),
        show_themes.clusters(table, corpus, lang),
        show_themes.explanation("jiyuan-22", corpus, lang),
        show_themes.close_calls(corpus, lang),
        show_themes.agreement(corpus, lang),
    ):
        assert ">None<" not in tables.table(frame, lang).data
    said = paragraphs.shares(corpus, lang)
    for jurisdiction, group in shares.groupby("jurisdiction"):
        most = group.loc[group["tasks"].idxmax()]
        assert names(corpus.jurisdictions, lang)[jurisdiction] in said
        assert f"{most['share']:.0%}" in said
    counts = paragraphs.clusters(corpus, held, lang)
    assert str(len(table)) in counts
    assert str(len(corpus.tasks)) in counts
    words = paragraphs.vocabulary(corpus, lang)
    assert vocabulary.log_odds(corpus.tasks, "chaoyang").iloc[0]["term"] in words
