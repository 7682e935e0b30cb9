"""Figures promised and reported: those of the four lists, and the outcomes of the case study."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import scripts
from hypothesis import given
from hypothesis import strategies as st

import yiyang
from yiyang import parse
from yiyang.core import schema
from yiyang.grammar import column_targets, indicator_names, quantities, targets

measured = scripts.benchmark("targets")

# task, indicator, comparator, value, unit, due, where the date stands
TARGETS = """
chaoyang-01 设置养老服务热线 = 1 条 - -
chaoyang-02 拥有健康档案 = 1 份 - -
chaoyang-02 拥有签约医生 = 1 名 - -
chaoyang-02 健康体检 = 1 次/年 - -
chaoyang-14 引导社区卫生服务机构转型为康复医院 = 2 家 - -
chaoyang-14 社区卫生服务机构作为临终关怀试点单位 = 2 家 - -
chaoyang-14 社区卫生服务机构作为试点护理院 = 1 家 - -
chaoyang-29 为老年人提供免费健康管理服务 >= 1 次/年 - -
chaoyang-31 …统一用药 = 5 种 - -
chaoyang-32 …长处方 = 4 类 - -
chaoyang-49 安排综合评估专项经费 = 300 元/人次 - -
chaoyang-49 安排专项经费 = 150 元/人次 - -
chaoyang-49 给予医护人员上门服务的专项补贴 = 100 元/人次 - -
jiyuan-09 65岁以上老年人健康管理率 >= 70 % 2020-12-31 text
beijing-02 养老机构护理型床位占比 >= 50 % 2022-12-31 text
beijing-12 …专业 about 10 所 - -
beijing-12 挂牌认定北京市养老服务人才培训学校 = 3 所 - -
beijing-12 培训养老护理员 >= 10000 名/年 2022-12-31 text
beijing-12 养老服务机构负责人 >= 500 名/年 2022-12-31 text
beijing-12 老年社会工作者 >= 500 名/年 2022-12-31 text
zhongning-10 县内医养结合机构 >= 1 家 2022-12-31 column
zhongning-14 规划建设社区卫生服务中心 = 1 所 2022-12-31 column
zhongning-22 全县行政村(社区)建设有老年教育学习点 >= 30 % 2022-10-31 column
zhongning-22 经常性参与教育活动的老年人占老年人口总数的比例 >= 20 % 2022-10-31 column
zhongning-24 …体格检查、辅助检查和健康指导 = 1 次/年 2022-12-31 column
zhongning-24 65岁及以上老年人健康管理率 >= 72 % 2022-12-31 text
zhongning-27 全县二级以上综合性医院设立老年医学科的比例 >= 50 % 2022-12-31 text
zhongning-30 综合性医院和基层医疗卫生机构构成老年友善医疗卫生机构 >= 80 % 2022-12-31 text
zhongning-36 基层医疗卫生机构护理床位占比 >= 30 % 2022-12-31 text
"""


def test_the_figures_in_force_were_read_one_by_one(corpus: yiyang.Corpus) -> None:
    """`figures_read.csv`: every target and outcome of the tables, read again from the printed text
    with its reason, and the figures beside them that are none. Read by a language model."""
    path = Path(__file__).parent.parent / "figures_read.csv"
    read = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert (read["reason"] != "").all()
    columns = ["printed", "comparator", "value", "value_high", "unit"]
    for name, key, day in (("targets", "task_id", "due"), ("outcomes", "document_id", "as_of")):
        table = getattr(corpus, name).rename(columns={key: "id", day: "due"})
        table = table.reindex(columns=["id", *columns, "due"])
        table["due"] = table["due"].dt.strftime("%Y-%m-%d").fillna("")
        own = read[(read["table"] == name) & (read["is_figure"] == "yes")]
        found = table.astype(object).where(table.notna(), "").astype(str)
        assert found.to_numpy().tolist() == own[["id", *columns, "due"]].to_numpy().tolist()
        # What was read as none stands in no row of it; a like figure may, with other words.
        none = read[(read["table"] == name) & (read["is_figure"] == "no")]
        held = set(zip(found["id"], found["printed"], strict=True))
        assert held.isdisjoint(zip(none["id"], none["printed"], strict=True))


def test_every_target_of_the_four_lists(corpus: yiyang.Corpus) -> None:
    found = corpus.targets
    expected = [row.split(" ") for row in TARGETS.strip().splitlines()]
    assert len(found) == len(expected)
    for row, (task_id, indicator, comparator, value, unit, due, source) in zip(
        found.itertuples(), expected, strict=True
    ):
        assert (row.task_id, row.comparator, row.value, row.unit) == (
            task_id,
            comparator,
            float(value),
            unit,
        )
        assert row.indicator.endswith(indicator.removeprefix("…"))
        assert (str(row.due)[:10] if pd.notna(row.due) else "-") == due
        assert (row.due_source if pd.notna(row.due_source) else "-") == source
    high = found.loc[found["value_high"].notna(), ["value", "value_high"]]
    assert high.values.tolist() == [[3, 5]]


def test_a_target_stands_where_it_says(corpus: yiyang.Corpus) -> None:
    texts = corpus.tasks.set_index("task_id")["text"]
    for row in corpus.targets.itertuples():
        assert texts[row.task_id][row.char_start : row.char_end] == row.printed


def test_the_other_figures_of_the_lists_are_refused_with_a_reason(corpus: yiyang.Corpus) -> None:
    refused = targets.refused(corpus.tasks)
    assert [tuple(row) for row in refused.itertuples(index=False)] == [
        ("chaoyang-10", "200张及以上", "condition"),
        ("chaoyang-36", "43家", "part of a body that is described"),
        ("chaoyang-36", "16家", "part of a body that is described"),
        ("chaoyang-36", "8类", "part of a body that is described"),
        ("chaoyang-36", "74条", "part of a body that is described"),
    ]


NO_TARGETS = [
    "新建200张及以上床位的养老机构，应建设配套的内设医疗机构。",
    "超过100人的企业可享受优惠。",
    "达到职工人数25%并签订合同的，可申请贷款。",
    "可申请最高不超过15万元的创业担保贷款。",
    "盘活现有12家机构的资源。",
    "在五个新城加强建设。",
    "以1家中心为龙头，建设体系。",
]


@pytest.mark.parametrize("text", NO_TARGETS)
def test_figures_that_are_no_promise(text: str) -> None:
    tasks = [{"task_id": "x-01", "text": text}]
    assert targets.find(tasks, []) == []
    assert not targets.refused(pd.DataFrame(tasks)).empty


# text -> its targets (what they measure, comparator, value, unit) and, behind `-`, the refused
PROMISES = """
家庭医生签约率不低于百分之八十。 | 家庭医生签约率 >= 80 %
体检率达到百分之六十。 | 体检率 >= 60 %
百分之七十以上的站点开展助餐。 | 站点开展助餐 >= 70 %
每镇不低于三家养老驿站。 | 每镇养老驿站 >= 3 家
试点机构不超过三家。 | 试点机构 <= 3 家
在三个片区打造示范带。 | - 三个 number in a name
覆盖率由35%提高到50%。 | 覆盖率 = 50 % | - 35% where it starts from
覆盖率由2020年的35%提高到2025年的50%。 | 覆盖率 = 50 % | - 35% where it starts from
签约率从45%提升至55%。 | 签约率 = 55 % | - 45% where it starts from
签约率较2020年的30%提高20个百分点。 | 签约率提高 change 20 个百分点 | - 30% where it starts from
体检率从百分之四十提高到百分之六十以上。 | 体检率 >= 60 % | - 百分之四十 where it starts from
护理站由3家增加到5家。 | 护理站 = 5 家 | - 3家 where it starts from
空床率从目前的约20%下降至10%以下。 | 空床率 <= 10 % | - 约20% where it starts from
由3家医院提供巡诊。 | 由医院提供巡诊 = 3 家
由卫生院新建2家，提高能力。 | 由卫生院新建 = 2 家
床位占比由去年的30%上升到40%。 | 床位占比 = 40 % | - 30% where it starts from
签约率由上年的30%提高到40%。 | 签约率 = 40 % | - 30% where it starts from
签约率由当前的45%提升至55%。 | 签约率 = 55 % | - 45% where it starts from
签约率由不足30%提高到50%。 | 签约率 = 50 % | - 不足30% where it starts from
养老机构由现有的3家增加到5家。 | 养老机构 = 5 家 | - 3家 where it starts from
养老机构由原来的3家增至5家。 | 养老机构 = 5 家 | - 3家 where it starts from
床位由100张减少到80张。 | 床位 = 80 张 | - 100张 where it starts from
覆盖面从百分之三十扩大到百分之五十。 | 覆盖面 = 50 % | - 百分之三十 where it starts from
合格率由百分之九十点五提高到百分之九十五。 | 合格率 = 95 % | - 百分之九十点五 where it starts from
空床率由约20%左右降低到10%。 | 空床率 = 10 % | - 约20%左右 where it starts from
床位从200余张增长到300张。 | 床位 = 300 张 | - 200余张 where it starts from
办理次数由5次缩减到2次。 | 办理次数 = 2 次 | - 5次 where it starts from
新建机构共12家。 | 新建机构 = 12 家
新建机构共计12家。 | 新建机构 = 12 家
新建机构累计12家。 | 新建机构 = 12 家
补贴标准按照每人次300元。 | 补贴标准 = 300 元/人次
床位占比上升到40%。 | 床位占比 = 40 %
床位规模扩大到300张。 | 床位规模 = 300 张
空床率下降到30%。 | 空床率 = 30 %
空床率降低至30%。 | 空床率 = 30 %
空床率减少到30%。 | 空床率 = 30 %
办理环节缩减到2次。 | 办理环节 = 2 次
2022年末床位达到300张。 | 床位 = 300 张
床位提高到2022年的300张。 | 床位 = 300 张
机构拥有床位300张。 | 机构拥有床位 = 300 张
床位为300张。 | 床位 = 300 张
新建12家机构与20家驿站和30家站点。 | 新建机构 = 12 家 | 驿站 = 20 家 | 站点 = 30 家
新建机构12家，改造(含在建)20家。 | 新建机构 = 12 家 | 改造(含在建) = 20 家
机构(其中农村5家)共12家。 | 其中农村 = 5 家 | 机构 = 12 家
行政村(含所有的社区)覆盖率达到90%。 | 行政村覆盖率 >= 90 %
新建5家，床位30张(40%)，驿站3家。 | 新建 = 5 家 | 床位 = 30 张 | 床位占比 = 40 % | 驿站 = 3 家
新增床位30张(40%)。 | 新增床位 = 30 张 | 新增床位占比 = 40 %
机构12家(5家在农村)。 | 机构 = 12 家 | 在农村 = 5 家
新建12家养老机构、驿站 | 新建养老机构、驿站 = 12 家
签约率比上年的30%提高20个百分点。 | 签约率提高 change 20 个百分点 | - 30% where it starts from
床位达到 300张。 | 床位 = 300 张
每季度护理员培训不少于100人。 | 护理员培训 >= 100 人/季度
至少培训护理员100名。 | 培训护理员 >= 100 名
100元的标准。 | 100元 = 100 元
去年完成3公里，今年完成5公里。 | 今年完成 = 5 公里 | - 3公里 what exists already
收入比上年增长5%。 | 收入比上年增长 change 5 %
新建10个以上停车场12月底前投用。 | 新建停车场投用 >= 10 个
改造10亿元以上项目4个。 | 改造10亿元以上项目 = 4 个 | - 10亿元以上 condition
聘请特约20名监督员。 | 聘请特约监督员 = 20 名
审批时间不超过5天。 | 审批时间 <= 5 天
贷款审批时限压缩至3个工作日。 | 贷款审批时限 = 3 个工作日
用电报装不超过3个工作日。 | 用电报装 <= 3 个工作日
审批时限减少3天。 | 审批时限减少 change 3 天
公示时间不少于7天。 | - 不少于7天 length of time, not a goal
安置过渡期不超过6个月。 | - 不超过6个月 length of time, not a goal
失业补助金发放期限最长不超过6个月。 | - 不超过6个月 length of time, not a goal
贷款期限不超过12个月。 | - 不超过12个月 length of time, not a goal
停业整顿不超过30天。 | - 不超过30天 length of time, not a goal
补贴发放时间延长6个月。 | - 6个月 length of time, not a goal
审批事项减少3天。 | - 3天 length of time, not a goal
整合现有站点58个（其中城区21个）。 | - 58个 what exists already | - 21个 what exists already
新增床位200张（2025年为150张）。 | 新增床位 = 200 张 | - 150张 what exists already
推进总投资3亿元的水厂建设。 | - 3亿元 condition
现有床位300张，新增100张。 | 新增 = 100 张 | - 300张 what exists already
新建口袋公园十五个。 | 新建口袋公园 = 15 个
修缮农房二十户、搬迁十一户。 | 修缮农房 = 20 户 | 搬迁 = 11 户
举办三场推介会、五场洽谈会。 | 举办推介会 = 3 场 | 洽谈会 = 5 场
新建公厕十二座(含改建)。 | 新建公厕(含改建) = 12 座
推进信息化二期，建成站点三处。 | 建成站点 = 3 处 | - 二期 number in a name
统筹抓好教育、医疗两件大事。 | - 两件 number in a name
争创全省前三名。 | - 三名 number in a name
发现一起、查处一起。 | - 一起 number in a name
新建充电桩1200个，累计达到5600个。 | 新建充电桩 = 1200 个 | 新建充电桩1200个 = 5600 个
在2025年建成管网42公里的基础上，再新建18公里。 | 再新建 = 18 公里 | - 42公里 what exists already
在“十四五”期间建成42个站点基础上，再建20个。 | 再建 = 20 个 | - 42个 what exists already
在全面推广的基础上，覆盖社区30个。 | 覆盖社区 = 30 个
在确保每个乡镇1所的基础上，新建20所。 | 在确保每个乡镇基础上 = 1 所 | 新建 = 20 所
在原有基础上新增12家。 | 在原有基础上新增 = 12 家
总结去年救助860人次的做法。 | - 860人次 what exists already
总结2025年救助860人次的经验。 | - 860人次 what exists already
总结推广10个可复制的经验做法。 | 总结推广可复制的经验做法 = 10 个
完成去年结转的12个项目。 | 完成去年结转的项目 = 12 个
确保建成的42个站点正常运行。 | - 42个 what exists already
今年建成的20个站点全部投用。 | 今年建成的站点全部投用 = 20 个
2025年已新建驿站20家，2026年再建15家。 | 再建 = 15 家 | - 20家 what exists already
推动已建成的项目投产率达到90%。 | 推动已建成的项目投产率 >= 90 %
新增就业420人。（15分） | 新增就业 = 420 人 | - 15分 weight in a score
改造危房86户(分值：20分)。 | 改造危房 = 86 户 | - 20分 weight in a score
未按期完成的，每项扣2分。 | - 2分 weight in a score
满意度达到95分(含)以上。 | 满意度 >= 95 分
"""


@pytest.mark.parametrize("row", PROMISES.strip().splitlines())
def test_the_figures_of_a_sentence_are_promised_or_refused(row: str) -> None:
    text, *expected = [part.strip() for part in row.split("|")]
    tasks = [{"task_id": "x-01", "text": text}]
    found = targets.find(tasks, [])
    kept = ["{indicator} {comparator} {value:g} {unit}".format(**t) for t in found]
    refused = targets.refused(pd.DataFrame(tasks)).itertuples()
    assert [*kept, *(f"- {r.printed} {r.reason}" for r in refused)] == expected


# line, value, unit, comparator, day, whether the figure's own sentence names the day
OUTCOMES = """
17 81 家 = 2023-12-31 sentence
17 70 % about 2023-12-31 sentence
17 46 家 = 2023-12-31 paragraph
23 184 家 = 2023-12-31 sentence
23 187 家 = 2023-12-31 sentence
23 2024 张 = 2023-12-31 paragraph
23 1 家 = 2023-12-31 sentence
23 6 家 = 2023-12-31 sentence
23 2 家 = 2023-12-31 sentence
23 3 家 = 2023-12-31 sentence
23 33 家 = 2023-12-31 sentence
23 2 家 = 2023-12-31 sentence
23 1 家 = 2023-12-31 sentence
23 49 家 = 2023-12-31 sentence
23 86 家 = 2023-12-31 sentence
23 12 个 = 2023-12-31 sentence
27 43 个 = - -
27 73.68 % = 2023-12-31 sentence
27 94.12 % = 2023-12-31 sentence
27 53500 户 = 2023-12-31 paragraph
"""


def test_every_outcome_of_the_case_study(corpus: yiyang.Corpus) -> None:
    found = [
        f"{o.line} {o.value:g} {o.unit} {o.comparator} "
        f"{str(o.as_of)[:10] if pd.notna(o.as_of) else '-'} "
        f"{o.as_of_source if pd.notna(o.as_of_source) else '-'}"
        for o in corpus.outcomes.itertuples()
    ]
    assert found == OUTCOMES.strip().splitlines()


def test_the_figures_that_are_no_outcome_are_refused_with_a_reason(corpus: yiyang.Corpus) -> None:
    prose = corpus.leftovers[corpus.leftovers["reason"] == parse.PROSE]
    refused = targets.refused(prose)
    assert [tuple(row) for row in refused.itertuples(index=False)] == [
        (13, "78.1万人", "describes the population"),
        (13, "22.7%", "describes the population"),
        (13, "53.4万人", "describes the population"),
        (13, "15.5%", "describes the population"),
        (17, "16个", "part of a body that is described"),
        (17, "43个", "part of a body that is described"),
        (17, "全覆盖", "coverage of what is not counted"),
        (23, "两个", "part of a body that is described"),
        (27, "全覆盖", "coverage of what is not counted"),
        (27, "44家", "joined in a mechanism"),
        (27, "81家", "joined in a mechanism"),
        (27, "六个", "number in a name"),
    ]


def test_a_fact_is_stated_once_with_its_lines() -> None:
    texts = {
        3: "截至2024年底，全市养老机构10家，床位300张。",
        5: "截至2024年底，全市备案养老机构共计10家，康复医院10家。",
        7: "截至2025年底，全市养老机构10家。",
    }
    rows = targets.outcomes([{"document_id": "x", "line": n, "text": t} for n, t in texts.items()])
    assert [(r["order"], r["indicator"], r["line"], r["also_lines"]) for r in rows] == [
        (1, "全市养老机构", 3, "5"),
        (2, "床位", 3, ""),
        (3, "康复医院", 5, ""),
        (4, "全市养老机构", 7, ""),
    ]


REPORTED = [
    ("建立20家卫生院与30家敬老院、急救站联动机制。", ["joined in a mechanism"] * 2),
    ("建立20家卫生院，实现镇街全覆盖。", [""]),
    ("完善5个工作机制。", [""]),
    ("全县60岁以上人口5.2万人(占21%)。", ["describes the population"] * 2),
]


@pytest.mark.parametrize(("text", "reasons"), REPORTED)
def test_what_a_report_joins_or_describes_is_no_result(text: str, reasons: list[str]) -> None:
    rows = pd.DataFrame({"line": [1], "text": [text]})
    assert list(targets.refused(rows)["reason"]) == [r for r in reasons if r]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("培训护理员，每年不少于100人。", "培训护理员"),
        ("培训护理员，每年，不少于100人。", "培训护理员"),
        ("开展培训。每年不少于100人。", "不少于100人"),  # nothing of another sentence
    ],
)
def test_no_figure_is_without_a_name(text, indicator):
    assert indicator_names.indicators(text, quantities.find(text)) == [indicator]


def test_the_figures_in_context_are_read_as_they_are_coded() -> None:
    found = measured.measure(measured.cases())
    assert found["figures"] == 200
    assert found["precision"] >= 0.95
    assert found["recall"] >= 0.95
    assert found["kind of refusal right"] >= 0.9


@pytest.mark.parametrize(
    "row", schema.read_text(schema.CURATION / "comparators.csv").itertuples(), ids=lambda r: r.word
)
def test_a_comparator_is_read_by_its_rule(row) -> None:
    found = [f"{q.comparator} {q.value:g} {q.unit}" for q in quantities.find(row.example)]
    assert row.word.partition(" ")[0] in row.example
    assert found == ([row.figure] if row.figure else [])
    assert row.figure.startswith(row.comparator)
    assert row.reason


def test_every_figure_is_in_one_of_three_tables(corpus: yiyang.Corpus) -> None:
    prose = corpus.leftovers[corpus.leftovers["reason"] == parse.PROSE]
    for texts, kept in ((corpus.tasks, corpus.targets), (prose, corpus.outcomes)):
        seen = sum(
            len(quantities.find(text)) + len(quantities.unnumbered(text)) for text in texts["text"]
        )
        again = kept.get("also_lines", pd.Series(dtype=str)).dropna()  # the same fact elsewhere
        assert seen == len(kept) + len(targets.refused(texts)) + len(" ".join(again).split())
        assert seen > len(kept) > 0


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where a text speaks of quantities, with a number or without."""
    seen = [(q.begin, q.end) for q in quantities.find(text)]
    return sorted(seen + [(begin, end) for begin, end, _ in quantities.unnumbered(text)])


