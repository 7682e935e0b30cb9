"""Write docs/licences.md: every package of the lock, its version, and the licence it states.

    python tools/licences.py

The licence is that of the installed package's own metadata: its expression (SPDX), else its
classifiers, else its field. A package that states none, or is not installed on this system, is
looked up by hand and stands in `BY_HAND` with the place where it says so.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"

BY_HAND = {
    "appnope": "BSD-2-Clause",  # LICENSE in its archive; macOS only
    "axe-playwright-python": "MIT",  # LICENSE in its wheel
    "colorama": "BSD-3-Clause",  # LICENSE.txt in its archive; Windows only
    # COPYING: public domain but for these; its one file under the GPL, for Emacs, is not installed
    "docutils": "Public Domain AND BSD-2-Clause AND PSF-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # with the licences of what PDFium is made of
    "pywinpty": "MIT",  # LICENSE.txt in its archive; Windows only
    "resvg-py": "MIT",  # licence file in its repository (baseplate-admin/resvg-py)
}
# The names of licences that differ in spelling only.
_SAME = {
    r"(?:The )?MIT(?: License)?(?: \(MIT\))?|MIT license": "MIT",
    r"BSD[- ]3-Clause(?: License)?": "BSD-3-Clause",
    r"BSD[- ]2-Clause(?: License)?": "BSD-2-Clause",
    r"BSD(?: License)?": "BSD",
    r"Apache(?: Software)?(?: License)?,?(?: Version)?(?:[ -]2\.0)?": "Apache-2.0",
    r"ISC(?: license| License)?(?: \(ISCL\))?": "ISC",
    r"Mozilla Public License 2\.0 \(MPL 2\.0\)": "MPL-2.0",
    r"Python Software Foundation License|PSFL": "PSF-2.0",
}


def locked() -> dict[str, str]:
    """The packages of the lock and their versions; of several versions, all."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\\n]+)", text, re.M):
        found[name] = f"{found[name]}, {version}" if name in found else version
    return found


def licence(package: str) -> str:
    """The licence of a package."""
    if package in BY_HAND:
        return BY_HAND[package]
    about = metadata.metadata(package)
    signs = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if "License ::" in c]
    field = (about.get("License") or "").strip()
    short = field if 0 < len(field) < 60 and field != "UNKNOWN" and "Copyright" not in field else ""
    stated = about.get("License-Expression") or short or " or ".join(signs)
    if not stated:
        raise SystemExit(f"{package} states no licence: look it up, and enter it in BY_HAND")
    same = (name for spelling, name in _SAME.items() if re.fullmatch(spelling, stated))
    return next(same, stated)


def page() -> str:
    """The page, one row a package."""
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in locked().items()]
    return (
        "# Licences of the packages\n\n"
        f"The {len(rows)} packages of `requirements.lock`, with what each states of its licence.\n"
        "Made by `python tools/licences.py`; `tests/test_structure.py` holds it to the lock and to "
        "the\nlicences allowed.\n\n| package | version | licence |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
