"""`python -m yiyang`."""

from yiyang.commands.cli import app

app()
