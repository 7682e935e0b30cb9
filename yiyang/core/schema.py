"""Read, check and write the tables: where they lie and what they hold.

`schema.yaml` is the one description of every table. From it come the strict pandera checks, the
types of the dataframes and the `datapackage.json` for readers who use other tools.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import yaml

from yiyang.safety import atomic_write, escaping
from yiyang.safety.errors import refusal
from yiyang.safety.later import pd
from yiyang.safety.telling import counted, tell

Rows = list[dict[str, Any]]
"""Rows of a table as plain dictionaries: a dataframe for each document would take longer than
reading it."""

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent
"""The root of a checkout; in an installed wheel it is the folder of packages and is not used."""
CURATION = PACKAGE / "curation"
IS_INSTALLED = (PACKAGE / "data" / "raw").is_dir()
"""A wheel carries the documents, the coded samples and the notebooks inside the package."""
DATA = (PACKAGE if IS_INSTALLED else CHECKOUT) / "data"
NOTEBOOKS = (DATA if IS_INSTALLED else CHECKOUT) / "notebooks"
WORK = Path.cwd() if IS_INSTALLED else CHECKOUT
"""Where things are made: the checkout, or the working folder; nothing is written into a package."""

ROLES = ("lead", "responsible", "severally_responsible", "supporting")
"""What an agency does in a task (`assignments.role` in schema.yaml), from the most to the least; a
printed word that is none of these has the role `other`."""


def raw_folder() -> Path:
    """`data/raw` of the checkout, or the copy that an installed wheel carries."""
    return DATA / "raw"


PROCESSED = WORK / "data" / "processed"
MADE = ("report", "report-lists", "tables")
"""Folders that yiyang makes in that of a reader's documents: none of them holds any."""


@cache
def specifications() -> dict[str, dict[str, Any]]:
    """Read `schema.yaml`: name of a table -> its description, keys and fields."""
    # libyaml, where the wheel of PyYAML has it, is eight times as fast: every process reads this
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, dict[str, Any]] = yaml.load(
        (PACKAGE / "schema.yaml").read_text(encoding="utf-8"), loader
    )
    return found


def names(step: str | None = None) -> list[str]:
    """Return the names of all tables of a corpus, or of those made in one step (`base`, `analysis`,
    or `reuse`, which a large store alone has)."""
    steps = (step,) if step else ("base", "analysis")
    return [n for n, spec in specifications().items() if spec["step"] in steps]


def columns(name: str) -> list[str]:
    """Return the names of the columns of a table, in their order."""
    return [field["name"] for field in specifications()[name]["fields"]]


# Types as the standard names them -> as pandas holds them. Every one of them can be missing.
_DTYPES = {
    "string": "str",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}


def _dtype(field: Mapping[str, Any]) -> Any:
    if "categories" in field:
        return pd.CategoricalDtype(field["categories"], ordered=True)
    if field["type"] in ("integer", "boolean") and field.get("required"):
        return {"integer": "int64", "boolean": "bool"}[field["type"]]
    return _DTYPES[field["type"]]


