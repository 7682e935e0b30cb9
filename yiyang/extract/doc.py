"""Read Word's old format (.doc) and its like, by way of LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from yiyang.extract import docx
from yiyang.extract.blocks import Page
from yiyang.safety import limits, private
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell

SPARE = 5
"""Seconds between the end of LibreOffice's time and that of the process that waits for it."""
MEMORY = 4_000_000_000
"""Bytes of memory that LibreOffice may ask for; it uses a tenth of it."""

# No macro is run, nothing linked is fetched: the only way out leads to a port that nobody serves.
_SETTINGS = {
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
}


def page(data: bytes, place: str) -> Page:
    """Return the blocks of the document, once LibreOffice has made a .docx of it."""
    return replace(docx.page(to_docx(data, place), place), kind="docx")


def program() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, place: str) -> bytes:
    """Return the document as .docx. `InputError` where LibreOffice is not there or does not manage
    it.

    It runs with a profile of its own that goes away again: no macro, no net.
    """
    office = program()
    if not office:
        raise refusal("file.no_office", place)
    seconds = max(limits.current().wall_seconds - SPARE, 1)
    with private.folder("office") as folder:
        source = folder / "document.doc"
        source.write_bytes(data)
        _write_settings(folder / "profile" / "user")
        profile = (folder / "profile").as_uri()
        command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]
        try:
            subprocess.run(
                command,
                capture_output=True,
                timeout=seconds,
                check=True,
                env={**os.environ, "HOME": str(folder)},
                preexec_fn=_own_limits if os.name == "posix" else None,
            )
            return source.with_suffix(".docx").read_bytes()
        except subprocess.TimeoutExpired as error:
            found = tell("extract.document_libreoffice_does_not_convert", n=seconds)
            raise limits.LimitError("wall_seconds", found, place) from error
        except (subprocess.SubprocessError, OSError) as error:
            raise refusal("file.office", place, kind=type(error).__name__) from error


def _own_limits() -> None:
    """Take from LibreOffice the limits of the process that starts it, which are too narrow."""
    import resource  # noqa: PLC0415  (not on Windows)

    for kind, value in ((resource.RLIMIT_CPU, -1), (resource.RLIMIT_DATA, MEMORY)):
        most = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if value < 0 or 0 <= most < value else value, most))


def _write_settings(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in sorted(_SETTINGS)
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
