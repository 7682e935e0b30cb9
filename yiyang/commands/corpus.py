"""Add, check and read documents of a corpus of one's own, and report over it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from yiyang.core import parquet_store, places, schema, store_parts
from yiyang.core.messages import label
from yiyang.core.schema import ROLES
from yiyang.reading import catalogues, sources
from yiyang.reading.questions import Question
from yiyang.safety import atomic_write, limits, settings
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import csv_text, json_text, terminal, visible
from yiyang.safety.opening import read_bytes

if TYPE_CHECKING:
    from yiyang.reading.documents import Document
    from yiyang.show.preview import Preview

Corpus = Annotated[Path, typer.Option("--corpus", "-c", help="The folder of your documents.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def _set_limits(given: list[str] | None) -> list[str] | None:
    with bad_input_ends():
        limits.set_by_option(given or [])
    return given


Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        callback=_set_limits,
        metavar="NAME=NUMBER",
        help=f"What a document may cost, several times: {', '.join(limits.NAMES)}.",
    ),
]
Codebook = Annotated[
    Path | None, typer.Option(help="A folder with another themes.csv and theme_seeds.csv.")
]
Strict = Annotated[bool, typer.Option("--strict", help="End with code 3 where a question is open.")]
OPEN_QUESTIONS = 3
"""The exit code of `--strict` where a person has something to look at."""
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")]
HERE = Path("corpus")
# :skull: in a document is no picture.
OUT, ERR = Console(emoji=False), Console(stderr=True, emoji=False)
# fmt: off
CATALOGUE = (
    "file_name", "title", "code", "jurisdiction_en", "date_issued", "issuing_agency",
    "document_number", "document_type", "note",
)
# fmt: on
CATALOGUE_FILE = "catalogue.csv"


def read(
    files: Annotated[list[Path], typer.Argument(help="Documents in any format and layout.")],
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Show what would be taken from documents: tasks, units with roles, dates, warnings."""
    from yiyang.show import preview  # noqa: PLC0415  (the help should come at once)

    previews: dict[Path, Preview] = {}
    failed = 0
    for path in files:
        try:
            previews[path] = preview.read(path)
        except InputError as error:
            failed += 1
            ERR.print(f"yiyang: {terminal(error)}", style="red", soft_wrap=True)
    if as_json:
        listed = [{"file": str(path), **p.to_dict()} for path, p in previews.items()]
        print_json(listed)
    else:
        for path, shown in previews.items():
            _show(path, shown)
    if failed:
        raise typer.Exit(1)


