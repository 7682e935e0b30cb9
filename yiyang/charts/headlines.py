"""What a chart shows, in one short sentence computed from its table: the title over it.

Each function takes the table of the chart of its name and names for a reader's language. They
hold for any corpus: one list or many, all alike or none.
"""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pandas as pd

from yiyang.compare import networks, promises, theme_shares
from yiyang.core.messages import Lang, label

Words = dict[Lang, str]


def uses(table: pd.DataFrame, lang: Lang) -> str:
    """How much of the text of the lists is tasks (`provenance.uses`)."""
    shares = table.loc[(table["use"] == "tasks") & (table["share"] > 0), "share"]
    if shares.empty:
        return _NO_TASK[lang]
    low, high = f"{shares.min():.0%}", f"{shares.max():.0%}"
    return (_USES if low != high else _USE)[lang].format(low=low, high=high)


_NO_TASK: Words = {"zh": "没有读出任务", "en": "No task was read"}
_USES: Words = {
    "zh": "清单的文字，{low}至{high}属于任务",
    "en": "Of the text of the lists, {low} to {high} belongs to tasks",
}
_USE: Words = {
    "zh": "清单的文字，{low}属于任务",
    "en": "Of the text of the list, {low} belongs to tasks",
}


def list_lengths(table: pd.DataFrame, places: pd.Series, lang: Lang) -> str:
    """The longest and the shortest list (`provenance.lengths`)."""
    least, most = table.loc[table["tasks"].idxmin()], table.loc[table["tasks"].idxmax()]
    words = _LENGTH if len(table) == 1 else _LIKE if least["tasks"] == most["tasks"] else _LENGTHS
    return words[lang].format(
        long=places[most["jurisdiction"]],
        n=most["tasks"],
        short=places[least["jurisdiction"]],
        m=least["tasks"],
    )


_LENGTH: Words = {"zh": "清单有{n}项任务", "en": "The list has {n} tasks"}
_LIKE: Words = {"zh": "各清单都有{n}项任务", "en": "Every list has {n} tasks"}
_LENGTHS: Words = {
    "zh": "{long}的清单最长，{n}项任务；{short}的最短，{m}项",
    "en": "{long} has the longest list, {n} tasks; {short} the shortest, {m}",
}


def text_lengths(medians: pd.Series, lang: Lang) -> str:
    """The length of the middle task, where it is shortest and longest (`medians` by place name)."""
    short, long = medians.idxmin(), medians.idxmax()
    words = _TEXT if medians.nunique() == 1 else _TEXTS
    return words[lang].format(short=short, x=medians[short], long=long, y=medians[long])


_TEXT: Words = {
    "zh": "中等长度的任务有{x:g}字",
    "en": "A task of middle length has {x:g} characters",
}
_TEXTS: Words = {
    "zh": "中等长度的一项任务，{short}有{x:g}字，{long}有{y:g}字",
    "en": "A task of middle length has {x:g} characters in {short} and {y:g} in {long}",
}


def workloads(table: pd.DataFrame, agencies: pd.Series, lang: Lang) -> str:
    """The two agencies named in most tasks, if they are the same in every list
    (`workloads.by_agency`)."""
    single = table[~table["is_collective"]].sort_values("tasks", ascending=False, kind="stable")
    firsts = [
        tuple(sorted(ids.head(2)))
        for _, ids in single.groupby("jurisdiction", sort=False)["agency_id"]
    ]
    if not firsts:
        return _NO_UNIT[lang]
    ids, n = Counter(firsts).most_common(1)[0]
    pair = _AND[lang].join(agencies[a] for a in ids)
    if n == 1 < len(firsts):
        return _FIRST_NONE[lang]
    words = _FIRST if len(firsts) == 1 else _FIRST_ALL if n == len(firsts) else _FIRST_SOME
    return words[lang].format(pair=pair, n=n, lists=len(firsts))


_AND: Words = {"zh": "和", "en": " and "}
_NO_UNIT: Words = {"zh": "没有任务列出部门", "en": "No task names an agency"}
_FIRST: Words = {
    "zh": "列入任务最多的部门是{pair}",
    "en": "{pair} are named in the most tasks",
}
_FIRST_ALL: Words = {
    "zh": "每份清单里，列入任务最多的都是{pair}",
    "en": "In every list {pair} are named in the most tasks",
}
_FIRST_SOME: Words = {
    "zh": "{lists}份清单中有{n}份，列入任务最多的是{pair}",
    "en": "In {n} of {lists} lists {pair} are named in the most tasks",
}

