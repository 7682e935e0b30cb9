"""The measures, on small tables that can be checked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import yiyang
from yiyang import matches
from yiyang.core.messages import label
from yiyang.matches import measures
from yiyang.show.paragraphs import counterparts

TASKS = pd.DataFrame(
    [(f"{name}-{n:02d}", name) for name in ("east", "west", "far") for n in (1, 2)],
    columns=["task_id", "jurisdiction"],
)
PAIRS = pd.DataFrame({"task_a": ["east-01"], "task_b": ["west-02"], "strength": [2]})
ROWS = [
    ("east-01", "west", 1, "west-01", 0.9, True),
    ("east-01", "west", 2, "west-02", 0.6, True),
    ("east-02", "west", 1, "west-01", 0.2, False),
    ("east-02", "west", 2, "west-02", 0.1, False),
    ("west-01", "east", 1, "east-01", 0.9, True),
    ("west-01", "east", 2, "east-02", 0.2, False),
    ("west-02", "east", 1, "east-01", 0.6, True),
    ("west-02", "east", 2, "east-02", 0.1, False),
    ("far-01", "east", 1, "east-01", 0.9, True),
]
COLUMNS = ["task_id", "other_jurisdiction", "rank", "other_task_id", "score", "is_match"]
FOUND = pd.DataFrame(ROWS, columns=COLUMNS)


def test_questions_count_both_directions_and_only_coded_jurisdictions() -> None:
    asked = measures.questions(FOUND, PAIRS, TASKS).set_index("task_id")
    assert sorted(asked.index) == ["east-01", "east-02", "west-01", "west-02"]
    assert asked.loc["east-01", ["rank", "n_coded", "n_asserted", "n_right"]].tolist() == [
        2,
        1,
        2,
        1,
    ]
    assert asked.loc["west-02", ["rank", "n_coded", "n_asserted", "n_right"]].tolist() == [
        1,
        1,
        1,
        1,
    ]
    assert asked["n_coded"].tolist() == [1, 0, 0, 1]


def test_measures_by_hand() -> None:
    asked = measures.questions(FOUND, PAIRS, TASKS)
    found = {k: v.value for k, v in measures.retrieval(asked).items()}
    assert found == {"mrr": 0.75, "recall_at_1": 0.5, "recall_at_3": 1, "recall_at_5": 1}
    said = {k: v.value for k, v in measures.assertion(asked).items()}
    assert said["precision"] == 0.5
    assert said["recall"] == 1
    assert said["f1"] == pytest.approx(2 / 3)
    # Only east-02 gets "no counterpart"; west-01 has none either, but is given one.
    assert said["none_precision"] == 1
    assert said["none_recall"] == 0.5


def test_a_counterpart_beyond_the_candidates_counts_as_not_found() -> None:
    asked = measures.questions(FOUND[FOUND["other_task_id"] != "west-02"], PAIRS, TASKS)
    assert measures.retrieval(asked)["mrr"].value == 0.5


def test_the_best_threshold_lies_below_the_last_right_one() -> None:
    scores = pd.Series([0.9, 0.8, 0.6, 0.6, 0.1])
    assert measures.best_threshold(scores, pd.Series([1, 1, 0, 0, 0]) == 1, 2) == pytest.approx(0.7)
    # Equal scores are taken together.
    assert measures.best_threshold(scores, pd.Series([1, 0, 1, 1, 0]) == 1, 3) == pytest.approx(
        0.35
    )


def test_lists_without_codes_are_not_measured() -> None:
    other = FOUND.assign(task_id="x-" + FOUND["task_id"])
    tasks = TASKS.assign(task_id="x-" + TASKS["task_id"])
    asked = measures.questions(other, PAIRS, tasks)
    assert counterparts.agreement(asked, "en") == label("counterparts.agreement.not_measured", "en")
    for table in (measures.curve, measures.calibrate, measures.disagreements):
        assert table(other, PAIRS, tasks).empty


def test_the_method_agrees_with_the_coded_pairs(corpus: yiyang.Corpus) -> None:
    pairs = measures.codes()
    matched = measures.method(corpus.tasks)
    asked = measures.questions(matched, pairs, corpus.tasks)
    found, said = measures.retrieval(asked), measures.assertion(asked)
    assert found["mrr"].value > 0.9
    assert found["recall_at_3"].value > 0.96
    assert said["f1"].value > 0.7
    # The threshold in force is the one that the coded pairs call for.
    fitted = measures.calibrate(matched, pairs, corpus.tasks).iloc[-1]["threshold"]
    assert abs(fitted - matches.THRESHOLD) < 0.02
