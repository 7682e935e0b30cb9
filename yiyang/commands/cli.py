"""Define the command line: `yiyang tables`, `yiyang notebooks`, `yiyang report`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import yiyang
from yiyang.commands import care, common, corpus, inspecting, reuse, run, serve
from yiyang.core import build_cache, parquet_store, schema
from yiyang.safety import atomic_write, digests, ending, escaping, extras, limits, private, settings
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.telling import counted, tell

if TYPE_CHECKING:
    from yiyang.report.progress import Row


class _App(typer.Typer):
    """The program: whatever ends it, it says so in one line (`ending`)."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        with ending.said():
            private.tidy()
            try:
                limits.current()  # a wrong setting is no fault of each document
            except InputError as error:
                typer.secho(f"yiyang: {escaping.visible(str(error))}", err=True, fg="red")
                raise SystemExit(1) from error
            return super().__call__(*args, **options)


app = _App(
    help=tell("commands.read_task_lists_chinese_governments"),
    no_args_is_help=True,
    rich_markup_mode="markdown",  # else it takes the name of an extra, `[scale]`, for a style
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _step(title: str, work: Callable[[], Any]) -> Any:
    """Do one step and say so; bad input ends the program with its one message."""
    typer.echo(f"{title} ...")
    begun = time.perf_counter()
    try:
        result = work()
    except InputError as error:
        typer.secho(f"yiyang: {escaping.visible(str(error))}", err=True, fg="red")
        raise typer.Exit(1) from error
    typer.echo(tell("commands.done", title=title, seconds=time.perf_counter() - begun))
    return result


def _tables() -> None:
    from yiyang import build  # noqa: PLC0415  (the help should come at once)

    frames = build.load().all()
    schema.write(frames)
    typer.echo("  " + ", ".join(f"{name} {len(frame)}" for name, frame in frames.items()))


def _tables_if_due() -> None:
    """The tables, unless those that lie there were written from the same documents and code."""

    def stamp() -> str:
        return digests.of([build_cache.origins(), digests.of_files(schema.PROCESSED)])

    if build_cache.is_current("tables", stamp()):
        typer.echo("  unchanged")
        return
    _tables()
    build_cache.remember("tables", stamp())


@app.command(name="tables")
def make_tables() -> None:
    """Read data/raw and write the tables to data/processed, all of them or none."""
    _step(tell("commands.tables_data_raw_data_processed"), _tables)


@app.command()
def notebooks() -> None:
    """Execute the notebooks in place and store their outputs."""
    with common.bad_input_ends():
        extras.need("report", "yiyang notebooks")
    from yiyang.report import execution  # noqa: PLC0415

    build_cache.forget(execution.STAMPS)
    folder = _own_notebooks(schema.WORK / "notebooks")
    _step(tell("commands.notebooks_executing"), lambda: execution.execute_all(folder, keep=True))


def _own_notebooks(folder: Path) -> Path:
    """The notebooks to execute in place; an installed yiyang lays its own out where none is."""
    if schema.IS_INSTALLED and not folder.exists():
        _lay_out(folder)
    return folder


def _lay_out(folder: Path) -> None:
    """Copy the notebooks without their sources: whoever edits one there edits it alone."""
    shutil.copytree(schema.NOTEBOOKS, folder, ignore=shutil.ignore_patterns("*.py"))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"yiyang {yiyang.__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=tell("commands.version")),
    ] = False,
) -> None:
    """Read the task lists of Chinese governments side by side."""


for _command in (
    *(inspecting.read, corpus.add, inspecting.check),
    *(run.run, reuse.reuse, serve.serve, care.verify, care.doctor),
):
    app.command()(_command)


OwnFolder = Annotated[
    Path | None, typer.Option("--corpus", "-c", help=tell("commands.folder_your_own_documents"))
]
Beside = Annotated[
    bool, typer.Option("--beside", help=tell("commands.your_documents_beside_yiyang_own"))
]
Places = Annotated[
    str,
    typer.Argument(
        metavar="[PLACES]",
        help=tell("commands.behind_beside_yiyang_own_lists"),
    ),
]
NoCodebook = Annotated[
    bool, typer.Option("--no-codebook", help=tell("commands.clusters_named_their_terms_place"))
]
Pages = Annotated[str, typer.Option(help=tell("commands.these_pages_your_lists_alone"))]
Fresh = Annotated[
    bool, typer.Option("--fresh", help=tell("commands.make_everything_anew_whatever_kept"))
]
Jurisdictions = Annotated[
    list[str] | None,
    typer.Option("--jurisdictions", "-j", help=tell("commands.large_corpus_names_or_codes")),
]
Encoder = Annotated[
    str,
    typer.Option(
        "--encoder",
        help=tell("commands.counterparts_with_model_e_fastembed"),
    ),
]
Pdf = Annotated[
    bool | None,
    typer.Option(help=tell("commands.whole_report_pdf_too_done")),
]
Filled = Annotated[
    Path | None,
    typer.Option(help=tell("commands.workbook_earlier_report_column_for")),
]
Claims = Annotated[
    bool, typer.Option("--claims", help=tell("commands.print_numbers_report_states_csv"))
]


