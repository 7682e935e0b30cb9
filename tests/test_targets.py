"""Figures: numbers, quantities, every target of the four lists, every outcome of the case study."""

from __future__ import annotations

from time import process_time

import invariants
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import yiyang
from yiyang import numerals, parse, quantities, targets, times

NUMBERS = {
    "0": 0, "7": 7, "2024": 2024, "2 024": 2024, "2\u2009024": 2024, "1,200": 1200,
    "1，200": 1200, "２０２５": 2025, "5.35": 5.35, "5.35万": 53500, "1万": 10000, "3千万": 3e7,
    "1.2亿": 1.2e8, "一": 1, "两": 2, "十": 10, "十二": 12, "二十": 20, "三十五": 35, "一百": 100,
    "百": 100, "一百零五": 105, "一百二十三": 123, "两千": 2000, "三千四百": 3400, "一万": 10000,
    "二万五千": 25000, "十万": 100000, "三亿五千万": 3.5e8, "二〇二五": 2025, "二○二二": 2022,
    "二零二五": 2025, "三点五": 3.5, "叁拾": 30, "3万5千": 35000, "1.1万": 11000,
    "一点二亿": 1.2e8, "两点零五": 2.05, "壹仟贰佰": 1200, "1.2345678": 1.234568,
    "一点二三四五六七八": 1.234568, "〇" * 19 + "一点" + "〇" * 8 + "五亿": 100000000.5,
}  # fmt: skip


@pytest.mark.parametrize(("printed", "value"), NUMBERS.items())
def test_numbers_as_documents_print_them(printed: str, value: float) -> None:
    assert numerals.read(printed) == value


@pytest.mark.parametrize("printed", ["", "多", "第三", "N", "一x", "点五", "一" * 32])
def test_what_is_no_number_raises(printed: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        numerals.read(printed)


@given(st.text(max_size=30))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(numerals.fold(text)) == len(text)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("！０Ｚ～", "!0Z~"),
        ("\u3000\u00a0\u2000\u200a\u202f\u205f", " " * 6),
        # what is no wide form or space stays: unassigned, a wide bracket, 、, a zero-width space
        *((c, c) for c in "\uff00｟、\u200b\u1fff\u00a1\u009f\u202e\u205e\u2060"),
    ],
)
def test_widths_are_folded_and_nothing_else(printed: str, folded: str) -> None:
    assert numerals.fold(printed) == folded


