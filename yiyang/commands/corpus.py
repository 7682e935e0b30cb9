"""Add documents to a corpus of one's own, and list them in its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiyang.commands.common import (
    HERE,
    OPEN_QUESTIONS,
    OUT,
    Corpus,
    Limit,
    Strict,
    bad_input_ends,
    refusal_is_said,
)
from yiyang.core import places
from yiyang.reading import catalogues, questions, single, sources
from yiyang.safety import atomic_write
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import csv_text, terminal
from yiyang.safety.later import pd
from yiyang.safety.opening import read_bytes
from yiyang.safety.telling import counted, tell

if TYPE_CHECKING:
    from yiyang.reading.documents import Document

# fmt: off
CATALOGUE = (
    "file_name", "title", "code", "jurisdiction_en", "date_issued", "issuing_agency",
    "document_number", "document_type", "note",
)
# fmt: on
CATALOGUE_FILE = "catalogue.csv"


def add(  # noqa: PLR0913, PLR0917  (each is an option)
    files: Annotated[list[Path], typer.Argument(help=tell("commands.add_files"))],
    corpus: Corpus = HERE,
    code: Annotated[str, typer.Option(help=tell("commands.code"))] = "",
    place: Annotated[str, typer.Option(help=tell("commands.place"))] = "",
    date: Annotated[str, typer.Option(help=tell("commands.date"))] = "",
    replace: Annotated[bool, typer.Option("--replace", help=tell("commands.replace"))] = False,
    strict: Strict = False,
    limit: Limit = None,
) -> None:
    """Copy documents into a corpus and list them in its catalogue, with what their text says.

    What a person should look at is asked, worst first. A document that is listed already keeps its
    row, with all that a person wrote into it, but for what an option says; where the text says
    something else, that is told, and --replace takes it.
    """
    with bad_input_ends():
        _refuse_catalogue(corpus)
        said = {"code": _code(code, place), "date_issued": date}
        known = catalogues.said_of(said, "yiyang add")
        sources.refuse_no_place(known.get("code", ""), "yiyang add")
    taken: dict[Path, dict[str, str]] = {}
    n_open = 0
    for path in files:
        with refusal_is_said():
            name = _name_in(corpus, path)
            document = single.by_text(path, **known)
            taken[path] = {"file_name": name, **_said(document), **known}
            n_open += _asked(path, document)
    n_new = n_old = 0
    with bad_input_ends():
        if taken:
            n_new, n_old = _take(corpus, taken, {} if replace else known, replace)
    n_refused = len(set(files)) - n_new - n_old
    OUT.print(
        tell(
            "commands.added_refused",
            n_added=n_new,
            catalogue=terminal(corpus / CATALOGUE_FILE),
            n_listed=n_old,
            n_refused=n_refused,
        )
    )
    if n_refused:
        raise typer.Exit(1)
    if strict and n_open:
        raise typer.Exit(OPEN_QUESTIONS)


def _asked(path: Path, document: Document) -> int:
    """Print what was read of a document and what it leaves open; return how much that is."""
    tasks = counted("task", len(document.tasks))
    found = tell("commands.tasks_sure", tasks=tasks, confidence=document.reading.confidence)
    OUT.print(f"{terminal(path.name)}: {found}", highlight=False)
    asked = questions.of(document)
    for question in asked:
        OUT.print(f"  ? {terminal(question)}", style="cyan", soft_wrap=True)
    return len(asked)


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


def _take(
    corpus: Path, taken: dict[Path, dict[str, str]], known: dict[str, str], replace: bool
) -> tuple[int, int]:
    """Copy files and list them; return how many are new, and how many the catalogue listed
    already. Nothing is copied that is not listed.

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
                with refusal_is_said():
                    if _copy(path, target := corpus / row["file_name"]):
                        copied.append(target)
                    rows.append(row)
            if rows:
                list_documents(corpus, rows)
        except BaseException:
            for path in copied:
                path.unlink(missing_ok=True)
            raise
    n_old = sum(row["file_name"] in listed for row in rows)
    return len(rows) - n_old, n_old


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
            text = tell(
                "commands.stays_text_says_replace",
                file_name=old["file_name"],
                key=key,
                stands=stands,
                value=value,
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


def _said(document: Document) -> dict[str, str]:
    """What the catalogue says of a document, from its own text."""
    record = document.record
    names = ("title", "date_issued", "issuing_agency", "document_number", "document_type")
    code = "" if record.code == places.UNKNOWN else record.code
    return {"code": code, **{name: getattr(record, name) or "" for name in names}}


def list_documents(corpus: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write the catalogue anew, the given documents added or replaced in their places, whole or not
    at all."""
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
        lying = [name for name in sources.document_files(corpus) if name not in own]
        old = [{"file_name": _listable(name, corpus / name)} for name in lying]
    columns = list(dict.fromkeys([*CATALOGUE, *(key for row in old for key in row)]))
    listed = [own.pop(row["file_name"], row) for row in old]
    listed += own.values()
    cells = [[row.get(column, "") for column in columns] for row in listed]
    text = csv_text(pd.DataFrame(cells, columns=columns))
    sources.listed(catalogues.parse(text.encode(), path), str(path))
    return text
