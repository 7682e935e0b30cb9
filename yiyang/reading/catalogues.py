"""Read the catalogue: what it says of each document that the document's own text does not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from numbers import Integral
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import yaml

from yiyang.core import schema
from yiyang.core.text import writable
from yiyang.extract.text import decode
from yiyang.grammar import dates, numerals
from yiyang.safety import escaping, limits, opening
from yiyang.safety.errors import refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# What a catalogue may leave out, and what stands there instead; found in the text where it can be.
DEFAULTS = {
    "document_id": "",
    "jurisdiction": "",
    "code": "",
    "jurisdiction_en": "",
    "title": "",
    "document_number": "",
    "document_type": "",
    "issuing_agency": "",
    "date_issued": "",
    "date_printed": "",
    "is_complete": "True",
    "is_double": "",
    "layout": "",
    "original_file_name": "",
    "sha256": "",
    "n_bytes": "",
    "note": "",
}
NAMES = ("catalogue.csv", "catalogue.yaml", "catalogue.yml")
COLUMNS = ("file_name", *DEFAULTS)

# CON, nul.txt, com1.docx, con .txt, COM¹.txt, conin$: devices of Windows, whatever ending they bear
_DEVICE = expression(r"^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)", re.I)
# What no name of a file may hold somewhere: < > : " | ? * and control characters
_UNSAFE = expression(r"[<>:\"|?*\\\x00-\x1f\x7f]")
# chaoyang-case, 511724_2021, 朝阳区.重点任务: names that are parts of pages, links and files
_NAME = r"\w[\w.-]{0,79}"
_SHOWN = 80
"""Characters of a wrong value that a message shows."""


def written(folder: Path) -> Path | None:
    """Return the file of the catalogue of a folder; None where nobody wrote one."""
    return next((path for name in NAMES if _is_there(path := folder / name)), None)


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def line_of(path: Path, file_name: str) -> int:
    """Tell on which line of a catalogue a document stands; 0 where it cannot be said."""
    text = decode(opening.read_bytes(path.parent, path.name), str(path))[0]
    lines = enumerate(text.splitlines(), 1)
    return next((n for n, line in lines if file_name in line), 0)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a catalogue, as text, their dates as 2024-05-31; what is left out is no
    key.

    Raises `InputError` for a file that is none, breaks a limit, or has other columns than
    `COLUMNS`, and by its row for a document without its file, a path that leads out of the folder,
    and a value of another form than it has in the table `documents`.
    """
    return parse(opening.read_bytes(path.parent, path.name), path)


def parse(data: bytes, path: Path) -> list[dict[str, str]]:
    """Return the rows of a catalogue, as `rows` gives them, from its bytes."""
    is_csv = path.suffix == ".csv"
    read = _of_csv if is_csv else _of_yaml
    try:
        limits.hold("catalogue_bytes" if is_csv else "yaml_bytes", len(data), "limit.bytes")
        found = read(decode(data, str(path))[0], str(path))
    except limits.LimitError as error:
        raise error.at(str(path)) from error
    for n, row in enumerate(found):
        place = f"{path}, row {n + 2}" if is_csv else f"{path}, document {n + 1}"
        if not is_plain(name := row.get("file_name", "")):
            raise refusal("catalogue.file_name", place, name=name[:_SHOWN])
        found[n] = checked(row, place)  # in its place: there may be many
    return found


TITLE = 120
"""Characters of the title of a report."""


def title(folder: Path) -> str:
    """Return the title that the catalogue of a folder gives a report on it (`title:` beside
    `documents:` in `catalogue.yaml`); empty where it says none."""
    path = written(folder)
    if path is None or path.suffix == ".csv":
        return ""
    read = _loaded(decode(opening.read_bytes(folder, path.name), str(path))[0], str(path))
    said = read.get("title") if isinstance(read, dict) else ""
    return " ".join(_plain(said, str(path)).split())[:TITLE]


def checked(row: Mapping[str, str], place: str) -> dict[str, str]:
    """Tell what is said of a document, held to the forms of the table `documents`; `InputError`
    else."""
    said = {key: value for key, value in row.items() if value}
    for key, value in said.items():
        if key == "date_issued":
            right, form = _day(value), tell("expected.day")
        elif key in ("is_complete", "is_double"):  # TRUE, as Excel shows it
            right, form = _BOOLEANS.get(value.lower(), ""), tell("expected.boolean")
        elif key in _forms():
            pattern, form = _forms()[key]
            right = value if re.fullmatch(pattern, value) else ""
        else:
            continue
        if not right:
            raise refusal("catalogue.entry", place, value=value[:_SHOWN], key=key, form=form)
        said[key] = right
    return said


def said_of(known: Mapping[str, object], place: str) -> dict[str, str]:
    """Tell what a reader says of a document beside its text, held to the forms of a catalogue; a
    day may be a `date`. `InputError` for a name that no column of it bears."""
    if unknown := sorted(set(known) - set(DEFAULTS)):
        raise refusal(
            "catalogue.no_column",
            place,
            columns=", ".join(unknown),
            known=", ".join(DEFAULTS),
        )
    written = {name: _written(value, place) for name, value in known.items()}
    return checked({name: value for name, value in written.items() if value}, place)


