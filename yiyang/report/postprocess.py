"""Finish the pages that Sphinx wrote: less weight, and no English left in Chinese pages.

The theme sends its whole library of icons with each page, 1.5 MB, and a copy of its files with
each edition. Here the few icons in use are set into the pages, files that both editions have in
common stand once beside them, and charts lose the digits that no screen can show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from yiyang.charts import style
from yiyang.core.messages import LANGS, Lang, label, labels
from yiyang.report import glossing, typeface
from yiyang.safety import digests, escaping
from yiyang.safety.errors import refusal
from yiyang.safety.later import expression

LIBRARY = Path("_static", "scripts", "fontawesome.js")
# <script defer src="_static/scripts/fontawesome.js?digest=90905a2f556bf617f1a9"></script>
_LIBRARY_TAG = expression(r"<(script|link)\b[^>]*fontawesome\.js[^>]*>(?:</script>)?\s*")
# <i class="theme-switch fa-solid fa-sun fa-lg fa-fw" data-mode="light" title="亮色"></i>
_ICON = expression(
    r'<(i|span) class="(?P<before>[^"]*)\bfa-solid fa-(?P<name>[a-z-]+)(?P<after>[^"]*)"'
    r'(?P<mode> data-mode="[a-z]+")?(?: title="[^"]*")?></\1>'
)
# In the library: ,"arrow-up":[384,512,[8593],"f062","M214.6 9.4c-12.5-12.5 ..."]
_DRAWING = r'[,{{]"?{}"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"'
# In its style sheet: .fa-0{--fa:"\30 "}.fa-arrow-up{--fa:"\f062"}
_ICON_STYLE = expression(r'\.fa-[^{}]*\{--fa:"[^"]*"\}')
# What stands between the elements of a chart: an indent, "<!-- 25% -->" beside outlines of letters.
_BETWEEN = expression(r"^ *<!--.*?-->\n|^ +(?=<)", re.MULTILINE | re.DOTALL)
# title="Color mode"  aria-label="Main"  </i>System Settings</button>
_ENGLISH = expression(r'(?<=title="|label=")[^"]+|(?<=</svg>)[A-Z][A-Za-z ]+(?=</button>)')
# The theme leaves its title and search outside every landmark of the page.
_SIDEBAR = '<div class="sidebar-primary-items__start'
_LANDMARK = '<div role="region" aria-label="{}" class="sidebar-primary-items__start'
# <td data-label="Task">jiyuan-03</td>  <small>jiyuan-22 (0.14)</small>
_NAMED = expression(r"(<(?:td|small)\b[^<>]*>)([^<>\s]+)(?=[< ])")
# href="_static/styles/theme.css?digest=..." and src="../zh/_static/..."
_ASKED = expression(r'(?<=(?:href|.src)=")(?P<path>_static/[^"?#]+)')


def edition(
    folder: Path, lang: Lang, tasks: Sequence[str], glosses: glossing.Tasks = glossing.NONE
) -> None:
    """Finish the pages and charts of one edition in place; each of `tasks` named in a table
    becomes a link to it in the task browser, and Chinese texts in English get their `glosses`."""
    known = {str(escaping.escape(task)) for task in tasks}

    def linked(match: re.Match[str]) -> str:
        before, task = match.groups()
        return f'{before}<a href="tasks.html#{task}">{task}</a>' if task in known else match[0]

    library = (folder / LIBRARY).read_text(encoding="utf-8")
    icon = _icons(library)
    english = tooltips() if lang == "zh" else {}
    toggle = label("site.toggle", lang)  # of the pages below one in the navigation
    for path in sorted(folder.rglob("*.html")):
        page = _LIBRARY_TAG.sub("", path.read_text(encoding="utf-8"))
        page = _ICON.sub(icon, page)
        page = _ENGLISH.sub(lambda match: english.get(match[0], match[0]), page)
        page = page.replace(_SIDEBAR, _LANDMARK.format(label("site.sidebar", lang)))
        page = page.replace("<summary><span", f'<summary aria-label="{toggle}"><span')
        if tasks:
            page = _NAMED.sub(linked, page)
        if lang == "en":
            page = glossing.page(page, glosses)
        page = guarded(_FOCUS.sub("", page))
        path.write_text(page, encoding="utf-8")
    _name_charts(folder)
    index = folder / "searchindex.js"
    index.write_text(_titles_as_html(index.read_text(encoding="utf-8")), encoding="utf-8")
    for path in sorted((folder / "_images").glob("*.svg")):
        drawing = style.smaller(path.read_text(encoding="utf-8"))
        path.write_text(_BETWEEN.sub("", drawing), encoding="utf-8")
    for path in (folder / LIBRARY.parent).glob("fontawesome*"):
        path.unlink()
    theme = folder / "_static" / "styles" / "pydata-sphinx-theme.css"
    theme.write_text(_ICON_STYLE.sub("", theme.read_text(encoding="utf-8")), encoding="utf-8")
    tools = folder / "_static" / "doctools.js"
    tools.write_text(_one_form(tools.read_text(encoding="utf-8")), encoding="utf-8")


# Search.setIndex({"alltitles":{"Agencies":[[2,null]], ...}, ...})
_INDEX = expression(r"Search\.setIndex\((?P<index>\{.*\})\)", re.DOTALL)


def _titles_as_html(script: str) -> str:
    """Sphinx's index for the search with all titles escaped: its script sets them into the page of
    results as HTML, but writes only those of pages as such."""
    match = _INDEX.fullmatch(script.strip())
    if not match:
        raise refusal("report.search_index", "searchindex.js", script=script[:40])
    index = json.loads(match["index"])
    index["alltitles"] = {str(escaping.escape(t)): at for t, at in index["alltitles"].items()}
    return f"Search.setIndex({json.dumps(index, separators=(',', ':'))})"


# The theme's script in search.html, which site/static/search.js stands for:
# <script>\n    // Activate the search field on page load ... </script>
_FOCUS = expression(r"<script>\s*// Activate the search field[^<]*</script>\s*")
# <script>DOCUMENTATION_OPTIONS.pagename = '01-tasks';</script>
_INLINE = expression(
    r"<script(?![^<>]*\bsrc=)[^<>]*>(?P<script>(?:(?!<script).)*?)</script>", re.DOTALL
)
# Documentation.PLURAL_EXPR = new Function("n", `return (${catalog.plural_expr})`);
_PLURAL = expression(r"new Function\(\s*\"n\",\s*`return \(\$\{catalog\.plural_expr\}\)`,?\s*\)")


def _one_form(tools: str) -> str:
    """Sphinx's script without its one line that makes code of a text, which the policy of the
    pages forbids. It is run for the Chinese catalogue alone, whose words have one form."""
    tools, n_found = _PLURAL.subn("() => 0", tools)
    if n_found != 1:
        raise refusal("report.doctools", "doctools.js", n_found=n_found)
    return tools


# <meta charset="utf-8" />
_CHARSET = expression(r'<meta charset="utf-8" ?/?>', re.IGNORECASE)
_POLICY = (
    "default-src 'none'; script-src 'self' file:{hashes}; style-src 'self' file: 'unsafe-inline'; "
    "style-src-attr 'none'; img-src 'self' file: data:; font-src 'self' file:; "
    "form-action 'self' file:; base-uri 'none'"
)


def guarded(page: str) -> str:
    """Give the page a policy by which a browser loads nothing from elsewhere and runs no script but
    the report's own.

    `file:` stands for a report that is opened from the file system, where not every browser takes
    a file for the same origin. The few scripts inside pages are the theme's; they stand in its
    head, before any text of a document but the title, and are named by their hashes: nothing that
    stands behind could become one. Style sheets may stand inside a page, since the tables of the
    notebooks bring theirs, but no element has a style of its own. `data:` are the theme's pictures
    in its style sheet.
    """
    head = page.partition("</head>")[0]
    scripts = sorted({match["script"] for match in _INLINE.finditer(head)})
    hashes = "".join(f" '{digests.of_script(script)}'" for script in scripts)
    policy = _POLICY.format(hashes=hashes)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _CHARSET.sub(lambda match: f"{match[0]}\n{meta}", page, count=1)


# src="_images/61953d2d0fd9c431c2fb.svg": a chart of a notebook, named by its content.
_HASHED = expression(r'"_images/([0-9a-f]{64}\.svg)"')


def _name_charts(folder: Path) -> None:
    """Name the charts of a chapter after it, in their order: `03-deadlines-1.svg`."""
    for path in sorted(folder.glob("*.html")):
        page = path.read_text(encoding="utf-8")
        for number, name in enumerate(dict.fromkeys(_HASHED.findall(page)), 1):
            fresh = f"{path.stem}-{number}.svg"
            (folder / "_images" / fresh).write_bytes((folder / "_images" / name).read_bytes())
            page = page.replace(f'"_images/{name}"', f'"_images/{fresh}"')
        path.write_text(page, encoding="utf-8")
    for path in sorted((folder / "_images").glob("*")):  # a page alone has none
        if _HASHED.fullmatch(f'"_images/{path.name}"'):
            path.unlink()


def _icons(library: str) -> Callable[[re.Match[str]], str]:
    @cache
    def drawing(name: str) -> tuple[str, str, str]:
        # The solid form of an icon stands after the one in outline.
        return re.findall(_DRAWING.format(re.escape(name)), library)[-1]

    def icon(match: re.Match[str]) -> str:
        width, height, path = drawing(match["name"])
        kind = f"{match['before']}yy-icon{match['after']}"
        return (
            f'<svg class="{kind}"{match["mode"] or ""} viewBox="0 0 {width} {height}" '
            f'aria-hidden="true"><path d="{path}"/></svg>'
        )

    return icon


@cache
def tooltips() -> dict[str, str]:
    """Map what the theme says in English even in a Chinese page, with the Chinese for it."""
    words = labels()
    return {words[k]["en"]: words[k]["zh"] for k in words if k.startswith("site.tooltip.")}


def share(site: Path) -> None:
    """Move the static files that the editions have in common to one folder beside them."""
    one, *others = (site / lang for lang in LANGS)
    common = set()
    for path in sorted(p for p in (one / "_static").rglob("*") if p.is_file()):
        name = path.relative_to(one)
        twins = [other / name for other in others]
        if all(t.is_file() and t.read_bytes() == path.read_bytes() for t in twins):
            common.add(name.as_posix())
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            path.rename(site / name)
            for twin in twins:
                twin.unlink()
    for path in sorted(p for lang in LANGS for p in (site / lang).rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        path.write_text(
            _ASKED.sub(lambda m: ("../" if m[0] in common else "") + m[0], page), encoding="utf-8"
        )


def type_of(site: Path) -> None:
    """Put in the type for the characters of all pages, for machines that have no Chinese."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))]
    typeface.write(texts, site / "_static" / typeface.NAME)
