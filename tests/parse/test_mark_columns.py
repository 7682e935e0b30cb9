"""Tables whose columns are units and whose cells are marks: who leads, supports, answers."""

from __future__ import annotations

from pathlib import Path

import builders
import pytest

from yiyang.grammar import mark_legends
from yiyang.show import preview

TITLE = "东市2025年养老服务任务分工表"
HEAD = "序号|重点任务|市民政局|市财政局|市卫健委"
BOTH = ("1|开食堂3家|●|○|", "2|设床位20张||●|○")
LED = [
    "开食堂3家 市民政局:lead 市财政局:supporting",
    "设床位20张 市财政局:lead 市卫健委:supporting",
]


def html(path: Path, rows: tuple[str, ...], note: str = "", title: str = TITLE) -> preview.Preview:
    """A page with a table: cells apart by bars; `^2x3` behind one merges it down and across."""

    def cell(text: str) -> str:
        words, _, merged = text.partition("^")
        down, _, across = merged.partition("x")
        return f"<td rowspan={down or 1} colspan={across or 1}>{words}</td>"

    table = "".join(f"<tr>{''.join(map(cell, row.split('|')))}</tr>" for row in rows)
    file = path / "a.html"
    file.write_text(f"<p>{title}</p><table>{table}</table><p>{note}</p>", encoding="utf-8")
    return preview.read(file, code="110105", date_issued="2026-01-31")


def told(read: preview.Preview) -> list[str]:
    """The text of each task with its units and their roles."""
    own = {task.task_id: [task.text] for task in read.tasks.itertuples()}
    for row in read.assignments.itertuples():
        own[row.task_id].append(f"{row.agency_printed}:{row.role}")
    return [" ".join(words) for words in own.values()]


def unread(read: preview.Preview) -> list[str]:
    """What stands in cells of marks and was not understood."""
    left = read.leftovers[read.leftovers["reason"].str.contains("not understood")]
    return [word for text in left["text"] for word in text.split("\t")]


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("注：●为牵头单位，○为配合单位", "●lead ○supporting"),
        ("“●”表示牵头。“○”表示配合。", "●lead ○supporting"),
        ("√主办 ○协办", "√lead ○supporting"),
        ("牵头—●  配合—○", "●lead ○supporting"),
        ("牵头单位：●；配合单位：○", "●lead ○supporting"),
        ("牵头科室用★表示，配合科室用☆表示。", "★lead ☆supporting"),
        ("责任单位（■牵头单位 □配合单位）", "■lead □supporting"),
        ("打“✓”的为责任单位", "√responsible"),
        ("★★牵头，★配合", "★★lead ★supporting"),
        ("Z代表主责部门，P代表配合部门", "Zlead Psupporting"),
        ("●为牵头单位，△为监督单位，×为不涉及", "●lead △supporting"),
        # on which side of its role a mark stands is not to be seen
        ("牵头 ● 配合 ○ 参与", ""),
        ("●为牵头单位，△另行确定，○为配合单位", ""),
        ("●牵头单位：市民政局", ""),
        ("●负责养老工作，○配合做好检查", ""),
        ("√表示参加会议", ""),
        ("○为非牵头单位", ""),
        ("A组牵头，B组配合", ""),
    ],
)
def test_what_a_note_says_of_marks(note: str, found: str) -> None:
    pairs = [f"{sign}{said.role}" for sign, said in mark_legends.legend(note)]
    assert " ".join(pairs) == found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("●", ("●", "", "")),
        ("✔", ("√", "", "")),
        ("牵头（规划科）", ("", "牵头", "规划科")),
        ("协", ("", "协", "")),
        ("共同牵头", ("", "共同牵头", "")),
        ("市民政局", None),
        ("3", None),
        ("视情参加", None),
    ],
)
def test_what_a_cell_of_marks_holds(text: str, read: tuple[str, str, str] | None) -> None:
    found = mark_legends.cell(text)
    assert (tuple(found) if found else None) == read


