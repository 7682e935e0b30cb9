# %% [markdown] tags=["lang-zh"]
# # 提出了哪些量化目标，完成了多少
#
# 清单提出了哪些量化目标，案例材料报告了哪些结果；措辞的约束力度如何，约束力度大的是不是更常写明时限。

# %% [markdown] tags=["lang-en"]
# # What was promised, and how far anyone got
#
# The figures that the lists promise and those that the case study reports; how firmly tasks are worded, and whether firm words come with a date.

# %%
from IPython.display import Markdown

import yiyang
from yiyang import parse
from yiyang.charts import promises as charts
from yiyang.charts import style
from yiyang.compare import promises
from yiyang.grammar import targets
from yiyang.show import compared
from yiyang.show import tables as show
from yiyang.show.paragraphs import promises as paragraphs

lang = "zh"
corpus = yiyang.load()
worded = promises.wording(corpus)

# %%
Markdown(paragraphs.figures(corpus, lang))

# %% [markdown] tags=["lang-zh"]
# ## 同一地区的目标与结果
#
# 只有同一个地区的目标和结果放在一起；别处的数字在下一张表里，只供参照。

# %% [markdown] tags=["lang-en"]
# ## Promises and results of one place
#
# Only what one place promised and reports itself is set together; figures of other places stand in the next table, as context.

# %%
Markdown(paragraphs.own(corpus, lang))

# %%
compared.own_results(corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 各地同一指标的数字：地区、年份和口径各不相同，不能说明谁完成了谁的目标。来源：表格 `targets`、`outcomes`、`indicator_links`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Figures of one indicator in different places: place, year and measure differ, and none shows the target of another to be met. Source: tables `targets`, `outcomes` and `indicator_links` (page “Downloads”).

# %%
show.table(promises.linked(corpus, lang), lang)

# %% [markdown] tags=["lang-zh"]
# ## 全部量化目标
#
# “指标”是所在分句去掉数字和日期后的原文。期限取自同一句，句中没有的取自完成时限栏。

# %% [markdown] tags=["lang-en"]
# ## Every figure promised
#
# What it measures is its clause as printed, less the figure and the date. The due date is the one of its own sentence, else that of the deadline column.

# %%
show.targets(corpus, lang)

# %% [markdown] tags=["lang-zh"]
# ## 全部报告的数字
#
# “截至”取自同一句，句中没有的取自同一段前文；前文也没有的不填。同一事实只列一次，“也见于”是再次写到它的行。

# %% [markdown] tags=["lang-en"]
# ## Every figure reported
#
# The day is the one that its own sentence names, else the last one before it in its paragraph; where there is none it is left empty. A fact stands once, with the other lines that state it.

# %%
columns = ["line", "also_lines", "indicator", "printed", "as_of"]
show.table(corpus.outcomes[columns], lang)

# %% [markdown] tags=["lang-zh"]
# ## 读出但没有采用的数字
#
# 条件、构成和名称里的数字不是目标，也不是结果。

# %% [markdown] tags=["lang-en"]
# ## Figures that were read and refused
#
# Numbers in conditions, in the make-up of a body and in names are neither promises nor results.

# %%
prose = corpus.leftovers[corpus.leftovers["reason"] == parse.PROSE]
show.table(show.explained(targets.refused(corpus.tasks, corpus.documents), lang), lang)

# %%
show.table(show.explained(targets.refused(prose), lang), lang)

# %% [markdown] tags=["lang-zh"]
# ## 约束力度
#
# 按任务开头的动词归类，从“可”到“应当”；条件、名称和名词里的词不算，也不算手段（依托……、利用……）。与逐项阅读原文的结果对照：152项开头全部一致，另外180处词语178处一致；阅读的是语言模型，不是人。这里分的是措辞，不是执行：硬话可能落空，软话也可能落实。

# %% [markdown] tags=["lang-en"]
# ## How firmly tasks are worded
#
# By the verb that opens each task, from 可 (may) to 应当 (must); words in conditions, names and nouns do not count, nor do means (依托, 利用). Held against a reading of the printed texts all 152 openings agree, and of 180 further words 178; a language model read them, not a person. The scale grades words and not deeds: a firm word may be broken and a soft one kept.

# %%
Markdown(paragraphs.openings(corpus, lang))

# %%
fig, ax = style.figure(height=3)
_ = charts.strengths(promises.strengths(worded), corpus.jurisdictions, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `obligations`（见“下载”页）。措辞与分级见 `yiyang/curation/obligation_words.csv`。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; table `obligations` (page “Downloads”). The words and their grades: `yiyang/curation/obligation_words.csv`.

# %% [markdown] tags=["lang-zh"]
# ## 约束力度大的任务更常写明时限吗
#
# 上图只看任务里最先出现的词；这里数任何地方用了约束力度大的措辞的任务，所以项数更多。

# %% [markdown] tags=["lang-en"]
# ## Are firm words dated?
#
# The chart above goes by the first grading word of a task; counted here are the tasks that use a firm word anywhere, and so there are more.

# %%
Markdown(paragraphs.wording(corpus, lang))

# %% [markdown] tags=["lang-zh"]
# 再按最先出现的词看：各级措辞的任务里，有多少有时限、有多少带量化目标。

# %% [markdown] tags=["lang-en"]
# By the first grading word again: how many tasks of each strength are dated, and how many promise a figure.

# %%
show.table(promises.by_strength(worded), lang)
