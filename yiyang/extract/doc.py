"""Word's old format (.doc) and its like, by way of LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from yiyang.errors import InputError

SECONDS = 120
"""How long LibreOffice may take for a file."""


def to_docx(data: bytes, place: str) -> bytes:
    """The document as .docx. `InputError` where LibreOffice is not there or does not manage it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        raise InputError(
            place,
            found="a document in Word's old format (.doc, .wps, .rtf), and no LibreOffice",
            expected="a .docx document, or LibreOffice to convert it",
            remedy="open it in Word or WPS and save it as .docx, or install LibreOffice "
            "(Debian and Ubuntu: apt-get install libreoffice-writer-nogui)",
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.doc"
        source.write_bytes(data)
        command = [
            office,
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{folder}/user",
        ]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return source.with_suffix(".docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise InputError(
                place,
                found=f"a document that LibreOffice does not convert ({type(error).__name__})",
                expected="a Word document",
                remedy="open it in Word or WPS and save it as .docx",
            ) from error
