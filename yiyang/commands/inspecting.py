"""Show what is read from documents and from all of a corpus, with what a person should look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table

from yiyang.commands.common import (
    ERR,
    HERE,
    OPEN_QUESTIONS,
    OUT,
    Corpus,
    Json,
    Limit,
    Quiet,
    Strict,
    bad_input_ends,
    print_json,
)
from yiyang.core.messages import label
from yiyang.reading import questions, single, sources
from yiyang.reading.documents import PARTS
from yiyang.reading.judging import UNREAD
from yiyang.reading.questions import Question
from yiyang.safety.errors import InputError
from yiyang.safety.escaping import terminal, visible
from yiyang.safety.telling import counted, tell

if TYPE_CHECKING:
    from yiyang.reading.account import Account
    from yiyang.reading.documents import Document


def read(
    files: Annotated[list[Path], typer.Argument(help=tell("commands.files"))],
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Show what would be taken from documents: tasks, units with roles, dates, warnings."""
    found: dict[Path, Document] = {}
    failed = 0
    for path in files:
        try:
            found[path] = single.read(path)
        except InputError as error:
            failed += 1
            ERR.print(f"yiyang: {terminal(error)}", style="red", soft_wrap=True)
    if as_json:
        from yiyang.show.preview import Preview  # noqa: PLC0415  (what has tables takes a second)

        print_json([{"file": str(path), **Preview(d, path).to_dict()} for path, d in found.items()])
    else:
        for path, document in found.items():
            _show(path, document)
    if failed:
        raise typer.Exit(1)


def _show(path: Path, document: Document) -> None:
    record, reading = document.record, document.reading
    OUT.print(f"[bold]{terminal(record.title or '—')}[/bold]  ({terminal(path.name)})")
    said = {
        "issuing_agency": record.issuing_agency,
        "document_number": record.document_number,
        "date_printed": record.date_printed,
        "date_issued": record.date_issued,
        "jurisdiction": sources.place_name(record.code),
        "layout": reading.layout,
    }
    for name, value in said.items():
        OUT.print(f"  {name}: {terminal(value or '—')}", highlight=False)
    sure = f"{reading.confidence:.0%} sure: {'; '.join(reading.reasons)}"
    OUT.print(f"  {terminal(sure)}", highlight=False, soft_wrap=True)
    table = Table("no.", "line", show_lines=True)
    for heading, share in (("task", 5), ("units", 4), ("deadline", 2)):
        table.add_column(heading, ratio=share, overflow="fold")
    roles = {role: label(f"role.{role}", "zh") for role in single.roles(document)}
    for row in single.tasks(document):
        units = "\n".join(f"{said}：{row[role]}" for role, said in roles.items() if row[role])
        table.add_row(
            *map(terminal, (str(row["seq"]), str(row["line"]), row["text"], units, row["deadline"]))
        )
    if document.tasks:
        OUT.print(table)
    for warning in reading.problems:
        OUT.print(f"  ! {terminal(warning)}", style="yellow", soft_wrap=True)
    _show_account(document.account)
    for question in questions.of(document):
        OUT.print(f"  ? {terminal(question)}", style="cyan", soft_wrap=True)
    n_left = sum(len(document.part(name)) for name in PARTS["leftovers"])
    OUT.print(
        tell(
            "commands.tasks_pieces_text_no_part",
            tasks=counted("task", len(document.tasks)),
            left=counted("piece_left", n_left),
        )
    )


UNREAD_SHOWN = 20
"""Unread signs that `read` prints; `--json` has all."""


def _show_account(account: Account) -> None:
    """Print how many signs of each kind are used, refused and unread, and the unread ones."""
    counts = account.by_kind()
    if not counts:
        return
    said = "; ".join(
        f"{kind} {' + '.join(str(n) for n in states.values())}" for kind, states in counts.items()
    )
    OUT.print(
        tell("commands.signs_used_refused_unread", said=said), highlight=False, soft_wrap=True
    )
    for row in account.unread()[:UNREAD_SHOWN]:
        sign = tell(
            "commands.line_unread",
            line=row["line"],
            kind=row["kind"],
            printed=row["printed"][:60],
            reason=row["reason"],
        )
        OUT.print(f"  · {terminal(sign)}", style="yellow", highlight=False, soft_wrap=True)


