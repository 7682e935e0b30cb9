"""Measure how the time of every regular expression of the library grows with its text.

    python robustness/linear.py [--only MODULE] [--write FILE [--missing]]

Long texts are made against each pattern: samples that it matches, the parts that it repeats and
samples that fail at the last character, all from its own parse tree (`sre_parse`), and the texts
in `BY_HAND`. The text against which it grows most is doubled up to 64,000 characters, best of five;
a growth below 2.3 a doubling is linear. A pattern that the library only uses with `match` or
`fullmatch` is measured so, every other one with `finditer`, which begins anew at every character.
docs/reliability/linear.csv is the table; a test holds that no pattern is missing from it.
"""

from __future__ import annotations

import argparse
import ast
import csv
import importlib
import pkgutil
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as kind
from re import _parser as parser
from typing import Any, NamedTuple

import yiyang
from yiyang.grammar import deadline_patterns
from yiyang.safety.later import Expression

ROOT = Path(__file__).resolve().parent.parent
SIZES = (2_000, 4_000, 8_000, 16_000, 32_000, 64_000)
LIMIT = 2.3
"""Growth a doubling of what counts as linear: twice, and what a busy machine adds."""
TOO_LONG = 0.5
"""Seconds after which no larger text is tried; a linear pattern takes a tenth of it."""
BY_HAND = [
    "1", "1.", "1,", "一", "十", "年", "月", "每", "、", "、州", "市、县", "主要", "（", "(",
    "《", "〔", "“", "的", "责任单位", "3月 5", "二〇二〇", "2021年", "2021年5", "1-", "前",
    "，", "#", "*", "*a", "**", "a", "A1", "_", "<", "&", "/", "//", "http://", "=",
    "%", "达到", "占", "率", "全覆盖", "百", "万", "第", "：", "县局", "人民政府", "1:1", "至",
    "由30%", "给予", "以", "凡", "已完成", " ", "1 ", "\n", "\t", "|", "| ", "- ", "\\",
    "\u3000", "\u200b", ": ", "2021 ", "二〇二〇年 ",
]  # fmt: skip
METHODS = ("finditer", "findall", "search", "sub", "subn", "split", "match", "fullmatch")


class Found(NamedTuple):
    """A pattern of the library: where it stands, and how it is used."""

    place: str
    pattern: re.Pattern[str]
    use: str


def modules() -> dict[str, Any]:
    """Every module of the library, imported."""
    names = [m.name for m in pkgutil.walk_packages(yiyang.__path__, "yiyang.")]
    return {name: importlib.import_module(name) for name in names if "__main__" not in name}


def patterns() -> list[Found]:
    """Every regular expression of the library once, in the order of the modules: those that a
    module or a class keeps, those that a function writes out, those that one makes of words."""
    known = modules()
    trees = {name: _tree(module) for name, module in known.items()}
    uses = _uses(trees)
    found: dict[tuple[str, int], Found] = {}
    for name, module in known.items():
        for place, pattern in [*_kept(name, vars(module)), *_written(name, module, trees[name])]:
            use = _use(_methods(uses, name, place))
            key = (pattern.pattern, pattern.flags)
            if key not in found:
                found[key] = Found(place, pattern, use)
    return list(found.values())


