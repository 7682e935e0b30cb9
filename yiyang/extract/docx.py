"""Word documents (.docx): paragraphs with their automatic numbers, and tables in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx.opc.part import PartFactory, XmlPart
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from yiyang.core.text import writable
from yiyang.extract import archive
from yiyang.extract.blocks import Block, Grid, paragraph
from yiyang.extract.numbering import Numbering
from yiyang.safety.errors import InputError

P, TBL, TR, TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
T, TAB, BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
# Text that was deleted under tracked changes, and the copy of a text box for older programs.
UNSEEN = (qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Wrappers whose content stands in the body as if they were not there.
WRAPPERS = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:smartTag"))


# A document with macros (.docm) is read like one without; python-docx knows only the latter.
MACRO_ENABLED = "application/vnd.ms-word.document.macroEnabled.main+xml"
PartFactory.part_type_for[MACRO_ENABLED] = DocumentPart


def blocks(data: bytes, place: str) -> list[Block]:
    """The blocks of a document; a block's line is its number in reading order.

    Headers, footers, footnotes and comments are left out; so is deleted text.
    """
    try:
        package = Package.open(io.BytesIO(data))
        _refuse_document_types(package, place)
        document = package.main_document_part.document
        return _Reader(Numbering(document)).read(document.element.body)
    except (InputError, MemoryError, RecursionError):
        raise
    except Exception as error:  # python-docx raises what lxml, zipfile and its own parts raise
        raise InputError(
            place,
            found=f"a file that Word's format does not fit ({error})",
            expected="a .docx document",
            remedy="open it in Word or LibreOffice and save it anew as .docx",
        ) from error


def _refuse_document_types(package: Package, place: str) -> None:
    """`InputError` for a part with a document type that `archive` could not see: in an encoding
    that Office does not write. With one come entities, and the text behind an entity is lost."""
    for part in package.iter_parts():
        if isinstance(part, XmlPart) and part.element.getroottree().docinfo.internalDTD is not None:
            raise archive.document_type(part.partname.lstrip("/")).at(place)


class _Reader:
    """The blocks of one document, and the counts that its numbers need."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.found: list[Block] = []
        self.line = 0
        self.tables = 0

    def read(self, body: Any) -> list[Block]:
        for node in _content(body):
            if node.tag == P:
                text = self._text(node)
                for part in filter(None, map(str.strip, text.split("\n"))):
                    self.line += 1
                    self.found.append(paragraph(part, self.line))
            elif self._is_layout(node):
                for cell in node.iter(TC):
                    if next(cell.iterancestors(TBL)) is node:
                        self.read(cell)
            else:
                self._table(node)
        return self.found

    def _is_layout(self, table: Any) -> bool:
        """Whether a table only holds a larger one in place."""
        rows = len(table.findall(TR))
        return any(len(inner.findall(TR)) > rows for inner in table.iterdescendants(TBL))

    def _table(self, table: Any) -> None:
        self.tables += 1
        grid = Grid(self.tables)
        for row in _children(table, TR):
            self.line += 1
            grid.add_row(self.line)
            before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            if before is not None:
                grid.put("", across=_number(before))
            for cell in _children(row, TC):
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
                text = "" if goes_on else self._cell(cell)
                grid.put(text, 0 if goes_on else 1, _number(span) if span is not None else 1)
        self.found += grid.blocks()

    def _cell(self, cell: Any) -> str:
        lines = (self._text(node).strip() for node in cell.iter(P))
        return "\n".join(line for line in lines if line)

    def _text(self, node: Any) -> str:
        """The words of a paragraph, its number before them."""
        words = writable("".join(_words(node)))
        return (self.numbering.number(node) + words) if words.strip() else words


def _content(body: Any) -> Iterator[Any]:
    for node in body:
        if node.tag in (P, TBL):
            yield node
        elif node.tag in WRAPPERS:
            yield from _content(node)


def _children(node: Any, tag: str) -> Iterator[Any]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, tag)


def _words(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag in UNSEEN or child.tag == FALLBACK:
            continue
        if child.tag == T:
            yield child.text or ""
        elif child.tag == TAB:
            yield " "
        elif child.tag in BREAKS:
            yield "\n"
        else:
            yield from _words(child)
            if child.tag == P:  # a paragraph of a text box
                yield "\n"


def _number(node: Any) -> int:
    value = node.get(qn("w:val"), "1")
    return min(max(int(value), 1), 1000) if value.isdecimal() else 1
