"""What lists share and lack, on a small table and on the four lists."""

from __future__ import annotations

import pandas as pd
import pytest

import yiyang
from yiyang.compare import families, gaps
from yiyang.matches import measures
from yiyang.show.paragraphs import counterparts

TASKS = pd.DataFrame(
    [(f"{place}-{n:02d}", place) for place in "abc" for n in (1, 2)],
    columns=["task_id", "jurisdiction"],
)
MATCHED = {
    ("a-01", "b-01"): "same",
    ("b-01", "c-01"): "same",
    ("a-02", "b-02"): "same",
    ("a-02", "c-02"): "possible",
}


def _matches(matched: dict[tuple[str, str], str] = MATCHED) -> pd.DataFrame:
    rows = []
    of_grade = {"same": 0.9, "possible": 0.3, "none": 0.1}
    for here in TASKS.itertuples():
        for place in "abc":
            if place == here.jurisdiction:
                continue
            others = TASKS.loc[TASKS["jurisdiction"] == place, "task_id"]
            grade = {t: matched.get(tuple(sorted((here.task_id, t))), "none") for t in others}
            for rank, other in enumerate(sorted(others, key=lambda t: (-of_grade[grade[t]], t)), 1):
                score, is_same = of_grade[grade[other]], grade[other] == "same"
                rows.append((here.task_id, place, rank, other, score, grade[other], is_same))
    columns = ["task_id", "other_jurisdiction", "rank", "other_task_id"]
    columns += ["score", "grade", "is_match"]
    return pd.DataFrame(rows, columns=columns)


def test_every_task_says_explicitly_that_it_has_no_counterpart() -> None:
    found = gaps.counterparts(_matches()).set_index(["task_id", "other_jurisdiction"])
    assert len(found) == len(TASKS) * 2
    assert not found.loc[("a-01", "c"), "has_counterpart"]
    assert found.loc[("a-01", "c"), "nearest_task_id"] == "c-01"
    assert found.loc[("b-01", "a"), "n_counterparts"] == 1
    assert found.loc[("b-01", "a"), "grade"] == "same"
    assert found.loc[("a-02", "c"), ["grade", "n_same", "n_possible"]].tolist() == [
        "possible",
        0,
        1,
    ]


def test_matrix_and_spread() -> None:
    shares = gaps.matrix(_matches(), TASKS).set_index(["jurisdiction", "other_jurisdiction"])
    assert shares["share"].to_dict() == {
        ("a", "b"): 1, ("a", "c"): 0, ("b", "a"): 1, ("b", "c"): 0.5, ("c", "a"): 0, ("c", "b"): 0.5
    }  # fmt: skip
    wide = gaps.spread(_matches(), TASKS)
    assert wide["n_others"].tolist() == [1, 1, 2, 1, 1, 0]
    # The same and the possible are never in one number.
    assert wide["n_possible"].tolist() == [0, 1, 0, 0, 0, 1]
    assert gaps.unique(wide)["task_id"].tolist() == []


def _families(matched: dict[tuple[str, str], str]) -> list[list[str]]:
    found = families.of(_matches(matched), TASKS)
    return [group["task_id"].tolist() for _, group in found.groupby("measure_id", sort=False)]


def test_a_family_needs_the_pairs_among_all() -> None:
    star = MATCHED | {("a-02", "b-02"): "none"}
    # a-01 and c-01 are no pair: b-01 makes a family with the one, and is a guest of none.
    assert _families(star) == [["a-01", "b-01"]]
    whole = star | {("a-01", "c-01"): "same"}
    assert _families(whole) == [["a-01", "b-01", "c-01"]]


def test_a_long_article_may_be_a_guest_of_another_family() -> None:
    # b-01 answers to a-01 with one clause, and to a-02 and c-02 with another.
    matched = {("a-01", "b-01"): "same", ("a-02", "c-02"): "same"}
    matched |= {("a-02", "b-01"): "same", ("b-01", "c-02"): "same"}
    assert ["a-02", "b-01", "c-02"] in _families(matched)
    for family in _families(matched):
        assert len({task[0] for task in family}) > 1


def test_families_are_the_same_whatever_the_order_of_the_rows() -> None:
    plain, turned = families.of(_matches(), TASKS), families.of(_matches().iloc[::-1], TASKS)
    pd.testing.assert_frame_equal(plain, turned)


def test_no_matches_no_families() -> None:
    none = _matches({})
    assert families.of(none, TASKS).empty


def test_every_pair_of_a_family_is_the_same(corpus: yiyang.Corpus) -> None:
    grade = corpus.task_matches.set_index(["task_id", "other_task_id"])["grade"]
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    for row in corpus.measures.itertuples():
        tasks = row.task_ids.split(";")
        assert row.jurisdictions.split(";") == list(dict.fromkeys(home[t] for t in tasks))
        for one in tasks:
            for other in tasks:
                if home[one] != home[other]:
                    either = [grade.get(pair) for pair in ((one, other), (other, one))]
                    assert "same" in either
    assert not corpus.measures["is_name_proposed"].any()


def test_the_part_of_a_measure_lies_in_its_task(corpus: yiyang.Corpus) -> None:
    texts = corpus.tasks.set_index("task_id")["text"]
    parts = families.parts(corpus.task_matches, corpus.measures)
    for row in corpus.measures.itertuples():
        for task in row.task_ids.split(";"):
            start, end = parts[row.measure_id, task]
            assert 0 <= start < end <= len(texts[task])


def test_no_gap_where_a_reader_matched(corpus: yiyang.Corpus) -> None:
    coded = measures.codes()
    pairs = set(zip(coded["task_a"], coded["task_b"], strict=True))
    pairs |= {pair[::-1] for pair in pairs}
    own = corpus.task_matches[corpus.task_matches["grade"] != "none"]
    pairs |= set(zip(own["task_id"], own["other_task_id"], strict=True))
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    for place in home.unique():
        found = gaps.benchmark(corpus, place, coded)
        lacking = set(found.loc[found["grade"] == "none", "task_id"])
        assert not [pair for pair in pairs if pair[0] in lacking and home[pair[1]] == place]


def test_a_task_outside_the_field_is_no_gap(corpus: yiyang.Corpus) -> None:
    plain = gaps.benchmark(corpus, "beijing")
    outside = plain["task_id"].iloc[0]
    themed = corpus.task_themes
    frames = corpus.all() | {"task_themes": themed.assign(is_in_field=themed["task_id"] != outside)}
    found = gaps.benchmark(yiyang.Corpus(frames), "beijing")
    assert outside not in set(found["task_id"])
    assert len(found) < len(plain)


@pytest.mark.parametrize("place", ["beijing", "chaoyang", "jiyuan", "zhongning"])
def test_the_benchmark_list_holds_others_texts_units_and_deadlines(
    corpus: yiyang.Corpus, place: str
) -> None:
    found = gaps.benchmark(corpus, place)
    assert place not in set(found["jurisdiction"])
    assert (found["n_jurisdictions"] >= 2).all()
    for _, graded in found.groupby("grade"):
        assert graded["n_jurisdictions"].is_monotonic_decreasing
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
    same = int((gaps.spread(corpus.task_matches, corpus.tasks)["n_others"] > 0).sum())
    assert f"Of {len(corpus.tasks)} tasks {same} have" in counterparts.shared(corpus, "en")
    assert f"{len(corpus.tasks)}项任务中，{same}项" in counterparts.shared(corpus, "zh")
