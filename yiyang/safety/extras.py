"""Name the extra that a missing package belongs to, with the command that installs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from yiyang.safety.errors import InputError, refusal

NEEDS = {
    "report": ("nbformat", "nbclient", "ipykernel", "sphinx", "myst_nb", "altair", "itables"),
    "scale": ("pyarrow",),
    "serve": ("duckdb", "pyarrow", "starlette", "uvicorn"),
    "validation": ("nltk",),
}
"""An extra -> what it needs to work, as it is imported."""


def need(extra: str, place: str) -> None:
    """Refuse to begin what cannot end: raise `InputError` where a package of the extra is missing.

    `place` is what asks for it, as the reader calls it.
    """
    for name in NEEDS[extra]:
        if find_spec(name) is None:
            raise missing(extra, name, place)


def missing(extra: str, name: str, place: str) -> InputError:
    """Make the error for a package of an extra that is not there."""
    return refusal("extra.missing", place, name=name, extra=extra)


@contextmanager
def named(extra: str, place: str) -> Iterator[None]:
    """Name the extra where an import of the block fails."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("yiyang"):
            raise
        raise missing(extra, error.name or "", place) from error