_FIRST_NONE: Words = {
    "zh": "各份清单里列入任务最多的两个部门都不相同",
    "en": "No two lists name the same two agencies in the most tasks",
}


def themes(breadth: pd.Series, n_themes: int, lang: Lang) -> str:
    """Which agencies have tasks in most themes (`breadth`: themes by name of agency)."""
    most = breadth.max()
    broadest = list(breadth.index[breadth == most][:3])
    words = _EVERY_THEME if most == n_themes else _MOST_THEMES
    return words[lang].format(agencies=_AND[lang].join(broadest), n=most, themes=n_themes)


_EVERY_THEME: Words = {
    "zh": "{themes}个主题里都有任务的部门是{agencies}",
    "en": "{agencies}: tasks in all {themes} themes",
}
_MOST_THEMES: Words = {
    "zh": "涉及主题最多的是{agencies}，{themes}个中的{n}个",
    "en": "The most themes, {n} of {themes}: {agencies}",
}


def together(lists: dict[str, list[frozenset[str]]], agencies: pd.Series, lang: Lang) -> str:
    """The pair of agencies with the strongest tie, if it is the same in every list
    (`networks.members`)."""
    firsts = [
        min(graph.edges(data="strength"), key=lambda e: (-e[2], *e[:2]))[:2]
        for graph in map(networks.together, lists.values())
        if nx.number_of_edges(graph)
    ]
    if not firsts:
        return _NO_PAIR[lang]
    (one, other), n = Counter(tuple(sorted(p)) for p in firsts).most_common(1)[0]
    if n == 1 < len(lists):
        return _TIE_NONE[lang]
    words = _TIE if len(lists) == 1 else _TIE_ALL if n == len(lists) else _TIE_SOME
    return words[lang].format(agencies[one], agencies[other], n=n, lists=len(lists))


_NO_PAIR: Words = {"zh": "没有任务由两个部门共担", "en": "No task is shared by two agencies"}
_TIE: Words = {
    "zh": "共同任务最多的是{}和{}",
    "en": "{} and {} share the most work",
}
_TIE_ALL: Words = {
    "zh": "每份清单里，共同任务最多的都是{}和{}",
    "en": "In every list {} and {} share the most work",
}
_TIE_SOME: Words = {
    "zh": "{lists}份清单中有{n}份，共同任务最多的是{}和{}",
    "en": "In {n} of {lists} lists {} and {} share the most work",
}

_TIE_NONE: Words = {
    "zh": "各份清单里共同任务最多的两个部门都不相同",
    "en": "In no two lists do the same two agencies share the most work",
}


def coverage(counts: pd.DataFrame, by: str, lang: Lang) -> str:
    """Which group has most and which has least of its tasks dated.

    `counts`: tasks by group (its name) and state; `by` is what the groups are.
    """
    dated = counts[list(promises.DATED)].sum(axis=1) / counts.sum(axis=1)
    low, high = dated.min(), dated.max()
    words = {"low": dated.idxmin(), "high": dated.idxmax(), "q": f"{low:.0%}", "p": f"{high:.0%}"}
    if words["q"] == words["p"]:
        return _ALIKE[lang][int(low) if low == high in (0, 1) else 2].format(**words)
    if by != "jurisdiction":
        return _RANGE[lang].format(**words)
    n_least = int((dated == low).sum())
    first, last = _MOST[lang][int(high == 1)], _LEAST[lang][int(low == 0)]
    last = last if n_least == 1 else _SEVERAL_LEAST[lang][int(low == 0)]
    return (first + last).format(n=n_least, **words)


_ALIKE: dict[Lang, tuple[str, str, str]] = {
    "zh": ("没有一项任务写明时限", "每项任务都写明时限", "{p}的任务写明时限"),
    "en": (
        "No task states when it is due",
        "Every task states when it is due",
        "{p} of the tasks state when they are due",
    ),
}
_RANGE: Words = {
    "zh": "有时限的任务占比，从{low}的{q}到{high}的{p}",
    "en": "Tasks that state when they are due: from {q} ({low}) to {p} ({high})",
}
_MOST: dict[Lang, tuple[str, str]] = {
    "zh": ("{high}的任务{p}有时限", "{high}的任务项项有时限"),
    "en": ("{high} dates {p} of its tasks", "{high} dates every task"),
}
_LEAST: dict[Lang, tuple[str, str]] = {
    "zh": ("，{low}只有{q}", "，{low}一项也没有"),
    "en": ("; {low} {q}", "; {low} none"),
}

