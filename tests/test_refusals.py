"""The table of refusals and the code that raises them say the same."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from string import Formatter

import pytest
from modules import nodes
from rows import hold

from yiyang.core import curated_csv, messages, schema
from yiyang.safety import errors, telling

with (telling.CURATION / "refusals.csv").open(encoding="utf-8", newline="") as FILE:
    ROWS = list(csv.reader(FILE))
SENTENCES = {key: texts[:3] for key, *texts in ROWS[1:]}
CODE = sorted(schema.PACKAGE.rglob("*.py"))
MADERS = {"refusal": (0, ""), "worded": (0, ""), "fault": (0, "curated."), "_complain": (1, "")}
"""Functions that make an error by its key, which argument that is, and what they put before it."""


def _calls() -> Iterator[tuple[str, set[str], str]]:
    """Each call with the key that it names, the fields that it fills, and where it stands."""
    for path in CODE:
        for node in nodes(path):
            where = f"{path.name}, line {getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                at, before = MADERS.get(name, (len(node.args), ""))
                if at < len(node.args) and isinstance(key := node.args[at], ast.Constant):
                    yield before + str(key.value), {str(k.arg) for k in node.keywords}, where
            elif isinstance(node, ast.Yield) and (doubt := _doubt(node.value)):
                yield *doubt, where


def _doubt(value: ast.expr | None) -> tuple[str, set[str]] | None:
    """The key and the fields of a doubt that `reading.confidence` yields."""
    parts = value.elts if isinstance(value, ast.Tuple) else []
    if len(parts) != 3 or not isinstance(fields := parts[2], ast.Dict):
        return None
    return str(getattr(parts[1], "value", "")), {str(getattr(k, "value", "")) for k in fields.keys}


CALLS = list(_calls())


def _fields(key: str) -> set[str]:
    named = [name for text in SENTENCES[key] for _, name, *_ in Formatter().parse(text) if name]
    return {re.split(r"[.\[]", name)[0] for name in named}


def test_each_refusal_fills_the_fields_of_its_sentences() -> None:
    hold(_fills_its_fields, CALLS)


def _fills_its_fields(call: tuple[str, set[str], str]) -> None:
    key, filled, where = call
    assert key in SENTENCES, where
    assert filled == _fields(key), where


def test_the_table_holds_each_refusal_once_in_order_and_none_that_nobody_makes() -> None:
    assert ROWS[0] == ["key", *errors.PARTS, *(f"{part}_zh" for part in errors.PARTS)]
    keys = [key for key, *_ in ROWS[1:]]
    assert keys == sorted(set(keys))
    assert {len(texts) for texts in SENTENCES.values()} == {3}
    assert all(text.strip() == text != "" for texts in SENTENCES.values() for text in texts)
    code = "".join(path.read_text(encoding="utf-8") for path in CODE)
    made = {key for key, *_ in CALLS}
    assert [key for key in keys if key not in made and f'"{key}"' not in code] == []


@pytest.mark.parametrize(
    "key",
    [
        *("agencies.days", "agencies.no_names", "catalogue.no_column", "catalogue.value"),
        *("chart.one_list", "file.no_path", "messages.no_lang", "repairs.no_field"),
    ],
)
def test_what_a_caller_does_wrong_is_said_in_chinese(key: str) -> None:
    fields = dict.fromkeys(_fields(key), "3")
    said = messages.phrase(str(errors.refusal(key, "乙", **fields)), "zh")
    (row,) = (texts[3:] for other, *texts in ROWS[1:] if other == key)
    found, expected, remedy = (re.sub(r"\{\w+\}", "3", text) for text in row)
    assert said.replace("'", "") == f"乙：见到{found}；应为{expected}。处理办法：{remedy}。"


def test_no_error_is_made_beside_the_table() -> None:
    """`errors` alone has the constructor; what one of its kinds says is worded by the table too."""
    for path in CODE:
        for node in nodes(path):
            if isinstance(node, ast.Call) and path.name != "errors.py":
                assert getattr(node.func, "id", "") != "InputError", (path.name, node.lineno)
                prose = {k.arg for k in node.keywords} >= {"expected", "remedy"}
                assert not prose, (path.name, node.lineno)


def test_a_refusal_names_its_place_and_takes_braces_as_text() -> None:
    error = errors.refusal("curated.verdict", "a.csv, line 2", verdict="{oh}", known="yes, no")
    assert str(error) == (
        "a.csv, line 2: found the verdict '{oh}'; expected one of yes, no. "
        "What to do: correct the line."
    )


def test_hand_written_tables_are_read_in_one_place() -> None:
    """Whoever else opened a file of `curation/` would not say what is wrong in it."""
    readers = re.compile(r"csv\.(?:DictReader|reader)\(|read_csv\(|read_text\(")
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        if path.name in ("curated_csv.py", "errors.py") or "CURATION" not in text:
            continue
        near = [line for line in text.splitlines() if readers.search(line) and "CURATION" in line]
        assert near == [], path.name
    assert curated_csv.table("themes").columns.tolist() == schema.columns("themes")
