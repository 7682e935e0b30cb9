"""Sphinx's settings for the guide and the reference: `make docs`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

import yiyang

# nbformat does without it, and starts a second earlier.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

HERE = Path(__file__).resolve().parent
REPO = HERE.parent
_CITED = yaml.safe_load((REPO / "CITATION.cff").read_text("utf-8"))
project, release = "yiyang", yiyang.__version__
author = ", ".join(one["name"] for one in _CITED["authors"])
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
ROOT = {"changes.md": "CHANGELOG.md", "security.md": "SECURITY.md"}
"""Pages of the site -> the files at the root of the repository that they show."""
include_patterns = [
    *("index.md", "guide/*.md", "reference/*.md", *ROOT),
    *("install.md", "your-documents.md", "explorer.md", "report.md", "scale.md", "serve.md"),
    *("reuse.md", "figures.md", "findings.md", "phrases.md", "reliability.md", "licences.md"),
]
html_theme = "sphinx_book_theme"
html_title = "yiyang"
html_theme_options = {"show_navbar_depth": 1, "use_download_button": False}
nb_execution_mode = "off"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 2
suppress_warnings = ["myst.header"]  # a page in two languages begins anew for the second
autodoc_typehints = "none"  # numpydoc has them in the signature
autosummary_generate = True
numpydoc_show_class_members = False
default_role = "code"


def _tables() -> str:
    """The page of the tables, from `schema.yaml`: each with its columns."""
    described = yaml.safe_load((REPO / "yiyang" / "schema.yaml").read_text("utf-8"))
    parts = ["# Tables", "", "`corpus.describe(name)` says the same, with what is missing.", ""]
    parts += ["A line is that of the file where the file is a text. In Word, PDF, Excel and web"]
    parts += ["pages it is the number of the paragraph or row, in reading order."]
    for name, spec in described.items():
        parts += ["", f"## {name}", "", spec["description"], ""]
        parts += ["| column | type | |", "|---|---|---|"]
        for field in spec["fields"]:
            said = str(field["description"]).replace("|", "\\|")
            needed = "" if field.get("required") else " (may be missing)"
            parts.append(f"| `{field['name']}` | {field['type']}{needed} | {said} |")
    return "\n".join(parts) + "\n"


def _write(app: object) -> None:
    """Write the pages that are made of other files, where they are not as they should be."""
    pages = {HERE / page: (REPO / name).read_text("utf-8") for page, name in ROOT.items()}
    for path, text in (pages | {HERE / "reference" / "tables.md": _tables()}).items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


_LINK = re.compile(r"\[([^\]]+)\]\((?![a-z]+:)([^)#\s]+)(#[^)]*)?\)")


def _lead(app: object, page: str, source: list[str]) -> None:
    """Let links to other files of the repository lead to their pages; one to a file that is no
    page of the site names the file."""
    shown = ROOT.get(f"{page}.md")
    folder = REPO if shown else (HERE / page).parent

    def led(link: re.Match[str]) -> str:
        words, name, place = link[1], link[2], link[3] or ""
        target = (folder / name).resolve()
        at_root = {(REPO / file): HERE / own for own, file in ROOT.items()}
        target = at_root.get(target, target)
        if target.is_file() and target.is_relative_to(HERE) and target.suffix == ".md":
            up = "../" * page.count("/")
            return f"[{words}]({up}{target.relative_to(HERE).as_posix()}{place})"
        if not target.exists():
            return link[0]
        path = f"`{target.relative_to(REPO).as_posix()}`"
        return path if words.strip("`") in path else f"{words} ({path})"

    source[0] = _LINK.sub(led, source[0])


def setup(app: object) -> None:
    """Write the made pages before Sphinx reads them, and turn the links of each as it is read."""
    app.connect("builder-inited", _write)  # type: ignore[attr-defined]
    app.connect("source-read", _lead)  # type: ignore[attr-defined]
