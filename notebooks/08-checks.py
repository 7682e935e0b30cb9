# %% [markdown] tags=["lang-zh"]
# # 方法的检验
#
# 程序的分级和主题与编码有多一致，清单的用词差在哪里，不用编码表会怎样分组：给想知道算法可不可靠的读者。

# %% [markdown] tags=["lang-en"]
# # How the methods were checked
#
# How far grades and themes agree with codes, in which words the lists differ, and how tasks group without the codebook: for readers who ask how reliable the methods are.

# %%
from IPython.display import Markdown

import yiyang
from yiyang import themes
from yiyang.charts import matches as match_charts
from yiyang.charts import style
from yiyang.charts import themes as charts
from yiyang.compare import vocabulary
from yiyang.matches import agreed, measures, reviews
from yiyang.show import matches as show_matches
from yiyang.show import tables as show
from yiyang.show import themes as theme_views
from yiyang.show.paragraphs import counterparts as matched_paragraphs
from yiyang.show.paragraphs import themes as paragraphs

lang = "zh"
corpus = yiyang.load()

# %% [markdown] tags=["lang-zh"]
# ## 对应与编码有多一致
#
# 两个语言模型各自独立读过任务，记下哪些任务彼此对应、是同一措施还是一部分相同（下称编码），程序的分级与两者都记下的相比。没有人工编码。同类模型比人与人更容易一致；程序所用的同义说法是看着这些清单写的，两道门槛（得分多高才算）也是在这些任务对上选定的：下面的数字因此偏乐观。衡量的是程序本身，逐对复核的结论不算在内。

# %% [markdown] tags=["lang-en"]
# ## How far counterparts agree with the codes
#
# Two language models read the tasks independently and noted which are counterparts, the same measure or a part in common (the codes); what the program grades is compared with what both noted. No people coded. Models of one kind agree more easily than people would, the synonyms that the program knows were written with these lists in view, and the two limits (how high a score must be) were chosen on the same pairs: these figures are optimistic. Measured is the program alone, without what readers decided.

# %%
matched = agreed.matched(corpus)
coded = measures.codes()
calibrated = measures.calibrate(matched, coded, corpus.tasks)
asked = measures.questions(matched, coded, corpus.tasks)
Markdown(matched_paragraphs.agreement(asked, calibrated, lang))

