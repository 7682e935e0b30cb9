"""Code holds no prose: what readers are told stands in the tables of `curation/`, in two
languages; docstrings, which `--help` shows too, and errors for who wrote the call stay in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
import yaml
from modules import tree

from yiyang.core.schema import PACKAGE

# letters with a blank or a stop behind them: a word of a sentence, and no name of code
_WORD = re.compile(r"(?<![^\s(“'])[A-Za-z]?[a-z]+(?=[\s,.;:)”']|$)")
# <p class="…">, a = b, f(x), //style, 'none', \n: HTML, CSS, scripts, XPath, R, Python
_CODE = re.compile(r"[<>={}\\*]|\w\(|//|'none'")
NO_PROSE = {
    "fit and predict": "two methods, the place of an error in either",
    "outside lower left": "a place of matplotlib",
    "yiyang run --engine dask": "a command, the place of an error",
    "unexpected end of data": "what Python's decoder says, asked for",
}
"""Texts of three words or more that no reader is told, and what they are."""
SCHEMA = yaml.safe_load((PACKAGE / "schema.yaml").read_text(encoding="utf-8"))
COLUMNS = {field["name"] for table in SCHEMA.values() for field in table["fields"]}
NAMES = {*SCHEMA, *COLUMNS, "promised", "reached", "day", "scope", "year"}
"""Tables and columns, which code lists as words: `tasks deadlines documents`."""
SQL = {
    *("select", "distinct", "from", "join", "using", "on", "where", "in", "and", "between", "is"),
    *(
        "null",
        "nulls",
        "group",
        "order",
        "by",
        "desc",
        "last",
        "limit",
        "offset",
        "union",
        "all",
        "with",
    ),
    *("as", "materialized", "create", "view", "of", "d", "f", "j", "t", "id", "code", "province"),
}
"""Words of a question to a database, beside names of tables and columns."""


OWN = {"expression", "AttributeError", "KeyError", "TypeError", "ValueError"}


def _aside(tree: ast.AST) -> set[int]:
    """The parts of docstrings, of arguments of `re` and `expression`, and of Python's own
    errors."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        called = node.func if isinstance(node, ast.Call) else None
        is_pattern = isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "re"
        if is_docstring or is_pattern or getattr(called, "id", "") in OWN:
            aside |= {id(part) for part in ast.walk(node)}
    return aside


def sentences(tree: ast.AST) -> Iterator[str]:
    """The texts of a module that are three words or more; those with fields as one."""
    aside = _aside(tree)
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr) and id(node) not in aside:
            aside |= {id(part) for part in node.values}
            text = "".join(str(getattr(part, "value", "")) * _is_text(part) for part in node.values)
        elif _is_text(node) and id(node) not in aside:
            text = str(getattr(node, "value", ""))
        words = _WORD.findall(text)
        if len(words) > 2 and not _CODE.search(text) and not set(words) <= NAMES | SQL:
            yield text


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("room", sorted(path.name for path in PACKAGE.iterdir()))
def test_code_holds_no_sentence(room: str) -> None:
    paths = [*(PACKAGE / room).rglob("*.py")] if (PACKAGE / room).is_dir() else [PACKAGE / room]
    found = [
        (path.name, text)
        for path in paths
        if path.suffix == ".py"
        for text in sentences(tree(path))
        if text not in NO_PROSE
    ]
    assert found == []


def test_each_text_that_is_no_prose_is_there() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert [text for text in NO_PROSE if f'"{text}"' not in code] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = "a row without its units"', ["a row without its units"]),
        ('x = f"{n} rows that do not fit"', [" rows that do not fit"]),
        ('"""Say what is not here."""', []),
        ('raise ValueError("this is no number")', []),
        ('raise refusal("a.key", "the corpus as a whole")', ["the corpus as a whole"]),
        ('re.compile("not read or not known")', []),
        ('expression("not read or not known")', []),
        ('x = "tasks deadlines documents"', []),
        ('x = "<p>this is a page</p>"', []),
        ('x = "two words"', []),
    ],
)
def test_a_sentence_is_told_from_other_texts(code: str, found: list[str]) -> None:
    assert list(sentences(ast.parse(code))) == found
