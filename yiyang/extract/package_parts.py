"""Name the parts of an Office file that its reader does not look into, with the words of each."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator

from lxml import etree

from yiyang.extract.aside import Aside
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

_REMEDY = tell("extract.look_at_document_itself_if")
# word/header2.xml, xl/comments1.xml, word/charts/chart1.xml: where people write words
_WORDS = expression(
    r"(?:word|xl)/(?!glossary/|styles|settings|fontTable|webSettings|numbering|theme|_rels"
    r"|workbook|worksheets/|sharedStrings|calcChain|connections|queryTables|tables/|pivot)"
    r"(?:[\w.-]+/)*[\w.-]+\.xml",
    re.I,
)
_SHEET = expression(r"xl/worksheets/[\w.-]+\.xml", re.I)
# word/embeddings/list.docx, word/afchunk.mht, xl/embeddings/oleObject1.bin
_EMBEDDED = expression(r"(?:word|xl)/(?:embeddings/.+|afchunk[\w.-]*)", re.I)
_TEXTS = frozenset(("t", "delText", "text", "v"))
_HEADS = frozenset(
    ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
)
# &L, &P, &"宋体,常规", &10: what Excel puts into its running heads
_CODES = expression(r"&(?:\"[^\"]*\"|\d+|[A-Za-z&])")
_CHINESE = expression("[\u3400-\u9fff]")


def say(data: bytes, aside: Aside, read: Collection[str] = ()) -> None:
    """Say the words of parts that are none of those `read`: heads and feet, comments, charts and
    drawings; and by its name each file that lies in this one."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if name in read or name.endswith("/"):
                continue
            if _EMBEDDED.fullmatch(name):
                aside.add(tell("extract.file_within_file_unread", name=name), "", remedy=_REMEDY)
            elif _WORDS.fullmatch(name):
                _say(name, _TEXTS, archive, aside, tell("extract.text_part", name=name))
            elif _SHEET.fullmatch(name):
                _say(name, _HEADS, archive, aside, tell("extract.running_head_or_foot"))


def _say(
    name: str, tags: Collection[str], archive: zipfile.ZipFile, aside: Aside, what: str
) -> None:
    with archive.open(name) as part:
        words = " ".join(_words(part, tags)).strip()
    if _CHINESE.search(words):  # a chart in figures alone, a page number: no words
        aside.add(what, words, remedy=_REMEDY)


def _words(part: object, tags: Collection[str]) -> Iterator[str]:
    """The text of some elements of a part, read piece by piece; none of one that is no XML."""
    found = etree.iterparse(
        part, events=("end",), resolve_entities=False, no_network=True, huge_tree=True
    )
    try:
        for _, node in found:
            if isinstance(node.tag, str) and etree.QName(node).localname in tags and node.text:
                yield _CODES.sub(" ", node.text) if tags is _HEADS else node.text
            node.clear()
    except etree.XMLSyntaxError:
        return