# text -> figures: printed, comparator, value (and the upper end of a range), unit
FIGURES = """
占比不低于50% | 不低于50% >= 50 %
比例达到72% | 达到72% = 72 %
管理率达到70%以上 | 达到70%以上 >= 70 %
80%以上的医院 | 80%以上 >= 80 %
护理型床位占比近70% | 近70% about 70 %
控制在5‰以内 | 控制在5‰以内 <= 5 ‰
下降到10%以下 | 10%以下 <= 10 %
百分之三十的机构 | 百分之三十 = 30 %
提高2个百分点 | 2个百分点 = 2 个百分点
不超过300万元 | 不超过300万元 <= 3000000 元
10所左右学校 | 10所左右 about 10 所
挂牌3-5所学校 | 3-5所 = 3-5 所
挂牌3至5所学校 | 3至5所 = 3-5 所
培训1万名护理员 | 1万名 = 10000 名
至少培训1万名护理员、500名负责人 | 1万名 >= 10000 名 | 500名 >= 500 名
每年培训500名 | 500名 = 500 名/年
每季度检查1次 | 1次 = 1 次/季度
按每人次300元标准 | 每人次300元 = 300 元/人次
按照每人每次100元的标准 | 每人每次100元 = 100 元/人次
补贴300元/人次 | 300元/人次 = 300 元/人次
床位2 024张 | 2 024张 = 2024 张
覆盖5.35万户 | 5.35万户 = 53500 户
改造约48公里 | 约48公里 about 48 公里
完成144.45万平方米 | 144.45万平方米 = 1444500 平方米
建成12个社区 | 12个 = 12 个
至少有一家机构 | 一家 >= 1 家
建设两所学校 | 两所 = 2 所
200余张床位 | 200余张 about 200 张
65岁以上老年人 |
10个工作日内，3个月，一个结算周期 |
二级以上医院，三级医院，第3类 |
千家万户，一次性，统一条件，第一次 |
安远路899项目，二〇二五年，0123456789012345678家 |
培訓1萬名護理員 | 1萬名 = 10000 名
覆盖3万5千人 | 3万5千人 = 35000 人
床位不小于30张 | 不小于30张 >= 30 张
占比不得低于50% | 不得低于50% >= 50 %
每家机构不得少于2名护士 | 不得少于2名 >= 2 名
满意率高于90% | 高于90% >= 90 %
服务突破1万人次 | 突破1万人次 >= 10000 人次
占比≥55% | ≥55% >= 55 %
占比＞55% | ＞55% >= 55 %
空置率不高于20% | 不高于20% <= 20 %
差错率不大于1% | 不大于1% <= 1 %
每次不多于3人 | 不多于3人 <= 3 人
每人不得超过2次 | 每人不得超过2次 <= 2 次/人
最多3家 | 最多3家 <= 3 家
占比≤10% | ≤10% <= 10 %
占比<10% | <10% <= 10 %
占比低于30% | 低于30% <= 30 %
每组少于5人 | 少于5人 <= 5 人
覆盖率接近90% | 接近90% about 90 %
改造大约300户 | 大约300户 about 300 户
挂牌3–5所学校 | 3–5所 = 3-5 所
挂牌3～5所学校 | 3～5所 = 3-5 所
挂牌3到5所学校 | 3到5所 = 3-5 所
提高30%-40% | 30%-40% = 30-40 %
占比10%及以下 | 10%及以下 <= 10 %
占比10%及以上 | 10%及以上 >= 10 %
间隔30米之内 | 30米之内 <= 30 米
占比10%上下 | 10%上下 about 10 %
200多张床位 | 200多张 about 200 张
补贴100元/人以内 | 100元/人以内 <= 100 元/人
补贴100元/人之内 | 100元/人之内 <= 100 元/人
补贴50元/床左右 | 50元/床左右 about 50 元/床
补贴50元/床上下 | 50元/床上下 about 50 元/床
补贴50元/人及以上 | 50元/人及以上 >= 50 元/人
每户每年2000元 | 每户每年2000元 = 2000 元/户年
每月1次，每周2次 | 1次 = 1 次/月 | 2次 = 2 次/周
每月开展活动。检查2次 | 2次 = 2 次
每年补贴300元，提高2%，死亡率下降1‰ | 300元 = 300 元 | 2% = 2 % | 1‰ = 1 ‰
占地2平方公里，绿地3公顷 | 2平方公里 = 2 平方公里 | 3公顷 = 3 公顷
巡访2000户次 | 2000户次 = 2000 户次
2个小时，统计3次数，4次要问题，5人性化方案 |
百分之五的机构 | 百分之五 = 5 %
百分之九十九点五以上的机构 | 百分之九十九点五以上 >= 99.5 %
由百分之九十点五提高到百分之一百二十五 | 百分之九十点五 = 90.5 % | 百分之一百二十五 = 125 %
百分之三十至四十的机构 | 百分之三十至四十 = 30-40 %
百分之三十至百分之四十 | 百分之三十至百分之四十 = 30-40 %
覆盖率达到百分之百 | 达到百分之百 = 100 %
死亡率控制在千分之五以内 | 控制在千分之五以内 <= 5 ‰
服务50余万人 | 50余万人 about 500000 人
服务3-5余万人 | 3-5余万人 about 30000-50000 人
补贴2-3万元，不超过5000-1万元 | 2-3万元 = 20000-30000 元 | 不超过5000-1万元 <= 5000-10000 元
投入3-5千万元 | 3-5千万元 = 30000000-50000000 元
奖励三至五万元，1万至2万元 | 三至五万元 = 30000-50000 元 | 1万至2万元 = 10000-20000 元
投入一点五亿元 | 一点五亿元 = 150000000 元
数十家，几十家，近十家，总数10家 | 近十家 about 10 家 | 10家 = 10 家
1200，300元 | 300元 = 300 元
2021 100张，1 2345张 | 100张 = 100 张 | 2345张 = 2345 张
每一家，任一家，某一家，唯一家 |
"""


def _show(text: str, q: quantities.Quantity) -> str:
    value = "-".join(f"{n:.15g}" for n in (q.value, q.high) if n is not None)
    return f"{text[q.begin : q.end]} {q.comparator} {value} {q.unit}"