@given(st.lists(st.sampled_from(measured.cases()), min_size=1, max_size=3))
def test_a_figure_of_a_task_is_a_target_or_a_refusal(found: list) -> None:
    text = "。".join(case.context for case in found).replace("【", "").replace("】", "")
    tasks = [{"task_id": "x-01", "text": text, "line_start": 1}]
    named = [*targets.find(tasks, []), *targets.refusals(tasks)]
    spans = sorted((row["char_start"], row["char_end"]) for row in named)
    assert spans == spans_of(text)


def test_a_refusal_names_its_line() -> None:
    task = {"task_id": "x-01", "text": "现有养老机构12家", "line_start": 7}
    prose = {"text": "由5名专家组成", "line": 3}
    found = targets.refusals([task], [prose])
    assert [(row["task_id"], row["line"]) for row in found] == [("x-01", 7), ("", 3)]


# Columns of a task (heading, cell) -> the targets that stand in them.
GOALS = [
    ([("2026年目标", "12.5万亩")], ["125000 亩 ="]),
    ([("目标值", "≥95%")], ["95 % >="]),
    ([("计量单位", "座"), ("目标数", "1,350")], ["1350 座 ="]),
    ([("计划数（2026年）", "34间")], ["34 间 ="]),
    # words that promise: every figure of theirs
    ([("目标要求", "新建站点不少于80座。")], ["80 座 >="]),
    ([("年度目标", "覆盖率达到95%以上")], ["95 % >="]),
    ([("目标要求", "新建站点80座，惠及居民")], ["80 座 ="]),
    ([("目标要求", "新建站点80座和泵房6间")], ["80 座 =", "6 间 ="]),
    ([("工作目标", "服务水平明显提升，覆盖12个社区")], ["12 个 ="]),
    # a number without a unit beside it, none between two figures, no unit, several goals, what was
    # reached: kept as printed
    ([("目标要求", "2026年建成5A站点80座")], []),
    ([("目标要求", "80座6间")], []),
    ([("目标数", "350")], []),
    ([("目标值", "3家"), ("目标数", "5家")], []),
    ([("完成情况", "12家")], []),
    # the unit of the column of units, of the head, of the task
    ([("单位", "岁"), ("目标值", "≥79")], ["79 岁 >="]),
    ([("单位", "教育局"), ("目标数", "79")], []),
    ([("目标值（万元）", "12")], ["120000 元 ="]),
    # columns of years: each its own goal, the base none
    (
        [("单位", "座"), ("2024年实际", "3"), ("目标值2025年", "4"), ("目标值2026年", "5")],
        ["4 座 =", "5 座 ="],
    ),
    (
        [("单位", "%"), ("2022年", "30"), ("2025年", "≥40"), ("2027年", "≥50")],
        ["40 % >=", "50 % >="],
    ),
    ([("2025年(基期)", "3家"), ("2026年目标", "新建5家")], ["5 家 ="]),
    ([("单位", "座"), ("2025年", "3"), ("2026年", "5")], []),
]


