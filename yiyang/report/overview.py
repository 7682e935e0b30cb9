"""Write the page on a large corpus as a whole, made from its summaries: no task is read for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from yiyang.charts import agencies as agency_charts
from yiyang.charts import deadlines as deadline_charts
from yiyang.charts import style
from yiyang.charts import themes as theme_charts
from yiyang.compare import coverage, summaries
from yiyang.core import parquet_store, store_parts
from yiyang.core.messages import LANGS, Lang, label, names, phrase
from yiyang.report import chapters, reused
from yiyang.safety.escaping import Markup
from yiyang.show import tables as show_tables
from yiyang.show.paragraphs import lists

FOLDER = "overview"
GROUPS = ("province", "year")
MOST = 25
"""Agencies that are drawn, those with the most tasks."""
REASONS = 20
"""Kinds of failures that are listed; the others are added up."""


class Counts(NamedTuple):
    """The summaries of a corpus by their names, what its last run said, and the tables that name
    themes and agencies."""

    of: dict[str, pd.DataFrame]
    run: dict[str, Any]
    themes: pd.DataFrame
    agencies: pd.DataFrame


def gather(folder: Path) -> Counts:
    """Read the counts of a corpus from the folder of `yiyang run`."""
    return Counts(
        {name: parquet_store.summary(folder, name) for name in parquet_store.SUMMARIES},
        store_parts.read_json(folder / "run.json", {"failures": {...: int}}),
        *(
            parquet_store.read_table(n, folder / "tables" / f"{n}.parquet")
            for n in ("themes", "agencies")
        ),
    )


def write_sources(folder: Path, work: Path) -> None:
    """Write the source of the page in both editions, for Sphinx."""
    counts = gather(folder)
    for lang in LANGS:
        target = work / lang / "source"
        target.mkdir(parents=True)
        tables = {"provinces": provinces(counts, lang), "reasons": reasons(counts, lang)}
        for name, table in tables.items():
            text = str(show_tables.table(table, lang, headings=_headings(table, lang)).data)
            (target / f"{name}.html").write_text(text, encoding="utf-8")
        marks = {"@FINDING@": lists.reading_of_many(counts.of["reading"], lang)}
        marks |= {f"@{n.upper()}@": _placed(n, f, target) for n, f in drawn(counts, lang)}
        marks |= {"@REUSE@": reused.section(folder, lang)}
        marks |= {"@LEAST@": str(summaries.LEAST), "@FILES@": _files(lang)}
        chapters.fill(FOLDER, lang, marks, target, "index")


def provinces(counts: Counts, lang: Lang) -> pd.DataFrame:
    """List what was read. One row is a province: what was read of its documents, and how fully."""
    read = summaries.reading(counts.of["reading"], "province")
    table = read[["documents", "unread", "without_tasks", "tasks"]].copy()
    table.insert(0, "province", read["province"].map(_names(read, "province", lang)))
    for name, part, whole in (
        ("unnamed", "unnamed", "tasks"),
        ("unknown_units", "unknown_units", "units"),
    ):
        shares = zip(read[part], read[whole], strict=True)
        table[name] = [f"{n / of:.1%}" if of else "—" for n, of in shares]
    return table


def reasons(counts: Counts, lang: Lang) -> pd.DataFrame:
    """List failures. One row is a reason why documents could not be read, the commonest first."""
    listed = list(counts.run["failures"].items())
    rows = [(phrase(kind, lang), n) for kind, n in listed[:REASONS]]
    if rest := sum(n for _, n in listed[REASONS:]):
        rows.append((label("overview.other_reasons", lang), rest))
    return pd.DataFrame(
        rows or [(label("overview.none", lang), 0)], columns=["reason", "documents"]
    )


def drawn(counts: Counts, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Draw the charts of the page, by their names."""
    style.apply()
    for by in GROUPS:
        table = summaries.themes(counts.of["themes"], by, counts.themes)
        fig, ax = style.figure(width=2.8 + 0.22 * max(table[by].nunique(), 16), height=6.4)
        theme_charts.heat(table, summaries.named(table[by], by), counts.themes, ax, lang)
        yield f"themes_{by}", fig
    carried = summaries.workloads(counts.of["workloads"], counts.of["reading"], counts.agencies)
    table = carried.nlargest(MOST, "tasks")
    fig, ax = style.figure(width=7.2, height=1.6 + 0.24 * len(table))
    agency_charts.workload_of_all(table, counts.agencies, ax, lang)
    yield "workloads", fig
    for by in GROUPS:
        table = summaries.states(counts.of["coverage"], by)
        # Years in their order, provinces in that of their dated shares.
        order = list(dict.fromkeys(table[by])) if by == "year" else coverage.ranked(table)
        fig, ax = style.figure(width=7.2, height=1.8 + 0.26 * len(order))
        deadline_charts.coverage(table, _names(table, by, lang)[order], ax, lang)
        yield f"coverage_{by}", fig


def _names(table: pd.DataFrame, by: str, lang: Lang) -> pd.Series:
    return names(summaries.named(table[by], by), lang)


def _headings(table: pd.DataFrame, lang: Lang) -> dict[str, str]:
    return {column: label(f"overview.{column}", lang) for column in table.columns}


def _placed(name: str, fig: Figure, target: Path) -> str:
    """The chart, stored beside the page, as MyST text."""
    import matplotlib.pyplot as plt  # noqa: PLC0415

    (target / f"{name}.svg").write_text(style.svg(fig), encoding="utf-8")
    plt.close(fig)
    return chapters.figure(f"{name}.svg", str(fig.get_label()))


def _files(lang: Lang) -> str:
    """The summaries to download, as HTML."""
    items = (
        Markup('<li><a href="../summary/{0}.csv" download>{0}.csv</a> {1}</li>').format(
            name, label(f"summary.{name}", lang)
        )
        for name in parquet_store.SUMMARIES
    )
    return Markup("<ul>{}</ul>").format(Markup("").join(items))
