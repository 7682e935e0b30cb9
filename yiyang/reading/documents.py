"""Read a document of a catalogue, from its bytes to the rows of all its tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import Any, TypeVar

from yiyang import agencies, extract, parse
from yiyang.core import parquet_store, schema
from yiyang.core.schema import Rows
from yiyang.extract import Block, Page
from yiyang.extract import text as plain_text
from yiyang.grammar import obligations
from yiyang.reading import as_printed, fields, left_out, records, repairs, sources
from yiyang.reading.account import NOTHING, Account, settle
from yiyang.reading.confidence import judged
from yiyang.reading.judging import UNREAD
from yiyang.reading.metadata import Doubt
from yiyang.safety import opening, pool
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import pd

parse.hand_in(lambda name: agencies.resolve(name).agency_id is not None, agencies.names_units)


@dataclass(frozen=True)
class Document:
    """A document as read: what the catalogue and its own text say of it, and how it was read.

    `rows` are those of its tables by their names, and those of `fields.rows`; `account` says what
    became of every sign of a task in its printed text; `doubts` say of which values about the
    document the text leaves a question.
    """

    record: Any
    reading: parse.Reading
    rows: dict[str, Rows]
    account: Account
    doubts: tuple[Doubt, ...] = ()

    @property
    def tasks(self) -> Rows:
        return self.rows["tasks"]

    def part(self, name: str) -> Rows:
        """Return its rows of a table, or of those of `fields.rows`. The verbs of its tasks are
        graded at each question: they rest on the texts alone, and the dictionary for them takes
        longer to load than a short list to read."""
        return obligations.grade(self.tasks) if name == "obligations" else self.rows[name]


@dataclass(frozen=True)
class Curation:
    """Human judgement about the documents of a corpus: repairs, and extents of merged labels."""

    ledger: pd.DataFrame
    extents: pd.DataFrame

    def of(self, document_ids: Collection[str]) -> Curation:
        """Return the judgements about some of the documents."""
        own = (
            frame[frame["document_id"].isin(document_ids)] for frame in (self.ledger, self.extents)
        )
        return Curation(*own)

    @cached_property
    def repairs(self) -> dict[str, list[Any]]:
        """Return `document_id` -> the rows of the ledger."""
        return repairs.by_document(self.ledger)

    @cached_property
    def extents_of(self) -> dict[str, pd.DataFrame]:
        """Return `document_id` -> the extents of its merged labels."""
        return {str(name): rows for name, rows in self.extents.groupby("document_id")}


JUDGEMENTS = ("repairs.csv", "label_extents.csv")
"""The files that hold them, beside the documents."""


@dataclass(frozen=True)
class NotJudged:
    """No judgement about any document."""

    repairs: Mapping[str, list[Any]] = field(default_factory=dict)
    extents_of: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def curation(folder: Path, is_held: bool) -> Curation:
    """Return the judgements about the documents of a folder, from its own `repairs.csv` and
    `label_extents.csv`. Documents held to their catalogue are yiyang's own (`is_held`): theirs come
    with the library.
    """
    own = schema.CURATION if is_held else folder
    ledger, extents = (own / name for name in JUDGEMENTS)
    return Curation(
        repairs.ledger(ledger if ledger.is_file() else None),
        repairs.extents(extents if extents.is_file() else None),
    )


def table(read: Sequence[Document]) -> pd.DataFrame:
    """Return the table `documents`: one row is a document as read."""
    rows = []
    for document in read:
        row = {name: getattr(document.record, name, "") for name in schema.columns("documents")}
        row |= {
            "layout": document.reading.layout,
            "n_tasks": len(document.tasks),
            "n_signs": document.account.n_signs,
            "n_unread": document.account.count(UNREAD),
            "confidence": document.reading.confidence,
            "reasons": "; ".join(document.reading.reasons),
            "status": left_out.status(document.reading.layout, document.rows["left_out"]),
            "left_aside": left_out.said(document.rows["left_out"]),
        }
        rows.append(row)
    return schema.cast("documents", pd.DataFrame(rows))


PARTS = {"leftovers": ("leftovers", "unknown", "left_out")}
"""The tables that several kinds of rows make."""


def frame(read: Sequence[Document], name: str) -> pd.DataFrame:
    """Return a base table of some documents, part by part."""
    rows = [row for part in PARTS.get(name, (name,)) for d in read for row in d.part(part)]
    return schema.cast(name, pd.DataFrame(rows, columns=schema.columns(name)))


def read_record(record: Any, folder: Path, curation: Curation | NotJudged) -> Document:
    """Read a document of a catalogue, repairs applied.

    A document whose catalogue names its layout is held to it: the first thing that does not fit is
    an `InputError` with its line, and so are bytes that are not those of the catalogue. Of any
    other document `reading.problems` lists what did not fit.
    """
    place = place_of(record, folder)
    try:
        data = opening.read_bytes(folder, record.file_name)
    except InputError as error:
        raise sources.not_opened(record.file_name, folder, error) from error
    is_changed = bool(record.sha256) and not sources.is_unchanged(data, record)
    is_own = folder == schema.raw_folder()
    changed = sources.changed(data, record, place, is_own) if is_changed else None
    try:
        document = _read(record, data, curation, place)
    except InputError as error:
        if changed:
            raise refusal(
                "document.changed_too", error.place, error=error, changed=changed
            ) from error
        raise
    if changed:
        raise changed
    return document


def place_of(record: Any, folder: Path) -> str:
    """Tell how errors name a document: its file and the two folders above it."""
    return PurePath(folder.parent.name, folder.name, record.file_name).as_posix()


@dataclass(frozen=True)
class Folder:
    """The documents of a folder as read, and the judgements about them."""

    documents: list[Document]
    curation: Curation


def read_folder(folder: Path, tell: Callable[[str], None] = lambda name: None) -> Folder:
    """Read the documents of a folder. One that cannot be read does not stop the others, unless it
    is held to its catalogue: it is there without tasks (`layout` is `unread`), and says why.

    `tell` is called with the name of each file once it is read.
    """
    catalogue = sources.catalogue(folder)
    is_held = bool(catalogue["layout"].any())
    judged = curation(folder, is_held)
    strangers = sorted(set(judged.ledger["document_id"]) - set(catalogue["document_id"]))
    if strangers and not is_held:
        raise refusal("repairs.strangers", folder / "repairs.csv", strangers=strangers)
    found = []
    for document in read_all(sources.records(catalogue), folder, judged):
        tell(document.record.file_name)
        found.append(document)
    return Folder(found, judged)


def read_all(records: Sequence[Any], folder: Path, judged: Curation) -> Iterator[Document]:
    """Return the documents of some records of a catalogue, in their order, as `read_folder` reads
    them."""
    reader = partial(read_or_say, folder=folder, curation=judged)
    for record, outcome in zip(records, _apart(reader, records, folder), strict=True):
        if isinstance(outcome, Document):
            yield outcome
        elif record.layout:
            raise outcome
        else:
            yield unread(record, outcome)


Said = TypeVar("Said")
EACH = 16
"""Documents for which another process is worth its start."""


def _apart(
    reader: Callable[[Any], Said], records: Sequence[Any], folder: Path
) -> Iterable[Said | InputError]:
    """What a reader says of the documents of a folder, from its process apart and within limits;
    those of yiyang, which are held to their hashes, need none."""
    is_own = folder.resolve() == schema.raw_folder().resolve()
    if is_own and all(record.sha256 for record in records):
        return map(reader, records)
    processes = min(os.cpu_count() or 1, 1 + len(records) // EACH)
    return pool.map(reader, records, name=partial(place_of, folder=folder), processes=processes)


def read_one(record: Any, folder: Path) -> Document:
    """Read a document of a folder apart; raises `InputError` where it cannot be read."""
    is_judged = any((folder / name).is_file() for name in JUDGEMENTS)
    judged = curation(folder, is_held=False) if is_judged else NotJudged()
    reader = partial(read_record, folder=folder, curation=judged)
    return pool.run(reader, record, place_of(record, folder))


def read_or_say(record: Any, folder: Path, curation: Curation) -> Document:
    """Read a document as `read_record` does; where it cannot be read, give its place and reason.

    One that is held to its catalogue still raises `InputError`. What stands in the tables as well
    (the pieces of the reading, the signs that fields hold) is left out: it need not go from process
    to process.
    """
    try:
        document = read_record(record, folder, curation)
    except InputError as error:
        if record.layout:
            raise
        return unread(record, error)
    reading = replace(document.reading, pieces=[])
    return replace(document, reading=reading, account=document.account.slim())


def refuse_none(read: Sequence[Document]) -> None:
    """Raise `InputError` where no document lists a task."""
    if not any(document.tasks for document in read):
        raise refusal(
            "corpus.no_task",
            ", ".join(document.record.file_name for document in read[:5]),
            reasons="; ".join(
                f"{d.record.file_name}: {', '.join(d.reading.reasons)}" for d in read[:3]
            ),
        )


def refuse_doubles(read: Sequence[Document]) -> None:
    """Raise `InputError` where two documents bear one name."""
    seen: set[str] = set()
    for document in read:
        name = document.record.document_id
        if name in seen:
            raise refusal("document.name_twice", document.record.file_name, name=name)
        seen.add(name)


def unread(record: Any, error: InputError) -> Document:
    """Give a document that could not be read its place in the tables: no tasks, and why."""
    reading = parse.Reading([], "unread", 0.0, (str(error),), [error])
    known, record = record, completed(record, (), b"")
    if not known.document_type:
        record = record._replace(document_type="other")
    return Document(record, reading, fields.rows(record, [], [], []), NOTHING)


def completed(record: Any, blocks: Sequence[Block], data: bytes) -> Any:
    """Return the record of a document with what its own text says, where the catalogue says
    nothing."""
    return records.completed(record, records.said(blocks), data)


def _read(record: Any, data: bytes, curation: Curation | NotJudged, place: str) -> Document:
    rows = curation.repairs.get(record.document_id, [])
    page = _blocks(record, data, rows, place)
    found, warnings = list(page.blocks), page.warnings
    is_held = bool(record.layout)
    known = record
    doubts: tuple[Doubt, ...] = ()
    if not is_held:
        said = records.said(found)
        record, doubts = records.completed(known, said, data), records.doubts(known, said)
        # What the catalogue calls a document says nothing of whether it lists tasks.
        reading = parse.read(record._replace(title=said.title or record.title), found, place)
    else:
        reading = parse.read(record, found, place)
    if not is_held:
        record = records.with_kind(record, known, found, reading.n_tasks)
    asked = [doubt.problem(place) for doubt in doubts if doubt.is_grave]
    reading = replace(reading, problems=[*warnings, *asked, *reading.problems])
    if is_held:
        _hold(record, reading, place)
    tasks = parse.tasks(record, reading.pieces, reading.layout)
    if printed := as_printed.pieces(found, reading.pieces):
        own = parse.tasks(record, printed, reading.layout)
        for task, shown in zip(tasks, own, strict=True):
            task["text_printed"] = shown["text_printed"]
    mentions = parse.mentions(record, reading.pieces)
    if tasks and record.document_id in curation.extents_of:
        extents = curation.extents_of[record.document_id]
        tasks = parse.spread_labels(pd.DataFrame(tasks), extents, place).to_dict("records")
    if tasks:
        repairs.repair_tasks(tasks, rows, place)
        repairs.repair_mentions(mentions, rows, place)
    left = parse.leftovers(record, reading.pieces)
    columns = parse.columns(record, reading.pieces)
    as_printed.add_looks(mentions, left, data, record.file_name)
    made = fields.rows(record, tasks, mentions, left, columns)
    account = settle(record.document_id, found, reading, made)
    made["signs"] = account.not_used()
    made["left_out"] = left_out.rows(record.document_id, page.left)
    if not is_held:
        reading = judged(reading, account, made, place)
    return Document(record, reading, made, account, doubts)


def _blocks(record: Any, data: bytes, rows: list[Any], place: str) -> Page:
    """The blocks of a document, and what of the file was left aside."""
    mend = partial(repairs.repair_lines, rows=rows, place=place)
    if record.layout:  # a checked document is a text in UTF-8, to the byte
        return Page([*plain_text.blocks(mend(sources.decode(data, place)))])
    return extract.blocks(data, place, mend)


def printed(record: Any, folder: Path | None = None) -> list[str]:
    """Return the lines of a document as printed (line 1 is the first); cells of a table row have
    tabs between them. It is looked for in `folder`, or in the folders that `yiyang.load()` reads.
    """
    # A row of a dataframe cannot be sent to another process.
    known = sources.record(record.file_name, {"sha256": record.sha256})
    if not folder and not record.sha256:  # a store may name any folder: its files only by hash
        return []
    for place in (
        [folder]
        if folder
        else [schema.raw_folder(), *map(parquet_store.documents_of, sources.own_folder())]
    ):
        path = place / record.file_name
        if path.is_file() and opening.is_inside(place, record.file_name):
            [lines] = _apart(partial(_lines, folder=place), [known], place)
            if isinstance(lines, InputError):
                raise lines
            if lines:
                return lines
    return []


def _lines(record: Any, folder: Path) -> list[str]:
    name = record.file_name
    data = opening.read_bytes(folder, name)
    if not sources.is_unchanged(data, record):
        return []
    if extract.kind_of(data, name) in ("text", "markdown"):
        return plain_text.decode(data, name)[0].split("\n")
    rows = extract.blocks(data, name).blocks
    lines = [""] * max((cell.line for row in rows for cell in row.cells), default=0)
    for row in rows:
        for cell in row.cells:
            if not cell.is_repeat and cell.text:
                line = lines[cell.line - 1]
                lines[cell.line - 1] = f"{line}\t{cell.text}" if line else cell.text
    return lines


def _hold(record: Any, reading: parse.Reading, place: str) -> None:
    if reading.problems:
        raise reading.problems[0]
    sources.refuse_no_place(record.code, place)
    if reading.layout != record.layout:
        raise refusal(
            "document.layout",
            place,
            reading=reading,
            reasons="; ".join(reading.reasons),
            record=record,
        )
