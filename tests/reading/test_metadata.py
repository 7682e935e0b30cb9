"""Title, number, issuer, date and place of a document: right, or empty with a question.

The documents are made up; real places stand only where places are tested.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiyang import extract
from yiyang.core import places, schema
from yiyang.extract import Block
from yiyang.reading import metadata
from yiyang.reading.metadata import NOT_STATED, issuers, titles

TASK = "一、新建日间照料中心3家。（责任单位：民政局）"


def _about(text: str) -> metadata.About:
    return metadata.find(list(extract.text.blocks(text)))


# What stands in a document, and what it says of itself; "doubt" names a field that is asked for.
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    # --- number
    "number under the title in brackets": (
        f"桃源镇养老工作方案\n（桃民发〔2024〕12号）\n{TASK}",
        {"number": "桃民发〔2024〕12号", "title": "桃源镇养老工作方案"},
    ),
    "number glued behind the title": (
        f"关于印发助餐行动计划的通知和民发〔2024〕3号\n各镇人民政府：\n{TASK}",
        {"number": "和民发〔2024〕3号", "title": "关于印发助餐行动计划的通知"},
    ),
    "number in brackets behind the title": (
        f"关于印发助餐行动计划的通知（和民发〔2024〕3号）\n各镇人民政府：\n{TASK}",
        {"number": "和民发〔2024〕3号", "title": "关于印发助餐行动计划的通知"},
    ),
    "number before the title": (
        f"和民发〔2024〕3号关于印发助餐行动计划的通知\n{TASK}",
        {"number": "和民发〔2024〕3号", "title": "关于印发助餐行动计划的通知"},
    ),
    "number beside a red head and a signer": (
        f"清水河市民政局文件\n清民〔2023〕8号　　签发人：王某\n关于推进助浴服务的通知\n{TASK}",
        {
            "number": "清民〔2023〕8号",
            "issuer": "清水河市民政局",
            "title": "关于推进助浴服务的通知",
        },
    ),
    "number on the line of the red head": (
        f"清水河市民政局文件清民〔2023〕8号\n关于推进助浴服务的通知\n{TASK}",
        {"number": "清民〔2023〕8号", "title": "关于推进助浴服务的通知"},
    ),
    "number cited in the title of what is forwarded": (
        f"关于转发《老年助餐服务指引》（民发〔2023〕58号）的通知\n{TASK}",
        {"number": "", "title": "关于转发《老年助餐服务指引》（民发〔2023〕58号）的通知"},
    ),
    "number cited in the first sentence": (
        f"老年助餐任务分工表\n根据市政府办公室通知（清政办〔2022〕5号）要求，制定本表。\n{TASK}",
        {"number": ""},
    ),
    "number cited on a line of its own in a list of grounds": (
        f"助餐工作方案\n依据以下文件制定。\n1.清政办〔2022〕5号文件\n{TASK}",
        {"number": ""},
    ),
    "an empty label of the number": (
        "文号：\t发布日期：\t2024-10-15\n关于开展助餐工作的通知\n正文如下。\n",
        {"number": "", "date": dt.date(2024, 10, 15)},
    ),
    "a number of square brackets and blanks": (
        f"关于做好高龄津贴工作的通知\n和民函 [2021] 第 15 号\n{TASK}",
        {"number": "和民函[2021]第15号"},
    ),
    "two numbers in the head": (
        f"和民发〔2024〕3号\n和财社〔2024〕9号\n关于发放津贴的通知\n{TASK}",
        {"number": "和民发〔2024〕3号", "doubt": "document_number"},
    ),
    "a number of another year than the date": (
        f"关于发放津贴的通知\n和民发〔2019〕3号\n{TASK}\n白石县民政局\n2024年5月6日\n",
        {"doubt": "document_number", "date": dt.date(2024, 5, 6)},
    ),
    "a number of the year before, signed in January": (
        f"关于发放津贴的通知\n和民发〔2023〕33号\n{TASK}\n白石县民政局\n2024年1月6日\n",
        {"number": "和民发〔2023〕33号", "no_doubt": "document_number"},
    ),
    # --- title
    "title below the frame of a page": (
        "白石县人民政府网\n首页 > 政务公开 > 规划计划\n信用信息公示\n字号：大 中 小\n"
        f"白石县2024年为老服务任务清单\n{TASK}",
        {"title": "白石县2024年为老服务任务清单"},
    ),
    "title broken over three lines": (
        f"白石县人民政府办公室关于印发\n白石县加强失能老年人\n照护服务实施方案的通知\n各镇人民政府：\n{TASK}",
        {"title": "白石县人民政府办公室关于印发白石县加强失能老年人照护服务实施方案的通知"},
    ),
    "title of two lines without 关于": (
        f"白石县2024年度\n养老服务重点任务分解表\n{TASK}",
        {"title": "白石县2024年度养老服务重点任务分解表"},
    ),
    "a heading is no title": (f"二、重点工作任务\n（一）养老计划\n{TASK}", {"title": ""}),
    "the header of a table is no title": (
        "序号\t工作任务\t责任单位\n1\t开展助浴服务。\t民政局\n",
        {"title": ""},
    ),
    "a cell is no title": (
        "1\t制定护理员培训计划\t民政局\t年底\n2\t办养老表彰\t妇联\t年底\n",
        {"title": ""},
    ),
    "English words keep their blanks": (
        f"白石县Smart Care 智慧养老 行动计划（2024 年）\n{TASK}",
        {"title": "白石县Smart Care智慧养老行动计划（2024年）"},
    ),
    "the ending of a file": (
        f"白石县重点任务分解表.docx\n{TASK}",
        {"title": "白石县重点任务分解表"},
    ),
    "title of an attachment that stands alone": (
        f"附件2：白石县养老任务分工表\n{TASK}",
        {"title": "白石县养老任务分工表"},
    ),
    "title behind its label": (
        f"标题: 关于推进助浴服务的通知\n发文单位: 白石县民政局\n成文日期: 2024-03-02\n正文\n{TASK}",
        {"title": "关于推进助浴服务的通知", "issuer": "白石县民政局", "date": dt.date(2024, 3, 2)},
    ),
    "the sentence of a frame is no title": (
        f"您的浏览器版本太低。\n白石县助餐任务清单\n{TASK}",
        {"title_lacks": "浏览器"},
    ),
    # --- issuer
    "issuer behind the last sentence": (
        "关于做好助餐工作的通知\n各镇：\n任务如下，请认真执行。白石县民政局\n2024年3月2日\n",
        {"issuer": "白石县民政局", "date": dt.date(2024, 3, 2)},
    ),
    "issuer and day on one line": (
        f"关于做好助餐工作的通知\n{TASK}\n特此通知。\n白石县民政局 2024年3月2日\n",
        {"issuer": "白石县民政局", "date": dt.date(2024, 3, 2)},
    ),
    "two issuers without anything between": (
        f"白石县民政局白石县财政局关于做好助餐工作的通知\n{TASK}",
        {"issuer": "白石县民政局、白石县财政局"},
    ),
    "several issuers on lines of their own": (
        f"关于做好助餐工作的通知\n{TASK}\n白石县民政局\n白石县财政局\n白石县卫生健康局\n2024年3月2日\n",
        {"issuer": "白石县民政局、白石县财政局、白石县卫生健康局"},
    ),
    "who is told is no issuer": (
        f"关于做好助餐工作的通知\n各有关单位：\n{TASK}\n请各有关单位\n2024年3月2日\n",
        {"issuer": ""},
    ),
    "the page's keeper is not the issuer": (
        "发布机构：\t白石县大数据局\t发布日期：\t2024-05-01\n关于做好助餐工作的通知\n各镇：\n"
        "请执行。\n白石县民政局\n2024年4月2日\n",
        {"issuer": "白石县民政局", "date": dt.date(2024, 4, 2)},
    ),
    "the first signature counts, not that of what is attached": (
        f"关于转发助餐工作要点的通知\n各镇：\n请执行。\n白石县民政局\n2024年4月2日\n助餐工作要点\n{TASK}\n"
        "清水河市民政局\n2024年3月1日\n",
        {"issuer": "白石县民政局", "date": dt.date(2024, 4, 2)},
    ),
    # --- date
    "a day in Chinese figures": (
        f"关于做好助餐工作的通知\n{TASK}\n白石县民政局\n二○二四年三月十二日\n",
        {"date": dt.date(2024, 3, 12)},
    ),
    "a deadline in the text is no date of issue": (
        "助餐任务清单\n一、新建食堂3家，2024年10月31日前完成。（责任单位：民政局）\n",
        {"date": None},
    ),
    "only the day of printing": (
        f"助餐任务清单\n{TASK}\n白石县民政局办公室\n2024年3月2日印发\n",
        {"date": dt.date(2024, 3, 2), "doubt": "issuing_agency"},
    ),
    "the day of publication is said to be one": (
        f"发布日期：2024-03-09\n助餐任务清单\n{TASK}",
        {"date": dt.date(2024, 3, 9), "doubt": "date_issued"},
    ),
    # --- place
    "place of the issuer, not of those addressed": (
        f"关于补齐短板的通知\n南京市、苏州市民政局：\n{TASK}\n江苏省民政厅\n2024年3月2日\n",
        {"code": "320000"},
    ),
    "place of the city, not of the district that it addresses": (
        f"成都市民政局关于推进助浴服务的通知\n武侯区民政局：\n{TASK}",
        {"code": "510100"},
    ),
    "a district in its city": (
        f"重庆市江北区人民政府关于印发助餐计划的通知\n{TASK}",
        {"code": "500105"},
    ),
    "an autonomous prefecture by its short name": (
        f"海南州2024年养老任务清单\n{TASK}",
        {"code": "632500"},
    ),
    "an autonomous county by its short name": (
        f"景宁县民政局关于推进助餐工作的通知\n{TASK}",
        {"code": "331127"},
    ),
    "a district that was merged": (
        f"关于社区服务的工作意见\n{TASK}\n广州市东山区人民政府\n2003年5月6日\n",
        {"code": "440102"},
    ),
    "a county that became a district": (
        f"绍兴县民政局关于推进助餐工作的通知\n{TASK}\n绍兴县民政局\n2011年5月6日\n",
        {"code": "330621"},
    ),
    "a former name after its time": (
        f"关于推进助餐工作的通知\n{TASK}\n绍兴县民政局\n2022年5月6日\n",
        {"doubt": "code"},
    ),
    "a special zone": (f"平潭综合实验区管委会关于养老工作的意见\n{TASK}", {"code": "350128"}),
    "an institution is no place": (
        f"与杭州高级中学结对任务表\n{TASK}",
        {"code": ""},
    ),
    "customs are no place": (f"福州海关支持养老产业十条措施\n{TASK}", {"code": ""}),
    "a word is no place": (f"矿区养老设施改造任务清单\n{TASK}", {"code": ""}),
    "whose example is followed": (f"学习浙江省安吉县经验任务清单\n{TASK}", {"code": ""}),
    "a name that several districts bear": (
        f"西湖区民政局2024年任务清单\n{TASK}",
        {"code": "", "doubt": "code"},
    ),
    "a place that no standard lists, whatever its number begins with": (
        f"云岭县民政局关于推进助餐工作的通知\n京民发〔2024〕7号\n{TASK}",
        {"code": ""},
    ),
    "place by the number": (
        f"关于推进助餐工作的通知\n琼民发〔2024〕7号\n{TASK}\n省民政厅\n2024年3月2日\n",
        {"code": "460000"},
    ),
    "a number of a province is not of a county": (
        f"关于推进助餐工作的通知\n琼民发〔2024〕7号\n{TASK}\n县民政局\n2024年3月2日\n",
        {"code": ""},
    ),
    "a provincial document on a county": (
        f"关于支持浙江省泰顺县养老工作的意见\n{TASK}\n省发展改革委\n2024年3月2日\n",
        {"code": "330000"},
    ),
    "a ministry is national": (
        f"民政部关于加强养老机构管理的通知\n各省、自治区、直辖市民政厅（局）：\n{TASK}",
        {"code": places.NATION, "issuer": "民政部"},
    ),
    "a bureau of the state in a city": (
        f"国家税务总局广州市税务局关于便民办税的措施\n{TASK}",
        {"code": "440100"},
    ),
    "a place in the name of what is issued": (
        f"关于印发《贵阳市助餐工作方案》的通知\n{TASK}",
        {"code": "520100"},
    ),
    "a place in the middle of a title": (
        f"关于进一步加强贵阳市助餐工作的实施意见\n{TASK}",
        {"code": "520100"},
    ),
    "a county that a city has and the standard has not": (
        f"贵阳市云岭县民政局关于助餐工作的通知\n{TASK}",
        {"code": "", "doubt": "code"},
    ),
    "joint with the party": (
        f"中共贵阳市委 贵阳市人民政府关于加强老龄工作的意见\n{TASK}",
        {"code": "520100"},
    ),
    "places of two cities": (
        f"关于推进厦门市漳州市养老协作的通知\n{TASK}",
        {"code": "", "doubt": "code"},
    ),
    "nothing at all": (
        "一段话。\n",
        {"title": "", "number": "", "issuer": "", "date": None, "code": ""},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_says_of_itself(name: str) -> None:
    text, expected = CASES[name]
    said = _about(text)
    doubted = {doubt.field for doubt in said.doubts}
    for field, value in expected.items():
        if field == "doubt":
            assert value in doubted
        elif field == "no_doubt":
            assert value not in doubted
        elif field == "title_lacks":
            assert value not in said.title
        else:
            assert getattr(said, field) == value


MORE: dict[str, tuple[str, dict[str, Any]]] = {
    "wide figures in a number": (
        f"关于做好津贴工作的通知\n和民函〔２０２１〕１５号\n{TASK}",
        {"number": "和民函〔２０２１〕１５号"},
    ),
    "a stop behind the title": (
        f"关于做好津贴工作的通知。\n各镇：\n{TASK}",
        {"title": "关于做好津贴工作的通知"},
    ),
    "a page on one line": (
        "白石县民政局文件白民发〔2024〕6号关于印发《白石县助餐方案》的通知各镇人民政府：《白石县助餐方案》已经同意，"
        "现印发给你们，请认真贯彻执行。白石县民政局2024年3月2日（此件公开发布）白石县助餐方案一、总体要求。坚持以人为本。"
        "二、主要任务。新建食堂3家。（责任单位：县民政局）",
        {
            "number": "白民发〔2024〕6号",
            "title": "关于印发《白石县助餐方案》的通知",
            "issuer": "白石县民政局",
            "date": dt.date(2024, 3, 2),
        },
    ),
    "deadlines of a table with a cell a line are no signature": (
        "任务表\n序号\n工作任务\n责任单位\n完成时限\n1\n新建食堂\n县民政局\n2024年6月30日\n2\n加装扶手\n县住建局\n"
        "2024年9月30日\n",
        {"issuer": "", "date": None},
    ),
    "a seal": (
        f"关于做好津贴工作的通知\n{TASK}\n白石县民政局（盖章）\n2024年3月2日\n",
        {"issuer": "白石县民政局"},
    ),
    "offices of the centre": (
        f"中共中央办公厅 国务院办公厅关于老龄工作的意见\n{TASK}",
        {"issuer": "中共中央办公厅、国务院办公厅", "code": places.NATION},
    ),
    "a ministry and others": (
        f"民政部等八部门关于发展助餐服务的通知\n{TASK}",
        {"issuer": "民政部", "code": places.NATION},
    ),
    "who forwards is below whom it forwards": (
        f"转发浙江省民政厅关于推进助餐工作的通知\n{TASK}",
        {"code": ""},
    ),
    "who carries out is below who asks for it": (
        f"关于落实浙江省民政厅要求的任务清单\n{TASK}",
        {"code": ""},
    ),
    "an organisation with a city in its name": (
        f"上海合作组织峰会服务保障任务清单\n{TASK}",
        {"code": ""},
    ),
    "a port with a province in its name": (f"海南自由贸易港养老政策清单\n{TASK}", {"code": ""}),
    "the motto of a province": (f"健康四川行动2024年重点任务清单\n{TASK}", {"code": "510000"}),
    "districts as words": (f"阳泉市城区改造任务清单\n{TASK}", {"code": "140300"}),
    "a district that is called so": (
        f"阳泉市城区人民政府关于助餐工作的意见\n{TASK}",
        {"code": "140302"},
    ),
    "level by level": (f"安徽省和县级部门任务清单\n{TASK}", {"code": "340000"}),
    "a zone of a city": (
        f"成都市高新区管理委员会关于助餐工作的通知\n{TASK}",
        {"code": "510100", "doubt": "code"},
    ),
    "a hospital is no government": (
        f"关于开展义诊的通知\n{TASK}\n海安市人民医院\n2024年3月2日\n",
        {"code": ""},
    ),
    "a bank's branch": (
        f"关于开展义诊的通知\n{TASK}\n中国人民银行广州分行\n2024年3月2日\n",
        {"code_not": places.NATION},
    ),
    "a name of two times without a date": (
        f"东山区助餐工作任务清单\n{TASK}",
        {"code": "", "doubt": "code"},
    ),
    "a renamed city": (
        f"襄樊市民政局关于助餐工作的通知\n{TASK}\n襄樊市民政局\n2009年3月2日\n",
        {"code": "420600"},
    ),
    "a number by a city's own letter": (
        f"关于推进助餐工作的通知\n穗民发〔2024〕7号\n{TASK}",
        {"code": "440100"},
    ),
    "a number behind a spaced label, beside others": (
        "关于推进助餐工作的通知\n发布机构 县人民政府办公室 文    号 云政办〔2023〕1号\n"
        f"分   类 政务公开 有 效 性 有效\n{TASK}",
        {"number": "云政办〔2023〕1号", "title": "关于推进助餐工作的通知"},
    ),
    "who published a page and when, in cells above its title": (
        "政府信息公开\n云政办字〔2021〕3号\n云岭县政府\n2021-04-02\n关于推进助餐工作的通知\n各镇人民政府：\n"
        f"{TASK}\n云岭县人民政府办公室\n2021年4月1日\n",
        {"issuer": "云岭县人民政府办公室", "date_printed": "2021年4月1日"},
    ),
    "labels of a page with nothing behind them": (
        "索 引 号:002943/2024-41\n文件编号:云政发〔2024〕4号\n规范性文件统一编号:\n"
        f"成文日期:2024-02-07\n政策原文:\n政策解读:\n关于推进助餐工作的通知\n各镇人民政府：\n{TASK}",
        {"number": "云政发〔2024〕4号", "title": "关于推进助餐工作的通知"},
    ),
    "a number below what a page says of itself": (
        "关于推进助餐工作的通知\n信息来源: 县府办 发布时间:2021-03-16 浏览次数:\n"
        "云政办发〔2021〕9号\n"
        f"各乡镇人民政府：\n{TASK}",
        {"number": "云政办发〔2021〕9号"},
    ),
    "a number in traditional characters": (
        f"關於推進助餐工作的通知\n雲政辦發〔2021〕1號\n{TASK}",
        {"number": "雲政辦發〔2021〕1號"},
    ),
    "a title in the marks of who cites it": (
        f"云政办发〔2016〕28号《云岭县人民政府办公室转发关于助餐的意见的通知》\n{TASK}",
        {"title": "云岭县人民政府办公室转发关于助餐的意见的通知", "number": "云政办发〔2016〕28号"},
    ),
    "a day of signature with to whom it is open behind it": (
        f"关于推进助餐工作的通知\n{TASK}\n云岭县民政局\n2025年6月9日（此件公开发布）\n"
        "云岭县民政局办公室 2025年6月10日印发\n",
        {"date_printed": "2025年6月9日", "issuer": "云岭县民政局"},
    ),
    "a day in brackets above the number": (
        "（二OO八年二月二十六日）\n云府办〔2008〕18号\n各镇人民政府：\n现印发给你们。\n"
        f"2008年助餐工作任务分解\n{TASK}",
        {"number": "云府办〔2008〕18号", "title": "2008年助餐工作任务分解"},
    ),
    "traditional characters": (
        f"深圳市民政局關於推進助餐工作的通知\n{TASK}",
        {"code": "440300", "issuer": "深圳市民政局"},
    ),
    "the trail of a page": (
        f"当前位置：首页 > 政务公开 > 灵璧县民政局 > 工作动态\n县民政局2024年重点任务分解\n{TASK}",
        {"code": "341323", "title": "县民政局2024年重点任务分解"},
    ),
    "labels in cells, without colons": (
        "索引号\tA1\t主题分类\t民政\n发文机关\t贵阳市民政局\t成文日期\t2024年03月04日\n"
        f"标题\t贵阳市民政局关于推进助餐服务的意见\t发文字号\t筑民发〔2024〕9号\n{TASK}",
        {
            "title": "贵阳市民政局关于推进助餐服务的意见",
            "number": "筑民发〔2024〕9号",
            "issuer": "贵阳市民政局",
            "date": dt.date(2024, 3, 4),
            "code": "520100",
        },
    ),
    "an order and what it promulgates": (
        "白石县人民政府令\n第12号\n《白石县养老服务办法》已经通过，现予公布。\n县长 王某\n"
        "2024年3月1日\n白石县养老服务办法\n第一条 为了保障老年人，制定本办法。\n",
        {"title": "白石县养老服务办法", "number": ""},
    ),
    "a motto before the title": (
        f"幸福养老：白石县三年行动方案\n{TASK}",
        {"title": "幸福养老：白石县三年行动方案"},
    ),
    "a day in brackets under the title": (
        f"白石县助餐工作安排\n（2024年3月1日）\n{TASK}",
        {"date": dt.date(2024, 3, 1), "doubt": "date_issued"},
    ),
    "a time behind a label in the text": (
        "白石县助餐工作安排\n一、新建食堂3家。\n时间：2024年9月30日\n责任单位：民政局\n",
        {"date": None},
    ),
    "the list of other titles below a text": (
        f"白石县2024年助老清单\n{TASK}\n相关文件\n关于印发2023年助老清单的通知\n",
        {"title": "白石县2024年助老清单"},
    ),
    "the corps is no region": (f"新疆生产建设兵团第一师养老任务清单\n{TASK}", {"code": ""}),
    "whose old people are served": (
        f"无锡市人民政府关于做好南京市来锡老人服务的通知\n{TASK}",
        {"code": "320200"},
    ),
    "an abolished district in its city": (
        f"养老任务清单\n{TASK}\n杭州市江干区民政局\n2019年3月1日\n",
        {"code": "330104"},
    ),
    "a number cited over the end of a line": (
        f"助餐任务清单\n为落实《方案》\n（国办发〔2023〕5号）\n要求，制定本清单。\n{TASK}",
        {"number": ""},
    ),
    "what is forwarded keeps its own number": (
        "白石县民政局转发省民政厅通知\n白民函〔2024〕3号\n各镇：\n请执行。\n白石县民政局\n2024年4月1日\n"
        f"海南省民政厅关于助餐的通知\n琼民发〔2024〕1号\n{TASK}\n海南省民政厅\n2024年3月1日\n",
        {"number": "白民函〔2024〕3号", "issuer": "白石县民政局", "code": ""},
    ),
    "who signs behind a sentence without a stop": (
        f"助餐任务清单\n{TASK}\n以上任务请认真抓好落实 白石县民政局\n2024年3月2日\n",
        {"issuer": "白石县民政局"},
    ),
    "who signs behind 特此通知": (
        f"助餐任务清单\n{TASK}\n特此通知白石县民政局\n2024年3月2日\n",
        {"issuer": "白石县民政局"},
    ),
    "a bare name that ends like a prefecture": (f"苏州园林式养老任务清单\n{TASK}", {"code": ""}),
    "the youth league of a city": (f"共青团贵阳市委关于助老的通知\n{TASK}", {"code": "520100"}),
    "two cities together": (
        f"苏州市民政局 无锡市民政局关于养老协作的通知\n{TASK}",
        {"code": "", "doubt": "code"},
    ),
    "a gazette above the title": (
        f"白石县人民政府公报\n2024年第3期\n白石县人民政府关于助餐任务的通知\n白政发〔2024〕9号\n{TASK}",
        {"title": "白石县人民政府关于助餐任务的通知", "number": "白政发〔2024〕9号"},
    ),
    "a red head of two": (
        f"白石县民政局\n白石县财政局文件\n白民发〔2024〕9号\n关于助餐任务的通知\n{TASK}",
        {"issuer": "白石县民政局、白石县财政局", "title": "关于助餐任务的通知"},
    ),
    "secrecy and urgency above a red head": (
        f"机密★1年\n特急\n白石县民政局文件\n白民发〔2024〕9号\n关于助餐任务的通知\n{TASK}",
        {"issuer": "白石县民政局", "number": "白民发〔2024〕9号", "title": "关于助餐任务的通知"},
    ),
    "a reply to a city": (
        "关于同意设立养老示范区的批复\n粤府函〔2024〕9号\n广州市人民政府：\n同意。\n广东省人民政府\n2024年3月2日\n",
        {"code": "440000", "issuer": "广东省人民政府"},
    ),
    "a newspaper is no place": (
        f"来源：兰州日报社\n省民政厅2024年重点任务分解\n{TASK}",
        {"code": ""},
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_a_document_says_no_more_than_it_states(name: str) -> None:
    text, expected = MORE[name]
    said = _about(text)
    doubted = {doubt.field for doubt in said.doubts}
    for field, value in expected.items():
        if field == "doubt":
            assert value in doubted
        elif field == "code_not":
            assert said.code != value
        else:
            assert getattr(said, field) == value


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("柳溪县2024年重点工作任务", 2024),
        ("2025年度民生实事清单", 2025),
        ("养老服务行动计划（2023—2025年）", None),
        ("2024年12月进度表", None),
        ("关于转发《2022年工作要点》的通知", None),
        ("关于印发《2022年工作要点》的通知", 2022),
        ("任务清单（柳政办〔2021〕3号）", None),
        ("80年代住宅改造任务", None),
        ("2023年和2024年任务清单", None),
        ("任务清单", None),
    ],
)
def test_the_year_that_a_title_speaks_of(title: str, year: int | None) -> None:
    assert titles.title_year(title) == year


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("白石县民政局 白石县财政局", ["白石县民政局", "白石县财政局"]),
        ("白石县民政局白石县财政局", ["白石县民政局", "白石县财政局"]),
        ("生态环境部国家能源局", ["生态环境部", "国家能源局"]),
        ("中共白石县委组织部", ["中共白石县委组织部"]),
        ("白石县推进养老工作领导小组办公室", ["白石县推进养老工作领导小组办公室"]),
        ("各有关单位", []),
        ("请认真执行", []),
        ("一段话", []),
    ],
)
def test_agencies_that_sign(text: str, names: list[str]) -> None:
    assert issuers.names_in(text) == names


@pytest.mark.parametrize(
    ("title", "text", "n_tasks", "kind"),
    [
        ("白石县重点任务清单", "", 3, "task_list"),
        ("白石县助餐实施方案", "", 3, "implementation_plan"),
        ("白石县助餐实施方案任务分工表", "", 3, "task_list"),
        ("白石县实事项目完成情况", "", 3, "progress_report"),
        ("白石县政府工作报告任务分解", "", 3, "task_list"),
        ("白石县重点任务清单", "", 0, "other"),
        ("白石县助餐实施方案", "", 0, "implementation_plan"),
        ("白石县养老服务条例", "", 0, "law"),
        ("关于印发助餐服务管理办法的通知", "", 0, "law"),
        ("关于重阳节放假的通知", "", 0, "notice"),
        ("关于第12号提案的答复", "", 0, "reply"),
        ("reply", "《关于助餐的提案》收悉。", 0, "reply"),
        ("我县举办重阳节演出", "", 0, "news"),
        ("助餐点开张", "本报讯（记者 李某）", 0, "news"),
        ("白石县民政局2024年工作总结", "", 0, "progress_report"),
        ("关于2024年度养老服务考核结果的通报", "", 0, "progress_report"),
        ("白石县2024年考核结果运用办法", "", 0, "law"),
        ("安吉县助餐典型案例", "", 0, "case_study"),
        ("一段话", "", 0, "other"),
    ],
)
def test_the_kind_of_a_document(title: str, text: str, n_tasks: int, kind: str) -> None:
    blocks: list[Block] = list(extract.text.blocks(text))
    assert metadata.kind(title, blocks, n_tasks) == kind


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "白石县民政局文件",
                "白民发〔2024〕6号",
                "关于印发《助餐方案》（民发〔2023〕5号）的",
                "通知",
                "各镇人民政府：",
                TASK,
                "2024年3月2日",
                "成都市武侯区民政局",
                "标题：",
                "首页 > 政务公开",
                "序号\t任务\t单位",
                "〔2024〕",
                "《",
                "\t",
            ]
        )
        | st.text(max_size=12),
        max_size=14,
    )
)
def test_what_is_said_stands_in_the_document(lines: list[str]) -> None:
    """Whatever the order of its lines: nothing is made up, and nothing raises."""
    text = "\n".join(lines)
    printed = "".join(text.split())
    said = _about(text)
    assert "".join(said.number.split()) in printed
    assert all(name in printed for name in said.issuer.split("、"))
    assert said.date is None or said.date_printed in printed
    assert not said.code or said.code in places.places()
    assert all(doubt.line <= len(text.splitlines()) + 1 for doubt in said.doubts)


def test_former_places_and_prefixes_are_those_of_the_standard() -> None:
    """Every code has its province; a former place is not one of today under its name."""
    listed = places.places()
    former = schema.read_text(schema.CURATION / "former_places.csv")
    assert not former.duplicated(["code", "name"]).any()
    for row in former.itertuples():
        assert len(row.code) == 6
        assert row.code[:2] + "0000" in listed
        assert 2000 <= int(row.valid_to or 2000) <= 2023
        assert listed[row.code].valid_to or listed[row.code].short != row.name or not row.valid_to
    for name in ("number_prefixes.csv", "place_names.csv"):
        assert set(schema.read_text(schema.CURATION / name)["code"]) <= set(listed)


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("广州市东山区", 2004, "440102"),
        ("通州市", 2008, "320683"),
        ("巢湖市", 2009, "341400"),
        ("巢湖市", 2020, "340181"),
        ("积石山县", None, "622927"),
        ("黔西南州", None, "522300"),
        ("巴中市巴州区", None, "511902"),
        ("阳泉市城区改造", None, "140300"),
        ("大同市城区人民政府", 2015, "140202"),
    ],
)
def test_places_by_the_year(text: str, year: int | None, code: str) -> None:
    assert places.find(text, year) == code


@pytest.mark.parametrize(
    ("printed", "day", "whose"),
    [
        ("2024年3月18日", "2024-03-18", ""), ("二〇二四年三月十八日", "2024-03-18", ""),
        ("二○二四年三月十八日", "2030-01-01", "other"),
        ("２０２４年３月１８日印发", "2024-03-19", "other"),
        ("2024年3月", "2024-03-18", ""), ("2024年3月", "2024-04-18", "other"),
        (NOT_STATED, "2024-03-18", "given"), (NOT_STATED, "", ""), ("2024年3月18日", "", ""),
    ],
)  # fmt: skip
def test_whose_the_date_is(printed: str, day: str, whose: str) -> None:
    assert metadata.whose(printed, dt.date.fromisoformat(day) if day else None) == whose
