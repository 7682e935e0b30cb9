"""Wire the explorer's controls to the tables of `model` and the charts."""

from __future__ import annotations

import base64
from typing import Any

import altair as alt
import ipywidgets as widgets
import pandas as pd
from itables.widget import ITable

from yiyang.charts import style
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label
from yiyang.explorer import pictures
from yiyang.explorer.model import METHODS, Choice, Session, View
from yiyang.explorer.recipe import Explorer
from yiyang.safety.errors import InputError
from yiyang.safety.escaping import Markup

WIDE = widgets.Layout(width="320px")
WHOLE = widgets.Layout(flex="0 0 auto")
WORDS = {"description_width": "110px"}
LEFT = 'style="text-align:left;vertical-align:top"'

CONTROLS = (
    "search",
    "lengthMenu",
    "info",
    "infoEmpty",
    "infoFiltered",
    "zeroRecords",
    "emptyTable",
)
"""What the table says itself, by the names that DataTables gives its words."""


def panel(corpus: Corpus, lang: Lang = "zh") -> Panel:
    """Make the explorer of a corpus, to stand at the end of a cell in JupyterLab."""
    # Vega comes from the package, so that the explorer needs no other host.
    alt.JupyterChart.enable_offline()
    return Panel(Session(corpus, lang))


