"""The scripts of `benchmarks/` and `robustness/`, which are no packages, as modules for tests."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from yiyang.core.schema import CHECKOUT


def benchmark(name: str) -> ModuleType:
    """`NAME.py` of one of the two folders as a module."""
    folders = (CHECKOUT / "benchmarks", CHECKOUT / "robustness")
    path = next(path for folder in folders if (path := folder / f"{name}.py").exists())
    spec = importlib.util.spec_from_file_location(f"{name}_benchmark", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))  # as for a script: what lies beside it is found
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module