def _tree(module: Any) -> ast.Module:
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def _kept(name: str, space: dict[str, Any]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns in a module or a class, and in what they hold, caches of functions too."""
    for key, value in list(space.items()):
        if key.startswith("__"):
            continue
        if isinstance(value, type) and value.__module__ == name:
            yield from _kept(name, dict(vars(value)))
        elif callable(value) and hasattr(value, "cache_info"):
            yield from _made(name, key, value)
        else:
            yield from _inside(f"{name}.{key}", value)


def _inside(place: str, value: Any, depth: int = 0) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, (re.Pattern, Expression)):
        if isinstance(value.pattern, str):
            yield place, re.compile(value.pattern, value.flags)
    elif isinstance(value, dict) and depth < 2:
        for n, one in enumerate(value.values()):
            yield from _inside(f"{place}[{n}]", one, depth + 1)
    elif isinstance(value, (list, tuple)) and depth < 2:
        for n, one in enumerate(value):
            yield from _inside(f"{place}[{n}]", one, depth + 1)


# What the functions that keep a pattern of words are asked for.
_PARTS = [(deadline_patterns.EVERY,), (deadline_patterns.SPANS,), (deadline_patterns.PLAIN,)]
ARGUMENTS: dict[str, list[tuple[Any, ...]]] = {
    "yiyang.grammar.deadline_patterns.of_text": _PARTS,
    "yiyang.grammar.deadline_patterns.with_limits": _PARTS,
    "yiyang.grammar.deadline_patterns.without_limits": _PARTS,
    "yiyang.grammar.rests._words": [("qualifier",), ("plain",)],
    "yiyang.grammar.full_coverage._vague": [("家|名",)],
    "yiyang.safety.telling._said": [("agencies.longer_than_any_name_unit",)],
}


def _made(name: str, key: str, function: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that a function with a cache makes of curated words."""
    if function.__module__ != name or "Pattern" not in str(function.__annotations__.get("return")):
        return
    for n, arguments in enumerate(ARGUMENTS.get(f"{name}.{key}", [()])):
        yield from _inside(f"{name}.{key}[{n}]", function(*arguments))


def _written(name: str, module: Any, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that stand in a call inside a function: re.sub(r"…", …)."""
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.Lambda)):
            continue
        calls = [node for node in ast.walk(function) if _is_call_of_re(node)]
        label = getattr(function, "name", "lambda")
        for n, call in enumerate(calls):
            try:
                code = compile(ast.Expression(call.args[0]), name, "eval")
                value = eval(code, vars(module))
                pattern = value if isinstance(value, re.Pattern) else re.compile(value)
            except (NameError, TypeError, re.error):  # made of what the function was given
                continue
            if isinstance(pattern.pattern, str):
                yield f"{name}.{label}({call.func.attr} {n})", pattern


def _is_call_of_re(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
        return False
    base = node.func.value
    return (
        isinstance(base, ast.Name) and base.id == "re" and node.func.attr in (*METHODS, "compile")
    )


def _uses(trees: dict[str, ast.Module]) -> dict[tuple[str, str], set[str]]:
    """The methods that are called on each name: of a private one in its module, of another one
    anywhere in the library."""
    used: dict[tuple[str, str], set[str]] = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                used.setdefault(_key(module, _name(node.value)), set()).add(node.attr)
    return used


def _key(module: str, name: str) -> tuple[str, str]:
    return (module if name.startswith("_") else "", name)


def _methods(uses: dict[tuple[str, str], set[str]], module: str, place: str) -> set[str]:
    """How a pattern is used: as the call says in which it stands, or as its name is."""
    if written := re.search(r"\((\w+) \d+\)$", place):
        return {written[1]}
    return uses.get(_key(module, place.rsplit(".", 1)[-1].split("[", maxsplit=1)[0]), set())


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", "")


def _use(methods: set[str]) -> str:
    if methods and methods <= {"fullmatch"}:
        return "fullmatch"
    return "match" if methods and methods <= {"match", "fullmatch"} else "finditer"


def _sample(tree: Any, chance: random.Random, times: int) -> str:
    """A text that the parse tree matches, each repetition as often as it must, or `times`."""
    return "".join(_token(op, value, chance, times) for op, value in tree)


def _token(op: Any, value: Any, chance: random.Random, times: int) -> str:  # noqa: PLR0911  (a table)
    if op is kind.LITERAL:
        return chr(value)
    if op is kind.NOT_LITERAL:
        return "甲" if value != ord("甲") else "乙"
    if op is kind.ANY:
        return chance.choice("甲1 ")
    if op is kind.IN:
        return _of_class(value, chance)
    if op is kind.BRANCH:
        return _sample(chance.choice(value[1]), chance, times)
    if op in (kind.MAX_REPEAT, kind.MIN_REPEAT, kind.POSSESSIVE_REPEAT):
        least, most, inner = value
        n = max(least, min(int(most), times))
        return "".join(_sample(inner, chance, times) for _ in range(n))
    if op is kind.SUBPATTERN:
        return _sample(value[3], chance, times)
    if op is kind.ATOMIC_GROUP:
        return _sample(value, chance, times)
    return ""  # assertions, references, conditions


def _of_class(items: Any, chance: random.Random) -> str:
    if items[0][0] is kind.NEGATE:
        text = "甲乙1 x，\n、"
        taken = re.compile(f"[{''.join(_in_class(item) for item in items[1:])}]")
        left = [c for c in text if not taken.match(c)]
        return chance.choice(left) if left else "乙"
    op, value = chance.choice(items)
    if op is kind.RANGE:
        return chr(chance.randint(*value))
    if op is kind.CATEGORY:
        return {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1"}.get(str(value), "甲")
    return chr(value)


def _in_class(item: Any) -> str:
    op, value = item
    if op is kind.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if op is kind.CATEGORY:
        return {"CATEGORY_SPACE": r"\s", "CATEGORY_DIGIT": r"\d"}.get(str(value), r"\w")
    return re.escape(chr(value))


def _repeated(tree: Any) -> Iterator[Any]:
    """The parts of a parse tree that it takes many times."""
    for op, value in tree:
        if op in (kind.MAX_REPEAT, kind.MIN_REPEAT) and value[1] > 1:
            yield value[2]
        for part in value if isinstance(value, (list, tuple)) else [value]:
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, parser.SubPattern):
                    yield from _repeated(inner)


def pieces(pattern: re.Pattern[str]) -> list[str]:
    """Short texts against a pattern, each to be repeated."""
    chance = random.Random(pattern.pattern)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE.value)
    made = [_sample(tree, chance, times) for times in (0, 1, 3) for _ in range(6)]
    made += [text[:-1] for text in made] + [text[1:] for text in made[:6]]
    made += [_sample(part, chance, 1) for part in _repeated(tree) for _ in range(2)]
    return list(dict.fromkeys(text for text in made if text))


def texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Long texts against a pattern: pieces again and again, behind the start of a match, before an
    end that fits nothing."""
    own = pieces(pattern)
    for piece in [*own, *BY_HAND]:
        yield piece, lambda n, piece=piece: (piece * (n // len(piece) + 1))[:n]
    heads = own[:4]
    bodies = [piece for piece in [*own[-8:], " ", "1", "甲", "、", "一"] if len(piece) < 8]
    # ● ● ●: a class that takes blanks too, where a blank lets a match begin anew
    bodies += [f"{piece} " for piece in own[-4:] if 0 < len(piece.strip()) < 7]
    for head in heads:
        for body in bodies:
            yield (
                f"{head}+{body}",
                lambda n, head=head, body=body: head + (body * (n // len(body) + 1))[:n] + "\0",
            )


def seconds(found: Found, text: str, best_of: int) -> float:
    """The processor time of the pattern on a text, as the library uses it."""
    taken = []
    for _ in range(best_of):
        start = time.thread_time()
        if found.use == "finditer":
            for _match in found.pattern.finditer(text):
                pass
        else:
            getattr(found.pattern, found.use)(text)
        taken.append(time.thread_time() - start)
        if taken[-1] > TOO_LONG:
            break
    return min(taken)


def worst(found: Found, most: int) -> list[tuple[str, Callable[[int], str]]]:
    """The texts of 500 characters that take the pattern longest."""
    ranked = [
        (seconds(found, make(500), 1), n, name, make)
        for n, (name, make) in enumerate(texts(found.pattern))
    ]
    ranked.sort(reverse=True, key=lambda row: row[:2])
    return [(name, make) for *_, name, make in ranked[:most]]


def growth(found: Found) -> tuple[float, float, str]:
    """The largest growth a doubling, the time of the largest text, and the piece it is made of."""
    result = (0.0, 0.0, "")
    for name, make in worst(found, 2):
        times: list[float] = []
        for size in SIZES:
            # The growth is that from the first size to the last; the others show when to stop.
            times.append(seconds(found, make(size), 5 if size in (SIZES[0], SIZES[-1]) else 1))
            if times[-1] > TOO_LONG:
                break
        steps = len(times) - 1
        grown = (times[-1] / max(times[0], 2e-4)) ** (1 / steps) if steps else 99.0
        result = max(result, (grown, times[-1], name))
    return result


def _write(path: Path, rows: dict[str, list[str]], known: list[Found]) -> None:
    """The rows in the place of the earlier ones; a pattern that was never measured is named too."""
    kept: dict[str, list[str]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            kept = {row[0]: row for row in list(csv.reader(file))[1:]}
    kept |= rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pattern", "use", "growth", "ms", "text"])
        writer.writerows(kept.get(f.place, [f.place, f.use, "", "", ""]) for f in known)


def _measured(path: Path) -> set[str]:
    """The patterns of which a table has the growth."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["pattern"] for row in csv.DictReader(file) if row["growth"]}


def main() -> None:
    """Read the command line and print a line for each pattern and a count."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--only", default="", help="patterns whose place holds this")
    options.add_argument("--write", type=Path, help="a CSV file for the table")
    options.add_argument("--missing", action="store_true", help="only what the file has not")
    chosen = options.parse_args()
    known = patterns()
    there = _measured(chosen.write) if chosen.missing else set()
    rows: dict[str, list[str]] = {}
    for found in (f for f in known if chosen.only in f.place and f.place not in there):
        grown, taken, piece = growth(found)
        row = [found.place, found.use, f"{grown:.2f}", f"{1000 * taken:.0f}", repr(piece[:30])]
        rows[found.place] = row
        print(*row, "" if grown < LIMIT else "STEEP", flush=True)
        if chosen.write:
            _write(chosen.write, rows, known)
    steep = sum(float(row[2]) >= LIMIT for row in rows.values())
    print(f"{len(rows)} patterns, {steep} grow by {LIMIT} or more a doubling")
    sys.exit(bool(steep))


if __name__ == "__main__":
    main()