def check(
    corpus: Corpus = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
    strict: Strict = False,
    limit: Limit = None,
) -> None:
    """Read every document of a corpus and say how well, with what a person should look at, worst
    first; unreadable ones are listed one by one."""
    from yiyang.reading import documents, doubles  # noqa: PLC0415

    with bad_input_ends(), Progress(console=ERR, transient=True, disable=quiet) as progress:
        listed = set(sources.catalogue(corpus)["file_name"])
        strangers = sorted({*map(visible, sources.document_files(corpus))} - listed)
        step = progress.add_task("reading", total=len(listed))
        read = documents.read_folder(corpus, lambda _: progress.advance(step)).documents
        rows = [_checked(document) for document in doubles.once(read)]
    if as_json:
        print_json({"documents": rows, "not_listed": strangers})
    else:
        _show_check(rows, strangers, quiet)
    if any(row["layout"] == "unread" for row in rows):
        raise typer.Exit(1)
    if strict and any(row["questions"] for row in rows):
        raise typer.Exit(OPEN_QUESTIONS)


def _checked(document: Document) -> dict[str, Any]:
    """One document of a corpus: what was read, what is missing, what did not fit."""
    record, account = document.record, document.account
    units = document.rows["assignments"]
    unknown = [unit["agency_printed"] for unit in units if not unit["agency_id"]]
    missing = [
        name
        for name, value in (("code", record.code.strip("0")), ("date_issued", record.date_issued))
        if not value
    ]
    return {
        "file_name": record.file_name,
        "title": record.title,
        "layout": document.reading.layout,
        "confidence": document.reading.confidence,
        "reasons": "; ".join(document.reading.reasons),
        "tasks": len(document.tasks),
        "units": len(units),
        "unknown_units": len(unknown),
        "unknown_names": list(dict.fromkeys(unknown)),
        "deadlines": len(document.rows["deadlines"]),
        "signs": account.n_signs,
        "unread_signs": account.count(UNREAD),
        "missing": missing,
        "questions": [question._asdict() for question in questions.of(document)],
        "doubts": [doubt._asdict() for doubt in document.doubts],
        "warnings": [str(problem) for problem in document.reading.problems],
    }


WARNINGS_SHOWN = 10
"""Warnings of a document, and names of units not known, that `check` prints; `--json` has all."""


def _show_check(rows: list[dict[str, Any]], strangers: list[str], quiet: bool) -> None:
    table = Table(
        *(
            "document",
            "tasks",
            "units",
            tell("commands.not_known"),
            "dates",
            "unread",
            "sure",
            "layout",
            "missing",
        )
    )
    table.columns[0].overflow = "fold"  # cut short, haian.docx and haian.xlsx are one name
    for row in rows:
        columns = ("tasks", "units", "unknown_units", "deadlines", "unread_signs")
        numbers = (str(row[k]) for k in columns)
        sure = f"{row['confidence']:.0%}"
        table.add_row(
            terminal(row["file_name"]), *numbers, sure, row["layout"], ", ".join(row["missing"])
        )
    if not quiet:
        OUT.print(table)
    for row in sorted(rows, key=lambda row: row["confidence"]):
        without = not row["tasks"] and row["layout"] != "unread"
        asked = [f"? {Question(**question)}" for question in row["questions"]]
        told = [
            *row["warnings"],
            *([tell("commands.no_tasks", reasons=row["reasons"])] if without else []),
        ]
        more = len(told) - WARNINGS_SHOWN
        told = told[:WARNINGS_SHOWN] + (
            [tell("commands.more_yiyang_read", more=more)] if more > 0 else []
        )
        for text in [*asked, *told, *_unknown(row["unknown_names"])]:
            said = f"{row['file_name']}: {text}"
            ERR.print(terminal(said), style="yellow", soft_wrap=True)
    for name in strangers:
        ERR.print(tell("commands.not_catalogue_yiyang_add", name=terminal(name)), style="yellow")
    n_tasks = sum(row["tasks"] for row in rows)
    unread = sum(row["layout"] == "unread" for row in rows)
    OUT.print(
        tell(
            "commands.documents_tasks_not_readable",
            documents=counted("document", len(rows)),
            tasks=counted("task", n_tasks),
            unread=unread,
        )
    )


def _unknown(names: list[str]) -> list[str]:
    """The names of units of a document that are not known, in a line; none where all are."""
    more = len(names) - WARNINGS_SHOWN
    shown = names[:WARNINGS_SHOWN] + ([tell("commands.more_json", more=more)] if more > 0 else [])
    return [tell("commands.names_not_known", names="、".join(shown))] if shown else []
