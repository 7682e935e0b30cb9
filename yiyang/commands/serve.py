"""Run `yiyang serve`: a large store looked through in a browser."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from yiyang.commands.common import ERR, OUT, Quiet, bad_input_ends
from yiyang.safety import extras
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import terminal
from yiyang.safety.telling import tell

LOCAL = "127.0.0.1"
EVERY = ("", "0.0.0.0", "::", "*")
"""Addresses that stand for all of a machine: no name of theirs could be held to."""
GRACE = 2
"""Seconds that answers under way have at the end."""


def serve(
    out: Annotated[Path, typer.Argument(help=tell("commands.run_folder"))] = Path("out"),
    port: Annotated[int, typer.Option(min=0, max=65535, help=tell("commands.serve_port"))] = 8765,
    host: Annotated[str, typer.Option(help=tell("commands.serve_host"))] = LOCAL,
    quiet: Quiet = False,
) -> None:
    """Look through a large corpus in the browser: all its tasks, documents and agencies.

    Serves the tables of `yiyang run` on this machine alone, until Ctrl+C: nothing is built or
    copied. Full text, place, year, agency, theme, deadline and confidence; results as CSV and
    Parquet; documents to check, and doubles. Needs the extra yiyang[serve]; docs/serve.md.
    """
    with bad_input_ends():
        extras.need("serve", "yiyang serve")
        _serve(out, port, host, quiet)


def _serve(out: Path, port: int, host: str, quiet: bool) -> None:
    import uvicorn  # noqa: PLC0415  (an extra)

    from yiyang.report.served.app import application  # noqa: PLC0415
    from yiyang.report.served.held import HeldStore  # noqa: PLC0415

    if host in EVERY:
        raise refusal("serve.host", "yiyang serve", host=repr(host))
    store = HeldStore(out)
    with _listening(host, port) as listening:
        names = frozenset({host.lower(), *((LOCAL, "localhost") if host == LOCAL else ())})
        settings = uvicorn.Config(
            application(store, names),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        if not quiet:
            said = tell("commands.serving", out=terminal(out), address=address)
            OUT.print(said, highlight=False, soft_wrap=True)
        if host != LOCAL:
            ERR.print(tell("commands.serve_open"), style="yellow")
        uvicorn.Server(settings).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """The port, taken. `InputError` where it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise refusal("serve.port", f"{host}:{port}", said=error.strerror or str(error)) from error
