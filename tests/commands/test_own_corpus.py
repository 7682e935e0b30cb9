"""A corpus of one's own: catalogue, places, what documents say of themselves, the commands."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from pathlib import Path

import nbformat
import pytest
import typer
from typer.testing import CliRunner

import yiyang
from yiyang import InputError, extract
from yiyang.commands import common
from yiyang.commands.cli import app
from yiyang.core import places, schema
from yiyang.reading import documents, sources
from yiyang.reading import metadata as about
from yiyang.safety import opening as files

FOLDER = Path(__file__).parent.parent / "documents"
RUN = CliRunner()


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """Three lists, a document that is none, and a file that is broken; without a catalogue."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("tabbed.txt", "bracket_roles.txt", "stacked.html", "news.txt"):
        shutil.copy(FOLDER / name, folder)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


def test_a_folder_without_a_catalogue_is_a_corpus(corpus_folder: Path) -> None:
    corpus = yiyang.load(corpus_folder)
    counts = corpus.documents.set_index("document_id")["n_tasks"].to_dict()
    assert counts == {"broken": 0, "bracket_roles": 5, "news": 0, "stacked": 5, "tabbed": 5}
    unread = corpus.documents.set_index("document_id").loc["broken"]
    assert unread["layout"] == "unread"
    assert "a damaged archive" in unread["reasons"]
    schema.check(corpus.all())


def test_own_documents_stand_beside_the_five(corpus_folder: Path) -> None:
    corpus = yiyang.load(corpus_folder, beside=True)
    own = yiyang.load()
    assert len(corpus.tasks) == len(own.tasks) + 15
    kept = corpus.tasks[corpus.tasks["document_id"].isin(own.documents["document_id"])]
    assert kept["text"].tolist() == own.tasks["text"].tolist()


def test_of_the_five_those_named_stand_beside(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = yiyang.load(corpus_folder, beside=["chaoyang", "河南省济源市"])
    assert {"chaoyang", "jiyuan"} < set(corpus.jurisdictions["jurisdiction"])
    assert not {"beijing", "zhongning"} & set(corpus.jurisdictions["jurisdiction"])
    assert set(corpus.repairs["document_id"]) <= set(corpus.documents["document_id"])
    schema.check({name: corpus.table(name) for name in schema.names("base")})
    monkeypatch.setenv("YIYANG_CORPUS", str(corpus_folder))
    monkeypatch.setenv("YIYANG_BESIDE", "jiyuan")
    assert "jiyuan" in set(yiyang.load().jurisdictions["jurisdiction"])
    with pytest.raises(InputError, match="nowhere"):
        yiyang.load(corpus_folder, beside=["nowhere"])
    alone = RUN.invoke(app, ["report", "-c", str(corpus_folder), "chaoyang"])
    assert alone.exit_code == 1
    assert "--beside chaoyang" in alone.output


def test_the_environment_names_the_corpus(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIYANG_CORPUS", str(corpus_folder))
    corpus = yiyang.load()
    assert len(corpus.tasks) == 15
    page = next(d for d in corpus.documents.itertuples() if d.document_id == "stacked")
    assert documents.printed(page)[5].startswith("1\t扩充学位\t新建公办幼儿园2所")


@pytest.mark.parametrize("suffix", ["csv", "yaml"])
def test_a_catalogue_says_what_a_document_does_not(corpus_folder: Path, suffix: str) -> None:
    row = {"file_name": "tabbed.txt", "code": "110105", "date_issued": "2024-03-01", "note": "草案"}
    if suffix == "csv":
        text = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    else:
        text = "documents:\n- " + "\n  ".join(f"{k}: '{v}'" for k, v in row.items()) + "\n"
    (corpus_folder / f"catalogue.{suffix}").write_text(text, encoding="utf-8")
    listed = yiyang.load(corpus_folder).documents
    assert listed["document_id"].tolist() == ["tabbed"]
    assert listed["jurisdiction"].item() == "chaoyang"
    assert listed["date_issued"].item() == dt.datetime(2024, 3, 1)
    assert listed["title"].item() == "清源市2024年养老服务重点任务分解表"


def test_a_catalogue_holds_no_character_that_tears_a_table(tmp_path: Path) -> None:
    (tmp_path / "catalogue.yaml").write_text(
        '- file_name: a.txt\n  title: "养老\\r=1+1\\0\\ud800"\n', encoding="utf-8"
    )
    assert sources.catalogue(tmp_path)["title"].item() == "养老\n=1+1␀\ufffd"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file_name\n../secret.txt\n", r"'\.\./secret\.txt' as the file"),
        ("file_name\n/etc/passwd\n", "'/etc/passwd' as the file"),
        ("file_name\na.txt\na.txt\n", "the document a.txt twice"),
        ("file_name,document_id\na.txt,a\na.txt,b\n", "the document a.txt twice"),
        ("file_name,datum\na.txt,x\n", "the columns datum"),
        ("title\nx\n", "also .'file_name'"),
    ],
)
def test_a_catalogue_is_held_to_its_folder(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "catalogue.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        sources.catalogue(tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "own" / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert not files.is_inside(tmp_path / "own", "a.txt")


def test_a_corpus_without_tasks_is_said(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "news.txt", tmp_path)
    with pytest.raises(InputError, match=r"no task in any document: news\.txt: no table of tasks"):
        yiyang.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("静安区“卓越城区”城市更新行动", "310106"),
        ("大竹县人民政府办公室", "511724"),
        ("北京市朝阳区人民政府", "110105"),
        ("长春市朝阳区", "220104"),
        ("朝阳区", None),
        ("阳泉市城区", "140302"),
        ("河北省石家庄市新华区", "130105"),
        ("河北省沧州市新华区", "130902"),
        ("甘肃省临夏回族自治州积石山保安族东乡族撒拉族自治县", "622927"),
        ("城区改造", None),
        ("宁夏中宁县", "640521"),
        ("广东省", "440000"),
        ("广州市民政局", "440100"),
        ("我市", None),
    ],
)
def test_places_by_name(text: str, code: str | None) -> None:
    assert places.find(text) == code


