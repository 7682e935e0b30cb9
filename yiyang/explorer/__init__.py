"""Show the explorer of themes for JupyterLab: `panel(corpus, "zh")` (notebooks/explore.py)."""

from yiyang.explorer.choices import Choice
from yiyang.explorer.model import Session, View
from yiyang.safety import extras

with extras.named("report", "yiyang.explorer"):
    from yiyang.explorer.recipe import Explorer
    from yiyang.explorer.widget import Panel, panel

__all__ = ["Choice", "Explorer", "Panel", "Session", "View", "panel"]
