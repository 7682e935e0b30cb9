"""One session of the explorer on the four lists, for all its tests."""

from __future__ import annotations

import pytest

import yiyang
from yiyang.explorer import Session


@pytest.fixture(scope="session")
def session(corpus: yiyang.Corpus) -> Session:
    made = Session(corpus, "zh")
    assert len(made.map) == len(made.tasks)  # laid out before a test changes how many are
    return made


@pytest.fixture(scope="session")
def everywhere(session: Session) -> tuple[str, ...]:
    return session.known
