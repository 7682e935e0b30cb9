"""Hold what commands share: their options, where they print, and what ends them."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from yiyang.core import parquet_store, schema, store_parts
from yiyang.reading import sources
from yiyang.safety import limits, settings
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import json_text, terminal
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    from yiyang.core.corpus import Corpus as CorpusOfTables

Corpus = Annotated[
    Path, typer.Option("--corpus", "-c", help=tell("commands.folder_your_documents"))
]
Json = Annotated[bool, typer.Option("--json", help=tell("commands.print_json_instead_table"))]


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
        help=tell("commands.what_document_may_cost_several", names=", ".join(limits.NAMES)),
    ),
]
Codebook = Annotated[
    Path | None, typer.Option(help=tell("commands.folder_with_another_themes_csv"))
]
Strict = Annotated[
    bool, typer.Option("--strict", help=tell("commands.end_with_code_where_question"))
]
OPEN_QUESTIONS = 3
"""The exit code of `--strict` where a person has something to look at."""
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=tell("commands.print_problems_only"))]
Engine = Annotated[str, typer.Option(help=tell("commands.local_or_dask_extra_yiyang"))]
Scheduler = Annotated[str, typer.Option(help=tell("commands.address"))]
Processes = Annotated[int, typer.Option(min=0, help=tell("commands.processes_on_this_machine_one"))]
HERE = Path("corpus")
# :skull: in a document is no picture.
OUT, ERR = Console(emoji=False), Console(stderr=True, emoji=False)


PAGES = ("lists", "tasks")
"""The pages of a report that can be asked for alone; they rest on what was read, and on no
notebook."""
CALCULATORS = ("sklearn.cluster", "sklearn.feature_extraction.text", "scipy.stats")
"""What takes longest to import of all that a report needs."""


def pages_named(said: str) -> tuple[str, ...]:
    """Return the pages that a list separated by commas names; an unknown one is refused."""
    pages = tuple(page.strip() for page in said.split(",") if page.strip())
    if not pages or not set(pages) <= set(PAGES):
        raise refusal("report.no_page", "yiyang report --pages", said=said, known=",".join(PAGES))
    return pages


def read_and_import() -> CorpusOfTables:
    """Read the corpus in force, which another process does, and import meanwhile what will
    calculate with it: packages of others alone, for two modules that import each other must not be
    met half made."""
    from yiyang import build  # noqa: PLC0415  (the help should come at once)

    ahead = threading.Thread(target=lambda: [*map(import_module, CALCULATORS)])
    ahead.start()
    try:
        return build.load()
    finally:
        ahead.join()


def print_json(value: Any) -> None:
    """Print JSON; where the output cannot show a character it stands as JSON writes it: \\u4e2d."""
    text = json_text(value, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        text = json.dumps(value, indent=2)
    print(text)


def _print_refusal(error: InputError) -> None:
    ERR.print(f"yiyang: {terminal(error)}", style="red", soft_wrap=True)


@contextmanager
def bad_input_ends() -> Iterator[None]:
    """End the program on bad input, with its one message and exit code 1."""
    try:
        yield
    except InputError as error:
        _print_refusal(error)
        raise typer.Exit(1) from error


@contextmanager
def refusal_is_said() -> Iterator[None]:
    """Print the error and continue with the next file."""
    try:
        yield
    except InputError as error:
        _print_refusal(error)


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