@pytest.mark.parametrize(("cells", "expected"), GOALS)
def test_a_figure_alone_in_a_column_of_goals_is_a_target(
    cells: list[tuple[str, str]], expected: list[str]
) -> None:
    tasks = [{"task_id": "x-01", "text": "新建站点"}]
    columns = [
        {"task_id": "x-01", "column_printed": head, "text": cell, "line": 3} for head, cell in cells
    ]
    found = column_targets.find(tasks, columns, [], [])
    rows = [f"{row['value']:g} {row['unit']} {row['comparator']}" for row in found]
    assert rows == expected
    assert all(
        row["indicator"] in ("新建站点", "泵房", "覆盖率", "覆盖社区", "新建") for row in found
    )
    # the text promises the same: it counts once
    assert column_targets.find(tasks, columns, [], found) == found


def _column_day(day: str) -> dict[str, object]:
    """A row of deadlines: a day in a task's column."""
    due = date.fromisoformat(day)
    return {"task_id": "x-01", "source": "column", "printed": day, "due": due}


JANUARY = date(2026, 1, 20)
# Head, cell, deadline of the task, day of the issue, year of the title -> figure and due; nothing
# where the head and the document do not agree.
HEADS = [
    ("2026年目标", "95%", "", None, 2026, ["= 95 2026-12-31"]),
    ("2026年目标", "95%", "2026-06-30", None, 2026, ["= 95 2026-06-30"]),
    ("2027年目标", "95%", "", None, 2026, ["= 95 2027-12-31"]),
    ("2027年目标", "95%", "2026-12-31", None, 2026, []),
    ("2025年目标", "95%", "", JANUARY, None, []),
    ("2025年目标", "95%", "", None, 2026, []),
    ("计划数（2027年）", "34间", "", JANUARY, 2026, ["= 34 2027-12-31"]),
    ("目标值（增长）", "7%", "", JANUARY, 2026, ["change 7 None"]),
    ("目标值（增长）", "7%以上", "", JANUARY, 2026, []),
    ("目标值（不低于）", "7%", "", JANUARY, 2026, [">= 7 None"]),
    ("目标值（≤）", "7%", "", JANUARY, 2026, ["<= 7 None"]),
    ("目标值（不低于）", "7%以下", "", JANUARY, 2026, []),
    ("目标值（不低于）", "7-9%", "", JANUARY, 2026, []),
    ("目标值（%）", "7%", "", JANUARY, 2026, ["= 7 None"]),
    ("目标数（含续建）", "7间", "", JANUARY, 2026, []),
]


