"""Show a document's page with its signs: used, refused and unread in three colours."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from yiyang.core.messages import Lang, label, phrase
from yiyang.reading.account import Account
from yiyang.reading.judging import STATES
from yiyang.reading.signs import positions
from yiyang.safety.escaping import Markup

# A state is told by its line too, for those who do not see the colour. A page of the report takes
# no style at an element, so they stand in one block.
STYLE = Markup(
    "<style>"
    ".yy-page{max-height:32em;overflow:auto;text-align:left}.yy-page div{display:flex}"
    ".yy-line{color:#595959;min-width:3.5em;text-align:right;padding-right:1em;user-select:none}"
    ".yy-used{background:#d5ecd0;color:#111}"
    ".yy-refused{background:#e4e4e4;color:#111;text-decoration:underline dotted}"
    ".yy-unread{background:#ffc48f;color:#111;text-decoration:underline wavy}"
    "</style>"
)


def page(account: Account, lang: Lang) -> Markup:
    """Show the printed lines, each sign marked by its state, its kind and reason in its title."""
    of_line: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in account.rows:
        of_line[row["line"]].append(row)
    rows = [
        Markup('<div><span class="yy-line">{}</span><span lang="zh">{}</span></div>').format(
            line, _marked(text, of_line[line], lang)
        )
        for line, text in sorted(account.lines.items())
    ]
    return Markup('{}{}<div class="yy-page" tabindex="0">{}</div>').format(
        STYLE, _legend(account, lang), Markup("").join(rows)
    )


def _legend(account: Account, lang: Lang) -> Markup:
    parts = [
        Markup('<mark class="yy-{}">{}</mark> {}').format(
            state, label(f"sign.{state}", lang), account.count(state)
        )
        for state in STATES
    ]
    return Markup("<p>{}</p>").format(Markup(" · ").join(parts))


def _marked(text: str, rows: list[dict[str, Any]], lang: Lang) -> Markup:
    """A line with its signs marked; where one lies inside another, the outer one is."""
    places = positions(text)
    found, at = [], 0
    for row in sorted(rows, key=lambda row: (row["start"], -row["end"])):
        if row["end"] > len(places) or row["end"] <= row["start"]:
            continue
        start, end = places[row["start"]], places[row["end"] - 1] + 1
        if start < at:
            continue
        why = phrase(row["reason"], lang) if row["reason"] else row["task_id"] or ""
        if lang == "zh" and why == row["reason"]:
            why = ""  # a reason that holds words of the document has no translation
        title = f"{label('sign.' + row['kind'], lang)}{': ' if why else ''}{why}"
        found += [
            Markup("{}").format(text[at:start]),
            Markup('<mark class="yy-{}" title="{}" lang="{}">{}</mark>').format(
                row["state"], title, "zh", text[start:end]
            ),
        ]
        at = end
    return Markup("").join([*found, Markup("{}").format(text[at:])])
