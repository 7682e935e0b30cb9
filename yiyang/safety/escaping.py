"""Escape text of documents where it leaves the library: no markup, formula, script or command.

The one place for it. As HTML it is escaped by `Markup`, as a cell guarded by `cell`, as a file of
CSV written by `csv_text`, as JSON (in a page, on a terminal) by `json_text`, on a terminal by
`terminal`, in Markdown by `markdown`, in an address by `address`; in all but files of CSV, which
are read again, characters that hide or turn other text are shown as what they are (`visible`).
"""

from __future__ import annotations

import csv
import json
import re
from functools import lru_cache, partial
from string import Formatter
from typing import Any
from urllib.parse import quote

import markupsafe

from yiyang.safety.later import expression, pd

# Characters that are not seen, or that change how others are seen: controls (but for tab and line
# feed), soft hyphen, zero-width and direction marks (U+202E turns "txt.exe" round), separators of
# lines that only some programs know, marks of order, halves of characters, tags.
_HIDDEN = expression(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return the text with every character seen: ESC as ␛, a turn to the left as ⟨U+202E⟩."""
    return _HIDDEN.sub(_symbol, text)


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


class Markup(markupsafe.Markup):
    """HTML; whatever text is formatted, joined or added into it is escaped and made visible."""

    @classmethod
    def escape(cls, s: Any, /) -> Markup:
        return cls(markupsafe.escape(visible(s) if _is_text(s) else s))

    def format(self, *args: Any, **kwargs: Any) -> Markup:
        """Fill the form, as `markupsafe` does; one of plain fields without its machinery, for a
        page of many tables is made of a million of these."""
        fields = _plain_fields(str(self))
        if fields is None:
            return super().format(*args, **kwargs)
        out = []
        for before, key, spec in fields:
            out.append(before)
            if key is not None:
                value = args[key] if isinstance(key, int) else kwargs[key]
                out.append(
                    value if not spec and isinstance(value, Markup) else _filled(value, spec)
                )
        return Markup("".join(out))


@lru_cache(maxsize=1_000)
def _plain_fields(form: str) -> list[tuple[str, int | str | None, str]] | None:
    """The parts of a form, each a text, the field behind it (its number or name, None behind the
    last text) and how its value is written ({:.2f}). Nothing where a field asks for more ({a.b},
    {!r}, {:{width}})."""
    parts: list[tuple[str, int | str | None, str]] = []
    asked: list[str] = []
    for before, name, spec, conversion in Formatter().parse(form):
        is_more = conversion or "{" in (spec or "")
        if is_more or (name and not name.isidentifier() and not name.isdecimal()):
            return None
        if name is None:
            parts.append((before, None, ""))
            continue
        number = asked.count("") if not name else int(name) if name.isdecimal() else name
        parts.append((before, number, spec or ""))
        asked.append(name)
    # Numbers left out here and given there: `format` refuses it.
    return None if "" in asked and any(map(str.isdecimal, asked)) else parts


def _filled(value: Any, spec: str) -> str:
    """A value as it stands in a form, escaped; HTML is not written in another way."""
    if hasattr(value, "__html_format__"):
        return str(Markup.escape(value.__html_format__(spec)))
    if hasattr(value, "__html__"):
        if spec:
            raise ValueError(spec)
        return str(Markup.escape(value.__html__()))
    return str(Markup.escape(format(value, spec)))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not hasattr(value, "__html__")


escape = Markup.escape

# What a spreadsheet computes: =HYPERLINK(…), +1, -1+1, @SUM(…), and with a full-width ＝, which
# some take for =. A sign alone (the comparator =) and a rule (---) are none.
_FORMULA = expression(r"'*[=+\-@＝＋－＠\t\r\n]+[^=+\-@＝＋－＠\t\r\n]")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might compute a text, or has taken the mark against it away."""
    return bool(_FORMULA.match(text))


def cell(text: str) -> str:
    """Write a text as a cell of a CSV: an apostrophe before what a spreadsheet might compute.

    `plain` takes it away again: what is written and read is the same text.
    """
    return f"'{text}" if is_formula(text) else text


def plain(text: str) -> str:
    """Return the text of a cell that `cell` wrote."""
    return text[1:] if text.startswith("'") and is_formula(text) else text


def cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with all its text as cells of a CSV."""
    texts = frame.select_dtypes(["object", "string", "category"]).columns
    return frame.assign(
        **{name: frame[name].map(lambda v: cell(v) if isinstance(v, str) else v) for name in texts}
    )


def csv_text(frame: pd.DataFrame) -> str:
    """Return the frame as a file of CSV, its text as cells: read again, it has the same rows."""
    written = partial(cells(frame).to_csv, index=False, lineterminator="\n", date_format="%Y-%m-%d")
    text: str = written()
    # Readers end a row at \r, too; where \n ends the rows, the writer sets no marks round it.
    return written(quoting=csv.QUOTE_ALL) if "\r" in text else text


def json_text(value: Any, **options: Any) -> str:
    """Return JSON in which no character is hidden and none ends a script: these stand as \\u202e,
    \\u003c.

    Read as JSON it is the same value.
    """
    text = json.dumps(value, ensure_ascii=False, **options)
    return re.sub(f"<|{_HIDDEN.pattern}", _json_escape, text)


def _json_escape(match: re.Match[str]) -> str:
    return json.dumps(match[0]).strip('"') if match[0] != "<" else "\\u003c"


def terminal(text: object) -> str:
    """Escape a text for the console: no sequence of it reaches the terminal, no bracket is a
    style."""
    from rich.markup import escape as without_styles  # noqa: PLC0415  (pages need none)

    return without_styles(visible(str(text)))


# What Markdown and HTML read as marks: *, _, `, [ ], < >, #, |, ~, $, & and the backslash.
_MARKS = expression(r"[\\`*_\[\]<>#|~$&]")


def markdown(text: str) -> str:
    """Escape text of a document, or a name from one, for a sentence of Markdown."""
    return _MARKS.sub(r"\\\g<0>", visible(" ".join(text.split())))


def address(text: str) -> str:
    """Escape a text as a part of an address (`?jurisdiction=济源` as `%E6%B5%8E%E6%BA%90`)."""
    return quote(visible(text), safe="")


def option(text: str) -> str:
    """Write a text as the value of an option of a MyST directive, on one line, in quotes
    (`:alt:`)."""
    return json.dumps(visible(" ".join(text.split())), ensure_ascii=False)