TABLES: list[tuple[str, tuple[str, ...], str, list[str]]] = [
    ("two marks and their note", (HEAD, *BOTH), "注：●为牵头单位，○为配合单位", LED),
    (
        "a note in the table that says the role of the others",
        (HEAD, *BOTH, "合计||1|2|1", "注：●为牵头单位，其余为配合单位^1x5"),
        "",
        LED,
    ),
    (
        "role words, one with its office",
        (HEAD, "1|开食堂3家|牵头|配合|/", "2|设床位20张|—|牵头（社保科）|配合"),
        "",
        LED,
    ),
    (
        "role words in short, one column headed by a county",
        ("重点任务|市民政局|市财政局|东县", "开食堂3家|主|协|", "设床位20张||主|参"),
        "",
        [
            "开食堂3家 市民政局:lead 市财政局:supporting",
            "设床位20张 市财政局:lead 东县:supporting",
        ],
    ),
    (
        "ticks alone",
        (HEAD, "1|开食堂3家|√|√|", "2|设床位20张|||√"),
        "",
        ["开食堂3家 市民政局:responsible 市财政局:responsible", "设床位20张 市卫健委:responsible"],
    ),
    (
        "ticked boxes beside open ones",
        (HEAD, "1|开食堂3家|☑|□|□", "2|设床位20张|□|□|☑"),
        "",
        ["开食堂3家 市民政局:responsible", "设床位20张 市卫健委:responsible"],
    ),
    (
        "ticks below a lead and supporting units, the same names in both",
        (
            "序号^2|重点任务^2|牵头单位^1x2|配合单位^1x2|时限^2",
            "市民政局|市财政局|市民政局|市财政局",
            "1|开食堂3家|√|||√|9月底",
            "2|设床位20张||√|√||9月底",
        ),
        "",
        [
            "开食堂3家 市民政局:lead 市财政局:supporting",
            "设床位20张 市财政局:lead 市民政局:supporting",
        ],
    ),
    (
        "a note in the first of two rows of headings, a group of tasks, other columns",
        (
            "序号^2|重点任务^2|责任单位（●牵头 ○配合）^1x3|时限^2|备注^2",
            "市民政局|市财政局|市卫健委",
            "1|开食堂3家|●|○||9月底|",
            "二、医养结合^1x7",
            "2|设床位20张||●|○|8月底|含3个镇",
        ),
        "",
        LED,
    ),
    (
        "units merged over two rows of headings",
        (
            "序号^2|重点任务^2|市民政局^2|市财政局^2|完成时间^1x2",
            "启动时间|办结时间",
            "1|开食堂3家|●|○|2025年3月|2025年9月",
        ),
        "●牵头 ○配合",
        LED[:1],
    ),
    (
        "the header again on the next page",
        (HEAD, BOTH[0], HEAD, BOTH[1]),
        "●牵头 ○配合",
        LED,
    ),
    (
        "marks merged down and across",
        (HEAD, "1|开食堂3家|●^2|○^1x2", "2|设床位20张|○|"),
        "●牵头 ○配合",
        [
            "开食堂3家 市民政局:lead 市财政局:supporting 市卫健委:supporting",
            "设床位20张 市民政局:lead 市财政局:supporting",
        ],
    ),
    (
        "offices of one agency",
        ("序号|工作任务|养老科|规划科", "1|开食堂3家|●|○"),
        "注：牵头科室用●表示，配合科室用○表示",
        ["开食堂3家 养老科:lead 规划科:supporting"],
    ),
    (
        "a list of leads beside ticks that a note explains",
        ("序号|重点任务|牵头单位|市民政局|市财政局", "1|开食堂3家|市商务局|√|√"),
        "√为配合单位",
        ["开食堂3家 市商务局:lead 市民政局:supporting 市财政局:supporting"],
    ),
    (
        "names that hold the word of a heading",
        ("序号|重点任务|市委社会工作部|市投资促进局", "1|开食堂3家|牵头|配合"),
        "",
        ["开食堂3家 市委社会工作部:lead 市投资促进局:supporting"],
    ),
    (
        "towns below a heading of units",
        ("序号^2|重点任务^2|责任乡镇^1x2", "北镇|南镇", "1|开食堂3家|√|", "2|设床位20张|√|√"),
        "",
        ["开食堂3家 北镇:responsible", "设床位20张 北镇:responsible 南镇:responsible"],
    ),
]


