# %% [markdown] tags=["lang-zh"]
# # 读您自己的文件
#
# 把一份任务清单放进来，看能读出什么：任务、单位和角色、时限，以及没有读成任务的文字。这里用的是您最长的一份清单；没有自己的文件时，用一份虚构的县级文件。

# %% [markdown] tags=["lang-en"]
# # Your own documents
#
# What is read from a task list that you bring: tasks, units with their roles, deadlines, and the text that is no part of a task. Shown is the longest of your lists; where there is none, a made-up document of a county.

# %%
import yiyang
from yiyang.show import preview
from yiyang.show import tables as show

lang = "zh"
corpus = yiyang.load()
example = preview.example(corpus)
read = yiyang.read(example.path)

# %% [markdown] tags=["lang-zh"]
# ## 读出了什么
#
# 格式（网页、Word、PDF、Excel、文本）和版式（表格、条款、编号）都不用说明。每一项旁边是原文，可以逐行核对；没有写明的单元格就空着。

# %% [markdown] tags=["lang-en"]
# ## What was read
#
# Neither the format (web page, Word, PDF, Excel, text) nor the layout (table, articles, numbered items) has to be named. Beside each field stands the printed text, so that it can be checked line by line; what the document does not state stays empty.

# %%
read.html(lang)

# %% [markdown] tags=["lang-zh"]
# ## 哪些文字不是任务
#
# 没有一个字被丢掉：标题、文号、落款等都列在这里，并写明理由。

# %% [markdown] tags=["lang-en"]
# ## What is no task
#
# Nothing is dropped: title, document number, signature and the rest are listed with the reason.

# %%
show.table(preview.left_over(read, lang), lang)

# %% [markdown] tags=["lang-zh"]
# ## 与其他清单并列
#
# 放文件的文件夹就是一个语料库；`beside=True` 让本项目的清单与它并列。下表是每项任务在其他地区最相近的一项。分数低的不算对应任务。

# %% [markdown] tags=["lang-en"]
# ## Beside other lists
#
# A folder with documents is a corpus; `beside=True` puts the project's own lists beside it. For each task the table shows the nearest task elsewhere. A low score is no counterpart.

# %%
if example.path == preview.EXAMPLE:
    corpus = yiyang.load(example.path.parent, beside=True)
show.table(preview.nearest(corpus, example.document_id, lang), lang)

# %% [markdown] tags=["lang-zh"]
# ## 您的县，十分钟
#
# ```
# yiyang add 文件…            # 放进 corpus 文件夹，标题、文号、日期、地区从文中读出
# yiyang check               # 每份文件读得怎样；读不了的逐一列出
# yiyang report --corpus corpus --beside   # 同样的报告，您的清单与本项目的并列
# ```
#
# 读错的地方写进该文件夹的 `repairs.csv`（在 Jupyter 里：`read = read.correct(3, "曰", "日", "扫描误识")`），地区、日期等写进 `catalogue.csv`。详见 `docs/your-documents.md`。

# %% [markdown] tags=["lang-en"]
# ## Your county in ten minutes
#
# ```
# yiyang add FILE…           # into the folder corpus; title, number, date and place from the text
# yiyang check               # how well each was read; unreadable files one by one
# yiyang report --corpus corpus --beside   # the same report, your lists beside the project's own
# ```
#
# Corrections go to `repairs.csv` of that folder (in Jupyter: `read = read.correct(3, "曰", "日", "misread by the scanner")`), place and date to its `catalogue.csv`. More in `docs/your-documents.md`.
