"""One session of the explorer on the four lists, for all its tests."""

from __future__ import annotations

import pytest

import yiyang
from yiyang.explorer import Session


@pytest.fixture(scope="session")
def session(corpus: yiyang.Corpus) -> Session:
    return Session(corpus, "zh")


@pytest.fixture(scope="session")
def everywhere(session: Session) -> tuple[str, ...]:
    return session.known
