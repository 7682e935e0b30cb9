"""The modules of the library as the tests that hold its code look at them: each parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree(path: Path) -> ast.Module:
    """The tree of a module; all tests of a process share it, and none changes it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of this tree, in the order of `ast.walk`."""
    return tuple(ast.walk(tree(path)))
