"""Write the report in Word: A4, contents, the findings with charts and tables, the brief of every
place, links to the pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from yiyang.compare import stated, workloads
from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, SPACE, Lang, join, label, names, say, short_names
from yiyang.report import downloads, findings, front, governments, your_lists
from yiyang.report import word_brief as brief
from yiyang.safety import escaping

if TYPE_CHECKING:
    from yiyang.report.findings import Finding

BODY = "Body Text"
MARGIN = 2.2
"""Centimetres."""
UPRIGHT = 4
"""Parts on upright sheets; the briefs that follow lie on their side."""
DEPARTMENTS = 20
"""Departments in the table; all are in the workbook."""


def write_all(corpus: Corpus, folder: Path) -> None:
    """Write the document in both languages."""
    for lang in LANGS:
        write(corpus, lang, folder / f"yiyang-findings.{lang}.docx")


def write(corpus: Corpus, lang: Lang, path: Path) -> None:
    """Write the document, for further editing in Word."""
    paper = _paper(escaping.visible(your_lists.title(corpus, lang)))
    parts = _parts(corpus, lang)
    _contents(paper, [title for title, _ in parts], lang)
    for number, (title, add) in enumerate(parts):
        if number == UPRIGHT:
            brief.on_side(paper.add_section())
        paper.add_heading(title, 1).paragraph_format.page_break_before = number > UPRIGHT
        add(paper)
    paper.save(str(path))
    downloads.fix_times(path)


def _parts(corpus: Corpus, lang: Lang) -> list[tuple[str, Callable[[Any], None]]]:
    """The parts of the document: the title of each, and what adds it."""
    upright = {
        "downloads.paper.stated": _stated,
        "downloads.paper.findings": _findings,
        "downloads.paper.departments": _departments,
        "downloads.trust": _trust,
    }
    parts: list[tuple[str, Callable[[Any], None]]] = [
        (label(key, lang), partial(add, corpus=corpus, lang=lang)) for key, add in upright.items()
    ]
    places = list(dict.fromkeys(corpus.tasks["jurisdiction"]))
    if len(places) in range(2, front.MOST + 1):
        for place in places:
            add = partial(_brief, corpus=corpus, place=place, lang=lang)
            parts.append((brief.titled(corpus, place, lang), add))
    return parts


def _paper(title: str) -> Any:
    from docx import Document  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    paper = Document()
    style = paper.styles["Normal"]
    # The size of tables; what is read in paragraphs is larger.
    style.font.name, style.font.size = downloads.FONT, Pt(8)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), downloads.FONT)
    style.paragraph_format.space_after = Pt(2)
    for name in (BODY, "List Bullet"):
        paper.styles[name].font.size = Pt(10.5)
        paper.styles[name].paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1", "Heading 2"):
        heading = paper.styles[name]
        heading.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), downloads.FONT)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(MARGIN))
    paper.core_properties.author, paper.core_properties.title = "yiyang", title
    paper.add_heading(title, 0)
    return paper


def _contents(paper: Any, titles: list[str], lang: Lang) -> None:
    """Put in a table of contents: a field that Word fills with its pages when it is asked to, and
    until then the titles, which other programs show too."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    def mark(kind: str) -> Any:
        run = paragraph.add_run()
        char = OxmlElement("w:fldChar")
        char.set(qn("w:fldCharType"), kind)
        run._r.append(char)
        return char

    paper.add_paragraph().add_run(label("downloads.paper.contents", lang)).bold = True
    paragraph = paper.add_paragraph(style=BODY)
    mark("begin").set(qn("w:dirty"), "true")
    code = OxmlElement("w:instrText")
    code.text = 'TOC \\o "1-2" \\h \\z \\u'
    paragraph.add_run()._r.append(code)
    mark("separate")
    for title in titles:
        paragraph.add_run(title)
        paragraph = paper.add_paragraph(style=BODY)
    mark("end")


