"""Refer to one task as a paper does: the document, the task, its lines, and yiyang's version."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, get_args

import yiyang
from yiyang.core import cutting
from yiyang.safety.errors import refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

Corpus: TypeAlias = Any
"""`core.corpus.Corpus`, which imports this module."""
Form = Literal["text", "bibtex", "csl"]


Whose: TypeAlias = Callable[[str, dt.date | None], str]


def cite(corpus: Corpus, task_id: str, form: Form, whose_date: Whose) -> str:
    """Return the reference to a task as `text`, `bibtex` or `csl` (JSON of the Citation Style
    Language, which Zotero and pandoc read). What the document does not state is left out;
    `whose_date` tells whether it prints its date (`reading.metadata.whose`).

    Raises
    ------
    InputError
        For an unknown task or form.
    """
    if form not in get_args(Form):
        raise refusal("cite.form", "corpus.cite", form=form, known=", ".join(get_args(Form)))
    cutting.tasks(corpus.tasks, [task_id])
    said = _said(corpus, task_id, whose_date)
    return {"text": _text, "bibtex": _bibtex, "csl": _csl}[form](said)


def _said(corpus: Corpus, task_id: str, whose_date: Whose) -> dict[str, Any]:
    """What the parts of a reference are made of; empty where the document says nothing."""
    task = corpus.tasks.set_index("task_id").loc[task_id]
    document = corpus.documents.set_index("document_id").loc[task["document_id"]]
    place = corpus.jurisdictions.set_index("jurisdiction").loc[task["jurisdiction"]]
    first, last = int(task["line_start"]), int(task["line_end"])
    lines = "" if not first else f"line {first}" if first == last else f"lines {first}-{last}"
    document = document.astype(object).where(document.notna(), "")
    date = document["date_issued"]
    whose = whose_date(str(document["date_printed"]), date.date() if date else None)
    return {
        "task_id": task_id,
        "title": " ".join(str(document["title"]).split()),
        "author": document["issuing_agency"] or place["name_zh"],
        "number": document["document_number"],
        "date": date.date().isoformat() if date else "",
        "whose_date": whose and tell(f"core.date_{whose}", printed=document["date_printed"]),
        "seq": int(task["seq"]),
        "file": document["file_name"],
        "lines": lines,
        "sha256": document["sha256"],
        "version": yiyang.__version__,
    }


def _text(said: dict[str, Any]) -> str:
    dated = said["date"] + said["whose_date"] or tell("core.no_date")
    number = f" {said['number']}" if said["number"] else ""
    where = ", ".join(
        filter(None, (f"task {said['seq']}", f"{said['file']} {said['lines']}".strip()))
    )
    own = said | {"dated": dated, "number": number, "where": where, "sha": said["sha256"][:12]}
    return tell("core.cited", **own)


# what TeX reads as a command: & % $ # _ { } ~ ^ and the backslash
_TEX = expression(r"[&%$#_{}]")


def _tex(text: object) -> str:
    plain = str(text).replace("\\", r"\textbackslash ").replace("~", " ").replace("^", " ")
    return _TEX.sub(lambda mark: "\\" + mark[0], plain)


def _bibtex(said: dict[str, Any]) -> str:
    where = f"task {said['seq']}, {said['file']} {said['lines']}".strip()
    fields = {
        "author": f"{{{_tex(said['author'])}}}",
        "title": _tex(said["title"]),
        "year": said["date"][:4],
        "date": said["date"],
        "number": _tex(said["number"]),
        "note": _tex(tell("core.read_as", where=where, **said) + said["whose_date"]),
    }
    rows = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{{said['task_id']},\n{rows}}}"


def _csl(said: dict[str, Any]) -> str:
    item: dict[str, Any] = {
        "id": said["task_id"],
        "type": "legislation",
        "title": said["title"],
        "author": [{"literal": said["author"]}],
        "language": "zh",
        "note": f"task {said['seq']}, {said['file']} {said['lines']}".strip()
        + tell("core.read_by", **said)
        + said["whose_date"],
    }
    if said["number"]:
        item["number"] = said["number"]
    if said["date"]:
        item["issued"] = {"date-parts": [[int(part) for part in said["date"].split("-")]]}
    return json.dumps([item], ensure_ascii=False, indent=2)
