"""Files of every format, with the damage and the tricks that formats allow."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import builders
import pandas as pd
import pytest

import yiyang
from yiyang import InputError, extract
from yiyang.core import schema
from yiyang.core.text import squash
from yiyang.extract import doc, text
from yiyang.parse import headers, stacked_headers

ROWS = [
    ["序号", "重点任务", "工作内容", "责任单位", "", "完成时限"],
    ["", "", "", "牵头单位", "配合单位", ""],
    ["1", "服务提质", "打造老年友善社区6个。", "市卫健委", "市民政局、市住建局", "2024年12月底前"],
    ["2", "", "组建家庭医生团队120个。", "市卫健委", "各县（市、区）政府", "2024年10月底前"],
    ["3", "补齐短板", "建成市级老年医院一期工程。", "市发改委", "市财政局", "2025年6月底前"],
]
MERGES = [((0, 3), (0, 4)), ((2, 1), (3, 1))]
MERGES += [((0, column), (1, column)) for column in (0, 1, 2, 5)]
# The table goes on behind a page break, without its header; a cell runs on in the next row.
MORE = [
    ["4", "补齐短板", "新增护理型床位500张，", "市民政局", "市卫健委", "持续推进"],
    ["", "", "其中农村不少于100张。", "", "", ""],
]


def test_word_tables_with_merged_cells_and_page_breaks(tmp_path: Path) -> None:
    path = builders.word(
        tmp_path / "a.docx", ["附件2", "凤栖市老龄健康重点任务清单", (ROWS, MERGES), "", (MORE, [])]
    )
    read = yiyang.read(path)
    assert read.document["title"].item() == "凤栖市老龄健康重点任务清单"
    rows = read.rows()
    assert rows["text"].tolist() == [
        "打造老年友善社区6个。",
        "组建家庭医生团队120个。",
        "建成市级老年医院一期工程。",
        "新增护理型床位500张，其中农村不少于100张。",
    ]
    assert rows["lead"].tolist() == ["市卫健委", "市卫健委", "市发改委", "市民政局"]
    assert rows["supporting"].tolist()[0] == "市民政局、市住建局"
    assert read.tasks["section"].tolist()[:3] == ["服务提质", "服务提质", "补齐短板"]
    assert read.warnings == ()


def test_word_numbers_that_are_not_in_the_text(tmp_path: Path) -> None:
    path = builders.word(
        tmp_path / "a.docx",
        [
            "凤栖市推进中医药发展实施方案",
            (0, "工作目标"),
            "到2025年，服务体系更加完善。",
            (0, "主要任务"),
            (1, "实施提升工程。每个县建成1所中医医院。（市卫健委、市发改委按职责分工负责）"),
            (1, "加强质量监管。开展专项抽检。（市市场监管局牵头，市农业农村局配合）"),
        ],
    )
    read = yiyang.read(path)
    assert read.tasks["number_printed"].tolist() == ["（一）", "（二）"]
    assert read.tasks["section"].unique().tolist() == ["主要任务"]
    assert read.rows()["lead"].tolist() == ["", "市市场监管局"]


def test_a_table_inside_a_table_of_word(tmp_path: Path) -> None:
    import docx  # noqa: PLC0415

    document = docx.Document()
    outer = document.add_table(1, 1).cell(0, 0)
    outer.text = "重点任务清单"
    inner = outer.add_table(3, 3)
    for r, row in enumerate(
        [
            ["序号", "工作任务", "责任单位"],
            ["1", "建设甲。", "县民政局"],
            ["2", "推进乙。", "县卫健局"],
        ]
    ):
        for c, words in enumerate(row):
            inner.cell(r, c).text = words
    document.save(str(tmp_path / "a.docx"))
    read = yiyang.read(tmp_path / "a.docx")
    assert read.tasks["text"].tolist() == ["建设甲。", "推进乙。"]
    assert read.rows()["responsible"].tolist() == ["县民政局", "县卫健局"]


def test_a_workbook_with_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["沙洲区2024年民生项目", "", "", "", ""],
        ["类别", "项目内容", "责任分工", "", "时间进度"],
        ["", "", "牵头部门", "配合部门", ""],
        ["养老", "建设老年食堂10个", "区民政局", "区商务局 区市场监管局", "2024年9月"],
        ["", "改造提升敬老院2所", "", "区住建局", "2024年11月"],
        ["就业", "新增城镇就业8000人", "区人社局", "", "12月底前"],
    ]
    merges = ["A1:E1", "C2:D2", "A2:A3", "B2:B3", "E2:E3", "A4:A5", "C4:C5"]
    read = yiyang.read(builders.workbook(tmp_path / "a.xlsx", rows, merges))
    table = read.rows()
    assert table["lead"].tolist() == ["区民政局", "区民政局", "区人社局"]
    assert table["supporting"].tolist() == ["区商务局、区市场监管局", "区住建局", ""]
    assert table["line"].tolist() == [4, 5, 6]
    shared = read.mentions[(read.mentions["field"] == "lead") & read.mentions["is_shared"]]
    assert shared["line"].tolist() == [4]
    assert not shared["is_inferred"].any()


def test_a_line_end_inside_a_cell_tears_no_table(tmp_path: Path) -> None:
    """Excel writes \\r as _x000D_ (with \\n behind it where Windows broke a line), XML as &#13;."""
    rows = [["序号", "工作任务", "责任单位"]]
    rows += [["1", "推进医养结合机构建设MARK=1+1", "市卫健委"]]
    rows += [["2", "推进医养结合机构建设MARK\n=1+1", "市卫健委"]]
    (tmp_path / "corpus").mkdir()
    for path, mark in (
        (builders.workbook(tmp_path / "a.xlsx", rows), b"_x000D_"),
        (builders.word(tmp_path / "b.docx", [(rows, [])]), b"&#13;"),
    ):
        marked = tmp_path / "corpus" / path.name
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(marked, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b"MARK", mark))
    corpus = yiyang.load(tmp_path / "corpus")
    assert len(corpus.tasks) == 4
    assert not corpus.tasks["text_printed"].str.contains("\r").any()
    schema.write({n: corpus.table(n) for n in schema.names("base")}, tmp_path / "tables")
    again = schema.read_tables(tmp_path / "tables")
    pd.testing.assert_frame_equal(again["tasks"], corpus.tasks)


