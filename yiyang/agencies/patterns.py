"""Kinds of bodies of which there are too many to list by name."""

from __future__ import annotations

import re

_TOWN = "街道|乡镇|镇街|街镇|街乡|乡街|镇乡|镇|乡|苏木|街"
_GOVERNMENT = "(?:(?:党委|党工委|工委|委)?[和、]?(?:人民)?政府|党委|党工委)"
_AREA = "开发区|园区|集聚区|新区|保税区|高新区|示范区|功能区|度假区|风景区|合作区|经开区|试验区"
# The bodies that are too many to list, each pattern under the agency that it stands for.
PATTERNS: dict[str, tuple[str, ...]] = {
    # 各相关委办局, 有关部门和单位, 市直各部门, 各责任单位, 联席会议成员单位, 其他有关单位
    "all_relevant": (
        r"(?:各|有关|相关|其他|其它|涉及|[省市区县州]直|[省市区县州]级)+.{0,6}"
        r"(?:部门|单位|委办局|委局办|科室)(?:[和及、](?:单位|部门|机构))?",
        r".*(?:成员单位|责任单位)",
    ),
    # 江宁路街道, 各街乡, 各乡镇人民政府, 镇人民政府（街道办事处）, 各街道办, 各相关街镇
    "townships_subdistricts": (
        rf"(?:[^局厅部办]{{0,12}}?)(?:{_TOWN})(?:[和、]?(?:{_TOWN}))?"
        rf"(?:{_GOVERNMENT}|办事处|办)?(?:[和、]?街道(?:办事处|办))?",
    ),
    # 各区政府, 朝阳区人民政府, 各县区, 县（市、区）政府, 各区党委和政府
    "district_governments": (
        rf"[^局厅部办]{{0,10}}(?:[区县旗](?:级)?){_GOVERNMENT}",
        r"各(?:有关|相关)?[市州]?(?:区县|县区|县市区|市县区|县市|旗县|市区县|旗县区|[区县旗])",
    ),
    # 各州（市）党委和政府, 各市人民政府, 济源市政府, 各设区市, 各市州
    "prefecture_governments": (
        rf"[^局厅部办]{{0,10}}(?:[市州盟]|地区)(?:级)?{_GOVERNMENT}",
        r"各(?:有关|相关)?(?:设区|地级)?(?:市州|州市|地市|盟市|市|州)",
    ),
    # 各省级人民政府, 各省（区、市）人民政府
    "provincial_governments": (rf"[^局厅部办]{{0,8}}(?:省|省级|自治区|直辖市){_GOVERNMENT}",),
    # 各级政府, 地方各级人民政府, 各地, 各地区, 市县政府, 属地政府
    "local_governments": (
        rf"(?:地方)?各级{_GOVERNMENT}",
        r"(?:各|属|所在|当)地(?:区|方|人民政府|政府)?(?:各部门)?",
        rf"(?:各?市县|地方|属地|所在地|当地|各地|各地方){_GOVERNMENT}",
        r"各?市县",
    ),
    # 各产业集聚（开发）区管委会, 高新区管委会, 经开区, 管委会
    "development_zones": (
        r"(?:.{0,14}[区园港城岛湖山])?(?:管委会|管理委员会)",
        rf".{{0,12}}(?:{_AREA})(?:党工委|管理办公室|管理局|管理处)?",
    ),
    # 各村（社区）, 村委会, 各社区居委会
    "communities": (
        r"(?:各.{0,4}|.{0,8})(?:村委会|居委会|村民委员会|居民委员会)",
        r"各?(?:村|社区|村居|村社区|行政村)",
    ),
    # 区“两旧”专班, 县护城河指挥部, 市养老服务工作领导小组办公室, 联席会议
    "task_forces": (
        r".{0,24}(?:专班|指挥部|领导小组|联席会议|协调小组|工作小组|工作领导小组|推进小组)"
        r"(?:办公室|办)?",
    ),
    # 各医疗机构, 县人民医院, 乡镇卫生院, 疾控中心, 医共体
    "medical_institutions": (
        r".{0,16}(?:医院|卫生院|医疗机构|卫生机构|卫生服务(?:机构|中心|站)|疾控中心"
        r"|疾病预防控制中心|保健院|急救中心|医联体|医共体|卫生室|血站|医疗集团|医疗联合体)",
    ),
    # 各养老机构, 敬老院, 社会福利院
    "care_institutions": (
        r".{0,12}(?:养老机构|养老院|敬老院|福利院|照料中心|救助管理?站|养老服务机构|养老服务中心)",
    ),
    # 各高校, 职业技术学院, 县第一中学
    "schools": (r".{0,16}(?:学校|大学|学院|高校|院校|小学|中学|幼儿园)",),
    # 市北高新集团, 县城投公司, 各保险公司, 农商银行, 有关企业
    "enterprises": (r".{0,24}(?:公司|集团|企业|银行|保险机构|金融机构|运营商)",),
    # 老年学会, 养老服务行业协会, 社会组织
    "associations": (r".{0,16}(?:协会|学会|商会|社会组织|基金会|促进会|联合会)",),
}
ONE_OF_MANY = re.compile("|".join(f"(?P<{a}>{'|'.join(ps)})" for a, ps in PATTERNS.items()))
# The level that a kind of body stands on.
STATED_LEVEL = {
    "townships_subdistricts": "township",
    "district_governments": "county",
    "prefecture_governments": "prefecture",
    "provincial_governments": "province",
    "communities": "village",
}
