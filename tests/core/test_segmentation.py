"""Segmentation: terms kept whole, nothing lost, both engines alike, no word on the console."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import yiyang
from yiyang import InputError
from yiyang.core import segmentation

TERMS = ["医养结合", "家庭医生签约", "长期护理保险", "安宁疗护", "公建民营"]


@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_the_field_stays_whole(term: str) -> None:
    assert term in segmentation.cut([f"推进{term}工作"])[0]


def test_every_term_of_the_dictionary_stays_whole_alone() -> None:
    terms = list(segmentation.dictionary())
    assert [
        t for t, tokens in zip(terms, segmentation.cut(terms), strict=True) if tokens != [t]
    ] == []
    assert len(terms) > 500


def test_both_engines_cut_all_tasks_alike(corpus: yiyang.Corpus) -> None:
    texts = corpus.tasks["text"]
    assert segmentation.cut(texts) == segmentation.cut(texts, "jieba")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="养老医疗服务机构2020年%、，。（）“”abAB +-·\t", max_size=40))
def test_tokens_joined_are_the_text_and_engines_agree(text: str) -> None:
    tokens = segmentation.cut([text])[0]
    assert "".join(tokens) == text
    assert tokens == segmentation.cut([text], "jieba")[0]


def test_cutting_is_silent_and_leaves_no_shared_cache(tmp_path: Path) -> None:
    code = (
        "from yiyang.core import segmentation as s; "
        "s.cut(['医养结合']); s.cut(['医养结合'], 'jieba')"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, check=True, env={"TMPDIR": str(tmp_path), "PATH": ""},
        cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert done.stdout == done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(InputError, match=r"hanlp.*rjieba, jieba"):
        segmentation.cut(["医养结合"], "hanlp")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("term,why\n医养,x\n", r"terms.csv, line 1: found columns \['term', 'why'\]"),
        ("term,reason\n医养,\n", "line 2: found nothing for reason"),
        ("term,reason\n医养,a\n医养,b\n", "line 3: found 医养 a second time"),
        ("term,reason\n,a\n", "line 2: found nothing for term"),
    ],
)
def test_a_bad_list_of_terms_is_reported_with_its_line(
    rows: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        segmentation.read_terms(path)