def test_a_ruled_table_of_a_pdf(tmp_path: Path) -> None:
    rows = [["序号", "工作任务", "责任单位", "完成时限"]]
    rows += [["1", "建设互助养老点30个。", "县民政局", "10月底前"]]
    rows += [["2", "开展健康体检。", "县卫健局", "全年"]]
    read = yiyang.read(builders.pdf(tmp_path / "a.pdf", "某县重点任务分工表", rows))
    assert read.tasks["text"].tolist() == ["建设互助养老点30个。", "开展健康体检。"]
    assert read.rows()["responsible"].tolist() == ["县民政局", "县卫健局"]
    assert read.deadlines["printed"].tolist() == ["10月底前", "全年"]


def test_a_scan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a scan.*OCR"):
        yiyang.read(builders.pdf(tmp_path / "a.pdf"))


def test_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    from yiyang.extract import pdf_paragraphs  # noqa: PLC0415

    def line(text: str, x0: float, x1: float, top: float) -> dict[str, object]:
        return {"text": text, "x0": x0, "x1": x1, "top": top, "bottom": top + 10}

    lines = [
        line("一、总体要求", 70, 140, 10),
        line("加强服务体系建设，提高", 70, 300, 30),
        line("服务质量。", 50, 100, 50),
        line("— 3 —", 150, 170, 70),
    ]
    assert [t for _, t in pdf_paragraphs.join(lines, 350)] == [
        "一、总体要求",
        "加强服务体系建设，提高服务质量。",
        "— 3 —",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
def test_encodings_are_told_apart(encoding: str) -> None:
    words = "關於推進養老服務的實施意見\n一、加強領導，完善制度。\n" if "big5" in encoding else ""
    words = words or "关于推进养老服务的实施意见\r\n一、加强领导，完善制度。\r\n"
    read, _ = text.decode(words.encode(encoding), "x.txt")
    assert read == words.replace("\r\n", "\n")


def test_bytes_that_are_no_text_are_refused() -> None:
    noise = bytes(range(128, 256)) * 20
    with pytest.raises(InputError, match=r"x\.txt, line 1: found bytes that are no Chinese text"):
        text.decode(noise, "x.txt")
    with pytest.raises(InputError, match=r"utf-16"):
        text.decode(b"\xff\xfe\x00\xd8\x00", "x.txt")


def _zip(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", b"PK\x03\x04 broken", "a damaged archive"),
        ("a.docx", _zip(**{"x.txt": b"x"}), "no Word or Excel file"),
        ("a.docx", _zip(**{"word/document.xml": b" " * 5_000_000}), r"limit archive_ratio"),
        ("a.docx", _zip(**{"word/document.xml": b"<x/>"}), "Word's format does not fit"),
        ("a.xlsx", _zip(**{"xl/workbook.xml": b"<x/>"}), "a workbook that cannot be read"),
        ("a.pdf", b"%PDF-1.4 broken", "a file that cannot be read"),
        ("a.txt", b"x" * 50_000_001, r"at most 50,000,000 \(limit file_bytes\)"),
    ],
)
def test_damaged_and_oversized_files_are_refused(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        extract.blocks(data, name)


def test_stacked_headings_without_a_text_column_are_no_header() -> None:
    rows = "序号\t工作任务\t责任单位\n\t责任单位\t\n1\t做甲\t市民政局\n"
    blocks = list(text.blocks(rows))
    columns = headers.header(blocks[0])
    assert columns
    assert stacked_headers.stacked(columns, blocks[1]) is None


def test_what_a_file_is_its_content_says(tmp_path: Path) -> None:
    page = "<html><body><p>工作要点</p></body></html>".encode()
    assert extract.kind_of(page, "a.doc") == "html"
    assert extract.kind_of(b"%PDF-1.7", "a.txt") == "pdf"
    assert extract.kind_of(b"\xd0\xcf\x11\xe0", "a.xls") == "xls"
    assert extract.kind_of(b"\xd0\xcf\x11\xe0", "a.doc") == "doc"
    (tmp_path / "a.exe").write_bytes(b"MZ")
    with pytest.raises(InputError, match=r"ends in \.exe"):
        yiyang.read(tmp_path / "a.exe")


def test_old_word_files_need_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc.shutil, "which", lambda name: None)
    with pytest.raises(InputError, match=r"no LibreOffice.*save it as \.docx"):
        extract.blocks(b"\xd0\xcf\x11\xe0", "a.doc")


