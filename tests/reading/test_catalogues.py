"""What a catalogue says is held to its form where it is read, by its row, and `add` keeps to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import yiyang
from yiyang import InputError, scale
from yiyang.commands.cli import app
from yiyang.reading import catalogues, documents, sources
from yiyang.safety import limits

TABLE = "序号\t工作任务\t责任单位\n1\t建设养老院5所\t市民政局\n"
RUN = CliRunner()
WRONG = {
    "code": ["a/b", "51", "5117240", "５１１７２４", "=1"],
    "date_issued": ["not a date", "2024-02-30", "2024-05", "31.5.2024", "0"],
    "document_id": ["../x", "a b", ".a", "<b>", "a\nb", "=1", "a" * 81],
    "jurisdiction": ['x" style="', "y<b onmouseover=alert(1)>", "a/b"],
    "is_complete": ["yes"],
    "document_type": ["list"],
    "layout": ["round"],
    "sha256": ["A" * 64],
    "n_bytes": ["-1", "1e9"],
}


@pytest.mark.parametrize(("name", "value"), [(k, v) for k, vs in WRONG.items() for v in vs])
def test_a_value_of_another_form_is_refused_by_its_row(
    tmp_path: Path, name: str, value: str
) -> None:
    cell = '"' + value.replace('"', '""') + '"'
    (tmp_path / "catalogue.csv").write_text(f"file_name,{name}\na.txt,\nb.txt,{cell}\n")
    with pytest.raises(InputError) as said:
        sources.catalogue(tmp_path)
    assert said.value.place == f"{tmp_path / 'catalogue.csv'}, row 3"
    assert said.value.found == f"{value[:80]!r} as the {name}"
    with pytest.raises(InputError, match="as the"):
        catalogues.said_of({name: value}, "a.txt")


DAYS = [
    *("2024-05-31", "2024/5/31", "2024.05.31", "2024年5月31日", "２０２４年５月３１日", "20240531"),
    *("2024-05-31 00:00:00", "2024-05-31T00:00:00", "2024/5/31 0:00", "二〇二四年五月三十一日"),
]


@pytest.mark.parametrize("printed", DAYS)
def test_a_day_is_read_as_people_and_spreadsheets_write_it(tmp_path: Path, printed: str) -> None:
    row = f"a.txt,{printed},511724,大竹_2024.清单-1,x,TRUE"
    head = "file_name,date_issued,code,jurisdiction,note,is_complete\n"
    (tmp_path / "catalogue.csv").write_text(f"{head}{row}\n", encoding="utf-8")
    [listed] = sources.records(sources.catalogue(tmp_path))
    assert (listed.date_issued, listed.code) == ("2024-05-31", "511724")
    assert (listed.jurisdiction, listed.is_complete) == ("大竹_2024.清单-1", "True")


def test_a_heading_of_two_lines_is_no_column(tmp_path: Path) -> None:
    (tmp_path / "catalogue.csv").write_text('file_name,"note\n(备注)"\na.txt,x\n')
    with pytest.raises(InputError, match=r"found the columns note\n\(备注\); expected file_name"):
        sources.catalogue(tmp_path)


def test_load_check_and_run_refuse_the_same(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.txt").write_text(TABLE, encoding="utf-8")
    (tmp_path / "own" / "catalogue.yaml").write_text("- {file_name: a.txt, code: a/b}\n")
    said = r"catalogue\.yaml, document 1: found 'a/b' as the code; expected the six figures"
    with pytest.raises(InputError, match=said):
        yiyang.load(tmp_path / "own")
    with pytest.raises(InputError, match=said):
        scale.run(tmp_path / "own", tmp_path / "out", lambda *_: iter(()))
    assert "'a/b' as the code" in RUN.invoke(app, ["check", "-c", str(tmp_path / "own")]).stderr


LARGE = {
    ("csv", "catalogue_bytes"): "file_name\n" + "a" * 2000,
    ("csv", "catalogue_rows"): "file_name\n" + "a\n" * 200,
    ("csv", "line_characters"): "file_name\n" + "," * 900,
    ("yaml", "yaml_bytes"): "- [" + "a," * 1000,
}


@pytest.mark.parametrize(("suffix", "name"), LARGE)
def test_a_catalogue_has_limits(tmp_path: Path, suffix: str, name: str) -> None:
    (tmp_path / f"catalogue.{suffix}").write_text(LARGE[suffix, name])
    few = limits.Limits(
        catalogue_bytes=1000, yaml_bytes=1000, catalogue_rows=100, line_characters=800
    )
    with limits.use(few), pytest.raises(InputError, match=rf"catalogue\.{suffix}: .*limit {name}"):
        sources.catalogue(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file_name,note,note\na.txt,1,2\n", "the column note twice"),
        ("file_name,note\na.txt,1,2\n", "more than 2 cells"),
        ("\nfile_name,other\n\n", "the columns other"),
    ],
)
def test_cells_are_those_of_their_headings(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "catalogue.csv").write_text(text)
    with pytest.raises(InputError, match=message):
        sources.catalogue(tmp_path)


def test_a_catalogue_that_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TABLE, encoding="utf-8")
    (tmp_path / "catalogue.csv").mkdir()
    with pytest.raises(InputError, match=r"catalogue\.csv: found a folder"):
        sources.catalogue(tmp_path)


@pytest.mark.parametrize("name", ["con .txt", "COM¹.txt", "conin$.txt", "CONOUT$", "lpt0.txt"])
def test_devices_of_windows_are_no_documents(name: str) -> None:
    assert not catalogues.is_plain(name)
    assert catalogues.is_plain(f"a{name}")


def test_a_file_whose_name_cannot_be_seen_is_listed_as_unread(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TABLE, encoding="utf-8")
    for name in ("b\x1b[2J.txt", "c\udc80.txt"):
        (tmp_path / name).write_text(TABLE, encoding="utf-8")
    read = documents.read_folder(tmp_path).documents
    assert [d.record.file_name for d in read] == ["a.txt", "b␛[2J.txt", "c⟨U+DC80⟩.txt"]
    assert [len(d.tasks) for d in read] == [1, 0, 0]
    assert all("characters that cannot be seen" in d.reading.reasons[0] for d in read[1:])
    checked = RUN.invoke(app, ["check", "-c", str(tmp_path)])
    assert "3 documents, 1 task, 2 not readable" in checked.stdout
    assert "not in the catalogue" not in checked.stderr


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "ok.txt").write_text(TABLE, encoding="utf-8")
    return tmp_path / "new" / "ok.txt"


def add(*arguments: object) -> str:
    added = RUN.invoke(app, ["add", *map(str, arguments)])
    assert added.exception is None or isinstance(added.exception, SystemExit)
    return str(added.stderr + added.stdout)


def test_add_takes_a_name_as_long_as_the_disk_does(tmp_path: Path, new: Path) -> None:
    long = new.with_name("a" * 250 + ".txt")
    long.write_text(TABLE, encoding="utf-8")
    assert "2 added" in add("-c", tmp_path / "own", new, long)
    assert sources.catalogue(tmp_path / "own")["file_name"].tolist() == ["ok.txt", long.name]


def test_add_reads_a_catalogue_as_check_does(tmp_path: Path, new: Path) -> None:
    text = "file_name,title\nold.txt,医养结合重点任务清单和分工方案的通知\n"
    own = tmp_path / "own"
    own.mkdir()
    (own / "catalogue.csv").write_bytes(text.encode("gb18030"))
    assert "1 added" in add("-c", own, new)
    listed = sources.catalogue(own)
    assert listed["file_name"].tolist() == ["old.txt", "ok.txt"]
    assert listed["title"][0] == "医养结合重点任务清单和分工方案的通知"


REFUSED = {
    "catalogue.yaml": ("- file_name: old.txt\n", "a catalogue that catalogue.csv would take"),
    "catalogue.csv": (f"file_name,note\nold.txt,{'a' * 140_000}\n", "limit line_characters"),
    "catalogue.csv ": ("file_name,document_id\nold.txt,ok\n", "the document ok twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_add_copies_nothing_that_it_cannot_list(tmp_path: Path, new: Path, name: str) -> None:
    text, message = REFUSED[name]
    own = tmp_path / "own"
    own.mkdir()
    (own / name.strip()).write_text(text)
    assert message in add("-c", own, new)
    assert not (own / "ok.txt").exists()
    assert (own / name.strip()).read_text() == text


def test_add_takes_back_what_it_could_not_list(
    tmp_path: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise InputError("a", found="no room", expected="b", remedy="c")

    monkeypatch.setattr("yiyang.commands.corpus.list_documents", full)
    assert "no room" in add("-c", tmp_path / "own", new)
    assert not (tmp_path / "own" / "ok.txt").exists()


def test_add_holds_its_options_to_the_form_of_a_catalogue(tmp_path: Path, new: Path) -> None:
    assert "'a/b' as the code" in add("-c", tmp_path / "own", "--code", "a/b", new)
    assert "as the date_issued" in add("-c", tmp_path / "own", "--date", "soon", new)
    assert "found a file; expected a folder" in add("-c", new, new)
    assert not (tmp_path / "own").exists()


def test_add_lists_what_lies_in_the_corpus_where_it_lies(tmp_path: Path, new: Path) -> None:
    assert "1 added" in add("-c", tmp_path, new)
    assert sources.catalogue(tmp_path)["file_name"].tolist() == ["new/ok.txt"]
    assert not (tmp_path / "ok.txt").exists()


def test_add_leaves_out_no_document_that_lies_there(tmp_path: Path, new: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "关于“十四五\u3000规划”.txt").write_text(TABLE, encoding="utf-8")
    assert "a name that a document of a corpus cannot bear" in add("-c", tmp_path / "own", new)
    assert [path.name for path in (tmp_path / "own").glob("[!.]*")] == [
        "关于“十四五\u3000规划”.txt"
    ]


def test_add_keeps_what_lies_in_a_folder_without_a_catalogue(tmp_path: Path, new: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "old.txt").write_text(TABLE, encoding="utf-8")
    said = add("-c", tmp_path / "own", new, new)
    assert "1 added" in said
    assert "0 refused" in said
    assert sources.catalogue(tmp_path / "own")["file_name"].tolist() == ["old.txt", "ok.txt"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("110105", "110105"),
        ("010107", "010107"),  # YAML of old takes it for an octal number
        ("0x1F", "0x1F"),
        ("!!int 1:1:1", "1:1:1"),
        ("!!float 1e999", "1e999"),
        ("yes", "yes"),
        ("2024-05-31", "2024-05-31"),
        ("~", ""),
        ("'~'", "~"),
        ("1:" * 100_000 + "1", "1:" * 100_000 + "1"),
        ("0x" + "f" * 200_000, "0x" + "f" * 200_000),
    ],
    ids=lambda text: text[:20],
)
def test_numbers_of_yaml_are_text(written: str, read: str) -> None:
    [row] = catalogues._of_yaml(f"- file_name: a.txt\n  note: {written}\n", "catalogue.yaml")
    assert row["note"] == read


@pytest.mark.parametrize(
    ("file_name", "document_id"),
    [
        ("a.txt", "a"),
        ("附件1（清单）.docx", "附件1（清单）"),
        ("sub/a.txt", "sub/a"),
        ("%41.txt", "_41-"),
        ("a b.txt", "a_b-"),
        ("a #1 100%.txt", "a_1_100_-"),
        ("a\u3000b.txt", "a_b-"),
    ],
)
def test_a_name_of_a_file_becomes_one_of_a_document(file_name: str, document_id: str) -> None:
    """It stands in addresses (`tasks.html#a-01`) and in lists of names with blanks between."""
    [found] = sources.listed([{"file_name": file_name}], "catalogue.csv")["document_id"]
    assert found.startswith(document_id)
    assert len(found) == len(document_id) + 6 * document_id.endswith("-")


def test_names_that_look_alike_stay_apart() -> None:
    names = ["a b.txt", "a%b.txt", "a#b.txt", "a  b.txt", "a_b.txt"]
    found = sources.listed([{"file_name": name} for name in names], "catalogue.csv")
    assert found["document_id"].is_unique
    assert not found["document_id"].str.contains(r"[\s%#]").any()
