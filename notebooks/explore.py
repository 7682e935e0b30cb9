# %% [markdown] tags=["lang-zh"]
# # 主题浏览器
#
# 换一种划分办法，主题会怎样变？这是给会用 JupyterLab 的读者的工具，报告里的本页只有说明。
#
# 在 JupyterLab 里运行本页（`make lab`，打开 `explore.ipynb`），改动左上的选项，图和表随之变化：选地区、方法（编码表、聚类、k均值）、类数、词组长度，补充停用词和种子词；在地图上框选任务，下表只留所选；比较两地用词，点一个词看它的上下文；下载编码表和归类结果。改动选项要有运行中的 Python；报告里的主题浏览页不用 Python，但只能筛选。

# %% [markdown] tags=["lang-en"]
# # Explorer of themes
#
# How do themes change when they are told in another way? A tool for readers who use JupyterLab; in the report this page only explains it.
#
# Run this page in JupyterLab (`make lab EDITION=en`, then open `explore.ipynb`). The charts and the table follow the controls: jurisdictions, method (codebook, clusters, k-means), number of clusters, words a term, more stop words and seed words. Drag over the map and the table keeps the tasks inside; compare the words of two jurisdictions and click one to read it in context; download the codebook and the assignment. To change the controls Python must be running; the page of the report that explores themes needs none, and filters only.

# %% [markdown] tags=["lang-zh"]
# 任务原文总是中文。种子词每行写一个主题，例如 `中医药: 义诊, *拔罐`；`*` 代表同一个词里的任意字。这里的改动只在本页有效；要长期保留，请用面板下方的按钮把编码表存成文件夹，再用 `yiyang.load(codebook=…)` 读取。面板最下方有重现当前视图的几行代码：在新的进程里运行，会写出同样的文件夹（表、图、代码本身）。

# %% [markdown] tags=["lang-en"]
# Task texts are always Chinese. Seed words go one theme a line, for example `tcm: 义诊, *拔罐`; a `*` stands for any characters of the same word. Changes hold on this page only; to keep them, save the codebook as a folder by the button below and read it with `yiyang.load(codebook=…)`. At the end of the panel stand the lines of Python that make the view: run in a fresh process, they write the same folder of tables, pictures and recipe.

# %% tags=["nbval-ignore-output"]
import yiyang
from yiyang import explorer

lang = "zh"
explorer.panel(yiyang.load(), lang)

# %% [markdown] tags=["lang-zh"]
# 地图只按用词远近摆放任务，轴没有单位；改动选项时位置不变，只变颜色。打分、聚类和稳定性见“清单讲的是什么：主题”一页。

# %% [markdown] tags=["lang-en"]
# The map lays tasks of like words side by side; its axes have no unit, and places stay while colours change. Scores, clusters and their stability are on the page “What the lists are about: themes”.
