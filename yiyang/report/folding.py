"""Fold long tables of a chapter, so that it can be read on a phone: one line says what is in it.

They open without a script; on paper they stand open.
"""

from __future__ import annotations

from yiyang.core.messages import SPACE, Lang, say
from yiyang.safety.escaping import escape
from yiyang.safety.later import expression

MOST = 4
"""Rows of a table that stands open, if they are short ones:"""
CELLS, LETTERS = 24, 600
"""cells and letters that it may have, one of Chinese counted as two."""
TITLE = 60
"""Letters of a caption that can stand for its table."""
# <caption>济源市</caption>
_CAPTION = expression(r"<caption>(?P<text>[^<]{1,2000})</caption>")
_ROW, _CELL = expression(r"<tr[ >]"), expression(r"<td[ >]")
_HAN = expression("[\u3400-\u9fff]")
_HEAD = expression(r"<thead[ >]")
# <style>…</style>, <td data-label="地区">
_MARKUP = expression(r"<style>[^<]*</style>|<[^<>]*>")


def fold(html: str, lang: Lang) -> str:
    """Fold the table in `html`, where it is long; all else is left as it is.

    What says what the table holds is its caption, which is HTML already, and its number of rows.
    """
    rows = len(_ROW.findall(html)) - len(_HEAD.findall(html))
    text = _MARKUP.sub("", html)
    is_short = rows <= MOST and len(_CELL.findall(html)) <= CELLS
    if "<table" not in html or (is_short and len(text) + len(_HAN.findall(text)) <= LETTERS):
        return html
    caption = _CAPTION.search(html)
    told = caption["text"] if caption and len(caption["text"]) <= TITLE else ""
    kind = "captioned" if told else "plain"
    space = SPACE[lang] if told else ""
    summary = f"{told}{space}{escape(say(f'chapter.fold.{kind}', lang, n=rows))}"
    return f'<details class="yy-fold yy-{kind}"><summary>{summary}</summary>\n{html}\n</details>'


def folded(summary: str, text: str) -> str:
    """Fold MyST text behind a line of plain text that says what it is."""
    # The blank lines end the HTML, so that what stands between is Markdown again.
    begin = f'<details class="yy-fold"><summary>{escape(summary)}</summary>'
    return f"{begin}\n\n{text}\n\n</details>"