# Day of the issue, year of the title, deadline of the task -> the goals of three bare years.
YEARS = [
    (JANUARY, None, "", ["5 2026-12-31", "7 2027-12-31"]),
    (date(2025, 12, 20), None, "", ["5 2026-12-31", "7 2027-12-31"]),
    (date(2025, 1, 20), None, "", ["3 2025-12-31", "5 2026-12-31", "7 2027-12-31"]),
    (None, 2026, "", ["5 2026-12-31", "7 2027-12-31"]),
    (JANUARY, None, "2026-06-30", ["5 2026-06-30"]),
    (JANUARY, None, "2027-11-30", ["5 2026-12-31", "7 2027-11-30"]),
    (None, None, "", []),
]


@pytest.mark.parametrize(("issued", "year", "day", "expected"), YEARS)
def test_a_bare_year_is_a_column_of_goals_where_it_lies_ahead(
    issued: date | None, year: int | None, day: str, expected: list[str]
) -> None:
    tasks = [{"task_id": "x-01", "text": "新建站点"}]
    cells = zip(("2025年", "2026年", "2027年"), ("3座", "5座", "7座"), strict=True)
    columns = [
        {"task_id": "x-01", "column_printed": head, "text": cell, "line": 3} for head, cell in cells
    ]
    times = [_column_day(day)] if day else []
    found = column_targets.find(tasks, columns, times, [], issued=issued, year=year)
    assert [f"{row['value']:g} {row['due']}" for row in found] == expected
    assert [row["order"] for row in found] == list(range(1, len(found) + 1))


