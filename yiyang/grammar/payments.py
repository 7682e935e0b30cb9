"""Tell sums that are paid to others, and prices, from those that a government promises.

What is given for each who applies (给予一次性补助50万元) or costs so much is no target; how much is
lent or raised in all, a standard that rises and the share that is paid out (发放率达到98%) are.
"""

from __future__ import annotations

from yiyang.grammar import quantities
from yiyang.grammar.figures import Quantity
from yiyang.safety.later import expression

# 给予一次性补助，最高50万元; 单户补贴标准; 贷款额度; 按70%的比例支付 (but 支付比例达到80% is a
# target): what is paid to others. A price per service that the government buys (每人次300元) is
# its own promise, unless it is a standard of payment.
_PAID = expression(
    r"给予|补[贴助]|奖[励补]|资助|减免|(?<![讨缴骗赔损费])返还(?!工资|群众)|报销|救助|贴息|(?<!不良)贷款|罚款|一次性(?!化解|办结|通过|告知)|(?<!主体)(?<!结构)(?<!楼)封顶(?!\d{0,3}[栋幢])|津贴|待遇"
    r"|比例(?:支付|缴纳|承担|分担)|缴费|限额(?!以上)"
)
# 争取上级补助资金2.3亿元: what is to come in
_SOUGHT = expression(
    "争取(?:(?!每|户均|人均|单[户笔])[^,，。;；奖]){0,12}贴息(?:资金)?(?:约|达)?$|争取(?:上级|中央|国家|省级?|市级?|专项|各类|到位)[^,，。;；奖]{0,10}(?:资金|补助|债券|经费)(?:约|达)?$"
)
# 按每人每月1180元标准发放, 按每生每年1万元、…平均3300元标准发放: what each is given by a rule
_BY_RULE = expression(r"按(?:照)?[^,，。;；\d]{0,6}每[人生户名位床亩套辆头]")
_GIVEN_SO = expression("(?<!高)标准(?!执行|收)|发放|补[贴助]|给予|核定|拨付")
# 居民电价每千瓦时0.56元, 起步价1元, 规范停车收费，超出后每小时2元: a price; not 租金收入每年300万元
_PRICE = expression("(?:[电水气热]|单|票|房|起步)价|学费|租金|停车|收费|计费")
_PRICE_ITSELF = expression("(?<![总地提评])价$|按[^,，。;；]{0,6}每(?![年月])[^,，。;；]{1,4}$")
_PER_MEASURE = expression(
    r"每(?:半?小时|[次辆天吨度方]|\d{1,2}分钟|千瓦时|立方米|平方米|公里|人次)$"
)
_MEASURES = frozenset(
    ("千瓦时", "立方米", "平方米", "吨", "公里", "人次", "小时", "次", "度", "天")
)
_INCOME = expression("收入|支出|节约|费用")
# 处理费按每户每月6元收取, 起付线为一级医院100元
_FEE = expression("(?:费|金|款)按$")
_FEE_BEHIND = expression("的?(?:标准)?(?:收取|征收|计收|缴纳|收缴)")
_LINE = expression("(?:起付|封顶|自付|免赔)(?:线|标准|额)?[^,，。;；]{0,30}$")
# 执行每立方米2.8元的居民用气价格
_PRICE_BEHIND = expression("的[^,，。;；]{0,10}(?:价格?|收费标准)(?:[,，。;；]|$)")
# 报销比例由70%提高到75%, 贷款增速不低于12%, 补贴发放率达到100%: how much of it all is to be
# reached; not 按70%的比例报销
_RATE_REACHED = expression(
    r"(?:增速|增幅|占比|比重|(?<![利税费销付贴补免励息])率|用于[^,，。;；]{1,16}比例)(?:达到?|不[低少高]于|不超过|提[高升][至到]|降[至到]|[保维]持在|稳定在|控制在)?[^,，。;；]{0,2}$"
    r"|(?:贷款|融资|综合|平均)[^,，。;；]{0,4}利率(?:控制在|降[至到]|稳定在|保持在)$"
    r"|(?:报销|支付)(?:比例|率)(?:由[^,，。;；]{1,8})?(?:提[高升][至到]|稳定在|保持在|达到?|不[低少]于)[^,，。;；]{0,6}$"
)
_STANDARD = expression(
    r"(?:补[贴助]|费用|限额|支付|收费|奖励)[^,，。;；]{0,6}标准为?$|(?<!违规)(?<!企业)收费为$"
)
# 发放创业担保贷款1.2亿元: how much is to be lent; not 最高贷款50万元
_LENT = expression(
    "^(?![^,，。;；]{0,40}[对为给每])[^,，。;；]{0,20}(?:新增|发放|投放|争取|撬动)[^,，。;；最]{0,12}贷款(?:余额|规模)?(?:净?新增|增加|投放)?$|贷款(?:余额|规模)?(?:净?新增|净增|增加)$|贷款[^,，。;；]{0,4}余额(?:同比)?(?:增[长速幅])?$"
    "|^(?![^,，。;；]{0,40}[对为给每])[^,，。;；]{0,16}(?:发放|兑现|拨付|落实)[^,，。;；最]{0,8}(?:返还|补[贴助]|奖补)(?:资金)?$"
)
_MANY = 1_000_000
"""Yuan that no one borrower is lent."""


