"""Make small faults in the code of a module, one by one: `logic` and `words` (see mutants.py)."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from functools import partial
from io import StringIO
from itertools import accumulate
from token import STRING
from tokenize import generate_tokens
from typing import NamedTuple

import reloading

# |不少于 before the next bar or the end of its group: one alternative without brackets of its own
_ALTERNATIVE = re.compile(r"\|[^|()\[\]{}\"'\\\n]+(?=[|)\"])")
# Left out: faults that say the same again.
_LEFT_OUT = re.compile(
    r"ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|Mul_Div|Div_Mul|BitOr_BitAnd|FloorDiv_Mul|Mod_Mul)"
    r"|ReplaceComparisonOperator_(?!Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is_IsNot|IsNot_Is)"
    r"|ReplaceUnaryOperator_(?!Delete)|ExceptionReplacer|VariableReplacer|VariableInserter|RemoveDecorator"
)


class Fault(NamedTuple):
    """One fault: its module and kind, the line, what stood there, and the module with it."""

    module: str
    kind: str
    line: int
    before: str
    code: str


def faults(module: str, share: float, kind: str) -> Iterator[Fault]:
    """Return a share of a module's faults of a kind (empty: of both), drawn once for all, of those
    that compile and run otherwise."""
    source = reloading.file(module).read_text(encoding="utf-8")
    makers = _makers(module, source)
    drawn = random.Random(module).sample(range(len(makers)), round(share * len(makers)))
    runs = _bare(source)
    chosen = (makers[i] for i in sorted(drawn))
    made = (make() for make in chosen if kind in ("", make.keywords["kind"]))
    yield from (fault for fault in made if _bare(fault.code) not in (runs, ""))


def _makers(module: str, source: str) -> list[partial[Fault]]:
    """A function for each fault that makes it: making all would take as long as trying them."""
    from cosmic_ray.ast import ast_nodes, get_ast  # noqa: PLC0415  (an extra)
    from cosmic_ray.plugins import get_operator, operator_names  # noqa: PLC0415

    nodes = list(ast_nodes(get_ast(source)))
    makers: list[partial[Fault]] = []
    for name in sorted(n for n in operator_names() if not _LEFT_OUT.search(n)):
        operator = get_operator(name)()
        number = sum(1 for node in nodes for _ in operator.mutation_positions(node))
        makers += [partial(_logic, module, source, name, i, kind="logic") for i in range(number)]
    strings = _strings(source)
    left_out = [m for m in _ALTERNATIVE.finditer(source) if _is_in(strings, m.start())]
    return makers + [partial(_words, module, source, match, kind="words") for match in left_out]


def _logic(module: str, source: str, name: str, occurrence: int, *, kind: str) -> Fault:
    from cosmic_ray.mutating import mutate_code  # noqa: PLC0415
    from cosmic_ray.plugins import get_operator  # noqa: PLC0415

    code = mutate_code(source, get_operator(name)(), occurrence) or source
    line = _first_difference(source, code)
    return Fault(module, kind, line, name.removeprefix("core/"), code)


def _words(module: str, source: str, match: re.Match[str], *, kind: str) -> Fault:
    line = source.count("\n", 0, match.start()) + 1
    code = source[: match.start()] + source[match.end() :]
    return Fault(module, kind, line, match[0], code)


def _strings(source: str) -> list[tuple[int, int]]:
    """Begin and end of each string of a module, those of its documentation left out."""
    lines = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
    read = list(generate_tokens(StringIO(source).readline))
    return [
        (lines[token.start[0] - 1] + token.start[1], lines[token.end[0] - 1] + token.end[1])
        for token in read
        if token.type == STRING and not token.string.lstrip("rRfF").startswith('"""')
    ]


def _is_in(spans: list[tuple[int, int]], at: int) -> bool:
    return any(begin <= at < end for begin, end in spans)


class _Plain(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = []
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return ast.Pass() if is_text else self.generic_visit(node)

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]  # by place or by name
        node.posonlyargs, node.kwonlyargs = [], []
        node.defaults += [value for value in node.kw_defaults if value]
        node.kw_defaults = []
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Name("object")
        return self.generic_visit(node)


def _bare(source: str) -> str:
    """The code as it runs, empty if it cannot: without comments, annotations (`int | None`) and the
    decorators of functions, which only keep results here."""
    try:
        return ast.dump(_Plain().visit(ast.parse(source)))
    except SyntaxError:  # not in front of :=
        return ""


def _first_difference(one: str, other: str) -> int:
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 0)