_SEVERAL_LEAST: dict[Lang, tuple[str, str]] = {
    "zh": ("，另有{n}份清单只有{q}", "，另有{n}份清单一项也没有"),
    "en": ("; {n} other lists {q}", "; {n} other lists none"),
}


def calendar(table: pd.DataFrame, lang: Lang) -> str:
    """The month in which most tasks fall due (`coverage.calendar`)."""
    months = table.groupby("month")["tasks"].sum()
    top = pd.Timestamp(months.idxmax())
    month = {"zh": f"{top.year}年{top.month}月", "en": f"{top:%B %Y}"}[lang]
    return _CALENDAR[lang].format(n=months.max(), of=months.sum(), month=month)


_CALENDAR: Words = {
    "zh": "{of}项有日期的任务中，{n}项在{month}到期",
    "en": "{n} of {of} dated tasks fall due in {month}",
}


def lead_times(days: pd.Series, lang: Lang) -> str:
    """How long at least half of the dated tasks leave (days from issue to due date)."""
    if days.dropna().empty:
        return _NO_ISSUE[lang]
    return _WAIT[lang].format(n=int(days.median()))


_NO_ISSUE: Words = {
    "zh": "文件没有注明印发日期，算不出留了多少时间",
    "en": "Without a date of issue no time can be reckoned",
}
_WAIT: Words = {
    "zh": "从印发到期限，一半的任务有{n}天或更久",
    "en": "Half of the dated tasks have {n} days or more",
}


def shared(table: pd.DataFrame, lang: Lang) -> str:
    """Between which shares the tasks of one list have counterparts in another (`gaps.matrix`)."""
    low, high = f"{table['share'].min():.0%}", f"{table['share'].max():.0%}"
    return (_SHARED if low != high else _SHARED_ALIKE)[lang].format(low=low, high=high)


_SHARED: Words = {
    "zh": "任意两份清单之间，{low}至{high}的任务有对应任务",
    "en": "Between any two lists {low} to {high} of the tasks have a counterpart",
}
_SHARED_ALIKE: Words = {
    "zh": "任意两份清单之间，{low}的任务有对应任务",
    "en": "Between any two lists {low} of the tasks have a counterpart",
}


def reused(table: pd.DataFrame, places: pd.Series, lang: Lang) -> str:
    """The two lists that have most text in common word for word (`reuse.shares`)."""
    top = table.loc[table["share"].idxmax()]
    if f"{top['share']:.0%}" == "0%":
        return _NOT_REUSED[lang]
    here, there = (places[top[c]] for c in ("jurisdiction", "other_jurisdiction"))
    return _REUSED[lang].format(here=here, there=there, p=f"{top['share']:.0%}")


_REUSED: Words = {
    "zh": "{here}的文字有{p}逐字见于{there}，占比最高",
    "en": "{p} of the text of {here} stands word for word in {there}, the largest share",
}

_NOT_REUSED: Words = {
    "zh": "各清单之间几乎没有逐字相同的文字",
    "en": "Next to no text of one list stands word for word in another",
}


def spread(table: pd.DataFrame, lang: Lang) -> str:
    """How many tasks have a counterpart anywhere else (`gaps.spread`)."""
    return _SPREAD[lang].format(n=int((table["n_others"] > 0).sum()), of=len(table))


_SPREAD: Words = {
    "zh": "{of}项任务中，{n}项在别的清单里有对应任务",
    "en": "{n} of {of} tasks have a counterpart in another list",
}


def thresholds(table: pd.DataFrame, in_force: float, lang: Lang) -> str:
    """What the threshold in force comes to (`measures.curve`)."""
    row = table.loc[(table["threshold"] - in_force).abs().idxmin()]
    return _THRESHOLD[lang].format(p=row["precision"], r=row["recall"])


