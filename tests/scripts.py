"""The scripts of `benchmarks/`, which are no package, as modules that a test can call."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from yiyang.core.schema import CHECKOUT


def benchmark(name: str) -> ModuleType:
    """`benchmarks/NAME.py` as a module."""
    path = CHECKOUT / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"{name}_benchmark", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