def _stated(paper: Any, corpus: Corpus, lang: Lang) -> None:
    """What each list states: the counts of the tiles."""
    counted = stated.counts(stated.tasks(corpus))
    places = names(corpus.jurisdictions, lang)
    frame = pd.DataFrame(
        {label("place", lang): counted["jurisdiction"].map(places)}
        | {label("tasks", lang): counted["tasks"]}
        | {label(f"stated.{kind}", lang): counted[kind] for kind in stated.COUNTED}
    )
    said = SPACE[lang].join([front.intro(corpus, lang), front.compared(corpus, lang)])
    _plain(paper, said.replace("**", "").replace("\n\n", "\n").replace("\n- ", "\n"))
    _table(paper, frame)
    _link(paper, f"../{lang}/index.html", lang)


def _findings(paper: Any, corpus: Corpus, lang: Lang) -> None:
    for number, found in enumerate(findings.of(corpus, lang), 1):
        paper.add_heading(escaping.visible(f"{number}. {found.sentence}"), 2)
        _chart(paper, found, corpus, lang)
        spoken = front.spoken(found, corpus, lang)
        _plain(paper, join([found.caption, spoken], "colon", lang))
        for note in filter(None, (found.note, found.results)):
            _plain(paper, findings.plain(note))
        pairs = front.own_results(corpus, lang)
        if found.claim == "promises.figures" and len(pairs):
            heads = ("front.indicator", "promised_reached", "is_same")
            _table(paper, pairs.set_axis([label(head, lang) for head in heads], axis=1))
        _link(paper, f"../{lang}/{found.chapter}.html", lang)


def _chart(paper: Any, found: Finding, corpus: Corpus, lang: Lang) -> None:
    import matplotlib.pyplot as plt  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    drawn, fig = io.BytesIO(), front.draw(found, corpus, lang)
    fig.savefig(drawn, format="png", metadata={"Software": None})
    plt.close(fig)
    paper.add_picture(io.BytesIO(downloads.with_palette(drawn.getvalue())), width=Cm(15))
    told = escaping.visible(f"{found.sentence} {front.spoken(found, corpus, lang)}")
    paper.inline_shapes[-1]._inline.docPr.set("descr", told)


def _departments(paper: Any, corpus: Corpus, lang: Lang) -> None:
    """The tasks of the departments that have the most, in each place."""
    loads = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    wide = loads.pivot_table(
        index="agency_id", columns="jurisdiction", values="tasks", fill_value=0, aggfunc="sum"
    ).astype(int)
    order = [j for j in dict.fromkeys(corpus.tasks["jurisdiction"]) if j in wide][: front.MOST]
    most = wide.sum(axis=1).sort_values(ascending=False, kind="stable").index[:DEPARTMENTS]
    short = short_names(corpus.jurisdictions, lang)
    frame = pd.DataFrame({label("agency", lang): most.map(names(corpus.agencies, lang))})
    frame[label("tasks", lang)] = wide.loc[most].sum(axis=1).to_numpy()
    for place in order:
        frame[short[place]] = wide.loc[most, place].to_numpy()
    _table(paper, frame)
    _link(paper, f"../{lang}/departments.html", lang)


def _trust(paper: Any, corpus: Corpus, lang: Lang) -> None:
    for line in front.trust(corpus, lang).split("\n"):
        paper.add_paragraph(line.removeprefix("- ").replace("**", ""), style="List Bullet")


def _brief(paper: Any, corpus: Corpus, place: str, lang: Lang) -> None:
    brief.sheet(paper, corpus, place, lang)
    _link(paper, f"../{lang}/brief-{governments.key(place)}.html", lang)


def _plain(paper: Any, text: str) -> None:
    paper.add_paragraph(escaping.visible(findings.plain(text)), style=BODY)


def _table(paper: Any, frame: pd.DataFrame) -> None:
    """A table: its head on every page, no row parted."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    table = paper.add_table(rows=1 + len(frame), cols=len(frame.columns), style="Table Grid")
    lines = [list(frame.columns), *frame.to_numpy().tolist()]
    for row, line in zip(table.rows, lines, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, value in zip(row.cells, line, strict=True):
            cell.text = escaping.visible(str(value))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _link(paper: Any, address: str, lang: Lang) -> None:
    """A line that leads to a page of the report, which lies beside the folder of the downloads."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    paragraph = paper.add_paragraph(style=BODY)
    link = OxmlElement("w:hyperlink")
    part = paper.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), part)
    run = paragraph.add_run(say("downloads.paper.link", lang, page=address.removeprefix("../")))
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)
