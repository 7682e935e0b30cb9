"""Read and set the variables of the environment that begin with `YIYANG_`.

| variable | sets |
|---|---|
| `YIYANG_CORPUS` | the folder of the reader's own documents |
| `YIYANG_BESIDE` | `1`: yiyang's own documents beside them; `chaoyang,jiyuan`: those of these |
| `YIYANG_JURISDICTIONS` | the jurisdictions of a large corpus, separated by commas |
| `YIYANG_CODEBOOK` | the folder of the codebook of themes |
| `YIYANG_ENCODER` | the encoder of counterparts (`matches/encoders.py`) |
| `YIYANG_KEPT` | the tables of the corpus, as a build under way wrote them for its notebooks |
| `YIYANG_LIMIT_…` | a limit of `limits.py`, as in `YIYANG_LIMIT_PAGES=500` |
"""

from __future__ import annotations

import os
from collections.abc import Mapping

PREFIX = "YIYANG_"


def value(name: str) -> str:
    """Return what the environment says for `YIYANG_NAME`; empty where it says nothing."""
    return os.environ.get(PREFIX + name, "")


def every() -> dict[str, str]:
    """Return all of yiyang's variables that are set, by their names, in the order of these."""
    return {name: said for name, said in sorted(os.environ.items()) if name.startswith(PREFIX)}


def put(values: Mapping[str, str]) -> None:
    """Set `YIYANG_NAME` for each name, for this process and those that it starts."""
    os.environ.update({PREFIX + name: said for name, said in values.items()})


def replace(values: Mapping[str, str]) -> None:
    """Put the variables of another process, as `every` gave them there, in the place of all."""
    for name in every():
        del os.environ[name]
    os.environ.update(values)
