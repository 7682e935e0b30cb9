"""Make tables of HTML that stack on a phone: there each cell stands under its heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from yiyang.safety.escaping import Markup


def table(
    heads: Sequence[str], rows: Iterable[Sequence[Any]], kind: str = "", caption: str = ""
) -> Markup:
    """Make a table of cells under headings; `kind` is a class beside `yy-table`."""
    nothing = Markup("")
    head = nothing.join(Markup('<th scope="col">{}</th>').format(h) for h in heads)
    body = nothing.join(
        Markup("<tr>{}</tr>\n").format(
            nothing.join(
                Markup('<td data-label="{}">{}</td>').format(h, cell)
                for h, cell in zip(heads, row, strict=True)
            )
        )
        for row in rows
    )
    above = Markup("<caption>{}</caption>\n").format(caption) if caption else nothing
    form = '<table class="{}">\n{}<thead><tr>{}</tr></thead>\n<tbody>{}</tbody>\n</table>\n'
    return Markup(form).format(f"yy-table {kind}".strip(), above, head, body)
