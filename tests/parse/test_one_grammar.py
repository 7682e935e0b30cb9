"""One grammar of deadlines: what layouts take for a deadline is what the grammar reads as one."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from phrases import ISSUED, cases
from rows import hold
from test_deadline_cells import CELLS, TWO_DATES
from test_deadline_refusals import NO_DEADLINES, UNDATED
from test_deadlines import POINTS, TEXTS

import yiyang
from yiyang import extract
from yiyang.grammar import deadline_patterns, deadline_phrases
from yiyang.grammar.deadline_patterns import EVERY
from yiyang.grammar.numerals import fold
from yiyang.parse import flattened, shapes

PHRASES = [row[0] for row in [*cases(CELLS), *cases(TWO_DATES)]]
TABLES = (CELLS, TWO_DATES, TEXTS, POINTS, NO_DEADLINES, UNDATED)
EVERYTHING = sorted({cell for table in TABLES for row in cases(table) for cell in row})


def test_the_layouts_know_each_deadline_that_the_grammar_reads() -> None:
    def is_known(phrase: str) -> None:
        read = any(time.kind for time in deadline_phrases.in_cell(phrase, ISSUED))
        assert read <= shapes.is_deadline(phrase)

    hold(is_known, PHRASES)


# What is printed where a deadline is expected and names none that is understood: it must not be
# taken for a heading, or the row takes the deadline of the row above.
@pytest.mark.parametrize(
    "phrase", ["适时", "待定", "根据工作安排", "年初", "2021年春节前", "20年", "入冬前", "汛期前"]
)
def test_a_cell_without_a_day_is_one_of_the_column_too(phrase: str) -> None:
    assert shapes.is_deadline(phrase)


@pytest.mark.parametrize(
    "words",
    [
        *("建立长效机制", "日常管理", "定期体检制度", "常态化监管", "养老服务", "县民政局"),
        *(
            "强化督导检查。定期通报情况。",
            "今年继续办好一批实事：",
            "每年选树案例。（县民政局负责）",
        ),
        "各级医疗机构定期为老年人开展义诊并登记造册",
    ],
)
def test_a_word_of_duration_alone_makes_no_deadline(words: str) -> None:
    assert not shapes.is_deadline(words)


HEADING = ["序号", "工作任务", "责任单位", "完成时限"]
TASKS = ["建设社区养老服务中心三个。", "推进老年教育扩大覆盖面。", "完善老年人健康档案。"]


def _lines(phrase: str) -> list[str]:
    cells = [("县民政局", "2021年6月底前"), ("县教育局", phrase), ("县卫健局", phrase)]
    rows = [[str(n), task, *cells[n - 1]] for n, task in enumerate(TASKS, 1)]
    return [*HEADING, *(cell for row in rows for cell in row)]


def test_in_a_flattened_table_each_deadline_stands_in_its_row() -> None:
    hold(_stands_in_its_row, PHRASES)


def _stands_in_its_row(phrase: str) -> None:
    blocks = [extract.paragraph(line, n) for n, line in enumerate(_lines(phrase), 1)]
    rows = [block.texts for block in flattened.restore(blocks)]
    assert [row[3] for row in rows[1:]] == ["2021年6月底前", phrase, phrase]


@pytest.mark.parametrize(
    "phrase", ["十二月底前", "“十四五”期间", "尽快完成", "常年", "适时", "入冬前"]
)
def test_no_task_takes_the_date_of_the_row_above_for_its_own(phrase: str, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\n".join(["工作任务清单", *_lines(phrase)]), encoding="utf-8")
    read = yiyang.read(path)
    assert read.document["layout"].item() == "flattened_table"
    shown = [deadline.split(" → ")[0] for deadline in read.rows()["deadline"]]
    assert shown == ["2021年6月底前", phrase, phrase]


def test_the_first_characters_looked_for_leave_no_phrase_out() -> None:
    """A new phrase whose first characters the patterns do not look for would not be found."""
    for pattern, prefilter in (
        (deadline_patterns.of_text(EVERY), deadline_patterns._STARTS),
        (deadline_patterns.without_limits(EVERY), deadline_patterns._FIRST_OF_CELL),
    ):
        assert pattern.pattern.startswith(f"(?={prefilter})")
        every = re.compile(pattern.pattern.removeprefix(f"(?={prefilter})"))
        hold(partial(_are_found_by_both, pattern, every), EVERYTHING)


def _are_found_by_both(some: re.Pattern[str], every: re.Pattern[str], text: str) -> None:
    for words in (text, f"建设中心，{text}，建成三个。", f"{text}建成中心。"):
        found = [match.span() for match in some.finditer(words)]
        assert found == [match.span() for match in every.finditer(words)]


def test_a_pattern_without_a_part_finds_what_the_one_with_all_of_them_does() -> None:
    hold(_is_found_by_the_chosen_one, EVERYTHING)


def _is_found_by_the_chosen_one(text: str) -> None:
    for words in (
        text,
        f"建设中心，{text}，建成三个。",
        f"（{text}）",
        f"每月{text}",
        f"9月{text}",
    ):
        folded = fold(words)
        has_limit = "内" in folded
        of_cell = deadline_patterns.with_limits if has_limit else deadline_patterns.without_limits
        for chosen, whole in (
            (deadline_patterns.in_text(folded), deadline_patterns.of_text(EVERY)),
            (deadline_patterns.in_cell(folded), of_cell(EVERY)),
        ):
            found = [(match.span(), match.groupdict()) for match in chosen.finditer(folded)]
            assert found == [(m.span(), m.groupdict()) for m in whole.finditer(folded)]


def test_a_text_without_a_sign_of_a_part_has_a_pattern_without_it() -> None:
    chosen = {
        "2024年12月底前": deadline_patterns.PLAIN,
        "签约率达到100%": deadline_patterns.PLAIN,
        "云医养发〔2024〕2号": deadline_patterns.PLAIN,
        "2024年6月3日至6月7日": deadline_patterns.SPANS,
        "5月1日至廿五日": deadline_patterns.SPANS,
        "6月底（2026年）": EVERY,
        "每季度末": EVERY,
        "半年一次": EVERY,
    }
    assert {text: deadline_patterns.needed(text) for text in chosen} == chosen