@pytest.mark.parametrize(
    ("kind", "rows", "note", "found"), TABLES, ids=[kind for kind, *_ in TABLES]
)
def test_units_that_head_columns_of_marks(
    tmp_path: Path, kind: str, rows: tuple[str, ...], note: str, found: list[str]
) -> None:
    read = html(tmp_path, rows, note)
    assert told(read) == found
    assert not read.account.unread()
    assert not unread(read)
    assert read.confidence > 0.9


# Marks that nobody can be sure of: the units that are given, and the cells that are listed.
UNCLEAR: list[tuple[str, tuple[str, ...], str, list[str], list[str]]] = [
    ("two marks without a note", (HEAD, *BOTH), "", [], ["○", "●", "○", "●"]),
    (
        "a mark that the note leaves out",
        (HEAD, "1|开食堂3家|●|◎|", "2|设床位20张||●|◎"),
        "●为牵头单位，○为配合单位",
        ["市民政局:lead", "市财政局:lead"],
        ["◎", "◎"],
    ),
    (
        "two notes that contradict each other",
        (HEAD, *BOTH),
        "●为牵头单位，○为配合单位。附表中●为配合单位。",
        ["市财政局:supporting", "市卫健委:supporting"],
        ["●", "●"],
    ),
    (
        "ticks beside a list of leads",
        ("序号|重点任务|牵头单位|市民政局|市财政局", "1|开食堂3家|市商务局|√|√"),
        "",
        ["市商务局:lead"],
        ["√", "√"],
    ),
    (
        "a cell of other words",
        (HEAD, "1|开食堂3家|牵头|配合|视情参加", "2|设床位20张||牵头|"),
        "",
        ["市民政局:lead", "市财政局:supporting", "市财政局:lead"],
        ["视情参加"],
    ),
]


@pytest.mark.parametrize(
    ("rows", "note", "units", "cells"),
    [case for _, *case in UNCLEAR],
    ids=[kind for kind, *_ in UNCLEAR],
)
def test_a_mark_that_nothing_explains_gives_no_unit_and_is_said(
    tmp_path: Path, rows: tuple[str, ...], note: str, units: list[str], cells: list[str]
) -> None:
    read = html(tmp_path, rows, note)
    found = [f"{row.agency_printed}:{row.role}" for row in read.assignments.itertuples()]
    assert (found, sorted(unread(read))) == (units, sorted(cells))
    assert any("no note explains" in warning for warning in read.warnings)
    assert read.confidence < 0.75


# Tables of another kind, whose marks say nothing of duties: their titles, rows and notes.
OTHERS = [
    ("签到表", ("序号|会议内容|市民政局|市财政局", "1|养老工作会|√|√"), ""),
    ("工作例会参会统计", ("序号|工作会议|市民政局|市财政局", "1|部署会|√|√"), ""),
    ("绩效得分表", ("序号|考核项目|市民政局|市财政局", "1|开食堂3家|5|4"), ""),
    ("项目分布表", ("序号|项目|东县|西县", "1|食堂|√|", "2|浴室||√"), ""),
    ("2025年重点任务", ("序号|重点任务|北镇|南镇", "1|开食堂3家|√|", "2|设床位||√"), ""),
    (
        "任务进展",
        ("序号|重点任务|市民政局|市财政局", "1|开食堂3家|√|×"),
        "√表示已完成，×表示未完成",
    ),
    ("任务知晓情况", ("序号|任务|市民政局|市财政局", "1|开食堂3家|是|否"), ""),
    ("任务分工表", ("序号|市民政局|市财政局", "1|●|○"), "●为牵头单位，○为配合单位"),
    ("数据责任清单", ("序号|数据项|市民政局|市财政局", "1|户籍数据|√|√"), ""),
    ("设施一览", ("序号|建设任务|活动室|图书馆", "1|开食堂3家|√|"), ""),
]


