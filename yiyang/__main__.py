"""Start the command line: `yiyang`, and `python -m yiyang`."""

from __future__ import annotations

import sys
from contextlib import suppress

from yiyang import __version__
from yiyang.safety import ending, garbage, pool
from yiyang.safety.errors import InputError

READS = ("add", "check", "read")
"""The commands that read documents, which is done in another process."""


def main() -> None:
    """Run the command that the arguments name; what ends it while it starts is said in one line
    too.

    The version is said before anything large is imported. The process that reads documents gets
    ready while this one imports what shows them: both take as long.
    """
    said = sys.argv[1:]
    with ending.said():
        if said == ["--version"]:
            print(f"yiyang {__version__}")
            return
        if said[:1] and said[0] in READS and "--help" not in said:
            with suppress(InputError):  # a wrong setting is told below, in its line
                pool.warm()
                garbage.seldom()
        garbage.leave_at_the_end()
        from yiyang.commands.cli import app  # noqa: PLC0415  (typer and pandas take a second)

        app(prog_name="yiyang")


if __name__ == "__main__":
    main()