def _written(value: object, place: str) -> str:
    """A value as a catalogue writes it; a missing one, as tables have it, is none."""
    if value is None or _is_missing(value):
        return ""
    if isinstance(value, dt.datetime):  # one of pandas too
        value = value.date()
    if not isinstance(value, str | Integral | dt.date):
        raise refusal("catalogue.value", place, kind=type(value).__name__)
    return str(value)


def _is_missing(value: object) -> bool:
    """Whether a value is NaN, NaT or NA: without pandas, which need not be there."""
    try:
        return bool(value != value)  # noqa: PLR0124
    except TypeError:  # NA is neither equal nor unequal
        return True
    except ValueError:  # an array
        return False


_BOOLEANS = {"true": "True", "false": "False"}
# 2024-05-31 00:00:00, 2024/5/31 0:00, 2024-05-31T00:00:00: as programs write a day of theirs
_TIME = expression(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
# 20240531
_EIGHT = expression(r"(\d{4})(\d\d)(\d\d)")


def _day(printed: str) -> str:
    """2024/5/31, 20240531 or 2024年5月31日 as 2024-05-31; empty where it is no day."""
    written = _TIME.sub("", numerals.fold(printed[:_SHOWN]))
    day = dates.point(_EIGHT.sub(r"\1-\2-\3", written, count=1), None)
    return str(day.first) if day and day.precision == "day" else ""


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Columns -> the pattern of their values, and what it says."""
    name = tell("expected.name")
    forms = {
        "code": ("[0-9]{6}", tell("expected.code")),
        "document_id": (_NAME, name),
        "jurisdiction": (_NAME, name),
    }
    for field in schema.specifications()["documents"]["fields"]:
        if "categories" in field:
            of = field["categories"]
            forms[field["name"]] = ("|".join(of), tell("expected.one_of", known=", ".join(of)))
        elif "pattern" in field:
            forms[field["name"]] = (
                field["pattern"],
                tell("expected.fits", pattern=field["pattern"]),
            )
        elif field["type"] == "integer":
            forms[field["name"]] = ("[0-9]{1,15}", tell("expected.number"))
    return forms


def is_plain(name: str) -> bool:
    """Tell whether the path of a catalogue leads to a place below its folder, on every system."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and name.isprintable()
        and not _UNSAFE.search(name)
        and not PurePosixPath(name).is_absolute()
        and not PureWindowsPath(name).anchor
        and not any(p == ".." or _DEVICE.match(p) or p[-1] in ". " for p in parts)
    )


def _of_csv(text: str, place: str) -> list[dict[str, str]]:
    """The rows of CSV. What would take long to be told apart is refused first."""
    text = text.lstrip()
    limits.hold("catalogue_rows", text.count("\n"), "limit.lines")
    longest = max(map(len, text.split("\n")))
    limits.hold("line_characters", longest, "limit.characters_of_line")
    with suppress(csv.Error):  # pandas says what it is
        _hold_columns(next(csv.reader(io.StringIO(text, newline="")), []), place)
    frame = schema.read_text(io.StringIO(text), ["file_name"], place)
    frame = frame.map(lambda cell: escaping.plain(cell).strip()).rename(columns=str)
    return frame.to_dict("records")


def _hold_columns(found: list[str], place: str) -> None:
    if unknown := sorted(set(found) - set(COLUMNS)):
        raise refusal(
            "catalogue.columns",
            place,
            columns=", ".join(name or tell("reading.nameless") for name in unknown)[:_SHOWN],
            known=", ".join(DEFAULTS),
        )
    if twice := [name for name, number in Counter(found).items() if number > 1]:
        raise refusal("catalogue.column_twice", place, twice=twice)


def _loaded(text: str, place: str) -> Any:
    try:
        return yaml.load(text, _PlainLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise refusal("catalogue.yaml", place, said=" ".join(str(error).split())) from error


def _of_yaml(text: str, place: str) -> list[dict[str, str]]:
    read = _loaded(text, place)
    listed = read.get("documents", []) if isinstance(read, dict) else read
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise refusal("catalogue.no_list", place)
    _hold_columns(list({str(key): None for row in listed for key in row}), place)
    return [{str(k): _plain(v, place) for k, v in row.items()} for row in listed]


class _PlainLoader(yaml.SafeLoader):
    """YAML without references: a few lines of them stand for gigabytes. What looks like a number
    (`1:1:1`, `0x1F`, `010107`) or a truth (`yes`) is a text, as it is printed."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, tell("reading.yaml_reference"), mark)
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in pairs if tag.endswith((":null", ":timestamp"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _as_text(loader: _PlainLoader, node: Any) -> str:
    return str(loader.construct_scalar(node))


for _kind in ("int", "float", "bool"):  # where the file itself asks for one: `!!int 0x1F`
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _as_text)


def _plain(value: Any, place: str) -> str:
    if isinstance(value, dict | list | set | tuple | bytes):
        raise refusal("catalogue.value", place, kind=type(value).__name__)
    return "" if value is None else writable(str(value))
