"""Hold the patterns of what figures are counted by: measure words, and so many for each of what.

`quantities` puts them together; all expect text folded by `numerals.fold`.
"""

from __future__ import annotations

import re

from yiyang.safety.later import expression

# 人次, 批次, 家次, 艘次, 架次, 课次: how often, of whatever comes once at a time; not 名次, 层次
_TIMES = "(?:人|户|场|车|班|辆|架)(?:[·•]?次|[(]次[)])"
_TIMES += "|[种批家件例台艘列队组趟轮项宗课航院篇站床套剂针亩册]次(?![数要])"
# 600具, 2.4万剂, 60口, 1.2亿尾: measure words that also begin other words, behind a figure in
# digits and at the end of what is said only
_RARE = r"(?<=[\d万亿余多\s])"
_RARE += "(?:[剂针副具口尾册本枚粒瓶盒袋幅匹峰柄根块面顶双把桶箱筐棒杆塘窝眼段丛墩穴扇"
_RARE += "卷列轮笔单趟遍对群]"
_RARE += r"|(?<!/\d)(?<!第\d)(?<!第\d\d)页"
_RARE += "|[组节孔票排桌担款颗罐捆堆枝壶筒杯尊盘桩茬锭帧]"
_RARE += r"|(?:(?<=万)|(?<=(?:监控|视频|探头|像头|像机|点位)\d{4})"
_RARE += r"|(?<=(?:监控|视频|探头|像头|像机|点位)\d{3}))路)"
_RARE += r"(?=以[上内下]|左右|及以上|[,，。;；、)）(（]|$)"
# 个 in front of a length of time is none of a thing: 10个工作日, 一个结算周期, 3个月
UNIT = (
    rf"%|‰|个百分点|平方米|平米|㎡|m²|m2|平方公里|公里|km(?![a-z/])|公顷|{_TIMES}|[美欧港日]元|元|微克|毫克|(?<=万)毫升|[厘毫]米(?=以[上内下](?:[,，。;；的]|$))|千克|公斤|倍(?!增)"
    "|立方米|蒸吨|吨标(?:准)?煤|千瓦时?|兆瓦|分贝|摄氏度|℃|[学课]时(?![费量数])|标箱|席(?=以[上内]|左右|[,，、。;；(（)）]|$)|DDDs?|个半天|分钟(?![^,，。;；]{0,8}圈)|分(?=(?:[(]含[)])?以上|以下|左右|[,，。;；)]|$)"
    # 新建5个体育公园, 3个人才公寓, 3次数据质控; not 500个体工商户, 4个人, 3个结算周期
    "|个(?!月|工作日|小时|(?:结算)?周期|人(?![大才民口工文])|体[工户经]|[百千万亿])"
    "|次(?!性|数(?!据)|要(?!求))"
    "|项(?!目(?!标))|[部片栋幢盏棵株](?![门分委队位省级件])"
    "|件(?!事)|[张家所名人户条份种类处座台套支辆间场期门亩吨位床米斤](?![性型级]|[(][人户次][)])|[头只羽艘架例宗篇](?=以[上内]|左右|[,，、。;；(（)）]|$)|起(?=以[上内]|左右|[,，。;；]|$)"
    rf"|{_RARE}|/(?:10|十)万(?![元人名户])"
)
"""Every measure word; 10/10万 is a rate among a hundred thousand."""
SAME_UNIT = dict.fromkeys(("㎡", "m²", "m2", "平米"), "平方米") | {"km": "公里"}
"""Spellings of a unit, and the one that stands in the tables; 人·次 and 人(次) are 人次."""
SAME_UNIT |= {
    f"{one}{mark}": f"{one}次" for one in "人户场车班辆架" for mark in ("·次", "•次", "(次)")
}
SAME_UNIT |= {"/十万": "/10万", "吨标煤": "吨标准煤"}

# 每人次300元, 每人每次100元, 每户每年2000元, 每亩补助500元
_PEOPLE = (
    "(?:常住|户籍|老年人?|老人|婴幼儿|儿童|人口|职工|居民|家庭|学生|就业|人员?|名|位|户|张|(?<=[十百千万张名])床位(?!数)|平方公里)"
    "{1,4}"
)
PER = (
    rf"每(?P<per>人次|[十百千万]{{1,2}}{_PEOPLE}|[人户床名张生](?:每[次月年天])?"
    r"|亩|公顷|平方米|吨|公里|千瓦时?|套|辆|台|例)(?:补[贴助]|奖[励补]|给予)?"
)
TO = r"\s*(?:-|—+|–|~|至|到)\s*"
# 500吨/日, 12件/万人, 元/平方米
PER_WHAT = (
    "人次|平方米|平方公里|立方米|公里|公顷|㎡|小时|千瓦时"
    "|[十百千万亿]{0,2}[人户床名张次月年天日周时村区台套件亩吨米]"
    "(?:[·•]?[人户床名张次月年天日周时村区台套件亩吨米]){0,2}"
)
# 每万人拥有律师, 每百名学生配备教师不少于, 每千人口拥有3岁以下婴幼儿托位; 人均公园绿地面积达到: so
# many for each of them. In 每万人口家庭医生不低于3.5人 the indicator says so: what is listed with
# it (到2028年不低于4.2人) has the same unit
_SAID_OF = r"(?:5G|\d{1,3}周?岁(?:以[上下]|及以[上下])?|[^\d,，。;；:：])"
OWNED = expression(
    rf"(?:每([十百千万]{{1,2}}{_PEOPLE})(?:拥有|配备|配有|配置)|(?<![\u4e00-\u9fff]百)([人户亩村])均)"
    rf"{_SAID_OF}{{0,24}}$"
)


def household(counted: str) -> str:
    """Return whom a rate is for without the words that add nothing: 百户居民 is 百户."""
    return re.sub("(?<=户)(?:居民|家庭|人口)$", "", counted)