def test_places_are_those_of_the_standard() -> None:
    listed = places.places()
    counties = sum(place.level == "county" and not place.valid_to for place in listed.values())
    assert 2700 < counties < 3100
    assert listed["419001"].name == "河南省济源市"
    assert listed["640521"].parent_code == "640500"
    own = yiyang.load().jurisdictions
    for row in own.itertuples():
        assert listed[row.code].level == row.level or row.code == "110000"


def _about(text: str) -> about.About:
    return about.find(list(extract.text.blocks(text)))


def test_what_a_document_says_of_itself() -> None:
    said = _about((FOLDER / "bracket_roles.txt").read_text(encoding="utf-8"))
    assert said.title.startswith("平湖区人民政府办公室关于印发《平湖区推进")
    assert said.number == "平政办发〔2023〕27号"
    assert said.issuer == "平湖区人民政府办公室"
    assert (said.date_printed, said.date) == ("2023年8月15日", dt.date(2023, 8, 15))
    cells = "发文机关：\t国务院\n标 题：\t关于促进就业\n的意见\n成文日期：\t2018年11月16日\n"
    said = _about(cells + "正文\n")
    assert (said.issuer, said.date, said.code) == ("国务院", dt.date(2018, 11, 16), places.NATION)
    said = _about("关于推进养老\n服务发展的意见\n市民政局  市财政局\n二〇二一年四月十五日\n")
    assert said.title == "关于推进养老服务发展的意见"
    assert said.issuer == "市民政局、市财政局"
    assert said.date == dt.date(2021, 4, 15)
    said = _about("工作任务清单\n发文日期：２０２１年４月１５日\n")
    assert (said.date_printed, said.date) == ("２０２１年４月１５日", dt.date(2021, 4, 15))
    assert _about("一段话。\n").date_printed == about.NOT_STATED


