# %% [markdown] tags=["lang-zh"]
# # 清单讲的是什么：主题
#
# 各份清单讲哪些事，轻重有何不同，一地有而别处没有的是什么。每项任务按编码表（列出各主题定义和识别词的表，由人编写）归入一个主题；不用编码表的分组和与编码的比较，见“方法的检验”一章。

# %% [markdown] tags=["lang-en"]
# # What the lists are about: themes
#
# What each list speaks of, how the weight differs, and what one has that others lack. Every task is given a theme by the codebook, a table of themes with the words by which each is recognised, written by hand; groups made without the codebook, and the agreement with codes, are in the chapter “How the methods were checked”.

# %%
from IPython.display import Markdown

import yiyang
from yiyang.charts import style
from yiyang.charts import themes as charts
from yiyang.compare import theme_shares
from yiyang.show import compared
from yiyang.show import tables as show
from yiyang.show import themes as theme_views
from yiyang.show.paragraphs import scope
from yiyang.show.paragraphs import themes as paragraphs

lang = "zh"
corpus = yiyang.load()
shares = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)

# %%
Markdown("\n\n".join([scope.beside(corpus, lang), paragraphs.shares(corpus, lang)]))

# %% [markdown] tags=["lang-zh"]
# ## 各清单的主题
#
# 清单长短不一，颜色表示占该清单的比例，数字是任务数。一项任务只计一次，按得分最高的主题。

# %% [markdown] tags=["lang-en"]
# ## The themes of each list
#
# The lists differ in length: the shade is the share of the list, the figure the number of tasks. A task counts once, with the theme that scores highest.

# %%
fig, ax = style.figure(height=6.4)
_ = charts.heat(shares, corpus.jurisdictions, corpus.themes, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `themes`（各主题的定义）、`task_themes`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `themes` (with their definitions) and `task_themes` (page “Downloads”).

# %% [markdown] tags=["lang-zh"]
# ## 不计一个部分，还剩什么
#
# 一份清单可能写了不止一项政策。最大的一个部分单独拿开，再比一次。

# %% [markdown] tags=["lang-en"]
# ## What is left without one section
#
# A list may be about more than one policy. Its largest section is set apart, and the comparison made again.

# %%
Markdown(paragraphs.without_section(corpus, lang))

# %%
compared.without_section(corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：表格 `tasks`（`section` 一栏）、`task_themes`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: tables `tasks` (column `section`) and `task_themes` (page “Downloads”).

# %% [markdown] tags=["lang-zh"]
# ## 哪里写到什么
#
# 主题说的是一项任务主要讲什么，写到说的是字句里有没有。●：有以它为主题的任务；○：只在别的任务里写到；数字为写到它的任务数；同义词算一件事（临终关怀就是安宁疗护），词表见 `yiyang/curation/mentions.csv`。

# %% [markdown] tags=["lang-en"]
# ## Which list names what
#
# A theme is what a task is mainly about; a mention is a word that stands in it. ●: tasks have it as their theme; ○: it is named in other tasks only; the figure counts the tasks that name it. Synonyms are one concept (临终关怀 is 安宁疗护); the words are in `yiyang/curation/mentions.csv`.

# %%
Markdown(paragraphs.concepts(corpus, lang))

# %%
compared.concepts(corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单，表格 `tasks`、`task_themes`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: the task lists, tables `tasks` and `task_themes` (page “Downloads”).

# %% [markdown] tags=["lang-zh"]
# ## 一地有而别处没有的
#
# 没有以它为主题的任务，不等于只字未提：它可能是某项任务的第二主题，也可能只是任务中的一项措施，甚至有量化目标。哪些清单提到，看上表；例如安宁疗护（临终关怀），各份清单都提到。

# %% [markdown] tags=["lang-en"]
# ## What some have and others lack
#
# No task of its own does not mean that a theme goes unmentioned: it may be the second theme of another task, or one measure of a task among others, even with a figure promised. Which lists name it stands in the table above: hospice care, for one, is named in every list.

# %%
show.table(theme_views.only(corpus, lang), lang)

# %% [markdown] tags=["lang-zh"]
# ## 用词的差别
#
# 每份清单与其他清单相比最突出的词，括号内为含有该词的任务数。只列至少见于两项任务的词；偶然出现一次不算特色。

# %% [markdown] tags=["lang-en"]
# ## Differences in wording
#
# The words that set each list apart from the others, in brackets the tasks that have the word. Only words of two tasks or more are listed; a single mention is no feature.

# %%
Markdown(paragraphs.vocabulary(corpus, lang))

# %% [markdown] tags=["lang-zh"]
# ## 一项任务的主题是怎样定的
#
# 主题由任务中的种子词决定，逐词可查；各项之和就是得分。下面是两个最高得分最接近的一项。

# %% [markdown] tags=["lang-en"]
# ## How a task gets its theme
#
# The seed terms in a task decide, and each can be looked up; the parts add up to the score. Below is the task whose two best scores lie nearest to each other.

# %%
show.table(theme_views.explanation(theme_views.closest(corpus), corpus, lang), lang)

# %% [markdown] tags=["lang-zh"]
# 两个最高得分最接近的任务，换一个读者可能会读成另一个主题。读者可以在 `yiyang/curation/theme_reviews.csv` 里写下自己的判断和理由，重新运行不会覆盖，表中会注明是人工复核。

# %% [markdown] tags=["lang-en"]
# The tasks whose two best scores lie nearest to each other: here a second reader may well choose the other theme. A reader's own judgement goes, with its reason, into `yiyang/curation/theme_reviews.csv`; it survives every run and is shown as reviewed.

# %%
show.table(theme_views.close_calls(corpus, lang), lang)

# %%
Markdown(paragraphs.reviewed(corpus, lang))
