"""Set Sphinx for one edition of the report: `sphinx -t zh` or `sphinx -t en`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from sphinx.search.en import SearchEnglish

from yiyang.core.messages import Lang, label
from yiyang.safety import escaping
from yiyang.safety.later import expression

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# As in yiyang.report.notebooks.read_notebook: nbformat does without, and starts a second earlier.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# Sphinx puts `tags` into this file.
LANG: Lang = "zh" if tags.has("zh") else "en"  # type: ignore[name-defined]  # noqa: F821
OTHER: Lang = "en" if LANG == "zh" else "zh"

project = label("site.title", LANG)
language = {"zh": "zh_CN", "en": "en"}[LANG]

extensions = ["myst_nb"]
myst_enable_extensions = ["colon_fence", "deflist"]
nb_execution_mode = "off"
nb_output_stderr = "remove-warn"

html_theme = "sphinx_book_theme"
html_theme_options: dict[str, object] = {
    "show_navbar_depth": 1,
    "home_page_in_toc": True,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "search_bar_text": label("site.search", LANG),
    "toc_title": label("site.contents", LANG),
    "article_header_end": ["language.html", "article-header-buttons.html"],
    "navbar_persistent": [],
    "footer_content_items": [],
}
html_context = {
    "default_mode": "auto",
    "other_lang": OTHER,
    "other_name": label(f"site.edition.{OTHER}", OTHER),
    "switch_title": label("site.switch", LANG),
}
templates_path = ["templates"]
# The explorer's own lie with it: its page stands alone, too (`Explorer.to_html`).
html_static_path = ["static", "../../explorer/static"]
html_css_files = ["yiyang.css"]
html_js_files = ["search.js"]
OWN_SCRIPTS = {
    "index": ["tiles.js"],
    "tasks": ["office.js", "browser.js"],
    "brief": ["office.js", "brief.js"],
    "explorer": ["explorer.js"],
}
"""Scripts that one kind of page needs, by the beginning of its name."""
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_last_updated_fmt = None
# From the file system a browser may not read the pages that it would excerpt.
html_show_search_summary = False
html_search_language = "zh"


class CharacterPairs(SearchEnglish):
    """Chinese is indexed by overlapping pairs of characters, English words by their stems.

    A query is cut in the same way in the browser, so that whatever Chinese wording of two or
    more characters is on a page is found, with no dictionary to know it.
    """

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = r"""
function splitQuery(query) {
  return query.split(/([\u3400-\u9fff]+)/).flatMap((part, i) =>
    i % 2 === 0 ? part.toLowerCase().match(/\w+/g) || []
    : part.length === 1 ? [part]
    : Array.from({length: part.length - 1}, (_, k) => part.slice(k, k + 2)));
}
"""
    # 家庭医生 -> 家庭 庭医 医生; the group keeps the Chinese runs in the odd places of the split.
    han = expression(r"([\u3400-\u9fff]+)")

    def stem(self, word: str) -> str:
        return super().stem(word) if word.isascii() else word

    def split(self, text: str) -> list[str]:
        words: list[str] = []
        for i, part in enumerate(self.han.split(text)):
            if i % 2 == 0:
                words += re.findall(r"\w+", part.lower())
            else:
                words += [part[k : k + 2] for k in range(max(1, len(part) - 1))]
        return words


def titles_as_text(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: object
) -> None:
    """Escape the titles of a page: the theme sets them into it once more, for print, as they are. A
    page that needs a script of its own gets it."""
    for name in ("pagetitle", "page_description", "root_title"):
        context[name] = escaping.escape(context.get(name, ""))
    for script in OWN_SCRIPTS.get(pagename.partition("-")[0], []):
        app.add_js_file(script)
    if pagename == "explorer":
        app.add_css_file("explorer.css")


def setup(app: Sphinx) -> None:
    # The command may name the project otherwise (`-D project=...`): a report on other lists.
    app.connect("config-inited", lambda app, config: setattr(config, "html_title", config.project))
    app.add_search_language(CharacterPairs)
    app.connect("html-page-context", titles_as_text, priority=900)  # behind the theme's own
