"""The findings of the front page: a sentence with its number, its caveat, and a share for each
jurisdiction, all computed from the tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from yiyang.charts import headlines
from yiyang.compare import coverage, gaps, networks, promises, theme_shares, workloads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, label, names, names_in_text, places_in_text


class Finding(NamedTuple):
    """A sentence with its one number, what a reader should know with it (`note`), the share of
    each jurisdiction behind it (`jurisdiction, share, said`), what the shares are of, and the
    chapter with the evidence."""

    sentence: str
    note: str
    table: pd.DataFrame
    caption: str
    chapter: str


CHAPTERS = {
    "deadlines": "03-deadlines",
    "loads": "02-agencies",
    "meetings": "02-agencies",
    "themes": "04-themes",
    "counterparts": "05-counterparts",
    "figures": "06-promises",
}


@lru_cache(maxsize=len(LANGS))  # the page and the Word document state the same
def of(corpus: Corpus, lang: Lang) -> list[Finding]:
    """What the report found, in the order of the front page; every number from the tables.

    A finding that the corpus cannot have (counterparts of a single list, figures where none is
    promised) is left out.
    """
    return [
        Finding(sentence, note, table, label(f"front.{key}", lang), CHAPTERS[key])
        for key, find in _FINDINGS.items()
        for sentence, note, table in find(corpus, lang)
    ]


Found = Iterator[tuple[str, str, pd.DataFrame]]
"""At most one finding: its sentence, its note, and the shares behind it."""


def _deadlines(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    states = coverage.states(corpus.tasks, corpus.deadlines)
    dated = states.loc[states["state"].isin(promises.DATED), "jurisdiction"].value_counts()
    yield (
        _SAID["deadlines"][lang].format(tasks=of.sum(), n=dated.sum()),
        _NOTE["deadlines"][lang],
        _counted(dated, of),
    )


def _loads(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    two = workloads.two_heaviest(corpus.assignments, corpus.tasks)
    if two.empty:
        return
    named = names(corpus.agencies, lang)
    pairs = two["agency_ids"].unique()
    and_ = {"zh": "和", "en": " and "}[lang]
    who = and_.join(named[a] for a in pairs[0]) if len(pairs) == 1 else _TWO[lang]
    yield (
        _SAID["loads" if len(of) > 1 else "loads_alone"][lang].format(
            who=who, least=two["share"].min()
        ),
        _NOTE["loads"][lang],
        _shown(two.set_index("jurisdiction")["share"], of),
    )


def _meetings(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    members = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)
    met = networks.meetings(members).set_index("jurisdiction")
    if not met["both"].sum():
        return
    named = names(corpus.agencies, lang)
    one, other = (named[a] for a in networks.PAIR)
    share = met["both"].sum() / met["tasks"].sum()
    low, high = f"{met['share'].min():.0%}", f"{met['share'].max():.0%}"
    note = _NOTE["meetings" if low != high else "meetings_alike"][lang]
    yield (
        _SAID["meetings"][lang].format(one=one, other=other, share=share),
        note.format(low=low, high=high) if len(of) > 1 else "",
        _counted(met["both"], met["tasks"][met["tasks"] > 0]),
    )


def _themes(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    themed = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    present = themed[themed["tasks"] > 0]
    lists = present.groupby("theme_id", sort=False)["jurisdiction"].agg(list)
    of_theme = names_in_text(corpus.themes, lang)
    places = places_in_text(corpus.jurisdictions, lang)
    alone = [
        _ONE[lang].format(theme=of_theme[theme], place=places[found[0]])
        for theme, found in lists.items()
        if len(found) == 1
    ]
    said = _SAID["themes" if len(of) > 1 else "themes_alone"][lang]
    note = _NOTE["themes"][lang].format(
        alone={"zh": "、", "en": "; "}[lang].join(alone) or label("front.none", lang)
    )
    yield (
        said.format(n=int((lists.map(len) == len(of)).sum()), themes=len(corpus.themes)),
        note if len(of) > 1 else "",
        _counted(present["jurisdiction"].value_counts(), pd.Series(len(corpus.themes), of.index)),
    )


def _counterparts(corpus: Corpus, lang: Lang) -> Found:
    of = sizes(corpus)
    if len(of) < 2:
        return
    spread = gaps.spread(corpus.task_matches, corpus.tasks)
    found = spread.loc[spread["n_others"] > 0, "jurisdiction"].value_counts()
    everywhere = gaps.measures(corpus.task_matches, corpus.tasks, least=len(of))
    yield (
        headlines.spread(spread, lang),
        _NOTE["counterparts"][lang].format(n=everywhere["measure"].nunique()),
        _counted(found, of),
    )


def _figures(corpus: Corpus, lang: Lang) -> Found:
    of, targets = sizes(corpus), corpus.targets
    if targets.empty:
        return
    promised = corpus.tasks[corpus.tasks["task_id"].isin(targets["task_id"])]
    yield (
        _SAID["figures"][lang].format(tasks=of.sum(), n=len(promised)),
        _NOTE["figures"][lang].format(
            figures=len(targets), dated=int(targets["due"].notna().sum())
        ),
        _counted(promised["jurisdiction"].value_counts(), of),
    )


_FINDINGS: dict[str, Callable[[Corpus, Lang], Found]] = {
    "deadlines": _deadlines,
    "loads": _loads,
    "meetings": _meetings,
    "themes": _themes,
    "counterparts": _counterparts,
    "figures": _figures,
}
_TWO = {"zh": "工作量最重的两个部门", "en": "the two busiest agencies"}
_ONE = {"zh": "{theme}（{place}）", "en": "{theme} ({place})"}
_SAID: dict[str, dict[Lang, str]] = {
    "deadlines": {
        "zh": "{tasks}项任务中，{n}项写明了时限",
        "en": "{n} of {tasks} tasks state when they are due",
    },
    "loads": {
        "zh": "每份清单里，{who}承担的工作量都不少于{least:.0%}",
        "en": "In every list {who} carry {least:.0%} of the work or more",
    },
    "loads_alone": {
        "zh": "{who}承担{least:.0%}的工作量",
        "en": "{who} carry {least:.0%} of the work",
    },
    "meetings": {
        "zh": "提到{one}或{other}的任务，{share:.0%}两家同列",
        "en": "{share:.0%} of the tasks that name {one} or {other} name both",
    },
    "themes": {
        "zh": "{themes}个主题中，{n}个在每份清单里都有任务",
        "en": "{n} of {themes} themes have tasks in every list",
    },
    "themes_alone": {
        "zh": "{themes}个主题中，{n}个有任务",
        "en": "{n} of {themes} themes have tasks",
    },
    "figures": {
        "zh": "{tasks}项任务中，{n}项承诺了数字",
        "en": "{n} of {tasks} tasks promise a figure",
    },
}
_NOTE: dict[str, dict[Lang, str]] = {
    "deadlines": {
        "zh": "清单没有写明时限，不等于没有时限要求，也可能写在别的文件里。",
        "en": "A list that states no date may still have one elsewhere.",
    },
    "loads": {
        "zh": "一项任务算1，由列出的部门分担，[配合](glossary)的算半份；这是本报告的约定。",
        "en": (
            "A task weighs 1 and is divided among the agencies that it names; "
            "[support](glossary) is counted as half. That is a convention of this report."
        ),
    },
    "meetings": {
        "zh": "医养结合的事分在这两家；两家同列的占比，各份清单从{low}到{high}。",
        "en": "Integrated care is divided between the two. By list the share runs from {low} to "
        "{high}.",
    },
    "meetings_alike": {
        "zh": "医养结合的事分在这两家；两家同列的占比，列有其一的各份清单都是{low}。",
        "en": "Integrated care is divided between the two. The share is {low} in every list that "
        "names one of them.",
    },
    "themes": {
        "zh": "只在一份清单里有任务的主题：{alone}。别的清单也可能在其他任务里顺带提到。",
        "en": (
            "Themes with tasks in one list only: {alone}. Other lists may mention them in passing."
        ),
    },
    "counterparts": {
        "zh": "每份清单都有的措施：{n}项。[对应任务](glossary)由本项目认定，会有遗漏和误判。",
        "en": (
            "Measures that every list has: {n}. [Counterparts](glossary) are asserted by this "
            "project, which misses some and errs in others."
        ),
    },
    "figures": {
        "zh": "共{figures}个数字，其中{dated}个写明到什么时候达到。",
        "en": "They promise {figures} figures, {dated} of them by a stated date.",
    },
}


# [support](glossary) in a note
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def plain(note: str) -> str:
    """A note without the marks of Markdown: links and the strokes before marks in a name."""
    return re.sub(r"\\(.)", r"\1", _LINK.sub(r"\1", note))


def sizes(corpus: Corpus) -> pd.Series:
    """The number of tasks of each jurisdiction, in the order of the tasks."""
    return corpus.tasks["jurisdiction"].value_counts(sort=False)


def _counted(count: pd.Series, of: pd.Series) -> pd.DataFrame:
    """Each jurisdiction's part of a number of things; a jurisdiction without one has 0 of them."""
    counts = count.reindex(of.index).fillna(0).astype(int)
    said = [f"{n} / {total}" for n, total in zip(counts, of, strict=True)]
    return pd.DataFrame({"jurisdiction": of.index, "share": (counts / of).to_numpy(), "said": said})


def _shown(share: pd.Series, of: pd.Series) -> pd.DataFrame:
    shares = share.reindex(of.index).dropna()
    said = [f"{value:.0%}" for value in shares]
    return pd.DataFrame({"jurisdiction": shares.index, "share": shares.to_numpy(), "said": said})
