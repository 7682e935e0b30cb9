"""What is said of a document beside its text: codes, days, fields, languages, paths, no text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import yiyang
from yiyang import InputError
from yiyang.commands.cli import app
from yiyang.reading import documents, sources
from yiyang.show import tables

RUN = CliRunner()
ROWS = "序号\t工作任务\t责任单位\n1\t建设养老院5所\t市民政局、火星管理局\n"
TABLE = f"大竹县2024年重点任务清单\n{ROWS}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TABLE, encoding="utf-8")
    return tmp_path / "a.txt"


def run(*arguments: object) -> tuple[int, str]:
    done = RUN.invoke(app, [*map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, str(done.stdout + done.stderr)


@pytest.mark.parametrize(
    ("code", "listed"),
    [("999999", None), ("110199", None), ("000000", "000000"), ("110105", "110105"),
     ("330621", "330621"), ("100000", "100000")],
)  # fmt: skip
def test_add_takes_the_codes_of_places_alone(path: Path, code: str, listed: str | None) -> None:
    own = path.parent / "own"
    exit_code, said = run("add", "-c", own, "--code", code, path)
    assert exit_code == (listed is None)
    if listed is None:
        assert f"found the code {code}, which no place bears" in said
        assert not own.exists()
    else:
        assert sources.catalogue(own)["code"].tolist() == [listed]


def test_a_code_that_no_place_bears_is_asked_about_and_stops_nothing(path: Path) -> None:
    (path.parent / "b.txt").write_text(ROWS, encoding="utf-8")
    (path.parent / "catalogue.csv").write_text(
        "file_name,code,is_complete\na.txt,999999,\nb.txt,888888,\n", encoding="utf-8"
    )
    corpus = yiyang.load(path.parent)
    assert corpus.jurisdictions["code"].tolist() == ["511724", "000000"]
    assert len(corpus.tasks) == 2
    exit_code, said = run("check", "-c", path.parent, "--json")
    assert exit_code == 0
    rows = json.loads(said)["documents"]
    asked = [next(q for q in row["questions"] if q["field"] == "code") for row in rows]
    assert [question["found"][:6] for question in asked] == ["999999", "888888"]
    assert "`yiyang add … --place 四川省达州市大竹县`" in asked[0]["answer"]
    assert rows[0]["unknown_names"] == ["火星管理局"]


def test_a_checked_document_is_refused_for_its_code(path: Path) -> None:
    layout = yiyang.read(path).document["layout"].item()
    said = f"file_name,code,layout\na.txt,999999,{layout}\n"
    (path.parent / "catalogue.csv").write_text(said, encoding="utf-8")
    with pytest.raises(InputError, match="999999, which no place bears"):
        documents.read_folder(path.parent)


def test_check_names_the_units_that_are_not_known(path: Path) -> None:
    names = "、".join(f"火星第{n}管理局" for n in "一二三四五六七八九十甲乙")
    path.write_text(TABLE.replace("火星管理局", names), encoding="utf-8")
    said = run("check", "-c", path.parent)[1].replace("\n", "")
    assert "units not known: 火星第一管理局、火星第二管理局" in said
    assert "火星第十管理局、and 2 more (--json)" in said


@pytest.mark.parametrize("form", ["text", "bibtex", "csl"])
def test_a_date_that_only_the_catalogue_gives_is_said(path: Path, form: str) -> None:
    run("add", "-c", path.parent / "own", "--date", "2019-03-01", path)
    corpus = yiyang.load(path.parent / "own")
    [document] = corpus.documents.itertuples()
    assert (document.date_printed, document.date_issued) == ("not stated", dt.datetime(2019, 3, 1))
    assert "; the date is the catalogue's, and not printed" in corpus.cite("a-01", form)  # type: ignore[arg-type]
    shown = tables.documents(corpus.documents, corpus.jurisdictions, "en").data
    assert "2019-03-01 (not printed)" in shown
    shown = tables.documents(corpus.documents, corpus.jurisdictions, "zh").data
    assert "2019-03-01（文中未印）" in shown


def test_a_date_is_printed_as_it_stands_there(path: Path) -> None:
    path.write_text(f"{TABLE}\n大竹县人民政府\n2020年1月2日\n", encoding="utf-8")
    shown = yiyang.read(path, date_issued="2019-03-01").document.iloc[0]
    assert (shown["date_printed"], shown["date_issued"]) == (
        "2020年1月2日",
        dt.datetime(2019, 3, 1),
    )


@pytest.mark.parametrize(
    "day", [dt.date(2020, 1, 2), dt.datetime(2020, 1, 2, 3, 4), "2020-01-02", "2020年1月2日"]
)
def test_a_day_may_be_a_date(path: Path, day: dt.date | str) -> None:
    shown = yiyang.read(path, date_issued=day).document
    assert shown["date_issued"].item() == dt.datetime(2020, 1, 2)


def test_a_row_of_a_table_may_say_it(path: Path) -> None:
    row = pd.DataFrame({"code": [110105], "date_issued": [pd.NaT], "note": [np.nan]}).iloc[0]
    shown = yiyang.read(path, **row.to_dict())
    assert (shown.code, shown.document["date_issued"].isna().item()) == ("110105", True)
    assert yiyang.read(path, code=np.int64(110105)).code == "110105"  # type: ignore[arg-type]


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "another column": (lambda p: yiyang.read(p, colour="X"), "colour said.*document_id, juris"),
    "a list": (lambda p: yiyang.read(p, title=["a"]), "a list as a value"),  # type: ignore[arg-type]
    "no file": (lambda _: yiyang.read(None), "a NoneType as a path"),  # type: ignore[arg-type]
    "bytes": (lambda _: yiyang.read(b"a.txt"), "a bytes as a path"),  # type: ignore[arg-type]
    "a number": (lambda _: yiyang.load(3), "a int as a path"),  # type: ignore[arg-type]
    "a language": (lambda p: yiyang.read(p).html("fr"), "'fr'; expected one of zh, en"),  # type: ignore[arg-type]
    "a field": (
        lambda p: yiyang.read(p).correct(1, "养", "老", "why", field="zzz"),
        "'zzz'; expected one of units, lead, responsible, supporting, deadline, text",
    ),
    "a kind": (lambda p: yiyang.read(p).correct(1, "养", "老", "why", kind="z"), "scan_error"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_said_is_refused_with_what_can(path: Path, name: str) -> None:
    ask, said = WRONG[name]
    with pytest.raises(InputError, match=said):
        ask(path)
    assert [file.name for file in path.parent.iterdir()] == ["a.txt"]  # no lock stays either


def _office(path: Path) -> None:
    docx.Document().save(str(path)) if path.suffix == ".docx" else openpyxl.Workbook().save(path)


EMPTY: dict[str, bytes | None] = {
    **dict.fromkeys(("a.txt", "a.md", "a.csv", "a.html", "a.docx", "a.pdf"), b""),
    "b.txt": b" \n\n\t\r\n",
    "c.txt": "\ufeff\u3000\n".encode(),
    "d.txt": "\u3000\n".encode("utf-16"),
    "b.csv": b"\n\n",
    "b.docx": None,
    "b.xlsx": None,
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    data = EMPTY[name]
    _office(tmp_path / name) if data is None else (tmp_path / name).write_bytes(data)
    exit_code, said = run("add", "-c", tmp_path / "own", tmp_path / name)
    assert exit_code == 1
    assert "found an empty file; expected a document with its text" in said
    assert not (tmp_path / "own" / name).exists()


def test_a_file_listed_already_keeps_its_place_and_is_counted_so(tmp_path: Path) -> None:
    files = []
    for name in ("c.txt", "a.txt", "b.txt"):
        files.append(tmp_path / name)
        files[-1].write_text(TABLE + name, encoding="utf-8")
    own = tmp_path / "own"
    assert "2 added to" in run("add", "-c", own, *files[:2])[1]
    for more in ([], ["--replace"], ["--date", "2024-05-31"]):
        said = run("add", "-c", own, *more, files[0])[1].replace("\n", "")
        assert "0 added to" in said
        assert "1 listed already, 0 refused" in said
        assert sources.catalogue(own)["file_name"].tolist() == ["c.txt", "a.txt"]
    said = run("add", "-c", own, files[2], files[1])[1].replace("\n", "")
    assert "1 added to" in said
    assert "1 listed already" in said
    assert sources.catalogue(own)["file_name"].tolist() == ["c.txt", "a.txt", "b.txt"]
    assert not [*own.glob(".*")]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("宝山区人民政府关于养老工作的意见\n",
         ["--place 黑龙江省双鸭山市宝山区", "--place 上海市宝山区"]),
        ("重点任务清单\n", ["--place 泰顺县"]),
    ],
)  # fmt: skip
def test_a_question_of_a_place_offers_those_that_may_be_meant(
    tmp_path: Path, text: str, answers: list[str]
) -> None:
    (tmp_path / "a.txt").write_text(text + ROWS, encoding="utf-8")
    [asked] = [q for q in yiyang.read(tmp_path / "a.txt").questions if q.field == "code"]
    assert all(f"{answer}`" in asked.answer for answer in answers)
    assert asked.answer.count("--place") == len(answers)


def test_advice_is_such_that_can_be_followed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("责任单位：市民政局\n", encoding="utf-8")
    shown = yiyang.read(tmp_path / "one.txt")
    [asked] = [question for question in shown.questions if question.field == "signs"]
    assert "repairs.csv" not in asked.answer
    assert "git" not in run("read", tmp_path / "none.txt")[1]
    (tmp_path / "catalogue.csv").write_text(f"file_name,sha256\none.txt,{'0' * 64}\n")
    with pytest.raises(InputError, match="no task") as caught:
        yiyang.load(tmp_path)
    assert "git" not in str(caught.value)


def test_one_is_said_in_the_singular(path: Path) -> None:
    assert repr(yiyang.read(path)) == "Preview of 大竹县2024年重点任务清单: 1 task, 95% sure"
    assert repr(yiyang.load(path.parent)) == "Corpus of 1 task in 1 list: a 1"
    assert "a.txt: 1 task, 95% sure" in run("add", "-c", path.parent / "own", path)[1]
    assert "1 document, 1 task, 0 not readable" in run("check", "-c", path.parent / "own")[1]


def test_a_preview_is_shown_where_there_is_no_ipython(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = yiyang.read(path).html("zh").data
    monkeypatch.setattr(tables, "find_spec", lambda _: None)
    shown = yiyang.read(path)
    assert shown._repr_html_() == shown.html("zh")._repr_html_() == with_it
