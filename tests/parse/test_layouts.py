"""Documents of every layout, read without being told which: synthetic ones, with known answers."""

from __future__ import annotations

import re
import time
from contextlib import nullcontext, suppress
from pathlib import Path

import invariants
import pytest
import scripts
from hypothesis import given, settings
from hypothesis import strategies as st

import yiyang
from yiyang import agencies, extract, parse
from yiyang.parse import flattened, header_words, numbers, runon, shapes, unitlists
from yiyang.reading import documents, fields, sources
from yiyang.safety.errors import InputError
from yiyang.show import preview

FOLDER = Path(__file__).parent.parent / "documents"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in extract.SUFFIXES)


BENCHMARK = scripts.benchmark("reading")


@pytest.mark.parametrize("name", FILES)
def test_tasks_units_and_deadlines_are_those_of_the_answers(name: str) -> None:
    found, read = BENCHMARK.reading(FOLDER / name)
    gold = BENCHMARK.answers(FOLDER / "gold" / f"{name}.csv")
    assert [round(c.f1, 3) for c in BENCHMARK.compare(found, gold)] == [1, 1, 1]
    assert len(read.tasks) == len(gold)
    assert invariants.only_in_english(read) == []
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


@pytest.mark.parametrize(
    "text",
    [
        # a label below a heading whose units the item further down has
        "二、培训地点\n四、主办单位\n主办单位：区民政局\n"
        "1.请各单位于5月25日前将报名表报区民政局养老服务科。\n一、培训时间\n承办单位：区职业技术学校\n"
        "关于举办2024年全区养老护理员职业技能培训班的通知\n2.参训人员需自带身份证原件。\n"
        "3.培训期间严格遵守课堂纪律。\n五、有关要求\n各街道民政科、各养老机构：\n",
        # the time of a heading that no item takes, for it has its own
        "责任单位：县卫健局、县人社局。\n（一）推进医共体建设。\n责任单位：县卫健局。完成时限：2023年底前。\n"
        "（二）加强村医队伍建设。\n完成时限：2024年底前。\n",
    ],
)
def test_what_a_heading_gives_away_is_there_once(text: str) -> None:
    blocks = list(extract.blocks(text.encode(), "x.txt").blocks)
    record = documents.completed(sources.record("x.txt", {}), blocks, b"")
    invariants.check_pieces(blocks, parse.read(record, blocks, "x.txt").pieces)


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
    text = "".join(parts)
    is_empty = not any(sign.isalnum() for sign in text)  # and may be refused
    with suppress(InputError) if is_empty else nullcontext():
        invariants.check_document(text.encode(), "x.txt")


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("序号", "number"),
        ("工作任务", "text"),
        ("主要举措", "text"),
        ("牵头责任单位", "lead"),
        ("主办", "lead"),
        ("协办单位", "supporting"),
        ("责任单位及负责人", "units"),
        ("牵头单位和联系人", "lead"),
        ("责任单位负责人", "other"),
        ("领导批示", "other"),
        ("督办编号", "other"),
        ("推进单位", "units"),
        ("責任單位", "units"),
        ("完成时限（月）", "deadline"),
        ("时间进度", "deadline"),
        ("任务类型", "section"),
        ("责任领导", "other"),
        ("完成情况", "other"),
        ("办结日期", "deadline"),
        ("计划完成年月", "deadline"),
        ("销号时限", "deadline"),
        ("最迟交付日", "deadline"),
        ("录入时间", "other"),
        ("实际办结日期", "other"),
        ("工作日", "text"),
        ("第二责任单位", "units"),
        ("责任县区", "units"),
        ("属地政府", "units"),
        ("配合班组", "supporting"),
        ("承办庭室", "units"),
        ("县民政局", ""),
        ("推进走马塘片区规划研究和综合整治工作", ""),
    ],
)
def test_headings_say_what_their_column_holds(heading: str, use: str) -> None:
    assert header_words.use_of(heading) == use


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
        # A last sentence of names alone is a list, of an item and where it names somebody
        ("1.新增床位20张。县民政局、县财政局", ["县民政局、县财政局"]),
        ("（二）开展筛查。县卫生健康局★、各镇", ["县卫生健康局★、各镇"]),
        ("新增床位20张。县民政局、县财政局", []),
        ("1.公开信息。各区属事业单位、各乡镇", []),
        ("1.主持全面工作。分管县审计局", []),
        ("1.支持医疗机构转型。推动二级医院转型为康复医院。", []),
        ("1.补齐短板。升级一批乡镇卫生院、打造县中医院。", []),
        ("1.加强领导。成立由县长任组长的领导小组。", []),
        ("4.安装扶手三千处（不迟于9月20日报县政府验收）。", []),
        ("1.做好评比。对排名前三的乡镇给予奖励。", []),
        ("说明：加粗的为省级实事。县民政局牵头", []),
        ("对从事医养结合服务的人员（责任单位：市民政局、市", ["（责任单位：市民政局、市"]),
    ],
)
def test_lists_of_units_inside_a_text(text: str, lists: list[str]) -> None:
    assert [text[s.start : s.end] for s in unitlists.find(text) if s.use == "units"] == lists


@pytest.mark.parametrize(
    ("units", "bare"),
    [
        ("牵头单位：县水利局", "牵头单位：县水利局"),
        ("牵头单位：县水利局 👉", "牵头单位：县水利局 "),
        ("牵头单位：县水利局👉 ➤ ", "牵头单位：县水利局"),
        ("牵头单位：县●水利局 ➤", "牵头单位：县●水利局 "),
        ("牵头单位：县水利局▲", "牵头单位：县水利局▲"),  # a mark of the name
    ],
)
def test_bullets_before_the_next_label_are_none_of_a_list(units: str, bare: str) -> None:
    text = f"{units}配合单位：县住建局"
    assert next(text[s.start : s.end] for s in unitlists.find(text)) == bare


FORM = (
    "<table><tr><td>督办编号</td><td>东督1号</td><td>签发日期</td><td>2025年5月6日</td></tr>"
    "<tr><td>督办事项</td><td colspan=3>修浴室3处。</td></tr>"
    "<tr><td>主办单位</td><td>县住建局</td><td>协办单位</td><td>县残联、县民政局</td></tr>"
    "<tr><td>办结时限</td><td>2025年6月15日前</td><td>联系人</td><td>吴某</td></tr>"
    "<tr><td>领导批示</td><td colspan=3>请抓紧办理。</td></tr>"
    "<tr><td>办理情况</td><td colspan=3></td></tr></table>"
)


def test_a_form_with_labels_beside_each_other_is_one_task(tmp_path: Path) -> None:
    path = tmp_path / "东县.html"
    path.write_text(f"<h2>东县督办单</h2>{FORM}{FORM}", encoding="utf-8")
    read = preview.read(path)
    assert list(read.tasks["text"]) == ["修浴室3处。"] * 2
    rows = read.assignments
    assert list(zip(rows["agency_printed"], rows["role"], strict=True)) == 2 * [
        ("县住建局", "lead"),
        ("县残联", "supporting"),
        ("县民政局", "supporting"),
    ]
    assert not any("a row of" in warning for warning in read.warnings)


