"""Wire the explorer's controls to the tables of `model` and the charts."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label, say
from yiyang.explorer import changes, layout, pictures, said
from yiyang.explorer.choices import Choice
from yiyang.explorer.controls import Controls
from yiyang.explorer.live import LiveChart, LiveTable
from yiyang.explorer.model import Session, View
from yiyang.explorer.pictures import BRUSH, PICK
from yiyang.explorer.recipe import Explorer
from yiyang.safety.errors import InputError
from yiyang.safety.escaping import Markup

TABLE_WORDS = (
    *("search", "lengthMenu", "info", "infoEmpty", "infoFiltered", "zeroRecords", "emptyTable"),
)
"""What the table says itself, by the names that DataTables gives its words."""
TABLE = ("task_id", "jurisdiction", "explorer.group", "score", "text")
WRAP = widgets.Layout(flex_flow="row wrap", align_items="flex-start")
COLUMN = widgets.Layout(flex="0 0 auto", max_width="100%")
STYLE = (
    "<style>.yx-fault {color:#a3283f;max-width:370px;overflow-wrap:anywhere;white-space:normal;"
    "margin:0;line-height:1.4} h3 small {font-weight:normal} "
    ".yx-notes p {margin:0 0 .3em;line-height:1.4} "
    # a head of two characters, and the number of a task, stay on one line
    "div.dt-container thead th {word-break:keep-all} "
    "div.dt-container tbody td:first-child {white-space:nowrap}</style>"
)


def panel(corpus: Corpus, lang: Lang = "zh", **controls: Any) -> Panel:
    """Make the explorer of a corpus, to stand at the end of a cell in JupyterLab; `controls` are
    those of `Explorer`."""
    session = Session(corpus, lang)
    explorer = Explorer(corpus, session=session, **controls)
    session.pair(explorer.choice, explorer.view)  # a side that there is not is refused
    return Panel(session, explorer.choice)


class Panel(widgets.VBox):
    """The widget: its controls are attributes, and so are the table and charts that follow them."""

    def __init__(self, session: Session, choice: Choice | None = None) -> None:
        self.session, self.lang = session, session.lang
        self._chosen = session.checked(choice or Choice(session.known))
        self.c = Controls(session, self._chosen)
        self._brush: dict[str, list[float]] = {}
        self._last: tuple[View, Choice] | None = None
        self._is_filling = False
        self._compared: tuple[object, ...] | None = None
        self._of: pd.DataFrame | None = None
        self._drawn: pd.DataFrame | None = None
        self._listed: pd.DataFrame | None = None
        self._make_displays()
        for name in Controls.CHOICE:
            getattr(self.c, name).observe(self._on_change, "value")
        self.c.export.on_click(self._on_export)
        self.c.save_codebook.on_click(self._on_codebook)
        self._on_change(None)
        super().__init__(self._laid_out())

    def __getattr__(self, name: str) -> Any:
        """Find a control by its name: `panel.method`."""
        if name in (*Controls.CHOICE, "export", "save_codebook", "folder", "copy"):
            return getattr(self.__dict__["c"], name)
        raise AttributeError(name)

    def _laid_out(self) -> list[Any]:
        """All parts, in the order in which they are read; what grows has a row of its own."""
        c = self.c
        tell = [c.jurisdictions, c.method, c.k, c.ngrams]
        type_in = [c.stop_words, c.seeds, self.seeds_said, c.edits, self.edits_said]
        look = [c.colour, c.across, c.folder, widgets.HBox([c.export, c.save_codebook])]
        look += [self.told, self.downloads]
        controls = [widgets.VBox(part, layout=COLUMN) for part in (tell, type_in, look)]
        # On a narrow screen the heat map goes below the map.
        charts = [
            widgets.VBox([self._heading("map", hint="map_hint"), self.map], layout=COLUMN),
            widgets.VBox([self.heat_heading, self.heat], layout=COLUMN),
        ]
        sides = [c.by, c.one, c.other, c.term, c.sort]
        return [
            widgets.HTML(STYLE),
            widgets.HBox(controls, layout=WRAP),
            self.status,
            self.changed,
            widgets.HBox(charts, layout=WRAP),
            self._heading("terms"),
            self.terms,
            self._heading("table"),
            self.table,
            self._heading("vocabulary", hint="vocabulary_hint"),
            widgets.HBox(sides, layout=WRAP),
            widgets.HBox([self.words, self.contexts], layout=WRAP),
            widgets.HBox([c.copy, self.recipe], layout=WRAP),
        ]

    def _make_displays(self) -> None:
        self.status, self.changed, self.downloads, self.recipe = (widgets.HTML() for _ in range(4))
        self.seeds_said, self.edits_said, self.told = (widgets.HTML() for _ in range(3))
        self.terms, self.contexts, self.heat_heading = (widgets.HTML() for _ in range(3))
        self.status.add_class("yx-notes")
        are_many = len(self.session.tasks) > layout.LAID
        self.map, self.heat = LiveChart(BRUSH, is_canvas=are_many), LiveChart(is_canvas=are_many)
        self.words = LiveChart(PICK)
        self.map.selections.observe(self._on_brush, "brush")
        self.words.selections.observe(self._on_pick, "pick")
        self.table = LiveTable(
            [label(key, self.lang) for key in TABLE],
            {name: label(f"explorer.table.{name}", self.lang) for name in TABLE_WORDS},
        )

    def _heading(self, name: str, hint: str = "") -> widgets.HTML:
        told = label(f"explorer.{hint}", self.lang) if hint else ""
        small = Markup(" <small>{}</small>").format(told) if told else ""
        heading = label(f"explorer.{name}", self.lang)
        return widgets.HTML(Markup("<h3>{}{}</h3>").format(heading, small))

    @property
    def choice(self) -> Choice:
        """What the controls say."""
        return self.c.choice

    @property
    def explorer(self) -> Explorer:
        """The view as it stands, with its recipe and its export."""
        return Explorer(self.session.corpus, session=self.session, **self.choice._asdict())

    def _on_change(self, change: Any) -> None:
        """A control has changed: everything follows, or the fault is shown and nothing moves."""
        if self._is_filling:
            return
        self.c.k.disabled = self.c.method.value == "codebook"
        choice = self.session.checked(self.choice)
        try:
            view = self.session.view(choice)
        except InputError as error:
            self._show_fault(error)
            return
        self.view = view
        for box in (self.edits_said, self.told):
            box.value = ""
        self.seeds_said.value = said.unmatched(view.unmatched, self.lang)
        self._fill_sides(choice)
        name = getattr(change, "owner", None)
        if name not in (self.c.by, self.c.one, self.c.other, self.c.term, self.c.sort):
            self._show_view(choice)
        self._show_words(self.choice)
        self._last = (view, choice)
        recipe = self.explorer.recipe()
        self.c.copy.text = recipe
        self.recipe.value = self._recipe(recipe)

    def _show_fault(self, error: InputError) -> None:
        """Say what is wrong beside the control that it was typed into."""
        of_edits = str(error).startswith(label("explorer.edits", self.lang))
        box, other = (self.seeds_said, self.edits_said)[:: -1 if of_edits else 1]
        box.value, other.value = said.fault(error, self.lang), ""

    def _show_view(self, choice: Choice) -> None:
        """Draw the map and the heat map, list the tasks and the terms, and say what moved."""
        moved = None
        if self._last is not None:
            before, chosen = self._last
            if before.tasks is not self.view.tasks:
                moved = changes.moved(self.view, choice, before, chosen)
        self._moved = moved
        self.changed.value = said.changed(moved, self.lang)
        heading = self._heading(f"heat.{choice.across}", hint="heat_hint")
        self.heat_heading.value = heading.value
        self.map.show(pictures.theme_map(self.view, self.session, choice, self._brush))
        if self._drawn is not self.view.heat:  # a colour changes the map alone
            self._drawn = self.view.heat
            self.heat.show(pictures.heat(self.view, self.lang))
        self._show_tasks()
        if self._listed is self.view.tasks:
            return
        self._listed = self.view.tasks
        heads = [label(key, self.lang) for key in ("explorer.group", "tasks", "terms")]
        self.terms.value = said.rows(self.view.terms.itertuples(index=False), heads)
        self.downloads.value = self._links(self.view)

    def _on_brush(self, change: Any) -> None:
        """The rectangle on the map has changed: the table shows the tasks inside."""
        self._brush = {axis: sorted(ends) for axis, ends in change.new.value.items()}
        self._show_tasks()

    def _show_tasks(self) -> None:
        tasks = self.view.tasks
        for axis, (low, high) in self._brush.items():
            tasks = tasks[tasks[axis].between(low, high)]
        listed = tasks[["task_id", "jurisdiction", "group", "score", "text"]]
        self.table.show(listed.head(layout.LISTED))
        notes = said.status(
            self.view, self.choice, tasks, len(self.session.corpus.tasks), self._moved
        )
        self.status.value = said.paragraphs(notes, self.lang)

    def _fill_sides(self, choice: Choice) -> None:
        """Offer the sides there are for a comparison."""
        there = list(dict.fromkeys(self.session.sides(choice, self.view)))
        key_of = {name: key for key, name in self.session.places.items()}
        is_place = choice.by == "jurisdiction"
        sides = [(name, key_of[name] if is_place else name) for name in there]
        values = [value for _, value in sides] or [""]
        # At first those that were asked for; a place may be asked for by its name.
        asked = (self._chosen.one, self._chosen.other) if self._last is None else ("", "")
        one, other = (key_of.get(side, side) if is_place else side for side in asked)
        self._is_filling = True
        try:
            self.c.offer_sides(sides or [("", "")], (one or values[0], other or values[-1]))
        finally:
            self._is_filling = False

    def _show_words(self, choice: Choice) -> None:
        """Compare the words of the two sides, and show where the one looked at stands."""
        self.contexts.value = ""
        pair = self.session.pair(choice, self.view)
        # Places are compared in all lists, whatever else is chosen: what stands there still holds.
        of = None if choice.by == "jurisdiction" else self.view.tasks
        key = (*pair, choice.stop_words, choice.ngrams)
        if self._compared != key or self._of is not of:
            try:
                table = self.session.words(choice, self.view)
            except InputError as error:
                self.contexts.value = said.fault(error, self.lang)
                return
            self._compared, self._of = key, of
            self.words.show(pictures.words(table, pair, self.lang))
        if choice.term:
            found = self.session.contexts(choice, self.view)
            nothing = said.paragraphs(iter([("explorer.page.no_places", {})]), self.lang)
            self.contexts.value = nothing if found.empty else said.concordance(found, self.lang)

    def _on_pick(self, change: Any) -> None:
        """A word was clicked: its places on the two sides are shown."""
        if picked := change.new.value:
            self.c.term.value = picked[0]["term"]

    def _on_export(self, _: Any) -> None:
        """Write the folder that is named, and say where it is."""
        self._told("exported", lambda: {"path": self._folder("", self.explorer.export)})

    def _on_codebook(self, _: Any) -> None:
        """Write the codebook beside it, and say in how many places it differs."""

        def write() -> dict[str, Any]:
            found: list[pd.DataFrame] = []
            save = self.explorer.save_codebook
            path = self._folder("-codebook", lambda folder: found.append(save(folder)))
            return {"path": path, "n": len(found[0])}

        self._told("codebook_saved", write)

    def _folder(self, ending: str, write: Any) -> str:
        path = Path(f"{self.c.folder.value.strip().rstrip('/') or 'explorer'}{ending}").resolve()
        write(path)
        return str(path)

    def _told(self, key: str, do: Any) -> None:
        try:
            values = do()
        except InputError as error:
            self.told.value = said.fault(error, self.lang)
            return
        form = Markup('<p role="status">{}</p>')
        self.told.value = form.format(say(f"explorer.{key}", self.lang, **values))

    def _recipe(self, recipe: str) -> Markup:
        """The lines of Python that make the view, to open and copy."""
        form = '<details><summary>{}</summary><pre tabindex="0">{}</pre></details>'
        return Markup(form).format(label("explorer.recipe", self.lang), recipe)

    def _links(self, view: View) -> str:
        files = {"codebook": ("theme_seeds.csv", self.session.codebook_csv(view))}
        if len(view.tasks) <= layout.LISTED:  # of more, the button that exports a folder
            files["assignment"] = ("task_themes.csv", self.session.assignment_csv(view))
        form = '<a download="{}" href="data:text/csv;charset=utf-8;base64,{}">{}</a>'
        return Markup(" · ").join(
            Markup(form).format(
                name,
                base64.b64encode(text.encode("utf-8")).decode("ascii"),
                label(f"explorer.download_{key}", self.lang),
            )
            for key, (name, text) in files.items()
        )
