"""Write the front page: what was compared, the findings with a small chart each, how far to trust
it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from yiyang.charts import promises, style
from yiyang.charts import share_bars as charts
from yiyang.compare import promises as promised
from yiyang.core.corpus import Corpus
from yiyang.core.messages import SPACE, Lang, join, label, names, places_in_text, say, short_names
from yiyang.matches import agreed, measures
from yiyang.reading import sources
from yiyang.report import chapters, findings, folding
from yiyang.report.findings import Finding
from yiyang.safety import escaping
from yiyang.show import tables, themes, tiles
from yiyang.show.paragraphs import lists, scope
from yiyang.themes import evaluation

ON_TILES = "deadlines.timed"
"""The claim that the tiles show: a task with a date is a tile of its colour."""
MOST = 8
"""Places named on the front page; of more their number is said."""


def intro(corpus: Corpus, lang: Lang) -> str:
    """Say what the report does: with yiyang's lists, or with a reader's, of whatever field."""
    own = sources.own_documents(corpus)
    return label("front.intro" if own.empty else "front.intro.own", lang)


def compared(corpus: Corpus, lang: Lang) -> str:
    """Say whose lists the report compares, and how many tasks they have, in a sentence; below it
    what each list is."""
    of, places = findings.sizes(corpus), places_in_text(corpus.jurisdictions, lang)
    named = [places[j] for j in of.index[:MOST]]
    if len(of) > MOST:
        named.append(say("front.compared.more", lang, n=len(of) - MOST))
    listed = join(filter(None, (join(named[:-1], "items", lang), named[-1])), "and", lang)
    alone = ".one_list" if len(of) == 1 else ""
    said = say(f"front.compared{alone}", lang, places=listed, tasks=of.sum())
    return f"{said}\n\n{scope.strip(corpus, lang, completeness=True)}" if len(of) <= MOST else said


def markdown(corpus: Corpus, lang: Lang, target: Path) -> str:
    """Write the findings as MyST text, each in the form that fits it: a small chart, written beside
    the pages in `target`, or a table. What the tiles show already is not among them (`by_tiles`).
    """
    parts = []
    for number, found in enumerate(_own(corpus, lang), 1):
        shown = _form(found, corpus, lang, target / f"finding-{number}")
        parts.append(
            f"### {number}. {escaping.markdown(found.sentence)}\n\n{shown}\n\n{_noted(found, lang)}"
        )
    return "\n\n".join(parts)


def by_tiles(corpus: Corpus, lang: Lang) -> str:
    """Write what is to be known with the dates of the tiles, folded, as MyST text."""
    return "\n\n".join(
        folding.folded(found.sentence, _noted(found, lang))
        for found in findings.of(corpus, lang)
        if found.claim == ON_TILES
    )


def _own(corpus: Corpus, lang: Lang) -> list[Finding]:
    return [found for found in findings.of(corpus, lang) if found.claim != ON_TILES]


def _noted(found: Finding, lang: Lang) -> str:
    """What a reader should know with a finding, and where its evidence is."""
    return SPACE[lang].join([found.note, say("front.chapter", lang, chapter=found.chapter)])


def _form(found: Finding, corpus: Corpus, lang: Lang, path: Path) -> str:
    """Promise and result of one place are a table, where there are any; all else is a chart."""
    import matplotlib.pyplot as plt  # noqa: PLC0415

    if found.claim == "promises.figures" and len(pairs := own_results(corpus, lang)):
        table = tables.table(
            pairs,
            lang,
            headings={"indicator": label("front.indicator", lang)},
            caption=label("promises.own.front", lang),
        )
        path.with_suffix(".html").write_text(str(table.data), encoding="utf-8")
        return f"```{{raw}} html\n:file: {path.name}.html\n```"
    fig = draw(found, corpus, lang)
    path.with_suffix(".svg").write_text(style.svg(fig), encoding="utf-8")
    plt.close(fig)
    said = join([found.sentence, spoken(found, corpus, lang)], "stop", lang)
    shown = chapters.figure(f"{path.name}.svg", said)
    return f"{shown}\n\n{found.results}" if found.results else shown


def own_results(corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """Return what places promised and report themselves, an indicator a row, as words."""
    pairs = promised.own(promised.promised_and_reached(corpus))
    if pairs.empty:
        return pairs
    return pd.DataFrame(
        {
            "indicator": [
                join([places, title], "colon", lang)
                for places, title in zip(
                    pairs["jurisdiction"].map(short_names(corpus.jurisdictions, lang)),
                    pairs["indicator_id"].map(names(corpus.indicators, lang)),
                    strict=True,
                )
            ],
            "promised_reached": [f"{r.promised:g} → {r.reached:g}" for r in pairs.itertuples()],
            "is_same": [label("yes" if same else "no", lang) for same in pairs["is_same"]],
        }
    )


def every_task(corpus: Corpus, lang: Lang, target: Path) -> str:
    """Write the tiles beside the pages in `target`; returns what the front page says over them."""
    (target / "tiles.html").write_text(str(tiles.table(corpus, lang)), encoding="utf-8")
    return f"## {label('front.tiles.heading', lang)}\n\n{tiles.lead(corpus, lang)}"


def draw(found: Finding, corpus: Corpus, lang: Lang) -> Figure:
    """Draw the small chart of a finding: a share for each list, or, of the words that open tasks,
    how many tasks of each list open with which."""
    style.apply()
    if found.claim == "obligations.opening":
        fig, ax = style.figure(height=3)
        promises.strengths(
            promised.strengths(promised.wording(corpus)), corpus.jurisdictions, ax, lang
        )
        return fig
    fig, ax = style.figure(height=0.6 + 0.32 * len(found.table))
    fig.suptitle(found.caption, x=0.01, ha="left", size=11, color=style.FAINT)
    charts.shares(found.table, corpus.jurisdictions, ax, lang)
    return fig


def spoken(found: Finding, corpus: Corpus, lang: Lang) -> str:
    """Put the shares in words, for those who do not see the chart."""
    called = names(corpus.jurisdictions, lang)
    each = [f"{called[row.jurisdiction]} {row.said}" for row in found.table.itertuples()]
    return join(each, "clauses", lang)


def trust(corpus: Corpus, lang: Lang) -> str:
    """Say how far to trust this, in three lines: what was read, how it agrees with readers, how
    short the lists are."""
    sizes = findings.sizes(corpus)
    long = "one_list" if len(sizes) == 1 else "alike" if sizes.nunique() == 1 else "range"
    complete = say("front.trust.complete", lang, **lists.counts(corpus))
    values = {"shortest": sizes.min(), "longest": sizes.max()}
    long_enough = say(f"front.trust.long.{long}", lang, **values)
    lines = [complete, _agreement(corpus, lang), long_enough]
    return "\n".join(lines)


def trust_folded(corpus: Corpus, lang: Lang) -> str:
    """Say the same for the page: what was measured is a line that opens to the whole."""
    complete, measured, long_enough = trust(corpus, lang).split("\n")
    if measured == label("front.trust.not_coded", lang):
        return "\n".join([complete, measured, long_enough])
    whole = folding.folded(label("front.trust.short", lang), measured.removeprefix("- "))
    return f"{complete}\n{long_enough}\n\n{whole}"


def _agreement(corpus: Corpus, lang: Lang) -> str:
    """How themes and counterparts agree with the codes, and on how few tasks and lists that was
    measured; where no task is coded, that it is so."""
    home = corpus.tasks.set_index("task_id")["jurisdiction"]
    coded = evaluation.codes()["task_id"]
    coded = coded[coded.isin(home.index)]
    pairs = measures.present(measures.codes(), corpus.tasks)
    if pairs.empty or coded.empty:
        return label("front.trust.not_coded", lang)
    said, held = measures.grading(agreed.asked(corpus)), agreed.held_out(corpus)
    # The first row of each method is its accuracy: the codebook as it is, then checked.
    accuracy = themes.agreement(corpus, lang).drop_duplicates("method")["value"]
    measured = set(pairs["task_a"].map(home)) | set(pairs["task_b"].map(home))
    found = corpus.task_matches[corpus.task_matches["grade"] == "same"]
    asserted = {frozenset(p) for p in zip(found["task_id"], found["other_task_id"], strict=True)}
    places = places_in_text(corpus.jurisdictions, lang)
    lists = [places[j] for j in dict.fromkeys(home) if j in measured]
    return say(
        "front.trust.reliable",
        lang,
        accuracy=float(accuracy.iloc[0]),
        checked=float(accuracy.iloc[1]),
        coded=len(coded),
        places=join((places[j] for j in dict.fromkeys(coded.map(home))), "items", lang),
        lists=join(lists, "items", lang),
        precision=said["same_precision"].value,
        held=held["same_precision"],
        found=held["same_recall"],
        possible=said["possible_precision"].value,
        asserted=len(asserted),
        outside=sum(not {home[task] for task in pair} <= measured for pair in asserted),
    )
