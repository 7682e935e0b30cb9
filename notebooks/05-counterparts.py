# %% [markdown] tags=["lang-zh"]
# # 各地任务的对应与缺口
#
# 别的地方有而我们没有的是什么？对每一项任务，在其他每份清单里各找出最接近的五项，分两级：*同一措施*，和*可能相同*（也许有一部分相同，须看原文）。两级从不合成一个数字。分级由程序作出，会有错漏，错漏有多少，见“方法的检验”一章。

# %% [markdown] tags=["lang-zh", "four-lists"]
# 四份清单的对应任务另由一个语言模型对照原文逐对读过。
#
# 比较时请记住：朝阳、济源的清单在2018年机构改革之前，北京是市级，北京的清单最后一条残缺；中宁的清单讲的是两项政策（医养结合、老年健康服务体系）。

# %% [markdown] tags=["lang-en"]
# # Counterparts and gaps
#
# What do others do that we do not? For every task the five nearest of each other list are found, in two grades: *same*, the same measure, and *possible*, perhaps a part in common, to be looked at. The two are never counted in one number. The program grades, and errs; how often is said in the chapter “How the methods were checked”.

# %% [markdown] tags=["lang-en", "four-lists"]
# The counterparts of the four lists were also read pair by pair from the printed texts, by a language model.
#
# With every comparison: the lists of Chaoyang and Jiyuan are from before the reform of 2018, Beijing is a municipality and its list breaks off in its last article, and Zhongning's is about two policies, integrated care and health services for the old.

# %%
from IPython.display import Markdown, display

import yiyang
from yiyang.charts import matches as charts
from yiyang.charts import style
from yiyang.compare import gaps
from yiyang.matches import reuse
from yiyang.reading import sources
from yiyang.show import matches as show_matches
from yiyang.show.paragraphs import counterparts as paragraphs

style.apply()
lang = "zh"
corpus = yiyang.load()

# %% [markdown] tags=["lang-zh"]
# ## 各地共有的任务
#
# 两个方向的占比不同：一份清单里的一条长条文，可以对应另一份清单的好几项任务。

# %% [markdown] tags=["lang-en"]
# ## Who shares with whom
#
# The two directions differ: one long article of a list may answer to several tasks of another.

# %%
Markdown(paragraphs.shared(corpus, lang))

# %%
fig, ax = style.figure(height=3.2)
_ = charts.shared(gaps.matrix(corpus.task_matches, corpus.tasks), corpus.jurisdictions, ax, lang)

# %%
spread = gaps.spread(corpus.task_matches, corpus.tasks)
fig, ax = style.figure(height=3.2)
_ = charts.spread(spread, corpus.jurisdictions, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `task_matches`、`counterparts`、`measures`（见“下载”页）。
#
# ## 几份清单共有的措施
#
# 每行是一项措施：其中任意两份清单的任务都是*同一措施*，不是围着一项任务的星形。每格是任务里属于这项措施的一句，小字为主要负责的单位、时限、约束力度和指标。名称由编者拟定。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `task_matches`, `counterparts` and `measures` (page “Downloads”).
#
# ## Measures that several lists have
#
# Each row is a measure: every two of its tasks of different lists are graded *same*; no star around one task. Small print: who is in charge, by when, how firm, with which figure. The names are an editor's.

# %%
n_lists = corpus.tasks["jurisdiction"].nunique()
show_matches.measures(corpus, lang, least=min(3, n_lists))

# %% [markdown] tags=["lang-zh"]
# ## 两项任务并排看
#
# 相同的文字加底色，说法不同而意思相同的加虚线，下面列出要紧的差别：谁主要负责、何时完成、有何指标、约束力度如何。下面各例由程序选出：大半逐字相同的、部分语句相同的、没有相同语句的任务对，各取得分最高的一对。

# %% [markdown] tags=["lang-en"]
# ## Two tasks side by side
#
# Phrases that both print are marked, other words for the same thing underlined; below stand the differences that matter: who is in charge, by when, with which target, in how firm a wording. Of the pairs that are mostly verbatim, those that share a passage, and those without one, each below has the highest score of its kind.

# %%
own = sources.own_documents(corpus)["document_id"]
pairs = reuse.examples(corpus.task_matches, corpus.tasks, own)
show_matches.match(corpus, *pairs["verbatim"], lang)

# %%
show_matches.match(corpus, *pairs["in_part"], lang)

# %%
show_matches.match(corpus, *pairs["paraphrase"], lang)

# %% [markdown] tags=["lang-zh"]
# ## 缺口清单：别处两地以上有、本地没有找到
#
# 可以带去开会的对照清单：别处两地以上共有的措施，其中没有一项任务在本地有*同一*的或*可能相同*的，读者编码对应过的也不算。最后一栏是本地最接近的语句，供判断是不是真的缺。没有找到，不等于没有：程序会遗漏；同一措施也可能写在另一份文件里。

# %% [markdown] tags=["lang-en"]
# ## Possible gaps: found in two or more other lists and not in one
#
# Benchmark lists to take to a meeting: measures that two or more others have in common and of which no task has the *same* or anything *possible* here; nor has a reader's code matched one. The last column shows the clause that comes nearest in the jurisdiction's own list, so that a reader can judge. Not found is not the same as missing: the program overlooks some, and a measure may stand in another document.

# %%
for place in corpus.tasks["jurisdiction"].unique():
    found = gaps.of_place(corpus, place)
    lacking = found[found["grade"] == "none"]
    display(show_matches.benchmark(lacking, corpus, lang, place=place))

# %% [markdown] tags=["lang-zh"]
# ## 本地可能有一部分的
#
# 别处两地以上有，本地没有同一措施，但有一句*可能相同*：最后一栏是本地最接近的一句。这些不是缺口。

# %% [markdown] tags=["lang-en"]
# ## Possible here
#
# Two or more others have the measure and the same was not found here, but a clause is *possible*: the last column shows it. These are no gaps.

# %%
for place in corpus.tasks["jurisdiction"].unique():
    found = gaps.of_place(corpus, place)
    near = found[found["grade"] == "possible"]
    display(show_matches.benchmark(near, corpus, lang, place=place))

# %% [markdown] tags=["lang-zh"]
# ## 只有一份清单有的任务

# %% [markdown] tags=["lang-en"]
# ## Tasks that only one list has

# %%
show_matches.unique(spread, corpus, lang)

# %% [markdown] tags=["lang-zh"]
# ## 逐字相同，还是换了说法
#
# 相同的语句说明有共同的来历，但不说明谁抄了谁：没有注明日期的清单分不出先后，各地又都依据上级文件。

# %% [markdown] tags=["lang-en"]
# ## Word for word, or in other words
#
# Shared sentences show a common origin, not who copied whom: lists without a date cannot be put in order, and all of them follow guidelines from above.

# %%
Markdown(paragraphs.verbatim(corpus, lang))

# %%
fig, ax = style.figure(height=3.2)
_ = charts.reused(reuse.shares(corpus.tasks), corpus.jurisdictions, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `tasks`（见“下载”页）。下面是最长的相同语句。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; table `tasks` (page “Downloads”). Below are the longest passages in common.

# %%
show_matches.passages(reuse.passages(corpus.tasks), lang)
