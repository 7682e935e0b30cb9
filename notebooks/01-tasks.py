# %% [markdown] tags=["lang-zh"]
# # 任务是怎样切分的
#
# 清单的版式各不相同。这里看各种版式的一项任务在原文里的样子，以及从中读出的内容；全部任务见“逐项查看任务”页。

# %% [markdown] tags=["lang-en"]
# # How each list was cut into tasks
#
# The lists come in different layouts. Here is a task of each layout as it is printed and as it was read; all the tasks are on the page “Browse the tasks”.

# %%
import yiyang
from yiyang.charts import corpus as charts
from yiyang.charts import style
from yiyang.reading import provenance as reading
from yiyang.show import tables as show

lang = "zh"
corpus = yiyang.load()

# %% [markdown] tags=["lang-zh"]
# ## 清单有多长
#
# 清单长短不一，比较时既看项数，也看占比。

# %% [markdown] tags=["lang-en"]
# ## How long the lists are
#
# The lists differ in length, so that they are compared by share as well as by count.

# %%
fig, ax = style.figure(height=2.2)
_ = charts.list_lengths(reading.lengths(corpus.tasks), corpus.jurisdictions, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `tasks`（见“下载”页）。
#
# 一项任务也长短不一：有的只有一句话，有的是一整条。因此“任务数”只说明清单怎样分项，不说明工作量。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; table `tasks` (page “Downloads”).
#
# Tasks differ in length too: some are one sentence, some a whole article. A count of tasks tells how a list was divided, not how much work it holds.

# %%
fig, ax = style.figure(height=3.2)
_ = charts.text_lengths(corpus.tasks, corpus.jurisdictions, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `tasks`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; table `tasks` (page “Downloads”).

# %% [markdown] tags=["lang-zh", "four-lists"]
# ## 朝阳区：展平的表格
#
# Word 表格的每个单元格成了一行：序号、工作任务、责任单位。

# %% [markdown] tags=["lang-en", "four-lists"]
# ## Chaoyang: a flattened table
#
# Each cell of the Word table has become a line: number, task, responsible units.

# %% tags=["four-lists"]
show.cut(corpus, "chaoyang-11", lang)

# %% [markdown] tags=["lang-zh", "four-lists"]
# ## 济源市：同样的表格，经过扫描
#
# 扫描识别把“日”误作“曰”；右栏是修订后的文字。

# %% [markdown] tags=["lang-en", "four-lists"]
# ## Jiyuan: the same layout, scanned
#
# The scanner read 曰 for 日; the right-hand column shows the text as repaired.

# %% tags=["four-lists"]
show.cut(corpus, "jiyuan-04", lang)

# %% [markdown] tags=["lang-zh", "four-lists"]
# ## 北京市：分条的方案
#
# 责任单位写在每条末尾的括号里；每条的第一句是标题。

# %% [markdown] tags=["lang-en", "four-lists"]
# ## Beijing: a plan in articles
#
# The responsible units stand in brackets at the end of each article; its first sentence is its title.

# %% tags=["four-lists"]
show.cut(corpus, "beijing-04", lang)

# %% [markdown] tags=["lang-zh", "four-lists"]
# ## 中宁县：制表符分隔的表格
#
# 第8行右移了一格，“具体任务”的标签落在内容栏；分页和合并单元格又打乱了其他各行。

# %% [markdown] tags=["lang-en", "four-lists"]
# ## Zhongning: a tabbed table
#
# Row 8 is shifted right by one cell, so that its label stands in the column of the text; page breaks and merged cells disturbed other rows.

# %% tags=["four-lists"]
show.cut(corpus, "zhongning-08", lang)

# %% [markdown] tags=["lang-zh"]
# ## 原文与修订后的文字
#
# 凡是文字有改动的任务都列在这里：删除线为原文，下划线为改后。

# %% [markdown] tags=["lang-en"]
# ## Printed and repaired text
#
# Every task whose text was changed: struck out is what is printed, underlined what stands in its place.

# %%
show.beside(corpus.tasks, lang)

# %% [markdown] tags=["lang-zh", "four-lists"]
# ## 中宁县的合并标签
#
# “重点工作”和“具体任务”两栏是合并单元格，标签只留在一行，多半在中间。每个标签涵盖哪些行，是根据标签的位置、分页和内容推断的，不是向下填充的。“逐项查看任务”页中以 ※ 标明推断的标签。

# %% [markdown] tags=["lang-en", "four-lists"]
# ## The merged labels of Zhongning
#
# The columns 重点工作 (section) and 具体任务 (measure) are merged cells whose label was kept on one row only, mostly near the middle. Which rows a label covers was inferred from its position, the page breaks and the content, not filled downward. In the workbook ※ marks an inferred label.

# %% tags=["four-lists"]
show.label_blocks(reading.label_blocks(corpus.tasks), lang)
