"""Show a document's page with its signs: used, refused and unread in three colours."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from yiyang.core.messages import Lang, label
from yiyang.reading.account import STATES, Account
from yiyang.reading.signs import positions
from yiyang.safety.escaping import Markup

# A state is told by its line too, for those who do not see the colour.
STYLES = {
    "used": "background:#d5ecd0;color:#111",
    "refused": "background:#e4e4e4;color:#111;text-decoration:underline dotted",
    "unread": "background:#ffc48f;color:#111;text-decoration:underline wavy",
}


def page(account: Account, lang: Lang) -> Markup:
    """Show the printed lines, each sign marked by its state, its kind and reason in its title."""
    of_line: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in account.rows:
        of_line[row["line"]].append(row)
    rows = [
        Markup('<div style="display:flex"><span style="{}">{}</span><span>{}</span></div>').format(
            "color:#666;min-width:3.5em;text-align:right;padding-right:1em;user-select:none",
            line,
            _marked(text, of_line[line]),
        )
        for line, text in sorted(account.lines.items())
    ]
    return Markup('{}<div style="max-height:32em;overflow:auto;text-align:left">{}</div>').format(
        _legend(account, lang), Markup("").join(rows)
    )


def _legend(account: Account, lang: Lang) -> Markup:
    parts = [
        Markup('<mark style="{}">{}</mark> {}').format(
            STYLES[state], label(f"sign.{state}", lang), account.count(state)
        )
        for state in STATES
    ]
    return Markup("<p>{}</p>").format(Markup(" · ").join(parts))


def _marked(text: str, rows: list[dict[str, Any]]) -> Markup:
    """A line with its signs marked; where one lies inside another, the outer one is."""
    places = positions(text)
    found, at = [], 0
    for row in sorted(rows, key=lambda row: (row["start"], -row["end"])):
        if row["end"] > len(places) or row["end"] <= row["start"]:
            continue
        start, end = places[row["start"]], places[row["end"] - 1] + 1
        if start < at:
            continue
        title = f"{row['kind']}: {row['reason'] or row['task_id'] or ''}"
        found += [
            Markup("{}").format(text[at:start]),
            Markup('<mark style="{}" title="{}">{}</mark>').format(
                STYLES[row["state"]], title, text[start:end]
            ),
        ]
        at = end
    return Markup("").join([*found, Markup("{}").format(text[at:])])
