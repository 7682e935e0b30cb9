"""Explanations, reuse and their views."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import yiyang
from yiyang import matches
from yiyang.core import schema
from yiyang.grammar import obligations
from yiyang.matches import passages, reuse
from yiyang.safety.errors import InputError
from yiyang.show import matches as show_matches
from yiyang.show.paragraphs import counterparts

WORDS = st.text("养老机构医疗合作（，) 、", max_size=30)


@given(WORDS, WORDS)
def test_passages_are_the_same_letters_on_both_sides_and_do_not_overlap(
    one: str, other: str
) -> None:
    found = passages.common(one, other, 2)
    for p in found:
        here, there = one[p.start : p.end], other[p.other_start : p.other_end]
        assert passages.letters(here)[0] == passages.letters(there)[0]
        assert len(passages.letters(here)[0]) == p.length >= 2
    for key, last in ((0, 1), (2, 3)):
        spans = sorted((p[key], p[last]) for p in found)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
    lengths = [p.length for p in found]
    assert lengths == sorted(lengths, reverse=True)


@given(WORDS)
def test_a_text_is_one_passage_of_itself(text: str) -> None:
    n = len(passages.letters(text)[0])
    assert [p.length for p in passages.common(text, text, 2)] == ([n] if n >= 2 else [])


@pytest.mark.parametrize(
    ("one", "other", "texts"),
    [
        ("按照（有关）规定办理", "按照有关规定，办理", ["按照（有关）规定办理"]),
        ("甲乙丙丁，戊己庚辛", "戊己庚辛甲乙丙丁", ["甲乙丙丁", "戊己庚辛"]),
        ("甲乙丙丁", "甲乙丙", []),
        ("２０２２年底前", "2022年底", ["２０２２年底"]),
    ],
)
def test_passages(one: str, other: str, texts: list[str]) -> None:
    found = passages.common(one, other, 4)
    assert sorted(one[p.start : p.end] for p in found) == sorted(texts)


def test_an_explanation_points_into_both_texts(corpus: yiyang.Corpus) -> None:
    found = corpus.explain_match("chaoyang-26", "jiyuan-05")
    for row in found.shared.itertuples():
        assert found.text[row.start : row.end] == row.text
    best = found.shared.iloc[0]
    assert "稳定期生活照料以及临终关怀一体化" in best["text"]
    assert "稳定期" in found.other_text[best["other_start"] : best["other_end"]]
    for words, text in ((found.only_here, found.text), (found.only_there, found.other_text)):
        for row in words.itertuples():
            assert text[row.start : row.end] == row.word
    assert "鼓励" not in set(found.only_there["word"])
    assert "联合体" in "".join(found.only_here["word"])


def test_other_words_for_one_thing_are_named(corpus: yiyang.Corpus) -> None:
    found = corpus.explain_match("zhongning-41", "chaoyang-16").same_meaning
    assert found[["concept", "term", "other_term"]].to_numpy().tolist() == [
        ["hospice", "安宁疗护", "临终关怀"]
    ]


def test_differences_that_matter(corpus: yiyang.Corpus) -> None:
    found = corpus.explain_match("zhongning-24", "jiyuan-09").differences.set_index("aspect")
    assert list(found.index) == list(matches.explaining.ASPECTS)
    assert found.loc["deadline", "here"].startswith("20")
    assert found.loc["target", "difference"] == "different"
    assert "72%" in found.loc["target", "here"]
    assert "70%" in found.loc["target", "there"]
    # Neither declares a lead: the responsible units are in charge, Health among them in both.
    assert found.loc["lead", "difference"] == "shared"
    assert found.loc["lead", "here"] == "卫生健康局"
    assert found.loc["lead", "here_value"] in found.loc["lead", "there_value"]
    assert found.loc["responsible", "difference"] == "neither"


def test_who_is_in_charge_is_compared_not_the_word_that_says_so(corpus: yiyang.Corpus) -> None:
    units = corpus.assignments
    role = {"beijing-04": "lead", "jiyuan-10": "responsible"}
    kept = units[units["task_id"].isin(role)].drop_duplicates("task_id")
    kept = kept.assign(
        role=kept["task_id"].map(role), agency_id=units["agency_id"].iloc[0], is_primary=True
    )
    made = yiyang.Corpus(corpus.all() | {"assignments": kept})
    found = made.explain_match("beijing-04", "jiyuan-10").differences.set_index("aspect")
    assert found.loc["lead", "difference"] == "same"


def test_what_neither_document_names_is_no_likeness(corpus: yiyang.Corpus) -> None:
    # Chaoyang's and Jiyuan's lists have no deadline here, and neither task has a figure.
    found = corpus.explain_match("chaoyang-26", "jiyuan-05").differences.set_index("aspect")
    for aspect in ("deadline", "target"):
        assert found.loc[aspect, "difference"] == "neither"
        assert not found.loc[aspect, ["here", "there", "here_value", "there_value"]].any()
    assert found.loc["lead", "difference"] == "same"
    assert found.loc["wording", ["here_value", "there_value"]].tolist() == ["commit", "encourage"]
    found = corpus.explain_match("zhongning-41", "chaoyang-16").differences.set_index("aspect")
    assert found.loc["deadline", "difference"] == "only_here"


def test_a_number_is_shared_whole_or_not_at_all(corpus: yiyang.Corpus) -> None:
    found = corpus.explain_match("zhongning-24", "jiyuan-09")
    for row in found.shared.itertuples():
        for text, start, end in (
            (found.text, row.start, row.end),
            (found.other_text, row.other_start, row.other_end),
        ):
            assert not text[start - 1 : start + 1].isdecimal() or start == 0
            assert not text[end - 1 : end + 1].isdecimal() or end == len(text)


def test_a_task_differs_in_nothing_from_itself(corpus: yiyang.Corpus) -> None:
    for task in ("chaoyang-42", "zhongning-24", "beijing-13"):
        found = corpus.explain_match(task, task)
        assert set(found.differences["difference"]) <= {"same", "neither"}
        assert found.only_here.empty


def test_an_unknown_task_is_named(corpus: yiyang.Corpus) -> None:
    with pytest.raises(InputError, match="chaoyang-99"):
        corpus.explain_match("chaoyang-01", "chaoyang-99")


def test_reuse_counts_letters_of_long_passages() -> None:
    tasks = pd.DataFrame(
        [
            ("a-01", "a", "落实各项税费优惠政策，免征企业所得税。开展义诊。"),
            ("b-01", "b", "按规定，落实各项税费优惠政策免征企业所得税"),
            ("b-02", "b", "开展义诊"),
        ],
        columns=["task_id", "jurisdiction", "text"],
    )
    found = reuse.shares(tasks, 8).set_index("jurisdiction")
    assert found.loc["a", ["n_letters", "n_reused", "n_tasks"]].tolist() == [21, 17, 1]
    assert found.loc["b", ["n_letters", "n_reused", "n_tasks"]].tolist() == [24, 17, 1]
    listed = reuse.passages(tasks, 8)
    assert listed["text"].tolist() == ["落实各项税费优惠政策，免征企业所得税"]
    assert listed["other_text"].tolist() == ["落实各项税费优惠政策免征企业所得税"]


def test_reuse_of_the_four_lists(corpus: yiyang.Corpus) -> None:
    found = reuse.shares(corpus.tasks).set_index(["jurisdiction", "other_jurisdiction"])["share"]
    # Jiyuan and Chaoyang share whole sentences; Beijing's articles and Jiyuan's tasks do not.
    assert found["jiyuan", "chaoyang"] > 0.15
    assert found["jiyuan", "beijing"] < 0.02
    longest = reuse.passages(corpus.tasks).iloc[0]
    assert longest["length"] > 40
    fewer = reuse.shares(corpus.tasks, 20).set_index(found.index.names)["share"]
    assert (fewer <= found).all()


def test_matches_are_told_apart_by_their_wording(corpus: yiyang.Corpus) -> None:
    found = reuse.of_matches(corpus.task_matches, corpus.tasks)
    assert set(found["kind"]) == {"verbatim", "in_part", "paraphrase"}
    assert (found.loc[found["kind"] == "paraphrase", "longest"] == 0).all()
    assert (found.loc[found["kind"] == "verbatim", "share"] >= 0.5).all()
    pairs = set(found[["task_id", "other_task_id"]].itertuples(index=False, name=None))
    assert ("chaoyang-26", "jiyuan-05") in pairs
    assert len(pairs) == len(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_side_by_side_view_escapes_the_texts(corpus: yiyang.Corpus, lang: Any) -> None:
    tasks = corpus.tasks.copy()
    bad = "鼓励合作<script>alert(1)</script><img src=x onerror=alert(1)>，开展安宁疗护服务。"
    tasks.loc[tasks["task_id"] == "chaoyang-16", "text"] = bad
    graded = pd.DataFrame(obligations.grade(tasks.to_dict("records")))
    hostile = yiyang.Corpus(
        corpus.all()
        | {
            "tasks": tasks,
            "assignments": corpus.assignments.assign(agency_printed="<b>局</b>"),
            "obligations": schema.cast("obligations", graded),
        }
    )
    for pair in (("chaoyang-16", "jiyuan-03"), ("chaoyang-16", "chaoyang-16")):
        page = show_matches.match(hostile, *pair, lang).data
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "有多份清单"), ("en", "several lists were read")]
)
def test_of_a_place_with_several_lists_none_is_said_to_be_first(
    corpus: yiyang.Corpus, lang: Any, words: str
) -> None:
    again = corpus.documents.assign(document_id=corpus.documents["document_id"] + "-2")
    several = SimpleNamespace(
        tasks=corpus.tasks,
        documents=pd.concat([corpus.documents, again]),
        task_matches=corpus.task_matches,
        jurisdictions=corpus.jurisdictions,
    )
    assert words in counterparts.verbatim(several, lang)


def test_what_is_reused_is_what_some_run_of_the_other_list_holds(corpus) -> None:
    """Each letter counts that stands in a run which the other list holds, looked up plainly."""
    tasks, least = corpus.tasks, 12
    found = reuse.shares(tasks, least).set_index(["jurisdiction", "other_jurisdiction"])
    texts = {
        place: [passages.letters(text)[0] for text in own["text"]]
        for place, own in tasks.groupby("jurisdiction")
    }
    for (here, there), row in found.iterrows():
        n_letters = n_tasks = 0
        for text in texts[here]:
            held = set()
            for i in range(len(text) - least + 1):
                if any(text[i : i + least] in other for other in texts[there]):
                    held.update(range(i, i + least))
            n_letters += len(held)
            n_tasks += bool(held)
        assert (row["n_reused"], row["n_tasks"]) == (n_letters, n_tasks)
