# %% [markdown] tags=["lang-zh"]
# # 读了哪些文件
#
# 哪些文件是任务清单，是否完整，改动了什么，剩下了什么。

# %% [markdown] tags=["lang-en"]
# # Which documents were read
#
# Which documents are task lists, how complete they are, what was repaired, and what was left over.

# %%
from IPython.display import Markdown

import yiyang
from yiyang.charts import corpus as charts
from yiyang.charts import style
from yiyang.reading import provenance as reading
from yiyang.show import tables as show
from yiyang.show.paragraphs import lists as paragraphs

lang = "zh"
corpus = yiyang.load()

# %%
Markdown(paragraphs.reading(corpus, lang))

# %% [markdown] tags=["lang-zh"]
# ## 各份文件
#
# 清单没有注明印发日期的，表中写作“未注明”；文件中断的地方，缺的内容就空着。都不猜补。

# %% [markdown] tags=["lang-en"]
# ## The documents
#
# A list that prints no date may well have had one: the table says “not stated”. Where a file breaks off, what is missing stays empty. Nothing is guessed.

# %%
show.documents(corpus.documents, corpus.jurisdictions, lang)

# %% [markdown] tags=["lang-zh"]
# ## 文字都去了哪里
#
# 文件里的每一段文字，不是属于某项任务，就是列在“剩余文字”里并注明理由。

# %% [markdown] tags=["lang-en"]
# ## Where the text went
#
# Every piece of text in a file either belongs to a task or is listed as left over, with its reason.

# %%
fig, ax = style.figure(height=3.2)
_ = charts.uses(reading.uses(corpus.documents, corpus.leftovers), ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份文件的原文，字数不含空白；表格 `documents`、`leftovers`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: the documents, characters without white space; tables `documents` and `leftovers` (page “Downloads”).

# %% [markdown] tags=["lang-zh"]
# ## 修订了什么
#
# 转换、扫描和分页损坏了部分原文。每处修订都写明预期的原文：一旦原文不再如此，报告就不会生成。删除线为原文，下划线为改后。

# %% [markdown] tags=["lang-en"]
# ## What was repaired
#
# Conversion, scanning and page breaks damaged some of the text. Each repair states the printed text that it expects: once that is no longer there, the report is not built. Struck out is what is printed, underlined what stands in its place.

# %%
show.repairs(corpus.repairs, lang)

# %% [markdown] tags=["lang-zh"]
# ## 剩余文字
#
# 表头、网页上的广告、案例正文等不属于任何任务的文字，按文件和理由列出，并给出每组的第一段。

# %% [markdown] tags=["lang-en"]
# ## What was left over
#
# Table headers, advertisements of the web page, the prose of the case study and whatever else belongs to no task, by document and reason, with the first piece of each group.

# %%
show.leftovers(corpus.leftovers, lang)
