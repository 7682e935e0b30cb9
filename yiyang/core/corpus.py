"""Hold all tables of a set of documents in one object, the `Corpus` that every room takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NoReturn, TypeVar, overload

from yiyang.core import changing, citing, cutting, joined, schema
from yiyang.core.cutting import Names
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup
from yiyang.safety.later import pd
from yiyang.safety.telling import counted, tell

Made = Mapping[str, Callable[["Corpus"], "pd.DataFrame"]]
Worked = TypeVar("Worked")


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

    def __set__(self, corpus: Corpus, value: object) -> NoReturn:
        raise refusal("corpus.replaced", f"corpus.{self.name}")


class Corpus:
    """All tables of a set of documents, as dataframes; each attribute is a table.

    The base tables are there at once; those of the analysis (`themes`, `task_themes` ...) are
    made when they are first asked for. `help(yiyang.Corpus.tasks)` describes the columns.

    A corpus does not change. Each look at a table gives a frame of its own: what is written into
    it stays in it, and never reaches a later result. A changed copy comes in by `with_tasks`, a
    part goes out by `subset`; both are corpora of their own.
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
    _explain_match: ClassVar[Callable[[Corpus, str, str], Any]]
    _explain: ClassVar[Callable[[Corpus, str], pd.DataFrame]]
    _whose_date: ClassVar[citing.Whose]
    _read_again: ClassVar[Callable[..., dict[str, schema.Rows]]]

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        made: Made | None = None,
        *,
        folders: Sequence[Path] = (),
        codebook: Any = None,
    ) -> None:
        """Hold tables; `folders` are those of a reader's own documents, with what lies beside
        them; `codebook` is the `themes.Codebook` of its themes, None for the one in force."""
        self.codebook = codebook
        self._frames = {name: frame.copy(deep=False) for name, frame in frames.items()}
        self._made: Made = made or {}
        self.folders = tuple(folders)
        self.worked_out: dict[str, Any] = {}

    def once(self, name: str, work: Callable[[], Worked]) -> Worked:
        """Return what `work` gives, done once: what several pages state (`worked_out`, by its
        name) goes with the corpus to the programs that a build starts."""
        if name not in self.worked_out:
            self.worked_out[name] = work()
        found: Worked = self.worked_out[name]
        return found

    def by_codebook(self) -> AbstractContextManager[None]:
        """Put the codebook with which the corpus was loaded in force for a block."""
        return self.codebook.used() if self.codebook is not None else nullcontext()

    @classmethod
    def hand_in(
        cls,
        analyses: Mapping[str, Callable[[Corpus], pd.DataFrame]],
        explain_match: Callable[[Corpus, str, str], Any],
        explain: Callable[[Corpus, str], pd.DataFrame],
        read_again: changing.Reader,
        whose_date: citing.Whose,
    ) -> None:
        """Take in what is made of the base tables: rooms above this one know how (`build`)."""
        cls._analyses |= analyses
        cls._explain_match = staticmethod(explain_match)
        cls._explain = staticmethod(explain)
        cls._read_again = staticmethod(read_again)
        cls._whose_date = staticmethod(whose_date)

    def table(self, name: str) -> pd.DataFrame:
        """Return the table of this name, in a frame of its own.

        Raises
        ------
        InputError
            Where the corpus has no table of this name.
        """
        if name not in self._frames:
            make = self._made.get(name) or self._analyses.get(name)
            if make is None:
                raise refusal(
                    "corpus.no_table",
                    tell("core.corpus"),
                    name=name,
                    known=", ".join(self.all_names()),
                )
            self._frames[name] = schema.cast(name, make(self))
        # Copied on write: costs nothing until somebody writes into it.
        return self._frames[name].copy(deep=False)

    def all_names(self) -> list[str]:
        """Return the names of the tables, in the order of the contract."""
        made = {*self._frames, *self._made, *self._analyses}
        return [name for name in schema.names() if name in made]

    def all(self) -> dict[str, pd.DataFrame]:
        """Return every table by its name, in the order of the contract."""
        return {name: self.table(name) for name in self.all_names()}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.table(name)

    def __len__(self) -> int:
        """Count the tasks."""
        return len(self.table("tasks"))

    def __bool__(self) -> bool:
        return True

    __iter__ = None  # a corpus has tasks, tables and documents: say which (`all`, `tasks`)

    def describe(self, name: str) -> pd.DataFrame:
        """Describe a table: one row is a column: `column, type, required, n_missing, n_different,
        description`."""
        return cutting.describe(name, self.table(name))

    def subset(
        self,
        *,
        jurisdictions: Names = None,
        themes: Names = None,
        agencies: Names = None,
        tasks: Names = None,
    ) -> Corpus:
        """Return the part of the corpus that meets every choice; all tables are cut together.

        Themes, clusters, scores and ranks are those of the whole: a task keeps what was found of
        it. Counterparts are those inside the part. `n_tasks` of a document counts those of the
        part; what else `documents` says is of the whole document.

        Parameters
        ----------
        jurisdictions
            Short, Chinese or English names, or codes; that of a province names all below it.
        themes
            Themes by `theme_id` or name: tasks of which one is the theme.
        agencies
            Agencies by `agency_id` or any name: tasks that name one of them in any role.
        tasks
            Tasks by `task_id`.

        Raises
        ------
        InputError
            For a name that the corpus does not hold.
        """
        kept = self.table("tasks")
        places = cutting.jurisdictions(self.jurisdictions, cutting.several(jurisdictions))
        kept = kept[kept["jurisdiction"].isin(places["jurisdiction"])]
        if themes is not None:
            chosen = cutting.themes(self.themes, cutting.several(themes))
            of_theme = self.task_themes
            of_theme = of_theme[of_theme["theme_id"].isin(list(chosen))]
            kept = kept[kept["task_id"].isin(of_theme["task_id"])]
        if agencies is not None:
            chosen = cutting.agencies(
                self.agency_names, self.agencies, self.assignments, cutting.several(agencies)
            )
            named = self.assignments
            kept = kept[
                kept["task_id"].isin(named[named["agency_id"].isin(list(chosen))]["task_id"])
            ]
        if tasks is not None:
            kept = kept[
                kept["task_id"].isin(list(cutting.tasks(self.tasks, cutting.several(tasks))))
            ]
        is_by_place = themes is None and agencies is None and tasks is None
        return self._cut(set(kept["task_id"]), set(places["jurisdiction"]) if is_by_place else None)

    def _cut(self, task_ids: set[str], places: set[str] | None) -> Corpus:
        """The part with these tasks; its tables of the analysis are cut when they are asked for."""
        kept = cutting.keys(self.table, task_ids, places)
        of_all = set(self.tasks["task_id"])

        def part(name: str) -> pd.DataFrame:
            return cutting.cut(name, self.table(name), kept, of_all)

        own = {name: part(name) for name in self.all_names() if name in schema.names("base")}
        own["documents"] = cutting.counted(own["documents"], own["tasks"])
        later = [
            name
            for name in self.all_names()
            if name not in own and name not in ("counterparts", "measures")
        ]
        made = {name: partial(_later, part, name) for name in later}
        return Corpus(own, made, folders=self.folders, codebook=self.codebook)

    def with_tasks(self, tasks: pd.DataFrame) -> Corpus:
        """Return the corpus with other tasks: edited, fewer, or more of its documents.

        Only `text` is needed, and `document_id` where there are several documents; what is left
        out is filled (`core.changing.filled`). The times, figures and words of obligation of a new
        or changed text are read again; the units of an old task stay, those of a new one are not
        known. Themes and counterparts are made anew.

        Raises
        ------
        InputError
            For a column that tasks do not have, and for what is missing, by column.
        """
        read_again = type(self)._read_again
        frames = changing.with_tasks(self.table, self.all_names(), tasks, read_again)
        return Corpus(frames, folders=self.folders, codebook=self.codebook)

    def task(self, task_id: str) -> joined.Task:
        """Return one whole task: its row, units, times, figures, theme and counterparts."""
        return joined.task(self, task_id)

    def document_info(self) -> pd.DataFrame:
        """Make a table: one row is a task with what the other tables say of it (`joined.COLUMNS`),
        for models that take covariates of a document (R's `docvars`, structural topic models)."""
        return joined.document_info(self)

    def cite(self, task_id: str, form: citing.Form = "text") -> str:
        """Return the reference to one task: `text`, `bibtex`, or `csl` (JSON)."""
        return citing.cite(self, task_id, form, type(self)._whose_date)

    def explain(self, task_id: str) -> pd.DataFrame:
        """Tell what decided the theme of a task: one row is a seed term that it holds, or its
        likeness to other tasks (`themes.explain`)."""
        return type(self)._explain(self, task_id)

    def explain_match(self, task_id: str, other_task_id: str) -> Any:
        """Return two tasks compared (`matches.Explanation`): what they share, and where they
        differ."""
        return type(self)._explain_match(self, task_id, other_task_id)

    def __repr__(self) -> str:
        lists = self.documents[self.documents["n_tasks"] > 0]
        said = tell(
            "core.said_of",
            tasks=counted("task", len(self.tasks)),
            lists=counted("list", len(lists)),
        )
        return said + ", ".join(f"{d.document_id} {d.n_tasks}" for d in lists.itertuples())

    def _repr_html_(self) -> str:
        rows = [
            Markup("<tr><td>{}</td><td>{}</td><td style='text-align:right'>{}</td></tr>").format(
                d.document_id, d.title, d.n_tasks
            )
            for d in self.documents.itertuples()
        ]
        head = Markup("<p><b>{}</b></p>").format(repr(self).partition(":")[0])
        return str(head + Markup("<table>{}</table>").format(Markup("").join(rows)))


def _later(part: Callable[[str], pd.DataFrame], name: str, corpus: Corpus) -> pd.DataFrame:
    """A table of a part, cut when the part is first asked for it."""
    return part(name)