def is_rate(text: str, quantity: Quantity) -> bool:
    """Tell whether a share says how much of it all is to be reached: 发放率达到98%."""
    first, last = quantities.clause(text, quantity.begin)
    is_paid = text[quantity.end : last].startswith(("的", "给予", "奖", "补", "贴"))
    is_reached = quantity.unit == "%" and _RATE_REACHED.search(text[first : quantity.number])
    return bool(is_reached) and not is_paid


# 完善高龄津贴制度。80至89周岁每人每月50元: what each is given, of which the sentence before speaks
_OF_EACH_MONTH = frozenset(("元/人月", "元/人年", "元/户月", "元/户年"))
_WHO = expression("(?:岁|级|以上|老人|老年人|对象|人员|家庭|儿童)的?$")
_IS_GIVEN = expression("津贴|补[贴助]|救助金|慰问金|抚恤|待遇")
# 为每名困难职工发放慰问金800元
_PER_HEAD = expression("每[名人户位][^,，。;；]{0,12}(?:发放|支付|慰问|资助)[^,，。;；]{0,8}$")


# 护理补贴标准提高到每人每月200元: a level that the government promises
_RAISED = expression(
    "(?:补[贴助]|津贴|救助|资助|保障|待遇|养老金|供养)(?:金|资金|费用?)?(?:(?:平均)?标准)?(?:分别|统一|逐步)?(?:由[^,，。;；]{1,12})?"
    "(?:提[高升标][至到]|提[至到]|增[加长][至到]|上调[至到])[^,，。;；]{0,8}$"
)


# 发放救助金45万元, 筹集助学资金78万元, 发放住房贷款4100笔、16.5亿元: how much is given in all
_GIVEN_IN_ALL = expression(
    r"^(?![^,，。;；]{0,40}(?:每|给予|最高|不超过|可|对|向|一次性|符合条件|认定|首次|单[笔户个]|获(?!批[^,，。;；]{0,14}(?:资金|债券|补助|贷款)|得上级|得中央|得省)|引进|博士|硕士|毕业生(?!就业)|入[规库统]|升规|小微))[^,，。;；]{0,16}(?:发放|筹集|募集|筹措|拨付|兑现|投放|争取)"
    r"[^,，。;；\d]{0,14}(?:(?:金额?|(?<!贷)款|款物|物资)(?:总额)?|贷款\d{1,6}[笔户件][、和])(?:约|达|共)?$"
)
_SUM_IN_ALL = 100_000
"""Yuan that no one who applies is given."""
_AWARD = expression(r"(?<!筹集)(?:奖[励补]|补[贴助]|津贴|安家|购房)[^,，。;；\d]{0,8}$")
_TOTAL = expression("共|累计|总额|合计|各类|兑现")
_GREAT_AWARD = 1_000_000
"""Yuan up to which an award may be that of one firm."""
_GIVEN = (_STANDARD, _PER_HEAD, _LINE)


def _is_price(text: str, quantity: Quantity, start: int, before: str) -> bool:
    """Whether a sum is a price, by its clause so far (`before`) and the start of its sentence."""
    if quantity.comparator == "change" or _INCOME.search(before):
        return False
    if _PRICE_ITSELF.search(before):
        return True
    is_each = _PER_MEASURE.search(before) or quantity.unit.partition("/")[2] in _MEASURES
    is_priced = _PRICE.search(text, start, quantity.begin) or _PRICE_BEHIND.match(
        text, quantity.end
    )
    return bool(is_each and is_priced)


def _is_in_all(quantity: Quantity, before: str) -> bool:
    """Whether a sum is what is given in all, and not what one of many is given."""
    if quantity.value < _SUM_IN_ALL or quantity.comparator == "<=":
        return False
    is_award = _AWARD.search(before) and not _TOTAL.search(before)
    is_of_one = is_award and quantity.value <= _GREAT_AWARD
    return bool(_GIVEN_IN_ALL.search(before)) and not is_of_one


def is_paid(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure says what is paid to others, or a price."""
    first, last = quantities.clause(text, quantity.begin)
    start, _ = quantities.sentence(text, quantity.begin)
    before = text[first : quantity.begin]
    is_money = quantity.unit.startswith("元") and quantity.unit != "元/人次"
    is_ruled = _BY_RULE.search(text, first, quantity.number) and _GIVEN_SO.search(
        text, quantity.end, last
    )
    if is_money and (is_ruled or _is_price(text, quantity, start, before)):
        return True
    is_fee = "服务费" in before and text.startswith("的标准", quantity.end)
    is_charged = _FEE.search(before) and _FEE_BEHIND.match(text, quantity.end)
    is_level = quantity.unit in _OF_EACH_MONTH and quantity.comparator == "="
    is_level = is_level and bool(_WHO.search(before) and _IS_GIVEN.search(text, 0, first))
    is_given = is_fee or is_charged or is_level or any(rule.search(before) for rule in _GIVEN)
    if quantity.unit.startswith("元") and is_given:
        return True
    is_lent = bool(_LENT.search(before)) and (not is_money or quantity.value >= _MANY)
    is_lent = is_lent or (quantity.unit == "%" and quantity.comparator == "change")
    if is_lent or is_rate(text, quantity) or not (is_money or quantity.unit in ("%", "倍")):
        return False
    if quantity.unit == "元" and _is_in_all(quantity, before):
        return False
    if _SOUGHT.search(before) or (is_money and _RAISED.search(before)):
        return False
    return bool(_PAID.search(text[start if is_money else first : last]))
