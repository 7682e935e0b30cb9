"""Sixty corpora that lack something, or have too much of it: what strangers bring.

Each shape is a folder of small texts in words of our own. `tests/report/test_shapes.py` makes the
tables, findings, charts and pages of each, `make shapes` every notebook.
"""

# ruff: noqa: E501  (a shape a line)

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from yiyang.core import places


class Task(NamedTuple):
    """A task as a document prints it; what is empty is not printed."""

    text: str
    units: str = ""
    time: str = ""


CARE = (
    Task("推进医养签约合作，养老机构与医疗机构签约率达到90%", "县卫健委、县民政局", "2024年底前"),
    Task("新增护理型床位200张，改造敬老院3家", "县民政局、县财政局", "2024年6月底前"),
    Task("为65岁以上老年人建立健康档案，开展健康体检", "县卫健委", "长期坚持"),
    Task("培训养老护理员100人次，组织技能竞赛", "县人社局、县民政局", "每年12月底前"),
    Task("将符合条件的医养结合机构纳入医保定点", "县医保局、县卫健委", "2024年9月"),
    Task("建设智慧养老信息平台，实现数据共享", "县民政局、县大数据局", ""),
    Task("发展社区居家养老服务，设立日间照料中心", "县民政局、各乡镇", "2025年"),
    Task("加强医养结合机构监管，开展联合检查", "县卫健委、县市场监管局", "持续推进"),
    Task("落实养老机构税费优惠和用地保障政策", "县税务局、县自然资源局", "2024年底前"),
    Task("支持社会力量举办医养结合机构", "县发改委、县卫健委", "2024年底前"),
)
OTHER_FIELD = (
    Task("修建农村公路20公里，整治危桥4座", "县交通局", "2024年底前"),
    Task("推广水稻良种，建设高标准农田", "县农业农村局", "2024年9月底前"),
    Task("开展河道清淤和水质监测", "县水利局、县生态环境局", "长期坚持"),
    Task("招引制造业项目10个，盘活闲置厂房", "县工信局、县商务局", "2024年底前"),
    Task("治理矿山扬尘，复绿边坡", "县自然资源局", ""),
)
CODES = ("511724", "330329", "410781", "640521", "110105", "320402", "341323", "330109")
NUMBERS = "一二三四五六七八九十"


