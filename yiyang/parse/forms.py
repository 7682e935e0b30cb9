"""Find the tables of a document that ask or tell whom to call, and those that are still to be
filled in: neither lists a task, whatever stands above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse import other_tables
from yiyang.parse.headers import Columns
from yiyang.parse.shapes import is_number
from yiyang.safety.telling import tell


def find(blocks: Sequence[Block], heads: Sequence[Columns | None]) -> dict[int, str]:
    """Return the positions of the rows of such tables, with what they are; `heads` are the headers
    of tables of tasks by position."""
    found: dict[int, str] = {}
    for position, block in enumerate(blocks):
        if not block.is_row or position in found:
            continue
        words = [simplify(word) for word in map(squash, block.texts) if word]
        is_below_header = position and heads[position - 1] and blocks[position - 1].is_row
        is_of_people = not is_below_header and other_tables.is_of_people(words)
        if not is_of_people and not heads[position]:
            continue
        below = list(_below(position, blocks, heads))
        if is_of_people:
            found |= dict.fromkeys([position, *below], tell("parse.row_of_people"))
        elif below and all(_is_blank(blocks[at]) for at in below):
            found |= dict.fromkeys([position, *below], tell("parse.row_of_blank_form"))
    return found


def _below(
    position: int, blocks: Sequence[Block], heads: Sequence[Columns | None]
) -> Iterator[int]:
    """The rows below one of the same table, up to the next header."""
    for at in range(position + 1, len(blocks)):
        if not blocks[at].is_row or blocks[at].table != blocks[position].table or heads[at]:
            return
        yield at


def _is_blank(block: Block) -> bool:
    """Whether a row holds nothing, or no more than its number."""
    texts = [text for text in map(squash, block.texts) if text]
    return len(texts) <= 1 and all(map(is_number, texts))