@pytest.mark.parametrize(
    ("cell", "units", "n_unknown"),
    [
        ("县住建局 马某", ["县住建局"], 0),
        ("县住建局（高大强）、县民政局 局长李明", ["县住建局", "县民政局"], 0),
        ("县住建局、县民政局", ["县住建局", "县民政局"], 0),
        ("县住建局 县民政局", ["县住建局", "县民政局"], 0),
        ("县住建局高大强", ["县住建局"], 1),
    ],
)
def test_people_beside_units_are_none(
    tmp_path: Path, cell: str, units: list[str], n_unknown: int
) -> None:
    path = tmp_path / "东县.csv"
    path.write_text(f"序号,任务内容,责任单位及负责人\n1,修浴室,{cell}\n2,开食堂,县商务局 吴某\n")
    read = preview.read(path).to_dict()
    found = [r["agency_printed"] for r in read["assignments"] if r["task_id"].endswith("01")]
    unknown = [r for r in read["leftovers"] if "not understood" in r["reason"]]
    assert found == units
    assert len(unknown) == n_unknown


def test_a_row_of_bullets_takes_no_longer_than_its_length() -> None:
    text = f"牵头单位：县水利局{'● ' * 16_000}x 配合单位：县住建局"
    start = time.thread_time()
    assert unitlists.find(text)
    assert time.thread_time() - start < 1


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