def number(n: int) -> str:
    """一, 十, 十一, 二十一: up to 99."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else f"{NUMBERS[tens - 1]}十"
    return head + (NUMBERS[ones - 1] if ones else "")


def text(
    tasks: Sequence[Task],
    *,
    place: str | None = "511724",
    title: str = "医养结合重点任务",
    date: str = "2024年3月1日",
    role: str = "责任单位",
) -> str:
    """A document of numbered tasks with their units in brackets."""
    of = places.places()[place].name if place else ""
    lines = [f"{of}{title}"]
    for n, task in enumerate(tasks, 1):
        said = task.text + (f"，{task.time}完成。" if task.time else "。")
        lines.append(f"（{number(n)}）{said}" + (f"（{role}：{task.units}）" if task.units else ""))
    lines += [f"{of}人民政府"] * bool(of) + [date] * bool(date)
    return "\n".join(lines) + "\n"


def without(tasks: Sequence[Task], *fields: str) -> list[Task]:
    return [task._replace(**dict.fromkeys(fields, "")) for task in tasks]


PLAIN = [
    Task(t.text.split("，")[0].translate({ord(c): None for c in "0123456789%"}), t.units, t.time)
    for t in CARE
]
"""Without a figure."""
NEWS = (
    "近日，我县召开养老服务座谈会。与会人员交流了经验，并参观了敬老院。\n会议由有关负责同志主持。\n"
)
Files = dict[str, str]


def _lists(n: int, *, tasks: Sequence[Task] = CARE, least: int = 5) -> Files:
    """`n` lists of different places, each beginning elsewhere in the tasks."""
    counties = [c for c, p in places.places().items() if p.level == "county" and not p.valid_to]
    made = {}
    for i in range(n):
        turn = [*tasks[i % len(tasks) :], *tasks[: i % len(tasks)]][: least + i % 4]
        code = CODES[i] if i < len(CODES) else counties[17 * i]
        made[f"{i:02d}.txt"] = text(turn, place=code, date=f"{2019 + i % 6}年3月1日")
    return made


def _pair(first: str, second: str) -> Files:
    return {"a.txt": first, "b.txt": second}


# fmt: off
SHAPES: dict[str, Callable[[], Files]] = {
    # One list.
    "one task": lambda: {"a.txt": text(CARE[:1])},
    "two tasks": lambda: {"a.txt": text(CARE[:2])},
    "two tasks alike": lambda: {"a.txt": text([CARE[0], CARE[0]])},
    "two tasks of one length": lambda: {"a.txt": text([Task("开展健康体检", "县卫健委"), Task("开展健康讲座", "县民政局")])},
    "three tasks": lambda: {"a.txt": text(CARE[:3])},
    "one list": lambda: {"a.txt": text(CARE)},
    "one list of one unit": lambda: {"a.txt": text([t._replace(units="县卫健委") for t in CARE])},
    "one list of one date": lambda: {"a.txt": text([t._replace(time="2024年底前") for t in CARE])},
    "forty tasks": lambda: {"a.txt": text([*CARE, *OTHER_FIELD] * 3)},
    "ninety tasks": lambda: {"a.txt": text([t._replace(text=f"{t.text}{n}处") for n in range(9) for t in CARE])},
    # What a list lacks.
    "no units": lambda: {"a.txt": text(without(CARE, "units"))},
    "no dates": lambda: {"a.txt": text(without(CARE, "time"))},
    "no figures": lambda: {"a.txt": text(PLAIN)},
    "no date of issue": lambda: {"a.txt": text(CARE, date="")},
    "no date of issue, two": lambda: {n: t.rsplit("\n", 2)[0] + "\n" for n, t in _lists(2).items()},
    "no units, no dates": lambda: {"a.txt": text(without(CARE, "units", "time"))},
    "nothing but text": lambda: {"a.txt": text(without(PLAIN, "units", "time"), date="", place=None)},
    "no title": lambda: {"a.txt": text(CARE, title="").split("\n", 1)[1]},
    "months without a year": lambda: {"a.txt": text([t._replace(time="9月底前") for t in CARE], date="")},
    "only ongoing": lambda: {"a.txt": text([t._replace(time="长期坚持") for t in CARE])},
    "only one dated": lambda: {"a.txt": text([*CARE[:1], *without(CARE[1:], "time")])},
    "one unit in all": lambda: {"a.txt": text([*without(CARE[1:], "units"), CARE[0]._replace(units="县民政局")])},
    "collective units only": lambda: {"a.txt": text([t._replace(units="各有关部门、各乡镇") for t in CARE])},
    "units not known": lambda: {"a.txt": text([t._replace(units="甲乙办、丙丁站") for t in CARE])},
    "supporting units only": lambda: {"a.txt": text(CARE, role="配合单位")},
    "other roles only": lambda: {"a.txt": text(CARE, role="指导单位")},
    "leads only": lambda: {"a.txt": text(CARE, role="牵头单位")},
    # Of which field.
    "another field": lambda: {"a.txt": text(OTHER_FIELD, title="重点工作任务")},
    "three tasks of another field": lambda: {"a.txt": text(OTHER_FIELD[:3], title="重点工作任务")},
    "two lists of another field": lambda: _lists(2, tasks=OTHER_FIELD, least=3),
    "one field each": lambda: _pair(text(CARE), text(OTHER_FIELD, place="330329", title="重点工作任务")),
    "half of another field": lambda: {"a.txt": text([*CARE[:5], *OTHER_FIELD])},
    # Two lists.
    "two lists": lambda: _lists(2),
    "two lists of one place": lambda: _pair(text(CARE[:6]), text(CARE[4:], date="2025年3月1日")),
    "copies of one list": lambda: _pair(text(CARE), text(CARE, place="330329")),
    "copies of one place": lambda: _pair(text(CARE), text(CARE)),
    "copies of two tasks": lambda: _pair(text(CARE[:2]), text(CARE[:2], place="330329")),
    "one without units": lambda: _pair(text(CARE), text(without(CARE[2:8], "units"), place="330329")),
    "one without dates": lambda: _pair(text(CARE), text(without(CARE[2:8], "time"), place="330329")),
    "one without figures": lambda: _pair(text(CARE), text(PLAIN[:6], place="330329")),
    "one task each": lambda: _pair(text(CARE[:1]), text(CARE[1:2], place="330329")),
    "one long, one of a task": lambda: _pair(text(CARE), text(CARE[3:4], place="330329")),
    "nothing in common": lambda: _pair(text(CARE[:4]), text(OTHER_FIELD[:4], place="330329")),
    "no units in either": lambda: {n: text(without(CARE[i:], "units"), place=CODES[i]) for i, n in enumerate(("a.txt", "b.txt"))},
    # Places.
    "unknown place": lambda: {"a.txt": text(CARE, place=None)},
    "two unknown places": lambda: _pair(text(CARE[:6], place=None), text(CARE[5:], place=None)),
    "unknown beside known": lambda: _pair(text(CARE[:6]), text(CARE[4:], place=None)),
    "province, city, county": lambda: {f"{c}.txt": text(CARE[i:], place=c) for i, c in enumerate(("510000", "511700", "511724"))},
    "places of one name": lambda: {f"{c}.txt": text(CARE[i:], place=c) for i, c in enumerate(("110105", "220104"))},
    "the nation": lambda: {"a.txt": text(CARE, place=None, title="国务院办公厅关于印发医养结合重点任务的通知")},
    # Many.
    "three lists": lambda: _lists(3),
    "five lists": lambda: _lists(5),
    "six lists, one of a task": lambda: _lists(5) | {"z.txt": text(CARE[:1], place="330109")},
    "twelve lists": lambda: _lists(12),
    "thirty places": lambda: _lists(30, least=2),
    "sixty places": lambda: _lists(60, least=1),
    # Documents that are no lists, and names.
    "a list and news": lambda: {"a.txt": text(CARE), "news.txt": NEWS},
    "names of eighty characters": lambda: {f"{'养老' * 24}{n}.txt": text(CARE[n:], place=CODES[n], title="关于" + "进一步" * 23 + "推进医养结合的通知") for n in range(2)},
    "units of eighty characters": lambda: {"a.txt": text([t._replace(units="县" + "医疗卫生" * 18 + "工作委员会") for t in CARE])},
    "marks in names": lambda: {"a b&%41#c.txt": text([CARE[0]._replace(text="开展<b>体检</b>，$x_1$和`a|b`*c*"), *CARE[1:4]]), "-x[1].txt": text(CARE[:4], place="330329", title="“医养”_结合_任务")},
}
# fmt: on


def write(name: str, folder: Path) -> Path:
    """Write the documents of a shape."""
    folder.mkdir(parents=True, exist_ok=True)
    for file_name, words in SHAPES[name]().items():
        (folder / file_name).write_text(words, encoding="utf-8")
    return folder