class Panel(widgets.VBox):
    """The widget: its controls are attributes, and so are the table and charts that follow them."""

    def __init__(self, session: Session) -> None:
        self.session, self.lang = session, session.lang
        self._make_controls()
        self._make_displays()
        for control in self.controls:
            control.observe(self._on_change, "value")
        for side in (self.one, self.other):
            side.observe(self._on_pair, "value")
        self._on_change(None)
        self._on_pair(None)
        compared = widgets.VBox(
            [
                self._heading("vocabulary", hint="vocabulary_hint"),
                widgets.HBox([self.one, self.other]),
                widgets.HBox(
                    [self.words, self.contexts], layout=widgets.Layout(flex_flow="row wrap")
                ),
            ]
        )
        # On a narrow screen the heat map goes below the map.
        pictures_ = widgets.HBox(
            [
                widgets.VBox([self._heading("map", hint="map_hint"), self.map], layout=WHOLE),
                widgets.VBox([self._heading("heat"), self.heat], layout=WHOLE),
            ],
            layout=widgets.Layout(flex_flow="row wrap"),
        )
        super().__init__(
            [
                widgets.HBox(
                    [
                        widgets.VBox(self.controls[:4]),
                        widgets.VBox(
                            [*self.controls[4:], self.status, self.downloads, self.recipe]
                        ),
                    ]
                ),
                pictures_,
                self._heading("terms"),
                self.terms,
                self._heading("table"),
                self.table,
                compared,
            ]
        )

    def _make_controls(self) -> None:
        places = [(name, key) for key, name in self.session.places.items()]
        places = [p for p in places if p[1] in set(self.session.corpus.tasks["jurisdiction"])]
        self.jurisdictions = self._control(
            widgets.SelectMultiple, "jurisdictions", options=places, rows=len(places)
        )
        self.jurisdictions.value = tuple(key for _, key in places)
        methods = [(label(f"explorer.method.{m}", self.lang), m) for m in METHODS]
        self.method = self._control(widgets.Dropdown, "method", options=methods)
        self.k = self._control(
            widgets.IntSlider, "k", value=20, min=2, max=40, continuous_update=False
        )
        self.ngrams = self._control(widgets.Dropdown, "ngrams", options=[1, 2])
        self.stop_words = self._control(widgets.Text, "stop_words", continuous_update=False)
        self.stop_words.placeholder = label("explorer.stop_words_hint", self.lang)
        self.seeds = self._control(widgets.Textarea, "seeds", continuous_update=False)
        self.seeds.placeholder = label("explorer.seeds_hint", self.lang)
        colours = [(label(f"explorer.colour.{c}", self.lang), c) for c in ("group", "jurisdiction")]
        self.colour = self._control(widgets.Dropdown, "colour", options=colours)
        self.controls = [
            self.jurisdictions,
            self.method,
            self.k,
            self.ngrams,
            self.stop_words,
            self.seeds,
            self.colour,
        ]
        first, second = places[0], places[-1]
        self.one = self._control(widgets.Dropdown, "one", options=places, value=first[1])
        self.other = self._control(widgets.Dropdown, "other", options=places, value=second[1])

    def _make_displays(self) -> None:
        self.status, self.downloads, self.recipe = (widgets.HTML() for _ in range(3))
        self.terms, self.contexts = widgets.HTML(), widgets.HTML()
        blank = alt.Chart(pd.DataFrame({"x": []})).mark_point()
        self.map, self.heat, self.words = (
            alt.JupyterChart(blank, embed_options={"actions": False}) for _ in range(3)
        )
        # Long texts wrap (the default class `nowrap` would cut them off at the right).
        options: dict[str, Any] = {
            "maxBytes": 0,
            "classes": "display compact",
            "style": "table-layout:auto;width:100%;text-align:left;white-space:normal",
        }
        options["language"] = {
            name: label(f"explorer.table.{name}", self.lang) for name in CONTROLS
        }
        self.table = ITable(pd.DataFrame(columns=[label("task_id", self.lang)]), **options)

    def _control(self, kind: Any, name: str, **options: Any) -> Any:
        words = label(f"explorer.{name}", self.lang)
        return kind(description=words, layout=WIDE, style=WORDS, **options)

    def _heading(self, name: str, hint: str = "") -> widgets.HTML:
        small = (
            Markup(" <small>{}</small>").format(label(f"explorer.{hint}", self.lang))
            if hint
            else ""
        )
        heading = label(f"explorer.{name}", self.lang)
        return widgets.HTML(Markup("<h3>{}{}</h3>").format(heading, small))

    @property
    def choice(self) -> Choice:
        """What the controls say."""
        return Choice(
            jurisdictions=tuple(self.jurisdictions.value),
            method=self.method.value,
            k=self.k.value,
            ngrams=self.ngrams.value,
            stop_words=self.stop_words.value,
            seeds=self.seeds.value,
        )

    def _on_change(self, _: Any) -> None:
        """A control has changed: everything follows, or the fault is shown and nothing moves."""
        self.k.disabled = self.method.value == "codebook"
        try:
            self.view = self.session.view(self.choice)
        except InputError as error:
            self.status.value = Markup('<p role="alert">{}</p>').format(str(error))
            return
        self._show(self.view.tasks)
        self.recipe.value = self._recipe()
        by_place = self.colour.value == "jurisdiction"
        colours = self._colours(self.jurisdictions.value) if by_place else None
        self.map.chart = pictures.theme_map(self.view, colours, self.lang)
        self.map.selections.observe(self._on_brush, "brush")
        self.heat.chart = pictures.heat(self.view, self.lang)
        self.terms.value = _rows(
            self.view.terms.itertuples(index=False),
            [label(key, self.lang) for key in ("explorer.group", "tasks", "terms")],
        )
        self.downloads.value = self._links(self.view)

    @property
    def explorer(self) -> Explorer:
        """The view as it stands, with its recipe and its export."""
        return Explorer(self.session.corpus, session=self.session, **self.choice._asdict())

    def _recipe(self) -> Markup:
        """The lines of Python that make the view, to open and copy."""
        form = '<details><summary>{}</summary><pre tabindex="0">{}</pre></details>'
        return Markup(form).format(label("explorer.recipe", self.lang), self.explorer.recipe())

    def _on_brush(self, change: Any) -> None:
        """The rectangle on the map has changed: the table shows the tasks inside."""
        tasks, drawn = self.view.tasks, change.new.value
        for axis in ("x", "y"):
            if axis in drawn:
                low, high = sorted(drawn[axis])
                tasks = tasks[tasks[axis].between(low, high)]
        self._show(tasks)

    def _show(self, tasks: pd.DataFrame) -> None:
        keys = ["task_id", "jurisdiction", "explorer.group", "score", "text"]
        shown = tasks[["task_id", "jurisdiction", "group", "score", "text"]]
        shown = shown.set_axis([label(key, self.lang) for key in keys], axis=1)
        self.table.df = shown.reset_index(drop=True)
        said = label("explorer.shown", self.lang).format(
            n=len(tasks), of=len(self.session.corpus.tasks)
        )
        lines = [Markup("<p>{}</p>").format(said)]
        if self.view.k != self.k.value:
            fewer = label("explorer.fewer", self.lang).format(k=self.view.k, asked=self.k.value)
            lines.append(Markup("<p>{}</p>").format(fewer))
        self.status.value = Markup("").join(lines)

    def _on_pair(self, _: Any) -> None:
        """Two jurisdictions were chosen: their words are compared."""
        self.contexts.value = ""
        try:
            table = self.session.words(self.one.value, self.other.value)
        except InputError as error:
            self.contexts.value = Markup('<p role="alert">{}</p>').format(str(error))
            return
        colours = self._colours((self.one.value, self.other.value))
        self.words.chart = pictures.words(table, colours, self.lang)
        self.words.selections.observe(self._on_pick, "pick")

    def _on_pick(self, change: Any) -> None:
        """A word was clicked: its places in the two lists are shown."""
        picked = change.new.value
        term = picked[0]["term"] if picked else ""
        table = self.session.contexts(term, self.one.value, self.other.value)
        cells = [
            (row.task_id, Markup("{}<mark>{}</mark>{}").format(row.left, row.term, row.right))
            for row in table.itertuples()
        ]
        heads = [label("task_id", self.lang), label("text", self.lang)]
        self.contexts.value = _rows(cells, heads) if cells else ""

    def _colours(self, jurisdictions: tuple[str, ...]) -> dict[str, str]:
        of = style.jurisdiction_colours(jurisdictions)
        return {self.session.places[key]: colour for key, colour in of.items()}

    def _links(self, view: View) -> str:
        files = {
            "codebook": ("theme_seeds.csv", self.session.codebook_csv(view)),
            "assignment": ("task_themes.csv", self.session.assignment_csv(view)),
        }
        form = '<a download="{}" href="data:text/csv;charset=utf-8;base64,{}">{}</a>'
        return Markup(" · ").join(
            Markup(form).format(
                name,
                base64.b64encode(text.encode("utf-8")).decode("ascii"),
                label(f"explorer.download_{key}", self.lang),
            )
            for key, (name, text) in files.items()
        )


def _rows(rows: Any, heads: list[str]) -> Markup:
    """A plain table; what comes from a document is escaped."""
    head = Markup("").join(Markup(f"<th {LEFT}>{{}}</th>").format(h) for h in heads)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup(f"<td {LEFT}>{{}}</td>").format(c) for c in row)
        )
        for row in rows
    )
    form = (
        '<table class="jp-RenderedHTMLCommon"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    )
    return Markup(form).format(head, body)
