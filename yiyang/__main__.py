"""Run the program: `python -m yiyang`, and the script `yiyang`."""

from __future__ import annotations

from yiyang.safety import ending


def main() -> None:
    """Run a command of the command line; what ends it while it starts is said in one line too."""
    with ending.said():
        from yiyang.commands.cli import app  # noqa: PLC0415  (it takes a second to import)

        app()


if __name__ == "__main__":
    main()