_THRESHOLD: Words = {
    "zh": "按现用门槛，认定的有{p:.0%}与编码一致，编码的有{r:.0%}被找到",
    "en": "At the threshold in use {p:.0%} of the assertions agree with the codes, "
    "and {r:.0%} of the codes are found",
}


def strengths(table: pd.DataFrame, lang: Lang) -> str:
    """The commonest strength of the first grading words of all lists (`promises.strengths`)."""
    total = table.groupby("strength", observed=True)["tasks"].sum()
    word = label(f"strength.{total.idxmax()}", lang)
    return _STRENGTH[lang].format(p=total.max() / total.sum(), word=word)


_STRENGTH: Words = {
    "zh": "{p:.0%}的任务，最先出现的措辞是“{word}”一类",
    "en": "In {p:.0%} of the tasks the first grading word is one such as {word}",
}


def promised_and_reached(figures: pd.DataFrame, lang: Lang) -> str:
    """How many reported percentages reach the promise beside them, and how many are another
    place's (`promises.promised_and_reached`)."""
    pairs = promises.pairs(figures)
    if pairs.empty:
        return _NO_COMPARISON[lang]
    return _REACHED[lang].format(
        n=len(pairs),
        above=int((pairs["value"] >= pairs["value_promised"]).sum()),
        elsewhere=int((pairs["jurisdiction"] != pairs["jurisdiction_promised"]).sum()),
    )


_NO_COMPARISON: Words = {
    "zh": "承诺与报告的百分比口径不同，不能直接比较",
    "en": "What is promised and what is reported are not the same measures",
}
_REACHED: Words = {
    "zh": "{n}对可以并列的百分比，{above}对的报告值不低于承诺值；"
    "{elsewhere}对的报告与承诺不是同一地区",
    "en": "In {above} of {n} pairs what is reported reaches what was promised; "
    "in {elsewhere} the two are of different places",
}


def heat(table: pd.DataFrame, themes: pd.Series, lang: Lang) -> str:
    """The theme of most tasks, all lists together (`theme_shares.shares`)."""
    total = table.groupby("theme_id", sort=False)["tasks"].sum()
    of = table.drop_duplicates(table.columns[0])["n_tasks"].sum()
    return _HEAT[lang].format(theme=themes[total.idxmax()], n=total.max(), of=of)


_HEAT: Words = {
    "zh": "任务最多的主题是{theme}，{of}项任务中的{n}项",
    "en": "The commonest theme is {theme}, with {n} of {of} tasks",
}


def intervals(table: pd.DataFrame, lang: Lang) -> str:
    """How many shares clearly differ from those of the other lists (`theme_shares.shares`)."""
    if table["jurisdiction"].nunique() < 2:
        return _ROUGH[lang]
    clear = theme_shares.contrasts(table)["is_clear"]
    return _CLEAR[lang].format(n=int(clear.sum()), of=len(clear))


_ROUGH: Words = {
    "zh": "清单短，各主题的占比只是大致的数",
    "en": "In a short list the shares of themes are rough figures",
}
_CLEAR: Words = {
    "zh": "{of}个占比中，明显不同于其他清单的有{n}个",
    "en": "{n} of {of} shares clearly differ from those of the other lists",
}


def selection(table: pd.DataFrame, lang: Lang) -> str:
    """The number of clusters taken: fewer have a lower score, by the rule (`themes.selection`)."""
    chosen = int(table.loc[table["is_chosen"], "k"].iloc[0])
    return (_CHOSEN if chosen > table["k"].min() else _FEWEST)[lang].format(chosen)


_CHOSEN: Words = {
    "zh": "分成{}类；类数再少，分组就不如它稳定、分明",
    "en": "{} clusters are taken: fewer are less steady and clear",
}
_FEWEST: Words = {
    "zh": "分成{}类，是试过的最少类数",
    "en": "{} clusters are taken, the fewest that were tried",
}


def vocabulary(is_clear: pd.Series, lang: Lang) -> str:
    """How many of the words drawn tell the two lists apart (`vocabulary.log_odds`)."""
    return _WORDS[lang].format(n=int(is_clear.sum()), of=len(is_clear))


_WORDS: Words = {
    "zh": "所列{of}个词中，明显多见于其中一份清单的有{n}个",
    "en": "{n} of these {of} words clearly belong to one list more than to the other",
}
