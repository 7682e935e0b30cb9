"""Put a changed module into a running process, and make anew what took something from it.

A module that is imported under its name only needs nothing; one that took names from the changed
one (`from … import read`), or built a pattern of its words, is made again, the lowest first. What
stands above the `ROOMS`, and the tests, take the new things in the place of the old ones.
"""

from __future__ import annotations

import ast
import importlib
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("yiyang.grammar", "yiyang.agencies", "yiyang.parse.header_words")
"""What is made again; in the rooms above, names are replaced."""


def file(module: str) -> Path:
    """Return the file of a module."""
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def _imports() -> dict[str, set[str]]:
    """The modules of the rooms, each with those from which it imports."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "yiyang").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name.startswith(ROOMS):
            found[name] = set()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    found[name] |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return found


@cache
def users(module: str) -> list[str]:
    """Return the modules of the rooms that import from one, or from one that does, the lowest
    first."""
    above: list[str] = []
    seen = {module}

    def visit(name: str) -> None:
        for user, used in _imports().items():
            if name in used and user not in seen:
                seen.add(user)
                visit(user)
                above.append(user)

    visit(module)
    return [name for name in reversed(above) if name in sys.modules]


def put(name: str, code: str) -> None:
    """Run the code of a module in the place of its own, and make anew what uses it."""
    changed = [sys.modules[name], *(sys.modules[user] for user in users(name))]
    before = [dict(vars(module)) for module in changed]
    exec(compile(code, str(file(name)), "exec"), vars(changed[0]))
    for module in changed[1:]:
        importlib.reload(module)
    _replace(changed, before)


def _replace(changed: list[ModuleType], before: list[dict[str, object]]) -> None:
    """Let all other modules have the new things under the names of the old ones."""
    new = {
        id(old): (old, vars(module)[name])
        for module, had in zip(changed, before, strict=True)
        for name, old in had.items()
        if not name.startswith("__") and vars(module).get(name) is not old
    }
    for module in [m for m in sys.modules.values() if m not in changed]:
        if str(getattr(module, "__file__", None) or "").startswith(str(ROOT)):
            for name, value in list(vars(module).items()):
                if id(value) in new and new[id(value)][0] is value:
                    setattr(module, name, new[id(value)][1])
