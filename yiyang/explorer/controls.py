"""Make the controls of the explorer's widget, in the order in which a reader comes to them."""

from __future__ import annotations

from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from yiyang.core.messages import Lang, label
from yiyang.explorer.choices import AXES, COLOURS, METHODS, SIDES, SORTS, Choice
from yiyang.explorer.model import Session

WIDE = widgets.Layout(width="370px", max_width="100%")
WORDS = {"description_width": "140px"}
MOST_ROWS = 8
"""Places of the list that are seen without scrolling."""


class Copy(anywidget.AnyWidget):
    """A button that puts a text on the clipboard, and says that it did."""

    _esm = """
    export default { render({ model, el }) {
      const button = document.createElement("button");
      button.className = "jupyter-widgets jupyter-button widget-button yx-copy";
      const name = () => { button.textContent = model.get("name"); };
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(model.get("text"));
        } catch {
          const area = document.createElement("textarea");
          area.value = model.get("text");
          el.append(area);
          area.select();
          document.execCommand("copy");
          area.remove();
        }
        button.textContent = model.get("done");
        setTimeout(name, 1500);
      });
      name();
      el.append(button);
    } };
    """
    text = traitlets.Unicode("").tag(sync=True)
    name = traitlets.Unicode("").tag(sync=True)
    done = traitlets.Unicode("").tag(sync=True)


class Controls:
    """The controls by their names; those of `CHOICE` are fields of `Choice`."""

    CHOICE = (
        *("jurisdictions", "method", "k", "ngrams", "stop_words", "seeds", "edits"),
        *("colour", "across", "by", "one", "other", "term", "sort"),
    )

    def __init__(self, session: Session, choice: Choice) -> None:
        self.lang: Lang = session.lang
        places = [(session.places[key], key) for key in session.known]
        self.jurisdictions = self._made(
            widgets.SelectMultiple,
            "jurisdictions",
            options=places,
            rows=min(len(places), MOST_ROWS),
        )
        self.method = self._dropdown("method", METHODS)
        self.k = self._made(widgets.IntSlider, "k", min=2, max=40, continuous_update=False)
        self.ngrams = self._made(widgets.Dropdown, "ngrams", options=[1, 2])
        self.stop_words = self._text(widgets.Text, "stop_words")
        self.seeds = self._text(widgets.Textarea, "seeds")
        self.edits = self._text(widgets.Textarea, "edits")
        self.colour = self._dropdown("colour", COLOURS)
        self.across = self._dropdown("across", AXES)
        self.by = self._dropdown("by", SIDES)
        self.one = self._made(widgets.Dropdown, "one", options=[("", "")])
        self.other = self._made(widgets.Dropdown, "other", options=[("", "")])
        self.term = self._made(widgets.Text, "term", continuous_update=False)
        self.sort = self._dropdown("sort", SORTS)
        self.folder = self._made(widgets.Text, "folder", value="explorer")
        self.export, self.save_codebook = (
            widgets.Button(description=label(f"explorer.{name}", self.lang))
            for name in ("export", "save_codebook")
        )
        said = {"name": "explorer.copy", "done": "explorer.copied"}
        self.copy = Copy(**{name: label(key, self.lang) for name, key in said.items()})
        for name, value in choice._asdict().items():
            if name not in ("one", "other"):
                getattr(self, name).value = value

    def _made(self, kind: Any, name: str, **options: Any) -> Any:
        words = label(f"explorer.{name}", self.lang)
        return kind(description=words, layout=WIDE, style=WORDS, **options)

    def _dropdown(self, name: str, values: tuple[str, ...]) -> Any:
        options = [(label(f"explorer.{name}.{value}", self.lang), value) for value in values]
        return self._made(widgets.Dropdown, name, options=options)

    def _text(self, kind: Any, name: str) -> Any:
        hint = label(f"explorer.{name}_hint", self.lang)
        rows = {"rows": 3} if kind is widgets.Textarea else {}
        return self._made(kind, name, continuous_update=False, placeholder=hint, **rows)

    @property
    def choice(self) -> Choice:
        """What the controls say."""
        return Choice(**{name: getattr(self, name).value for name in self.CHOICE})

    def offer_sides(self, sides: list[tuple[str, str]], pair: tuple[str, str]) -> None:
        """Offer what there is to compare; a side that is there still stays chosen."""
        for control, usual in zip((self.one, self.other), pair, strict=True):
            if [*control.options] != sides:
                kept = control.value
                values = [value for _, value in sides]
                control.options = sides
                control.value = kept if kept in values else usual if usual in values else None
