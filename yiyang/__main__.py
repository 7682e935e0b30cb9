"""`python -m yiyang`."""

from yiyang.cli import app

app()