def test_pages_are_read_without_their_furniture_and_scripts() -> None:
    page = """<html><head><title>x</title><script>序号</script></head><body>
    <table><tr><td><table><tr><th>序号</th><th>任务<br>内容</th><th>责任单位</th></tr>
    <tr><td rowspan=2>1</td><td>甲</td><td rowspan="99999999">县民政局</td></tr>
    <tr><td>乙</td></tr></table></td></tr></table>
    <p>一<b>二</b>三 <span>四</span></p>五<br>六<!-- 七 --></body></html>"""
    found = extract.blocks(page.encode(), "a.html").blocks
    assert [[squash(t) for t in block.texts] for block in found] == [
        ["序号", "任务内容", "责任单位"],
        ["1", "甲", "县民政局"],
        ["1", "乙", "县民政局"],
        ["一二三四"],
        ["五"],
        ["六"],
    ]
    assert [cell.is_repeat for cell in found[2].cells] == [True, False, True]


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "nonsense"])
def test_a_page_in_another_encoding_than_it_says(declared: str) -> None:
    page = f'<html><meta charset="{declared}"><p>关于推进养老服务的实施意见</p></html>'
    found = extract.blocks(page.encode("gb18030"), "a.html").blocks
    assert found[0].texts == ("关于推进养老服务的实施意见",)


@pytest.mark.parametrize(
    ("rows", "expected", "n_said"),
    [
        # the mark that nothing closes takes no row below it away
        (
            '1,新建食堂,市民政局\n2,"健康敲门,市卫健委\n3,培训护理员,市人社局\n',
            ["市民政局", "市卫健委", "市人社局"],
            1,
        ),
        ('1,"分两行\n的任务",市民政局\n2,"改造敬老院",市财政局\n', ["市民政局", "市财政局"], 0),
        ('1,新建食堂,市民政局\n2,12"管线改造,市财政局\n', ["市民政局", "市财政局"], 0),
    ],
)
def test_a_quotation_mark_never_closed_is_said(
    tmp_path: Path, rows: str, expected: list[str], n_said: int
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"序号,任务,责任单位\n{rows}", encoding="utf-8")
    read = extract.blocks(path.read_bytes(), path.name)
    assert [block.texts[2] for block in read.blocks[1:]] == expected
    assert sum("never closed" in str(said) for said in read.warnings) == n_said


@pytest.mark.parametrize(
    ("row", "task", "n_said"),
    [
        ("1,培训护理员1,500人次,市民政局", "培训护理员1,500人次", 1),
        ("1,筹资1,500,000元,市财政局", "筹资1,500,000元", 1),
        ("1,培训护理员1500人次,市民政局", "培训护理员1500人次", 0),
        # of five cells, none is the rest of a figure: as it stands
        ("1,培训护理员,500人次,市民政局", "培训护理员", 0),
        ("1,新建1,200间,改建2,300间,市民政局", "新建1", 0),
    ],
)
def test_a_figure_cut_by_its_own_comma_is_whole_and_said(
    tmp_path: Path, row: str, task: str, n_said: int
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"序号,任务,责任单位\n2,改造食堂,市民政局\n{row}\n", encoding="utf-8")
    read = extract.blocks(path.read_bytes(), path.name)
    assert read.blocks[2].texts[1] == task
    assert sum("cut in two" in str(said) for said in read.warnings) == n_said


QUOTED = (
    '任务\t"牵头\n单位"\t时限\n"建""一张网""平台"\t"甲局\n乙局"\t5月\n修路\t"丙局,丁局"\t"6月"\n'
)
NEVER_CLOSED = '任务\t单位\n建"数字"平台\t"甲局\n修路\t丙局\n'


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (
            QUOTED,
            [
                (1, ("任务", "牵头\n单位", "时限")),
                (3, ('建"一张网"平台', "甲局\n乙局", "5月")),
                (5, ("修路", "丙局,丁局", "6月")),
            ],
        ),
        (
            NEVER_CLOSED,
            [(1, ("任务", "单位")), (2, ('建"数字"平台', '"甲局')), (3, ("修路", "丙局"))],
        ),
    ],
)
def test_a_quoted_cell_of_a_tabbed_text_holds_its_lines(
    words: str, rows: list[tuple[int, tuple[str, ...]]]
) -> None:
    found = extract.blocks(b"\xff\xfe" + words.encode("utf-16-le"), "x.txt").blocks
    assert [(block.line, block.texts) for block in found] == rows