@pytest.mark.parametrize("row", FIGURES.strip().splitlines())
def test_figures_in_a_text(row: str) -> None:
    text, *expected = [part.strip() for part in row.split("|")]
    assert [_show(text, q) for q in quantities.find(text)] == [e for e in expected if e]


@given(
    st.text(
        alphabet="0123456789一二三十百千万亿点.,， 每年人次不低于至少%家所名元以上左右-约近",
        max_size=25,
    )
)
def test_no_text_breaks_the_grammar(text: str) -> None:
    invariants.figures(text)


# A quadratic search takes minutes for these and a linear one a moment.
@pytest.mark.parametrize(
    "unit", ["1家", "以1家", "至少约近", "每年", "1月", "2021年", "《年", "1,000,"]
)
def test_a_text_without_an_end_is_read_in_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    start = process_time()
    tasks = pd.DataFrame({"task_id": ["x-01"], "text": [text]})
    targets.refused(tasks)
    times.in_text(text, None)
    times.in_cell(text, None)
    assert process_time() - start < 30


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
zhongning-24 65岁及以上老年人健康管理率 = 72 % 2022-12-31 text
zhongning-27 全县二级以上综合性医院设立老年医学科的比例 = 50 % 2022-12-31 text
zhongning-30 综合性医院和基层医疗卫生机构构成老年友善医疗卫生机构 >= 80 % 2022-12-31 text
zhongning-36 基层医疗卫生机构护理床位占比 = 30 % 2022-12-31 text
"""


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
体检率达到百分之六十。 | 体检率 = 60 %
百分之七十以上的站点开展助餐。 | 站点开展助餐 >= 70 %
每镇不低于三家养老驿站。 | 每镇养老驿站 >= 3 家
试点机构不超过三家。 | 试点机构 <= 3 家
在三个片区打造示范带。 | - 三个 number in a name
覆盖率由35%提高到50%。 | 覆盖率 = 50 % | - 35% where it starts from
覆盖率由2020年的35%提高到2025年的50%。 | 覆盖率 = 50 % | - 35% where it starts from
签约率从45%提升至55%。 | 签约率 = 55 % | - 45% where it starts from
签约率较2020年的30%提高20个百分点。 | 签约率提高 = 20 个百分点 | - 30% where it starts from
体检率从百分之四十提高到百分之六十以上。 | 体检率 >= 60 % | - 百分之四十 where it starts from
护理站由3家增加到5家。 | 护理站 = 5 家 | - 3家 where it starts from
空床率从目前的约20%下降至10%以下。 | 空床率 <= 10 % | - 约20% where it starts from
由3家医院提供巡诊。 | 由医院提供巡诊 = 3 家
由卫生院新建2家，提高能力。 | 由卫生院新建 = 2 家
床位占比由去年的30%上升到40%。 | 床位占比 = 40 % | - 30% where it starts from
签约率由上年的30%提高到40%。 | 签约率 = 40 % | - 30% where it starts from
签约率由当前的45%提升至55%。 | 签约率 = 55 % | - 45% where it starts from
签约率由不足30%提高到50%。 | 签约率 = 50 % | - 30% where it starts from
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
行政村(含所有的社区)覆盖率达到90%。 | 行政村覆盖率 = 90 %
新增床位30张(40%)。 | 新增床位 = 30 张 | 新增床位占比 = 40 %
100元的标准。 | 100元 = 100 元
现有床位300张，新增100张。 | 新增 = 100 张 | - 300张 what exists already
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
13 781000 人 = 2022-12-31 sentence
13 22.7 % = 2022-12-31 sentence
13 534000 人 = 2022-12-31 sentence
13 15.5 % = 2022-12-31 sentence
17 81 家 = 2023-12-31 sentence
17 70 % about 2023-12-31 sentence
17 46 家 = 2023-12-31 paragraph
23 81 家 = 2023-12-31 sentence
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
27 44 家 = - -
27 81 家 = - -
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
        (17, "16个", "part of a body that is described"),
        (17, "43个", "part of a body that is described"),
        (23, "两个", "part of a body that is described"),
        (27, "六个", "number in a name"),
    ]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("培训护理员，每年不少于100人。", "培训护理员"),
        ("培训护理员，每年，不少于100人。", "培训护理员"),
        ("开展培训。每年不少于100人。", "不少于100人"),  # nothing of another sentence
    ],
)
def test_no_figure_is_without_a_name(text, indicator):
    assert quantities.indicators(text, quantities.find(text)) == [indicator]
