"""Hold all tables of a set of documents in one object, the `Corpus` that every room takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, overload

import pandas as pd

from yiyang.core import schema


class Table:
    """A table of a corpus, as a dataframe in the types of the contract (`schema.yaml`)."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        spec = schema.specifications()[name]
        columns = "\n".join(f"    {f['name']}: {f['description']}" for f in spec["fields"])
        self.__doc__ = f"{spec['description']}\n\nColumns:\n{columns}"

    @overload
    def __get__(self, corpus: None, owner: type) -> Table: ...
    @overload
    def __get__(self, corpus: Corpus, owner: type) -> pd.DataFrame: ...
    def __get__(self, corpus: Corpus | None, owner: type) -> Table | pd.DataFrame:
        return self if corpus is None else corpus.table(self.name)


class Corpus:
    """All tables of a set of documents, as dataframes; each attribute is a table.

    The base tables are there at once; those of the analysis (`themes`, `task_themes` ...) are
    made when they are first asked for. `help(yiyang.Corpus.tasks)` describes the columns.
    """

    jurisdictions = Table()
    documents = Table()
    tasks = Table()
    assignments = Table()
    task_columns = Table()
    agencies = Table()
    agency_names = Table()
    deadlines = Table()
    targets = Table()
    outcomes = Table()
    obligations = Table()
    indicators = Table()
    indicator_links = Table()
    repairs = Table()
    leftovers = Table()
    signs = Table()
    themes = Table()
    task_themes = Table()
    task_matches = Table()
    counterparts = Table()
    measures = Table()

    _analyses: ClassVar[dict[str, Callable[[Corpus], pd.DataFrame]]] = {}
    _explain: ClassVar[Callable[[Corpus, str, str], Any]]

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = dict(frames)

    @classmethod
    def hand_in(
        cls,
        analyses: Mapping[str, Callable[[Corpus], pd.DataFrame]],
        explain: Callable[[Corpus, str, str], Any],
    ) -> None:
        """Take in what is made of the base tables: rooms above this one know how (`build`)."""
        cls._analyses |= analyses
        cls._explain = staticmethod(explain)

    def table(self, name: str) -> pd.DataFrame:
        """Return the table of this name."""
        if name not in self._frames:
            self._frames[name] = schema.cast(name, self._analyses[name](self))
        return self._frames[name]

    def all(self) -> dict[str, pd.DataFrame]:
        """Return every table by its name, in the order of the contract."""
        made = {*self._frames, *self._analyses}
        return {name: self.table(name) for name in schema.names() if name in made}

    def explain_match(self, task_id: str, other_task_id: str) -> Any:
        """Return two tasks compared (`matches.Explanation`): what they share, and where they
        differ."""
        return type(self)._explain(self, task_id, other_task_id)

    def __repr__(self) -> str:
        lists = self.documents[self.documents["n_tasks"] > 0]
        return f"Corpus of {len(self.tasks)} tasks in {len(lists)} lists: " + ", ".join(
            f"{d.document_id} {d.n_tasks}" for d in lists.itertuples()
        )