def print_json(value: Any) -> None:
    """Print JSON; where the output cannot show a character it stands as JSON writes it: \\u4e2d."""
    text = json_text(value, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        text = json.dumps(value, indent=2)
    print(text)


def _show(path: Path, shown: Preview) -> None:
    document = shown.document.astype(object).where(shown.document.notna(), "—").iloc[0]
    OUT.print(f"[bold]{terminal(document['title'])}[/bold]  ({terminal(path.name)})")
    place = {"jurisdiction": sources.place_name(shown.code)}
    said = {**document, **place}
    for name in ("issuing_agency", "document_number", "date_printed", "jurisdiction", "layout"):
        OUT.print(f"  {name}: {terminal(said[name])}", highlight=False)
    sure = f"{shown.confidence:.0%} sure: {shown.reasons}"
    OUT.print(f"  {terminal(sure)}", highlight=False, soft_wrap=True)
    table = Table("no.", "line", show_lines=True)
    for heading, share in (("task", 5), ("units", 4), ("deadline", 2)):
        table.add_column(heading, ratio=share, overflow="fold")
    for row in shown.rows().itertuples():
        named = ((label(f"role.{role}", "zh"), getattr(row, role)) for role in ROLES)
        units = "\n".join(f"{role}：{names}" for role, names in named if names)
        table.add_row(*map(terminal, (str(row.seq), str(row.line), row.text, units, row.deadline)))
    if len(shown.tasks):
        OUT.print(table)
    for warning in shown.warnings:
        OUT.print(f"  ! {terminal(warning)}", style="yellow", soft_wrap=True)
    _show_account(shown)
    for question in shown.questions:
        OUT.print(f"  ? {terminal(question)}", style="cyan", soft_wrap=True)
    n_left = len(shown.leftovers)
    OUT.print(f"  {len(shown.tasks)} tasks; {n_left} pieces of text are no part of one\n")


UNREAD_SHOWN = 20
"""Unread signs that `read` prints; `--json` has all."""


def _show_account(shown: Preview) -> None:
    """Print how many signs of each kind are used, refused and unread, and the unread ones."""
    counts = shown.sign_counts()
    if not counts:
        return
    said = "; ".join(
        f"{kind} {' + '.join(str(n) for n in states.values())}" for kind, states in counts.items()
    )
    OUT.print(f"  signs (used + refused + unread): {said}", highlight=False, soft_wrap=True)
    for row in shown.account.unread()[:UNREAD_SHOWN]:
        sign = f"line {row['line']}, {row['kind']} unread: {row['printed'][:60]} ({row['reason']})"
        OUT.print(f"  · {terminal(sign)}", style="yellow", highlight=False, soft_wrap=True)


def add(  # noqa: PLR0913, PLR0917  (each is an option)
    files: Annotated[list[Path], typer.Argument(help="Documents to take into the corpus.")],
    corpus: Corpus = HERE,
    code: Annotated[str, typer.Option(help="GB/T 2260 code of their jurisdiction.")] = "",
    place: Annotated[
        str, typer.Option(help="Its Chinese name instead, with the city above it.")
    ] = "",
    date: Annotated[str, typer.Option(help="Date of issue, 2024-05-31.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take what the text says in place of your catalogue.")
    ] = False,
    strict: Strict = False,
    limit: Limit = None,
) -> None:
    """Copy documents into a corpus and list them in its catalogue, with what their text says.

    What a person should look at is asked, worst first. A document that is listed already keeps its
    row, with all that a person wrote into it, but for what an option says; where the text says
    something else, that is told, and --replace takes it.
    """
    from yiyang.show import preview  # noqa: PLC0415

    with bad_input_ends():
        _refuse_catalogue(corpus)
        said = {"code": _code(code, place), "date_issued": date}
        known = catalogues.checked(said, "yiyang add")
    taken: dict[Path, dict[str, str]] = {}
    n_open = 0
    for path in files:
        with _refusal_is_said():
            name = _name_in(corpus, path)
            shown = preview.read(path, **known)
            taken[path] = {"file_name": name, **_said(shown), **known}
            n = f"{len(shown.tasks)} tasks, {shown.confidence:.0%} sure"
            OUT.print(f"{terminal(path.name)}: {n}", highlight=False)
            for question in shown.questions:
                OUT.print(f"  ? {terminal(question)}", style="cyan", soft_wrap=True)
            n_open += len(shown.questions)
    n_added = 0
    with bad_input_ends():
        if taken:
            n_added = _take(corpus, taken, {} if replace else known, replace)
    n_refused = len(set(files)) - n_added
    OUT.print(f"{n_added} added to {terminal(corpus / CATALOGUE_FILE)}, {n_refused} refused")
    if n_refused:
        raise typer.Exit(1)
    if strict and n_open:
        raise typer.Exit(OPEN_QUESTIONS)


def _code(code: str, place: str) -> str:
    """The code that is given, or that of the place of this name; `InputError` where none or several
    bear it."""
    if not place:
        return code
    named = places.named_at(place)
    codes = named.codes if named and named.end == len(place) else ()
    if len(codes) != 1:
        which = "、".join(f"{places.places()[c].name} ({c})" for c in codes)
        raise refusal("corpus.no_place", "yiyang add", name=place, which=which or "none")
    if code and code != codes[0]:
        raise refusal("corpus.two_places", "yiyang add", name=place, own=codes[0], code=code)
    return codes[0]


def _refuse_catalogue(corpus: Path) -> None:
    """Raise `InputError` where documents cannot be listed in `catalogue.csv`."""
    path = catalogues.written(corpus)
    if path and path.name != CATALOGUE_FILE:
        raise refusal("corpus.other_catalogue", path, catalogue_file=CATALOGUE_FILE)
    if corpus.exists() and not corpus.is_dir():
        raise refusal("corpus.not_a_folder", corpus)


def _name_in(corpus: Path, path: Path) -> str:
    """The name that a file gets in a corpus, or has there: then it is not copied."""
    real, folder = path.parent.resolve() / path.name, corpus.resolve()
    name = real.relative_to(folder).as_posix() if real.is_relative_to(folder) else path.name
    return _listable(name, path)


def _listable(name: str, place: Path) -> str:
    """The name of a document; `InputError` for one that a catalogue cannot hold."""
    if not catalogues.is_plain(name) or Path(name).name in sources.NOT_DOCUMENTS:
        raise refusal("corpus.bad_name", place, names=", ".join(sources.NOT_DOCUMENTS))
    return name


@contextmanager
def _refusal_is_said() -> Iterator[None]:
    """What refuses a file does not end the work on the others."""
    try:
        yield
    except InputError as error:
        ERR.print(f"yiyang: {terminal(error)}", style="red", soft_wrap=True)


def _take(
    corpus: Path, taken: dict[Path, dict[str, str]], known: dict[str, str], replace: bool
) -> int:
    """Copy files and list them; return how many. Nothing is copied that is not listed.

    A row that stands in the catalogue keeps its cells but for what is `known`, unless they are to
    be replaced.
    """
    copied: list[Path] = []
    rows: list[dict[str, str]] = []
    with atomic_write.lock(corpus / CATALOGUE_FILE, atomic_write.WAIT):
        listed = _listed_rows(corpus)
        for path, row in taken.items():
            if not replace and (old := listed.get(row["file_name"])):
                taken[path] = _kept(old, row, known)
            elif old := listed.get(row["file_name"]):
                taken[path] = {**old, **{key: value for key, value in row.items() if value}}
        _with_listed(corpus, [*taken.values()])
        try:
            for path, row in taken.items():
                with _refusal_is_said():
                    if _copy(path, target := corpus / row["file_name"]):
                        copied.append(target)
                    rows.append(row)
            if rows:
                list_documents(corpus, rows)
        except BaseException:
            for path in copied:
                path.unlink(missing_ok=True)
            raise
    return len(rows)


def _listed_rows(corpus: Path) -> dict[str, dict[str, str]]:
    """The rows of a catalogue by the names of their files; none where none is written."""
    path = catalogues.written(corpus)
    return {row["file_name"]: row for row in catalogues.rows(path)} if path else {}


def _kept(old: dict[str, str], read: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """The row that stands in the catalogue, with what the command itself says; where the text says
    something else than the row, that is told: a person may have set it."""
    for key, value in read.items():
        stands = old.get(key, "")
        if value and value != stands and key not in known:
            text = (
                f"{old['file_name']}: {key} stays {stands!r}, the text says {value!r} (--replace)"
            )
            OUT.print(f"  = {terminal(text)}", style="yellow", soft_wrap=True)
    return {**old, **known}


def _copy(path: Path, target: Path) -> bool:
    """Whether a file had to be put into the corpus; `InputError` where its name is taken."""
    data = read_bytes(path.parent, path.name)
    if not (target.exists() or target.is_symlink()):
        with atomic_write.file(target) as fresh:
            fresh.write_bytes(data)
        return True
    if read_bytes(target.parent, target.name) != data:
        raise refusal("corpus.name_taken", path, target=target)
    return False


def _said(shown: Preview) -> dict[str, str]:
    """What the catalogue says of a document, from its own text."""
    row = shown.document.astype(object).where(shown.document.notna(), "").iloc[0]
    date = row["date_issued"]
    code = shown.code
    return {
        "title": str(row["title"]),
        "code": "" if code == places.UNKNOWN else code,
        "date_issued": date.date().isoformat() if date else "",
        "issuing_agency": str(row["issuing_agency"]),
        "document_number": str(row["document_number"]),
        "document_type": str(row["document_type"]),
    }


def list_documents(corpus: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write the catalogue anew, the given documents added or replaced, whole or not at all."""
    text = _with_listed(corpus, rows)
    with atomic_write.file(corpus / CATALOGUE_FILE) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="")


def _with_listed(corpus: Path, rows: Sequence[dict[str, str]]) -> str:
    """The catalogue of a corpus with some documents added or replaced; `InputError` where it could
    not be read again. Without one, what lies there stays a part of the corpus."""
    path = corpus / CATALOGUE_FILE
    own = {row["file_name"]: row for row in rows}
    if catalogues.written(corpus):
        old = catalogues.rows(path)
    else:
        old = [{"file_name": _listable(n, corpus / n)} for n in sources.document_files(corpus)]
    columns = list(dict.fromkeys([*CATALOGUE, *(key for row in old for key in row)]))
    listed = [*(row for row in old if row["file_name"] not in own), *own.values()]
    cells = [[row.get(column, "") for column in columns] for row in listed]
    text = csv_text(pd.DataFrame(cells, columns=columns))
    sources.listed(catalogues.parse(text.encode(), path), str(path))
    return text


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
    from yiyang.show import preview  # noqa: PLC0415

    with bad_input_ends(), Progress(console=ERR, transient=True, disable=quiet) as progress:
        listed = set(sources.catalogue(corpus)["file_name"])
        strangers = sorted({*map(visible, sources.document_files(corpus))} - listed)
        step = progress.add_task("reading", total=len(listed))
        read = documents.read_folder(corpus, lambda _: progress.advance(step)).documents
        rows = [_checked(document, preview.of(document)) for document in doubles.once(read)]
    if as_json:
        print_json({"documents": rows, "not_listed": strangers})
    else:
        _show_check(rows, strangers, quiet)
    if any(row["layout"] == "unread" for row in rows):
        raise typer.Exit(1)
    if strict and any(row["questions"] for row in rows):
        raise typer.Exit(OPEN_QUESTIONS)


def _checked(document: Document, shown: Preview) -> dict[str, Any]:
    """One document of a corpus: what was read, what is missing, what did not fit."""
    record = document.record
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
        "tasks": len(shown.tasks),
        "units": len(shown.assignments),
        "unknown_units": int(shown.assignments["agency_id"].isna().sum()),
        "deadlines": len(shown.deadlines),
        "signs": int(shown.document["n_signs"].iloc[0]),
        "unread_signs": int(shown.document["n_unread"].iloc[0]),
        "missing": missing,
        "questions": [question._asdict() for question in shown.questions],
        "doubts": [doubt._asdict() for doubt in document.doubts],
        "warnings": list(shown.warnings),
    }


WARNINGS_SHOWN = 10
"""Warnings of a document that `check` prints; `--json` has all."""


def _show_check(rows: list[dict[str, Any]], strangers: list[str], quiet: bool) -> None:
    table = Table(
        *("document", "tasks", "units", "not known", "dates", "unread", "sure", "layout", "missing")
    )
    for row in rows:
        counted = ("tasks", "units", "unknown_units", "deadlines", "unread_signs")
        numbers = (str(row[k]) for k in counted)
        sure = f"{row['confidence']:.0%}"
        table.add_row(
            terminal(row["file_name"]), *numbers, sure, row["layout"], ", ".join(row["missing"])
        )
    if not quiet:
        OUT.print(table)
    for row in sorted(rows, key=lambda row: row["confidence"]):
        without = not row["tasks"] and row["layout"] != "unread"
        asked = [f"? {Question(**question)}" for question in row["questions"]]
        told = [*row["warnings"], *([f"no tasks: {row['reasons']}"] if without else [])]
        more = len(told) - WARNINGS_SHOWN
        told = told[:WARNINGS_SHOWN] + ([f"and {more} more (yiyang read)"] if more > 0 else [])
        for text in [*asked, *told]:
            said = f"{row['file_name']}: {text}"
            ERR.print(terminal(said), style="yellow", soft_wrap=True)
    for name in strangers:
        ERR.print(f"{terminal(name)}: not in the catalogue (yiyang add)", style="yellow")
    n_tasks = sum(row["tasks"] for row in rows)
    unread = sum(row["layout"] == "unread" for row in rows)
    OUT.print(f"{len(rows)} documents, {n_tasks} tasks, {unread} not readable")


@contextmanager
def bad_input_ends() -> Iterator[None]:
    """End the program on bad input, with its one message and exit code 1."""
    try:
        yield
    except InputError as error:
        ERR.print(f"yiyang: {terminal(error)}", style="red", soft_wrap=True)
        raise typer.Exit(1) from error


def use_corpus(
    corpus: Path, codebook: Path | None, beside: bool | str, jurisdictions: str = ""
) -> None:
    """Make this corpus the one that `yiyang.load()` gives, here and in the notebooks' kernels.

    `beside` names places of yiyang's own lists, separated by commas, or says all (True) or none.
    """
    with bad_input_ends():
        if parquet_store.is_store(corpus) and (beside or codebook):
            raise refusal("corpus.large_beside", corpus)
        if parquet_store.is_store(corpus):
            store_parts.check(corpus)
            codebook = parquet_store.codebook_of(corpus)
        else:
            sources.catalogue(corpus)
        if isinstance(beside, str):
            sources.places_named(schema.raw_folder(), beside.split(","))
    said = beside if isinstance(beside, str) else "1" if beside else "0"
    settings.put({"CORPUS": str(corpus.resolve()), "BESIDE": said})
    settings.put({"JURISDICTIONS": jurisdictions})
    use_codebook(codebook)


def use_encoder(name: str) -> None:
    """Make the encoder of this name, if one is given, that of counterparts here and below."""
    if not name:
        return
    from yiyang.matches import encoders  # noqa: PLC0415  (scikit-learn takes a second to import)

    with bad_input_ends():
        encoders.named(name)
    settings.put({"ENCODER": name})


def use_codebook(codebook: Path | None) -> None:
    """Make this codebook, if one is named, that of themes here and in all processes below."""
    if not codebook:
        return
    with bad_input_ends():
        for name in ("themes.csv", "theme_seeds.csv"):
            if not (codebook / name).is_file():
                raise refusal(
                    "corpus.no_codebook_file", codebook, name=name, folder=schema.CURATION
                )
    settings.put({"CODEBOOK": str(codebook.resolve())})
