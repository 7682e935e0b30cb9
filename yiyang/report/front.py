"""The front page: six findings, each with a small chart and its chapter, and how far to trust it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from yiyang import Corpus
from yiyang.charts import shares as charts
from yiyang.charts import style
from yiyang.compare import coverage, gaps, networks, promises, theme_shares, theme_views, workloads
from yiyang.labels import LANGS, Lang, label, names
from yiyang.matches import measures
from yiyang.report.chapters import first_sentence


class Finding(NamedTuple):
    """A sentence, the share of each jurisdiction behind it (`jurisdiction, share, said`), what
    the shares are of, and the chapter with the evidence."""

    sentence: str
    table: pd.DataFrame
    caption: str
    chapter: str


@lru_cache(maxsize=len(LANGS))  # the page and the Word document state the same
def findings(corpus: Corpus, lang: Lang) -> list[Finding]:
    """What the report found, in the order of the front page; every number from the tables."""
    tasks = corpus.tasks
    of = tasks["jurisdiction"].value_counts(sort=False)
    states = coverage.states(tasks, corpus.deadlines)
    dated = states[states["state"].isin(["dated", "recurring", "ongoing", "undated"])]
    figures = tasks[tasks["task_id"].isin(corpus.targets["task_id"])]
    spread = gaps.spread(corpus.task_matches, tasks)
    themed = theme_shares.shares(corpus.task_themes, tasks, corpus.themes)
    present = themed[themed["tasks"] > 0]["jurisdiction"].value_counts()
    loads = workloads.by_agency(corpus.assignments, tasks, corpus.agencies)
    two = loads.groupby("jurisdiction", sort=False).head(2)
    met = networks.meetings(networks.members(corpus.assignments, tasks, corpus.agencies))
    by_list = met.set_index("jurisdiction")
    first_two = two.groupby("jurisdiction")["load_share"].sum()
    found = {
        "deadlines": (coverage.finding, _counted(dated["jurisdiction"].value_counts(), of)),
        "loads": (workloads.finding, _shown(first_two, of)),
        "meetings": (networks.finding, _counted(by_list["both"], by_list["tasks"])),
        "themes": (_themes, _counted(present, of * 0 + len(corpus.themes))),
        "counterparts": (gaps.finding, _counted(
            spread[spread["n_others"] > 0]["jurisdiction"].value_counts(), of)),
        "figures": (promises.finding_promises, _counted(figures["jurisdiction"].value_counts(), of)),
    }
    return [
        Finding(
            first_sentence(said(corpus, lang)), table, label(f"front.{key}", lang), CHAPTERS[key]
        )
        for key, (said, table) in found.items()
    ]


CHAPTERS = {
    "deadlines": "03-deadlines",
    "loads": "02-agencies",
    "meetings": "02-agencies",
    "themes": "04-themes",
    "counterparts": "05-counterparts",
    "figures": "06-promises",
}


def _counted(count: pd.Series, of: pd.Series) -> pd.DataFrame:
    """Each jurisdiction's part of a number of things; a jurisdiction without one has 0 of them."""
    counts = count.reindex(of.index).fillna(0).astype(int)
    said = [f"{n} / {total}" for n, total in zip(counts, of, strict=True)]
    return pd.DataFrame({"jurisdiction": of.index, "share": (counts / of).to_numpy(), "said": said})


def _shown(share: pd.Series, of: pd.Series) -> pd.DataFrame:
    shares = share.reindex(of.index)
    said = [f"{value:.0%}" for value in shares]
    return pd.DataFrame({"jurisdiction": of.index, "share": shares.to_numpy(), "said": said})


def _themes(corpus: Corpus, lang: Lang) -> str:
    """How many themes of the codebook every list has, and which only one has."""
    themed = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    n_lists = themed["jurisdiction"].nunique()
    lists = themed[themed["tasks"] > 0].groupby("theme_id")["jurisdiction"].agg(list)
    everywhere = int((lists.map(len) == n_lists).sum())
    of_theme, places = names(corpus.themes, lang), names(corpus.jurisdictions, lang)
    alone = [
        _ONE[lang].format(theme=of_theme[theme], place=places[found[0]])
        for theme, found in lists.items()
        if len(found) == 1
    ]
    return _THEMES[lang].format(
        everywhere=everywhere,
        themes=len(corpus.themes),
        lists=n_lists,
        alone={"zh": "；", "en": "; "}[lang].join(alone) or label("front.none", lang),
    )


