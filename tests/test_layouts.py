"""Documents of every layout, read without being told which: synthetic ones, with known answers."""

from __future__ import annotations

from pathlib import Path

import invariants
import pytest
import scripts
from hypothesis import given, settings
from hypothesis import strategies as st

import yiyang
from yiyang import extract, parse
from yiyang.parse import flattened, headers, numbers, runon, unitlists
from yiyang.reading import documents, fields, sources
from yiyang.show import preview

FOLDER = Path(__file__).parent / "documents"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in extract.SUFFIXES)


BENCHMARK = scripts.benchmark("reading")


@pytest.mark.parametrize("name", FILES)
def test_tasks_units_and_deadlines_are_those_of_the_answers(name: str) -> None:
    found, read = BENCHMARK.reading(FOLDER / name)
    gold = BENCHMARK.answers(FOLDER / "gold" / f"{name}.csv")
    assert [round(c.f1, 3) for c in BENCHMARK.compare(found, gold)] == [1, 1, 1]
    assert len(read.tasks) == len(gold)
    if not gold:
        assert read.document["layout"].item() == "prose"
        assert read.reasons


def _blocks_and_pieces(name: str) -> tuple[list[extract.Block], list[parse.Piece]]:
    record = documents.completed(sources.record(name, {}), (), b"")
    blocks = list(extract.blocks((FOLDER / name).read_bytes(), name).blocks)
    return blocks, parse.read(record, blocks, name).pieces


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_lost_between_a_file_and_its_pieces(name: str) -> None:
    blocks, pieces = _blocks_and_pieces(name)
    invariants.check_pieces(blocks, pieces)


WORDS = st.sampled_from(
    [
        *("序号", "工作任务", "责任单位", "完成时限", "1", "2", "3", "附件", "\t", " ", "|"),
        *("一、", "（一）", "（二）", "1.", "2.", "（1）", "①", "第一章", "【", "】", "（", "）"),
        *("加强服务。", "2024年底前", "长期坚持", "2024年3月1日", "市民政局", "市民政局、市财政局"),
        *("市卫健委牵头，市医保局配合", "（责任单位：市民政局）", "责任单位：市民政局"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(WORDS, st.just("\n"), st.just("\t"), st.text(max_size=8)), max_size=60))
def test_any_text_is_read_and_nothing_of_it_is_lost(parts: list[str]) -> None:
    invariants.check_document("".join(parts).encode(), "x.txt")


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("序号", "number"),
        ("工作任务", "text"),
        ("主要举措", "text"),
        ("牵头责任单位", "lead"),
        ("主办", "lead"),
        ("协办单位", "supporting"),
        ("推进单位", "units"),
        ("責任單位", "units"),
        ("完成时限（月）", "deadline"),
        ("时间进度", "deadline"),
        ("任务类型", "section"),
        ("责任领导", "other"),
        ("完成情况", "other"),
        ("县民政局", ""),
        ("推进走马塘片区规划研究和综合整治工作", ""),
    ],
)
def test_headings_say_what_their_column_holds(heading: str, use: str) -> None:
    assert headers.use_of(heading) == use


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("加强监管。（责任单位：市民政局、市财政局）", ["（责任单位：市民政局、市财政局）"]),
        ("加强监管（含抽查）。(市民政局牵头，各区配合)。", ["(市民政局牵头，各区配合)。"]),
        ("做好保障（医保局、民政局）工作。", []),
        ("支持职业院校（含技工院校）、高等学校。（教育部负责）", ["（教育部负责）"]),
        (
            "优先保障。牵头单位：市民政局；配合单位：市财政局",
            ["牵头单位：市民政局；", "配合单位：市财政局"],
        ),
        ("优先保障。市民政局牵头，市财政局配合。", ["市民政局牵头，市财政局配合。"]),
        ("建立由政府牵头、部门参与的机制。", []),
        ("【责任单位】市民政局", ["【责任单位】市民政局"]),
        (
            "改造公厕。牵头委办局：城管局；共同责任单位：住建局",
            ["牵头委办局：城管局；", "共同责任单位：住建局"],
        ),
        ("改造公厕。部门分工：城管局牵头，各街道配合。", ["部门分工：城管局牵头，各街道配合。"]),
        ("任务分工：城管局牵头，制定计划并报送。", []),
        ("组织机构：成立领导小组。", []),
        (
            "改造公厕。（城管局、住建局。首位为牵头单位，下同）",
            ["（城管局、住建局。首位为牵头单位，下同）"],
        ),
        ("对从事医养结合服务的人员（责任单位：市民政局、市", ["（责任单位：市民政局、市"]),
    ],
)
def test_lists_of_units_inside_a_text(text: str, lists: list[str]) -> None:
    assert [text[s.start : s.end] for s in unitlists.find(text) if s.use == "units"] == lists


