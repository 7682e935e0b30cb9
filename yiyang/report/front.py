"""The front page: what was compared, the findings with a small chart each, how far to trust it."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

from yiyang.charts import shares as charts
from yiyang.charts import style
from yiyang.core.corpus import Corpus
from yiyang.core.messages import COMMA, Lang, label, names, places_in_text
from yiyang.matches import measures
from yiyang.report import chapters, findings
from yiyang.report.findings import Finding
from yiyang.safety import escaping
from yiyang.show import themes

MOST = 8
"""Places named on the front page; of more their number is said."""


def compared(corpus: Corpus, lang: Lang) -> str:
    """Whose lists the report compares, and how many tasks they have, in a sentence."""
    of, places = findings.sizes(corpus), places_in_text(corpus.jurisdictions, lang)
    named = [places[j] for j in of.index[:MOST]]
    if len(of) > MOST:
        named.append(_MORE[lang].format(len(of) - MOST))
    last = {"zh": "和", "en": " and "}[lang]
    comma = COMMA[lang]
    listed = last.join(filter(None, (comma.join(named[:-1]), named[-1])))
    words = _READ if len(of) == 1 else _COMPARED
    return words[lang].format(places=listed, tasks=of.sum())


_MORE = {"zh": "另外{}地", "en": "{} more"}
_READ = {
    "zh": "这里读的是{places}的一份清单，共{tasks}项任务。",
    "en": "Here it reads one list, that of {places}: {tasks} tasks.",
}
_COMPARED = {
    "zh": "这里比较的是{places}的清单，共{tasks}项任务。",
    "en": "It compares the lists of {places}, {tasks} tasks in all.",
}


def markdown(corpus: Corpus, lang: Lang, target: Path) -> str:
    """The findings as MyST text; their charts are written beside the pages in `target`."""
    import matplotlib.pyplot as plt  # noqa: PLC0415

    parts = []
    for number, found in enumerate(findings.of(corpus, lang), 1):
        name = f"finding-{number}.svg"
        fig = draw(found, corpus, lang)
        (target / name).write_text(style.svg(fig), encoding="utf-8")
        plt.close(fig)
        said = chapters.STOP[lang].join([found.sentence, spoken(found, corpus, lang)])
        space = {"zh": "", "en": " "}[lang]
        parts.append(
            f"### {number}. {escaping.markdown(found.sentence)}\n\n"
            f"{chapters.figure(name, said)}\n\n"
            f"{found.note}{space}{label('front.chapter', lang).format(found.chapter)}"
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
    sizes = findings.sizes(corpus)
    long = "one" if len(sizes) == 1 else "alike" if sizes.nunique() == 1 else "many"
    lines = [_COMPLETE[lang], _agreement(corpus, lang), _LONG[long][lang]]
    return "\n".join(lines).format(
        tasks=len(tasks),
        repaired=int(tasks["is_repaired"].sum()),
        repairs=len(corpus.repairs),
        broken=int((~tasks["is_complete"]).sum()),
        undated=int(lists["date_issued"].isna().sum()),
        shortest=sizes.min(),
        longest=sizes.max(),
    )


def _agreement(corpus: Corpus, lang: Lang) -> str:
    """How themes and counterparts agree with the codes; where no task is coded, that it is so."""
    asked = measures.questions(corpus.task_matches, measures.codes(), corpus.tasks)
    said = measures.assertion(asked)
    # The first row of each method is its accuracy: the codebook as it is, then checked.
    accuracy = themes.agreement(corpus, lang).drop_duplicates("method")["value"]
    if accuracy.empty or not asked["n_coded"].sum():
        return _NOT_CODED[lang]
    return _RELIABLE[lang].format(
        accuracy=float(accuracy.iloc[0]),
        checked=float(accuracy.iloc[1]),
        precision=said["precision"].value,
        recall=said["recall"].value,
    )


_COMPLETE = {
    "zh": (
        "- **完整吗**：{tasks}项任务逐字读出。修订原文{repairs}处（{repaired}项任务，逐处可查）；"
        "因文件中断而不完整的任务{broken}项；没有注明印发日期的清单{undated}份。"
    ),
    "en": (
        "- **Complete?** All {tasks} tasks were read word for word. Printed text repaired: "
        "{repairs} places in {repaired} tasks, each on record. Tasks broken off with their file: "
        "{broken}. Lists without a date of issue: {undated}."
    ),
}
_RELIABLE = {
    "zh": (
        "- **可靠吗**：与两个语言模型的独立编码相比，主题{accuracy:.0%}一致"
        "（不用只见于一项任务的词，{checked:.0%}）；认定的对应任务{precision:.0%}与编码一致，"
        "编码的找到{recall:.0%}。没有人工编码，数字偏乐观。"
    ),
    "en": (
        "- **Reliable?** Against two language models that coded independently, {accuracy:.0%} of "
        "the themes agree ({checked:.0%} without words that one task alone holds); "
        "{precision:.0%} of the counterparts asserted agree, and {recall:.0%} of those coded are "
        "found. No people coded, and the figures flatter."
    ),
}
_NOT_CODED = {
    "zh": (
        "- **可靠吗**：没有人给这些清单编过码，主题和对应任务认得准不准，没有量过；请对照原文看。"
    ),
    "en": (
        "- **Reliable?** Nobody has coded these lists: how well themes and counterparts were told "
        "here was not measured. Judge them by the printed text."
    ),
}
_LONG: dict[str, dict[Lang, str]] = {
    "one": {
        "zh": "- **够长吗**：清单只有{longest}项任务，小的差别不说明什么。",
        "en": "- **Long enough?** The list has {longest} tasks: small differences mean nothing.",
    },
    "alike": {
        "zh": "- **够长吗**：每份清单只有{longest}项任务，小的差别不说明什么。",
        "en": "- **Long enough?** Each list has {longest} tasks: small differences mean nothing.",
    },
    "many": {
        "zh": "- **够长吗**：各清单有{shortest}至{longest}项任务，小的差别不说明什么。",
        "en": "- **Long enough?** The lists have {shortest} to {longest} tasks: small differences "
        "mean nothing.",
    },
}
