# %% [markdown] tags=["lang-zh"]
# # 什么时候到期
#
# 清单里有多少任务写明了时限，时限落在什么时候，留了多少时间。

# %% [markdown] tags=["lang-en"]
# # When tasks are due
#
# How much of each list states when its tasks are due, when they fall due, and how much time that leaves.

# %%
from IPython.display import Markdown

import yiyang
from yiyang.charts import deadlines as charts
from yiyang.charts import style
from yiyang.compare import coverage
from yiyang.core.messages import short_names
from yiyang.grammar import deadlines
from yiyang.show import tables as show
from yiyang.show.paragraphs import deadlines as paragraphs
from yiyang.show.paragraphs import scope

lang = "zh"
corpus = yiyang.load()
states = coverage.states(corpus.tasks, corpus.deadlines)

# %%
Markdown("\n\n".join([scope.beside(corpus, lang), paragraphs.dated(corpus, lang)]))

# %% [markdown] tags=["lang-zh"]
# ## 各份清单
#
# “有日期”指写明到哪一天为止；“定期重复”指每年都要做到；“只有办事程序的期限”如“受理后10个工作日内”，约束的是一次办理，不是任务本身。没有写明时限的任务单独显示，不当作零。

# %% [markdown] tags=["lang-en"]
# ## List by list
#
# “A date” names the day by which a task is due; “recurring” returns every year; “inside a procedure only” is a limit such as 10 working days after an application, which binds each case and not the task. No deadline stated is shown as such and is not a zero.

# %%
shares = coverage.shares(states, corpus.tasks, "jurisdiction")
fig, ax = style.figure(height=2.8)
_ = charts.coverage(shares, short_names(corpus.jurisdictions, lang), ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `deadlines`、`tasks`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `deadlines` and `tasks` (page “Downloads”).

# %% [markdown] tags=["lang-zh"]
# ## 什么时候到期
#
# 从文件印发到期限，一项任务计一次，按其最后一天。没有注明印发日期的文件算不出留了多少时间。

# %% [markdown] tags=["lang-en"]
# ## When they fall due
#
# From the issue of the document to the due date; a task counts once, on its last day. Where a document states no date of issue, the time that it leaves cannot be calculated.

# %%
Markdown(paragraphs.calendar(corpus, lang))

# %%
lines = coverage.timeline(states, corpus.tasks, corpus.documents)
fig, ax = style.figure(height=2.8)
_ = charts.timeline(lines, corpus.jurisdictions, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `deadlines`、`tasks`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `deadlines` and `tasks` (page “Downloads”).

# %% [markdown] tags=["lang-zh"]
# ## 原文怎样写，读成了什么
#
# 每一种写法一行。“底”读作该月或该年的最后一天；“前”包括所说的那一天、那一月或那一年。看不懂的写法会列出而没有类型。

# %% [markdown] tags=["lang-en"]
# ## As printed, and as read
#
# A row a phrase. 底 is read as the last day of its month or year; 前 includes the day, month or year that it names. A phrase that is not understood would be listed without a kind.

# %%
show.table(coverage.phrases(corpus.deadlines), lang)

# %% [markdown] tags=["lang-zh"]
# ## 不是时限的时间
#
# 正文里还有这些时间，读出来了，但不是任务的时限。

# %% [markdown] tags=["lang-en"]
# ## Times that are no deadline
#
# The texts name these times too; they were read, and are no deadline of the task.

# %%
refused = deadlines.refused(corpus.tasks, corpus.documents)
show.table(show.explained(refused, lang), lang)
