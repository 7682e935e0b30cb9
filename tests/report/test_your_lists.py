"""The first page of a report on own documents: theirs, and true of the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shapes

import yiyang
from yiyang.core.messages import LANGS, Lang
from yiyang.report import evidence, your_lists


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> yiyang.Corpus:
    """A list of a county, one of an unknown place and without a date, and news."""
    folder = tmp_path_factory.mktemp("own")
    listed = {
        "a.txt": shapes.text([*shapes.CARE[:4], *shapes.OTHER_FIELD], title="<b>工作</b>任务"),
        "b.txt": shapes.text(shapes.CARE[4:], place=None, date=""),
        "news.txt": shapes.NEWS,
    }
    for name, text in listed.items():
        (folder / name).write_text(text, encoding="utf-8")
    return yiyang.load(folder)


def test_the_four_lists_have_no_such_section(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    assert your_lists.markdown(corpus, "en", tmp_path) == ""
    assert your_lists.title(corpus, "en") == "Task lists of integrated medical and elderly care"


@pytest.mark.parametrize("lang", LANGS)
def test_every_document_is_shown_as_what_it_is(
    own: yiyang.Corpus, tmp_path: Path, lang: Lang
) -> None:
    said = your_lists.markdown(own, lang, tmp_path)
    page = (tmp_path / your_lists.FILE).read_text(encoding="utf-8")
    assert said.startswith({"zh": "## 您的清单", "en": "## Your lists"}[lang])
    assert [int(n) for n in re.findall(r"\d+", said)[:4]] == [3, 2, len(own.tasks), 1]
    n = int(own.task_themes["is_in_field"].sum())
    assert 0 < n < len(own.tasks)
    assert str(n) in said.split("\n")[2]
    rows = {name: next(r for r in page.split("<tr") if name in r) for name in ("b.txt", "news.txt")}
    assert "{" not in re.sub("<style.*?</style>", "", page, flags=re.DOTALL)
    assert "--place" in rows["b.txt"]
    assert "--date" in rows["b.txt"]
    assert {"zh": "不是任务清单", "en": "no task list"}[lang] in rows["news.txt"]
    assert "<b>工作" not in page.replace("<b>四川", "")


def test_the_report_bears_the_name_of_its_lists(own: yiyang.Corpus) -> None:
    assert "大竹县" in your_lists.title(own, "zh")
    assert "integrated" not in your_lists.title(own, "en")


def test_what_a_catalogue_calls_the_report_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(shapes.text(shapes.CARE[:2]), encoding="utf-8")
    said = "title: 三县*医养*任务\ndocuments:\n- file_name: a.txt\n"
    (tmp_path / "catalogue.yaml").write_text(said, encoding="utf-8")
    corpus = yiyang.load(tmp_path)
    assert [your_lists.title(corpus, lang) for lang in LANGS] == ["三县*医养*任务"] * 2
    marks = evidence.front_marks(corpus, "zh", tmp_path)
    assert marks["@TITLE@"] == r"三县\*医养\*任务"


def test_two_places_that_nobody_states_are_two(tmp_path: Path) -> None:
    corpus = yiyang.load(shapes.write("two unknown places", tmp_path))
    called = corpus.jurisdictions.set_index("jurisdiction")
    assert list(called.index) == ["unknown-a", "unknown-b"]
    assert set(called["code"]) == {"000000"}
    for lang, said in (("zh", "a（地区未注明）"), ("en", "a (place not stated)")):
        assert called.loc["unknown-a", f"name_{lang}"] == said
        page = str(your_lists.table(corpus, corpus.documents, lang).data)
        assert "000000" not in page
        assert page.count("--place") == 2
    assert corpus.task_matches["other_jurisdiction"].nunique() == 2


@pytest.mark.parametrize("lang", LANGS)
def test_a_double_is_said_to_be_one(tmp_path: Path, lang: Lang) -> None:
    corpus = yiyang.load(shapes.write("copies of one place", tmp_path))
    said = your_lists.counted(corpus.documents, lang)
    assert [int(n) for n in re.findall(r"\d+", said)] == [2, 1, len(corpus.tasks), 1]
    assert {"zh": "同一份", "en": "the same as"}[lang] in said.lower()
    shown = [your_lists.say_reading(corpus, d, lang) for d in corpus.documents.itertuples()]
    assert sum({"zh": "计在那里", "en": "counted there"}[lang] in text for text in shown) == 1


def test_a_sign_is_asked_about_with_its_line_and_its_task(tmp_path: Path) -> None:
    text = shapes.text(
        [*shapes.CARE[:3], shapes.Task("建设平台〔市级统筹：县民政局〕", "县民政局")]
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "catalogue.csv").write_text("file_name,code\na.txt,511724\n", encoding="utf-8")
    corpus = yiyang.load(tmp_path)
    signs = corpus.signs[corpus.signs["state"] == "unread"]
    assert len(signs)
    page = str(your_lists.table(corpus, corpus.documents, "zh").data)
    assert f'<li value="{signs["line"].iloc[0]}"><bdi lang="zh-CN"><mark>' in page
    assert 'href="tasks.html#a-04"' in page
    row = your_lists.catalogue_row(corpus, "a.txt", "en")
    assert row == 'line 2 of <a href="../../catalogue.csv">catalogue.csv</a>'


def test_of_many_places_their_number_is_said(tmp_path: Path) -> None:
    corpus = yiyang.load(shapes.write("twelve lists", tmp_path))
    assert "12" in your_lists.title(corpus, "zh")


def test_of_a_line_that_holds_a_whole_table_the_beginning_is_shown() -> None:
    whole = "目标任务" * 300
    assert your_lists._short(whole) == f"{whole[: your_lists.LONGEST]}……"
    assert your_lists._short("目标任务") == "目标任务"