def cast(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the columns of table `name` in their order and types.

    Empty strings become missing. A missing or a surplus column and a value that does not fit
    its type raise `InputError`.
    """
    fields, wanted = specifications()[name]["fields"], columns(name)
    if set(frame.columns) != set(wanted):
        raise refusal(
            "table.columns", f"table {name}", columns=sorted(frame.columns), wanted=wanted
        )
    return _cast_fields(name, fields, frame)


def none(name: str) -> pd.DataFrame:
    """Return table `name` without a row."""
    return _empty(specifications()[name]["fields"])


def plain(column: pd.Series) -> list[Any]:
    """List the values of a column as Python has them, `None` for what is missing."""
    return [
        None if is_missing else value
        for value, is_missing in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]


def cast_some(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of table `name` that the frame has, in their order and types."""
    fields = [f for f in specifications()[name]["fields"] if f["name"] in frame]
    return _cast_fields(name, fields, frame)


def _cast_fields(
    name: str, fields: Sequence[Mapping[str, Any]], frame: pd.DataFrame
) -> pd.DataFrame:
    if frame.empty:  # most tables of one document are: their types alone
        return _empty(fields)
    out, frame = {}, frame.reset_index(drop=True)
    for field in fields:
        column = frame[field["name"]]
        if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
            held = [None if value == "" else value for value in plain(column)]
            column = pd.Series(held, dtype=object)
        try:
            out[field["name"]] = _convert(column, field)
        except (ValueError, TypeError) as error:
            raise refusal(
                "table.value",
                tell("core.column", name=name, column=field["name"]),
                error=error,
                field=field,
            ) from error
    return pd.DataFrame(out)


def _empty(fields: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Some columns of a table, without a row; not kept, for options of pandas decide the types."""
    return pd.DataFrame({field["name"]: pd.Series(dtype=_dtype(field)) for field in fields})


def _convert(column: pd.Series, field: Mapping[str, Any]) -> pd.Series:
    if field["type"] == "boolean" and column.dtype == object:
        column = column.map({"True": True, "False": False, True: True, False: False, None: None})
    elif field["type"] == "date":
        column = pd.to_datetime(column)
    elif field["type"] in ("integer", "number") and column.dtype == object:
        column = pd.to_numeric(column)
    if "categories" in field:
        unknown = sorted({str(v) for v in column.dropna()} - set(field["categories"]))
        if unknown:
            raise ValueError(tell("core.none_of", found=unknown, known=field["categories"]))
    return column.astype(_dtype(field))


@cache
def _schema(name: str) -> Any:
    # pandera takes 0.3 s to import; only a check needs it.
    import pandera.pandas as pa  # noqa: PLC0415

    spec = specifications()[name]
    columns = {
        f["name"]: pa.Column(
            _dtype(f),
            nullable=not f.get("required", False),
            checks=[pa.Check.str_matches(f"^(?:{f['pattern']})$")] if "pattern" in f else None,
            description=f["description"],
        )
        for f in spec["fields"]
    }
    return pa.DataFrameSchema(
        columns, name=name, strict=True, ordered=True, unique=spec["primaryKey"]
    )


def check(frames: Mapping[str, pd.DataFrame]) -> None:
    """Hold every frame to its schema and every foreign key to its table; raise `InputError`."""
    import pandera.errors  # noqa: PLC0415

    for name, frame in frames.items():
        try:
            _schema(name).validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as error:
            cases = error.failure_cases[["column", "check", "failure_case", "index"]]
            raise refusal(
                "table.broken", f"table {name}", cases=cases.head(5).to_string(index=False)
            ) from error
        for column, target in specifications()[name].get("foreignKeys", {}).items():
            other, key = target.split(".")
            if other not in frames:
                continue
            strangers = sorted(set(frame[column].dropna()) - set(frames[other][key]))
            if strangers:
                raise refusal(
                    "table.strangers",
                    tell("core.column", name=name, column=column),
                    strangers=strangers[:5],
                    target=target,
                    other=other,
                )


def read_text(file: Path | TextIO, columns: Sequence[str] = (), place: str = "") -> pd.DataFrame:
    """Read a CSV file as text, nothing converted (001 stays 001, NA stays NA), empty cells empty.

    UTF-8, with or without the mark that spreadsheets write. Raises `InputError` for a file that is
    missing, empty, in another encoding, ragged, or without one of the `columns`.
    """
    place = place or str(file)
    try:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        if not isinstance(frame.index, pd.RangeIndex):  # cells without a heading, taken for names
            raise pd.errors.ParserError(
                tell("core.cells_more", cells=counted("cell", len(frame.columns)))
            )
    except FileNotFoundError as error:
        raise refusal("csv.missing", place) from error
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise refusal("csv.unreadable", place, said=" ".join(str(error).split())) from error
    missing = [name for name in columns if name not in frame]
    if missing:
        raise refusal("csv.columns", place, columns=list(frame.columns), missing=missing)
    return frame


def read_csv(name: str, path: Path) -> pd.DataFrame:
    """Return one table from a CSV file, in the types of the contract."""
    return cast(name, read_text(path).map(escaping.plain))


def read_tables(folder: Path = PROCESSED) -> dict[str, pd.DataFrame]:
    """Read all tables of a folder, cast and checked."""
    frames = {
        n: read_csv(n, folder / f"{n}.csv") for n in names() if (folder / f"{n}.csv").exists()
    }
    check(frames)
    return frames


def write(frames: Mapping[str, pd.DataFrame], folder: Path = PROCESSED) -> None:
    """Check the frames and put them into `folder` as CSV with `datapackage.json`.

    The folder is replaced as a whole once everything is written; an error leaves it as it was.
    """
    check(frames)
    with atomic_write.folder(folder) as fresh:
        for name, frame in frames.items():
            path = fresh / f"{name}.csv"
            path.write_text(escaping.csv_text(frame), encoding="utf-8", newline="")
        package = json.dumps(datapackage(list(frames)), ensure_ascii=False, indent=2)
        (fresh / "datapackage.json").write_text(package + "\n", encoding="utf-8")


def datapackage(tables: list[str]) -> dict[str, Any]:
    """Return the description of the CSV files in the terms of the Data Package standard."""
    resources = []
    for name in tables:
        spec = specifications()[name]
        fields = []
        for f in spec["fields"]:
            limits = {
                k: v
                for k, v in (("required", f.get("required")), ("pattern", f.get("pattern")))
                if v
            }
            if "categories" in f:
                limits["enum"] = f["categories"]
            fields.append(
                {"name": f["name"], "type": f["type"], "description": f["description"]}
                | (
                    {"trueValues": ["True"], "falseValues": ["False"]}
                    if f["type"] == "boolean"
                    else {}
                )
                | ({"constraints": limits} if limits else {})
            )
        foreign = [
            {"fields": [c], "reference": {"resource": t.split(".")[0], "fields": [t.split(".")[1]]}}
            for c, t in spec.get("foreignKeys", {}).items()
            if t.split(".")[0] in tables
        ]
        schema = {"fields": fields, "primaryKey": spec["primaryKey"], "missingValues": [""]}
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "description": spec["description"],
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
            }
        )
    return {
        "name": "yiyang",
        "title": tell("core.tables_title"),
        "description": tell("core.tables_note"),
        "licenses": [{"name": "CC-BY-4.0", "title": tell("core.licence")}],
        "resources": resources,
    }
