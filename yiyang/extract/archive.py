"""Look into Office files, which are archives: what is in one, and whether it is safe to unpack."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from functools import reduce
from typing import NamedTuple
from xml.parsers import expat

from yiyang.safety import limits
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

PIECE = 65_536
"""Bytes of a part that are looked through at a time."""
CUT = 200
"""Bytes of a cell that the end of a piece may cut in two."""
_PARTS = (".xml", ".rels")
EMBEDDED = ("svg", "html")
"""Roots of pictures and pages that lie in an Office file; its readers do not look into them."""
# \ufeff<?xml, <w:document, the same in two or four bytes a sign: a part that is XML, whatever its
# name, by which Word does not go
_XML = expression(rb"[\s\0\xef\xbb\xbf\xfe\xff]*(?:<|$)")
# <c r="XFD1048576" s="1"><v>, <c r="A9"><f>SUM(A1:A8)</f><v>: where a cell of a sheet stands that
# holds something
_CELL = expression(
    rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,9})(\d{1,9})[\"'][^<>]*>\s*<(?:\w+:)?(?:v|is|f)\b"
)
_PLACE = tell("extract.archive")
"""The place of an error that does not know the name of its file yet."""


def kind_of(data: bytes, name: str) -> str:
    """`docx`, `xlsx` or `ods`; `InputError` for a damaged, an oversized or another archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _hold_sizes(entries, len(data))
            _refuse_twice(entries)
            kind = _kind(archive, {entry.filename for entry in entries})
            n_elements = 0
            for entry in entries:
                n_elements += _look_through(archive, entry)
                if kind == "docx":  # the others have cells, which are counted as such
                    limits.hold("elements", n_elements, "limit.xml_elements")
    except InputError as error:
        raise error.at(name) from error
    except Exception as error:  # zipfile and zlib raise many kinds on damaged files
        raise refusal("archive.damaged", name, error=error) from error
    return kind


def holds(data: bytes, part: str) -> bool:
    """Tell whether a file is an archive with a part of this name."""
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return part in archive.namelist()


def macros(data: bytes, place: str) -> tuple[InputError, ...]:
    """Return what is to be said of an Office archive that carries programs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
            return ()
    return (refusal("file.macros", place),)


def _hold_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    expanded = sum(entry.file_size for entry in entries)
    limits.hold("archive_entries", len(entries), "limit.parts_of_archive")
    limits.hold("archive_bytes", expanded, "limit.bytes_unpacked")
    if expanded > 1_000_000:
        limits.hold("archive_ratio", expanded // packed, "limit.times_unpacked")


def _refuse_twice(entries: list[zipfile.ZipInfo]) -> None:
    """`InputError` for two parts of one name: which of them is the document, programs differ."""
    names = Counter(entry.filename.lower() for entry in entries)
    if twice := [name for name, number in names.items() if number > 1]:
        raise refusal("archive.twice", _PLACE, twice=twice)


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    """What an archive is; OpenDocument files and e-books say it in a part of their own."""
    if "word/document.xml" in names:
        return "docx"
    if any(n.startswith("xl/workbook.") for n in names):
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        with archive.open("mimetype") as part:
            said = part.read(100).decode("ascii", "replace").strip()
        if said.startswith("application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
        raise refusal("archive.kind", _PLACE, said=said)
    raise refusal("archive.no_office", _PLACE)


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many elements a part has; none in one that is no XML, or a picture or page that lies in
    the file. `InputError` for one that declares a document type, in an encoding that Office writes:
    for others their reader has to look.

    Office writes none; with one come entities, which may grow without end or name other files.
    """
    parser = expat.ParserCreate()
    is_body, is_sheet = False, "worksheets/" in entry.filename
    tail, edges = b"", Edges()

    def is_embedded(root: str) -> bool:
        return not entry.filename.endswith(_PARTS) and root.lower() in EMBEDDED

    def refuse(root: str, *_: object) -> None:
        raise _EmbeddedError if is_embedded(root) else document_type(entry.filename)

    def begin(root: str, *_: object) -> None:
        # A document type could only stand before the body.
        raise _EmbeddedError if is_embedded(root) else StopIteration

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    count = read = 0
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            if not read and not _XML.match(piece):
                return 0
            read += len(piece)
            limits.hold("archive_bytes", read, "limit.bytes_of_part", part=repr(entry.filename))
            count += piece.count(b"<") - piece.count(b"</")
            if is_sheet:
                edges = _reach(tail + piece, edges)
                edge = tell("limit.edge", row=edges.last_row, column=edges.last_column)
                limits.hold("cells", edges.cells, "limit.cells_to_edge", edge=edge)
                tail = piece[-CUT:]
            if not is_body:
                try:
                    parser.Parse(piece)
                except _EmbeddedError:
                    return 0
                # The body has begun; or a damaged part, or one in an encoding of its own.
                except (StopIteration, expat.ExpatError):
                    is_body = True
    return count


class _EmbeddedError(Exception):
    """A part is a picture or a page."""


class Edges(NamedTuple):
    """The first and the last row and column in which a cell stands; none yet where `last` is 0."""

    first_row: int = 10**9
    last_row: int = 0
    first_column: int = 10**9
    last_column: int = 0

    @property
    def cells(self) -> int:
        """Cells between them, for each of which the reader of workbooks takes memory."""
        rows, columns = self.last_row - self.first_row, self.last_column - self.first_column
        return (rows + 1) * (columns + 1) if self.last_row else 0


def _reach(xml: bytes, known: Edges) -> Edges:
    """The edges of a sheet with those of the cells in a piece of it."""
    found = _CELL.findall(xml)
    if not found:
        return known
    rows = [int(row) for _, row in found]
    columns = [
        reduce(lambda n, c: 26 * n + c - 64, letters, 0) for letters in {c for c, _ in found}
    ]
    return Edges(
        min(known.first_row, *rows),
        max(known.last_row, *rows),
        min(known.first_column, *columns),
        max(known.last_column, *columns),
    )


def document_type(part: str) -> InputError:
    """Return the refusal of a part that declares a document type."""
    return refusal("archive.doctype", _PLACE, part=part)
