# %% [markdown] tags=["lang-zh"]
# # 谁做什么：各地的部门
#
# 哪个部门承担工作，在这里和在别处，和谁一起。部门名称因地区、级别和2018年机构改革而不同；改革改了什么，见下文。

# %% [markdown] tags=["lang-en"]
# # Who does what: agencies across jurisdictions
#
# Which agency is responsible for the work, here and elsewhere, and with whom. Names differ by place, by level and by the reform of 2018; what the reform changed is told below.

# %%
from IPython.display import Markdown

import yiyang
from yiyang.charts import agencies as charts
from yiyang.charts import style
from yiyang.compare import leads, networks, offices, workloads
from yiyang.show import compared
from yiyang.show import tables as show
from yiyang.show.paragraphs import agencies as paragraphs
from yiyang.show.paragraphs import scope

lang = "zh"
corpus = yiyang.load()
table = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies, corpus.task_themes)
lists = networks.members(corpus.assignments, corpus.tasks, corpus.agencies)

# %%
Markdown("\n\n".join([scope.beside(corpus, lang), paragraphs.workloads(corpus, lang)]))

# %% [markdown] tags=["lang-zh"]
# ## 谁承担多少
#
# 清单给部门四种角色：牵头（负总责，组织其他单位）、负责（写在责任单位栏或括号里）、分别负责（各管自己的一份）、配合（协助）；见“术语说明”页。每项任务对一个部门只计一次，取它在其中最高的角色。清单长短不一，所以按占比比较。集体和属地单位（各街乡、各区政府）一个名称代表许多机构，单列在下方。

# %% [markdown] tags=["lang-en"]
# ## Who is responsible for how much
#
# The lists give agencies four roles: lead (牵头, answers for the whole and calls the others together), responsible (负责, or named in the column or bracket of responsible units), each responsible for its part (分别负责) and supporting (配合); see the page “Terms”. A task counts once for an agency, with the highest role it has there. The lists differ in length and are compared by share. Collective and territorial units (各街乡, 各区政府) are many bodies in one name and stand apart below.

# %%
fig, ax = style.figure(height=5)
_ = charts.roles(table, corpus.jurisdictions, corpus.agencies, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `assignments`、`agencies`（见“下载”页）。
#
# 五家分担的一项任务不是五项任务。下表把每项任务按1分给列出的单位：牵头或负责的各占一份，配合的占半份，这是本报告的约定；括号内为占全部的比例。这是列名的份额，不是工作的份额。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `assignments` and `agencies` (page “Downloads”).
#
# A task shared by five is not five tasks. The table divides each task, which weighs 1, among its units: whoever leads or answers takes one part, whoever supports half a part, which is a convention of this report; in brackets the share of the whole. It is a share of naming and not of work.

# %%
show.workloads(table, corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 换一种算法，居前两位的部门变不变：配合不计、算半份、与负责同算。

# %% [markdown] tags=["lang-en"]
# What another weighting changes: support not counted, as half, as much as an answer.

# %%
compared.weighting(corpus, lang)

# %% [markdown] tags=["lang-zh"]
# ## 有没有人牵头

# %% [markdown] tags=["lang-en"]
# ## Is there a lead

# %%
Markdown(paragraphs.leads(corpus, lang))

# %%
show.leads(leads.leads(corpus.assignments, corpus.tasks, corpus.agencies), corpus, lang)

# %% [markdown] tags=["lang-zh"]
# ## 哪个部门管哪个主题
#
# 一项任务只算它的第一主题；主题怎样定，见“主题”一章。每个主题列出任务最多的三家，括号内为任务数；各部门在各地的任务见“按部门查看”页。

# %% [markdown] tags=["lang-en"]
# ## Which agency for which theme
#
# A task counts for its first theme; how themes are given is told in the chapter on themes. For each theme the three agencies with the most tasks, in brackets their number; what an agency does in each place is on the page “By agency”.

# %%
by_theme = workloads.by_theme(corpus.assignments, corpus.tasks, corpus.task_themes)
compared.agencies_of_themes(by_theme, corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `assignments`、`task_themes`（见“下载”页）。
#
# ## 部门协同
#
# 在九成任务里出现的两个部门，本来就会常常共同列名。表中是共同列名的任务数，括号内是只凭各自出现的次数会有多少；*表示偶然解释不了。集体和属地单位不计。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `assignments` and `task_themes` (page “Downloads”).
#
# ## Who works with whom
#
# Two agencies that stand in nine of ten tasks meet often in any case. The table counts the tasks that name both, in brackets what the two frequencies alone would give; * where chance does not explain it. Collective and territorial units are left out.

# %%
Markdown(paragraphs.networks(corpus, lang))

# %%
compared.together(networks.together(lists), corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `assignments`、`agencies`（见“下载”页）；算法见“方法”页。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `assignments` and `agencies` (page “Downloads”); how chance is calculated is told on the page “Methods”.

# %% [markdown] tags=["lang-zh"]
# ## 同一部门，不同名称
#
# 名称按原文，只在原文把“市”“区”等只写在第一家前面时补上；规则和改革前后的对照见 `yiyang/curation/agency_names.csv`。

# %% [markdown] tags=["lang-en"]
# ## The same agency under different names
#
# Names are as printed, with a prefix restored where the document prints it before the first unit only; the crosswalk, with the names before and after the reform, is `yiyang/curation/agency_names.csv`.

# %%
Markdown("\n\n".join([paragraphs.office_names(corpus, lang), paragraphs.reform(corpus, lang)]))

# %%
compared.reform(offices.reform(corpus.assignments, corpus.tasks, corpus.agency_names), corpus, lang)

# %%
show.office_names(offices.office_names(corpus.assignments, corpus.tasks), corpus, lang)

# %% [markdown] tags=["lang-zh"]
# ## 只在一份清单里出现的部门

# %% [markdown] tags=["lang-en"]
# ## Agencies that one list alone names

# %%
show.only_here(offices.only_here(table), corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `assignments`、`agency_names`（见“下载”页）。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `assignments` and `agency_names` (page “Downloads”).
