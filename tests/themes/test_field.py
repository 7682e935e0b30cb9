"""Which tasks are of the codebook's field, and what tells it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import yiyang
from yiyang import InputError, themes
from yiyang.core import schema
from yiyang.themes import codebooks, field


def of(*rows: tuple[str, str], document: str = "a") -> pd.DataFrame:
    """Tasks of a document, each its text and its section."""
    return pd.DataFrame(
        {
            "task_id": [f"{document}-{n:02d}" for n in range(1, len(rows) + 1)],
            "document_id": document,
            "seq": range(1, len(rows) + 1),
            "text": [text for text, _ in rows],
            "section": [section or None for _, section in rows],
        }
    )


BUREAU = of(
    ("加强社区养老服务设施建设。", ""),
    ("开展家庭病床服务。", "推进医养结合"),
    ("做好新冠疫情防控。", "公共卫生"),
    ("组织医师资格考试。", "队伍建设"),
    ("创建健康县城。", ""),
)


def judged(
    tasks: pd.DataFrame, title: str = "2024年卫生健康工作要点", **more: pd.DataFrame
) -> pd.DataFrame:
    return field.judge(tasks, {"a": title}, **more)


def test_what_tells_the_field_of_a_bureaus_list() -> None:
    found = judged(BUREAU)
    assert found["is_in_field"].tolist() == [True, True, False, False, False]
    assert found["field_source"].tolist() == ["text", "section", "none", "none", "none"]
    assert found["field_word"].fillna("").tolist() == ["养老", "医养", "", "", ""]


def test_the_title_speaks_for_all_its_tasks() -> None:
    found = judged(BUREAU, "推进老龄工作重点任务")
    assert found["field_source"].tolist() == ["text", "section", "title", "title", "title"]


def test_a_list_of_which_half_names_the_field_is_of_it() -> None:
    found = judged(BUREAU.iloc[:4])
    assert found["field_source"].tolist() == ["text", "section", "list", "list"]
    assert judged(BUREAU.iloc[[0, 2, 3]])["is_in_field"].tolist() == [True, False, False]


def test_of_another_field_is_no_theme_and_no_count() -> None:
    made = themes.assign(BUREAU, judged=judged(BUREAU), reviews=themes.no_reviews())
    schema.check({"task_themes": made})
    outside = made[~made["is_in_field"]]
    assert outside["theme_id"].isna().all()
    assert outside["score"].eq(0).all()
    assert made.loc[made["is_in_field"], "theme_id"].notna().all()


def test_no_task_of_the_four_lists_is_of_another_field(corpus: yiyang.Corpus) -> None:
    assert corpus.task_themes["is_in_field"].all()


def test_a_reader_decides(tmp_path: Path) -> None:
    path = tmp_path / field.REVIEWS
    path.write_text(
        "task_id,is_in_field,reason\na-03,yes,our own task\na-01,no,a heading\nb-01,no,elsewhere\n",
        encoding="utf-8",
    )
    found = judged(BUREAU, reviews=field.read_reviews(path, BUREAU))
    assert found["is_in_field"].tolist() == [False, True, True, False, False]
    assert found["field_source"].tolist()[0] == found["field_source"].tolist()[2] == "reader"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a-01,maybe,x\n", "line 2: found the answer 'maybe'"),
        ("a-01,no,x\na-01,yes,y\n", "line 3: found a-01 a second time"),
        ("a-09,no,x\n", "line 2: found the task a-09"),
    ],
)
def test_a_file_of_judgements_is_held_to_its_form(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / field.REVIEWS
    path.write_text("task_id,is_in_field,reason\n" + rows, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        field.read_reviews(path, BUREAU)


def test_the_file_beside_own_documents_is_read(tmp_path: Path) -> None:
    lines = [
        f"（{n}）{text}（责任单位：县卫健委）"
        for n, text in zip("一二三", BUREAU["text"][2:], strict=True)
    ]
    (tmp_path / "a.txt").write_text("重点任务\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert not yiyang.load(tmp_path).task_themes["is_in_field"].any()
    (tmp_path / field.REVIEWS).write_text("task_id,is_in_field,reason\na-02,yes,ours\n", "utf-8")
    assert yiyang.load(tmp_path).task_themes["is_in_field"].tolist() == [False, True, False]


def test_a_codebook_that_names_no_words_takes_every_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codebooks, "core_words", lambda: ())
    assert judged(BUREAU)["field_source"].eq("codebook").all()


def test_only_core_words_name_the_field(tmp_path: Path) -> None:
    path = tmp_path / "field_words.csv"
    path.write_text("word,reason,kind\n公园,a,core\n树,b,near\n", encoding="utf-8")
    assert codebooks.core_words(path) == ("公园",)
    assert codebooks.field_words(path) == ("公园", "树")
    path = tmp_path / "other.csv"
    path.write_text("word,reason,kind\n公园,a,Core\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: found the kind 'Core'"):
        codebooks.core_words(path)
