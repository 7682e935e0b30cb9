"""Write the tables of the explorer's page."""

from __future__ import annotations

import numpy as np
import pandas as pd

from yiyang.core.messages import Lang, join, label, shortened
from yiyang.explorer.model import View
from yiyang.explorer.page_filters import Coded
from yiyang.safety.escaping import Markup


def heat(view: View, lang: Lang) -> Markup:
    """Lay the groups out by the columns of the axis: the tasks, shaded by their share of the
    column."""
    across = view.heat.columns[1]
    if view.heat.empty:
        return Markup("")
    counts = view.heat.pivot(index="group", columns=across, values="tasks")
    counts = counts.reindex(
        index=list(dict.fromkeys(view.heat["group"])),
        columns=list(dict.fromkeys(view.heat[across])),
    )
    shares = counts / np.maximum(counts.sum(), 1)
    most = float(shares.to_numpy().max()) or 1.0
    short = shortened(pd.Series(counts.columns, counts.columns, dtype=object), lang)
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(_to_break(name, short[name]))
        for name in counts.columns
    )
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(
            group,
            Markup("").join(
                Markup('<td class="yx-s{}">{}</td>').format(
                    round(10 * shares.at[group, c] / most), counts.at[group, c]
                )
                for c in counts.columns
            ),
        )
        for group in counts.index
    )
    form = (
        '<div class="yx-scroll" tabindex="0" role="region" aria-label="{0}">'
        '<table class="yx-heat" data-across="{1}"><caption>{0}</caption>'
        "<thead><tr><td></td>{2}</tr></thead><tbody>{3}</tbody></table></div>"
    )
    return Markup(form).format(label(f"explorer.heat.{across}", lang), across, head, rows)


def _to_break(name: str, short: str) -> Markup:
    """A head breaks behind the place above (宁夏回族自治区 / 中宁县), nowhere in a word."""
    above = name.removesuffix(short) if name.endswith(short) else ""
    return Markup("{}<wbr>{}").format(above, short) if above else Markup("{}").format(name)


def tasks(
    listed: pd.DataFrame,
    coded: Coded,
    legends: dict[str, tuple[pd.Series, dict[str, str]]],
    lang: Lang,
) -> Markup:
    """List all tasks; a row bears the numbers of what the filters choose from, and of its
    colours."""
    colours = [numbers.astype(str) for numbers, _ in legends.values()]
    of_task = [coded.of_task[name] for name in coded.values]
    names = list(coded.values)
    agencies = [
        join([coded.values["agency"][int(n)] for n in numbers.split()], "items", lang)
        for numbers in coded.of_task["agency"]
    ]
    form = '<tr data-values="{}" data-colours="{}"><th scope="row">{}</th>{}</tr>\n'
    cells = Markup('<td>{}</td><td>{}</td><td>{}</td><td lang="zh-CN">{}</td>')
    rows = Markup("").join(
        Markup(form).format(
            "|".join(numbers),
            " ".join(shades),
            task.task_id,
            cells.format(task.jurisdiction, task.group, agency, task.text),
        )
        for task, agency, numbers, shades in zip(
            listed.itertuples(),
            agencies,
            zip(*of_task, strict=True),
            zip(*colours, strict=True),
            strict=True,
        )
    )
    keys = ["task_id", "jurisdiction", "explorer.group", "agency", "text"]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(label(k, lang)) for k in keys)
    table = (
        '<table class="yx-tasks" data-fields="{}"><thead><tr>{}</tr></thead>'
        '<tbody>{}</tbody></table><button type="button" class="yx-more" hidden>{}</button>'
    )
    return Markup(table).format(" ".join(names), head, rows, label("explorer.page.more", lang))


def plain(table: pd.DataFrame, keys: list[str], lang: Lang) -> Markup:
    """Write a plain table; what comes from a document is escaped."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(label(k, lang)) for k in keys)
    body = Markup("").join(
        Markup("<tr>{}</tr>\n").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
        )
        for row in table.itertuples(index=False)
    )
    form = '<table class="yx-plain"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    return Markup(form).format(head, body)
