"""Sphinx's settings for the guide and the reference: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

import yiyang

# nbformat does without it, and starts a second earlier.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

HERE = Path(__file__).resolve().parent
project, release = "yiyang", yiyang.__version__
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
include_patterns = [
    "index.md",
    "explorer.md",
    "guide/*.md",
    "reference/*.md",
    "figures.md",
    "phrases.md",
]
html_theme = "sphinx_book_theme"
html_title = "yiyang"
html_theme_options = {"show_navbar_depth": 1, "use_download_button": False}
nb_execution_mode = "off"
myst_enable_extensions = ["deflist"]
suppress_warnings = ["myst.xref_missing"]  # pages of the repository that are no page of the site
autodoc_typehints = "none"  # numpydoc has them in the signature
autosummary_generate = True
numpydoc_show_class_members = False
default_role = "code"


def _tables() -> str:
    """The page of the tables, from `schema.yaml`: each with its columns."""
    described = yaml.safe_load((HERE.parent / "yiyang" / "schema.yaml").read_text("utf-8"))
    parts = ["# Tables", "", "`corpus.describe(name)` says the same, with what is missing."]
    for name, spec in described.items():
        parts += ["", f"## {name}", "", spec["description"], ""]
        parts += ["| column | type | |", "|---|---|---|"]
        for field in spec["fields"]:
            said = str(field["description"]).replace("|", "\\|")
            needed = "" if field.get("required") else " (may be missing)"
            parts.append(f"| `{field['name']}` | {field['type']}{needed} | {said} |")
    return "\n".join(parts) + "\n"


def _write_tables(app: object) -> None:
    path = HERE / "reference" / "tables.md"
    text = _tables()
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def setup(app: object) -> None:
    """Write the page of the tables before Sphinx reads the pages."""
    app.connect("builder-inited", _write_tables)  # type: ignore[attr-defined]