def test_the_goal_of_a_year_that_the_text_promises_too_counts_once() -> None:
    text = "到2027年建成站点7座"
    tasks = [{"task_id": "x-01", "text": text, "line_start": 3}]
    columns = [
        {"task_id": "x-01", "column_printed": head, "text": cell, "line": 3}
        for head, cell in (("2026年目标", "7座"), ("2027年目标", "7座"))
    ]
    promised = targets.find(tasks, [], issued=JANUARY)
    found = column_targets.find(tasks, columns, [], promised, issued=JANUARY)
    assert [(row["order"], str(row["due"])[:4]) for row in found] == [(1, "2027"), (2, "2026")]


Head = tuple[str, str, str, date | None, int | None, list[str]]


@pytest.mark.parametrize("case", HEADS)
def test_a_target_of_a_column_is_held_against_its_head(case: Head) -> None:
    head, cell, day, issued, year, expected = case
    tasks = [{"task_id": "x-01", "text": "改善服务"}]
    columns = [{"task_id": "x-01", "column_printed": head, "text": cell, "line": 3}]
    times = [_column_day(day)] if day else []
    found = column_targets.find(tasks, columns, times, [], issued=issued, year=year)
    assert [f"{row['comparator']} {row['value']:g} {row['due']}" for row in found] == expected


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ("11月底前完工:11-30", "11-30"),
        ("4月底前开工:04-30 11月底前完工:11-30", "11-30"),
        ("3月份启动:03-31", "03-31"),
        ("6月底前完成一半:06-30 12月底前全部完成:12-31", None),
    ],
)
def test_of_several_days_in_a_column_none_is_guessed(days: str, due: str | None) -> None:
    rows = [
        {"printed": day.split(":")[0], "due": date.fromisoformat(f"2026-{day.split(':')[1]}")}
        for day in days.split()
    ]
    found = targets.of_column(rows)
    assert (found and f"{found:%m-%d}") == due
