"""Tell which year holds for the dates of a task that name none: that of the title, of the heading
above it, or a school year, in which the months before the summer are those of the year behind."""

from __future__ import annotations

from datetime import date

from yiyang.grammar.dates import SchoolYear
from yiyang.grammar.deadline_phrases import Time, TitleYear
from yiyang.grammar.numerals import fold, read
from yiyang.grammar.year_headings import IN_BRACKETS, TITLE_OF_TABLE, UNSURE
from yiyang.safety.later import expression

# 2026年重点工作, 2026年度任务; not 到2025年, 2025年以来, 〔2025〕9号
_YEAR_OF_TITLE = expression(
    r"(?<![到至自从截\d])((?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})\s{0,3}年(?!前|底|以[来前后]|之?后|起|版|修[正订]|远景|第?\d{1,4}号)"
)
_SPAN_OF_TITLE = expression(r"(?:19|20)\d\d\s{0,3}年?\s{0,3}[-—–~～至到]{1,2}\s{0,3}(?:19|20)\d\d")
# 2025—2026学年, 2025-2026学年度, 2025学年第一学期
_SCHOOL_YEAR = expression(
    r"(?<!\d)((?:19|20)\d\d)\s{0,3}年?(?:\s{0,3}[-—–~～至到/]{1,2}\s{0,3}((?:19|20)\d\d))?\s{0,3}学年"
)


# 2025—2026年度冬春火灾防控, 2025-2026年采暖季, 2025年冬季至2026年春季
_TWO_WINTERS = expression(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)\s{0,3}年?度?(?:[秋冬]{1,2}季?)?\s{0,3}[-—–~～至到/、]{1,2}\s{0,3}"
    r"(?P<last>(?:19|20)\d\d)\s{0,3}年?度?(?=[^\d。]{0,8}?(?:[冬春]|[供采取]暖|跨年|雨雪))"
)
# 2025年冬季防火, 2025年冬春火灾防控: it begins in the year that is named
_ONE_WINTER = expression(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)\s{0,3}年?度?\s?(?:今?冬(?:季|春|明春)|秋冬)"
)
# 2025年冬季清洁取暖工作: what is made ready from spring on
_HEATING = expression("取暖|采暖|供[暖热]")
_THIS_WINTER = expression(r"今冬(?:至|和|及|、|到)?(?:明春|今春|来春)")
# 2025年度…考核有关工作, 2025年度自评报告, 2025年部门决算: the year is over when this is done; not
# 2025年度考核指标任务, 2025年考核办法
_ASSESSED = expression(
    r"(?:19|20)\d\d\s{0,3}年(?:度|全年)?(?![^,，。;；]{0,20}(?:任务|要点|计划(?!完成)|行动|清单|规划))[^,，。;；《》\d]{0,16}?"
    r"(?:考核|考评|自评|评估|审计|决算|总结|述职|测评|评价|评议|汇算清缴)"
    r"(?!(?:评价)?(?:指标|目标|办法|细则|体系|反馈|发现|整改|查出|问题|项目|事项|内容|督办|重点|对象))"
)

# 2025年度审计查出问题整改清单, 2025年度考核工作任务分工: in a list of the year behind it
_LOOKS_BACK = expression(
    r"(?:考核|考评|自评|评估|审计|督[察查]|巡[视察]|检查|述职|评议|决算|总结|绩效评价)(?!指标|目标|办法|细则|体系)"
)


def year_of_title(title: str, issued: date | None = None) -> TitleYear:
    """Return the year that a title names for its tasks; None where it names none, two, or a span.

    year_of_title("2026年度重点工作") == 2026; 2024—2026年 gives no single year, 2025—2026学年 a
    school year, 2025—2026年冬春 a winter, as 今冬明春 does by the day of issue. The year of
    2025年度考核 is over when what follows from it is done: its dates are of the year of issue.
    """
    printed = fold(title)
    schools = {m[1]: m[2] for m in _SCHOOL_YEAR.finditer(printed)}
    if len(schools) == 1:
        [(first, last)] = schools.items()
        return SchoolYear(int(first)) if not last or int(last) == int(first) + 1 else None
    if winter := _winter(printed, issued):
        return winter
    if _SPAN_OF_TITLE.search(printed) or _ASSESSED.search(printed):
        return None
    years = {int(read(match[1])) for match in _YEAR_OF_TITLE.finditer(printed)}
    year = years.pop() if len(years) == 1 else None
    is_behind = year and issued and year < issued.year and _LOOKS_BACK.search(printed)
    return None if is_behind else year


def _winter(printed: str, issued: date | None) -> SchoolYear | None:
    """The winter and spring that a title names by its two years, by the first of them, or as those
    around the issue."""
    if named := _TWO_WINTERS.search(printed):
        first, last = int(named["first"]), int(named["last"])
        return SchoolYear(first, is_winter=True) if last == first + 1 else None
    one = None if _HEATING.search(printed) and not issued else _ONE_WINTER.search(printed)
    if one and not _SPAN_OF_TITLE.search(printed):
        first = int(one["first"])
        is_at_its_end = issued and (issued.year, issued.month > 5) < (first, True)
        return None if is_at_its_end else SchoolYear(first, is_winter=True, is_named_once=True)
    if _THIS_WINTER.search(printed) and issued and issued.month not in (6, 7):
        return SchoolYear(issued.year - (issued.month < 6), is_winter=True)
    return None


# 2024年续建项目表, 2027年储备项目清单: the year in which they were begun or are to begin
_BEGUN_OR_PLANNED = expression("续建|接续|结转|跨年|储备|谋划")


def year_of_task(head: str, year: TitleYear) -> TitleYear:
    """Return the year of a task's dates that name none: that of the heading of a year above it
    (`year_headings.above`), where that is the title of its table or the title of the document names
    no single one; `year` otherwise."""
    is_own = TITLE_OF_TABLE.fullmatch(head) and not _BEGUN_OR_PLANNED.search(head)
    return year_of_title(head) if year is None or is_own else year


def is_of_another(head: str, year: TitleYear) -> bool:
    """Tell whether the heading of a year above a task names another one than the title, or may no
    longer hold: which of the two its dates are of is not printed."""
    if head == UNSURE:
        return True
    own = year_of_title(head) if head else None
    is_before = isinstance(own, int) and isinstance(year, int) and own < year
    if is_before and _BEGUN_OR_PLANNED.search(head):
        return False
    if TITLE_OF_TABLE.fullmatch(head) and not _BEGUN_OR_PLANNED.search(head):
        return own is None or is_before
    if IN_BRACKETS.fullmatch(head) and is_before:  # 续建项目（2024年）: when they were begun
        return False
    return bool(head) and year is not None and own != year


def settled(time: Time, head: str, year: TitleYear) -> Time:
    """Return the time, without its days where their year was inferred and two may be meant."""
    if not (time.is_year_inferred and is_of_another(head, year)):
        return time
    return time._replace(start=None, due=None, is_year_inferred=False)