@pytest.mark.parametrize(("title", "rows", "note"), OTHERS, ids=[title for title, *_ in OTHERS])
def test_marks_of_other_tables_give_no_tasks(
    tmp_path: Path, title: str, rows: tuple[str, ...], note: str
) -> None:
    assert told(html(tmp_path, rows, note, f"东市{title}")) == []


def test_a_column_of_marks_under_a_heading_that_is_no_unit_is_an_ordinary_one(
    tmp_path: Path,
) -> None:
    read = html(tmp_path, ("序号|重点任务|责任单位|是否完成", "1|开食堂3家|市商务局|√"))
    assert told(read) == ["开食堂3家 市商务局:responsible"]
    assert read.task_columns["column_printed"].tolist() == ["是否完成"]


def test_a_rule_about_the_first_of_a_list_is_not_about_cells_with_ticks(tmp_path: Path) -> None:
    rows = (HEAD, "1|开食堂3家|√|√|")
    read = html(tmp_path, rows, "责任单位中排在第一位的为牵头单位。")
    assert told(read) == ["开食堂3家 市民政局:responsible 市财政局:responsible"]
    assert read.account.unread()


def test_the_line_of_a_unit_is_that_of_its_heading_and_its_note_is_named(tmp_path: Path) -> None:
    read = html(tmp_path, (HEAD, *BOTH), "●牵头 ○配合")
    assert set(read.assignments["line"]) == {2}
    assert read.assignments["is_inferred"].all()
    assert read.assignments["inferred_reason"].str.contains("line 5").all()
    assert read.assignments["role_printed"].tolist()[:2] == ["牵头", "配合"]


def test_merged_headers_of_a_word_document(tmp_path: Path) -> None:
    rows = [
        ["序号", "重点任务", "责任单位", "", "", "时限"],
        ["", "", "市民政局", "市财政局", "市卫健委", ""],
        ["1", "开食堂3家", "●", "○", "", "9月底"],
        ["2", "设床位20张", "", "●", "○", "9月底"],
    ]
    merges = [((0, 2), (0, 4)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 5), (1, 5))]
    path = builders.word(
        tmp_path / "a.docx", [TITLE, (rows, merges), "注：●为牵头单位，○为配合单位。"]
    )
    read = preview.read(path, code="110105", date_issued="2026-01-31")
    assert told(read) == LED
    assert not read.account.unread()


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a.txt", ("序号\t重点任务\t责任单位\t\t", "\t\t市民政局\t市财政局\t市卫健委")),
        ("a.txt", (HEAD.replace("|", "\t"),)),
        ("a.md", (f"|{HEAD}|", "|-|-|-|-|-|")),
    ],
    ids=["tabs, two rows of headings", "tabs", "Markdown"],
)
def test_rows_of_a_text_keep_their_empty_cells(
    tmp_path: Path, name: str, lines: tuple[str, ...]
) -> None:
    rows = [f"|{row}|" if name == "a.md" else row.replace("|", "\t").rstrip() for row in BOTH]
    path = tmp_path / name
    path.write_text("\n".join([TITLE, *lines, *rows, "●牵头；○配合"]), encoding="utf-8")
    assert told(preview.read(path, code="110105", date_issued="2026-01-31")) == LED


def test_a_row_that_may_lack_its_first_cells_gives_no_units(tmp_path: Path) -> None:
    rows = (
        "类别\t重点任务\t市民政局\t市财政局\t市卫健委",
        "养老\t开食堂3家\t●\t○\t",
        "设床位20张\t\t●\t○",
    )
    path = tmp_path / "a.txt"
    path.write_text("\n".join([TITLE, *rows, "●牵头；○配合"]), encoding="utf-8")
    read = preview.read(path, code="110105", date_issued="2026-01-31")
    assert told(read) == LED[:1]
    assert any("line 4" in warning for warning in read.warnings)