_ONE = {"zh": "{theme}，在{place}", "en": "{theme}, in {place}"}
_THEMES = {
    "zh": "{themes}个主题中，{everywhere}个在{lists}份清单里都有任务；作为任务的主要主题，只在一份清单里有的：{alone}。",
    "en": "Of {themes} themes {everywhere} have tasks in all {lists} lists; as the main theme of a task in one list alone: {alone}.",
}


def markdown(corpus: Corpus, lang: Lang, target: Path) -> str:
    """The findings as MyST text; their charts are written beside the pages in `target`."""
    import matplotlib.pyplot as plt  # noqa: PLC0415

    parts = []
    for number, found in enumerate(findings(corpus, lang), 1):
        name = f"finding-{number}.svg"
        fig = draw(found, corpus, lang)
        (target / name).write_text(style.svg(fig), encoding="utf-8")
        plt.close(fig)
        alt = f"{found.sentence} {spoken(found, corpus, lang)}".replace("\n", " ")
        parts.append(
            f"### {number}. {found.sentence}\n\n"
            f":::{{figure}} {name}\n:alt: {alt}\n:::\n\n"
            f"[{label('front.chapter', lang)}]({found.chapter})"
        )
    return "\n\n".join(parts)


def draw(found: Finding, corpus: Corpus, lang: Lang) -> Figure:
    """The small chart of a finding."""
    style.apply()
    fig, ax = style.figure(height=0.6 + 0.32 * len(found.table))
    fig.suptitle(found.caption, x=0.01, ha="left", size=11, color=style.FAINT)
    charts.shares(found.table, corpus.jurisdictions, ax, lang)
    return fig


def spoken(found: Finding, corpus: Corpus, lang: Lang) -> str:
    """The shares in words, for those who do not see the chart."""
    called = names(corpus.jurisdictions, lang)
    each = [f"{called[row.jurisdiction]} {row.said}" for row in found.table.itertuples()]
    return {"zh": "；", "en": "; "}[lang].join(each)


def trust(corpus: Corpus, lang: Lang) -> str:
    """How far to trust this, in three lines: what was read, how it agrees with readers, how short
    the lists are."""
    tasks, lists = corpus.tasks, corpus.documents[corpus.documents["n_tasks"] > 0]
    asked = measures.questions(corpus.task_matches, measures.codes(), tasks)
    said = measures.assertion(asked)
    # The first row of each method is its accuracy: the codebook as it is, then checked.
    accuracy = theme_views.agreement(corpus, lang).drop_duplicates("method")["value"]
    sizes = tasks["jurisdiction"].value_counts()
    return _TRUST[lang].format(
        tasks=len(tasks),
        repaired=int(tasks["is_repaired"].sum()),
        repairs=len(corpus.repairs),
        broken=int((~tasks["is_complete"]).sum()),
        undated=int(lists["date_issued"].isna().sum()),
        lists=len(lists),
        accuracy=float(accuracy.iloc[0]),
        checked=float(accuracy.iloc[1]),
        precision=said["precision"].value,
        recall=said["recall"].value,
        shortest=sizes.min(),
        longest=sizes.max(),
    )


_TRUST = {
    "zh": (
        "- **是否完整**：{lists}份清单的{tasks}项任务逐字读出；{repaired}项的原文经过修订（{repairs}处，"
        "逐处可查）；{broken}项因文件中断而不完整；{undated}份清单没有注明印发日期。\n"
        "- **判断是否可靠**：在两名语言模型编码的任务中，主题一致的占{accuracy:.0%}（不用只见于一项任务的词时为{checked:.0%}）；"
        "认定的对应任务中{precision:.0%}与编码一致，编码的对应任务中找到{recall:.0%}。这些数字都偏乐观。\n"
        "- **清单有多长**：各清单只有{shortest}至{longest}项任务，小的差别不说明什么。"
    ),
    "en": (
        "- **Complete?** All {tasks} tasks of {lists} lists were read word for word; the printed "
        "text of {repaired} was repaired, in {repairs} places that can each be looked up; {broken} "
        "is incomplete because its file breaks off; {undated} lists bear no date of issue.\n"
        "- **Reliable?** Where two language models coded the themes, {accuracy:.0%} agree "
        "({checked:.0%} without words that one task alone holds); of the counterparts asserted {precision:.0%} agree with their codes, "
        "and of those coded {recall:.0%} are found. All these figures flatter.\n"
        "- **Long enough?** The lists have {shortest} to {longest} tasks: small differences mean "
        "nothing."
    ),
}
