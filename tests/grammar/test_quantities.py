"""Numbers and quantities as documents print them."""

from __future__ import annotations

from time import process_time

import invariants
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiyang.grammar import deadline_phrases, figures, numerals, quantities, targets

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
比例达到72% | 达到72% >= 72 %
达到72% | 达到72% = 72 %
管理率达到70%以上 | 达到70%以上 >= 70 %
80%以上的医院 | 80%以上 >= 80 %
护理型床位占比近70% | 近70% about 70 %
控制在5‰以内 | 控制在5‰以内 <= 5 ‰
下降到10%以下 | 10%以下 <= 10 %
百分之三十的机构 | 百分之三十 = 30 %
提高2个百分点 | 2个百分点 change 2 个百分点
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
提高30%-40% | 30%-40% change 30-40 %
占比10%及以下 | 10%及以下 <= 10 %
占比10%及以上 | 10%及以上 >= 10 %
间隔30米之内 | 30米之内 <= 30 米
占比10%上下 | 10%上下 about 10 %
200多张床位 | 200多张 about 200 张
补贴100元/人以内 | 100元/人以内 <= 100 元/人
补贴100元/人 以内 | 100元/人 以内 <= 100 元/人
补贴100元/人之内 | 100元/人之内 <= 100 元/人
补贴50元/床左右 | 50元/床左右 about 50 元/床
补贴50元/床上下 | 50元/床上下 about 50 元/床
补贴50元/人及以上 | 50元/人及以上 >= 50 元/人
每户每年2000元 | 每户每年2000元 = 2000 元/户年
每月1次，每周2次 | 1次 = 1 次/月 | 2次 = 2 次/周
每月开展活动。检查2次 | 2次 = 2 次
每年补贴300元，提高2%，死亡率下降1‰ | 300元 = 300 元 | 2% change 2 % | 1‰ change 1 ‰
占地2平方公里，绿地3公顷 | 2平方公里 = 2 平方公里 | 3公顷 = 3 公顷
巡访2000户次 | 2000户次 = 2000 户次
占比不低于 50 % 以上 | 不低于 50 % 以上 >= 50 %
每人次 300 元 | 每人次 300 元 = 300 元/人次
百分之 五十 | 百分之 五十 = 50 %
至少培训约100名 | 约100名 about 100 名
挂牌3——5所学校 | 3——5所 = 3-5 所
2个小时，3个周期，4个人，统计3次数，4次要问题，5人性化方案，6个体户 |
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
新增三至五千万元 | 三至五千万元 = 30000000-50000000 元
新增一点五至五千万元 | 一点五至五千万元 = 15000000-50000000 元
新增三百至五百万元 | 三百至五百万元 = 3000000-5000000 元
新增八百至一千五百万元 | 八百至一千五百万元 = 8000000-15000000 元
投入二至三万亿元 | 二至三万亿元 = 2000000000000-3000000000000 元
奖励一至二十万元 | 一至二十万元 = 10000-200000 元
投入1.1-2万元，3百至5百万元 | 1.1-2万元 = 11000-20000 元 | 3百至5百万元 = 3000000-5000000 元
投入一点五亿元 | 一点五亿元 = 150000000 元
数十家，几十家，近十家，总数10家 | 近十家 about 10 家 | 10家 = 10 家
1200，300元 | 300元 = 300 元
2021 100张，1 2345张 | 100张 = 100 张 | 2345张 = 2345 张
每一家，任一家，某一家，唯一家 |
"""


def _show(text: str, q: figures.Quantity) -> str:
    value = "-".join(f"{n:.15g}" for n in (q.value, q.high) if n is not None)
    return f"{text[q.begin : q.end]} {q.comparator} {value} {q.unit}"


@pytest.mark.parametrize("row", FIGURES.strip().splitlines())
def test_figures_in_a_text(row: str) -> None:
    text, *expected = [part.strip() for part in row.split("|")]
    assert [_show(text, q) for q in quantities.find(text)] == [e for e in expected if e]


def test_a_sentence_reaches_no_further_than_any_is_long() -> None:
    # far from the beginning of a text without marks
    assert quantities.clause("字" * 600 + "，甲：乙", 601) == (601, 602)
    assert quantities.bounds("字" * 2000, 1000, "。") == (500, 1500)
    assert quantities.bounds("，甲", 0, "，") == (0, 0)


@given(
    st.text(
        alphabet="0123456789一二三十百千万亿点.,， 每年人次不低于至少%家所名元以上左右-约近",
        max_size=25,
    )
)
def test_no_text_breaks_the_grammar(text: str) -> None:
    invariants.check_figures(text)


# Four times the text takes a linear search four times as long, a quadratic one sixteen times; it
# is measured of a text that takes long enough to be.
@pytest.mark.parametrize(
    "unit", ["1家", "以1家", "至少约近", "每年", "1月", "2021年", "《年", "1,000,"]
)
def test_a_text_without_an_end_is_read_in_time(unit: str) -> None:
    def seconds(length: int, end: str = "") -> float:
        text = unit * (length // len(unit)) + end
        tasks = pd.DataFrame({"task_id": ["x-01"], "text": [text]})
        start = process_time()
        targets.refused(tasks)
        deadline_phrases.in_text(text, None)
        deadline_phrases.in_cell(text, None)
        return process_time() - start

    seconds(100)  # what is compiled when it is first asked for
    lengths = (2**n for n in range(9, 18))
    once, length = next((s, n) for n in lengths if (s := seconds(n)) > 0.1 or n == 2**17)
    # a busy machine may be slow once, but not three times; no text is asked twice
    assert any(seconds(4 * length, end) < 8 * once for end in ("", "。", "；"))
