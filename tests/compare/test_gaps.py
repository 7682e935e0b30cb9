"""What lists share and lack, on a small table and on the four lists."""

from __future__ import annotations

import pandas as pd
import pytest

import yiyang
from yiyang.compare import gaps
from yiyang.show.paragraphs import counterparts

TASKS = pd.DataFrame(
    [(f"{place}-{n:02d}", place) for place in "abc" for n in (1, 2)],
    columns=["task_id", "jurisdiction"],
)
MATCHED = {("a-01", "b-01"): 0.9, ("b-01", "c-01"): 0.5, ("a-02", "b-02"): 0.4}


def _matches() -> pd.DataFrame:
    rows = []
    for here in TASKS.itertuples():
        for place in "abc":
            if place == here.jurisdiction:
                continue
            others = TASKS.loc[TASKS["jurisdiction"] == place, "task_id"]
            score = {t: MATCHED.get(tuple(sorted((here.task_id, t))), 0.1) for t in others}
            for rank, other in enumerate(sorted(others, key=lambda t: (-score[t], t)), 1):
                rows.append((here.task_id, place, rank, other, score[other], score[other] > 0.2))
    columns = ["task_id", "other_jurisdiction", "rank", "other_task_id", "score", "is_match"]
    return pd.DataFrame(rows, columns=columns)


def test_every_task_says_explicitly_that_it_has_no_counterpart() -> None:
    found = gaps.counterparts(_matches()).set_index(["task_id", "other_jurisdiction"])
    assert len(found) == len(TASKS) * 2
    assert not found.loc[("a-01", "c"), "has_counterpart"]
    assert found.loc[("a-01", "c"), "nearest_task_id"] == "c-01"
    assert found.loc[("b-01", "a"), "n_counterparts"] == 1


def test_matrix_and_spread() -> None:
    shares = gaps.matrix(_matches(), TASKS).set_index(["jurisdiction", "other_jurisdiction"])
    assert shares["share"].to_dict() == {
        ("a", "b"): 1, ("a", "c"): 0, ("b", "a"): 1, ("b", "c"): 0.5, ("c", "a"): 0, ("c", "b"): 0.5
    }  # fmt: skip
    assert gaps.spread(_matches(), TASKS)["n_others"].tolist() == [1, 1, 2, 1, 1, 0]


def test_measures_gather_around_one_task_without_chains() -> None:
    found = gaps.measures(_matches(), TASKS)
    first = found[found["measure"] == 1]
    # a-01 and c-01 are no match, but both are matches of b-01.
    assert first["task_id"].tolist() == ["b-01", "a-01", "c-01"]
    assert first["n_jurisdictions"].tolist() == [3, 3, 3]
    assert first["is_core"].tolist() == [True, False, False]
    assert found[found["measure"] == 2]["task_id"].tolist() == ["a-02", "b-02"]
    assert not found["task_id"].duplicated().any()


def test_gaps_of_a_jurisdiction_are_what_two_others_have() -> None:
    found = gaps.measures(_matches(), TASKS, without="c")
    # a-01 and b-01 match, but b-01 has a counterpart in c: only the other pair is a gap.
    assert found["task_id"].tolist() == ["a-02", "b-02"]
    assert gaps.measures(_matches(), TASKS, without="b").empty


def test_no_matches_no_measures() -> None:
    none = _matches().assign(is_match=False)
    assert gaps.measures(none, TASKS).empty
    assert gaps.measures(none, TASKS, without="a").empty


@pytest.mark.parametrize("place", ["beijing", "chaoyang", "jiyuan", "zhongning"])
def test_the_benchmark_list_holds_others_texts_units_and_deadlines(
    corpus: yiyang.Corpus, place: str
) -> None:
    found = gaps.benchmark(corpus, place)
    assert place not in set(found["jurisdiction"])
    assert (found["n_jurisdictions"] >= 2).all()
    assert found["n_jurisdictions"].is_monotonic_decreasing
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    assert set(found["nearest_task_id"].map(home)) == {place}
    assert found["text"].notna().all()
    texts = corpus.tasks.set_index("task_id")["text"]
    for row in found.itertuples():
        assert row.nearest_part
        assert row.nearest_part in texts[row.nearest_task_id]
    dated = found["task_id"].isin(corpus.deadlines["task_id"])
    assert found.loc[~dated, "deadline"].isna().all()
    assert found["lead"].notna().mean() > 0.9


def test_the_finding_counts_what_the_tables_hold(corpus: yiyang.Corpus) -> None:
    alone = int((gaps.spread(corpus.task_matches, corpus.tasks)["n_others"] == 0).sum())
    assert f"{alone} of the {len(corpus.tasks)} tasks" in counterparts.shared(corpus, "en")
    assert f"{len(corpus.tasks)}项任务中有{alone}项" in counterparts.shared(corpus, "zh")