def test_units_whose_columns_a_line_does_not_tell_are_left_without_a_role() -> None:
    lines = ["序号 工作任务 牵头单位 配合单位 完成时限"]
    lines += ["1 建设食堂 县民政局 县财政局 各镇 6月底", "2 改造公厕 县住建局 县城管局 9月底"]
    blocks = [extract.paragraph(line, n) for n, line in enumerate(lines, 1)]
    assert [block.texts for block in flattened.restore(blocks)[1:]] == [
        ("1", "建设食堂", "", "", "6月底"),
        ("2", "改造公厕", "县住建局", "县城管局", "9月底"),
        ("县民政局 县财政局 各镇",),
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


def test_a_cell_that_a_text_does_not_print_stays_empty_and_is_said() -> None:
    text = "序号\t工作任务\t责任单位\n1\t建设甲。\t县民政局\n2\t推进乙。\t\n3\t加强丙。\t县卫健局\n"
    record = documents.completed(sources.record("x.txt", {}), (), b"")
    reading = parse.read(record, list(extract.text.blocks(text)), "x.txt")
    mentions = parse.mentions(record, reading.pieces)
    units = [mention for mention in mentions if mention["field"] == "units"]
    assert [(unit["text"], unit["line"]) for unit in units] == [("县民政局", 2), ("县卫健局", 4)]
    assert ["line 3" in problem.place for problem in reading.problems] == [True]


def test_every_known_name_of_an_agency_looks_like_a_unit() -> None:
    strangers = [name for name in agencies.names()["name"] if not shapes.is_units(name)]
    assert strangers == []


Told = list[tuple[str, str, str]]


def _read(text: str, suffix: str = "txt") -> Told:
    """Text, units with roles, and deadlines of each task of a text."""
    name = f"x.{suffix}"
    blocks = extract.blocks(text.encode(), name).blocks
    record = documents.completed(sources.record(name, {}), blocks, b"")
    reading = parse.read(record, blocks, name)
    invariants.check_pieces(blocks, reading.pieces)
    tasks = parse.tasks(record, reading.pieces, reading.layout)
    mentions = parse.mentions(record, reading.pieces)
    columns = parse.columns(record, reading.pieces)
    left = parse.leftovers(record, reading.pieces)
    rows = fields.rows(record, tasks, mentions, left, columns)
    return [
        (
            task["text"],
            " ".join(
                f"{row['agency_printed']}:{row['role']}"
                for row in rows["assignments"]
                if row["task_id"] == task["task_id"]
            ),
            " ".join(
                row["printed"] for row in rows["deadlines"] if row["task_id"] == task["task_id"]
            ),
        )
        for task in tasks
    ]


KINDS: list[tuple[str, str, Told]] = [
    (
        "time before the role in one bracket",
        "东县重点任务\n1.建社区浴室。（2025年9月底前完成，责任单位：县民政局）\n"
        "2.办书画班。（持续推进，牵头单位：县文旅局，配合单位：县教育局）\n",
        [
            ("建社区浴室。", "县民政局:responsible", "2025年9月底前完成"),
            ("办书画班。", "县文旅局:lead 县教育局:supporting", "持续推进"),
        ],
    ),
    (
        "a task a page, label and value on lines of their own",
        "东县任务卡\n工作任务\n建社区浴室3间。\n牵头单位\n县民政局\n配合单位\n县财政局\n完成时限\n"
        "2025年9月底前\n",
        [("建社区浴室3间。", "县民政局:lead 县财政局:supporting", "2025年9月底前")],
    ),
    (
        "a task a page, label and value on one line",
        "任务名称：建浴室3间\n责任单位：县民政局\n完成时限：2025年9月底\n\n"
        "任务名称：办书画班\n责任单位：县文旅局\n完成时限：2025年8月底\n",
        [
            ("建浴室3间", "县民政局:responsible", "2025年9月底"),
            ("办书画班", "县文旅局:responsible", "2025年8月底"),
        ],
    ),
    (
        "several levels on a line",
        "二、主要任务（一）便利生活1．建浴室。改造旧房。（责任单位：县民政局）2．办书画班。（责任单位：县文旅局）"
        "（二）方便出行3．开通专线。（责任单位：县交通局）三、工作要求 压实责任。\n",
        [
            ("建浴室。改造旧房。", "县民政局:responsible", ""),
            ("办书画班。", "县文旅局:responsible", ""),
            ("开通专线。", "县交通局:responsible", ""),
        ],
    ),
    (
        "points of an item with lists of their own",
        "东县任务\n（一）便利生活。①建浴室。（责任单位：县民政局）②办书画班。（责任单位：县文旅局）\n",
        [
            ("建浴室。", "县民政局:responsible", ""),
            ("办书画班。", "县文旅局:responsible", ""),
        ],
    ),
    (
        "lines that end in mid-word",
        "东县任务\n1. 建浴室，覆盖所有街\n道。（责任单\n位：县民政局、县卫\n生健康局）\n"
        "2. 办书画班。（县文旅局牵\n头，县教育局配合）\n",
        [
            ("建浴室，覆盖所有街道。", "县民政局:responsible 县卫生健康局:responsible", ""),
            ("办书画班。", "县文旅局:lead 县教育局:supporting", ""),
        ],
    ),
    (
        "a heading that is not known, a total row, progress",
        "序号\t惠民名堂\t牵头部门\t办结时间\t一季度情况\n1\t建浴室3间\t县民政局\t2025年9月底\t已开工\n"
        "2\t办书画班\t县文旅局\t2025年8月底\t未开始\n合计\t2项\t\t\t\n",
        [
            ("建浴室3间", "县民政局:lead", "2025年9月底"),
            ("办书画班", "县文旅局:lead", "2025年8月底"),
        ],
    ),
    (
        "attachments, page numbers and the foot of a page are no text",
        "东县2025年敬老重点任务\n1.建浴室。（责任单位：县民政局）\n2.办书画班，全年20期\n— 2 —\n"
        "附件：1.浴室一览表\n2.书画班名册\n共印30份\n主办：东县政府办公室 备案号：某ICP备1号\n",
        [("建浴室。", "县民政局:responsible", ""), ("办书画班，全年20期", "", "")],
    ),
    (
        "the title above each page, in the middle of a name and of a sentence",
        "东县敬老任务\n一、住得好\n1.建浴室。（责任单位：县民政局、县财\n"
        "— 1 —\n东县敬老任务\n政局）\n"
        "2.办书画班，请老人任\n- 2 -\n东县敬老任务\n教。（责任单位：县文旅局）\n— 3 —\n",
        [
            ("建浴室。", "县民政局:responsible 县财政局:responsible", ""),
            ("办书画班，请老人任教。", "县文旅局:responsible", ""),
        ],
    ),
    (
        "a line below each page, and figures alone as the numbers of pages",
        "东县敬老任务\n一、住得好\n1.建浴室。（责任单位：县民政局、县财\n1\n政局）\n"
        "2.办书画班，请老人任\n2\n教。（责任单位：县文旅局）\n",
        [
            ("建浴室。", "县民政局:responsible 县财政局:responsible", ""),
            ("办书画班，请老人任教。", "县文旅局:responsible", ""),
        ],
    ),
    (
        "the title again above the number of a row",
        "东县敬老任务\n序号\n任务\n责任单位\n1\n建浴室\n县民政局\n"
        "— 1 —\n东县敬老任务\n2\n办书画班\n县文旅局\n",
        [("建浴室", "县民政局:responsible", ""), ("办书画班", "县文旅局:responsible", "")],
    ),
    (
        "no units under a title that says what the items are",
        "东县2025年敬老实事\n1.为高龄老人送门铃。\n2.修缮互助院。\n",
        [("为高龄老人送门铃。", "", ""), ("修缮互助院。", "", "")],
    ),
    (
        "articles of a rule are no tasks",
        "东县养老条例\n第一条 为了规范服务，制定本条例。\n第二条 养老工作由县民政部门负责。\n"
        "第三条 县民政局负责监督检查。\n",
        [],
    ),
    (
        "units in the heading of a section hold for the items below it",
        "东县敬老任务\n一、吃得好（县民政局牵头，县商务局配合）\n1.开社区食堂6家。\n2.送餐上门。\n"
        "二、住得好（责任单位：县住建局）\n1.修浴室。\n2.装扶手。\n",
        [
            ("开社区食堂6家。", "县民政局:lead 县商务局:supporting", ""),
            ("送餐上门。", "县民政局:lead 县商务局:supporting", ""),
            ("修浴室。", "县住建局:responsible", ""),
            ("装扶手。", "县住建局:responsible", ""),
        ],
    ),
    (
        "an item with units and points below it stays one task",
        "东县敬老任务\n（一）开社区食堂，方便老人用餐。（责任单位：县民政局）\n1.选址。\n2.装修。\n"
        "（二）办书画班。（责任单位：县文旅局）\n",
        [
            ("开社区食堂，方便老人用餐。1.选址。2.装修。", "县民政局:responsible", ""),
            ("办书画班。", "县文旅局:responsible", ""),
        ],
    ),
    (
        "letters with a legend",
        "东县敬老任务\n序号\t工作任务\t责任单位\n1\t开社区食堂\tP、Q\n2\t办书画班\tQ\n"
        "3\t修浴室\tR\n\n说明：P为县民政局，Q为县财政局。\n",
        [
            ("开社区食堂", "县民政局:responsible 县财政局:responsible", ""),
            ("办书画班", "县财政局:responsible", ""),
            ("修浴室", "", ""),
        ],
    ),
    (
        "circled numbers behind a sentence with a legend",
        "东县敬老任务\n一、开社区食堂。②\n二、办书画班。①②\n牵头单位：①县文旅局 ②县民政局\n",
        [
            ("开社区食堂。", "县民政局:lead", ""),
            ("办书画班。", "县文旅局:lead 县民政局:lead", ""),
        ],
    ),
    (
        "a cell that says it is that of the row above",
        "序号\t工作任务\t责任单位\t完成时限\n1\t开社区食堂\t县民政局、县财政局\t2025年9月底前\n"
        "2\t送餐上门\t同上\t〃\n3\t修浴室\t\t2025年10月底前\n",
        [
            ("开社区食堂", "县民政局:responsible 县财政局:responsible", "2025年9月底前"),
            ("送餐上门", "县民政局:responsible 县财政局:responsible", "2025年9月底前"),
            ("修浴室", "", "2025年10月底前"),
        ],
    ),
    (
        "where a task holds names no unit",
        "东县敬老任务\n1.开社区食堂。（责任单位：县民政局；推行范围：全县）\n"
        "2.办书画班。（责任单位：县文旅局；服务对象：各镇）\n",
        [("开社区食堂。", "县民政局:responsible", ""), ("办书画班。", "县文旅局:responsible", "")],
    ),
    (
        "a roster is no list of tasks",
        "敬老院假日排班\n序号\t日期\t当班人员\t电话\t所属部门\n1\t2025年10月1日\t甲某\t1234567\t县民政局\n"
        "2\t2025年10月2日\t乙某\t1234568\t县福利院\n",
        [],
    ),
    (
        "two halves of a table side by side",
        "序号\t工作任务\t责任单位\t序号\t工作任务\t责任单位\n1\t开食堂\t县民政局\t3\t修浴室\t县住建局\n"
        "2\t办书画班\t县文旅局\t\t\t\n",
        [
            ("开食堂", "县民政局:responsible", ""),
            ("办书画班", "县文旅局:responsible", ""),
            ("修浴室", "县住建局:responsible", ""),
        ],
    ),
    (
        "headings whose items begin anew in the same style",
        "东县敬老任务清单\n1.吃得好\n1.开食堂3家。（责任单位：县民政局）\n2.送餐上门。（责任单位：县商务局）\n"
        "2.住得好\n1.修浴室。（责任单位：县住建局）\n",
        [
            ("开食堂3家。", "县民政局:responsible", ""),
            ("送餐上门。", "县商务局:responsible", ""),
            ("修浴室。", "县住建局:responsible", ""),
        ],
    ),
    (
        "a mark that a note explains stands beside the units that lead",
        "东县敬老任务\n（标★的为牵头单位，其他单位按职责配合）\n1.开食堂。（责任单位：县商务局、★县民政局）\n"
        "2.办书画班。（责任单位：县文旅局★、县教育局）\n",
        [
            ("开食堂。", "县商务局:supporting 县民政局:lead", ""),
            ("办书画班。", "县文旅局:lead 县教育局:supporting", ""),
        ],
    ),
    (
        "a mark that no note explains says no role",
        "东县敬老任务\n1.开食堂。（责任单位：县商务局、★县民政局）\n2.修浴室。（责任单位：县住建局）\n",
        [
            ("开食堂。", "县商务局:responsible 县民政局:responsible", ""),
            ("修浴室。", "县住建局:responsible", ""),
        ],
    ),
    (
        "a sentence before the items says that the first of a list leads",
        "东县敬老任务分工\n任务分工如下。责任单位中排名首位的为牵头单位，其他单位按职责配合。\n"
        "一、开食堂。责任单位：县民政局、县商务局\n二、办书画班。责任单位：县文旅局、县教育局\n",
        [
            ("开食堂。", "县民政局:lead 县商务局:supporting", ""),
            ("办书画班。", "县文旅局:lead 县教育局:supporting", ""),
        ],
    ),
    (
        "a last sentence that says who does this work, and by when",
        "东县敬老任务分解\n一、开食堂3家。此项工作由县民政局牵头，县商务局配合，2025年7月底前完成。\n"
        "二、办书画班。该项任务由县文旅局负责，2025年5月底前完成。\n",
        [
            ("开食堂3家。", "县民政局:lead 县商务局:supporting", "2025年7月底前完成"),
            ("办书画班。", "县文旅局:responsible", "2025年5月底前完成"),
        ],
    ),
    (
        "bars between the cells of each line",
        "东县敬老台账\n序号 | 目标任务 | 责任单位 | 完成情况 |\n"
        "1 | 开食堂3家 | 县民政局 | 已开2家 |\n2 | 办书画班 | | 未开始 |\n",
        [("开食堂3家", "县民政局:responsible", ""), ("办书画班", "", "")],
    ),
    (
        "a cell a line under headings that are not all known, no cell missing",
        "东县敬老指标\n序号\n指标名称\n计量\n2024年\n2026年\n牵头单位\n责任单位\n1\n食堂数\n家\n3\n≥9\n"
        "县民政局\n县商务局、各镇政府\n2\n书画班期数\n期\n2\n≥20\n县文旅局\n县教育局\n",
        [
            ("食堂数", "县民政局:lead 县商务局:responsible 各镇政府:responsible", ""),
            ("书画班期数", "县文旅局:lead 县教育局:responsible", ""),
        ],
    ),
    (
        "a list of units that ends its line with a mark goes on in the next",
        "东县敬老任务\n序号\n工作任务\n牵头单位\n配合单位\n1\n开食堂3家\n县民政局、\n县商务局\n2\n办书画班\n"
        "县文旅局\n县教育局\n",
        [
            ("开食堂3家", "县民政局:lead 县商务局:lead", ""),
            ("办书画班", "县文旅局:lead 县教育局:supporting", ""),
        ],
    ),
    (
        "a guide to services lists no tasks",
        "老年证办理指南\n序号\t事项名称\t受理部门\t承诺时限\t办理地点\n1\t办老年证\t县民政局\t5个工作日\t大厅\n"
        "2\t领津贴\t县民政局\t20个工作日\t大厅\n",
        [],
    ),
    (
        "headings numbered 1 and 2 over items numbered 1.1 and 2.1",
        "东县敬老任务\n1 吃得好\n1.1 开食堂3家。（县民政局）\n1.2 送餐上门。（县商务局、县民政局）"
        "\n2 住得好\n2.1 修浴室。（县住建局）\n",
        [
            ("开食堂3家。", "县民政局:responsible", ""),
            ("送餐上门。", "县商务局:responsible 县民政局:responsible", ""),
            ("修浴室。", "县住建局:responsible", ""),
        ],
    ),
    (
        "a heading with a unit over items with their own is no task",
        "东县敬老任务\n一、吃得好（县民政局牵头）\n1.开食堂3家。（县商务局）\n2.送餐上门。（县商务局）\n"
        "二、住得好（县住建局牵头）\n3.修浴室。（县残联）\n",
        [
            ("开食堂3家。", "县商务局:responsible", ""),
            ("送餐上门。", "县商务局:responsible", ""),
            ("修浴室。", "县残联:responsible", ""),
        ],
    ),
    (
        "offices of the agency that issues the list",
        "东县民政局工作要点\n一、提高低保标准。（救助科负责）\n二、办书画班。（养老服务科牵头，信息科配合）\n",
        [
            ("提高低保标准。", "救助科:responsible", ""),
            ("办书画班。", "养老服务科:lead 信息科:supporting", ""),
        ],
    ),
    (
        "headings of offices of which an item names another one",
        "东县机关任务分工\n财务科\n1.编预算，3月底前完成。\n2.编决算，4月底前完成。\n"
        "办公室\n1.办会10次。\n2.印文件20份，配合财务科做好预算。\n",
        [
            ("编预算，3月底前完成。", "财务科:responsible", "3月底前"),
            ("编决算，4月底前完成。", "财务科:responsible", "4月底前"),
            ("办会10次。", "办公室:responsible", ""),
            ("印文件20份，配合财务科做好预算。", "办公室:responsible", ""),
        ],
    ),
    (
        "numbered labels with units that nobody knows",
        "东县农业任务清单\n一、牵头单位：东县农业机械化服务中心\n1.推广农机200台。\n2.培训机手300人。\n"
        "二、牵头单位：东县畜牧站\n1.开展春季防疫。\n2.改造养殖场10家。\n",
        [
            ("推广农机200台。", "东县农业机械化服务中心:lead", ""),
            ("培训机手300人。", "东县农业机械化服务中心:lead", ""),
            ("开展春季防疫。", "东县畜牧站:lead", ""),
            ("改造养殖场10家。", "东县畜牧站:lead", ""),
        ],
    ),
    (
        "a place or a thing beside a day is no unit",
        "东县任务清单\n1.建公共停车场（新城区，8月底前）\n2.改造供水（第二水厂，8月底前）\n"
        "3.清理村集体收入（村经济合作社，11月底前）\n4.开展巡查（县水利局，9月底前）\n",
        [
            ("建公共停车场（新城区，8月底前）", "", "8月底前"),
            ("改造供水（第二水厂，8月底前）", "", "8月底前"),
            ("清理村集体收入", "村经济合作社:responsible", "11月底前"),
            ("开展巡查", "县水利局:responsible", "9月底前"),
        ],
    ),
    (
        "blanks on both sides of a stroke behind a label, units that are named like a thing",
        "东县任务清单\n1.建校2所。\n责任单位  / 县教育局\n完成时限  / 6月底前\n2.建公厕5座。\n"
        "责任单位  / 县住建局\n完成时限  / 9月底前\n3.办展10场（县美术馆，9月底前）\n",
        [
            ("建校2所。", "县教育局:responsible", "6月底前"),
            ("建公厕5座。", "县住建局:responsible", "9月底前"),
            ("办展10场", "县美术馆:responsible", "9月底前"),
        ],
    ),
    (
        "items numbered with the figures of cheques",
        "东县助老清单\n壹、装扶手三百个。（责任单位：县民政局）\n贰、办书画班。（责任单位：县文旅局）\n",
        [
            ("装扶手三百个。", "县民政局:responsible", ""),
            ("办书画班。", "县文旅局:responsible", ""),
        ],
    ),
    (
        "items numbered with letters",
        "东县助老清单\nA. 装扶手30个（责任单位：县民政局）\nB．办书画班（责任单位：县文旅局）\n",
        [
            ("装扶手30个", "县民政局:responsible", ""),
            ("办书画班", "县文旅局:responsible", ""),
        ],
    ),
    (
        "numbers of three levels",
        "东县清单\n1 居家\n1.1 送餐\n1.1.1 开食堂3家。责任单位：县商务局\n"
        "1.1.2 送餐上门。责任单位：县民政局\n"
        "1.2 改住房\n1.2.1 修浴室。责任单位：县住建局\n",
        [
            ("开食堂3家。", "县商务局:responsible", ""),
            ("送餐上门。", "县民政局:responsible", ""),
            ("修浴室。", "县住建局:responsible", ""),
        ],
    ),
    (
        "a role in brackets behind each name",
        "东县助老清单\n1.开食堂3家。责任单位：县商务局（牵头）、县民政局（配合）\n"
        "2.办书画班。责任单位：县文旅局（牵头）、县教育局、县残联（配合）\n",
        [
            ("开食堂3家。", "县商务局:lead 县民政局:supporting", ""),
            ("办书画班。", "县文旅局:lead 县教育局:responsible 县残联:supporting", ""),
        ],
    ),
    (
        "labels in black brackets, the time too",
        "东县助老清单\n1.开食堂3家。【牵头单位】县商务局【配合单位】县民政局、县财政局【完成时限】2025年9月底前\n",
        [("开食堂3家。", "县商务局:lead 县民政局:supporting 县财政局:supporting", "2025年9月底前")],
    ),
    (
        "units behind the last item of a section",
        "东县助老清单\n一、吃得好\n1.开食堂3家。\n2.送餐上门。\n责任单位：县商务局。\n二、住得好\n3.修浴室。\n4.装扶手。\n"
        "责任单位：县住建局、县残联。\n",
        [
            ("开食堂3家。", "县商务局:responsible", ""),
            ("送餐上门。", "县商务局:responsible", ""),
            ("修浴室。", "县住建局:responsible 县残联:responsible", ""),
            ("装扶手。", "县住建局:responsible 县残联:responsible", ""),
        ],
    ),
    (
        "a heading with its units, and its text below",
        "东县助老清单\n（一）吃得好（县商务局、县民政局）\n今年开食堂3家，送餐上门。\n（二）住得好（县住建局）\n修浴室30间，装扶手。\n",
        [
            ("吃得好今年开食堂3家，送餐上门。", "县商务局:responsible 县民政局:responsible", ""),
            ("住得好修浴室30间，装扶手。", "县住建局:responsible", ""),
        ],
    ),
    (
        "tasks without numbers below numbered headings",
        "东县助老清单\n1.吃得好\n开食堂3家（责任单位：县商务局）\n送餐上门（责任单位：县民政局）\n2.住得好\n修浴室（责任单位：县住建局）\n",
        [
            ("开食堂3家", "县商务局:responsible", ""),
            ("送餐上门", "县民政局:responsible", ""),
            ("修浴室", "县住建局:responsible", ""),
        ],
    ),
    (
        "who leads in front of the words, and in a last sentence",
        "东县助老清单\n1.由县商务局牵头，开食堂3家。\n2.修浴室。由县住建局牵头，会同县残联、县民政局，9月底前完成。\n",
        [
            ("开食堂3家。", "县商务局:lead", ""),
            ("修浴室。", "县住建局:lead 县残联:supporting 县民政局:supporting", "9月底前完成"),
        ],
    ),
    (
        "units and a colon in front of the words",
        "东县助老清单\n1.县商务局：开食堂3家，6月底前完成。\n"
        "2.县住建局、县残联：修浴室。（配合单位：县民政局）\n"
        "3.县民政局：送餐上门。（责任单位：县商务局）\n",
        [
            ("开食堂3家，6月底前完成。", "县商务局:responsible", "6月底前"),
            ("修浴室。", "县住建局:responsible 县残联:responsible 县民政局:supporting", ""),
            ("县民政局：送餐上门。", "县商务局:responsible", ""),
        ],
    ),
    (
        "labels of one word in a last sentence",
        "东县助老清单\n1.开食堂3家。主办：县商务局；会办：县民政局。\n2.修浴室。承办：县工商联；协办：县住建局。\n",
        [
            ("开食堂3家。", "县商务局:lead 县民政局:supporting", ""),
            ("修浴室。", "县工商联:responsible 县住建局:supporting", ""),
        ],
    ),
    (
        "a bracket behind each part, the last behind a count",
        "东县助老清单\n1.开食堂7家（县商务局）；修浴室9处（县住建局）。\n",
        [("开食堂7家；修浴室9处", "县商务局:responsible 县住建局:responsible", "")],
    ),
    (
        "units behind a dash or a stroke, points instead of numbers",
        "东县重点工作\n● 开食堂3家——县商务局\n● 修浴室 / 县住建局、县残联\n",
        [
            ("开食堂3家", "县商务局:responsible", ""),
            ("修浴室", "县住建局:responsible 县残联:responsible", ""),
        ],
    ),
    (
        "a year of the phase before, and a measure word behind a figure",
        "东县任务表\n1.总结上一阶段（2024年）经验。责任单位：县府办\n"
        "2.管网同步（2023年6月）改造。责任单位：县住建局\n",
        [
            ("总结上一阶段（2024年）经验。", "县府办:responsible", ""),
            ("管网同步（2023年6月）改造。", "县住建局:responsible", ""),
        ],
    ),
    (
        "units above one table of a text are not those of the next",
        "东县任务\n责任单位：县教育局\n序号|任务内容|完成时限\n1|建小学2所|2025年6月底\n"
        "2|修操场3处|2025年7月底\n交通\n序号|任务内容|完成时限\n3|修公路30公里|2025年9月底\n",
        [
            ("建小学2所", "县教育局:responsible", "2025年6月底"),
            ("修操场3处", "县教育局:responsible", "2025年7月底"),
            ("修公路30公里", "", "2025年9月底"),
        ],
    ),
    (
        "a figure behind the number of an item",
        "东县任务表\n1、3家食堂开业。（县商务局负责）\n2、20公里管网改造。（县住建局负责）\n"
        "3、4家浴室达标。（县民政局负责）\n4、2026年底前修路5条。（县交通局负责）\n",
        [
            ("3家食堂开业。", "县商务局:responsible", ""),
            ("20公里管网改造。", "县住建局:responsible", ""),
            ("4家浴室达标。", "县民政局:responsible", ""),
            ("2026年底前修路5条。", "县交通局:responsible", "2026年底前"),
        ],
    ),
    (
        "figures that are no number of an item",
        "东县任务表\n1、2、3号楼外墙修缮。（县住建局负责）\n2、4、5号楼加装电梯。（县民政局负责）\n",
        [
            ("1、2、3号楼外墙修缮。", "县住建局:responsible", ""),
            ("2、4、5号楼加装电梯。", "县民政局:responsible", ""),
        ],
    ),
    (
        "the heading of numbered items that could be the label of a card",
        "重点任务\n一、2025年项目\n1、5家食堂开业。\n责任单位：县商务局\n"
        "2、100户浴室改造。\n责任单位：县民政局\n",
        [
            ("5家食堂开业。", "县商务局:responsible", ""),
            ("100户浴室改造。", "县民政局:responsible", ""),
        ],
    ),
    (
        "merged cells that a page saved as text prints once",
        "领域 | 任务名称 | 目标任务 | 责任单位 | 1-9月份工作取得成效 |\n"
        "教育 | 1.建校 | 建校3所。 | 县教育局 | 已完工2所。 |\n"
        "2.修校舍 | 修校舍5间。 | 县教育局 | 进场施工。 | |\n"
        "3.铺操场 | 铺操场6处。 | 县教体局 | 完成三成。 |\n",
        [
            ("建校3所。", "县教育局:responsible", ""),
            ("修校舍5间。", "县教育局:responsible", ""),
            ("铺操场6处。", "县教体局:responsible", ""),
        ],
    ),
    (
        "merged units that a page saved as text prints once, and one that could be of two columns",
        "序号 | 任务 | 牵头单位 | 配合单位 | 完成时限 |\n"
        "1 | 建校3所 | 县教育局 | 县住建局 | 2025年6月底 |\n2 | 修校舍5间 | 2025年8月底 |\n"
        "3 | 铺操场6处 | 县文旅局 | 2025年9月底 |\n",
        [
            ("建校3所", "县教育局:lead 县住建局:supporting", "2025年6月底"),
            ("修校舍5间", "", "2025年8月底"),
            ("铺操场6处", "县文旅局:lead", "2025年9月底"),
        ],
    ),
    (
        "a record on one line",
        "序号：1；任务名称：开食堂3家；责任单位：县商务局；完成时限：2025-10-31；状态：进行中\n"
        "序号：2；任务名称：修浴室；责任单位：县住建局；完成时限：2025-08-31；状态：未启动\n",
        [
            ("开食堂3家；", "县商务局:responsible", "2025-10-31"),
            ("修浴室；", "县住建局:responsible", "2025-08-31"),
        ],
    ),
    (
        "a phase whose month stands in a bracket",
        "东县方案\n（一）排查阶段（2025年1月—3月15日）。逐栋登记。（责任单位：县住建局）\n"
        "（二）总结阶段（2025年11月）。形成制度。（责任单位：县府办）\n",
        [
            ("排查阶段。逐栋登记。", "县住建局:responsible", "（2025年1月—3月15日）"),
            ("总结阶段。形成制度。", "县府办:responsible", "（2025年11月）"),
        ],
    ),
    (
        "任务一 and a blank as a number",
        "东县清单\n任务一　开办食堂3家\n责任单位：县商务局\n任务二　修建浴室\n责任单位：县住建局\n",
        [
            ("开办食堂3家", "县商务局:responsible", ""),
            ("修建浴室", "县住建局:responsible", ""),
        ],
    ),
    (
        "任务1 and a blank or a point as a number, and no count of things",
        "东县清单\n任务1　开办食堂3家\n责任单位：县商务局\n任务2. 修建浴室\n责任单位：县住建局\n"
        "任务3 处理来信\n责任单位：县信访局\n",
        [
            ("开办食堂3家", "县商务局:responsible", ""),
            ("修建浴室", "县住建局:responsible", ""),
            ("处理来信", "县信访局:responsible", ""),
        ],
    ),
    (
        "marks of every kind before tasks without a number are no words of theirs",
        "东县清单\n——开办食堂3家。（县商务局）\n─ 修建浴室。（县住建局）\n"
        "◆铺装操场。（县教育局）\n· 印发手册。（县民政局）\n- 培训护工。（县卫健局）\n",
        [
            ("开办食堂3家。", "县商务局:responsible", ""),
            ("修建浴室。", "县住建局:responsible", ""),
            ("铺装操场。", "县教育局:responsible", ""),
            ("印发手册。", "县民政局:responsible", ""),
            ("培训护工。", "县卫健局:responsible", ""),
        ],
    ),
    (
        "by whom and by when in the last clauses of the only sentence",
        "东县清单\n1.开食堂3家，由县商务局牵头，县民政局配合，2025年9月底前完成。\n"
        "2.修浴室，由县住建局负责。\n3.办书画班，由老年人自愿参加。\n",
        [
            ("开食堂3家，", "县商务局:lead 县民政局:supporting", "2025年9月底前完成"),
            ("修浴室，", "县住建局:responsible", ""),
            ("办书画班，由老年人自愿参加。", "", ""),
        ],
    ),
    (
        "what a notice asks above its signature is none of the list below it",
        "关于印发任务分工的通知\n各单位：\n1.明确任务，压实责任。请于2025年2月3日前报送方案。\n"
        "2.加强督查。\n东县人民政府办公室\n2025年1月20日\n1.开食堂3家。\n责任单位：县商务局\n"
        "2.修浴室。\n责任单位：县住建局\n3.培训护工。\n",
        [
            ("开食堂3家。", "县商务局:responsible", ""),
            ("修浴室。", "县住建局:responsible", ""),
            ("培训护工。", "", ""),
        ],
    ),
    (
        "who was at a meeting, behind its tasks",
        "东县清单\n一、开食堂3家。由县商务局牵头。\n二、修浴室。由县住建局牵头。\n"
        "出席：王一、李二（县民政局）\n列席单位：县残联\n",
        [
            ("开食堂3家。", "县商务局:lead", ""),
            ("修浴室。", "县住建局:lead", ""),
        ],
    ),
    (
        "pictures before labels",
        "东县清单\n1️⃣ 开食堂3家\n🏛️责任单位：县商务局\n⏰完成时限：2025年6月底前\n"
        "2️⃣ 修浴室\n▶️责任单位：县住建局\n⌛完成时限：2025年9月底前\n",
        [
            ("开食堂3家", "县商务局:responsible", "2025年6月底前"),
            ("修浴室", "县住建局:responsible", "2025年9月底前"),
        ],
    ),
    (
        "第1项 as a number, the time in black brackets in front",
        "东县清单\n第1项 【2025年6月底前】开食堂3家。责任单位：县商务局\n"
        "第2项 修浴室。责任单位：县住建局\n",
        [
            ("开食堂3家。", "县商务局:responsible", "【2025年6月底前】"),
            ("修浴室。", "县住建局:responsible", ""),
        ],
    ),
]


ABOVE = "<p>责任单位：{}</p><table><tr><td>序号</td><td>任务</td><td>完成时限</td></tr>{}</table>"
TASK = "<tr><td>1</td><td>{}</td><td>2025年9月底</td></tr>"


def test_units_above_a_table_without_a_column_of_units_are_those_of_its_tasks() -> None:
    first = ABOVE.format("县商务局", TASK.format("开食堂3家"))
    second = ABOVE.format("县民政局、县残联", TASK.format("修浴室"))
    bare = ABOVE.format("", TASK.format("装扶手")).replace("<p>责任单位：</p>", "<p>其他</p>")
    assert _read(first + second + bare, "html") == [
        ("开食堂3家", "县商务局:responsible", "2025年9月底"),
        ("修浴室", "县民政局:responsible 县残联:responsible", "2025年9月底"),
        ("装扶手", "", "2025年9月底"),
    ]


def test_units_between_tables_of_which_the_first_has_none_above_may_be_of_either() -> None:
    first = ABOVE.format("", TASK.format("开食堂3家")).replace("<p>责任单位：</p>", "")
    second = ABOVE.format("县民政局", TASK.format("修浴室"))
    assert [units for _, units, _ in _read(first + second, "html")] == ["", ""]


DRAWN = """东县清单
┌──┬──────┬─────┬──────┐
│序│　任务　　│责任　　│完成时限　│
│号│　　　　　│单位　　│　　　　　│
├──┼──────┼─────┼──────┤
│一、便民　　　　　　　　　　　　　│
├──┼──────┼─────┼──────┤
│1 │开食堂3家，│县商务局│2025年9月底│
│　│建浴室2间　│县住建局│　　　　　│
│2 │办书画班　│城关镇　│2025年8月底│
│　│　　　　　│人民政府│　　　　　│
└──┴──────┴─────┴──────┘
"""


def test_a_table_drawn_with_box_characters_has_the_cells_that_its_lines_show() -> None:
    assert _read(DRAWN) == [
        ("开食堂3家，建浴室2间", "县商务局:responsible 县住建局:responsible", "2025年9月底"),
        ("办书画班", "城关镇人民政府:responsible", "2025年8月底"),
    ]


def test_a_drawn_table_of_which_a_rule_parts_some_columns_only_is_not_read() -> None:
    assert _read(DRAWN.replace("│　│建浴室2间　│", "│　├──────┤")) == []


@pytest.mark.parametrize(("kind", "text", "told"), KINDS, ids=[kind for kind, _, _ in KINDS])
def test_lists_as_strangers_write_them(kind: str, text: str, told: Told) -> None:
    assert _read(text) == told


ON_SIDE = (
    "<table><tr><td>名称</td><td>第一件</td><td>第二件</td></tr>"
    "<tr><td>工作内容</td><td>开社区食堂</td><td>办书画班</td></tr>"
    "<tr><td>牵头单位</td><td>县民政局</td><td>县文旅局</td></tr>"
    "<tr><td>完成时限</td><td>2025年9月底前</td><td>2025年8月底前</td></tr></table>"
)


def test_a_table_on_its_side_is_turned() -> None:
    assert _read(ON_SIDE, "html") == [
        ("开社区食堂", "县民政局:lead", "2025年9月底前"),
        ("办书画班", "县文旅局:lead", "2025年8月底前"),
    ]


def test_a_unit_merged_over_two_tasks_of_a_table_on_its_side_is_that_of_both() -> None:
    merged = ON_SIDE.replace("<td>县民政局</td><td>县文旅局</td>", "<td colspan=2>县文旅局</td>")
    assert [units for _, units, _ in _read(merged, "html")] == ["县文旅局:lead"] * 2
    task = ON_SIDE.replace("<td>开社区食堂</td><td>办书画班</td>", "<td colspan=2>开社区食堂</td>")
    assert _read(task, "html") == []


TABLES: list[tuple[str, str, Told]] = [
    (
        "units and time inside the cell of the task",
        "序号|重点任务|完成时间\n1|开食堂3家。<br>牵头单位：县商务局<br>配合单位：县民政局|2025年9月底\n"
        "2|修浴室30间。<br>牵头单位：县住建局|2025年8月底",
        [
            ("开食堂3家。", "县商务局:lead 县民政局:supporting", "2025年9月底"),
            ("修浴室30间。", "县住建局:lead", "2025年8月底"),
        ],
    ),
    (
        "one column for the task and its units",
        "序号|工作内容及责任单位|完成时间\n1|开食堂3家（县商务局）|2025年9月底\n2|修浴室（县住建局牵头，各镇配合）|2025年8月底",
        [
            ("开食堂3家", "县商务局:responsible", "2025年9月底"),
            ("修浴室", "县住建局:lead 各镇:supporting", "2025年8月底"),
        ],
    ),
    (
        "the beginning is no deadline",
        "序号|工作任务|责任单位|启动时间|完成时间\n1|开食堂3家|县商务局|2025年3月|2025年9月",
        [("开食堂3家", "县商务局:responsible", "2025年9月")],
    ),
    (
        "English headings",
        "No.|Task|Lead agency|Supporting units|Deadline\n1|开食堂3家|县商务局|县民政局|2025年9月",
        [("开食堂3家", "县商务局:lead 县民政局:supporting", "2025年9月")],
    ),
    (
        "two halves with an empty column between them",
        "序号|任务|责任单位||序号|任务|责任单位\n1|开食堂|县商务局||3|修浴室|县住建局\n2|送餐|县民政局||4|装扶手|县残联",
        [
            ("开食堂", "县商务局:responsible", ""),
            ("送餐", "县民政局:responsible", ""),
            ("修浴室", "县住建局:responsible", ""),
            ("装扶手", "县残联:responsible", ""),
        ],
    ),
    (
        "units that head a group of rows",
        "序号|工作任务|完成时间\n一、县商务局（1项）||\n1|开食堂3家|2025年9月\n二、县住建局（1项）||\n2|修浴室|2025年8月",
        [
            ("开食堂3家", "县商务局:responsible", "2025年9月"),
            ("修浴室", "县住建局:responsible", "2025年8月"),
        ],
    ),
    (
        "levels below one heading of units",
        "序号|任务|责任单位|责任单位\n序号|任务|市级|县级\n1|建库9个|市应急局|各县应急局",
        [("建库9个", "市应急局:responsible 各县应急局:responsible", "")],
    ),
    (
        "the role in a bracket behind the name of a column",
        "序号|重点任务|责任单位（牵头）|责任单位（协同）\n1|开食堂3家|县商务局|县民政局",
        [("开食堂3家", "县商务局:lead 县民政局:supporting", "")],
    ),
    (
        "results beside the tasks, below one heading",
        "序号|工作任务|工作要求|工作要求|责任单位\n序号|工作任务|完成时限|工作成果|责任单位\n"
        "1|开食堂3家|2025年9月|验收单|县商务局",
        [("开食堂3家", "县商务局:responsible", "2025年9月")],
    ),
    (
        "posts are no list of tasks",
        "序号|招聘单位|岗位名称|人数|学历要求|报名截止时间\n1|县城投公司|会计|2|本科|2025年5月20日",
        [],
    ),
    (
        "further names on the lines below a role word in a cell",
        "序号|任务|责任分工\n1|开食堂|牵头：县商务局<br>县民政局<br>配合：县财政局<br>县残联<br>各乡（镇）\n"
        "2|修浴室|责任单位：县住建局<br>城关镇<br>人民政府",
        [
            (
                "开食堂",
                "县商务局:lead 县民政局:lead 县财政局:supporting 县残联:supporting "
                "各乡（镇）:supporting",
                "",
            ),
            ("修浴室", "县住建局:responsible 城关镇人民政府:responsible", ""),
        ],
    ),
    (
        "a name of which the bracket begins or ends on the next line of its cell",
        "序号|任务|责任单位\n1|开食堂|县商务局、各乡<br>（镇、街道）政府\n2|修浴室|各乡（镇<br>、街道）政府<br>县住建局\n"
        "3|装扶手|县残联<br>（牵头）<br>县民政局",
        [
            ("开食堂", "县商务局:responsible 各乡（镇、街道）政府:responsible", ""),
            ("修浴室", "各乡（镇、街道）政府:responsible 县住建局:responsible", ""),
            ("装扶手", "县残联:lead 县民政局:responsible", ""),
        ],
    ),
    (
        "how units are reached, in a table below that of the tasks",
        "序号|任务|责任单位|时限\n1|建公园2个|市园林局|6月底\n2|修公厕30座|市城管局|9月底\n"
        "责任单位|联系人|电话|\n市园林局|张某|1234567|\n市城管局|李某|2234567|",
        [
            ("建公园2个", "市园林局:responsible", "6月底"),
            ("修公厕30座", "市城管局:responsible", "9月底"),
        ],
    ),
    (
        "a second table of tasks below the first, of other columns",
        "序号|任务|责任单位|时限\n1|建公园2个|市园林局|6月底\n任务|牵头单位|配合单位|\n修公厕30座|市城管局|市财政局|",
        [
            ("建公园2个", "市园林局:responsible", "6月底"),
            ("修公厕30座", "市城管局:lead 市财政局:supporting", ""),
        ],
    ),
    (
        "a budget is no list of tasks",
        "序号|单位名称|基本支出（万元）|项目支出（万元）\n1|县民政局|1200|3400\n2|县教育局|56000|12000",
        [],
    ),
]


@pytest.mark.parametrize(("kind", "rows", "told"), TABLES, ids=[kind for kind, _, _ in TABLES])
def test_tables_as_strangers_write_them(kind: str, rows: str, told: Told) -> None:
    lines = (f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in rows.split("\n"))
    assert _read(f"<table>{''.join(lines)}</table>", "html") == told


# A list with boxes -> the units that are ticked, with their roles.
BOXES = [
    ("☑市民政局 □市财政局 ☑市残联", ["市民政局 responsible", "市残联 responsible"]),
    ("□市民政局√市财政局", ["市财政局 responsible"]),
    ("市民政局（√）市财政局（□）", ["市民政局 responsible"]),
    ("■市民政局、□市财政局", ["市民政局 responsible"]),
    (
        "牵头单位：☑市卫健委 □市医保局；配合单位：□市财政局 ☑市残联",
        ["市卫健委 lead", "市残联 supporting"],
    ),
]


@pytest.mark.parametrize(("cell", "expected"), BOXES)
def test_only_ticked_units_are_those_of_a_task(
    tmp_path: Path, cell: str, expected: list[str]
) -> None:
    found = _boxes(tmp_path, cell)
    rows = found.assignments.itertuples()
    assert [f"{row.agency_printed} {row.role}" for row in rows] == expected
    assert not found.account.unread()


@pytest.mark.parametrize("cell", ["□市民政局 □市财政局", "☑市民政局 □市财政局 市残联□"])
def test_boxes_of_which_none_is_clearly_ticked_are_said(tmp_path: Path, cell: str) -> None:
    found = _boxes(tmp_path, cell)
    assert "市财政局" not in set(found.assignments["agency_printed"])
    assert found.account.unread() or found.confidence < 0.5


def test_boxes_that_stand_for_roles_are_not_taken_for_ticks(tmp_path: Path) -> None:
    found = _boxes(tmp_path, "☑市民政局 □市财政局", "注：☑为牵头单位，□为配合单位")
    assert len(found.account.unread()) > 0


def _boxes(tmp_path: Path, cell: str, note: str = "") -> preview.Preview:
    page = "".join(
        f"<tr><td>{n}</td><td>{task}</td><td>{units}</td></tr>"
        for n, task, units in (("序号", "任务", "责任单位"), (1, "建设养老驿站", cell))
    )
    path = tmp_path / "a.html"
    path.write_text(f"<p>养老任务清单</p><table>{page}</table><p>{note}</p>", encoding="utf-8")
    return preview.read(path, code="110105", date_issued="2026-01-31")


def test_a_row_for_each_unit_with_its_role_is_one_task(tmp_path: Path) -> None:
    rows = (
        "编号,任务,时限,单位,承担角色",
        "A1,建成物资库,2026-09-30,市应急局,牵头",
        "A1,建成物资库,2026-09-30,市财政局,配合",
        "A2,组织演练6场,2026-05-31,市教育局,主办",
    )
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    read = preview.read(path, code="110105", date_issued="2026-01-31")
    assert read.tasks["text"].tolist() == ["建成物资库", "组织演练6场"]
    found = [
        f"{row.task_id} {row.agency_printed} {row.role}" for row in read.assignments.itertuples()
    ]
    assert found == [
        "a-01 市应急局 lead",
        "a-01 市财政局 supporting",
        "a-02 市教育局 lead",
    ]
    assert not read.account.unread()
    assert len(read.deadlines) == 2


LED = "县民政局：走访老人260户。\n县卫健局：接种疫苗，2月底前完成。\n各村：排查隐患，3月底前完成。"


@pytest.mark.parametrize(
    ("text", "n_tasks"),
    [
        (f"东县冬季工作安排\n\n{LED}", 3),
        (f"东县冬季工作安排\n\n{LED.replace('县民政局', '▪ 县民政局')}", 3),
        (f"东县工作进展情况通报\n\n{LED}", 0),
        ("东县工作安排\n\n" + "\n".join(LED.split("\n")[:2]), 0),
        (f"东县工作安排\n\n{re.sub('：[^。]*', '：张三，联系电话0578-1234567', LED)}", 0),
    ],
    ids=["a list", "bullets", "a report", "two lines", "telephones"],
)
def test_lines_that_begin_with_a_unit_and_a_colon(text: str, n_tasks: int) -> None:
    assert len(_read(text)) == n_tasks
