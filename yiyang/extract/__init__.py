"""Read a file into blocks: paragraphs and table rows, each cell with its place; one module a
format.

This floor knows formats, not meanings: what a cell says is for `parse`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from yiyang.extract import aside, dumped, shown, text
from yiyang.extract.blocks import Block, Cell, Page, paragraph
from yiyang.extract.formats import BY_KIND, PACKAGES, SUFFIXES, kind_of
from yiyang.extract.shown import Stretch
from yiyang.safety import limits
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell

__all__ = [
    "PACKAGES",
    "SUFFIXES",
    "Block",
    "Cell",
    "Page",
    "Stretch",
    "blocks",
    "kind_of",
    "paragraph",
    "text",
    "type_looks",
]


def blocks(data: bytes, name: str, mend: Callable[[str], str] = str) -> Page:
    """Return the blocks of a file. `InputError` where it is damaged or empty, of no known kind, or
    breaks one of the `limits`, which are those in force. `mend` is what repairs the text of a
    plain text.
    """
    try:
        with limits.use():
            limits.hold("file_bytes", len(data), "limit.bytes_of_file")
            if not data:
                raise refusal("file.empty", name)
            return _held(_page(data, name, mend), name)
    except limits.LimitError as error:
        raise error.at(name) from error
    except RecursionError as error:
        found = tell("extract.parts_within_parts_deeper_than")
        raise limits.LimitError("depth", found, name) from error


def type_looks(data: bytes, name: str) -> list[Stretch]:
    """Return how the type of a file looks, stretch by stretch; `InputError` where it breaks one of
    the `limits`. None is known of a file that was read and does not tell: a rule about looks stays
    unread then, and the document does not."""
    try:
        with limits.use():
            return shown.find(data, name)
    except limits.LimitError as error:
        raise error.at(name) from error
    except MemoryError:
        raise
    except Exception:  # openpyxl and others raise many kinds on files that an office program mends
        return []


def _page(data: bytes, name: str, mend: Callable[[str], str]) -> Page:
    entry = BY_KIND[kind_of(data, name)]
    if entry.is_text:
        words, encoding = text.decode(data, name)
        page = replace(entry.page()(mend(words).encode(), name), encoding=encoding)
    else:
        page = entry.page()(data, name)
    return replace(page, kind=page.kind or entry.kind)


def _held(page: Page, name: str) -> Page:
    """The page, held to the limits on what was read, its characters normalised."""
    limits.hold("blocks", len(page.blocks), "limit.rows_read")
    cells = [cell for block in page.blocks for cell in block.cells]
    longest = max((len(cell.text) for cell in cells), default=0)
    limits.hold("line_characters", longest, "limit.characters_of_cell")
    found = []
    for block in map(dumped.restore, page.blocks):
        own = tuple(cell.normal() for cell in block.cells)
        if any(cell.text for cell in own):
            found.append(block if own == block.cells else replace(block, cells=own))
    said = (*aside.unreadable(found, name), *aside.look_alikes_of(found, name))
    warnings = (*page.warnings, *said)
    if not (found or warnings or page.left):
        raise refusal("file.empty", name)
    return replace(page, blocks=tuple(found), warnings=warnings)
