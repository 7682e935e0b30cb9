"""What must hold of any input whatever: used by the tests, the fuzzing and the mutated files.

Each check takes an input, reads it, and fails (`AssertionError`) where the reading breaks a
promise; an `InputError` is a fair answer to any input and passes through.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from yiyang import agencies, extract, parse
from yiyang.core.messages import phrase, phrases
from yiyang.core.text import squash
from yiyang.extract import Block
from yiyang.grammar import dates, deadline_phrases, indicator_names, numerals, quantities
from yiyang.reading import documents, fields, sources
from yiyang.show.preview import Preview

ISSUED = date(2021, 2, 26)
"""A date of issue, from which a year that is not printed is taken."""


def check_pieces(blocks: Sequence[Block], pieces: Iterable[parse.Piece]) -> None:
    """Every character of the blocks lies in one piece of the same line."""
    printed: defaultdict[int, str] = defaultdict(str)
    for block in blocks:
        for cell in block.cells:
            printed[cell.line] += "" if cell.is_repeat else squash(cell.text)
    read: defaultdict[int, str] = defaultdict(str)
    for piece in pieces:
        read[piece.line] += "" if piece.is_shared else squash(piece.text)
    for line in printed.keys() | read.keys():
        assert sorted(printed[line]) == sorted(read[line]), line


def check_text(text: str, blocks: Iterable[Block], marks: str) -> None:
    """Every character of a text that is not white space lies in one cell; `marks` are those that
    part cells and may be missing."""
    given = Counter(squash(text))
    found = Counter(
        c
        for b in blocks
        for cell in b.cells
        if not cell.is_repeat
        for c in squash(cell.printed or cell.text)
    )
    assert not found - given, "a character that the file does not hold"
    assert set(given - found) <= set(marks), "a character of the file is in no cell"


def check_document(data: bytes, name: str) -> parse.Reading:
    """A file of any kind, through blocks and pieces to its tables."""
    page = extract.blocks(data, name)
    if page.kind == "text":
        check_text(extract.text.decode(data, name)[0], page.blocks, "|")
    elif page.kind == "csv":
        check_text(extract.text.decode(data, name)[0], page.blocks, ',;|\t，"')
    record = documents.completed(sources.record(name, {}), page.blocks, data)
    reading = parse.read(record, page.blocks, name)
    check_pieces(page.blocks, reading.pieces)
    assert 0 <= reading.confidence <= 1
    tasks = parse.tasks(record, reading.pieces, reading.layout)
    assert all(task["text"].strip() for task in tasks)
    assert [task["seq"] for task in tasks] == list(range(1, len(tasks) + 1))
    mentions, left = (of(record, reading.pieces) for of in (parse.mentions, parse.leftovers))
    found = fields.rows(record, tasks, mentions, left)
    named = {task["task_id"] for task in tasks}
    assert {row["task_id"] for name in NAMED for row in found[name]} <= named
    return reading


NAMED = ("assignments", "deadlines", "targets")
"""Tables whose rows belong to a task."""


def check_units(text: str, default_role: str | None = None) -> agencies.UnitList:
    """A printed list of units: units and skipped pieces put together are the text."""
    reading = agencies.read_units(text, default_role)
    found = [(u.start, u.end, u.printed) for u in reading.units]
    found += [(s.start, s.end, s.text) for s in reading.skipped]
    for start, end, printed in found:
        assert text[start:end] == printed
    assert "".join(printed for _, _, printed in sorted(found)) == text
    for unit in reading.units:
        known = agencies.resolve(unit.name)
        assert known.name == unit.name
        assert (known.agency_id is None) == (known.rule is None)
    return reading


# Two English words side by side, outside of what is quoted
_ENGLISH = re.compile(r"(?<![\w.-])[a-z]{2,} [a-z]{2,}(?![\w.-])")


def only_in_english(read: Preview) -> list[str]:
    """What a preview tells its readers and has no Chinese: warnings, reasons, questions."""
    told = [phrase(warning, "zh") for warning in read.warnings]
    told += phrases(read.reasons, "zh")
    told += [phrase(str(reason), "zh") for reason in {*read.leftovers["reason"]}]
    told += [phrase(str(reason), "zh") for reason in {*read.signs["reason"]}]
    told += [phrase(question.answer, "zh") for question in read.questions]
    return [text for text in told if _ENGLISH.search(re.sub("“[^”]*”|`[^`]*`", "", text))]


def check_times(text: str) -> None:
    """Times in a cell and in a text lie in it, in order, and end no sooner than they begin."""
    for found in (
        deadline_phrases.in_cell(text, ISSUED),
        deadline_phrases.in_text(text, ISSUED),
        deadline_phrases.in_text(text, None),
    ):
        for time in found:
            assert 0 <= time.begin <= time.end <= len(text)
            assert not (time.start and time.due) or time.start <= time.due
            assert time.kind in ("", "by_date", "period", "recurring", "ongoing", "procedural")
    for read in (dates.point, dates.span):
        days = read(numerals.fold(text), 2021)
        assert not (days and days.first and days.last) or days.first <= days.last


def check_figures(text: str) -> None:
    """Figures lie in their text, in order, each with what it measures."""
    assert len(numerals.fold(text)) == len(text)
    found = quantities.find(text)
    assert len(indicator_names.indicators(text, found)) == len(found)
    at = 0
    for quantity in found:
        assert at <= quantity.begin <= quantity.number < quantity.end <= len(text)
        assert quantity.high is None or quantity.comparator in (">=", "<=", "=", "about", "change")
        assert quantity.comparator in (">=", "<=", "=", "about", "change")
        at = quantity.end
    with suppress(ValueError):
        assert numerals.read(text) >= 0