def test_items_inside_a_paragraph_are_cut_where_their_numbers_run_on() -> None:
    text = "一、总体（一）建设甲。（市民政局）（二）建设乙。见第（三）项。二、保障（三）建设丙。"
    cut = numbers.segments(text)
    assert "".join(cut) == text
    assert [part[:3] for part in cut] == ["一、总", "（一）", "（二）", "二、保", "（三）"]
    assert numbers.segments("按照第（一）项和第（二）项办理。") == [
        "按照第（一）项和第（二）项办理。"
    ]


def test_a_flattened_table_gives_its_cells_to_their_columns() -> None:
    lines = ["序号", "工作任务", "责任单位", "完成时限"]
    lines += ["1", "做甲。", "县甲局", "县乙局", "12月底前", "2", "做乙。", "9月", "县以下", "分享"]
    blocks = [extract.paragraph(line, n) for n, line in enumerate(lines, 1)]
    rows = flattened.restore(blocks)
    assert [block.texts for block in rows[1:5]] == [
        ("1", "做甲。", "县甲局", ""),
        ("", "", "县乙局", "12月底前"),
        ("2", "做乙。", "", "9月"),
        ("县以下",),
    ]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("压缩时限。市司法局", 5),
        ("全面清理账款市工业和信息化局、市财政局", 6),
        ("新建学校3所县教育局", 6),
        ("加强信息化建设", 7),
    ],
)
def test_where_the_units_begin_in_a_row_without_separators(text: str, start: int) -> None:
    assert runon.units_start(text) == start


def test_a_preview_shows_each_field_beside_its_source() -> None:
    read = yiyang.read(FOLDER / "label_lines.txt")
    rows = read.rows().set_index("seq")
    assert rows.loc[1, "lead"] == "县乡村振兴局"
    assert rows.loc[1, "responsible"].startswith("县农业农村局、县民政局")
    assert "牵头单位：县乡村振兴局" in rows.loc[1, "printed"]
    assert rows.loc[1, "deadline"].endswith("2022-12-31")
    assert rows.loc[1, "line"] == 5
    assert "<script" not in read.html("zh").data
    plain = read.to_dict()
    assert plain["document"]["layout"] == "articles"
    assert len(plain["tasks"]) == 5


def test_text_of_a_document_is_escaped_in_the_preview(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        "工作要点\n1.推进<script>alert(1)</script>。（市民政局负责）\n2.加强乙。（市民政局负责）\n"
    )
    html = preview.read(path).html("zh").data
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_units_taken_from_the_row_above_are_marked() -> None:
    text = "序号\t工作任务\t责任单位\n1\t建设甲。\t县民政局\n2\t推进乙。\t\n3\t加强丙。\t县卫健局\n"
    record = documents.completed(sources.record("x.txt", {}), (), b"")
    reading = parse.read(record, list(extract.text.blocks(text)), "x.txt")
    mentions = parse.mentions(record, reading.pieces)
    units = [mention for mention in mentions if mention["field"] == "units"]
    assert [unit["text"] for unit in units] == ["县民政局", "县民政局", "县卫健局"]
    assert [unit["line"] for unit in units] == [2, 2, 4]
    found = fields.inferred(units, mentions)
    assert [row["is_inferred"] for row in found] == [False, True, False]