# %%
fig, ax = style.figure(height=3.2)
curve = measures.curve(matched, coded, corpus.tasks)
_ = match_charts.thresholds(curve, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：`data/evaluation/` 的编码；表格 `task_matches`（见“下载”页）。查准率是认定的当中与编码一致的比例，查全率是编码的当中被找到的比例，F1是两者的综合。
#
# 门槛换几份清单来定，结果差多少？每次留出一对清单，用其余的定权重和门槛，再在留出的一对上衡量。用哪些特征是看着这些数字选的，所以仍然偏乐观。

# %% [markdown] tags=["lang-en"]
# Source: the codes in `data/evaluation/`; table `task_matches` (page “Downloads”). Precision is the part of the assertions that agrees with the codes, recall the part of the codes that is found, F1 sums up both.
#
# How much hangs on the lists by which the threshold was chosen? Each pair of lists is left out in turn: weights and thresholds are fitted on the others and measured on it. Which features they rest on was chosen with these figures in view, so that this too is on the bright side.

# %%
show_matches.calibration(calibrated, corpus, lang)

# %% [markdown] tags=["lang-zh"]
# 分级与编码不一致的任务对，每种列出得分最高的几对。认定而未编码的，多是同一张清单上另一项也说到的内容（如康复、护理床位），编码者各归其一；编码而未认定的，多是一条里只有半句相同，或用词全不相同。

# %% [markdown] tags=["lang-en"]
# The pairs on which grades and codes differ, those with the highest scores of either kind. Graded but not coded are mostly pairs that share a subject (beds for rehabilitation and nursing) which the coders gave to a neighbouring task; coded but not graded are mostly long articles of which half a sentence answers, or measures put in other words altogether.

# %%
found = measures.disagreements(matched, coded, corpus.tasks)
show_matches.disagreements(found, corpus, lang)

# %% [markdown] tags=["lang-zh"]
# ## 复核
#
# 在 JupyterLab 中可以逐对阅读并给出结论和理由；得分不显示；要运行的两行见“代码”页。结论存入 `yiyang/curation/match_reviews.csv`，优先于程序，重新运行后仍然有效；两人看过同样的任务对后，`reviews.agreement` 给出两人一致的程度。

# %% [markdown] tags=["lang-en"]
# ## Review by readers
#
# In JupyterLab two lines (page “Code”) show pair after pair, without the score, and take a verdict with its reason. Verdicts go to `yiyang/curation/match_reviews.csv`, come before what the program says, and survive every new run; once two readers have seen the same pairs, `reviews.agreement` tells how far they agree.

# %%
Markdown(matched_paragraphs.reviewed(corpus, reviews.read_reviews(corpus.tasks), lang))

# %% [markdown] tags=["lang-zh"]
# 来源：各份任务清单；表格 `task_matches`、`counterparts`（见“下载”页）。与常用方法的比较见 `benchmarks/matches.py`。

# %% [markdown] tags=["lang-en"]
# Source: the task lists; tables `task_matches` and `counterparts` (page “Downloads”). `benchmarks/matches.py` compares the method with the usual ones.

# %% [markdown] tags=["lang-zh", "four-lists"]
# ## 与语言模型的编码有多一致
#
# 没有人工编码。两个语言模型各自读过全部任务、标出主题，彼此几乎一致；同类模型比人更容易一致。这里与随项目公布的那部分编码比较（`data/evaluation/`），其余留作检验。编码表的词是看着这些任务写的，所以它的数字偏乐观；下面两行检验说明偏多少：一行不用只见于一项任务的词，一行随机去掉五分之一的词（二十次，区间为最低与最高）。

# %% [markdown] tags=["lang-en", "four-lists"]
# ## How far it agrees with the codes of language models
#
# No people coded. Two language models, each on its own, read all tasks and named their themes; they agree almost everywhere, as models of one kind do more easily than people. Compared here are the codes that come with the project (`data/evaluation/`); the others are kept back for testing. The words of the codebook were written with these tasks in view, and so its line is on the bright side. Two checks below it show how far: one ignores every word that a single task holds, one leaves out a fifth of the words at random, twenty times (interval: lowest and highest).

# %% tags=["four-lists"]
show.table(theme_views.agreement(corpus, lang), lang)

# %% [markdown] tags=["lang-zh", "four-lists"]
# `benchmarks/themes.py` 在同一进程里与其他常用方法（NMF、LDA、LSA加聚类等）比较，并测量十万项任务所需的时间。

# %% [markdown] tags=["lang-en", "four-lists"]
# `benchmarks/themes.py` sets other usual methods (NMF, LDA, LSA with clustering) beside these in one process, and measures the time for 100,000 tasks.

# %% [markdown] tags=["lang-zh"]
# ## 两份清单的用词
#
# 任务正文最长的两份清单，词的多少用对数优势比来比较；算法见“方法”页。

# %% [markdown] tags=["lang-en"]
# ## Words of two lists
#
# The two longest lists, their words compared by log-odds; how is told on the page “Methods”.

# %%
fig, ax = style.figure(height=6)
pair = vocabulary.longest(corpus.tasks)
odds = vocabulary.log_odds(corpus.tasks, *pair)
_ = charts.vocabulary(odds, pair, corpus.jurisdictions, ax, lang)

# %% [markdown] tags=["lang-zh"]
# 来源：两份最长清单的任务正文，表格 `tasks`（见“下载”页）；算法见“方法”页。

# %% [markdown] tags=["lang-en"]
# Source: the texts of the two longest lists, table `tasks` (page “Downloads”); how words are compared is told on the page “Methods”.

# %% [markdown] tags=["lang-zh", "our-report"]
# ## 另一种读法：不用编码表的分组
#
# 结论不以这一节为据。这样短的文字，分组已接近能做到的上限：有监督的分类器与编码的一致程度（AMI）为0.58至0.66，162种无监督做法中最好的0.585，这里对全部152项编码为0.53（对公开的63项为0.32）。同样的任务，不给主题，只看用字和在清单里的先后，让程序自己分成若干类。用哪种办法、分多少类，看两点：去掉一成任务后分组变不变（稳定），同类任务是不是比异类更像（分明）；不看任何编码。类越多，这两个数自己就会升高，所以类数与打乱的文本比较。规则和理由见 `yiyang/themes/cluster_count.py`。

# %% [markdown] tags=["lang-en", "our-report"]
# ## A second reading: groups without the codebook
#
# No finding rests on this section. On texts as short as these groups are near their ceiling: a supervised classifier agrees with the codes (AMI) at 0.58 to 0.66, the best of 162 unguided ways at 0.585, the one here at 0.53 over all 152 codes (0.32 over the 63 in view). The same tasks without any theme given: by their characters and their place in the list alone the program divides them into groups (clusters). Method and number are chosen by two things, without a look at any code: do tasks stay together when a tenth is left out (stability), and are tasks of one group more alike than those of different groups (fit)? Both rise with the number by themselves, and so numbers are compared with shuffled texts. The rule and its reasons are in `yiyang/themes/cluster_count.py`.

# %% tags=["our-report"]
choice = themes.selection(corpus.tasks)
held = themes.stability(corpus.tasks)
found = themes.clusters(corpus.tasks)
clusters = themes.cluster_table(corpus.tasks, found, held)
Markdown(paragraphs.selection(choice, lang))

# %% tags=["our-report"]
show.table(theme_views.selection(choice, lang), lang)

# %% [markdown] tags=["lang-zh", "our-report"]
# 稳定性和拟合均取选定的类数，括号内为打乱文本后的值；“各类数平均”为二者几何平均在各类数上的平均。只看图中超出打乱文本的部分，各方法不相上下：越稳的方法，分打乱的文本也越稳。

# %% [markdown] tags=["lang-en", "our-report"]
# Stability and fit at the chosen number, in brackets those of shuffled texts; the mean is that of the geometric means of the two over all numbers. By what the chart shows, the part beyond shuffled texts, the methods lie close together: a steadier method is steadier on shuffled texts too.

# %% tags=["our-report"]
fig, ax = style.figure(height=3.8)
_ = charts.selection(choice, ax, lang)

# %% [markdown] tags=["lang-zh", "our-report"]
# 来源：各份任务清单，表格 `tasks`（见“下载”页）；每次去掉一成任务，共五次；打乱文本五次。

# %% [markdown] tags=["lang-en", "our-report"]
# Source: the task lists, table `tasks` (page “Downloads”); a tenth of the tasks left out, five times; texts shuffled five times.

# %% tags=["our-report"]
Markdown(paragraphs.clusters(corpus, held, lang))

# %% [markdown] tags=["lang-zh", "our-report"]
# 归属度是任务与同类其他任务在各次分组中同组的比例；后两栏是去掉一成任务、或类数增减一档后，与最接近的类的相似度（1为完全相同）。

# %% [markdown] tags=["lang-en", "our-report"]
# Membership is how often the tasks of a cluster keep together over the groupings; the last two columns are the likeness to the nearest cluster when a tenth of the tasks is left out and at the next number of clusters (1: the same).

# %% tags=["our-report"]
show.table(theme_views.clusters(clusters, corpus, lang), lang)
