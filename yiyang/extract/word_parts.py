"""Name what a Word document holds beside its text, and is not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from yiyang.extract.aside import Aside
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

OBJECTS = (qn("w:object"), qn("w:drawing"), qn("w:pict"))
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_EXTENT = qn("wp:extent")
_GRAPHIC = qn("a:graphicData")
LARGE = (2_880_000, 1_800_000)
"""Width and height (8 × 5 cm, in EMU) from which a picture may hold a table; a logo is smaller."""
_REMEDY = tell("extract.look_at_this_place_document")

# How the relations of a document name its parts, what each is, and the element of one entry
_PARTS = {
    "footnotes": (tell("extract.footnote"), "w:footnote"),
    "endnotes": (tell("extract.endnote"), "w:endnote"),
    "comments": (tell("extract.comment"), "w:comment"),
    "header": (tell("extract.running_head"), "w:p"),
    "footer": (tell("extract.running_foot"), "w:p"),
}
_NUMBER = expression(r"^[\s\d—–\-·第页共/]*$")


def say(part: Any, aside: Aside) -> None:
    """Say the footnotes, comments, running heads and feet of a document, each with its words."""
    for related in part.rels.values():
        kind = _kind(related)
        if related.is_external or kind not in _PARTS:
            continue
        what, entry = _PARTS[kind]
        for words in _entries(related.target_part, entry):
            aside.add(what, words, remedy=tell("extract.read_beside_text_if_matters"))


def name_read(part: Any) -> set[str]:
    """Name the parts of a document that are read, or said by `say`."""
    own = [r.target_part for r in part.rels.values() if not r.is_external and _kind(r) in _PARTS]
    return {str(one.partname).lstrip("/") for one in (part, *own)}


def _kind(relation: Any) -> str:
    return str(relation.reltype.rsplit("/", 1)[-1])


def _entries(part: Any, entry: str) -> Iterator[str]:
    root = getattr(part, "element", None)
    if root is None:  # a part that python-docx does not know is bytes
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(part.blob, parser)
    for node in root.iter(qn(entry)):
        words = "".join(t.text or "" for t in node.iter(qn("w:t")))
        if words.strip() and not _NUMBER.match(words):
            yield words


def say_object(node: Any, aside: Aside, line: int) -> None:
    """Say an embedded document, a drawing with words of its own, or a large picture."""
    for ole in node.iter(_OLE):
        aside.add(
            tell("extract.embedded_unread", kind=ole.get("ProgID", "document")), "", line, _REMEDY
        )
    for graphic in node.iter(_GRAPHIC):
        kind = graphic.get("uri", "").rsplit("/", 1)[-1]
        if kind in ("chart", "diagram"):
            aside.add(tell(f"extract.{kind}"), "", line, _REMEDY)
        elif kind == "picture" and _is_large(node):
            aside.add(tell("extract.large_picture_unread"), "", line, _REMEDY)


def _is_large(node: Any) -> bool:
    extent = next(node.iter(_EXTENT), None)
    sizes = [extent.get(name, "") for name in ("cx", "cy")] if extent is not None else []
    return len(sizes) == len(LARGE) and all(
        size.isdecimal() and int(size) > most for size, most in zip(sizes, LARGE, strict=True)
    )
