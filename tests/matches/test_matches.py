"""Counterparts: the table, the score, the index for long lists, the concepts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

import yiyang
from yiyang import matches
from yiyang.core.text import fold
from yiyang.matches import (
    candidates,
    clauses,
    line_vectors,
    products,
    shortlist,
    signals,
    thesaurus,
)
from yiyang.safety.errors import InputError
from yiyang.themes.vectors import tokenize


def _tasks(texts: dict[str, list[str]]) -> pd.DataFrame:
    rows = [
        (f"{name}-{number:02d}", name, name, text)
        for name, listed in texts.items()
        for number, text in enumerate(listed, 1)
    ]
    return pd.DataFrame(rows, columns=["task_id", "document_id", "jurisdiction", "text"])


TOY = {
    "north": [
        "鼓励养老机构与周边医疗机构签订合作协议。",
        "开展临终关怀服务。",
        "推进医养结合。保障养老用地，优先安排建设用地指标。支持互联网平台。",
    ],
    "south": [
        "优先安排养老建设用地指标。",
        "养老机构与医疗机构长期签约合作。",
        "发展安宁疗护。",
        "举办书法比赛。",
    ],
}


@pytest.fixture(scope="module")
def toy() -> pd.DataFrame:
    return _tasks(TOY)


def _best(found: pd.DataFrame, task: str) -> pd.Series:
    return found[(found["task_id"] == task) & (found["rank"] == 1)].iloc[0]


def test_every_task_has_five_candidates_in_every_other_list(corpus: yiyang.Corpus) -> None:
    found = corpus.task_matches
    counts = found.groupby(["task_id", "other_jurisdiction"]).size()
    assert len(counts) == len(corpus.tasks) * 3
    assert set(counts) == {5}
    home = found["task_id"].map(corpus.tasks.set_index("task_id")["jurisdiction"])
    assert (home != found["other_jurisdiction"]).all()
    ranked = found.sort_values(["task_id", "other_jurisdiction", "rank"])
    falls = ranked.groupby(["task_id", "other_jurisdiction"])["score"].diff().dropna() <= 0
    assert falls.all()
    assert found["score"].between(0, 1).all()


def test_the_score_is_the_same_either_way_round(corpus: yiyang.Corpus) -> None:
    scores = corpus.task_matches.set_index(["task_id", "other_task_id"])["score"]
    back = scores.reindex([(b, a) for a, b in scores.index])
    both = back.notna().to_numpy()
    assert both.sum() > 500
    assert (scores.to_numpy()[both] == back.to_numpy()[both]).all()


def test_parts_are_sentences_of_both_texts(corpus: yiyang.Corpus) -> None:
    texts = corpus.tasks.set_index("task_id")["text"]
    for row in corpus.task_matches.itertuples():
        here, there = texts[row.task_id], texts[row.other_task_id]
        assert 0 <= row.part_start < row.part_end <= len(here)
        assert 0 <= row.other_part_start < row.other_part_end <= len(there)


def test_a_measure_inside_a_bundle_is_found_and_named(toy: pd.DataFrame) -> None:
    best = _best(matches.find(toy), "south-01")
    assert best["other_task_id"] == "north-03"
    text = TOY["north"][2]
    assert text[best["other_part_start"] : best["other_part_end"]].startswith("保障养老用地")


def test_different_words_for_one_thing_meet(toy: pd.DataFrame) -> None:
    found = matches.find(toy)
    assert _best(found, "north-02")["other_task_id"] == "south-03"
    assert _best(found, "north-01")["other_task_id"] == "south-02"


def test_a_task_unlike_all_others_has_no_counterpart(toy: pd.DataFrame) -> None:
    found = matches.find(toy)
    assert set(found[found["task_id"] == "south-04"]["grade"]) == {"none"}


def test_the_same_table_on_every_run_whatever_the_order_of_the_lists(toy: pd.DataFrame) -> None:
    keys = ["task_id", "other_jurisdiction", "rank"]
    once, again = matches.find(toy), matches.find(toy.iloc[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(
        once.sort_values(keys, ignore_index=True), again.sort_values(keys, ignore_index=True)
    )


@pytest.mark.parametrize("texts", [{"north": ["甲"]}, {"north": ["甲"], "south": ["乙"]}])
def test_tiny_lists_do_not_fail(texts: dict[str, list[str]]) -> None:
    assert len(matches.find(_tasks(texts))) == 2 * (len(texts) - 1)


def test_no_tasks_have_no_counterparts(toy: pd.DataFrame) -> None:
    assert matches.find(toy.head(0)).empty


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲。",
        "鼓励合作。加强监管；提供服务。",
        "没有句号",
        "一。二。三。鼓励医疗机构开展合作。四。",
        "，，，。",
    ],
)
def test_clauses_cover_the_text_in_order(text: str) -> None:
    spans = clauses.spans(text)
    assert "".join(text[start:end] for start, end in spans) == text
    shortest = clauses.SHORTEST_SENTENCE
    assert len(spans) == 1 or all(end - start >= shortest for start, end in spans)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        # An enumeration with verbs of its own is cut, adverbs and conjunctions passed over.
        (
            "扩大托幼机构的服务范围，逐步增加普惠性托位的数量，并完善入托收费的有关办法。",
            3,
        ),
        # A condition or a manner before the verb is none.
        ("各乡镇根据本地条件和群众意愿，按照有关规定分批次建设文化广场。", 1),
        # What is too short says nothing alone.
        ("扩大托幼机构的服务范围，增加托位。", 1),
        ("修建村级道路三百公里；安装路灯五千盏。", 2),
        # A noun made of a verb does not begin a measure.
        ("开放城区各类公共体育场馆，服务时间每天不少于八个小时左右。", 1),
    ],
)
def test_measures_are_cut_where_a_verb_of_its_own_begins(text: str, cut: int) -> None:
    assert len(clauses.spans(text)) == cut


def test_the_index_for_long_lists_finds_the_best_of_the_full_comparison(
    corpus: yiyang.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = matches.find(corpus.tasks)
    monkeypatch.setattr(candidates, "EXHAUSTIVE", 0)
    monkeypatch.setattr(shortlist, "BLOCK", 20)
    quick = matches.find(corpus.tasks)
    first = ["task_id", "other_jurisdiction", "other_task_id"]
    wanted = set(full[full["grade"] != "none"][first].itertuples(index=False, name=None))
    got = set(quick[first].itertuples(index=False, name=None))
    assert len(wanted & got) / len(wanted) > 0.99


def test_tasks_are_looked_up_by_their_rarest_features(monkeypatch: pytest.MonkeyPatch) -> None:
    queries = sparse.csr_array(
        np.array([[1, 2, 3, 4], [0, 0, 5, 0], [1, 0, 0, 1], [0, 0, 0, 0]], dtype=float)
    )
    held = np.array([6, 0, 3, 4])
    monkeypatch.setattr(shortlist, "LOOKED_UP", 7)
    kept = shortlist.rarest_features(queries, held).toarray()
    assert kept.tolist() == [[0, 0, 3, 4], [0, 0, 5, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    monkeypatch.setattr(shortlist, "LOOKED_UP", 2)
    kept = shortlist.rarest_features(queries, held).toarray()
    assert kept.tolist() == [[0, 0, 3, 0], [0, 0, 5, 0], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_products_are_those_of_the_rows_in_any_order_and_in_any_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(0)
    left, right = (
        sparse.random_array((n, 30), density=0.2, rng=rng, format="csr") for n in (12, 9)
    )
    rows, others = rng.integers(0, 12, 200), rng.integers(0, 9, 200)
    wanted = (left @ right.T).toarray()[rows, others]
    for at_once, chunk in ((1, 20_000), (3, 7), (256, 20_000)):
        monkeypatch.setattr(products, "LAID_OUT", at_once)
        monkeypatch.setattr(products, "CHUNK", chunk)
        assert products.cosines(left, rows, right, others) == pytest.approx(wanted)
        both = left.toarray(), right.toarray()
        assert products.cosines(both[0], rows, both[1], others) == pytest.approx(wanted)


def test_characters_are_counted_as_by_the_usual_vectorizer(corpus: yiyang.Corpus) -> None:
    lines = [*(fold(line) for line in corpus.tasks["text"]), "", "a", "aa", "𠀀𠀀医"]
    usual = CountVectorizer(analyzer="char", ngram_range=(1, 2), lowercase=False)
    counted, wanted = line_vectors.characters(lines), usual.fit_transform(lines)
    assert (counted != wanted).nnz == 0


def test_lines_are_weighed_as_by_the_usual_transformer(corpus: yiyang.Corpus) -> None:
    texts = [*corpus.tasks["text"], *corpus.tasks["text"][:5]]
    pieces = [line[start:end] for line in texts for start, end in clauses.spans(line)]
    made = line_vectors.wording(texts, pieces)
    assert made.lines.shape[0] == len({*texts, *pieces})
    counts = line_vectors.characters([fold(line) for line in texts])
    usual = TfidfTransformer(sublinear_tf=True).fit(counts)
    total = line_vectors.CHARACTERS + line_vectors.CONCEPTS
    for lines, rows in ((texts, made.whole), (pieces, made.parts)):
        counter = CountVectorizer(analyzer="char", ngram_range=(1, 2), lowercase=False)
        counter.fit([fold(line) for line in texts])
        own = usual.transform(counter.transform([fold(line) for line in lines]))
        got = made.lines[rows][:, : own.shape[1]]
        assert abs(got - own * np.sqrt(line_vectors.CHARACTERS / total)).max() < 1e-12


def test_concepts_are_counted_like_a_plain_search() -> None:
    book = thesaurus.concepts()
    texts = ["安宁疗护与临终关怀机构", "", "家庭医生签约服务、家庭医生"]
    counts = thesaurus.count(texts).toarray()
    for row, text in enumerate(texts):
        for column in range(len(book.names)):
            terms = [term for term, number in book.terms.items() if column == number]
            assert counts[row, column] == sum(text.count(term) for term in terms)


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("term,concept\n临终关怀,hospice", "line 1"),
        ("term,concept,subject,reason\n临终关怀,hospice,,", "line 2"),
        ("term,concept,subject,reason\n临终关怀,hospice,,x\n临终关怀,hospice,,x", "line 3"),
    ],
)
def test_a_faulty_thesaurus_is_named_with_its_line(tmp_path: Path, lines: str, place: str) -> None:
    path = tmp_path / "thesaurus.csv"
    path.write_text(lines + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=place):
        thesaurus.concepts(path)


def test_nothing_is_more_like_a_task_than_itself(corpus: yiyang.Corpus) -> None:
    seen = signals.signals(corpus.tasks)
    rows = np.arange(len(corpus.tasks))
    whole = signals.whole_likeness(seen, rows, rows)
    assert (whole <= 1 + 1e-9).all()
    assert (whole > line_vectors.CHARACTERS).all()
    for step in (1, 20, 77):
        other = signals.likeness(seen, rows, np.roll(rows, step))
        assert (other < signals.likeness(seen, rows, rows)).all()
        assert ((other >= 0) & (other <= 1)).all()


def test_subjects_are_named_or_not_and_weigh_by_rarity(corpus: yiyang.Corpus) -> None:
    found = thesaurus.subjects(tokenize(corpus.tasks["text"]))
    named = (found > 0).sum(axis=0)
    assert found.shape[0] == len(corpus.tasks)
    assert (named > 0).mean() > 0.9
    for column in np.flatnonzero(named):
        weight = np.log((1 + len(found)) / (1 + named[column])) + 1
        assert set(found[:, column].round(9)) <= {0, weight.round(9)}
