"""The measures, on small tables that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import yiyang
from yiyang import matches
from yiyang.core.messages import label
from yiyang.matches import agreed, calibrating, grades, measures, reviews
from yiyang.show.paragraphs import counterparts

TASKS = pd.DataFrame(
    [(f"{name}-{n:02d}", name) for name in ("east", "west", "far") for n in (1, 2)],
    columns=["task_id", "jurisdiction"],
).assign(text="开展培训")
PAIRS = pd.DataFrame(
    {"task_a": ["east-01", "east-02"], "task_b": ["west-02", "west-02"], "strength": [2, 1]}
)
ROWS = [
    ("east-01", "west", 1, "west-01", 0.9, "same"),
    ("east-01", "west", 2, "west-02", 0.6, "same"),
    ("east-02", "west", 1, "west-01", 0.3, "possible"),
    ("east-02", "west", 2, "west-02", 0.3, "possible"),
    ("west-01", "east", 1, "east-01", 0.9, "same"),
    ("west-01", "east", 2, "east-02", 0.3, "possible"),
    ("west-02", "east", 1, "east-01", 0.6, "same"),
    ("west-02", "east", 2, "east-02", 0.3, "possible"),
    ("far-01", "east", 1, "east-01", 0.9, "same"),
]
COLUMNS = ["task_id", "other_jurisdiction", "rank", "other_task_id", "score", "grade"]
FOUND = pd.DataFrame(ROWS, columns=COLUMNS).assign(differs_in="")
COUNTED = ["n_coded", "n_coded_same", *measures.COUNTS]


def test_questions_count_both_directions_and_only_coded_jurisdictions() -> None:
    asked = measures.questions(FOUND, PAIRS, TASKS).set_index("task_id")
    assert sorted(asked.index) == ["east-01", "east-02", "west-01", "west-02"]
    assert asked["rank"].fillna(0).tolist() == [2, 2, 0, 1]
    assert asked.loc["east-01", COUNTED].tolist() == [1, 1, 2, 1, 1, 0, 0]
    assert asked.loc["east-02", COUNTED].tolist() == [1, 0, 0, 0, 0, 2, 1]
    assert asked.loc["west-02", COUNTED].tolist() == [2, 1, 1, 1, 1, 1, 1]


def test_measures_by_hand() -> None:
    asked = measures.questions(FOUND, PAIRS, TASKS)
    found = {k: v.value for k, v in measures.retrieval(asked).items()}
    assert found == {
        "mrr": pytest.approx(2 / 3), "recall_at_1": pytest.approx(1 / 3),
        "recall_at_3": 1, "recall_at_5": 1,
    }  # fmt: skip
    said = {k: v.value for k, v in measures.grading(asked).items()}
    assert said["same_precision"] == 0.5
    assert said["same_recall"] == 1
    assert said["possible_precision"] == 0.5
    assert said["precision"] == 0.5
    assert said["recall"] == 1
    assert said["f1"] == pytest.approx(2 / 3)


def test_a_pair_that_differs_in_object_is_never_calibrated_as_the_same() -> None:
    rows = measures.able(FOUND.assign(differs_in="instrument;object"), PAIRS, TASKS)
    assert not rows["may_be_same"].any()
    by = measures.fitted(rows, TASKS, 4)
    same, _ = by.said(calibrating.measured(rows, TASKS), rows["may_be_same"].to_numpy(bool))
    assert not same.any()
    assert measures.able(FOUND.assign(differs_in="instrument"), PAIRS, TASKS)["may_be_same"].all()


def test_a_counterpart_beyond_the_candidates_counts_as_not_found() -> None:
    asked = measures.questions(FOUND[FOUND["other_task_id"] != "west-02"], PAIRS, TASKS)
    assert measures.retrieval(asked)["mrr"].value < 0.5


def test_the_best_threshold_lies_below_the_last_right_one() -> None:
    scores = np.array([0.9, 0.8, 0.6, 0.6, 0.1])
    best = calibrating.best_threshold
    assert best(scores, np.array([1, 1, 0, 0, 0]), 2) == pytest.approx(0.7)
    # Equal scores are taken together.
    assert best(scores, np.array([1, 0, 1, 1, 0]), 3) == pytest.approx(0.35)


def test_the_limit_of_same_is_the_lowest_that_is_precise() -> None:
    scores = np.array([0.9, 0.8, 0.6, 0.4, 0.1])
    coded = np.array([1, 1, 0, 1, 0]) == 1
    assert calibrating.precise_threshold(scores, coded, 0.93) == pytest.approx(0.7)
    assert calibrating.precise_threshold(scores, coded, 0.75) == pytest.approx(0.25)
    assert calibrating.precise_threshold(scores, ~coded, 0.93) == 1


def test_lists_without_codes_are_not_measured() -> None:
    other = FOUND.assign(task_id="x-" + FOUND["task_id"])
    tasks = TASKS.assign(task_id="x-" + TASKS["task_id"])
    asked = measures.questions(other, PAIRS, tasks)
    assert counterparts.agreement(asked, FOUND, "en") == label(
        "counterparts.agreement.not_measured", "en"
    )
    for table in (measures.curve, measures.calibrate, measures.disagreements):
        assert table(other, PAIRS, tasks).empty


def test_the_method_agrees_with_the_coded_pairs(corpus: yiyang.Corpus) -> None:
    pairs = measures.codes()
    matched = measures.method(corpus.tasks)
    assert not matched["is_reviewed"].any()
    # It is found beside the table itself, and is that of the coded lists made anew.
    assert len(corpus.task_matches)
    assert agreed.matched(corpus).equals(matched)
    lists = measures.lists(corpus.tasks)
    anew = matches.find(corpus.tasks, reviews=reviews.none())
    home = anew["task_id"].map(corpus.tasks.set_index("task_id")["jurisdiction"])
    anew = anew[home.isin(lists) & anew["other_jurisdiction"].isin(lists)]
    assert matched.equals(anew.reset_index(drop=True))
    asked = measures.questions(matched, pairs, corpus.tasks)
    found, said = measures.retrieval(asked), measures.grading(asked)
    assert found["mrr"].value > 0.93
    assert found["recall_at_1"].value > 0.88
    assert said["same_precision"].value > 0.93
    assert said["same_recall"].value > 0.85
    assert said["f1"].value > 0.74
    # Weights and limits in force are those that the coded pairs call for.
    table = measures.calibrate(matched, pairs, corpus.tasks)
    assert abs(table.iloc[-1]["possible"] - matches.POSSIBLE) < 0.02
    assert abs(table.iloc[-1]["same"] - matches.SAME) < 0.02
    by = measures.fitted(measures.able(matched, pairs, corpus.tasks), corpus.tasks, 2 * len(pairs))
    for grade, made in (("same", by.of_same), ("possible", by.of_possible)):
        known = grades.weights(grade)
        assert np.allclose(
            [*made.weight, made.constant], [*known.weight, known.constant], atol=0.02
        )
    # Where a pair of lists is left out they do as was asked, and far better than chance: of all
    # candidates one in five is coded.
    out = table.set_index("left_out").loc["together"]
    assert out["same_precision"] > 0.93
    assert out["same_recall"] > 0.85
    assert out["f1"] > 0.74
