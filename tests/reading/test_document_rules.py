"""Rules that a document states once for all its lists and tasks: seen, applied or said."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as Word

from yiyang.grammar import document_rules, due_by_rule
from yiyang.grammar.deadline_phrases import Time
from yiyang.reading import rule_signs
from yiyang.reading.signs import plain
from yiyang.show import preview
from yiyang.show.preview import Preview

# A sentence -> what it picks and the role of that, then the role of the others.
ROLE_RULES = [
    ("注：责任单位栏中加粗的为牵头单位，其余为配合单位。", ["look bold lead supporting"]),
    ("用黑体字标出的是牵头部门，非黑体的为参与部门", ["look bold lead supporting"]),
    ("带下划线的单位为主办单位，未加下划线的为协办单位。", ["look underline lead supporting"]),
    ("说明：分号之前为牵头单位，分号之后为配合单位。", ["before ; lead supporting"]),
    ("“；”前为牵头单位、后为配合单位", ["before ; lead supporting"]),
    ("括号内为配合单位", ["inside () supporting "]),
    ("以下各项任务均由县民政局牵头，括号内为配合单位", ["inside () supporting "]),
    ("（各项任务中，排在前两位的单位为牵头单位，其他为配合单位）", ["first 2 lead supporting"]),
    ("标★的为牵头单位，其他单位按职责配合", ["mark ★ lead supporting"]),
    ("每项任务第一个单位为牵头单位", ["first 1 lead "]),
    ("标★的为牵头单位，未标★的为配合单位", ["mark ★ lead supporting"]),
    ("★为牵头单位，▲为配合单位", ["mark ★ lead ", "mark ▲ supporting "]),
    ("排名第一的单位为牵头单位", ["first 1 lead "]),
    ("责任单位中，排在第一位的为牵头单位，下同", ["first 1 lead "]),
    ("各项任务责任单位中排名首位的为牵头单位", ["first 1 lead "]),
    ("注：责任单位中标注“▲”的为牵头单位。", ["mark ▲ lead "]),
    ("分号前的牵头，分号后的配合", ["before ; lead supporting"]),
    ("用红色字体标出的为牵头单位，其余有关单位为配合单位", ["look red lead supporting"]),
    ("责任单位（加粗为牵头）", ["look bold lead "]),
    ("各项任务的责任单位中，列首位的为牵头单位；未注明时限的，于11月底前完成。", ["first 1 lead "]),
    ("列第一位的责任单位为牵头单位。", ["first 1 lead "]),
    ("列第一位者为牵头或汇总单位,下同", ["first 1 lead "]),
    ("排在首位的为牵头和报送单位", ["first 1 lead "]),
    # no rule, or one that is not read: nothing is guessed
    ("对综合排名前三位的乡镇给予重点支持。", []),
    ("对综合排名第一的乡镇，由县政府给予重点支持。", []),
    ("对排名第一的单位给予资金支持。", []),
    ("全市考核排名前三位的单位为牵头单位。", []),
    ("本清单把安全生产摆在首位，县应急管理局是牵头单位，各有关单位要高度重视。", []),
    ("突出红色文化主题，县委宣传部为牵头单位。", []),
    ("各项任务中红色资源保护以县委宣传部为牵头单位", []),
    ("标★的为重点任务，由县政府督查室牵头督办。", []),
    ("清单任务标★的，县财政局为牵头单位", []),
    ("区民政局为牵头单位，其他部门为配合单位", []),
    ("排名第一、二位的为牵头单位", []),
    ("党政主要负责人是第一责任人", []),
]


@pytest.mark.parametrize(("sentence", "expected"), ROLE_RULES)
def test_rules_of_roles(sentence: str, expected: list[str]) -> None:
    found = document_rules.of_roles(sentence)
    assert [f"{r.pick.kind} {r.pick.value} {r.role} {r.others}" for r in found] == expected


# A sentence -> what it picks and the words in which its time stands.
TIME_RULES = [
    ("凡未注明完成时限的，一律于2026年11月底前完成。", ["unstated"]),
    ("如无特殊说明，完成时限均为2026年12月底", ["unstated"]),
    ("除已注明时限的外，其余均于年底前完成", ["unstated"]),
    ("标“△”的于6月30日前完成，其余任务于12月31日前完成", ["mark", "rest"]),
    ("标△的6月底前完成，未标△的年底前完成", ["mark", "rest"]),
    ("以上任务均须于2026年12月底前完成", ["all"]),
    ("各项任务均应于每月25日前报送进展", []),
    ("其他工作于6月底前完成", []),
    ("完成时限未明确的任务，原则上于2026年12月底前全部完成。", ["unstated"]),
    ("除另有规定外，各项工作任务均应在11月底前完成", ["all"]),
    ("表中未注明时限的，年底前完成。", ["unstated"]),
    ("没有具体时限的任务，于三季度末前办结", ["unstated"]),
    # about other things than the tasks
    ("对未明确联络员的单位，3月10日前落实到位。", []),
    ("对未明确完成时限的单位，3月10日前落实到位。", []),
    ("各单位要在3月底前明确1名联络员，未明确的由县督查室通报，6月底前整改到位。", []),
    ("未明确时限的由县督查室通报，6月底前整改到位。", []),
    ("标△的任务，由县财政局补助，6月底前到位。", []),
    ("除特殊天气外，防汛物资储备于5月底前到位。", []),
    ("除另有规定外，防汛物资储备于5月底前到位。", []),
    ("所有新建项目工作专班均要在3月底前组建到位。", []),
    ("未按时限完成的，6月底前整改到位。", []),
    ("未注明时限的，于6月底前完成方案制定。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), TIME_RULES)
def test_rules_of_times(sentence: str, expected: list[str]) -> None:
    assert [rule.pick.kind for rule in document_rules.of_times(sentence)] == expected


def test_the_time_of_a_rule_stands_where_its_phrase_does() -> None:
    words = "均需长期坚持"
    phrase, time = due_by_rule.one_time(words, None, None) or ("", Time(0, 0))
    assert phrase == words[time.begin : time.end] == "长期坚持"


# What no grammar applies must still be seen.
SEEN = [
    ("排名第一、二位的为牵头单位", "role"),
    ("用蓝色字体标出的为主办单位", "role"),
    ("有底纹的单位系牵头部门", "role"),
    ("各栏最后一位为协办单位", "role"),
    ("●为牵头单位，○为配合单位", "role"),
    ("责任单位中“/”左边的是主责部门", "role"),
    ("没有写明办理时间的，由各单位在10月底前办结", "time"),
    ("以上事项应全部于2026年9月底前完成", "time"),
    # of some items by their numbers
    ("上述第1—3项于6月底前完成", "time"),
    ("第2项长期坚持", "time"),
    ("序号4、5的须在三季度落实", "time"),
    ("第3、4项另由各镇落实", "role"),
    # of empty cells
    ("注：“办结期限”栏为空的，均按全年推进", "time"),
    ("未填写时间的为常态化工作", "time"),
    # of a word
    ("说明：“年底前”系指2026年12月10日前", "time"),
    ("表中三季度末统一按9月20日执行", "time"),
    # of marked tasks, of all figures
    ("标△的任务还须由各乡镇同步落实", "role"),
    ("带※的项目，除所列单位外，另由各园区组织实施", "role"),
    ("表中指标均为不低于", "figure"),
    ("标▼的为不高于该值", "figure"),
    ("注：各目标值均为较上年增长", "figure"),
    # of what stands below
    ("二、每季度开展的任务", "time"),
    ("（三）每周工作（4项）", "time"),
]


@pytest.mark.parametrize(("sentence", "kind"), [*SEEN, *((s, "role") for s, e in ROLE_RULES if e)])
def test_a_rule_is_seen_whether_read_or_not(sentence: str, kind: str) -> None:
    assert kind in [found for *_, found in rule_signs.find(plain(sentence))]


@pytest.mark.parametrize("before", [0, 150, 280, 292, 299, 301, 440, 595])
@pytest.mark.parametrize(
    ("rule", "kind"),
    [("标★的为牵头单位", "role"), ("未注明时限的于2026年11月底前完成", "time")],
)
def test_a_rule_in_a_long_sentence_is_seen_once(before: int, rule: str, kind: str) -> None:
    found = list(rule_signs.find(plain("推进建设，" * (before // 5) + "甲" * (before % 5) + rule)))
    assert [about for *_, about in found] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "各单位于每月25日前报送进展",
        "区民政局为牵头单位",
        "抓好落实，压实责任",
        "建设10个站点，6月底前完成",
        "注：数据截至2025年底，由县统计局提供",
        "注：表中数据均为2025年底统计数",
        "说明：本表由县政府办公室负责解释",
        "第三条县民政部门负责监督管理",
        "第二十条每年12月底前公布目录",
        "注：标★的为省级民生实事",
        "以上任务由各责任单位按职责分工落实",
        "注：第1—3项进展每月25日前报送",
        "请各单位每月25日前报送进展，12月10日前报送总结",
        "注：资金均为财政安排，3月底前拨付到位",
        "每月开展一次巡查",
        "联系人：张某，电话第2项",
    ],
)
def test_what_is_no_rule_is_not_seen(sentence: str) -> None:
    assert not list(rule_signs.find(plain(sentence)))


def _read(path: Path) -> Preview:
    return preview.read(path, code="110105", date_issued="2026-01-31")


def _text(tmp_path: Path, *lines: str) -> Preview:
    path = tmp_path / "a.txt"
    path.write_text("\n".join(["养老服务任务清单", *lines]), encoding="utf-8")
    return _read(path)


def _roles(read: Preview) -> list[str]:
    return [f"{row.agency_printed} {row.role}" for row in read.assignments.itertuples()]


def _days(read: Preview) -> dict[str, str]:
    return {row.task_id: f"{row.due:%m-%d}" for row in read.deadlines.itertuples()}


LISTS = (
    "一、建设驿站。（责任单位：市民政局、市财政局；市残联）",
    "二、培训人员。（责任单位：市人社局；市教育局）",
)


def test_a_rule_on_the_semicolon_is_applied_with_its_line(tmp_path: Path) -> None:
    read = _text(tmp_path, "说明：分号前为牵头单位，分号后为配合单位。", *LISTS)
    assert _roles(read) == [
        "市民政局 lead",
        "市财政局 lead",
        "市残联 supporting",
        "市人社局 lead",
        "市教育局 supporting",
    ]
    assert read.assignments["is_inferred"].all()
    assert all("line 2" in why for why in read.assignments["inferred_reason"])
    assert not read.account.unread()


@pytest.mark.parametrize(
    "rule", ["加粗的为牵头单位，其余为配合单位。", "排名第一、二位的为牵头单位。"]
)
def test_a_rule_that_cannot_be_applied_is_said_at_each_list(tmp_path: Path, rule: str) -> None:
    read = _text(tmp_path, f"说明：{rule}", *LISTS)
    assert {row.split()[1] for row in _roles(read)} == {"responsible"}
    assert [row["line"] for row in read.account.unread() if row["kind"] == "rule"] == [2]
    for line in (3, 4):
        assert any(f"line {line}" in warning and "rule" in warning for warning in read.warnings)
    assert read.confidence < 0.9


def test_a_rule_that_is_wrapped_is_applied(tmp_path: Path) -> None:
    notes = (
        "三、有关要求",
        "各项任务的责任单位中，列首位的为牵头单位；未注明完成时限的，于2026年",
        "12月底前完成。",
    )
    read = _text(tmp_path, *LISTS, *notes)
    assert [role.split()[1] for role in _roles(read)][::3] == ["lead", "lead"]
    assert set(_days(read).values()) == {"12-31"}


def test_a_rule_is_not_used_for_standing_beside_one_that_is(tmp_path: Path) -> None:
    rules = "说明：加粗的为牵头单位；未注明完成时限的，于2026年12月底前完成。"
    read = _text(tmp_path, *LISTS, rules)
    unread = [row["printed"] for row in read.account.unread() if row["kind"] == "rule"]
    assert unread == ["加粗的为牵头单位"]
    assert set(_days(read).values()) == {"12-31"}


def test_bold_units_lead(tmp_path: Path) -> None:
    word = Word()
    word.add_paragraph("夜间经济任务表")
    table = word.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("序号", "工作任务", "责任单位"), strict=True):
        cell.text = text
    rows = (("开设夜市3处", "**区商务局", "区城管局"), ("延长公交", "区商务局", "**区交通局"))
    for n, (task, *units) in enumerate(rows, 1):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(n), task
        paragraph = cells[2].paragraphs[0]
        for k, unit in enumerate(units):
            paragraph.add_run("、" * bool(k))
            paragraph.add_run(unit.lstrip("*")).bold = unit.startswith("**")
    word.add_paragraph("注：加粗的为牵头单位，其余为配合单位。")
    word.save(str(tmp_path / "a.docx"))
    read = _read(tmp_path / "a.docx")
    assert _roles(read) == [
        "区商务局 lead",
        "区城管局 supporting",
        "区商务局 supporting",
        "区交通局 lead",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.md",
            "| 1 | 开设夜市 | **区商务局**、区城管局 |\n| 2 | 延长公交 | 区商务局、区交通局 |",
        ),
        (
            "a.html",
            "<table><tr><td>1</td><td>开设夜市</td><td><b>区商务局</b>、区城管局</td></tr>"
            "<tr><td>2</td><td>延长公交</td><td>区商务局、区交通局</td></tr></table>",
        ),
    ],
)
def test_a_list_without_bold_type_is_said(tmp_path: Path, name: str, text: str) -> None:
    head = {
        "a.md": "| 序号 | 任务 | 责任单位（加粗为牵头） |\n|---|---|---|\n",
        "a.html": "<table><tr><th>序号</th><th>任务</th><th>责任单位（加粗为牵头）</th></tr>",
    }[name]
    (tmp_path / name).write_text(head + text.removeprefix("<table>"), encoding="utf-8")
    read = _read(tmp_path / name)
    assert _roles(read)[:2] == ["区商务局 lead", "区城管局 responsible"]
    said = read.leftovers[read.leftovers["text"] == "区交通局"]
    assert "does not show" in said["reason"].iloc[0]


def test_tasks_without_a_day_take_that_of_the_rule(tmp_path: Path) -> None:
    read = _text(
        tmp_path,
        "以下任务凡未注明完成时限的，一律于2026年11月底前完成。",
        "一、建设驿站。（市民政局负责）",
        "二、培训人员，2026年4月底前完成。（市人社局负责）",
    )
    assert _days(read) == {"a-01": "11-30", "a-02": "04-30"}
    assert read.deadlines[["is_inferred", "line"]].values.tolist() == [[True, 2], [False, 4]]
    assert read.confidence >= 0.9


def test_tasks_with_a_mark_have_a_day_of_their_own(tmp_path: Path) -> None:
    rule = "（标“△”的任务于2026年6月30日前完成，其余任务于2026年12月31日前完成）"
    tasks = ("1.△建设驿站。（市民政局负责）", "2.培训人员。（市人社局负责）")
    assert _days(_text(tmp_path, rule, *tasks)) == {"a-01": "06-30", "a-02": "12-31"}
    # the marks were lost on the way: nothing is guessed, and each task is named
    lost = _text(tmp_path, rule, tasks[0].replace("△", ""), tasks[1])
    assert _days(lost) == {}
    for line in (3, 4):
        assert any(f"line {line}" in warning and "△" in warning for warning in lost.warnings)


def test_above_and_below_reach_their_section(tmp_path: Path) -> None:
    first = ("一、第一批任务", "1.建设驿站。（市民政局负责）", "2.培训人员。（市人社局负责）")
    second = ("二、第二批任务", "3.新建幼儿园。（市教育局负责）", "4.新建公园。（市城管局负责）")
    above, below = "以上任务均于2026年6月30日前完成。", "以下任务均于2026年6月30日前完成。"
    early = {"a-01": "06-30", "a-02": "06-30"}
    assert _days(_text(tmp_path, *first, above, *second)) == early
    assert _days(_text(tmp_path, below, *first, *second)).keys() == {
        *early,
        "a-03",
        "a-04",
    }
    # behind the last of several sections: one of them, or all? nothing is guessed
    unclear = _text(tmp_path, *first, *second, above)
    assert _days(unclear) == {}
    assert [row["line"] for row in unclear.account.unread() if row["kind"] == "rule"] == [8]
    assert _days(_text(tmp_path, *first, above)) == early


BATCHES = [
    ("第一批6月底前完成，第二批9月30日前完成。", ("第一批", "第二批"), "06-30 09-30"),
    (
        "首批项目于5月底前建成并投入使用；第二批须于10月底前完成验收。",
        ("首批", "二批"),
        "05-31 10-31",
    ),
    ("第1批（2个）4月底前完成，第2批（2个）8月底前完成。", ("1批", "第二批次"), "04-30 08-31"),
    ("第一批：6月底前，第二批：12月底前。", ("第二批", "第一批"), "12-31 06-30"),
    ("A类事项6月底前办结，B类事项11月底前办结。", ("A类", "B类"), "06-30 11-30"),
    ("第一批在上半年完成，第二批年底前完成。", ("第一批", "—"), "06-30"),
    ("第一、二批6月底前完成，第三批9月底前完成。", ("第一批", "第三批"), "06-30 09-30"),
    # what cannot be applied whole is said and not applied
    ("第一批3月启动、6月底前完成，第二批9月启动、12月底前完成。", ("第一批", "第二批"), ""),
    ("第一批已于2025年6月底前完成，第二批今年9月底前完成。", ("第一批", "第二批"), ""),
    ("第一批4月底前完成，第二批8月底前完成。", ("第一批", "第一批、第二批"), ""),
    ("第一至三批6月底前完成，第四批9月底前完成。", ("第一批", "第四批"), ""),
]


@pytest.mark.parametrize(("sentence", "cells", "days"), BATCHES)
def test_a_column_of_batches_gives_the_days_of_a_sentence(
    tmp_path: Path, sentence: str, cells: tuple[str, str], days: str
) -> None:
    rows = zip(cells, ("改造敬老院", "培训护理员"), strict=True)
    table = "".join(f"<tr><td>{a}</td><td>{b}</td><td>市民政局</td></tr>" for a, b in rows)
    head = "<tr><th>批次</th><th>项目</th><th>责任单位</th></tr>"
    text = f"<p>项目分批实施。{sentence}</p><table>{head}{table}</table>"
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    read = _read(tmp_path / "a.html")
    assert " ".join(_days(read).values()) == days
    assert read.deadlines["is_inferred"].all()
    assert set(read.deadlines["line"]) <= {1}
    assert bool(days) or any(row["line"] == 1 for row in read.account.unread())
    assert read.confidence >= 0.9 or not days


@pytest.mark.parametrize(
    "text",
    ["常年开展巡河", "长期做好护林", "每日巡查河道", "持续清理堆物", "3月31日前登记的车辆全部检测"],
)
def test_a_task_that_speaks_of_time_takes_no_day_from_a_rule(tmp_path: Path, text: str) -> None:
    rule = "凡未注明完成时限的，一律于2026年11月底前完成。"
    read = _text(tmp_path, rule, f"一、{text}。（市水利局负责）", "二、建设驿站。（市民政局负责）")
    left, ruled = read.deadlines.astype(object).fillna("").to_dict("records")
    assert (ruled["kind"], ruled["printed"]) == ("by_date", "2026年11月底前")
    # said with its words and its line
    assert (left["kind"], left["due"], left["line"]) == ("", "", 3)
    assert left["printed"] in text


def test_the_type_of_a_list_is_that_of_its_own_cell(tmp_path: Path) -> None:
    rows = (
        "<td>开设夜市</td><td><b>区商</b><b>务局</b>、区城管局</td>",  # a name in two pieces
        "<td><b>配合区交通局延长公交</b></td><td><b>区商务局</b>、区交通局</td>",  # another cell
        "<td>修路</td><td>区交通局</td>",
    )
    # a row that is bold throughout tells no roles
    bold = "<tr style='font-weight:bold'><td>4</td><td>建桥</td><td>区交通局、区水务局</td></tr>"
    table = "".join(f"<tr><td>{n}</td>{row}</tr>" for n, row in enumerate(rows, 1)) + bold
    head = "<tr><th>序号</th><th>任务</th><th>责任单位（加粗为牵头，其余配合）</th></tr>"
    (tmp_path / "a.html").write_text(f"<table>{head}{table}</table>", encoding="utf-8")
    read = _read(tmp_path / "a.html")
    assert _roles(read) == [
        "区商务局 lead",
        "区城管局 supporting",
        "区商务局 lead",
        "区交通局 supporting",
        "区交通局 responsible",
        "区交通局 responsible",
        "区水务局 responsible",
    ]
    left = read.leftovers[read.leftovers["reason"].str.contains("does not show")]
    assert left["text"].tolist() == ["区交通局", "区水务局"]


ONE_LEADS = [
    ("以下各项任务均由县民政局牵头，括号内为配合单位。", "县住建局:supporting 县民政局:lead"),
    ("各项任务均由县民政局牵头，其他单位配合。", "县住建局:supporting 县民政局:lead"),
    ("各项任务均由县民政局牵头。", "县住建局:responsible 县民政局:lead"),
    # what is no list of units leads nothing
    ("各项任务均由专人牵头。", "县住建局:responsible"),
]


@pytest.mark.parametrize(("rule", "units"), ONE_LEADS)
def test_a_unit_that_leads_all_tasks(tmp_path: Path, rule: str, units: str) -> None:
    """Beside the units of each list; a task that says who leads it keeps its own."""
    path = tmp_path / "东县.txt"
    path.write_text(
        f"东县任务分工\n{rule}\n1.修浴室。（县住建局）\n2.开食堂。（牵头单位：县商务局）\n",
        encoding="utf-8",
    )
    read = preview.read(path).to_dict()
    of_tasks = [
        " ".join(
            f"{r['agency_printed']}:{r['role']}"
            for r in read["assignments"]
            if r["task_id"] == task["task_id"]
        )
        for task in read["tasks"]
    ]
    assert of_tasks == [units, "县商务局:lead"]


# Notes behind three items, and the days of these that they give; none where one clause is unclear.
NOTES_OF_TIMES = [
    ("以上第1、3项于4月底前完成，第2项长期坚持。", ["2026-04-30", "ongoing", "2026-04-30"]),
    (
        "说明：第1项任务，6月底前完成；其余于9月底前完成。",
        ["2026-06-30", *["2026-09-30"] * 2],
    ),
    ("第1至3项于9月底前完成。", ["2026-09-30"] * 3),
    ("注：“完成时限”栏空白的，为长期坚持事项。", ["ongoing"] * 3),
    ("注：未注明时限的为全年持续推进。", ["ongoing"] * 3),
    ("第1项于4月底前完成规划，第2、3项于6月底前完成。", []),
    ("第1项于4月底前完成，第4项于6月底前完成。", []),
    ("第1、2项于4月底前完成，第2项于6月底前完成。", []),
]


@pytest.mark.parametrize(("note", "expected"), NOTES_OF_TIMES)
def test_a_note_gives_times_or_is_said(tmp_path: Path, note: str, expected: list[str]) -> None:
    items = ("1.修缮水渠", "2.开展普法宣传", "3.更换路灯")
    read = _text(tmp_path, *(f"{item}。（责任单位：区水务局）" for item in items), note)
    times = read.deadlines.itertuples()
    found = [row.kind if row.kind == "ongoing" else str(row.due)[:10] for row in times]
    assert found == expected
    assert all(read.deadlines["is_inferred"])
    assert bool(expected) == (read.confidence > 0.9)


DEFINED = [
    ("年底前", "“年底前”统一指12月20日前", "2026-12-20"),
    ("上半年", "上半年均指2026年6月20日前", "2026-06-20"),
    ("年底前完成", "表中“年底”即12月10日", "2026-12-10"),
    # its usual day would be wrong, and that of the note is not said of it
    ("2026年底前完成80%", "“年底前”指12月20日前", ""),
    ("9月底前", "“年底前”指12月20日前", "2026-09-30"),
]


@pytest.mark.parametrize(("cell", "note", "day"), DEFINED)
def test_a_word_that_a_note_defines_has_the_day_of_the_note(
    tmp_path: Path, cell: str, note: str, day: str
) -> None:
    rows = ("序号\t工作任务\t责任单位\t完成时限", f"1\t改造驿站\t县民政局\t{cell}")
    read = _text(tmp_path, "云岭县2026年重点任务", *rows, f"注：{note}。")
    [row] = read.deadlines.to_dict("records")
    assert str(row["due"])[:10] == day if day else row["unread"] == "年底"
    assert row["is_inferred"] == (day[5:] in ("12-20", "06-20", "12-10"))