def test_read_shows_a_document_and_refuses_a_broken_one(corpus_folder: Path) -> None:
    shown = RUN.invoke(app, ["read", str(corpus_folder / "tabbed.txt")])
    assert shown.exit_code == 0
    assert "市民政局" in shown.stdout
    plain = RUN.invoke(
        app, ["read", "--json", *(str(corpus_folder / n) for n in ("tabbed.txt", "broken.docx"))]
    )
    assert plain.exit_code == 1
    assert "a damaged archive" in plain.stderr
    assert [len(entry["tasks"]) for entry in json.loads(plain.stdout)] == [5]


def test_the_help_names_the_extras() -> None:
    assert "yiyang[scale]" in RUN.invoke(app, ["run", "--help"]).stdout


@pytest.mark.parametrize("where", [".", ".."])
def test_an_error_names_a_document_as_it_was_named(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.chdir(corpus_folder / where)
    name = Path("" if where == "." else corpus_folder.name, "broken.docx")
    assert f"yiyang: {name}: found" in RUN.invoke(app, ["read", str(name)]).stderr


def test_add_lists_what_a_document_says_and_check_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    files = [str(FOLDER / name) for name in ("bracket_roles.txt", "stacked.html", "news.txt")]
    added = RUN.invoke(app, ["add", "--corpus", str(folder), *files, str(tmp_path / "none.txt")])
    assert added.exit_code == 1
    assert "no such file" in added.stderr
    with (folder / "catalogue.csv").open(encoding="utf-8") as file:
        rows = {row["file_name"]: row for row in csv.DictReader(file)}
    assert list(rows) == ["bracket_roles.txt", "stacked.html", "news.txt"]
    assert rows["bracket_roles.txt"]["document_number"] == "平政办发〔2023〕27号"
    assert rows["stacked.html"]["date_issued"] == "2024-01-22"
    again = RUN.invoke(app, ["add", "-c", str(folder), "--code", "330482", files[0]])
    assert again.exit_code == 0
    checked = RUN.invoke(app, ["check", "-c", str(folder), "--json"])
    assert checked.exit_code == 0
    found = {row["file_name"]: row for row in json.loads(checked.stdout)["documents"]}
    assert found["bracket_roles.txt"]["tasks"] == 5
    assert found["bracket_roles.txt"]["missing"] == []
    assert found["news.txt"]["tasks"] == 0


def test_a_place_in_english_is_what_the_catalogue_says_or_its_romanised_name(
    tmp_path: Path,
) -> None:
    """Which names pinyin made is said on the page of the lists."""
    (tmp_path / "catalogue.csv").write_text(
        "file_name,code,jurisdiction_en\n"
        'a.txt,310106,"Jing\'an District, Shanghai"\nb.txt,511724,\nc.txt,310000,\n'
    )
    listed = sources.jurisdictions([tmp_path], ["310106", "511724", "310000", places.NATION])
    english = listed.set_index("jurisdiction")["name_en"].to_dict()
    assert english == {
        "100000": "China",
        "310000": "Shanghai Municipality",
        "310106": "Jing'an District, Shanghai",
        "511724": "Dazhu County, Sichuan",
    }


def test_check_goes_on_behind_a_broken_file(corpus_folder: Path) -> None:
    checked = RUN.invoke(app, ["check", "--quiet", "--corpus", str(corpus_folder)])
    assert checked.exit_code == 1
    assert "5 documents, 15 tasks, 1 not readable" in checked.stdout
    assert "a damaged archive" in checked.stderr
    none = RUN.invoke(app, ["check", "--corpus", str(corpus_folder / "nowhere")])
    assert none.exit_code == 1
    assert "no such folder" in none.stderr


def test_add_keeps_another_file_of_the_same_name(corpus_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "tabbed.txt"
    other.write_text((FOLDER / "markdown.md").read_text(encoding="utf-8"), encoding="utf-8")
    added = RUN.invoke(app, ["add", "-c", str(corpus_folder), str(other)])
    assert added.exit_code == 1
    assert "another file of this name" in added.stderr
    assert (corpus_folder / "tabbed.txt").read_bytes() == (FOLDER / "tabbed.txt").read_bytes()


def test_corrections_go_to_the_ledger_of_the_corpus(corpus_folder: Path) -> None:
    fields = "document_id,task_id,field,line,source_line,before,after,kind,reason"
    row = "tabbed,tabbed-02,text,7,,嵌入式,便民,scan_error,misread"
    (corpus_folder / "repairs.csv").write_text(f"{fields}\n{row}\n", encoding="utf-8")
    corpus = yiyang.load(corpus_folder)
    task = corpus.tasks.set_index("task_id").loc["tabbed-02"]
    assert task["text"].startswith("推进社区便民服务设施")
    assert task["is_repaired"]
    assert len(corpus.repairs) == 1


def test_a_report_on_own_lists_leaves_out_what_they_cannot_answer() -> None:
    import nbformat.v4 as nbf  # noqa: PLC0415

    from yiyang.report import execution  # noqa: PLC0415

    def code(source: str, *, fails: bool = False) -> nbformat.NotebookNode:
        error = nbf.new_output("error", ename="KeyError", evalue="'chaoyang-11'", traceback=[])
        result = nbf.new_output("execute_result", execution_count=9)
        return nbf.new_code_cell(source, execution_count=9, outputs=[error if fails else result])

    def words(source: str) -> nbformat.NotebookNode:
        return nbf.new_markdown_cell(source, metadata={"tags": ["lang-zh"]})

    book = nbf.new_notebook()
    book.cells = [
        words("# 题"),
        code("a"),
        words("例"),
        code("b", fails=True),
        words("表"),
        code("c"),
    ]
    assert execution.leave_out_failures(book) == ["b (KeyError: 'chaoyang-11')"]
    assert [cell.source for cell in book.cells] == ["# 题", "a", "表", "c"]
    assert [c.execution_count for c in book.cells if c.cell_type == "code"] == [1, 2]


def test_a_warning_of_a_chart_is_said_and_ends_no_report_on_own_lists() -> None:
    import nbformat.v4 as nbf  # noqa: PLC0415

    from yiyang.report import execution  # noqa: PLC0415

    warning = nbf.new_output(
        "stream", name="stderr", text="x.py:1: UserWarning: identical limits\n"
    )
    shown = nbf.new_output("stream", name="stdout", text="1")
    book = nbf.new_notebook()
    book.cells = [nbf.new_code_cell("a", outputs=[warning, shown]), nbf.new_markdown_cell("b")]
    assert execution.take_out_warnings(book) == ["warned, x.py:1: UserWarning: identical limits"]
    assert book.cells[0].outputs == [shown]
    assert execution.take_out_warnings(book) == []


LEDGER = "document_id,task_id,field,line,source_line,before,after,kind,reason"
BROKEN = [
    ("repairs.csv", LEDGER.encode() + "\n县".encode("gb18030"), "UTF-8"),
    ("repairs.csv", f"{LEDGER}\n1,2\n3,4,5,6,7,8,9,10,11,12\n".encode(), "nothing for field"),
    ("repairs.csv", b"", "restore the heading"),
    ("repairs.csv", f"{LEDGER}\nx,x-01,text,3,,,b,scan_error,r\n".encode(), "nothing for before"),
    ("repairs.csv", f"{LEDGER}\nx,x-01,text,3,,a,b,scan_error,r\n".encode(), "repairs of \\['x'"),
    ("label_extents.csv", b"a,b\n1,2\n", "restore the heading"),
    ("jurisdictions.csv", b"a,b\n1,2\n", "also"),
    ("catalogue.csv", b"", "a row of headings"),
    ("catalogue.yaml", b"- file_name: [\n", "in YAML"),
]


@pytest.mark.parametrize(("name", "data", "message"), BROKEN)
def test_a_broken_list_beside_the_documents_is_named(
    corpus_folder: Path, name: str, data: bytes, message: str
) -> None:
    if name == "catalogue.yaml":
        (corpus_folder / "catalogue.csv").unlink(missing_ok=True)
    (corpus_folder / name).write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        yiyang.load(corpus_folder)
    assert name in str(caught.value)


def test_a_codebook_without_its_files_is_refused(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        common.use_codebook(corpus_folder)
    assert "no themes.csv in the folder" in capsys.readouterr().err
