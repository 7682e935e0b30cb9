"""What is shown of a document in plain values is what the preview holds in dataframes."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from yiyang.core import schema
from yiyang.safety.errors import InputError
from yiyang.show import plain, preview

FOLDERS = (schema.CHECKOUT / "tests" / "documents", schema.PACKAGE / "examples")
DOCUMENTS = [path for folder in FOLDERS for path in sorted(folder.iterdir()) if path.is_file()]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_plain_values_are_those_of_the_dataframes(path: Path) -> None:
    read = plain.read_document(path, {})
    shown, framed = plain.Plain(read), preview.of(read, path)
    assert json.dumps(shown.to_dict()) == json.dumps(framed.to_dict())
    rows = framed.rows().astype(str).to_dict("records")
    assert [{name: row[name] for name in row} for row in shown.rows()] == [
        {name: row[name] for name in ("seq", "line", "text", *schema.ROLES, "deadline")}
        for row in rows
    ]


FIELDS = {
    "day": {"name": "x", "type": "date"},
    "whole": {"name": "x", "type": "integer", "required": True},
    "number": {"name": "x", "type": "number"},
    "kind": {"name": "x", "type": "string", "categories": ["a", "b"]},
    "truth": {"name": "x", "type": "boolean"},
}


@pytest.mark.parametrize(
    ("name", "value", "held"),
    [
        ("day", dt.date(2025, 3, 1), "2025-03-01"),
        ("day", "2025-03-01", "2025-03-01"),
        ("day", "", None),
        ("whole", "761", 761),
        ("number", 5, 5.0),
        ("number", float("nan"), None),
        ("kind", "b", "b"),
        ("truth", "False", False),
        ("truth", None, None),
    ],
)
def test_a_plain_value_has_its_type(name: str, value: object, held: object) -> None:
    found = plain._value(value, FIELDS[name])
    assert (found, type(found)) == (held, type(held))


@pytest.mark.parametrize(
    ("name", "value"),
    [("day", "2025/3/1"), ("day", "2025-02-30"), ("whole", None), ("kind", "c"), ("truth", 1)],
)
def test_what_is_no_plain_value_is_left_to_the_contract(name: str, value: object) -> None:
    with pytest.raises(plain._OtherValueError):
        plain._value(value, FIELDS[name])


def test_a_table_with_a_value_of_another_type_is_refused_as_ever() -> None:
    row = dict.fromkeys(schema.columns("leftovers"), "x") | {"line": "one"}
    with pytest.raises(InputError, match="leftovers"):
        plain._cast("leftovers", [row])


SHOWN = """
import sys
from yiyang.commands import cli
sys.argv = ["yiyang", "read", sys.argv[1]]
try:
    cli.app()
except SystemExit as ended:
    assert not ended.code
print("pandas" in sys.modules)
"""


def test_a_document_is_shown_without_dataframes() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SHOWN, str(FOLDERS[0] / "levels.txt")],
        capture_output=True,
        check=True,
        text=True,
    )
    assert ran.stdout.splitlines()[-1] == "False"
