"""Draw charts: one file a subject, one function a chart, one style (`style.py`).

A chart function takes a table, an Axes and `lang`, draws, and returns the Axes. Importing this
package sets matplotlib's style, so that Chinese is drawn on anybody's Axes.
"""

from yiyang.charts import style

style.apply()