@app.command()
def report(  # noqa: PLR0913  (each is an option)
    places: Places = "",
    *,
    corpus: OwnFolder = None,
    codebook: common.Codebook = None,
    no_codebook: NoCodebook = False,
    beside: Beside = False,
    fresh: Fresh = False,
    limit: common.Limit = None,
    jurisdictions: Jurisdictions = None,
    encoder: Encoder = "",
    pdf: Pdf = None,
    pages: Pages = "",
    claims: Claims = False,
    progress: Filled = None,
) -> None:
    """Make everything: tables, notebooks, and the site in report/.

    What was made here from the same documents, code and packages is kept and not made again. With
    --corpus the same over your own documents, in the folders tables and report of the corpus. Of a
    large corpus (yiyang run --out) it is a page on the whole, in its folder overview, made from
    the summaries; with -j the same over some jurisdictions, in its folders selection and report.
    With --pages the pages that rest on no notebook are made alone, in the folder report-lists.
    With --claims nothing is made: each number is printed with what chance gives, and its grade.
    With --encoder the site is made with the model's help; the stored tables and notebooks, which
    are the same on every machine, are left as they are. With --progress what people wrote into the
    workbook's column for progress is shown, and kept in the new workbook.
    """
    with common.bad_input_ends():
        extras.need("report", "yiyang report")
    common.use_encoder(encoder)
    stands = _beside(beside, places)
    named = ",".join(jurisdictions or [])
    if no_codebook:
        codebook = _of_clusters(corpus, codebook, stands, named)
    if claims:
        _print_claims(corpus, codebook, stands, named)
    elif pages:
        _some_pages(corpus, codebook, stands, named, pages)
    elif corpus and parquet_store.is_store(corpus) and not named:
        common.use_corpus(corpus, codebook, stands)
        _overview(corpus, bool(pdf))
    elif corpus:
        is_printed = _is_printed(pdf)
        common.use_corpus(corpus, codebook, stands, named)
        with common.bad_input_ends(), atomic_write.lock(corpus / "report"):
            _report_on(corpus, is_printed, _filled(progress))
    else:
        _report_here(_is_printed(pdf), fresh, is_with_encoder=bool(encoder), rows=_filled(progress))


def _filled(path: Path | None) -> list[Row]:
    """The rows of a workbook that people filled."""
    if path is None:
        return []
    from yiyang.report import progress  # noqa: PLC0415

    with common.bad_input_ends():
        rows = progress.read_workbook(path)
    typer.echo(
        tell("commands.progress_rows_filled", rows=counted("row", len(rows)), name=path.name)
    )
    return rows


def _is_printed(pdf: bool | None) -> bool:
    """Whether the PDF is made: as asked for, else where the machine has Chromium."""
    from yiyang.report import pdf as pdf_paper  # noqa: PLC0415  (the help should come at once)

    if pdf is None and pdf_paper.program() is None:
        typer.echo(tell("commands.report_no_chromium_on_this"))
        return False
    return pdf is None or pdf


def _report_here(
    pdf: bool, fresh: bool, *, is_with_encoder: bool, rows: Sequence[Row] = ()
) -> None:
    """Tables, notebooks and site of yiyang's own lists; with an encoder the site alone."""
    from yiyang import report as site  # noqa: PLC0415
    from yiyang.report import execution  # noqa: PLC0415

    if fresh:
        build_cache.forget()
    out = schema.WORK / "report"
    with common.bad_input_ends(), atomic_write.lock(out):
        if is_with_encoder:
            _site_apart(out, pdf, is_own=False, rows=rows)
            return
        folder = _own_notebooks(
            build_cache.FOLDER / f"notebooks-{digests.of_files(schema.NOTEBOOKS)[:12]}"
            if schema.IS_INSTALLED
            else schema.NOTEBOOKS
        )
        _step(tell("commands.tables_data_raw_data_processed"), _tables_if_due)
        _step(
            tell("commands.notebooks_executing"), lambda: execution.execute_all(folder, keep=True)
        )
        _step(
            tell("commands.report_building_site"),
            lambda: site.build(folder, out, keep=True, pdf=pdf, rows=rows),
        )
    typer.echo(tell("commands.open_browser", html="report/index.html"))


