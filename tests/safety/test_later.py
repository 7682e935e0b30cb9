"""What takes long is done at the first question for it, and then as if it had been done at once."""

from __future__ import annotations

import ast
import pickle
import re

import pytest
from modules import nodes

from yiyang.core.schema import PACKAGE
from yiyang.safety.later import expression


def test_an_expression_is_compiled_at_the_first_question(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    at_once = re.compile

    def compile_(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return at_once(pattern, flags)

    monkeypatch.setattr(re, "compile", compile_)
    later = expression(r"(?P<year>\d{4})年", re.I)
    assert later.pattern == r"(?P<year>\d{4})年"
    assert not compiled
    found = later.search("到2025年底")
    assert found
    assert found["year"] == "2025"
    assert [later.sub("", "2025年底"), later.groupindex["year"]] == ["底", 1]
    assert later.flags == at_once(later.pattern, re.I).flags
    assert len(compiled) == 1


def test_an_expression_has_what_a_pattern_has_and_nothing_else() -> None:
    later = expression("[a-z]")
    for name in dir(re.Pattern):
        assert name[0] == "_" or hasattr(later, name)
    assert not hasattr(later, "compiled")
    assert pickle.loads(pickle.dumps(expression("甲"))).fullmatch("甲")
    assert expression(rb"\d+").findall(b"1 22") == [b"1", b"22"]


def test_an_expression_that_is_none_shows_itself_when_it_is_asked() -> None:
    with pytest.raises(re.error):
        expression("(").search("")


def test_no_module_compiles_an_expression_when_it_is_imported() -> None:
    at_once = []
    for path in PACKAGE.rglob("*.py"):
        functions = [n for n in nodes(path) if isinstance(n, (ast.FunctionDef, ast.Lambda))]
        inner = {id(node) for function in functions for node in ast.walk(function)}
        at_once += [
            f"{path.name}:{node.lineno}"
            for node in nodes(path)
            if isinstance(node, ast.Attribute)
            and ast.unparse(node) == "re.compile"
            and id(node) not in inner
        ]
    assert at_once == []
