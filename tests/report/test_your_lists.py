"""The first page of a report on own documents: theirs, and true of the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shapes

import yiyang
from yiyang.core.messages import LANGS, Lang
from yiyang.report import your_lists


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
    assert [int(n) for n in re.findall(r"\d+", said)[:5]] == [3, 2, len(own.tasks), 1, 0]
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


def test_of_many_places_their_number_is_said(tmp_path: Path) -> None:
    corpus = yiyang.load(shapes.write("twelve lists", tmp_path))
    assert "12" in your_lists.title(corpus, "zh")