def _beside(is_beside: bool, places: str) -> bool | str:
    """Whether yiyang's own lists stand beside a reader's, or those of which places."""
    if places and not is_beside:
        with common.bad_input_ends():
            raise refusal("corpus.beside_whom", "yiyang report", places=places)
    return places or is_beside


def _of_clusters(
    corpus: Path | None, codebook: Path | None, beside: bool | str, named: str
) -> Path:
    """A codebook made of the clusters of a corpus, which a reader may edit and name."""
    from yiyang import build  # noqa: PLC0415
    from yiyang.themes import made_of_clusters  # noqa: PLC0415

    with common.bad_input_ends():
        if corpus is None or codebook or parquet_store.is_store(corpus):
            raise refusal("corpus.no_codebook_of_whom", "yiyang report --no-codebook")
        common.use_corpus(corpus, None, beside, named)
        folder = corpus / ".clusters"
        if not (is_edited := made_of_clusters.is_edited(folder)):
            made_of_clusters.write(build.load().tasks, folder)
    said = tell("commands.edited_hand_kept") if is_edited else tell("commands.edit_names_they_kept")
    typer.echo(tell("commands.clusters_delete_folder_make_them", folder=folder, said=said))
    return folder


def _print_claims(
    corpus: Path | None, codebook: Path | None, beside: bool | str, named: str
) -> None:
    """The table of claims as CSV; of a large corpus it needs jurisdictions."""
    from yiyang import build  # noqa: PLC0415
    from yiyang.compare import claims  # noqa: PLC0415

    with common.bad_input_ends():
        if corpus:
            common.use_corpus(corpus, codebook, beside, named)
        made = claims.table(build.load())
    typer.echo(escaping.csv_text(made.round(6)), nl=False)


def _some_pages(
    corpus: Path | None, codebook: Path | None, beside: bool | str, named: str, pages: str
) -> None:
    """Some pages of a reader's lists alone, in the folder `report-lists` of the corpus."""

    def made() -> None:
        read = common.read_and_import()
        from yiyang import report as site  # noqa: PLC0415  (it takes as long as to read)

        site.build_some(read, wanted, place)

    with common.bad_input_ends():
        if corpus is None:
            raise refusal("report.pages_of_whom", "yiyang report --pages")
        wanted = common.pages_named(pages)
        common.use_corpus(corpus, codebook, beside, named)
        place = corpus / "report-lists"
        with atomic_write.lock(place):
            _step(tell("commands.report_building_pages"), made)
    typer.echo(tell("commands.open_browser", html=place / "index.html"))


def _overview(corpus: Path, pdf: bool) -> None:
    """The page on a large corpus as a whole; it is always made anew."""
    from yiyang import report as site  # noqa: PLC0415
    from yiyang.report import overview  # noqa: PLC0415

    place = corpus / overview.FOLDER
    with common.bad_input_ends():
        if pdf:
            raise refusal("report.large_pdf", corpus)
        with atomic_write.lock(place):
            _step(
                tell("commands.report_building_overview"),
                lambda: site.build_overview(corpus, place),
            )
    typer.echo(tell("commands.open_browser_j_names_jurisdictions", html=place / "index.html"))


def _report_on(corpus: Path, pdf: bool, rows: Sequence[Row] = ()) -> None:
    """Tables, notebooks and site of a corpus, in its own folder."""
    from yiyang import build  # noqa: PLC0415

    made = corpus / ("selection" if parquet_store.is_store(corpus) else "tables")
    with private.folder() as own:

        def tables() -> None:
            read = common.read_and_import()
            schema.write(read.all(), made)
            build.keep(read, own / "tables.pickle")

        try:
            _step("tables", tables)
            # A large corpus has too many files to be asked each time whether one has changed.
            keep = not parquet_store.is_store(corpus)
            _site_apart(corpus / "report", pdf, is_own=True, keep=keep, rows=rows)
        finally:
            settings.put({"KEPT": ""})


def _site_apart(
    out: Path, pdf: bool, *, is_own: bool, keep: bool = False, rows: Sequence[Row] = ()
) -> None:
    """Execute a copy of the notebooks, and make the site of it in `out`. With `keep` those that an
    earlier build of the same executed are taken, though it was cut short."""
    from yiyang import report as site  # noqa: PLC0415
    from yiyang.report import execution  # noqa: PLC0415

    with private.folder() as own:
        folder = own / "notebooks"
        _lay_out(folder)
        _step(
            tell("commands.notebooks_executing"),
            lambda: execution.execute_all(folder, is_own=is_own, keep=keep),
        )
        _step(
            tell("commands.report_building_site"),
            lambda: site.build(folder, out, pdf=pdf, rows=rows),
        )
    typer.echo(tell("commands.open_browser", html=out / "index.html"))
