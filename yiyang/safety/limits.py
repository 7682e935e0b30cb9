"""Limit what a document may cost: every limit, its default, and how a reader sets it.

Each can be set by `yiyang … --limit pages=500`, by the environment (`YIYANG_LIMIT_PAGES=500`) and
in a program (`with limits.use(pages=500):`). A document that breaks one is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace

from yiyang.safety import settings
from yiyang.safety.errors import InputError, refusal, worded
from yiyang.safety.telling import tell

PREFIX = settings.PREFIX + "LIMIT_"
_DIGITS = 30
"""Digits of a number that are looked at: of some thousand Python makes no number."""


@dataclass(frozen=True)
class Limits:
    """The limits of one document, and of the catalogue that lists it; no task list comes near any
    of them."""

    file_bytes: int = 50_000_000
    """Size of the file."""
    archive_entries: int = 10_000
    """Parts of a .docx, .xlsx or .ods, which are zip archives."""
    archive_bytes: int = 200_000_000
    """Bytes that an archive unpacks to."""
    archive_ratio: int = 200
    """Times that an archive of more than a megabyte unpacked is larger than packed."""
    elements: int = 500_000
    """Marks of a web page or of the largest part of a Word document: paragraphs, runs, cells."""
    depth: int = 500
    """Marks of a web page or Word document inside one another."""
    pages: int = 1_000
    """Pages of a PDF."""
    cells: int = 500_000
    """Cells of a workbook or of the tables of a text, empty and merged ones counted."""
    blocks: int = 200_000
    """Paragraphs and table rows of a document."""
    line_characters: int = 100_000
    """Characters of one paragraph or cell."""
    processor_seconds: int = 7
    """Processor time of the process that reads the document."""
    wall_seconds: int = 120
    """Time of the clock for the document, the conversion of a .doc included."""
    memory_bytes: int = 500_000_000
    """Memory of the process that reads, its libraries (some 150 MB) included."""
    result_bytes: int = 100_000_000
    """Size of what was read, on its way from the process that reads."""
    catalogue_bytes: int = 40_000_000
    """Size of a catalogue.csv."""
    catalogue_rows: int = 200_000
    """Lines of a catalogue.csv."""
    yaml_bytes: int = 500_000
    """Size of a catalogue.yaml, which takes fifty times as long to read."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value, most = getattr(self, field.name), most_of(field.name)
            if not 1 <= value <= most:
                raise _no_limit(
                    field.name, f"{value:,}", tell("expected.whole_number", least=1, most=most)
                )


def most_of(name: str) -> int:
    """Return the most that a limit can be: what a system can count by, and more than any machine
    has."""
    return 1_000_000 if name.endswith("_seconds") else 10**12


NAMES = tuple(field.name for field in fields(Limits))
_USED: ContextVar[Limits | None] = ContextVar("limits", default=None)


def current() -> Limits:
    """Return the limits in force: those of `use`, else the defaults with what the environment
    sets."""
    return _USED.get() or _of_environment()


def _of_environment() -> Limits:
    said = settings.every()
    given = {k.removeprefix(PREFIX).lower(): v for k, v in said.items() if k.startswith(PREFIX)}
    return _from(given)


@contextmanager
def use(limits: Limits | None = None, **changes: int) -> Iterator[Limits]:
    """Put limits in force for a block: those given, or the current ones with some changed."""
    token = _USED.set(replace(limits or current(), **changes))
    try:
        yield current()
    finally:
        _USED.reset(token)


def set_by_option(options: list[str]) -> None:
    """Put `pages=500` and the like into the environment, for this process and those it starts."""
    given = dict(option.partition("=")[::2] for option in options)
    _from(given)
    settings.put({f"LIMIT_{name.upper()}": value for name, value in given.items()})


def _from(given: dict[str, str]) -> Limits:
    for name, value in given.items():
        if name not in NAMES:
            raise _no_limit(
                name, tell("limit.no_name"), tell("expected.one_of", known=", ".join(NAMES))
            )
        if not value.isdecimal() or len(value) > _DIGITS:
            most = tell("expected.whole_number", least=1, most=most_of(name))
            raise _no_limit(name, repr(value[:_DIGITS]) + "…" * (len(value) > _DIGITS), most)
    return Limits(**{name: int(value) for name, value in given.items()})


def _no_limit(name: str, found: str, expected: str) -> InputError:
    return refusal(
        "limit.wrong", tell("limit.named", name=name), found=found, expected=expected, prefix=PREFIX
    )


class LimitError(InputError):
    """A document breaks the limit `name`: the message says how to set it."""

    def __init__(self, name: str, found: str, place: str = tell("safety.a_document")) -> None:
        most = getattr(current(), name)
        more = min(2 * most, most_of(name))
        ways = tell("limit.ways", limit=f"{name}={more}", variable=f"{PREFIX}{name.upper()}={more}")
        super().__init__(
            place, **worded("limit.broken", found=found, most=most, name=name, ways=ways)
        )


def hold(name: str, value: int, key: str, **values: object) -> None:
    """Raise `LimitError` where `value` is above the limit `name`, told as `key` (`limit.pages`).

    The readers do not know the name of their file: `extract.blocks` puts it in (`at`).
    """
    if value > getattr(current(), name):
        raise LimitError(name, tell(key, n=value, **values))
